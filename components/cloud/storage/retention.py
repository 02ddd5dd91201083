"""How long objects stay: against mistakes, for the law, and by price."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pulumi_gcp import storage

DAY: Final = 86400
"""Seconds."""

SOFT_DELETE: Final = range(7, 91)
"""Days that Google lets soft delete be set to; 0 would switch it off
(https://cloud.google.com/storage/docs/soft-delete#retention-duration)."""

LONGEST: Final = 36500
"""Days: a hundred years, Google's limit (https://cloud.google.com/storage/docs/bucket-lock)."""


class StorageClass(StrEnum):
    """Cheaper places to lie in, in the order in which an object may move through them."""

    NEARLINE = "NEARLINE"
    COLDLINE = "COLDLINE"
    ARCHIVE = "ARCHIVE"


@dataclass(frozen=True, kw_only=True, slots=True)
class Retention:
    """No object may be changed or deleted before it is ``days`` old, or released from its hold that long ago.

    Locking cannot be undone by anybody, Google included, and the bucket then stays until its last object may
    go. It takes two steps: deploy without ``lock`` and look; then write the bucket's own full name into it.
    """

    days: int
    lock: str | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.days <= LONGEST:
            raise ValueError(f"retention of {self.days} days: write 1 to {LONGEST}")

    def check_lock(self, bucket: str) -> None:
        """Raise ``ValueError`` where the lock names another bucket than the one it would close."""
        if self.lock not in {None, bucket}:
            raise ValueError(
                f"bucket {bucket}: retention would be locked for {self.days} days and can never be unlocked; "
                f"if that is meant, write lock={bucket!r}, not {self.lock!r}"
            )


def check_soft_delete(days: int) -> None:
    """Raise ``ValueError`` for a period that Google does not take."""
    if days not in SOFT_DELETE:
        raise ValueError(f"soft delete of {days} days: write {SOFT_DELETE[0]} to {SOFT_DELETE[-1]}")


def check_transitions(transitions: Mapping[StorageClass, int]) -> None:
    """Raise ``ValueError`` where an object would move to a class before the class above it."""
    ages = [transitions[each] for each in StorageClass if each in transitions]
    if ages != sorted(set(ages)) or any(age < 1 for age in ages):
        written = ", ".join(
            f"{each.value} after {transitions[each]}" for each in StorageClass if each in transitions
        )
        raise ValueError(
            f"storage classes in the wrong order ({written}): give each a later day than the one before"
        )


def lifecycle(
    superseded_days: int, transitions: Mapping[StorageClass, int]
) -> Sequence[storage.BucketLifecycleRuleArgsDict]:
    """The rules of a bucket: old versions and broken uploads go, whatever is live only moves."""
    superseded: storage.BucketLifecycleRuleArgsDict = {
        "action": {"type": "Delete"},
        "condition": {"days_since_noncurrent_time": superseded_days, "with_state": "ARCHIVED"},
    }
    unfinished: storage.BucketLifecycleRuleArgsDict = {
        "action": {"type": "AbortIncompleteMultipartUpload"},
        "condition": {"age": 7, "with_state": "ANY"},
    }
    moves: list[storage.BucketLifecycleRuleArgsDict] = [
        {
            "action": {"type": "SetStorageClass", "storage_class": each.value},
            "condition": {"age": transitions[each], "with_state": "ANY"},
        }
        for each in StorageClass
        if each in transitions
    ]
    return [superseded, unfinished, *moves]
