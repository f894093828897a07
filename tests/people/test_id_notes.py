"""Ids that are not what they seem, and policies that say nothing of the people: a fault or a note, never silence."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.matching.policy_notes import policy_notes
from reverse_match.people import id_notes
from reverse_match.views.cli.main import app

if TYPE_CHECKING:
    from pathlib import Path

INVISIBLE = ["\u200b", "\ufeff", "\u00ad", "\u202e", "\u2066", "\u2060", "\u200d", "\u200e", "\u3164", "\U000e0041", "\ufe0f"]  # fmt: skip


def people(*records: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"id": "lea@x.org", "role": "mentor"}, {"id": "ada@x.org", "role": "mentee"}, *records]


def faults(records: list[dict[str, Any]]) -> list[rm.errors.Fault]:
    with pytest.raises(rm.errors.CohortError) as caught:
        rm.Cohort.from_records(records)
    return list(caught.value.faults)


@pytest.mark.parametrize("letter", INVISIBLE, ids=[f"{ord(letter):04X}" for letter in INVISIBLE])
def test_what_nobody_sees_makes_no_two_people_of_one(letter: str) -> None:
    (fault,) = faults(people({"id": f"l{letter}ea@x.org", "role": "mentee"}))
    assert (fault.row, fault.column, fault.code) == (3, "id", "id-twice")
    assert letter not in str(fault)
    joined = rm.Cohort.from_records(people())
    with pytest.raises(rm.errors.CohortError, match="looks the same as the id"):
        joined.amended(join=[{"id": f"lea@x.org{letter}", "role": "mentee"}])
    alone = rm.Cohort.from_records(people({"id": f"t{letter}om", "role": "mentee"}))
    (note,) = alone.notes
    assert (note.row, note.code) == (3, "invisible-characters")
    if letter not in "\u200d\ufe0f":
        assert letter not in str(note)
        assert f"[U+{ord(letter):04X}]" in str(note)


@pytest.mark.parametrize("spelling", ["le a@x.org", "LE A@x.org", "lea @x.org"])
def test_ids_that_name_nobody_by_a_hair_are_told(spelling: str) -> None:
    (fault,) = faults(people({"id": "tom", "role": "mentee", "avoids": [spelling]}))
    assert (fault.row, fault.column, fault.code) == (3, "avoids", "nearly-an-id")
    assert "did you mean 'lea@x.org'" in str(fault)
    for column in ("manager_id", "wants"):
        cohort = rm.Cohort.from_records(people({"id": "tom", "role": "mentee", column: spelling}))
        note = cohort.notes[-1]
        assert (note.row, note.column, note.code) == (3, column, "nearly-an-id")
        assert "did you mean 'lea@x.org'" in str(note)
    (note,) = rm.Cohort.from_records(people({"id": spelling, "role": "both"})).notes
    assert (note.row, note.column) == (3, "id")


@pytest.mark.parametrize("spelling", ["LEA@x.org", "lea@X.org", "lea\u200b@x.org", "Léa <Lea@x.org>"])
@pytest.mark.parametrize("column", ["avoids", "wants", "manager_id"])
def test_addresses_name_people_whatever_their_capitals(spelling: str, column: str) -> None:
    cohort = rm.Cohort.from_records(people({"id": "tom", "role": "mentee", column: spelling}))
    assert getattr(cohort.participants[2], column) in ("lea@x.org", ("lea@x.org",))


def test_a_manager_outside_the_file_is_no_news_and_wishes_for_nobody_are_counted() -> None:
    outsider = {"id": "tom@x.org", "role": "mentee", "manager_id": "boss@x.org"}
    assert rm.Cohort.from_records(people(outsider)).notes == ()
    assert rm.read_cohort(rm.demo_path()).notes == ()
    wishes = {"wants": "Lea Roux;lea@x.org", "avoids": ["Tom Petit", "Ada Blanc"]}
    cohort = rm.Cohort.from_records(people({**outsider, **wishes}))
    assert [str(note) for note in cohort.notes] == [
        "records, 'wants': nobody here is meant by 1 entry of 2; right would be ids, which are e-mail addresses here",
        "records, 'avoids': nobody here is meant by 2 entries of 2; right would be ids, which are e-mail addresses "
        "here",
    ]
    assert {note.code for note in cohort.notes} == {"unknown-id"}
    left = rm.Cohort.from_records(people({**outsider, "wants": "lea@x.org"})).amended(
        leave=["lea@x.org"], join=[{"id": "eva@x.org", "role": "mentor"}]
    )
    assert left.notes == ()


@pytest.mark.parametrize("zone", ["Europe/Pari", "europe/paris", "P", "Mars/Olympus"])
def test_a_time_zone_that_does_not_exist_is_a_fault(zone: str) -> None:
    (fault,) = faults(people({"id": "tom", "role": "mentee", "timezone": zone}))
    assert (fault.row, fault.column, fault.code) == (3, "timezone", "unknown-time-zone")
    assert rm.Cohort.from_records(people({"id": "t", "role": "both", "timezone": "Europe/Paris"}))


@pytest.mark.parametrize(
    ("policy", "notes"),
    [
        ({}, []),
        ({"rules": [{"kind": "different", "field": "gender"}]}, ["rules[0]: nobody fills 'gender'"]),
        ({"rules": [{"kind": "overlapping_hours"}]}, ["rules[0]: nobody fills 'timezone'"]),
        ({"rules": [{"kind": "not", "condition": {"kind": "same", "field": "empty"}}]}, ["rules[0].condition: nobody fills 'empty'"]),
        ({"rules": [{"kind": "gap_between", "field": "age", "at_least": 1}]}, ["rules[0]: nobody fills 'age'"]),
        ({"rules": [{"kind": "teaches", "offered": "empty"}]}, ["rules[0]: nobody fills 'empty', so", "rules[0]: nobody fills 'seeks'"]),
        ({"rules": [{"kind": "teaches", "skills": [{"skill": "SQL", "needs": [{"skill": "Excle"}, {"skill": "Cobol"}]}]}]}, ["rules[0]: nobody fills 'seeks'", "rules[0]: nobody offers or seeks 'Cobol'"]),
        ({"rules": [{"kind": "require", "of": "mentee", "field": "department", "equals": "Finanse"}]}, ["rules[0]: nobody has 'Finanse' in mentee.department"]),
        ({"quotas": [{"kind": "count", "where": {"mentee.department": "Finanse"}, "at_most": 1}]}, ["quotas[0]: nobody has 'Finanse' in mentee.department; did you mean 'Finance'?"]),
        ({"rules": [{"kind": "require", "of": "mentee", "field": "department", "under": "finance"}]}, []),
        ({"quotas": [{"kind": "each", "by": "mentor.department", "at_most": 1}]}, ["quotas[0]: no mentor fills 'department'"]),
        ({"quotas": [{"kind": "each", "by": "mentee.department", "at_most": 1}]}, []),
        ({"quotas": [{"kind": "share", "of": {"kind": "different", "field": "gender"}, "at_least": 0.4}]}, ["quotas[0]: nobody fills 'gender'"]),
        ({"quotas": [{"kind": "count", "where": {"mentee.department": ["Finance", "Sales"]}, "at_most": 1}]}, ["quotas[0]: nobody has 'Sales' in mentee.department"]),
        ({"rules": [{"kind": "not_met_before", "duos": [{"mentor": "LEA", "mentee": "who left"}]}]}, ["a past duo names 'LEA', whom nobody is; did you mean 'lea'"]),
    ],
)  # fmt: skip
def test_what_a_policy_says_of_nobody_is_noted(
    policy: dict[str, Any], notes: list[str], tmp_path: Path
) -> None:
    records = [
        {"id": "lea", "role": "mentor", "offers": "Excel;sql", "empty": None},
        {"id": "ada", "role": "mentee", "department": "Finance/Tax", "empty": None},
    ]
    told = policy_notes(rm.Policy.from_data(policy), rm.Cohort.from_records(records))
    found = [str(note) for note in told if note.code != "unknown-criterion"]
    assert [note[: len(start)] for note, start in zip(found, notes, strict=True)] == notes


def test_notes_reach_standard_error_and_only_that(tmp_path: Path) -> None:
    rows = "id,role,manager_id\nlea,mentor,Ada\nada,mentee,\n" + "".join(
        f"p{n},mentee,ADA\n" for n in range(30)
    )
    (tmp_path / "people.csv").write_text(rows)
    done = CliRunner().invoke(app, ["match", str(tmp_path / "people.csv"), "--out", str(tmp_path / "m.json")])
    assert done.exit_code == 0
    assert "note: people.csv, row 2, column 'manager_id': names nobody; did you mean 'ada'" in done.stderr
    assert "and 11 more such notes on people" in done.stderr
    assert "note" not in done.stdout
    again = CliRunner().invoke(app, ["verify", str(tmp_path / "m.json"), str(tmp_path / "people.csv")])
    assert "note: people.csv, row 2, column 'manager_id'" in again.stderr


@pytest.mark.parametrize("seed", range(100))
def test_ids_that_are_plainly_apart_have_no_notes(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    draw = random.Random(seed)
    ids = draw.sample(
        ["lea", "Lea", "ada", "a da", "tom-1", "7", "Zoë", "e\u200bva", "Tom-1"], draw.randint(2, 4)
    )
    records = [{"id": one, "role": "both", "wants": draw.choice(["", "LEA", "x"])} for one in ids]
    found = rm.Cohort.from_records(records).notes
    monkeypatch.setattr(id_notes, "_are_plainly_apart", lambda _: False)
    assert rm.Cohort.from_records(records).notes == found
