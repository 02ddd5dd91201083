"""A recording in its course: its progress, its order, how it ends, and what it leaves behind."""

import asyncio
import gc
from typing import Any

import pulumi
import pytest
from pulumi import Output, ResourceOptions
from pulumi_gcp import sql

from tests.toolkit.recorder.recording import bucket, one, recorded


def test_progress_counts_resources_without_the_stack() -> None:
    seen: list[int] = []
    recorded(lambda: (bucket("a"), bucket("b")), progress=seen.append)
    assert seen == [1, 2]


def test_inputs_of_the_wrong_type_do_not_end_the_recording() -> None:
    def program() -> None:
        settings: Any = {"tier": "small", "database_flags": {"name": "a"}}
        sql.DatabaseInstance("db", database_version="POSTGRES_15", settings=settings)
        bucket("after")

    assert one(recorded(program), "after")


def test_the_exception_of_a_program_comes_through_and_nothing_keeps_running(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    def program() -> None:
        for index in range(20):
            store = bucket(f"b{index}", name="x")
            bucket(f"c{index}", name=store.name.apply(lambda name: {}[name]))
        asyncio.get_running_loop().create_task(asyncio.sleep(3600))
        asyncio.get_running_loop().create_future().set_exception(ValueError("nobody asks"))

    with pytest.raises(KeyError, match="x"):
        recorded(program)
    gc.collect()
    assert (capfd.readouterr(), caplog.text) == (("", ""), "")
    assert gc.isenabled()


def test_an_exception_that_many_wait_for_keeps_the_line_that_raised_it() -> None:
    async def fail() -> int:
        raise KeyError("x")

    def program() -> None:
        task = asyncio.ensure_future(fail())
        for _ in range(5):
            Output.from_input(task).apply(print)

    with pytest.raises(KeyError) as raised:
        recorded(program)
    assert raised.traceback[-1].name == "fail"


def test_a_recording_leaves_the_settings_of_its_surroundings_alone() -> None:
    before = pulumi.get_stack(), pulumi.runtime.get_root_resource()
    recorded(lambda: bucket("b"), config={"clinic:a": "1"})
    assert (pulumi.get_stack(), pulumi.runtime.get_root_resource()) == before
    assert pulumi.Config("clinic").get("a") is None


def test_a_recording_is_in_order_and_the_next_one_equals_it() -> None:
    def program() -> None:
        first = [bucket(f"b{index}") for index in range(9)]
        bucket(
            "last",
            labels={f"{9 - index}": each.url for index, each in enumerate(first)},
            opts=ResourceOptions(depends_on=first),
        )

    one_run, another = recorded(program), recorded(program)
    assert one_run == another
    assert list(one_run.resources) == list(another.resources)
    last = one(one_run, "last")
    assert list(last.dependencies) == sorted(last.dependencies)
    assert list(last.inputs) == sorted(last.inputs)
    labels = last.inputs["labels"]
    assert isinstance(labels, dict)
    assert list(labels) == sorted(labels)
