"""Two graphs side by side: what deploying the new one would do to the old one."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias, cast

from toolkit.difference import PropertyChange, differences
from toolkit.graph import Graph, Problem, Resource
from toolkit.paths import covers, parsed_all
from toolkit.replacement import Verdict, verdict
from toolkit.ripple import Ripple, deleted_first

Operation: TypeAlias = Literal["create", "update", "replace", "delete", "same"]

OPERATIONS: Final[tuple[Operation, ...]] = ("create", "update", "replace", "delete", "same")

OPTION: Final = "option"

SILENCE: Final = "the SDK does not say whether this replaces the resource"

DEFAULT_PROVIDER: Final = re.compile(r"::default(_[\w.]+)?$")

OPTIONS: Final = {
    "parent": "parent",
    "protect": "protect",
    "retain_on_delete": "retainOnDelete",
    "deleted_with": "deletedWith",
}
"""Resource options worth showing; like the engine, none of them makes an update by itself."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """What happens to one resource. ``new`` is missing when it is deleted, ``old`` when it is created."""

    urn: str
    operation: Operation
    new: Resource | None = None
    old: Resource | None = None
    properties: Sequence[PropertyChange] = ()
    note: str = ""

    @property
    def resource(self) -> Resource:
        """The resource as it will be, or as it was when nothing of it stays."""
        return cast("Resource", self.new or self.old)


def compare(new: Graph, old: Graph | None) -> list[Change]:
    """One change for each resource: the new graph's in their order, then what is only in the old one."""
    before = dict(old.resources) if old else {}
    ripple = Ripple()
    changes = [_change(resource, _taken(before, resource), ripple) for resource in new.resources.values()]
    return changes + [_gone(resource) for resource in before.values()]


def totals(changes: Sequence[Change]) -> dict[Operation, int]:
    """How many resources meet each operation."""
    counted = Counter(change.operation for change in changes)
    return {operation: counted[operation] for operation in OPERATIONS}


def refusals(changes: Sequence[Change]) -> Iterator[Problem]:
    """What the engine would refuse to do to what is deployed: to delete or to replace what is protected."""
    for change in changes:
        if change.old and change.old.protect and change.operation in {"delete", "replace"}:
            yield Problem(urn=change.urn, path="", message=change.note)


def _taken(before: dict[str, Resource], resource: Resource) -> Resource | None:
    """The old resource that this one is, by URN or else by alias; nothing is taken twice."""
    for urn in (resource.urn, *resource.aliases):
        if urn in before:
            return before.pop(urn)
    return None


def _gone(old: Resource) -> Change:
    """A deletion, and what the engine would say about it."""
    note = "kept in the cloud, only forgotten: retainOnDelete" if old.retain_on_delete else ""
    if old.protect:
        note = "protected: the engine refuses to delete it until protect is off"
    return Change(urn=old.urn, operation="delete", old=old, note=note)


def _change(new: Resource, old: Resource | None, ripple: Ripple) -> Change:
    """What happens to one resource, given what happened to those before it."""
    if old is None:
        ripple.follow(new, None, replaced=False)
        return Change(urn=new.urn, operation="create", new=new)
    properties = (*_inputs(new, old, ripple), *_options(new, old))
    operation, reason = _operation(new, old, properties)
    ripple.follow(new, old, replaced=operation == "replace")
    renamed = f"was {old.urn}" if old.urn != new.urn else ""
    note = "; ".join(filter(None, (reason, renamed)))
    return Change(urn=new.urn, operation=operation, new=new, old=old, properties=properties, note=note)


def _inputs(new: Resource, old: Resource, ripple: Ripple) -> Iterator[PropertyChange]:
    """The changed inputs that the resource does not ignore, each with what it does to the resource."""
    ignored = parsed_all(new.ignore_changes)
    found = [*differences(_plain(old), _plain(new))]
    found += [change for change in ripple.reached(new, old) if not _told(change, found)]
    for change in found:
        if not any(covers(pattern, change.path) for pattern in ignored):
            yield replace(change, note=verdict(new, change).value if new.custom else "")
    for change in ripple.carried(new, old):
        if not _told(change, found) and verdict(new, change) is Verdict.REPLACES:
            yield replace(change, note=Verdict.REPLACES.value)


def _told(change: PropertyChange, found: Sequence[PropertyChange]) -> bool:
    """Whether a change of the same property is listed already."""
    return any(other.path[:1] == change.path[:1] for other in found)


def _options(new: Resource, old: Resource) -> Iterator[PropertyChange]:
    for field, name in OPTIONS.items():
        before, after = getattr(old, field), getattr(new, field)
        if before != after:
            yield PropertyChange(path=(name,), kind="change", before=before, after=after, note=OPTION)
    if _manager(new) != _manager(old):
        note = Verdict.REPLACES.value
        yield PropertyChange(
            path=("provider",), kind="change", before=old.provider, after=new.provider, note=note
        )


def _manager(resource: Resource) -> str:
    """The provider, default ones alike: the engine moves a resource between their versions in place."""
    return "" if DEFAULT_PROVIDER.search(resource.provider) else resource.provider


def _operation(new: Resource, old: Resource, changed: Sequence[PropertyChange]) -> tuple[Operation, str]:
    """The operation, and what a reader must know about it."""
    notes = {change.note for change in changed}
    if Verdict.REPLACES.value in notes:
        if old.protect:
            return "replace", "protected: the engine refuses to replace it until protect is off"
        return "replace", "deleted before it is created again" if deleted_first(new, old) else ""
    if Verdict.MAY_REPLACE.value in notes:
        return "update", "some changes of this replace the resource"
    if Verdict.SILENT.value in notes:
        return "update", SILENCE
    return "same" if notes <= {OPTION} else "update", ""


def _plain(resource: Resource) -> Mapping[str, object]:
    """The inputs; a provider's are read as data, because the engine keeps them as JSON text."""
    if not resource.type.startswith("pulumi:providers:"):
        return resource.inputs
    return {key: _read(value) for key, value in resource.inputs.items()}


def _read(value: object) -> object:
    if not isinstance(value, str) or value[:1] not in {"{", "["}:
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
