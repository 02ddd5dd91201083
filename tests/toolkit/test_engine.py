"""How the real engine is found and called, tried on a stand-in that writes down what it was asked."""

import json
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
import yaml

HOUSE = Path(__file__).resolve().parents[2]
PINNED = version("pulumi")

STAND_IN = """#!{python}
import json, os, pathlib, sys
if sys.argv[1:] == ["version"]:
    print("v{version}")
    sys.exit()
here = pathlib.Path.cwd()
asked = {{
    "arguments": sys.argv[1:],
    "place": str(here),
    "files": {{file.name: file.read_text() for file in here.glob("Pulumi*.yaml")}},
    "program": here.joinpath("__main__.py").read_text(),
    "environment": dict(os.environ),
}}
with open({log!r}, "a") as log:
    print(json.dumps(asked), file=log)
here.joinpath("Pulumi.dev.yaml").open("a").write("# the engine was here\\n")
print("the engine speaks")
sys.exit(7 if sys.argv[1] != "stack" else 0)
"""

STACK_FILE = """\
secretsprovider: gcpkms://projects/p
encryptedkey: abc
config:
  clinic:where: [{name: sul, key: {secure: v1:xyz}}]
  clinic:password:
    secure: v1:abc
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    root = tmp_path / "clinic"
    root.mkdir()
    root.joinpath("Pulumi.yaml").write_text("name: clinic\nruntime: python\n")
    root.joinpath("Pulumi.dev.yaml").write_text(STACK_FILE)
    root.joinpath("Pulumi.prod.yaml").write_text("config: {}\n")
    root.joinpath("__main__.py").write_text("print('the program')\n")
    return root


def engine(folder: Path, number: str = PINNED) -> Path:
    """A stand-in for the engine of version ``number``, in a directory for PATH."""
    folder.joinpath("bin").mkdir()
    file = folder / "bin" / "pulumi"
    file.write_text(STAND_IN.format(python=sys.executable, version=number, log=str(folder / "log")))
    file.chmod(0o755)
    return file.parent


def toolkit(place: Path, *arguments: str, path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command line, run in ``place`` with ``path`` as the whole PATH."""
    known = {"PATH": str(path), "PYTHONPATH": str(HOUSE), "HOME": str(place.parent), **environment}
    command = [sys.executable, "-m", "toolkit", *arguments]
    return subprocess.run(command, cwd=place, env=known, capture_output=True, text=True, check=False)


def asked(folder: Path) -> list[dict[str, Any]]:
    """Everything that the stand-in was asked."""
    return [json.loads(line) for line in folder.joinpath("log").read_text().splitlines()]


def test_up_becomes_pulumi_up_with_its_exit_code(checkout: Path) -> None:
    done = toolkit(checkout, "up", "dev", "--", "--yes", "--refresh", path=engine(checkout.parent))

    assert (done.returncode, done.stdout, done.stderr) == (7, "the engine speaks\n", "")
    (call,) = asked(checkout.parent)
    assert call["arguments"] == ["up", "--stack", "dev", "--yes", "--refresh"]
    assert call["place"] == str(checkout)


def test_an_engine_preview_needs_no_account_and_touches_nothing(checkout: Path) -> None:
    before = {file.name: file.read_text() for file in checkout.iterdir()}

    done = toolkit(checkout, "preview", "dev", "--engine", "pulumi", "--diff", path=engine(checkout.parent))

    assert (done.returncode, done.stdout) == (7, "the engine speaks\n")
    assert {file.name: file.read_text() for file in checkout.iterdir()} == before
    made, previewed = asked(checkout.parent)
    assert made["arguments"] == ["stack", "init", "dev", "--no-select"]
    assert previewed["arguments"] == ["preview", "--stack", "dev", "--diff"]
    environment = previewed["environment"]
    assert environment["PULUMI_BACKEND_URL"].startswith("file:///")
    assert environment["GOOGLE_OAUTH_ACCESS_TOKEN"] == "placeholder"  # noqa: S105 - what it says
    assert environment["PULUMI_GCP_SKIP_REGION_VALIDATION"] == "true"
    assert not Path(str(previewed["place"])).exists(), "what it made is gone"


def test_an_engine_preview_uses_placeholders_for_what_is_encrypted_and_says_so(checkout: Path) -> None:
    done = toolkit(checkout, "preview", "dev", "--engine", "pulumi", path=engine(checkout.parent))

    files = asked(checkout.parent)[0]["files"]
    assert sorted(files) == ["Pulumi.dev.yaml", "Pulumi.yaml"]
    assert yaml.safe_load(files["Pulumi.dev.yaml"]) == {
        "config": {"clinic:where": [{"name": "sul", "key": "placeholder"}], "clinic:password": "placeholder"}
    }
    assert "are 'placeholder' instead: clinic:where[0].key, clinic:password" in done.stderr


def test_a_credential_that_is_there_is_used(checkout: Path) -> None:
    toolkit(
        checkout,
        "preview",
        "dev",
        "--engine",
        "pulumi",
        path=engine(checkout.parent),
        GOOGLE_CREDENTIALS="{}",
    )

    environment = asked(checkout.parent)[1]["environment"]
    assert "GOOGLE_OAUTH_ACCESS_TOKEN" not in environment


def test_another_major_version_is_refused_and_another_minor_one_is_told(checkout: Path) -> None:
    path = engine(checkout.parent, "4.0.0")
    refused = toolkit(checkout, "up", "dev", path=path)
    stand_in = path / "pulumi"
    stand_in.write_text(stand_in.read_text().replace("v4.0.0", "v3.1.0-dev"))
    warned = toolkit(checkout, "up", "dev", path=path)

    assert refused.returncode == 1
    assert f"is Pulumi 4.0.0, this program needs {PINNED}" in refused.stderr
    assert f"install pulumi {PINNED} and put it first on PATH" in refused.stderr
    assert warned.returncode == 7
    assert f"is Pulumi 3.1.0-dev; this program is tested with {PINNED}" in warned.stderr


def test_without_engine_and_network_the_message_says_what_to_do(checkout: Path) -> None:
    nowhere = {"https_proxy": "http://127.0.0.1:9", "HTTPS_PROXY": "http://127.0.0.1:9"}

    done = toolkit(checkout, "up", "dev", path=checkout, **nowhere)

    assert done.returncode == 1
    assert f"error: there is no pulumi on PATH, and {PINNED} could not be downloaded" in done.stderr
    assert f"install pulumi {PINNED} by hand and put it on PATH" in done.stderr
    assert "`make preview` needs neither" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_installed_engine_is_used_when_none_is_on_the_path(checkout: Path) -> None:
    home = checkout.parent / ".pulumi" / "versions" / PINNED
    home.mkdir(parents=True)
    engine(checkout.parent).rename(home / "bin")

    done = toolkit(checkout, "up", "dev", path=checkout)

    assert done.returncode == 7
    path = asked(checkout.parent)[0]["environment"]["PATH"]
    assert path.split(os.pathsep)[0] == str(home / "bin")


@pytest.mark.parametrize("arguments", [["preview", "nowhere", "--engine", "pulumi"], ["up", "nowhere"]])
def test_no_engine_is_looked_for_when_there_is_no_such_stack(checkout: Path, arguments: list[str]) -> None:
    done = toolkit(checkout, *arguments, path=checkout.parent / "no-engine-here")

    assert (done.returncode, done.stdout) == (1, "")
    assert "installing" not in done.stderr
    assert "no stack nowhere: there is no Pulumi.nowhere.yaml" in done.stderr
