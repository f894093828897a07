"""Gap: how well the difference of two numbers, mentee minus mentor, lies in a wanted range.

The value is a trapezoid: 0 up to ``from``, 1 from ``to`` on, and linear in between. If ``until`` is given,
the value is 1 up to there, and falls to 0 at ``zero_from``; by default the fall is as wide as the rise. If
``from`` and ``to`` are equal, the value steps from 0 to 1 at that difference.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.fixed_point import ONE
from reverse_match.scoring.criterion import millionths
from reverse_match.scoring.profiles import ProfilePairs

if TYPE_CHECKING:
    from reverse_match.foundation.arrays import FloatArray, IntArray
    from reverse_match.policy import Gap
    from reverse_match.scoring.columns import Columns
    from reverse_match.scoring.criterion import Sides


def encode_gap(criterion: Gap, columns: Columns, sides: Sides) -> ProfilePairs:
    """Read the number of each person as a profile, NaN where missing."""
    numbers = columns.numbers(criterion.field)
    mentors, mentor_profiles = np.unique(numbers[list(sides.mentors)], return_inverse=True)
    mentees, mentee_profiles = np.unique(numbers[list(sides.mentees)], return_inverse=True)
    fall = None
    if criterion.until is not None:
        width = criterion.to - criterion.from_
        end = criterion.until + width if criterion.zero_from is None else criterion.zero_from
        fall = (float(criterion.until), float(end))
    values = partial(_values, mentors, mentees, (float(criterion.from_), float(criterion.to)), fall)
    lacking = bool(np.isnan(mentors).any() or np.isnan(mentees).any())
    return ProfilePairs(values, mentor_profiles, mentee_profiles, lacking)


def _values(
    mentors: FloatArray,
    mentees: FloatArray,
    rise: tuple[float, float],
    fall: tuple[float, float] | None,
    here: IntArray,
    there: IntArray,
) -> FloatArray:
    """Return the values of pairs of distinct numbers, NaN where one is missing."""
    difference = mentees[there] - mentors[here]
    value = _rise(difference, *rise)
    return value if fall is None else np.minimum(value, _rise(-difference, -fall[1], -fall[0]))


def _rise(difference: FloatArray, start: float, end: float) -> FloatArray:
    if start == end:
        return np.where(np.isnan(difference), np.nan, np.where(difference >= end, float(ONE), 0.0))
    return millionths(np.clip(difference - start, 0.0, end - start), end - start)
