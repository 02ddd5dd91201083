"""Every script for nodes: POSIX, without what shellcheck finds, without a secret in a command line."""

import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from components.onprem.k3s import departure, install, kubeconfig, roster, skew, tokens
from components.onprem.k3s.version import VERSION
from tests.components.onprem.k3s import world
from tests.debian import program

ONE, THREE = world.plan(), world.plan(3)
SCRIPTS: Final[Mapping[str, str]] = {
    **{f"install {node.name}": install.script(THREE, node) for node in THREE.nodes},
    "install the only server": install.script(ONE, ONE.first),
    "tokens": tokens.keep(tokens.of_server("ab", "cd", "K10ef")),
    "authority": tokens.authority(),
    "roster": roster.script(THREE, VERSION),
    "skew": skew.script([node.name for node in THREE.nodes], VERSION),
    "kubeconfig": kubeconfig.kubeconfig(THREE, 1),
    "keys": kubeconfig.keys(),
    "announced": departure.announced("one"),
    "drain": departure.drain("one"),
    "uninstall a server": departure.uninstall(server=True),
    "uninstall a worker": departure.uninstall(server=False),
}
EACH = pytest.mark.parametrize("name", SCRIPTS)


@EACH
def test_shellcheck_finds_nothing(name: str, tmp_path: Path) -> None:
    file = tmp_path / "script.sh"
    file.write_text(f"#!/bin/sh\n{SCRIPTS[name]}", encoding="utf-8")
    done = subprocess.run(
        [program("shellcheck", "shellcheck"), "--shell=sh", file], capture_output=True, text=True, check=False
    )
    assert done.stdout == ""


@EACH
def test_dash_can_read_it(name: str) -> None:
    done = subprocess.run(["sh", "-n"], input=SCRIPTS[name], capture_output=True, text=True, check=False)
    assert done.stderr == ""


@EACH
def test_it_stops_at_the_first_error(name: str) -> None:
    assert SCRIPTS[name].lstrip().startswith("set -eu\n")


def test_what_is_removed_is_k3s_own() -> None:
    for server in (True, False):
        removed = [line for line in departure.uninstall(server=server).splitlines() if line.startswith("rm ")]
        (folders, _) = removed
        assert folders.split()[3:] == [
            "/etc/rancher/k3s",
            "/var/lib/rancher/k3s",
            "/var/lib/kubelet",
            "/run/k3s",
            "/etc/cni/net.d",
        ]
        assert "longhorn" not in " ".join(removed)
