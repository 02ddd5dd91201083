"""Addresses, ports and generations of the link."""

from collections.abc import Callable
from dataclasses import replace
from ipaddress import IPv4Address, IPv4Network
from itertools import product

import pytest

from components.link.plan import GATEWAYS, SLOTS, LinkPlan, SitePlan, slot
from tests.components.cloud.recorded import refused
from tests.components.link.world import plan, site


def test_every_tunnel_has_two_addresses_of_its_own() -> None:
    sites = [site(number) for number in range(1, 101)]
    ends = [
        end(gateway, each)
        for one in sites
        for gateway, each in product(GATEWAYS, range(SLOTS))
        for end in (one.own, one.far)
    ]
    assert len({*ends}) == len(ends) == 800


def test_the_ends_of_a_tunnel_are_a_pair() -> None:
    one = site(3)
    for gateway, each in product(GATEWAYS, range(SLOTS)):
        assert int(one.own(gateway, each)) ^ 1 == int(one.far(gateway, each))
        assert one.far(gateway, each) in one.block


def test_generations_take_turns() -> None:
    assert [slot(each) for each in (1, 2, 3, 4)] == [0, 1, 0, 1]
    assert [plan(port=51820).listens(each) for each in (1, 2, 3)] == [51820, 51821, 51820]


def test_machines_and_balancer_have_fixed_addresses() -> None:
    made = plan()
    assert [str(made.internal(key)) for key in GATEWAYS] == ["10.64.16.2", "10.64.16.3"]
    assert made.balancer == IPv4Address("10.64.16.4")


def test_a_site_reaches_the_cloud_its_database_and_googles_apis() -> None:
    assert [*map(str, plan().reached)] == [
        *("10.64.0.0/20", "10.64.16.0/24", "10.68.0.0/14"),
        *("10.76.0.0/16", "199.36.153.8/30", "35.199.192.0/19"),
    ]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: plan(generations=[0]), "generations [0]: write one number from 1, or two in a row"),
        (lambda: plan(generations=[1, 3]), "generations [1, 3]: write one number from 1, or two in a row"),
        (
            lambda: plan(generations=[1, 2, 3]),
            "generations [1, 2, 3]: write one number from 1, or two in a row",
        ),
        (lambda: plan(port=1023), "port 1023: write 1024 to 65534, the next one is used too"),
        (lambda: plan(port=65535), "port 65535: write 1024 to 65534, the next one is used too"),
        (
            lambda: LinkPlan(
                cloud=[],
                private_services=IPv4Network("10.76.0.0/16"),
                gateways=IPv4Network("10.64.16.0/24"),
                port=51820,
                sites={f"site-{each}": site(1) for each in range(141)},
            ),
            "141 sites: a gateway's secret holds 140; split the hospital",
        ),
        (
            lambda: replace(site(1), block=IPv4Network("10.79.0.0/30")),
            "tunnel addresses 10.79.0.0/30: write a /29, for two gateways and two slots",
        ),
        (
            lambda: replace(site(1), ranges=[]),
            "site number 1 has no ranges: nothing would use its tunnels",
        ),
    ],
)
def test_a_plan_that_could_not_work_is_refused(
    wrong: Callable[[], LinkPlan | SitePlan], message: str
) -> None:
    with refused(message):
        wrong()
