"""How a state file is read."""

import json
from pathlib import Path

import pytest

from tests.toolkit.exports import ENCRYPTED, deployment, plaintext, row, written
from tests.toolkit.graphs import BUCKET, graph, resource, urn
from toolkit.baseline import BaselineError
from toolkit.baseline.export import read_export
from toolkit.compare import compare, totals
from toolkit.values import SIGNATURE, UNKNOWN, Default, Secret

NAMESPACE = "kubernetes:core/v1:Namespace"


def inputs_of(folder: Path, kind: str, inputs: dict[str, object]) -> object:
    """What is read of one resource's inputs."""
    file = written(folder, deployment(row(kind, "it", inputs=inputs)))
    return read_export(file).graph.resources[urn(kind, "it")].inputs


def test_a_row_keeps_its_place_its_provider_and_its_options(tmp_path: Path) -> None:
    provider = urn("pulumi:providers:gcp", "google")
    network = row(
        BUCKET,
        "images",
        provider=f"{provider}::2a8d7d87-df7e-4ed9-8bf0-14b9362b0670",
        protect=True,
        retainOnDelete=True,
        dependencies=[provider],
        additionalSecretOutputs=["key"],
    )

    read = read_export(written(tmp_path, deployment(network))).graph

    images = read.resources[urn(BUCKET, "images")]
    assert (read.project, read.stack, read.exports) == ("clinic", "dev", {"address": "10.0.0.1"})
    assert (images.name, images.type, images.provider, images.custom) == ("images", BUCKET, provider, True)
    assert (images.protect, images.retain_on_delete, images.dependencies) == (True, True, [provider])
    assert images.additional_secret_outputs == ["key"]


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        (ENCRYPTED, Secret(UNKNOWN)),
        (plaintext({"user": "x"}), Secret({"user": "x"})),
        ("04da6b54-80e4-46f7-96ec-b56ff0331ba9", UNKNOWN),
        ({SIGNATURE: "d0e6a833031e9bbcd3f4e8bde6ca49a4", "value": 5, "secret": True}, Secret(5)),
        ({SIGNATURE: "d0e6a833031e9bbcd3f4e8bde6ca49a4", "dependencies": []}, UNKNOWN),
        ({SIGNATURE: "5cf8f73096256a8f31e491e813e4eb8e", "urn": "urn:x", "id": "7"}, "urn:x"),
        (
            {SIGNATURE: "c44067f5952c0a294b673a41bacd8c17", "hash": "ab", "text": "hello", "path": ""},
            {"asset": {"hash": Default("ab"), "text": "hello"}},
        ),
        ({SIGNATURE: "a mark of next year"}, UNKNOWN),
        ({"deep": [ENCRYPTED, {"__defaults": [], "a": 1}]}, {"deep": [Secret(UNKNOWN), {"a": 1}]}),
        ({"__defaults": ["b"], "a": 1, "b": 2}, {"a": 1, "b": Default(2)}),
        ({"__defaults": ["b"], "b": 2}, Default({"b": Default(2)})),
    ],
)
def test_special_values_are_understood_at_every_depth(tmp_path: Path, stored: object, read: object) -> None:
    assert inputs_of(tmp_path, BUCKET, {"field": stored}) == {"field": read}


def test_what_the_engine_keeps_for_itself_is_dropped(tmp_path: Path) -> None:
    assert inputs_of(tmp_path, BUCKET, {"__defaults": [], "__meta": "{}", "location": "US"}) == {
        "location": "US"
    }


def test_what_a_provider_filled_in_is_no_change_until_the_program_says_otherwise(tmp_path: Path) -> None:
    stored = {
        "__defaults": ["name", "forceDestroy"],
        "name": "it-4f1c",
        "forceDestroy": False,
        "location": "US",
    }
    old = read_export(written(tmp_path, deployment(row(BUCKET, "it", inputs=stored, parent="")))).graph

    def changed(**inputs: object) -> list[str]:
        new = graph(resource(BUCKET, "it", inputs={"location": "US", **inputs}))
        return [item.name for item in compare(new, old)[0].properties]

    assert changed() == []
    assert changed(forceDestroy=False) == []
    assert changed(name="chosen", forceDestroy=True) == ["name", "forceDestroy"]


def test_marks_of_the_kubernetes_provider_are_not_the_programs(tmp_path: Path) -> None:
    metadata = {
        "name": "records-9d1f",
        "namespace": "default",
        "annotations": {"pulumi.com/autonamed": "true"},
        "labels": {"app.kubernetes.io/managed-by": "pulumi", "team": "records"},
    }
    old = read_export(
        written(tmp_path, deployment(row(NAMESPACE, "it", inputs={"metadata": metadata}, parent="")))
    )

    def operation(inputs: dict[str, object]) -> str:
        return compare(graph(resource(NAMESPACE, "it", inputs=inputs)), old.graph)[0].operation

    assert operation({"metadata": {"labels": {"team": "records"}}}) == "same"
    assert operation({"metadata": {"labels": {"team": "other"}}}) == "update"
    assert operation({"metadata": {"labels": {"team": "records"}, "namespace": "clinic"}}) == "update"


def test_a_name_that_the_program_chose_is_compared(tmp_path: Path) -> None:
    stored = {"metadata": {"name": "records"}}
    old = read_export(written(tmp_path, deployment(row(NAMESPACE, "it", inputs=stored, parent="")))).graph

    assert compare(graph(resource(NAMESPACE, "it", inputs={"metadata": {}})), old)[0].operation == "update"


def test_a_providers_version_is_the_engines_business(tmp_path: Path) -> None:
    kind = "pulumi:providers:gcp"
    stored = {"__internal": {}, "project": "p", "userProjectOverride": "false", "version": "9.35.0"}
    old = read_export(written(tmp_path, deployment(row(kind, "it", inputs=stored, parent="")))).graph
    new = graph(resource(kind, "it", inputs={"project": "p", "userProjectOverride": "false"}))

    assert compare(new, old)[0].operation == "same"


def test_only_what_a_program_registered_is_compared(tmp_path: Path) -> None:
    export = deployment(
        row(BUCKET, "it", inputs={"location": "EU"}, delete=True),
        row(BUCKET, "it", inputs={"location": "US"}),
        row(BUCKET, "looked-up", external=True),
        row(BUCKET, "view", viewOf=urn(BUCKET, "it")),
        row("pulumi:providers:random", "default_4_21_4"),
        pending_operations=[{"type": "creating", "resource": row(BUCKET, "half")}],
    )

    old = read_export(written(tmp_path, export))

    assert [*old.graph.resources][1:] == [urn(BUCKET, "it")]
    assert old.graph.resources[urn(BUCKET, "it")].inputs == {"location": "US"}
    assert old.notes == [
        f"replaced already, still to be deleted: {urn(BUCKET, 'it')}",
        f"an update was interrupted while creating: {urn(BUCKET, 'half')}",
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "is no complete JSON, perhaps cut short"),
        (json.dumps(deployment())[:-40], "is no complete JSON, perhaps cut short"),
        ("[]", "is some other JSON, not a stack export"),
        (
            {"version": 3, "checkpoint": {"latest": {}}},
            "is the checkpoint of a local backend, not a stack export",
        ),
        ({"manifest": {}, "resourcePlans": {}}, "is an update plan, not a stack export"),
        ({"config": {}, "steps": []}, "is the JSON output of `pulumi preview`, not a stack export"),
        (
            {"version": 4, "terraform_version": "1.9", "resources": []},
            "is a Terraform state, not a stack export",
        ),
        ({"version": 2, "deployment": {"resources": []}}, "has version 2; this preview reads"),
        ({"version": 3, "deployment": {"resources": {"a": 1}}}, "is a document whose resources are no list"),
        ({"version": 3, "deployment": {"resources": [{"type": "x"}]}}, "is damaged: KeyError('urn')"),
        ({"version": 3, "deployment": {"resources": ["x"]}}, "is damaged: AttributeError"),
        ({"version": 3, "deployment": {"resources": [{"urn": "x", "type": "y"}]}}, "is damaged: ValueError"),
        ("[" * 100_000, "is no stack export: its values are nested too deeply"),
    ],
)
def test_what_is_no_export_is_refused_with_what_it_is(tmp_path: Path, content: object, message: str) -> None:
    file = written(tmp_path, content)

    with pytest.raises(BaselineError) as refusal:
        read_export(file)

    assert str(refusal.value).startswith(f"{file} {message}")
    assert "pulumi" in refusal.value.hint.lower()


@pytest.mark.parametrize("empty", [{}, {"resources": None}, {"manifest": {}, "metadata": {}}])
def test_an_empty_stack_is_an_export_too(tmp_path: Path, empty: dict[str, object]) -> None:
    old = read_export(written(tmp_path, {"version": 3, "deployment": empty}))

    assert old.graph.resources == {}
    assert old.warnings(graph()) == []


def test_another_programs_state_compares_with_a_warning(tmp_path: Path) -> None:
    old = read_export(written(tmp_path, deployment(row(BUCKET, "it"))))
    new = graph(resource(BUCKET, "it"))
    new.project = "laboratory"

    assert old.warnings(new) == [
        "this is laboratory/dev, compared with a state of clinic/dev: no resource can match"
    ]
    assert old.warnings(graph(resource(BUCKET, "it"))) == []


def test_a_state_of_ten_thousand_resources_is_no_special_case(tmp_path: Path) -> None:
    inputs = {"__defaults": [], "location": "US", "labels": {"__defaults": [], "team": "a"}, "key": ENCRYPTED}
    file = written(tmp_path, deployment(*(row(BUCKET, f"b{n}", inputs=inputs) for n in range(10_000))))
    plain = {"location": "US", "labels": {"team": "a"}, "key": Secret("x")}
    new = graph(*(resource(BUCKET, f"b{n}", inputs=plain) for n in range(10_000)))

    counted = totals(compare(new, read_export(file).graph))

    assert (counted["same"], counted["delete"]) == (10_000, 1)
