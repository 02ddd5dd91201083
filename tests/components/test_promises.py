"""What an output waits for: whoever takes it may rely on all of that, and loses no time to anything else."""

from collections.abc import Mapping
from typing import Final

import pytest
from pulumi import CustomResource

from components.base import Component
from components.cloud.access.identity import Identity
from components.cloud.cluster.autopilot import Autopilot
from components.cloud.cluster.image_policy import ImagePolicy, ImagePolicyArgs
from components.cloud.database.cloudsql import CloudSql
from components.cloud.network.firewall import Firewall
from components.cloud.network.googleapis import GoogleApis
from components.cloud.network.nat import Nat
from components.cloud.network.private_services import PrivateServices
from components.cloud.project import Project
from components.cloud.secrets.keys import Keys
from components.cloud.secrets.secret import Secret
from components.cloud.storage.bucket import Bucket
from components.cloud.storage.registry import Registry
from components.cloud.watch.alerts import Alerts
from components.cloud.watch.audit_trail import AuditTrail
from components.cloud.watch.logs import Logs
from components.cloud.watch.topic import Topic
from tests.components.cloud.arguments import autopilot
from tests.components.cloud.recorded import build, recorded
from tests.components.samples import SAMPLES

READER: Final = {"Bucket one", "BucketIAMMember one-storage.objectViewer-reader"}
PULLER: Final = {"Repository one", "RepositoryIamMember one-artifactregistry.reader-reader"}
OPENER: Final = {"Secret one", "SecretIamMember one-secretmanager.secretAccessor-reader"}
CLIENT: Final = {f"IAMMember one-api-cloudsql.{role}" for role in ("client", "instanceUser")}
USABLE: Final = {"Database one-records", "User one-api", *CLIENT}
GUARDING: Final = {"NetworkFirewallPolicy one", "NetworkFirewallPolicyAssociation one"}
ANSWERING: Final = {
    f"ResponsePolicyRule one-{key}" for key in ("googleapis", "pkg-dev", "pkg-dev-all", "gcr")
}


def probe(name: str, value: object) -> None:
    """A resource that takes ``value``, and so waits for whatever that waits for."""
    CustomResource("test:index:Probe", name, {"value": value})


@pytest.mark.parametrize(
    ("component", "output", "waits"),
    [
        (Alerts, "policies.key-destroyed", {"AlertPolicy one-key-destroyed", "Metric one-key-destroyed"}),
        (AuditTrail, "sink", {"IAMAuditConfig one", "ProjectSink one", "BucketIAMMember one"}),
        (Logs, "bucket", {"ProjectBucketConfig one", "ProjectSink one"}),
        (Autopilot, "workload_pool", {"Cluster one"}),
        (
            Autopilot,
            "nodes",
            {"Account one-nodes", "IAMMember one-nodes-container.defaultNodeServiceAccount"},
        ),
        (Bucket, "name", READER),
        (Bucket, "url", READER),
        (CloudSql, "name", {"DatabaseInstance one", *USABLE}),
        (CloudSql, "connection_name", {"DatabaseInstance one", *USABLE}),
        (CloudSql, "address", {"DatabaseInstance one", *USABLE}),
        (CloudSql, "databases.records", {"Database one-records"}),
        (
            CloudSql,
            "replicas.us-east1",
            {
                *("DatabaseInstance one-us-east1", *USABLE),
                *(each.replace("one-", "one-us-east1-") for each in CLIENT),
            },
        ),
        (Firewall, "policy", GUARDING),
        (
            GoogleApis,
            "policy",
            {"Policy one", "ResponsePolicy one", "ResponsePolicyRule one-gcr-all", *ANSWERING},
        ),
        (Identity, "email", {"Account one", "IAMMember one-logging.logWriter"}),
        (Identity, "member", {"Account one", "IAMMember one-logging.logWriter"}),
        (Keys, "ids.backups", {"CryptoKey one-backups", "CryptoKeyIAMMember one-backups"}),
        (Nat, "addresses.a", {"Address one-a", "RouterNat one"}),
        (PrivateServices, "range_name", {"GlobalAddress one", "Connection one"}),
        (PrivateServices, "network", {"Connection one"}),
        (PrivateServices, "routes", {"NetworkPeeringRoutesConfig one"}),
        (Registry, "id", PULLER),
        (Registry, "address", {"Service one-apis-containerscanning", *PULLER}),
        (Secret, "id", OPENER),
        (Secret, "name", OPENER),
        (Topic, "id", {"Topic one", "TopicIAMMember one-pubsub.publisher-writer"}),
    ],
)
def test_an_output_is_known_once_it_can_be_used(
    component: type[Component], output: str, waits: set[str]
) -> None:
    def program() -> None:
        name, _, key = output.partition(".")
        value = getattr(SAMPLES[component]("one", None), name)
        probe("taker", value[key] if isinstance(value, Mapping) else value)

    assert recorded(program).waits("Probe taker") == waits


def test_nothing_is_deployed_before_unwanted_images_are_refused() -> None:
    def program(project: Project) -> None:
        images = ["us-central1-docker.pkg.dev/example/images/**"]
        policy = ImagePolicy("images", ImagePolicyArgs(project=project, images=images))
        probe("kubernetes", Autopilot("one", autopilot(project, image_policy=policy.id)).kubeconfig)

    waits = build(program).waits("Probe kubernetes")
    assert waits == {"Cluster one", "Policy images", "Service apis-containersecurity"}
