"""What the engine would refuse is recorded as a problem."""

from pulumi import ResourceOptions
from pulumi_gcp import Provider, compute, storage
from pulumi_kubernetes.core.v1 import Namespace

from tests.toolkit.recorder.recording import bucket, recorded


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
