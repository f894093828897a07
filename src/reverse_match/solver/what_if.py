"""The best choice once more, with a pair taken for granted or with pairs that may not be.

A pair that is taken for granted uses up one place of its row and of its column and is chosen once; the rest
is a problem like the first one. So a pair can be forced even where a rule forbids it, since only the rest
asks what is possible. Each answer starts from the solution it changes: most often a few exchanges of pairs
and a look at few prices.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.pair_source import NO_PAIR
from reverse_match.solver.kept_pairs import ChangedPairs
from reverse_match.solver.solve import Solution, Start, solve

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reverse_match.arrays import BoolArray, IntArray
    from reverse_match.pair_source import PairBlock, PairSource
    from reverse_match.solver.problem import Problem
    from reverse_match.tiling import Tiling

    Places = tuple[IntArray, IntArray]

NO_PLACES = np.empty(0, np.int64), np.empty(0, np.int64)


@dataclass(frozen=True)
class Solved:
    """A problem with its solution.

    Attributes
    ----------
    problem : Problem
        What may be chosen.
    tiling : Tiling
        How its pairs are cut up.
    solution : Solution
        The best choice.
    """

    problem: Problem
    tiling: Tiling
    solution: Solution

    @classmethod
    def of(cls, problem: Problem, tiling: Tiling, start: Start | None = None) -> Solved:
        """Solve a problem."""
        return cls(problem, tiling, solve(problem, tiling, None, start))

    def with_pair(self, row: int, column: int) -> Solved:
        """Return the best choice of the rest beside a pair that is taken for granted, possible or not.

        Row and column must have a place left.
        """
        return self._changed((np.array([row]), np.array([column])), taken=True)

    def without_pairs(self, rows: IntArray, columns: IntArray, freed: Places = NO_PLACES) -> Solved:
        """Return the best choice without some pairs, and with one more place at some rows and columns."""
        return self._changed((rows, columns), freed=freed)

    def _changed(self, closed: Places, *, taken: bool = False, freed: Places = NO_PLACES) -> Solved:
        capacities = tuple(capacity.copy() for capacity in self.problem.capacities)
        for capacity, less, more in zip(capacities, closed, freed, strict=True):
            if taken:
                np.subtract.at(capacity, less, 1)
            np.add.at(capacity, more, 1)
        were_possible = self.problem.pairs.at(*closed) != NO_PAIR
        problem = replace(
            self.problem,
            pairs=WithoutPairs(self.problem.pairs, *closed),
            row_capacity=capacities[0],
            column_capacity=capacities[1],
        )
        looked = replace(self.solution.looked, changed=ChangedPairs(*closed, were_possible))
        start = Start(self.solution.candidates, self.solution.settled, same_scores=True, looked=looked)
        return Solved.of(problem, self.tiling, start)


@dataclass(frozen=True)
class WithoutPairs:
    """A source of pairs of which a few cannot be chosen."""

    pairs: PairSource
    rows: IntArray
    columns: IntArray

    @property
    def shape(self) -> tuple[int, int]:
        """Number of rows and columns."""
        return self.pairs.shape

    def block(self, columns: slice) -> _Block:
        """Make a block of columns ready."""
        here = (self.columns >= columns.start) & (self.columns < columns.stop)
        return _Block(self.pairs.block(columns), self.rows[here], self.columns[here] - columns.start)

    def at(self, rows: IntArray, columns: IntArray) -> IntArray:
        """Return the scores of listed pairs."""
        return np.where(self._closes(rows, columns), NO_PAIR, self.pairs.at(rows, columns))

    def part(self, rows: IntArray, columns: IntArray) -> PairSource:
        """Return the pairs of some rows and some columns."""
        part = self.pairs.part(rows, columns)
        inside = np.isin(self.rows, rows) & np.isin(self.columns, columns)
        if not inside.any():
            return part
        places = np.searchsorted(rows, self.rows[inside]), np.searchsorted(columns, self.columns[inside])
        return WithoutPairs(part, *places)

    def _closes(self, rows: IntArray, columns: IntArray) -> BoolArray:
        marks = np.zeros(len(rows), dtype=bool)
        for row, column in zip(self.rows.tolist(), self.columns.tolist(), strict=True):
            marks |= (rows == row) & (columns == column)
        return marks


@dataclass(frozen=True)
class _Block:
    block: PairBlock
    rows: IntArray
    columns: IntArray

    def tile(self, rows: slice) -> NDArray[np.int32]:
        """Return scores; a copy where some are closed, since the tile may be somebody's own."""
        tile = self.block.tile(rows)
        here = (self.rows >= rows.start) & (self.rows < rows.stop)
        if not here.any():
            return tile
        tile = tile.copy()
        tile[self.rows[here] - rows.start, self.columns[here]] = NO_PAIR
        return tile
