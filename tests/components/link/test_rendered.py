"""The rendered files, held against the programs that will read them."""

import json
import subprocess
from dataclasses import replace
from ipaddress import IPv4Address
from pathlib import Path

import pytest
import yaml

from components.cloud.network.ranges import PRIVATE_APIS
from components.files import Files
from components.link import files
from components.link.cloud_config import LARGEST, cloud_config
from components.link.gateway_files import STARTS, gateway_files, rules
from components.link.site_files import (
    KEEP,
    Carrier,
    carrier_files,
    node_files,
    starts,
)
from tests.components.cloud.recorded import refused
from tests.components.link.world import network, plan, secrets
from tests.debian import program, unavailable

PLAN = plan("recife")
GATEWAY = gateway_files(PLAN, "a", project="aurora-prod", secret="link-a-keys")  # noqa: S106 -- a secret's name
NODE = carrier_files(PLAN, network())
ROUTER = carrier_files(PLAN, network(Carrier.ROUTER))
OTHERS = node_files(PLAN, network())
EVERY = {"gateway": GATEWAY, "node": NODE, "router": ROUTER, "other": OTHERS}
START = cloud_config(GATEWAY, STARTS)


@pytest.mark.parametrize("kind", EVERY)
def test_nft_accepts_the_rules(kind: str, tmp_path: Path) -> None:
    for path in {files.RULES, KEEP} & EVERY[kind].keys():
        file = tmp_path / "rules.nft"
        file.write_text(EVERY[kind][path].content, encoding="utf-8")
        ran = subprocess.run(
            [program("unshare", "util-linux"), "-rn", program("nft", "nftables"), "-c", "-f", file],
            capture_output=True,
            text=True,
            check=False,
        )
        if "unshare" in ran.stderr:
            unavailable("no namespaces here")
        assert ran.returncode == 0, ran.stderr


def test_cloud_init_accepts_the_start_up_configuration(tmp_path: Path) -> None:
    file = tmp_path / "user-data"
    file.write_text(START, encoding="utf-8")
    ran = subprocess.run(
        [program("cloud-init", "cloud-init"), "schema", "-c", file],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Valid" in ran.stdout + ran.stderr, ran.stderr


def test_the_start_up_configuration_brings_every_file_and_starts_every_unit_after_the_rules() -> None:
    config = yaml.safe_load(START)
    assert START.startswith("#cloud-config\n")
    assert len(START.encode()) < LARGEST / 2
    assert {each["path"]: each["content"] for each in config["write_files"]} == {
        path: file.content for path, file in GATEWAY.items()
    }
    commands = [" ".join(each) for each in config["runcmd"]]
    order = ["tunnel-rules.service", "sysctl --system", "tunnel-fetch.timer", "tunnel.service"]
    positions = [next(i for i, command in enumerate(commands) if word in command) for word in order]
    assert positions == sorted(positions)
    assert config["apt"]["primary"][0]["uri"].startswith("https://")
    assert {*config["packages"]} == {"nftables", "wireguard-tools"}


def test_a_start_up_configuration_too_large_for_metadata_is_refused() -> None:
    large = {"/etc/large": files.File(content="x" * LARGEST)}
    with refused(
        f"{LARGEST + len(cloud_config({'/etc/large': files.File(content='')}, ())) - 2} bytes"
        f" of start-up configuration; metadata holds {LARGEST}"
    ):
        cloud_config(large, ())


@pytest.mark.parametrize("kind", EVERY)
def test_no_file_holds_a_key_and_none_changes_with_the_generation(kind: str) -> None:
    later = plan("recife", "santos", generations=[2, 3])
    made: dict[str, Files] = {
        "gateway": gateway_files(later, "a", project="aurora-prod", secret="link-a-keys"),  # noqa: S106 -- likewise
        "node": carrier_files(later, network()),
        "router": carrier_files(later, network(Carrier.ROUTER)),
        "other": node_files(later, network()),
    }
    assert made[kind] == EVERY[kind]
    text = "".join(file.content for file in EVERY[kind].values())
    assert not [seed for seeds in secrets(PLAN).sites.values() for seed in seeds.values() if seed in text]


def test_forwarding_is_denied_unless_named_and_sites_never_meet() -> None:
    text = rules(PLAN)
    assert "hook forward priority filter; policy drop;" in text
    assert "hook input priority filter; policy drop;" in text
    assert 'iifname "link*" oifname "link*" drop' in text
    assert text.count("masquerade") == 1
    assert f"ip daddr {PRIVATE_APIS} masquerade" in text
    assert text.count("maxseg size set 1340") == 2
    assert " 22 " not in text


def test_settings_tell_machines_apart() -> None:
    told = json.loads(GATEWAY[files.SETTINGS].content)
    assert told["mate"] == "10.64.16.3"
    assert told["secret"] == "projects/aurora-prod/secrets/link-a-keys"  # noqa: S105 -- a secret's name
    assert told["mtu"] == 1380
    assert json.loads(NODE[files.SETTINGS].content)["source"] == "10.200.1.11"


def test_a_router_is_told_where_pods_are_and_nodes_are_told_the_router() -> None:
    assert "10.100.1.0/24 via 10.200.1.21" in ROUTER[f"{files.UNITS}/tunnel-pods.service"].content
    assert KEEP not in ROUTER
    assert "10.68.0.0/14 via 10.200.1.11" in OTHERS[f"{files.UNITS}/tunnel-routes.service"].content
    assert starts(NODE) == ["tunnel-rules.service", "tunnel-keep.service", "tunnel.service"]
    assert starts(OTHERS) == ["tunnel-keep.service", "tunnel-routes.service"]


def test_a_carrier_that_nobody_could_reach_is_refused() -> None:
    with refused("10.9.9.9 does not lie in 10.200.1.0/24: nobody at recife could reach it"):
        replace(network(), address=IPv4Address("10.9.9.9"))
    with refused("site recife: pods_via tells a router, and no node, where the pods are"):
        replace(network(), pods_via=IPv4Address("10.200.1.21"))
