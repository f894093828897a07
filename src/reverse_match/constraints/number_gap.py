"""Whether the difference of two numbers, mentee minus mentor, is within bounds; exactly.

Numbers with decimals would differ from what people wrote in the last binary digit (4.5 - 4.2 is less than 0.3
in double precision), and a hard rule has no room for that. So the distinct numbers are compared as the
decimals they were written as. All mentees' numbers stand in ascending order; those that will do for one
mentor then stand next to one another, and a pair is looked up by two comparisons of places in that order.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from math import lcm
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.constraints.profile_pairs import ProfileCondition
from reverse_match.scoring.grid import exact

if TYPE_CHECKING:
    from fractions import Fraction

    from reverse_match.arrays import BoolArray, CodeArray, FloatArray
    from reverse_match.constraints.setting import Setting
    from reverse_match.policy.conditions import GapBetween


@dataclass(frozen=True)
class WithinPlaces:
    """A mentee's number whose place in the order is in the mentor's range of places.

    Attributes
    ----------
    first, end : int32 arrays
        For each profile of a mentor: the first place that will do, and the one after the last.
    """

    first: CodeArray
    end: CodeArray

    def table(self, mentors: CodeArray, mentees: CodeArray) -> BoolArray:
        """Compare all pairs of listed numbers."""
        marks = np.greater_equal(mentees[None, :], self.first[mentors][:, None])
        marks &= mentees[None, :] < self.end[mentors][:, None]
        return marks

    def at(self, mentors: CodeArray, mentees: CodeArray) -> BoolArray:
        """Compare number by number."""
        return (mentees >= self.first[mentors]) & (mentees < self.end[mentors])


def compile_number_gap(condition: GapBetween, setting: Setting) -> ProfileCondition:
    """Put everybody's number in order; see :class:`WithinPlaces`."""
    numbers = setting.columns.numbers(condition.field)
    mentors, mentor_places, mentors_known = _in_order(numbers[list(setting.sides.mentors)])
    mentees, mentee_places, mentees_known = _in_order(numbers[list(setting.sides.mentees)])
    lowest, highest = (
        None if bound is None else exact(bound) for bound in (condition.at_least, condition.at_most)
    )
    scale = lcm(
        *(number.denominator for number in (*mentors, *mentees, lowest, highest) if number is not None)
    )
    there = [int(number * scale) for number in mentees]
    first, end = [0] * len(mentors), [len(there)] * len(mentors)
    for place, number in enumerate(mentors):
        if lowest is not None:
            first[place] = bisect_left(there, int((number + lowest) * scale))
        if highest is not None:
            end[place] = bisect_right(there, int((number + highest) * scale))
    nobody = [0]  # where a mentor's number is missing
    within = WithinPlaces(np.array(first + nobody, np.int32), np.array(end + nobody, np.int32))
    return ProfileCondition(within, mentor_places, mentee_places, (mentors_known, mentees_known))


def _in_order(numbers: FloatArray) -> tuple[list[Fraction], CodeArray, BoolArray]:
    """Return the distinct numbers as written, ascending; each person's place among them; whose is known.

    The place of a number that is missing is the one after the last.
    """
    known = ~np.isnan(numbers)
    distinct, places = np.unique(numbers[known], return_inverse=True)
    everybody = np.full(len(numbers), len(distinct), dtype=np.int32)
    everybody[known] = places
    return [exact(number) for number in distinct.tolist()], everybody, known
