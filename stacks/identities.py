"""Who acts in Google Cloud: for a hospital, and for the services of the cloud cluster."""

from collections.abc import Mapping
from dataclasses import dataclass

from pulumi import Output

from components.cloud.access.identity import Identity, IdentityArgs
from stacks.ground import Ground


@dataclass(frozen=True, kw_only=True, slots=True)
class Identities:
    """Accounts without roles on the project: each store grants what is needed there."""

    sites: Mapping[str, Output[str]]
    """IAM members by site: its k3s cluster."""
    backend: Identity
    """The services that run in the cloud cluster, on data that tells nobody's name."""


def build_identities(ground: Ground) -> Identities:
    """An account for each site and one for the cloud's services."""
    sites = {
        site.name: _identity(ground, f"site-{site.name}", f"k3s cluster of {site.name}").member
        for site in ground.settings.sites
    }
    return Identities(sites=sites, backend=_identity(ground, "backend", "Backend services of the cloud"))


def _identity(ground: Ground, name: str, shown: str) -> Identity:
    return Identity(
        name, IdentityArgs(project=ground.project, account_id=name, display_name=shown), ground.where
    )
