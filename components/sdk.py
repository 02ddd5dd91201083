"""Provider SDKs, one class at a time.

``import pulumi_gcp.compute`` runs 289 modules for the six that a network needs. A narrowed package
loads the module of a class when the class is first asked for, and nothing else; whatever it cannot
find that way makes it load whole, so a narrowed package never lacks a name.
"""

import re
import sys
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from types import ModuleType

WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def narrow(*packages: str) -> None:
    """Let each of ``packages`` load its classes one by one; one that is loaded already stays as it is."""
    for package in packages:
        if type(sys.modules.get(package)) not in {ModuleType, Narrow}:
            _replace(package)


class Narrow(ModuleType):
    """A package of a provider SDK that finds the module of a class by the class's name."""

    def __getattr__(self, name: str) -> object:
        own = name.removesuffix("Args")
        for module in (WORDS.sub("_", own).lower(), own, "_inputs"):
            if find_spec(f"{self.__name__}.{module}"):
                found = getattr(import_module(f"{self.__name__}.{module}"), name, None)
                if found is not None:
                    setattr(self, name, found)
                    return found
                if module == name:  # ``from . import outputs`` asks for the module itself
                    break
        else:
            _load_whole(self)
            if name in vars(self):
                return vars(self)[name]
        raise AttributeError(f"{self.__name__} has no {name}")


def _replace(package: str) -> None:
    parent, _, child = package.rpartition(".")
    import_module(parent)
    sys.modules.pop(package, None)
    if (spec := find_spec(package)) is None:
        raise ModuleNotFoundError(f"no package {package}")
    module = module_from_spec(spec)
    module.__class__ = Narrow
    sys.modules[package] = module
    setattr(sys.modules[parent], child, module)


def _load_whole(module: ModuleType) -> None:
    module.__class__ = ModuleType
    if module.__spec__ and module.__spec__.loader:
        module.__spec__.loader.exec_module(module)
