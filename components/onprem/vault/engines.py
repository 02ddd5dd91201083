"""What Vault holds: engines, the database accounts that it makes, the keys that never leave it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from components.onprem.vault.services import READ, WRITE, Paths, Service, policy, role

CONFIGURATION: Final = "configuration"
"""The policy and role of the Job that writes all the others; the ceremony makes both."""

ACCOUNT: Final = "vault-configuration"
"""That Job's service account."""

TOKEN_SECONDS: Final = 600
"""Of that Job."""

DATABASE: Final = "clinical"
"""How Vault calls its connection to the local PostgreSQL; it is made by hand, for it holds a password."""

CREATION: Final = (
    "CREATE ROLE \"{{{{name}}}}\" LOGIN PASSWORD '{{{{password}}}}' VALID UNTIL '{{{{expiration}}}}' "
    'IN ROLE "{role}";'
)
REVOCATION: Final = 'DROP ROLE IF EXISTS "{{name}}";'


@dataclass(frozen=True, kw_only=True, slots=True)
class Engine:
    """A secrets engine at a path."""

    kind: str
    options: Mapping[str, str]
    description: str

    def body(self) -> Mapping[str, Any]:
        """What ``sys/mounts`` takes."""
        return {"type": self.kind, "options": {**self.options}, "description": self.description}


ENGINES: Final[Mapping[str, Engine]] = MappingProxyType(
    {
        "database": Engine(kind="database", options={}, description="Database accounts that last an hour"),
        "kv": Engine(kind="kv", options={"version": "2"}, description="Secrets of others, with versions"),
        "transit": Engine(kind="transit", options={}, description="Keys that never leave Vault"),
    }
)

KEYS: Final[Mapping[str, Mapping[str, Any]]] = MappingProxyType(
    {
        "pseudonym": {
            "type": "hmac",
            "key_size": 32,
            "exportable": False,
            "allow_plaintext_backup": False,
        }
    }
)
"""Of transit. The pseudonyms of patients are made with a key that is never rotated, or they would change."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    """One thing that Vault is told."""

    path: str
    body: Mapping[str, Any]
    once: bool = False
    """Whether it is left as it is when it is there already: engines and keys cannot be made twice."""

    @property
    def file(self) -> str:
        """The name under which the body is mounted."""
        return self.path.replace("/", ".") + ".json"

    def text(self) -> str:
        """The body as it is mounted."""
        return json.dumps(self.body, indent=1, sort_keys=True) + "\n"


def settings(services: Sequence[Service]) -> Sequence[Setting]:
    """Everything, in the order in which Vault can be told."""
    return [
        *(Setting(path=f"sys/mounts/{path}", body=each.body(), once=True) for path, each in ENGINES.items()),
        *(Setting(path=f"transit/keys/{key}", body=body, once=True) for key, body in KEYS.items()),
        *(_database_role(service) for service in services if _creds(service.name) in service.paths),
        *(Setting(path=f"sys/policies/acl/{each.name}", body={"policy": each.policy()}) for each in services),
        *(Setting(path=f"auth/kubernetes/role/{each.name}", body=each.role()) for each in services),
    ]


def own_policy(services: Sequence[Service]) -> str:
    """What the Job may do: write exactly these settings, and read none of the secrets.

    It could give a service more than this program says, for it writes the policies; so its tokens last ten
    minutes, it cannot touch its own policy, and every write of it is in the audit log.
    """
    paths: Paths = {
        "sys/mounts": READ,
        **{setting.path: (*READ, *WRITE) for setting in settings(services)},
    }
    return policy(paths)


def own_role(namespace: str) -> Mapping[str, Any]:
    """Who the Job is."""
    return role(CONFIGURATION, namespace, ACCOUNT, TOKEN_SECONDS)


def _creds(name: str) -> str:
    return f"database/creds/{name}"


def _database_role(service: Service) -> Setting:
    """An account in PostgreSQL with the rights of the role of the service's name, while its token lasts."""
    return Setting(
        path=f"database/roles/{service.name}",
        body={
            "db_name": DATABASE,
            "creation_statements": [CREATION.format(role=service.name.replace("-", "_"))],
            "revocation_statements": [REVOCATION],
            "default_ttl": service.seconds,
            "max_ttl": service.seconds,
        },
    )
