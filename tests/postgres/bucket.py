"""The one bucket of the stand-in for Google."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

PERMISSIONS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "roles/storage.objectUser": frozenset(
            f"storage.objects.{verb}" for verb in ("create", "delete", "get", "list", "update")
        ),
        "roles/storage.bucketViewer": frozenset({"storage.buckets.get", "storage.buckets.list"}),
    }
)
"""Of Google's roles, as far as they matter here (https://cloud.google.com/storage/docs/access-control/iam-roles)."""


@dataclass(slots=True)
class Google:
    """A bucket, who may have it, and what was asked."""

    bucket: str
    audience: str
    subject: str
    """The Kubernetes token that is exchanged for access."""
    objects: dict[str, bytes] = field(default_factory=dict)
    """By name."""
    asked: set[str] = field(default_factory=set)
    """Hosts."""
    permissions: frozenset[str] = frozenset()
    """What whoever has access may do with the bucket."""
    retained: bool = False
    """Whether the bucket has a retention policy: what is written once is not written again."""
    down: bool = False
    """Whether the WAN is down: nothing is connected."""
    checksums: dict[str, str] = field(default_factory=dict)
    uploads: dict[str, bytearray] = field(default_factory=dict)

    def described(self, name: str) -> Mapping[str, Any]:
        """An object's metadata."""
        return {
            "kind": "storage#object",
            "bucket": self.bucket,
            "name": name,
            "size": str(len(self.objects[name])),
            "generation": "1",
            "crc32c": self.checksums.get(name, ""),
            "updated": "2027-03-01T10:00:00.000Z",
            "timeCreated": "2027-03-01T10:00:00.000Z",
        }

    def listed(self, prefix: str, delimiter: str) -> Mapping[str, Any]:
        """Objects and folders below a prefix."""
        names = sorted(name for name in self.objects if name.startswith(prefix))
        if not delimiter:
            return {"items": [self.described(name) for name in names]}
        rests = {name: name.removeprefix(prefix).partition(delimiter) for name in names}
        folders = {prefix + first + cut for first, cut, _ in rests.values() if cut}
        items = [self.described(name) for name, (_, cut, _) in rests.items() if not cut]
        return {"items": items, "prefixes": sorted(folders)}
