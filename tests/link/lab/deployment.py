"""A deployment of other generations of keys, and what is left of the ones before."""

import time
from typing import Final

from components.link.plan import slot
from tests.link.lab.laboratory import Laboratory
from tests.link.lab.machine import wait
from tests.link.lab.plan import OUTSIDE
from tests.link.lab.rendered import rendered
from tests.link.lab.tunnels import known, take_away, used

_LOOK: Final = 1.5
"""Seconds; the watches look for a new document once or twice in one."""


def deploy(lab: Laboratory, generation: int, retired: int, *, sites_first: bool = False) -> None:
    """Bring everybody the documents of those generations, one side before the other.

    Where hospitals are told last, wait until they use the newest keys: before that nobody retires the others.
    """
    lab.current = rendered(generation, retired)
    lab.tell_gateways(lab.current)
    for sites in (sites_first, not sites_first):
        for name in lab.hospitals if sites else ():
            lab.tell_site(name, lab.current)
        for name in () if sites else OUTSIDE:
            lab.gateway(name).run("systemctl", "start", "tunnel-fetch.service")  # as its timer does
        time.sleep(_LOOK)
    lab.joined()
    place = str(slot(generation))
    for home in lab.hospitals.values() if not sites_first else ():
        wait(lambda home=home: used(home.carrier).endswith(place), f"{home.name} uses the new keys")


def keys(lab: Laboratory) -> set[str]:
    """The public keys of peers that anybody accepts, each with its interface."""
    servers = [lab.gateway(name) for name in OUTSIDE] + [home.carrier for home in lab.hospitals.values()]
    return set().union(*map(known, servers))


def forget(lab: Laboratory, gateway: str) -> None:
    """Start a gateway's tunnels anew, so that no session is left of before."""
    server = lab.gateway(gateway)
    server.run("systemctl", "stop", "tunnel.service")
    take_away(server)
    server.run("systemctl", "start", "tunnel.service")
