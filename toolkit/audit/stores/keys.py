"""A key of Cloud KMS, as the report tells it."""

from typing import Final

from toolkit.audit.reading import number, text
from toolkit.audit.stores.model import Key
from toolkit.audit.words import Said
from toolkit.graph import Resource

DAY: Final = 86400


def key_of(key: Resource, note: Said | None = None) -> Key:
    """Its name, how often it changes, and whether hardware keeps it."""
    seconds = number(key, "rotationPeriod")
    return Key(
        name=text(key, "name") or key.name,
        urn=key.urn,
        rotation_days=seconds / DAY if seconds is not None else None,
        hardware=text(key, "versionTemplate.protectionLevel") == "HSM",
        note=note,
    )
