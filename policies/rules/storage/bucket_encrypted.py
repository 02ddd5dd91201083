"""Objects are encrypted with a key of ours."""

from policies.checks import present
from policies.demands import on
from policies.kinds import BUCKET
from policies.rule import Rule

RULE = Rule(
    id="bucket-encrypted",
    title="Objects are encrypted with a key of ours",
    portuguese="Os objetos são cifrados com uma chave nossa",
    severity="mandatory",
    controls=("LGPD 46", "HIPAA 164.312(a)(2)(iv)"),
    demands=(on(BUCKET, present("encryption.defaultKmsKeyName", "name one of the platform's keys")),),
)
