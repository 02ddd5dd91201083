"""A real API server would take what each component asks of a cluster, also before a stack has it."""

from collections.abc import Iterator

import pytest

from components.base import Component
from tests.cluster.objects import Set
from tests.cluster.plane.control_plane import ControlPlane
from tests.cluster.plane.definitions import SCHEMAS
from tests.cluster.programs import recorded
from tests.cluster.proof import lacking, refusals
from tests.cluster.stay import Stay
from tests.components.samples import SAMPLES

pytestmark = [
    pytest.mark.cluster,
    pytest.mark.xdist_group("cluster"),
    pytest.mark.skipif(not SCHEMAS.is_dir(), reason="../shared is not beside this checkout"),
]

MADE_UP = "warning: tls: failed to find any PEM data in certificate input"
"""A sample's certificate is a word."""


@pytest.fixture(scope="module")
def stay(cluster: ControlPlane) -> Iterator[Stay]:
    """Keeps namespaces for all tests of this module: Kubernetes takes five seconds to end one."""
    with Stay(cluster.client) as stay:
        yield stay


def asked(component: type[Component]) -> list[Set]:
    """What the component's sample asks of clusters."""
    return recorded(lambda: SAMPLES[component]("sample", None))


@pytest.mark.parametrize("component", SAMPLES, ids=lambda each: each.__name__)
def test_every_object_of_a_component_is_taken(
    cluster: ControlPlane, stay: Stay, component: type[Component]
) -> None:
    """The namespaces that it is told to use are there."""
    for each in asked(component):
        for name in sorted(each.spaces - {"default"}):
            stay.namespace(name)
        assert lacking(cluster.client, each) == []
        assert [text for text in refusals(cluster.client, each) if MADE_UP not in text] == []


def test_components_ask_clusters_for_something() -> None:
    assert sum(len(each.objects) for component in SAMPLES for each in asked(component)) > 10
