"""Our own images are encrypted with a key of ours, cannot be replaced, and are scanned."""

from policies.checks import none_of, present, true
from policies.demands import on
from policies.kinds import REGISTRY
from policies.rule import Rule

RULE = Rule(
    id="registry-guarded",
    title="Our own images are encrypted with a key of ours, cannot be replaced, and are scanned",
    portuguese="Nossas imagens são cifradas com chave nossa, não podem ser substituídas e são verificadas",
    severity="mandatory",
    controls=(
        "HIPAA 164.312(a)(2)(iv)",
        "HIPAA 164.308(a)(5)(ii)(B)",
        "CIS GKE Autopilot 5.1.1",
        "CKV_GCP_84",
    ),
    demands=(
        on(
            REGISTRY,
            present("kmsKeyName", "name a key of the platform"),
            true("dockerConfig.immutableTags"),
            none_of("vulnerabilityScanningConfig.enablementConfig", "DISABLED"),
        ),
    ),
)
