"""The database runs the newest major version."""

from policies.checks import equals
from policies.demands import on
from policies.kinds import DATABASE
from policies.rule import Rule

RULE = Rule(
    id="database-current",
    title="The database runs the newest major version",
    portuguese="O banco de dados roda a versão principal mais nova",
    severity="mandatory",
    controls=("HIPAA 164.308(a)(5)(ii)(B)", "CKV_GCP_79"),
    demands=(on(DATABASE, equals("databaseVersion", "POSTGRES_18")),),
)
