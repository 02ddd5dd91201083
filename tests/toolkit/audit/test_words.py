"""The catalogue of sentences is complete in both languages."""

import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping

import pytest

from policies.controls import CONTROLS
from policies.rules import RULES
from toolkit.audit import words
from toolkit.audit.matrix import STATUSES
from toolkit.audit.words import Said, law, matrix, page
from toolkit.compare import OPERATIONS

ALIKE = {
    "Stack",
    "Cluster",
    "Clusters",
    "Hospital",
    "Gateway",
    "Internet",
    "Cache",
    "software",
    "backups",
}
"""Words that both languages share."""


def sentences() -> Iterator[tuple[str, Said]]:
    for module in pkgutil.iter_modules(words.__path__):
        content = vars(importlib.import_module(f"{words.__name__}.{module.name}"))
        for name, value in content.items():
            if isinstance(value, Said):
                yield f"{module.name}.{name}", value
            elif isinstance(value, Mapping) and name.isupper():
                yield from ((f"{module.name}.{name}.{key}", said) for key, said in value.items())


@pytest.mark.parametrize(("name", "said"), [*sentences()])
def test_a_sentence_is_there_in_both_languages_with_the_same_gaps(name: str, said: Said) -> None:
    gaps = [sorted(re.findall(r"\{(\w+)\}", text)) for text in (said.en, said.pt)]
    assert said.en.strip(), name
    assert said.pt.strip(), name
    assert gaps[0] == gaps[1]
    assert said.en != said.pt or said.en in ALIKE, f"{name} is not translated"


def test_there_are_sentences_to_look_at() -> None:
    assert len([*sentences()]) > 150


def test_every_verdict_and_operation_has_its_words() -> None:
    assert {*matrix.STATUS} == {*matrix.MEANING} == {*STATUSES}
    assert {*importlib.import_module("toolkit.audit.words.tables").OPERATIONS} == {*OPERATIONS} - {"same"}
    assert {*page.REASONS} == {"name", "form", "twice", "export"}
    assert {*law.BASES} == {"patient", "deidentified", "internal", "public"}


def test_every_rule_and_control_speaks_both_languages() -> None:
    assert [rule.id for rule in RULES if not (rule.title and rule.portuguese)] == []
    assert [each.id for each in CONTROLS.values() if not (each.english and each.portuguese)] == []


def test_a_value_with_braces_does_no_harm() -> None:
    assert Said("in {place}", "em {place}").fill(place="{x}") == Said("in {x}", "em {x}")
