"""Networks are made by hand, log their flows, and reach Google's APIs privately."""

from collections.abc import Iterator

from policies.rule import Fault, Rule, at, expect, of_type
from toolkit.graph import Graph


def check(graph: Graph) -> Iterator[Fault]:
    """Automatic networks, and subnets without flow logs or private access."""
    for network in of_type(graph, "gcp:compute/network:Network"):
        yield from expect(network, {"autoCreateSubnetworks": False})
    for subnet in of_type(graph, "gcp:compute/subnetwork:Subnetwork"):
        yield from expect(subnet, {"privateIpGoogleAccess": True})
        if not at(subnet, "logConfig"):
            yield subnet.urn, "logConfig is missing; log every flow"


RULE = Rule(
    id="network-watched",
    severity="mandatory",
    controls=("HIPAA 164.312(b)", "CIS GCP 3.1", "CIS GCP 3.8", "CKV_GCP_26", "CKV_GCP_74"),
    check=check,
)
