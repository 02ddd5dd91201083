"""The database survives the loss of a zone, and any second of the week can be had back."""

from policies.checks import at_least, equals, true
from policies.demands import on
from policies.parts import PRIMARY_DATABASE
from policies.rule import Rule

RULE = Rule(
    id="database-available",
    title="The database survives the loss of a zone, and any second of the week can be had back",
    portuguese="O banco sobrevive à perda de uma zona, e qualquer segundo da semana pode ser recuperado",
    severity="mandatory",
    controls=(
        "LGPD 46",
        "HIPAA 164.308(a)(7)(ii)(A)",
        "HIPAA 164.308(a)(7)(ii)(B)",
        "CIS GCP 6.7",
        "CKV_GCP_14",
    ),
    demands=(
        on(
            PRIMARY_DATABASE,
            equals("settings.availabilityType", "REGIONAL"),
            true("settings.backupConfiguration.enabled"),
            true("settings.backupConfiguration.pointInTimeRecoveryEnabled"),
            at_least("settings.backupConfiguration.transactionLogRetentionDays", 7),
        ),
    ),
)
