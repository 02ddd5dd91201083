"""Pulumi's own engine: found or installed, for a deployment or for a preview that needs no account."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import yaml

PLACEHOLDER: Final = "placeholder"

CREDENTIALS: Final = ("GOOGLE_OAUTH_ACCESS_TOKEN", "GOOGLE_CREDENTIALS", "GOOGLE_APPLICATION_CREDENTIALS")

ENCRYPTION: Final = ("secretsprovider", "encryptedkey", "encryptionsalt")
"""The keys of a stack file that say how its secure values are encrypted."""


class EngineError(Exception):
    """No engine that can be used: why, and what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def up(root: Path, stack: str, extra: Sequence[str]) -> int:
    """Become ``pulumi up``: its questions, its output and its exit code are this process's own.

    Raises ``EngineError`` when there is no usable engine or no such stack.
    """
    _stack_file(root, stack)
    pulumi = _found()
    sys.stdout.flush()
    os.chdir(root)
    environment = {**os.environ, "PATH": _path(pulumi)}
    os.execve(pulumi, [str(pulumi), "up", "--stack", stack, *extra], environment)  # noqa: S606 - no shell


def preview(root: Path, stack: str, extra: Sequence[str]) -> int:
    """The exit code of ``pulumi preview`` on an empty local state, with no account.

    It runs on a shadow of the checkout, which it cannot change, and removes all it made.
    Raises ``EngineError`` when there is no usable engine or no such stack.
    """
    file = _stack_file(root, stack)
    pulumi = _found()
    with tempfile.TemporaryDirectory(prefix="preview-", ignore_cleanup_errors=True) as place:
        shadow, state = Path(place, root.name), Path(place, "state")
        _cast(root, shadow, file)
        state.mkdir()
        environment = {**os.environ, **_placeholders(state), "PATH": _path(pulumi)}
        init = [pulumi, "stack", "init", stack, "--no-select"]
        made = subprocess.run(init, cwd=shadow, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - no shell
        if made.returncode:
            raise EngineError(f"the engine cannot make a stack of its own: {made.stderr.strip()}")
        return _run([pulumi, "preview", "--stack", stack, *extra], shadow, environment)


def _stack_file(root: Path, stack: str) -> Path:
    """The stack's file, looked for before an engine is: a wrong name needs no download to be told."""
    file = root / f"Pulumi.{stack}.yaml"
    if not file.is_file():
        raise EngineError(f"no stack {stack}: there is no {file.name}", "write it, or name another stack")
    return file


def _found() -> Path:
    """The engine on PATH, or else the pinned one, installed where the Automation API puts it."""
    pinned = version("pulumi")
    if there := shutil.which("pulumi"):
        _check(there, pinned)
        return Path(there)
    installed = Path.home() / ".pulumi" / "versions" / pinned / "bin" / "pulumi"
    if not installed.is_file():
        _install(pinned)
    return installed


def _check(there: str, pinned: str) -> None:
    """Refuse an engine of another major version, and warn of another minor one."""
    said = subprocess.run([there, "version"], capture_output=True, text=True, check=False)  # noqa: S603 - no shell
    found = re.match(r"v?(\d+)\.(\d+)\.(\S+)", said.stdout)
    instead = f"install pulumi {pinned} and put it first on PATH"
    if found is None:
        raise EngineError(
            f"{there} does not say its version: {(said.stderr or said.stdout).strip()}", instead
        )
    major, minor, *_ = pinned.split(".")
    here = ".".join(found.groups())
    if found[1] != major:
        raise EngineError(f"{there} is Pulumi {here}, this program needs {pinned}", instead)
    if found[2] != minor:
        _say(f"warning: {there} is Pulumi {here}; this program is tested with {pinned}")


def _install(pinned: str) -> None:
    """Let the Automation API download the engine."""
    from pulumi.automation import PulumiCommand  # noqa: PLC0415 - half a second, for this case only

    _say(f"no pulumi on PATH: installing {pinned} into ~/.pulumi/versions")
    try:
        PulumiCommand.install()
    except Exception as error:
        raise EngineError(
            f"there is no pulumi on PATH, and {pinned} could not be downloaded from get.pulumi.com: {error}",
            f"is there a network? Or install pulumi {pinned} by hand and put it on PATH. "
            "Meanwhile `make preview` needs neither.",
        ) from error


def _cast(root: Path, shadow: Path, stack_file: Path) -> None:
    """A directory that looks like ``root``, but whose project and stack files are copies."""
    shadow.mkdir()
    for entry in root.iterdir():
        if entry.name in {"Pulumi.yaml", stack_file.name}:
            shutil.copyfile(entry, shadow / entry.name)
        elif not entry.name.startswith("Pulumi."):
            (shadow / entry.name).symlink_to(entry)
    _open(shadow / stack_file.name)


def _open(stack_file: Path) -> None:
    """Replace what is encrypted in a stack file: without the key nobody can read it."""
    content = yaml.safe_load(stack_file.read_text(encoding="utf-8")) or {}
    opened = {key: value for key, value in content.items() if key not in ENCRYPTION}
    secure: list[str] = []
    opened["config"] = _without_secure(content.get("config") or {}, "", secure)
    if secure or len(opened) < len(content):
        stack_file.write_text(yaml.safe_dump(opened, sort_keys=False), encoding="utf-8")
    if secure:
        _say(f"encrypted values cannot be read here and are {PLACEHOLDER!r} instead: {', '.join(secure)}")


def _without_secure(value: Any, path: str, secure: list[str]) -> Any:
    """``value`` with a placeholder for each encrypted value, whose path is noted in ``secure``."""
    match value:
        case {"secure": str()} if len(value) == 1:
            secure.append(path)
            return PLACEHOLDER
        case dict():
            return {
                key: _without_secure(item, f"{path}.{key}".strip("."), secure) for key, item in value.items()
            }
        case list():
            return [_without_secure(item, f"{path}[{at}]", secure) for at, item in enumerate(value)]
    return value


def _placeholders(state: Path) -> Mapping[str, str]:
    """What the engine and the google provider ask for and, in a preview, never use."""
    token = {} if any(name in os.environ for name in CREDENTIALS) else {CREDENTIALS[0]: PLACEHOLDER}
    return {
        **token,
        "PULUMI_BACKEND_URL": state.as_uri(),
        "PULUMI_CONFIG_PASSPHRASE": PLACEHOLDER,
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "PULUMI_GCP_SKIP_REGION_VALIDATION": "true",
    }


def _path(pulumi: Path) -> str:
    """PATH with the engine's own directory first: its language host is beside it."""
    return os.pathsep.join([str(pulumi.parent), os.environ.get("PATH", "")])


def _run(command: Sequence[object], place: Path, environment: Mapping[str, str]) -> int:
    """The exit code of ``command``; Ctrl-C is the command's to answer."""
    arguments = [str(part) for part in command]
    process = subprocess.Popen(arguments, cwd=place, env=environment)  # noqa: S603 - no shell
    previous = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return process.wait()
    finally:
        signal.signal(signal.SIGINT, previous)


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
