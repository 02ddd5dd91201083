"""A node that leaves for good, run for real: what is k3s' own goes, what is somebody's data stays."""

import hashlib
import re
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from components.onprem.door import _said
from components.onprem.k3s import departure, install
from components.onprem.k3s.version import VERSION, Binary
from tests.components.onprem.k3s import world
from tests.components.onprem.k3s.stage import Stage, k3s, published

PLAN: Final = world.plan()
DATA: Final = "var/lib/longhorn/replicas/volume.img"
IP: Final = '#!/bin/sh\necho "ip $*" >>/run/calls\n'


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """A worker that was installed, with a volume on it."""
    stage = Stage(tmp_path, stubs={"ip": IP})
    content = k3s(VERSION)
    monkeypatch.setattr(
        install, "BINARIES", {"x86_64": Binary(file="k3s", sum=hashlib.sha256(content).hexdigest())}
    )
    with published({f"/{VERSION.replace('+', '%2B')}/k3s": content}) as releases:
        assert stage.run(install.script(PLAN, PLAN.workers[0], releases=releases)).code == 0
    for path in (DATA, "var/lib/rancher/k3s/agent/some.db", "var/lib/kubelet/pods/one/file"):
        (stage.root / path).parent.mkdir(parents=True, exist_ok=True)
        (stage.root / path).write_text("data", encoding="utf-8")
    stage.calls()
    return stage


def test_k3s_goes_and_data_stays(stage: Stage) -> None:
    ran = stage.run(departure.uninstall(server=False))
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "k3s is gone; /var/lib/longhorn and other disks were not touched\n"
    assert [*stage.files()] == [DATA]


def test_it_stops_k3s_before_it_removes_anything(stage: Stage) -> None:
    stage.run(departure.uninstall(server=False))
    assert stage.calls()[:3] == [
        "systemctl disable --quiet --now k3s-agent.service",
        "systemctl kill --kill-whom=all --signal=KILL k3s-agent.service",
        "systemctl stop kubepods.slice",
    ]


def test_a_second_time_there_is_nothing_to_do(stage: Stage) -> None:
    stage.run(departure.uninstall(server=False))
    assert stage.run(departure.uninstall(server=False)).code == 0


def test_what_is_still_mounted_is_not_removed(stage: Stage) -> None:
    """A volume that does not let go is a volume that must not be emptied."""
    mount = "mount --bind /var/lib/longhorn /var/lib/kubelet/pods/one\numount() { return 1; }\n"
    ran = stage.run(mount + departure.uninstall(server=False))
    assert ran.code == 1
    assert "still mounted: /var/lib/kubelet/pods/one - nothing was removed" in ran.err
    assert DATA in stage.files()
    assert "var/lib/rancher/k3s/agent/some.db" in stage.files()


def test_what_can_be_let_go_is_let_go_first(stage: Stage) -> None:
    ran = stage.run(
        "mount --bind /var/lib/longhorn /var/lib/kubelet/pods/one\n" + departure.uninstall(server=False)
    )
    assert ran.code == 0
    assert DATA in stage.files()


def test_another_disk_below_a_folder_of_k3s_is_not_emptied(stage: Stage) -> None:
    """A mount in a place that nobody thought of."""
    place = "/etc/rancher/k3s/elsewhere"
    mount = f"mkdir {place} && mount -t tmpfs none {place} && echo data >{place}/file\n"
    ran = stage.run(f"{mount}(\n{departure.uninstall(server=False)})\ncat {place}/file\n")
    assert ran.out.splitlines()[-1:] == ["data"]


def test_a_farewell_survives_the_command_line(stage: Stage) -> None:
    """As the command is written: quoted once for the shell behind SSH, then read by the shell of root."""
    machine = replace(world.machine("one", 21), enter="sh -s")
    ran = stage.run(_said(machine, departure.uninstall(server=False)))
    assert (ran.code, ran.err) == (0, "")
    assert [*stage.files()] == [DATA]


def test_no_farewell_is_said_to_whoever_may_not_go() -> None:
    assert not re.search(r"\b(rm|drain|delete)\b", departure.announced("one"))
