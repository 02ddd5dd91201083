"""A preview on the screen and as a JSON document, of programs that work and of others."""

import json
from pathlib import Path

from tests.toolkit.clinic import IDENTITY, PROGRAM, WARD, toolkit
from tests.toolkit.graphs import urn


def test_a_preview_fits_on_a_screen_and_says_what_would_be_created(checkout: Path) -> None:
    done = toolkit(checkout, "preview", "dev")

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == "Preview of clinic/dev"
    assert "  +4  └─ north" in done.stdout
    assert "  password  [secret]" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("+ 6 to create   ")
    assert done.stderr == "the program prints\n"


def test_json_alone_is_on_standard_output_though_the_program_prints(checkout: Path) -> None:
    done = toolkit(checkout, "preview", "dev", "--json")

    document = json.loads(done.stdout)
    assert (document["project"], document["stack"]) == ("clinic", "dev")
    made = {resource["name"]: resource for resource in document["resources"]}
    assert sorted(made) == ["clinic-dev", "north", "north-0", "north-1", "north-2", "password"]
    assert made["north-0"]["urn"] == urn(f"{WARD}${IDENTITY}", "north-0")
    assert made["password"]["inputs"]["keepers"] in ("[secret]", {"salt": "[secret]"})
    assert document["outputs"] == {"password": "[secret]", "beds": 3}


def test_two_previews_of_one_program_are_the_same_document(checkout: Path) -> None:
    def document() -> dict[str, object]:
        return {**json.loads(toolkit(checkout, "preview", "dev", "--json").stdout), "seconds": 0}

    assert document() == document()


def test_the_checkout_is_found_from_below(checkout: Path) -> None:
    below = checkout / "docs"
    below.mkdir()

    assert toolkit(below, "preview", "dev").returncode == 0


def test_a_failing_program_leaves_standard_output_empty(checkout: Path) -> None:
    checkout.joinpath("__main__.py").write_text("beds = 1\nraise ValueError('no beds left')\n")

    done = toolkit(checkout, "preview", "dev", "--json")

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("error: ValueError: no beds left")
    assert "__main__.py:2" in done.stderr
    assert "site-packages" not in done.stderr


def test_an_input_that_the_provider_would_refuse_refuses_the_preview(checkout: Path) -> None:
    checkout.joinpath("__main__.py").write_text(PROGRAM.replace("byte_length=4", 'byte_length="four"'))

    done = toolkit(checkout, "preview", "dev")
    document = json.loads(toolkit(checkout, "preview", "dev", "--json").stdout)

    assert done.returncode == 1
    assert "  error  random:index/randomId:RandomId north-0\n      byteLength: is " in done.stdout
    assert "3 to correct first" in done.stdout
    first = document["violations"][0]
    assert (first["rule"], first["severity"], first["controls"]) == ("input", "mandatory", [])
    assert first["urn"] == urn(f"{WARD}${IDENTITY}", "north-0")
