"""Each environment, composed of components."""

from settings import Settings
from stacks.exports import Exports, publish

__all__ = ["Exports", "build", "publish"]


def build(settings: Settings) -> Exports:
    """Everything that the settings ask for; a side that they do not name imports no provider of its."""
    cloud, hospitals, local = None, {}, None
    if settings.cloud:
        from stacks.cloud import build_cloud  # noqa: PLC0415 -- dev must not pay for Google's SDK
        from stacks.providers import google  # noqa: PLC0415 -- likewise

        cloud = build_cloud(settings, settings.cloud, google(settings.cloud))
        if any(site.hosts for site in settings.sites):
            from stacks.hospitals import build_hospitals  # noqa: PLC0415 -- nor staging for a hospital's

            hospitals = build_hospitals(settings, cloud)
    if settings.cluster:
        from stacks.hospital.local import build_local  # noqa: PLC0415 -- nor the cloud for Kubernetes'
        from stacks.providers import local_cluster  # noqa: PLC0415 -- likewise

        local = build_local(settings, settings.cluster, local_cluster(settings.cluster))
    return Exports.of(settings, cloud, hospitals, local)
