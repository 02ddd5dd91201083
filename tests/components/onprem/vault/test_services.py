"""Policies and roles."""

import json
from itertools import chain

import pytest

from components.onprem.vault.engines import CONFIGURATION, ENGINES, own_policy, own_role, settings
from components.onprem.vault.services import OWN, SELF, SERVICES, May, Service
from tests.components.cloud.recorded import refused

BY_NAME = {each.name: each for each in SERVICES}


def paths(text: str) -> dict[str, list[str]]:
    return {path: rule["capabilities"] for path, rule in json.loads(text)["path"].items()}


def service(**other: object) -> Service:
    given = {"name": "x", "namespace": "n", "account": "a", "paths": {"kv/data/x": (May.READ,)}, **other}
    return Service(**given)  # ty: ignore[invalid-argument-type] -- each test names what it changes


@pytest.mark.parametrize("name", BY_NAME)
def test_a_service_gets_its_own_policy_for_an_hour_and_no_other(name: str) -> None:
    role = BY_NAME[name].role()
    assert role["token_policies"] == [name]
    assert role["token_no_default_policy"] is True
    assert role["audience"] == "vault"
    assert 0 < role["token_max_ttl"] <= 3600
    assert len(role["bound_service_account_names"]) == len(role["bound_service_account_namespaces"]) == 1


@pytest.mark.parametrize("name", BY_NAME)
def test_a_policy_opens_engines_of_ours_and_what_a_token_does_with_itself(name: str) -> None:
    opened = {path: may for path, may in paths(BY_NAME[name].policy()).items() if path not in SELF}
    heads = {path.partition("/")[0] for path in opened}
    assert heads <= {*ENGINES, "sys"}
    assert {path for path in opened if path.startswith("sys/")} <= {"sys/storage/raft/snapshot"}
    assert "sudo" not in {*chain.from_iterable(opened.values())}


def test_only_reading_is_allowed_in_the_store() -> None:
    for each in SERVICES:
        for path, may in each.paths.items():
            if path.startswith("kv/"):
                assert {*may} <= {May.READ, May.LIST}, f"{each.name} on {path}"


def test_no_two_services_read_the_same_secrets() -> None:
    read = [path for each in SERVICES for path in each.paths if path.startswith(("kv/data", "database"))]
    assert len(read) == len({*read})


def test_pseudonyms_are_made_and_the_key_is_never_read() -> None:
    for name in ("deidentification", "erasure"):
        transit = [path for path in BY_NAME[name].paths if path.startswith("transit/")]
        assert transit == ["transit/hmac/pseudonym/*"]
    (key,) = (each for each in settings(SERVICES) if each.path == "transit/keys/pseudonym")
    assert key.body["exportable"] is False
    assert key.body["allow_plaintext_backup"] is False


def test_each_database_account_lasts_as_long_as_the_token() -> None:
    roles = [each for each in settings(SERVICES) if each.path.startswith("database/roles/")]
    assert {each.path.rpartition("/")[2] for each in roles} == {"clinical-api", "deidentification", "erasure"}
    for role in roles:
        assert role.body["max_ttl"] == BY_NAME[role.path.rpartition("/")[2]].seconds
        (creation,) = role.body["creation_statements"]
        assert "VALID UNTIL '{{expiration}}'" in creation
        assert f'IN ROLE "{role.path.rpartition("/")[2].replace("-", "_")}"' in creation


def test_the_job_writes_exactly_what_it_is_told_and_reads_no_secret() -> None:
    allowed = {path for path in paths(own_policy(SERVICES)) if path not in SELF}
    assert allowed == {"sys/mounts", *(each.path for each in settings(SERVICES))}
    assert not [path for path in allowed if "*" in path or "/creds/" in path or "/data/" in path]
    assert f"sys/policies/acl/{CONFIGURATION}" not in allowed
    assert own_role("vault")["token_policies"] == [CONFIGURATION]
    assert own_role("vault")["token_max_ttl"] == 600


def test_the_same_services_make_the_same_settings() -> None:
    assert [each.text() for each in settings(SERVICES)] == [each.text() for each in settings(SERVICES)]
    assert len({each.file for each in settings(SERVICES)}) == len(settings(SERVICES))


@pytest.mark.parametrize("name", ["", "A", "-a", "a_b", *sorted(OWN)])
def test_a_name_that_vault_or_we_use_is_refused(name: str) -> None:
    with pytest.raises(
        ValueError, match="write lower case letters, digits and dashes, and not configuration"
    ):
        service(name=name)


@pytest.mark.parametrize(
    "path",
    [
        *("*", "/kv", "+/data/x", "kv/*", "kv/data/*", "kv/*/x", "kv/+/x", "kv/data/x*y", "kv/data//x", ""),
        *("sys/*", "sys/policies/acl/x", "sys/audit/file", "auth/token/create", "identity/entity/id/x"),
    ],
)
def test_a_path_that_is_too_wide_or_gives_more_is_refused(path: str) -> None:
    with refused(
        f"service x: path {path!r} opens too much, or nothing: write database, kv, transit, then at least "
        "two names, as in kv/data/clinical-api/*"
    ):
        service(paths={path: (May.READ,)})


def test_a_service_of_anybody_for_nothing_or_for_ever_is_refused() -> None:
    with refused("service x would be anybody: name one namespace and one account"):
        service(namespace="*")
    with refused("service x may do nothing: leave it out, or name its paths"):
        service(paths={})
    with refused("service x: tokens of 86401 s: write 1 to 86400"):
        service(seconds=86401)
