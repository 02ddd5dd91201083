"""A resource is recorded with its URN, its options and what it inherits, as the engine stores them."""

import pulumi
from pulumi import Alias, CustomTimeouts, ResourceOptions
from pulumi_gcp import Provider, compute

from tests.toolkit.recorder.recording import STACK, Site, below, bucket, one, recorded


def test_urns_hold_the_chain_of_component_types_but_not_the_stack() -> None:
    def program() -> None:
        site = Site("a")
        inner = Site("a-inner", below(site))
        compute.Network("a-net", opts=below(inner))

    graph = recorded(program)
    chain = "clinic:cloud:Site$clinic:cloud:Site"
    assert list(graph.resources) == [
        STACK,
        "urn:pulumi:prod::clinic::clinic:cloud:Site::a",
        f"urn:pulumi:prod::clinic::{chain}::a-inner",
        f"urn:pulumi:prod::clinic::{chain}$gcp:compute/network:Network::a-net",
    ]
    assert one(graph, "a").parent == STACK


def test_options_are_recorded_as_the_engine_would_store_them() -> None:
    def program() -> None:
        google = Provider("google", project="p")
        other = bucket("other", opts=ResourceOptions(provider=google))
        options = ResourceOptions(
            provider=google,
            depends_on=[other],
            protect=True,
            retain_on_delete=True,
            deleted_with=other,
            ignore_changes=["labels"],
            replace_on_changes=["location"],
            delete_before_replace=True,
            additional_secret_outputs=["self_link"],
            custom_timeouts=CustomTimeouts(create="5m"),
            import_="the-bucket",
        )
        bucket("one", opts=options)

    graph = recorded(program)
    found, other = one(graph, "one"), one(graph, "other").urn
    assert found.provider == "urn:pulumi:prod::clinic::pulumi:providers:gcp::google"
    assert found.dependencies == (other,)
    assert (found.protect, found.retain_on_delete, found.deleted_with) == (True, True, other)
    assert (found.ignore_changes, found.replace_on_changes) == (("labels",), ("location",))
    assert found.delete_before_replace
    assert "selfLink" in found.additional_secret_outputs
    assert found.timeouts == {"create": "5m"}
    assert found.import_id == "the-bucket"


def test_children_inherit_what_guards_their_parent_unless_they_say_otherwise() -> None:
    def program() -> None:
        room = bucket("room")
        site = Site("s", ResourceOptions(retain_on_delete=True, protect=True, deleted_with=room))
        inner = Site("s-inner", below(site))
        bucket("heir", opts=below(inner))
        bucket("rebel", opts=below(inner, retain_on_delete=False, protect=False))

    graph = recorded(program)
    heir, rebel, room = one(graph, "heir"), one(graph, "rebel"), one(graph, "room")
    assert (heir.retain_on_delete, heir.protect, heir.deleted_with) == (True, True, room.urn)
    assert (rebel.retain_on_delete, rebel.protect, rebel.deleted_with) == (False, False, room.urn)


def test_aliases_are_urns_and_children_follow_the_renaming_of_their_parent() -> None:
    def program() -> None:
        site = Site("new", ResourceOptions(aliases=[Alias(name="old")]))
        bucket("new-store", opts=below(site))
        bucket(
            "free",
            opts=below(
                site, aliases=["urn:pulumi:dev::x::a:b:C::d", Alias(parent=pulumi.ROOT_STACK_RESOURCE)]
            ),
        )

    graph = recorded(program)
    mine = "urn:pulumi:prod::clinic::clinic:cloud:Site"
    kind = "gcp:storage/bucket:Bucket"
    assert one(graph, "new").aliases == (f"{mine}::old",)
    assert one(graph, "new-store").aliases == (f"{mine}${kind}::old-store",)
    assert one(graph, "free").aliases[:2] == (
        "urn:pulumi:dev::x::a:b:C::d",
        f"urn:pulumi:prod::clinic::{kind}::free",
    )


def test_a_component_that_is_sealed_shows_its_outputs() -> None:
    def program() -> None:
        Site("open")
        Site("sealed").register_outputs({"number": 1})

    graph = recorded(program)
    assert (one(graph, "open").outputs, one(graph, "sealed").outputs) == (None, {"number": 1})
