"""Packets that must not arrive, sent all at once, and which of them did."""

import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

from tests.link.lab.laboratory import Laboratory
from tests.link.lab.machine import Machine
from tests.link.lab.packets import Packet, Watch, send
from tests.link.lab.plan import address

ROUNDS = 3
SETTLED = 0.7
"""Seconds for the last of them to arrive; what is allowed takes some thousandths."""


@dataclass(frozen=True, kw_only=True)
class Attack:
    """One packet, and where it starts."""

    start: str
    """The machine, by place; ``carrier`` and ``second-carrier`` are those with the tunnels."""
    target: str
    protocol: str = "tcp"
    port: int = 0
    source: str = ""
    """Whose address it claims; the sender's own when empty."""
    from_port: int = 40000
    device: str = ""
    """The interface that it is forced into."""
    outside: str = ""
    """The address that it is sent to where that is not the target's own."""

    def __str__(self) -> str:
        claim = f" as {self.source}" if self.source else ""
        return f"{self.start}{claim} to {self.outside or self.target} {self.protocol}/{self.port}"

    def packet(self) -> Packet:
        """As it is sent."""
        return Packet(
            source=address(self.source or self.start),
            target=address(self.outside or self.target),
            protocol=self.protocol,
            port=self.port,
            from_port=self.from_port,
        )


def arrived(lab: Laboratory, attacks: Sequence[Attack]) -> set[str]:
    """Those whose packet came in at the machine that it was meant for."""
    packets = [(each, each.packet()) for each in attacks]
    watches = {each.target: Watch(machine_of(lab, each.target)) for each in attacks}
    for _ in range(ROUNDS):
        for each, packet in packets:
            send(machine_of(lab, each.start), packet, each.device)
        time.sleep(SETTLED / ROUNDS)
    time.sleep(SETTLED)
    found = set()
    for target, watch in watches.items():
        with closing(watch):
            text = b"".join(watch.seen())
        found |= {str(each) for each, packet in packets if each.target == target and packet.token in text}
    return found


def machine_of(lab: Laboratory, place: str) -> Machine:
    """The machine of a place, or one of those that carry tunnels."""
    carriers = {home.carrier.name: home.carrier for home in lab.hospitals.values()}
    return {**carriers, "core": lab.core}.get(place) or lab.machine(place)
