"""What a property may hold, from the SDK's own annotations."""

from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from functools import cache
from inspect import Parameter, signature
from types import NoneType, UnionType
from typing import Any, Final, ForwardRef, Self, TypeAlias, Union, get_args, get_origin, is_typeddict

from pulumi import Output, _types

Kind: TypeAlias = Any
"""An annotation that is no union: a class, ``Sequence[...]``, ``Mapping[...]``, ``Literal[...]``, ``Any``."""

WRAPPERS: Final = (Awaitable, Output)


@dataclass(frozen=True, kw_only=True, slots=True)
class Shape:
    """The properties of an input class, by their names on the wire."""

    kinds: Mapping[str, tuple[Kind, ...]]
    """What each may hold; empty when the SDK does not say."""
    python: Mapping[str, str]
    """How each is written in Python."""
    required: frozenset[str]

    @classmethod
    @cache
    def of(cls, args: type) -> Self:
        """The shape of an input class."""
        wire = _types.input_type_py_to_pulumi_names(args)
        hints = _types.input_type_types(args)
        parameters = signature(args.__init__).parameters
        return cls(
            kinds={name: alternatives(hints[name]) if name in hints else () for name in wire.values()},
            python={name: python for python, name in wire.items()},
            required=frozenset(
                name
                for python, name in wire.items()
                if python in parameters and parameters[python].default is Parameter.empty
            ),
        )


def is_object(kind: Kind) -> bool:
    """Whether a kind has a ``Shape``."""
    return isinstance(kind, type) and _types.is_input_type(kind)


@cache
def alternatives(annotation: Any) -> tuple[Kind, ...]:
    """The kinds that an annotation allows, without what the SDK resolves before it sends a value."""
    if get_origin(annotation) in {Union, UnionType}:
        return tuple(dict.fromkeys(kind for each in get_args(annotation) for kind in alternatives(each)))
    resolved = annotation is NoneType or get_origin(annotation) in WRAPPERS or annotation in WRAPPERS
    if resolved or isinstance(annotation, ForwardRef) or is_typeddict(annotation):
        return ()
    return (annotation,)
