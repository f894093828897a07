"""Small files in the shape of what people really have: separators of lists, roles and two lists, layouts."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.views.cli.main import app

FIELD = Path(__file__).parents[1] / "data" / "field"


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, list(arguments), env={"COLUMNS": "200"})


def duos(file: str, *arguments: str) -> dict[str, Any]:
    """Return by pair the duos that a command forms."""
    done = run("match", file, *arguments, "--format", "json")
    assert done.exit_code == 0, done.stderr
    return {f"{duo['mentor']} {duo['mentee']}": duo for duo in json.loads(done.stdout)["duos"]}


@pytest.fixture(autouse=True)
def case(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(FIELD / request.function.__name__.split("_")[1].upper(), tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)


def test_b1_commas_between_the_answers_of_a_form() -> None:
    mapped = (
        *("--map", "Email Address=id", "--map", "What can you teach?=offers"),
        *("--map", "What do you want to learn?=seeks"),
    )
    found = duos("form.csv", *mapped)
    assert set(found) == {"m1@x.org e2@x.org", "m2@x.org e1@x.org"}
    assert all(duo["contributions"]["skills"] > 0 for duo in found.values())


def test_b5_lines_of_a_cell_are_its_names_without_their_bullets() -> None:
    mentor, mentee = rm.read_cohort("people.csv").participants
    assert (set(mentor.offers), set(mentee.seeks)) == ({"Python", "Excel"}, {"Python", "SQL"})
    assert duos("people.csv")["m1 e1"]["contributions"]["skills"] > 0


def test_b7_the_same_goals_in_another_order() -> None:
    goals = {person.id: set(person.goals) for person in rm.read_cohort("people.csv").participants}
    assert goals["m1"] == goals["e1"] == {"sustainability", "innovation"}


def test_f1_a_sheet_for_each_role() -> None:
    assert len(duos("people.xlsx")) == 1
    done = run("match", "people.xlsx", "--sheet", "Mentors")
    assert done.exit_code == 2
    assert "--mentors FILE and --mentees FILE" in done.stderr


def test_f2_a_file_for_each_role() -> None:
    done = run("match", "mentors.csv", "--map", "email address=id")
    assert done.exit_code == 2
    assert "--mentors FILE and --mentees FILE" in done.stderr
    both = run("match", "--mentors", "mentors.csv", "--mentees", "mentees.csv", "--format", "json")
    assert both.exit_code == 0, both.stderr
    assert [duo["mentor"] for duo in json.loads(both.stdout)["duos"]] == ["m1@x.org"]


def test_f4_roles_in_words() -> None:
    roles = {person.id: person.role for person in rm.read_cohort("people.csv").participants}
    assert roles == {"1": "mentor", "2": "mentor", "3": "both", "4": "both", "5": "mentee", "6": "mentee"}


def test_f6_which_of_several_sheets_is_asked_as_the_command_line_says_it() -> None:
    done = run("match", "people.xlsx")
    assert done.exit_code == 2
    assert "say which one: --sheet 'People'" in done.stderr
    assert len(duos("people.xlsx", "--sheet", "People")) == 1


def test_f7_somebody_has_answered_twice() -> None:
    done = run("match", "form.csv")
    assert done.exit_code == 2
    assert "--latest-by 'HEADING'" in done.stderr
    assert set(duos("form.csv", "--latest-by", "Timestamp")) == {"lea ada"}
    cohort = rm.read_cohort("form.csv", latest_by="Timestamp")
    assert {person.id: person.offers for person in cohort.participants}["lea"] == {"Python": 5}


def test_g1_a_first_line_that_says_the_separator() -> None:
    assert set(duos("people.csv")) == {"m1 e1"}


def test_g16_two_columns_of_one_heading_that_nothing_uses() -> None:
    assert set(duos("people.csv")) == {"m1 e1"}
    (note,) = rm.read_cohort("people.csv").notes
    assert "stands over columns E and F, and is left out" in note.message
    named = rm.read_cohort("people.csv", mapping={"column F": "remark"})
    assert [person.attributes["remark"] for person in named.participants] == [None, "y"]


def test_g17_hidden_rows_are_left_out_and_told() -> None:
    assert "m1 e1" in duos("people.xlsx")
    assert "people.xlsx: 1 hidden row left out" in run("match", "people.xlsx").stderr


@pytest.mark.parametrize(
    "arguments", [(), ("--map", "I can teach [Python]=offers", "--map", "I can teach [Excel]=offers")]
)
def test_g19_several_columns_of_one_list(arguments: tuple[str, ...]) -> None:
    assert set(duos("people.csv", *arguments)) == {"m1 e1"}
    mapping = dict(entry.split("=") for entry in arguments[1::2])
    mentor, mentee = rm.read_cohort("people.csv", mapping=mapping).participants
    assert (mentor.offers, mentee.seeks) == ({"Python": 4, "Excel": 2}, {"Python": 3, "Excel": 1})


def test_g2_headings_below_titles() -> None:
    assert set(duos("people.csv")) == {"m1 e1"}
    assert "headings are taken from row 3" in run("match", "people.csv").stderr


def test_g4_empty_cells_beyond_the_last_heading() -> None:
    assert set(duos("people.csv")) == {"m1 e1"}


def test_g6_three_rows_of_headings() -> None:
    mapped = ("ResponseId=id", "Q1=role", "Q2=offers", "Q3=seeks")
    assert set(duos("people.csv", *(part for entry in mapped for part in ("--map", entry)))) == {"R_1 R_2"}


def test_g7_quotes_behind_a_comma_and_a_blank() -> None:
    people = {person.id: person for person in rm.read_cohort("people.csv").participants}
    assert set(people["m1"].offers) == {"Python", "Excel"}
    assert (people["m1"].seeks, people["e1"].offers, set(people["e1"].seeks)) == ({}, {}, {"Excel"})
    assert set(duos("people.csv")) == {"m1 e1"}


def test_g8_a_bar_between_columns() -> None:
    assert set(duos("people.csv")) == {"m1 e1"}
    assert rm.look("people.csv").reading.files[0].separator == "|"
