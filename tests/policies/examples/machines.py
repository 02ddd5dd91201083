"""Machines, the firewall around them, and pipelines that deploy."""

from typing import Any

from pulumi_gcp.compute import Firewall, Instance, InstanceTemplate
from pulumi_gcp.iam import WorkloadIdentityPool, WorkloadIdentityPoolProvider
from pulumi_gcp.serviceaccount import Account

METADATA = {"enable-oslogin": "TRUE", "block-project-ssh-keys": "TRUE"}
SHIELDED: Any = {"enable_secure_boot": True, "enable_vtpm": True, "enable_integrity_monitoring": True}


def machines() -> None:
    """A machine and a template without public addresses, and a pool that believes one repository."""
    account = Account("machines", account_id="machines")
    Instance(
        "one",
        machine_type="e2-small",
        zone="us-central1-a",
        boot_disk={"initialize_params": {"image": "debian-cloud/debian-12"}},
        network_interfaces=[{"subnetwork": "nodes"}],
        metadata=METADATA,
        shielded_instance_config=SHIELDED,
        service_account={"email": account.email, "scopes": ["cloud-platform"]},
    )
    InstanceTemplate(
        "many",
        machine_type="e2-small",
        disks=[{"source_image": "debian-cloud/debian-12"}],
        network_interfaces=[{"subnetwork": "nodes"}],
        metadata=METADATA,
        shielded_instance_config=SHIELDED,
        service_account={"email": account.email, "scopes": ["cloud-platform"]},
    )
    Firewall(
        "tunnel",
        network="core",
        direction="INGRESS",
        source_ranges=["203.0.113.10/32", "35.191.0.0/16", "10.0.0.0/8"],
        allows=[{"protocol": "udp", "ports": ["51820"]}],
        log_config={"metadata": "INCLUDE_ALL_METADATA"},
    )
    pool = WorkloadIdentityPool("pipelines", workload_identity_pool_id="pipelines")
    WorkloadIdentityPoolProvider(
        "pipelines",
        workload_identity_pool_id=pool.workload_identity_pool_id,
        workload_identity_pool_provider_id="pipelines",
        attribute_mapping={"google.subject": "assertion.sub"},
        attribute_condition="assertion.repository_id == '123' && assertion.ref == 'refs/heads/main'",
        oidc={"issuer_uri": "https://token.actions.githubusercontent.com"},
    )
    WorkloadIdentityPoolProvider(
        "cluster",
        workload_identity_pool_id=pool.workload_identity_pool_id,
        workload_identity_pool_provider_id="cluster",
        attribute_mapping={"google.subject": "assertion.sub"},
        attribute_condition="assertion.sub in ['system:serviceaccount:a:b', 'system:serviceaccount:c:d']",
        oidc={"issuer_uri": "https://kubernetes.default.svc.cluster.local", "jwks_json": '{"keys": []}'},
    )
