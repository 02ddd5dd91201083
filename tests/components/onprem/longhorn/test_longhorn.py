"""What Longhorn's component asks for."""

import json
import re
from dataclasses import replace
from ipaddress import IPv4Network
from typing import Any

import pytest
from pulumi import CustomResource

from components.onprem.longhorn import channel, encryption
from components.onprem.longhorn.backups import Backups, Kept, jobs
from components.onprem.longhorn.longhorn import Longhorn, LonghornArgs
from components.onprem.longhorn.values import Taint
from components.platform.charts import CHARTS
from tests.charts import unknown_keys
from tests.components.cloud.recorded import Recording, recorded
from tests.components.onprem.longhorn.samples import ALONE, ARGS, BACKUPS
from tests.crds import faults
from toolkit.values import Secret, shown

FLOOR = (1, 12, 1)
"""The first release whose backups Google accepts again (longhorn #12676, #13573)."""

CLASSES = ("crypto", "crypto-strict-local")


def made(args: LonghornArgs = ARGS) -> Recording:
    return recorded(lambda: Longhorn("one", args), preview=False)


WHOLE = made()


def inputs(address: str, recording: Recording = WHOLE) -> Any:
    return recording.resource(address).inputs


def test_the_pinned_release_is_not_older_than_the_first_whose_backups_google_accepts() -> None:
    assert tuple(map(int, CHARTS["longhorn"].version.split("."))) >= FLOOR


def test_a_failed_upgrade_is_not_taken_back() -> None:
    """Longhorn refuses older versions of itself, and its uninstaller refuses to begin."""
    assert inputs("Release one")["atomic"] is inputs("Release one")["cleanupOnFail"] is False


def test_every_value_is_one_that_the_chart_has() -> None:
    assert unknown_keys("longhorn", inputs("Release one")["values"]) == []


@pytest.mark.parametrize("args", [ARGS, ALONE], ids=["hospital", "alone"])
def test_custom_resources_are_as_their_definitions_want_them(args: LonghornArgs) -> None:
    recording = made(args)
    kinds = [("RecurringJob", each) for each in recording.addresses("RecurringJob")]
    kinds += [("Certificate", each) for each in recording.addresses("Certificate")]
    assert len(kinds) == (6 if args.backups else 3)
    for kind, name in kinds:
        assert faults(recording.resource(f"{kind} {name}").inputs) == []


@pytest.mark.parametrize("name", CLASSES)
def test_every_class_is_encrypted_holds_patients_data_and_keeps_what_is_released(name: str) -> None:
    offered = inputs(f"StorageClass one-{name}")
    assert offered["parameters"]["encrypted"] == "true"
    assert offered["metadata"]["labels"] == {"data-classification": "patient"}
    assert offered["reclaimPolicy"] == "Retain"
    assert offered["volumeBindingMode"] == "WaitForFirstConsumer"
    assert "annotations" not in offered["metadata"], "no class is the default"


@pytest.mark.parametrize("name", CLASSES)
def test_every_class_finds_its_key_wherever_longhorn_needs_it(name: str) -> None:
    parameters = inputs(f"StorageClass one-{name}")["parameters"]
    for use in ("provisioner", "node-publish", "node-stage", "node-expand"):
        assert parameters[f"csi.storage.k8s.io/{use}-secret-name"] == "longhorn-crypto"
        assert parameters[f"csi.storage.k8s.io/{use}-secret-namespace"] == "longhorn-system"


def test_what_copies_itself_has_one_copy_where_its_pod_runs() -> None:
    copied, local = (inputs(f"StorageClass one-{name}")["parameters"] for name in CLASSES)
    assert (copied["numberOfReplicas"], copied["dataLocality"]) == ("3", "best-effort")
    assert (local["numberOfReplicas"], local["dataLocality"]) == ("1", "strict-local")


def test_neither_the_chart_nor_longhorn_offers_an_unencrypted_class() -> None:
    chosen = inputs("Release one")["values"]
    assert chosen["persistence"]["createStorageClass"] is False
    assert chosen["defaultSettings"]["defaultLonghornStaticStorageClass"] == encryption.REPLICATED
    assert {f"StorageClass one-{name}" for name in CLASSES} <= WHOLE.waits("Release one")


def test_the_passphrase_is_made_once_and_never_given_up() -> None:
    key = WHOLE.resource("RandomPassword one")
    assert key.protect
    assert key.inputs == {"length": 64, "special": False}
    assert WHOLE.resource("Secret one-key").protect


def test_secrets_are_secret() -> None:
    assert isinstance(inputs("Secret one-key")["stringData"], Secret)
    assert isinstance(inputs("Secret one-backup")["stringData"], Secret)
    (own,) = (each for each in WHOLE.graph.resources.values() if each.type == Longhorn.token)
    assert own.outputs
    assert isinstance(own.outputs["passphrase"], Secret)
    everything = [shown(each.inputs) for each in WHOLE.graph.resources.values()]
    assert "hush" not in json.dumps(everything)


def test_the_recipe_and_the_key_stand_in_the_secret_that_restored_volumes_look_for() -> None:
    kept = inputs("Secret one-key")
    assert kept["metadata"] == {"name": "longhorn-crypto", "namespace": "longhorn-system"}
    assert {*kept["stringData"].value} == {"CRYPTO_KEY_VALUE", *encryption.RECIPE}


def test_backups_go_to_the_bucket_by_an_endpoint_that_longhorn_knows_as_googles() -> None:
    store = inputs("Release one")["values"]["defaultBackupStore"]
    assert store["backupTarget"] == "s3://aurora-backups@southamerica-east1/longhorn/recife/"
    assert store["backupTargetCredentialSecret"] == "longhorn-backup"
    assert (
        inputs("Secret one-backup")["stringData"].value["AWS_ENDPOINTS"] == "https://storage.googleapis.com"
    )


def test_without_a_bucket_nothing_is_sent_anywhere() -> None:
    alone = made(ALONE)
    assert alone.addresses("Secret") == ["one-key"]
    assert inputs("Release one", alone)["values"]["defaultBackupStore"] == {}
    assert alone.addresses("RecurringJob") == ["one-cleanup", "one-hourly"]
    assert not [each for each in alone.addresses("NetworkPolicy") if "backup" in each]


def test_once_a_week_everything_is_read_and_written_again() -> None:
    daily, weekly = (inputs(f"RecurringJob one-{each}")["spec"] for each in ("daily", "weekly"))
    assert (daily["task"], weekly["task"]) == ("backup", "backup")
    assert weekly["parameters"] == {"full-backup-interval": "1"}, "a full one each time it runs"
    assert "parameters" not in daily
    assert daily["cron"].split()[-1] == "1-6"
    assert weekly["cron"].split()[-1] == "0"


def test_every_group_of_a_class_has_jobs_and_every_job_a_class() -> None:
    of_classes = {
        each["name"]
        for name in CLASSES
        for each in json.loads(inputs(f"StorageClass one-{name}")["parameters"]["recurringJobSelector"])
    }
    of_jobs = {group for job in jobs(Kept(), backups=True).values() for group in job["groups"]}
    assert of_classes == of_jobs == {"default", "local"}
    assert all(len(job) <= 40 for job in jobs(Kept(), backups=True)), "Longhorn takes no longer names"


def test_nothing_starts_before_its_certificate_and_its_keys_are_there() -> None:
    waits = WHOLE.waits("Release one")
    assert {"Certificate one-channel", "Secret one-key", "Secret one-backup"} <= waits
    assert inputs("Certificate one-channel")["metadata"]["annotations"] == {
        "pulumi.com/waitFor": "condition=Ready"
    }


def test_a_class_is_told_once_volumes_can_be_made_with_it() -> None:
    def program() -> None:
        storage = Longhorn("one", ALONE)
        CustomResource("test:index:Probe", "taker", {"value": storage.strict_local})

    waits = recorded(program).waits("Probe taker")
    assert waits == {"StorageClass one-crypto-strict-local", "Release one"}


def test_a_manager_recognises_an_instance_manager_by_its_certificate() -> None:
    spec = inputs("Certificate one-channel")["spec"]
    assert spec["secretName"] == "longhorn-grpc-tls"
    assert "longhorn-backend.longhorn-system" in spec["dnsNames"], "types/types.go: TLSPeerName"
    assert {"server auth", "client auth"} <= {*spec["usages"]}


def test_a_certificate_read_at_any_start_is_good_for_three_years() -> None:
    hours = {key: int(str(channel.CERTIFICATE[key]).split("h")[0]) for key in ("duration", "renewBefore")}
    assert hours["renewBefore"] == 3 * 8760
    assert hours["duration"] > hours["renewBefore"]


def test_only_the_bucket_and_the_control_plane_are_spoken_to_outside() -> None:
    sends = {
        (rule["ports"][0]["port"], peer["ipBlock"]["cidr"])
        for name in WHOLE.addresses("NetworkPolicy")
        for rule in inputs(f"NetworkPolicy {name}")["spec"].get("egress", ())
        for peer in rule["to"]
        if "ipBlock" in peer
    }
    assert sends == {(6443, "0.0.0.0/0"), (443, "0.0.0.0/0")}
    restricted = made(replace(ARGS, backups=replace(BACKUPS, addresses=[IPv4Network("199.36.153.8/30")])))
    (rule,) = inputs("NetworkPolicy one-backup-engines", restricted)["spec"]["egress"]
    assert rule["to"] == [{"ipBlock": {"cidr": "199.36.153.8/30"}}]


def test_a_tainted_node_is_served_by_every_part_of_longhorn() -> None:
    chosen = inputs("Release one")["values"]
    (toleration,) = chosen["global"]["tolerations"]
    assert toleration == {
        "key": "duty", "operator": "Equal", "value": "ai-inference", "effect": "NoSchedule",
    }  # fmt: skip
    assert chosen["defaultSettings"]["taintToleration"] == "duty=ai-inference:NoSchedule"


def test_nodes_with_a_volumes_only_copy_can_be_drained_once_it_is_idle() -> None:
    assert inputs("Release one")["values"]["defaultSettings"]["nodeDrainPolicy"] == (
        "allow-if-replica-is-stopped"
    )


def test_a_rebuild_must_have_somewhere_to_go() -> None:
    wanted = (
        "3 replicas on 3 storage nodes: when a node is lost, none is left to rebuild its copies on; "
        "have one storage node more, or one replica fewer"
    )
    with pytest.raises(ValueError, match=f"^{re.escape(wanted)}$"):
        replace(ARGS, storage_nodes=3)
    assert replace(ARGS, storage_nodes=3, replicas=2)
    assert replace(ARGS, storage_nodes=1, replicas=1)


def test_what_longhorn_would_not_take_is_refused() -> None:
    with pytest.raises(ValueError, match="write 1 or more"):
        replace(ARGS, replicas=0)
    with pytest.raises(ValueError, match=r"^0 hourly kept: Longhorn keeps 1 to 100$"):
        Kept(hourly=0)
    with pytest.raises(ValueError, match="like southamerica-east1"):
        Backups(bucket="b", folder="x", region="", access_key="a", secret_key="s")  # noqa: S106 -- an example
    with pytest.raises(ValueError, match="the effect is"):
        Taint(key="duty", value="ai", effect="Never")
