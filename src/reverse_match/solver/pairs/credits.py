"""Credits of pairs, in arrays: by how much a pair counts more than it scores.

A pair has the credit of its row, the credit of its column, and, where it is listed, a credit of its own.
Credits are added to scores a tile at a time, so that scores in memory serve whatever the credits are, and
whoever asks for the worst pair asks for scores without credits. A pair that may not be chosen has no
score, whatever credits its row and column have.

This is the seam between credits, as a policy has them, and the solver, which knows arrays alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.solver.pairs.source import NO_PAIR

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reverse_match.foundation.arrays import IntArray


@dataclass(frozen=True)
class PairCredits:
    """What pairs count more than they score, in the units of scores; 0 or more.

    Attributes
    ----------
    of_rows, of_columns : int64 arrays
        What all pairs of each row, and of each column, have.
    rows, columns : int64 arrays
        Listed pairs, each once, sorted by row and column.
    of_listed : int64 array
        What each of these has beside.
    """

    of_rows: IntArray
    of_columns: IntArray
    rows: IntArray
    columns: IntArray
    of_listed: IntArray

    @property
    def highest(self) -> int:
        """The most that any pair has, whether it may be chosen or not; 0 where there is no pair."""
        if not len(self.of_rows) or not len(self.of_columns):
            return 0
        listed = self.at(self.rows, self.columns)
        return max(int(self.of_rows.max()) + int(self.of_columns.max()), int(listed.max(initial=0)))

    def at(self, rows: IntArray, columns: IntArray) -> IntArray:
        """Return what some pairs have.

        Examples
        --------
        >>> one, two = np.array([1, 0]), np.array([0, 10])
        >>> place = np.array([1])
        >>> credits = PairCredits(one, two, place, place, np.array([100]))
        >>> credits.at(np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])).tolist(), credits.highest
        ([1, 11, 0, 110], 110)
        """
        found: IntArray = self.of_rows[rows] + self.of_columns[columns]
        if len(self.rows):
            asked = _in_one_number(rows, columns)
            place = np.minimum(np.searchsorted(self._sorted, asked), len(self._sorted) - 1)
            found += np.where(self._sorted[place] == asked, self.of_listed[place], 0)
        return found

    def add_to(self, scores: IntArray, rows: IntArray, columns: IntArray) -> IntArray:
        """Return the scores of listed pairs and what these have beside; ``NO_PAIR`` stays."""
        return np.where(scores == NO_PAIR, NO_PAIR, scores + self.at(rows, columns))

    def tile(self, scores: NDArray[np.int32], rows: slice, columns: slice) -> NDArray[np.int32]:
        """Return the scores of a tile and what its pairs have beside; ``NO_PAIR`` stays."""
        of_rows, of_columns = self.of_rows[rows], self.of_columns[columns]
        here, there, of_listed = self.inside(rows, columns)
        if not (len(here) or of_rows.any() or of_columns.any()):
            return scores
        tile: NDArray[np.int32] = scores + of_columns.astype(np.int32)
        if of_rows.any():
            tile += of_rows.astype(np.int32)[:, None]
        tile[here, there] += of_listed.astype(np.int32)
        np.copyto(tile, np.int32(NO_PAIR), where=scores == NO_PAIR)
        return tile

    def part(self, rows: IntArray, columns: IntArray) -> PairCredits:
        """Return the credits of the pairs of some rows and some columns, both in ascending order."""
        kept = np.isin(self.rows, rows) & np.isin(self.columns, columns)
        places = np.searchsorted(rows, self.rows[kept]), np.searchsorted(columns, self.columns[kept])
        return PairCredits(self.of_rows[rows], self.of_columns[columns], *places, self.of_listed[kept])

    def inside(self, rows: slice, columns: slice) -> tuple[IntArray, IntArray, IntArray]:
        """Return the listed pairs that lie in a tile, by their places in it, and what they have."""
        first, last = np.searchsorted(self.rows, (rows.start, rows.stop))
        here, there = self.rows[first:last], self.columns[first:last]
        kept = (there >= columns.start) & (there < columns.stop)
        return here[kept] - rows.start, there[kept] - columns.start, self.of_listed[first:last][kept]

    @cached_property
    def _sorted(self) -> IntArray:
        return _in_one_number(self.rows, self.columns)


def _in_one_number(rows: IntArray, columns: IntArray) -> IntArray:
    """Return a number for each pair, which grows from row to row and in a row from column to column."""
    return (rows << 31) | columns  # columns are below 2^31
