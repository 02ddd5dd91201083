"""What somebody must hear of when it happens to the link."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from components.cloud.watch.events import Event

IPSEC_EVENTS: Final[Mapping[str, Event]] = MappingProxyType(
    {
        "tunnel-down": Event(
            title="A hospital has lost an IPsec tunnel",
            filter='resource.type="gce_router" AND "went down"',
            ask="Does the other tunnel stand? Is the hospital's line up, did its public address change? Was "
            "its firewall given the newest secret?",
        ),
    }
)
"""What Cloud Router says of its sessions with the hospitals."""

EVENTS: Final[Mapping[str, Event]] = MappingProxyType(
    {
        "handshake-old": Event(
            title="A hospital has no working tunnel to a gateway",
            filter='log_id("tunnel") AND jsonPayload.event="handshake-old"',
            ask="Does the other gateway tell the same? Then the hospital is cut off: is its line up, did its "
            "public address change? If not: is that gateway's zone well?",
        ),
        "handshake-refused": Event(
            title="Somebody at a hospital's address uses keys that do not fit",
            filter='log_id("tunnel") AND jsonPayload.event="handshake-refused"',
            ask="Did the hospital get the newest document, whole? If so: who else sends from its address?",
        ),
        "stranger": Event(
            title="Packets for the tunnels from where none are due",
            filter='log_id("tunnel") AND jsonPayload.event="stranger"',
            ask="An address of ours: keys that are retired are still in use there. Any other: the network's "
            "firewall should have stopped it. What changed in it?",
        ),
        "gateway-failed": Event(
            title="A gateway could not do what its document says",
            filter='log_id("tunnel") AND jsonPayload.event="failed"',
            ask="The entry says why. One gateway alone: replace it. Both: take the last deployment back.",
        ),
        "gateway-repaired": Event(
            title="A gateway was made again",
            filter='log_id("cloudaudit.googleapis.com/system_event") AND '
            'protoPayload.methodName="compute.instances.repair.recreateInstance" AND '
            'protoPayload.resourceName:"instances/link-"',
            ask="Its zone, or its start? A gateway that is made again and again does not come up: read what "
            "cloud-init said.",
        ),
    }
)
