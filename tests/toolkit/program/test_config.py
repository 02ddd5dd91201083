"""The config of a stack file means what it means to Pulumi's CLI."""

import json
import sys
from pathlib import Path

from tests.toolkit.program.checkout import CONFIG, Checkout, stack
from toolkit.values import Secret


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
