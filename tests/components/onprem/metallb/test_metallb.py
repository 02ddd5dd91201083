"""What MetalLB's component asks for."""

import re
from dataclasses import replace
from ipaddress import IPv4Address
from typing import Any

import pytest
from pulumi import CustomResource
from pulumi_kubernetes.core.v1 import Namespace

from components.onprem.metallb.metallb import MetalLb, MetalLbArgs
from components.onprem.metallb.values import VALUES
from tests.charts import unknown_keys
from tests.components.cloud.recorded import Recording, recorded
from tests.components.onprem.metallb.samples import ARGS
from tests.crds import faults


def made(args: MetalLbArgs = ARGS) -> Recording:
    return recorded(lambda: MetalLb("one", args), preview=False)


WHOLE = made()


def inputs(address: str, recording: Recording = WHOLE) -> Any:
    return recording.resource(address).inputs


def test_every_value_is_one_that_the_chart_has() -> None:
    assert unknown_keys("metallb", VALUES) == []


def test_custom_resources_are_as_their_definitions_want_them() -> None:
    assert faults(inputs("IPAddressPool one-pool")) == []
    assert faults(inputs("L2Advertisement one-announced")) == []


def test_the_pool_is_announced_on_its_interfaces_and_no_others() -> None:
    assert inputs("IPAddressPool one-pool")["spec"]["addresses"] == ["10.20.0.200-10.20.0.209"]
    spec = inputs("L2Advertisement one-announced")["spec"]
    assert spec == {"ipAddressPools": ["hospital"], "interfaces": ["lima0"]}


def test_only_nodes_that_were_asked_to_announce() -> None:
    some = made(replace(ARGS, nodes={"duty": "api-backend"}))
    spec = inputs("L2Advertisement one-announced", some)["spec"]
    assert spec["nodeSelectors"] == [{"matchLabels": {"duty": "api-backend"}}]


def test_no_address_is_given_out_before_it_was_found_free() -> None:
    assert "Command one-preflight" in WHOLE.waits("IPAddressPool one-pool")
    script = inputs("Command one-preflight")["stdin"]
    assert script.splitlines()[:2] == [
        "addresses='" + " ".join(f"10.20.0.{last}" for last in range(200, 210)) + "'",
        "interfaces='lima0'",
    ]


def test_no_machine_is_entered_before_it_is_a_node() -> None:
    def program() -> None:
        namespace = Namespace("system", metadata={"name": "metallb-system"}).id
        MetalLb("one", replace(ARGS, namespace=namespace))

    assert recorded(program).waits("Command one-preflight") == {"Namespace system"}


def test_the_pool_is_told_once_it_is_announced() -> None:
    def program() -> None:
        CustomResource("test:index:Probe", "taker", {"value": MetalLb("one", ARGS).pool})

    waits = recorded(program).waits("Probe taker")
    assert waits == {"IPAddressPool one-pool", "L2Advertisement one-announced"}


def test_without_a_machine_nobody_is_asked() -> None:
    assert made(replace(ARGS, machine=None)).addresses("Command") == []


def test_there_is_no_bgp_and_nothing_below_tls_1_3() -> None:
    chosen = inputs("Release one")["values"]
    assert chosen["frrk8s"]["enabled"] is chosen["speaker"]["frr"]["enabled"] is False
    assert chosen["tls"]["minVersion"] == "VersionTLS13"


def test_the_speakers_password_is_the_controllers_own() -> None:
    assert inputs("Release one")["values"]["speaker"]["memberlist"] == {"enabled": True}
    assert WHOLE.addresses("Secret") == []


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"last": IPv4Address("10.20.0.199")}, "pool 10.20.0.200-10.20.0.199: write the lower address first"),
        ({"last": IPv4Address("10.20.1.200")}, "pool 10.20.0.200-10.20.1.200: take at most 256 addresses"),
        (
            {"interfaces": []},
            "addresses announced on every interface reach networks that are not theirs: name one",
        ),
        ({"interfaces": ["lima0; reboot"]}, "interface 'lima0; reboot': write it like lima0 or enp0s1"),
    ],
)
def test_a_wrong_pool_is_refused(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        replace(ARGS, **wrong)
