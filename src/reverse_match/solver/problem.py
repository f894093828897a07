"""The problem that the solver solves, in arrays.

Choose pairs (row, column) such that no row and no column is in more pairs than its capacity and no pair is
chosen twice: as many pairs as possible, and among all choices of that many pairs one of the highest total
score.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.pair_source import NO_PAIR

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reverse_match.arrays import BoolArray, IntArray, KeyArray
    from reverse_match.pair_source import PairSource


@dataclass(frozen=True)
class Problem:
    """An assignment problem with capacities.

    Attributes
    ----------
    pairs : PairSource
        Scores and allowed pairs.
    row_capacity, column_capacity : int64 arrays
        0 or more; somebody with capacity 0 is in no pair.
    row_keys, column_keys : uint64 arrays
        Random-looking numbers that decide between equally good solutions.
    """

    pairs: PairSource
    row_capacity: IntArray
    column_capacity: IntArray
    row_keys: KeyArray
    column_keys: KeyArray

    @property
    def shape(self) -> tuple[int, int]:
        """Number of rows and columns."""
        return self.pairs.shape

    def tile(self, rows: slice, columns: slice) -> NDArray[np.int32]:
        """Return scores in whole millionths, ``NO_PAIR`` where the pair may not or cannot be chosen."""
        possible = (self.row_capacity[rows, None] > 0) & (self.column_capacity[None, columns] > 0)
        return np.where(possible, self.pairs.tile(rows, columns), np.int32(NO_PAIR))


@dataclass(frozen=True)
class Arcs:
    """Some pairs of a problem as three columns of equal length, sorted by row and column."""

    rows: IntArray
    columns: IntArray
    scores: IntArray

    def __len__(self) -> int:
        return len(self.rows)

    def where(self, chosen: BoolArray) -> Arcs:
        """Return the arcs that a mask chooses."""
        return Arcs(self.rows[chosen], self.columns[chosen], self.scores[chosen])
