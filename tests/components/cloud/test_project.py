"""The project, its APIs and Google's own accounts in it."""

from collections.abc import Callable

import pytest
from pulumi_gcp import projects

from components.cloud.network.vpc import Network, NetworkArgs, Subnet
from components.cloud.project import Api, Project, ProjectServices, ProjectServicesArgs
from tests.components.cloud.recorded import (
    NUMBER,
    PROJECT,
    REGION,
    Recording,
    anywhere,
    build,
    networks,
    recorded,
    refused,
)


@pytest.fixture(scope="module")
def recording() -> Recording:
    return build(lambda _: None)


@pytest.mark.parametrize(
    ("address", "path", "expected"),
    [
        ("Service apis-storage", "project", PROJECT),
        ("Service apis-storage", "service", "storage.googleapis.com"),
        ("Service apis-storage", "disableOnDestroy", False),
        ("Service apis-cloudkms", "service", "cloudkms.googleapis.com"),
        ("Service apis-cloudresourcemanager", "service", "cloudresourcemanager.googleapis.com"),
        ("Service apis-compute", "service", "compute.googleapis.com"),
        ("Service apis-dns", "service", "dns.googleapis.com"),
        ("Service apis-iam", "service", "iam.googleapis.com"),
        ("Service apis-servicenetworking", "service", "servicenetworking.googleapis.com"),
        ("Service apis-artifactregistry", "service", "artifactregistry.googleapis.com"),
        ("Service apis-binaryauthorization", "service", "binaryauthorization.googleapis.com"),
        ("Service apis-container", "service", "container.googleapis.com"),
        ("Service apis-containerscanning", "service", "containerscanning.googleapis.com"),
        ("Service apis-containersecurity", "service", "containersecurity.googleapis.com"),
        ("Service apis-gkebackup", "service", "gkebackup.googleapis.com"),
        ("Service apis-pubsub", "service", "pubsub.googleapis.com"),
        ("Service apis-secretmanager", "service", "secretmanager.googleapis.com"),
        ("Service apis-sqladmin", "service", "sqladmin.googleapis.com"),
        ("ServiceIdentity apis-sqladmin", "service", "sqladmin.googleapis.com"),
        ("ServiceIdentity apis-sqladmin", "project", PROJECT),
    ],
)
def test_apis_are_enabled_and_stay_enabled(
    recording: Recording, address: str, path: str, expected: object
) -> None:
    assert recording.at(address, path) == expected


def test_every_api_is_one_resource_and_waits_for_none(recording: Recording) -> None:
    assert recording.addresses("Service") == sorted(f"apis-{api.short}" for api in Api)
    assert not any(recording.waits(f"Service apis-{api.short}") for api in Api)


ACCOUNTS = {
    "artifactregistry": "gcp-sa-artifactregistry",
    "compute": "compute-system",
    "container": "container-engine-robot",
    "gkebackup": "gcp-sa-gkebackup",
    "pubsub": "gcp-sa-pubsub",
    "secretmanager": "gcp-sa-secretmanager",
    "sqladmin": "gcp-sa-cloud-sql",
    "storage": "gs-project-accounts",
}
ORDERED = ["artifactregistry", "gkebackup", "pubsub", "secretmanager", "sqladmin"]


def test_googles_own_accounts_are_told_as_outputs(recording: Recording) -> None:
    outputs = recording.component("apis").outputs
    assert outputs is not None
    assert outputs["agents"] == {
        "logging": f"serviceAccount:cmek-p{NUMBER}@gcp-sa-logging.iam.gserviceaccount.com",
        **{
            api: f"serviceAccount:service-{NUMBER}@{domain}.iam.gserviceaccount.com"
            for api, domain in ACCOUNTS.items()
        },
    }


def test_an_account_that_google_makes_only_when_asked_is_asked_for(recording: Recording) -> None:
    assert recording.addresses("ServiceIdentity") == [f"apis-{api}" for api in ORDERED]
    for api in ORDERED:
        assert recording.waits(f"ServiceIdentity apis-{api}") == {f"Service apis-{api}"}


@pytest.mark.parametrize(
    ("api", "first"),
    [
        (Api.SQL, {"ServiceIdentity apis-sqladmin"}),
        (Api.CONTAINER, {"Service apis-container"}),
        (Api.COMPUTE, {"Service apis-compute"}),
    ],
)
def test_nothing_is_granted_to_an_account_before_it_exists(api: Api, first: set[str]) -> None:
    granted = build(
        lambda project: projects.IAMMember(
            "grant", project=PROJECT, role="roles/x.y", member=project.agent(api)
        )
    )
    assert granted.waits("IAMMember grant") == first


def test_no_resource_is_made_with_an_api_that_is_not_enabled() -> None:
    def program() -> None:
        args = ProjectServicesArgs(project=PROJECT, number=NUMBER, apis=[Api.STORAGE])
        project = ProjectServices("apis", args).project
        subnets = {"nodes": Subnet(range=networks("10.64.0.0/20")[0])}
        with pytest.raises(ValueError, match="does not enable compute"):
            Network("vpc", NetworkArgs(project=project, region=REGION, subnets=subnets))

    assert recorded(program).addresses("Network") == []


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (
            lambda project: project.on(Api.DNS),
            "project aurora-prod does not enable dns.googleapis.com: add Api.DNS to its ProjectServices",
        ),
        (
            lambda project: project.agent(Api.STORAGE),
            (
                "project aurora-prod knows no service account of storage.googleapis.com: "
                "add Api.STORAGE to its ProjectServices, and to AGENTS if it is new here"
            ),
        ),
        (
            lambda _: ProjectServicesArgs(project=PROJECT, number=NUMBER, apis=[]),
            "a project without APIs can hold nothing: name at least one Api",
        ),
    ],
)
def test_what_the_project_cannot_give_is_refused_with_what_to_write(
    ask: Callable[[Project], object], message: str
) -> None:
    with refused(message):
        ask(anywhere())
