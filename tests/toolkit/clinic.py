"""A program small enough for a test, in a repository of its own, and its state as the engine exports it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from tests.toolkit.exports import ENCRYPTED, STACK, deployment, plaintext, row
from tests.toolkit.graphs import urn

HOUSE: Final = Path(__file__).resolve().parents[2]

PROJECT: Final = "name: clinic\nruntime: python\n"

STACK_FILE: Final = "config:\n  clinic:beds: 3\n"

PROGRAM: Final = '''\
"""A clinic."""

from pulumi import ComponentResource, Config, Output, ResourceOptions, export
from pulumi_random import RandomId, RandomPassword


class Ward(ComponentResource):
    def __init__(self, name: str, beds: int) -> None:
        super().__init__("clinic:ward:Ward", name)
        for bed in range(beds):
            RandomId(f"{name}-{bed}", byte_length=4, opts=ResourceOptions(parent=self))
        self.register_outputs({})


print("the program prints")
Ward("north", Config().require_int("beds"))
password = RandomPassword("password", length=20, keepers={"salt": Output.secret("pepper")})
export("password", password.result)
export("beds", Config().require_int("beds"))
'''

IDENTITY: Final = "random:index/randomId:RandomId"
WARD: Final = "clinic:ward:Ward"


def clinic(root: Path) -> Path:
    """The program in ``root``, committed."""
    root.mkdir()
    for name, text in (("Pulumi.yaml", PROJECT), ("Pulumi.dev.yaml", STACK_FILE), ("__main__.py", PROGRAM)):
        root.joinpath(name).write_text(text, encoding="utf-8")
    git(root, "init", "--quiet", "--initial-branch=main")
    commit(root, "the clinic")
    return root


def commit(root: Path, message: str) -> None:
    """Commit everything."""
    git(root, "add", "--all")
    git(root, "-c", "user.name=Test", "-c", "user.email=test@example.com", "commit", "--quiet", "-m", message)


def git(root: Path, *arguments: str) -> str:
    """What git answers."""
    answer = subprocess.run(["git", "-C", root, *arguments], check=True, capture_output=True, text=True)
    return answer.stdout


def command(*arguments: str) -> list[str]:
    """The toolkit's command line."""
    return [sys.executable, "-m", "toolkit", *arguments]


def surroundings(place: Path) -> dict[str, str]:
    """An environment in which temporary files land beside ``place``, where a test can count them."""
    temporary = place.parent / "temporary"
    temporary.mkdir(exist_ok=True)
    return {**os.environ, "PYTHONPATH": str(HOUSE), "TMPDIR": str(temporary), "PYTHONDONTWRITEBYTECODE": "1"}


def toolkit(place: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command line, run in ``place``."""
    environment = surroundings(place)
    return subprocess.run(
        command(*arguments), cwd=place, env=environment, capture_output=True, text=True, check=False
    )


def state(*, encrypted: bool, salt: str = "pepper") -> dict[str, Any]:
    """The clinic as the engine exports it after ``pulumi up`` (CLI 3.260, provider 4.21.4)."""
    secret = ENCRYPTED if encrypted else plaintext(salt)
    provider = urn("pulumi:providers:random", "default_4_21_4")
    managed = {"provider": f"{provider}::d5da8eec-f6ff-4b80-9c7c-8261f6b8c18e"}
    identity = {"parent": urn(WARD, "north"), "inputs": {"byteLength": 4}, **managed}
    password = {
        "inputs": {"keepers": {"salt": secret}, "length": 20},
        "outputs": {"__meta": '{"schema_version":"3"}', "length": 20, "result": ENCRYPTED},
        "propertyDependencies": {"keepers": [], "length": []},
        "additionalSecretOutputs": ["bcryptHash", "result"],
    }
    export = deployment(
        {"urn": urn(WARD, "north"), "custom": False, "type": WARD, "parent": STACK},
        row(
            "pulumi:providers:random",
            "default_4_21_4",
            inputs={"__internal": {}, "version": "4.21.4"},
            parent="",
        ),
        *(row(f"{WARD}${IDENTITY}", f"north-{bed}", **identity) for bed in (0, 2, 1)),
        row("random:index/randomPassword:RandomPassword", "password", **password, **managed),
    )
    export["deployment"]["resources"][0]["outputs"] = {"beds": 12, "password": ENCRYPTED}
    return export


def operations(place: Path, *arguments: str) -> dict[str, str]:
    """The operation of each resource, by name, from the JSON document."""
    done = toolkit(place, "preview", "dev", "--json", *arguments)
    assert done.returncode == 0, done.stderr
    return {resource["name"]: resource["operation"] for resource in json.loads(done.stdout)["resources"]}


def nothing_is_left(place: Path) -> bool:
    """Whether neither a worktree nor a temporary file remained."""
    return len(git(place, "worktree", "list").splitlines()) == 1 and not [*place.parent.glob("temporary/*")]
