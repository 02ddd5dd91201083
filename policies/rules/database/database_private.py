"""The database has no public address."""

from policies.checks import false, present
from policies.demands import on
from policies.kinds import DATABASE
from policies.rule import Rule

RULE = Rule(
    id="database-private",
    title="The database has no public address",
    portuguese="O banco de dados não tem endereço público",
    severity="mandatory",
    controls=("LGPD 46", "HIPAA 164.312(e)(1)", "CIS GCP 6.6", "CKV_GCP_60"),
    demands=(
        on(
            DATABASE,
            false("settings.ipConfiguration.ipv4Enabled"),
            present("settings.ipConfiguration.privateNetwork", "name the platform's network"),
        ),
    ),
)
