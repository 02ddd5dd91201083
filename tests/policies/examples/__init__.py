"""Small programs that keep every rule, for what the real stacks do not have yet.

They are recorded through the SDK, which knows every property: a rule that read a misspelled one would find it
missing here. The mutations of their graphs are the failing examples.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

from tests.policies.examples.devices import devices
from tests.policies.examples.hospital import hospital
from tests.policies.examples.machines import machines
from tests.policies.examples.rotation import rotation
from tests.policies.examples.ward import ward
from toolkit.graph import Graph
from toolkit.recorder import record

EXAMPLES: Final[Mapping[str, Callable[[], None]]] = {
    "devices": devices,
    "hospital": hospital,
    "machines": machines,
    "rotation": rotation,
    "ward": ward,
}


@cache
def example(name: str) -> Graph:
    """The graph of an example; its stack is ``prod``, where every rule is asked."""
    return record(EXAMPLES[name], project="clinic", stack="prod")
