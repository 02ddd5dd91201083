"""The data map has a line for every kind of data in every place."""

from policies.places import Mapped
from policies.rule import Rule
from policies.stores import LABELS, PLACES

RULE = Rule(
    id="store-mapped",
    title="The data map has a line for every kind of data in every place",
    portuguese="O mapa de dados tem uma linha para cada tipo de dado em cada lugar",
    severity="mandatory",
    controls=("LGPD 37", "HIPAA 164.308(a)(1)(ii)(A)"),
    demands=(Mapped(LABELS, PLACES),),
)
