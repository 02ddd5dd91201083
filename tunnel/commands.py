"""The machine's own commands: ``ip``, ``wg``, ``nft``."""

import subprocess


class CommandError(Exception):
    """A command failed; the message holds its words, never what it was given to read."""


def run(*command: str, given: str | None = None) -> str:
    """What a command prints. What it is ``given`` to read is seen by no other process."""
    try:
        ran = subprocess.run(command, input=given, capture_output=True, text=True, check=False, timeout=20)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CommandError(f"{command[0]}: {type(error).__name__}") from None
    if ran.returncode:
        raise CommandError(f"{' '.join(command)}: {ran.stderr.strip()}")
    return ran.stdout


def tried(*command: str) -> bool:
    """Whether a command succeeded."""
    try:
        run(*command)
    except CommandError:
        return False
    return True
