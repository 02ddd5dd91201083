"""What runbooks name is called so in the program: at night nobody looks up another name."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from components.onprem.inference import alerts as inference
from components.onprem.k3s import alerts as k3s
from components.onprem.longhorn import alerts as longhorn
from components.onprem.postgres import alerts as postgres
from components.onprem.vault import alerts as vault
from stacks.hospital.floor import ADDRESSES, MACHINES, OWN
from stacks.hospital.trust import ARCHIVE, COPIES, DISKS, SNAPSHOTS
from tests.cluster.objects import plain
from tests.runbook import FOLDER
from tests.stacks.graphs import ROOT, graph_of

RUNBOOKS = sorted(FOLDER.glob("*.md"))
EVERY = pytest.mark.parametrize(
    "text", [each.read_text(encoding="utf-8") for each in RUNBOOKS], ids=lambda _: ""
)

NAMESPACES = {*OWN, *ADDRESSES, *MACHINES, "kube-system"}
ALERT = re.compile(r"`((?:Database|Etcd|Inference|K3s|Longhorn|Node|Vault)[A-Z]\w+)`")


def every(pattern: str, text: str) -> set[str]:
    return {*re.findall(pattern, text)}


@cache
def named() -> frozenset[tuple[str, str]]:
    """Kind, in lower case, and name of every object that the program makes at a hospital."""
    found = set()
    for each in graph_of("prod").resources.values():
        if each.type.startswith("kubernetes:") and "metadata" in each.inputs:
            kind = each.type.rpartition(":")[2].lower()
            found.add((kind, str(plain(each.inputs["metadata"])["name"])))
    return frozenset(found)


def alerts() -> Iterator[str]:
    """The names of all alerts, wherever a module keeps its groups."""
    for module in (inference, k3s, longhorn, postgres, vault):
        for value in vars(module).values():
            yield from _within(value)


def _within(value: Any) -> Iterator[str]:
    match value:
        case {"alert": str() as name}:
            yield name
        case dict() | list() | tuple():
            for item in value.values() if isinstance(value, dict) else value:
                yield from _within(item)


@EVERY
def test_namespaces_are_those_of_the_program(text: str) -> None:
    assert every(r"kubectl[^\n|]*? (?:-n|--namespace) ([a-z-]+)", text) <= NAMESPACES


@EVERY
def test_folders_of_the_bucket_and_secrets_in_escrow_are_those_of_the_program(text: str) -> None:
    assert every(r"gs://BUCKET/([a-z0-9]+)/", text) <= {SNAPSHOTS, DISKS, ARCHIVE}
    assert every(r"""--secret="?\$?SITE-([a-z0-9-]+)""", text) <= {*COPIES}


@EVERY
@pytest.mark.parametrize(
    ("kind", "pattern"),
    [
        ("cronjob", r"cronjob/([a-z-]+)"),
        ("plan", r"delete plan ([a-z0-9-]+) [a-z0-9-]+"),
        ("plan", r"delete plan [a-z0-9-]+ ([a-z0-9-]+)"),
        ("configmap", r"(?:get|delete) configmap ([a-z-]+)"),
        ("cluster", r"cnpg\.io/cluster=([a-z-]+)"),
        ("secret", r"create secret generic ([a-z-]+)"),
    ],
)
def test_objects_are_called_as_the_program_calls_them(text: str, kind: str, pattern: str) -> None:
    assert {(kind, name) for name in every(pattern, text)} <= named()


@EVERY
def test_files_that_are_named_are_there(text: str) -> None:
    paths = every(r"\b((?:components|docs|settings|stacks|tests)/[\w/.-]+\.(?:py|md))\b", text)
    links = every(r"\]\(([\w-]+\.md)", text)
    assert [each for each in paths if not (ROOT / each).is_file()] == []
    assert [each for each in links if not (FOLDER / each).is_file()] == []


@EVERY
def test_alerts_that_are_named_exist(text: str) -> None:
    assert {*ALERT.findall(text)} <= {*alerts()}


def test_the_search_finds_what_it_is_for() -> None:
    """Patterns that match nothing would prove nothing."""
    whole = "\n".join(each.read_text(encoding="utf-8") for each in RUNBOOKS)
    assert every(r"gs://BUCKET/([a-z0-9]+)/", whole) == {SNAPSHOTS}
    assert every(r"(?:get|delete) configmap ([a-z-]+)", whole) == {"coredns-custom"}
    assert every(r"""--secret="?\$?SITE-([a-z0-9-]+)""", whole) == {*COPIES}
    assert len({*ALERT.findall(whole)}) > 10
    assert {*alerts()} >= {"VaultSealed", "EtcdSnapshotOld", "DatabaseBackupOld"}
