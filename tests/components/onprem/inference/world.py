"""A Mac with two models, as the tests' hospital has it."""

from ipaddress import IPv4Address
from typing import Any, Final

from components.onprem.door import Door, Machine
from components.onprem.inference.accelerator import HmacKey
from components.onprem.inference.inference import InferenceArgs, Mac
from components.onprem.inference.models import Kind, Model

ADDRESS: Final = IPv4Address("10.20.0.4")
HOST_KEY: Final = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEkbQ2Vn7bHj4nqvJ3n0O2Wf4c7nq1c3JtX9o1Zb5l2Q"

MEDGEMMA: Final = Model(
    kind=Kind.TEXT,
    source="gs://aurora-models/medgemma-4b-it-4bit-8f1c2d3.tar",
    sha256="a1" * 32,
    weights_gib=3,
    context_gib=2,
)
WHISPER: Final = Model(
    kind=Kind.SPEECH,
    source="/Volumes/Models/whisper-large-v3-turbo-4a5b6c7.tar",
    sha256="b2" * 32,
    weights_gib=1.6,
    context_gib=0.4,
    request_kib=32768,
)
MODELS: Final = {"medgemma": MEDGEMMA, "whisper": WHISPER}


def machine() -> Machine:
    return Machine(name="mac-4", door=Door(address=ADDRESS, user="deploy", host_key=HOST_KEY))


def mac(**changed: Any) -> Mac:
    told: dict[str, Any] = {
        "machine": machine(),
        "ready": "mac-4",
        "memory_gib": 10,
        "models": MODELS,
        "authority_certificate": "-----BEGIN CERTIFICATE-----\n...",
        "authority_key": "the authority's key",
        "bucket": HmacKey(access_key="GOOG1E", secret_key="the bucket's key"),  # noqa: S106 -- made up
    }
    return Mac(**{**told, **changed})


def inference(**changed: Any) -> InferenceArgs:
    told: dict[str, Any] = {
        "namespace": "inference",
        "address": ADDRESS,
        "issuer": "hospital",
        "callers": {"clinical": "clinical"},
        "mac": mac(),
    }
    return InferenceArgs(**{**told, **changed})
