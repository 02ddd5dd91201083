"""A stand-in engine that remembers every registration, options included, and answers at once."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from typing import Any, Final, TypeAlias

from pulumi.runtime.mocks import MockMonitor, MockResourceArgs, Mocks
from pulumi.runtime.proto import resource_pb2

from toolkit.answers import Answer, unreadable
from toolkit.graph import STACK, Graph, Problem, Resource
from toolkit.inherit import Guards, known_as
from toolkit.urn import Urn
from toolkit.values import without_nulls
from toolkit.wire import decode, secret

Request: TypeAlias = Any
"""A protobuf message; its classes are made at run time, so no type checker knows them."""

REHYDRATION: Final = "pulumi:pulumi:getResource"
"""What the SDK asks for when it turns a URN back into a resource: the one question that is no lookup."""

LOOKUP: Final = (
    "nothing may look anything up in the cloud at preview time: take the value from the stack file, or from "
    "an output of a resource of this program"
)


class Nobody(Mocks):
    """Mocks that are never asked: the monitor answers everything itself."""

    def call(self, args: Any) -> Any:
        """Refuse; nothing calls this."""
        raise AssertionError(args.token)

    def new_resource(self, args: MockResourceArgs) -> Any:
        """Refuse; nothing calls this."""
        raise AssertionError(args.name)


class Monitor(MockMonitor):
    """Writes each registration into ``graph``, and what the engine would refuse into its problems.

    It never raises: an exception here is repeated by every resource that depends on the failed one.
    """

    def __init__(
        self, graph: Graph, answer: Answer, *, lookups: bool, without_default: Collection[str]
    ) -> None:
        super().__init__(Nobody())
        self.graph = graph
        self.answer = answer
        self.lookups = lookups
        """Whether functions of a provider may be called."""
        self.without_default = without_default
        """The packages whose default provider is off; ``*`` for all."""
        self.progress: Callable[[int], None] | None = None

    def make_urn(self, parent: str, type_: str, name: str) -> str:
        """The engine's URN of a resource."""
        if parent:
            return str(Urn.parsed(parent).child(type_, name))
        return str(Urn(self.graph.stack, self.graph.project, type_, name))

    def RegisterResource(self, request: Request) -> Request:  # noqa: N802 -- the name of the call
        """Remember a resource; echo its inputs as far as ``answer`` does."""
        urn = self.make_urn(request.parent, request.type, request.name)
        resource = self._resource(urn, request)
        self._judge(resource)
        if urn not in self.graph.resources:
            self.graph.resources[urn] = resource
            if self.progress and request.type != STACK:
                self.progress(len(self.graph.resources) - 1)
        known, outputs = self.answer(request)
        for name in unreadable(resource):
            outputs.fields.pop(name, None)
        for name in request.additionalSecretOutputs:
            hidden = secret(outputs.fields.get(name))
            outputs.fields[name].CopyFrom(hidden)
        return resource_pb2.RegisterResourceResponse(urn=urn, id=known, object=outputs)

    def RegisterResourceOutputs(self, request: Request) -> Request:  # noqa: N802 -- the name of the call
        """Remember what a component, or the stack itself, gives out."""
        outputs = decode(request.outputs)
        resource = self.graph.resources[request.urn]
        self.graph.resources[request.urn] = replace(resource, outputs=outputs)
        if resource.type == STACK:
            self.graph.exports = outputs
        return super().RegisterResourceOutputs(request)

    def Invoke(self, request: Request) -> Request:  # noqa: N802 -- the name of the call
        """Refuse a lookup, and answer with nothing."""
        if request.tok != REHYDRATION:
            self._lookup(self.make_urn("", STACK, f"{self.graph.project}-{self.graph.stack}"), request.tok)
        return resource_pb2.ResourceInvokeResponse()

    def ReadResource(self, request: Request) -> Request:  # noqa: N802 -- the name of the call
        """Refuse a lookup, and answer with what the program knows already."""
        urn = self.make_urn(request.parent, request.type, request.name)
        self._lookup(urn, request.type)
        return resource_pb2.ReadResourceResponse(urn=urn, properties=request.properties)

    def _lookup(self, urn: str, token: str) -> None:
        if not self.lookups:
            self._refuse(urn, f"{token}: {LOOKUP}")

    def _refuse(self, urn: str, message: str) -> None:
        self.graph.problems.append(Problem(urn=urn, path="", message=message))

    def _judge(self, resource: Resource) -> None:
        """The engine's own rules about a registration."""
        urn = resource.urn
        if urn in self.graph.resources:
            self._refuse(urn, f"Duplicate resource URN '{urn}'; try giving it a unique name")
        package = resource.type.partition(":")[0]
        off = {package, "*"} & {*self.without_default}
        if resource.custom and package != "pulumi" and off and not resource.provider:
            message = f"Default provider for '{package}' disabled. '{urn}' must use an explicit provider."
            self._refuse(urn, message)

    def _resource(self, urn: str, request: Request) -> Resource:
        parent = self.graph.resources.get(request.parent)
        guards = Guards(
            protect=request.protect if request.HasField("protect") else None,
            retain_on_delete=request.retainOnDelete if request.HasField("retainOnDelete") else None,
            deleted_with=request.deletedWith,
        ).below(parent)
        return Resource(
            urn=urn,
            type=request.type,
            name=request.name,
            custom=request.custom,
            parent=request.parent,
            provider=request.provider.rpartition("::")[0],
            inputs={key: without_nulls(item) for key, item in decode(request.object).items()},
            dependencies=_sorted(request.dependencies),
            property_dependencies={
                name: _sorted(found.urns) for name, found in sorted(request.propertyDependencies.items())
            },
            protect=bool(guards.protect),
            retain_on_delete=bool(guards.retain_on_delete),
            deleted_with=guards.deleted_with or "",
            ignore_changes=(*request.ignoreChanges,),
            replace_on_changes=(*request.replaceOnChanges,),
            delete_before_replace=request.deleteBeforeReplace,
            additional_secret_outputs=(*request.additionalSecretOutputs,),
            aliases=known_as(self._aliases(urn, request), Urn.parsed(urn), parent),
            import_id=request.importId,
            timeouts={field.name: text for field, text in request.customTimeouts.ListFields()},
        )

    def _aliases(self, urn: str, request: Request) -> list[str]:
        """The aliases that a registration names, as URNs; whatever is none is refused."""
        found = []
        for alias in request.aliases:
            old = alias.urn or self._specified(alias.spec, request)
            try:
                Urn.parsed(old)
            except ValueError:
                self._refuse(
                    urn, f"the alias '{old}' is no URN; one is urn:pulumi:stack::project::type::name"
                )
            else:
                found.append(old)
        return found

    def _specified(self, spec: Request, request: Request) -> str:
        parent = "" if spec.noParent else spec.parentUrn or request.parent
        old = Urn.parsed(self.make_urn(parent, spec.type or request.type, spec.name or request.name))
        return str(old._replace(stack=spec.stack or old.stack, project=spec.project or old.project))


def _sorted(urns: Iterable[str]) -> tuple[str, ...]:
    """URNs in one order, whatever order the SDK's sets gave them."""
    return tuple(sorted(urns))
