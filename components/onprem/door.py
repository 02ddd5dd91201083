"""How a machine of a hospital is entered, and a script run on it."""

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address
from typing import Any, Final

from pulumi import Input, ResourceOptions
from pulumi_command import remote

from components.base import after

DIALS: Final = 5
"""Attempts to connect before a deployment gives up; a Mac that starts anew answers within three."""

SECONDS: Final = 15
"""For each attempt."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Jump:
    """A machine through which others are entered."""

    address: IPv4Address
    user: str
    host_key: str
    """Its public key, as in ``ssh-ed25519 AAAA...``: another machine at this address is refused."""
    port: int = 22

    def __post_init__(self) -> None:
        _check_key(self.address, self.host_key)


@dataclass(frozen=True, kw_only=True, slots=True)
class Door:
    """Where a machine answers by SSH. Whoever deploys shows the key in his SSH agent; state holds none."""

    address: IPv4Address
    user: str
    """Who may become root without a password."""
    host_key: str
    """Its public key, as in ``ssh-ed25519 AAAA...``: another machine at this address is refused."""
    port: int = 22
    jump: Jump | None = None

    def __post_init__(self) -> None:
        _check_key(self.address, self.host_key)


@dataclass(frozen=True, kw_only=True, slots=True)
class Machine:
    """A machine on which scripts run as root."""

    name: str
    door: Door
    enter: str = "sudo sh -s"
    """The command behind the door that runs, as root, the script that it reads; it never changes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Errand:
    """A script, and how it is run on a machine."""

    script: Input[str]
    waits_for: Sequence[Input[object]] = ()
    """Until these are known the machine is not entered."""
    farewell: str | None = None
    """What runs when the command is deleted; nothing when absent."""
    quiet: bool = False
    """Whether what it prints goes into no log, because it is secret."""


def run(
    name: str,
    machine: Machine,
    script: Input[str],
    opts: ResourceOptions,
    *,
    waits_for: Sequence[Input[object]] = (),
) -> remote.Command:
    """``script`` run on ``machine`` when it is new and whenever it changes, never when it is deleted.

    The script may run any number of times: a second run changes nothing. What a secret script prints is
    secret too.
    """
    return send(name, machine, Errand(script=script, waits_for=waits_for), opts)


def send(name: str, machine: Machine, errand: Errand, opts: ResourceOptions) -> remote.Command:
    """Like ``run``, for a script that says farewell, or that prints what nobody may read."""
    return remote.Command(
        name,
        connection=_connection(machine.door, errand.waits_for),
        create=machine.enter,
        delete=_said(machine, errand.farewell) if errand.farewell else None,
        stdin=errand.script,
        logging=remote.Logging.STDERR if errand.quiet else None,
        add_previous_output_in_env=False,  # sshd takes no variables, and each run would warn of it
        opts=opts,
    )


def _said(machine: Machine, script: str) -> str:
    """``script`` in a command line: when a command is deleted, what it reads is still what made it."""
    return f"printf %s {shlex.quote(script)} | {machine.enter}"


def _connection(door: Door, waits_for: Sequence[Input[object]]) -> remote.ConnectionArgsDict:
    own: Mapping[str, Any] = _dial(door)
    host = after(str(door.address), *waits_for) if waits_for else str(door.address)
    if door.jump:
        return {**own, "host": host, "proxy": {**_dial(door.jump), "host": str(door.jump.address)}}
    return {**own, "host": host}


def _dial(door: Door | Jump) -> Mapping[str, Any]:
    return {
        "user": door.user,
        "port": door.port,
        "host_key": door.host_key,
        "dial_error_limit": DIALS,
        "per_dial_timeout": SECONDS,
    }


def _check_key(address: IPv4Address, key: str) -> None:
    kind, _, rest = key.partition(" ")
    if not kind.startswith(("ssh-", "ecdsa-")) or not rest:
        raise ValueError(
            f"host key of {address}: write it as ssh-keyscan prints it, like ssh-ed25519 AAAA..."
        )
