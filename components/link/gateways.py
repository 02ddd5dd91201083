"""The two machines in the cloud that the tunnels end at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from pulumi import Input, Output, Resource, ResourceOptions
from pulumi_gcp import compute

from components.base import Component
from components.cloud.project import Api, Project
from components.link.cloud_config import IMAGE
from components.link.plan import GATEWAYS, HEALTH_PORT

BOOT: Final = 300
"""Seconds that a new machine has to install its two packages before repair looks at it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Machine:
    """What is one gateway's own."""

    zone: str
    account: Input[str]
    """The e-mail address that it runs as."""
    internal: Input[str]
    """Its reserved address in the subnet."""
    public: Input[str]
    """Its reserved public address."""
    start: Input[str]
    """Its start-up configuration, for cloud-init."""
    secret: Resource
    """What it reads at its start."""


@dataclass(frozen=True, kw_only=True, slots=True)
class GatewaysArgs:
    """Where the machines stand, and what each of them is."""

    project: Project
    subnetwork: Input[str]
    key: Input[str]
    """Id of the key of their disks, known once Compute Engine may use it (``Keys.ids``)."""
    machine_type: str
    machines: Mapping[str, Machine]
    after: Sequence[Resource] = ()
    """What must stand before a machine starts: the rules that let it out, and those that let tunnels in."""
    labels: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if {*self.machines} != {*GATEWAYS}:
            raise ValueError(f"gateways {sorted(self.machines)}: write {' and '.join(GATEWAYS)}")
        if len({machine.zone for machine in self.machines.values()}) < len(self.machines):
            raise ValueError("both gateways in one zone would fail together: give each a zone of its own")


class Gateways(Component, token="link:Gateways"):
    """A machine in each of two zones, made again by itself with the same addresses and account.

    A group of one each, whose template names both addresses: in a group of one Google allows that, and so
    they outlast every machine without a state of the group's own to lose. The old machine goes before the
    new one comes, since an address can be at one only; and the second is changed only after the first works
    again, so that one gateway always carries the traffic. What makes a machine unhealthy here is its own
    work alone: a hospital that is cut off would otherwise have its gateways rebuilt for ever. Nobody logs
    in: there is no way in by SSH, and a machine that does not work is replaced.
    """

    groups: Mapping[str, Output[str]]
    """The instance groups by gateway, for the load balancer."""

    def __init__(self, name: str, args: GatewaysArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__(name, opts)
        repair = compute.HealthCheck(
            name,
            project=args.project.on(Api.COMPUTE),
            description="Whether a gateway does its own work",
            check_interval_sec=10,
            timeout_sec=5,
            healthy_threshold=2,
            unhealthy_threshold=6,
            http_health_check={"port": HEALTH_PORT, "request_path": "/alive"},
            log_config={"enable": True},
            opts=self.child(),
        )
        self.groups = {}
        before: Sequence[Resource] = ()
        for key, machine in sorted(args.machines.items()):
            group = self._group(f"{name}-{key}", args, machine, repair, before)
            before = [group]
            self.groups[key] = group.instance_group
        self.seal()

    def _template(self, name: str, args: GatewaysArgs, machine: Machine) -> compute.InstanceTemplate:
        return compute.InstanceTemplate(
            name,
            project=args.project.on(Api.COMPUTE),
            machine_type=args.machine_type,
            can_ip_forward=True,
            disks=[
                {
                    "boot": True,
                    "auto_delete": True,
                    "source_image": IMAGE,
                    "disk_type": "pd-balanced",
                    "disk_size_gb": 10,
                    "disk_encryption_key": {"kms_key_self_link": args.key},
                }
            ],
            network_interfaces=[
                {
                    "subnetwork": args.subnetwork,
                    "network_ip": machine.internal,
                    "access_configs": [{"nat_ip": machine.public, "network_tier": "PREMIUM"}],
                }
            ],
            service_account={
                "email": machine.account,
                "scopes": ["cloud-platform"],
            },  # its roles are the limit
            shielded_instance_config={
                "enable_secure_boot": True,
                "enable_vtpm": True,
                "enable_integrity_monitoring": True,
            },
            metadata={
                "user-data": machine.start,
                "enable-oslogin": "TRUE",
                "block-project-ssh-keys": "TRUE",
                "serial-port-enable": "FALSE",
            },
            labels=args.labels,
            opts=self.child(),
        )

    def _group(
        self,
        name: str,
        args: GatewaysArgs,
        machine: Machine,
        repair: compute.HealthCheck,
        before: Sequence[Resource],
    ) -> compute.InstanceGroupManager:
        return compute.InstanceGroupManager(
            name,
            project=args.project.on(Api.COMPUTE),
            zone=machine.zone,
            base_instance_name=name,
            versions=[{"instance_template": self._template(name, args, machine).self_link}],
            target_size=1,
            auto_healing_policies={"health_check": repair.id, "initial_delay_sec": BOOT},
            update_policy={
                "type": "PROACTIVE",
                "minimal_action": "REPLACE",
                "replacement_method": "RECREATE",  # its addresses can be at one machine only
                "max_surge_fixed": 0,
                "max_unavailable_fixed": 1,
            },
            wait_for_instances=True,
            wait_for_instances_status="UPDATED",
            opts=self.child(depends_on=[machine.secret, *args.after, *before]),
        )
