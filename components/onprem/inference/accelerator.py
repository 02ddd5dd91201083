"""A Mac that serves models."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address
from typing import Final

from pulumi import Input, Output, ResourceOptions
from pulumi_tls import LocallySignedCert

from components.base import Component, after
from components.onprem.door import Machine, run
from components.onprem.inference import scripts
from components.onprem.inference.front import front
from components.onprem.inference.models import Model, check

VALID_HOURS: Final = 90 * 24
RENEWED_HOURS: Final = 30 * 24
"""Before its end: each deployment within that time makes a new certificate."""


@dataclass(frozen=True, kw_only=True, slots=True)
class HmacKey:
    """Who reads the bucket of the models, as Cloud Storage's S3 side knows him."""

    access_key: Input[str]
    secret_key: Input[str]
    """A secret."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AcceleratorArgs:
    """The Mac, its models, and who may ask them."""

    machine: Machine
    """macOS itself, and not the virtual machine inside, which never sees the GPU."""
    ready: Input[str]
    """Known once the Mac is prepared: two scripts at once would make users and files side by side."""
    address: IPv4Address
    """In the hospital's network; the proxy listens there and nowhere else."""
    port: int
    memory_gib: float
    """For all models together; the virtual machine and macOS have the rest."""
    models: Mapping[str, Model]
    server_names: Sequence[str]
    """By which clients call it."""
    client_names: Sequence[str]
    """In the certificates of those who may call."""
    authority_certificate: Input[str]
    authority_key: Input[str]
    """A secret: of the hospital's authority; it signs here and goes nowhere."""
    bucket: HmacKey | None = None
    """Only for models in a bucket that not everybody reads."""

    def __post_init__(self) -> None:
        check(self.models, self.memory_gib)
        if not self.server_names or not self.client_names:
            raise ValueError("name the server, and at least one client who may call it")
        if not 1024 <= self.port <= 65535:  # noqa: PLR2004 -- the proxy is not root
            raise ValueError(f"port {self.port}: write one from 1024 to 65535, the proxy is not root")


class Accelerator(Component, token="onprem:Accelerator"):
    """Models on a Mac's GPU behind TLS 1.3 with certificates on both sides.

    The server listens on the loopback address, the proxy on the hospital's network. The proxy's key is made
    on the Mac and never leaves it. No prompt, no answer and no query is written to any log. Models come from
    the hospital's own store by checksum; the Mac asks no hub. Without Metal nothing is served, and ``/ready``
    says so. Deleting this leaves the Mac as it is.
    """

    ready: Output[str]
    """Address and port, known once the proxy stands before the models."""
    valid_until: Output[str]
    """Until when the proxy's certificate counts; deploying in its last 30 days renews it."""

    def __init__(self, name: str, args: AcceleratorArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__(name, opts)
        mac, child = args.machine, self.child()
        prepared = run(f"{name}-prepare", mac, scripts.prepare(), child, waits_for=[args.ready])
        names = (*args.server_names,)
        request = run(f"{name}-key", mac, scripts.key(args.address, names), child, waits_for=[prepared.id])
        certificate = LocallySignedCert(
            f"{name}-certificate",
            cert_request_pem=request.stdout,
            ca_cert_pem=args.authority_certificate,
            ca_private_key_pem=args.authority_key,
            allowed_uses=["digital_signature", "server_auth"],
            validity_period_hours=VALID_HOURS,
            early_renewal_hours=RENEWED_HOURS,
            opts=child,
        )
        served = self._serve(name, args, prepared.id)
        config = front(args.address, args.port, args.models, args.client_names)
        script = Output.all(certificate.cert_pem, args.authority_certificate).apply(
            lambda known: scripts.front(config, known[0], known[1])
        )
        proxy = run(f"{name}-front", mac, script, child)
        self.ready = after(f"{args.address}:{args.port}", proxy.id, served)
        self.valid_until = certificate.validity_end_time
        self.seal()

    def _serve(self, name: str, args: AcceleratorArgs, prepared: Output[str]) -> Output[str]:
        """Known once the models run."""
        mac, child, waits_for = args.machine, self.child(), [prepared]
        if args.bucket:
            shown = Output.all(args.bucket.access_key, Output.secret(args.bucket.secret_key)).apply(
                lambda known: scripts.bucket(*known)
            )
            waits_for = [run(f"{name}-bucket", mac, shown, child, waits_for=waits_for).id]
        fetched = run(f"{name}-models", mac, scripts.fetch(args.models), child, waits_for=waits_for)
        return run(f"{name}-serve", mac, scripts.serve(args.models), child, waits_for=[fetched.id]).id
