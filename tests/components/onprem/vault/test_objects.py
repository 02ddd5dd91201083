"""What Vault's component makes in the cluster."""

import json
from dataclasses import replace
from datetime import date
from ipaddress import IPv4Network

import pytest

from components.onprem.vault.seal import CloudKmsSeal
from components.onprem.vault.services import SERVICES
from components.onprem.vault.values import SERVER
from components.onprem.vault.vault import Vault
from policies.rules import RULES
from tests.components.cloud.recorded import refused
from tests.components.onprem.vault.world import DEV, KEY, PROD, SEAL, graph, of_kind
from tests.crds import faults
from toolkit.inputs import check
from toolkit.judge import judge
from toolkit.values import Secret


@pytest.mark.parametrize("stack", ["prod", "dev"])
def test_the_certificate_is_one_that_cert_manager_takes(stack: str) -> None:
    assert faults(of_kind("Certificate", stack)["vault-tls"]) == []


def test_the_certificate_has_every_name_of_every_server_and_the_pods_own_address() -> None:
    spec = of_kind("Certificate")["vault-tls"]["spec"]
    short = (
        "vault",
        "vault-active",
        "vault-standby",
        *(f"vault-{number}.vault-internal" for number in range(3)),
    )
    ends = ("", ".vault.svc", ".vault.svc.cluster.local")
    assert {*spec["dnsNames"]} == {"localhost", *(f"{name}{end}" for name in short for end in ends)}
    assert spec["ipAddresses"] == ["127.0.0.1"]
    assert spec["issuerRef"] == {"group": "cert-manager.io", "kind": "ClusterIssuer", "name": "hospital"}


def test_the_address_is_the_leaders_and_in_the_certificate() -> None:
    (vault,) = (each for each in graph().resources.values() if each.type == Vault.token)
    assert vault.outputs is not None
    address = of_kind("CronJob")["vault-snapshots"]["spec"]["jobTemplate"]["spec"]["template"]["spec"]
    (told,) = (each["value"] for each in address["containers"][0]["env"] if each["name"] == "VAULT_ADDR")
    assert told == "https://vault-active.vault.svc:8200"
    names = of_kind("Certificate")["vault-tls"]["spec"]["dnsNames"]
    assert told.removeprefix("https://").removesuffix(":8200") in names


@pytest.mark.parametrize("stack", ["prod", "dev"])
def test_the_sdk_knows_every_property(stack: str) -> None:
    assert check(graph(stack)) == []


def test_no_secret_passes_through_the_program() -> None:
    assert of_kind("Secret") == {}
    assert not [each for each in graph().resources.values() if isinstance(each.inputs.get("data"), Secret)]


@pytest.mark.parametrize("stack", ["prod", "dev"])
def test_every_rule_holds_where_the_cluster_has_the_rest(stack: str) -> None:
    judged = judge(graph(stack), RULES, [], date(2026, 11, 25))
    alone = {  # classes stand in the storage's own part of a stack, and a stack says what is protected
        *("volume-encrypted", "volume-replicated", "store-protected"),
    }
    assert [each for each in judged.violations if each.rule not in alone] == []


@pytest.mark.parametrize("name", ["vault-configuration", "vault-snapshots"])
def test_a_job_has_a_token_for_vault_and_none_for_kubernetes(name: str) -> None:
    pod = of_kind("CronJob")[name]["spec"]["jobTemplate"]["spec"]["template"]["spec"]
    assert pod["automountServiceAccountToken"] is False
    assert pod["serviceAccountName"] == name
    assert of_kind("ServiceAccount")[name]["automountServiceAccountToken"] is False
    (token,) = (each["projected"]["sources"] for each in pod["volumes"] if each["name"] == "token")
    assert token == [
        {"serviceAccountToken": {"audience": "vault", "expirationSeconds": 600, "path": "token"}}
    ]
    (authority,) = (each["secret"] for each in pod["volumes"] if each["name"] == "authority")
    assert [each["key"] for each in authority["items"]] == ["ca.crt"], "the servers' key is not the job's"


def test_what_the_job_mounts_is_what_its_script_reads() -> None:
    data = of_kind("ConfigMap")["vault-configuration"]["data"]
    told = [line.split() for line in data["run.sh"].splitlines() if line.startswith(("once ", "tell "))]
    assert len(told) > len(SERVICES)
    assert {file for _, _, file in told} == {*data} - {"run.sh"}
    assert all(json.loads(data[file]) for _, _, file in told)


def test_the_ceremony_finds_its_files_in_the_pod() -> None:
    data = of_kind("ConfigMap")["vault-founding"]["data"]
    assert {*data} == {"found.sh", "policy.json", "role.json"}
    role = json.loads(data["role.json"])
    assert role["bound_service_account_names"] == ["vault-configuration"]
    assert role["bound_service_account_namespaces"] == ["vault"]


def test_vault_hears_its_services_and_speaks_with_google_only_for_the_seal() -> None:
    spec = of_kind("NetworkPolicy")["servers"]["spec"]
    assert spec["podSelector"] == {"matchLabels": dict(SERVER)}
    asked, peers, metrics = spec["ingress"]
    names = {
        each["namespaceSelector"]["matchLabels"]["kubernetes.io/metadata.name"]
        for each in asked["from"]
        if "namespaceSelector" in each
    }
    assert names == {each.namespace for each in SERVICES}
    assert [each["port"] for each in asked["ports"]] == [8200]
    assert [each["port"] for each in peers["ports"]] == [8200, 8201]
    assert [each["port"] for each in metrics["ports"]] == [8203]
    google = [rule for rule in spec["egress"] if rule["ports"][0]["port"] == 443]
    assert [rule["to"] for rule in google] == [[{"ipBlock": {"cidr": "199.36.153.8/30"}}]]
    dev = of_kind("NetworkPolicy", "dev")["servers"]["spec"]["egress"]
    assert 443 not in [port["port"] for rule in dev for port in rule["ports"]]


def test_a_job_speaks_with_vault_only() -> None:
    spec = of_kind("NetworkPolicy")["jobs"]["spec"]
    assert spec["policyTypes"] == ["Egress"]
    assert [[each["port"] for each in rule["ports"]] for rule in spec["egress"]] == [[8200]]


def test_credentials_for_google_lie_beside_the_servers_only_with_a_seal() -> None:
    assert of_kind("ConfigMap")["vault-google"]["data"] == {"credentials.json": SEAL.credentials}
    assert "vault-google" not in of_kind("ConfigMap", "dev")


@pytest.mark.parametrize("replicas", [0, 2, 4, 5])
def test_a_number_of_servers_that_raft_does_not_like_is_refused(replicas: int) -> None:
    with refused(
        f"{replicas} servers of Vault: write 3, of which any one may be lost, or 1; "
        "an even number is lost as soon as the next smaller one"
    ):
        replace(PROD, replicas=replicas)


def test_patients_secrets_without_a_seal_are_refused() -> None:
    with pytest.raises(ValueError, match="Vault without a seal beside patients' data stays closed"):
        replace(PROD, seal=None)
    assert replace(DEV, seal=None).seal is None


def test_a_seal_that_reaches_nothing_is_refused() -> None:
    with refused("a seal that reaches no address of Google's would never open: name the ranges"):
        CloudKmsSeal(key=KEY, audience="a", credentials="c", apis=[])
    assert CloudKmsSeal(key=KEY, audience="a", credentials="c", apis=[IPv4Network("0.0.0.0/0")])


def test_two_services_of_one_name_are_refused() -> None:
    with refused("two services of Vault have the same name: each has a policy of its own"):
        replace(PROD, services=[*SERVICES, SERVICES[0]])
