"""The project's logs lie in a region, under a key of ours; in prod for a year."""

from policies.checks import at_least, none_of, present
from policies.demands import in_prod, on
from policies.kinds import LOG_BUCKET
from policies.rule import Rule

RULE = Rule(
    id="logs-near",
    title="The project's logs lie in a region, under a key of ours; in prod for a year",
    portuguese="Os logs do projeto ficam em uma região, com chave nossa; em produção, por um ano",
    severity="mandatory",
    controls=("LGPD 33", "LGPD 46", "HIPAA 164.312(a)(2)(iv)"),
    demands=(
        on(
            LOG_BUCKET,
            none_of("location", "global"),
            present("cmekSettings.kmsKeyName", "name a key of the platform"),
            at_least("retentionDays", 30),
        ),
        on(LOG_BUCKET, at_least("retentionDays", 365), only=in_prod),
    ),
)
