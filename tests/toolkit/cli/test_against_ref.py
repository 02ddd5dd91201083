"""A preview against a commit says what changed since, and leaves the checkout alone."""

import subprocess
from pathlib import Path

import pytest

from tests.toolkit.clinic import PROGRAM, command, commit, nothing_is_left, operations, surroundings, toolkit


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
