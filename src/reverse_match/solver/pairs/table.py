"""The dense score table of a small or middle cohort: four bytes a pair, scored once.

Every round prices all pairs. Reading a score from a table costs a tenth of scoring again, so the table is
kept as long as it fits the memory budget. For larger cohorts every round scores again, and nothing is
kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.solver.pairs.source import NO_PAIR

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
        The scores, ``NO_PAIR`` where there is no pair.
    count : int, optional
        How many pairs there are, where somebody has counted them.
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
        return ScoreTable(self.table[np.ix_(rows, columns)])

    def change_in_place(
        self, rows: IntArray, columns: IntArray, scores: IntArray
    ) -> tuple[ScoreTable, ChangedPairs]:
        """Change the scores of some pairs in place; the table passes from one owner to the next.

        Parameters
        ----------
        rows, columns : int64 arrays
            Pairs, each once.
        scores : int64 array
            Their scores, ``NO_PAIR`` where they may not be chosen any more.
        """
        were_possible = self.table[rows, columns] != NO_PAIR
        self.table.flags.writeable = True
        self.table[rows, columns] = scores
        self.table.flags.writeable = False
        change = int((scores != NO_PAIR).sum()) - int(were_possible.sum())
        count = None if self.count is None else self.count + change
        return ScoreTable(self.table, count), ChangedPairs(rows, columns, were_possible)


@dataclass(frozen=True)
class ChangedPairs:
    """Pairs, each once, that may have become possible or impossible, and whether they were possible."""

    rows: IntArray
    columns: IntArray
    were_possible: BoolArray


@dataclass(frozen=True)
class ScoreTableBlock:
    """A block of columns of a score table."""

    table: NDArray[np.int32] = field(repr=False)

    def tile(self, rows: slice) -> NDArray[np.int32]:
        """Return the scores, to be read only."""
        return self.table[rows]


def score_all_pairs(pairs: PairSource, tiling: Tiling, out: ScoreTable | None = None) -> ScoreTable:
    """Score all pairs into a table.

    Parameters
    ----------
    pairs : PairSource
        Gives the scores.
    tiling : Tiling
        How the pairs may be cut up.
    out : ScoreTable, optional
        A table of as many rows and columns that nobody needs any more; it is overwritten, since new memory
        takes half as long again as filling it.
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
