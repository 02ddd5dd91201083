"""Names in the network."""

import pytest

from components.cloud.network.googleapis import GoogleApis, GoogleApisArgs
from components.cloud.project import Project
from tests.components.cloud.recorded import NETWORK, Recording, build

VIRTUAL = ["199.36.153.8", "199.36.153.9", "199.36.153.10", "199.36.153.11"]


def named(*, inbound: bool) -> Recording:
    def program(project: Project) -> None:
        GoogleApis("names", GoogleApisArgs(project=project, network=NETWORK, inbound=inbound))

    return build(program)


@pytest.fixture(scope="module")
def recording() -> Recording:
    return named(inbound=True)


@pytest.mark.parametrize(
    ("address", "path", "expected"),
    [
        ("Policy names", "enableLogging", True),
        ("Policy names", "enableInboundForwarding", True),
        ("Policy names", "networks.0.networkUrl", NETWORK),
        ("ResponsePolicy names", "responsePolicyName", "names"),
        ("ResponsePolicy names", "networks.0.networkUrl", NETWORK),
        ("ResponsePolicyRule names-googleapis", "dnsName", "*.googleapis.com."),
        ("ResponsePolicyRule names-googleapis", "localData.localDatas.0.name", "*.googleapis.com."),
        ("ResponsePolicyRule names-googleapis", "localData.localDatas.0.type", "A"),
        ("ResponsePolicyRule names-googleapis", "localData.localDatas.0.ttl", 300),
        ("ResponsePolicyRule names-googleapis", "localData.localDatas.0.rrdatas", VIRTUAL),
        ("ResponsePolicyRule names-pkg-dev", "dnsName", "pkg.dev."),
        ("ResponsePolicyRule names-pkg-dev-all", "dnsName", "*.pkg.dev."),
        ("ResponsePolicyRule names-gcr", "dnsName", "gcr.io."),
        ("ResponsePolicyRule names-gcr-all", "dnsName", "*.gcr.io."),
    ],
)
def test_google_is_found_on_private_addresses_and_every_query_is_logged(
    recording: Recording, address: str, path: str, expected: object
) -> None:
    assert recording.at(address, path) == expected


def test_without_sites_nobody_outside_may_ask() -> None:
    assert named(inbound=False).at("Policy names", "enableInboundForwarding") is False


def test_names_wait_for_the_dns_api_only(recording: Recording) -> None:
    assert recording.waits("Policy names") == {"Service apis-dns"}
    assert recording.waits("ResponsePolicyRule names-gcr") == {"Service apis-dns", "ResponsePolicy names"}
