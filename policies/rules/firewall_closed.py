"""Every firewall rule is logged, and none lets the whole internet in."""

from collections.abc import Iterator

from policies.rule import Fault, Rule, at, expect, of_type
from toolkit.graph import Graph

ANYWHERE = "0.0.0.0/0"


def check(graph: Graph) -> Iterator[Fault]:
    """Rules without a log, and rules that allow traffic in from anywhere."""
    for rule in of_type(graph, "gcp:compute/networkFirewallPolicyRule:NetworkFirewallPolicyRule"):
        yield from expect(rule, {"enableLogging": True})
        sources = at(rule, "match.srcIpRanges") or ()
        inward = at(rule, "direction") == "INGRESS" and at(rule, "action") == "allow"
        if inward and isinstance(sources, list | tuple) and ANYWHERE in sources:
            yield rule.urn, f"match.srcIpRanges allows {ANYWHERE}; name the ranges that may come in"


RULE = Rule(
    id="firewall-closed",
    severity="mandatory",
    controls=("HIPAA 164.312(e)(1)", "CIS GCP 3.6", "CIS GCP 3.7"),
    check=check,
)
