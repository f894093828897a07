from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.views.cli.main import app

if TYPE_CHECKING:
    from pathlib import Path

PEOPLE = (
    "id,role,offers,seeks\nm1,mentor,Python:5,\nm2,mentor,Excel:4,\ne1,mentee,,Python\ne2,mentee,,Excel\n"
)
PROGRAMME = """name = "Pilot"
start = 2027-01-11
months = 4
rounds = 2
timezone = "Europe/Paris"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "people.csv").write_text(PEOPLE)
    (tmp_path / "programme.toml").write_text(PROGRAMME)
    assert run("match", "people.csv", "--out", "matching.json").exit_code == 0
    return tmp_path


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, list(arguments))


def calendar(*arguments: str) -> Any:
    return run("calendar", "matching.json", "programme.toml", *arguments)


def test_standard_output_and_the_file_are_what_python_returns(folder: Path) -> None:
    matching = rm.Matching.from_json((folder / "matching.json").read_bytes())
    programme = rm.Programme.load(folder / "programme.toml")
    result = calendar()
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout_bytes == rm.calendar(matching, programme).encode()
    result = calendar("--round", "2", "--mentor", "m1", "--mentee", "e1", "--lang", "fr", "--out", "duo.ics")
    assert (result.exit_code, result.output) == (0, "")
    expected = rm.calendar(matching, programme, 2, duo=("m1", "e1"), lang="fr")
    assert (folder / "duo.ics").read_bytes() == expected.encode()
    assert calendar("--person", "e2").stdout_bytes == rm.calendar(matching, programme, person="e2").encode()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--mentor", "m1"], "--mentor and --mentee go together"),
        (["--mentor", "m1", "--mentee", "e1", "--person", "e1"], "--mentor with --mentee, --person"),
        (["--mentor", "m1", "--mentee", "e2"], "'m1' (mentor) and 'e2' (mentee) are no duo of the matching"),
        (["--person", "nobody"], "'nobody' is in no duo of the matching"),
        (["--round", "3"], "there is no round 3; right would be from 1 to 2"),
        (["--out", "duos.csv"], "duos.csv: unknown kind of file to write; right would be .ics"),
        (["--out", "no/duos.ics"], "duos.ics: cannot be written"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_printed(
    folder: Path, arguments: list[str], message: str
) -> None:
    result = calendar(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


def test_faults_of_a_programme(folder: Path) -> None:
    (folder / "programme.toml").write_text("start = 2027-01-11\nmonth = 4\n")
    result = calendar()
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        "programme.toml, months: missing; right would be a whole number from 1 to 120",
        "programme.toml, month: unknown name; did you mean 'months'?",
    ]


def test_the_schema() -> None:
    result = run("schema", "programme")
    assert result.exit_code == 0
    described = json.loads(result.stdout)
    assert described["required"] == ["start", "months"]
    assert set(described["properties"]) == set(rm.Programme.model_fields)
