"""The question whether a pool is free, asked on a real network: two namespaces joined by a cable."""

import os
import subprocess
from collections.abc import Iterator
from ipaddress import IPv4Address
from pathlib import Path
from typing import Final

import pytest

from components.onprem.metallb.preflight import preflight
from tests.debian import program, unavailable

MAC: Final = "52:55:55:aa:00:17"
"""Of the machine at the other end."""

POOL: Final = [IPv4Address(f"192.0.2.{last}") for last in (200, 201, 202)]


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(arguments, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def node() -> Iterator[str]:
    """A namespace whose ``lan0`` sees one neighbour at 192.0.2.17, and at 192.0.2.201 too when told so."""
    ip = program("ip", "iproute2")
    program("arping", "iputils-arping")
    node, other = (f"preflight-{os.getpid()}-{end}" for end in ("node", "other"))
    if command(ip, "netns", "add", node).returncode:
        unavailable("no network namespaces here")
    try:
        for words in (
            f"netns add {other}",
            f"-n {node} link add lan0 type veth peer name lan0 netns {other}",
            f"-n {other} link set lan0 address {MAC}",
            f"-n {node} address add 192.0.2.11/24 dev lan0",
            f"-n {other} address add 192.0.2.17/24 dev lan0",
            f"-n {node} link set lan0 up",
            f"-n {other} link set lan0 up",
        ):
            made = command(ip, *words.split())
            assert made.returncode == 0, made.stderr
        yield node
    finally:
        command(ip, "netns", "delete", node)
        command(ip, "netns", "delete", other)


@pytest.fixture
def taken(node: str) -> Iterator[None]:
    """Somebody sits on an address of the pool."""
    other = node.replace("-node", "-other")
    assert command("ip", "-n", other, "address", "add", "192.0.2.201/24", "dev", "lan0").returncode == 0
    yield
    command("ip", "-n", other, "address", "delete", "192.0.2.201/24", "dev", "lan0")


def ask(
    node: str, bin_: Path, pool: list[IPv4Address] = POOL, interface: str = "lan0"
) -> subprocess.CompletedProcess[str]:
    """Run the script as a machine's door runs it: read from standard input by root's sh."""
    return subprocess.run(
        ["ip", "netns", "exec", node, program("dash", "dash"), "-s"],
        input=preflight(pool, [interface]),
        env={"PATH": f"{bin_}:/usr/sbin:/usr/bin:/sbin:/bin", "TMPDIR": str(bin_)},
        capture_output=True,
        text=True,
        check=False,
    )


def announcing(bin_: Path, *addresses: str) -> None:
    """A cluster whose services have these addresses, as ``k3s kubectl`` would print them."""
    stub = bin_ / "k3s"
    lines = "".join(f"{each}\\n" for each in addresses)
    stub.write_text(
        f"#!/bin/sh\ncase \"$*\" in 'kubectl get services'*) printf '{lines}' ;; *) exit 1 ;; esac\n"
    )
    stub.chmod(0o755)


def test_a_free_pool_passes_and_again(node: str, tmp_path: Path) -> None:
    for _ in range(2):
        ran = ask(node, tmp_path)
        assert (ran.returncode, ran.stdout) == (0, "nobody else has an address of the pool\n"), ran.stderr


@pytest.mark.usefixtures("taken")
def test_an_address_in_use_is_told_with_the_mac_of_who_has_it(node: str, tmp_path: Path) -> None:
    ran = ask(node, tmp_path)
    assert ran.returncode == 1
    assert ran.stdout == ""
    assert ran.stderr.splitlines()[0].lower() == f"192.0.2.201 is in use on lan0, by {MAC}"
    assert "out of MetalLB's pool" in ran.stderr.splitlines()[1]


@pytest.mark.usefixtures("taken")
def test_what_metallb_announces_itself_is_not_counted(node: str, tmp_path: Path) -> None:
    announcing(tmp_path, "10.1.1.1", "192.0.2.201")
    ran = ask(node, tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert "192.0.2.201 is announced by MetalLB itself" in ran.stdout


@pytest.mark.usefixtures("taken")
def test_an_address_that_only_begins_like_one_of_metallbs_is_counted(node: str, tmp_path: Path) -> None:
    announcing(tmp_path, "192.0.2.20", "192.0.2.2011", "1192.0.2.201")
    assert ask(node, tmp_path).returncode == 1


def test_the_machines_own_address_is_in_use_although_nobody_answers(node: str, tmp_path: Path) -> None:
    ran = ask(node, tmp_path, [IPv4Address("192.0.2.11")])
    assert ran.returncode == 1
    assert "192.0.2.11 is in the pool, and is this machine's own" in ran.stderr


def test_a_network_that_cannot_be_asked_is_not_called_free(node: str, tmp_path: Path) -> None:
    ran = ask(node, tmp_path, interface="lan7")
    assert ran.returncode == 1
    assert "lan7" in ran.stderr
    assert "could not be asked" in ran.stderr


def test_without_arping_nothing_is_called_free(node: str, tmp_path: Path) -> None:
    stub = tmp_path / "arping"
    stub.write_text("#!/bin/sh\necho 'ARPing 2.23, by Thomas'\n")
    stub.chmod(0o755)
    ran = ask(node, tmp_path)
    assert ran.returncode == 1
    assert "apt-get install iputils-arping" in ran.stderr


def test_nothing_is_left_behind(node: str, tmp_path: Path) -> None:
    ask(node, tmp_path)
    assert [*tmp_path.iterdir()] == []


def test_shellcheck_has_nothing_to_say() -> None:
    ran = subprocess.run(
        [program("shellcheck", "shellcheck"), "--shell=sh", "-"],
        input=preflight(POOL, ["lan0"]),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout
