"""From the internet, only named machines and Google's load balancers come in."""

from ipaddress import ip_network

from policies.checks import equals, every, one_of, present
from policies.demands import on
from policies.kinds import FIREWALL, FIREWALL_RULE
from policies.rule import Rule
from policies.subjects import of

BALANCERS = frozenset({"35.191.0.0/16", "130.211.0.0/22", "35.235.240.0/20"})
"""Where Google's health checks, load balancers and identity-aware proxy come from."""


def named(source: object) -> bool:
    """Whether a range is private, Google's own, or a single address."""
    if source in BALANCERS:
        return True
    try:
        network = ip_network(str(source))
    except ValueError:
        return False
    return network.num_addresses == 1 or (network.is_private and network.prefixlen > 0)


RULE = Rule(
    id="firewall-sources-named",
    title="From the internet, only named machines and Google's load balancers come in",
    portuguese="Da internet, só entram máquinas nomeadas e os balanceadores do Google",
    severity="mandatory",
    controls=(
        "LGPD 46",
        "HIPAA 164.312(e)(1)",
        "CIS GCP 3.6",
        "CIS GCP 3.7",
        "CKV_GCP_2",
        "CKV_GCP_3",
        "CKV2_GCP_12",
    ),
    demands=(
        on(
            of(FIREWALL_RULE, where=(equals("direction", "INGRESS"), equals("action", "allow"))),
            every(
                "match.srcIpRanges", named, "name single addresses, as a /32", "0.0.0.0/0", "203.0.113.0/24"
            ),
        ),
        on(
            of(FIREWALL, where=(one_of("direction", "INGRESS", None), present("allows", "allow something"))),
            every("sourceRanges", named, "name single addresses, as a /32", "0.0.0.0/0", "203.0.113.0/24"),
            present("logConfig", "log what it lets in"),
        ),
    ),
)
