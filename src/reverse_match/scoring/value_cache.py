"""The values of one criterion for all pairs, kept in memory, so that other weights blend them again.

A what-if changes weights far more often than anything that a value depends on. Coverage is the one criterion
whose values take longer to compute than to read: four bytes a pair buy that time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.fixed_point import ONE
from reverse_match.scoring.coverage import HALF_UP, CoveragePairs

if TYPE_CHECKING:
    from fractions import Fraction

    from numpy.typing import NDArray

    from reverse_match.foundation.arrays import FloatArray, IntArray
    from reverse_match.scoring.coverage import CoverageBlock
    from reverse_match.scoring.criterion import Blend, ContributionBlock
    from reverse_match.scoring.name_matches import SharedName
    from reverse_match.solver.pairs.tiles import Tiling


@dataclass
class CachedCoverage:
    """Coverage of a cohort that keeps its values the first time all pairs are scored.

    Attributes
    ----------
    pairs : CoveragePairs
        Computes them.
    table : int32 array, shape (mentors, mentees)
        Values in whole millionths, the neutral one where not known.
    filled : bool
        Whether the table holds them all; set by whoever has asked for every tile.
    """

    pairs: CoveragePairs
    table: NDArray[np.int32] = field(repr=False)
    filled: bool = False

    @property
    def always_known(self) -> bool:
        """Whether no pair lacks what the criterion needs."""
        return self.pairs.always_known

    def known_sum(self, same: tuple[IntArray, IntArray], tiling: Tiling) -> tuple[Fraction, int]:
        """Return the sum of all known values and how many they are."""
        return self.pairs.known_sum(same, tiling)

    def block(self, columns: slice, blend: Blend) -> ContributionBlock:
        """Make a block of columns ready."""
        if self.filled:
            return _ReadBlock(self.table[:, columns], blend.weight / ONE)
        return _FillingBlock(self.pairs.block(columns, blend), self.table[:, columns])

    @property
    def bytes_per_column(self) -> int:
        """What a block keeps ready for each of its columns."""
        return self.pairs.bytes_per_column

    def at(self, rows: IntArray, columns: IntArray) -> FloatArray:
        """Return the values of listed pairs, NaN where not known."""
        return self.pairs.at(rows, columns)

    def part(self, rows: IntArray, columns: IntArray) -> CoveragePairs:
        """Return the criterion on some rows and some columns, which computes its values again."""
        return self.pairs.part(rows, columns)

    def name_matches(self, rows: IntArray, columns: IntArray) -> list[list[SharedName]]:
        """Return the names that matched in listed pairs."""
        return self.pairs.name_matches(rows, columns)


@dataclass(frozen=True)
class _FillingBlock:
    block: CoverageBlock
    table: NDArray[np.int32]

    def add_to(self, total: NDArray[np.int32], rows: slice) -> None:
        values = self.block.mixture.values(rows)
        self.table[rows] = values
        self.block.add_values(total, values)


@dataclass(frozen=True)
class _ReadBlock:
    table: NDArray[np.int32]
    weight: float

    def add_to(self, total: NDArray[np.int32], rows: slice) -> None:
        values = self.table[rows] * self.weight
        values += HALF_UP
        total += values.astype(np.int32)
