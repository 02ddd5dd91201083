"""What the cluster gets of a Mac's models, and what the Mac is told."""

from ipaddress import IPv4Address
from typing import Any

import pytest

from components.onprem.inference.inference import Inference
from components.onprem.inference.models import Kind, Model
from tests.components.cloud.recorded import Recording, recorded, refused
from tests.components.onprem.inference.world import MEDGEMMA, MODELS, WHISPER, inference, mac
from tests.crds import faults
from toolkit.values import Secret


def made(**changed: Any) -> Recording:
    return recorded(lambda: Inference("site", inference(**changed)))


def asked(recording: Recording, address: str) -> Any:
    return recording.resource(address).inputs


@pytest.fixture(scope="module")
def whole() -> Recording:
    return made()


def test_the_service_leads_to_the_mac_because_slice_and_service_agree(whole: Recording) -> None:
    service, found = asked(whole, "Service site"), asked(whole, "EndpointSlice site")
    assert "selector" not in service["spec"]
    assert found["metadata"]["labels"]["kubernetes.io/service-name"] == service["metadata"]["name"]
    assert found["metadata"]["labels"]["endpointslice.kubernetes.io/managed-by"] == "prontuario"
    assert found["addressType"] == "IPv4"
    assert found["endpoints"] == [{"addresses": ["10.20.0.4"], "conditions": {"ready": True}}]
    (port,), (same,) = service["spec"]["ports"], found["ports"]
    assert (port["name"], port["targetPort"]) == (same["name"], same["port"])


def test_pods_reach_the_mac_at_one_port_and_nothing_else_there(whole: Recording) -> None:
    for policy in ("site-models", "site-clinical-models"):
        spec = asked(whole, f"NetworkPolicy {policy}")["spec"]
        assert spec["policyTypes"] == ["Egress"]
        (way,) = spec["egress"]
        assert way["to"] == [{"ipBlock": {"cidr": "10.20.0.4/32"}}]
        assert way["ports"] == [{"port": 8443, "protocol": "TCP"}]
    assert whole.at("NetworkPolicy site-closed", "metadata.namespace") == "inference"
    assert whole.addresses("NetworkPolicy") == ["site-clinical-models", "site-closed", "site-models"]


def test_each_namespace_that_may_ask_has_a_certificate_of_its_own(whole: Recording) -> None:
    for key in ("inference", "clinical"):
        found = asked(whole, f"Certificate site-{key}-client")
        assert found["metadata"]["namespace"] == key
        assert found["spec"]["dnsNames"] == [f"inference-client.{key}"]
        assert found["spec"]["usages"] == ["digital signature", "client auth"]
        assert found["spec"]["privateKey"]["rotationPolicy"] == "Always"


def test_cert_manager_knows_every_key_of_a_certificate(whole: Recording) -> None:
    for key in ("inference", "clinical"):
        assert faults(asked(whole, f"Certificate site-{key}-client")) == []


def test_the_proxy_lets_in_exactly_those_who_have_a_certificate(whole: Recording) -> None:
    graph = recorded(lambda: Inference("site", inference()), preview=False)
    script = asked(graph, "Command site-front")["stdin"]
    assert '"inference-client.inference",' in script
    assert '"inference-client.clinical"' in script
    assert script.count('"inference-client.') == len(whole.addresses("Certificate"))


def test_the_authoritys_key_signs_and_goes_to_no_machine(whole: Recording) -> None:
    signed = asked(whole, "LocallySignedCert site-certificate")
    assert isinstance(signed["caPrivateKeyPem"], Secret)
    assert signed["allowedUses"] == ["digital_signature", "server_auth"]
    assert signed["earlyRenewalHours"] < signed["validityPeriodHours"]
    graph = recorded(lambda: Inference("site", inference()), preview=False)
    for each in graph.addresses("Command"):
        assert "the authority's key" not in str(asked(graph, f"Command {each}"))


def test_the_buckets_key_stands_in_one_secret_script(whole: Recording) -> None:
    graph = recorded(lambda: Inference("site", inference()), preview=False)
    holding = [
        each
        for each in graph.addresses("Command")
        if "the bucket's key" in str(asked(graph, f"Command {each}")["stdin"])
        or isinstance(asked(graph, f"Command {each}")["stdin"], Secret)
    ]
    assert holding == ["site-bucket"]
    assert isinstance(asked(whole, "Command site-bucket")["stdin"], Secret)
    assert "site-bucket" not in made(mac=mac(bucket=None)).addresses("Command")


def test_no_command_undoes_anything_and_each_waits_for_what_it_needs(whole: Recording) -> None:
    for each in whole.addresses("Command"):
        assert "delete" not in asked(whole, f"Command {each}")
    assert whole.waits("Command site-key") == {"Command site-prepare"}
    assert "Command site-key" in whole.waits("LocallySignedCert site-certificate")
    assert "LocallySignedCert site-certificate" in whole.waits("Command site-front")
    assert "Command site-bucket" in whole.waits("Command site-models")
    assert "Command site-models" in whole.waits("Command site-serve")


def test_without_a_mac_of_ours_the_address_is_published_and_no_machine_is_entered() -> None:
    alone = made(mac=None)
    assert alone.addresses("Command") == []
    assert alone.addresses("LocallySignedCert") == []
    assert alone.addresses("EndpointSlice") == ["site"]


def test_models_that_do_not_fit_are_refused_with_their_numbers() -> None:
    with refused(
        "models need 9 GiB and have 8.5 (medgemma 3+2+1, whisper 1.6+0.4+1: weights+context+process): "
        "give them more, or smaller models"
    ):
        made(mac=mac(memory_gib=8.5))
    made(mac=mac(memory_gib=9))


@pytest.mark.parametrize(
    "source", ["mlx-community/whisper-large-v3", "https://huggingface.co/x", "s3://a/b.tar", "/a'b"]
)
def test_a_model_of_a_hub_is_refused(source: str) -> None:
    with pytest.raises(ValueError, match="models never come from a hub"):
        Model(kind=Kind.TEXT, source=source, sha256="a" * 64, weights_gib=1, context_gib=1)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"sha256": "A" * 64}, "64 digits of shasum"),
        ({"weights_gib": 0}, "above 0"),
        ({"context_gib": -1}, "above 0"),
    ],
)
def test_a_model_without_measure_or_checksum_is_refused(changed: dict[str, Any], message: str) -> None:
    told: dict[str, Any] = {
        "kind": Kind.TEXT,
        "source": "/x.tar",
        "sha256": "a" * 64,
        "weights_gib": 1,
        "context_gib": 1,
    }
    with pytest.raises(ValueError, match=message):
        Model(**{**told, **changed})


def test_odd_names_addresses_and_callers_are_refused() -> None:
    with pytest.raises(ValueError, match="small letters, digits and hyphens"):
        made(mac=mac(models={"Med/Gemma": MEDGEMMA}))
    with pytest.raises(ValueError, match="0 models"):
        made(mac=mac(models={}))
    with pytest.raises(ValueError, match="may ask anyway"):
        inference(callers={"inference": "inference"})
    with pytest.raises(ValueError, match="the Mac's own"):
        inference(address=IPv4Address("127.0.0.1"))
    with pytest.raises(ValueError, match="the proxy is not root"):
        made(port=443)


def test_the_sample_is_what_the_issue_names() -> None:
    assert {MODELS["medgemma"].kind, MODELS["whisper"].kind} == {*Kind}
    assert WHISPER.request_kib > MEDGEMMA.request_kib
