"""k3s' configuration: only what it knows, only what is safe, and never a secret."""

from collections.abc import Mapping
from ipaddress import IPv4Network
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from components.link.site_files import Carrier, SiteNetwork, keep_files
from components.onprem.k3s import config, hardening, kubelet, unit
from components.onprem.k3s.nodes import Node
from components.onprem.k3s.plan import ClusterPlan
from policies.secrecy import leaks
from tests.components.link import world as link
from tests.components.onprem.k3s import world

HERE: Final = Path(__file__).parent
ONE, THREE = world.plan(), world.plan(3)
EVERY: Final = [(plan, node) for plan in (ONE, THREE) for node in plan.nodes]
NODES = pytest.mark.parametrize(
    ("plan", "node"), EVERY, ids=[f"{node.name}-of-{len(plan.servers)}" for plan, node in EVERY]
)


def names(file: str) -> set[str]:
    """A list of names that others gave, without its first line, which says where they are from."""
    first, *rest = (HERE / f"{file}.txt").read_text(encoding="utf-8").splitlines()
    assert first.startswith("# Names alone")
    return {*rest}


def read(plan: ClusterPlan, node: Node) -> Mapping[str, Any]:
    """The configuration as k3s reads it on that node."""
    return yaml.safe_load(config.files(plan, node)[config.CONFIG].content)


def arguments(document: Mapping[str, Any], program: str) -> dict[str, str]:
    """The flags that k3s hands on."""
    return dict(each.split("=", 1) for each in document.get(f"{program}-arg", []))


@NODES
def test_every_key_is_a_flag_of_k3s(plan: ClusterPlan, node: Node) -> None:
    known = names("flags_server" if node in plan.servers else "flags_agent")
    assert {*read(plan, node)} - known == set()


@pytest.mark.parametrize("program", ["kube-apiserver", "kube-controller-manager", "kube-scheduler"])
@NODES
def test_every_argument_handed_on_is_a_flag_of_that_program(
    plan: ClusterPlan, node: Node, program: str
) -> None:
    assert {*arguments(read(plan, node), program)} - names(f"flags_{program}") == set()


@pytest.mark.parametrize("server", [True, False])
def test_every_field_of_the_kubelet_is_one_it_knows(*, server: bool) -> None:
    document = kubelet.kubelet(server=server)
    assert document["apiVersion"] == "kubelet.config.k8s.io/v1beta1"
    assert {*document} - {"apiVersion", "kind"} - names("fields_kubelet") == set()


def test_the_first_server_starts_the_cluster_and_the_others_join_it() -> None:
    first, *others = (read(THREE, node) for node in THREE.nodes)
    assert first["cluster-init"] is True
    assert "server" not in first
    assert {each["server"] for each in others} == {"https://10.20.0.11:6443"}
    assert not any("cluster-init" in each for each in others)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("token-file", "/etc/rancher/k3s/token"),
        ("agent-token-file", "/etc/rancher/k3s/agent-token"),
        ("secrets-encryption", True),
        ("secrets-encryption-provider", "secretbox"),
        ("protect-kernel-defaults", True),
        ("write-kubeconfig-mode", "0600"),
        ("flannel-backend", "wireguard-native"),
        ("flannel-iface", "lima0"),
        ("supervisor-metrics", True),
        ("disable", ["servicelb", "traefik", "local-storage"]),
        ("cluster-cidr", "10.42.0.0/16"),
        ("service-cidr", "10.43.0.0/16"),
        ("cluster-dns", "10.43.0.10"),
        ("etcd-snapshot-schedule-cron", "0 */6 * * *"),
        ("etcd-snapshot-retention", 28),
        ("etcd-s3", True),
        ("etcd-s3-config-secret", "k3s-etcd-snapshot-s3-config"),
    ],
)
def test_every_server_says_the_same_safe_thing(key: str, expected: object) -> None:
    """What etcd's members disagree about keeps them from joining."""
    assert [read(THREE, node)[key] for node in THREE.servers] == [expected] * 3


@pytest.mark.parametrize(
    ("program", "argument", "expected"),
    [
        ("kube-apiserver", "enable-admission-plugins", "NodeRestriction,EventRateLimit"),
        ("kube-apiserver", "admission-control-config-file", hardening.ADMISSION),
        ("kube-apiserver", "audit-policy-file", hardening.AUDIT),
        ("kube-apiserver", "audit-log-path", hardening.AUDIT_LOG),
        ("kube-apiserver", "audit-log-maxage", "30"),
        ("kube-apiserver", "service-account-extend-token-expiration", "false"),
        ("kube-apiserver", "tls-min-version", "VersionTLS13"),
        ("kube-controller-manager", "tls-min-version", "VersionTLS13"),
        ("kube-controller-manager", "terminated-pod-gc-threshold", "100"),
        ("kube-scheduler", "tls-min-version", "VersionTLS13"),
    ],
)
def test_the_control_plane_is_hardened(program: str, argument: str, expected: str) -> None:
    assert arguments(read(ONE, ONE.first), program)[argument] == expected


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("tlsMinVersion", "VersionTLS13"),
        ("seccompDefault", True),
        ("streamingConnectionIdleTimeout", "5m"),
        ("podPidsLimit", 4096),
        ("maxPods", 110),
        ("shutdownGracePeriod", "90s"),
        ("shutdownGracePeriodCriticalPods", "30s"),
    ],
)
def test_every_kubelet_has_limits(field: str, expected: object) -> None:
    assert [kubelet.kubelet(server=server)[field] for server in (True, False)] == [expected] * 2


def test_a_server_keeps_more_for_itself_than_a_worker() -> None:
    kept = [kubelet.kubelet(server=server)["kubeReserved"]["memory"] for server in (True, False)]
    assert kept == ["1536Mi", "512Mi"]


def test_snapshots_stay_here_where_nothing_leaves_the_hospital() -> None:
    plan = world.plan(uploads=False)
    assert not [key for key in read(plan, plan.first) if key.startswith("etcd-s3")]


def test_the_certificate_names_every_server_and_every_further_name() -> None:
    names_ = ["k3s.hospital.example", "10.20.0.11", "10.20.0.12", "10.20.0.13"]
    assert [read(THREE, node)["tls-san"] for node in THREE.servers] == [names_] * 3


@NODES
def test_a_node_joins_with_its_own_name_address_labels_and_taints(plan: ClusterPlan, node: Node) -> None:
    told = read(plan, node)
    assert (told["node-name"], told["node-ip"]) == (node.name, str(node.address))
    assert told["node-label"] == [f"{key}={value}" for key, value in node.labels.items()]
    assert told.get("node-taint", []) == list(node.taints)


def test_a_worker_holds_the_workers_token_alone() -> None:
    worker = ONE.workers[0]
    files = config.files(ONE, worker)
    assert read(ONE, worker)["token-file"] == config.AGENT_TOKEN
    assert not [path for path, file in files.items() if config.TOKEN in file.content.split()]
    assert hardening.AUDIT not in files


@NODES
def test_no_file_of_a_node_is_secret_or_open_to_others(plan: ClusterPlan, node: Node) -> None:
    files = config.files(plan, node)
    assert not [each for path, file in files.items() for each in leaks(file.content, path)]
    assert {file.mode for path, file in files.items() if path.startswith("/etc/rancher")} == {0o600}


def test_k3s_starts_after_the_rules_by_which_pods_keep_their_address() -> None:
    """The link's unit names k3s' units: they are called so here."""
    site = SiteNetwork(
        name="recife",
        carrier=Carrier.NODE,
        address=ONE.first.address,
        lan=IPv4Network("10.20.0.0/22"),
        pods=ONE.pods,
        services=ONE.services,
    )
    keep = keep_files(link.plan("recife"), site)["/etc/systemd/system/tunnel-keep.service"].content
    wanted = " ".join(f"{unit.service(server=server)}.service" for server in (True, False))
    assert f"Before={wanted}" in keep.splitlines()


def test_the_kernel_is_set_as_the_kubelet_demands() -> None:
    """Six settings, of k8s.io/component-helpers v0.36.3, node/util/sysctl."""
    told = dict(line.split("=") for line in hardening.sysctls().splitlines())
    assert told == {
        "kernel.keys.root_maxbytes": "25000000",
        "kernel.keys.root_maxkeys": "1000000",
        "kernel.panic": "10",
        "kernel.panic_on_oops": "1",
        "vm.overcommit_memory": "1",
        "vm.panic_on_oom": "0",
    }
