"""What opens Vault after each start."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import Any, Final

from pulumi import Input

from components.onprem.vault.server import check_seal

DIRECTORY: Final = "/var/run/secrets/google"
TOKEN: Final = f"{DIRECTORY}/token"
"""Where the pod's own token for Google lies; ``Federation.credentials`` is asked for exactly this path."""

CREDENTIALS: Final = "credentials.json"
TOKEN_SECONDS: Final = 3600
"""The node renews it after four fifths."""

CONFIG_MAP: Final = "vault-google"


@dataclass(frozen=True, kw_only=True, slots=True)
class CloudKmsSeal:
    """A key of Cloud KMS, used by the pods themselves: there is no key of an account.

    Vault starts only where it reaches Google (docs/runbooks/vault-wan-down.md says what that means).
    """

    key: Input[str]
    """Its id, known once Vault may use it (``Keys.ids``, with the pod as agent and ``looked_at``)."""
    audience: Input[str]
    """``Federation.audience``."""
    credentials: Input[str]
    """``Federation.credentials(TOKEN)``; not a secret."""
    apis: Sequence[IPv4Network]
    """Where Google's APIs answer, as in 199.36.153.8/30 through the link to the cloud."""

    def __post_init__(self) -> None:
        if not self.apis:
            raise ValueError("a seal that reaches no address of Google's would never open: name the ranges")
        if isinstance(self.key, str):
            check_seal(self.key)


def volume(audience: Input[str]) -> Mapping[str, Any]:
    """The pod's token for Google, and beside it what says how to use it."""
    token = {"audience": audience, "expirationSeconds": TOKEN_SECONDS, "path": "token"}
    return {
        "name": "google",
        "projected": {"sources": [{"serviceAccountToken": token}, {"configMap": {"name": CONFIG_MAP}}]},
    }
