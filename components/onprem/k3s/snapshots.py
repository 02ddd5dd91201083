"""Where snapshots of etcd go, beside the server that took them."""

from dataclasses import dataclass

from pulumi import Input, Output, ResourceOptions
from pulumi_kubernetes.core import v1 as core

from components.base import Component
from components.onprem.k3s.config import S3_SECRET


@dataclass(frozen=True, kw_only=True, slots=True)
class SnapshotsArgs:
    """A bucket that speaks S3, and who may write to it."""

    bucket: Input[str]
    folder: str
    """Of this cluster; its objects end by the bucket's own rules, which k3s knows nothing of."""
    region: str
    access_key: Input[str]
    secret_key: Input[str]
    endpoint: str = "storage.googleapis.com"

    def __post_init__(self) -> None:
        if not self.folder or self.folder.startswith("/"):
            raise ValueError(
                "snapshots need a folder of their own, like k3s/recife: two clusters share a bucket"
            )
        if "//" in self.endpoint:
            raise ValueError(f"endpoint {self.endpoint}: write the name alone, like storage.googleapis.com")


class Snapshots(Component, token="onprem:Snapshots"):
    """The Secret by which k3s uploads each snapshot; k3s reads it anew every time, so its keys may rotate.

    It is an object of the cluster and no file of a machine: encrypted in etcd, and of no use for a restore,
    for which the keys are given by hand (docs/runbooks/etcd-restore.md).
    """

    secret: Output[str]
    """Its name, known once uploads can begin."""

    def __init__(self, name: str, args: SnapshotsArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__(name, opts)
        secret = core.Secret(
            name,
            metadata={"name": S3_SECRET, "namespace": "kube-system"},
            type="etcd.k3s.cattle.io/s3-config-secret",
            string_data=Output.secret(
                {
                    "etcd-s3-endpoint": args.endpoint,
                    "etcd-s3-bucket": args.bucket,
                    "etcd-s3-folder": args.folder,
                    "etcd-s3-region": args.region,
                    "etcd-s3-access-key": args.access_key,
                    "etcd-s3-secret-key": args.secret_key,
                    "etcd-s3-timeout": "10m",
                }
            ),
            opts=self.child(),
        )
        self.secret = secret.metadata["name"]
        self.seal()
