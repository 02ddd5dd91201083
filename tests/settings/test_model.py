"""The model accepts what a hospital may write, and nothing else."""

import json
from ipaddress import IPv4Network
from typing import Any

import hypothesis
import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as some
from pydantic import ValidationError

from settings import CARE, Environment, Host, Settings
from settings.addresses import SIZES, link
from settings.report import report
from settings.schema import FILE, text
from tests.settings.corpus import ROOT
from tests.settings.many import settings_with


def document(stack: str) -> dict[str, Any]:
    return yaml.safe_load((ROOT / f"Pulumi.{stack}.yaml").read_text(encoding="utf-8"))


def raw(stack: str) -> dict[str, Any]:
    return {**document(stack)["config"]["prontuario:settings"], "environment": stack}


@pytest.mark.parametrize("stack", [*Environment])
def test_every_committed_stack_file_loads(stack: str) -> None:
    assert Settings.model_validate(raw(stack)).environment == stack


@pytest.mark.parametrize("stack", [*Environment])
def test_every_committed_stack_file_meets_the_schema_named_in_its_first_line(stack: str) -> None:
    first, *_ = (ROOT / f"Pulumi.{stack}.yaml").read_text(encoding="utf-8").splitlines()
    assert first == "# yaml-language-server: $schema=settings/schema.json"
    jsonschema.validate(document(stack), json.loads(FILE.read_text(encoding="utf-8")))


def test_the_schema_is_current() -> None:
    assert FILE.read_text(encoding="utf-8") == text(), "run make schema"


def test_the_schema_refuses_an_unknown_key_as_the_model_does() -> None:
    wrong = document("prod")
    wrong["config"]["prontuario:settings"]["cloud"]["regoin"] = "us-central1"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(wrong, json.loads(text()))


def test_settings_cannot_be_changed_after_loading() -> None:
    settings = Settings.model_validate(raw("prod"))
    for name in Settings.model_fields:
        with pytest.raises(ValidationError):
            setattr(settings, name, None)


def test_one_key_moves_everything_to_brazil() -> None:
    moved = raw("prod")
    moved["cloud"]["region"] = "southamerica-east1"
    cloud = Settings.model_validate(moved).cloud
    assert cloud is not None
    assert (cloud.region, cloud.backup_location) == ("southamerica-east1", "southamerica-east1")


def test_backups_leave_the_region_but_not_the_country() -> None:
    cloud = Settings.model_validate(raw("prod")).cloud
    assert cloud is not None
    assert cloud.backup_location == "US"


def test_every_environment_has_its_care_and_prod_is_the_most_careful() -> None:
    assert CARE.keys() == set(Environment)
    prod, staging = CARE[Environment.PROD], CARE[Environment.STAGING]
    assert prod.protect
    assert prod.holds
    assert prod.hardware_keys
    assert prod.audit_days >= 6 * 365
    assert all(getattr(prod, name) >= getattr(staging, name) for name in type(prod).__slots__)


def test_a_hundred_sites_fit() -> None:
    many = settings_with(100) | {"environment": "prod"}
    assert len(Settings.model_validate(many).sites) == 100


unhurried = hypothesis.settings(deadline=None)  # machines of CI have other things to do

RANGES = some.tuples(some.integers(0, 2**32 - 1), some.integers(8, 30)).map(
    lambda pair: IPv4Network(pair, strict=False)
)
JUNK = some.recursive(
    some.none() | some.booleans() | some.integers() | some.text(max_size=8),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@unhurried
@given(lan=RANGES, pods=RANGES)
def test_accepted_ranges_never_overlap_and_are_never_too_small(lan: IPv4Network, pods: IPv4Network) -> None:
    changed = raw("prod")
    site = changed["sites"][0]
    changed["sites"][0] = {key: site[key] for key in ("name", "number", "public_address", "services")} | {
        "lan": str(lan),
        "pods": str(pods),
        "gateway": {"kind": "node", "address": str(lan[1])},
    }
    try:
        settings = Settings.model_validate(changed)
    except ValidationError:
        return
    site, cloud = settings.sites[0], settings.cloud
    assert cloud is not None
    links = [settings.tunnels] if settings.tunnels else []
    plan = [site.lan, site.pods, site.services, *dict(cloud.network).values(), *links]
    assert not any(one.overlaps(other) for i, one in enumerate(plan) for other in plan[:i])
    assert site.lan.prefixlen <= SIZES["site.lan"].longest
    assert site.lan.is_private or site.lan.subnet_of(IPv4Network("100.64.0.0/10"))


@unhurried
@given(value=JUNK, path=some.sampled_from(["hospital", "cloud", "tunnels", "sites", "labels", "cluster"]))
def test_any_junk_anywhere_gives_settings_or_a_readable_report(value: object, path: str) -> None:
    changed = raw("prod") | {path: value}
    try:
        Settings.model_validate(changed)
    except ValidationError as error:
        told = report(error, Settings, ROOT / "Pulumi.prod.yaml")
        assert "nothing was registered" in told
        assert "Traceback" not in told


@unhurried
@given(value=JUNK, key=some.sampled_from([*Host.model_fields]), index=some.integers(0, 3))
def test_any_junk_in_any_machine_gives_settings_or_a_readable_report(
    value: object, key: str, index: int
) -> None:
    changed = raw("prod")
    changed["sites"][0]["hosts"][index][key] = value
    try:
        Settings.model_validate(changed)
    except ValidationError as error:
        told = report(error, Settings, ROOT / "Pulumi.prod.yaml")
        assert "nothing was registered" in told
        assert "sites[0]" in told


@unhurried
@given(junk=some.dictionaries(some.text(min_size=1, max_size=12), JUNK, min_size=1, max_size=4))
def test_unknown_keys_are_never_accepted_silently(junk: dict[str, Any]) -> None:
    unknown = {key: value for key, value in junk.items() if key not in Settings.model_fields}
    if unknown:
        with pytest.raises(ValidationError):
            Settings.model_validate(raw("prod") | unknown)


def test_links_of_sites_never_meet() -> None:
    tunnels = IPv4Network("10.79.0.0/22")
    links = [link(tunnels, number) for number in range(1, 129)]
    assert len({*links}) == 128
    assert None not in links
    assert link(tunnels, 129) is None
