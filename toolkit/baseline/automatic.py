"""What engine and providers write into a resource's inputs by themselves, without listing it as a default."""

from collections.abc import Mapping
from typing import Final

from toolkit.baseline.properties import folded
from toolkit.values import Default

AUTONAMED: Final = "pulumi.com/autonamed"

ENGINE_OWNED: Final = frozenset({"version", "pluginDownloadURL", "pluginChecksums"})
"""The engine adds these to the inputs of every provider."""


def marked(kind: str, inputs: dict[str, object]) -> dict[str, object]:
    """``inputs`` of a resource of type ``kind``, with what nobody wrote as ``Default``."""
    if kind.startswith("pulumi:providers:"):
        return {key: Default(value) if key in ENGINE_OWNED else value for key, value in inputs.items()}
    if kind.startswith("kubernetes:") and isinstance(metadata := inputs.get("metadata"), dict):
        return {**inputs, "metadata": folded(_metadata(metadata))}
    return inputs


def _metadata(metadata: Mapping[str, object]) -> dict[str, object]:
    """An object's name if it was made up, the default namespace, and the marks of Pulumi's provider."""
    annotations = metadata.get("annotations")
    autonamed = isinstance(annotations, Mapping) and annotations.get(AUTONAMED) == "true"
    automatic = {
        "name": lambda value: autonamed and isinstance(value, str),
        "namespace": lambda value: value == "default",
    }
    own = {
        key: Default(value) if key in automatic and automatic[key](value) else value
        for key, value in metadata.items()
    }
    for key, mark, made in (
        ("annotations", AUTONAMED, "true"),
        ("labels", "app.kubernetes.io/managed-by", "pulumi"),
    ):
        if isinstance(texts := own.get(key), dict) and texts.get(mark) == made:
            own[key] = folded({**texts, mark: Default(made)})
    return own
