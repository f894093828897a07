"""Where participants sit: the rows and columns of people of a cohort, for lists of pairs of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.arrays import IntArray
    from reverse_match.scoring.criterion import Sides

    Places: TypeAlias = tuple[IntArray, IntArray]


class Seats:
    """Finds the rows and the columns of participants, given by their index in the cohort.

    Parameters
    ----------
    size : int
        Number of participants.
    sides : Sides
        Who is which row and column.
    """

    def __init__(self, size: int, sides: Sides) -> None:
        self._row = _inverse(sides.mentors, size)
        self._column = _inverse(sides.mentees, size)

    def places(self, mentors: IntArray, mentees: IntArray) -> Places:
        """Return rows and columns where the first can be the mentor and the second the mentee."""
        rows, columns = self._row[mentors], self._column[mentees]
        seated = (rows >= 0) & (columns >= 0)
        return rows[seated], columns[seated]

    def either_way(self, ones: IntArray, others: IntArray) -> tuple[Places, Places]:
        """Return rows and columns for both ways in which two people could be a duo."""
        return self.places(ones, others), self.places(others, ones)


def _inverse(indices: Sequence[int], size: int) -> IntArray:
    place = np.full(size, -1, dtype=np.int64)
    place[list(indices)] = np.arange(len(indices))
    return place
