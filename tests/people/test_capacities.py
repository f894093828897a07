"""How many duos somebody can and must have: in each role, in one of the two, and in both together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import reverse_match as rm
from reverse_match.people.write import people_csv, people_json
from reverse_match.views.words.french_faults import WORDS

if TYPE_CHECKING:
    from pathlib import Path

FIELD_CASE = (
    "id,role,offers,seeks,{heading}\na,both,Python:5,Excel,3\nb,both,Excel:5,Python,1\n"
    "c,mentor,Excel:4,,1\nd,mentor,Excel:3,,1\n"
)


def read(tmp_path: Path, text: str) -> rm.Cohort:
    path = tmp_path / "people.csv"
    path.write_text(text, encoding="utf-8")
    return rm.read_cohort(path)


@pytest.mark.parametrize(
    "heading",
    [
        *("max mentees", "Maximum mentees", "Nombre max de mentorés", "Number of mentees"),
        *("Nombre maximum de mentoré(e)s", "Nombre de mentoré·e·s", "Nb max de mentorés", "Mentorés (max)"),
        "How many mentees can you take?",
    ],
)
def test_a_largest_number_of_mentees_is_a_capacity_as_mentor(tmp_path: Path, heading: str) -> None:
    cohort = read(tmp_path, FIELD_CASE.format(heading=heading))
    someone = cohort.participants[0]
    assert (someone.capacity_as("mentor"), someone.capacity_as("mentee")) == (3, 1)
    matching = rm.match(cohort)
    assert [duo.mentee for duo in matching.duos].count("a") == 1
    rm.verify(matching, cohort)


@pytest.mark.parametrize("heading", ["max mentors", "Nombre maximum de mentors", "capacity_as_mentee"])
def test_a_largest_number_of_mentors_is_a_capacity_as_mentee(tmp_path: Path, heading: str) -> None:
    cohort = read(tmp_path, FIELD_CASE.format(heading=heading))
    someone = cohort.participants[0]
    assert (someone.capacity_as("mentor"), someone.capacity_as("mentee")) == (1, 3)


@pytest.mark.parametrize("heading", ["capacity", "max duos", "Capacité", "nombre de duos"])
def test_a_largest_number_of_duos_holds_in_each_role(tmp_path: Path, heading: str) -> None:
    someone = read(tmp_path, FIELD_CASE.format(heading=heading)).participants[0]
    assert (someone.capacity_as("mentor"), someone.capacity_as("mentee"), someone.most_in_all) == (3, 3, 6)


def test_a_role_may_have_its_own_capacity_beside_that_of_both() -> None:
    person = rm.Participant(id="a", role="both", capacity=2, capacity_as_mentee=0, capacity_in_all=1)
    assert (person.capacity_as("mentor"), person.capacity_as("mentee"), person.most_in_all) == (1, 0, 1)


@pytest.mark.parametrize("text", ["1..3", "1 .. 3", "1…3", "1-3", "1 – 3", "1 to 3", "1 à 3"])
def test_a_range_says_the_least_number_too(text: str) -> None:
    person = rm.Participant(id="a", role="both", capacity=text)
    assert (person.capacity, person.least_as("mentor"), person.least_as("mentee")) == (3, 1, 1)
    one = rm.Participant(id="a", role="both", capacity_as_mentor=text)
    assert (one.capacity_as("mentor"), one.least_as("mentor")) == (3, 1)
    assert (one.capacity_as("mentee"), one.least_as("mentee")) == (1, 0)


@pytest.mark.parametrize(
    ("record", "code"),
    [
        ({"capacity": "3..1"}, "out-of-order"),
        ({"capacity": 1, "least_duos": 2}, "out-of-order"),
        ({"capacity": "1..3", "least_duos": 2}, "contradictory"),
        ({"capacity": "2..3", "capacity_in_all": 3}, "out-of-order"),
        ({"least_duos_in_all": 3}, "out-of-order"),
        ({"capacity": "one to three"}, "not-a-number"),
        ({"capacity_in_all": "3-janv"}, "not-a-number"),
        ({"capacity": "1..3", "capacity_as_mentor": "0..3"}, "contradictory"),
        ({"least_duos": "1", "capacity_as_mentee": "0..1"}, "contradictory"),
        ({"capacity_as_mentor": -1}, "out-of-range"),
        ({"capacity": "1..2000000"}, "out-of-range"),
    ],
)
def test_what_cannot_be_is_a_fault_in_both_languages(record: dict[str, Any], code: str) -> None:
    with pytest.raises(rm.InputError) as caught:
        rm.Cohort.from_records([{"id": "a", "role": "both", **record}, {"id": "b", "role": "both"}])
    fault = caught.value.faults[0]
    assert fault.code == code
    assert WORDS.say(fault.message) is not None
    assert "not a number" not in fault.message or "1..3" in fault.message


def test_people_with_separate_capacities_are_written_as_they_are_read() -> None:
    records = [
        {"id": "a", "role": "both", "capacity": "1..3", "capacity_as_mentee": 2, "capacity_in_all": 4},
        {"id": "b", "role": "mentor", "least_duos_as_mentor": 1},
    ]
    cohort = rm.Cohort.from_records(records)
    heading, *_ = people_csv(cohort, "a.csv").splitlines()
    assert heading == "id,role,capacity,capacity_as_mentee,capacity_in_all,least_duos,least_duos_as_mentor"
    assert '"least_duos": 1' in people_json(cohort)


def test_people_without_the_new_columns_keep_their_digest() -> None:
    plain = rm.Cohort.from_records(
        [{"id": "a", "role": "both", "capacity": 3}, {"id": "b", "role": "mentee"}]
    )
    assert plain.sha256 == "8e4d8d276828bb44f971644c52da93b6debfc886b755773d77d2c39c6fb9135c"
    same = rm.Cohort.from_records(
        [{"id": "a", "role": "both", "capacity": 3, "capacity_in_all": None}, {"id": "b", "role": "mentee"}]
    )
    assert same.sha256 == plain.sha256
