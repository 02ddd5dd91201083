"""What every part of the cloud side stands on."""

from dataclasses import dataclass

from pulumi import ResourceOptions

from components.cloud.project import Project
from settings import CARE, Care, Cloud, Settings


@dataclass(frozen=True, kw_only=True, slots=True)
class Ground:
    """The settings, the project they name, and the provider that builds in it."""

    settings: Settings
    cloud: Cloud
    project: Project
    where: ResourceOptions
    """For whatever can be made again."""

    @property
    def care(self) -> Care:
        """How careful this environment is."""
        return CARE[self.settings.environment]

    @property
    def guarded(self) -> ResourceOptions:
        """For what holds data: Pulumi refuses to delete it where the environment asks for that."""
        return ResourceOptions.merge(self.where, ResourceOptions(protect=self.care.protect))
