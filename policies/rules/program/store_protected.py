"""In prod, Pulumi refuses to delete what holds data."""

from policies.checks import option, present
from policies.demands import in_prod, on
from policies.kinds import (
    BUCKET,
    CRYPTO_KEY,
    DATABASE,
    DATABASE_CLUSTER,
    KEY_RING,
    PRIVATE_KEY,
    RANDOM_PASSWORD,
    SECRET,
    VOLUME_CLAIM,
)
from policies.path import PROTECT
from policies.rule import Rule
from policies.rules.secrets.secret_rotated import LASTING
from policies.subjects import of

OPENS = (PRIVATE_KEY, RANDOM_PASSWORD)
"""What is made once, and opens volumes or signs certificates ever after."""

GUARDED = option(PROTECT, "give its component the option protect=care.protect")

RULE = Rule(
    id="store-protected",
    title="In prod, Pulumi refuses to delete what holds data",
    portuguese="Em produção, o Pulumi recusa apagar o que guarda dados",
    severity="mandatory",
    controls=("HIPAA 164.312(c)(1)", "LGPD 46"),
    demands=(
        on(of(BUCKET, DATABASE, KEY_RING, CRYPTO_KEY), GUARDED, only=in_prod),
        on(of(DATABASE_CLUSTER, VOLUME_CLAIM), GUARDED, only=in_prod),
        on(of(*OPENS), GUARDED, only=in_prod),
        on(of(SECRET, where=present(LASTING, "it is kept for ever")), GUARDED, only=in_prod),
    ),
)
