"""A preview against an export says what differs from what is deployed."""

import json
from pathlib import Path

import pytest

from tests.toolkit.clinic import operations, state, toolkit
from tests.toolkit.exports import written


@pytest.mark.parametrize("encrypted", [True, False])
def test_a_deployed_program_compares_with_its_own_export_as_the_same(
    checkout: Path, *, encrypted: bool
) -> None:
    file = written(checkout.parent, state(encrypted=encrypted))

    assert set(operations(checkout, "--against", str(file)).values()) == {"same"}


def test_a_secret_that_changed_is_a_change_when_the_export_shows_it(checkout: Path) -> None:
    file = written(checkout.parent, state(encrypted=False, salt="sugar"))

    changed = operations(checkout, "--against", str(file))

    assert [name for name, operation in changed.items() if operation == "replace"] == ["password"]


def test_an_export_that_is_cut_short_is_an_error(checkout: Path) -> None:
    file = written(checkout.parent, json.dumps(state(encrypted=True))[:-9])

    done = toolkit(checkout, "preview", "dev", "--against", str(file))

    assert (done.returncode, done.stdout) == (1, "")
    assert "is no complete JSON" in done.stderr
