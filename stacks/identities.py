"""Who acts for a hospital in Google Cloud."""

from collections.abc import Mapping

from pulumi import Output, ResourceOptions

from components.cloud.identity import Identity, IdentityArgs
from components.cloud.project import Project
from settings import Settings


def build_identities(
    settings: Settings, project: Project, where: ResourceOptions
) -> Mapping[str, Output[str]]:
    """An account for each site, without roles on the project: each store grants what the site needs there."""
    return {
        site.name: Identity(
            f"site-{site.name}",
            IdentityArgs(
                project=project, account_id=f"site-{site.name}", display_name=f"k3s cluster of {site.name}"
            ),
            where,
        ).member
        for site in settings.sites
    }
