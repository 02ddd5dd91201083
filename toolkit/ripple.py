"""What a new or replaced resource does to those that take values from it, as the engine's preview sees it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from toolkit.difference import PropertyChange
from toolkit.graph import Resource
from toolkit.paths import Path
from toolkit.values import Secret, Unknown


@dataclass(kw_only=True, slots=True)
class Ripple:
    """The resources so far whose outputs are not what they were."""

    fresh: set[str] = field(default_factory=set)
    """Created or replaced: whatever they give out is unknown again."""
    emptied: set[str] = field(default_factory=set)
    """Replaced, and deleted first: nothing that cannot follow survives the moment in between."""
    names: dict[str, str] = field(default_factory=dict)
    """What a resource was called before, where that differs."""

    def reached(self, new: Resource, old: Resource) -> Iterator[PropertyChange]:
        """The inputs that take an unknown value from another resource than before, or from a fresh one."""
        for name, urns in new.property_dependencies.items():
            before = old.property_dependencies.get(name)
            moved = before is not None and any(self.names.get(urn, urn) not in before for urn in urns)
            if moved or not self.fresh.isdisjoint(urns):
                for path in _unknown(new.inputs.get(name), (name,)):
                    yield PropertyChange(
                        path=path, kind="change", before=_at(old.inputs, path), after=_at(new.inputs, path)
                    )

    def carried(self, new: Resource, old: Resource) -> Iterator[PropertyChange]:
        """The inputs that point at something that is gone for a moment, whatever their value is."""
        for name, urns in new.property_dependencies.items():
            if not self.emptied.isdisjoint(urns) and name in old.inputs:
                before, after = old.inputs[name], new.inputs.get(name)
                yield PropertyChange(path=(name,), kind="change", before=before, after=after)

    def follow(self, new: Resource, old: Resource | None, *, replaced: bool) -> None:
        """Remember what happens to a resource."""
        if old is None or replaced:
            self.fresh.add(new.urn)
        if old is not None and replaced and deleted_first(new, old):
            self.emptied.add(new.urn)
        if old is not None and old.urn != new.urn:
            self.names[new.urn] = old.urn


def deleted_first(new: Resource, old: Resource) -> bool:
    """Whether a replaced resource is deleted before it is created again: two cannot have one name."""
    name = _name(new.inputs)
    return new.delete_before_replace or (name is not None and name == _name(old.inputs))


def _name(inputs: Mapping[str, object]) -> str | None:
    """The name that a program chose for a resource at Google or Kubernetes."""
    metadata = inputs.get("metadata")
    name = metadata.get("name") if isinstance(metadata, Mapping) else inputs.get("name")
    return name if isinstance(name, str) else None


def _unknown(value: object, path: Path) -> Iterator[Path]:
    """Where a value holds something that only the deployment can tell."""
    match value:
        case Unknown() | Secret(value=Unknown()):
            yield path
        case Secret():
            yield from () if not [*_unknown(value.value, path)] else [path]
        case Mapping():
            for key, item in value.items():
                yield from _unknown(item, (*path, key))
        case list() | tuple():
            for index, item in enumerate(value):
                yield from _unknown(item, (*path, index))


def _at(value: object, path: Path) -> object:
    """The value at ``path``, or as deep as the way to it goes."""
    for step in path:
        match value, step:
            case Mapping(), str() if step in value:
                value = value[step]
            case ((list() | tuple()), int()) if step < len(value):
                value = value[step]
            case _:
                return None
    return value
