"""Data lies only in the countries that the stack allows."""

from policies.places import Resident
from policies.rule import Rule
from policies.stores import COPIES, PLACES

RULE = Rule(
    id="store-resident",
    title="Data lies only in the countries that the stack allows",
    portuguese="Os dados ficam só nos países que o stack permite",
    severity="mandatory",
    controls=("LGPD 33", "LGPD 37"),
    demands=(Resident(PLACES, COPIES),),
)
