"""The default network with its open firewall is not used."""

from policies.checks import none_of
from policies.demands import matched, on
from policies.kinds import NETWORK
from policies.rule import Rule
from policies.subjects import of

ATTACHED = "gcp:compute/networkFirewallPolicyAssociation:NetworkFirewallPolicyAssociation"

RULE = Rule(
    id="network-own",
    title="The default network with its open firewall is not used",
    portuguese="A rede padrão, com seu firewall aberto, não é usada",
    severity="mandatory",
    controls=("HIPAA 164.312(e)(1)", "CIS GCP 3.1", "CKV_GCP_27", "CKV2_GCP_18"),
    demands=(
        on(NETWORK, none_of("name", "default"), none_of("routingMode", "LEGACY")),
        matched(of(NETWORK), of(ATTACHED), "attachmentTarget", "attach a firewall policy to it"),
    ),
)
