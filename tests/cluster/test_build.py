"""The control plane is built once, whole or not at all, from modules that Go has verified where it can."""

import os
import stat
import threading
import time
from pathlib import Path

import pytest

from tests.cluster.plane import cache, recipe
from tests.cluster.plane.build import BuildError, build, main

KUBERNETES = """module k8s.io/kubernetes

go 1.26.0

replace (
\tk8s.io/api => ./staging/src/k8s.io/api
\tk8s.io/client-go => ./staging/src/k8s.io/client-go
)
"""

GO = """#!/bin/sh
# Stands for Go: remembers how it was called, and writes what a build would.
echo "${GONOSUMDB:-verified} $*" >> "$CALLS"
case "$1 $2" in
"mod download") printf '{"GoMod": "%s"}' "$GOMOD_OF_KUBERNETES" ;;
"list -deps") if [ "${UNREACHABLE:-}" ] && [ ! "${GONOSUMDB:-}" ]; then echo "$UNREACHABLE" >&2; exit 1; fi ;;
"list -m") echo "$KWOK" ;;
build*)
  [ "${BROKEN:-}" = "" ] || { echo "undefined: x" >&2; exit 1; }
  while [ "$1" != -o ]; do shift; done
  mkdir -p "$(dirname "$2")"; echo built > "$2" ;;
esac
"""


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What a stand-in for Go was asked, one line a call; the cache is an empty one."""
    program = tmp_path / "path" / "go"
    program.parent.mkdir()
    program.write_text(GO, encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    (tmp_path / "go.mod").write_text(KUBERNETES, encoding="utf-8")
    for stage in recipe.STAGES:
        folder = tmp_path / "kwok" / "kustomize" / "stage" / stage
        folder.mkdir(parents=True)
        (folder / f"{stage.replace('/', '-')}.yaml").touch()
        (folder / "kustomization.yaml").touch()
    values = {
        "PATH": f"{program.parent}:{os.environ['PATH']}",
        "XDG_CACHE_HOME": tmp_path / "cache",
        "CALLS": tmp_path / "calls",
        "GOMOD_OF_KUBERNETES": tmp_path / "go.mod",
        "KWOK": tmp_path / "kwok",
    }
    for name, value in values.items():
        monkeypatch.setenv(name, str(value))
    monkeypatch.delenv("GONOSUMDB", raising=False)
    return tmp_path / "calls"


def lines(calls: Path) -> list[str]:
    return calls.read_text(encoding="utf-8").splitlines()


def left(folder: Path) -> list[str]:
    """What is in the cache but locks."""
    return sorted(each.name for each in folder.parent.iterdir() if each.suffix != ".lock")


def test_all_programs_are_built_and_stages_kept(calls: Path) -> None:
    there = build(lambda _: None)
    assert sorted(each.name for each in (there / "bin").iterdir()) == sorted(recipe.PROGRAMS)
    assert len(list((there / "stages").iterdir())) == len(recipe.STAGES)
    assert left(there) == [recipe.version()]
    assert all(each.startswith("verified ") for each in lines(calls))


def test_a_second_call_asks_go_nothing(calls: Path) -> None:
    build(lambda _: None)
    before = lines(calls)
    build(lambda _: None)
    assert lines(calls) == before


def test_two_at_once_build_once(calls: Path) -> None:
    both = [threading.Thread(target=build, args=(lambda _: None,)) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert cache.built()
    assert sum("build -trimpath" in each for each in lines(calls)) == len(recipe.PROGRAMS)


def test_a_build_that_fails_leaves_nothing(calls: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROKEN", "yes")
    with pytest.raises(BuildError, match="go build -trimpath failed:\nundefined: x"):
        build(lambda _: None)
    assert left(cache.folder()) == []
    assert calls.exists()


def test_an_unreachable_checksum_database_is_told_and_done_without(
    calls: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(
        "UNREACHABLE", "verifying module: reading https://proxy.example/sumdb/x: 502 Bad Gateway"
    )
    said: list[str] = []
    build(said.append)
    assert [each for each in said if "checksum database cannot be reached" in each]
    assert all("build" not in each for each in lines(calls) if each.startswith("verified "))


@pytest.mark.parametrize(
    "trouble",
    ["verifying module: checksum mismatch (sumdb) SECURITY ERROR", "no required module provides package"],
)
@pytest.mark.usefixtures("calls")
def test_a_wrong_checksum_and_other_trouble_are_not_passed_over(
    trouble: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UNREACHABLE", trouble)
    with pytest.raises(BuildError, match=trouble.split(" ", maxsplit=1)[0]):
        build(lambda _: None)
    assert not cache.built()


@pytest.mark.usefixtures("calls")
def test_without_go_make_goes_on_but_not_in_ci(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.delenv("CI", raising=False)
    assert main() == 0
    assert "there is no go on PATH" in capsys.readouterr().err
    monkeypatch.setenv("CI", "true")
    assert main() == 1


def test_a_built_one_is_found_in_well_under_a_second(calls: Path) -> None:
    build(lambda _: None)
    start = time.monotonic()
    assert main() == 0
    assert time.monotonic() - start < 0.2
    assert calls.exists()


def test_go_mod_replaces_what_kubernetes_keeps_in_its_own_tree() -> None:
    text = recipe.go_mod(KUBERNETES)
    assert "go 1.26.0\n" in text
    assert f"require k8s.io/kubernetes {recipe.KUBERNETES}\n" in text
    replaced = [each for each in text.splitlines() if each.startswith("replace ")]
    assert replaced == [
        f"replace {each} => {each} {recipe.STAGING}" for each in ("k8s.io/api", "k8s.io/client-go")
    ]


def test_another_recipe_has_another_place(monkeypatch: pytest.MonkeyPatch) -> None:
    before = recipe.version()
    monkeypatch.setattr(recipe, "KUBERNETES", "v1.36.4")
    assert recipe.version() != before
