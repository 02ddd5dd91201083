"""A bucket that still holds objects is not deleted."""

from policies.checks import absent
from policies.demands import on
from policies.kinds import BUCKET
from policies.rule import Rule

RULE = Rule(
    id="bucket-kept",
    title="A bucket that still holds objects is not deleted",
    portuguese="Um bucket que ainda guarda objetos não é apagado",
    severity="mandatory",
    controls=("LGPD 46", "HIPAA 164.312(c)(1)"),
    demands=(on(BUCKET, absent("forceDestroy", wrong=True)),),
)
