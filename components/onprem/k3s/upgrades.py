"""How a cluster gets another version of k3s."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import Final

from pulumi import Input, Output, Resource, ResourceOptions
from pulumi_kubernetes.apiextensions import CustomResource
from pulumi_kubernetes.apiextensions import v1 as extensions
from pulumi_kubernetes.apps import v1 as apps
from pulumi_kubernetes.core import v1 as core
from pulumi_kubernetes.meta import v1 as meta
from pulumi_kubernetes.rbac import v1 as rbac

from components.base import Component, after
from components.onprem.door import Machine, run
from components.onprem.k3s import controller, plans, skew
from components.onprem.k3s.version import VERSION, check
from components.platform.traffic import ANYWHERE, Allowance, Traffic, TrafficArgs, api_server

ACCOUNT: Final = "system-upgrade"
SETTINGS: Final = "controller"
RBAC: Final = "rbac.authorization.k8s.io"
_DIGEST: Final = re.compile(r"[\w./:-]+@sha256:[0-9a-f]{64}")


@dataclass(frozen=True, kw_only=True, slots=True)
class UpgradesArgs:
    """The version, and who looks whether every node runs it."""

    namespace: Input[str]
    """Privileged: a Job that changes a node's k3s sees all of the node."""
    controller: str
    """The image of system-upgrade-controller v0.20.1 or newer, by its digest."""
    server: Machine
    """The first server: it is asked what the nodes run."""
    nodes: Sequence[str]
    """The names of all of them."""
    version: str = VERSION
    api_servers: Sequence[IPv4Network] = (ANYWHERE,)
    """Where the control plane answers."""

    def __post_init__(self) -> None:
        check(self.version)
        if not _DIGEST.fullmatch(self.controller):
            raise ValueError(
                f"image {self.controller}: name it by digest, like rancher/{controller.NAME}@sha256:..."
            )
        if not self.nodes:
            raise ValueError("upgrades of no node: name all nodes of the cluster, or leave them out")


class Upgrades(Component, token="onprem:Upgrades"):
    """Plans that bring one exact version: servers first, one node at a time, each emptied before.

    Nothing moves by itself: there is no channel, and the same version again changes nothing. It is done when
    every kubelet says so, not when the plans do.
    """

    version: Output[str]
    """Known once every node reports it."""

    def __init__(self, name: str, args: UpgradesArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__(name, opts)
        kind = self._kind(name)
        running = self._controller(name, args, [kind, *self._account(name, args)])
        planned = [
            CustomResource(
                f"{name}-{key}",
                api_version=f"{controller.GROUP}/v1",
                kind="Plan",
                metadata={"name": key, "namespace": args.namespace},
                spec=spec(args.version, ACCOUNT),
                opts=self.child(depends_on=running),
            )
            for key, spec in ((plans.SERVERS, plans.servers), (plans.WORKERS, plans.workers))
        ]
        told = run(
            f"{name}-told",
            args.server,
            skew.script(args.nodes, args.version),
            self.child(depends_on=planned),
        )
        self.version = after(args.version, told.stdout)
        self.seal()

    def _kind(self, name: str) -> Resource:
        """Ours only until the controller has put its own in its place; plans go before their kind does."""
        return extensions.CustomResourceDefinition(
            f"{name}-plan",
            metadata={"name": controller.PLANS},
            spec=controller.definition(),
            opts=self.child(ignore_changes=["spec"]),
        )

    def _account(self, name: str, args: UpgradesArgs) -> Sequence[Resource]:
        """Who the controller and its Jobs are, and what they may do."""
        home: meta.ObjectMetaArgsDict = {"name": controller.NAME, "namespace": args.namespace}
        account = core.ServiceAccount(
            f"{name}-account",
            metadata={"name": ACCOUNT, "namespace": args.namespace},
            automount_service_account_token=True,
            opts=self.child(),
        )
        cluster = rbac.ClusterRole(
            f"{name}-everywhere",
            metadata={"name": controller.NAME},
            rules=controller.everywhere(),
            opts=self.child(),
        )
        role = rbac.Role(f"{name}-at-home", metadata=home, rules=controller.at_home(), opts=self.child())
        subjects: list[rbac.SubjectArgsDict] = [
            {"kind": "ServiceAccount", "name": account.metadata["name"], "namespace": args.namespace}
        ]
        return [
            rbac.ClusterRoleBinding(
                f"{name}-everywhere",
                metadata={"name": controller.NAME},
                role_ref={"api_group": RBAC, "kind": "ClusterRole", "name": cluster.metadata["name"]},
                subjects=subjects,
                opts=self.child(),
            ),
            rbac.RoleBinding(
                f"{name}-at-home",
                metadata=home,
                role_ref={"api_group": RBAC, "kind": "Role", "name": role.metadata["name"]},
                subjects=subjects,
                opts=self.child(),
            ),
        ]

    def _controller(self, name: str, args: UpgradesArgs, before: Sequence[Resource]) -> Resource:
        config = core.ConfigMap(
            f"{name}-settings",
            metadata={"name": SETTINGS, "namespace": args.namespace},
            data=controller.settings(),
            opts=self.child(),
        )
        allowed = {"controller": Allowance(pods=controller.CONTROLLED, sends=[api_server(args.api_servers)])}
        Traffic(name, TrafficArgs(namespace=args.namespace, allowances=allowed), self.child())
        return apps.Deployment(
            f"{name}-controller",
            metadata={"name": controller.NAME, "namespace": args.namespace},
            spec={
                "replicas": 1,
                "strategy": {"type": "Recreate"},
                "selector": {"match_labels": controller.CONTROLLED},
                "template": {
                    "metadata": {"labels": controller.CONTROLLED},
                    "spec": controller.pod(args.controller, SETTINGS, ACCOUNT),
                },
            },
            opts=self.child(depends_on=[config, *before]),
        )
