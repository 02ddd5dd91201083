"""What is protected where it is deployed: the engine would refuse, and so does the preview."""

import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.toolkit.graphs import graph, resource
from toolkit.baseline import Baseline
from toolkit.graph import Graph, Resource
from toolkit.preview import Preview, preview

OLD = resource("gcp:storage/bucket:Bucket", "scans", protect=True, inputs={"name": "a", "location": "US"})
MOVED = replace(OLD, inputs={"name": "a", "location": "EU"}, replace_on_changes=("location",))


def compared(now: list[Resource], *, deployed: bool = True, before: Graph | None = None) -> Preview:
    old = Baseline(graph=before or graph(OLD), source="export.json", deployed=deployed)
    return preview(lambda: graph(*now), lambda: old, started=time.perf_counter())


def engines_word(done: Preview) -> list[str]:
    return [each.message for each in done.violations if each.rule == "input"]


@pytest.mark.parametrize(("now", "what"), [([], "delete"), ([MOVED], "replace")])
def test_what_is_protected_in_the_cloud_is_neither_deleted_nor_replaced(
    now: list[Resource], what: str
) -> None:
    done = compared(now)
    assert engines_word(done) == [f"protected: the engine refuses to {what} it until protect is off"]
    assert done.refused


@pytest.mark.parametrize(
    "allowed",
    [
        lambda: compared([MOVED], deployed=False),
        lambda: compared([replace(OLD, inputs={"name": "a", "location": "US", "labels": {"a": "b"}})]),
        lambda: compared([], before=graph(replace(OLD, protect=False))),
        lambda: compared([], before=replace(graph(OLD), stack="another")),
    ],
    ids=["a commit is not deployed", "an update", "not protected", "a state of another stack"],
)
def test_everything_else_is_left_to_the_reader(allowed: Callable[[], Preview]) -> None:
    assert engines_word(allowed()) == []
