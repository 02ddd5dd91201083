"""In prod, Pulumi refuses to delete what holds data."""

from policies.checks import option
from policies.demands import on
from policies.kinds import BUCKET, CRYPTO_KEY, DATABASE, KEY_RING
from policies.path import PROTECT
from policies.rule import Rule
from policies.subjects import of

RULE = Rule(
    id="store-protected",
    title="In prod, Pulumi refuses to delete what holds data",
    portuguese="Em produção, o Pulumi recusa apagar o que guarda dados",
    severity="mandatory",
    controls=("HIPAA 164.312(c)(1)", "LGPD 46"),
    demands=(
        on(
            of(BUCKET, DATABASE, KEY_RING, CRYPTO_KEY),
            option(PROTECT, "give its component the option protect=care.protect"),
            only=lambda graph: graph.stack == "prod",
        ),
    ),
)
