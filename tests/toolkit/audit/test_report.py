"""What the report comes to: verdicts, evidence, changes; on exports of any size and from anywhere."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from policies.controls import CONTROLS
from policies.rule import Break, Evidence, Rule
from tests.toolkit.audit.hospital import (
    BUCKET,
    GRANT,
    NOW,
    PROJECT,
    ROOT,
    accepted,
    audited,
    bucket,
    changed,
    grant,
    hospital,
    large,
    member,
)
from tests.toolkit.exports import row
from tests.toolkit.graphs import urn
from toolkit.audit import report as module
from toolkit.audit.document import document
from toolkit.audit.page import written
from toolkit.audit.report import Report, report
from toolkit.audit.subject import exported
from toolkit.graph import Graph
from toolkit.values import UNKNOWN

SHARED = ROOT.parent / "shared" / "samples" / "stack-export.json"
DOCUMENTS = urn(BUCKET, "documents")


@dataclass(frozen=True)
class Versioned:
    """Buckets keep versions; of one that says nothing, nobody knows."""

    def examine(self, graph: Graph) -> Iterator[Evidence]:
        """One piece of evidence for each bucket."""
        for each in graph.resources.values():
            if each.type == BUCKET:
                kept = each.inputs.get("versioning", UNKNOWN)
                fault = "switch it on" if kept not in (UNKNOWN, {"enabled": True}) else ""
                yield Evidence(each.urn, "versioning.enabled", kept, fault)

    def breaks(self, graph: Graph) -> Iterator[Break]:
        """Not asked here."""
        del graph
        yield from ()


def rule(name: str, *controls: str, **fields: Any) -> Rule:
    about: dict[str, Any] = {"severity": "mandatory", "demands": (Versioned(),), **fields}
    return Rule(id=name, title=f"about {name}", portuguese=f"sobre {name}", controls=controls, **about)


@pytest.fixture
def one_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """A house with one rule and no waivers."""
    monkeypatch.setattr(module, "RULES", [rule("versions", "LGPD 46", "CKV_GCP_78")])
    monkeypatch.setattr(module, "WAIVERS", ())


def statuses(report: Report) -> set[str]:
    return {row.status for row in report.controls if row.rules}


def silent(name: str) -> dict[str, Any]:
    """A bucket that says nothing of versions."""
    made = bucket(name)
    del made["inputs"]["versioning"]
    return made


def at_fault() -> dict[str, Any]:
    return hospital(bucket("bare", versioning={"enabled": False}))


@pytest.mark.usefixtures("one_rule")
def test_a_control_is_tied_to_the_property_that_proves_it(tmp_path: Path) -> None:
    told = audited(tmp_path, hospital())

    (found,) = told.rules
    (piece,) = found.pieces
    assert (piece.urn, piece.path, piece.value) == (DOCUMENTS, "versioning.enabled", '{"enabled": true}')
    assert (piece.status, found.status, statuses(told), told.refused) == ("pass", "pass", {"pass"}, False)
    control = next(row for row in told.controls if row.id == "LGPD 46")
    assert (control.framework, control.rules) == ("LGPD", ["versions"])
    assert control.requirement.pt == CONTROLS["LGPD 46"].portuguese


@pytest.mark.usefixtures("one_rule")
@pytest.mark.parametrize(
    ("export", "status", "refused"),
    [
        (at_fault(), "fail", True),
        (hospital(silent("bare")), "unknown", False),
        (hospital(), "pass", False),
    ],
)
def test_the_worst_evidence_decides(tmp_path: Path, export: object, status: str, *, refused: bool) -> None:
    told = audited(tmp_path, export)
    assert (statuses(told), told.refused) == ({status}, refused)
    assert told.rules[0].pieces[0].status == status, "the worst comes first"


@pytest.mark.usefixtures("one_rule")
def test_a_secret_in_clear_refuses_the_stack_whatever_the_rules_say(tmp_path: Path) -> None:
    told = audited(tmp_path, hospital(row("gcp:sql/user:User", "clerk", outputs={"password": "in-clear"})))
    assert (told.mandatory, len(told.leaks), told.refused) == ([], 1, True)


def test_an_advisory_rule_refuses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "RULES", [rule("versions", "LGPD 46", severity="advisory")])
    monkeypatch.setattr(module, "WAIVERS", ())
    told = audited(tmp_path, at_fault())
    assert (statuses(told), told.refused, len(told.violations)) == ({"fail"}, False, 1)


@pytest.mark.parametrize(("expires", "status", "refused"), [(2027, "waived", False), (2025, "fail", True)])
def test_a_waiver_counts_until_it_expires(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expires: int, status: str, *, refused: bool
) -> None:
    monkeypatch.setattr(module, "RULES", [rule("versions", "LGPD 46")])
    monkeypatch.setattr(module, "WAIVERS", (accepted("versions", f"{BUCKET} bare", expires),))

    told = audited(tmp_path, at_fault())

    assert (statuses(told), told.refused) == ({status}, refused)
    assert [(held.used, held.expired) for held in told.waivers] == [(1 - refused, refused)]


def test_a_rule_that_falls_over_fails_and_tells_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(Versioned):
        def examine(self, graph: Graph) -> Iterator[Evidence]:
            raise KeyError(graph.stack)

    monkeypatch.setattr(module, "RULES", [rule("broken", "LGPD 46", demands=(Broken(),))])
    told = audited(tmp_path, hospital())
    assert told.rules[0].status == "fail"
    assert told.rules[0].error.startswith("KeyError at test_report.py")
    assert "KeyError" in written(told, "en")


@pytest.mark.usefixtures("one_rule")
def test_a_control_that_nobody_catalogued_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CONTROLS", {})
    rows = audited(tmp_path, hospital()).controls
    assert [(row.id, row.framework, row.status) for row in rows] == [
        ("LGPD 46", "LGPD", "pass"),
        ("CKV_GCP_78", "Checkov", "pass"),
    ]


@pytest.mark.usefixtures("one_rule")
def test_what_changed_is_told_by_paths_and_verdicts(tmp_path: Path) -> None:
    old = hospital(bucket("old"), bucket("kept"))
    moved = {"location": "US", "versioning": {}}
    new = changed(hospital(bucket("kept"), bucket("new")), "kept", inputs=moved)

    since = audited(tmp_path, new, since=old).since

    assert since is not None
    told = {each.name: (each.operation, [*each.paths]) for each in since.resources}
    assert told["new"][0] == "create"
    assert told["old"][0] == "delete"
    assert told["kept"][0] in {"update", "replace"}
    assert {"location", "versioning.enabled", "encryption"} <= {*told["kept"][1]}
    assert [(each.control, each.before, each.after, each.worse) for each in since.verdicts] == [
        ("LGPD 46", "pass", "fail", True),
        ("CKV_GCP_78", "pass", "fail", True),
    ]
    assert not since.foreign


def test_nothing_changed_is_told_as_well(tmp_path: Path) -> None:
    since = audited(tmp_path, hospital(), since=hospital()).since
    assert since is not None
    assert (since.resources, since.verdicts) == ([], [])


def test_the_document_has_the_promised_keys(tmp_path: Path) -> None:
    read = json.loads(document(audited(tmp_path, hospital(), since=at_fault())))

    assert [*read] == [
        *("format", "counts", "refused", "project", "stack", "provenance", "resources", "controls", "rules"),
        *("violations", "stores", "lines", "secrets", "material", "leaks", "waivers", "scene", "kinds"),
        *("notes", "since"),
    ]
    assert read["format"] == 1
    assert read["provenance"]["at"] == NOW.isoformat()
    assert len(read["provenance"]["digest"]) == 64
    assert {*read["rules"][0]} == {"id", "title", "severity", "controls", "status", "error", "pieces"}
    assert {*read["stores"][0]} >= {"classification", "spots", "keys", "retention", "backup", "readers"}
    assert read["rules"][0]["title"].keys() == {"en", "pt"}


def test_ten_thousand_resources_take_seconds(tmp_path: Path) -> None:
    export = large(10_000)
    started = time.process_time()
    told = audited(tmp_path, export, since=hospital())
    page, data = written(told, "pt"), document(told)
    took = time.process_time() - started

    assert told.resources >= 9_990
    assert len(json.loads(data)["stores"]) == len(told.stores) > 4_900
    assert len(page) < 8_000_000, "a browser can still show it"
    assert took < 60, "seconds, not minutes, on a slow machine"


def test_one_of_many_grants_is_found(tmp_path: Path) -> None:
    more = [bucket(f"b{n}") for n in range(30)]
    one = grant(GRANT, "one", bucket=f"{PROJECT}-b17", role="roles/storage.objectViewer", member=member("x"))
    stores = audited(tmp_path, hospital(*more, one)).stores
    read = {store.name for store in stores if store.readers}
    assert {name for name in read if name.startswith(f"{PROJECT}-b")} == {f"{PROJECT}-b17"}


@pytest.mark.skipif(not SHARED.is_file(), reason="../shared is not beside this checkout")
def test_a_foreign_export_of_a_real_engine_is_read_listed_and_judged() -> None:
    subject = exported(SHARED, ROOT, NOW)
    told = report(subject, subject)

    assert (told.project, told.stack, told.resources) == ("standin-load", "s", 135)
    assert {"gcp:cloudrunv2/job:Job", "gcp:compute/uRLMap:URLMap"} <= {kind.type for kind in told.kinds}
    assert sum(kind.count for kind in told.kinds) == 135
    assert told.refused
    assert {row.status for row in told.controls} >= {"pass", "fail"}
    assert {store.name for store in told.stores} >= {"standin-prod-documents", "smtp", "core"}
    assert [each.name for each in told.material] == ["smtp", "session", "signing"]
    assert told.leaks == []
    assert told.since is not None
    assert told.since.resources == []
    assert told.provenance.engine == "3.255.0"
    assert written(told, "pt")
