"""A chart's values against the keys that the chart itself has."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from tests.shared import schema

COMMENTED: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "cert-manager": frozenset(
            {
                *("image.tag", "image.digest", "serviceAccount.annotations"),
                *("podDisruptionBudget.minAvailable", "podDisruptionBudget.maxUnavailable"),
                *(
                    f"{part}.podDisruptionBudget.{bound}"
                    for part in ("webhook", "cainjector")
                    for bound in ("minAvailable", "maxUnavailable")
                ),
            }
        ),
        "loki": frozenset({"loki.storage.bucketNames"}),
        "tempo": frozenset({"persistence.storageClassName"}),
        "vault": frozenset({"server.readinessProbe.path"}),
    }
)
"""Keys that a chart reads, but only mentions in a comment of its defaults."""

FREE: Final = frozenset(
    {
        *("affinity", "annotations", "containerSecurityContext", "labels", "limits", "matchLabels"),
        *("nodeSelector", "podAnnotations", "podLabels", "podSecurityContext", "requests", "resources"),
        *("securityContext", "strategy", "updateStrategy"),
    }
)
"""Names under which a chart passes on what Kubernetes takes there; the control plane checks those."""


def unknown_keys(chart: str, values: Mapping[str, object]) -> list[str]:
    """Keys of ``values``, as dotted paths, that the chart's defaults do not have: a chart ignores those.

    A mapping where the chart has text or a number is told too. Dependencies' values are not looked into.
    """
    document = schema("charts", chart)
    known = {"global": {}, **document["values"]}
    known |= {each: {} for each in document["dependencies"]}
    return [path for path in _unknown(values, known, "") if path not in COMMENTED.get(chart, frozenset())]


def _unknown(values: Mapping[str, object], known: Mapping[str, object], above: str) -> Iterator[str]:
    for key, value in values.items():
        path = f"{above}{key}"
        if key not in known:
            yield path
        elif isinstance(value, Mapping) and key not in FREE:
            default = known[key]
            if isinstance(default, Mapping) and default:
                yield from _unknown(value, default, f"{path}.")
            elif not isinstance(default, Mapping) and default is not None:
                yield f"{path} (not a mapping in the chart)"
