"""Scripts that put files in place: only what differs, each at once and whole, and every change is said."""

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from components.files import Files

END: Final = "END-OF-FILE"

HOME: Final = "/var/lib/node"
"""Where a Linux machine remembers what is still to be done after a script that was cut off."""

NAME: Final = re.compile(r"[a-z][a-z0-9-]*")

PATH: Final = re.compile(r"/[A-Za-z0-9._/@+-]+")

PRELUDE: Final = """\
#!/bin/sh
set -eu
umask 022
export LC_ALL=C PATH=/usr/sbin:/usr/bin:/sbin:/bin
pending={home}/pending
new=
trap 'if [ -n "$new" ]; then rm -f "$new"; fi' EXIT
mkdir -p "$pending"

stop() {{
  echo "$1" >&2
  exit 1
}}

# put PATH MODE REACTION...: the file that it reads, root's, if it is not there already.
put() {{
  path=$1 mode=$2
  shift 2
  mkdir -p "${{path%/*}}"
  new=$(mktemp "$path.XXXXXX")
  cat >"$new"
  chmod "$mode" "$new"
  chown 0:0 "$new"
  if [ -f "$path" ] && [ ! -L "$path" ] && cmp -s "$new" "$path" &&
    [ -n "$(find "$path" -prune -perm "$mode" -user 0 -group 0)" ]; then
    rm -f "$new"
    new=
    echo "unchanged $path"
    return
  fi
  for reaction; do : >"$pending/$reaction"; done
  mv -f "$new" "$path"
  new=
  echo "wrote $path"
}}
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reaction:
    """What must be done when one of these files has changed; done later if a script was cut off before."""

    name: str
    paths: Sequence[str]
    """Whole paths; one that ends in a slash stands for all below it."""
    run: str
    """Shell; runs at most once for any number of files."""
    says: str = ""

    def asked_by(self, path: str) -> bool:
        """Whether a change of that file asks for it."""
        return any(path.startswith(each) if each.endswith("/") else path == each for each in self.paths)


def program(*steps: str, home: str = HOME) -> str:
    """One script of those steps, safe to be read from stdin by the shell that runs it."""
    body = "\n".join(step.strip("\n") for step in steps if step.strip())
    head = PRELUDE.format(home=home)
    return f"{head}\nmain() {{\n{body}\n}}\n\nmain </dev/null\n"


def install(files: Files, reactions: Sequence[Reaction] = ()) -> str:
    """The step that puts files in place and then does what changed ones ask for, in the given order."""
    return "\n".join([*(_put(files, path, reactions) for path in sorted(files)), *map(_react, reactions)])


def install_secrets(secrets: Mapping[str, str]) -> str:
    """The step that writes secrets, for root only; nothing of them is printed or on a command line."""
    return "\n".join(_put_secret(path, secrets[path]) for path in sorted(secrets))


def checked_path(path: str) -> str:
    """That path, if it can stand in a script as it is."""
    if not PATH.fullmatch(path) or "/../" in path or path.endswith("/"):
        raise ValueError(f"{path!r} is no plain absolute path of a file")
    return path


def _put(files: Files, path: str, reactions: Sequence[Reaction]) -> str:
    file = files[checked_path(path)]
    if not file.content.endswith("\n") or f"\n{END}\n" in f"\n{file.content}":
        raise ValueError(f"{path}: the text must end with a line's end, and have no line {END}")
    asked = [each.name for each in reactions if each.asked_by(path)]
    return f"{_call(path, file.mode, asked)} <<'{END}'\n{file.content}{END}"


def _put_secret(path: str, content: str) -> str:
    coded = b64encode(content.encode()).decode()
    return f"base64 -d <<'{END}' | {_call(checked_path(path), 0o600, [])}\n{coded}\n{END}"


def _call(path: str, mode: int, reactions: Sequence[str]) -> str:
    return " ".join(["put", path, f"{mode:04o}", *reactions])


def _react(reaction: Reaction) -> str:
    if not NAME.fullmatch(reaction.name):
        raise ValueError(f"{reaction.name!r} is no name of a reaction: small letters, digits and dashes")
    return f"""\
if [ -e "$pending/{reaction.name}" ]; then
{reaction.run.strip()}
rm -f "$pending/{reaction.name}"
{f'echo "{reaction.says}"' if reaction.says else ":"}
fi"""
