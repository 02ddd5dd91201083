"""No secret leaves, wherever it stands; hostile names stay names."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.toolkit.audit.hospital import BUCKET, NOW, ROOT, audited, bucket, hospital, saved
from tests.toolkit.exports import ENCRYPTED, plaintext, row
from tests.toolkit.graphs import graph, resource, urn
from toolkit.audit.discretion import Discretion
from toolkit.audit.document import document
from toolkit.audit.leaks import Leak, Place, leaks
from toolkit.audit.page import written
from toolkit.audit.report import Report
from toolkit.audit.subject import exported
from toolkit.values import UNKNOWN, Default, Secret

USER = "gcp:sql/user:User"
HIDDEN = "correct-horse-battery"
HOSTILE = "<script>alert(1)</script>\"'&</style>]]>"


def everything(report: Report) -> str:
    """All that is ever written of a report."""
    return written(report, "pt") + written(report, "en") + document(report)


@pytest.mark.parametrize(
    ("inputs", "outputs", "path", "reason"),
    [
        ({"password": HIDDEN}, {}, "inputs.password", "name"),
        ({"a": {"env": [{"name": "DB_PASSWORD", "value": HIDDEN}]}}, {}, "inputs.a.env[0].value", "name"),
        ({"description": f"postgresql://clerk:{HIDDEN}@db/x"}, {}, "inputs.description", "form"),
        ({}, {"privateKey": HIDDEN}, "outputs.privateKey", "name"),
        ({}, {"note": f"-----BEGIN PRIVATE KEY-----\n{HIDDEN}"}, "outputs.note", "form"),
        ({"password": plaintext(HIDDEN)}, {}, "inputs.password", "export"),
        ({"labels": {"note": HIDDEN}, "password": plaintext(HIDDEN)}, {}, "inputs.labels.note", "twice"),
    ],
)
def test_a_secret_in_clear_is_told_by_its_path_and_never_shown(
    tmp_path: Path, inputs: dict[str, Any], outputs: dict[str, Any], path: str, reason: str
) -> None:
    report = audited(tmp_path, hospital(row(USER, "clerk", inputs=inputs, outputs=outputs)))

    assert (path, reason) in {(leak.path, leak.reason) for leak in report.leaks}
    assert report.refused
    text = everything(report)
    assert HIDDEN not in text
    assert path in text


def test_a_leaked_text_is_hidden_wherever_else_it_stands(tmp_path: Path) -> None:
    export = hospital(
        row(USER, "clerk", inputs={"password": HIDDEN}),
        bucket(HIDDEN, labels={"data-classification": HIDDEN}, location=HIDDEN),
    )
    export["deployment"]["resources"][0]["outputs"]["data_map"].append({"store": HIDDEN, "location": HIDDEN})

    assert HIDDEN not in everything(audited(tmp_path, export, since=hospital()))
    assert HIDDEN not in everything(audited(tmp_path, hospital(), since=export)), "nor from the older export"


def test_an_encrypted_secret_is_unknown_and_no_leak(tmp_path: Path) -> None:
    subject = exported(
        saved(tmp_path, hospital(row(USER, "clerk", inputs={"password": ENCRYPTED}))), ROOT, NOW
    )

    assert subject.leaks == []
    assert subject.graph.resources[urn(USER, "clerk")].inputs["password"] == Secret(UNKNOWN)


def test_in_a_recording_a_marked_secret_is_no_leak_and_its_copy_in_clear_is() -> None:
    made = graph(
        resource(BUCKET, "it", inputs={"key": Secret(HIDDEN), "copy": Default(HIDDEN), "id": "projects/p"})
    )
    place = Place(urn=urn(BUCKET, "it"), part="inputs", values=made.resources[urn(BUCKET, "it")].inputs)

    found, texts = leaks([place], exported=False)

    assert found == [Leak(urn=urn(BUCKET, "it"), path="inputs.copy", reason="twice")]
    assert texts == {HIDDEN}


def test_short_secrets_are_hidden_alone_and_long_ones_inside_of_others() -> None:
    say = Discretion(["abc", "longer-secret"])

    assert [say.text(text) for text in ("abc", "abcd", "x longer-secret y")] == [
        "[secret]",
        "abcd",
        "x [secret] y",
    ]
    assert say.value({"longer-secret": ["abc", Secret("q"), UNKNOWN]}) == (
        '{"[secret]": ["[secret]", "[secret]", "output<...>"]}'
    )
    assert len(say.value("x" * 1000)) == 241


def test_hostile_names_and_values_stay_text(tmp_path: Path) -> None:
    export = hospital(
        bucket(HOSTILE, labels={"data-classification": HOSTILE, HOSTILE: HOSTILE}, location=HOSTILE),
        *(bucket(f"{HOSTILE}{index}") for index in range(60)),
        row(f"hostile:index:{HOSTILE}", HOSTILE),
    )
    export["deployment"]["resources"][0]["outputs"]["data_map"].append({"store": HOSTILE, "country": HOSTILE})

    report = audited(tmp_path, export)
    for page in (written(report, "pt"), written(report, "en")):
        assert "<script>alert" not in page
        assert page.count("<script") == page.count("</script>"), "no embedded data ends its script"
        assert page.count("</style>") == 1
    assert any(HOSTILE in line["store"] for line in json.loads(document(report))["lines"])
