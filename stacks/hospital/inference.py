"""Models on the hospital's own GPU."""

from collections.abc import Mapping

from pulumi import Output

from components.onprem.inference.inference import Inference, InferenceArgs
from components.onprem.inference.inference import Mac as Accelerated
from components.onprem.inference.models import Kind, Model
from components.onprem.machines.host import Host, Mac, mac_of
from components.platform.traffic import Traffic, TrafficArgs
from settings import Model as Listed
from settings import Site
from stacks.hospital.floor import Floor


def build_inference(site: Site, hosts: Mapping[str, Host], floor: Floor) -> Output[str] | None:
    """The address of the site's models, if it has any; clinical services ask there."""
    mac = next((host for host in hosts.values() if isinstance(host, Mac) and host.inference_gib), None)
    if mac is None or not site.models:
        closed = TrafficArgs(namespace=floor.namespaces["inference"])
        Traffic(f"{site.name}-inference", closed, floor.lot.where)
        return None
    args = InferenceArgs(
        namespace=floor.namespaces["inference"],
        address=mac.door.address,
        issuer=floor.issuer,
        callers={"clinical": floor.namespaces["clinical"]},
        mac=Accelerated(
            machine=mac_of(mac),
            memory_gib=mac.inference_gib,
            models={name: _model(listed) for name, listed in site.models.items()},
            authority_certificate=floor.authority.certificate,
            authority_key=floor.authority.key,
        ),
    )
    return Inference(f"{site.name}-inference", args, floor.lot.where).address


def _model(listed: Listed) -> Model:
    return Model(
        kind=Kind(listed.kind.value),
        source=listed.source,
        sha256=listed.sha256,
        weights_gib=float(listed.weights_gib),
        context_gib=float(listed.context_gib),
    )
