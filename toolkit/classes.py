"""The SDK's own knowledge of a resource type: the class that describes its inputs."""

import sys
from typing import Final

from pulumi.runtime.rpc import get_resource_module, get_resource_package

PROVIDERS: Final = "pulumi:providers:"
"""What the type of every provider begins with; the package's name follows."""


def resource_class(token: str) -> type | None:
    """The class of a resource type (``gcp:compute/network:Network`` gives ``Network``), or ``None``."""
    if token.startswith(PROVIDERS):
        package = get_resource_package(token.removeprefix(PROVIDERS), "")
        return _loaded(getattr(package, "pkg_info", {}), "Provider")
    package_name, _, rest = token.partition(":")
    info = getattr(get_resource_module(package_name, rest.rpartition(":")[0], ""), "mod_info", {})
    return _loaded(info, info.get("classes", {}).get(token, ""))


def args_class(token: str) -> type | None:
    """The input class of a resource type (``gcp:compute/network:Network`` gives ``NetworkArgs``).

    For types that the running program registered: their classes are loaded already, or load alone. ``None``
    for components, for types that the SDK does not know, and for packages that nobody imported.
    """
    resource = resource_class(token)
    if resource is None:
        return None
    for name in (f"{resource.__name__}InitArgs", f"{resource.__name__}Args"):  # the first is Kubernetes'
        found = getattr(sys.modules.get(resource.__module__), name, None)
        if isinstance(found, type) and found.__module__ == resource.__module__:
            return found
    return None


def _loaded(info: dict[str, str], name: str) -> type | None:
    """The class ``name`` of the module that ``info`` describes."""
    found = getattr(sys.modules.get(info.get("fqn", "")), name, None) if name else None
    return found if isinstance(found, type) else None
