"""A preview for people: one screen first, every resource or every property when asked."""

from toolkit.screen.page import Depth, show
from toolkit.screen.paint import paper

__all__ = ["Depth", "paper", "show"]
