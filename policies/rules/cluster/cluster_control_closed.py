"""Only named networks, or whom IAM lets in, reach the control plane."""

from policies.checks import false, none_of, said, true
from policies.demands import on
from policies.kinds import CLUSTER
from policies.rule import Rule

RULE = Rule(
    id="cluster-control-closed",
    title="Only named networks, or whom IAM lets in, reach the control plane",
    portuguese="Só redes nomeadas, ou quem o IAM admite, alcançam o plano de controle",
    severity="mandatory",
    controls=(
        "LGPD 46",
        "HIPAA 164.312(a)(1)",
        "HIPAA 164.312(e)(1)",
        "CIS GKE Autopilot 5.4.2",
        "CIS GKE Autopilot 5.4.3",
        "CKV_GCP_18",
        "CKV_GCP_20",
    ),
    demands=(
        on(
            CLUSTER,
            true("privateClusterConfig.enablePrivateEndpoint"),
            false("masterAuthorizedNetworksConfig.gcpPublicCidrsAccessEnabled"),
            none_of("masterAuthorizedNetworksConfig.cidrBlocks[*].cidrBlock", "0.0.0.0/0", "::/0"),
            said(
                "controlPlaneEndpointsConfig.dnsEndpointConfig.allowExternalTraffic",
                "say whether IAM lets in",
            ),
        ),
    ),
)
