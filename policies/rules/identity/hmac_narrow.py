"""A key that could be copied opens one bucket, and nothing else."""

from policies.narrow import OneBucket
from policies.rule import Rule

RULE = Rule(
    id="hmac-narrow",
    title="A key that could be copied opens one bucket, and nothing else",
    portuguese="Uma chave que pode ser copiada abre um só bucket, e nada mais",
    severity="mandatory",
    controls=("LGPD 46", "HIPAA 164.308(a)(4)"),
    demands=(OneBucket(),),
)
