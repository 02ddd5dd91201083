"""In prod, Pulumi refuses to delete what holds data."""

from collections.abc import Iterator

from policies.rule import Fault, Rule, of_type
from toolkit.graph import Graph

STORES = (
    "gcp:storage/bucket:Bucket",
    "gcp:sql/databaseInstance:DatabaseInstance",
    "gcp:kms/keyRing:KeyRing",
    "gcp:kms/cryptoKey:CryptoKey",
)


def check(graph: Graph) -> Iterator[Fault]:
    """Stores and keys of prod without ``protect``."""
    if graph.stack != "prod":
        return
    for store in of_type(graph, *STORES):
        if not store.protect:
            yield store.urn, "protect is off; give its component the option protect=care.protect"


RULE = Rule(
    id="store-protected",
    severity="mandatory",
    controls=("HIPAA 164.312(c)(1)", "LGPD 46"),
    check=check,
)
