"""Each rule passes on the real stacks and fails where its subject is broken."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from policies.rule import Rule
from policies.rules import RULES
from tests.stacks.graphs import graph_of
from toolkit.graph import Graph

BUCKET = "gcp:storage/bucket:Bucket"
KEY = "gcp:kms/cryptoKey:CryptoKey"
NETWORK = "gcp:compute/network:Network"
SUBNET = "gcp:compute/subnetwork:Subnetwork"
FIREWALL = "gcp:compute/networkFirewallPolicyRule:NetworkFirewallPolicyRule"
GRANT = "gcp:storage/bucketIAMMember:BucketIAMMember"

BREAKS: Mapping[str, list[tuple[str, str, Any]]] = {
    "bucket-private": [
        (BUCKET, "publicAccessPrevention", "inherited"),
        (BUCKET, "publicAccessPrevention", None),
        (BUCKET, "uniformBucketLevelAccess", False),
    ],
    "bucket-encrypted": [(BUCKET, "encryption", None)],
    "bucket-recoverable": [
        (BUCKET, "versioning", None),
        (BUCKET, "softDeletePolicy", {"retentionDurationSeconds": 0}),
    ],
    "store-classified": [(BUCKET, "labels", {})],
    "store-protected": [(BUCKET, "protect", False), (KEY, "protect", False)],
    "key-rotated": [
        (KEY, "rotationPeriod", "31536000s"),
        (KEY, "rotationPeriod", None),
        (KEY, "retain_on_delete", False),
    ],
    "network-watched": [
        (NETWORK, "autoCreateSubnetworks", True),
        (SUBNET, "privateIpGoogleAccess", False),
        (SUBNET, "logConfig", None),
    ],
    "firewall-closed": [
        (FIREWALL, "enableLogging", False),
        (FIREWALL, "match", {"srcIpRanges": ["0.0.0.0/0"]}),
    ],
    "grant-narrow": [(GRANT, "role", "roles/editor"), (GRANT, "member", "allUsers")],
}


def broken(graph: Graph, type_: str, path: str, value: Any) -> Graph:
    """The graph with the first resource of a type changed in one property or option."""
    victim = next(each for each in graph.resources.values() if each.type == type_)
    if path in {"protect", "retain_on_delete"}:
        changed = replace(victim, **{path: value})
    else:
        changed = replace(victim, inputs={**victim.inputs, path: value})
    return replace(graph, resources={**graph.resources, victim.urn: changed})


@pytest.mark.parametrize("stack", ["dev", "staging", "prod"])
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_passes_on_the_real_stacks(rule: Rule, stack: str) -> None:
    assert [*rule.check(graph_of(stack))] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_fails_where_its_subject_is_broken(rule: Rule) -> None:
    for type_, path, value in BREAKS[rule.id]:
        faults = [*rule.check(broken(graph_of("prod"), type_, path, value))]
        assert len(faults) == 1, (path, value, faults)
        ((urn, message),) = faults
        assert urn.split("::")[2].endswith(type_)
        assert len(message) > 20


def test_rules_are_told_apart_and_name_the_controls_they_serve() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert all(rule.controls for rule in RULES)
    assert {*BREAKS} == {rule.id for rule in RULES}
