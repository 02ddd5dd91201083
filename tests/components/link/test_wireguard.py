"""The cloud side of the link by WireGuard, as it is asked for."""

from dataclasses import replace

import pytest

from components.cloud.project import Project
from components.link.wireguard import WireGuard
from tests.components.cloud.recorded import Recording, anywhere, build, refused
from tests.components.link import world
from toolkit.values import Secret

PLAN = world.plan("recife", "santos")


def linked(plan: world.LinkPlan = PLAN, *, preview: bool = True) -> Recording:
    def program(project: Project) -> None:
        WireGuard("link", world.wireguard(project, plan))

    return build(program, preview=preview)


@pytest.fixture(scope="module")
def recording() -> Recording:
    return linked()


TEMPLATES = pytest.mark.parametrize("key", ["a", "b"])


@TEMPLATES
@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("canIpForward", True),
        ("shieldedInstanceConfig.enableSecureBoot", True),
        ("shieldedInstanceConfig.enableVtpm", True),
        ("shieldedInstanceConfig.enableIntegrityMonitoring", True),
        ("metadata.enable-oslogin", "TRUE"),
        ("metadata.block-project-ssh-keys", "TRUE"),
        ("metadata.serial-port-enable", "FALSE"),
        ("disks.0.diskEncryptionKey.kmsKeySelfLink", world.KEY),
        ("networkInterfaces.0.subnetwork", world.SUBNET),
        ("tags", None),
    ],
)
def test_each_machine_is_hardened(recording: Recording, key: str, path: str, expected: object) -> None:
    assert recording.at(f"InstanceTemplate link-{key}", path) == expected


@TEMPLATES
def test_nothing_of_a_machine_is_secret(recording: Recording, key: str) -> None:
    metadata = recording.resource(f"InstanceTemplate link-{key}").inputs["metadata"]
    assert not isinstance(metadata, Secret)
    assert isinstance(metadata, dict)
    assert not [each for each in metadata.values() if isinstance(each, Secret)]


@TEMPLATES
def test_each_machine_runs_as_itself_and_reads_its_own_secret_alone(recording: Recording, key: str) -> None:
    deployed = linked(preview=False)
    grants = [each for each in deployed.addresses("SecretIamMember") if each.startswith(f"link-{key}-keys")]
    assert grants == [f"link-{key}-keys-secretmanager.secretAccessor-reader"]
    assert f"link-{key}-gateway" in str(deployed.at(f"SecretIamMember {grants[0]}", "member"))
    roles = [each for each in deployed.addresses("IAMMember") if key in each.split("-")]
    assert roles == [f"link-{key}-gateway-logging.logWriter"]
    assert recording.waits(f"InstanceGroupManager link-{key}") >= {f"SecretVersion link-{key}-keys-value"}


@TEMPLATES
def test_each_group_has_one_machine_in_its_own_zone_that_keeps_its_addresses(
    recording: Recording, key: str
) -> None:
    zone = f"{world.REGION}-{'b' if key == 'a' else 'c'}"
    group = f"InstanceGroupManager link-{key}"
    assert recording.at(group, "zone") == zone
    assert recording.at(group, "targetSize") == 1
    assert recording.at(group, "autoHealingPolicies.initialDelaySec") == 300
    assert recording.at(group, "updatePolicy.replacementMethod") == "RECREATE"
    assert recording.at(group, "updatePolicy.maxSurgeFixed") == 0
    nic = linked(preview=False).at(f"InstanceTemplate link-{key}", "networkInterfaces.0")
    assert isinstance(nic, dict)
    assert nic["networkIp"] == f"10.64.16.{2 + 'ab'.index(key)}"
    assert nic["accessConfigs"][0]["natIp"] == f"link-{key}-public-address"


def test_the_second_machine_is_changed_after_the_first(recording: Recording) -> None:
    assert "InstanceGroupManager link-a" in recording.waits("InstanceGroupManager link-b")
    assert recording.at("InstanceGroupManager link-a", "waitForInstances") is True
    assert recording.at("InstanceGroupManager link-a", "waitForInstancesStatus") == "UPDATED"


def test_repair_looks_at_the_machine_and_the_balancer_at_the_tunnels(recording: Recording) -> None:
    assert recording.at("HealthCheck link", "httpHealthCheck.requestPath") == "/alive"
    assert recording.at("RegionHealthCheck link", "httpHealthCheck.requestPath") == "/ready"
    assert recording.at("RegionHealthCheck link", "checkIntervalSec") == 1
    assert recording.at("RegionHealthCheck link", "unhealthyThreshold") == 2


def test_the_balancer_prefers_the_first_and_never_drops(recording: Recording) -> None:
    service = "RegionBackendService link"
    assert recording.at(service, "backends.0.failover") is None
    assert recording.at(service, "backends.1.failover") is True
    assert recording.at(service, "failoverPolicy.dropTrafficIfUnhealthy") is False
    assert recording.at(service, "failoverPolicy.disableConnectionDrainOnFailover") is True
    assert recording.at("ForwardingRule link", "allPorts") is True
    assert recording.at("ForwardingRule link", "allowGlobalAccess") is True
    assert recording.at("Address link", "address") == "10.64.16.4"


def test_routes_to_every_range_go_by_the_balancer_and_carry_no_tag(recording: Recording) -> None:
    routes = recording.addresses("Route")
    assert {recording.at(f"Route {each}", "destRange") for each in routes} == {
        str(each) for site in PLAN.sites.values() for each in site.ranges
    }
    assert {str(recording.at(f"Route {each}", "tags")) for each in routes} == {"None"}
    assert all("ForwardingRule link" in recording.waits(f"Route {each}") for each in routes)


@pytest.mark.parametrize(("site", "number"), [("recife", 1), ("santos", 2)])
def test_tunnels_come_from_the_sites_own_address_only(recording: Recording, site: str, number: int) -> None:
    rule = f"NetworkFirewallPolicyRule link-tunnel-{site}"
    assert recording.at(rule, "match.srcIpRanges") == [f"203.0.113.{number}/32"]
    assert recording.at(rule, "match.layer4Configs") == [{"ipProtocol": "udp", "ports": ["51820"]}]
    assert recording.at(rule, "priority") == 30_000 + number
    transit = f"NetworkFirewallPolicyRule link-transit-{site}"
    assert recording.at(transit, "match.destIpRanges") == [*map(str, PLAN.sites[site].ranges)]
    assert recording.at(transit, "priority") == 40_000 + number
    for each in (rule, transit):
        assert recording.at(each, "enableLogging") is True
        assert recording.at(each, "firewallPolicy") == "guard"
        assert len(recording.resource(each).inputs["targetServiceAccounts"]) == 2  # ty: ignore[invalid-argument-type] -- a list, as recorded


def test_values_are_written_and_never_kept(recording: Recording) -> None:
    for name in recording.addresses("SecretVersion"):
        version = recording.resource(f"SecretVersion {name}")
        assert "secretData" not in version.inputs
        assert isinstance(version.inputs["secretDataWo"], Secret)
        assert not version.protect


def test_a_new_generation_touches_secrets_and_the_firewall_and_nothing_else() -> None:
    before, after = linked(), linked(replace(PLAN, generations=[1, 2]))
    changed = {
        each.type.rpartition(":")[2]
        for urn, each in after.graph.resources.items()
        if urn not in before.graph.resources or each.inputs != before.graph.resources[urn].inputs
    }
    assert changed == {"RandomPassword", "SecretVersion", "NetworkFirewallPolicyRule"}


def test_a_retired_generation_is_listened_to_no_more() -> None:
    rule = "NetworkFirewallPolicyRule link-tunnel-recife"
    ports = [
        linked(replace(PLAN, generations=each)).at(rule, "match.layer4Configs.0.ports")
        for each in ([1], [1, 2], [2], [2, 3])
    ]
    assert ports == [["51820"], ["51820", "51821"], ["51821"], ["51820", "51821"]]


def test_a_site_that_goes_leaves_the_others_as_they_were(recording: Recording) -> None:
    alone = linked(replace(PLAN, sites={"santos": PLAN.sites["santos"]}))
    for urn, each in alone.graph.resources.items():
        if each.custom and "SecretVersion" not in each.type:
            assert each.inputs == recording.graph.resources[urn].inputs


def test_machines_that_would_fail_together_are_refused() -> None:
    project = anywhere()
    whole = world.gateways(project, secret=None)  # ty: ignore[invalid-argument-type] -- nothing is built
    same = {key: replace(machine, zone="z") for key, machine in whole.machines.items()}
    with refused("both gateways in one zone would fail together: give each a zone of its own"):
        replace(whole, machines=same)
    with refused("gateways ['a']: write a and b"):
        replace(whole, machines={"a": whole.machines["a"]})
