"""The network of a Linux machine inside a Mac."""

import json
from ipaddress import IPv4Address
from typing import Final

from components.files import File, Files
from components.onprem.machines.host import CARD, Lan
from components.onprem.machines.install import Reaction

FILE: Final = "/etc/netplan/90-node.yaml"
"""After what cloud-init writes: values here win."""

LIMA_CARD: Final = "eth0"
"""Lima's own user-mode network; only Lima's host agent is reached through it."""


def netplan(lan: Lan, address: IPv4Address, mac: str, *, lima: bool) -> Files:
    """A fixed address on the card in the hospital's network, and no way out through any other card.

    JSON is YAML, and needs no library to be written.
    """
    card = {
        "match": {"macaddress": mac},
        "set-name": CARD,
        "dhcp4": False,
        "dhcp6": False,
        "accept-ra": False,
        "addresses": [f"{address}/{lan.range.prefixlen}"],
        "routes": [{"to": "default", "via": str(lan.router)}],
        "nameservers": {"addresses": [*map(str, lan.names)]},
    }
    own = {"dhcp4": True, "dhcp4-overrides": {"use-routes": False, "use-dns": False}}
    ethernets = {CARD: card, **({LIMA_CARD: own} if lima else {})}
    document = {"network": {"version": 2, "ethernets": ethernets}}
    return {FILE: File(content=json.dumps(document, indent=1) + "\n", mode=0o600)}


def reaction(*, lima: bool) -> Reaction:
    """Has the new network checked as a whole before it is taken over."""
    cards = f"{CARD} {LIMA_CARD}" if lima else CARD
    return Reaction(
        name="network",
        paths=[FILE],
        run=f"netplan generate\nnetworkctl reload\nnetworkctl reconfigure {cards}",
        says="the network is set anew",
    )


def check_address(address: IPv4Address, interface: str) -> str:
    """The step that refuses a Linux machine whose own network is not what the settings say."""
    return f"""\
if ! ip -4 -o address show dev {interface} | grep -qF ' {address}/'; then
  stop "{interface} does not have {address}: set it there, or correct the settings"
fi
if ip -4 -o address show dev {interface} | grep -F ' {address}/' | grep -q ' dynamic '; then
  stop "{address} was given by a DHCP server, which may give another one: set it on this machine"
fi"""
