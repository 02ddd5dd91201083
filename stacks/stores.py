"""Where data lies in the cloud, how it is encrypted, and who may read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pulumi import Output, ResourceOptions

from components.classification import Classification
from components.cloud.bucket import Bucket, BucketArgs
from components.cloud.grants import Grants
from components.cloud.keys import Key, Keys, KeysArgs, Protection
from components.cloud.project import Api, Project
from components.cloud.retention import Retention, StorageClass
from settings import CARE, Care, Cloud, Settings

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


@dataclass(frozen=True, kw_only=True, slots=True)
class Stores:
    """The buckets and keys, by use."""

    plan: Mapping[str, Store]
    buckets: Mapping[str, Output[str]]
    keys: Mapping[str, Output[str]]


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
            location=cloud.backup_location, classification=Classification.PATIENT, for_sites=True
        ),
        "audit-logs": Store(
            location=here,
            classification=Classification.INTERNAL,
            for_sites=False,
            retention=Retention(days=care.audit_days),
        ),
    }


def build_stores(
    settings: Settings,
    cloud: Cloud,
    project: Project,
    sites: Mapping[str, Output[str]],
    where: ResourceOptions,
) -> Stores:
    """A key and a bucket for each store of the plan; both protected where the environment asks for it."""
    care = CARE[settings.environment]
    stores = plan(cloud, care)
    guarded = ResourceOptions.merge(where, ResourceOptions(protect=care.protect))
    keys = Keys("keys", _keys(stores, project, settings, care), guarded)
    buckets = {
        use: Bucket(
            use,
            BucketArgs(
                project=project,
                name=f"{cloud.project}-{use}",
                location=store.location,
                classification=store.classification,
                key=keys.ids[use],
                labels=settings.labels,
                grants=_grants(sites) if store.for_sites else {},
                soft_delete_days=care.soft_delete_days,
                superseded_days=care.noncurrent_days,
                transitions={StorageClass.COLDLINE: 90} if use == "audit-logs" else {},
                hold=store.hold,
                retention=store.retention,
            ),
            guarded,
        )
        for use, store in stores.items()
    }
    return Stores(plan=stores, buckets={use: bucket.name for use, bucket in buckets.items()}, keys=keys.ids)


def _keys(stores: Mapping[str, Store], project: Project, settings: Settings, care: Care) -> KeysArgs:
    return KeysArgs(
        project=project,
        keys={
            use: Key(location=store.location.lower(), agent=project.agent(Api.STORAGE))
            for use, store in stores.items()
        },
        protection=Protection.HSM if care.hardware_keys else Protection.SOFTWARE,
        labels=settings.labels,
    )


def _grants(sites: Mapping[str, Output[str]]) -> Grants:
    return {MEMBER_ROLE: sites} if sites else {}
