"""The link, in stacks other than the committed ones."""

import json
from typing import Any

import pytest

from components.link import plan
from settings import Settings
from settings.links import MOST_SITES
from tests.settings.many import settings_with
from tests.stacks.graphs import ROOT
from toolkit.graph import Graph
from toolkit.inputs import check
from toolkit.program import Program


def graph_with(settings: dict[str, Any], *, preview: bool = True) -> Graph:
    """Prod's program with other settings."""
    prod = Program.read(ROOT, "prod")
    program = Program(
        root=prod.root,
        stack=prod.stack,
        project=prod.project,
        config={**prod.config, "prontuario:settings": json.dumps(settings)},
        secret_keys=prod.secret_keys,
    )
    return program.run(preview=preview)


def test_a_hundred_hospitals_each_have_ways_rules_and_a_secret_of_their_own() -> None:
    graph = graph_with(settings_with(100))
    assert graph.problems == []
    kinds = [
        each.type.rpartition(":")[2] for each in graph.resources.values() if each.name.startswith("link")
    ]
    assert kinds.count("Route") == 300
    assert kinds.count("NetworkFirewallPolicyRule") == 200
    assert kinds.count("SecretVersion") == 102
    assert kinds.count("InstanceGroupManager") == 2
    assert isinstance(graph.exports["link_sites"], dict)
    assert len(graph.exports["link_sites"]) == 100


def ipsec(count: int) -> dict[str, Any]:
    settings = settings_with(count)
    settings["link"] = {"backend": "ipsec", "generation": 1}
    for site in settings["sites"]:
        del site["gateway"]
    return settings


def test_ipsec_takes_the_place_of_wireguard_with_the_same_exports() -> None:
    graph = graph_with(ipsec(2))
    kinds = {each.type.rpartition(":")[2] for each in graph.resources.values()}
    assert graph.problems == []
    assert check(graph) == []
    assert {"VPNTunnel", "RouterPeer"} <= kinds
    assert kinds.isdisjoint({"InstanceTemplate", "Route", "RegionBackendService"})
    assert {*graph.exports} >= {"link_endpoints", "link_sites"}
    assert "keys-gateway-disks" not in {each.name for each in graph.resources.values()}


@pytest.mark.parametrize("settings", [settings_with(2), ipsec(2)], ids=["wireguard", "ipsec"])
def test_no_resource_of_either_link_hides_in_an_apply(settings: dict[str, Any]) -> None:
    assert graph_with(settings).resources.keys() == graph_with(settings, preview=False).resources.keys()


def test_settings_and_components_agree_on_what_fits() -> None:
    assert MOST_SITES == plan.MOST_SITES
    link = Settings.model_validate(settings_with(1) | {"environment": "prod"}).link
    assert link is not None
    assert link.generations == (1,)
