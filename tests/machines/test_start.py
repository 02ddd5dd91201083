"""What launchd runs on a Mac, with real processes: after a power loss, and when the Mac shuts down."""

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest

from components.onprem.machines.launchd import LOGS
from components.onprem.machines.mac import mac_files
from tests.components.onprem.machines import world

START: Final = mac_files(world.mac(), world.LAN, world.LIMA)["/opt/node/bin/start"].content

LIMACTL: Final = """\
#!/bin/sh
echo "limactl $*"
trap 'echo gone; exit 0' TERM
echo $$ >"{home}/limactl.pid"
while [ ! -e "{home}/stop" ]; do sleep 0.1; done
echo "said last"
"""

LEFT: Final = ("ha.pid", "ha.sock", "vz.pid", "ssh.sock")


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A Mac's ``/opt/node``, elsewhere; whatever still runs in the end is ended."""
    for folder in ("bin", "run", "lima/node", "log", "tools/lima-2.2.0/bin"):
        (tmp_path / folder).mkdir(parents=True)
    start = START.replace(LOGS, str(tmp_path / "log")).replace("/opt/node", str(tmp_path))
    program(tmp_path / "bin/start", start)
    program(tmp_path / "bin/guest", f'#!/bin/sh\necho "inside: $*"\n: >{tmp_path}/stop\n')
    program(tmp_path / "tools/lima-2.2.0/bin/limactl", LIMACTL.format(home=tmp_path))
    yield tmp_path
    (tmp_path / "stop").touch()


def program(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


def started(home: Path) -> subprocess.Popen[str]:
    return subprocess.Popen([home / "bin/start"], text=True, stderr=subprocess.PIPE)


def leave_behind(home: Path, pid: str) -> None:
    for name in LEFT:
        (home / "lima/node" / name).write_text(pid, encoding="utf-8")


def log(home: Path) -> str:
    file = home / "log/machine.log"
    return file.read_text(encoding="utf-8") if file.exists() else ""


def soon(true: Callable[[], bool]) -> None:
    for _ in range(100):
        if true():
            return
        time.sleep(0.05)
    raise AssertionError("it did not come true within five seconds")


def dead_pid() -> str:
    ended = subprocess.Popen(["true"])
    ended.wait()
    return str(ended.pid)


@pytest.mark.parametrize("pid", ["dead", "another", "", "\0\0\0"])
def test_files_of_before_the_power_loss_go_and_the_machine_starts(pid: str, home: Path) -> None:
    leave_behind(home, {"dead": dead_pid(), "another": str(os.getpid())}.get(pid, pid))
    (home / "stop").touch()
    running = started(home)
    assert running.wait(10) == 0
    assert not [name for name in LEFT if (home / "lima/node" / name).exists()]
    assert "it no longer runs" in log(home)
    assert "limactl start --tty=false --foreground node" in log(home)


def test_files_of_a_machine_that_runs_stay_and_it_is_not_started_twice(home: Path) -> None:
    alive = subprocess.Popen(["sh", "-c", "while :; do sleep 0.1; done", "limactl hostagent node"])
    try:
        leave_behind(home, str(alive.pid))
        assert started(home).wait(10) == 1
        assert all((home / "lima/node" / name).exists() for name in LEFT)
        assert f"runs already, as process {alive.pid}" in log(home)
        assert "limactl start" not in log(home)
    finally:
        alive.kill()
        alive.wait()


def test_a_first_start_finds_nothing_to_remove(home: Path) -> None:
    (home / "stop").touch()
    assert started(home).wait(10) == 0
    assert "left behind" not in log(home)


def test_when_the_mac_shuts_down_linux_is_shut_down_first(home: Path) -> None:
    running = started(home)
    soon((home / "limactl.pid").exists)
    running.send_signal(signal.SIGTERM)
    running.wait(15)
    said = log(home)
    assert re.search(r"shutting down inside\n(.*\n)*inside: sudo -n poweroff\n", said)
    assert "gone" not in said, "the program that runs the machine ended by itself, and was not cut off"


def test_a_program_that_does_not_end_is_cut_off_after_linux_had_its_time(home: Path) -> None:
    start = home / "bin/start"
    start.write_text(start.read_text(encoding="utf-8").replace("left=90", "left=1"), encoding="utf-8")
    program(home / "bin/guest", "#!/bin/sh\nexit 255\n")
    running = started(home)
    soon((home / "limactl.pid").exists)
    running.send_signal(signal.SIGTERM)
    running.wait(15)
    soon(lambda: "gone" in log(home))


def test_a_log_that_is_rotated_goes_on_in_the_new_file(home: Path) -> None:
    running = started(home)
    soon(lambda: "limactl start" in log(home))
    (home / "log/machine.log").rename(home / "log/machine.log.0")
    (home / "stop").touch()
    running.wait(10)
    soon(lambda: "said last" in log(home))
    assert "limactl start" not in log(home)
