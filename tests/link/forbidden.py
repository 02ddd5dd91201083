"""What must never arrive, by who would have to be defeated for it."""

from typing import Final

from tests.link.lab.attack import Attack

TUNNEL: Final = "link-a0"

EVERYBODY: Final = [
    # The internet, at the gateways' public addresses.
    Attack(start="stranger", target="gw-a", outside="outside-a", protocol="udp", port=51820),
    Attack(start="stranger", target="gw-b", outside="outside-b", protocol="udp", port=51820),
    Attack(start="stranger", target="gw-a", outside="outside-a", port=22),
    Attack(start="stranger", target="gw-b", outside="outside-b", port=8080),
    Attack(start="stranger", target="gw-a", outside="outside-a", protocol="icmp"),
    # The internet, at hospitals: as if their lines brought it, and as if Google's network did.
    Attack(start="core", target="host", source="stranger", port=22),
    Attack(start="core", target="pod", source="stranger", protocol="udp", port=8443),
    Attack(start="core", target="second-host", source="stranger", protocol="icmp"),
    # A hospital, at what is not listed.
    Attack(start="host", target="control-plane", port=443),
    Attack(start="pod", target="control-plane", port=443),
    Attack(start="host", target="sql", port=22),
    Attack(start="pod", target="sql", protocol="udp", port=5432),
    Attack(start="host", target="sql", protocol="icmp"),
    Attack(start="host", target="apis", port=80),
    Attack(start="pod", target="apis", protocol="udp", port=443),
    Attack(start="host", target="dns", port=443),
    Attack(start="host", target="dns", protocol="udp", port=53),
    # A hospital, at the other.
    Attack(start="host", target="second-host", port=22),
    Attack(start="pod", target="second-pod", protocol="udp", port=8443),
    Attack(start="second-host", target="host", port=443),
    Attack(start="second-pod", target="pod", protocol="icmp"),
    # The cloud, at hospitals, beyond what the clusters may.
    Attack(start="sql", target="host", port=22),
    Attack(start="sql", target="pod", protocol="udp", port=8443),
    Attack(start="apis", target="host", port=443),
    Attack(start="control-plane", target="host", port=22),
    Attack(start="dns", target="host", port=22),
    Attack(start="pod-a", target="host", source="second-host", port=22),
    Attack(start="pod-a", target="host", source="stranger", port=22),
]
"""Everything is in place, and somebody tries."""

TAKEN_HOSPITAL: Final = [
    Attack(start="second-carrier", target=target, source=source, protocol=protocol, port=port, device=TUNNEL)
    for target, source, protocol, port in (
        ("pod-a", "host", "tcp", 443),  # as another hospital
        ("pod-a", "pod", "udp", 8443),
        ("sql", "host", "tcp", 5432),
        ("pod-a", "pod-b", "tcp", 443),  # as the cloud itself
        ("sql", "pod-b", "tcp", 5432),
        ("pod-a", "stranger", "icmp", 0),  # as the internet
        ("pod-a", "apis", "tcp", 443),
        ("host", "second-host", "tcp", 443),  # at another hospital
        ("pod", "second-pod", "udp", 8443),
        ("control-plane", "second-host", "tcp", 443),  # at what is not listed
        ("apis", "second-host", "tcp", 80),
        ("sql", "second-host", "tcp", 22),
        ("sql", "second-pod", "udp", 5432),
        ("dns", "second-host", "tcp", 443),
        ("stranger", "second-host", "tcp", 443),  # at the internet, as if from the cloud
        ("stranger", "stranger", "udp", 53),
    )
]
"""Whoever owns a hospital's gateway has its keys, and sends what he likes."""

TAKEN_GATEWAY: Final = [
    Attack(start="gw-a", target=target, source=source, protocol=protocol, port=port, device="link0")
    for target, source, protocol, port in (
        ("host", "stranger", "tcp", 22),
        ("host", "second-host", "tcp", 22),
        ("pod", "second-pod", "udp", 8443),
        ("host", "control-plane", "tcp", 22),
        ("host", "sql", "tcp", 22),
        ("pod", "sql", "udp", 8443),
        ("host", "apis", "tcp", 443),
        ("host", "dns", "tcp", 22),
        ("second-host", "host", "tcp", 22),
        ("second-host", "sql", "icmp", 0),
        ("stranger", "pod-a", "tcp", 443),  # out to the internet by the hospital's line
        ("stranger", "sql", "udp", 53),
    )
]
"""Whoever owns a gateway of the cloud's sends hospitals what he likes."""
