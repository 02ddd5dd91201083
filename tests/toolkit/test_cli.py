"""The command line, run for real on a small program."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.toolkit.clinic import (
    HOUSE,
    IDENTITY,
    PROGRAM,
    WARD,
    clinic,
    command,
    commit,
    git,
    state,
    surroundings,
    toolkit,
)
from tests.toolkit.exports import written
from tests.toolkit.graphs import urn


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    return clinic(tmp_path / "clinic")


def operations(place: Path, *arguments: str) -> dict[str, str]:
    """The operation of each resource, by name, from the JSON document."""
    done = toolkit(place, "preview", "dev", "--json", *arguments)
    assert done.returncode == 0, done.stderr
    return {resource["name"]: resource["operation"] for resource in json.loads(done.stdout)["resources"]}


def nothing_is_left(place: Path) -> bool:
    """Whether neither a worktree nor a temporary file remained."""
    return len(git(place, "worktree", "list").splitlines()) == 1 and not [*place.parent.glob("temporary/*")]


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


def test_against_a_ref_shows_what_the_commits_since_changed(checkout: Path) -> None:
    checkout.joinpath("__main__.py").write_text(PROGRAM.replace("length=20", "length=24"))
    checkout.joinpath("Pulumi.dev.yaml").write_text("config:\n  clinic:beds: 2\n")
    commit(checkout, "two beds, a longer password")

    assert operations(checkout, "--against", "HEAD~1") == {
        "clinic-dev": "same",
        "north": "same",
        "north-0": "same",
        "north-1": "same",
        "password": "update",
        "north-2": "delete",
    }
    assert set(operations(checkout, "--against", "main").values()) == {"same"}
    assert nothing_is_left(checkout)


def test_a_preview_inside_a_git_hook_leaves_the_hooks_index_alone(checkout: Path) -> None:
    index = checkout / ".git" / "index"
    before = index.read_bytes()
    hook = checkout / ".git" / "hooks" / "post-checkout"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch {checkout.parent}/the-hook-ran\n")
    hook.chmod(0o755)

    done = subprocess.run(
        command("preview", "dev", "--against", "HEAD"),
        cwd=checkout,
        env={**surroundings(checkout), "GIT_DIR": str(checkout / ".git"), "GIT_INDEX_FILE": str(index)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert "= 6 unchanged" in done.stdout
    assert index.read_bytes() == before
    assert not (checkout.parent / "the-hook-ran").exists()


def test_against_a_ref_without_the_stack_everything_is_new_and_a_warning_says_why(checkout: Path) -> None:
    checkout.joinpath("Pulumi.dev.yaml").rename(checkout / "Pulumi.new.yaml")
    commit(checkout, "another name")

    done = toolkit(checkout, "preview", "new", "--against", "HEAD~1")

    assert done.returncode == 0, done.stderr
    assert "warning: HEAD~1 has no Pulumi.new.yaml, so everything is new" in done.stdout
    assert "+ 6 to create" in done.stdout


def test_a_program_that_fails_at_the_ref_is_an_error_that_names_the_ref(checkout: Path) -> None:
    checkout.joinpath("__main__.py").write_text("raise ValueError('no beds left')\n")
    commit(checkout, "broken")
    checkout.joinpath("__main__.py").write_text(PROGRAM)

    done = toolkit(checkout, "preview", "dev", "--against", "HEAD", "--json")

    assert (done.returncode, done.stdout) == (1, "")
    assert "error: the program at HEAD cannot be previewed" in done.stderr
    assert "no beds left" in done.stderr
    assert nothing_is_left(checkout)


@pytest.mark.parametrize("name", ["no-such-thing", "--upload-pack=x", "HEAD~40"])
def test_against_nothing_names_both_things_that_it_could_be(checkout: Path, name: str) -> None:
    done = toolkit(checkout, "preview", "dev", f"--against={name}")

    assert (done.returncode, done.stdout) == (1, "")
    assert f"error: nothing to compare with: {name!r} is neither a file nor a git ref" in done.stderr


@pytest.mark.parametrize("encrypted", [True, False])
def test_a_deployed_program_compares_with_its_own_export_as_the_same(
    checkout: Path, *, encrypted: bool
) -> None:
    file = written(checkout.parent, state(encrypted=encrypted))

    assert set(operations(checkout, "--against", str(file)).values()) == {"same"}


def test_a_secret_that_changed_is_a_change_when_the_export_shows_it(checkout: Path) -> None:
    file = written(checkout.parent, state(encrypted=False, salt="sugar"))

    changed = operations(checkout, "--against", str(file))

    assert [name for name, operation in changed.items() if operation == "replace"] == ["password"]


def test_an_export_that_is_cut_short_is_an_error(checkout: Path) -> None:
    file = written(checkout.parent, json.dumps(state(encrypted=True))[:-9])

    done = toolkit(checkout, "preview", "dev", "--against", str(file))

    assert (done.returncode, done.stdout) == (1, "")
    assert "is no complete JSON" in done.stderr


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


def test_a_stack_without_a_file_is_an_error(checkout: Path) -> None:
    done = toolkit(checkout, "preview", "nowhere")

    assert (done.returncode, done.stdout) == (1, "")
    assert "Pulumi.nowhere.yaml" in done.stderr


def test_outside_of_any_project_the_message_says_so(tmp_path: Path) -> None:
    place = tmp_path / "elsewhere"
    place.mkdir()

    done = toolkit(place, "preview", "dev")

    assert (done.returncode, done.stderr) == (
        1,
        "error: no Pulumi.yaml here or in any directory above: go to the checkout first\n",
    )


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["destroy"],
        ["preview", "--colour"],
        ["preview", "dev", "prod"],
        ["preview", "../prod"],
        ["preview", "--engine", "pulumi", "--json"],
        ["preview", "--engine", "pulumi", "--against", "main"],
        ["preview", "--engine", "terraform"],
        ["preview", "dev", "--against", ""],
        ["up"],
    ],
)
def test_wrong_usage_is_answered_with_two(checkout: Path, arguments: list[str]) -> None:
    done = toolkit(checkout, *arguments)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("usage: python -m toolkit")


def test_help_and_wrong_usage_wait_for_no_import() -> None:
    heavy = (
        "import sys, toolkit.cli; print(sorted({'pulumi', 'rich', 'yaml', 'pydantic'} & set(sys.modules)))"
    )

    done = subprocess.run(
        [sys.executable, "-c", heavy], cwd=HOUSE, capture_output=True, text=True, check=True
    )

    assert done.stdout == "[]\n"


def test_json_needs_no_screen(checkout: Path) -> None:
    watched = (
        "import sys; from toolkit.cli import main; main(['preview', 'dev', '--json']); "
        "print('rich' in sys.modules, file=sys.stderr)"
    )

    done = subprocess.run(
        [sys.executable, "-c", watched],
        cwd=checkout,
        env=surroundings(checkout),
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stderr.splitlines()[-1] == "False"


def test_a_reader_that_has_seen_enough_is_no_error(checkout: Path) -> None:
    checkout.joinpath("Pulumi.dev.yaml").write_text("config:\n  clinic:beds: 3000\n")
    preview = subprocess.Popen(
        command("preview", "dev", "--diff"),
        cwd=checkout,
        env=surroundings(checkout),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert preview.stdout
    assert preview.stderr

    assert preview.stdout.readline() == "Preview of clinic/dev\n"
    preview.stdout.close()

    assert preview.stderr.read() == "the program prints\n"
    assert preview.wait() == 0


SLOW = """\
import os, tempfile, time
with open(tempfile.gettempdir() + "/../running", "a") as running:
    print(os.getpid(), file=running, flush=True)
time.sleep(60)
"""


def running(checkout: Path) -> list[int]:
    """The processes that run the slow program, once both of them do: ours and the one at the ref."""
    file = checkout.parent / "running"
    for _ in range(200):
        if file.exists() and len(found := file.read_text().split()) == 2:
            return [*map(int, found)]
        time.sleep(0.1)
    raise AssertionError("the program did not start twice")


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_preview_is_quiet_and_leaves_nothing_behind(
    checkout: Path, ending: signal.Signals
) -> None:
    checkout.joinpath("__main__.py").write_text(SLOW)
    commit(checkout, "a program that takes its time")
    preview = subprocess.Popen(
        command("preview", "dev", "--against", "HEAD"),
        cwd=checkout,
        env=surroundings(checkout),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    processes = running(checkout)

    preview.send_signal(ending)
    said = preview.communicate(timeout=20)

    assert (preview.returncode, said) == (130, ("", ""))
    assert not any(map(alive, processes))
    assert nothing_is_left(checkout)
