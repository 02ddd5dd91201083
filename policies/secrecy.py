"""Secrets that stand in clear: by what they look like, and by what they are called."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from math import log2
from typing import Final, NamedTuple

from toolkit.values import Default

SHAPES: Final[Mapping[str, re.Pattern[str]]] = {
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    "an address with a password in it": re.compile(r"\w://[^\s/:@]*:[^\s/@]+@"),
    "a token": re.compile(
        r"\b(?:gh[pousr]_\w{30,}|glpat-[\w-]{16,}|xox[abprs]-[\w-]{10,}|AKIA[0-9A-Z]{16}|AIza[\w-]{35}"
        r"|ya29\.[\w-]{20,}|hvs\.[\w-]{20,}|eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,})"
    ),
    "a key with a password in it": re.compile(r"\b(?:password|passwd|pwd)=[^\s&;${}]{4,}", re.IGNORECASE),
}
"""What only a secret looks like, wherever it stands."""

HINTS: Final[Mapping[str, tuple[str, ...]]] = {
    "a private key": ("-----BEGIN",),
    "an address with a password in it": ("://",),
    "a token": ("gh", "glpat-", "xox", "AKIA", "AIza", "ya29.", "hvs.", "eyJ"),
    "a key with a password in it": ("password=", "passwd=", "pwd="),
}
"""Something that each of the shapes holds, in small letters where case does not matter: quickly found even in
a script of thousands of lines, and most texts hold none of it."""

HINT: Final = re.compile(r"-----BEGIN|://|=|gh[pousr]_|glpat|xox|AKIA|AIza|ya29|hvs\.|eyJ")
"""Something that at least one of the shapes holds."""

NAMES: Final = re.compile(
    r"(?:password|passwd|passphrase|secretdata|privatekey|sharedsecret|presharedkey|clientsecret|accesstoken"
    r"|authtoken|bearertoken|apikey|credentials|connectionstring)(?:wo)?$|^token$|^psk$"
)
"""What a property is called that holds a secret, in small letters without dashes."""

VARIABLE: Final = re.compile(r"[A-Z0-9_]*(?:PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY)$")
"""What an environment variable is called that holds a secret."""

PATHS: Final = frozenset({"GOOGLE_APPLICATION_CREDENTIALS"})
"""Variables that name a file by definition (https://cloud.google.com/docs/authentication)."""

SECRETISH: Final = re.compile(r"secret|token|passw|private|credential")
LETTERS: Final = re.compile(r"(?=.*\d)(?:(?=.*[a-z])(?=.*[A-Z])[\w+/=-]{20,}|[0-9a-f]{32,})")
"""A long text of small and capital letters and digits, or of hexadecimal digits: no name, no enum."""

RANDOM: Final = 3.3
"""Bits for each letter: words and names stay below, keys and tokens lie above."""


class Leak(NamedTuple):
    """A secret in clear: where, and what it looks like. What it says is not kept."""

    path: str
    looks: str


def leaks(value: object, path: str = "", key: str = "") -> Iterator[Leak]:
    """Every secret in clear at any depth of ``value``, which stands at ``path`` under ``key``."""
    plain = value.value if isinstance(value, Default) else value
    if isinstance(plain, str):
        looks = _shape(plain) or _name(plain, key)
        if looks:
            yield Leak(path, looks)
    elif isinstance(plain, Mapping):
        yield from _variable(plain, path)
        for name, item in plain.items():
            yield from leaks(item, f"{path}.{name}" if path else name, name)
    elif isinstance(plain, list | tuple):
        for index, item in enumerate(plain):
            yield from leaks(item, f"{path}[{index}]", key)


def _shape(text: str) -> str:
    if not HINT.search(text):
        return ""
    for looks, shape in SHAPES.items():
        said = text.lower() if shape.flags & re.IGNORECASE else text
        if any(hint in said for hint in HINTS[looks]) and shape.search(text):
            return looks
    return ""


def _name(text: str, key: str) -> str:
    """What the name of a property says of the text in it."""
    telling, secretish = _said_by(key)
    if not text or not (telling or secretish):
        return ""
    if text.startswith("projects/") or ("-" in key and key in text) or key in PATHS:
        return ""  # what a secret is called, or where it lies, not what it is
    if telling:
        return f"a value of {key}"
    if LETTERS.fullmatch(text) and _bits(text) > RANDOM:
        return "random letters, as a key is"
    return ""


@lru_cache(maxsize=4096)
def _said_by(key: str) -> tuple[bool, bool]:
    """Whether a property of this name holds a secret, and whether it may: names are few, values many."""
    plain = key.replace("-", "").replace("_", "").lower()
    return NAMES.search(plain) is not None, SECRETISH.search(plain) is not None


def _variable(value: Mapping[str, object], path: str) -> Iterator[Leak]:
    """A variable by ``name`` and ``value``, as containers have them."""
    name, text = value.get("name"), value.get("value")
    if isinstance(name, str) and isinstance(text, str) and text and VARIABLE.match(name):
        yield Leak(f"{path}.value", f"the value of the variable {name}")


def _bits(text: str) -> float:
    counts = Counter(text).values()
    return -sum(count / len(text) * log2(count / len(text)) for count in counts)
