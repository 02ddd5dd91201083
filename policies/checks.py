"""What can be asked of one property: each check knows its path, what to write, and values that must fail."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from policies.path import OPTIONS, found, opened
from policies.rule import Evidence
from policies.telling import fault, source
from toolkit.graph import Resource
from toolkit.values import UNKNOWN, Unknown


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """One property and what it must be."""

    path: str
    wanted: str
    """What to write instead, in the imperative."""
    holds: Callable[[object], bool | None]
    """Whether a known value is right, ``None`` standing for a missing one; ``None`` when nobody can tell."""
    wrong: tuple[object, ...]
    """Values that must be found at fault."""
    given: bool = False
    """Whether it is enough that the program says something, though only the deployment can tell what."""

    def evidence(self, resource: Resource) -> Iterator[Evidence]:
        """What the resource says at the path."""
        for path, value in found(resource, self.path):
            plain = opened(value)
            verdict = self._verdict(plain)
            if verdict is None:
                yield Evidence(resource.urn, path, UNKNOWN)
            elif verdict:
                yield Evidence(resource.urn, path, source(resource, path, plain, value))
            else:
                yield Evidence(resource.urn, path, value, fault(path, value, self.wanted))

    def met(self, resource: Resource) -> bool:
        """Whether the resource is known to have what is wanted, at every place that the path names."""
        return all(self._verdict(opened(value)) for _, value in found(resource, self.path))

    def counterexamples(self, evidence: Evidence) -> Iterator[tuple[str, object]]:
        """Changes after which ``evidence`` would be a fault: at its path or, to nothing, anywhere above."""
        if self.path in OPTIONS:
            yield from ((evidence.path, value) for value in self.wrong)
            return
        yield from ((evidence.path, value) for value in self.wrong if self.holds(value) is False)
        if self.holds(None) is False and "[" not in evidence.path:
            parents = evidence.path.split(".")[:-1]
            yield from ((".".join(parents[: n + 1]), None) for n in range(len(parents)))

    def _verdict(self, plain: object) -> bool | None:
        if isinstance(plain, Unknown):
            return True if self.given else None
        return self.holds(plain)


def equals(path: str, value: object, *, unset: object = None) -> Check:
    """Exactly ``value``. ``unset`` is what a missing one means."""

    def holds(found: object) -> bool:
        return (unset if found is None else found) == value

    return Check(path=path, wanted=f"set it to {value!r}", holds=holds, wrong=(*_others(value), None))


def true(path: str) -> Check:
    """Switched on, in so many words."""
    return equals(path, value=True)


def false(path: str) -> Check:
    """Switched off, in so many words."""
    return equals(path, value=False)


def one_of(path: str, *values: object) -> Check:
    """One of ``values``."""
    wanted = f"set it to {' or '.join(map(repr, values))}"
    return Check(path=path, wanted=wanted, holds=lambda found: found in values, wrong=("other", None))


def none_of(path: str, *values: object, given: bool = False) -> Check:
    """None of ``values``; nothing is fine, and with ``given`` so is what only the deployment can tell."""
    return Check(
        path=path,
        wanted=f"write anything but {' or '.join(map(repr, values))}",
        holds=lambda found: found not in values,
        wrong=values,
        given=given,
    )


def present(path: str, wanted: str) -> Check:
    """Something: not missing, not empty, not off."""
    return Check(path=path, wanted=wanted, holds=bool, wrong=(None, ""), given=True)


def said(path: str, wanted: str) -> Check:
    """Not left to a default, whatever it is."""
    return Check(path=path, wanted=wanted, holds=lambda found: found is not None, wrong=(None,), given=True)


def absent(path: str, wanted: str = "leave it out", *, wrong: object = "something") -> Check:
    """Nothing: missing, empty or off."""
    return Check(path=path, wanted=wanted, holds=lambda found: not found, wrong=(wrong,))


def option(path: str, wanted: str) -> Check:
    """An option of the registration that must be on."""
    return Check(path=path, wanted=wanted, holds=bool, wrong=(False,))


def at_least(path: str, least: float, unit: str = "") -> Check:
    """A number, also one written as text with ``unit`` behind it, that is ``least`` or more."""

    def holds(found: object) -> bool:
        number = _number(found, unit)
        return number is not None and number >= least

    wanted = f"set it to {_amount(least)}{unit} or more"
    return Check(path=path, wanted=wanted, holds=holds, wrong=(*_amounts(least - 1, unit), None))


def at_most(path: str, most: float, unit: str = "") -> Check:
    """A number above zero, also one written as text with ``unit`` behind it, that is ``most`` or less."""

    def holds(found: object) -> bool:
        number = _number(found, unit)
        return number is not None and 0 < number <= most

    wanted = f"set it to {_amount(most)}{unit} or less"
    return Check(path=path, wanted=wanted, holds=holds, wrong=(*_amounts(most + 1, unit), None))


def contains(path: str, *members: object) -> Check:
    """A list with all of ``members``."""

    def holds(found: object) -> bool | None:
        if not isinstance(found, list | tuple):
            return False
        missing = [member for member in members if member not in found]
        return None if missing and _partly_unknown(found) else not missing

    wrong = tuple([other for other in members if other is not member] for member in members)
    wanted = f"let it contain {' and '.join(map(repr, members))}"
    return Check(path=path, wanted=wanted, holds=holds, wrong=(*wrong, None))


def excludes(path: str, *members: object) -> Check:
    """A list with none of ``members``; no list is fine."""

    def holds(found: object) -> bool | None:
        items = found if isinstance(found, list | tuple) else ()
        if any(member in items for member in members):
            return False
        return None if _partly_unknown(items) else True

    wrong = tuple([member] for member in members)
    return Check(path=path, wanted=f"take {' and '.join(map(repr, members))} out", holds=holds, wrong=wrong)


def like(path: str, says: Callable[[str], bool], wanted: str, *wrong: object) -> Check:
    """A text of which ``says`` is true; ``wrong`` are texts of which it is not."""
    return Check(
        path=path,
        wanted=wanted,
        holds=lambda found: isinstance(found, str) and says(found),
        wrong=(*wrong, None),
    )


def every(path: str, says: Callable[[object], bool], wanted: str, *wrong: object) -> Check:
    """A list of whose items ``says`` is true, each; no list is fine."""

    def holds(found: object) -> bool | None:
        items = found if isinstance(found, list | tuple) else ()
        if not all(says(item) for item in items if not isinstance(item, Unknown)):
            return False
        return None if _partly_unknown(items) else True

    return Check(path=path, wanted=wanted, holds=holds, wrong=tuple([each] for each in wrong))


def some(path: str, says: Callable[[object], bool], wanted: str) -> Check:
    """A list of one of whose items at least ``says`` is true."""

    def holds(found: object) -> bool | None:
        items = found if isinstance(found, list | tuple) else ()
        if any(says(item) for item in items if not isinstance(item, Unknown)):
            return True
        return None if _partly_unknown(items) else False

    return Check(path=path, wanted=wanted, holds=holds, wrong=([], None))


def _others(value: object) -> tuple[object, ...]:
    """Values of the same type that are not ``value``."""
    match value:
        case bool():
            return (not value,)
        case int() | float():
            return (value + 1,)
        case str():
            return (f"not {value}",)
    return ([],) if value else ()


def _amount(number: float) -> str:
    return str(int(number)) if number == int(number) else f"{number:g}"


def _amounts(number: float, unit: str) -> tuple[object, ...]:
    return (f"{int(number)}{unit}",) if unit else (number,)


def _number(value: object, unit: str) -> float | None:
    """A number, or the number that a text begins with; ``None`` when it is neither."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        return float(value.removesuffix(unit) if isinstance(value, str) else value)
    except ValueError:
        return None


def _partly_unknown(items: Collection[object]) -> bool:
    return any(isinstance(item, Unknown) for item in items)
