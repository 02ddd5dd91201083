"""The scripts of the Mac, run: twice, and with things gone wrong. See ``mac`` for what is real in it."""

import plistlib
import re
import stat
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from components.onprem.inference import daemons, layout, scripts
from components.onprem.inference.front import front
from components.onprem.inference.models import Kind, Model
from components.onprem.inference.pins import CADDY, UV
from tests.components.onprem.inference.authority import Authority
from tests.components.onprem.inference.mac import FakeMac
from tests.components.onprem.inference.world import ADDRESS, MODELS
from tests.debian import program

NAMES = ("inference.inference.svc", "inference")
CONFIG = front(ADDRESS, 8443, MODELS, ["inference-client.inference"])
OLD_CADDY = f"#!/bin/sh\n[ $1 != version ] || echo 'v{CADDY.version} h1:x'\n"
SCRIPTS = {
    "prepare": scripts.prepare(),
    "key": scripts.key(ADDRESS, NAMES),
    "front": scripts.front(CONFIG, "certificate", "authority"),
    "bucket": scripts.bucket("GOOG1E", "hush"),
    "fetch": scripts.fetch(MODELS),
    "serve": scripts.serve(MODELS),
}


@pytest.fixture
def mac(tmp_path: Path) -> FakeMac:
    return FakeMac(tmp_path)


@pytest.fixture
def ready(mac: FakeMac) -> FakeMac:
    mac.done(preparing(mac))
    return mac


def preparing(mac: FakeMac) -> str:
    caddy, uv = mac.offer(OLD_CADDY)
    return scripts.prepare().replace(CADDY.sha256, caddy).replace(UV.sha256, uv)


def model(mac: FakeMac, name: str = "small-1.tar", **files: str) -> Model:
    sha256 = mac.model(name, files or {"config.json": "{}", "model.safetensors": "weights"})
    return Model(kind=Kind.TEXT, source=f"gs://models/{name}", sha256=sha256, weights_gib=1, context_gib=1)


@pytest.mark.parametrize("name", SCRIPTS)
def test_shellcheck_finds_nothing(name: str) -> None:
    ran = subprocess.run(
        [program("shellcheck", "shellcheck"), "--shell=sh", "-"],
        input=SCRIPTS[name],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout


def test_preparing_twice_changes_nothing_the_second_time(mac: FakeMac) -> None:
    script = preparing(mac)
    said = mac.done(script)
    assert "made user _inference\n" in said
    assert f"brought caddy {CADDY.version}" in said
    before = mac.state()
    assert mac.done(script) == ""
    assert mac.state() == before


def test_each_account_has_a_number_of_its_own_and_no_shell(ready: FakeMac) -> None:
    accounts = [
        ready.path(f"/accounts/Users/{each}").read_text() for each in (layout.SERVER_USER, layout.FRONT_USER)
    ]
    assert all("UserShell /usr/bin/false" in each for each in accounts)
    numbers = {number for each in accounts for number in re.findall(r"UniqueID (\d+)", each)}
    assert numbers == {"400", "401"}


def test_a_download_with_another_checksum_is_refused_and_not_kept(mac: FakeMac) -> None:
    mac.offer(OLD_CADDY)
    ran = mac.run(scripts.prepare())
    assert ran.returncode == 1
    assert f"has another checksum than {CADDY.sha256}: refused" in ran.stderr
    assert not [*mac.path(layout.HOME).glob("caddy*")]
    assert not mac.path(f"{layout.BIN}/caddy").exists()


def test_the_key_is_made_once_and_only_the_request_is_printed(ready: FakeMac) -> None:
    script = scripts.key(ADDRESS, NAMES)
    first, key = ready.run(script), ready.path(layout.KEY)
    made = key.read_bytes()
    assert first.stdout.startswith("-----BEGIN CERTIFICATE REQUEST-----")
    assert stat.S_IMODE(key.stat().st_mode) == 0o400
    assert f"{layout.FRONT_USER}:{layout.FRONT_USER} {key}" in ready.path("/owners").read_text()
    second = ready.run(script)
    assert (second.stdout, second.stderr) == (first.stdout, "")
    assert key.read_bytes() == made
    assert "PRIVATE" not in first.stdout + first.stderr


def test_another_name_gets_another_request_of_the_same_key(ready: FakeMac) -> None:
    first = ready.run(scripts.key(ADDRESS, NAMES)).stdout
    made = ready.path(layout.KEY).read_bytes()
    second = ready.run(scripts.key(ADDRESS, (*NAMES, "other"))).stdout
    assert first != second
    assert ready.path(layout.KEY).read_bytes() == made
    shown = subprocess.run(
        ["openssl", "req", "-noout", "-text", "-verify"],
        input=second,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "DNS:inference.inference.svc, DNS:inference, DNS:other, IP Address:10.20.0.4" in shown
    assert "TLS Web Server Authentication" in shown


def test_a_signed_certificate_starts_the_proxy_and_a_new_one_starts_it_anew(ready: FakeMac) -> None:
    authority = Authority("hospital")
    request = ready.run(scripts.key(ADDRESS, NAMES)).stdout
    script = scripts.front(CONFIG, authority.sign(request), authority.pem)
    assert "started hospital.inference.front" in ready.done(script)
    before = ready.state()
    assert ready.done(script) == ""
    assert ready.state() == before
    said = ready.done(scripts.front(CONFIG, authority.sign(request), authority.pem))
    assert "started hospital.inference.front" in said


def test_a_certificate_of_another_key_is_refused(ready: FakeMac) -> None:
    authority = Authority("hospital")
    old = authority.sign(ready.run(scripts.key(ADDRESS, NAMES)).stdout)
    ready.path(layout.KEY).unlink()
    ready.run(scripts.key(ADDRESS, NAMES))
    ran = ready.run(scripts.front(CONFIG, old, authority.pem))
    assert ran.returncode == 1
    assert "the certificate belongs to another key" in ran.stderr
    assert not ready.path(daemons.plist("front")).exists()


def test_a_run_that_broke_off_before_the_start_is_made_good_by_the_next(ready: FakeMac) -> None:
    models = {"small": model(ready)}
    ready.done(scripts.fetch(models))
    ready.done(scripts.serve(models))
    ready.path(f"{layout.STARTED}/hospital.inference.model.small").unlink()
    assert ready.done(scripts.serve(models)) == "started hospital.inference.model.small\n"


def test_a_model_is_brought_once_by_its_checksum(ready: FakeMac) -> None:
    models = {"small": model(ready)}
    assert "brought " in ready.done(scripts.fetch(models))
    folder = ready.path(daemons.folder("small", models["small"]))
    assert {each.name for each in folder.iterdir()} == {"config.json", "model.safetensors"}
    assert ready.done(scripts.fetch(models)) == ""
    wrong = {"small": replace(models["small"], sha256="0" * 64)}
    ran = ready.run(scripts.fetch(wrong))
    assert (ran.returncode, "another checksum" in ran.stderr) == (1, True)
    assert not ready.path(daemons.folder("small", wrong["small"])).exists()


def test_the_buckets_key_is_shown_by_a_file_of_root_and_stands_in_no_command_line(ready: FakeMac) -> None:
    ready.done(scripts.bucket("GOOG1E", "hush"))
    assert stat.S_IMODE(ready.path(layout.BUCKET).stat().st_mode) == 0o600
    ready.done(scripts.fetch({"small": model(ready)}))
    calls = ready.path("/curl.log").read_text()
    assert f"--config {ready.path(layout.BUCKET)}" in calls
    assert "https://storage.googleapis.com/models/small-1.tar" in calls
    assert "hush" not in calls
    assert ready.done(scripts.bucket("GOOG1E", "hush")) == ""


def test_another_model_is_served_in_place_of_the_old_one_whose_files_go(ready: FakeMac) -> None:
    old, new = {"small": model(ready)}, {"large": model(ready, "large-2.tar")}
    for models in (old, new):
        ready.done(scripts.fetch(models))
        said = ready.done(scripts.serve(models))
    assert "ended hospital.inference.model.small" in said
    assert {each.name for each in ready.path("/loaded").iterdir()} == {
        "hospital.inference.model.large",
        "hospital.inference.ready",
    }
    (kept,) = ready.path(layout.MODELS).iterdir()
    assert kept.name.startswith("large-")
    before = ready.state()
    assert ready.done(scripts.serve(new)) == ""
    assert ready.state() == before


def test_the_daemons_say_what_launchd_needs_and_nothing_secret() -> None:
    files = {**daemons.serving(MODELS), daemons.plist("front"): daemons.front()}
    plists = {path: plistlib.loads(file.content.encode()) for path, file in files.items() if "plist" in path}
    assert len(plists) == len(MODELS) + 2
    for path, told in plists.items():
        assert path == f"{layout.DAEMONS}/{told['Label']}.plist"
        assert told["KeepAlive"] is True
        assert told["HardResourceLimits"]["Core"] == 0
        assert told["UserName"] in {layout.SERVER_USER, layout.FRONT_USER}
    served = plists[daemons.plist("model.medgemma")]
    assert served["EnvironmentVariables"]["HF_HUB_OFFLINE"] == "1"
    assert not [
        path for path, file in files.items() if "PRIVATE KEY" in file.content or "hush" in file.content
    ]
    assert all(len(line.split()) == 7 for line in daemons.rotation().content.splitlines())
