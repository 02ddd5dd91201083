"""What the chart is told."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from components.onprem.vault import scripts, server
from components.onprem.vault.server import config, peers
from components.onprem.vault.vault import Vault
from tests.charts import unknown_keys
from tests.components.cloud.recorded import refused
from tests.components.onprem.vault.world import AUDIENCE, KEY, PROD, chart
from toolkit.recorder import record


def told(stack: str = "prod") -> Any:
    return json.loads(chart(stack)["server"]["ha"]["raft"]["config"])


@pytest.mark.parametrize("stack", ["prod", "dev"])
def test_every_key_is_one_of_the_charts(stack: str) -> None:
    assert unknown_keys("vault", chart(stack)) == []


@pytest.mark.parametrize("stack", ["prod", "dev"])
def test_every_port_speaks_tls_1_3_only(stack: str) -> None:
    assert chart(stack)["global"]["tlsDisable"] is False
    listeners = [each["tcp"] for each in told(stack)["listener"]]
    assert [each["tls_min_version"] for each in listeners] == ["tls13", "tls13"]
    assert all(each["tls_cert_file"] and each["tls_key_file"] for each in listeners)
    assert not any("tls_disable" in each for each in listeners)


def test_metrics_need_a_token_everywhere_but_on_a_port_of_their_own() -> None:
    main, metrics = (each["tcp"] for each in told()["listener"])
    assert "telemetry" not in main
    assert metrics["telemetry"] == {"unauthenticated_metrics_access": True}
    assert main["address"] != metrics["address"]


def test_servers_find_each_other_and_check_the_certificate() -> None:
    joins = told()["storage"]["raft"]["retry_join"]
    assert [each["leader_api_addr"] for each in joins] == [
        f"https://vault-{number}.vault-internal:8200" for number in range(3)
    ]
    assert {each["leader_ca_cert_file"] for each in joins} == {server.AUTHORITY}
    assert len(told("dev")["storage"]["raft"]["retry_join"]) == 1
    assert chart()["server"]["ha"]["apiAddr"] == "https://$(VAULT_K8S_POD_NAME).vault-internal:8200"


def test_the_seal_names_the_key_and_holds_no_credentials() -> None:
    assert told()["seal"] == {
        "gcpckms": {
            "project": "aurora-prod",
            "region": "southamerica-east1",
            "key_ring": "seal",
            "crypto_key": "vault",
        }
    }


def test_the_pod_shows_google_a_token_of_its_own() -> None:
    (volume,) = (each for each in chart()["server"]["volumes"] if each["name"] == "google")
    token, credentials = volume["projected"]["sources"]
    assert token["serviceAccountToken"] == {"audience": AUDIENCE, "expirationSeconds": 3600, "path": "token"}
    assert credentials == {"configMap": {"name": "vault-google"}}
    environment = chart()["server"]["extraEnvironmentVars"]
    (mount,) = (each for each in chart()["server"]["volumeMounts"] if each["name"] == "google")
    assert environment["GOOGLE_APPLICATION_CREDENTIALS"] == f"{mount['mountPath']}/credentials.json"
    assert mount["readOnly"] is True


def test_without_a_seal_nothing_knows_of_google() -> None:
    assert "seal" not in told("dev")
    assert "google" not in json.dumps(chart("dev")).lower()


@pytest.mark.parametrize(
    "key",
    ["", "vault", "projects/p/locations/l/keyRings/r/cryptoKeys/", f"{KEY}/cryptoKeyVersions/1", f"/{KEY}"],
)
def test_what_is_no_keys_id_is_refused(key: str) -> None:
    with refused(
        f"seal key {key!r}: write the id of a key of Cloud KMS, "
        "projects/<project>/locations/<region>/keyRings/<ring>/cryptoKeys/<key>"
    ):
        server.check_seal(key)


def test_three_servers_stand_on_three_machines_and_one_stands_anywhere() -> None:
    (rule,) = chart()["server"]["affinity"]["podAntiAffinity"][
        "requiredDuringSchedulingIgnoredDuringExecution"
    ]
    assert rule["topologyKey"] == "kubernetes.io/hostname"
    assert rule["labelSelector"]["matchLabels"]["component"] == "server"
    assert chart()["server"]["ha"]["disruptionBudget"] == {"enabled": True}
    assert chart("dev")["server"]["affinity"] == ""
    assert chart("dev")["server"]["ha"]["disruptionBudget"] == {"enabled": False}, (
        "or no node could be drained"
    )


@pytest.mark.parametrize("part", ["injector", "ui", "csi"])
def test_what_nobody_needs_is_not_installed(part: str) -> None:
    assert chart()[part] == {"enabled": False}


def test_data_and_audit_have_encrypted_volumes_that_outlive_the_release() -> None:
    servers = chart()["server"]
    assert servers["dataStorage"]["storageClass"] == "longhorn-crypto-strict-local"
    assert servers["auditStorage"]["storageClass"] == "longhorn-crypto"
    assert servers["auditStorage"]["mountPath"] == scripts.AUDIT
    assert servers["dataStorage"]["labels"] == {"data-classification": "patient"}
    kept = servers["persistentVolumeClaimRetentionPolicy"]
    assert kept == {"whenDeleted": "Retain", "whenScaled": "Retain"}


def test_a_label_that_people_change_is_on_no_disk_of_the_servers() -> None:
    """They are claims of a StatefulSet, which nobody can change: the release would fail and be taken back."""
    args = replace(PROD, labels={"cost-center": "clinical"})
    made = record(lambda: Vault("recife-vault", args), project="prontuario", stack="prod")
    (release,) = (each for each in made.resources.values() if each.type.endswith(":Release"))
    assert "cost-center" not in str(release.inputs["values"])
    (disk,) = (each for each in made.resources.values() if each.type.endswith(":PersistentVolumeClaim"))
    assert "cost-center" in str(disk.inputs["metadata"])


def test_every_container_meets_the_restricted_level() -> None:
    servers = chart()["server"]
    context = servers["statefulSet"]["securityContext"]
    assert context["pod"]["runAsNonRoot"] is True
    assert context["pod"]["seccompProfile"] == {"type": "RuntimeDefault"}
    (keeper,) = servers["extraContainers"]
    for container in (context["container"], keeper["securityContext"]):
        assert container == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
    for needs in (servers["resources"], keeper["resources"]):
        assert needs["requests"]["memory"] == needs["limits"]["memory"]


def test_the_image_is_named_by_its_digest_everywhere() -> None:
    image = chart()["server"]["image"]
    assert re.fullmatch(r"\d+\.\d+\.\d+@sha256:[0-9a-f]{64}", image["tag"])
    (keeper,) = chart()["server"]["extraContainers"]
    assert keeper["image"] == f"{image['repository']}:{image['tag']}"


def test_a_sealed_server_is_not_started_again_and_gets_no_calls() -> None:
    servers = chart()["server"]
    assert "sealedcode=204" in servers["livenessProbe"]["path"]
    assert "uninitcode=204" in servers["livenessProbe"]["path"]
    assert "sealedcode" not in servers["readinessProbe"]["path"]


def test_the_release_is_ready_before_the_ceremony() -> None:
    assert chart()["server"]["updateStrategyType"] == "OnDelete", "Helm waits for no pod of such a set"


def test_the_charts_script_finds_nothing_to_replace_in_the_configuration() -> None:
    words = ("HOST_IP", "POD_IP", "HOSTNAME", "API_ADDR", "TRANSIT_ADDR", "RAFT_ADDR", "{{")
    text = config(3, KEY)
    assert [word for word in words if word in text] == []
    assert [*peers(1)] == ["vault-0.vault-internal"]
