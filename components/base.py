"""What every component is."""

from inspect import get_annotations
from typing import Any, ClassVar, TypeVar, cast

from pulumi import ComponentResource, Input, Output, ResourceOptions

T = TypeVar("T")


class Component(ComponentResource):
    """A named part of the platform: children below it, declared outputs, sealed when complete.

    A subclass names its token once (``class Network(Component, token="gcp:Network")``), declares its
    outputs as annotated attributes, gives every child ``opts=self.child()``, and ends its constructor
    with ``self.seal()``. The caller's options stop here: children inherit what Pulumi lets them inherit.
    """

    token: ClassVar[str]

    def __init_subclass__(cls, *, token: str) -> None:
        super().__init_subclass__()
        cls.token = f"prontuario:{token}"

    def __init__(self, name: str, opts: ResourceOptions | None = None) -> None:
        super().__init__(self.token, name, None, opts)

    def child(self, **options: Any) -> ResourceOptions:
        """Options for a resource that belongs to this component."""
        return ResourceOptions(parent=self, **options)

    def seal(self) -> None:
        """Register the declared outputs; always the constructor's last line."""
        self.register_outputs({name: getattr(self, name) for name in declared(type(self))})


def declared(component: type[Component]) -> tuple[str, ...]:
    """The names of the outputs that a component promises."""
    return tuple(get_annotations(component))


def after(value: Input[T], *others: Input[object]) -> Output[T]:
    """``value``, known only once ``others`` are."""
    return Output.all(value, *others).apply(lambda known: cast("T", known[0]))
