"""What a stack file may say, how careful each environment is, and where every address lies."""

from settings.care import CARE, Care
from settings.fields import Environment
from settings.load import load
from settings.model import Cloud, Cluster, Settings, Site

__all__ = ["CARE", "Care", "Cloud", "Cluster", "Environment", "Settings", "Site", "load"]
