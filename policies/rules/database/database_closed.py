"""No network is let in to the database from outside."""

from policies.checks import absent
from policies.demands import on
from policies.kinds import DATABASE
from policies.rule import Rule

RULE = Rule(
    id="database-closed",
    title="No network is let in to the database from outside",
    portuguese="Nenhuma rede externa é admitida no banco de dados",
    severity="mandatory",
    controls=("HIPAA 164.312(a)(1)", "CIS GCP 6.5", "CKV_GCP_11"),
    demands=(
        on(DATABASE, absent("settings.ipConfiguration.authorizedNetworks", wrong=[{"value": "0.0.0.0/0"}])),
    ),
)
