"""What a stack file may say, how careful each environment is, and where every address lies."""

from settings.care import CARE, Care
from settings.fields import Backend, Carrier, Environment
from settings.hospitals import Link, Site
from settings.load import load
from settings.model import Cloud, Cluster, Settings

__all__ = [
    "CARE",
    "Backend",
    "Care",
    "Carrier",
    "Cloud",
    "Cluster",
    "Environment",
    "Link",
    "Settings",
    "Site",
    "load",
]
