"""What the kernel of a node must have and do."""

from collections.abc import Mapping
from typing import Final

from components.files import File, Files
from components.onprem.machines.install import Reaction

MODULES: Final = ("br_netfilter", "dm_crypt", "iscsi_tcp", "nf_conntrack", "overlay", "wireguard")
"""Pods, encrypted volumes, Longhorn's iSCSI, and the two WireGuards: between nodes and to the cloud."""

MODULES_FILE: Final = "/etc/modules-load.d/node.conf"

KUBELET: Final = {
    "kernel.keys.root_maxbytes": 25000000,
    "kernel.keys.root_maxkeys": 1000000,
    "kernel.panic": 10,
    "kernel.panic_on_oops": 1,
    "vm.overcommit_memory": 1,
    "vm.panic_on_oom": 0,
}
"""What the kubelet demands with ``protect-kernel-defaults`` (k3s hardening guide; kubelet's table)."""

SETTINGS_FILE: Final = "/etc/sysctl.d/80-node.conf"
"""Before k3s' own and the link's: where they say otherwise, they win."""

NODE: Final = {
    "fs.inotify.max_user_instances": 8192,
    "fs.inotify.max_user_watches": 524288,
    "fs.protected_fifos": 2,
    "fs.protected_hardlinks": 1,
    "fs.protected_regular": 2,
    "fs.protected_symlinks": 1,
    "fs.suid_dumpable": 0,
    "kernel.dmesg_restrict": 1,
    "kernel.kptr_restrict": 2,
    "kernel.randomize_va_space": 2,
    "kernel.yama.ptrace_scope": 1,
    "net.bridge.bridge-nf-call-iptables": 1,
    "net.ipv4.conf.all.accept_redirects": 0,
    "net.ipv4.conf.all.accept_source_route": 0,
    "net.ipv4.conf.all.send_redirects": 0,
    "net.ipv4.conf.default.accept_redirects": 0,
    "net.ipv4.conf.default.accept_source_route": 0,
    "net.ipv4.conf.default.send_redirects": 0,
    "net.ipv4.icmp_echo_ignore_broadcasts": 1,
    "net.ipv4.ip_forward": 1,
    "net.ipv4.tcp_syncookies": 1,
}
"""Room for pods that watch files, and what the CIS benchmark of the operating system asks and pods endure.

It asks for ``ip_forward`` and rp_filter otherwise: pods are routed, and the link's files set the second one.
"""

REACTION: Final = Reaction(
    name="kernel",
    paths=[SETTINGS_FILE],
    run="sysctl --quiet --system >/dev/null",
    says="the kernel is set anew",
)


def kernel() -> Files:
    """Modules at boot, and settings."""
    return {
        MODULES_FILE: File(content="".join(f"{module}\n" for module in MODULES)),
        SETTINGS_FILE: File(content=_lines({**KUBELET, **NODE})),
    }


def load_modules() -> str:
    """The step that loads them now, or says which one this kernel lacks."""
    return f"""\
for module in {" ".join(MODULES)}; do
  modprobe "$module" ||
    stop "this kernel has no module $module: install the general kernel, not the one for clouds"
done"""


def swap_off() -> str:
    """The step that ends swapping, now and at boot: memory of pods, with patient data, stays in memory."""
    return """\
if [ -n "$(swapon --show=NAME --noheadings)" ]; then
  swapoff --all
  echo "swap is off"
fi
if grep -qE '^[^#]+[[:space:]]swap[[:space:]]' /etc/fstab; then
  sed -i -E 's/^([^#]+[[:space:]]swap[[:space:]])/# no swap on a node: \\1/' /etc/fstab
  echo "swap is no longer in /etc/fstab"
fi"""


def _lines(values: Mapping[str, int]) -> str:
    return "".join(f"{key} = {value}\n" for key, value in values.items())
