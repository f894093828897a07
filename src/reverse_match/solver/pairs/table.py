"""The dense score table of a small or middle cohort: four bytes for each pair, scored once.

Every solver round prices all pairs. Reading a score from a table takes a tenth of the time of scoring again,
so the table is kept if it fits the memory budget. For larger cohorts every round scores again. A table that
others read is never changed: if a few pairs have other scores, as in a what-if, these pairs are listed beside
the table.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.solver.pairs.source import NO_PAIR, DerivedPairs

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.solver.pairs.source import PairSource
    from reverse_match.solver.pairs.tiles import Tiling


@dataclass(frozen=True)
class ScoreTable:
    """A source of pairs that holds all their scores.

    Attributes
    ----------
    table : int32 array, shape (rows, columns)
        The scores, ``NO_PAIR`` for impossible pairs.
    count : int, optional
        Number of possible pairs, if it has been counted.
    """

    table: NDArray[np.int32] = field(repr=False)
    count: int | None = None

    @property
    def shape(self) -> tuple[int, int]:
        """Number of rows and columns."""
        return self.table.shape

    def block(self, columns: slice) -> ScoreTableBlock:
        """Return a block of columns."""
        return ScoreTableBlock(self.table[:, columns])

    def at(self, rows: IntArray, columns: IntArray) -> IntArray:
        """Return the scores of listed pairs."""
        return self.table[rows, columns].astype(np.int64)

    def part(self, rows: IntArray, columns: IntArray) -> ScoreTable:
        """Return the pairs of some rows and some columns."""
        return ScoreTable(self.table[rows[:, None], columns])

    def range(self, rows: slice, columns: slice) -> ScoreTable:
        """Return the pairs of a range of rows and a range of columns, without a copy."""
        return ScoreTable(self.table[rows, columns])


@dataclass(frozen=True)
class ScoreTableBlock:
    """A block of columns of a score table."""

    table: NDArray[np.int32] = field(repr=False)

    def tile(self, rows: slice) -> NDArray[np.int32]:
        """Return the scores of a tile, which must not be changed."""
        return self.table[rows]


def score_all_pairs(pairs: PairSource, tiling: Tiling, out: ScoreTable | None = None) -> ScoreTable:
    """Score all pairs into a table.

    Parameters
    ----------
    pairs : PairSource
        Source of the scores.
    tiling : Tiling
        Division of the pairs into tiles.
    out : ScoreTable, optional
        A table of the same shape that is no longer used. It is overwritten, since allocating a table takes
        half as long again as filling it.
    """
    table = np.empty(pairs.shape, dtype=np.int32) if out is None else out.table
    table.flags.writeable = True

    def make(columns: slice) -> Callable[[slice], int]:
        block = pairs.block(columns)

        def fill(rows: slice) -> int:
            table[rows, columns] = tile = block.tile(rows)
            return int(np.count_nonzero(tile != NO_PAIR))

        return fill

    count = sum(tiling.map(make, pairs.shape))
    table.flags.writeable = False
    return ScoreTable(table, count)


@dataclass(frozen=True)
class RescoredPairs(DerivedPairs):
    """The pairs of a source, a few of which have other scores.

    Attributes
    ----------
    rows, columns : int64 arrays
        The pairs with other scores, each once, sorted by row and column.
    scores : int64 array
        Their scores, ``NO_PAIR`` for impossible ones.
    """

    rows: IntArray
    columns: IntArray
    scores: IntArray

    def tile(self, scores: NDArray[np.int32], rows: slice, columns: slice) -> NDArray[np.int32]:
        """Return the scores of a tile; a copy if some of them are other ones."""
        first, last = np.searchsorted(self.rows, (rows.start, rows.stop))
        here, there = self.rows[first:last] - rows.start, self.columns[first:last] - columns.start
        inside = (there >= 0) & (there < columns.stop - columns.start)
        if not inside.any():
            return scores
        tile = scores.copy()
        tile[here[inside], there[inside]] = self.scores[first:last][inside]
        return tile

    def at(self, rows: IntArray, columns: IntArray) -> IntArray:
        """Return the scores of listed pairs."""
        asked = rows * self.shape[1] + columns
        place = np.minimum(np.searchsorted(self.keys, asked), len(self.keys) - 1)
        return np.where(self.keys[place] == asked, self.scores[place], self.pairs.at(rows, columns))

    def part(self, rows: IntArray, columns: IntArray) -> PairSource:
        """Return the pairs of some rows and some columns."""
        return self._inside(self.pairs.part(rows, columns), rows, columns)

    def _inside(self, part: PairSource, rows: IntArray, columns: IntArray) -> PairSource:
        here, there = places_among(self.rows, rows), places_among(self.columns, columns)
        inside = (here >= 0) & (there >= 0)
        return RescoredPairs(part, here[inside], there[inside], self.scores[inside]) if inside.any() else part

    def range(self, rows: slice, columns: slice) -> PairSource:
        """Return the pairs of a range of rows and a range of columns, without a copy of a table."""
        places = np.arange(rows.start, rows.stop), np.arange(columns.start, columns.stop)
        if not isinstance(self.pairs, ScoreTable):
            return self.part(*places)
        return self._inside(self.pairs.range(rows, columns), *places)

    @cached_property
    def keys(self) -> IntArray:
        """A number for each of the listed pairs, ascending."""
        return self.rows * self.shape[1] + self.columns

    @cached_property
    def count(self) -> int | None:
        """Number of possible pairs, if those of the source have been counted."""
        if not isinstance(self.pairs, ScoreTable) or self.pairs.count is None:
            return None
        before = self.pairs.at(self.rows, self.columns)
        return self.pairs.count + int((self.scores != NO_PAIR).sum()) - int((before != NO_PAIR).sum())


def places_among(some: IntArray, people: IntArray) -> IntArray:
    """Return the place of each of some people among ascending ones, -1 for who is not among them.

    Examples
    --------
    >>> places_among(np.array([7, 2, 3]), np.array([2, 5, 7])).tolist()
    [2, 0, -1]
    """
    if not len(people):
        return np.full(len(some), -1)
    place = np.minimum(np.searchsorted(people, some), len(people) - 1)
    return np.where(people[place] == some, place, -1)


@dataclass(frozen=True)
class ChangedPairs:
    """Distinct pairs that may have become possible or impossible, and whether they were possible before."""

    rows: IntArray
    columns: IntArray
    were_possible: BoolArray


def rescore_pairs(pairs: PairSource, rows: IntArray, columns: IntArray, scores: IntArray) -> PairSource:
    """Return a source of the same pairs, some with other scores; nothing is changed or copied.

    Parameters
    ----------
    pairs : PairSource
        Source of the scores.
    rows, columns : int64 arrays
        The pairs with other scores, each once.
    scores : int64 array
        Their scores, ``NO_PAIR`` for impossible ones.

    Examples
    --------
    >>> kept = ScoreTable(np.array([[5, 6]], dtype=np.int32), 2)
    >>> first, second = np.array([0]), np.array([1])
    >>> without = rescore_pairs(kept, first, second, np.array([NO_PAIR]))
    >>> int(without.block(slice(0, 2)).tile(slice(0, 1)).max()), without.count
    (5, 1)
    >>> rescore_pairs(without, first, second, np.array([6])) is kept
    True
    """
    if isinstance(pairs, RescoredPairs):
        left = ~np.isin(pairs.keys, rows * pairs.shape[1] + columns)
        rows = np.concatenate([pairs.rows[left], rows])
        columns = np.concatenate([pairs.columns[left], columns])
        scores = np.concatenate([pairs.scores[left], scores])
        pairs = pairs.pairs
    order = np.lexsort((columns, rows))
    order = order[(scores != pairs.at(rows, columns))[order]]  # unchanged scores are not listed
    return RescoredPairs(pairs, rows[order], columns[order], scores[order]) if len(order) else pairs
