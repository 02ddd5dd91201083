"""Models of a Mac, for the cluster beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Network
from typing import Final

from pulumi import Input, Output, ResourceOptions
from pulumi_kubernetes.apiextensions import CustomResource
from pulumi_kubernetes.core import v1 as core
from pulumi_kubernetes.discovery import v1 as discovery
from pulumi_kubernetes.networking import v1 as networking

from components.base import Component, after
from components.onprem.door import Machine
from components.onprem.inference.accelerator import Accelerator, AcceleratorArgs, HmacKey
from components.onprem.inference.models import Model
from components.platform.traffic import Allowance, Flow, Peer, Traffic, TrafficArgs

NAME: Final = "inference"
"""Of the service, and of its namespace."""

CLIENT: Final = "inference-client"
"""The certificate of whoever calls, and the Secret that holds it."""

PORT: Final = 8443
PORT_NAME: Final = "https"

SERVER_NAMES: Final = (f"{NAME}.{NAME}.svc", f"{NAME}.{NAME}.svc.cluster.local", f"{NAME}.{NAME}", NAME)

LABELS: Final[Mapping[str, str]] = {
    "app.kubernetes.io/name": NAME,
    "app.kubernetes.io/managed-by": "prontuario",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Mac:
    """The Mac, when it is ours to set up."""

    machine: Machine
    """macOS itself, and not the virtual machine inside."""
    ready: Input[str]
    """Known once it is prepared."""
    memory_gib: float
    """For all models together."""
    models: Mapping[str, Model]
    authority_certificate: Input[str]
    authority_key: Input[str]
    """A secret: of the hospital's authority."""
    bucket: HmacKey | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class InferenceArgs:
    """Where the models answer, and who may ask."""

    namespace: Input[str]
    """The one called ``inference``, known once it exists."""
    address: IPv4Address
    """Of the Mac, in the hospital's network."""
    issuer: Input[str]
    """The ClusterIssuer of the hospital's authority: it signs the callers' certificates."""
    callers: Mapping[str, Input[str]] = field(default_factory=dict)
    """Other namespaces whose pods may ask: by name, each known once it exists."""
    mac: Mac | None = None
    """Without it whatever answers at the address is only published, as for a developer."""
    port: int = PORT

    def __post_init__(self) -> None:
        if NAME in self.callers:
            raise ValueError(f"callers: the namespace {NAME} may ask anyway; leave it out")
        if self.address.is_loopback or self.address.is_multicast or self.address.is_unspecified:
            raise ValueError(f"address {self.address}: write the Mac's own in the hospital's network")


class Inference(Component, token="onprem:Inference"):
    """Models on a Mac's GPU under one name in the cluster, for pods that show a certificate.

    A pod that may ask lies in the namespace ``inference`` or in one of the callers', mounts the Secret
    ``inference-client`` and calls ``https://inference.inference.svc:8443/MODEL/v1/...``. Neither a service
    mesh nor Kubernetes encrypts this way, since the Mac is no pod: TLS 1.3 does, from the pod to the Mac.
    """

    address: Output[str]
    """The base of every call, known once it leads to the Mac and, if it is ours, the models answer there."""
    clients: Mapping[str, Output[str]]
    """By namespace: the Secret with certificate, key and authority, known once it has been ordered."""

    def __init__(self, name: str, args: InferenceArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__(name, opts)
        everybody = {NAME: args.namespace, **args.callers}
        ready = self._accelerator(name, args, args.mac) if args.mac else str(args.address)
        traffic = TrafficArgs(namespace=args.namespace, allowances={"models": Allowance(sends=[_way(args)])})
        Traffic(name, traffic, self.child())
        for key, namespace in args.callers.items():
            self._policy(f"{name}-{key}", namespace, args)
        service = self._service(name, args)
        slice_ = self._slice(name, args, service)
        self.address = after(f"https://{SERVER_NAMES[0]}:{args.port}", slice_.id, ready)
        self.clients = {
            key: self._client(f"{name}-{key}", key, namespace, args.issuer)
            for key, namespace in everybody.items()
        }
        self.seal()

    def _accelerator(self, name: str, args: InferenceArgs, mac: Mac) -> Output[str]:
        told = AcceleratorArgs(
            machine=mac.machine,
            ready=mac.ready,
            address=args.address,
            port=args.port,
            memory_gib=mac.memory_gib,
            models=mac.models,
            server_names=SERVER_NAMES,
            client_names=[_client_name(key) for key in (NAME, *args.callers)],
            authority_certificate=mac.authority_certificate,
            authority_key=mac.authority_key,
            bucket=mac.bucket,
        )
        return Accelerator(name, told, self.child()).ready

    def _service(self, name: str, args: InferenceArgs) -> core.Service:
        """Without selector: no pod stands behind it."""
        return core.Service(
            name,
            metadata={
                "name": NAME,
                "namespace": args.namespace,
                "labels": LABELS,
                # nothing will ever be ready by Kubernetes' own measure, and Pulumi would wait for it
                "annotations": {"pulumi.com/skipAwait": "true"},
            },
            spec={
                "type": "ClusterIP",
                "ip_families": ["IPv4"],
                "ip_family_policy": "SingleStack",
                "ports": [
                    {"name": PORT_NAME, "port": args.port, "target_port": args.port, "protocol": "TCP"}
                ],
            },
            opts=self.child(),
        )

    def _slice(self, name: str, args: InferenceArgs, service: core.Service) -> discovery.EndpointSlice:
        """Deployment tools that look at Git leave slices out: this one is Pulumi's."""
        return discovery.EndpointSlice(
            name,
            metadata={
                "name": f"{NAME}-mac",
                "namespace": args.namespace,
                "labels": {
                    **LABELS,
                    "kubernetes.io/service-name": service.metadata.name,
                    "endpointslice.kubernetes.io/managed-by": "prontuario",
                },
            },
            address_type="IPv4",
            ports=[{"name": PORT_NAME, "port": args.port, "protocol": "TCP"}],
            endpoints=[{"addresses": [str(args.address)], "conditions": {"ready": True}}],
            opts=self.child(),
        )

    def _policy(self, name: str, namespace: Input[str], args: InferenceArgs) -> networking.NetworkPolicy:
        way = _way(args)
        return networking.NetworkPolicy(
            f"{name}-models",
            metadata={"name": NAME, "namespace": namespace, "labels": LABELS},
            spec={
                "pod_selector": {},
                "policy_types": ["Egress"],
                "egress": [
                    {
                        "to": [peer.written() for peer in way.peers],
                        "ports": [{"port": args.port, "protocol": "TCP"}],
                    }
                ],
            },
            opts=self.child(),
        )

    def _client(self, name: str, key: str, namespace: Input[str], issuer: Input[str]) -> Output[str]:
        certificate = CustomResource(
            f"{name}-client",
            api_version="cert-manager.io/v1",
            kind="Certificate",
            metadata={"name": CLIENT, "namespace": namespace, "labels": LABELS},
            spec={
                "secretName": CLIENT,
                "commonName": _client_name(key),
                "dnsNames": [_client_name(key)],
                "duration": "720h0m0s",
                "renewBefore": "240h0m0s",
                "privateKey": {"algorithm": "ECDSA", "size": 384, "rotationPolicy": "Always"},
                "usages": ["digital signature", "client auth"],
                "issuerRef": {"name": issuer, "kind": "ClusterIssuer", "group": "cert-manager.io"},
            },
            opts=self.child(),
        )
        return after(CLIENT, certificate.id)


def _client_name(namespace: str) -> str:
    return f"{CLIENT}.{namespace}"


def _way(args: InferenceArgs) -> Flow:
    """To the Mac's own address and port, which a policy sees behind the Service's."""
    return Flow(peers=[Peer(addresses=IPv4Network(args.address))], ports=[args.port])
