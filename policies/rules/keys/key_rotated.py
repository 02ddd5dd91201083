"""Keys rotate every ninety days at the latest, and outlive the stack that made them."""

from policies.checks import at_most, option
from policies.demands import on
from policies.kinds import CRYPTO_KEY
from policies.path import RETAIN
from policies.rule import Rule

NINETY_DAYS = 90 * 24 * 3600

RULE = Rule(
    id="key-rotated",
    title="Keys rotate every ninety days at the latest, and outlive the stack that made them",
    portuguese="As chaves giram a cada noventa dias no máximo, e sobrevivem ao stack que as criou",
    severity="mandatory",
    controls=("HIPAA 164.312(a)(2)(iv)", "CIS GCP 1.10", "CKV_GCP_43", "CKV_GCP_82"),
    demands=(
        on(
            CRYPTO_KEY,
            at_most("rotationPeriod", NINETY_DAYS, "s"),
            option(RETAIN, "switch it on: a destroyed key makes every backup unreadable"),
        ),
    ),
)
