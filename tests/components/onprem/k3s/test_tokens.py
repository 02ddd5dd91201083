"""Tokens on a machine: written once, for root alone, and never over another one."""

from pathlib import Path
from typing import Final

import pytest

from components.onprem.k3s import tokens
from components.onprem.k3s.config import AGENT_TOKEN, TOKEN
from tests.components.onprem.k3s.stage import Stage

SERVER, AGENT, AUTHORITY = "ab" * 32, "cd" * 32, "K10" + "ef" * 32
SHORT: Final = tokens.of_server(SERVER, AGENT)
PINNED: Final = tokens.of_server(SERVER, AGENT, f"{AUTHORITY}\n")


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path)


def held(stage: Stage, path: str) -> str:
    return (stage.root / path.removeprefix("/")).read_text(encoding="utf-8")


def test_the_first_server_keeps_both_tokens_for_root_alone(stage: Stage) -> None:
    ran = stage.run(tokens.keep(SHORT))
    assert (ran.code, ran.err) == (0, "")
    assert (held(stage, TOKEN), held(stage, AGENT_TOKEN)) == (f"{SERVER}\n", f"{AGENT}\n")
    assert {mode for mode, *_ in stage.files().values()} == {0o600}
    assert (stage.root / "etc/rancher/k3s").stat().st_mode & 0o777 == 0o700


def test_whoever_joins_knows_the_authority(stage: Stage) -> None:
    stage.run(tokens.keep(PINNED))
    assert held(stage, TOKEN) == f"{AUTHORITY}::server:{SERVER}\n"
    assert held(stage, AGENT_TOKEN) == f"{AGENT}\n"


def test_a_worker_has_the_workers_token_alone(stage: Stage) -> None:
    stage.run(tokens.keep(tokens.of_worker(AGENT, AUTHORITY)))
    assert held(stage, AGENT_TOKEN) == f"{AUTHORITY}::node:{AGENT}\n"
    assert [*stage.files()] == [AGENT_TOKEN.removeprefix("/")]


def test_a_token_is_never_in_what_a_script_says(stage: Stage) -> None:
    told = [stage.run(tokens.keep(PINNED)) for _ in range(2)]
    assert told[0].out.splitlines() == [f"wrote {TOKEN}", f"wrote {AGENT_TOKEN}"]
    assert not [each for each in told if SERVER in each.out + each.err or AGENT in each.out + each.err]


@pytest.mark.parametrize("again", [SHORT, PINNED])
def test_the_same_token_again_changes_nothing_in_either_form(stage: Stage, again: dict[str, str]) -> None:
    stage.run(tokens.keep(PINNED))
    before = stage.files()
    ran = stage.run(tokens.keep(again))
    assert ran.out.splitlines() == [f"{TOKEN} is in place", f"{AGENT_TOKEN} is in place"]
    assert stage.files() == before


def test_another_token_is_refused_and_nothing_is_lost(stage: Stage) -> None:
    stage.run(tokens.keep(SHORT))
    before = stage.files()
    ran = stage.run(tokens.keep(tokens.of_server("99" * 32, AGENT)))
    assert ran.code == 1
    assert f"{TOKEN} holds another token, and nothing was changed" in ran.err
    assert "99" * 32 not in ran.err
    assert stage.files() == before


def test_the_authority_is_told_without_the_token(stage: Stage) -> None:
    file = stage.root / tokens.CLUSTER.removeprefix("/")
    file.parent.mkdir(parents=True)
    file.write_text(f"{AUTHORITY}::server:{SERVER}\n", encoding="utf-8")
    assert stage.run(tokens.authority()).out == f"{AUTHORITY}\n"


def test_a_machine_that_is_no_server_has_no_authority_to_tell(stage: Stage) -> None:
    ran = stage.run(tokens.authority())
    assert ran.code != 0
    assert ran.out == ""
