"""The installation, run for real: twice, cut off, and with a file that somebody changed."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from components.onprem.k3s import install
from components.onprem.k3s.nodes import Duty
from components.onprem.k3s.plan import ClusterPlan
from components.onprem.k3s.version import BINARIES, VERSION, Binary
from tests.components.onprem.k3s import world
from tests.components.onprem.k3s.stage import Stage, curl, k3s, published

PLAN: Final = world.plan()
PATH: Final = f"/{VERSION.replace('+', '%2B')}/k3s"
BINARY: Final = "usr/local/bin/k3s"


@pytest.fixture(autouse=True)
def _publisher(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sums are those of our own k3s; the pinned ones are compared in a test of their own."""
    curl()
    ours = Binary(file="k3s", sum=hashlib.sha256(k3s(VERSION)).hexdigest())
    monkeypatch.setattr(install, "BINARIES", {"x86_64": ours})


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path)


@pytest.fixture(scope="module")
def releases() -> Iterator[str]:
    with published({PATH: k3s(VERSION)}) as address:
        yield address


def script(releases: str, plan: ClusterPlan = PLAN, number: int = 0, version: str = VERSION) -> str:
    return install.script(plan, plan.nodes[number], version=version, releases=releases)


@pytest.mark.parametrize("number", range(len(PLAN.nodes)))
def test_k3s_is_installed_started_and_ready(stage: Stage, releases: str, number: int) -> None:
    ran = stage.run(script(releases, number=number))
    name = "k3s-agent" if number else "k3s"
    assert (ran.code, ran.err) == (0, "")
    assert (stage.root / BINARY).read_bytes() == k3s(VERSION)
    assert ran.out.splitlines()[-3:] == [
        f"installed k3s {VERSION}",
        f"started {name}",
        f"{PLAN.nodes[number].name} is ready",
    ]
    assert [call for call in stage.calls() if "start" in call] == [f"systemctl restart {name}.service"]


def test_a_second_run_changes_nothing_and_says_so(stage: Stage, releases: str) -> None:
    stage.run(script(releases))
    before, _ = stage.files(), stage.calls()
    ran = stage.run(script("http://127.0.0.1:1"))
    assert ran.out.splitlines() == ["k3s runs, and nothing has changed", "server-1 is ready"]
    assert stage.files() == before
    assert stage.calls() == ["systemctl is-active --quiet k3s.service"]


def test_a_changed_configuration_restarts_k3s_once(stage: Stage, releases: str) -> None:
    stage.run(script(releases))
    stage.calls()
    changed = script(releases, replace(PLAN, names=["another.example"]))
    ran = stage.run(changed)
    assert ran.out.splitlines() == [
        "wrote /etc/rancher/k3s/config.yaml",
        "started k3s",
        "server-1 is ready",
    ]
    assert "systemctl restart k3s.service" in stage.calls()
    stage.run(changed)
    assert "systemctl restart k3s.service" not in stage.calls()


def test_a_run_that_was_cut_off_before_the_restart_restarts_next_time(stage: Stage, releases: str) -> None:
    (stage.root / "run/broken").touch()
    ran = stage.run(script(releases))
    assert (ran.code, ran.err) == (1, "k3s does not start: see journalctl -u k3s\n")
    (stage.root / "run/broken").unlink()
    ran = stage.run(script(releases))
    assert ran.out.splitlines() == ["started k3s", "server-1 is ready"]


def test_k3s_that_has_stopped_is_started(stage: Stage, releases: str) -> None:
    stage.run(script(releases))
    (stage.root / "run/active").unlink()
    assert "started k3s, which had stopped" in stage.run(script(releases)).out


def test_a_file_with_another_sum_is_thrown_away(stage: Stage) -> None:
    with published({PATH: k3s(VERSION) + b"echo stolen\n"}) as address:
        ran = stage.run(script(address))
    assert ran.code == 1
    assert "is not what was published" in ran.err
    assert not [path for path in stage.files() if path.startswith("usr/")]
    assert not [call for call in stage.calls() if "start" in call]


def test_half_a_file_is_thrown_away(stage: Stage) -> None:
    with published({PATH: k3s(VERSION)}, cut=True) as address:
        ran = stage.run(script(address))
    assert ran.code == 1
    assert "could not be fetched, nothing was changed: run again" in ran.err
    assert not [path for path in stage.files() if path.startswith("usr/")]


def test_a_broken_binary_is_replaced(stage: Stage, releases: str) -> None:
    stage.program(BINARY, b"#!/bin/sh\nexit 126\n")
    assert f"installed k3s {VERSION}" in stage.run(script(releases)).out


@pytest.mark.parametrize("older", ["v1.36.3+k3s0", "v1.36.2+k3s9", "v1.35.10+k3s1", "v1.9.12+k3s1"])
def test_a_node_with_an_older_version_waits_for_the_plans(stage: Stage, releases: str, older: str) -> None:
    stage.program(BINARY, k3s(older))
    ran = stage.run(script(releases))
    assert f"k3s {older} stays for now: the upgrade plans bring {VERSION}, one node at a time" in ran.out
    assert (stage.root / BINARY).read_bytes() == k3s(older)


@pytest.mark.parametrize("newer", ["v1.36.3+k3s2", "v1.36.10+k3s1", "v1.37.0+k3s1", "v2.0.0+k3s1"])
def test_a_downgrade_is_refused_before_anything_restarts(stage: Stage, releases: str, newer: str) -> None:
    stage.program(BINARY, k3s(newer))
    ran = stage.run(script(releases))
    assert ran.code == 1
    assert f"k3s {newer} is here and {VERSION} is older: no way leads back." in ran.err
    assert (stage.root / BINARY).read_bytes() == k3s(newer)
    assert stage.calls() == []


def test_a_machine_of_a_kind_that_k3s_has_no_file_for_is_refused(tmp_path: Path, releases: str) -> None:
    ran = Stage(tmp_path, "riscv64").run(script(releases))
    assert (ran.code, ran.err) == (1, "k3s has no file for riscv64: only x86_64\n")


def test_a_node_that_does_not_become_ready_is_named(stage: Stage, releases: str) -> None:
    (stage.root / "run/unwell").touch()
    ran = stage.run(script(releases))
    assert (ran.code, ran.err) == (1, "server-1 is not ready: see journalctl -u k3s on server-1\n")


def test_a_node_whose_kubelet_is_gone_is_not_ready_whatever_the_cluster_says(
    stage: Stage, releases: str
) -> None:
    (stage.root / "run/gone").touch()
    ran = stage.run(script(releases))
    assert (ran.code, ran.err) == (1, "server-1 is not ready: see journalctl -u k3s on server-1\n")


@pytest.mark.parametrize(("number", "kind"), [(0, "notify"), (1, "exec")])
def test_systemd_waits_for_a_server_and_never_for_a_worker(
    stage: Stage, releases: str, number: int, kind: str
) -> None:
    stage.run(script(releases, number=number))
    name = "k3s-agent" if number else "k3s"
    unit = (stage.root / f"etc/systemd/system/{name}.service").read_text(encoding="utf-8")
    assert f"Type={kind}" in unit.splitlines()


def test_the_first_server_does_not_start_a_second_cluster_beside_a_living_one(tmp_path: Path) -> None:
    answering = Stage(tmp_path, stubs={"curl": "#!/bin/sh\nexit 0\n"})
    ran = answering.run(script("https://nowhere", world.plan(3)))
    assert ran.code == 1
    assert "https://10.20.0.12:6443/ping answers: the cluster lives" in ran.err
    assert answering.files() == {}


def test_a_first_server_with_data_starts_whoever_else_lives(tmp_path: Path, releases: str) -> None:
    plan = world.plan(3)
    stage = Stage(tmp_path)
    (stage.root / "var/lib/rancher/k3s/server/db/etcd").mkdir(parents=True)
    assert stage.run(script(releases, plan)).code == 0


def test_what_must_be_private_is(stage: Stage, releases: str) -> None:
    stage.run(script(releases))
    assert (stage.root / "etc/rancher/k3s").stat().st_mode & 0o777 == 0o700
    assert (stage.root / "var/lib/rancher/k3s/server/logs").stat().st_mode & 0o777 == 0o700
    modes = {path: mode for path, (mode, *_) in stage.files().items()}
    assert {mode for path, mode in modes.items() if path.startswith(("etc/rancher", "var"))} == {0o600}
    assert not [path for path in modes if path.endswith(".new")]


def test_both_published_files_are_pinned_by_their_sums() -> None:
    assert {kind: each.file for kind, each in BINARIES.items()} == {"aarch64": "k3s-arm64", "x86_64": "k3s"}
    assert all(len(bytes.fromhex(each.sum)) == 32 for each in BINARIES.values())


def test_a_worker_of_another_duty_is_installed_the_same_way(stage: Stage, releases: str) -> None:
    plan = replace(PLAN, workers=[world.node("lone", 30, duty=Duty.DATA_PROCESSING)])
    assert stage.run(script(releases, plan, 1)).out.endswith("lone is ready\n")
