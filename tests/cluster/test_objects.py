"""What is sent to the API server is what Pulumi's provider would send."""

from collections.abc import Callable
from typing import Any

import pulumi_kubernetes as k8s
import pytest
from pulumi import Output, ResourceOptions
from pulumi_kubernetes.helm.v3 import Release

from tests.cluster import samples
from tests.cluster.pods import pods
from tests.cluster.programs import recorded
from toolkit.values import UNKNOWN


def config(own: str, opts: ResourceOptions | None = None, **metadata: Any) -> k8s.core.v1.ConfigMap:
    given: Any = metadata
    return k8s.core.v1.ConfigMap(own, metadata=given, data={"a": "b"}, opts=opts)


def later() -> Output[str]:
    """What only a deployment tells: the provider's own id."""
    return k8s.Provider("later").id


def manifests(program: Callable[[], object]) -> dict[str, Any]:
    """What is sent, by the kind and the name in the program."""
    (only,) = recorded(program)
    return {each.label.rpartition(":")[-1]: each.manifest for each in only.objects}


def test_secrets_are_sent_in_clear() -> None:
    def program() -> None:
        k8s.core.v1.Secret("key", metadata=samples.here("key"), string_data={"key": Output.secret("word")})

    assert manifests(program)["Secret key"]["stringData"] == {"key": "word"}


def test_what_nobody_knows_before_the_deployment_stays_unknown() -> None:
    def program() -> None:
        k8s.core.v1.Secret("key", metadata=samples.here("key"), string_data={"key": Output.secret(later())})

    assert manifests(program)["Secret key"]["stringData"] == UNKNOWN


def test_whole_numbers_are_whole() -> None:
    sent = manifests(samples.deployment)["Deployment app"]
    assert repr(sent["spec"]["replicas"]) == "2"


def test_an_unnamed_object_gets_a_name_as_the_engine_gives_it() -> None:
    name = manifests(lambda: config("told"))["ConfigMap told"]["metadata"]["name"]
    assert name.startswith("told-")
    assert len(name) == len("told-") + 8


def test_an_object_is_in_the_namespace_whose_output_it_uses() -> None:
    sent = manifests(lambda: config("told", namespace=samples.namespace().id))
    assert sent["ConfigMap told"]["metadata"]["namespace"] == samples.SPACE


def test_an_object_is_where_its_program_says_after_waiting_for_others() -> None:
    def program() -> None:
        made = [k8s.core.v1.Namespace(each, metadata={"name": f"the-{each}"}) for each in ("a", "b")]
        told = config("told", namespace=Output.all(*(each.id for each in made)).apply(lambda ids: ids[1]))
        config("also", namespace=told.id.apply(lambda _: "ward"))

    sent = manifests(program)
    assert sent["ConfigMap told"]["metadata"]["namespace"] == "the-b"
    assert sent["ConfigMap also"]["metadata"]["namespace"] == "ward"


def test_an_object_whose_namespace_nobody_knows_is_not_guessed() -> None:
    with pytest.raises(AssertionError, match="nobody knows its name and namespace"):
        recorded(lambda: config("told", namespace=later()))


def test_a_provider_says_where_objects_without_a_namespace_go() -> None:
    def provided() -> None:
        config("told", ResourceOptions(provider=k8s.Provider("a", namespace="ward")))

    assert manifests(provided)["ConfigMap told"]["metadata"]["namespace"] == "ward"
    assert manifests(lambda: config("told"))["ConfigMap told"]["metadata"]["namespace"] == "default"


def test_each_provider_has_its_own_objects() -> None:
    def program() -> None:
        for name in ("one", "two"):
            config(f"{name}-told", ResourceOptions(provider=k8s.Provider(name)), name="told")

    found = {each.provider: [one.label for one in each.objects] for each in recorded(program)}
    assert found == {"one": ["core/v1:ConfigMap one-told"], "two": ["core/v1:ConfigMap two-told"]}


def test_a_release_is_no_object_but_may_make_a_namespace() -> None:
    def program() -> None:
        config("told")
        Release("a", chart="a", namespace="made", create_namespace=True)
        Release("b", chart="b", namespace="found")

    (only,) = recorded(program)
    assert [each.label for each in only.objects] == ["core/v1:ConfigMap told"]
    assert only.namespaces == {"made"}


def test_a_definition_has_the_dashes_that_python_cannot_write() -> None:
    whole: Any = {"type": "object", "x_kubernetes_preserve_unknown_fields": True}
    version: Any = {"name": "v1", "served": True, "storage": True, "schema": {"open_apiv3_schema": whole}}
    names: Any = {"kind": "Plan", "plural": "plans"}
    spec: Any = {"group": "a.example", "scope": "Namespaced", "names": names, "versions": [version]}
    sent = manifests(lambda: k8s.apiextensions.v1.CustomResourceDefinition("plan", spec=spec))
    (only,) = sent["CustomResourceDefinition plan"]["spec"]["versions"]
    assert only["schema"]["openAPIV3Schema"]["x-kubernetes-preserve-unknown-fields"] is True


def test_the_pod_of_a_cron_job_is_found_and_that_of_a_stateful_set_has_its_claims() -> None:
    inner = {"spec": samples.POD}
    cron = {
        "kind": "CronJob",
        "metadata": samples.here("night"),
        "spec": {"jobTemplate": {"spec": {"template": inner}}},
    }
    claim = {"metadata": {"name": "data"}, "spec": {}}
    store = {
        "kind": "StatefulSet",
        "metadata": samples.here("store"),
        "spec": samples.spec(volumeClaimTemplates=[claim]),
    }
    (night,) = pods(cron)
    assert night["metadata"] == {"name": "night-0", "namespace": samples.SPACE}
    (kept,) = pods(store)
    (volume,) = kept["spec"]["volumes"]
    assert volume == {"name": "data", "persistentVolumeClaim": {"claimName": "data-store-0"}}
    assert list(pods({"kind": "ConfigMap", "metadata": samples.here("told")})) == []
