"""What is done on a Mac itself: awake, back after a power loss, never updated by itself."""

from typing import Final

from components.files import Files
from components.onprem.machines.downloads import FETCH
from components.onprem.machines.driver import HOME, KNOWN, Driver
from components.onprem.machines.host import Lan, Mac
from components.onprem.machines.install import Reaction, install, program
from components.onprem.machines.launchd import LOGS, MACHINE, USER, loaded, machine_daemon, rotation

UID: Final = 380
"""Of a role account; macOS keeps 200 to 400 for those."""

POWER: Final = {"sleep": 0, "disksleep": 0, "autorestart": 1, "womp": 1, "powernap": 0}
"""``autorestart``: on again by itself when power is back."""

UPDATES: Final = ("AutomaticDownload", "AutomaticallyInstallMacOSUpdates")
"""Of macOS itself; data against malware is still brought (``ConfigDataInstall`` is left as it is)."""

RUNBOOK: Final = "docs/runbooks/power-loss.md"


def mac_script(mac: Mac, lan: Lan, driver: Driver) -> str:
    """All that is done on the Mac itself; its Linux machine is never stopped by it."""
    files = mac_files(mac, lan, driver)
    return program(
        FETCH,
        check(driver.macos),
        AWAKE,
        QUIET,
        OWNER,
        install(files, [later(files)]),
        driver.prepare(mac),
        loaded(MACHINE),
        ANSWERS,
        home=HOME,
    )


def mac_files(mac: Mac, lan: Lan, driver: Driver) -> Files:
    """Everything that lies on the Mac."""
    return {**driver.files(mac, lan), **machine_daemon(), **rotation()}


def later(files: Files) -> Reaction:
    """Says that a change waits: restarts of nodes are somebody's decision, one node after the other."""
    return Reaction(
        name="later",
        paths=[path for path in sorted(files) if path.startswith(("/Library/", f"{HOME}/"))],
        run=f"""\
if launchctl print system/{MACHINE} >/dev/null 2>&1; then
  echo "what changed takes effect when this node starts the next time: {RUNBOOK}, one node at a time"
fi""",
    )


def check(macos: int) -> str:
    """The step that refuses a Mac that cannot do it, and tells what somebody must have decided."""
    return f"""\
[ "$(uname -m)" = arm64 ] || stop "this Mac has no processor of Apple's: it cannot run the machine"
version=$(sw_vers -productVersion)
[ "${{version%%.*}}" -ge {macos} ] || stop "macOS $version: {macos} or newer is needed; update this Mac"
case $(fdesetup status) in
  *'FileVault is On'*)
    echo "FileVault is on: after a power loss this Mac and its node wait for a password ({RUNBOOK})"
    ;;
  *) echo "FileVault is off: this Mac starts by itself, and whoever steals it reads it ({RUNBOOK})" ;;
esac
case $(pmset -g batt) in
  *UPS*) echo "a UPS is connected" ;;
  *) echo "NO UPS IS SEEN: at a power loss the last seconds of every disk are lost; connect one by USB" ;;
esac"""


AWAKE: Final = f"""\
while read -r key value; do
  have=$(pmset -g custom | awk -v key="$key" '/:$/ {{ ac = /^AC Power/ }} ac && $1 == key {{ print $2 }}')
  if [ "$have" != "$value" ]; then
    pmset -c "$key" "$value"
    echo "pmset $key $value"
  fi
done <<'END'
{chr(10).join(f"{key} {value}" for key, value in POWER.items())}
END
if systemsetup -getrestartfreeze | grep -qi ': off'; then
  systemsetup -setrestartfreeze on >/dev/null
  echo "restarts after a freeze"
fi"""

QUIET: Final = f"""\
for key in {" ".join(UPDATES)}; do
  if [ "$(defaults read /Library/Preferences/com.apple.SoftwareUpdate "$key" 2>/dev/null)" != 0 ]; then
    defaults write /Library/Preferences/com.apple.SoftwareUpdate "$key" -bool false
    echo "macOS: $key is off"
  fi
done"""

OWNER: Final = f"""\
if ! dscl . -read /Groups/{USER} >/dev/null 2>&1; then
  dseditgroup -q -o create -i {UID} {USER}
  echo "made group {USER}"
fi
if ! dscl . -read /Users/{USER} >/dev/null 2>&1; then
  sysadminctl -addUser {USER} -fullName "Linux machine" -UID {UID} -GID {UID} -home {HOME}/home \\
    -shell /usr/bin/false -roleAccount
  echo "made user {USER}"
fi
for folder in {HOME}/home {HOME}/run {LOGS} {KNOWN.rpartition("/")[0]}; do
  if [ ! -d "$folder" ]; then
    mkdir -p "$folder"
    chown {USER}:{USER} "$folder"
    chmod 0750 "$folder"
  fi
done"""

ANSWERS: Final = f"""\
# The first boot takes minutes: the image is unpacked, and cloud-init sets the machine up.
left=120
until sudo -n -H -u {USER} {HOME}/bin/guest --first true 2>{HOME}/run/first; do
  if grep -q 'HOST IDENTIFICATION HAS CHANGED' {HOME}/run/first; then
    stop "the Linux machine shows another host key than {KNOWN} has: not entered; find out why ({RUNBOOK})"
  fi
  left=$((left - 1))
  [ "$left" -gt 0 ] || stop "the Linux machine does not answer: see {LOGS}/machine.log on this Mac"
  sleep 5
done
rm -f {HOME}/run/first"""
