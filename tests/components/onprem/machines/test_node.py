"""What a node asks for, and in which order."""

import subprocess
from collections.abc import Mapping
from typing import Any

import pytest
from pulumi import CustomResource

from components.link.site_files import carrier_files, node_files, starts
from components.onprem.machines.linux import Given, linux_files, linux_script
from components.onprem.machines.node import Node, NodeArgs
from tests.components.cloud.recorded import Recording
from tests.components.link.world import network, plan
from tests.components.onprem.machines import world
from tests.debian import program
from tests.machines.deployer import plain
from toolkit.recorder import record
from toolkit.values import Secret


def recorded(**changes: Any) -> Recording:
    values: dict[str, Any] = {
        "host": world.mac(),
        "lan": world.LAN,
        "clocks": world.CLOCKS,
        "driver": world.LIMA,
        "files": world.FILES,
        "starts": ["knock.service"],
        "secret_files": {"/etc/knock/secret": "hush"},
    }

    def make() -> None:
        node = Node("one", NodeArgs(**{**values, **changes}))
        CustomResource("test:index:Probe", "probe", {"value": node.ready})

    graph = record(make, project="prontuario", stack="prod")
    assert graph.problems == []
    return Recording(graph)


def inputs(recording: Recording, name: str) -> Mapping[str, Any]:
    return recording.resource(f"Command {name}").inputs


def test_the_mac_comes_first_then_secrets_then_the_rest() -> None:
    recording = recorded()
    assert recording.addresses("Command") == ["one-linux", "one-macos", "one-secrets"]
    assert recording.waits("Command one-macos") == set()
    assert recording.waits("Command one-secrets") == {"Command one-macos"}
    assert recording.waits("Command one-linux") == {"Command one-macos", "Command one-secrets"}
    assert recording.waits("Probe probe") == {"Command one-linux"}


def test_a_linux_host_is_one_script() -> None:
    recording = recorded(host=world.linux(), driver=None, secret_files={})
    assert recording.addresses("Command") == ["one-linux"]
    assert inputs(recording, "one-linux")["create"] == "sudo sh -s"


def test_a_secret_is_in_no_other_script_and_is_secret_in_its_own() -> None:
    recording = recorded()
    own = inputs(recording, "one-secrets")["stdin"]
    assert isinstance(own, Secret)
    assert "hush" not in str(own.value), "not even there in clear, where a log might quote a line"
    for name in ("one-macos", "one-linux"):
        stdin = inputs(recording, name)["stdin"]
        assert isinstance(stdin, str)
        assert "/etc/knock/secret" not in stdin


def test_nothing_is_done_on_a_machine_that_leaves_the_stack() -> None:
    recording = recorded()
    for name in recording.addresses("Command"):
        asked = inputs(recording, name)
        assert {"connection", "create", "stdin"} <= {*asked}
        assert not {"delete", "update", "triggers"} & {*asked}


def test_every_script_goes_to_the_machine_with_the_pinned_key() -> None:
    recording = recorded()
    for name in recording.addresses("Command"):
        there = plain(inputs(recording, name)["connection"])
        assert there["host"] == "10.20.0.1"
        assert there["hostKey"] == world.KEY
        assert "privateKey" not in there
    assert inputs(recording, "one-macos")["create"] == "sudo sh -s"
    assert inputs(recording, "one-linux")["create"] == "sudo -n /opt/node/bin/enter"


@pytest.mark.parametrize(
    "files", [carrier_files(plan("recife"), network()), node_files(plan("recife"), network())]
)
def test_the_links_files_are_installed_like_any_others(files: Any) -> None:
    given = Given(files=files, starts=starts(files))
    installed, reactions = linux_files(world.mac(), world.LAN, world.LIMA, world.CLOCKS, given)
    assert {*files} <= {*installed}
    (restart,) = (each for each in reactions if each.name == "given")
    assert f"systemctl restart {' '.join(starts(files))}" in restart.run
    assert all(restart.asked_by(path) for path in files)
    script = linux_script(world.mac(), world.LAN, world.LIMA, world.CLOCKS, given)
    checked = subprocess.run(
        [program("shellcheck", "shellcheck"), "--shell=sh", "-"],
        input=script,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout
