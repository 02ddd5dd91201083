"""A node that leaves for good. Nothing here runs unless the node's ``allow_destroy`` was deployed before."""

from components.onprem.k3s.config import FOLDER
from components.onprem.k3s.hardening import SYSCTL
from components.onprem.k3s.kubelet import FILE
from components.onprem.k3s.shell import K3S, KUBECTL, START, words
from components.onprem.k3s.unit import UNITS, service

CONTROL_PLANE = "node-role.kubernetes.io/control-plane"


def announced(node: str) -> str:
    """Says what will happen; the farewell does it."""
    return f"{START}\nsay {words(node)} leaves the cluster when it leaves the stack\n"


def drain(node: str) -> str:
    """On another server: empties the node and takes it out of the cluster, and of etcd if it is there."""
    return f"""\
{START}
{KUBECTL}
node={words(node)}
if ! kubectl get node "$node" >/dev/null 2>&1; then
  say "$node is not in the cluster any more"
  exit 0
fi
servers=$(kubectl get nodes -l {CONTROL_PLANE} -o 'jsonpath={{.items[*].metadata.name}}')
[ "$servers" != "$node" ] || fail "$node is the last server: without it there is no cluster, and no data"
kubectl drain "$node" --ignore-daemonsets --delete-emptydir-data --timeout=20m ||
  fail "$node could not be emptied: something on it may not be stopped yet, see kubectl get pdb -A." \\
    "Nothing was removed: run again"
kubectl delete node "$node"
say "$node has left the cluster"
"""


def uninstall(*, server: bool) -> str:
    """On the node itself: stops everything of k3s and removes it; disks of volumes stay as they are."""
    name = service(server=server)
    return f"""\
{START}
systemctl disable --quiet --now {name}.service 2>/dev/null || :
systemctl kill --kill-whom=all --signal=KILL {name}.service 2>/dev/null || :
systemctl stop kubepods.slice 2>/dev/null || :
# mounts: what k3s and its pods have mounted, the deepest first
mounts() {{
  while read -r _ path _; do
    case "$path" in
      /run/k3s/* | /var/lib/kubelet/* | /var/lib/rancher/k3s/*) say "$path" ;;
    esac
  done </proc/self/mounts | sort -r
}}
mounts | while read -r each; do umount "$each" || :; done
[ -z "$(mounts)" ] ||
  fail "still mounted: $(mounts | tr '\\n' ' ')- nothing was removed, or what is in it would be lost." \\
    "Restart the machine and run again"
for link in flannel-wg cni0; do
  ip link delete "$link" 2>/dev/null || :
done
rm -rf --one-file-system {FOLDER} /var/lib/rancher/k3s /var/lib/kubelet /run/k3s /etc/cni/net.d
rm -f {K3S} {UNITS}/{name}.service {SYSCTL} {FILE}
systemctl daemon-reload
say "k3s is gone; /var/lib/longhorn and other disks were not touched"
"""
