"""The cluster as it is asked for: who waits for whom, what is secret, what is never undone."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import pytest
from pulumi import CustomResource, ResourceOptions

from components.onprem.k3s.cluster import K3s, K3sArgs
from components.onprem.k3s.nodes import Duty
from components.onprem.k3s.plan import ClusterPlan
from tests.components.cloud.recorded import Recording, recorded
from tests.components.onprem.k3s import world
from toolkit.values import UNKNOWN, Secret

THREE: Final = world.plan(3)


def asked(plan: ClusterPlan = THREE, *, preview: bool = True, **more: Any) -> Recording:
    return recorded(lambda: K3s("recife", K3sArgs(plan=plan, **more)), preview=preview)


@pytest.fixture(scope="module")
def recording() -> Recording:
    return asked()


@pytest.fixture(scope="module")
def known() -> Recording:
    return asked(preview=False)


def plain(value: object, key: str = "") -> str:
    found = value.value if isinstance(value, Secret) else value
    if key:
        assert isinstance(found, Mapping)
        return plain(found[key])
    assert isinstance(found, str)
    return found


def waits(recording: Recording, command: str) -> set[str]:
    return {
        each.removeprefix("Command recife-")
        for each in recording.waits(f"Command recife-{command}")
        if each.startswith("Command")
    }


def test_servers_come_one_after_the_other_and_workers_at_once(recording: Recording) -> None:
    assert waits(recording, "server-1") == {"server-1-token"}
    assert waits(recording, "server-2") >= {"server-2-token", "server-1"}
    assert waits(recording, "server-3") >= {"server-3-token", "server-2"}
    for duty in Duty:
        assert waits(recording, duty) >= {f"{duty}-token", "server-3"}
        assert not waits(recording, duty) & {*Duty}


def test_everything_that_is_told_waits_for_every_node(recording: Recording) -> None:
    assert waits(recording, "roster") >= {node.name for node in THREE.nodes}
    assert waits(recording, "kubeconfig") >= {"roster"}
    assert waits(recording, "keys") >= {"roster"}


def test_a_machine_is_entered_when_it_is_ready() -> None:
    def program() -> None:
        made = CustomResource("test:index:Machine", "made", {})
        workers = [replace(node, ready=made.id) for node in THREE.workers]
        K3s("recife", K3sArgs(plan=replace(THREE, workers=workers)))

    graph = recorded(program)
    assert "Machine made" in graph.waits("Command recife-api-backend-token")
    assert "Machine made" in graph.waits("Command recife-api-backend")
    assert "Machine made" not in graph.waits("Command recife-server-1")


@pytest.mark.parametrize("made", ["recife-token", "recife-agent-token"])
@pytest.mark.parametrize("protect", [True, False])
def test_tokens_are_made_once_and_protected_where_the_stack_says_so(made: str, *, protect: bool) -> None:
    token = asked(protect=protect).resource(f"RandomPassword {made}")
    assert token.protect is protect
    assert [*token.ignore_changes] == ["length", "keepers"]
    assert token.inputs["length"] == 44


def test_tokens_and_the_kubeconfig_are_secret_everywhere(known: Recording) -> None:
    outputs = known.component("recife").outputs or {}
    assert isinstance(outputs["server_token"], Secret)
    assert isinstance(outputs["kubeconfig"], Secret)
    for node in THREE.nodes:
        assert isinstance(known.at(f"Command recife-{node.name}-token", "stdin"), Secret)
        assert not isinstance(known.at(f"Command recife-{node.name}", "stdin"), Secret)


def test_the_kubeconfig_goes_into_no_log_and_stays_secret_in_state(recording: Recording) -> None:
    command = recording.resource("Command recife-kubeconfig")
    assert command.inputs["logging"] == "stderr"
    assert "stdout" in command.additional_secret_outputs


def test_no_worker_is_given_the_servers_token(known: Recording) -> None:
    outputs = known.component("recife").outputs or {}
    token = plain(outputs["server_token"])
    holding = {
        node.name
        for node in THREE.nodes
        if token in plain(known.at(f"Command recife-{node.name}-token", "stdin"))
    }
    assert holding == {node.name for node in THREE.servers}


def test_a_server_that_joins_looks_at_the_clusters_authority_first(known: Recording) -> None:
    first, second = (plain(known.at(f"Command recife-server-{number}-token", "stdin")) for number in (1, 2))
    assert "::server:" not in first
    assert "::server:" in second
    assert "::node:" in plain(known.at("Command recife-api-backend-token", "stdin"))


def test_nothing_is_undone_unless_that_was_allowed(recording: Recording) -> None:
    deleting = [
        name
        for name in recording.addresses("Command")
        if recording.at(f"Command {name}", "delete") is not None
    ]
    assert deleting == []


def test_a_node_that_may_go_is_emptied_by_a_server_and_then_removed() -> None:
    worker = replace(THREE.workers[0], allow_destroy=True)
    graph = asked(replace(THREE, workers=[worker, *THREE.workers[1:]]))
    leaves, own = (graph.resource(f"Command recife-{worker.name}{end}") for end in ("-leaves", ""))
    assert "kubectl drain" in plain(leaves.inputs["delete"])
    assert plain(leaves.inputs["connection"], "host") == str(THREE.first.address)
    assert "rm -rf --one-file-system" in plain(own.inputs["delete"])
    assert own.urn in leaves.dependencies, "what depends on a node is deleted before it"


def test_a_first_server_that_goes_is_emptied_by_another_one() -> None:
    first = replace(THREE.first, allow_destroy=True)
    graph = asked(replace(THREE, servers=[first, *THREE.servers[1:]]))
    leaves = graph.resource("Command recife-server-1-leaves")
    assert plain(leaves.inputs["connection"], "host") == str(THREE.servers[1].address)


def test_a_farewell_is_never_what_made_the_node() -> None:
    """Deleting a command gives it the same input as making it."""
    worker = replace(THREE.workers[0], allow_destroy=True)
    graph = asked(replace(THREE, workers=[worker, *THREE.workers[1:]]))
    delete = plain(graph.at(f"Command recife-{worker.name}", "delete"))
    assert delete.startswith("printf %s 'set -eu\n")
    assert delete.endswith("' | sudo sh -s")


@pytest.mark.parametrize(("servers", "available"), [(1, False), (3, True)])
def test_the_cluster_says_whether_it_survives_a_server(servers: int, *, available: bool) -> None:
    outputs = asked(world.plan(servers), preview=False).component("recife").outputs or {}
    assert outputs["highly_available"] is available


def test_the_version_is_known_when_the_nodes_have_told_theirs(recording: Recording) -> None:
    outputs = recording.component("recife").outputs or {}
    assert outputs["version"] is UNKNOWN


def test_protection_by_the_caller_reaches_the_tokens_too() -> None:
    def program() -> None:
        K3s("recife", K3sArgs(plan=THREE, protect=True), ResourceOptions(protect=False))

    assert recorded(program).resource("RandomPassword recife-token").protect


def test_another_edition_reads_the_kubeconfig_anew_and_nothing_else() -> None:
    one, two = asked(edition=1), asked(edition=2)
    changed = [
        name
        for name in one.addresses("Command")
        if one.at(f"Command {name}", "stdin") != two.at(f"Command {name}", "stdin")
    ]
    assert changed == ["recife-kubeconfig"]
