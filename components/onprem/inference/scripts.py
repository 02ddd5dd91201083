"""The scripts that make a Mac serve models; each may run any number of times."""

from collections.abc import Mapping
from ipaddress import IPv4Address

from components.files import File, Files
from components.onprem.inference import daemons, layout
from components.onprem.inference.models import Model
from components.onprem.inference.pins import CADDY, ENVIRONMENT, PYTHON, REQUIREMENTS, UV
from components.onprem.inference.shell import DAEMON, DOWNLOAD, END, PRELUDE, USERS, file, put, put_all, words

ROTATION = "/etc/newsyslog.d/inference.conf"
SERVER = f"{layout.SERVER_USER}:{layout.SERVER_USER}"
FRONT = f"{layout.FRONT_USER}:{layout.FRONT_USER}"


def prepare() -> str:
    """Users, folders, the proxy, Python's environment, our programs. No daemon yet."""
    folders = {
        layout.HOME: ("root:wheel", "0755"),
        layout.ETC: ("root:wheel", "0755"),
        layout.BIN: ("root:wheel", "0755"),
        layout.MODELS: ("root:wheel", "0755"),
        layout.PROGRAMS: ("root:wheel", "0755"),
        f"{layout.PROGRAMS}/{layout.SOURCE.name}": ("root:wheel", "0755"),
        layout.STARTED: ("root:wheel", "0755"),
        layout.RUN: (SERVER, "0750"),
        layout.LOGS: (SERVER, "0750"),
        layout.FRONT_LOGS: (FRONT, "0750"),
    }
    made = "".join(f"folder '{path}' {owner} {mode}\n" for path, (owner, mode) in folders.items())
    return f"""\
{PRELUDE}{DOWNLOAD}{USERS}
[ "$(uname -sm)" = 'Darwin arm64' ] || {{ say 'models are served on a Mac with a GPU of Apple'; exit 1; }}
account {layout.SERVER_USER}
account {layout.FRONT_USER}
{made}{_caddy()}{_environment()}{file(ROTATION, daemons.rotation())}"""


def key(address: IPv4Address, names: tuple[str, ...]) -> str:
    """Prints the request for a certificate. The key is made once, on the Mac, and never leaves it."""
    listed = "".join(f"DNS.{place} = {name}\n" for place, name in enumerate(names, 1))
    asked = f"""\
[req]
prompt = no
distinguished_name = subject
req_extensions = extensions
[subject]
CN = {names[0]}
[extensions]
subjectAltName = @names
extendedKeyUsage = serverAuth
[names]
{listed}IP.1 = {address}
"""
    return f"""\
{PRELUDE}
key='{layout.KEY}'
request='{layout.REQUEST}'
names='{layout.NAMES}'
if [ ! -s "$key" ]; then
  (umask 077; openssl ecparam -name secp384r1 -genkey -noout -out "$key.new")
  mv "$key.new" "$key"
  rm -f "$request"
  say 'made a key'
fi
chown {FRONT} "$key"
chmod 0400 "$key"
cat >"$names.new" <<'{END}'
{asked}{END}
if [ ! -s "$request" ] || ! cmp -s "$names.new" "$names"; then
  openssl req -new -sha384 -key "$key" -config "$names.new" -out "$request.new"
  mv "$request.new" "$request"
  say 'wrote a request for a certificate'
fi
mv "$names.new" "$names"
cat "$request"
"""


def front(config: str, certificate: str, authority: str) -> str:
    """The certificate, whom the proxy trusts, and the proxy itself."""
    plist = daemons.plist("front")
    certificate, authority = (f"{each.strip()}\n" for each in (certificate, authority))
    return f"""\
{PRELUDE}{DAEMON}
{put(layout.CERTIFICATE, certificate)}{put(layout.AUTHORITY, authority)}
if [ "$(openssl x509 -noout -pubkey -in '{layout.CERTIFICATE}')" != \\
  "$(openssl ec -pubout -in '{layout.KEY}' 2>/dev/null)" ]; then
  say 'the certificate belongs to another key: deploy again, a new request is on its way'
  exit 1
fi
{put(layout.FRONT, config)}{file(plist, daemons.front())}\
'{layout.BIN}/caddy' validate --config '{layout.FRONT}' >/dev/null 2>&1 || {{
  say 'the proxy refuses its configuration: {layout.BIN}/caddy validate --config {layout.FRONT}'
  exit 1
}}
daemon {daemons.label("front")} {words([layout.CERTIFICATE, layout.AUTHORITY, layout.FRONT])}
"""


def bucket(access_key: str, secret_key: str) -> str:
    """How curl shows who it is to the bucket of the models; secret, and in a script of its own."""
    content = f'user = "{access_key}:{secret_key}"\naws-sigv4 = "aws:amz:auto:s3"\n'
    return (
        f"{PRELUDE}\nfolder '{layout.HOME}' root:wheel 0755\nfolder '{layout.ETC}' root:wheel 0755\n"
        + put(layout.BUCKET, content, mode=0o600)
    )


def fetch(models: Mapping[str, Model]) -> str:
    """Brings every model that is not there yet; what is there was checked when it came."""
    calls = "".join(
        f"fetch {words([daemons.folder(name, model), model.source, model.sha256])}\n"
        for name, model in sorted(models.items())
    )
    return f"""\
{PRELUDE}
# fetch FOLDER SOURCE SHA256
fetch() {{
  [ ! -d "$1" ] || return 0
  rm -rf "$1.part" "$1.tar"
  case $2 in
    gs://*)
      set -- "$1" "https://storage.googleapis.com/${{2#gs://}}" "$3"
      if [ -f '{layout.BUCKET}' ]; then
        curl --fail --silent --show-error --proto '=https' --config '{layout.BUCKET}' --output "$1.tar" "$2"
      else
        curl --fail --silent --show-error --proto '=https' --output "$1.tar" "$2"
      fi ;;
    *) cp "$2" "$1.tar" ;;
  esac
  printf '%s  %s\\n' "$3" "$1.tar" | shasum -a 256 -c - >/dev/null 2>&1 || {{
    rm -f "$1.tar"
    say "$2 has another checksum than $3: refused"
    exit 1
  }}
  mkdir "$1.part"
  tar -xf "$1.tar" -C "$1.part"
  rm "$1.tar"
  [ -f "$1.part/config.json" ] || {{ say "$2 holds no config.json at its top"; exit 1; }}
  chown -R root:wheel "$1.part"
  chmod -R a+rX,go-w "$1.part"
  mv "$1.part" "$1"
  say "brought $1"
}}
{calls}"""


def serve(models: Mapping[str, Model]) -> str:
    """The daemons; those of models that are no longer served end, and their files go."""
    rendered = {**daemons.serving(models), **_programs()}
    kept = [daemons.label(f"model.{name}") for name in sorted(models)]
    folders = [daemons.folder(name, model) for name, model in sorted(models.items())]
    programs = [*_programs(), layout.SETTINGS]
    started = "".join(f"daemon {each} {words(programs)}\n" for each in [*kept, daemons.label("ready")])
    return f"""\
{PRELUDE}{DAEMON}
{put_all(rendered)}
kept={words([f" {' '.join(kept)} "])}
for plist in '{layout.DAEMONS}/{layout.LABEL}.model.'*.plist; do
  [ -e "$plist" ] || continue
  label=$(basename "$plist" .plist)
  case $kept in *" $label "*) continue ;; esac
  launchctl bootout "system/$label" >/dev/null 2>&1 || true
  rm "$plist"
  say "ended $label"
done
{started}kept={words([f" {' '.join(folders)} "])}
for each in '{layout.MODELS}/'*; do
  [ -e "$each" ] || continue
  case $kept in *" $each "*) continue ;; esac
  rm -rf "$each"
  say "removed $each"
done
"""


def _caddy() -> str:
    return f"""
if [ "$('{layout.BIN}/caddy' version 2>/dev/null | cut -d ' ' -f 1)" != 'v{CADDY.version}' ]; then
  download '{CADDY.url}' {CADDY.sha256} '{layout.HOME}/caddy.tar.gz'
  tar -xzf '{layout.HOME}/caddy.tar.gz' -C '{layout.BIN}' caddy
  rm '{layout.HOME}/caddy.tar.gz'
  chown root:wheel '{layout.BIN}/caddy'
  chmod 0755 '{layout.BIN}/caddy'
  say 'brought caddy {CADDY.version}'
fi
"""


def _environment() -> str:
    """By uv: a Mac has curl, tar and shasum, and neither Python nor a compiler."""
    environment = f"{layout.HOME}/env-{ENVIRONMENT}"
    return f"""
if [ ! -f '{environment}/.complete' ]; then
  rm -rf '{environment}' '{layout.HOME}/uv'
  mkdir '{layout.HOME}/uv'
  download '{UV.url}' {UV.sha256} '{layout.HOME}/uv/uv.tar.gz'
  tar -xzf '{layout.HOME}/uv/uv.tar.gz' -C '{layout.HOME}/uv' --strip-components 1
  chmod 0755 '{layout.HOME}/uv/uv'
{put(f"{layout.HOME}/uv/requirements.txt", REQUIREMENTS)}\
  export UV_PYTHON_INSTALL_DIR='{layout.HOME}/python' UV_NO_CONFIG=1 UV_NO_CACHE=1
  '{layout.HOME}/uv/uv' venv --quiet --managed-python --python {PYTHON} '{environment}'
  '{layout.HOME}/uv/uv' pip install --quiet --python '{environment}/bin/python' --require-hashes \\
    --only-binary :all: -r '{layout.HOME}/uv/requirements.txt'
  touch '{environment}/.complete'
  rm -rf '{layout.HOME}/uv'
  say 'made the environment {ENVIRONMENT}'
fi
"""


def _programs() -> Files:
    return {
        f"{layout.PROGRAMS}/{layout.SOURCE.name}/{each.name}": File(content=each.read_text(encoding="utf-8"))
        for each in sorted(layout.SOURCE.glob("*.py"))
    }
