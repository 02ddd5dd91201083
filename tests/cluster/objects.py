"""The Kubernetes objects that a recorded graph asks for, as the API server would get them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Self

from toolkit.graph import Graph, Resource
from toolkit.values import UNKNOWN, Secret

RELEASE: Final = "kubernetes:helm.sh/v3:Release"
SUFFIX: Final = "-1a2b3c4d"
"""What Pulumi appends to a name that it makes itself."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """One object."""

    label: str
    """By which a person finds it: type and name in the program."""
    manifest: Mapping[str, Any]
    """Plain data, secrets in clear; ``UNKNOWN`` where only a deployment could tell."""
    partial: bool = False
    """Whether the object is somebody else's, and only some of its fields are set."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Set:
    """What one provider, and so one cluster, is asked for."""

    provider: str
    """Its name in the program."""
    objects: Sequence[Wanted]
    namespaces: frozenset[str]
    """Those that Helm makes for its releases."""

    @property
    def spaces(self) -> frozenset[str]:
        """The namespaces that its objects say that they are in."""
        return frozenset(each.manifest["metadata"]["namespace"] for each in self.objects)

    def without(self, kinds: Collection[str]) -> Self:
        """Itself but for objects of some kinds, each written as ``apiVersion kind``."""
        kept = [each for each in self.objects if "{apiVersion} {kind}".format(**each.manifest) not in kinds]
        return replace(self, objects=kept)


def sets(graph: Graph) -> list[Set]:
    """The objects of each provider, in the order of their registration."""
    wanted = [each for each in graph.resources.values() if _kubernetes(each)]
    providers = dict.fromkeys(each.provider for each in wanted)
    return [_set(graph, urn, [each for each in wanted if each.provider == urn]) for urn in providers]


def _kubernetes(resource: Resource) -> bool:
    return resource.custom and resource.type.startswith("kubernetes:")


def _set(graph: Graph, provider: str, resources: Sequence[Resource]) -> Set:
    """A provider may name the namespace of all objects that name none."""
    inputs = graph.resources[provider].inputs if provider in graph.resources else {}
    default = str(plain(inputs.get("namespace", "default")))
    objects = [_wanted(each, default) for each in resources if each.type != RELEASE]
    made = (plain(each.inputs) for each in resources if each.type == RELEASE)
    names = frozenset(str(each["namespace"]) for each in made if each.get("createNamespace"))
    return Set(provider=provider.rpartition("::")[-1], objects=objects, namespaces=names)


def _wanted(resource: Resource, namespace: str) -> Wanted:
    manifest = plain(resource.inputs)
    metadata = {"name": f"{resource.name}{SUFFIX}", "namespace": namespace, **manifest.get("metadata", {})}
    if UNKNOWN in (metadata["name"], metadata["namespace"]):
        raise AssertionError(f"{resource.urn}: nobody knows its name and namespace before the deployment")
    return Wanted(
        label=f"{resource.type.removeprefix('kubernetes:')} {resource.name}",
        manifest={**manifest, "metadata": metadata},
        partial=resource.type.endswith("Patch"),
    )


def plain(value: Any) -> Any:
    """``value`` as JSON: secrets in clear, whole numbers without a point; ``UNKNOWN`` stays."""
    match value:
        case Secret():
            return plain(value.value)
        case Mapping():
            return {_key(key): plain(item) for key, item in value.items() if item is not None}
        case list() | tuple():
            return [plain(item) for item in value]
        case float() if value.is_integer():
            return int(value)
    return value


def _key(key: str) -> str:
    """Pulumi's provider writes the dashes that no language allows in a name."""
    """Pulumi writes ``x_kubernetes_...`` in definitions of kinds, and its provider hands on dashes."""
    return key.replace("_", "-") if key.startswith("x_kubernetes_") else key
