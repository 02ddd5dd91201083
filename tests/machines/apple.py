"""What stands for a Mac: Apple's own commands, as programs that remember; and the downloads it would make.

Not shown here: that macOS, Lima, vfkit and their bridges do what their documents say. That needs a Mac.
"""

from collections.abc import Mapping
from typing import Final

from tests.machines.shims import noted

PMSET: Final = noted(
    "pmset",
    """\
mkdir -p /run/pmset
case $* in
  '-g custom')
    printf 'Battery Power:\\n sleep 0\\nAC Power:\\n'
    for key in sleep disksleep autorestart womp powernap; do
      value=$(cat "/run/pmset/$key" 2>/dev/null || echo 10)
      echo " $key $value"
    done
    ;;
  '-g batt') cat /run/power 2>/dev/null || echo "Now drawing from 'AC Power'" ;;
  *) echo "$3" >"/run/pmset/$2" ;;
esac""",
)

DEFAULTS: Final = noted(
    "defaults",
    """\
mkdir -p /run/defaults
case $1 in
  read) cat "/run/defaults/$3" ;;
  write) echo 0 >"/run/defaults/$3" ;;
esac""",
)

SYSADMINCTL: Final = noted(
    "sysadminctl",
    """\
while [ $# -gt 0 ]; do
  case $1 in
    -addUser) name=$2 ;;
    -UID) uid=$2 ;;
    -GID) gid=$2 ;;
    -home) home=$2 ;;
  esac
  shift
done
useradd --uid "$uid" --gid "$gid" --home-dir "$home" --no-create-home --shell /usr/sbin/nologin "$name" """,
)

LAUNCHCTL: Final = noted(
    "launchctl",
    """\
mkdir -p /run/daemons
case $1 in
  print) [ -e "/run/daemons/${2#system/}" ] || exit 113 ;;
  bootstrap)
    label=${3##*/}
    : >"/run/daemons/${label%.plist}"
    [ ! -x /srv/boot ] || [ "$label" != hospital.node.machine.plist ] || /srv/boot
    ;;
esac""",
)

CURL: Final = noted(
    "curl",
    """\
while [ $# -gt 0 ]; do
  [ "$1" != --output ] || out=$2
  url=$1
  shift
done
cp "/srv/downloads/$(basename "$url")" "$out" """,
)

SHASUM: Final = """\
#!/bin/sh
# Tells of a download that the test itself made the sum that the real one has; of anything else the true one.
for known in /srv/known/*; do
  if cmp -s "$known" "$3"; then
    echo "${known##*/}  $3"
    exit
  fi
done
sha256sum "$3"
"""

LIMACTL: Final = noted(
    "limactl",
    """\
[ "$(id -u)" != 0 ] || { echo 'limactl: must not run as the root user' >&2; exit 1; }
case $1 in
  disk) mkdir -p "$LIMA_HOME/_disks/$3" ;;
  create)
    mkdir -p "$LIMA_HOME/node" "$LIMA_HOME/_config"
    { echo '# made by limactl'; cat "$4"; } >"$LIMA_HOME/node/lima.yaml"
    (umask 077; cp /srv/login "$LIMA_HOME/_config/user")
    cp /srv/ssh.config "$LIMA_HOME/node/ssh.config"
    ;;
esac""",
)

SSH_CONFIG: Final = """\
Host lima-node
  IdentityFile "/opt/node/lima/_config/user"
  StrictHostKeyChecking no
  UserKnownHostsFile /dev/null
  NoHostAuthenticationForLocalhost yes
  PreferredAuthentications publickey
  Compression no
  BatchMode yes
  IdentitiesOnly yes
  User entry
  ControlMaster auto
  ControlPath "/opt/node/lima/node/ssh.sock"
  ControlPersist yes
  Hostname 127.0.0.1
  Port {port}
"""
"""As Lima writes it, with what it does not check."""

MAC: Final[Mapping[str, str]] = {
    "/usr/bin/uname": "#!/bin/sh\necho arm64\n",
    "/usr/bin/sw_vers": "#!/bin/sh\ncat /run/macos 2>/dev/null || echo 26.1\n",
    "/usr/bin/fdesetup": "#!/bin/sh\ncat /run/vault 2>/dev/null || echo 'FileVault is Off.'\n",
    "/usr/bin/pmset": PMSET,
    "/usr/sbin/systemsetup": noted("systemsetup", "echo 'Restart After Freeze: On'"),
    "/usr/bin/defaults": DEFAULTS,
    "/usr/bin/dscl": '#!/bin/sh\ncase $3 in\n/Groups/*) getent group "${3#/Groups/}" ;;\n'
    '*) getent passwd "${3#/Users/}" ;;\nesac\n',
    "/usr/sbin/dseditgroup": noted("dseditgroup", 'groupadd --gid "$5" "$6"'),
    "/usr/sbin/sysadminctl": SYSADMINCTL,
    "/usr/bin/launchctl": LAUNCHCTL,
    "/usr/bin/curl": CURL,
    "/usr/bin/shasum": SHASUM,
}
