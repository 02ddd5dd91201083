"""What must hold between the values of a machine, checked as far as each value can be read."""

from collections.abc import Iterator, Mapping
from typing import Final

from settings.choices import Duty, Os, Role
from settings.finding import Finding, Path

MACOS_GIB: Final = 6
"""Memory that macOS keeps for itself; it uses 4 to 6 GiB with nobody logged in."""

MACOS_DISK_GIB: Final = 150
"""Disk that macOS keeps for itself, with room for one of its updates and for models."""

LINUX_ONLY: Final = ("architecture", "interface", "storage_device", "storage_gib")


def machines(path: Path, host: Mapping[str, object]) -> Iterator[Finding]:
    """What is wrong within one machine."""
    yield from _duty(path, host)
    match host.get("os"):
        case Os.MACOS:
            yield from _mac(path, host)
        case Os.LINUX:
            yield from _linux(path, host)


def number(holder: object, key: str) -> int | None:
    """A whole number, if there is one."""
    value = holder.get(key) if isinstance(holder, Mapping) else None
    return value if type(value) is int else None


def _duty(path: Path, host: Mapping[str, object]) -> Iterator[Finding]:
    duty, role = host.get("duty"), host.get("role")
    if role == Role.WORKER and duty is None:
        message = f"is missing; write what the worker is for: {', '.join(Duty)}"
        yield Finding((*path, "duty"), None, message)
    if role == Role.SERVER and duty is not None:
        message = "does not belong here; a server runs the control plane; remove it, or make it a worker"
        yield Finding((*path, "duty"), duty, message)
    models = number(host, "inference_gib")
    if duty == Duty.AI_INFERENCE and host.get("os") == Os.MACOS and not models:
        message = "is missing; write how much memory the models may use on the GPU, like inference_gib: 10"
        yield Finding((*path, "inference_gib"), models, message)
    if models and (duty != Duty.AI_INFERENCE or host.get("os") != Os.MACOS):
        message = "does not belong here; models run on Macs whose duty is ai-inference; remove it"
        yield Finding((*path, "inference_gib"), models, message)


def _linux(path: Path, host: Mapping[str, object]) -> Iterator[Finding]:
    if host.get("node") is not None:
        message = "does not belong here; a Linux machine is a node by itself; remove it"
        yield Finding((*path, "node"), None, message)
    needed = {
        "architecture": "write arm64 or amd64",
        "interface": "write its wired card, as ip link names it",
    }
    for key, what in needed.items():
        if host.get(key) is None:
            yield Finding((*path, key), None, f"is missing; {what}")
    device, size = host.get("storage_device"), number(host, "storage_gib")
    if size and device is None:
        message = "is missing; write the disk that holds nothing else, by its name in /dev/disk/by-id"
        yield Finding((*path, "storage_device"), None, message)
    if device is not None and not size:
        yield Finding((*path, "storage_gib"), size, f"is missing; write the size of {device} in GiB")


def _mac(path: Path, host: Mapping[str, object]) -> Iterator[Finding]:
    for key in LINUX_ONLY:
        if host.get(key) not in (None, 0):
            message = "does not belong here; a Mac's node has its own, below node; remove it"
            yield Finding((*path, key), None, message)
    node = host.get("node")
    if node is None:
        message = "is missing; k3s needs Linux: describe the Linux machine inside the Mac below it"
        yield Finding((*path, "node"), None, message)
        return
    yield from _memory(path, host, node)
    yield from _disk(path, host, node)
    have, asked = number(host, "cpus"), number(node, "cpus")
    if have and asked and asked > have:
        message = f"is more than the Mac has; write {have} or less"
        yield Finding((*path, "node", "cpus"), asked, message)


def _memory(path: Path, host: Mapping[str, object], node: object) -> Iterator[Finding]:
    have, asked, models = (
        number(host, "memory_gib"),
        number(node, "memory_gib"),
        number(host, "inference_gib"),
    )
    if not have or not asked:
        return
    left = have - MACOS_GIB - (models or 0)
    if asked > left:
        parts = f"{have} of the Mac, less {MACOS_GIB} for macOS" + (
            f" and {models} for models" if models else ""
        )
        remedy = f"write {left} or less" if left >= 4 else "give the models less, or take a larger Mac"  # noqa: PLR2004 -- the least a node runs on
        yield Finding(
            (*path, "node", "memory_gib"), asked, f"is more than is left ({parts}: {left}); {remedy}"
        )


def _disk(path: Path, host: Mapping[str, object], node: object) -> Iterator[Finding]:
    have, system, storage = number(host, "disk_gib"), number(node, "system_gib"), number(node, "storage_gib")
    if not have or not system or storage is None:
        return
    left = have - MACOS_DISK_GIB - system
    if storage > left:
        parts = f"{have} of the Mac, less {MACOS_DISK_GIB} for macOS and {system} of system_gib"
        message = f"is more than is left ({parts}: {max(left, 0)}); write less"
        yield Finding((*path, "node", "storage_gib"), storage, message)
    if storage == system:
        message = "is as much as system_gib, and disks are told apart by their size; write another number"
        yield Finding((*path, "node", "storage_gib"), storage, message)
