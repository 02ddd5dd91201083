"""A key lies where the data lies that it encrypts."""

from policies.kinds import BACKUP_PLAN, BUCKET, CLUSTER, DATABASE, LOG_BUCKET, REGISTRY
from policies.places import KeyNear
from policies.rule import Rule

KEYED = {
    BUCKET: ("encryption.defaultKmsKeyName", "location"),
    DATABASE: ("encryptionKeyName", "region"),
    REGISTRY: ("kmsKeyName", "location"),
    BACKUP_PLAN: ("backupConfig.encryptionKey.gcpKmsEncryptionKey", "location"),
    CLUSTER: ("databaseEncryption.keyName", "location"),
    LOG_BUCKET: ("cmekSettings.kmsKeyName", "location"),
}
"""Where each type names its key, and where it says its own place."""

RULE = Rule(
    id="key-near",
    title="A key lies where the data lies that it encrypts",
    portuguese="A chave fica onde ficam os dados que ela cifra",
    severity="mandatory",
    controls=("LGPD 33", "HIPAA 164.312(a)(2)(iv)"),
    demands=(KeyNear(KEYED),),
)
