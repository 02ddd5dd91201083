"""Where objects lie in the cloud, how they are encrypted, and who may read them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pulumi import Output

from components.classification import Classification
from components.cloud.access.grants import Grants
from components.cloud.storage.bucket import Bucket, BucketArgs
from components.cloud.storage.retention import Retention, StorageClass
from settings import Care, Cloud
from settings.names import AUDIT_LOGS, bucket_name
from stacks.ground import Ground
from stacks.holding import Holding

MEMBER_ROLE: Final = "roles/storage.objectUser"
"""Reads, writes and deletes objects, and nothing about the bucket itself."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Store:
    """One bucket of the plan."""

    location: str
    classification: Classification
    for_sites: bool
    """Whether the hospitals' clusters read and write here."""
    hold: bool = False
    retention: Retention | None = None


def plan(cloud: Cloud, care: Care) -> Mapping[str, Store]:
    """What is stored where. Documents and images stay in their region; only backups may leave it."""
    here = cloud.region
    return {
        "documents": Store(
            location=here, classification=Classification.PATIENT, for_sites=True, hold=care.holds
        ),
        "images": Store(
            location=here, classification=Classification.PATIENT, for_sites=True, hold=care.holds
        ),
        "backups": Store(
            location=cloud.backup_location, classification=Classification.PATIENT, for_sites=False
        ),
        AUDIT_LOGS: Store(
            location=here,
            classification=Classification.INTERNAL,
            for_sites=False,
            retention=Retention(days=care.audit_days, lock=cloud.lock_audit_logs),
        ),
    }


def build_stores(
    ground: Ground,
    stores: Mapping[str, Store],
    keys: Mapping[str, Output[str]],
    sites: Mapping[str, Output[str]],
) -> Mapping[str, Output[str]]:
    """The names of the buckets by use, each under the key of that use."""
    return {
        use: Bucket(use, _bucket(ground, use, store, keys[use], sites), ground.guarded).name
        for use, store in stores.items()
    }


def holdings(stores: Mapping[str, Store]) -> Iterator[Holding]:
    """What lies in the buckets."""
    for use, store in stores.items():
        yield Holding(store=use, classification=store.classification, location=store.location)


def _bucket(
    ground: Ground, use: str, store: Store, key: Output[str], sites: Mapping[str, Output[str]]
) -> BucketArgs:
    return BucketArgs(
        project=ground.project,
        name=bucket_name(ground.cloud.project, use),
        location=store.location,
        classification=store.classification,
        key=key,
        labels=ground.settings.labels,
        grants=_grants(sites) if store.for_sites else {},
        soft_delete_days=ground.care.soft_delete_days,
        superseded_days=ground.care.noncurrent_days,
        transitions={StorageClass.COLDLINE: 90} if use == AUDIT_LOGS else {},
        hold=store.hold,
        retention=store.retention,
    )


def _grants(sites: Mapping[str, Output[str]]) -> Grants:
    return {MEMBER_ROLE: sites} if sites else {}
