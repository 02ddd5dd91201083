"""The policy pack: ``pulumi preview --policy-pack policies`` asks the rules that the offline preview asks.

It starts a server and stays, so nothing imports it; what it does is in ``policies.pack``.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # the engine starts this file by itself, from anywhere

from policies.pack import serve

serve()
