"""Files by which programs find the API server and prove who they are."""

import base64
import json
from pathlib import Path

from tests.cluster.plane.authority import Authority, Identity


def write(file: Path, server: str, authority: Authority, identity: Identity, context: str = "tests") -> Path:
    """A kubeconfig that needs no other file. JSON is YAML."""
    cluster = {"server": server, "certificate-authority-data": _data(authority.identity.certificate)}
    user = {
        "client-certificate-data": _data(identity.certificate),
        "client-key-data": _data(identity.key),
    }
    document = {
        "apiVersion": "v1",
        "kind": "Config",
        "current-context": context,
        "clusters": [{"name": "cluster", "cluster": cluster}],
        "users": [{"name": "user", "user": user}],
        "contexts": [{"name": context, "context": {"cluster": "cluster", "user": "user"}}],
    }
    file.touch(mode=0o600)
    file.write_text(json.dumps(document, indent=1), encoding="utf-8")
    return file


def _data(file: Path) -> str:
    return base64.b64encode(file.read_bytes()).decode()
