"""Every store says what kind of data it holds."""

from policies.checks import one_of
from policies.demands import on
from policies.rule import Rule
from policies.stores import LABELS

CLASSES = ("public", "internal", "deidentified", "patient")

RULE = Rule(
    id="store-classified",
    title="Every store says what kind of data it holds",
    portuguese="Todo repositório diz que tipo de dado guarda",
    severity="mandatory",
    controls=("LGPD 37", "HIPAA 164.308(a)(1)(ii)(A)"),
    demands=(*(on(kind, one_of(path, *CLASSES)) for kind, path in LABELS.items()),),
)
