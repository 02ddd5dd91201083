"""The database and its backups are encrypted with a key of ours."""

from policies.checks import present
from policies.demands import on
from policies.kinds import DATABASE
from policies.rule import Rule

RULE = Rule(
    id="database-encrypted",
    title="The database and its backups are encrypted with a key of ours",
    portuguese="O banco de dados e seus backups são cifrados com uma chave nossa",
    severity="mandatory",
    controls=("LGPD 46", "HIPAA 164.312(a)(2)(iv)"),
    demands=(on(DATABASE, present("encryptionKeyName", "name a key of the platform")),),
)
