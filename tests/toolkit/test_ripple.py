"""A replaced resource takes others with it, as the engine's own preview says; nothing else does."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.toolkit.graphs import BUCKET, NETWORK, graph, resource, urn
from toolkit.compare import compare
from toolkit.graph import Graph, Resource
from toolkit.values import UNKNOWN, Secret

ROUTER = "gcp:compute/router:Router"
POLICY = "gcp:dns/policy:Policy"
GRANT = "gcp:storage/bucketIAMMember:BucketIAMMember"


def taking(kind: str, name: str, inputs: Mapping[str, object], **taken: Sequence[str]) -> Resource:
    """A resource whose ``inputs`` take values from others, by their URNs."""
    return resource(kind, name, inputs=inputs, property_dependencies=taken)


def network(name: str = "core", description: str = "old", **fields: Any) -> Resource:
    """A network; another description replaces it."""
    return resource(NETWORK, name, inputs={"description": description}, **fields)


def told(new: Graph, old: Graph) -> dict[str, str]:
    return {change.resource.name: change.operation for change in compare(new, old)}


def changed(new: Graph, old: Graph, name: str) -> list[str]:
    (change,) = [each for each in compare(new, old) if each.resource.name == name]
    return [f"{item.name} {item.note}" for item in change.properties]


VPC = urn(NETWORK, "core")
DEPLOYED = graph(
    network(),
    taking(ROUTER, "nat", {"network": "projects/p/core"}, network=[VPC]),
    taking(POLICY, "names", {"networks": [{"url": "projects/p/core"}]}, networks=[VPC]),
)


def wanted(vpc: Resource) -> Graph:
    """The deployed program with another network; what it gives out is unknown in a preview."""
    return graph(
        vpc,
        taking(ROUTER, "nat", {"network": UNKNOWN}, network=[vpc.urn]),
        taking(POLICY, "names", {"networks": [{"url": UNKNOWN}]}, networks=[vpc.urn]),
    )


def test_unknown_values_of_a_resource_that_stays_are_no_change() -> None:
    assert set(told(wanted(network()), DEPLOYED).values()) == {"same"}


def test_whoever_takes_a_value_from_a_replaced_resource_changes_with_it() -> None:
    new = wanted(network(description="new"))

    assert told(new, DEPLOYED) == {"core": "replace", "nat": "replace", "names": "update"}
    assert changed(new, DEPLOYED, "nat") == ["network replaces"]
    assert changed(new, DEPLOYED, "names") == ["networks[0].url updates"]


def test_whoever_takes_a_value_from_another_resource_than_before_changes() -> None:
    new = wanted(network("main"))

    assert told(new, DEPLOYED) == {"main": "create", "nat": "replace", "names": "update", "core": "delete"}


def test_two_programs_of_which_neither_knows_the_value_differ_in_where_it_comes_from() -> None:
    old, new = wanted(network()), wanted(network("main"))

    assert told(
        graph(network(), *new.resources.values()), graph(*old.resources.values(), network("main"))
    ) == {
        "core": "same",
        "main": "same",
        "nat": "replace",
        "names": "update",
    }


def test_a_renamed_resource_takes_nothing_with_it() -> None:
    new = wanted(network("main", aliases=[VPC]))

    assert set(told(new, DEPLOYED).values()) == {"same"}


def test_an_unknown_within_a_secret_changes_as_a_whole() -> None:
    new = wanted(network(description="new"))
    secret = taking(POLICY, "names", {"networks": Secret([{"url": UNKNOWN}])}, networks=[VPC])

    assert changed(graph(*new.resources.values(), secret), DEPLOYED, "names") == ["networks updates"]


def test_nobody_holds_a_grant_on_a_bucket_that_is_gone_for_a_moment() -> None:
    def program(location: str) -> Graph:
        bucket = resource(BUCKET, "images", inputs={"name": "p-images", "location": location})
        return graph(bucket, taking(GRANT, "reader", {"bucket": "p-images"}, bucket=[bucket.urn]))

    moved, grant = compare(program("EU"), program("US"))

    assert (moved.operation, moved.note) == ("replace", "deleted before it is created again")
    assert (grant.operation, [item.name for item in grant.properties]) == ("replace", ["bucket"])


def test_a_replaced_resource_without_a_name_of_its_own_is_created_first() -> None:
    (change, *_) = compare(wanted(network(description="new")), DEPLOYED)

    assert (change.operation, change.note) == ("replace", "")


def test_ignored_changes_stay_ignored_when_they_come_from_a_replaced_resource() -> None:
    new = wanted(network(description="new"))
    deaf = resource(
        ROUTER,
        "nat",
        inputs={"network": UNKNOWN},
        property_dependencies={"network": [VPC]},
        ignore_changes=["network"],
    )

    assert told(graph(*new.resources.values(), deaf), DEPLOYED)["nat"] == "same"
