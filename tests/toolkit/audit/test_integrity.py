"""Which exports are refused, and in which words."""

import hashlib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.toolkit.audit.hospital import BUCKET, KEY, NOW, ROOT, bucket, changed, hospital, saved
from tests.toolkit.exports import STACK, deployment, row
from tests.toolkit.graphs import urn
from toolkit.audit.failure import AuditError
from toolkit.audit.subject import exported
from toolkit.baseline import BaselineError

DOCUMENTS = urn(BUCKET, "documents")
GONE = urn(BUCKET, "gone")
FIRST = urn("clinic:ward:Ward", "first")
SECOND = urn("clinic:ward:Ward", "second")


def refusal(folder: Path, export: object) -> str:
    with pytest.raises(AuditError) as raised:
        exported(saved(folder, export), ROOT, NOW)
    assert "pulumi stack export" in raised.value.hint
    return str(raised.value)


def circle() -> dict[str, Any]:
    wards = [
        {"urn": FIRST, "type": "clinic:ward:Ward", "custom": False, "parent": SECOND},
        {"urn": SECOND, "type": "clinic:ward:Ward", "custom": False, "parent": FIRST},
    ]
    return deployment(*wards)


@pytest.mark.parametrize(
    ("export", "said"),
    [
        (hospital(bucket("documents")), f"2 resources have one address: {DOCUMENTS}"),
        (circle(), f"its parents go round in a circle: {FIRST}"),
        (changed(hospital(), "documents", parent=GONE), f"a parent is not in the file: {GONE}"),
        (
            changed(hospital(), "documents", provider=f"{GONE}::id"),
            f"a provider is not in the file: {GONE}, named by {DOCUMENTS}",
        ),
        (changed(hospital(), "documents", dependencies=[GONE]), f"a dependency is not in the file: {GONE}"),
        (
            changed(hospital(), "documents", propertyDependencies={"labels": [GONE]}),
            f"a dependency is not in the file: {GONE}",
        ),
        (
            changed(hospital(), "documents", deletedWith=GONE),
            f"what it is deleted with is not in the file: {GONE}",
        ),
        (changed(hospital(), "documents", type=KEY), "type is not the one in its address"),
        (changed(hospital(), "documents", inputs=[]), f"resources[3].inputs is not an object: {DOCUMENTS}"),
        (changed(hospital(), "documents", dependencies="x"), "dependencies is not a list"),
        (changed(hospital(), "documents", dependencies=[7]), "dependencies holds something that is no text"),
        (
            changed(hospital(), "documents", propertyDependencies={"a": 1}),
            "propertyDependencies holds something that is no list of addresses",
        ),
        (changed(hospital(), "documents", protect="yes"), "protect is not true or false"),
        (
            changed(hospital(), "documents", urn="documents"),
            "resources[3].urn is not the address of a resource",
        ),
        (hospital({"urn": 7}), ".urn is not the address of a resource"),
        (deployment(["no object"]), "resources[1] is no object"),  # ty: ignore[invalid-argument-type] -- wrong on purpose
        (
            hospital(row(BUCKET, "x", urn=f"urn:pulumi:prod::other::{BUCKET}::x")),
            "belongs to other/prod, the others to clinic/dev",
        ),
        (
            hospital(manifest={"magic": "0" * 64, "version": "v3.272.0"}),
            "manifest.magic does not belong to version v3.272.0",
        ),
    ],
)
def test_what_the_engine_never_wrote_is_refused_with_its_place(
    tmp_path: Path, export: object, said: str
) -> None:
    assert said in refusal(tmp_path, export)


def test_the_engines_own_mark_is_accepted(tmp_path: Path) -> None:
    magic = hashlib.sha256(b"v3.272.0").hexdigest()
    export = hospital(manifest={"magic": magic, "version": "v3.272.0", "time": "2026-03-01T08:00:00Z"})
    assert exported(saved(tmp_path, export), ROOT, NOW).provenance.engine == "v3.272.0"


def test_what_waits_for_its_deletion_may_share_an_address(tmp_path: Path) -> None:
    export = hospital(bucket("documents") | {"delete": True})
    subject = exported(saved(tmp_path, export), ROOT, NOW)
    assert subject.notes == [f"replaced already, still to be deleted: {DOCUMENTS}"]


def test_many_faults_are_counted_and_not_all_told(tmp_path: Path) -> None:
    export = hospital(*(bucket(f"b{index}") | {"parent": GONE} for index in range(20)))
    said = refusal(tmp_path, export)
    assert len(said.splitlines()) == 10
    assert said.endswith("and 12 more")


def test_a_long_chain_of_parents_takes_no_time(tmp_path: Path) -> None:
    kind = "clinic:ward:Ward"
    chain = [{"urn": urn(kind, str(n)), "type": kind, "custom": False} for n in range(8000)]
    for child, parent in pairwise(chain):
        child["parent"] = parent["urn"]
    chain[-1]["parent"] = STACK
    assert len(exported(saved(tmp_path, deployment(*chain)), ROOT, NOW).graph.resources) == 8001


@pytest.mark.parametrize("length", [0, 40, 1500])
def test_a_truncated_file_is_told_as_such(tmp_path: Path, length: int) -> None:
    file = saved(tmp_path, hospital())
    file.write_text(file.read_text(encoding="utf-8")[:length], encoding="utf-8")
    with pytest.raises(BaselineError, match="cut short"):
        exported(file, ROOT, NOW)
