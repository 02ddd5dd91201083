"""The addresses at which a hospital's own network finds services."""

from collections.abc import Sequence

from components.onprem.door import Machine
from components.onprem.metallb.metallb import MetalLb, MetalLbArgs
from settings import Span
from stacks.hospital.floor import Floor


def build_addresses(
    floor: Floor, pool: Span, interfaces: Sequence[str], asked: tuple[Machine, str] | None = None
) -> None:
    """A pool of the hospital's network, announced on these cards of the nodes; ``asked`` has one of them."""
    machine, card = asked or (None, None)
    args = MetalLbArgs(
        namespace=floor.namespaces["metallb-system"],
        first=pool.first,
        last=pool.last,
        interfaces=interfaces,
        machine=machine,
        asked_on=[card] if card else [],
        callers=floor.lot.callers,
        servers=floor.lot.servers,
    )
    MetalLb(f"{floor.lot.name}-metallb", args, floor.lot.where)
