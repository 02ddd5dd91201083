"""Inputs that the SDK's types do not allow are named, with their path and what to write."""

from collections.abc import Callable
from typing import Any

import pulumi_gcp
import pulumi_kubernetes
import pytest
from pulumi import ComponentResource, Output
from pulumi_gcp import compute, sql, storage
from pulumi_kubernetes.apiextensions import CustomResource
from pulumi_kubernetes.apps.v1 import Deployment
from pulumi_kubernetes.core.v1 import Namespace, Service

from toolkit.inputs import check
from toolkit.recorder import record

Said = dict[str, str]


def said(program: Callable[[], object]) -> Said:
    """What is wrong with a program's inputs, by path."""
    return {each.path: each.message for each in check(record(program, project="clinic", stack="dev"))}


def database(**settings: Any) -> Said:
    complete: Any = {"tier": "small", **settings}
    return said(lambda: sql.DatabaseInstance("db", database_version="POSTGRES_15", settings=complete))


def deployment(container: Any) -> Said:
    spec: Any = {
        "selector": {"match_labels": {"app": "a"}},
        "template": {"spec": {"containers": [{"name": "c", "image": "i", **container}]}},
    }
    return said(lambda: Deployment("d", spec=spec))


def test_inputs_as_they_should_be_are_silent() -> None:
    def program() -> None:
        network = compute.Network("n", auto_create_subnetworks=False)
        compute.Subnetwork(
            "s", network=network.id, ip_cidr_range="10.0.0.0/8", log_config={"flow_sampling": 1}
        )
        storage.Bucket("b", location="US", labels={"a": network.name}, versioning={"enabled": True})
        Namespace("ns", metadata={"labels": {"a": "b"}})
        port: Any = {"port": 80, "target_port": "http"}
        Service("sv", spec={"ports": [port, {"port": 81, "target_port": 8080}]})

    assert said(program) == {}


@pytest.mark.parametrize(
    ("written", "suggested"), [("ipv4_enabeld", "ipv4_enabled"), ("ipv4Enabeld", "ipv4Enabled")]
)
def test_a_misspelled_nested_name_is_corrected_in_its_authors_spelling(written: str, suggested: str) -> None:
    path = f"settings.ipConfiguration.{written}"
    assert database(ip_configuration={written: False}) == {
        path: f"no such property; did you mean {suggested}?"
    }


def test_a_name_far_from_any_is_told_which_there_are() -> None:
    wrong = database(location_preference={"colour": "x"})
    assert wrong == {
        "settings.locationPreference.colour": "no such property; there are follow_gae_application, "
        "secondary_zone, zone"
    }


def test_names_are_checked_in_every_element_of_a_list() -> None:
    second = "spec.template.spec.containers[0].ports[1]"
    assert deployment({"ports": [{"container_port": 80}, {"container_prt": 81}]}) == {
        f"{second}.container_prt": "no such property; did you mean container_port?",
        f"{second}.containerPort": "is missing, and required: write a whole number",
    }


def test_a_missing_nested_property_is_named_with_its_kind() -> None:
    networks = [{"name": "x"}]
    assert database(ip_configuration={"authorized_networks": networks}) == {
        "settings.ipConfiguration.authorizedNetworks[0].value": "is missing, and required: write text"
    }


@pytest.mark.parametrize(
    ("settings", "path", "message"),
    [
        ({"disk_autoresize": "yes"}, "diskAutoresize", "is the text 'yes', not true or false"),
        ({"disk_size": "100"}, "diskSize", "is the text '100', not a whole number"),
        ({"disk_size": 1.5}, "diskSize", "is 1.5, not a whole number"),
        ({"disk_size": True}, "diskSize", "is true, not a whole number"),
        ({"tier": 3}, "tier", "is 3, not text"),
        ({"database_flags": {"name": "a"}}, "databaseFlags", "is a mapping, not a list"),
        ({"ip_configuration": "x"}, "ipConfiguration", "is the text 'x', not a mapping"),
        ({"user_labels": {"a": 1}}, "userLabels.a", "is 1, not text"),
        ({"user_labels": {"a.b": 1}}, 'userLabels["a.b"]', "is 1, not text"),
    ],
)
def test_a_value_of_another_type_is_named_with_what_belongs_there(
    settings: dict[str, Any], path: str, message: str
) -> None:
    assert database(**settings) == {f"settings.{path}": message}


def test_a_union_refuses_only_what_none_of_its_kinds_allows() -> None:
    probe = {"liveness_probe": {"http_get": {"port": True}}}
    path = "spec.template.spec.containers[0].livenessProbe.httpGet.port"
    assert deployment(probe) == {path: "is true, not a whole number or text"}


def test_unknowns_fit_everywhere_and_secrets_are_checked_without_being_shown() -> None:
    def program() -> None:
        later: Any = storage.Bucket("b", location="US").url
        secret: Any = Output.secret("hunter2")
        settings: Any = {"tier": later, "disk_size": later, "disk_autoresize": secret}
        sql.DatabaseInstance("db", database_version="POSTGRES_15", settings=settings)
        labels: Any = Output.secret({"a": 4711})
        storage.Bucket("c", location="US", labels=labels)

    assert said(program) == {
        "settings.diskAutoresize": "is text, not true or false",
        "labels.a": "is a number, not text",
    }


def test_a_providers_inputs_are_checked_behind_their_json() -> None:
    def program() -> None:
        pulumi_gcp.Provider("g", user_project_override=True, default_labels={"a": "b"})
        wrong: Any = {"burst": "many", "colour": 3}
        pulumi_kubernetes.Provider("k", kube_client_settings=wrong, enable_server_side_apply=True)
        batching: Any = {"enable_batching": True}
        pulumi_gcp.Provider("h", batching=batching)

    assert said(program) == {
        "kubeClientSettings.burst": "is the text 'many', not a whole number",
        "kubeClientSettings.colour": "no such property; there are burst, qps, timeout",
        "batching.enable_batching": "no such property; "
        "the SDK does not translate names here: write enableBatching",
    }


def test_what_has_no_types_is_not_looked_at() -> None:
    def program() -> None:
        ComponentResource("clinic:x:Y", "component")
        CustomResource("object", api_version="a.example/v1", kind="Thing", spec={"anything": [1, "a"]})

    assert said(program) == {}


def test_each_problem_names_its_resource() -> None:
    wrong: Any = {"nme": "x"}
    graph = record(lambda: Namespace("ns", metadata=wrong), project="clinic", stack="dev")
    (problem,) = check(graph)
    assert graph.resources[problem.urn].name == "ns"
    assert (problem.path, problem.message) == ("metadata.nme", "no such property; did you mean name?")
