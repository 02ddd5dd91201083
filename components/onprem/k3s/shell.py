"""Pieces of the scripts that run on nodes: POSIX sh, each of which may run any number of times."""

from collections.abc import Iterator
from shlex import quote
from typing import Final

from components.files import Files

K3S: Final = "/usr/local/bin/k3s"

START: Final = """\
set -eu
say() { printf '%s\\n' "$*"; }
fail() { printf '%s\\n' "$*" >&2; exit 1; }
"""

PUT: Final = """\
# put PATH MODE: what is read becomes that file, in one step, and only where it is not so already.
put() {
  mkdir -p "$(dirname "$1")"
  (umask 077 && cat >"$1.new")
  chmod "$2" "$1.new"
  if cmp -s "$1.new" "$1" && [ "$(stat -c %a "$1")" = "$2" ]; then
    rm -f "$1.new"
    return
  fi
  mark
  mv -f "$1.new" "$1"
  say "wrote $1"
}
"""

NEWER: Final = """\
# newer A B: whether version A comes after version B.
newer() { [ "$1" != "$2" ] && [ "$(printf '%s\\n%s\\n' "$1" "$2" | sort -V | tail -n 1)" = "$1" ]; }
"""

KUBECTL: Final = f"""\
kubectl() {{ {K3S} kubectl "$@"; }}
"""

_END: Final = "END-OF-FILE"


def puts(files: Files) -> str:
    """Calls of ``put`` for all of them, in their order."""
    return "".join(_put(files))


def words(*texts: str) -> str:
    """Texts as words of the shell."""
    return " ".join(map(quote, texts))


def _put(files: Files) -> Iterator[str]:
    for path, file in files.items():
        if _END in file.content or not file.content.endswith("\n"):
            raise ValueError(f"{path}: a file ends with a newline, and never says {_END}")
        yield f"put {quote(path)} {file.mode:o} <<'{_END}'\n{file.content}{_END}\n"
