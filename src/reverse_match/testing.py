"""The test that a user's own criterion must pass, shipped with the library.

Call it in the test suite of whoever wrote the criterion::

    from reverse_match.testing import check_criterion

    def test_my_criterion():
        check_criterion(my_function, rm.read_cohort("people.csv"))
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reverse_match.policy import Custom, Policy
from reverse_match.scoring.columns import Columns
from reverse_match.scoring.criterion import Sides
from reverse_match.scoring.custom import CustomPairs, encode_custom, register_criterion

if TYPE_CHECKING:
    from reverse_match.arrays import FloatArray
    from reverse_match.cohort import Cohort
    from reverse_match.scoring.custom import CriterionFunction

_NAME = "reverse_match.testing"


def check_criterion(function: CriterionFunction, cohort: Cohort) -> None:
    """Check that a function can serve as a criterion.

    It must return numbers from 0 to 1 (NaN where not known) in the right shape, the same on every call, and
    the value of a pair may depend on nothing but its two people: not on who else is in the tile, nor on the
    order.

    Parameters
    ----------
    function : callable
        As given to :func:`reverse_match.register_criterion`.
    cohort : Cohort
        People to try it on; a dozen on each side show more than two.

    Raises
    ------
    PolicyError
        If shape, type or range are wrong.
    AssertionError
        If the value of a pair depends on something else.

    Examples
    --------
    >>> import numpy as np
    >>> import reverse_match as rm
    >>> def near(mentors, mentees):
    ...     return np.abs(mentors.numbers("age")[:, None] - mentees.numbers("age")[None, :]) / 100
    >>> check_criterion(near, rm.read_cohort(rm.demo_path()))
    """
    everybody = list(enumerate(cohort.participants))
    mentors = [index for index, person in everybody if person.teaches]
    mentees = [index for index, person in everybody if person.learns]
    whole = _values(function, cohort, mentors, mentees)
    _same(whole, _values(function, cohort, mentors, mentees), "it differs from one call to the next")
    turned = _values(function, cohort, mentors[::-1], mentees[::-1])[::-1, ::-1]
    _same(whole, turned, "the value of a pair depends on the order of people")
    for row, mentor in enumerate(mentors):
        alone = _values(function, cohort, [mentor], mentees)
        _same(whole[row : row + 1], alone, "the value of a pair depends on which other mentors are there")
    for column, mentee in enumerate(mentees):
        alone = _values(function, cohort, mentors, [mentee])
        _same(
            whole[:, column : column + 1],
            alone,
            "the value of a pair depends on which other mentees are there",
        )


def _values(
    function: CriterionFunction, cohort: Cohort, mentors: list[int], mentees: list[int]
) -> FloatArray:
    register_criterion(_NAME, function, replace=True)
    criterion = Custom(name="checked", weight=1, function=_NAME)
    columns = Columns(cohort, Policy(criteria=(criterion,)), cohort.as_of)
    pairs: CustomPairs = encode_custom(criterion, columns, Sides(mentors, mentees))
    return pairs.values(slice(0, len(mentors)), slice(0, len(mentees)))


def _same(one: FloatArray, other: FloatArray, what: str) -> None:
    if not np.array_equal(one, other, equal_nan=True):
        message = f"this function cannot serve as a criterion: {what}"
        raise AssertionError(message)
