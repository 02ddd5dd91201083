"""A real API server would take every object of every stack, with nothing to warn of."""

import pytest

from tests.cluster.plane.control_plane import ControlPlane
from tests.cluster.plane.definitions import SCHEMAS
from tests.cluster.programs import of_stack
from tests.cluster.proof import lacking, refusals
from tests.stacks.graphs import STACKS

pytestmark = [pytest.mark.cluster, pytest.mark.xdist_group("cluster")]


@pytest.mark.parametrize("stack", STACKS)
def test_every_object_of_a_stack_is_taken(cluster: ControlPlane, stack: str) -> None:
    """Each provider's by themselves: several clusters may have namespaces of the same name."""
    asked = of_stack(stack)
    missing = [kind for each in asked for kind in lacking(cluster.client, each)]
    if missing and not SCHEMAS.is_dir():
        asked = [each.without(missing) for each in asked]
    assert {each.provider: said for each in asked if (said := refusals(cluster.client, each))} == {}
    if missing and not SCHEMAS.is_dir():
        pytest.skip(
            f"../shared is not beside this checkout: not proven for {', '.join(sorted(set(missing)))}"
        )


def test_dev_has_objects() -> None:
    (only,) = of_stack("dev")
    assert only.provider == "cluster"
    assert [each for each in only.objects if each.manifest["kind"] == "Namespace"]
