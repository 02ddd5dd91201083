"""Inputs, outputs and config keep what is secret and what nobody knows yet."""

from typing import Any

import pulumi
from pulumi import Output, StringAsset
from pulumi.runtime import is_config_secret
from pulumi_gcp import sql, storage
from pulumi_kubernetes.core.v1 import ConfigMap
from pulumi_random import RandomPassword

from tests.toolkit.recorder.recording import STACK, bucket, one, recorded
from toolkit.values import UNKNOWN, Secret


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
