"""The recorder keeps what a program asks for, as the engine would have it."""

import asyncio
import gc
from collections.abc import Callable
from typing import Any

import pulumi
import pytest
from pulumi import Alias, ComponentResource, CustomTimeouts, Output, ResourceOptions, StringAsset
from pulumi.runtime import is_config_secret
from pulumi_gcp import Provider, compute, sql, storage
from pulumi_kubernetes.core.v1 import ConfigMap, Namespace
from pulumi_random import RandomPassword

from toolkit.graph import Graph, Resource
from toolkit.recorder import record
from toolkit.values import UNKNOWN, Secret

STACK = "urn:pulumi:prod::clinic::pulumi:pulumi:Stack::clinic-prod"


class Site(ComponentResource):
    """A component to hang resources on."""

    def __init__(self, name: str, opts: ResourceOptions | None = None) -> None:
        super().__init__("clinic:cloud:Site", name, None, opts)


def recorded(program: Callable[[], object], **options: Any) -> Graph:
    return record(program, project="clinic", stack="prod", **options)


def one(graph: Graph, name: str) -> Resource:
    (found,) = (each for each in graph.resources.values() if each.name == name)
    return found


def bucket(key: str, /, **inputs: Any) -> storage.Bucket:
    return storage.Bucket(key, location="US", **inputs)


def below(parent: pulumi.Resource, **options: Any) -> ResourceOptions:
    return ResourceOptions(parent=parent, **options)


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


def test_secrets_and_unknowns_are_kept_at_their_depth() -> None:
    def program() -> None:
        password = RandomPassword("password", length=20).result
        number = Output.secret("4711")
        ConfigMap("map", data={"known": number, "later": password, "clear": "x"})
        bucket(
            "b", labels=Output.secret({"a": "b"}), soft_delete_policy={"retention_duration_seconds": 604800.0}
        )

    graph = recorded(program)
    assert one(graph, "map").inputs["data"] == {
        "known": Secret("4711"),
        "later": Secret(UNKNOWN),
        "clear": "x",
    }
    assert one(graph, "b").inputs["labels"] == Secret({"a": "b"})
    seconds = one(graph, "b").inputs["softDeletePolicy"]
    assert seconds == {"retentionDurationSeconds": 604800}
    assert "604800.0" not in repr(seconds)


def test_keys_that_say_nothing_are_no_inputs_at_any_depth() -> None:
    condition: Any = {"age": 3, "created_before": None}
    rules: Any = [{"action": {"type": "Delete"}, "condition": condition}]
    made = one(recorded(lambda: bucket("b", name=None, lifecycle_rules=rules)), "b")

    assert made.inputs == {
        "lifecycleRules": [{"action": {"type": "Delete"}, "condition": {"age": 3}}],
        "location": "US",
    }


def test_files_are_shown_readably() -> None:
    graph = recorded(lambda: storage.BucketObject("o", bucket="b", source=StringAsset("text")))
    assert one(graph, "o").inputs["source"] == {"asset": {"text": "text"}}


def test_a_preview_knows_inputs_and_nothing_else() -> None:
    seen = []

    def program() -> None:
        store = bucket("b", name="the-name")
        store.name.apply(seen.append)
        store.url.apply(seen.append)
        pulumi.export("url", store.url)
        pulumi.export("name", store.name)

    graph = recorded(program)
    assert seen == ["the-name"]
    assert graph.exports == {"name": "the-name", "url": UNKNOWN}
    assert graph.resources[STACK].outputs == graph.exports


def test_without_echo_nothing_is_known_so_that_hidden_resources_are_missed() -> None:
    def program() -> None:
        bucket("b", name="the-name").name.apply(lambda name: bucket(f"hidden-in-{name}"))

    assert len(recorded(program).resources) == 3
    assert len(recorded(program, echo=False).resources) == 2
    assert len(recorded(program, preview=False).resources) == 3


def test_after_an_update_every_computed_output_has_a_plausible_value() -> None:
    def program() -> None:
        database = sql.DatabaseInstance("db", database_version="POSTGRES_15", settings={"tier": "small"})
        pulumi.export("id", database.id)
        pulumi.export("connection", database.connection_name)
        pulumi.export("address", database.ip_addresses[0].ip_address)
        pulumi.export("tier", database.settings.tier)

    assert recorded(program, preview=False).exports == {
        "id": "db-id",
        "connection": "db-connectionName",
        "address": "db-ipAddresses-ipAddress",
        "tier": "small",
    }


def test_a_component_that_is_sealed_shows_its_outputs() -> None:
    def program() -> None:
        Site("open")
        Site("sealed").register_outputs({"number": 1})

    graph = recorded(program)
    assert (one(graph, "open").outputs, one(graph, "sealed").outputs) == (None, {"number": 1})


def test_two_resources_of_one_name_are_refused_as_the_engine_does() -> None:
    graph = recorded(lambda: (bucket("b"), bucket("b")))
    (problem,) = graph.problems
    assert problem.urn.endswith("::b")
    assert problem.message == f"Duplicate resource URN '{problem.urn}'; try giving it a unique name"


def test_a_resource_without_provider_is_refused_where_the_default_one_is_off() -> None:
    def program() -> None:
        google = Provider("google", project="p")
        bucket("named", opts=ResourceOptions(provider=google))
        bucket("bare")
        Namespace("other")

    (problem,) = recorded(program, disabled_providers=["gcp"]).problems
    assert problem.urn.endswith("::bare")
    assert (
        problem.message
        == f"Default provider for 'gcp' disabled. '{problem.urn}' must use an explicit provider."
    )


def test_a_lookup_is_refused_in_a_preview() -> None:
    def program() -> None:
        compute.get_network_output(name="default")
        storage.Bucket.get("found", "some-id")

    first, second = recorded(program).problems
    assert first.message.startswith(
        "gcp:compute/getNetwork:getNetwork: nothing may look anything up in the cloud"
    )
    assert second.message.startswith("gcp:storage/bucket:Bucket: nothing may look anything up in the cloud")
    assert recorded(program, preview=False).problems == []


def test_config_reaches_the_program_and_secret_config_stays_secret() -> None:
    def program() -> None:
        config = pulumi.Config()
        pulumi.export("open", config.require_int("open"))
        pulumi.export("closed", config.require_secret("closed"))
        pulumi.export("secret", [is_config_secret(f"clinic:{key}") for key in ("open", "closed")])

    graph = recorded(
        program, config={"clinic:open": "7", "clinic:closed": "x"}, secret_keys=["clinic:closed"]
    )
    assert graph.exports == {"open": 7, "closed": Secret("x"), "secret": [False, True]}


def test_progress_counts_resources_without_the_stack() -> None:
    seen: list[int] = []
    recorded(lambda: (bucket("a"), bucket("b")), progress=seen.append)
    assert seen == [1, 2]


def test_inputs_of_the_wrong_type_do_not_end_the_recording() -> None:
    def program() -> None:
        settings: Any = {"tier": "small", "database_flags": {"name": "a"}}
        sql.DatabaseInstance("db", database_version="POSTGRES_15", settings=settings)
        bucket("after")

    assert one(recorded(program), "after")


def test_the_exception_of_a_program_comes_through_and_nothing_keeps_running(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    def program() -> None:
        for index in range(20):
            store = bucket(f"b{index}", name="x")
            bucket(f"c{index}", name=store.name.apply(lambda name: {}[name]))
        asyncio.get_running_loop().create_task(asyncio.sleep(3600))
        asyncio.get_running_loop().create_future().set_exception(ValueError("nobody asks"))

    with pytest.raises(KeyError, match="x"):
        recorded(program)
    gc.collect()
    assert (capfd.readouterr(), caplog.text) == (("", ""), "")
    assert gc.isenabled()


def test_an_exception_that_many_wait_for_keeps_the_line_that_raised_it() -> None:
    async def fail() -> int:
        raise KeyError("x")

    def program() -> None:
        task = asyncio.ensure_future(fail())
        for _ in range(5):
            Output.from_input(task).apply(print)

    with pytest.raises(KeyError) as raised:
        recorded(program)
    assert raised.traceback[-1].name == "fail"


def test_a_recording_leaves_the_settings_of_its_surroundings_alone() -> None:
    before = pulumi.get_stack(), pulumi.runtime.get_root_resource()
    recorded(lambda: bucket("b"), config={"clinic:a": "1"})
    assert (pulumi.get_stack(), pulumi.runtime.get_root_resource()) == before
    assert pulumi.Config("clinic").get("a") is None


def test_a_recording_is_in_order_and_the_next_one_equals_it() -> None:
    def program() -> None:
        first = [bucket(f"b{index}") for index in range(9)]
        bucket(
            "last",
            labels={f"{9 - index}": each.url for index, each in enumerate(first)},
            opts=ResourceOptions(depends_on=first),
        )

    one_run, another = recorded(program), recorded(program)
    assert one_run == another
    assert list(one_run.resources) == list(another.resources)
    last = one(one_run, "last")
    assert list(last.dependencies) == sorted(last.dependencies)
    assert list(last.inputs) == sorted(last.inputs)
    labels = last.inputs["labels"]
    assert isinstance(labels, dict)
    assert list(labels) == sorted(labels)
