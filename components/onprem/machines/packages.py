"""Debian's and Ubuntu's packages on a node, and how they are kept current."""

from collections.abc import Sequence
from typing import Final

from components.files import File, Files
from components.onprem.machines.install import Reaction

PACKAGES: Final = (
    "apparmor",
    "ca-certificates",
    "chrony",
    "cryptsetup",
    "curl",
    "dmsetup",
    "e2fsprogs",
    "iproute2",
    "iputils-arping",
    "kmod",
    "nfs-common",
    "nftables",
    "open-iscsi",
    "procps",
    "python3",
    "unattended-upgrades",
    "wireguard-tools",
)
"""What k3s, Longhorn (its requirements for the first data engine), MetalLB's question, the link and these
scripts call."""

INSIDE: Final = ("netplan.io",)
"""On machines whose network is set here."""

UPGRADES_FILE: Final = "/etc/apt/apt.conf.d/90-node"

UPGRADES: Final = """\
APT::Periodic::Update-Package-Lists "1";
APT::Periodic::Unattended-Upgrade "1";
Unattended-Upgrade::Automatic-Reboot "false";
Unattended-Upgrade::MinimalSteps "true";
Dpkg::Options { "--force-confdef"; "--force-confold"; };
"""
"""Security updates every day; never a restart, which drains a node first and is somebody's decision."""

JOURNAL_FILE: Final = "/etc/systemd/journald.conf.d/90-node.conf"

JOURNAL: Final = """\
[Journal]
Storage=persistent
SystemMaxUse=2G
SystemKeepFree=5G
MaxRetentionSec=90day
"""

REACTIONS: Final = (
    Reaction(
        name="journal",
        paths=[JOURNAL_FILE],
        run="systemctl restart systemd-journald.service",
        says="the journal keeps 2 GB",
    ),
)


def system() -> Files:
    """How packages are upgraded, and how much the journal keeps."""
    return {
        UPGRADES_FILE: File(content=UPGRADES),
        JOURNAL_FILE: File(content=JOURNAL),
    }


def install_packages(packages: Sequence[str]) -> str:
    """The step that installs those that are missing; it changes no version of those that are there."""
    return f"""\
missing=
for package in {" ".join(packages)}; do
  state=$(dpkg-query -W -f '${{db:Status-Status}}' "$package" 2>/dev/null) || state=
  [ "$state" = installed ] || missing="$missing $package"
done
if [ -n "$missing" ]; then
  export DEBIAN_FRONTEND=noninteractive
  left=30
  until apt-get -qq -o DPkg::Lock::Timeout=600 update >/dev/null; do
    left=$((left - 1))
    [ "$left" -gt 0 ] || stop "no list of packages: can this machine reach its mirror?"
    sleep 10
  done
  # Names of packages, one word each:
  # shellcheck disable=SC2086
  apt-get -qq -o DPkg::Lock::Timeout=600 -o Dpkg::Options::=--force-confold \\
    install --yes --no-install-recommends $missing >/dev/null
  echo "installed$missing"
else
  echo "unchanged packages"
fi"""


def units(on: Sequence[str], off: Sequence[str]) -> str:
    """The step that has units run, now and at boot, and others never."""
    return f"""\
for unit in {" ".join(off)}; do
  if systemctl is-enabled --quiet "$unit" 2>/dev/null || systemctl is-active --quiet "$unit"; then
    systemctl disable --now --quiet "$unit"
    echo "switched off $unit"
  fi
done
for unit in {" ".join(on)}; do
  if ! systemctl is-enabled --quiet "$unit"; then
    systemctl enable --quiet "$unit"
    echo "enabled $unit"
  fi
  if ! systemctl is-active --quiet "$unit"; then
    systemctl start "$unit"
    echo "started $unit"
  fi
done"""
