"""The pods that configure Vault and copy it."""

from dataclasses import dataclass
from typing import Final

from pulumi import Input, ResourceOptions
from pulumi_kubernetes.batch import v1 as batch
from pulumi_kubernetes.core import v1 as core

from components.onprem.vault import confined, scripts
from components.onprem.vault.server import AUTHORITY, TLS
from components.onprem.vault.services import AUDIENCE
from components.onprem.vault.traffic import JOBS
from components.onprem.vault.values import CERTIFICATE

TOKEN_SECONDS: Final = 600
"""The least that Kubernetes makes."""

DEADLINE: Final = 900
"""Seconds after which a run has failed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """A script that runs at set times, as an account of its own."""

    name: str
    """Also of its service account, and of the config map that holds ``run.sh``."""
    namespace: Input[str]
    address: Input[str]
    """Vault's."""
    schedule: str
    """As cron writes it, in UTC."""
    folder: str
    """Where its own volume is mounted."""
    volume: core.VolumeArgsDict
    """That volume; it is called ``own``."""


def job(name: str, told: Job, opts: ResourceOptions) -> batch.CronJob:
    """The job and its account, which Kubernetes itself gives no right at all."""
    core.ServiceAccount(
        name,
        metadata={"name": told.name, "namespace": told.namespace},
        automount_service_account_token=False,
        opts=opts,
    )
    return batch.CronJob(
        name,
        metadata={"name": told.name, "namespace": told.namespace},
        spec={
            "schedule": told.schedule,
            "time_zone": "Etc/UTC",
            "concurrency_policy": "Forbid",
            "starting_deadline_seconds": 300,
            "successful_jobs_history_limit": 1,
            "failed_jobs_history_limit": 3,
            "job_template": {
                "spec": {
                    "backoff_limit": 2,
                    "active_deadline_seconds": DEADLINE,
                    "template": {"metadata": {"labels": JOBS}, "spec": _pod(told)},
                }
            },
        },
        opts=opts,
    )


def _pod(told: Job) -> core.PodSpecArgsDict:
    return {
        "service_account_name": told.name,
        "automount_service_account_token": False,
        "enable_service_links": False,
        "restart_policy": "Never",
        "security_context": {
            "run_as_non_root": True,
            "run_as_user": confined.USER,
            "run_as_group": confined.GROUP,
            "fs_group": confined.GROUP,
            "seccomp_profile": {"type": "RuntimeDefault"},
        },
        "containers": [_container(told)],
        "volumes": [
            told.volume,
            {"name": "script", "config_map": {"name": told.name}},
            # Of the certificate's Secret the public part only: the servers' key stays with the servers.
            {
                "name": "authority",
                "secret": {"secret_name": CERTIFICATE, "items": [{"key": "ca.crt", "path": "ca.crt"}]},
            },
            {
                "name": "token",
                "projected": {
                    "sources": [
                        {
                            "service_account_token": {
                                "audience": AUDIENCE,
                                "expiration_seconds": TOKEN_SECONDS,
                                "path": "token",
                            }
                        }
                    ]
                },
            },
            {"name": "tmp", "empty_dir": {"medium": "Memory", "size_limit": "16Mi"}},
        ],
    }


def _container(told: Job) -> core.ContainerArgsDict:
    return {
        "name": "vault",
        "image": f"{confined.IMAGE}:{confined.TAG}",
        "command": ["/bin/sh", "/script/run.sh"],
        "env": [
            {"name": "HOME", "value": scripts.SCRATCH},
            {"name": "VAULT_ADDR", "value": told.address},
            {"name": "VAULT_CACERT", "value": AUTHORITY},
        ],
        "resources": {"requests": {"cpu": "50m", "memory": "128Mi"}, "limits": {"memory": "128Mi"}},
        "security_context": {
            "allow_privilege_escalation": False,
            "read_only_root_filesystem": True,
            "capabilities": {"drop": ["ALL"]},
        },
        "volume_mounts": [
            {"name": "own", "mount_path": told.folder},
            {"name": "script", "mount_path": "/script", "read_only": True},
            {"name": "authority", "mount_path": TLS, "read_only": True},
            {"name": "token", "mount_path": "/var/run/secrets/vault", "read_only": True},
            {"name": "tmp", "mount_path": scripts.SCRATCH},
        ],
    }
