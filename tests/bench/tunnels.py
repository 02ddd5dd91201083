"""What the link costs, and how long an outage lasts, in the laboratory of namespaces that the tests use."""

import contextlib
import statistics
import tempfile
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Final

from rich.table import Table

from tests.link.lab.bulk import transfer
from tests.link.lab.deployment import deploy
from tests.link.lab.echo import Echo
from tests.link.lab.laboratory import INTERNET, Laboratory
from tests.link.lab.plan import FIRST, address, site
from tests.link.lab.tools import missing
from tests.link.lab.traffic import Traffic, between
from tests.link.lab.trouble import cut, lawless, open_firewall, recovered

SIZE: Final = 24 * 2**20
RUNS: Final = 3
PACE: Final = 0.02
"""Seconds between two questions, and so how exactly an outage is measured."""


def table() -> Table:
    """Seconds without an answer by what breaks, and the throughput beside the same way in clear."""
    rows = Table("what", "measured", "goal", title="Link: two hospitals, two gateways, in namespaces")
    if why := missing():
        rows.add_row(f"not here: {why}", "", "")
        return rows
    with tempfile.TemporaryDirectory() as folder, Laboratory(Path(folder)) as lab:
        lab.joined()
        with contextlib.closing(Echo()) as echo:
            lab.answer(echo)
            with between(lab, ["host", "pod"], ["pod-b"], PACE) as traffic:
                for what, seconds, goal in _outages(lab, traffic):
                    rows.add_row(f"{what}, without an answer", f"{seconds:.2f} s", goal)
        rows.add_row(*_throughput(lab))
    return rows


def _outages(lab: Laboratory, traffic: Traffic) -> Iterator[tuple[str, float, str]]:
    began = time.monotonic()
    deploy(lab, 2, 0)
    deploy(lab, 2, 1)
    yield "keys change", traffic.worst(began), "under 1 s"
    began = time.monotonic()
    lab.gateway("a").kill()
    yield "gateway killed", traffic.worst(began), "at most 3 s"
    began = time.monotonic()
    lab.cloud["pod-a"].kill()
    yield "rest of its zone killed", traffic.worst(began), "at most 3 s"
    began = time.monotonic()
    with cut(lab, FIRST):
        time.sleep(30)
        whole = time.monotonic() - began
    yield f"line cut for {whole:.0f} s, beyond the cut", max(0, traffic.worst(began) - whole), "at most 5 s"
    lab.heal_pod("a")
    lab.heal_gateway("a")
    began = time.monotonic()
    recovered(lab)
    yield "gateway repaired, traffic moves back", traffic.worst(began), "under 1 s"
    began = time.monotonic()
    with cut(lab, FIRST, "a"):
        yield "one path cut, both gateways live", traffic.worst(began), ""
    recovered(lab)


def _throughput(lab: Laboratory) -> tuple[str, str, str]:
    """Runs take turns, so that a slow moment is everybody's."""
    tunnel, plain = [], []
    for _ in range(RUNS):
        tunnel.append(_rate(lab))
        with _without_tunnel(lab):
            plain.append(_rate(lab))
    fast, slow = statistics.median(plain) / 2**20, statistics.median(tunnel) / 2**20
    text = f"{slow / fast:.2f} ({slow:.0f} of {fast:.0f} MiB/s: user space, over no wire)"
    return "throughput, over that of the same way in clear", text, ""


def _rate(lab: Laboratory) -> float:
    return transfer(lab.machine("host"), lab.machine("pod-a"), (address("pod-a"), 9000), SIZE, 60)


@contextlib.contextmanager
def _without_tunnel(lab: Laboratory) -> Generator[None]:
    """The same machines forward the same packets, in clear."""
    target, here, gateway = f"{address('pod-a')}/32", site(FIRST), address("gw-a")
    home = lab.hospitals[FIRST]
    ways = [
        (home.carrier, f"route %s {target} via {here.lan[1]} dev eth0"),
        (home.edge, f"route %s {target} via {INTERNET} dev wan onlink"),
        (lab.internet, f"route %s {target} via 192.0.2.1 dev inet onlink"),
        (lab.core, f"route %s {target} via {gateway} dev gw-a onlink table 100"),
        (lab.core, f"rule %s iif inet to {target} lookup 100"),
    ]
    with lawless(lab, "gw-a"), open_firewall(lab):
        for machine, line in ways:
            machine.batch("ip", line % "add")
        try:
            yield
        finally:
            for machine, line in reversed(ways):
                machine.batch("ip", line % "delete")
