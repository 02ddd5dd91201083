"""The golden graph of every stack. After a change that is meant: `make inventory`, and review the diff."""

import pytest

from tests.stacks.graphs import ROOT, STACKS, graph_of
from tests.stacks.inventory import inventory


@pytest.mark.parametrize("stack", STACKS)
def test_a_stack_is_what_its_inventory_says(stack: str, request: pytest.FixtureRequest) -> None:
    golden = ROOT / "tests" / "inventory" / f"{stack}.txt"
    now = inventory(graph_of(stack))
    if request.config.getoption("--update"):
        golden.write_text(now, encoding="utf-8")
    assert now == golden.read_text(encoding="utf-8"), "if it is meant: make inventory, and review"
