"""Whether every node is there, says what it is for, and runs the version it should."""

from collections.abc import Mapping

from components.onprem.k3s.nodes import DUTY, STORAGE
from components.onprem.k3s.plan import ClusterPlan
from components.onprem.k3s.shell import KUBECTL, NEWER, START, words

_NODE = """\
# node NAME TAINT [LABEL...]: labels and taints are only taken from the configuration when a node first joins.
node() {
  name=$1 taint=$2
  shift 2
  kubectl wait --for=condition=Ready --timeout=10m "node/$name" >/dev/null ||
    fail "$name is not ready: see journalctl on it, and: kubectl describe node $name"
  kubectl label --overwrite node "$name" "$@" >/dev/null
  found="{range .spec.taints[?(@.key=='$duty')]}{.key}={.value}:{.effect}{end}"
  now=$(kubectl get node "$name" -o "jsonpath=$found")
  if [ "$now" != "$taint" ]; then
    [ -z "$now" ] || kubectl taint node "$name" "$duty-" >/dev/null
    [ -z "$taint" ] || kubectl taint --overwrite node "$name" "$taint" >/dev/null
    say "$name now has the taint: ${taint:-none}"
  fi
  version "$name"
}
"""

_LENIENT = """\
# version NAME: an older one is right only while upgrade plans are there to bring the wanted one.
version() {
  told=$(kubectl get node "$1" -o 'jsonpath={.status.nodeInfo.kubeletVersion}')
  if [ "$told" = "$wanted" ]; then
    say "$1 is ready and runs $told"
  elif newer "$wanted" "$told" && kubectl get customresourcedefinition plans.upgrade.cattle.io >/dev/null 2>&1
  then
    say "$1 is ready and runs $told: the upgrade plans bring $wanted"
  else
    fail "$1 runs $told and not $wanted: k3s on it was not installed by this program." \\
      "Take it out and in again, see docs/runbooks/node-replace.md"
  fi
}
"""


def script(plan: ClusterPlan, version: str) -> str:
    """On the first server: waits for every node, makes its labels and taints true, and checks its version."""
    calls = "\n".join(
        f"node {words(node.name, ''.join(node.taints), *_labels(node.labels))}" for node in plan.nodes
    )
    return f"""\
{START}
{NEWER}
{KUBECTL}
wanted={words(version)} duty={DUTY}
{_LENIENT}
{_NODE}
{calls}
ours={words(" ".join(node.name for node in plan.nodes))}
for other in $(kubectl get nodes -o 'jsonpath={{.items[*].metadata.name}}'); do
  case " $ours " in
    *" $other "*) ;;
    *) say "$other is in the cluster and not in the stack: see docs/runbooks/node-replace.md" ;;
  esac
done
"""


def _labels(labels: Mapping[str, str]) -> list[str]:
    """Set, or taken away: a label of ours that is not wanted any more goes."""
    return [f"{key}={labels[key]}" if key in labels else f"{key}-" for key in (DUTY, STORAGE)]
