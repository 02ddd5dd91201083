"""What runs Linux on a Mac, whichever program does it: what each driver must bring."""

from abc import ABC, abstractmethod
from typing import ClassVar, Final

from components.files import File, Files
from components.onprem.machines.disk import Disk
from components.onprem.machines.host import Lan, Mac
from components.onprem.machines.launchd import LOGS, USER

HOME: Final = "/opt/node"

ETC: Final = f"{HOME}/etc"

KNOWN: Final = f"{HOME}/known/hosts"
"""The Linux machine's host key, written once when it is made: another machine is never let in after that."""

LOGIN: Final = "entry"
"""Who is entered as inside; becomes root without a password."""


class Driver(ABC):
    """One way to run Linux on a Mac. Every one of them starts it at boot, and stops it in an orderly way."""

    macos: ClassVar[int]
    """The oldest version of macOS that it works on."""
    lima: ClassVar[bool]
    """Whether the Linux machine has Lima's own network card."""

    @abstractmethod
    def files(self, mac: Mac, lan: Lan) -> Files:
        """What lies on the Mac for it."""

    @abstractmethod
    def prepare(self, mac: Mac) -> str:
        """Brings its programs and makes the Linux machine and its disks; what is there is left alone."""

    @abstractmethod
    def data_disk(self, mac: Mac) -> Disk:
        """How the disk of replicated volumes is found inside."""


def common(guest: str, start: str) -> Files:
    """The three programs of every driver."""
    return {
        f"{HOME}/bin/enter": File(content=ENTER, mode=0o755),
        f"{HOME}/bin/guest": File(content=guest, mode=0o755),
        f"{HOME}/bin/start": File(content=start, mode=0o755),
    }


ENTER: Final = f"""\
#!/bin/sh
# Runs, as root in this Mac's Linux machine, the script that it reads.
exec sudo -n -H -u {USER} {HOME}/bin/guest sudo -n sh -s
"""


def guest(ssh: str) -> str:
    """Enters the Linux machine; refuses one whose host key is not the known one, but for ``--first``."""
    return f"""\
#!/bin/sh
# Runs a command in this Mac's Linux machine. --first: once, when it is new, its host key is written down.
set -eu
known=yes
if [ "${{1:-}}" = --first ]; then
  [ -s {KNOWN} ] || known=accept-new
  shift
fi
exec ssh -T -o BatchMode=yes -o ConnectTimeout=10 -o ControlMaster=no -o ControlPath=none \\
  -o StrictHostKeyChecking="$known" -o UserKnownHostsFile={KNOWN} -o GlobalKnownHostsFile=/dev/null \\
  -o NoHostAuthenticationForLocalhost=no -o HostKeyAlias=node -o HostKeyAlgorithms=ssh-ed25519 \\
  {ssh} "$@"
"""


def start(clean: str, run: str) -> str:
    """What launchd runs: cleans up after a power loss, starts, and shuts down inside before it ends."""
    return f"""\
#!/bin/sh
# Starts this Mac's Linux machine; launchd runs it at boot, and again whenever it ends.
set -eu
umask 027
log={LOGS}/machine.log
say() {{ printf '%s %s\\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$1" >>"$log"; }}

{clean.strip()}

pipe={HOME}/run/log
rm -f "$pipe"
mkfifo "$pipe"
# Opened for each line: the file may be another one since the last, when logs are rotated.
while IFS= read -r line; do printf '%s\\n' "$line" >>"$log"; done <"$pipe" &

say starting
{run.strip()} >"$pipe" 2>&1 </dev/null &
child=$!

# The trap below calls it:
# shellcheck disable=SC2317
end() {{
  trap '' TERM
  say "shutting down inside"
  {HOME}/bin/guest sudo -n poweroff </dev/null >>"$log" 2>&1 || :
  left=90
  while [ "$left" -gt 0 ] && kill -0 "$child" 2>/dev/null; do
    sleep 1
    left=$((left - 1))
  done
  kill "$child" 2>/dev/null || :
}}
trap end TERM

code=0
wait "$child" || code=$?
say "ended with $code"
exit "$code"
"""
