"""What a stack file may say, how careful each environment is, and where every address lies."""

from settings.care import CARE, Care
from settings.choices import Backend, Carrier, Driver, Duty, Environment, Os, Role
from settings.fields.network import Span
from settings.hospitals import Link, Site
from settings.inventory import Host, Node
from settings.load import load
from settings.model import Cloud, Cluster, Settings
from settings.models import Model

__all__ = [
    "CARE",
    "Backend",
    "Care",
    "Carrier",
    "Cloud",
    "Cluster",
    "Driver",
    "Duty",
    "Environment",
    "Host",
    "Link",
    "Model",
    "Node",
    "Os",
    "Role",
    "Settings",
    "Site",
    "Span",
    "load",
]
