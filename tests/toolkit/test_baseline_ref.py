"""A commit to compare with that is not there, or whose program fails: whose fault it is, and what to do."""

from pathlib import Path

from tests.toolkit.clinic import PROGRAM, clinic, commit, git, toolkit


def test_a_shallow_clone_is_told_how_to_get_its_history(tmp_path: Path) -> None:
    origin = clinic(tmp_path / "origin")
    commit_another(origin)
    git(tmp_path, "clone", "--quiet", "--depth=1", origin.as_uri(), "clinic")

    done = toolkit(tmp_path / "clinic", "preview", "dev", "--against", "HEAD~1")

    assert done.returncode == 1
    assert "neither a file nor a git ref" in done.stderr
    assert "`git fetch --unshallow`" in done.stderr


def test_a_whole_clone_is_not(tmp_path: Path) -> None:
    done = toolkit(clinic(tmp_path / "clinic"), "preview", "dev", "--against", "HEAD~1")

    assert "--unshallow" not in done.stderr


def test_a_program_that_failed_then_does_not_look_like_one_that_fails_now(tmp_path: Path) -> None:
    checkout = clinic(tmp_path / "clinic")
    checkout.joinpath("__main__.py").write_text("raise ValueError('no beds left')\n", encoding="utf-8")
    commit(checkout, "broken")
    checkout.joinpath("__main__.py").write_text(PROGRAM, encoding="utf-8")

    done = toolkit(checkout, "preview", "dev", "--against", "HEAD")

    assert done.stderr.splitlines()[-1] == (
        "it is HEAD that fails, not this checkout: compare with a commit whose program works"
    )


def commit_another(checkout: Path) -> None:
    """One more commit, so that there is a history to miss."""
    checkout.joinpath("notes").write_text("more beds are coming\n", encoding="utf-8")
    commit(checkout, "notes")
