"""``look`` shows what is understood of files, and every command that takes people reads them alike."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.views.cli.main import app

if TYPE_CHECKING:
    from pathlib import Path

MENTORS = 'Sent,E-mail,"What can you teach?\n(tick all)",Gender\n1/13/2026,lea@maison.example,"Python, Excel",Secretgender\n'
MENTEES = (
    "Sent;E-mail;What can you teach?;Needs\n"
    "13/01/2026;ada@maison.example;;Python|Excel\n"
    "14/01/2026;ADA@maison.example;;Python\n"
    "14/01/2026;tom@maison.example;Excel;n/c\n"
)
FILES = ("--mentors", "m.csv", "--mentees", "n.csv")
MAPPED = (
    *("--map", "What can you teach? (tick all)=offers", "--map", "What can you teach?=offers"),
    *("--map", "Needs=seeks", "--separator", "offers=, ", "--latest-by", "Sent"),
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "m.csv").write_text(MENTORS)
    (tmp_path / "n.csv").write_text(MENTEES)
    return tmp_path


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, list(arguments))


def test_look_tells_what_is_open_and_ends_with_2(folder: Path) -> None:
    result = run("look", *FILES)
    assert result.exit_code == 2
    assert "To be said or corrected first:" in result.stdout
    assert "n.csv, row 3, column 'E-mail': the same id as in row 2" in result.stdout
    assert "--latest-by" in result.stdout


def test_look_shows_columns_and_no_value_of_a_person(folder: Path) -> None:
    for lang, found in (
        ("en", "3 people: 1 can teach, 2 can learn"),
        ("fr", "3 personnes : 1 peut transmettre, 2 peuvent apprendre"),
    ):
        for form in ("table", "html"):
            result = run("look", *FILES, *MAPPED, "--lang", lang, "--format", form)
            assert result.exit_code == 0, result.output
            assert found in result.stdout.replace("\u202f", " ")
            assert "What can you teach?" in result.stdout
            assert not any(word in result.stdout for word in ("lea@", "Python", "Secretgender"))


def test_look_as_data_and_the_reading_that_it_writes(folder: Path) -> None:
    result = run("look", *FILES, *MAPPED, "--json", "--out", "reading.toml")
    seen = json.loads(result.stdout)
    assert (seen["people"], seen["mentors"], seen["mentees"], seen["faults"]) == (3, 1, 2, [])
    columns = seen["reading"]["files"][1]["columns"]
    assert [(one["heading"], one["field"], one["separator"]) for one in columns] == [
        ("Sent", None, None),
        ("E-mail", "email", None),
        ("What can you teach?", "offers", ", "),
        ("Needs", "seeks", "|"),
    ]
    assert {note["code"] for note in seen["notes"]} == {"id", "separator", "non-answer"}
    matched = run("match", *FILES, "--reading", "reading.toml", "--format", "json")
    assert matched.exit_code == 0, matched.output
    said = run("match", *FILES, *MAPPED, "--format", "json")
    assert json.loads(matched.stdout)["duos"] == json.loads(said.stdout)["duos"] != []
    reading = rm.Reading.load("reading.toml")
    cohort = rm.read_cohort(mentors="m.csv", mentees=["n.csv"], reading=reading)
    assert cohort.source.reading.mapping == reading.mapping


@pytest.mark.parametrize("command", ["verify", "explain"])
def test_every_command_reads_people_alike(command: str, folder: Path) -> None:
    assert run("match", *FILES, *MAPPED, "--out", "m.json").exit_code == 0
    more = {"explain": ("--why", "tom@maison.example")}.get(command, ())
    result = run(command, "m.json", *FILES, *MAPPED, *more)
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "right would be one people file"),
        (("m.csv", *FILES), "right would be one people file"),
        ((*FILES, "--separator", "offers"), "right would be FIELD=SIGN"),
        ((*FILES, "--dates", "backwards"), "day-first"),
        (("m.csv", "--sheet", "x"), ""),
    ],
)
def test_wrong_options_are_told(arguments: tuple[str, ...], told: str, folder: Path) -> None:
    result = run("match", *arguments)
    assert result.exit_code == 2
    assert told in result.stderr


def test_a_reading_is_not_written_over_a_file_that_is_read(folder: Path) -> None:
    (folder / "reading.toml").write_text(rm.Reading().to_toml())
    result = run("look", *FILES, "--reading", "reading.toml", "--out", "reading.toml")
    assert result.exit_code == 2


def test_several_files_are_looked_at_as_one(tmp_path: Path) -> None:
    one, other = tmp_path / "paris.csv", tmp_path / "lyon.csv"
    one.write_text("id,role\nada,mentor\n", encoding="utf-8")
    other.write_text("Matricule;Rôle\neve;mentee\n", encoding="utf-8")
    seen = CliRunner().invoke(app, ["look", str(one), str(other), "--json"])
    assert seen.exit_code == 0, seen.stderr
    told = json.loads(seen.stdout)
    assert (told["people"], told["mentors"], told["mentees"]) == (2, 1, 1)
    assert rm.read_cohort([one, other]).position.keys() == {"ada", "eve"}
    twice = CliRunner().invoke(app, ["look", str(one), str(one)])
    assert twice.exit_code == 2
