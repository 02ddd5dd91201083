"""What nodes join with."""

from collections.abc import Mapping
from typing import Final

from components.onprem.k3s.config import AGENT_TOKEN, FOLDER, TOKEN
from components.onprem.k3s.shell import START, words

CLUSTER: Final = "/var/lib/rancher/k3s/server/token"
"""Where a server keeps its token, with the sum of the cluster's own authority before it."""

LENGTH: Final = 44
"""Letters and digits of a token: 262 bits."""


def pinned(authority: str, user: str, token: str) -> str:
    """A token that makes whoever joins look at the cluster's authority before it says anything."""
    return f"{authority.strip()}::{user}:{token}"


def of_server(token: str, agent: str, authority: str = "") -> Mapping[str, str]:
    """By file. The first server has no authority yet to be pinned to."""
    return {TOKEN: pinned(authority, "server", token) if authority else token, AGENT_TOKEN: agent}


def of_worker(agent: str, authority: str) -> Mapping[str, str]:
    """By file: a worker that is taken over can join nothing as a server, nor open a snapshot."""
    return {AGENT_TOKEN: pinned(authority, "node", agent)}


def keep(tokens: Mapping[str, str]) -> str:
    """Puts tokens in their files, readable by root alone; never over another one.

    A first server that is made anew keeps the short form, a joined one the pinned form: the same token.
    """
    calls = "\n".join(f"keep {words(path, token)}" for path, token in tokens.items())
    return f"""\
{START}
umask 077
install -d -m 700 {FOLDER}
# keep PATH TOKEN: nothing is done where the file has it, whether with the authority's sum or without.
keep() {{
  if [ -s "$1" ]; then
    there=$(cat "$1")
    [ "${{there##*:}}" = "${{2##*:}}" ] ||
      fail "$1 holds another token, and nothing was changed: this machine belongs to another cluster, or" \\
        "the stack has lost its token. The right one is in the escrow, see docs/runbooks/etcd-restore.md"
    say "$1 is in place"
    return
  fi
  printf '%s\\n' "$2" >"$1.new"
  mv -f "$1.new" "$1"
  say "wrote $1"
}}
{calls}
"""


def authority() -> str:
    """Prints the sum of the cluster's authority, which is not secret."""
    return f"""\
{START}
found=$(sed -n 's/^\\(K10[0-9a-f]*\\)::.*/\\1/p' {CLUSTER})
[ -n "$found" ] || fail "{CLUSTER} has no sum of the cluster's authority: is this the first server?"
say "$found"
"""
