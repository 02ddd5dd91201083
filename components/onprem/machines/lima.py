"""Lima: the first driver. Simple and well known; bridging carries 2 to 3.5 Gbit/s."""

import json
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from components.files import File, Files
from components.onprem.machines.disk import Disk, Sized
from components.onprem.machines.downloads import LIMA, SOCKET_VMNET, UBUNTU, Download
from components.onprem.machines.driver import ETC, HOME, LOGIN, Driver, common, guest, start
from components.onprem.machines.host import CARD, Lan, Mac
from components.onprem.machines.launchd import NETWORK, USER, daemon, loaded

LIMA_HOME: Final = f"{HOME}/lima"

NAME: Final = "node"

DISK: Final = "longhorn"

PORT: Final = 60022
"""On the Mac's loopback; Lima carries it into the machine without a network."""

SOCKET: Final = "/var/run/hospital.node.network"

LIMACTL: Final = f"{LIMA.folder}/bin/limactl"

YAML: Final = f"{ETC}/lima.yaml"

KEEP: Final = """\
ssh_deletekeys: false
preserve_hostname: true
"""
"""Lima gives cloud-init another instance id at every boot: without this, each brings new host keys.

And every machine would be called lima-node again.
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Lima(Driver):
    """vz, plain: no mounts from the Mac, no guest agent, no ports; one bridged card beside Lima's own.

    socket_vmnet runs as a daemon of its own: nobody on the Mac may start anything as root.
    """

    image: Download = UBUNTU

    macos: ClassVar[int] = 14
    lima: ClassVar[bool] = True

    def files(self, mac: Mac, lan: Lan) -> Files:
        """The machine's description, the programs that start and enter it, and the bridge's daemon."""
        bridge = [
            f"{SOCKET_VMNET.folder}/bin/socket_vmnet",
            "--vmnet-mode=bridged",
            f"--vmnet-interface={mac.wired}",
            f"--socket-group={USER}",
            SOCKET,
        ]
        return {
            **common(guest(f"-F {LIMA_HOME}/{NAME}/ssh.config lima-{NAME}"), start(CLEAN, RUN)),
            **daemon(NETWORK, bridge),
            YAML: File(content=json.dumps(lima_yaml(mac, lan, self.image), indent=1) + "\n"),
        }

    def prepare(self, mac: Mac) -> str:
        """Brings Lima and socket_vmnet, makes data disk and machine, and hands a new description on."""
        return "\n".join(
            [
                LIMA.fetch(),
                SOCKET_VMNET.fetch(),
                loaded(NETWORK),
                _own(LIMA_HOME),
                _disk(mac.inside.storage_gib) if mac.inside.storage_gib else "",
                CREATE,
            ]
        )

    def data_disk(self, mac: Mac) -> Disk:
        """By its size: Lima gives disks no name of their own."""
        return Sized(gib=mac.inside.storage_gib)


def lima_yaml(mac: Mac, lan: Lan, image: Download) -> dict[str, Any]:
    """The machine, in Lima's words (``pkg/limatype/lima_yaml.go`` of 2.2); JSON is YAML."""
    inside = mac.inside
    return {
        "minimumLimaVersion": LIMA.version,
        "vmType": "vz",
        "arch": "aarch64",
        "images": [{"location": image.url, "arch": "aarch64", "digest": f"sha256:{image.sha256}"}],
        "cpus": inside.cpus,
        "memory": f"{inside.memory_gib}GiB",
        "disk": f"{inside.system_gib}GiB",
        "additionalDisks": [{"name": DISK, "format": False}] if inside.storage_gib else [],
        "mounts": [],
        "containerd": {"system": False, "user": False},
        "networks": [{"socket": SOCKET, "interface": CARD, "macAddress": inside.mac, "metric": 100}],
        "ssh": {"localPort": PORT, "loadDotSSHPubKeys": False, "forwardAgent": False, "overVsock": True},
        "user": {"name": LOGIN, "uid": 1000, "home": f"/home/{LOGIN}", "shell": "/bin/bash"},
        "plain": True,
        "hostResolver": {"enabled": False},
        "dns": [*map(str, lan.names)],
        "propagateProxyEnv": False,
        "upgradePackages": False,
        "provision": [
            {
                "mode": "data",
                "path": "/etc/cloud/cloud.cfg.d/90-node.cfg",
                "content": KEEP,
                "owner": "root:root",
                "permissions": "644",
            }
        ],
    }


CLEAN: Final = f"""\
instance={LIMA_HOME}/{NAME}
# After a power loss these files name a process of the time before; Lima takes them for a running machine.
if [ -e "$instance/ha.pid" ]; then
  pid=$(tr -cd 0-9 <"$instance/ha.pid")
  case $(ps -p "${{pid:-0}}" -o command= 2>/dev/null || :) in
    *hostagent*)
      say "the machine runs already, as process $pid: not started twice"
      exit 1
      ;;
  esac
  rm -f "$instance/ha.pid" "$instance/ha.sock" "$instance/vz.pid" "$instance/ssh.sock"
  say "removed what process ${{pid:-unknown}} left behind: it no longer runs"
fi
"""

RUN: Final = f"{LIMACTL} start --tty=false --foreground {NAME}"


def _own(folder: str) -> str:
    return f"""\
if [ ! -d {folder} ]; then
  mkdir -p {folder}
  chown {USER}:{USER} {folder}
  chmod 0700 {folder}
fi"""


def _limactl(arguments: str) -> str:
    return f"sudo -n -H -u {USER} env LIMA_HOME={LIMA_HOME} {LIMACTL} {arguments}"


def _disk(gib: int) -> str:
    return f"""\
if [ ! -d {LIMA_HOME}/_disks/{DISK} ]; then
  {_limactl(f"disk create {DISK} --size {gib}GiB --format raw")}
  echo "made a data disk of {gib} GiB"
fi"""


CREATE: Final = f"""\
if [ ! -d {LIMA_HOME}/{NAME} ]; then
  {_limactl(f"create --tty=false --name={NAME} {YAML}")}
  echo "made the Linux machine"
fi
if ! cmp -s {YAML} {LIMA_HOME}/{NAME}/lima.yaml; then
  install -m 0600 -o {USER} -g {USER} {YAML} {LIMA_HOME}/{NAME}/lima.yaml
  echo "wrote {LIMA_HOME}/{NAME}/lima.yaml: it takes effect when the machine starts the next time"
fi"""
