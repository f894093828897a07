"""Credits of pairs, in arrays: amounts that are added to their scores.

The credit of a pair is that of its row, plus that of its column, plus its own if it is listed, plus that of
marked pairs if it is marked. Credits are added to scores tile by tile. So a
table of scores serves for all credits, and the worst pair can be judged without them. An impossible pair has
no score, whatever the credits of its row and column.

This module is the interface between the credits of a policy and the solver, which knows only arrays.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.solver.pairs.source import NO_PAIR

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reverse_match.foundation.arrays import IntArray
    from reverse_match.solver.pairs.quotas import PairMarks


@dataclass(frozen=True)
class MarkedPairs:
    """An amount that every marked pair has in addition to its score; a charge if it is negative.

    Attributes
    ----------
    marks : PairMarks
        The marked pairs.
    amount : int
        Amount of each, in the units of scores.
    """

    marks: PairMarks
    amount: int

    def at(self, rows: IntArray, columns: IntArray) -> IntArray:
        """Return the amounts of some pairs."""
        return np.where(self.marks.among(rows, columns), np.int64(self.amount), np.int64(0))

    def add_to_tile(self, scores: NDArray[np.int32], rows: slice, columns: slice) -> NDArray[np.int32]:
        """Return the scores of a tile plus the amounts of its pairs; a charge leaves ``NO_PAIR`` as it is."""
        amounts = self.marks.tile(rows, columns).view(np.int8).astype(np.int32)  # bytes are read more quickly
        amounts *= np.int32(self.amount)
        amounts += scores
        if self.amount < 0:  # no possible pair is charged down to NO_PAIR, and this is quicker than a mask
            np.maximum(amounts, np.int32(NO_PAIR), out=amounts)
        return amounts

    def count(self, rows: IntArray, columns: IntArray) -> int:
        """Return the number of marked pairs among some pairs."""
        return int(np.count_nonzero(self.marks.among(rows, columns)))

    def part(self, rows: IntArray, columns: IntArray) -> MarkedPairs:
        """Return the amounts of the pairs of some rows and some columns, both in ascending order."""
        return MarkedPairs(self.marks.part(rows, columns), self.amount)


@dataclass(frozen=True)
class PairCredits:
    """Credits of pairs, in the units of scores; 0 or more, apart from the amount of marked pairs.

    Attributes
    ----------
    of_rows, of_columns : int64 arrays
        Credit of all pairs of each row, and of each column.
    rows, columns : int64 arrays
        Pairs with an additional credit, each once, sorted by row and column.
    of_listed : int64 array
        The additional credit of each of these pairs.
    marked : MarkedPairs, optional
        Pairs with one more amount.
    """

    of_rows: IntArray
    of_columns: IntArray
    rows: IntArray
    columns: IntArray
    of_listed: IntArray
    marked: MarkedPairs | None = None

    @property
    def highest(self) -> int:
        """The largest credit of a pair, possible or not, without that of marked pairs; 0 without pairs."""
        if not len(self.of_rows) or not len(self.of_columns):
            return 0
        listed = replace(self, marked=None).at(self.rows, self.columns)
        return max(int(self.of_rows.max()) + int(self.of_columns.max()), int(listed.max(initial=0)))

    def at(self, rows: IntArray, columns: IntArray) -> IntArray:
        """Return the credits of some pairs.

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
        return found if self.marked is None else found + self.marked.at(rows, columns)

    def add_to(self, scores: IntArray, rows: IntArray, columns: IntArray) -> IntArray:
        """Return the scores of listed pairs plus their credits; ``NO_PAIR`` stays."""
        return np.where(scores == NO_PAIR, NO_PAIR, scores + self.at(rows, columns))

    def tile(self, scores: NDArray[np.int32], rows: slice, columns: slice) -> NDArray[np.int32]:
        """Return the scores of a tile plus the credits of its pairs; ``NO_PAIR`` stays."""
        of_rows, of_columns = self.of_rows[rows], self.of_columns[columns]
        here, there, of_listed = self.inside(rows, columns)
        whole, amount = scores, 0 if self.marked is None else self.marked.amount
        if self.marked is not None and amount:
            whole = self.marked.add_to_tile(scores, rows, columns)
        if amount <= 0 and not (len(here) or of_rows.any() or of_columns.any()):
            return whole
        tile: NDArray[np.int32] = whole + of_columns.astype(np.int32)
        if of_rows.any():
            tile += of_rows.astype(np.int32)[:, None]
        tile[here, there] += of_listed.astype(np.int32)
        np.copyto(tile, np.int32(NO_PAIR), where=scores == NO_PAIR)
        return tile

    def part(self, rows: IntArray, columns: IntArray) -> PairCredits:
        """Return the credits of the pairs of some rows and some columns, both in ascending order."""
        of_rows, of_columns = self.of_rows[rows], self.of_columns[columns]
        marked = None if self.marked is None else self.marked.part(rows, columns)
        if not len(self.rows):  # most policies list no pairs
            return PairCredits(of_rows, of_columns, self.rows, self.columns, self.of_listed, marked)
        kept = np.isin(self.rows, rows) & np.isin(self.columns, columns)
        places = np.searchsorted(rows, self.rows[kept]), np.searchsorted(columns, self.columns[kept])
        return PairCredits(of_rows, of_columns, *places, self.of_listed[kept], marked)

    def inside(self, rows: slice, columns: slice) -> tuple[IntArray, IntArray, IntArray]:
        """Return the listed pairs within a tile, by their indices in it, and their additional credits."""
        first, last = np.searchsorted(self.rows, (rows.start, rows.stop))
        here, there = self.rows[first:last], self.columns[first:last]
        kept = (there >= columns.start) & (there < columns.stop)
        return here[kept] - rows.start, there[kept] - columns.start, self.of_listed[first:last][kept]

    @cached_property
    def _sorted(self) -> IntArray:
        return _in_one_number(self.rows, self.columns)


def _in_one_number(rows: IntArray, columns: IntArray) -> IntArray:
    """Return a number for each pair, ascending by row and column."""
    return (rows << 31) | columns  # columns are below 2^31
