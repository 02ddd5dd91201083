"""The architecture as a picture: who stands where, behind which boundary, and what flows between them."""

from toolkit.audit.diagram.draw import drawing
from toolkit.audit.diagram.scene import Flow, Node, Scene, Zone, scene

__all__ = ["Flow", "Node", "Scene", "Zone", "drawing", "scene"]
