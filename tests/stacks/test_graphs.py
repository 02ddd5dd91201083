"""What holds for every stack as a whole."""

from collections.abc import Iterator

import pytest

from settings import CARE, Environment
from tests.stacks.graphs import ROOT, STACKS, graph_of
from toolkit.graph import Graph, Resource
from toolkit.inputs import check
from toolkit.program import Program
from toolkit.values import Secret

EVERY_STACK = pytest.mark.parametrize("stack", STACKS)
SERVICE = "gcp:projects/service:Service"
API_OF = {
    "artifactregistry": "artifactregistry",
    "binaryauthorization": "binaryauthorization",
    "compute": "compute",
    "container": "container",
    "dns": "dns",
    "gkebackup": "gkebackup",
    "kms": "cloudkms",
    "logging": "logging",
    "monitoring": "monitoring",
    "pubsub": "pubsub",
    "secretmanager": "secretmanager",
    "serviceaccount": "iam",
    "servicenetworking": "servicenetworking",
    "sql": "sqladmin",
    "storage": "storage",
}
GRANTS = ("IAMMember", "IamMember")
DATA = (
    "gcp:artifactregistry/repository:Repository",
    "gcp:container/cluster:Cluster",
    "gcp:gkebackup/backupPlan:BackupPlan",
    "gcp:kms/cryptoKey:CryptoKey",
    "gcp:kms/keyRing:KeyRing",
    "gcp:logging/projectBucketConfig:ProjectBucketConfig",
    "gcp:secretmanager/secret:Secret",
    "gcp:sql/database:Database",
    "gcp:sql/databaseInstance:DatabaseInstance",
    "gcp:storage/bucket:Bucket",
    "kubernetes:postgresql.cnpg.io/v1:Cluster",
)
OPENING = (
    "kubernetes:core/v1:Secret",
    "random:index/randomPassword:RandomPassword",
    "tls:index/privateKey:PrivateKey",
    "tls:index/selfSignedCert:SelfSignedCert",
)
"""Types of which some open data, or are trusted by what does: without them it is lost."""
KEEPING = ("kubernetes:helm.sh/v3:Release", "kubernetes:core/v1:PersistentVolumeClaim")
"""Types of which some keep data."""


def waits_for(graph: Graph, resource: Resource) -> Iterator[Resource]:
    """Everything that must exist before ``resource`` can."""
    seen, todo = set(), [*resource.dependencies]
    while todo:
        if (urn := todo.pop()) not in seen:
            seen.add(urn)
            todo += graph.resources[urn].dependencies
            yield graph.resources[urn]


@EVERY_STACK
def test_the_engine_and_the_sdk_find_nothing_to_refuse(stack: str) -> None:
    graph = graph_of(stack)
    assert graph.problems == []
    assert check(graph) == []


@EVERY_STACK
def test_no_resource_hides_in_an_apply(stack: str) -> None:
    program = Program.read(ROOT, stack)
    nothing_known = program.run(echo=False)
    everything_known = program.run(preview=False)
    assert (
        nothing_known.resources.keys()
        == everything_known.resources.keys()
        == graph_of(stack).resources.keys()
    )


@EVERY_STACK
def test_every_resource_waits_for_its_api_to_be_enabled(stack: str) -> None:
    graph = graph_of(stack)
    for resource in graph.resources.values():
        package, _, rest = resource.type.partition(":")
        api = API_OF.get(rest.partition("/")[0]) if package == "gcp" else None
        if api:
            enabled = {each.name for each in waits_for(graph, resource) if each.type == SERVICE}
            assert f"apis-{api}" in enabled, resource.urn


@EVERY_STACK
def test_no_resource_waits_for_an_api_that_it_does_not_use(stack: str) -> None:
    """A needless dependency is time on the critical path of every deployment.

    Grants wait for the API of the account that they are for; a cluster waits for those of its parts.
    """
    graph = graph_of(stack)
    for resource in graph.resources.values():
        own = API_OF.get(resource.type.partition(":")[2].partition("/")[0])
        direct = [graph.resources[urn] for urn in resource.dependencies]
        apis = {each.name.removeprefix("apis-") for each in direct if each.type == SERVICE} - {own}
        if resource.type.endswith("Cluster"):
            apis -= {"binaryauthorization", "gkebackup"}
        assert not apis or resource.type.endswith(GRANTS) or own is None, f"{resource.urn}: {apis}"


@EVERY_STACK
def test_what_holds_data_is_protected_as_the_care_table_says(stack: str) -> None:
    stores = [each for each in graph_of(stack).resources.values() if each.type in DATA]
    assert {each.protect for each in stores} <= {CARE[Environment(stack)].protect}


@EVERY_STACK
def test_what_holds_no_data_can_always_be_removed(stack: str) -> None:
    guarded = {each.type for each in graph_of(stack).resources.values() if each.protect and each.custom}
    assert guarded <= {*DATA, *OPENING, *KEEPING, "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember"}


def test_what_opens_a_hospitals_data_cannot_be_deleted() -> None:
    kept = {each.name for each in graph_of("prod").resources.values() if each.protect and each.custom}
    assert kept >= {
        "sao-paulo-k3s-token",
        "sao-paulo-longhorn",
        "sao-paulo-longhorn-key",
        "sao-paulo-authority",
        "sao-paulo-postgres-cluster-postgres",
        "sao-paulo-vault",
        "sao-paulo-vault-snapshots",
        "sao-paulo-seal-vault",
        "sao-paulo-volumes-key",
    }


@EVERY_STACK
def test_no_secret_stands_in_clear(stack: str) -> None:
    for resource in graph_of(stack).resources.values():
        for name, value in resource.inputs.items():
            if isinstance(value, bool):
                continue
            if any(word in name.lower() for word in ("password", "privatekey", "sharedsecret", "token")):
                assert isinstance(value, Secret), f"{resource.urn} {name}"


@pytest.mark.parametrize(("stack", "policy"), [("staging", "REMOVE_PEERING"), ("prod", "ABANDON")])
def test_only_a_stack_without_protection_cuts_its_databases_off_to_go(stack: str, policy: str) -> None:
    resources = graph_of(stack).resources.values()
    (connection,) = (each for each in resources if each.type.endswith(":Connection"))
    assert connection.inputs["deletionPolicy"] == policy


@pytest.mark.parametrize("stack", ["staging", "prod"])
def test_copies_of_the_cluster_come_back_to_where_it_is(stack: str) -> None:
    """Google refuses a restore plan in another region than its cluster's; the copies may lie elsewhere."""
    places = {
        each.type.rpartition(":")[2]: each.inputs["location"]
        for each in graph_of(stack).resources.values()
        if each.type.startswith("gcp:")
        and each.type.endswith((":Cluster", ":RestorePlan", ":BackupPlan"))
        and each.custom
    }
    assert places["RestorePlan"] == places["Cluster"] == "us-central1"
    assert places["BackupPlan"] == {"staging": "us-central1", "prod": "us-east4"}[stack]


def test_dev_needs_no_google_cloud() -> None:
    assert not [each for each in graph_of("dev").resources if "gcp:" in each]


def test_staging_differs_from_prod_only_by_the_hospital_and_its_care() -> None:
    made = {
        stack: {f"{each.type.rpartition(':')[2]} {each.name}" for each in graph_of(stack).resources.values()}
        for stack in ("staging", "prod")
    }
    by_the_hospital = ("sao-paulo", "core-gateways", " link", "keys-gateway-disks")
    by_care = ("Address nat-b", "us-east4", "keys-database-recovery")
    more = {each for each in made["prod"] - made["staging"] if not each.startswith("Stack ")}
    assert [each for each in more if not any(part in each for part in (*by_the_hospital, *by_care))] == []
    assert {each for each in made["staging"] - made["prod"] if not each.startswith("Stack ")} == set()


def test_the_link_is_told_to_whoever_sets_up_a_hospital() -> None:
    exports = graph_of("prod").exports
    assert {*exports} >= {"link_endpoints", "link_keys", "link_sites"}
