"""Who held how many sessions, what changed between rounds, and how many months answers are about."""

from __future__ import annotations

from datetime import date

import pytest

import reverse_match as rm
from reverse_match.programme.indicators.attendance import attendance_csv
from rounds_by_hand import round_of, said

FIRST, SECOND = round_of([("a", "x"), ("b", "y")], ["z"]), round_of([("a", "x"), ("b", "z")], ["w"])
SAID = [
    said(("a", "x"), "mentee", "2027-02-01", sessions_held=2),
    said(("a", "x"), "mentor", "2027-02-03", sessions_held=3),
    said(("a", "x"), "mentee", "2027-03-01", sessions_held=2),
    said(("a", "x"), "mentee", "2027-06-01", sessions_held=1),
    said(("b", "z"), "mentor", "2027-06-02", satisfaction=4),
]


def test_sessions_of_each_person_and_role() -> None:
    rows = rm.attendance([FIRST, SECOND], SAID, ends=["2027-05-01"])
    assert {(one.id, one.role): (one.rounds, one.sessions) for one in rows} == {
        ("a", "mentor"): (2, 5),  # of the first round the mentee's 2 + 2, more than the mentor's 3
        ("b", "mentor"): (2, None),
        ("x", "mentee"): (2, 5),
        ("y", "mentee"): (1, None),
        ("z", "mentee"): (1, None),
    }
    written = attendance_csv(rows, {"a": "=Ada"}).splitlines()
    assert written[1] == "a,'=Ada,mentor,2,5,2027-02-01,2027-06-01"
    assert written[4] == "y,,mentee,1,,,"


def test_what_changed_between_rounds() -> None:
    cohort = rm.Cohort.from_records([{"id": one, "role": "both"} for one in "abwxyz"])
    (change,) = rm.indicators([FIRST, SECOND], SAID, cohort, ends=["2027-05-01"], by=[]).changes
    assert change.model_dump() == {"round": 2, "kept": 1, "ended": 1, "new": 1, "joined": 1, "left": 1}


@pytest.mark.parametrize(
    ("days", "alone", "with_programme"),
    [
        (["2027-02-10"], 1, 1),
        (["2027-02-11"], 1, 1),
        (["2027-02-12"], 1, 2),
        (["2027-05-11"], 1, 4),
        (["2027-05-30"], 1, 4),  # late, and about the four months of the round all the same
        (["2027-02-28", "2027-04-01"], 3, 3),
    ],
)
def test_the_months_that_answers_are_about(days: list[str], alone: int, with_programme: int) -> None:
    cohort = rm.Cohort.from_records([{"id": one, "role": "both"} for one in "abxyz"])
    records = [said(("a", "x"), "mentee", day, hours_saved=6) for day in days]
    programme = rm.Programme(start=date(2027, 1, 11), months=4)
    found = [
        rm.indicators(FIRST, records, cohort, by=[], programme=plan).months_covered
        for plan in (None, programme)
    ]
    assert found == [alone, with_programme]


def test_hours_are_told_for_a_month() -> None:
    pairs = [(f"m{n}", f"e{n}") for n in range(6)]
    cohort = rm.Cohort.from_records([{"id": one, "role": "both"} for pair in pairs for one in pair])
    records = [said(pair, "mentee", "2027-05-11", hours_saved=6) for pair in pairs]
    programme = rm.Programme(start=date(2027, 1, 11), months=4)
    told = rm.indicators(round_of(pairs), records, cohort, by=[], programme=programme)
    assert told.programme.hours_a_month is not None
    assert told.programme.hours_a_month.value == 9
    assert "Hours saved: 36, which is 9 a month." in told.sentences()
    assert "Heures gagnées\u202f: 36, soit 9 par mois." in told.sentences("fr")
