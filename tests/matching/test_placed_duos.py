"""Duos that one match hands to the next: reused only where nothing of them is other."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import reverse_match as rm
from reverse_match.matching.placed_duos import NONE_PLACED, PlacedDuos
from reverse_match.testing import invented_cohort

PEOPLE = 40
COHORT = rm.Cohort.from_records(
    [
        {
            **person.model_dump(mode="json", exclude={"attributes"}),
            "available": "Mon 9-12" if number % 3 else "Mon 10-17;Tue 9-11",
        }
        for number, person in enumerate(invented_cohort(PEOPLE, seed=5).participants)
    ]
)
DUOS = [(duo.mentor, duo.mentee) for duo in rm.match(COHORT).duos]

TIMES = {"kind": "common_time", "at_least": 45, "if_unknown": "allow"}
LINE = {"kind": "not_in_reporting_line"}
CREDITS = [
    {"name": "later", "points": 0.25, "mentees": [DUOS[0][1], DUOS[3][1]]},
    {"name": "sooner", "points": 0.5, "mentors": [DUOS[0][0]], "pairs": [DUOS[1]]},
]
ASKED: dict[str, dict[str, Any]] = {
    "nothing": {},
    "fixed": {"rules": [LINE, {"kind": "fix", "pairs": [DUOS[0], (DUOS[1][0], DUOS[2][1])]}]},
    "fixed otherwise": {"rules": [LINE, {"kind": "fix", "pairs": [DUOS[1]]}]},
    "forbidden": {"rules": [LINE, {"kind": "forbid", "pairs": [DUOS[0], DUOS[4]]}]},
    "times": {"rules": [LINE, TIMES]},
    "nothing to learn": {"as_far_as_possible": None},
    "credits": {"credits": CREDITS},
    "other weights": {"criteria": [{"kind": "difference", "name": "gender", "weight": 1, "field": "gender"}]},
}


@pytest.mark.parametrize("second", ASKED)
@pytest.mark.parametrize("first", ASKED)
def test_what_an_earlier_match_left_changes_no_byte(first: str, second: str) -> None:
    warm = rm.WarmStart()
    for name in (first, second, first):
        policy = rm.Policy.from_data(ASKED[name])
        again = rm.match(COHORT, policy, warm_start=warm)
        assert again.to_json() == rm.match(COHORT, policy).to_json()


@pytest.mark.parametrize("name", ASKED)
def test_a_matching_is_made_in_the_order_in_which_it_is_read(name: str) -> None:
    """Nothing is validated or put into order in duos and prices that a match has just made."""
    matching = rm.match(COHORT, rm.Policy.from_data(ASKED[name]))
    assert rm.Matching.from_json(matching.to_json()).to_json() == matching.to_json()
    assert rm.Matching.model_validate(dict(matching)).to_json() == matching.to_json()
    assert [(duo.mentor, duo.mentee) for duo in matching.duos] == sorted(
        (duo.mentor, duo.mentee) for duo in matching.duos
    )


def test_duos_are_found_by_row_and_column() -> None:
    rows, columns = np.array([3, 0, 2**30]), np.array([1, 2**30, 0])
    no = np.zeros(3, dtype=bool)
    placed = PlacedDuos(rows, columns, rows, no, no, tuple(rm.match(COHORT).duos[:3]))
    assert placed.find(np.array([0, 3, 1, 2**30]), np.array([2**30, 1, 3, 0])).tolist() == [1, 0, -1, 2]
    assert NONE_PLACED.find(rows, columns).tolist() == [-1, -1, -1]
