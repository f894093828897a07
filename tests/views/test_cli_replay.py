"""The command ``replay``: tables, files and a picture, and faults in the words of whoever typed."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.study.intake.replay import LEAST_LEFT_OUT
from reverse_match.testing import invented_intake
from reverse_match.views.cli.main import app
from reverse_match.views.words.french_faults import WORDS

if TYPE_CHECKING:
    from pathlib import Path

FEW = """Matricule;role;offers;seeks;Inscription
m1;mentor;Python:4;;03/09/2026
m2;mentor;Notion:4;;01/10/2026
e1;mentee;;Python;14/09/2026
e2;mentee;;Notion;15/09/2026
e3;mentee;;Notion;15/09/2026
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "few.csv").write_text(FEW, "utf-8")
    return tmp_path


def _run(folder: Path, *words: str, code: int = 0) -> tuple[str, str]:
    done = CliRunner().invoke(app, [word.replace("@", f"{folder}/") for word in words])
    assert done.exit_code == code, done.output
    return done.stdout.replace("\u202f", " ").replace("\xa0", " "), done.stderr.replace("\u202f", " ")


REPLAY = ("replay", "@few.csv", "--map", "Matricule=id", "--joined", "inscription", "--every", "7d,1month")


def test_tables_and_sentences(folder: Path) -> None:
    shown, _ = _run(folder, *REPLAY, "--lang", "en", "--until", "2026-10-31")
    lines = [line.split() for line in shown.splitlines()]
    # m1 (3 September) and e1 (14) are matched on 17 September; m2 and one of e2 and e3 (15) on 1 October.
    assert next(line[:4] for line in lines if "9" in line[-1:]) == ["every", "7", "days", "2"]
    assert ["every", "7", "days", "mentor", "2", "of", "2", "7", "7", "14", "14", "0", "–"] in lines
    assert ["mentee", "2", "of", "3", "9.5", "9.5", "16", "16", "1", "46"] in lines
    assert ["every", "month", "mentor", "2", "of", "2", "16", "16", "30", "30", "0", "–"] in lines
    assert ["mentee", "2", "of", "3", "18.5", "18.5", "19", "19", "1", "46"] in lines
    assert "5 people joined up to 31 October 2026; the first date is 3 September 2026." in shown
    assert "Each match is proved to be the best possible on its date." in shown


def test_french(folder: Path) -> None:
    shown, _ = _run(folder, *REPLAY, "--lang", "fr", "--until", "31/10/2026", "--hold-back", "0,9:0,2:10j")
    assert "tous les 7 jours" in shown
    assert "chaque mois" in shown
    assert "Un duo est formé à partir d’un score de 0,9" in shown


def test_files(folder: Path) -> None:
    names = ("all.json", "figures.csv", "book.xlsx")
    for name in names:
        _run(folder, *REPLAY, "--out", f"@{name}")
    made = json.loads((folder / "all.json").read_text("utf-8"))
    assert [one["every"] for one in made["cadences"]] == ["7d", "1month"]
    assert rm.results.Replay.model_validate(made).cadences[0].duos[0].on == date(2026, 9, 17)
    rows = list(csv.DictReader(io.StringIO((folder / "figures.csv").read_text("utf-8"))))
    assert [row["role"] for row in rows] == ["mentor", "mentee"] * 3
    book = load_workbook(folder / "book.xlsx")
    assert book.sheetnames[1] == "Duos by date"
    assert [cell.value for cell in book.worksheets[1][2]][1:4] == ["2026-09-17", "m1", "e1"]
    before = [(folder / name).read_bytes() for name in names]
    for name in names:
        _run(folder, *REPLAY, "--out", f"@{name}")
    assert before == [(folder / name).read_bytes() for name in names]
    printed = [_run(folder, *REPLAY, "--format", form)[0] for form in ("json", "csv")]
    assert printed == [(folder / name).read_text("utf-8") for name in names[:2]]


@pytest.mark.parametrize("name", ["plot.svg", "plot.png"])
def test_a_picture(folder: Path, name: str) -> None:
    _run(folder, *REPLAY, "--plot", f"@{name}")
    drawn = (folder / name).read_bytes()
    assert drawn.startswith(b"<svg role" if name == "plot.svg" else b"\x89PNG")
    _run(folder, *REPLAY, "--plot", f"@{name}")
    assert (folder / name).read_bytes() == drawn


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--every", "soon"), "every : pas compris ; attendu : un nombre de jours"),
        (("--hold-back", "0.3:0.6:60d"), "hold_back : le score demandé augmente avec l’attente"),
        (("--joined", "inscriptoin"), "aucune colonne du fichier n’a cet en-tête ; vouliez-vous dire"),
        (("--until", "2020-01-01"), "personne ne s’est inscrit jusqu’au 01/01/2020"),
        (("--out", "@duos.html"), "attendu : .json ou .csv ou .xlsx"),
    ],
)
def test_faults_in_french(folder: Path, words: tuple[str, ...], told: str) -> None:
    _, faults = _run(folder, *REPLAY, *words, "--lang", "fr", code=2)
    assert told in faults


def test_people_without_a_day(folder: Path) -> None:
    (folder / "few.csv").write_text(FEW.replace("14/09/2026", "").replace("03/09/2026", "unknown"), "utf-8")
    _, faults = _run(folder, *REPLAY, "--lang", "en", code=2)
    assert "few.csv, 'Inscription': 2 rows without a day: 2, 4; right would be the day" in faults
    _, faults = _run(folder, *REPLAY, "--lang", "fr", code=2)
    assert "2 lignes sans jour : 2, 4 ; attendu : le jour où chaque personne s’est inscrite" in faults


def test_the_order_of_day_and_month_is_that_of_the_file(folder: Path) -> None:
    (folder / "few.csv").write_text(FEW.replace("14/09", "04/09").replace("15/09", "05/09"), "utf-8")
    _, faults = _run(folder, *REPLAY, code=2)
    assert "day or month first?" in faults
    for said, first in (("month-first", "2026-01-10"), ("Inscription=day-first", "2026-09-03")):
        shown, _ = _run(folder, *REPLAY, "--dates", said, "--format", "json")
        assert json.loads(shown)["start"] == first


def test_every_sentence_of_a_replay_has_french() -> None:
    found = rm.replay(
        rm.Cohort.from_records(invented_intake(30)), joined="joined", every="7d,2month", until="2026-02-01"
    )
    english, french = found.sentences(), found.sentences("fr")
    assert len(english) == len(french)
    assert not set(english) & set(french)
    assert "every 7 days" in english[0]
    assert found._repr_html_().count("<table") == 1


def test_newcomers_are_held_back_from_the_command_line(folder: Path) -> None:
    (folder / "few.csv").write_text("\n".join(FEW.splitlines()[:2] + FEW.splitlines()[3:5]), "utf-8")
    (folder / "new.csv").write_text(
        "Matricule;role;offers;Inscription\nm9;mentor;SQL:2;30/10/2026\n", "utf-8"
    )
    read = ("@few.csv", "--map", "Matricule=id")
    _run(folder, "match", *read, "--out", "@first.json")
    asked = ("--hold-back", "0,95:0,1:100j", "--joined", "Inscription", "--people-out", "@now.csv")
    amend = ("amend", "@first.json", *read, "--join", "@new.csv", *asked, "--out", "@next.json")
    _, faults = _run(folder, *amend, "--lang", "fr", code=2)
    assert "hold_back : demande la colonne des jours d’inscription" in faults
    _run(folder, *amend, "--on", "2026-10-31")
    log = json.loads((folder / "next.json").read_text("utf-8"))["log"]
    assert log[-1]["waited"] == {"e2": 46, "m9": 1}
    _run(folder, "verify", "@next.json", "@now.csv")


@pytest.mark.parametrize(
    "told",
    [
        "the replay ends on 2026-05-30, before it begins on 2026-06-30; right would be a later end",
        "more than 2000 dates; right would be fewer of them, or fewer days",
        "60 cadences; right would be from 1 to 50",
        "two of these are the same; right would be each of them once",
        "nobody has places; right would be people with a capacity above 0",
        "no column of the people has this heading; right would be the one with joining days",
        "numbers are read as days that a spreadsheet counts: 46000 is 2025-12-09",
        LEAST_LEFT_OUT,
    ],
)
def test_every_fault_of_a_replay_has_french(told: str) -> None:
    assert WORDS.say(told) is not None


def test_a_time_limit_and_no_names(folder: Path) -> None:
    (folder / "few.csv").write_text(
        FEW.replace("offers", "name;offers")
        .replace("mentor;", "mentor;Zoé Roux;")
        .replace("mentee;", "mentee;Ada Low;"),
        "utf-8",
    )
    plain, _ = _run(folder, *REPLAY, "--format", "json")
    unnamed, _ = _run(folder, *REPLAY, "--format", "json", "--anonymous", "--time-limit", "100")
    assert unnamed == plain
    _run(folder, *REPLAY, "--anonymous", "--out", "@figures.xlsx")
    cells = [cell for page in load_workbook(folder / "figures.xlsx") for row in page.values for cell in row]
    assert not [cell for cell in cells if isinstance(cell, str) and ("Roux" in cell or "Low" in cell)]


def test_what_a_time_limit_cuts_short_says_how_far_it_may_be_from_the_best() -> None:
    cohort = rm.Cohort.from_records(invented_intake(120, 1))
    cut = rm.replay(cohort, joined="joined", every="1month", time_limit=0.0)
    whole = rm.replay(cohort, joined="joined", every="1month")
    assert whole.cadences[0].gap == whole.beforehand.gap == 0
    assert cut.beforehand.gap >= 0
    assert {one.every for one in cut.cadences} == {"1month"}
    assert len(cut.beforehand.duos) <= len(whole.beforehand.duos)
