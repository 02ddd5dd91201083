"""What the real stacks are still waived for: a secret whose rotation is answered, logs that are locked."""

from typing import Any

import pulumi
from pulumi_gcp.kms import CryptoKey, KeyRing
from pulumi_gcp.logging import ProjectSink
from pulumi_gcp.projects import IAMAuditConfig
from pulumi_gcp.pubsub import Subscription, Topic
from pulumi_gcp.secretmanager import Secret
from pulumi_gcp.storage import Bucket

LABELS = {"data-classification": "internal"}
QUARTER = "7776000s"
HERE = "us-central1"


def rotation() -> None:
    """A secret, its topic, who answers; a locked store of audit logs."""
    guarded = pulumi.ResourceOptions(protect=True, retain_on_delete=True)
    ring = KeyRing("here", location=HERE, opts=guarded)
    key = CryptoKey("all", key_ring=ring.id, rotation_period=QUARTER, opts=guarded)
    due, lost = (
        Topic(
            name,
            labels=LABELS,
            kms_key_name=key.id,
            message_storage_policy={"allowed_persistence_regions": [HERE]},
        )
        for name in ("due", "lost")
    )
    replicas: Any = [{"location": HERE, "customer_managed_encryption": {"kms_key_name": key.id}}]
    Secret(
        "token",
        secret_id="token",  # noqa: S106 - the name of a secret
        labels=LABELS,
        replication={"user_managed": {"replicas": replicas}},
        annotations={"prontuario.lasting": "snapshots of the cluster open with it alone"},
        opts=guarded,
    )
    Secret(
        "password",
        secret_id="analytics",  # noqa: S106 - the name of a secret
        labels=LABELS,
        replication={"user_managed": {"replicas": replicas}},
        rotation={"rotation_period": QUARTER, "next_rotation_time": "2027-02-23T06:00:00Z"},
        topics=[{"name": due.id}],
        opts=guarded,
    )
    Subscription("due", topic=due.id, dead_letter_policy={"dead_letter_topic": lost.id})
    _logs(key, guarded)
    pulumi.export("residency", ["US"])
    pulumi.export("data_map", [{"location": HERE, "country": "US", "classification": "internal"}])


def _logs(key: CryptoKey, guarded: pulumi.ResourceOptions) -> None:
    store = Bucket(
        "audit-logs",
        location=HERE,
        labels=LABELS,
        encryption={"default_kms_key_name": key.id},
        public_access_prevention="enforced",
        uniform_bucket_level_access=True,
        retention_policy={"is_locked": True, "retention_period": "189216000"},
        soft_delete_policy={"retention_duration_seconds": 604800},
        opts=guarded,
    )
    IAMAuditConfig(
        "all",
        project="clinic",
        service="allServices",
        audit_log_configs=[{"log_type": kind} for kind in ("ADMIN_READ", "DATA_READ", "DATA_WRITE")],
    )
    ProjectSink(
        "audit",
        destination=pulumi.Output.concat("storage.googleapis.com/", store.name),
        unique_writer_identity=True,
    )
