"""``reverse-match plan``: the table, the file, and what is refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.views.cli.main import app

if TYPE_CHECKING:
    from pathlib import Path

runner = CliRunner()


def test_a_plan_is_shown_and_written(tmp_path: Path) -> None:
    out = tmp_path / "plan.json"
    result = runner.invoke(app, ["plan", str(rm.demo_path()), "--rounds", "2", "--out", str(out)])
    assert result.exit_code == 0
    assert "2 rounds" in result.stdout
    assert "Proved optimal (gap 0)" in result.stdout
    assert "capacity 0" in result.stdout
    plan = rm.RotationPlan.from_json(out.read_bytes())
    rm.verify_plan(plan, rm.read_cohort(rm.demo_path()), rm.Policy())


def test_a_plan_as_json() -> None:
    result = runner.invoke(app, ["plan", str(rm.demo_path()), "--rounds", "1", "--format", "json"])
    assert result.exit_code == 0
    assert len(json.loads(result.stdout)["rounds"]) == 1


def test_who_sits_out_is_told_in_french() -> None:
    result = runner.invoke(app, ["plan", str(rm.demo_path()), "--rounds", "2", "--lang", "fr"])
    assert "n’a pas de duo comme mentor" in result.stdout


@pytest.mark.parametrize("more", [["--rounds", "0"], ["--rounds", "2", "--out", "plan.csv"], []])
def test_what_cannot_be_is_refused(more: list[str]) -> None:
    assert runner.invoke(app, ["plan", str(rm.demo_path()), *more]).exit_code == 2


def test_nobody_can_be_with_anybody(tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("id,role,avoids\nm,mentor,e\ne,mentee,\n", "utf-8")
    result = runner.invoke(app, ["plan", str(people), "--rounds", "3"])
    assert result.exit_code == 0
    assert "No duo is possible in any round" in result.stdout


def test_a_plan_is_verified_like_a_matching(tmp_path: Path) -> None:
    people, out = str(rm.demo_path()), tmp_path / "plan.json"
    assert runner.invoke(app, ["plan", people, "--rounds", "2", "--out", str(out)]).exit_code == 0
    (tmp_path / "policy.json").write_text(rm.Policy().model_dump_json())
    checked = runner.invoke(app, ["verify", str(out), people, "--policy", str(tmp_path / "policy.json")])
    assert checked.exit_code == 0
    assert checked.stdout.startswith("Verified.\n50 duos over all rounds")
    assert checked.stderr == ""
    assert "taken from the plan" in runner.invoke(app, ["verify", str(out), people]).stderr
    told = json.loads(out.read_text("utf-8"))
    told["rounds"] = told["rounds"][::-1]
    out.write_text(json.dumps(told))
    forged = runner.invoke(app, ["verify", str(out), people])
    assert (forged.exit_code, forged.stderr.splitlines()[0]) == (4, "Verification failed:")


def test_what_is_neither_a_matching_nor_a_plan_is_told_as_no_matching(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{}")
    refused = runner.invoke(app, ["verify", str(tmp_path / "x.json"), str(rm.demo_path())])
    assert (refused.exit_code, "not a matching" in refused.stderr) == (2, True)


def test_a_plan_as_a_workbook_has_every_duo_of_every_round(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    people = tmp_path / "people.csv"
    people.write_text(AWAY, "utf-8")
    plan, book = tmp_path / "plan.json", tmp_path / "plan.xlsx"
    for out in (plan, book, tmp_path / "again.xlsx"):
        made = runner.invoke(app, ["plan", str(people), "--rounds", "2", "--out", str(out)])
        assert made.exit_code == 0, made.stderr
    assert book.read_bytes() == (tmp_path / "again.xlsx").read_bytes()
    duos, waiting, figures, notes = openpyxl.load_workbook(book).worksheets
    heads, *rows = duos.iter_rows(values_only=True)
    told = [dict(zip(heads, row, strict=True)) for row in rows]
    stored = rm.RotationPlan.from_json(plan.read_bytes())
    assert sorted((row["Round"], row["Mentor id"], row["Mentee id"], row["Score"]) for row in told) == sorted(
        (number, duo.mentor, duo.mentee, duo.score)
        for number, matching in enumerate(stored.rounds, 1)
        for duo in matching.duos
    )
    assert {row["Mentor name"] for row in told} == {"Lea Blanc", "Tom Noir"}
    _, *away = waiting.iter_rows(values_only=True)
    (rose, *others) = sorted(away)
    assert (rose[:2], [row[1] in ("Lea Blanc", "Tom Noir") for row in others]) == (
        ("e2", "Rose Vert"),
        [True],
    )
    assert "round 2" in rose[-1]
    _, *rounds = figures.iter_rows(values_only=True)
    assert [(row[0], row[1]) for row in rounds] == [(1, 2), (2, 1)]
    assert notes.max_row > 1


AWAY = """id,role,name,offers,seeks,absent
m1,mentor,Lea Blanc,Python:5,,
m2,mentor,Tom Noir,Python:3,,
e1,mentee,Ada Bleu,,Python,
e2,mentee,Rose Vert,,Python,2
"""


def test_an_anonymous_workbook_names_nobody(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    (tmp_path / "people.csv").write_text(AWAY, "utf-8")
    given = ["plan", str(tmp_path / "people.csv"), "--rounds", "2", "--anonymous", "--lang", "fr"]
    made = runner.invoke(app, [*given, "--out", str(tmp_path / "plan.xlsx")])
    assert made.exit_code == 0, made.stderr
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    text = " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    assert "Vert" not in text
    assert "e2" in text
    assert book.worksheets[0]["A1"].value == "Cycle"


def test_a_round_of_a_plan_has_its_calendar(tmp_path: Path) -> None:
    pytest.importorskip("icalendar")
    (tmp_path / "people.csv").write_text(AWAY, "utf-8")
    programme = 'name = "Reverse"\nstart = 2027-01-11\nmonths = 4\nrounds = 3\ntimezone = "Europe/Paris"\n'
    (tmp_path / "programme.toml").write_text(programme, "utf-8")
    out = tmp_path / "plan.json"
    made = runner.invoke(app, ["plan", str(tmp_path / "people.csv"), "--rounds", "2", "--out", str(out)])
    assert made.exit_code == 0, made.stderr
    stored = rm.RotationPlan.from_json(out.read_bytes())
    for number in (1, 2):
        (tmp_path / "round.json").write_text(stored.rounds[number - 1].to_json(), "utf-8")
        of_plan, alone = (
            runner.invoke(
                app, ["calendar", str(file), str(tmp_path / "programme.toml"), "--round", str(number)]
            )
            for file in (out, tmp_path / "round.json")
        )
        assert of_plan.exit_code == 0, of_plan.stderr
        assert of_plan.stdout == alone.stdout
    third = runner.invoke(app, ["calendar", str(out), str(tmp_path / "programme.toml"), "--round", "3"])
    assert third.exit_code == 2
    assert "there is no round 3; right would be from 1 to 2" in third.stderr
    people = runner.invoke(app, ["calendar", str(tmp_path / "people.csv"), str(tmp_path / "programme.toml")])
    assert people.exit_code == 2
    assert "plan" not in people.stderr  # as ever, that it is no matching
