"""What the stack itself says of its data: the lines of its data map, as far as it exports one."""

from collections.abc import Iterator, Mapping

from toolkit.graph import Graph
from toolkit.values import Default


def entries(graph: Graph) -> Iterator[Mapping[str, str]]:
    """Every line that names a store."""
    listed = graph.exports.get("data_map")
    listed = listed.value if isinstance(listed, Default) else listed
    for entry in listed if isinstance(listed, list | tuple) else ():
        if isinstance(entry, Mapping) and isinstance(entry.get("store"), str):
            yield {str(key): value for key, value in entry.items() if isinstance(value, str)}
