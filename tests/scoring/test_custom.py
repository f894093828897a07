from __future__ import annotations

import types
from typing import Any

import numpy as np
import pytest

import reverse_match as rm

PEOPLE = [
    {"id": "a", "role": "mentor", "km": 3, "town": "Lyon"},
    {"id": "b", "role": "mentor", "km": 9},
    {"id": "x", "role": "mentee", "km": 5, "town": "Lyon"},
]


def near(mentors: Any, mentees: Any) -> Any:
    return np.clip(1 - np.abs(mentors.numbers("km")[:, None] - mentees.numbers("km")[None, :]) / 10, 0, 1)


def policy(function: Any, name: str) -> rm.Policy:
    rm.register_criterion(name, function, replace=True)
    return rm.Policy(criteria=[{"kind": "custom", "name": "own", "weight": 1, "function": name}])


def test_a_function_scores_pairs() -> None:
    cohort = rm.Cohort.from_records(PEOPLE)
    assert rm.score_matrix(cohort, policy(near, "near")).tolist() == [[0.8], [0.6]]


def test_nan_means_not_known() -> None:
    def same_town(mentors: Any, mentees: Any) -> Any:
        here, there = (np.array(side.texts("town"), dtype=object) for side in (mentors, mentees))
        known = np.not_equal(here, None)[:, None] & np.not_equal(there, None)[None, :]
        return np.where(known, here[:, None] == there[None, :], np.nan)

    cohort, own = rm.Cohort.from_records(PEOPLE), policy(same_town, "same_town")
    matching = rm.match(cohort, own)
    assert matching.criteria[0].known_pairs == 1
    assert rm.score_matrix(cohort, own).tolist() == [[1.0], [1.0]]
    rm.verify(matching, cohort, own)


@pytest.mark.parametrize(
    ("result", "message"),
    [
        (np.full((2, 1), 1.5), "values outside 0 to 1"),
        (np.full((2, 1), -0.1), "values outside 0 to 1"),
        (np.full((1, 2), 0.5), "shape"),
        (np.full((2, 1), "a"), "array of <U1"),
        (np.full((2, 1), np.inf), "values outside 0 to 1"),
    ],
)
def test_what_a_function_returns_is_checked(result: Any, message: str) -> None:
    with pytest.raises(rm.PolicyError, match=message):
        rm.score_matrix(rm.Cohort.from_records(PEOPLE), policy(lambda mentors, mentees: result, "wrong"))


def test_an_unknown_function_suggests_the_nearest() -> None:
    rm.register_criterion("near", near, replace=True)
    wrong = rm.Policy(criteria=[{"kind": "custom", "name": "own", "weight": 1, "function": "neer"}])
    with pytest.raises(
        rm.PolicyError, match="no criterion function 'neer' is registered; did you mean 'near'"
    ):
        rm.match(rm.Cohort.from_records(PEOPLE), wrong)


def test_a_name_is_not_taken_over_silently() -> None:
    rm.register_criterion("taken", near, replace=True)
    rm.register_criterion("taken", near)
    again = types.FunctionType(near.__code__, globals(), "near")
    again.__qualname__, again.__module__ = near.__qualname__, near.__module__
    rm.register_criterion("taken", again)
    with pytest.raises(rm.PolicyError, match="registered already"):
        rm.register_criterion("taken", lambda mentors, mentees: near(mentors, mentees))
