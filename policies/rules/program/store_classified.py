"""Every store says what kind of data it holds."""

from policies.checks import one_of
from policies.demands import on
from policies.kinds import BUCKET, DATABASE
from policies.rule import Rule

STORES = {BUCKET: "labels", DATABASE: "settings.userLabels"}
CLASSES = ("public", "internal", "deidentified", "patient")

RULE = Rule(
    id="store-classified",
    title="Every store says what kind of data it holds",
    portuguese="Todo repositório diz que tipo de dado guarda",
    severity="mandatory",
    controls=("LGPD 37", "HIPAA 164.308(a)(1)(ii)(A)", "CKV_GCP_21"),
    demands=tuple(
        on(kind, one_of(f"{labels}.data-classification", *CLASSES)) for kind, labels in STORES.items()
    ),
)
