"""Only images from named places run."""

from policies.checks import equals, excludes, one_of
from policies.demands import exists, on
from policies.kinds import CLUSTER, IMAGE_POLICY
from policies.rule import Rule
from policies.subjects import of

RULE = Rule(
    id="cluster-images-trusted",
    title="Only images from named places run",
    portuguese="Só rodam imagens de lugares nomeados",
    severity="mandatory",
    controls=(
        "LGPD 46",
        "HIPAA 164.308(a)(5)(ii)(B)",
        "CIS GKE Autopilot 5.1.4",
        "CIS Kubernetes 5.5.1",
        "CKV_GCP_66",
    ),
    demands=(
        on(CLUSTER, equals("binaryAuthorization.evaluationMode", "PROJECT_SINGLETON_POLICY_ENFORCE")),
        on(
            IMAGE_POLICY,
            equals("defaultAdmissionRule.enforcementMode", "ENFORCED_BLOCK_AND_AUDIT_LOG"),
            one_of("defaultAdmissionRule.evaluationMode", "ALWAYS_DENY", "REQUIRE_ATTESTATION"),
            excludes("admissionWhitelistPatterns[*].namePattern", "*", "**"),
        ),
        exists(of(IMAGE_POLICY), of(CLUSTER), "say where images may come from"),
    ),
)
