"""What may be sent and received in a namespace."""

from ipaddress import IPv4Network
from typing import Any

import pytest

from components.platform.traffic import Allowance, Flow, Peer, Traffic, TrafficArgs, api_server
from toolkit.recorder import record


def policies(**allowances: Allowance) -> dict[str, Any]:
    def program() -> None:
        Traffic("data", TrafficArgs(namespace="data", allowances=allowances))

    graph = record(program, project="prontuario", stack="prod")
    assert graph.problems == []
    made: list[Any] = [
        each.inputs for each in graph.resources.values() if each.type.endswith(":NetworkPolicy")
    ]
    return {each["metadata"]["name"]: each["spec"] for each in made}


def test_a_namespace_without_allowances_only_asks_for_names() -> None:
    (closed,) = policies().values()
    assert closed["podSelector"] == {}
    assert closed["policyTypes"] == ["Ingress", "Egress"]
    assert "ingress" not in closed
    (names,) = closed["egress"]
    assert {port["port"] for port in names["ports"]} == {53}
    assert names["to"][0]["podSelector"] == {"matchLabels": {"k8s-app": "kube-dns"}}


def test_what_is_received_says_nothing_about_what_is_sent() -> None:
    asked = Flow(peers=[Peer(namespace="clinical", pods={"app": "web"})], ports=[5432])
    spec = policies(asked=Allowance(pods={"app": "db"}, receives=[asked]))["asked"]
    assert spec["policyTypes"] == ["Ingress"]
    (rule,) = spec["ingress"]
    assert rule["from"] == [
        {
            "podSelector": {"matchLabels": {"app": "web"}},
            "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "clinical"}},
        }
    ]
    assert rule["ports"] == [{"port": 5432, "protocol": "TCP"}]


def test_a_peer_without_a_namespace_is_a_neighbour() -> None:
    spec = policies(near=Allowance(sends=[Flow(peers=[Peer()], ports=[1])]))["near"]
    assert spec["egress"][0]["to"] == [{"podSelector": {}}]


def test_the_clusters_api_is_reached_where_its_servers_stand() -> None:
    spec = policies(api=Allowance(sends=[api_server([IPv4Network("10.20.0.11/32")])]))["api"]
    assert spec["egress"][0]["to"] == [{"ipBlock": {"cidr": "10.20.0.11/32"}}]
    assert spec["egress"][0]["ports"] == [{"port": 6443, "protocol": "TCP"}]


def test_what_would_allow_everything_or_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="would allow everything"):
        Flow(peers=[], ports=[1])
    with pytest.raises(ValueError, match="would allow everything"):
        Flow(peers=[Peer()], ports=[])
    with pytest.raises(ValueError, match="allows nothing"):
        Allowance()
