"""The cluster is copied every day, under a key of ours, and the copies outlast an attacker."""

from policies.checks import at_least, present, true
from policies.demands import exists, on
from policies.kinds import BACKUP_PLAN, CLUSTER
from policies.rule import Rule
from policies.subjects import of

RULE = Rule(
    id="cluster-copied",
    title="The cluster is copied every day, under a key of ours, and the copies outlast an attacker",
    portuguese="O cluster é copiado todo dia, com chave nossa, e as cópias resistem a um invasor",
    severity="mandatory",
    controls=("LGPD 46", "HIPAA 164.308(a)(7)(ii)(A)", "HIPAA 164.308(a)(7)(ii)(B)"),
    demands=(
        exists(of(BACKUP_PLAN), of(CLUSTER), "copy the cluster every day"),
        on(
            BACKUP_PLAN,
            present("backupConfig.encryptionKey.gcpKmsEncryptionKey", "name a key of the platform"),
            present("backupSchedule.cronSchedule", "copy the cluster every day"),
            true("backupConfig.includeVolumeData"),
            at_least("retentionPolicy.backupRetainDays", 7),
            at_least("retentionPolicy.backupDeleteLockDays", 1),
        ),
    ),
)
