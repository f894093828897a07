"""``calendar --all`` and what a duo's own terms do, from the command line."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import icalendar
import pytest
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.views.cli.main import app

PEOPLE = """id,role,name,email,offers,seeks
m1,mentor,Léa,lea@example.org,Python:5,
m2,mentor,=Tom,,Excel:4,
e1,mentee,Ada,ada@example.org,,Python
e2,mentee,,,,Excel
"""
PROGRAMME = """name = "Pilot"
start = 2027-01-11
months = 4
timezone = "Europe/Paris"
closed = ["2027-02-22..2027-02-26"]
holidays = "FR"
"""
ARRANGEMENTS = "mentor;mentoré;durée;Hour of the day\nm2;e2;30;14h\n"
FEEDBACK = (
    "mentor,mentee,on,by,format\nm1,e1,2027-02-08,mentee,other channel\nm1,e9,2027-02-08,mentee,shorter\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in (
        ("people.csv", PEOPLE),
        ("programme.toml", PROGRAMME),
        ("own.csv", ARRANGEMENTS),
        ("said.csv", FEEDBACK),
    ):
        (tmp_path / name).write_text(text, "utf-8")
    assert run("match", "people.csv", "--out", "matching.json").exit_code == 0
    return tmp_path


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, list(arguments))


def calendar(*arguments: str) -> Any:
    return run("calendar", "matching.json", "programme.toml", *arguments)


def events(file: Path) -> list[Any]:
    return list(icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT"))


def test_a_folder_has_the_calendar_of_each_person_and_an_index(folder: Path) -> None:
    result = calendar("--people", "people.csv", "--all", "calendars")
    assert (result.exit_code, result.stdout) == (0, "")
    names = ["001.ics", "002.ics", "003.ics", "004.ics", "everybody.ics", "index.csv"]
    assert sorted(file.name for file in Path("calendars").iterdir()) == names
    index = Path("calendars/index.csv").read_text("utf-8-sig")
    assert list(csv.reader(io.StringIO(index))) == [
        ["File", "Id", "Name", "E-mail"],
        ["001.ics", "e1", "Ada", "ada@example.org"],
        ["002.ics", "e2", "", ""],
        ["003.ics", "m1", "Léa", "lea@example.org"],
        ["004.ics", "m2", "'=Tom", ""],
    ]
    everybody = {event["UID"]: event for event in events(Path("calendars/everybody.ics"))}
    seen = set()
    for file, person in (("001", "e1"), ("002", "e2"), ("003", "m1"), ("004", "m2")):
        own = Path(f"calendars/{file}.ics")
        assert own.read_bytes() == calendar("--people", "people.csv", "--person", person).stdout_bytes
        for event in events(own):
            assert event == everybody[event["UID"]]
            seen.add(event["UID"])
    assert seen == everybody.keys()


def test_python_writes_the_same_and_the_same_again(folder: Path) -> None:
    assert calendar("--all", "one", "--lang", "fr").exit_code == 0
    matching = rm.Matching.from_json((folder / "matching.json").read_bytes())
    rm.write_calendars("two", matching, rm.Programme.load("programme.toml"), lang="fr")
    one, two = ({file.name: file.read_bytes() for file in Path(name).iterdir()} for name in ("one", "two"))
    assert one == two
    assert one["index.csv"].decode("utf-8-sig").splitlines()[:2] == ["Fichier;Identifiant", "001.ics;e1"]


def test_anonymous(folder: Path) -> None:
    assert calendar("--people", "people.csv", "--all", "calendars", "--anonymous").exit_code == 0
    assert not any(
        b"Ada" in file.read_bytes() or b"@ex" in file.read_bytes() for file in Path("calendars").iterdir()
    )


def test_a_folder_that_holds_something_is_never_written_over(folder: Path) -> None:
    Path("calendars").mkdir()
    Path("calendars/mine.txt").write_text("mine")
    result = calendar("--all", "calendars")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "calendars: is there already, and not an empty folder; right would be the name of a new one\n"
    )
    assert [file.name for file in Path("calendars").iterdir()] == ["mine.txt"]
    assert calendar("--all", "people.csv").exit_code == 2
    assert Path("people.csv").read_text("utf-8") == PEOPLE


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--all", "c", "--out", "c.ics"], "right would be one of: --out, --all"),
        (["--all", "c", "--person", "m1"], "right would be one of: --mentor with --mentee"),
        (["--organizer", "HR"], "organizer: not an e-mail address"),
        (["--arrangements", "own.csv"], "own.csv, 'Hour of the day': unknown column; remove it, or map it"),
        (["--arrangements", "nothing.csv"], "nothing.csv"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(
    folder: Path, arguments: list[str], message: str
) -> None:
    result = calendar(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert not Path("c").exists()


def test_arrangements_feedback_and_what_is_told_of_them(folder: Path) -> None:
    said = ("--arrangements", "own.csv", "--map", "Hour of the day=time", "--feedback", "said.csv")
    result = calendar("--people", "people.csv", *said, "--all", "calendars")
    assert (result.exit_code, result.stderr.splitlines()) == (
        0,
        [
            "note: 1 answer is of an earlier round, or of a duo that is none now; left out",
            "note: the session of 2027-02-22 falls on a closed day or public holiday; it is on 2027-03-01",
            "note: 1 duo asks for another channel, and nothing says which; session.other_channel of the programme "
            "or a file of arrangements does",
        ],
    )
    own = [event for event in events(Path("calendars/004.ics")) if "TZID" in event["DTSTART"].params]
    assert {(f"{event['DTSTART'].dt:%H:%M}", event.duration.seconds) for event in own} == {("14:00", 1800)}
    french = calendar(*said, "--lang", "fr").stderr
    assert "séance du 22/02/2027" in french
    assert "note:" not in french


def test_a_country_that_is_not_known_is_a_fault_of_the_programme(folder: Path) -> None:
    Path("programme.toml").write_text(PROGRAMME.replace('"FR"', '["FR", "XX"]'))
    result = calendar()
    assert result.exit_code == 2
    assert result.stderr.startswith("programme.toml, holidays[1]: no country whose public holidays are known")


def test_ids_that_a_spreadsheet_would_change_in_the_index(folder: Path) -> None:
    Path("people.csv").write_text(PEOPLE.replace("m1,", "007,").replace("e1,", "00417,"), "utf-8")
    assert run("match", "people.csv", "--out", "matching.json").exit_code == 0
    result = calendar("--all", "calendars")
    told = "2 ids are changed where a spreadsheet opens index.csv, such as 007 to 7; import it as text"
    assert told in result.stderr
    assert "007" in Path("calendars/index.csv").read_text("utf-8-sig")
    assert told not in calendar("--out", "all.ics").stderr
    french = calendar("--all", "autres", "--lang", "fr").stderr
    assert "un tableur qui ouvre index.csv change 2 identifiants" in french
