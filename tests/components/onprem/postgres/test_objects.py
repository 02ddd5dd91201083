"""What is asked of Kubernetes for the database."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from ipaddress import IPv4Network
from typing import Any

import pytest

from components.cloud.database import cloudsql
from components.onprem.postgres import archive, roles, version
from components.onprem.postgres.arguments import PostgresArgs
from components.onprem.postgres.cluster import Postgres
from components.onprem.postgres.operator import DatabaseOperator, DatabaseOperatorArgs
from components.onprem.postgres.parameters import parameters
from components.onprem.postgres.recovery import Recovery
from tests.charts import unknown_keys
from tests.components.onprem.postgres.samples import archive as kept
from tests.components.onprem.postgres.samples import hospital, laptop
from tests.crds import faults
from toolkit.graph import Graph, Resource
from toolkit.recorder import record

AT = datetime(2027, 3, 1, 9, 59, 59, tzinfo=UTC)
CUSTOM = ("cnpg.io/v1", "cert-manager.io/v1")


def recorded(args: PostgresArgs) -> Graph:
    graph = record(lambda: Postgres("recife", args), project="prontuario", stack="prod", preview=False)
    assert graph.problems == []
    return graph


def of_kind(graph: Graph, kind: str) -> Mapping[str, Any]:
    """The specs of that kind, by name."""
    made: list[Any] = [each.inputs for each in graph.resources.values() if each.type.endswith(f":{kind}")]
    return {each["metadata"]["name"]: each.get("spec", each) for each in made}


def cluster(args: PostgresArgs) -> Any:
    (spec,) = of_kind(recorded(args), "Cluster").values()
    return spec


@cache
def every() -> Sequence[Resource]:
    recovered = hospital(name="postgres-restored", recovery=Recovery(source="postgres", at=AT))
    graphs = (recorded(hospital()), recorded(laptop()), recorded(recovered))
    return [each for graph in graphs for each in graph.resources.values()]


def test_custom_resources_are_what_their_definitions_take() -> None:
    found = [each for each in every() if str(each.inputs.get("apiVersion", "")).endswith(CUSTOM)]
    kinds = {each.inputs["kind"] for each in found}
    assert kinds >= {"Certificate", "Cluster", "Database", "DatabaseRole", "ObjectStore", "ScheduledBackup"}
    assert {each.name: faults(each.inputs) for each in found if faults(each.inputs)} == {}


def test_the_operators_charts_know_every_value() -> None:
    def program() -> None:
        DatabaseOperator("databases", DatabaseOperatorArgs(namespace="cnpg-system", certificates="ready"))

    graph = record(program, project="prontuario", stack="prod")
    releases: list[Any] = [each.inputs for each in graph.resources.values() if each.type.endswith(":Release")]
    assert {each["chart"] for each in releases} == {"cloudnative-pg", "plugin-barman-cloud"}
    assert [unknown_keys(str(each["chart"]), each["values"]) for each in releases] == [[], []]


def test_a_laptop_needs_no_archiving_plugin_and_no_certificates_for_it() -> None:
    def program() -> None:
        DatabaseOperator(
            "databases", DatabaseOperatorArgs(namespace="cnpg-system", certificates=None, replicas=1)
        )

    graph = record(program, project="prontuario", stack="dev")
    releases: list[Any] = [each.inputs for each in graph.resources.values() if each.type.endswith(":Release")]
    assert [each["chart"] for each in releases] == ["cloudnative-pg"]
    assert of_kind(recorded(laptop()), "ObjectStore") == {}
    assert of_kind(recorded(laptop()), "ScheduledBackup") == {}
    assert of_kind(recorded(laptop()), "Certificate") == {}


def test_both_ends_of_the_replication_run_one_version() -> None:
    assert f"POSTGRES_{version.MAJOR}" == cloudsql.VERSION
    assert re.fullmatch(rf"[\w./-]+:{version.MAJOR}\.\d+[\w-]*@sha256:[0-9a-f]{{64}}", version.IMAGE)


def test_a_commit_is_on_two_of_three_machines_before_it_is_confirmed() -> None:
    spec = cluster(hospital())
    assert spec["postgresql"]["synchronous"] == {
        "method": "any",
        "number": 1,
        "dataDurability": "required",
        "failoverQuorum": True,
    }
    assert spec["affinity"]["podAntiAffinityType"] == "required"
    assert spec["affinity"]["topologyKey"] == "kubernetes.io/hostname"
    assert "synchronous" not in cluster(laptop())["postgresql"]


def test_nobody_is_superuser_and_nothing_is_altered_past_the_program() -> None:
    spec = cluster(hospital())
    assert spec["enableSuperuserAccess"] is False
    assert spec["postgresql"]["enableAlterSystem"] is False
    assert not [each["name"] for each in spec["managed"]["roles"] if each.get("superuser")]


def test_a_server_never_gets_less_than_it_asked_for() -> None:
    spec = cluster(hospital(cpus=4, memory_gib=8))
    assert spec["resources"]["requests"] == spec["resources"]["limits"] == {"cpu": "4", "memory": "8Gi"}
    assert spec["postgresql"]["parameters"]["shared_buffers"] == "2048MB"
    (store,) = of_kind(recorded(hospital()), "ObjectStore").values()
    sidecar = store["instanceSidecarConfiguration"]["resources"]
    assert sidecar["requests"] == sidecar["limits"]


def test_slots_never_take_the_whole_disk_of_the_log() -> None:
    for gib in (5, 50, 500):
        kept_mib = int(parameters(memory_gib=4, wal_gib=gib)["max_slot_wal_keep_size"].removesuffix("MB"))
        assert 0 < kept_mib <= gib * 1024 / 2


def test_no_password_is_written_or_asked_for() -> None:
    graph = recorded(hospital())
    text = json.dumps([each.inputs for each in graph.resources.values()], default=str)
    assert "passwordSecret" not in text
    assert {*of_kind(graph, "Secret")} == {"postgres"}
    (secret,) = of_kind(graph, "Secret").values()
    assert {*secret["stringData"].value} == {archive.CREDENTIALS}


def test_who_logs_in_shows_a_certificate_or_comes_from_the_cloud() -> None:
    graph = recorded(hospital())
    certified = {each["name"]: each for each in of_kind(graph, "DatabaseRole").values()}
    assert {*certified} == {*roles.CERTIFIED}
    assert all(each["clientCertificate"]["enabled"] for each in certified.values())
    managed = {each["name"]: each for each in cluster(hospital())["managed"]["roles"]}
    assert [name for name, each in managed.items() if each["login"]] == [roles.REPLICATOR]


def test_only_one_role_replicates_and_only_where_nobody_can_be_recognised() -> None:
    lines = cluster(hospital())["postgresql"]["pg_hba"]
    assert lines[0] == "host clinical deidentified_replicator all reject"
    assert [line for line in lines if "10.76.0.0/16" in line] == [
        "hostssl deidentified deidentified_replicator 10.76.0.0/16 scram-sha-256"
    ]
    assert lines[-2:] == ["host replication all all reject", "host all all all reject"]
    alone = cluster(hospital(replication_from=None))
    assert not [line for line in alone["postgresql"]["pg_hba"] if "scram" in line]
    replicators = [each for each in alone["managed"]["roles"] if each.get("replication")]
    assert [each["ensure"] for each in replicators] == ["absent"]


def test_connections_of_all_roles_fit() -> None:
    most = int(parameters(memory_gib=4, wal_gib=50)["max_connections"])
    assert sum(roles.CONNECTIONS.values()) < most - 10  # the operator's own, and a person's


def test_the_archive_is_reached_with_a_token_and_no_key() -> None:
    graph = recorded(hospital())
    (source,) = cluster(hospital())["projectedVolumeTemplate"]["sources"]
    token = source["serviceAccountToken"]
    assert f"{archive.FOLDER}/{token['path']}" == archive.TOKEN
    assert token["audience"] == kept().audience
    (store,) = of_kind(graph, "ObjectStore").values()
    assert store["configuration"]["destinationPath"] == "gs://example-backups/postgres/recife"
    assert store["instanceSidecarConfiguration"]["env"] == [
        {"name": "GOOGLE_CLOUD_PROJECT", "value": "example"}
    ]


def test_the_database_is_copied_daily_and_at_once() -> None:
    (backup,) = of_kind(recorded(hospital()), "ScheduledBackup").values()
    assert backup["immediate"] is True
    assert len(backup["schedule"].split()) == 6  # with seconds
    assert backup["pluginConfiguration"]["name"] == archive.PLUGIN


def test_a_recovered_cluster_reads_the_old_folder_and_writes_its_own() -> None:
    spec = cluster(hospital(name="postgres-restored", recovery=Recovery(source="postgres", at=AT)))
    assert spec["bootstrap"]["recovery"]["recoveryTarget"] == {"targetTime": "2027-03-01 09:59:59+00:00"}
    (origin,) = spec["externalClusters"]
    assert origin["plugin"]["parameters"] == {
        "barmanObjectName": "postgres-restored",
        "serverName": "postgres",
    }
    (writer,) = spec["plugins"]
    assert "serverName" not in writer["parameters"]  # its own name, then
    assert "initdb" not in spec["bootstrap"]


def test_the_namespaces_traffic_is_made_once() -> None:
    first = of_kind(recorded(hospital(beside=["postgres-restored"])), "NetworkPolicy")
    assert {"closed", "postgres-own", "postgres-restored-own", "postgres-restored-archive"} <= {*first}
    second = recorded(hospital(name="postgres-restored", recovery=Recovery(source="postgres"), guest=True))
    assert of_kind(second, "NetworkPolicy") == of_kind(second, "ServiceAccount") == {}


def test_a_recovered_cluster_is_known_to_google_by_the_same_account() -> None:
    args = hospital(name="postgres-restored", recovery=Recovery(source="postgres"))
    assert cluster(args)["serviceAccountName"] == cluster(hospital())["serviceAccountName"]
    (account,) = of_kind(recorded(args), "ServiceAccount").values()
    assert account["automountServiceAccountToken"] is False
    assert account["metadata"]["name"] == archive.ACCOUNT


def test_only_clients_reach_the_database_and_it_reaches_only_google() -> None:
    policies = of_kind(recorded(hospital()), "NetworkPolicy")
    (asked,) = policies["postgres-asked"]["ingress"]
    assert [port["port"] for port in asked["ports"]] == [5432]
    assert [peer.get("ipBlock", {}).get("cidr") for peer in asked["from"]] == [None, None, "10.76.0.0/16"]
    (sent,) = policies["postgres-archive"]["egress"]
    assert {peer["ipBlock"]["cidr"] for peer in sent["to"]} == {"199.36.153.8/30"}
    assert "postgres-archive" not in of_kind(recorded(laptop()), "NetworkPolicy")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"instances": 2}, "2 instances: write 3, so that any one can be lost, or 1"),
        ({"wal_gib": 1}, "1 GiB for the log: write at least 5"),
        ({"memory_gib": 0}, "a whole CPU and a GiB of memory"),
        ({"recovery": Recovery(source="postgres")}, "give it another name"),
        ({"guest": True, "beside": ["other"]}, "a guest with guests"),
        ({"name": "new", "recovery": Recovery(source="postgres"), "archive": None}, "reads an archive"),
        ({"labels": {"data-classification": "public"}}, "contradicts the classification 'patient'"),
        ({"replication_from": IPv4Network("0.0.0.0/0")}, "name the cloud's own range"),
    ],
)
def test_what_would_lose_or_show_data_is_refused(wrong: Mapping[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        hospital(**wrong)


def test_an_archive_says_where_and_for_how_long() -> None:
    with pytest.raises(ValueError, match="without slashes at its ends"):
        kept(prefix="/postgres/")
    with pytest.raises(ValueError, match="write 7 to 365"):
        kept(kept_days=1)
    with pytest.raises(ValueError, match="write the time zone too"):
        Recovery(source="postgres", at=AT.replace(tzinfo=None))
    with pytest.raises(ValueError, match="write 1 or 2"):
        DatabaseOperatorArgs(namespace="cnpg-system", certificates="ready", replicas=3)


def test_the_webhook_is_asked_from_where_the_control_plane_sends_and_not_from_where_it_stands() -> None:
    """Flannel gives a server an address of the pods' range; its own in the network never shows."""
    args = DatabaseOperatorArgs(
        namespace="cnpg-system",
        certificates=None,
        servers=[IPv4Network("10.20.0.11/32")],
        callers=[IPv4Network("10.42.0.0/16")],
    )
    graph = record(lambda: DatabaseOperator("one", args), project="prontuario", stack="prod", preview=False)
    policies = of_kind(graph, "NetworkPolicy")
    (asked,) = policies["operator"]["ingress"]
    assert asked["from"] == [{"ipBlock": {"cidr": "10.42.0.0/16"}}]
