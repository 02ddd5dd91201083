"""One instance of every component of the models, for the contract tests."""

from collections.abc import Callable, Mapping

from pulumi import ResourceOptions

from components.base import Component
from components.onprem.inference.accelerator import Accelerator, AcceleratorArgs
from components.onprem.inference.inference import Inference
from tests.components.onprem.inference import world


def _accelerator(name: str, opts: ResourceOptions | None) -> Component:
    args = AcceleratorArgs(
        machine=world.machine(),
        ready="mac-4",
        address=world.ADDRESS,
        port=8443,
        memory_gib=10,
        models=world.MODELS,
        server_names=["inference.inference.svc"],
        client_names=["inference-client.inference"],
        authority_certificate="the authority",
        authority_key="the authority's key",
    )
    return Accelerator(name, args, opts)


def _inference(name: str, opts: ResourceOptions | None) -> Component:
    return Inference(name, world.inference(), opts)


SAMPLES: Mapping[type[Component], Callable[[str, ResourceOptions | None], Component]] = {
    Accelerator: _accelerator,
    Inference: _inference,
}
