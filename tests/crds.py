"""Custom resources against the schemas of their definitions."""

from collections.abc import Mapping
from typing import Any, Final

from jsonschema import Draft202012Validator

from tests.shared import schema
from toolkit.values import Secret, Unknown

TEXT: Final = {"type": "string"}
TEXTS: Final = {"type": "object", "additionalProperties": TEXT}

META: Final = {
    "type": "object",
    "additionalProperties": False,
    "properties": {"name": TEXT, "namespace": TEXT, "labels": TEXTS, "annotations": TEXTS},
}
"""What of ``metadata`` a program has a reason to write."""


def faults(inputs: Mapping[str, Any]) -> list[str]:
    """What a control plane with this definition would refuse in a recorded resource's inputs.

    Keys that the definition does not know are refused, unless it says that it keeps them: a control plane
    drops them without a word. ``status`` is not a program's to write, and not looked at.
    """
    group, _, version = inputs["apiVersion"].partition("/")
    definition = schema("crds", f"{inputs['kind'].lower()}_{group}_{version}")
    tree = _closed(definition["schema"])
    tree["properties"] |= {"metadata": _scoped(definition["scope"]), "status": {}}
    found = Draft202012Validator(tree).iter_errors(_plain(inputs))
    told = [each for each in found if not isinstance(each.instance, Unseen)]
    return [f"{'.'.join(map(str, each.absolute_path)) or 'the whole'}: {each.message}" for each in told]


def _scoped(scope: str) -> Mapping[str, object]:
    if scope == "Namespaced":
        return {**META, "required": ["name", "namespace"]}
    return {**META, "required": ["name"], "not": {"required": ["namespace"]}}


def _closed(tree: Any) -> Any:
    """A structural schema as JSON Schema: closed objects, and Kubernetes' own words put in JSON Schema's."""
    if not isinstance(tree, Mapping):
        return tree
    closed = {key: _below(key, value) for key, value in tree.items()}
    if tree.get("x-kubernetes-int-or-string"):
        closed = {key: value for key, value in closed.items() if key != "anyOf"}
        closed["type"] = ["integer", "string"]
    if "properties" in tree and not tree.get("x-kubernetes-preserve-unknown-fields"):
        closed.setdefault("additionalProperties", False)
    if tree.get("nullable"):
        closed["type"] = [tree["type"], "null"]
    return closed


def _below(key: str, value: Any) -> Any:
    if key == "properties":  # names of fields, not words of the schema
        return {name: _closed(each) for name, each in value.items()}
    return _closed(value) if key in {"items", "additionalProperties"} else value


class Unseen(str):
    """Stands for what only the deployment can tell: right, whatever the schema wants."""

    __slots__ = ()


def _plain(value: Any) -> Any:
    """As it is sent: secrets opened, whole numbers whole, what is not known yet a word."""
    match value:
        case Secret():
            return _plain(value.value)
        case Unknown():
            return Unseen("unknown")
        case Mapping():
            return {key: _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
        case float() if value.is_integer():
            return int(value)
    return value
