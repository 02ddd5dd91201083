"""Whether an exported state still is what the engine wrote: one resource an address, and no loose ends."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from toolkit.audit.failure import AuditError
from toolkit.urn import PREFIX, Urn

MENTIONED: Final = 8
"""So many faults are told one by one."""

TEXT: Final = {"parent", "provider", "deletedWith", "id"}
MAPS: Final = {"inputs", "outputs", "propertyDependencies"}
LISTS: Final = {"dependencies", "aliases", "ignoreChanges", "additionalSecretOutputs"}
FLAGS: Final = {"custom", "protect", "external", "delete", "retainOnDelete"}

REPAIR: Final = (
    "do not audit this copy: export the stack anew with `pulumi stack export`; "
    "if the same is said again, the state itself is damaged: `pulumi state repair`"
)


def verify(deployment: Mapping[str, Any], source: str) -> None:
    """Raise ``AuditError`` that lists what the engine would never have written, by resource.

    It is no seal: a hand that is careful enough can change a value unseen. Who needs proof exports anew.
    """
    found = [*_faults(deployment)]
    if found:
        more = [f"  and {len(found) - MENTIONED} more"] if len(found) > MENTIONED else []
        told = "\n".join([*(f"  {fault}" for fault in found[:MENTIONED]), *more])
        raise AuditError(f"{source} is not what the engine wrote:\n{told}", REPAIR)


def _faults(deployment: Mapping[str, Any]) -> Iterator[str]:
    rows = deployment.get("resources") or []
    shapeless = [*_shapes(rows)]
    yield from shapeless
    if shapeless:
        return  # the other questions need rows in their form
    yield from _manifest(deployment)
    yield from _repeated(rows)
    yield from _foreign(rows)
    yield from _loose(rows)
    yield from _circles(rows)


def _shapes(rows: Sequence[Any]) -> Iterator[str]:
    """Rows that are no resources, and fields of a wrong type."""
    for index, row in enumerate(rows):
        if not isinstance(row, dict):
            yield f"resources[{index}] is no object"
        elif not _is_urn(row.get("urn")):
            yield f"resources[{index}].urn is not the address of a resource"
        elif row.get("type") != Urn.parsed(row["urn"]).type:
            yield f"resources[{index}].type is not the one in its address: {row['urn']}"
        else:
            yield from (f"resources[{index}].{fault}: {row['urn']}" for fault in _fields(row))


def _fields(row: Mapping[str, Any]) -> Iterator[str]:
    for names, kind, word in (
        (TEXT, str, "text"),
        (MAPS, dict, "an object"),
        (LISTS, list, "a list"),
        (FLAGS, bool, "true or false"),
    ):
        for name in sorted(names & row.keys()):
            if row[name] is not None and not isinstance(row[name], kind):
                yield f"{name} is not {word}"
    for name in sorted(LISTS & row.keys()):
        if isinstance(row[name], list) and not all(isinstance(item, str) for item in row[name]):
            yield f"{name} holds something that is no text"
    named = row.get("propertyDependencies")
    for urns in named.values() if isinstance(named, dict) else ():
        if urns is not None and not (isinstance(urns, list) and all(isinstance(urn, str) for urn in urns)):
            yield "propertyDependencies holds something that is no list of addresses"


def _is_urn(value: object) -> bool:
    if not isinstance(value, str) or not value.startswith(PREFIX):
        return False
    try:
        return all(Urn.parsed(value))
    except ValueError:
        return False


def _manifest(deployment: Mapping[str, Any]) -> Iterator[str]:
    """The engine's own mark on the file: a digest of the version that wrote it."""
    manifest = deployment.get("manifest")
    if not isinstance(manifest, Mapping):
        return
    magic, version = manifest.get("magic"), str(manifest.get("version", ""))
    if magic and magic != hashlib.sha256(version.encode()).hexdigest():
        yield f"manifest.magic does not belong to version {version}: the head of the file was changed"


def _repeated(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Two living resources at one address; what waits for its deletion may share one."""
    living = Counter(row["urn"] for row in rows if not row.get("delete") and not row.get("viewOf"))
    yield from (f"{count} resources have one address: {urn}" for urn, count in living.items() if count > 1)


def _foreign(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Resources of another stack or project than the first one's."""
    for row in rows:
        here, there = Urn.parsed(rows[0]["urn"]), Urn.parsed(row["urn"])
        if here[:2] != there[:2]:
            ours, theirs = f"{here.project}/{here.stack}", f"{there.project}/{there.stack}"
            yield f"belongs to {theirs}, the others to {ours}: {row['urn']}"


def _loose(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """References to what is not in the file."""
    there = {row["urn"] for row in rows}
    for row in rows:
        for word, urn in _references(row):
            if urn not in there:
                yield f"{word} is not in the file: {urn}, named by {row['urn']}"


def _references(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What a resource refers to, each address once for each kind of reference."""
    if row.get("parent"):
        yield "a parent", row["parent"]
    if row.get("provider"):
        yield "a provider", row["provider"].rpartition("::")[0]
    if row.get("deletedWith"):
        yield "what it is deleted with", row["deletedWith"]
    listed = dict.fromkeys(row.get("dependencies") or ())
    for urns in (row.get("propertyDependencies") or {}).values():
        listed.update(dict.fromkeys(urns or ()))
    yield from (("a dependency", urn) for urn in listed)


def _circles(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Resources that are their own ancestors."""
    parents = {row["urn"]: row.get("parent") or "" for row in rows}
    sound = {""}
    for urn in parents:
        path: dict[str, None] = {}
        at = urn
        while at not in sound and at in parents and at not in path:
            path[at] = None
            at = parents[at]
        if at in path:
            yield f"its parents go round in a circle: {at}"
        sound.update(path)
