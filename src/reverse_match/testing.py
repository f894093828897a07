"""Helpers for tests: invented people, and checks that a user's own criterion and rule must pass.

Call the checks in the test suite of the functions::

    from reverse_match.testing import check_criterion, check_rule

    def test_my_criterion():
        check_criterion(my_function, rm.read_cohort("people.csv"))

    def test_my_rule():
        check_rule(my_other_function, rm.read_cohort("people.csv"))
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.people.invented import invented_cohort as invented_cohort
from reverse_match.people.invented import invented_records as invented_records
from reverse_match.people.invented_intake import invented_intake as invented_intake
from reverse_match.policy import Custom, Policy
from reverse_match.scoring.columns import Columns, People
from reverse_match.scoring.criterion import Sides
from reverse_match.scoring.custom import CustomPairs, answers_of, encode_custom, register_criterion

if TYPE_CHECKING:
    from collections.abc import Callable

    from reverse_match.foundation.arrays import FloatArray
    from reverse_match.people.cohort import Cohort
    from reverse_match.scoring.custom import CriterionFunction, RuleFunction

_NAME = "reverse_match.testing"


def check_criterion(function: CriterionFunction, cohort: Cohort) -> None:
    """Check that a function can serve as a criterion.

    The function must return numbers from 0 to 1 (NaN where not known), in an array of one row for each mentor
    and one column for each mentee, and the same on every call. The value of a pair must depend on its two
    people alone: neither on the other people of the tile nor on their order.

    Parameters
    ----------
    function : callable
        A function for :func:`reverse_match.register_criterion`.
    cohort : Cohort
        People to try it on; a dozen on each side reveal more than two.

    Raises
    ------
    PolicyError
        If shape, type or range of the result are wrong.
    AssertionError
        If the value of a pair depends on anything else.

    Examples
    --------
    >>> import numpy as np
    >>> import reverse_match as rm
    >>> def near(mentors, mentees):
    ...     return np.abs(mentors.numbers("age")[:, None] - mentees.numbers("age")[None, :]) / 100
    >>> check_criterion(near, rm.read_cohort(rm.demo_path()))
    """
    _depends_on_two_people_only(partial(_values, function, cohort), cohort, "a criterion")


def check_rule(function: RuleFunction, cohort: Cohort) -> None:
    """Check that a function can serve as a rule.

    The function must return true or false (or 1, 0, and NaN where not known), in an array of one row for each
    mentor and one column for each mentee, and the same on every call. The answer for a pair must depend on
    its two people alone.

    Parameters
    ----------
    function : callable
        A function for :func:`reverse_match.register_rule`.
    cohort : Cohort
        People to try it on; a dozen on each side reveal more than two.

    Raises
    ------
    PolicyError
        If shape or type of the result are wrong.
    AssertionError
        If the answer for a pair depends on anything else.

    Examples
    --------
    >>> import numpy as np
    >>> import reverse_match as rm
    >>> def older(mentors, mentees):
    ...     return mentors.numbers("age")[:, None] < mentees.numbers("age")[None, :]
    >>> check_rule(older, rm.read_cohort(rm.demo_path()))
    """
    columns = Columns(cohort, Policy(), cohort.as_of)

    def answers(mentors: list[int], mentees: list[int]) -> FloatArray:
        return answers_of("checked", function, People(columns, mentors), People(columns, mentees))

    _depends_on_two_people_only(answers, cohort, "a rule")


def _depends_on_two_people_only(
    ask: Callable[[list[int], list[int]], FloatArray], cohort: Cohort, role: str
) -> None:
    everybody = list(enumerate(cohort.participants))
    mentors = [index for index, person in everybody if person.teaches]
    mentees = [index for index, person in everybody if person.learns]
    whole = ask(mentors, mentees)

    def same(one: FloatArray, other: FloatArray, what: str) -> None:
        if not np.array_equal(one, other, equal_nan=True):
            message = f"this function cannot serve as {role}: {what}"
            raise AssertionError(message)

    same(whole, ask(mentors, mentees), "it differs from one call to the next")
    turned = ask(mentors[::-1], mentees[::-1])[::-1, ::-1]
    same(whole, turned, "the value of a pair depends on the order of people")
    for row, mentor in enumerate(mentors):
        alone = ask([mentor], mentees)
        same(whole[row : row + 1], alone, "the value of a pair depends on which other mentors are there")
    for column, mentee in enumerate(mentees):
        alone = ask(mentors, [mentee])[:, 0]
        same(whole[:, column], alone, "the value of a pair depends on which other mentees are there")


def _values(
    function: CriterionFunction, cohort: Cohort, mentors: list[int], mentees: list[int]
) -> FloatArray:
    register_criterion(_NAME, function, replace=True)
    criterion = Custom(name="checked", weight=1, function=_NAME)
    columns = Columns(cohort, Policy(criteria=(criterion,)), cohort.as_of)
    pairs: CustomPairs = encode_custom(criterion, columns, Sides(mentors, mentees))
    return pairs.values(slice(0, len(mentors)), slice(0, len(mentees)))
