"""The parts of a gateway's firewall that follow from its document: who may send, and what lies where."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tunnel.commands import CommandError, run
from tunnel.document import Document

TABLE = "inet tunnel"


def fill(document: Document) -> None:
    """Put the document's sites and their public addresses into the sets, all at once.

    Whoever sent before may have been no stranger.
    """
    ranges = sorted({each for behind in document.ranges.values() for each in behind})
    sources = [f"{address} . {port}" for address, port in sorted(_sources(document))]
    lines = [
        *_anew("sites", ranges),
        *_anew("sources", sources),
        *_anew("requests", sources),
        *_anew("strangers", ()),
    ]
    run("nft", "-f", "-", given="\n".join(lines) + "\n")


def refill(document: Document) -> None:
    """Fill the sets again if somebody has loaded the rules again, which empties them."""
    if {*counted("requests")} != _sources(document):
        fill(document)


def counted(name: str) -> Mapping[tuple[str, int], int]:
    """Packets by sender and port, of a set that counts."""
    counts = {}
    for element in _elements(name):
        inner = element.get("elem", element)
        address, port = inner["val"]["concat"]
        counts[address, int(port)] = int(inner.get("counter", {}).get("packets", 0))
    return counts


def strangers() -> Iterator[str]:
    """Addresses that have sent to our ports in the last half minute and may not."""
    for element in _elements("strangers"):
        yield element["elem"]["val"] if isinstance(element, Mapping) else element


def _sources(document: Document) -> set[tuple[str, int]]:
    return {
        (document.sources[peer.name], interface.port or 0)
        for interface in document.interfaces
        for peer in interface.peers
    }


def _anew(name: str, elements: Sequence[str]) -> Iterator[str]:
    yield f"flush set {TABLE} {name}"
    if elements:
        yield f"add element {TABLE} {name} {{ {', '.join(elements)} }}"


def _elements(name: str) -> Sequence[Any]:
    try:
        listed = json.loads(run("nft", "-j", "list", "set", *TABLE.split(), name))["nftables"]
    except (CommandError, ValueError):
        return ()
    return next((each["set"].get("elem", ()) for each in listed if "set" in each), ())
