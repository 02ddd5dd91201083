"""Ports of loopback that nobody has."""

import socket


def free() -> int:
    """One that is free now."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])
