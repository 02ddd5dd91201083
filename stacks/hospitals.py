"""Every hospital that has machines of its own."""

from collections.abc import Mapping

from settings import Settings
from stacks.cloud import CloudSide
from stacks.hospital.machines import Line
from stacks.hospital.site import Hospital, Shared, build_hospital


def build_hospitals(settings: Settings, cloud: CloudSide) -> Mapping[str, Hospital]:
    """By name, the sites whose inventory is not empty; the others are only joined."""
    if cloud.link is None:
        return {}
    shared = Shared(ground=cloud.ground, bucket=cloud.buckets["backups"], keys=cloud.keys)
    return {
        site.name: build_hospital(
            shared, site, Line(plan=cloud.link.plan, document=cloud.link.documents.get(site.name))
        )
        for site in settings.sites
        if site.hosts
    }
