"""Whoever has a number or a word of the format as an id is forgotten, and nothing else changes."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.views.cli.main import app

if TYPE_CHECKING:
    from pathlib import Path


def run(*arguments: str) -> None:
    result = CliRunner().invoke(app, list(arguments), env={"LANG": "C", "LC_ALL": ""})
    assert result.exit_code == 0, result.output + result.stderr


def rows_of(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(file.read_text("utf-8").splitlines()))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


PEOPLE = """\
id,role,name,offers,seeks,joined,age,manager,wishes
11,mentor,Zoe Quibus,Python:4,Excel,2024-01-05,31,,
b,mentee,Ada,Excel:4,Python:3,2024-02-11,41,11,11:1;c:2
c,mentor,Bo,Python:4,Excel,2023-11-30,25,,
4,mentee,Paul,Excel:3,Go,2022-04-04,44,c,
"""


@pytest.mark.parametrize("person", ["11", "4"])
def test_a_number_is_an_id_only_where_ids_stand(folder: Path, person: str) -> None:
    file = folder / "people.csv"
    file.write_text(PEOPLE.replace("wishes", "wants").replace("manager", "manager_id"), "utf-8")
    before = {row["id"]: row for row in rows_of(file)}
    run("forget", person, "--people", "people.csv")
    after = {row["id"]: row for row in rows_of(file)}
    assert set(after) == set(before) - {person}
    for name, row in after.items():
        changed = {key for key, cell in row.items() if cell != before[name][key]}
        assert changed <= ({"manager_id", "wants"} if person == "11" and name == "b" else set())
    if person == "11":
        assert (after["b"]["manager_id"], after["b"]["wants"]) == ("", "c:2")


def test_answers_of_others_stay(folder: Path) -> None:
    answers = (
        "mentor,mentee,on,by,satisfaction,sessions_held\n"
        "4,b,2026-11-04,mentor,5,2\nc,b,2026-11-30,mentor,4,3\nc,d,2026-11-30,mentee,3,4\n"
    )
    (folder / "answers.csv").write_text(answers, "utf-8")
    run("forget", "4", "--feedback", "answers.csv")
    assert (folder / "answers.csv").read_text("utf-8").splitlines() == answers.splitlines()[
        :1
    ] + answers.splitlines()[2:]


def test_answers_in_json_stay(folder: Path) -> None:
    answers: list[dict[str, Any]] = [
        {"mentor": "4", "mentee": "b", "on": "2026-11-04", "by": "mentor", "satisfaction": 5},
        {"mentor": "c", "mentee": "b", "on": "2026-11-30", "by": "mentor", "satisfaction": 4, "comment": "4"},
    ]
    (folder / "answers.json").write_text(json.dumps(answers), "utf-8")
    run("forget", "4", "--feedback", "answers.json")
    assert json.loads((folder / "answers.json").read_text("utf-8")) == answers[1:]


@pytest.mark.parametrize("person", ["11", "2", "2026", "30", "0"])
def test_days_versions_and_figures_of_a_matching_stay(person: str) -> None:
    cohort = rm.Cohort.from_records(
        [
            {"id": person, "role": "mentor", "offers": "Python", "age": 30},
            {"id": "c", "role": "mentor", "offers": "Python", "age": 20, "grade": person},
            {"id": "d", "role": "mentee", "seeks": "Python", "age": 50},
            {"id": "e", "role": "mentee", "seeks": "Python", "age": 51},
        ],
        as_of="2026-11-30",
    )
    policy = rm.Policy.from_data(
        {
            "as_of": "2026-11-30",
            "quotas": [{"kind": "count", "where": {"mentor.grade": [person]}, "at_least": 0}],
        }
    )
    published = rm.publish(rm.match(cohort, policy), on="2026-11-30")
    erased, people = rm.forget(person, published, cohort)
    assert (erased.library_version, erased.published) == (published.library_version, published.published)
    assert erased.policy == published.policy
    assert person not in {name for duo in erased.duos for name in (duo.mentor, duo.mentee)}
    assert person not in {*erased.certificate.mentor_prices, *(one.id for one in erased.unmatched)}
    with pytest.raises(rm.VerificationError) as caught:
        rm.verify(erased, people)
    assert caught.value.is_incomplete


def test_a_least_number_of_a_person_is_told_of_the_tombstone() -> None:
    """The quota on the duos of one person has the id in its name."""
    records = [
        {"id": "11", "role": "mentor", "offers": "Python", "capacity": "1..2"},
        *({"id": name, "role": "mentee", "seeks": "Python"} for name in "abc"),
        {"id": "x", "role": "mentor", "offers": "Go"},
    ]
    cohort = rm.Cohort.from_records(records)
    erased, _ = rm.forget("11", rm.match(cohort), cohort)
    assert "of 11" not in erased.to_json()
    assert '"11"' not in erased.to_json()


@pytest.mark.parametrize("person", ["gap", "skills", "total"])
def test_the_command_forgets_a_word_of_the_format(folder: Path, person: str) -> None:
    rows = f"id,role,offers,seeks\n{person},mentor,Python:4,Excel\nb,mentee,Excel,Python\nc,mentor,Python,Excel\n"
    (folder / "people.csv").write_text(rows, "utf-8")
    run("match", "people.csv", "--out", "matching.json")
    run("forget", person, "--people", "people.csv", "--matching", "matching.json")
    erased = rm.Matching.from_json((folder / "matching.json").read_text("utf-8"))
    assert erased.forgotten == ("forgotten-1",)
    assert [one.name for one in erased.policy.criteria] == [one.name for one in rm.Policy().criteria]
    with pytest.raises(rm.VerificationError) as caught:
        rm.verify(erased, rm.read_cohort("people.csv"))
    assert caught.value.is_incomplete


def test_who_has_left_the_people_is_still_found_by_a_number(folder: Path) -> None:
    rows = "id,role,offers,seeks\n10234,mentor,Python:4,Excel\nb,mentee,Excel,Python\nc,mentor,Python,Excel\n"
    (folder / "people.csv").write_text(rows, "utf-8")
    run("match", "people.csv", "--out", "matching.json")
    (folder / "people.csv").write_text(rows.replace("10234,mentor,Python:4,Excel\n", ""), "utf-8")
    (folder / "copy.csv").write_text(rows, "utf-8")
    result = CliRunner().invoke(
        app, ["forget", "10234", "--people", "people.csv", "--matching", "matching.json"]
    )
    assert result.exit_code == 0, result.output
    assert "copy.csv" in result.output
    assert "10234" not in (folder / "matching.json").read_text("utf-8")
