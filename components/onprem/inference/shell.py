"""Pieces of which the scripts are made: POSIX sh, quiet when there is nothing to do."""

from collections.abc import Iterable

from components.files import File, Files
from components.onprem.inference.layout import DAEMONS, STARTED

END = "END-OF-THIS-FILE"

PRELUDE = """\
set -eu
umask 022

say() { printf '%s\\n' "$*" >&2; }

# put PATH OWNER MODE: the file of standard input, written at once and only where it differs
put() {
  [ -d "${1%/*}" ] || { say "no folder ${1%/*}"; exit 1; }
  (umask 077; cat >"$1.new")
  chown "$2" "$1.new"
  chmod "$3" "$1.new"
  if [ -f "$1" ] && cmp -s "$1.new" "$1"; then
    rm "$1.new"
    chown "$2" "$1"
    chmod "$3" "$1"
  else
    mv "$1.new" "$1"
    say "wrote $1"
  fi
}

# folder PATH OWNER MODE
folder() {
  [ -d "$1" ] || { mkdir -p "$1"; say "made $1"; }
  chown "$2" "$1"
  chmod "$3" "$1"
}
"""

DOWNLOAD = """
# download URL SHA256 PATH: refused where the checksum is another
download() {
  curl --fail --silent --show-error --location --proto '=https' --tlsv1.2 --output "$3.part" "$1"
  printf '%s  %s\\n' "$2" "$3.part" | shasum -a 256 -c - >/dev/null 2>&1 || {
    rm -f "$3.part"
    say "$1 has another checksum than $2: refused"
    exit 1
  }
  mv "$3.part" "$3"
}
"""

USERS = """
# account NAME: a user and a group of that name who own nothing and cannot log in
account() {
  if ! dscl . -read "/Users/$1" >/dev/null 2>&1; then
    number=400
    while dscl . -list /Users UniqueID | grep -q " $number\\$" ||
      dscl . -list /Groups PrimaryGroupID | grep -q " $number\\$"; do
      number=$((number + 1))
    done
    [ "$number" -lt 500 ] || { say "no number below 500 is free for $1"; exit 1; }
    dscl . -create "/Groups/$1" PrimaryGroupID "$number"
    dscl . -create "/Groups/$1" Password '*'
    dscl . -create "/Users/$1" PrimaryGroupID "$number"
    dscl . -create "/Users/$1" UserShell /usr/bin/false
    dscl . -create "/Users/$1" NFSHomeDirectory /var/empty
    dscl . -create "/Users/$1" Password '*'
    dscl . -create "/Users/$1" IsHidden 1
    dscl . -create "/Users/$1" UniqueID "$number"
    say "made user $1"
  fi
}
"""

DAEMON = f"""
# daemon LABEL PATH...: keeps it running with what stands in these files; a run that broke off is made good
daemon() {{
  label=$1
  shift
  stamp="{STARTED}/$label"
  now=$(cat "{DAEMONS}/$label.plist" "$@" | shasum -a 256)
  if launchctl print "system/$label" >/dev/null 2>&1; then
    [ "$(cat "$stamp" 2>/dev/null)" != "$now" ] || return 0
    launchctl bootout "system/$label"
    tries=0
    while launchctl print "system/$label" >/dev/null 2>&1 && [ "$tries" -lt 30 ]; do
      sleep 1
      tries=$((tries + 1))
    done
  fi
  launchctl enable "system/$label"
  launchctl bootstrap system "{DAEMONS}/$label.plist"
  printf '%s\\n' "$now" >"$stamp"
  say "started $label"
}}
"""


def put(path: str, content: str, owner: str = "root:wheel", mode: int = 0o644) -> str:
    """A call that writes one file; its text stands in the script."""
    if END in content or not content.endswith("\n"):
        raise ValueError(f"{path} must end with a line's end and not hold {END}")
    return f"put '{path}' {owner} {mode:04o} <<'{END}'\n{content}{END}\n"


def put_all(files: Files) -> str:
    """Calls that write them all, root's."""
    return "".join(put(path, file.content, mode=file.mode) for path, file in sorted(files.items()))


def file(path: str, each: File, owner: str = "root:wheel") -> str:
    """As ``put``."""
    return put(path, each.content, owner, each.mode)


def words(each: Iterable[str]) -> str:
    """Arguments of a command."""
    return " ".join(f"'{one}'" for one in each)
