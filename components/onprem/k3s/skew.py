"""Whether every kubelet runs the version asked for: plans that did nothing have looked successful."""

from collections.abc import Sequence
from typing import Final

from components.onprem.k3s.shell import KUBECTL, START, words

HOUR: Final = 180
"""Times twenty seconds: what one node may take."""


def script(nodes: Sequence[str], version: str) -> str:
    """On a server: waits while plans do their work, and names the nodes that were not reached."""
    return f"""\
{START}
{KUBECTL}
wanted={words(version)} left={HOUR * len(nodes)} path='{{.status.nodeInfo.kubeletVersion}}'
# behind: the nodes that say something else, or nothing
behind() {{
  for node in {words(*nodes)}; do
    told=$(kubectl get node "$node" -o "jsonpath=$path" 2>/dev/null) || told=nothing
    [ "$told" = "$wanted" ] || printf '%s (%s) ' "$node" "$told"
  done
}}
late=$(behind)
while [ -n "$late" ]; do
  left=$((left - 1))
  [ "$left" -gt 0 ] || fail "not at $wanted: $late- see why with: kubectl -n system-upgrade get plans" \\
    "and what to do in docs/runbooks/k3s-upgrade.md; the nodes that are done stay so"
  sleep 20
  late=$(behind)
done
say "every node runs $wanted"
"""
