"""Who may do what in Vault: each service by its own policy, which names every path."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

AUDIENCE: Final = "vault"
"""What a pod's token must be made for; one made for Kubernetes or for Google opens nothing here."""

NAME: Final = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?")

PART: Final = re.compile(r"[a-z0-9][-_a-z0-9]*")
"""Of a path; ``+`` and ``*`` are not among them."""

OWN: Final = frozenset({"default", "root", "configuration"})
"""Policies of Vault's own, and of who writes the others: no service may take their names."""

HELD: Final = ("database", "kv", "transit")
"""The engines that services come for."""

SYSTEM: Final = frozenset({"sys/storage/raft/snapshot"})
"""What a service may ask of Vault itself. Policies, logins and the audit log are the ceremony's."""

NAMED: Final = 3
"""Parts of a path that are written out, as in ``kv/data/clinical-api/*``: fewer would open a whole engine."""

LONGEST: Final = 24 * 3600
"""Seconds; who is gone since yesterday is nobody today."""


class May(StrEnum):
    """What a policy allows on a path. There is no word here for root's protection being passed by."""

    CREATE = "create"
    READ = "read"
    UPDATE = "update"
    DELETE = "delete"
    LIST = "list"


Paths = Mapping[str, Sequence[May]]
"""Path -> what may be done there; ``*`` at the end stands for anything below."""

READ: Final = (May.READ,)
WRITE: Final = (May.CREATE, May.UPDATE)
ASK: Final = (May.UPDATE,)
"""To send something and get an answer, as for an HMAC."""

SELF: Final[Paths] = {
    "auth/token/lookup-self": READ,
    "auth/token/renew-self": ASK,
    "auth/token/revoke-self": ASK,
}
"""In place of Vault's policy ``default``, which opens more."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Service:
    """One workload, the pods it runs in, and all that it may do."""

    name: str
    """Of its policy and of its role."""
    namespace: str
    account: str
    """Its service account."""
    paths: Paths
    seconds: int = 3600
    """How long a token of it lasts."""

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.name) or self.name in OWN:
            raise ValueError(
                f"service {self.name!r}: write lower case letters, digits and dashes, and not "
                f"{', '.join(sorted(OWN))}"
            )
        if not self.paths:
            raise ValueError(f"service {self.name} may do nothing: leave it out, or name its paths")
        for path in self.paths:
            _check(self.name, path)
        if not 0 < self.seconds <= LONGEST:
            raise ValueError(f"service {self.name}: tokens of {self.seconds} s: write 1 to {LONGEST}")
        if "*" in (self.namespace, self.account):
            raise ValueError(f"service {self.name} would be anybody: name one namespace and one account")

    def policy(self) -> str:
        """As Vault takes it, in JSON."""
        return policy(self.paths)

    def role(self) -> Mapping[str, Any]:
        """Who gets the policy: the named pods, with tokens that nobody else can use for long."""
        return role(self.name, self.namespace, self.account, self.seconds)


def policy(paths: Paths) -> str:
    """Paths and what may be done there, as Vault takes them, and what each token may do with itself."""
    rules = {path: {"capabilities": [*map(str, may)]} for path, may in {**SELF, **paths}.items()}
    return json.dumps({"path": rules}, indent=1, sort_keys=True) + "\n"


def role(name: str, namespace: str, account: str, seconds: int) -> Mapping[str, Any]:
    """A role of the Kubernetes login of the same name as its policy."""
    return {
        "bound_service_account_names": [account],
        "bound_service_account_namespaces": [namespace],
        "audience": AUDIENCE,
        "token_policies": [name],
        "token_ttl": seconds,
        "token_max_ttl": seconds,
        "token_no_default_policy": True,
    }


def _check(name: str, path: str) -> None:
    if path in SYSTEM:
        return
    parts = path.removesuffix("*").removesuffix("/").split("/")
    if parts[0] not in HELD or len(parts) < NAMED or not all(map(PART.fullmatch, parts)):
        raise ValueError(
            f"service {name}: path {path!r} opens too much, or nothing: write {', '.join(HELD)}, then at "
            "least two names, as in kv/data/clinical-api/*"
        )


SERVICES: Final[Sequence[Service]] = (
    Service(
        name="clinical-api",
        namespace="clinical",
        account="clinical-api",
        paths={"database/creds/clinical-api": READ, "kv/data/clinical-api/*": READ},
    ),
    Service(
        name="inference",
        namespace="inference",
        account="inference",
        paths={"kv/data/inference/*": READ},
    ),
    Service(
        name="deidentification",
        namespace="data",
        account="deidentification",
        paths={"database/creds/deidentification": READ, "transit/hmac/pseudonym/*": ASK},
    ),
    Service(
        name="erasure",
        namespace="data",
        account="erasure",
        paths={"database/creds/erasure": READ, "transit/hmac/pseudonym/*": ASK},
    ),
    Service(
        name="external-secrets",
        namespace="external-secrets",
        account="external-secrets",
        paths={"kv/data/cluster/*": READ, "kv/metadata/cluster/*": (May.READ, May.LIST)},
    ),
    Service(
        name="snapshots",
        namespace="vault",
        account="vault-snapshots",
        paths={"sys/storage/raft/snapshot": READ},
        seconds=900,
    ),
)
"""Those of the platform.

Deidentification makes pseudonyms and erasure makes the same ones again, to find a patient's rows elsewhere:
both may ask for the HMAC of a number, and neither can read the key that it is made with. Both get a database
account that lasts an hour. External Secrets reads one part of the store, and writes none.
"""
