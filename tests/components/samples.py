"""One instance of every component, as a program would make it: what the contract tests are run over."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from ipaddress import IPv4Network

from pulumi import ResourceOptions

from components.base import Component
from components.classification import Classification
from components.cloud.access.backups import BackupAccess, BackupAccessArgs
from components.cloud.access.federation import Federation, FederationArgs, Workload
from components.cloud.access.identity import Identity, IdentityArgs
from components.cloud.cluster.autopilot import Autopilot
from components.cloud.cluster.backup import ClusterBackup, ClusterBackupArgs
from components.cloud.cluster.image_policy import ImagePolicy, ImagePolicyArgs
from components.cloud.database.cloudsql import CloudSql
from components.cloud.network.firewall import Firewall, FirewallArgs
from components.cloud.network.googleapis import GoogleApis, GoogleApisArgs
from components.cloud.network.nat import Nat, NatArgs
from components.cloud.network.private_services import PrivateServices, PrivateServicesArgs
from components.cloud.network.rules import SiteRanges
from components.cloud.network.vpc import Network, NetworkArgs, Subnet
from components.cloud.project import Api, Project, ProjectServices, ProjectServicesArgs
from components.cloud.secrets.escrow import Escrow, EscrowArgs
from components.cloud.secrets.keys import Key, Keys, KeysArgs
from components.cloud.secrets.secret import Rotation, Secret, SecretArgs
from components.cloud.storage.access import BucketAccess, BucketAccessArgs
from components.cloud.storage.bucket import Bucket, BucketArgs
from components.cloud.storage.registry import Registry, RegistryArgs
from components.cloud.watch.alerts import Alerts, AlertsArgs
from components.cloud.watch.audit_trail import AuditTrail, AuditTrailArgs
from components.cloud.watch.logs import Logs, LogsArgs
from components.cloud.watch.topic import Topic, TopicArgs
from components.platform.namespaces import Namespaces, NamespacesArgs, PodSecurity
from components.platform.traffic import Allowance, Flow, Peer, Traffic, TrafficArgs
from tests.components.cloud.arguments import autopilot, cloud_sql
from tests.components.link.samples import SAMPLES as LINK
from tests.components.onprem.inference.samples import SAMPLES as INFERENCE
from tests.components.onprem.k3s.samples import SAMPLES as K3S
from tests.components.onprem.longhorn.samples import SAMPLES as LONGHORN
from tests.components.onprem.machines.samples import SAMPLES as MACHINES
from tests.components.onprem.metallb.samples import SAMPLES as METALLB
from tests.components.onprem.postgres.samples import SAMPLES as POSTGRES
from tests.components.onprem.vault.samples import SAMPLES as VAULT
from tests.components.platform.samples import SAMPLES as PLATFORM

NETWORK = "projects/example/global/networks/core"
REGION = "us-central1"
SUBNET = f"projects/example/regions/{REGION}/subnetworks/nodes"
KEY = f"projects/example/locations/{REGION}/keyRings/ring/cryptoKeys/key"
MEMBER = "serviceAccount:reader@example.iam.gserviceaccount.com"

Make = Callable[[str, ResourceOptions | None], Component]


def _apis(name: str, opts: ResourceOptions | None = None) -> ProjectServices:
    return ProjectServices(name, ProjectServicesArgs(project="example", number=123456789, apis=[*Api]), opts)


def _project(name: str) -> Project:
    return _apis(f"{name}-apis").project


def _alerts(name: str, opts: ResourceOptions | None) -> Component:
    return Alerts(name, AlertsArgs(project=_project(name), mail="on-call@hospital.example"), opts)


def _audit_trail(name: str, opts: ResourceOptions | None) -> Component:
    return AuditTrail(name, AuditTrailArgs(project=_project(name), bucket="example-audit-logs"), opts)


def _autopilot(name: str, opts: ResourceOptions | None) -> Component:
    return Autopilot(name, autopilot(_project(name), node_account=f"{name}-machines"), opts)


def _backup_access(name: str, opts: ResourceOptions | None) -> Component:
    args = BackupAccessArgs(
        project=_project(name), account_id=f"{name}-backups", bucket="example-backups", folders=["k3s/recife"]
    )
    return BackupAccess(name, args, opts)


def _bucket_access(name: str, opts: ResourceOptions | None) -> Component:
    grants = {"roles/storage.objectUser": {"database": MEMBER}}
    return BucketAccess(name, BucketAccessArgs(bucket="example-backups", grants=grants), opts)


def _bucket(name: str, opts: ResourceOptions | None) -> Component:
    return Bucket(
        name,
        BucketArgs(
            project=_project(name),
            name=f"example-{name}",
            location=REGION,
            classification=Classification.PATIENT,
            key=KEY,
            grants={"roles/storage.objectViewer": {"reader": MEMBER}},
        ),
        opts,
    )


def _cloud_sql(name: str, opts: ResourceOptions | None) -> Component:
    accounts = {"api": "api@example.iam.gserviceaccount.com"}
    return CloudSql(name, cloud_sql(_project(name), accounts=accounts, replicas={"us-east1": KEY}), opts)


def _cluster_backup(name: str, opts: ResourceOptions | None) -> Component:
    return ClusterBackup(
        name,
        ClusterBackupArgs(
            project=_project(name),
            cluster=f"projects/example/locations/{REGION}/clusters/{name}",
            region=REGION,
            location=REGION,
            key=KEY,
            classification=Classification.INTERNAL,
            kept_days=35,
            locked_days=14,
        ),
        opts,
    )


def _escrow(name: str, opts: ResourceOptions | None) -> Component:
    return Escrow(
        name,
        EscrowArgs(
            project=_project(name),
            name=name,
            value="once",
            reason="what it opens would be lost with it",
            classification=Classification.PATIENT,
            keys={REGION: KEY},
        ),
        opts,
    )


def _federation(name: str, opts: ResourceOptions | None) -> Component:
    heard = [Workload(namespace="vault", account="vault")]
    args = FederationArgs(project=_project(name), site=name, jwks='{"keys": []}', workloads=heard)
    return Federation(name, args, opts)


def _firewall(name: str, opts: ResourceOptions | None) -> Component:
    return Firewall(
        name,
        FirewallArgs(
            project=_project(name),
            network=NETWORK,
            cloud=[IPv4Network("10.64.0.0/20")],
            private_services=IPv4Network("10.76.0.0/16"),
            sites={"recife": SiteRanges(number=7, ranges=[IPv4Network("10.20.0.0/22")])},
        ),
        opts,
    )


def _google_apis(name: str, opts: ResourceOptions | None) -> Component:
    return GoogleApis(name, GoogleApisArgs(project=_project(name), network=NETWORK, inbound=True), opts)


def _identity(name: str, opts: ResourceOptions | None) -> Component:
    args = IdentityArgs(
        project=_project(name),
        account_id=f"{name}-robot",
        display_name="A robot",
        roles=["roles/logging.logWriter"],
    )
    return Identity(name, args, opts)


def _image_policy(name: str, opts: ResourceOptions | None) -> Component:
    images = ["us-central1-docker.pkg.dev/example/images/**"]
    return ImagePolicy(name, ImagePolicyArgs(project=_project(name), images=images), opts)


def _keys(name: str, opts: ResourceOptions | None) -> Component:
    keys = {"documents": Key(location=REGION, agent=MEMBER), "backups": Key(location="us", agent=MEMBER)}
    return Keys(name, KeysArgs(project=_project(name), keys=keys), opts)


def _logs(name: str, opts: ResourceOptions | None) -> Component:
    return Logs(name, LogsArgs(project=_project(name), region=REGION, key=KEY, kept_days=30), opts)


def _namespaces(name: str, opts: ResourceOptions | None) -> Component:
    return Namespaces(name, NamespacesArgs(levels={"clinical": PodSecurity.RESTRICTED}), opts)


def _nat(name: str, opts: ResourceOptions | None) -> Component:
    args = NatArgs(project=_project(name), region=REGION, network=NETWORK, subnets={"nodes": SUBNET})
    return Nat(name, args, opts)


def _network(name: str, opts: ResourceOptions | None) -> Component:
    nodes = Subnet(range=IPv4Network("10.64.0.0/20"), secondary={"pods": IPv4Network("10.68.0.0/14")})
    return Network(name, NetworkArgs(project=_project(name), region=REGION, subnets={"nodes": nodes}), opts)


def _private_services(name: str, opts: ResourceOptions | None) -> Component:
    return PrivateServices(
        name,
        PrivateServicesArgs(
            project=_project(name),
            network=NETWORK,
            network_name="core",
            range=IPv4Network("10.76.0.0/16"),
            export_routes=True,
        ),
        opts,
    )


def _registry(name: str, opts: ResourceOptions | None) -> Component:
    grants = {"roles/artifactregistry.reader": {"reader": MEMBER}}
    args = RegistryArgs(project=_project(name), name=name, location=REGION, key=KEY, grants=grants)
    return Registry(name, args, opts)


def _secret(name: str, opts: ResourceOptions | None) -> Component:
    return Secret(
        name,
        SecretArgs(
            project=_project(name),
            name=name,
            classification=Classification.PATIENT,
            keys={REGION: KEY},
            rotation=Rotation(first=datetime(2027, 6, 1, tzinfo=UTC)),
            topic="projects/example/topics/notices",
            grants={"roles/secretmanager.secretAccessor": {"reader": MEMBER}},
        ),
        opts,
    )


def _traffic(name: str, opts: ResourceOptions | None) -> Component:
    asked = Allowance(pods={"app": "api"}, receives=[Flow(peers=[Peer(namespace="clinical")], ports=[8443])])
    return Traffic(name, TrafficArgs(namespace="data", allowances={"asked": asked}), opts)


def _topic(name: str, opts: ResourceOptions | None) -> Component:
    grants = {"roles/pubsub.publisher": {"writer": MEMBER}}
    return Topic(name, TopicArgs(project=_project(name), regions=[REGION], key=KEY, grants=grants), opts)


SAMPLES: Mapping[type[Component], Make] = {
    Alerts: _alerts,
    AuditTrail: _audit_trail,
    Autopilot: _autopilot,
    BackupAccess: _backup_access,
    Bucket: _bucket,
    BucketAccess: _bucket_access,
    CloudSql: _cloud_sql,
    ClusterBackup: _cluster_backup,
    Escrow: _escrow,
    Federation: _federation,
    Firewall: _firewall,
    GoogleApis: _google_apis,
    Identity: _identity,
    ImagePolicy: _image_policy,
    Keys: _keys,
    Logs: _logs,
    Namespaces: _namespaces,
    Nat: _nat,
    Network: _network,
    PrivateServices: _private_services,
    ProjectServices: _apis,
    Registry: _registry,
    Secret: _secret,
    Topic: _topic,
    Traffic: _traffic,
    **K3S,
    **INFERENCE,
    **LINK,
    **VAULT,
    **LONGHORN,
    **METALLB,
    **PLATFORM,
    **POSTGRES,
    **MACHINES,
}
