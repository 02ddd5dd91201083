"""Nobody logs in to the cluster by a certificate that cannot be revoked."""

from policies.checks import false
from policies.demands import on
from policies.kinds import CLUSTER
from policies.rule import Rule

RULE = Rule(
    id="cluster-certificates-off",
    title="Nobody logs in to the cluster by a certificate that cannot be revoked",
    portuguese="Ninguém entra no cluster com um certificado que não se pode revogar",
    severity="mandatory",
    controls=("HIPAA 164.312(d)", "CKV_GCP_13"),
    demands=(
        on(
            CLUSTER,
            false("masterAuth.clientCertificateConfig.issueClientCertificate"),
            false("controlPlaneEndpointsConfig.dnsEndpointConfig.enableK8sCertsViaDns"),
        ),
    ),
)
