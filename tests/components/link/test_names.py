"""Pods find Google's APIs inside the link."""

from ipaddress import IPv4Address

import pytest

from components.link.names import SiteNames, SiteNamesArgs
from tests.components.cloud.recorded import recorded
from tests.stacks.graphs import graph_of
from toolkit.graph import Resource

INSIDE = IPv4Address("199.36.153.8")


def of_prod(name: str) -> Resource:
    (found,) = (each for each in graph_of("prod").resources.values() if each.name == name and each.custom)
    return found


def test_names_go_where_the_clusters_dns_looks_for_them() -> None:
    args = SiteNamesArgs(answers={"googleapis.com": [INSIDE]})
    made = recorded(lambda: SiteNames("one", args), preview=False).resource("ConfigMap one").inputs
    assert made["metadata"] == {"name": "coredns-custom", "namespace": "kube-system"}
    assert made["data"]["google.server"].startswith("googleapis.com:53 {")


def test_a_name_without_an_address_is_refused() -> None:
    for answers in ({}, {"googleapis.com": []}):
        with pytest.raises(ValueError, match="give each domain its own"):
            SiteNamesArgs(answers=answers)


def test_a_hospitals_pods_are_told_the_addresses_to_which_policies_let_them_send() -> None:
    told = str(of_prod("sao-paulo-names").inputs["data"])
    assert "googleapis.com:53" in told
    assert str(INSIDE) in told
    for policy in ("postgres-postgres-archive", "longhorn-backup-managers", "longhorn-backup-engines"):
        egress = of_prod(f"sao-paulo-{policy}").inputs["spec"]["egress"]
        assert egress[0]["to"] == [{"ipBlock": {"cidr": "199.36.153.8/30"}}]
