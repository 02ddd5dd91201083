"""How long a store keeps what lies in it, and what can be had back."""

from collections.abc import Iterator
from typing import Final

from toolkit.audit.places import spelled
from toolkit.audit.reading import at, each, number, text
from toolkit.audit.words import Said, stores
from toolkit.graph import Resource

DAY: Final = 86400


def nothing(resource: Resource) -> Iterator[Said]:
    """The type says nothing about it."""
    del resource
    yield from ()


def days(seconds: float | None) -> str:
    """Seconds as days; empty when nobody knows."""
    return f"{seconds / DAY:.6g}" if seconds else ""


def of_bucket(bucket: Resource) -> Iterator[Said]:
    """Retention policy, holds, and what the lifecycle deletes."""
    if kept := days(number(bucket, "retentionPolicy.retentionPeriod")):
        told = stores.KEPT.fill(days=kept)
        yield told.then(stores.LOCKED, ", ") if at(bucket, "retentionPolicy.isLocked") is True else told
    if at(bucket, "defaultEventBasedHold") is True:
        yield stores.HELD
    for index, action in enumerate(each(bucket, "lifecycleRules[*].action.type")):
        if action == "Delete":
            yield from _deleted(bucket, f"lifecycleRules[{index}].condition")


def _deleted(bucket: Resource, condition: str) -> Iterator[Said]:
    if after := text(bucket, f"{condition}.daysSinceNoncurrentTime"):
        yield stores.SUPERSEDED.fill(days=after)
    elif after := text(bucket, f"{condition}.age"):
        noncurrent = text(bucket, f"{condition}.withState") == "ARCHIVED"
        yield (stores.SUPERSEDED if noncurrent else stores.DELETED_AFTER).fill(days=after)


def copies_of_bucket(bucket: Resource) -> Iterator[Said]:
    """Versions, and the time in which a deletion can be taken back."""
    if at(bucket, "versioning.enabled") is True:
        yield stores.VERSIONED
    if soft := days(number(bucket, "softDeletePolicy.retentionDurationSeconds")):
        yield stores.SOFT.fill(days=soft)


def copies_of_database(instance: Resource) -> Iterator[Said]:
    """Backups and the log from which any second can be had back."""
    backups = "settings.backupConfiguration"
    if at(instance, f"{backups}.enabled") is True:
        count = text(instance, f"{backups}.backupRetentionSettings.retainedBackups") or "7"
        place = text(instance, f"{backups}.location")
        template = stores.DAILY if place else stores.DAILY_HERE
        yield template.fill(count=count, location=spelled(place))
    if at(instance, f"{backups}.pointInTimeRecoveryEnabled") is True:
        yield stores.POINT.fill(days=text(instance, f"{backups}.transactionLogRetentionDays") or "7")


def of_secret(secret: Resource) -> Iterator[Said]:
    """How long the order to destroy a value can be taken back."""
    if regret := days(number(secret, "versionDestroyTtl")):
        yield stores.DESTROYED.fill(days=regret)


def of_topic(topic: Resource) -> Iterator[Said]:
    """How long messages stay."""
    if kept := days(number(topic, "messageRetentionDuration")):
        yield stores.UNREAD.fill(days=kept)


def of_backup_plan(plan: Resource) -> Iterator[Said]:
    """How long copies of a cluster stay, and for how long nobody can delete them."""
    if kept := text(plan, "retentionPolicy.backupRetainDays"):
        told = stores.BACKUPS_KEPT.fill(days=kept)
        locked = text(plan, "retentionPolicy.backupDeleteLockDays")
        yield told.then(stores.BACKUPS_LOCKED.fill(days=locked), ", ") if locked else told


def schedule_of_plan(plan: Resource) -> Iterator[Said]:
    """When copies are made."""
    if cron := text(plan, "backupSchedule.cronSchedule"):
        yield stores.SCHEDULE.fill(cron=cron)


def of_logs(bucket: Resource) -> Iterator[Said]:
    """How long logs stay."""
    if kept := text(bucket, "retentionDays"):
        told = stores.LOGGED.fill(days=kept)
        yield told.then(stores.LOCKED, ", ") if at(bucket, "locked") is True else told
