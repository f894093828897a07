"""``review --out``, and ``rotate --decisions``: a table that is written, filled in, and kept to."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.views.cli.main import app

if TYPE_CHECKING:
    from pathlib import Path

PEOPLE = (
    "id,role,name,offers,seeks\n"
    "m1,mentor,Léa,Python:5,\nm2,mentor,Tom,Excel:4,\nm3,mentor,Max,Video,\n"
    "e1,mentee,Ada,,Python\ne2,mentee,Eva,,Excel\ne3,mentee,Ida,,Video\n"
)
ANSWERS = (
    "mentor,mentee,on,by,wish\n"
    "m1,e1,2027-05-10,mentor,continue\nm1,e1,2027-05-10,mentee,change\nm2,e2,2027-05-10,mentor,continue\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "people.csv").write_text(PEOPLE, "utf-8")
    (tmp_path / "answers.csv").write_text(ANSWERS, "utf-8")
    assert run("match", "people.csv", "--out", "r1.json").exit_code == 0
    return tmp_path


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, list(arguments))


def review(*more: str) -> Any:
    return run("review", "r1.json", "people.csv", "--feedback", "answers.csv", *more)


def rotate(*more: str) -> Any:
    asked = ("--feedback", "answers.csv", "--on", "2027-05-11", "--early", "--out", "r2.json")
    return run("rotate", "r1.json", "people.csv", *asked, *more)


def decide(file: Path, decisions: dict[str, str], lang: str = "en") -> None:
    """Fill in the column of decisions, by the ids of mentors."""
    separator = {"en": ",", "fr": ";"}[lang]
    rows = list(csv.reader(file.read_text("utf-8-sig").splitlines(), delimiter=separator))
    filled = [[*row[:-1], decisions.get(row[0], row[-1])] for row in rows]
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out, delimiter=separator).writerows(filled)


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", ("keep", "end", "talk first")), ("fr", ("garder", "terminer", "en parler d’abord"))],
)
def test_what_is_decided_in_the_table_is_what_rotation_does(
    folder: Path, lang: str, words: tuple[str, str, str]
) -> None:
    told = review("--lang", lang, "--format", "csv", "--out", "decisions.csv")
    assert told.exit_code == 0, told.stderr
    decide(folder / "decisions.csv", dict(zip(("m1", "m2", "m3"), words, strict=True)), lang)
    shown = review("--lang", "en", "--decisions", "decisions.csv")
    assert "Decided: keep the duo. Rotation continues it." in shown.stdout
    done = rotate("--decisions", "decisions.csv", "--lang", "en")
    assert done.exit_code == 0, done.stderr
    assert "1 duo is still to be talked about first; until then the answers count" in done.stderr
    second = rm.Matching.from_json((folder / "r2.json").read_bytes())
    assert ("m1", "e1") in {(duo.mentor, duo.mentee) for duo in second.duos}
    assert second.rotation is not None
    assert second.rotation.forbidden == (("m2", "e2"),)
    assert [one.decision for one in second.rotation.decisions] == ["keep", "end", "talk first"]
    assert run("verify", "r2.json", "people.csv").exit_code == 0


def test_the_table_is_a_workbook_with_a_drop_down_too(folder: Path) -> None:
    assert review("--lang", "en", "--out", "decisions.xlsx").exit_code == 0
    book = openpyxl.load_workbook(folder / "decisions.xlsx")
    sheet = book["Decisions"]
    headings = [cell.value for cell in sheet[1]]
    assert headings == [
        *("Mentor", "Mentor name", "Mentee", "Mentee name"),
        *("Proposal", "Reasons", "Next round", "Decision"),
    ]
    assert sheet.data_validations.dataValidation
    sheet.cell(2, len(headings)).value = "keep"
    book.save(folder / "decisions.xlsx")
    assert rotate("--decisions", "decisions.xlsx").exit_code == 0
    second = rm.Matching.from_json((folder / "r2.json").read_bytes())
    assert second.changes[0].reason == "decided"


def test_names_stay_out_where_asked(folder: Path) -> None:
    assert review("--anonymous", "--out", "decisions.csv").exit_code == 0
    assert "Ada" not in (folder / "decisions.csv").read_text("utf-8-sig")


def test_what_cannot_be_kept_is_said_with_duo_and_rule(folder: Path) -> None:
    (folder / "people.csv").write_text(PEOPLE.replace("e1,mentee,Ada,,Python\n", ""), "utf-8")
    (folder / "decisions.csv").write_text("mentor,mentee,decision\nm1,e1,keep\n")
    shown = review("--lang", "en", "--decisions", "decisions.csv")
    assert "Rotation cannot keep it: 'e1' has left the programme." in shown.stdout
    refused = rotate("--decisions", "decisions.csv", "--lang", "en")
    assert refused.exit_code == 2
    assert refused.stderr.strip().splitlines()[-1] == (
        "decisions.csv, row 2, column 'decision': 'm1' and 'e1' cannot stay a duo: one of the two has left or "
        "has no place in this role any more"
    )
    assert not (folder / "r2.json").exists()
    assert "ne peuvent pas rester en duo" in rotate("--decisions", "decisions.csv", "--lang", "fr").stderr


def test_faults_come_at_once_with_row_and_heading(folder: Path) -> None:
    (folder / "decisions.csv").write_text(
        "Mentor;Mentoré(e);Décision\nm1;e1;gardé\nm2;e2;garder\nm2;e2;terminer\n", "utf-8"
    )
    refused = rotate("--decisions", "decisions.csv", "--lang", "fr")
    assert refused.exit_code == 2
    first, second = refused.stderr.strip().splitlines()[-2:]
    assert "ligne 2" in first
    assert "Décision" in first
    assert "ligne 4" in second
    assert "gardé" not in refused.stderr


def test_a_conflict_of_decisions_is_exit_3(folder: Path) -> None:
    (folder / "people.csv").write_text("id,role,capacity\nm1,mentor,2\ne1,mentee,1\ne2,mentee,1\n", "utf-8")
    assert run("match", "people.csv", "--out", "r1.json").exit_code == 0
    (folder / "people.csv").write_text("id,role,capacity\nm1,mentor,1\ne1,mentee,1\ne2,mentee,1\n", "utf-8")
    (folder / "answers.csv").write_text("mentor,mentee,on,by,wish\nm1,e1,2027-05-10,mentor,continue\n")
    (folder / "decisions.csv").write_text("mentor,mentee,decision\nm1,e1,keep\nm1,e2,keep\n")
    refused = rotate("--decisions", "decisions.csv", "--lang", "en")
    assert refused.exit_code == 3
    assert "m1" in refused.stderr


def test_the_json_of_a_review_has_outlook_and_decision(folder: Path) -> None:
    (folder / "decisions.csv").write_text("mentor,mentee,decision\nm3,e3,change\n")
    data = json.loads(review("--format", "json", "--decisions", "decisions.csv").stdout)
    by_mentor = {one["mentor"]: one for one in data["proposals"]}
    assert by_mentor["m2"]["outlook"] == {"outcome": "ends", "reason": "not_both_asked", "who": ["e2"]}
    assert by_mentor["m3"]["decision"] == "change"


def test_after_the_last_round_no_rotation_follows(folder: Path) -> None:
    (folder / "programme.toml").write_text('start = "2027-01-11"\nmonths = 4\nrounds = 1\n')
    shown = review("--programme", "programme.toml", "--lang", "en")
    assert "the programme ends with this round, number 1: no rotation follows" in shown.stderr
