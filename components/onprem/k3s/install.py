"""Installing k3s on a node, and starting it."""

from typing import Final

from components.onprem.k3s.config import FOLDER, files
from components.onprem.k3s.hardening import AUDIT_LOG, SYSCTL
from components.onprem.k3s.nodes import Node
from components.onprem.k3s.plan import ClusterPlan
from components.onprem.k3s.shell import K3S, NEWER, PUT, START, puts, words
from components.onprem.k3s.unit import service, unit
from components.onprem.k3s.version import BINARIES, RELEASES, VERSION

DUE: Final = f"{FOLDER}/restart-due"
"""Lies there from the first change until k3s has started with it, also when a run is cut off in between."""

PATIENCE: Final = 120
"""Times five seconds until a node must be ready: images come over the hospital's line the first time."""

START_TIME: Final = "15m"
"""In which systemd must have started k3s; it would wait for ever, and so would a deployment."""

HEALTH: Final = "http://127.0.0.1:10248/healthz"
"""Of the kubelet, on the node alone."""

KUBELET: Final = "/var/lib/rancher/k3s/agent/kubelet.kubeconfig"
"""With which any node may ask about itself."""


def script(plan: ClusterPlan, node: Node, *, version: str = VERSION, releases: str = RELEASES) -> str:
    """Installs k3s, or leaves it as it is; restarts it only when something of it has changed."""
    server = node in plan.servers
    parts = [
        START,
        NEWER,
        _mark(),
        PUT,
        _alone(plan) if node is plan.first else "",
        f"install -d -m 700 {FOLDER}\n",
        f"install -d -m 700 {AUDIT_LOG.rpartition('/')[0]}\n" if server else "",
        puts({**files(plan, node), **unit(server=server)}),
        _binary(version, releases),
        _start(service(server=server)),
        _ready(node.name, service(server=server)),
    ]
    return "\n".join(part for part in parts if part)


def _mark() -> str:
    return f"""\
# Remember that k3s has to start anew.
mark() {{ mkdir -p {FOLDER} && : >{DUE}; }}
"""


def _alone(plan: ClusterPlan) -> str:
    """The first server of a cluster that lives must not start a second one on an empty disk."""
    others = [f"https://{each.address}:6443/ping" for each in plan.servers if each is not plan.first]
    if not others:
        return ""
    return f"""\
if [ ! -d /var/lib/rancher/k3s/server/db/etcd ]; then
  for other in {words(*others)}; do
    if curl --insecure --silent --output /dev/null --max-time 5 "$other"; then
      fail "$other answers: the cluster lives, and this machine would start another one." \\
        "Put a living server first in the stack's settings, see docs/runbooks/node-replace.md"
    fi
  done
fi
"""


def _binary(version: str, releases: str) -> str:
    """Later versions come by the plans of ``Upgrades``, which empty a node first."""
    cases = "\n".join(f"  {kind}) file={each.file} sum={each.sum} ;;" for kind, each in BINARIES.items())
    return f"""\
wanted={words(version)}
case "$(uname -m)" in
{cases}
  *) fail "k3s has no file for $(uname -m): only {" and ".join(BINARIES)}" ;;
esac
there=
if [ -x {K3S} ]; then
  there=$({K3S} --version 2>/dev/null | sed -n 's/^k3s version \\([^ ]*\\).*/\\1/p') || there=
fi
if [ -z "$there" ]; then
  trap 'rm -f {K3S}.new' EXIT
  curl --fail --silent --show-error --location --connect-timeout 20 --retry 3 --speed-limit 1000 \\
    --speed-time 60 --output {K3S}.new {words(releases)}/{words(version.replace("+", "%2B"))}/"$file" ||
    fail "$file of k3s $wanted could not be fetched, nothing was changed: run again"
  printf '%s  %s\\n' "$sum" {K3S}.new | sha256sum --check --status ||
    fail "$file of k3s $wanted is not what was published (its sum is another): it was thrown away"
  chmod 755 {K3S}.new
  mark
  mv -f {K3S}.new {K3S}
  trap - EXIT
  say "installed k3s $wanted"
elif newer "$there" "$wanted"; then
  fail "k3s $there is here and $wanted is older: no way leads back." \\
    "Write $there in the program, or restore a snapshot from before (docs/runbooks/etcd-restore.md)"
elif newer "$wanted" "$there"; then
  say "k3s $there stays for now: the upgrade plans bring $wanted, one node at a time"
fi
"""


def _start(name: str) -> str:
    return f"""\
if [ -e {DUE} ]; then
  sysctl --quiet --load={SYSCTL}
  systemctl daemon-reload
  systemctl enable --quiet {name}.service
  timeout {START_TIME} systemctl restart {name}.service ||
    fail "{name} does not start: see journalctl -u {name}"
  rm -f {DUE}
  say "started {name}"
elif ! systemctl is-active --quiet {name}.service; then
  timeout {START_TIME} systemctl start {name}.service ||
    fail "{name} does not start: see journalctl -u {name}"
  say "started {name}, which had stopped"
else
  say "{name} runs, and nothing has changed"
fi
"""


def _ready(name: str, unit: str) -> str:
    path = '{.status.conditions[?(@.type=="Ready")].status}'
    return f"""\
left={PATIENCE}
state() {{ {K3S} kubectl --kubeconfig {KUBELET} get node {name} -o jsonpath='{path}' 2>/dev/null; }}
# The cluster calls a node ready for a while after its kubelet has gone: so both are asked.
until curl --fail --silent --output /dev/null --max-time 5 {HEALTH} && [ "$(state)" = True ]; do
  left=$((left - 1))
  [ "$left" -gt 0 ] || fail "{name} is not ready: see journalctl -u {unit} on {name}"
  sleep 5
done
say "{name} is ready"
"""
