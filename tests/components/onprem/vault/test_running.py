"""A real Vault with the program's configuration, scripts and policies."""

import json
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from cryptography import x509

from components.onprem.vault import engines, scripts
from components.onprem.vault.alerts import ALERTS
from components.onprem.vault.services import SERVICES, Service
from tests.components.onprem.vault.identity import identity
from tests.components.onprem.vault.reviews import token
from tests.components.onprem.vault.running import Running, running

PLANTED = "Ana-Souza-passphrase"
CALLERS = ("clinical-api", "inference")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("vault")) as server:
        yield server


@pytest.fixture(scope="module")
def configured(made: Running) -> Running:
    told = made.script(configuring(made))
    assert "sys/mounts/kv: made" in told
    for caller in CALLERS:
        made.told("kv", "put", "-mount=kv", f"{caller}/own", f"word={PLANTED}", token=made.root)
    made.told("kv", "put", "-mount=kv", "cluster/pull", "word=x", token=made.root)
    return made


def configuring(made: Running) -> str:
    settings = engines.settings(SERVICES)
    return scripts.configuring(settings, str(made.folder / "settings"), str(made.folder / "token"))


def answered(made: Running, port: int, path: str) -> int:
    trust = ssl.create_default_context(cafile=str(made.folder / "tls" / "ca.crt"))
    try:
        with urlopen(f"https://127.0.0.1:{port}{path}", context=trust, timeout=10) as answer:
            return answer.status
    except OSError as error:
        return getattr(error, "code", 0)


def shaken(made: Running, port: int, version: ssl.TLSVersion) -> str | None:
    trust = ssl.create_default_context(cafile=str(made.folder / "tls" / "ca.crt"))
    trust.minimum_version = trust.maximum_version = version
    with (
        socket.create_connection(("127.0.0.1", port), timeout=10) as plain,
        trust.wrap_socket(plain, server_hostname="127.0.0.1") as safe,
    ):
        return safe.version()


def test_the_configuration_is_taken_and_means_what_it_says(made: Running) -> None:
    state = made.told("read", "sys/config/state/sanitized", token=made.root)["data"]
    assert state["disable_mlock"] is True
    assert [each["config"]["tls_min_version"] for each in state["listeners"]] == ["tls13", "tls13"]
    assert state["storage"]["type"] == "raft"
    assert state["max_lease_ttl"] == 86400
    assert "unknown or unsupported field" not in (made.folder / "server.log").read_text()


def test_only_tls_1_3_is_spoken(made: Running) -> None:
    for port in (made.port, made.metrics):
        assert shaken(made, port, ssl.TLSVersion.TLSv1_3) == "TLSv1.3"
        with pytest.raises(ssl.SSLError, match=r"(?i)version"):
            shaken(made, port, ssl.TLSVersion.TLSv1_2)


def test_the_second_founding_changes_nothing(made: Running) -> None:
    before = made.told("audit", "list", token=made.root)
    told = made.script(made.founding(), made.root)
    assert "audit to a file: already on" in told
    assert "login of pods: already on" in told
    assert made.told("audit", "list", token=made.root) == before
    assert {*before} == {"file/", "stdout/"}


def test_the_second_configuration_makes_nothing(configured: Running) -> None:
    told = configured.script(configuring(configured))
    assert ": made" not in told
    assert told.endswith("Vault is as the program says\n")


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
def test_vault_holds_the_policy_that_the_program_wrote(configured: Running, service: Service) -> None:
    held = configured.told("read", f"sys/policies/acl/{service.name}", token=configured.root)
    assert held["data"]["policy"] == service.policy()


def test_a_service_reads_its_own_secrets_and_nobody_elses(configured: Running) -> None:
    own, other = CALLERS
    held = configured.login(own)
    assert configured.told("kv", "get", "-mount=kv", f"{own}/own", token=held)["data"]["data"] == {
        "word": PLANTED
    }
    for words in (
        ("kv", "get", "-mount=kv", f"{other}/own"),
        ("kv", "put", "-mount=kv", f"{own}/own", "word=other"),
        ("kv", "list", "-mount=kv", ""),
        ("read", f"database/creds/{other}"),
        ("read", "transit/keys/pseudonym"),
        ("list", "sys/policies/acl"),
        ("read", "sys/storage/raft/configuration"),
        ("write", "auth/token/create", "policies=root"),
        ("write", f"sys/policies/acl/{own}", "policy=x"),
    ):
        ran = configured.run(*words, token=held)
        assert "permission denied" in ran.stderr, words


def test_a_database_account_is_only_asked_for_by_who_may(configured: Running) -> None:
    """There is no database behind it here: who may ask hears that, and not that he may not."""
    for name in ("clinical-api", "deidentification", "erasure"):
        ran = configured.run("read", f"database/creds/{name}", token=configured.login(name))
        assert "permission denied" not in ran.stderr
        assert "clinical" in ran.stderr


def test_erasure_makes_the_pseudonyms_of_deidentification_and_reads_no_key(configured: Running) -> None:
    number = "input=MTIzNDU2Nzg5MDE="
    made = [
        configured.told("write", "transit/hmac/pseudonym/sha2-256", number, token=configured.login(name))
        for name in ("deidentification", "erasure")
    ]
    first, second = (each["data"]["hmac"] for each in made)
    assert first == second
    held = configured.login("erasure")
    for words in (
        ("read", "transit/export/hmac-key/pseudonym"),
        ("read", "transit/backup/pseudonym"),
        ("write", "-force", "transit/keys/pseudonym/rotate"),
        ("delete", "transit/keys/pseudonym"),
    ):
        assert "permission denied" in configured.run(*words, token=held).stderr, words
    exported = configured.run("read", "transit/export/hmac-key/pseudonym", token=configured.root)
    assert "not exportable" in exported.stderr, "not even root reads it"


@pytest.mark.parametrize(
    ("namespace", "account", "audience"),
    [
        ("clinical", "clinical-api", "https://kubernetes.default.svc"),
        ("clinical", "other", "vault"),
        ("other", "clinical-api", "vault"),
    ],
)
def test_another_pod_or_a_token_for_somebody_else_does_not_log_in(
    configured: Running, namespace: str, account: str, audience: str
) -> None:
    shown = token(namespace, account, audience)
    ran = configured.run("write", "auth/kubernetes/login", "role=clinical-api", f"jwt={shown}")
    assert ran.returncode != 0
    assert "permission denied" in ran.stderr or "not authorized" in ran.stderr or "invalid" in ran.stderr


def test_the_job_cannot_read_a_secret_nor_raise_itself(configured: Running) -> None:
    shown = (configured.folder / "token").read_text()
    login = ("write", "-field=token", "auth/kubernetes/login", "role=configuration", f"jwt={shown}")
    held = configured.run(*login).stdout
    for words in (
        ("read", "kv/data/clinical-api/own"),
        ("write", "sys/policies/acl/configuration", "policy=x"),
        ("write", "sys/policies/acl/another", "policy=x"),
        ("write", "auth/kubernetes/role/another", "token_policies=root"),
        ("audit", "disable", "file/"),
        ("secrets", "disable", "kv/"),
    ):
        assert "permission denied" in configured.run(*words, token=held).stderr, words


def test_the_audit_log_tells_everything_and_no_secret(configured: Running) -> None:
    own = configured.login(CALLERS[0])
    configured.told("kv", "get", "-mount=kv", f"{CALLERS[0]}/own", token=own)
    text = configured.audit.read_text()
    assert f'"path":"kv/data/{CALLERS[0]}/own"' in text
    assert "hmac-sha256:" in text
    for secret in (PLANTED, own, configured.root, *configured.shares):
        assert secret not in text
    lines = [json.loads(line) for line in text.splitlines()]
    assert {"request", "response"} <= {line["type"] for line in lines}
    assert configured.audit.stat().st_mode & 0o777 == 0o600


def test_metrics_need_a_token_but_on_their_own_port(configured: Running) -> None:
    path = "/v1/sys/metrics?format=prometheus"
    assert answered(configured, configured.port, path) == 403
    assert answered(configured, configured.metrics, path) == 200


def test_the_metrics_that_alerts_ask_for_are_there(configured: Running) -> None:
    trust = ssl.create_default_context(cafile=str(configured.folder / "tls" / "ca.crt"))
    address = f"https://127.0.0.1:{configured.metrics}/v1/sys/metrics?format=prometheus"
    names: set[str] = set()
    wanted = {
        word.partition("{")[0].partition("[")[0]
        for each in ALERTS
        for word in each.when.replace("(", " ").split()
        if word.startswith("vault_")
    }
    assert len(wanted) >= 4
    for _ in range(30):
        with urlopen(address, context=trust, timeout=10) as answer:
            text = answer.read().decode()
        names |= {line.partition("{")[0].partition(" ")[0] for line in text.splitlines()}
        if wanted <= names:
            break
        time.sleep(1)
    assert PLANTED not in text
    assert wanted <= names, sorted(each for each in names if "autopilot" in each or "audit" in each)


def test_a_snapshot_is_saved_looked_at_and_the_oldest_goes(configured: Running, tmp_path: Path) -> None:
    shown = tmp_path / "token"
    shown.write_text(token("vault", "vault-snapshots"))
    store = tmp_path / "snapshots"
    store.mkdir()
    for day in (1, 2, 3):
        (store / f"vault-2020010{day}T000000Z.snap").write_text("old")
    told = configured.script(scripts.snapshotting(str(store), 2, str(shown)))
    left = sorted(each.name for each in store.iterdir())
    assert left[0] == "vault-20200103T000000Z.snap"
    assert len(left) == 2
    assert "saved" in told
    assert PLANTED.encode() not in (store / left[1]).read_bytes(), "it is as encrypted as the storage"


def test_the_keeper_begins_a_new_file_and_has_the_certificate_read_again(configured: Running) -> None:
    """It finds Vault by name in its pod; here, where others may run one, it is told the number."""
    assert configured.process
    pid = configured.process.pid
    finder = configured.folder / "bin" / "pgrep"
    finder.write_text(f"#!/bin/sh\necho {pid}\n")
    finder.chmod(0o755)
    certificate = configured.folder / "tls" / "tls.crt"
    text = scripts.keeper(str(configured.audit), str(certificate), full=1000)
    environment = {**configured.environment(), "LOOK": "0.2"}
    keeper = subprocess.Popen(["sh", "-c", text], env=environment)
    try:
        until(lambda: configured.audit.with_suffix(".log.1").exists())
        configured.told("read", "sys/config/state/sanitized", token=configured.root)
        until(lambda: configured.audit.exists() and configured.audit.stat().st_size > 0)
        number = identity(configured.folder / "tls")
        until(lambda: served(configured) == number)
        until(lambda: configured.audit.with_suffix(".log.8").exists(), configured)
        time.sleep(1)
        assert not configured.audit.with_suffix(".log.9").exists()
    finally:
        keeper.kill()
        keeper.wait()


def served(made: Running) -> int:
    trust = ssl.create_default_context()
    trust.check_hostname, trust.verify_mode = False, ssl.CERT_NONE
    with (
        socket.create_connection(("127.0.0.1", made.port), timeout=10) as plain,
        trust.wrap_socket(plain) as safe,
    ):
        return x509.load_der_x509_certificate(safe.getpeercert(binary_form=True) or b"").serial_number


def until(holds: object, busy: Running | None = None) -> None:
    for _ in range(150):
        if callable(holds) and holds():
            return
        if busy:
            busy.run("read", "sys/config/state/sanitized", token=busy.root)
        time.sleep(0.2)
    message = "waited for thirty seconds"
    raise AssertionError(message)


def test_it_opens_again_with_three_of_five_shares_and_not_with_two(configured: Running) -> None:
    configured.stop()
    configured.start()
    for share in configured.shares[:2]:
        configured.run("operator", "unseal", share)
    assert configured.run("status").returncode == 2
    refused = configured.run("kv", "get", "-mount=kv", "clinical-api/own", token=configured.root)
    assert "sealed" in refused.stderr.lower()
    assert answered(configured, configured.port, "/v1/sys/health?sealedcode=204") == 204
    configured.run("operator", "unseal", configured.shares[4])
    until(lambda: configured.run("status").returncode == 0)
    until(lambda: answered(configured, configured.port, "/v1/sys/health?standbyok=true") == 200)


def test_at_the_end_nobody_has_a_root_token(configured: Running) -> None:
    until(lambda: configured.run("token", "lookup", token=configured.root).returncode == 0)
    assert configured.run("token", "revoke", "-self", token=configured.root).returncode == 0
    assert "permission denied" in configured.run("token", "lookup", token=configured.root).stderr
    assert configured.login("clinical-api"), "services go on"
