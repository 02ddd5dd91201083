"""A program is read and run as Pulumi's CLI does, and its mistakes are told to the person who made them."""

import json
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from toolkit.graph import Graph
from toolkit.program import Program, ProgramError
from toolkit.values import Secret

CONFIG = "import json, pulumi\nconfig = pulumi.Config()\n"


class Checkout:
    """A small program in a folder of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write("Pulumi.yaml", "name: clinic\nruntime: python\n")
        self.write("Pulumi.dev.yaml", "config: {}\n")
        self.write("__main__.py", "")

    def write(self, name: str, text: str) -> None:
        """A file of the program."""
        file = self.root / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def read(self, stack: str = "dev") -> Program:
        """The program, not run yet."""
        return Program.read(self.root, stack)

    def run(self) -> Graph:
        """What the program asks for."""
        return self.read().run()

    def refusal(self, stack: str = "dev") -> ProgramError:
        """The error that reading or running it gives."""
        with pytest.raises(ProgramError) as refused:
            self.read(stack).run()
        return refused.value


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def stack(checkout: Checkout, config: str) -> Program:
    checkout.write("Pulumi.dev.yaml", f"secretsprovider: x\nencryptionsalt: y\nconfig:\n{config}")
    return checkout.read()


def test_config_keys_get_the_projects_namespace_and_values_become_text(checkout: Checkout) -> None:
    program = stack(
        checkout,
        "  text: hello\n  gcp:region: us-central1\n  flag: true\n  number: 7\n  part: 1.5\n"
        "  none:\n  list: [b, 1]\n  settings: {b: 1, a: {1: x}}\n",
    )
    assert program.config == {
        "clinic:text": "hello",
        "gcp:region": "us-central1",
        "clinic:flag": "true",
        "clinic:number": "7",
        "clinic:part": "1.5",
        "clinic:none": "null",
        "clinic:list": '["b", 1]',
        "clinic:settings": '{"a": {"1": "x"}, "b": 1}',
    }
    assert program.secret_keys == frozenset()


def test_values_without_quotes_mean_what_they_mean_to_the_cli(checkout: Checkout) -> None:
    program = stack(checkout, "  v: [no, 12:30, 1e3, 0x10, 2026-11-23, 'true', 007]\n")
    expected = ["no", "12:30", 1000.0, 16, "2026-11-23 00:00:00 +0000 UTC", "true", 7]
    assert json.loads(program.config["clinic:v"]) == expected


def test_encrypted_values_are_placeholders_and_their_keys_secret(checkout: Checkout) -> None:
    program = stack(
        checkout, "  whole: {secure: v1:abc}\n  part: {user: u, key: [{secure: v1:def}]}\n  open: x\n"
    )
    assert program.config["clinic:whole"] == "[secret]"
    assert json.loads(program.config["clinic:part"]) == {"user": "u", "key": ["[secret]"]}
    assert program.secret_keys == {"clinic:whole", "clinic:part"}


def test_a_stack_overrides_the_defaults_of_the_project(checkout: Checkout) -> None:
    checkout.write(
        "Pulumi.yaml",
        "name: clinic\nconfig:\n  plain: 1\n  typed: {type: integer, default: 2}\n  gcp:region: {value: us}\n"
        "  object: {default: {a: 1}}\n",
    )
    program = stack(checkout, "  typed: 3\n")
    assert program.config == {
        "clinic:plain": "1",
        "clinic:typed": "3",
        "gcp:region": "us",
        "clinic:object": '{"a": 1}',
    }


def test_a_program_runs_in_its_folder_with_its_config_and_its_own_modules(checkout: Checkout) -> None:
    checkout.write("helper_of_the_clinic.py", "NAME = 'helped'\n")
    checkout.write(
        "__main__.py",
        f"{CONFIG}import os, sys\nfrom helper_of_the_clinic import NAME\n"
        "for key, value in {'name': NAME, 'here': os.getcwd(), 'path': sys.path[0], 'main': __name__,\n"
        "    'stack': pulumi.get_stack(), 'project': pulumi.get_project(),\n"
        "    'key': config.require_secret('key'),\n"
        "    'object': config.require_object('object')}.items():\n    pulumi.export(key, value)\n",
    )
    before = Path.cwd(), [*sys.path], [*sys.argv]
    graph = stack(checkout, "  key: {secure: v1:abc}\n  object: {a: [1]}\n").run()
    here = str(checkout.root.resolve())
    assert graph.exports == {
        "name": "helped",
        "here": here,
        "path": here,
        "main": "__main__",
        "stack": "dev",
        "project": "clinic",
        "key": Secret("[secret]"),
        "object": {"a": [1]},
    }
    assert (Path.cwd(), sys.path, sys.argv) == before


def test_packages_without_default_provider_come_from_the_stack_file(checkout: Checkout) -> None:
    checkout.write("__main__.py", "from pulumi_random import RandomPet\nRandomPet('pet')\n")
    assert stack(checkout, "  pulumi:disable-default-providers: [random]\n").run().problems
    assert not stack(checkout, "  pulumi:disable-default-providers: [gcp]\n").run().problems
    checkout.write("Pulumi.dev.yaml", "config: {pulumi:disable-default-providers: random}\n")
    assert checkout.refusal().message == "pulumi:disable-default-providers is random, not a list"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Pulumi.dev.yaml: is empty"),
        ("# nothing yet\n", "Pulumi.dev.yaml: is empty"),
        ("- config\n", "Pulumi.dev.yaml: is a list, not keys with values"),
        ("config: [a]\n", "Pulumi.dev.yaml: config is a list, not keys with values"),
        ("config: yes\n", "Pulumi.dev.yaml: config is the text 'yes', not keys with values"),
        (
            "config:\n\ta: 1\n",
            (
                "Pulumi.dev.yaml: line 2, column 1: not YAML: while scanning for the next token, "
                "found character '\\t' that cannot start any token"
            ),
        ),
        (
            "config:\n  a: [1\n",
            (
                "Pulumi.dev.yaml: line 3, column 1: not YAML: while parsing a flow sequence, "
                "expected ',' or ']', but got '<stream end>'"
            ),
        ),
        ("config:\n  a: 1\n  b: 2\n  a: 3\n", "Pulumi.dev.yaml: line 4: a stands in line 2 already"),
        (
            "config:\n  a: {x: 1, x: 2}\nconfig: {}\n",
            (
                "Pulumi.dev.yaml: line 2: x stands in line 2 already\n"
                "Pulumi.dev.yaml: line 3: config stands in line 1 already"
            ),
        ),
    ],
)
def test_a_stack_file_that_is_none_is_refused_with_its_place(
    checkout: Checkout, text: str, message: str
) -> None:
    checkout.write("Pulumi.dev.yaml", text)
    refusal = checkout.refusal()
    assert refusal.message == message
    assert refusal.hint


def test_a_stack_file_in_another_encoding_is_refused(checkout: Checkout) -> None:
    (checkout.root / "Pulumi.dev.yaml").write_bytes("config: {a: São}\n".encode("latin-1"))
    assert checkout.refusal().message == "Pulumi.dev.yaml: not UTF-8 text, at byte 13"


def test_a_missing_stack_file_names_the_stacks_that_there_are(checkout: Checkout) -> None:
    checkout.write("Pulumi.prod.yaml", "config: {}\n")
    assert checkout.refusal("prdo").message == (
        "no Pulumi.prdo.yaml: the stacks here are dev, prod; did you mean prod?"
    )
    assert checkout.refusal("elsewhere").message == "no Pulumi.elsewhere.yaml: the stacks here are dev, prod"


def test_what_the_project_needs_and_the_stack_lacks_is_named(checkout: Checkout) -> None:
    checkout.write("Pulumi.yaml", "name: clinic\nconfig: {size: {type: integer}, gcp:zone: {}}\n")
    assert checkout.refusal().message == (
        "Pulumi.dev.yaml: no clinic:size, which Pulumi.yaml declares without a default"
    )


@pytest.mark.parametrize(
    ("missing", "message"), [("Pulumi.yaml", "no Pulumi.yaml in "), ("__main__.py", "no __main__.py in ")]
)
def test_a_folder_without_a_program_is_refused(checkout: Checkout, missing: str, message: str) -> None:
    (checkout.root / missing).unlink()
    assert checkout.refusal().message.startswith(message)


def test_an_error_shows_its_authors_own_lines_and_what_to_do(checkout: Checkout) -> None:
    checkout.write(
        "rooms/beds.py", "from pulumi_random import RandomPet\n\n\ndef bed():\n    RandomPet('a', lenth=1)\n"
    )
    checkout.write("__main__.py", "from rooms.beds import bed\n\nbed()\n")
    refusal = checkout.refusal()
    assert refusal.message == (
        "TypeError: RandomPet._internal_init() got an unexpected keyword argument 'lenth'\n"
        "  __main__.py:3 in <module>\n"
        "    bed()\n"
        "  rooms/beds.py:5 in bed\n"
        "    RandomPet('a', lenth=1)"
    )
    assert "make lint" in refusal.hint


def test_an_error_in_an_apply_is_told_once_with_the_line_that_failed(
    checkout: Checkout, capfd: pytest.CaptureFixture[str]
) -> None:
    checkout.write(
        "__main__.py",
        "from pulumi_random import RandomPet\n"
        "for number in range(20):\n"
        "    pet = RandomPet(f'a{number}', length=2)\n"
        "    RandomPet(f'b{number}', length=pet.length.apply(lambda length: length / 0))\n",
    )
    refusal = checkout.refusal()
    first, *rest = refusal.message.splitlines()
    assert first == "ZeroDivisionError: division by zero"
    assert "  __main__.py:4 in <lambda>" in rest
    assert len(rest) <= 3
    assert capfd.readouterr() == ("", "")


def test_an_input_that_cannot_be_sent_names_its_resource(checkout: Checkout) -> None:
    checkout.write("__main__.py", "from pulumi_random import RandomPet\nRandomPet('a', length=object())\n")
    assert checkout.refusal().message == (
        "ValueError: unexpected input of type object for length in RandomPet\n"
        "  for a (random:index/randomPet:RandomPet), in its input length"
    )


def test_a_syntax_error_shows_its_line(checkout: Checkout) -> None:
    checkout.write("__main__.py", "import pulumi\nx = = 1\n")
    assert checkout.refusal().message.endswith("  __main__.py:2\n    x = = 1")


def test_a_message_for_the_user_comes_without_frames(checkout: Checkout) -> None:
    checkout.write("__main__.py", "import pulumi\nraise pulumi.RunError('write\\n  a region')\n")
    refusal = checkout.refusal()
    assert (refusal.message, refusal.hint) == ("write\n  a region", "")


def test_a_program_that_leaves_early_has_failed(checkout: Checkout) -> None:
    checkout.write("__main__.py", "import sys\nsys.exit(3)\n")
    assert checkout.refusal().message.startswith("SystemExit: 3\n  __main__.py:2")


def worker(checkout: Checkout, output: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "toolkit.worker", str(checkout.root), "dev", str(output)]
    here = Path(__file__).parents[2]
    return subprocess.run(command, cwd=here, capture_output=True, text=True, check=False)


def test_the_worker_records_another_checkout_with_its_own_modules(checkout: Checkout, tmp_path: Path) -> None:
    checkout.write("settings/__init__.py", "WHERE = 'the other settings'\n")
    checkout.write("__main__.py", "import pulumi, settings\npulumi.export('where', settings.WHERE)\n")
    done = worker(checkout, tmp_path / "graph")
    assert (done.returncode, done.stderr) == (0, "")
    graph = pickle.loads((tmp_path / "graph").read_bytes())  # noqa: S301 -- written by our own worker
    assert graph.exports == {"where": "the other settings"}


def test_the_worker_finds_none_of_this_checkouts_modules(checkout: Checkout, tmp_path: Path) -> None:
    checkout.write("__main__.py", "import stacks\n")
    done = worker(checkout, tmp_path / "graph")
    assert done.returncode == 1
    assert done.stderr.startswith(
        "ModuleNotFoundError: No module named 'stacks'\n  __main__.py:1 in <module>"
    )
    assert not (tmp_path / "graph").exists()
