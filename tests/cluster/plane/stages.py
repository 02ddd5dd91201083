"""Who plays the controllers that are not here: kwok, by its Stages."""

from typing import Any, Final

Stage = dict[str, Any]

_GONE: Final = {"key": ".metadata.deletionTimestamp", "operator": "DoesNotExist"}


def _stage(name: str, kind: tuple[str, str], when: list[Stage], then: Stage) -> Stage:
    version, own = kind
    return {
        "apiVersion": "kwok.x-k8s.io/v1alpha1",
        "kind": "Stage",
        "metadata": {"name": name},
        "spec": {
            "resourceRef": {"apiGroup": version, "kind": own},
            "selector": {"matchExpressions": [_GONE, *when]},
            **then,
        },
    }


def ready(version: str, kind: str) -> Stage:
    """A controller that finds every object of a kind well: it says ``Ready``, which most wait for."""
    when = [
        {"key": '.status.conditions.[] | select( .type == "Ready" ) | .status', "operator": "DoesNotExist"}
    ]
    template = """
conditions:
- type: Ready
  status: "True"
  reason: Played
  message: nobody runs here
  lastTransitionTime: {{ Now | Quote }}
"""
    return _stage(f"{kind.lower()}-ready", (version, kind), when, {"next": {"statusTemplate": template}})


LOAD_BALANCERS: Final = _stage(
    "service-address",
    ("v1", "Service"),
    [
        {"key": ".spec.type", "operator": "In", "values": ["LoadBalancer"]},
        {"key": ".status.loadBalancer.ingress.[].ip", "operator": "DoesNotExist"},
    ],
    {"next": {"statusTemplate": 'loadBalancer:\n  ingress:\n  - ip: "192.0.2.10"\n'}},
)
"""One address, from those for documentation, for every Service that asks for one."""

_VOLUME: Final = """
apiVersion: v1
kind: PersistentVolume
metadata:
  name: pvc-{{ .metadata.uid }}
spec:
  accessModes:
  {{ YAML .spec.accessModes 2 }}
  capacity:
  {{ YAML .spec.resources.requests 2 }}
  persistentVolumeReclaimPolicy: Delete
  storageClassName: {{ or .spec.storageClassName "" | Quote }}
  volumeMode: {{ or .spec.volumeMode "Filesystem" | Quote }}
  claimRef:
    apiVersion: v1
    kind: PersistentVolumeClaim
    name: {{ .metadata.name | Quote }}
    namespace: {{ .metadata.namespace | Quote }}
    uid: {{ .metadata.uid | Quote }}
  hostPath:
    path: /nowhere
"""

CLAIMS: Final = _stage(
    "claim-volume",
    ("v1", "PersistentVolumeClaim"),
    [{"key": ".spec.volumeName", "operator": "DoesNotExist"}],
    {"steps": [{"apply": {"template": _VOLUME}}]},
)
"""A volume for every claim, whatever its class; Kubernetes' own controller binds the two."""
