"""In prod, Pulumi refuses to delete what holds data."""

from policies.checks import option, present
from policies.demands import in_prod, on
from policies.kinds import (
    BUCKET,
    CRYPTO_KEY,
    DATABASE,
    DATABASE_CLUSTER,
    KEY_RING,
    KUBERNETES_SECRET,
    PRIVATE_KEY,
    RANDOM_PASSWORD,
    SECRET,
    VOLUME_CLAIM,
)
from policies.path import PROTECT
from policies.rule import Rule
from policies.rules.secrets.secret_rotated import LASTING
from policies.subjects import of

OPENS = of(RANDOM_PASSWORD, named=(of(KUBERNETES_SECRET), "stringData"))
"""Passwords that a cluster was given: they open its volumes. Others are replaced on purpose."""

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
        on(of(PRIVATE_KEY), GUARDED, only=in_prod),
        on(OPENS, GUARDED, only=in_prod),
        on(of(SECRET, where=present(LASTING, "it is kept for ever")), GUARDED, only=in_prod),
    ),
)
