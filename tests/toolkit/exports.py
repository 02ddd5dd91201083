"""Stack exports as the engine writes them."""

import json
from pathlib import Path
from typing import Any

from tests.toolkit.graphs import urn
from toolkit.values import SEALED, SIGNATURE

STACK = urn("pulumi:pulumi:Stack", "clinic-dev")
ENCRYPTED = {SIGNATURE: SEALED, "ciphertext": "v1:K3Vh:aGVsbG8="}


def plaintext(value: object) -> dict[str, str]:
    """A secret as ``pulumi stack export --show-secrets`` writes it."""
    return {SIGNATURE: SEALED, "plaintext": json.dumps(value)}


def row(chain: str, name: str, **fields: Any) -> dict[str, Any]:
    """One resource of the deployment."""
    kind = chain.rpartition("$")[2]
    made = {
        "urn": urn(chain, name),
        "custom": True,
        "id": f"{name}-id",
        "type": kind,
        "inputs": {},
        "outputs": {},
    }
    return {**made, "parent": STACK, "created": "2026-03-01T08:00:00Z", **fields}


def deployment(*rows: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A whole export: the stack's own resource, then ``rows``."""
    root = {"urn": STACK, "custom": False, "type": "pulumi:pulumi:Stack", "outputs": {"address": "10.0.0.1"}}
    return {
        "version": 3,
        "deployment": {
            "manifest": {"time": "2026-03-01T08:00:00Z", "magic": "", "version": "v3.272.0"},
            "secrets_providers": {"type": "passphrase", "state": {"salt": "v1:c2FsdA==:v1:bm9uY2U=:Zm9v"}},
            "resources": [root, *rows],
            **fields,
        },
    }


def written(folder: Path, export: object) -> Path:
    """``export`` as a file."""
    file = folder / "export.json"
    file.write_text(export if isinstance(export, str) else json.dumps(export), encoding="utf-8")
    return file
