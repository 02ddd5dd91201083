"""What somebody must hear of when it happens in a project, as filters of Cloud Logging."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """One kind of change."""

    title: str
    """What has happened, as the alert's subject says it."""
    filter: str
    """In Cloud Logging's query language."""
    ask: str
    """What whoever is called should find out first."""


EVENTS: Final[Mapping[str, Event]] = MappingProxyType(
    {
        "owners-changed": Event(
            title="A project owner was added or removed",
            filter='protoPayload.serviceName="cloudresourcemanager.googleapis.com" AND '
            "(ProjectOwnership OR projectOwnerInvitee OR "
            'protoPayload.serviceData.policyDelta.bindingDeltas.role="roles/owner")',
            ask="Nobody should own the project but the administrators' group. Who did it, and on whose word?",
        ),
        "audit-changed": Event(
            title="The audit configuration was changed",
            filter='protoPayload.methodName="SetIamPolicy" AND '
            "protoPayload.serviceData.policyDelta.auditConfigDeltas:*",
            ask="Is anything not logged any more? The next deployment switches it on again.",
        ),
        "roles-changed": Event(
            title="A custom role was changed",
            filter='resource.type="iam_role" AND protoPayload.methodName:'
            '("google.iam.admin.v1.CreateRole" OR "google.iam.admin.v1.DeleteRole" OR '
            '"google.iam.admin.v1.UpdateRole" OR "google.iam.admin.v1.UndeleteRole")',
            ask="The platform uses no custom roles. What may its holder do now?",
        ),
        "firewall-changed": Event(
            title="The firewall was changed",
            filter='protoPayload.methodName:("compute.firewalls." OR "compute.networkFirewallPolicies." OR '
            '"compute.firewallPolicies.") AND NOT protoPayload.methodName:(".get" OR ".list")',
            ask="Was it a deployment, or GKE? If neither: what can reach what now?",
        ),
        "routes-changed": Event(
            title="A route was changed",
            filter='resource.type="gce_route" AND '
            'protoPayload.methodName:("compute.routes.insert" OR "compute.routes.delete")',
            ask="Was it a deployment, or GKE? If neither: where does traffic to the hospital go now?",
        ),
        "network-changed": Event(
            title="A network or a peering was changed",
            filter='resource.type="gce_network" AND protoPayload.methodName:("compute.networks.insert" OR '
            '"compute.networks.patch" OR "compute.networks.delete" OR "compute.networks.removePeering" OR '
            '"compute.networks.addPeering" OR "compute.networks.updatePeering")',
            ask="Who is joined to the network now?",
        ),
        "bucket-access-changed": Event(
            title="Access to a bucket was changed",
            filter='resource.type="gcs_bucket" AND protoPayload.methodName="storage.setIamPermissions"',
            ask="Who can read documents and images now?",
        ),
        "database-changed": Event(
            title="A database instance was changed",
            filter='protoPayload.serviceName="cloudsql.googleapis.com" AND protoPayload.methodName:'
            '("cloudsql.instances.create" OR "cloudsql.instances.update" OR "cloudsql.instances.patch" OR '
            '"cloudsql.instances.delete" OR "cloudsql.instances.import" OR "cloudsql.instances.export")',
            ask="Are backups, flags and addresses as they were? Did data leave by an export?",
        ),
        "images-changed": Event(
            title="The policy on images was changed",
            filter='protoPayload.serviceName="binaryauthorization.googleapis.com" AND '
            'protoPayload.methodName:"UpdatePolicy"',
            ask="May images run that did not come through the pipeline?",
        ),
        "key-destroyed": Event(
            title="A version of a key is to be destroyed or was disabled",
            filter='protoPayload.serviceName="cloudkms.googleapis.com" AND protoPayload.methodName:'
            '("DestroyCryptoKeyVersion" OR "UpdateCryptoKeyVersion")',
            ask="What it encrypted will soon be unreadable for ever. Restore the version first, ask then.",
        ),
    }
)
"""CIS GCP Foundations 2.4 to 2.11 in its order, then what would hurt this platform most."""
