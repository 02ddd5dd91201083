"""Who may talk to whom."""

from collections.abc import Callable, Mapping

import pytest

from components.cloud.network.firewall import Firewall, FirewallArgs
from components.cloud.network.rules import Priority, SiteRanges
from components.cloud.project import Project
from tests.components.cloud.recorded import NETWORK, Recording, anywhere, build, networks, refused

CLOUD = networks("10.64.0.0/20", "10.68.0.0/14")
(SQL,) = networks("10.76.0.0/16")
SITES = {
    "sao-paulo": SiteRanges(number=1, ranges=networks("10.20.0.0/22", "10.42.0.0/16")),
    "santos": SiteRanges(number=2, ranges=networks("10.21.0.0/22")),
}
CLOUD_TEXTS = [*map(str, CLOUD)]


def firewalled(sites: Mapping[str, SiteRanges]) -> Recording:
    def program(project: Project) -> None:
        args = FirewallArgs(project=project, network=NETWORK, cloud=CLOUD, private_services=SQL, sites=sites)
        Firewall("fw", args)

    return build(program)


@pytest.fixture(scope="module")
def recording() -> Recording:
    return firewalled(SITES)


TABLE = {
    "ingress-internal": (100, "INGRESS", "allow", CLOUD_TEXTS, CLOUD_TEXTS, "all", None),
    "ingress-health-checks": (
        110,
        "INGRESS",
        "allow",
        ["35.191.0.0/16", "130.211.0.0/22"],
        None,
        "tcp",
        None,
    ),
    "egress-internal": (200, "EGRESS", "allow", None, CLOUD_TEXTS, "all", None),
    "egress-private-services": (210, "EGRESS", "allow", None, ["10.76.0.0/16"], "tcp", ["5432", "3307"]),
    "egress-google-apis": (
        220,
        "EGRESS",
        "allow",
        None,
        ["199.36.153.8/30", "34.126.0.0/18"],
        "tcp",
        ["443"],
    ),
    "egress-internet": (230, "EGRESS", "allow", None, ["0.0.0.0/0"], "tcp", ["443"]),
    "ingress-site-sao-paulo": (
        10_001,
        "INGRESS",
        "allow",
        ["10.20.0.0/22", "10.42.0.0/16"],
        CLOUD_TEXTS,
        "all",
        None,
    ),
    "egress-site-sao-paulo": (20_001, "EGRESS", "allow", None, ["10.20.0.0/22", "10.42.0.0/16"], "all", None),
    "ingress-site-santos": (10_002, "INGRESS", "allow", ["10.21.0.0/22"], CLOUD_TEXTS, "all", None),
    "egress-site-santos": (20_002, "EGRESS", "allow", None, ["10.21.0.0/22"], "all", None),
    "ingress-deny": (2_000_000_000, "INGRESS", "deny", ["0.0.0.0/0"], None, "all", None),
    "egress-deny": (2_000_000_010, "EGRESS", "deny", None, ["0.0.0.0/0"], "all", None),
}


@pytest.mark.parametrize("key", TABLE)
def test_each_rule_lets_through_what_the_table_says_and_is_logged(recording: Recording, key: str) -> None:
    address = f"NetworkFirewallPolicyRule fw-{key}"
    paths = (
        "priority",
        "direction",
        "action",
        "match.srcIpRanges",
        "match.destIpRanges",
        "match.layer4Configs.0.ipProtocol",
        "match.layer4Configs.0.ports",
    )
    assert tuple(recording.at(address, path) for path in paths) == TABLE[key]
    assert recording.at(address, "enableLogging") is True
    assert recording.at(address, "ruleName") == key, "the logs name the rule"
    assert recording.at(address, "disabled") is None


def test_the_table_holds_every_rule(recording: Recording) -> None:
    assert recording.addresses("NetworkFirewallPolicyRule") == sorted(f"fw-{key}" for key in TABLE)


def test_nothing_is_asked_after_the_denials() -> None:
    deny = {Priority.INGRESS_DENY, Priority.EGRESS_DENY}
    assert min(deny) > max(set(Priority) - deny) + 9_999


def test_the_policy_guards_the_network(recording: Recording) -> None:
    association = "NetworkFirewallPolicyAssociation fw"
    assert recording.at(association, "attachmentTarget") == NETWORK
    assert recording.at("NetworkFirewallPolicy fw", "description") == "Default deny, both ways"
    assert recording.waits(association) == {"Service apis-compute", "NetworkFirewallPolicy fw"}


def test_a_site_that_goes_leaves_the_rules_of_the_others_as_they_were(recording: Recording) -> None:
    alone = firewalled({"santos": SITES["santos"]})
    for name in alone.addresses("NetworkFirewallPolicyRule"):
        address = f"NetworkFirewallPolicyRule {name}"
        assert alone.resource(address).inputs == recording.resource(address).inputs


def twice() -> FirewallArgs:
    sites = {"a": SiteRanges(number=7, ranges=CLOUD), "b": SiteRanges(number=7, ranges=CLOUD)}
    return FirewallArgs(project=anywhere(), network=NETWORK, cloud=CLOUD, private_services=SQL, sites=sites)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (
            twice,
            (
                "sites a and b both have number 7, which orders their rules: "
                "give b a number that no site ever had"
            ),
        ),
        (
            lambda: FirewallArgs(project=anywhere(), network=NETWORK, cloud=[], private_services=SQL),
            "a firewall without cloud ranges would let nothing through: name the subnets' ranges",
        ),
        (lambda: SiteRanges(number=10_000, ranges=CLOUD), "site number 10000: write 1 to 9999"),
        (lambda: SiteRanges(number=0, ranges=CLOUD), "site number 0: write 1 to 9999"),
        (
            lambda: SiteRanges(number=3, ranges=[]),
            "site number 3 has no ranges, so no rule could name it: write its ranges",
        ),
    ],
)
def test_rules_that_could_not_be_told_apart_are_refused(wrong: Callable[[], object], message: str) -> None:
    with refused(message):
        wrong()
