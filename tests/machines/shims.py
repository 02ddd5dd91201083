"""What stands for a kernel of one's own, and for a Mac: everything else in these tests is the real thing."""

from collections.abc import Mapping
from typing import Final

ASKED: Final = "/run/asked"
"""Where shims write down what they were asked."""


def noted(name: str, answer: str = "") -> str:
    """A program that writes down how it was called."""
    return f'#!/bin/sh\necho "{name} $*" >>{ASKED}\n{answer}\n'


SYSTEMCTL: Final = noted(
    "systemctl",
    """\
units=/run/units action='' now=''
mkdir -p "$units"
for word; do
  case $word in
    --now) now=yes ;;
    -*) ;;
    *)
      if [ -z "$action" ]; then
        action=$word
        continue
      fi
      case $action in
        is-enabled) [ -e "$units/$word.enabled" ] || exit 1 ;;
        is-active) [ -e "$units/$word.active" ] || exit 3 ;;
        enable) : >"$units/$word.enabled" ;;
        start | restart) : >"$units/$word.active" ;;
        stop) rm -f "$units/$word.active" ;;
        disable)
          rm -f "$units/$word.enabled"
          [ -z "$now" ] || rm -f "$units/$word.active"
          ;;
      esac
      ;;
  esac
done""",
)

LINUX: Final[Mapping[str, str]] = {
    "/usr/bin/systemctl": SYSTEMCTL,
    "/usr/bin/networkctl": noted("networkctl"),
    "/usr/bin/hostnamectl": noted("hostnamectl"),
    "/usr/sbin/modprobe": noted("modprobe", '[ ! -e "/run/without/$1" ]'),
    "/usr/sbin/sysctl": noted("sysctl"),
    "/usr/sbin/swapon": noted("swapon", "[ ! -e /run/swap ] || cat /run/swap"),
    "/usr/sbin/swapoff": noted("swapoff", "rm -f /run/swap"),
    "/usr/sbin/policy-rc.d": "#!/bin/sh\nexit 101\n",
}
"""A kernel's modules and settings, swap and systemd are those of whoever runs the tests: not touched."""
