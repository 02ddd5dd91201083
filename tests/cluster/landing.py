"""Where the scheduler puts Pods, on machines of a given size."""

import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from tests.cluster.plane.client import Client
from tests.cluster.plane.control_plane import NODE, ControlPlane
from tests.cluster.plane.nodes import Node
from tests.cluster.plane.process import PATIENCE
from tests.cluster.pods import TEMPLATES
from tests.cluster.proof import KEPT
from tests.cluster.stay import Stay, wait

POD: Final = {"apiVersion": "v1", "kind": "Pod"}
CLAIM: Final = {"apiVersion": "v1", "kind": "PersistentVolumeClaim"}
VOLUME: Final = {"apiVersion": "v1", "kind": "PersistentVolume"}
QUIET: Final = 2.0
"""Seconds without a change after which no controller makes another Pod."""

Manifest = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Landing:
    """What became of one Pod."""

    workload: str
    """The name of the object that it belongs to."""
    node: str
    """Empty if no machine takes it."""
    reason: str = ""
    """Why none does, in the scheduler's words."""


@contextmanager
def machines(plane: ControlPlane, nodes: Sequence[Node]) -> Generator[None]:
    """These nodes, and no others, for as long as the body runs."""
    _replace(plane, nodes)
    try:
        yield
    finally:
        _replace(plane, plane.nodes)


def landings(client: Client, objects: Sequence[Manifest]) -> list[Landing]:
    """Make workloads, or Pods, and what they need; tell where their Pods are, and take all of it away."""
    ordered = sorted(objects, key=_order)
    spaces = sorted({each["metadata"]["namespace"] for each in objects if "namespace" in each["metadata"]})
    before = {each["metadata"]["uid"] for each in [*_pods(client, spaces), *_volumes(client, spaces)]}
    with Stay(client) as stay:
        for each in ordered:
            stay.keep(each)
        wait(lambda: all(_begun(client, each) for each in ordered), "the first Pods of each workload")
        found = [each for each in _settled(client, spaces) if each["metadata"]["uid"] not in before]
    for each in _volumes(client, spaces):
        if each["metadata"]["uid"] not in before:
            client.delete(each)
    names = sorted((each["metadata"]["name"] for each in objects), key=len)
    return [_landing(each, names) for each in found]


def _landing(pod: Manifest, names: Sequence[str]) -> Landing:
    own = pod["metadata"]["name"]
    workload = next(name for name in reversed(names) if own == name or own.startswith(f"{name}-"))
    condition = _decision(pod) or {}
    node = pod["spec"].get("nodeName", "")
    return Landing(workload=workload, node=node, reason="" if node else condition.get("message", ""))


def _begun(client: Client, made: Manifest) -> bool:
    """Whether its controller has made the Pods of a workload, or those that it makes at first."""
    if made["kind"] not in TEMPLATES:
        return True
    status = client.get(made, made["metadata"]["name"], made["metadata"]["namespace"]).get("status", {})
    wanted = made["spec"].get("replicas", 1)
    match made["kind"]:
        case "DaemonSet":
            there = status.get("currentNumberScheduled", 0)
            return "observedGeneration" in status and there == status["desiredNumberScheduled"]
        case "Deployment" | "ReplicaSet":
            return status.get("replicas", 0) == wanted
        case "StatefulSet":  # one after the other
            return status.get("replicas", 0) >= min(1, wanted)
        case "Job":
            return "active" in status or "succeeded" in status
    return True


def _settled(client: Client, spaces: Sequence[str]) -> list[Manifest]:
    """The Pods, once each is placed or given up and no new ones come."""
    end, since, seen = time.monotonic() + PATIENCE, time.monotonic(), frozenset()
    while time.monotonic() < end:
        found = _pods(client, spaces)
        now = frozenset((each["metadata"]["uid"], each["spec"].get("nodeName", "")) for each in found)
        if now != seen or not all(map(_decision, found)):
            since, seen = time.monotonic(), now
        elif time.monotonic() - since > QUIET:
            return found
        time.sleep(0.1)
    raise AssertionError(f"Pods in {', '.join(spaces)} are not placed")


def _pods(client: Client, spaces: Sequence[str]) -> list[Manifest]:
    return [each for space in spaces for each in client.items(POD, space)]


def _decision(pod: Manifest) -> Manifest | None:
    """What the scheduler says of a Pod; nothing as long as it says that a volume is still to come."""
    told = pod["status"].get("conditions") or ()
    said = next((each for each in told if each["type"] == "PodScheduled"), None)
    return None if said and "unbound immediate" in said.get("message", "") else said


def _volumes(client: Client, spaces: Sequence[str]) -> list[Manifest]:
    """The claims in some namespaces, and what is bound to them: no StatefulSet takes its own away."""
    claims: list[Manifest] = [{**CLAIM, **each} for space in spaces for each in client.items(CLAIM, space)]
    volumes: list[Manifest] = [{**VOLUME, **each} for each in client.items(VOLUME)]
    return [*claims, *(each for each in volumes if each["spec"]["claimRef"]["namespace"] in spaces)]


def _replace(plane: ControlPlane, nodes: Sequence[Node]) -> None:
    for each in plane.client.items(NODE):
        plane.client.delete({**NODE, "metadata": each["metadata"]})
    plane.add(nodes)


def _order(manifest: Manifest) -> int:
    kind = manifest["apiVersion"], manifest["kind"]
    return KEPT.index(kind) if kind in KEPT else len(KEPT)
