"""A hospital's Vault, as a stack would ask for it."""

from dataclasses import replace
from functools import cache
from ipaddress import IPv4Network
from typing import Any, Final

from components.classification import Classification
from components.onprem.vault.seal import CloudKmsSeal
from components.onprem.vault.values import Disk
from components.onprem.vault.vault import Vault, VaultArgs
from toolkit.graph import Graph
from toolkit.recorder import record

KEY: Final = "projects/aurora-prod/locations/southamerica-east1/keyRings/seal/cryptoKeys/vault"
AUDIENCE: Final = "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/cluster"
SEAL: Final = CloudKmsSeal(
    key=KEY,
    audience=AUDIENCE,
    credentials='{"type": "external_account"}',
    apis=[IPv4Network("199.36.153.8/30")],
)
PROD: Final = VaultArgs(
    namespace="vault",
    replicas=3,
    data=Disk(storage_class="longhorn-crypto-strict-local"),
    audit=Disk(storage_class="longhorn-crypto"),
    snapshots=Disk(storage_class="longhorn-crypto"),
    issuer="hospital",
    seal=SEAL,
)
LOCAL: Final = Disk(storage_class="local-path", size="1Gi")
DEV: Final = replace(
    PROD,
    replicas=1,
    data=LOCAL,
    audit=LOCAL,
    snapshots=LOCAL,
    seal=None,
    classification=Classification.INTERNAL,
)


STACKS: Final = {"prod": PROD, "dev": DEV}


@cache
def graph(stack: str = "prod") -> Graph:
    """What a stack with this Vault asks for."""
    made = record(lambda: Vault("recife-vault", STACKS[stack]), project="prontuario", stack=stack)
    assert made.problems == []
    return made


def of_kind(kind: str, stack: str = "prod") -> dict[str, Any]:
    """The inputs of its Kubernetes objects of a kind, by name."""
    found: list[Any] = [
        each.inputs for each in graph(stack).resources.values() if each.type.endswith(f":{kind}")
    ]
    return {each["metadata"]["name"]: each for each in found}


def chart(stack: str = "prod") -> Any:
    """The values of the release."""
    (release,) = (each for each in graph(stack).resources.values() if each.type.endswith(":Release"))
    return release.inputs["values"]
