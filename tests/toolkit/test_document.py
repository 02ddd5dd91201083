"""What other programs read."""

import json
from datetime import date

from tests.toolkit.graphs import BUCKET, graph, resource, urn
from toolkit.compare import compare
from toolkit.document import document
from toolkit.graph import Problem
from toolkit.judge import judge
from toolkit.preview import Preview
from toolkit.values import UNKNOWN, Default, Secret

KEYS = [
    "urn",
    "type",
    "name",
    "custom",
    "parent",
    "provider",
    "operation",
    "inputs",
    "dependencies",
    "protect",
    "retainOnDelete",
    "deletedWith",
    "ignoreChanges",
    "additionalSecretOutputs",
]


def test_the_document_has_exactly_the_promised_keys_and_types() -> None:
    new = graph(resource(BUCKET, "it", protect=True, deleted_with="urn:x", ignore_changes=("a",)))
    new.problems.append(Problem(urn=urn(BUCKET, "it"), path="a.b", message="no such key"))

    judgement = judge(new, [], [], date(2026, 11, 25))

    read = json.loads(
        document(Preview(graph=new, changes=compare(new, None), judgement=judgement, seconds=1.5))
    )

    assert [*read] == ["stack", "project", "resources", "outputs", "summary", "violations", "seconds"]
    assert (read["stack"], read["project"], read["seconds"]) == ("dev", "clinic", 1.5)
    assert read["summary"] == {"create": 1, "update": 0, "replace": 0, "delete": 0, "same": 0}
    (it,) = read["resources"]
    assert [*it] == KEYS
    assert (it["operation"], it["protect"], it["retainOnDelete"]) == ("create", True, False)
    assert (it["deletedWith"], it["ignoreChanges"], it["dependencies"]) == ("urn:x", ["a"], [])
    assert read["violations"] == [
        {
            "rule": "input",
            "severity": "mandatory",
            "urn": urn(BUCKET, "it"),
            "message": "a.b: no such key",
            "controls": [],
        }
    ]


def test_no_secret_leaves_the_document_and_unknowns_are_named() -> None:
    hidden = {
        "deep": [{"password": Secret({"value": "hunter2"})}],
        "size": 3.0,
        "filled": Default(Secret("hunter2")),
    }
    old = graph(resource(BUCKET, "gone", inputs=hidden))
    new = graph(resource(BUCKET, "it", inputs={**hidden, "id": UNKNOWN}), exports={"key": Secret("hunter2")})

    text = document(Preview(graph=new, changes=compare(new, old)))

    assert "hunter2" not in text
    it, gone = json.loads(text)["resources"]
    assert it["inputs"] == {
        "deep": [{"password": "[secret]"}],
        "size": 3,
        "filled": "[secret]",
        "id": "output<...>",
    }
    assert (gone["name"], gone["operation"]) == ("gone", "delete")
    assert json.loads(text)["outputs"] == {"key": "[secret]"}
