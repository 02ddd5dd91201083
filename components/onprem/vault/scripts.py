"""Scripts that run beside Vault and before it: POSIX sh, with the image's own commands."""

from collections.abc import Sequence
from typing import Final

from components.onprem.vault.engines import CONFIGURATION, Setting
from components.onprem.vault.server import AUTHORITY, TLS

AUDIT: Final = "/vault/audit"
AUDIT_FILE: Final = f"{AUDIT}/audit.log"
FOUNDING: Final = "/vault/founding"
"""Where the ceremony's script and its files lie in each server."""

CLUSTER: Final = "kubernetes_host=https://kubernetes.default.svc"
"""Whom Vault asks about pods; its certificate, and Vault's own token, it finds in its pod."""

KEPT: Final = 8
"""Older files of the audit log on the volume; the log agent takes each line from standard output."""
FULL: Final = 256 * 1024 * 1024
"""Bytes of one file. Nine of them are 2.25 GiB: the volume must be larger, or Vault would stop answering."""

LOOK: Final = 60
"""Seconds between two looks at the certificate and the file."""

SCRATCH: Final = "/tmp"  # noqa: S108 -- a volume of each pod alone, in memory

SETTINGS: Final = "/vault/settings"
"""Where the configuring Job finds what it tells Vault."""
JOB_TOKEN: Final = "/var/run/secrets/vault/token"  # noqa: S105 -- a path


def keeper(log: str = AUDIT_FILE, certificate: str = f"{TLS}/tls.crt", *, full: int = FULL) -> str:
    """Makes Vault read its certificate again when it is another, and begins a new audit file in time."""
    return f"""\
set -eu
log={log}
certificate={certificate}
read_again() {{ kill -HUP "$(pgrep -o -x vault)"; }}
turn() {{
  number={KEPT}
  rm -f "$log.$number"
  while [ "$number" -gt 1 ]; do
    number=$((number - 1))
    if [ -e "$log.$number" ]; then mv "$log.$number" "$log.$((number + 1))"; fi
  done
  mv "$log" "$log.1"
}}
was=$(cksum <"$certificate")
while sleep "${{LOOK:-{LOOK}}}"; do
  now=$(cksum <"$certificate")
  if [ "$now" != "$was" ]; then
    was=$now
    read_again
    echo "certificate is another: Vault reads it again"
  fi
  if [ -e "$log" ] && [ "$(wc -c <"$log")" -gt {full} ]; then
    turn
    read_again
    echo "audit file is full: a new one is begun, {KEPT} older ones stay"
  fi
done
"""


def founding(audit_file: str = AUDIT_FILE, folder: str = FOUNDING, cluster: str = CLUSTER) -> str:
    """The ceremony's second half, with the root token in ``VAULT_TOKEN``: audit first, then the login."""
    return f"""\
set -eu
: "${{VAULT_TOKEN:?put the root token into VAULT_TOKEN first, as the runbook says}}"
audited() {{ vault audit list -format=json | grep -q "\\"$1/\\""; }}
if audited file; then
  echo "audit to a file: already on"
else
  vault audit enable -path=file file file_path={audit_file} mode=0600
fi
if audited stdout; then
  echo "audit to standard output: already on"
else
  vault audit enable -path=stdout file file_path=stdout
fi
if vault auth list -format=json | grep -q '"kubernetes/"'; then
  echo "login of pods: already on"
else
  vault auth enable kubernetes
fi
vault write auth/kubernetes/config {cluster}
vault policy write {CONFIGURATION} {folder}/policy.json
vault write auth/kubernetes/role/{CONFIGURATION} @{folder}/role.json
echo "founded: the Job vault-configuration writes the rest; now revoke the root token"
"""


def configuring(settings: Sequence[Setting], folder: str = SETTINGS, token: str = JOB_TOKEN) -> str:
    """Tells Vault everything, as often as it runs; what is right already stays untouched."""
    told = "\n".join(f"{'once' if each.once else 'tell'} {each.path} {each.file}" for each in settings)
    return f"""\
set -eu
cd {folder}
once() {{
  if vault read "$1" >/dev/null 2>&1; then
    echo "$1: there already"
  else
    vault write "$1" "@$2" >/dev/null
    echo "$1: made"
  fi
}}
tell() {{
  vault write "$1" "@$2" >/dev/null
  echo "$1: told"
}}
state=0
vault status >/dev/null || state=$?
if [ "$state" -ne 0 ]; then
  echo "Vault is sealed, or was never initialised: see docs/runbooks/vault-ceremony.md" >&2
  exit 1
fi
VAULT_TOKEN=$(vault write -field=token auth/kubernetes/login role={CONFIGURATION} jwt=@{token}) || {{
  echo "Vault does not know this Job: run the ceremony's second half, docs/runbooks/vault-ceremony.md" >&2
  exit 1
}}
export VAULT_TOKEN
{told}
vault token revoke -self >/dev/null
echo "Vault is as the program says"
"""


def snapshotting(folder: str, kept: int, token: str = JOB_TOKEN) -> str:
    """A copy of all that Vault holds, as encrypted as in its own storage; only the last ``kept`` stay."""
    return f"""\
set -eu
cd {folder}
VAULT_TOKEN=$(vault write -field=token auth/kubernetes/login role=snapshots jwt=@{token})
export VAULT_TOKEN
file="vault-$(date -u +%Y%m%dT%H%M%SZ).snap"
vault operator raft snapshot save "$file.part"
vault operator raft snapshot inspect "$file.part" >/dev/null
mv "$file.part" "$file"
vault token revoke -self >/dev/null || true
echo "$file: saved, $(wc -c <"$file") bytes"
number=0
for old in $(find . -name 'vault-*.snap' | sort -r); do
  number=$((number + 1))
  if [ "$number" -gt {kept} ]; then
    rm -f "$old"
    echo "$old: removed, {kept} newer ones stay"
  fi
done
"""


ENVIRONMENT: Final = {"VAULT_CACERT": AUTHORITY}
"""For every command, so that none has a reason to skip the check of the certificate."""
