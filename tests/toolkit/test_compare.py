"""What a comparison says of two graphs."""

from collections.abc import Mapping
from typing import Any

import pulumi_random  # noqa: F401 -- its documentation is read
import pytest

from components.sdk import narrow
from tests.toolkit.graphs import BUCKET, COMPONENT, NETWORK, graph, resource, urn
from toolkit.compare import Change, compare, totals
from toolkit.values import UNKNOWN, Default, Secret

SUBNETWORK = "gcp:compute/subnetwork:Subnetwork"
RANDOM = "random:index/randomPassword:RandomPassword"
INSTANCE = "gcp:compute/instance:Instance"

narrow("pulumi_gcp.compute", "pulumi_gcp.storage")


def one(before: Mapping[str, object], after: Mapping[str, object], kind: str = BUCKET, **new: Any) -> Change:
    """The change of a single resource whose inputs go from ``before`` to ``after``."""
    old = graph(resource(kind, "it", inputs=before))
    return compare(graph(resource(kind, "it", inputs=after, **new)), old)[0]


def names(change: Change) -> list[str]:
    return [f"{item.kind} {item.name}" for item in change.properties]


def test_without_a_baseline_everything_is_created() -> None:
    changes = compare(graph(resource(BUCKET, "a"), resource(BUCKET, "b")), None)

    assert [change.operation for change in changes] == ["create", "create"]


def test_deleted_resources_come_last_and_the_others_keep_their_order() -> None:
    old = graph(resource(BUCKET, "gone"), resource(BUCKET, "a"), resource(BUCKET, "b"))
    new = graph(resource(BUCKET, "b"), resource(BUCKET, "new"), resource(BUCKET, "a"))

    listed = [(change.operation, change.resource.name) for change in compare(new, old)]

    assert listed == [("same", "b"), ("create", "new"), ("same", "a"), ("delete", "gone")]
    assert totals(compare(new, old)) == {"create": 1, "update": 0, "replace": 0, "delete": 1, "same": 2}


def test_an_alias_finds_the_resource_under_its_old_name() -> None:
    old = graph(resource(BUCKET, "old", inputs={"location": "US"}))
    new = graph(resource(BUCKET, "new", inputs={"location": "US"}, aliases=[urn(BUCKET, "old")]))

    (change,) = compare(new, old)

    assert (change.operation, change.note) == ("same", f"was {urn(BUCKET, 'old')}")


def test_maps_are_compared_by_key_and_lists_by_index() -> None:
    change = one(
        {"labels": {"a": "1", "b": "2"}, "rules": [{"age": 1}, {"age": 2}]},
        {"labels": {"a": "9", "c": "3"}, "rules": [{"age": 1}, {"age": 5}, {"age": 6}]},
    )

    assert names(change) == [
        "change labels.a",
        "remove labels.b",
        "add labels.c",
        "change rules[1].age",
        "add rules[2]",
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (UNKNOWN, "anything"),
        ({"deep": ["x"]}, UNKNOWN),
        (Secret(UNKNOWN), Secret("x")),
        (Secret(UNKNOWN), "x"),
        (Secret("x"), Secret("x")),
        (Secret({"a": UNKNOWN}), Secret({"a": 1})),
        (1, 1.0),
        ("true", True),
        ("b/documents", "documents"),
        (
            "https://www.googleapis.com/compute/v1/projects/a/global/networks/b",
            "projects/a/global/networks/b",
        ),
        (None, {}),
        (Default("filled in"), None),
        ({"a": Default(1), "b": 2}, {"b": 2}),
        (Default({"a": 1}), {"a": 1}),
        (Default(1), Default(1)),
        (None, Default(1)),
    ],
)
def test_these_values_do_not_differ(before: object, after: object) -> None:
    assert one({"field": before}, {"field": after}).operation == "same"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (None, UNKNOWN, "add field"),
        (UNKNOWN, None, "remove field"),
        (Secret("x"), Secret("y"), "change field"),
        (Secret("x"), "y", "change field"),
        (1, True, "change field"),
        ("a", ["a"], "change field"),
        (Default("filled in"), "chosen", "change field"),
        ({"a": Default(1)}, {"a": 2}, "change field.a"),
    ],
)
def test_these_values_differ(before: object, after: object, said: str) -> None:
    assert names(one({"field": before}, {"field": after})) == [said]


def test_a_changed_secret_is_never_laid_open() -> None:
    (item,) = one({"password": "old one"}, {"password": Secret("new one")}).properties

    assert (repr(item.before), repr(item.after)) == ("[secret]", "[secret]")


@pytest.mark.parametrize("pattern", ["labels", "labels.a", 'labels["a"]', "*", "labels.*", "*.a"])
def test_ignored_changes_are_no_changes(pattern: str) -> None:
    change = one({"labels": {"a": "1"}}, {"labels": {"a": "2"}}, ignore_changes=[pattern])

    assert change.operation == "same"


def test_ignoring_one_property_ignores_no_other() -> None:
    change = one(
        {"labels": {"a": "1", "b": "1"}}, {"labels": {"a": "2", "b": "2"}}, ignore_changes=["labels.a"]
    )

    assert names(change) == ["change labels.b"]


def test_a_changed_option_is_shown_and_makes_no_update() -> None:
    change = one({}, {}, protect=True)

    assert (change.operation, names(change), change.properties[0].note) == (
        "same",
        ["change protect"],
        "option",
    )


def test_another_provider_replaces_and_another_version_of_the_default_one_does_not() -> None:
    def moved(before: str, after: str) -> str:
        old = graph(resource(BUCKET, "it", provider=urn("pulumi:providers:gcp", before)))
        return compare(graph(resource(BUCKET, "it", provider=urn("pulumi:providers:gcp", after))), old)[
            0
        ].operation

    assert moved("east", "west") == "replace"
    assert moved("default_9_35_0", "default_10_2_0") == "same"


@pytest.mark.parametrize("pattern", ["location", "*", "rules[*].age"])
def test_the_registration_may_say_that_a_change_replaces(pattern: str) -> None:
    change = one(
        {"location": "US", "rules": [{"age": 1}]},
        {"location": "EU", "rules": [{"age": 2}]},
        replace_on_changes=[pattern],
        delete_before_replace=True,
    )

    assert (change.operation, change.note) == ("replace", "deleted before it is created again")


SILENT = "the SDK does not say whether this replaces the resource"
HEDGED = "some changes of this replace the resource"


@pytest.mark.parametrize(
    ("kind", "field", "operation", "note"),
    [
        (NETWORK, "description", "replace", ""),
        (SUBNETWORK, "privateIpGoogleAccess", "update", ""),
        (SUBNETWORK, "ipCidrRange", "update", HEDGED),  # a larger range around the old one is an update
        (RANDOM, "keepers", "replace", ""),  # "will trigger recreation of resource"
        (RANDOM, "length", "update", SILENT),
        ("kubernetes:core/v1:Namespace", "spec", "update", SILENT),
        ("gcp:unheard/of:Kind", "field", "update", SILENT),
        (COMPONENT, "field", "update", ""),
    ],
)
def test_the_providers_table_or_else_the_sdks_documentation_says_what_a_change_does(
    kind: str, field: str, operation: str, note: str
) -> None:
    change = one({field: "old"}, {field: "new"}, kind)

    assert (change.operation, change.note) == (operation, note)


def test_a_replacement_is_known_at_the_depth_of_the_change() -> None:
    def disk(value: str) -> Mapping[str, object]:
        return {"bootDisk": {"initializeParams": {"resourceManagerTags": {"team": value}}}}

    assert one(disk("a"), disk("b"), INSTANCE).operation == "replace"


def test_deletions_say_what_protects_the_resource() -> None:
    old = graph(resource(BUCKET, "data", protect=True), resource(BUCKET, "key", retain_on_delete=True))

    assert [change.note for change in compare(graph(), old)] == [
        "protected: the engine refuses to delete it until protect is off",
        "kept in the cloud, only forgotten: retainOnDelete",
    ]


def test_a_replaced_resource_that_is_protected_is_a_refusal() -> None:
    old = graph(resource(BUCKET, "it", inputs={"location": "US"}, protect=True))
    new = graph(resource(BUCKET, "it", inputs={"location": "EU"}, replace_on_changes=["location"]))

    assert compare(new, old)[0].note == "protected: the engine refuses to replace it until protect is off"


def test_the_json_text_in_a_providers_inputs_is_compared_as_data() -> None:
    before = {"features": '{"b": 1, "a": true}', "userProjectOverride": "false"}
    after = {"features": '{"a":true,"b":1}', "userProjectOverride": False}

    assert one(before, after, "pulumi:providers:gcp").operation == "same"
