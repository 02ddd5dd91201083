"""A Kubernetes control plane on this machine's loopback: real but for its nodes, which nobody runs."""

import contextlib
import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

from tests.cluster.plane import cache, commands, definitions, kubeconfig
from tests.cluster.plane.authority import Authority
from tests.cluster.plane.client import Client, Refused
from tests.cluster.plane.nodes import Node
from tests.cluster.plane.process import Process, free_port

NODE: Final = {"apiVersion": "v1", "kind": "Node"}
ACCOUNT: Final = {"apiVersion": "v1", "kind": "ServiceAccount"}


@dataclass(frozen=True, kw_only=True, slots=True)
class ControlPlaneArgs:
    """What is in the cluster from its first moment."""

    nodes: Sequence[Node] = (Node(name="node"),)
    definitions: Sequence[Mapping[str, Any]] = ()
    """CustomResourceDefinitions."""
    stages: Sequence[Mapping[str, Any]] = ()
    """kwok's Stages beside those for nodes and Pods: who plays the controllers that are not here."""
    audit_policy: Mapping[str, Any] | None = None
    """An audit Policy; with one, ``audit`` is a file of everything that it lets through."""
    admission: Mapping[str, Any] | None = None
    """An AdmissionConfiguration; without one, Kubernetes' defaults."""
    context: str = "tests"
    """The name of the context in the kubeconfig."""


class ControlPlane:
    """Started as a context manager, in about ten seconds; when it ends, nothing of it is left."""

    client: Client
    """With every right."""
    kubeconfig: Path
    """A file with every right, for other programs."""
    server: str
    """The API server's URL."""

    def __init__(self, args: ControlPlaneArgs | None = None) -> None:
        self._args = args or ControlPlaneArgs()
        self._processes: list[Process] = []
        self._running = contextlib.ExitStack()

    def __enter__(self) -> Self:
        with contextlib.ExitStack() as starting:
            folder = Path(tempfile.mkdtemp(prefix="control-plane-"))
            starting.callback(shutil.rmtree, folder, ignore_errors=True)
            self._start(self._prepared(folder), starting)
            self._running = starting.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._running.close()

    @property
    def nodes(self) -> Sequence[Node]:
        """The nodes with which it started."""
        return self._args.nodes

    @property
    def audit(self) -> Path:
        """The log of the audit policy: one JSON document a line."""
        return self._places.audit

    @property
    def pids(self) -> list[int]:
        """The numbers of its processes."""
        return [each.pid for each in self._processes]

    def _prepared(self, folder: Path) -> commands.Places:
        """Every file of this run but those that the programs write."""
        port, authority = free_port(), Authority(folder)
        self.server = f"https://127.0.0.1:{port}"
        for name, (user, groups) in commands.USERS.items():
            identity, file = authority.issue(user, groups), folder / f"{name}.kubeconfig"
            kubeconfig.write(file, self.server, authority, identity, self._args.context)
        ours = [
            _written(folder / f"stage-{number}.json", stage) for number, stage in enumerate(self._args.stages)
        ]
        self._places = commands.Places(
            folder=folder,
            built=cache.folder(),
            port=port,
            authority=authority,
            configs=[*sorted((cache.folder() / "stages").glob("*.yaml")), *filter(None, ours)],
            audit_policy=_written(folder / "audit-policy.json", self._args.audit_policy),
            admission=_written(folder / "admission.json", self._args.admission),
        )
        self.kubeconfig = self._places.kubeconfig("admin")
        return self._places

    def _start(self, places: commands.Places, starting: contextlib.ExitStack) -> None:
        """The controllers and kwok last: they watch the kinds that are there when they start."""
        identity = places.authority.issue("tests", ("system:masters",))
        self.client = Client(places.port, places.authority, identity)
        starting.callback(self.client.close)
        self._run(commands.etcd(places), starting)
        server = self._run(commands.apiserver(places), starting)
        server.wait(self.client.ready, "an answer")
        definitions.install(self.client, self._args.definitions)
        manager = self._run(commands.controller_manager(places), starting)
        self._run(commands.scheduler(places), starting)
        kwok = self._run(commands.kwok(places), starting)
        self._kwok = kwok
        self.add(self._args.nodes)
        manager.wait(self._account_there, "the first service account")

    def add(self, nodes: Sequence[Node]) -> None:
        """More nodes, once they are ready."""
        for node in nodes:
            self.client.create(node.manifest())
        self._kwok.wait(self._nodes_ready, "a ready node")

    def _run(self, command: Sequence[str], starting: contextlib.ExitStack) -> Process:
        process = Process(command, self._places.folder)
        starting.callback(process.stop)
        self._processes.append(process)
        return process

    def _nodes_ready(self) -> bool:
        return all(_free(node) for node in self.client.items(NODE))

    def _account_there(self) -> bool:
        """Without it no Pod is admitted."""
        try:
            self.client.get(ACCOUNT, "default", "default")
        except Refused:
            return False
        return True


def _free(node: Mapping[str, Any]) -> bool:
    """Whether a node is ready, and the control plane has taken away the taint of one that is not."""
    told = node["status"].get("conditions", ())
    ready = any((each["type"], each["status"]) == ("Ready", "True") for each in told)
    taints = node["spec"].get("taints", ())
    return ready and not any(taint["key"].startswith("node.kubernetes.io/") for taint in taints)


def _written(file: Path, document: Mapping[str, Any] | None) -> Path | None:
    if document is None:
        return None
    file.write_text(json.dumps(document), encoding="utf-8")
    return file
