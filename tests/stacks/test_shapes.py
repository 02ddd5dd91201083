"""Hospitals of every shape that the settings take, and several at once: planned with nothing to refuse."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from policies.rules import RULES
from policies.waivers import WAIVERS
from tests.cluster.objects import plain
from tests.settings.corpus import GOOD, stack_file
from tests.settings.many import hospitals_with
from tests.stacks.graphs import ROOT
from toolkit.graph import Graph, Resource
from toolkit.inputs import check
from toolkit.judge import judge
from toolkit.program import Program
from toolkit.values import Secret

TODAY = date(2026, 11, 25)

LONGEST = ("a" * 20, "b" * 20)
"""What the settings take for a name."""

LIMITS: Mapping[tuple[str, str], tuple[int, int]] = {
    ("gcp:serviceaccount/account:Account", "accountId"): (6, 30),
    ("gcp:serviceaccount/account:Account", "displayName"): (1, 100),
    ("gcp:iam/workloadIdentityPool:WorkloadIdentityPool", "displayName"): (1, 32),
    ("gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider", "displayName"): (1, 32),
    ("gcp:kms/keyRing:KeyRing", "name"): (1, 63),
    ("gcp:kms/cryptoKey:CryptoKey", "name"): (1, 63),
    ("gcp:secretmanager/secret:Secret", "secretId"): (1, 255),
}
"""Characters that Google takes."""

LABEL = 63
"""Characters of a name that ends up in a label or in DNS; most of Kubernetes' do."""


def planned(stack: str, settings: Mapping[str, Any], *, preview: bool = True) -> Graph:
    program = Program.read(ROOT, stack)
    config = {**program.config, "prontuario:settings": json.dumps(settings)}
    return replace(program, config=config).run(preview=preview)


def named(*names: str) -> Mapping[str, Any]:
    """Hospitals with these names, and the longest names of machines."""
    settings = hospitals_with(len(names))
    for name, site in zip(names, settings["sites"], strict=True):
        site["name"] = name
        for number, host in enumerate(site["hosts"]):
            host["name"] = f"{'m' * 19}{number}"
    return settings


@cache
def several(*names: str) -> Graph:
    """Hospitals with these names, before anything is known."""
    return planned("prod", named(*names))


@cache
def deployed(*names: str) -> Graph:
    """Hospitals with these names as if deployed, so that what depends on others' answers is known."""
    return planned("prod", named(*names), preview=False)


def faults(graph: Graph) -> list[object]:
    """All that an engine, a provider or a rule would refuse."""
    return [*graph.problems, *check(graph), *judge(graph, RULES, WAIVERS, TODAY).violations]


@pytest.mark.parametrize("case_file", GOOD, ids=lambda file: file.stem)
def test_every_shape_that_the_settings_take_is_planned_without_a_fault(case_file: Path) -> None:
    case = yaml.safe_load(case_file.read_text(encoding="utf-8"))
    document = yaml.safe_load(stack_file(case))
    assert faults(planned(case["stack"], document["config"]["prontuario:settings"])) == []


@pytest.mark.parametrize("names", [LONGEST, ("x", "gcp-a")], ids=["longest", "shortest"])
def test_two_hospitals_with_any_names_are_planned_without_a_fault(names: tuple[str, str]) -> None:
    assert faults(several(*names)) == []


def of_hospital(graph: Graph, kind: str) -> Iterator[Resource]:
    return (each for each in graph.resources.values() if each.type == kind)


def test_google_takes_every_name_that_is_made_of_a_hospitals() -> None:
    graph = several(*LONGEST)
    for (kind, key), (least, most) in LIMITS.items():
        found = [plain(each.inputs).get(key, each.name) for each in of_hospital(graph, kind)]
        assert found, kind
        assert [name for name in found if not least <= len(str(name)) <= most] == [], kind


def test_an_identity_pools_id_fits_with_its_suffix() -> None:
    suffix = "-123456"
    for name in (*LONGEST, "x"):
        assert 4 <= len(f"site-{name}{suffix}") <= 32


def test_kubernetes_takes_every_name_and_no_cluster_gets_one_twice() -> None:
    seen = set()
    for each in deployed(*LONGEST).resources.values():
        if not each.type.startswith("kubernetes:") or "metadata" not in each.inputs:
            continue
        metadata = plain(each.inputs["metadata"])
        assert len(metadata["name"]) <= LABEL, each.urn
        own = (each.provider, each.type, str(metadata.get("namespace")), metadata["name"])
        assert own not in seen, each.urn
        seen.add(own)
    assert len({provider for provider, *_ in seen}) == 2


def test_hospitals_share_no_account_no_secret_and_no_folder() -> None:
    graph = several("recife", "santos")
    for kind, key in (
        ("gcp:serviceaccount/account:Account", "accountId"),
        ("gcp:secretmanager/secret:Secret", "secretId"),
    ):
        found = [plain(each.inputs)[key] for each in of_hospital(graph, kind)]
        assert len({*found}) == len(found)
    for type_, end in (
        ("random:index/randomBytes:RandomBytes", "-k3s-token"),
        ("random:index/randomPassword:RandomPassword", "-longhorn"),
        ("tls:index/privateKey:PrivateKey", "-authority"),
    ):
        assert {each.name for each in of_hospital(graph, type_)} >= {f"recife{end}", f"santos{end}"}


def text(graph: Graph, name: str, kind: str = "") -> str:
    (found,) = (
        each
        for each in graph.resources.values()
        if each.name == name and each.custom and each.type.endswith(kind)
    )
    return json.dumps(plain(found.inputs), default=str)


@pytest.mark.parametrize("site", ["recife", "santos"])
def test_a_hospitals_backups_lie_in_its_own_folders(site: str) -> None:
    made = deployed("recife", "santos")
    assert f"/longhorn/{site}/" in text(made, f"{site}-longhorn", "Release")
    assert f"k3s/{site}" in text(made, f"{site}-snapshots")
    assert f"/postgres/{site}" in text(made, f"{site}-postgres-objectstore-postgres")
    by_key, by_token = (
        text(made, f"{site}-{each}", "BucketIAMMember")
        for each in ("backups-objectUser", "archive-storage.objectUser-database")
    )
    assert f"/objects/k3s/{site}/" in by_key
    assert f"/objects/longhorn/{site}/" in by_key
    assert f"/objects/postgres/{site}/" in by_token


def test_the_network_is_asked_only_on_cards_that_the_machine_has() -> None:
    """A Linux machine beside Macs has another card than they, and only the first server asks."""
    case = yaml.safe_load(next(each for each in GOOD if "beside" in each.stem).read_text(encoding="utf-8"))
    document = yaml.safe_load(stack_file(case))
    graph = planned("prod", document["config"]["prontuario:settings"])
    (asked,) = (each for each in graph.resources.values() if each.name == "sao-paulo-metallb-preflight")
    script = asked.inputs["stdin"]
    assert isinstance(script, str)
    assert not isinstance(script, Secret)
    assert "interfaces='lan0'" in script
    assert "enp1s0" in text(graph, "sao-paulo-metallb-announced")


def test_every_webhook_of_a_hospital_hears_the_control_plane_by_its_pods_range_and_nobody_outside() -> None:
    graph = deployed("recife", "santos")
    pods = {"recife": "10.100.4.0/22", "santos": "10.100.8.0/22"}
    for site, range_ in pods.items():
        for policy in ("certificates-webhook", "metallb-webhook", "database-operator-operator"):
            told = text(graph, f"{site}-{policy}", "NetworkPolicy")
            assert range_ in told
        assert range_ in text(graph, f"{site}-longhorn", "Release")


def test_nothing_of_a_hospital_may_send_to_everywhere() -> None:
    """Nor hear from everywhere, but for addresses that callers come from."""
    for each in deployed("recife", "santos").resources.values():
        if each.type.endswith(":NetworkPolicy"):
            assert "0.0.0.0/0" not in json.dumps(plain(each.inputs), default=str), each.urn
