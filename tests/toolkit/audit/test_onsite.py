"""What the report tells of a hospital's own side: stores, readers, copies, secrets, the picture."""

from pathlib import Path

import pytest

from tests.stacks.graphs import graph_of
from tests.toolkit.audit.hospital import PROJECT, audited, bucket, hospital
from tests.toolkit.exports import plaintext, row
from toolkit.audit.diagram import Scene, scene
from toolkit.audit.hospitals import Hospitals
from toolkit.audit.leaks import Place, leaks
from toolkit.audit.reading import References
from toolkit.audit.secrets import material
from toolkit.audit.stores import Spot, Store, inventory
from toolkit.audit.transfers import Line, data_map
from toolkit.values import Secret

HERE = Spot(location="sao-paulo", country="BR")
PASSPHRASE = "passphrase of the volumes (LUKS), copied to the secret sao-paulo-volumes-key"  # noqa: S105 - said of it
COMMAND = "command:remote:Command"
KUBERNETES_SECRET = "kubernetes:core/v1:Secret"  # noqa: S105 - the name of a type
ADDRESS = "10.20.0.2"
MARK = "correct-horse-battery"


def stores(stack: str) -> dict[str, Store]:
    graph = graph_of(stack)
    return {store.name: store for store in inventory(graph, References(graph))}


def lines(stack: str) -> dict[str, Line]:
    graph = graph_of(stack)
    return {line.store: line for line in data_map(graph, inventory(graph, References(graph)))}


def picture(stack: str) -> Scene:
    graph = graph_of(stack)
    references = References(graph)
    return scene(graph, inventory(graph, references), references)


def drawn(seen: Scene) -> set[tuple[str, str, str]]:
    title = {name: node.title.en for name, node in seen.nodes.items()}
    return {(title[flow.source], flow.means, title[flow.target]) for flow in seen.flows}


def test_a_hospitals_database_is_told_with_place_key_copies_and_users() -> None:
    database = stores("prod")["postgres"]

    assert (database.classification, database.spots, database.protected) == ("patient", [HERE], True)
    assert [(key.name, key.note and key.note.en) for key in database.keys] == [
        ("longhorn-crypto", PASSPHRASE)
    ]
    assert [said.en for said in database.retention] == ["Backups kept 30 days"]
    assert [said.en for said in database.backup] == [
        "3 running copies, each on a machine of its own",
        "A change counts once 1 other copy has it",
        "Schedule (cron) 0 30 5 * * *",
        "Any second since the oldest backup",
        "Copied to santa-aurora-prod-backups",
    ]
    assert {(reader.member, reader.role) for reader in database.readers} == {
        ("clinical_app", "LOGIN"),
        ("clinical_deidentifier", "LOGIN"),
        ("clinical_migrator", "clinical_owner"),
        ("deidentified_app", "LOGIN"),
        ("deidentified_deidentifier", "LOGIN"),
        ("deidentified_migrator", "deidentified_owner"),
        ("deidentified_replicator", "REPLICATION"),
    }


def test_volumes_tell_how_often_they_are_there_and_where_their_backups_go() -> None:
    found = stores("prod")
    assert [said.en for said in found["longhorn-crypto"].backup] == [
        "Each volume 3 times, on different machines",
        "Copied to santa-aurora-prod-backups",
    ]
    assert found["longhorn-crypto-strict-local"].backup[0].en.startswith("Each volume once")
    assert "14 backups daily kept (cron 10 2 * * 1-6)" in [
        said.en for said in found["longhorn-crypto"].retention
    ]
    assert not any("hourly" in said.en for said in found["longhorn-crypto-strict-local"].retention)
    assert [reader.member for reader in found["vault-snapshots"].readers] == ["vault-snapshots"]


def test_vault_tells_what_opens_it_and_the_cluster_what_its_own_configuration_says() -> None:
    vault, k3s = stores("prod")["sao-paulo-vault"], stores("prod")["sao-paulo-k3s"]
    assert [key.name for key in vault.keys] == ["longhorn-crypto", "sao-paulo-seal-vault"]
    assert (vault.keys[1].rotation_days, vault.keys[1].hardware) == (90, True)
    assert (vault.classification, vault.otherwise and vault.otherwise.en) == (
        "patient",
        "As its own policies say",
    )
    assert [key.name for key in k3s.keys] == ["secretbox"]
    assert [said.en for said in (*k3s.retention, *k3s.backup)] == [
        "28 snapshots kept",
        "Schedule (cron) 0 */6 * * *",
        "Copied to santa-aurora-prod-backups",
    ]


def test_the_data_map_finds_each_line_of_a_hospital_and_says_what_stays_at_home() -> None:
    found = lines("prod")
    for part in ("volumes", "database", "vault", "k3s"):
        line = found[f"sao-paulo-{part}"]
        assert (line.transfer, line.declared, line.source.en) == ("home", True, "Declared"), part
        assert line.urn, part
    assert found["sao-paulo-volumes-key"].transfer == "transfer"
    assert found["sao-paulo-volumes-key"].urn.endswith("::sao-paulo-volumes-key")
    assert not {"vault-snapshots", "longhorn-crypto"} & found.keys(), "they are the volumes' line"


def test_what_runs_on_a_developers_machine_is_no_transfer() -> None:
    found = lines("dev")
    assert {line.transfer for line in found.values()} == {"local"}
    assert {line.basis.en for line in found.values()} == {"No patients' data: for development only"}
    assert [zone.title.en for zone in picture("dev").zones] == ["Developer's machine"]


def test_a_hospital_is_drawn_with_its_machines_their_duties_and_its_stores() -> None:
    seen = picture("prod")
    (site,) = [zone for zone in seen.zones if zone.sort == "site"]
    nodes = {node.title.en: node.sub.en for node in site.nodes}

    assert nodes["mac-1"] == "runs the cluster, VPN gateway"
    assert nodes["mac-2"] == "works in the cluster, AI"
    assert nodes["mac-3"] == nodes["mac-4"] == "works in the cluster"
    assert {"postgres-cluster-postgres", "vault", "longhorn-crypto", "k3s", "AI models"} <= nodes.keys()
    assert "sao-paulo" not in {zone.title.en for zone in seen.zones}, "it has one zone only"
    assert seen.country == "US", "where the cloud's part lies, not the hospital"


def test_tunnels_backups_and_what_opens_vault_are_drawn() -> None:
    assert {
        ("mac-1", "tunnel", "link-a"),
        ("mac-1", "tunnel", "link-b"),
        ("postgres-cluster-postgres", "copy", "backups"),
        ("longhorn-crypto", "copy", "backups"),
        ("k3s", "copy", "backups"),
        ("k3s", "access", "backups"),
        ("vault", "unseal", "Cloud KMS"),
    } <= drawn(picture("prod"))


def test_a_pod_that_google_believes_is_a_reader_with_a_name() -> None:
    readers = {reader.member for reader in stores("prod")["santa-aurora-prod-backups"].readers}
    assert readers == {"principal://.../sao-paulo-cluster", "serviceAccount:sao-paulo-backups"}


def test_secrets_of_a_hospital_in_the_state_are_listed() -> None:
    found = {(each.name, each.path) for each in material(graph_of("prod"))}
    assert {
        ("sao-paulo-k3s-token", "result"),
        ("sao-paulo-backups-1", "secret"),
        ("sao-paulo-longhorn", "result"),
        ("sao-paulo-authority", "privateKeyPem"),
        ("sao-paulo-k3s-kubeconfig", "stdout"),
        ("sao-paulo-k3s-mac-1-token", "stdin"),
        ("sao-paulo-longhorn-key", "stringData"),
        ("sao-paulo-cluster", "kubeconfig"),
    } <= found
    assert ("sao-paulo-k3s-mac-1", "stdin") not in found, "a script without a secret is none"


def test_the_clouds_resources_stand_in_no_hospital() -> None:
    hospitals = Hospitals(graph_of("prod"))
    places = {
        hospitals.of(each) for each in graph_of("prod").resources.values() if each.type.startswith("gcp:")
    }
    assert places == {""}


@pytest.mark.parametrize("key", ["host", "bucket", "AWS_ENDPOINTS"])
def test_what_stands_beside_a_secret_in_a_sealed_map_is_none_for_that(key: str) -> None:
    sealed = Place(urn="a", part="inputs", values={"connection": Secret({key: "10.20.30.40", "key": MARK})})
    other = Place(urn="b", part="inputs", values={"addresses": ["10.20.30.40"]})
    found, secrets = leaks([sealed, other], exported=False)
    assert (found, secrets) == ([], {MARK})


def test_a_password_is_one_whatever_it_looks_like() -> None:
    sealed = Place(urn="a", part="inputs", values={"connection": Secret({"password": "10.20.30.40"})})
    other = Place(urn="b", part="inputs", values={"addresses": ["10.20.30.40"]})
    assert [leak.urn for leak in leaks([sealed, other], exported=False)[0]] == ["b"]


def test_a_bucket_in_a_sealed_map_may_be_named_elsewhere_and_the_secret_may_not(tmp_path: Path) -> None:
    content = plaintext({"etcd-s3-bucket": f"{PROJECT}-backups", "etcd-s3-key": MARK})
    export = hospital(
        bucket("backups"),
        row(KUBERNETES_SECRET, "snapshots", inputs={"stringData": content}),
        bucket("told", labels={"data-classification": "patient", "owner": MARK}),
    )
    told = audited(tmp_path, export)
    assert [leak.path for leak in told.leaks if leak.reason == "twice"] == ["inputs.labels.owner"]
    assert "backups" in {store.name.removeprefix(f"{PROJECT}-") for store in told.stores}
    assert MARK not in str(told)


def test_a_secret_that_is_kept_for_good_says_why(tmp_path: Path) -> None:
    reason = "every volume and its backups are encrypted with it"
    kept = row(
        "gcp:secretmanager/secret:Secret",
        "escrow",
        inputs={"secretId": "escrow", "annotations": {"prontuario.lasting": reason}},
    )
    (found,) = [one for one in audited(tmp_path, hospital(kept)).secrets if one.name == "escrow"]
    assert (found.lasting, found.days) == (reason, None)
