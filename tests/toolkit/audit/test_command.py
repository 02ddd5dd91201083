"""``python -m toolkit audit``: files, summary, exit codes."""

import json
import re
from pathlib import Path

import pytest

from tests.toolkit.audit.hospital import bucket, hospital, saved
from tests.toolkit.clinic import clinic, toolkit
from toolkit.cli import main


def test_a_program_is_audited_where_it_is(tmp_path: Path) -> None:
    place = clinic(tmp_path / "clinic")

    ran = toolkit(place, "audit", "dev")

    assert (ran.returncode, ran.stderr) == (0, "the program prints\n")
    assert ran.stdout.startswith("Audit of clinic/dev\n")
    page, data = place / ".cache/audit/dev.html", place / ".cache/audit/dev.json"
    assert ran.stdout.endswith(f"{page}\n{data}\n")
    read = json.loads(data.read_text(encoding="utf-8"))
    assert (read["provenance"]["kind"], read["provenance"]["dirty"]) == ("preview", False)
    assert len(read["provenance"]["commit"]) == 40
    assert '<html lang="pt-BR"' in page.read_text(encoding="utf-8")


def test_an_export_is_audited_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    state, since = saved(tmp_path, hospital(bucket("new"))), saved(tmp_path, hospital(), "since.json")

    code = main(["audit", "--state", str(state), "--since", str(since), "--lang", "en", "--out", "made/here"])

    told = capsys.readouterr().out
    assert code == 1, "this hospital breaks rules"
    assert "1 resources changed since since.json" in told
    assert re.search(r"\d+ to mend:", told)
    assert '<html lang="en"' in Path("made/here/dev.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "arguments",
    [["audit", "prod", "--state", "x"], ["audit", "--lang", "de"], ["audit", "a/b"], ["audit", "--state"]],
)
def test_wrong_usage_is_told_apart(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--state", "absent.json"], "absent.json cannot be read: No such file or directory"),
        (["--state", "cut.json"], "cut short"),
        (["--state", "circle.json"], "2 resources have one address"),
        (["--state", "good.json", "--since", "cut.json"], "cut short"),
        (["--state", "good.json", "--out", "good.json"], "the report cannot be written to good.json"),
        ([], "no Pulumi.yaml here"),
    ],
)
def test_what_cannot_be_read_is_told_with_what_to_do(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    good = saved(tmp_path, hospital(), "good.json")
    (tmp_path / "cut.json").write_bytes(good.read_bytes()[:500])
    saved(tmp_path, hospital(bucket("documents")), "circle.json")

    assert main(["audit", *arguments]) == 1
    told = capsys.readouterr()
    assert said in told.err
    assert not (tmp_path / ".cache").exists()


def test_a_hostile_stack_names_no_other_file_and_commands_no_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = json.dumps(hospital()).replace("urn:pulumi:dev::", "urn:pulumi:../../\\u001b[2Jx::")
    state = tmp_path / "state.json"
    state.write_text(text, encoding="utf-8")

    main(["audit", "--state", str(state), "--out", str(tmp_path / "out")])

    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == ["2Jx.html", "2Jx.json"]
    assert "\x1b" not in capsys.readouterr().out
