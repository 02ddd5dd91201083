"""Copies of what runs in a cluster, and the way back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from pulumi import Input, Output, ResourceOptions
from pulumi_gcp import gkebackup, kms

from components.base import Component, after
from components.classification import Classification, classified
from components.cloud.project import Api, Project
from components.cloud.regions import check_region
from components.cloud.secrets.keys import ROLE

LONGEST_LOCK: Final = 90
"""Days (https://cloud.google.com/kubernetes-engine/docs/add-on/backup-for-gke/how-to/backup-plan)."""

LONGEST_KEPT: Final = 360
"""Days that a daily copy can stay
(https://cloud.google.com/kubernetes-engine/docs/add-on/backup-for-gke/reference/rest/v1/RetentionPolicy)."""

CRON: Final = 5
"""Fields of a schedule."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ClusterBackupArgs:
    """Which cluster, where its copies lie, how often they are made and how long they stay."""

    project: Project
    cluster: Input[str]
    """The cluster's id (``Autopilot.id``)."""
    region: str
    """The cluster's region, to which its copies are brought back."""
    location: str
    """The region of the copies; another one than the cluster's lets them outlive it."""
    key: Input[str]
    """Id of the key that copies are encrypted with, in their region, known once Backup for GKE may use it
    (``Keys.ids``)."""
    classification: Classification
    """Of the most sensitive data on the cluster's volumes."""
    kept_days: int
    """How long a copy stays."""
    locked_days: int
    """How long nobody can delete a copy, Google's administrators and ours included."""
    schedule: str = "17 5 * * *"
    """When copies are made: cron, in UTC."""
    labels: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        classified(self.labels, self.classification)
        check_region("cluster", self.region)
        check_region("copies", self.location)
        if not 1 <= self.locked_days <= LONGEST_LOCK:
            raise ValueError(f"copies locked for {self.locked_days} days: write 1 to {LONGEST_LOCK}")
        if self.kept_days < self.locked_days:
            raise ValueError(
                f"copies kept for {self.kept_days} days but locked for {self.locked_days}: "
                "keep them at least as long"
            )
        if self.kept_days > LONGEST_KEPT:
            raise ValueError(f"copies kept for {self.kept_days} days: write at most {LONGEST_KEPT}")
        if len(self.schedule.split()) != CRON:
            raise ValueError(f"schedule {self.schedule!r}: write five fields of cron, as in '17 5 * * *'")


class ClusterBackup(Component, token="gcp:ClusterBackup"):
    """A plan that copies all of a cluster, volumes and Secrets included, and a plan that brings it back.

    The restore plan never overwrites: it stops where something of the same name is there, so it fits an empty
    cluster or a namespace that was cleared on purpose. The backup plan and the grant on its key stay when the
    stack goes: Google refuses to delete a plan that has copies (hashicorp/terraform-provider-google#15309),
    and they are the last thing to lose. Their names in Google are Pulumi's own, so the next stack does not
    meet them.
    """

    plan: Output[str]
    """The backup plan's id."""
    restore: Output[str]
    """The restore plan's id."""

    def __init__(self, name: str, args: ClusterBackupArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__(name, opts)
        project = args.project.on(Api.GKE_BACKUP)
        labels = classified(args.labels, args.classification)
        plan = gkebackup.BackupPlan(
            name,
            project=project,
            cluster=args.cluster,
            location=args.location,
            backup_schedule={"cron_schedule": args.schedule},
            retention_policy={
                "backup_retain_days": args.kept_days,
                "backup_delete_lock_days": args.locked_days,
            },
            backup_config=self._contents(name, args),
            labels=labels,
            opts=self.child(retain_on_delete=True),
        )
        restore = gkebackup.RestorePlan(
            name,
            project=project,
            cluster=args.cluster,
            location=args.region,  # where the cluster is, or Google refuses it
            backup_plan=plan.id,
            restore_config=_way_back(),
            labels=labels,
            opts=self.child(protect=False),  # it holds nothing
        )
        self.plan = plan.id
        self.restore = restore.id
        self.seal()

    def _contents(self, name: str, args: ClusterBackupArgs) -> gkebackup.BackupPlanBackupConfigArgsDict:
        """Everything, under a key that the agent in the cluster can use too: it writes the copies.

        https://cloud.google.com/kubernetes-engine/docs/add-on/backup-for-gke/concepts/about-cmek names both
        accounts.
        """
        agent = kms.CryptoKeyIAMMember(
            name,
            crypto_key_id=args.key,
            role=ROLE,
            member=args.project.agent(Api.CONTAINER),
            opts=self.child(retain_on_delete=True),
        )
        return {
            "all_namespaces": True,
            "include_secrets": True,
            "include_volume_data": True,
            "permissive_mode": False,
            "encryption_key": {"gcp_kms_encryption_key": after(args.key, agent.id)},
        }


def _way_back() -> gkebackup.RestorePlanRestoreConfigArgsDict:
    return {
        "all_namespaces": True,
        "namespaced_resource_restore_mode": "FAIL_ON_CONFLICT",
        "cluster_resource_restore_scope": {"all_group_kinds": True},
        "cluster_resource_conflict_policy": "USE_EXISTING_VERSION",
        "volume_data_restore_policy": "RESTORE_VOLUME_DATA_FROM_BACKUP",
    }
