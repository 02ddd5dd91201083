"""Notices are encrypted with a key of ours and stay in the region."""

from policies.checks import present
from policies.demands import on
from policies.kinds import TOPIC
from policies.rule import Rule

RULE = Rule(
    id="topic-guarded",
    title="Notices are encrypted with a key of ours and stay in the region",
    portuguese="Os avisos são cifrados com chave nossa e ficam na região",
    severity="mandatory",
    controls=("LGPD 33", "HIPAA 164.312(a)(2)(iv)", "CKV_GCP_83"),
    demands=(
        on(
            TOPIC,
            present("kmsKeyName", "name a key of the platform"),
            present("messageStoragePolicy.allowedPersistenceRegions", "name the region"),
        ),
    ),
)
