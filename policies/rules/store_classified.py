"""Every store says what kind of data it holds."""

from collections.abc import Iterator

from policies.rule import Fault, Rule, at, known, of_type
from toolkit.graph import Graph

STORES = {
    "gcp:storage/bucket:Bucket": "labels",
    "gcp:sql/databaseInstance:DatabaseInstance": "settings.userLabels",
}


def check(graph: Graph) -> Iterator[Fault]:
    """Stores without a ``data-classification`` label."""
    for store in of_type(graph, *STORES):
        path = f"{STORES[store.type]}.data-classification"
        label = at(store, path)
        if known(label) and not label:
            yield store.urn, f"{path} is missing; write public, internal, deidentified or patient"


RULE = Rule(
    id="store-classified",
    severity="mandatory",
    controls=("LGPD 37", "HIPAA 164.308(a)(1)(ii)(A)", "CKV_GCP_21"),
    check=check,
)
