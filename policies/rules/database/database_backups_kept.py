"""Backups are kept where we say, and outlive the database."""

from policies.checks import at_least, present, true
from policies.demands import in_prod, on
from policies.parts import PRIMARY_DATABASE
from policies.rule import Rule

RULE = Rule(
    id="database-backups-kept",
    title="Backups are kept where we say, and outlive the database",
    portuguese="Os backups ficam onde dizemos, e sobrevivem ao banco de dados",
    severity="mandatory",
    controls=("LGPD 46", "HIPAA 164.308(a)(7)(ii)(A)", "HIPAA 164.310(d)(2)(iv)"),
    demands=(
        on(
            PRIMARY_DATABASE,
            at_least("settings.backupConfiguration.backupRetentionSettings.retainedBackups", 7),
            present("settings.backupConfiguration.location", "name where backups lie"),
            true("settings.finalBackupConfig.enabled"),
            true("settings.retainBackupsOnDelete"),
        ),
        on(
            PRIMARY_DATABASE,
            at_least("settings.backupConfiguration.backupRetentionSettings.retainedBackups", 30),
            only=in_prod,
        ),
    ),
)
