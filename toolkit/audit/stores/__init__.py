"""Where data lies: every store of the graph, how it is kept, and who can read it."""

from toolkit.audit.stores.inventory import inventory
from toolkit.audit.stores.model import Key, Reader, Spot, Store

__all__ = ["Key", "Reader", "Spot", "Store", "inventory"]
