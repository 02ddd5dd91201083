"""What each machine is told: enough, and no more."""

import base64
import json
import subprocess
from dataclasses import replace
from typing import Any

import pytest

from components.link.documents import gateway_document, site_document
from components.link.plan import GATEWAYS, MOST_SITES
from components.link.x25519 import preshared_key, private_key, public_key
from tests.components.link.world import plan, secrets, site
from tests.debian import program
from tunnel.document import parse

PLAN = plan("recife", "santos", generations=[1, 2])
SECRETS = secrets(PLAN)
ENDPOINTS = {"a": "198.51.100.1", "b": "198.51.100.2"}
GATEWAY: dict[str, Any] = {key: json.loads(gateway_document(PLAN, key, SECRETS)) for key in GATEWAYS}
SITE: dict[str, Any] = {
    name: json.loads(site_document(PLAN, name, SECRETS, ENDPOINTS)) for name in PLAN.sites
}


def of(document: dict[str, Any], name: str) -> dict[str, Any]:
    return next(each for each in document["interfaces"] if each["name"] == name)


@pytest.mark.parametrize("key", GATEWAYS)
@pytest.mark.parametrize("name", PLAN.sites)
@pytest.mark.parametrize("slot", [0, 1])
def test_both_ends_of_a_tunnel_fit(key: str, name: str, slot: int) -> None:
    near = of(GATEWAY[key], f"link{slot}")
    far = of(SITE[name], f"link-{key}{slot}")
    its, ours = near["peers"][name], far["peers"][key]
    assert near["generation"] == far["generation"] == slot + 1
    assert its["preshared"] == ours["preshared"]
    assert its["public"] == public_key(SECRETS.sites[name][slot + 1])
    assert ours["public"] == public_key(SECRETS.gateways[key][slot + 1])
    assert ours["endpoint"] == f"{ENDPOINTS[key]}:{near['port']}"
    assert near["port"] == 51820 + slot
    one = next(each for each in parse(json.dumps(SITE[name])).interfaces if each.name == f"link-{key}{slot}")
    assert one.peers[0].far == its["own"]


def test_nobody_is_told_the_secrets_of_another() -> None:
    private = {private_key(seed) for seeds in SECRETS.sites.values() for seed in seeds.values()}
    assert not [each for each in private if each in json.dumps(GATEWAY)]
    shared = {
        preshared_key(SECRETS.sites["santos"][generation], key) for generation in (1, 2) for key in GATEWAYS
    }
    assert len(shared) == 4
    assert not [each for each in shared if each in json.dumps(SITE["recife"])]
    assert not [
        each for each in SECRETS.gateways["b"].values() if private_key(each) in json.dumps(GATEWAY["a"])
    ]


def test_seeds_are_told_to_nobody() -> None:
    assert "seed" not in json.dumps([GATEWAY, SITE])


def test_a_gateway_knows_what_lies_where_and_who_sends() -> None:
    assert GATEWAY["a"]["ranges"]["santos"] == ["10.200.2.0/24", "10.100.2.0/24"]
    assert GATEWAY["a"]["sources"] == {"recife": "203.0.113.1", "santos": "203.0.113.2"}
    assert SITE["recife"]["ranges"]["a"] == [*map(str, PLAN.reached)]


def test_the_newest_generation_comes_first_and_the_first_gateway_before_the_second() -> None:
    names = [each.name for each in parse(json.dumps(SITE["recife"])).interfaces]
    assert names == ["link-a1", "link-b1", "link-a0", "link-b0"]


def test_the_largest_document_fits_into_a_secret() -> None:
    sites = {f"a-name-of-letters-{number:03}": site(number % 127 + 1) for number in range(MOST_SITES)}
    full = replace(plan(generations=[1, 2]), sites=sites)
    assert len(gateway_document(full, "a", secrets(full)).encode()) < 64 * 1024


def test_private_keys_are_clamped_and_derived_from_the_seed_alone() -> None:
    key = base64.b64decode(private_key("one"))
    assert len(key) == 32
    assert key[0] & 0b111 == 0
    assert key[31] >> 6 == 0b01
    assert private_key("one") == private_key("one") != private_key("two")
    assert preshared_key("one", "a") != preshared_key("one", "b")


def test_public_keys_are_those_that_wg_derives() -> None:
    told = subprocess.run(
        [program("wg", "wireguard-tools"), "pubkey"],
        input=private_key("one"),
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == public_key("one")
