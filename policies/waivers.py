"""Faults that somebody accepts for a while, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from types import MappingProxyType

from toolkit.graph import Graph, Resource


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiver:
    """One accepted risk. It ends by itself: an expired or needless waiver is a violation."""

    rule: str
    """The id of the rule that may be broken."""
    resource: str
    """The type and name of the resources that may break it, with ``*`` for any letters."""
    stacks: tuple[str, ...]
    """Where."""
    reason: str
    accepted_by: str
    """The role that answers for it."""
    expires: date
    """The last day on which it counts."""
    compensating: str
    """What limits the risk meanwhile."""
    elective: bool = False
    """Whether the stack file decides if there is such a resource at all; where there is none it may stay."""
    project: str = "prontuario"
    """Whose stacks these are; another program's stack of the same name has nothing to do with it."""

    def counts(self, graph: Graph) -> bool:
        """Whether the waiver is about this stack."""
        return graph.project == self.project and graph.stack in self.stacks

    def covers(self, rule: str, resource: Resource) -> bool:
        """Whether the waiver is about this rule and this resource."""
        return rule == self.rule and fnmatchcase(f"{resource.type} {resource.name}", self.resource)


WAIVERS: tuple[Waiver, ...] = (
    Waiver(
        rule="database-current",
        resource="gcp:sql/databaseInstance:DatabaseInstance database*",
        stacks=("staging", "prod"),
        reason="PostgreSQL 15 is what the hospital's database replicates from; both move together",
        accepted_by="head of platform engineering",
        expires=date(2027, 6, 30),
        compensating="15 gets security fixes until November 2027, and Google applies them every week",
    ),
    Waiver(
        rule="audit-logs-locked",
        resource="gcp:storage/bucket:Bucket audit-logs",
        stacks=("prod",),
        reason="locking cannot be undone: deploy, look, then write the bucket into cloud.lock_audit_logs",
        accepted_by="data protection officer",
        expires=date(2027, 3, 31),
        compensating="six years of retention are set, protect is on, and a change of the bucket is told",
    ),
    Waiver(
        rule="machine-inside",
        resource="gcp:compute/instanceTemplate:InstanceTemplate link-*",
        stacks=("prod",),
        reason="a VPN gateway must be reached from outside and forwards; this is what it is for",
        accepted_by="head of platform engineering",
        expires=date(2027, 11, 30),
        compensating="the firewall lets in UDP from each hospital's own address only, and nobody can log in",
    ),
    Waiver(
        rule="secret-consumed",
        resource="gcp:pubsub/topic:Topic rotation-due",
        stacks=("staging", "prod"),
        reason="the rotator, which answers, is not built yet",
        accepted_by="head of platform engineering",
        expires=date(2027, 2, 22),
        compensating="the link's keys alone have a value; raising link.generation, by hand, replaces them",
    ),
    Waiver(
        rule="namespace-meshed",
        resource="kubernetes:core/v1:Namespace *-namespaces-*",
        elective=True,
        stacks=("dev", "prod"),
        reason="the mesh comes with the platform; until then no clinical service runs there",
        accepted_by="head of platform engineering",
        expires=date(2027, 3, 31),
        compensating="network policies name every way; database, Vault and models speak TLS 1.3 themselves",
    ),
    Waiver(
        rule="namespace-restricted",
        resource="kubernetes:core/v1:Namespace *-namespaces-longhorn-system",
        elective=True,
        stacks=("prod",),
        reason="storage attaches disks to the nodes themselves",
        accepted_by="head of platform engineering",
        expires=date(2027, 11, 30),
        compensating="nobody but its operator runs there, from one pinned chart, and its traffic is named",
    ),
    Waiver(
        rule="namespace-restricted",
        resource="kubernetes:core/v1:Namespace *-namespaces-metallb-system",
        elective=True,
        stacks=("dev", "prod"),
        reason="a speaker answers in the hospital's network for its node",
        accepted_by="head of platform engineering",
        expires=date(2027, 11, 30),
        compensating="nobody but its operator runs there, from one pinned chart, and its traffic is named",
    ),
    Waiver(
        rule="namespace-restricted",
        resource="kubernetes:core/v1:Namespace *-namespaces-system-upgrade",
        elective=True,
        stacks=("prod",),
        reason="an upgrade replaces k3s on the node itself",
        accepted_by="head of platform engineering",
        expires=date(2027, 11, 30),
        compensating="its jobs run only when the version changes, on one node at a time, from one image",
    ),
    Waiver(
        rule="pod-probed",
        resource="kubernetes:apps/v1:Deployment *-upgrades-controller",
        elective=True,
        stacks=("prod",),
        reason="the controller of upgrades answers no question of the kind",
        accepted_by="head of platform engineering",
        expires=date(2027, 11, 30),
        compensating="nothing calls it, and a deployment fails when a node does not get the new version",
    ),
    Waiver(
        rule="certificate-short",
        resource="kubernetes:cert-manager.io/v1:Certificate *-longhorn-channel",
        stacks=("prod",),
        reason="storage reads it once, when it starts, and obeys nobody after it has run out",
        accepted_by="head of platform engineering",
        expires=date(2027, 11, 30),
        compensating="it is renewed after two of its five years, and only storage's own namespace has it",
    ),
    Waiver(
        rule="traffic-named",
        resource="kubernetes:networking.k8s.io/v1:NetworkPolicy local-database-operator-operator",
        stacks=("dev",),
        reason="nobody knows from where the API server of a developer's cluster asks",
        accepted_by="head of platform engineering",
        expires=date(2027, 11, 30),
        compensating="it asks one port of the operator; in prod the policy names the servers",
    ),
    Waiver(
        rule="database-replicated",
        resource="kubernetes:postgresql.cnpg.io/v1:Cluster local-*",
        stacks=("dev",),
        reason="a developer's database holds nothing that would be missed",
        accepted_by="head of platform engineering",
        expires=date(2027, 11, 30),
        compensating="dev has no data of patients, and no way to a hospital",
    ),
)

UNSERVED: Mapping[str, str] = MappingProxyType(
    {
        "CKV_GCP_9": "Autopilot repairs its nodes itself and refuses to be told",
        "CKV_GCP_10": "Autopilot upgrades its nodes itself and refuses to be told",
        "CKV_GCP_12": "asks for a network_policy block, which Autopilot refuses: Dataplane V2 is always on",
        "CKV_GCP_22": "Autopilot's nodes always run Container-Optimized OS and cannot be told so",
        "CKV_GCP_24": "PodSecurityPolicy is gone since 1.25; namespace-restricted stands for it",
        "CKV_GCP_37": "asks for keys that we hand over with each call; keys of Cloud KMS stand for them",
        "CKV_GCP_61": "asks for enable_intranode_visibility, which Autopilot has on and refuses",
        "CKV_GCP_63": "no bucket logs to a bucket: Data Access logs stand for it, see bucket-access-logged",
        "CKV_GCP_68": "Autopilot's nodes always boot securely and cannot be told so",
        "CKV_GCP_69": "asks for node_config, for which the provider replaces clusters; Autopilot has it on",
        "CKV_GCP_71": "asks for enable_shielded_nodes, which Autopilot refuses and has always on",
        "CKV_GCP_72": "Autopilot's nodes always watch their integrity and cannot be told so",
        "CKV_K8S_11": "a limit on CPU slows urgent work while cores idle; requests share them justly",
        "CKV_K8S_15": "an image that is named by its digest is the same wherever it is pulled from",
        "CKV_K8S_40": "runAsNonRoot and user namespaces stand for high user ids, which vendors' images lack",
    }
)
"""Checkov's checks that no rule serves since they do not fit, and why."""
