"""Hospitals of other shapes than the committed one are as welcome."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from settings import Role, Settings
from tests.settings.corpus import GOOD, stack_file


def settings_of(case_file: Path) -> Settings:
    case = yaml.safe_load(case_file.read_text(encoding="utf-8"))
    document: dict[str, Any] = yaml.safe_load(stack_file(case))
    raw = document["config"]["prontuario:settings"]
    return Settings.model_validate({**raw, "environment": case["stack"]})


@pytest.mark.parametrize("case_file", GOOD, ids=lambda file: file.stem)
def test_a_valid_stack_file_is_accepted(case_file: Path) -> None:
    assert settings_of(case_file).hospital.name


def test_the_corpus_holds_one_and_three_servers_macs_and_linux_and_none() -> None:
    shapes = {
        (
            sum(host.role is Role.SERVER for host in site.hosts),
            frozenset(host.os.value for host in site.hosts),
        )
        for case_file in GOOD
        for site in settings_of(case_file).sites
    }
    assert {count for count, _ in shapes} == {0, 1, 3}
    assert {systems for _, systems in shapes} == {
        frozenset(),
        frozenset({"macos"}),
        frozenset({"linux"}),
        frozenset({"macos", "linux"}),
    }
