"""All scores of a small or middle cohort, kept in memory: four bytes a pair, scored once.

Pricing looks at every pair in every round. A look at a kept score costs a tenth of scoring again, so scores
are kept as long as they fit the budget; for larger cohorts every round scores again, and nothing is kept.
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
class KeptPairs:
    """A source of pairs that holds all of them.

    Attributes
    ----------
    table : int32 array, shape (rows, columns)
        Scores, ``NO_PAIR`` where there is no pair.
    count : int, optional
        How many pairs there are, where somebody has counted them.
    """

    table: NDArray[np.int32] = field(repr=False)
    count: int | None = None

    @property
    def shape(self) -> tuple[int, int]:
        """Number of rows and columns."""
        return self.table.shape

    def block(self, columns: slice) -> KeptBlock:
        """Return a block of columns."""
        return KeptBlock(self.table[:, columns])

    def at(self, rows: IntArray, columns: IntArray) -> IntArray:
        """Return the scores of listed pairs."""
        return self.table[rows, columns].astype(np.int64)

    def part(self, rows: IntArray, columns: IntArray) -> KeptPairs:
        """Return the pairs of some rows and some columns."""
        return KeptPairs(self.table[np.ix_(rows, columns)])

    def changed(self, rows: IntArray, columns: IntArray, scores: IntArray) -> tuple[KeptPairs, ChangedPairs]:
        """Change some pairs in place, and return them all: the table passes from one owner to the next.

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
        return KeptPairs(self.table, count), ChangedPairs(rows, columns, were_possible)


@dataclass(frozen=True)
class ChangedPairs:
    """Pairs, each once, that may have become possible or impossible, and whether they were possible."""

    rows: IntArray
    columns: IntArray
    were_possible: BoolArray


@dataclass(frozen=True)
class KeptBlock:
    """A block of columns of kept pairs."""

    table: NDArray[np.int32] = field(repr=False)

    def tile(self, rows: slice) -> NDArray[np.int32]:
        """Return kept scores, to be read only."""
        return self.table[rows]


def keep_pairs(pairs: PairSource, tiling: Tiling, room: KeptPairs | None = None) -> KeptPairs:
    """Score all pairs once and keep them.

    Parameters
    ----------
    pairs : PairSource
        Gives the scores.
    tiling : Tiling
        How the pairs may be cut up.
    room : KeptPairs, optional
        Where scores of as many rows and columns are kept that nobody needs any more: new memory for a table
        takes half as long again as filling it.
    """
    table = np.empty(pairs.shape, dtype=np.int32) if room is None else room.table
    table.flags.writeable = True

    def make(columns: slice) -> Callable[[slice], int]:
        block = pairs.block(columns)

        def fill(rows: slice) -> int:
            table[rows, columns] = tile = block.tile(rows)
            return int(np.count_nonzero(tile != NO_PAIR))

        return fill

    count = sum(tiling.map(make, pairs.shape))
    table.flags.writeable = False
    return KeptPairs(table, count)
