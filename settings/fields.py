"""The kinds of value that a stack file is written with, each with a message for the tired."""

import re
from difflib import get_close_matches
from ipaddress import IPv4Address, IPv4Network
from typing import Annotated, NamedTuple

from pydantic import AfterValidator, BeforeValidator, Field, StrictInt, WithJsonSchema
from pydantic_core import PydanticCustomError

from settings.places import MULTI_REGIONS, REGIONS

REFUSED = "refused"
"""The type of the errors that carry a message of our own."""

PORTS = range(1024, 65535)
"""Those that no other service of a machine claims; the next one must be a port too."""


def refused(message: str) -> PydanticCustomError:
    """A refusal that reads exactly as written."""
    return PydanticCustomError(REFUSED, "{message}", {"message": message})


def near(word: str, words: list[str]) -> str:
    """``; did you mean …?`` when one of ``words`` is close to ``word``, else nothing."""
    matches = get_close_matches(word, words, n=1, cutoff=0.6)
    return f"; did you mean {matches[0]}?" if matches else ""


def once(values: tuple[str, ...]) -> tuple[str, ...]:
    """``values``, each of which may stand there only once."""
    if again := sorted({value for value in values if values.count(value) > 1}):
        raise refused(f"names {', '.join(again)} twice; keep one of each")
    return values


def _title(value: str) -> str:
    if not value.isprintable():
        raise refused("holds characters that nobody can see; write letters, digits and spaces")
    return value


def _network(value: object) -> IPv4Network:
    if isinstance(value, IPv4Network):
        return value
    try:
        network = IPv4Network(str(value), strict=False)
    except ValueError:
        raise refused("is not an IPv4 range; write one like 10.0.0.0/16") from None
    if "/" not in str(value):
        raise refused(f"is one address, not a range; write its length, like {network.network_address}/24")
    if str(network) != str(value):
        raise refused(f"has host bits or an odd length; write {network}")
    return network


def _address(value: object) -> IPv4Address:
    try:
        return IPv4Address(str(value))
    except ValueError:
        raise refused("is not an IPv4 address; write one like 203.0.113.10") from None


def _port(value: int) -> int:
    if value not in PORTS:
        raise refused(f"is no port for the tunnels; write {PORTS[0]} to {PORTS[-1]}")
    return value


def _region(value: str) -> str:
    if value not in REGIONS:
        raise refused(
            f"is not a Google Cloud region{near(value, [*REGIONS]) or '; write one like us-central1'}"
        )
    return value


def _location(value: str) -> str:
    if value not in REGIONS and value not in MULTI_REGIONS:
        places = [*MULTI_REGIONS, *REGIONS]
        hint = near(value, places) or "; write one like us-central1 or US"
        raise refused(f"is neither a region nor a multi-region inside one country{hint}")
    return value


def span_of(value: object) -> "Span | None":
    """A row of addresses, however written; ``None`` for what is none."""
    if isinstance(value, Span):
        return value
    first, _, last = str(value).partition("-")
    try:
        return Span(IPv4Address(first.strip()), IPv4Address(last.strip()))
    except ValueError:
        return None


def _span(value: object) -> "Span":
    span = span_of(value)
    if span is None:
        raise refused("is not a row of addresses; write its first and last, like 10.20.1.1-10.20.1.30")
    if span.last < span.first:
        raise refused(f"ends before it begins; write {span.last}-{span.first}")
    return span


def _mac(value: str) -> str:
    first, *_ = value.split(":")
    if int(first, 16) & 1:
        raise refused("is a group's address, no machine's; its first byte must be even")
    return value


def _ssh_port(value: int) -> int:
    if value not in range(1, 65536):
        raise refused("is no port; write 1 to 65535")
    return value


class Span(NamedTuple):
    """Addresses in a row, both ends included."""

    first: IPv4Address
    last: IPv4Address

    def __contains__(self, address: object) -> bool:
        return isinstance(address, IPv4Address) and self.first <= address <= self.last

    def __str__(self) -> str:
        return f"{self.first}-{self.last}"


def _matching(pattern: str, rule: str) -> AfterValidator:
    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise refused(rule)
        return value

    return AfterValidator(check)


Title = Annotated[str, Field(min_length=1, max_length=100), AfterValidator(_title)]
Network = Annotated[
    IPv4Network, BeforeValidator(_network), WithJsonSchema({"type": "string", "pattern": r"^[0-9.]+/[0-9]+$"})
]
Address = Annotated[
    IPv4Address, BeforeValidator(_address), WithJsonSchema({"type": "string", "format": "ipv4"})
]
Row = Annotated[
    Span,
    BeforeValidator(_span),
    WithJsonSchema({"type": "string", "pattern": r"^[0-9.]+ ?- ?[0-9.]+$"}),
]
SshPort = Annotated[
    StrictInt,
    AfterValidator(_ssh_port),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 65535}),
]
Port = Annotated[
    StrictInt,
    AfterValidator(_port),
    WithJsonSchema({"type": "integer", "minimum": PORTS[0], "maximum": PORTS[-1]}),
]
Region = Annotated[str, AfterValidator(_region), Field(json_schema_extra={"enum": [*REGIONS]})]
Location = Annotated[
    str, AfterValidator(_location), Field(json_schema_extra={"enum": [*MULTI_REGIONS, *REGIONS]})
]
Country = Annotated[str, _matching("[A-Z]{2}", "is not a country; write its two capital letters, like BR")]
Name = Annotated[
    str,
    _matching(
        "[a-z]([a-z0-9-]{0,18}[a-z0-9])?",
        "is not a name; use 1 to 20 lower-case letters, digits and dashes, a letter first, no dash last",
    ),
]
ProjectId = Annotated[
    str,
    _matching(
        "[a-z][a-z0-9-]{4,28}[a-z0-9]",
        "is not a project id; Google's have 6 to 30 lower-case letters, digits and dashes, a letter first",
    ),
]
MacAddress = Annotated[
    str,
    _matching(
        "[0-9a-f]{2}(:[0-9a-f]{2}){5}",
        "is not a hardware address; write it like 52:55:55:aa:00:11, in lower case",
    ),
    AfterValidator(_mac),
]
HostKey = Annotated[
    str,
    _matching(
        r"(ssh-ed25519|ecdsa-sha2-nistp(256|384|521)|ssh-rsa) [A-Za-z0-9+/]{64,}={0,2}",
        "is not a public SSH key; write two words as ssh-keyscan prints them, like ssh-ed25519 AAAA...",
    ),
]
Interface = Annotated[
    str, _matching("[a-z][a-z0-9]{1,14}", "is not a network card; write it as ip link names it, like enp1s0")
]
DiskName = Annotated[
    str,
    _matching(
        r"/dev/disk/by-id/[A-Za-z0-9._:+-]+",
        "is no lasting name of a disk; write one that ls /dev/disk/by-id lists, with its folder",
    ),
]
StorageClassName = Annotated[
    str,
    _matching(
        "[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?", "is not a storage class; kubectl get storageclass lists them"
    ),
]
UserName = Annotated[
    str, _matching("[a-z_][a-z0-9_-]{0,30}", "is not a user; write lower-case letters, digits, _ and -")
]
Domain = Annotated[
    str,
    _matching(
        r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}",
        "is not a domain; write one like hospital.example",
    ),
]
Email = Annotated[str, _matching(r"[^@\s]+@[^@\s]+\.[^@\s]+", "is not an e-mail address")]
LabelKey = Annotated[
    str,
    _matching(
        "[a-z][a-z0-9_-]{0,62}", "is not a label; use lower-case letters, digits, _ and -, a letter first"
    ),
]
LabelValue = Annotated[
    str, _matching("[a-z0-9_-]{0,63}", "is not a label's value; use lower-case letters, digits, _ and -")
]
