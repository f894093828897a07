from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import reverse_match as rm
from reverse_match.testing import check_criterion, check_rule

COHORT = rm.Cohort.from_records(
    [{"id": f"m{i}", "role": "mentor", "years": i} for i in range(4)]
    + [{"id": f"e{i}", "role": "mentee", "years": 10 * i} for i in range(3)]
)


def gap(mentors: Any, mentees: Any) -> Any:
    return np.abs(mentors.numbers("years")[:, None] - mentees.numbers("years")[None, :])


def test_a_sound_criterion_passes() -> None:
    check_criterion(lambda mentors, mentees: gap(mentors, mentees) / 100, COHORT)


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (lambda mentors, mentees: gap(mentors, mentees) / gap(mentors, mentees).max(), "which other ment"),
        (
            lambda mentors, mentees: np.tile(np.linspace(0, 1, len(mentors))[:, None], len(mentees)),
            "order of people",
        ),
        (
            lambda mentors, mentees: np.random.default_rng().random((len(mentors), len(mentees))),
            "one call to the next",
        ),
    ],
)
def test_a_criterion_that_depends_on_something_else_fails(function: Any, message: str) -> None:
    with pytest.raises(AssertionError, match=message):
        check_criterion(function, COHORT)


def test_a_criterion_out_of_range_fails() -> None:
    with pytest.raises(rm.errors.PolicyError, match="values outside 0 to 1"):
        check_criterion(gap, COHORT)


def test_a_sound_rule_passes() -> None:
    check_rule(lambda mentors, mentees: gap(mentors, mentees) > 2, COHORT)
    check_rule(lambda mentors, mentees: np.where(gap(mentors, mentees) > 2, 1, np.nan), COHORT)


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (lambda mentors, mentees: gap(mentors, mentees) == gap(mentors, mentees).max(), "which other ment"),
        (lambda mentors, mentees: np.eye(len(mentors), len(mentees)) == 1, "order of people"),
        (
            lambda mentors, mentees: np.random.default_rng().random((len(mentors), len(mentees))) < 0.5,
            "one call to the next",
        ),
    ],
)
def test_a_rule_that_depends_on_something_else_fails(function: Any, message: str) -> None:
    with pytest.raises(AssertionError, match=f"cannot serve as a rule: .*{message}"):
        check_rule(function, COHORT)


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (lambda mentors, mentees: gap(mentors, mentees), "numbers other than 0 and 1"),
        (lambda mentors, mentees: np.ones(3, dtype=bool), "an array of bool with shape"),
        (lambda mentors, mentees: np.full((len(mentors), len(mentees)), "yes"), "an array of <U3 with shape"),
    ],
)
def test_a_rule_that_says_something_else_fails(function: Any, message: str) -> None:
    with pytest.raises(rm.errors.PolicyError, match=f"the rule function 'checked' returned {message}"):
        check_rule(function, COHORT)
