"""The types of resources that the rules speak of."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

ACCOUNT: Final = "gcp:serviceaccount/account:Account"
ACCOUNT_KEY: Final = "gcp:serviceaccount/key:Key"
ALERT: Final = "gcp:monitoring/alertPolicy:AlertPolicy"
AUDIT_CONFIG: Final = "gcp:projects/iAMAuditConfig:IAMAuditConfig"
BACKEND: Final = "gcp:compute/backendService:BackendService"
BACKUP_PLAN: Final = "gcp:gkebackup/backupPlan:BackupPlan"
BUCKET: Final = "gcp:storage/bucket:Bucket"
BUCKET_GRANT: Final = "gcp:storage/bucketIAMMember:BucketIAMMember"
CLUSTER: Final = "gcp:container/cluster:Cluster"
CRYPTO_KEY: Final = "gcp:kms/cryptoKey:CryptoKey"
DATABASE: Final = "gcp:sql/databaseInstance:DatabaseInstance"
DNS_POLICY: Final = "gcp:dns/policy:Policy"
FEDERATION: Final = "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider"
FIREWALL: Final = "gcp:compute/firewall:Firewall"
FIREWALL_RULE: Final = "gcp:compute/networkFirewallPolicyRule:NetworkFirewallPolicyRule"
HTTP_PROXY: Final = "gcp:compute/targetHttpProxy:TargetHttpProxy"
HTTPS_PROXY: Final = "gcp:compute/targetHttpsProxy:TargetHttpsProxy"
HMAC_KEY: Final = "gcp:storage/hmacKey:HmacKey"
IMAGE_POLICY: Final = "gcp:binaryauthorization/policy:Policy"
INSTANCE: Final = "gcp:compute/instance:Instance"
KEY_RING: Final = "gcp:kms/keyRing:KeyRing"
LOG_BUCKET: Final = "gcp:logging/projectBucketConfig:ProjectBucketConfig"
METRIC: Final = "gcp:logging/metric:Metric"
NETWORK: Final = "gcp:compute/network:Network"
PROJECT_GRANT: Final = "gcp:projects/iAMMember:IAMMember"
REGISTRY: Final = "gcp:artifactregistry/repository:Repository"
SECRET: Final = "gcp:secretmanager/secret:Secret"  # noqa: S105 - the name of a type
SECURITY_POLICY: Final = "gcp:compute/securityPolicy:SecurityPolicy"
SERVICE: Final = "gcp:projects/service:Service"
SINK: Final = "gcp:logging/projectSink:ProjectSink"
SQL_USER: Final = "gcp:sql/user:User"
SSL_POLICY: Final = "gcp:compute/sSLPolicy:SSLPolicy"
SUBNET: Final = "gcp:compute/subnetwork:Subnetwork"
SUBSCRIPTION: Final = "gcp:pubsub/subscription:Subscription"
TEMPLATE: Final = "gcp:compute/instanceTemplate:InstanceTemplate"
TLS_POLICY: Final = "gcp:networksecurity/serverTlsPolicy:ServerTlsPolicy"
TOPIC: Final = "gcp:pubsub/topic:Topic"
TRUST: Final = "gcp:certificatemanager/trustConfig:TrustConfig"
URL_MAP: Final = "gcp:compute/uRLMap:URLMap"

RANDOM_PASSWORD: Final = "random:index/randomPassword:RandomPassword"  # noqa: S105 - likewise the name of a type
PRIVATE_KEY: Final = "tls:index/privateKey:PrivateKey"
SIGNED: Final = "tls:index/locallySignedCert:LocallySignedCert"

REMOTE_SCRIPTS: Final = ("command:remote:Command", "command:remote:CopyToRemote")
"""What runs, or lands, on a machine that is entered by SSH."""

GRANTS: Final = ("gcp:*IAMMember", "gcp:*IamMember", "gcp:*IAMBinding", "gcp:*IamBinding")
"""Who may do what, wherever it is granted."""

CERTIFICATE: Final = "kubernetes:cert-manager.io/v1:Certificate"
DATABASE_CLUSTER: Final = "kubernetes:postgresql.cnpg.io/v1:Cluster"
KUBERNETES_SERVICE: Final = "kubernetes:core/v1:Service"
KUBERNETES_SECRET: Final = "kubernetes:core/v1:Secret"  # noqa: S105 - likewise
NAMESPACE: Final = "kubernetes:core/v1:Namespace"
NETWORK_POLICY: Final = "kubernetes:networking.k8s.io/v1:NetworkPolicy"
PUBLICATION: Final = "kubernetes:postgresql.cnpg.io/v1:Publication"
RELEASE: Final = "kubernetes:helm.sh/v3:Release"
STORAGE_CLASS: Final = "kubernetes:storage.k8s.io/v1:StorageClass"
VOLUME_CLAIM: Final = "kubernetes:core/v1:PersistentVolumeClaim"

LASTING: Final[Mapping[str, str]] = MappingProxyType(
    {
        "kubernetes:apps/v1:DaemonSet": "spec.template.spec",
        "kubernetes:apps/v1:Deployment": "spec.template.spec",
        "kubernetes:apps/v1:StatefulSet": "spec.template.spec",
        "kubernetes:argoproj.io/v1alpha1:Rollout": "spec.template.spec",
    }
)
"""What keeps pods running, and where each describes them."""

WORKLOADS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **LASTING,
        "kubernetes:batch/v1:CronJob": "spec.jobTemplate.spec.template.spec",
        "kubernetes:batch/v1:Job": "spec.template.spec",
        "kubernetes:core/v1:Pod": "spec",
    }
)
"""Whatever runs pods."""
