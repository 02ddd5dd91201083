"""Every graph that rules are proven on: the real stacks, the examples, and prod with a fault mended."""

from collections.abc import Iterator
from functools import cache

from policies.kinds import DATABASE
from policies.rule import Break, Edit
from tests.policies.examples import EXAMPLES, example
from tests.policies.surgery import broken
from tests.stacks.graphs import STACKS, graph_of
from toolkit.graph import Graph


@cache
def mended() -> Graph:
    """Prod with the newest database, as it will be when its waiver ends."""
    prod = graph_of("prod")
    stores = [each.urn for each in prod.resources.values() if each.type == DATABASE]
    return broken(prod, Break("", tuple(Edit(urn, "databaseVersion", "POSTGRES_18") for urn in stores)))


def graphs() -> Iterator[tuple[str, Graph]]:
    """All of them, by name."""
    yield from ((stack, graph_of(stack)) for stack in STACKS)
    yield from ((name, example(name)) for name in EXAMPLES)
    yield "prod, mended", mended()
