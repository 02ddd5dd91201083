"""A machine of a hospital, entered through another one."""

from pulumi_command.remote import Command

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJx0Yt3bqk0dWJ6yZ1o2rH8gTn5m4vXcLs7uPqEwAbCd"


def hospital() -> None:
    """One script, run with the key of whoever deploys."""
    Command(
        "clock",
        connection={
            "host": "10.20.0.1",
            "user": "deploy",
            "host_key": KEY,
            "proxy": {"host": "203.0.113.11", "user": "deploy", "host_key": KEY},
        },
        create="sudo sh -s",
        stdin="date",
    )
