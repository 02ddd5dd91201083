"""cert-manager and its one issuer."""

from dataclasses import replace
from ipaddress import IPv4Network
from typing import Any

import pytest
from pulumi import CustomResource

from components.platform.certificates import Certificates, CertificatesArgs, values
from tests.charts import unknown_keys
from tests.components.cloud.recorded import Recording, recorded
from tests.crds import faults
from toolkit.values import Secret

ARGS = CertificatesArgs(namespace="cert-manager", certificate="the root", key="hush")


def made(args: CertificatesArgs = ARGS) -> Recording:
    return recorded(lambda: Certificates("one", args), preview=False)


def inputs(address: str, args: CertificatesArgs = ARGS) -> Any:
    return made(args).resource(address).inputs


def test_every_value_is_one_that_the_chart_has() -> None:
    assert unknown_keys("cert-manager", values(ARGS)) == []


def test_the_issuer_is_as_its_definition_wants_it() -> None:
    issuer = inputs("ClusterIssuer one-issuer")
    assert faults(issuer) == []
    assert issuer["spec"] == {"ca": {"secretName": "hospital-root"}}


def test_pulumi_waits_until_the_issuer_signs() -> None:
    issuer = inputs("ClusterIssuer one-issuer")
    assert issuer["metadata"]["annotations"] == {"pulumi.com/waitFor": "condition=Ready"}


def test_the_authoritys_key_is_never_in_clear() -> None:
    root = inputs("Secret one-root")
    assert root["type"] == "kubernetes.io/tls"
    kept = root["stringData"]
    assert isinstance(kept, Secret) or isinstance(kept["tls.key"], Secret)


def test_two_of_each_part_may_be_drained_one_after_the_other() -> None:
    chart = inputs("Release one")["values"]
    for part in (chart, chart["webhook"], chart["cainjector"]):
        assert part["replicaCount"] == 2
        assert part["podDisruptionBudget"] == {"enabled": True, "minAvailable": 1}


def test_one_replica_blocks_no_drain() -> None:
    part: Any = values(replace(ARGS, replicas=1))
    assert part["webhook"]["podDisruptionBudget"]["enabled"] is False


def test_definitions_outlive_the_release_and_the_webhook_speaks_tls_1_3() -> None:
    chart = inputs("Release one")["values"]
    assert chart["crds"] == {"enabled": True, "keep": True}
    assert chart["webhook"]["extraArgs"] == ["--tls-min-version=VersionTLS13"]


def test_only_the_webhook_is_called_and_from_where_it_is_said() -> None:
    server = IPv4Network("10.42.0.0/32")
    recording = made(replace(ARGS, callers=[server]))
    policies: Any = {
        name.removeprefix("one-"): recording.resource(f"NetworkPolicy {name}").inputs["spec"]
        for name in recording.addresses("NetworkPolicy")
    }
    assert policies["closed"]["podSelector"] == {}
    (rule,) = policies["webhook"]["ingress"]
    assert rule["from"] == [{"ipBlock": {"cidr": "10.42.0.0/32"}}]
    assert [port["port"] for port in rule["ports"]] == [10250]
    assert not [name for name, spec in policies.items() if spec.get("ingress") and name != "webhook"]


def test_the_issuer_is_told_once_it_signs() -> None:
    def program() -> None:
        CustomResource("test:index:Probe", "taker", {"value": Certificates("one", ARGS).issuer})

    assert recorded(program).waits("Probe taker") == {"ClusterIssuer one-issuer"}


def test_what_would_sign_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="sign nothing"):
        replace(ARGS, replicas=0)
    with pytest.raises(ValueError, match="refuses every certificate"):
        replace(ARGS, callers=())
