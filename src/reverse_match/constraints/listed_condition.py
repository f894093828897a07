"""Conditions that are true of all pairs but those of a list, since the exceptions are few."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reverse_match.arrays import BoolArray, IntArray
    from reverse_match.constraints.blocked_pairs import BlockedPairs


@dataclass(frozen=True)
class ListedCondition:
    """True, but for two lists of pairs.

    Attributes
    ----------
    false : BlockedPairs
        Of which it is false.
    unknown : BlockedPairs
        Of which it is not known; none of them is in the other list.
    """

    false: BlockedPairs
    unknown: BlockedPairs

    @property
    def needs_scores(self) -> bool:
        """Never: by list alone."""
        return False

    def known_true(self, rows: slice, columns: slice, scores: NDArray[np.int32]) -> BoolArray:
        """Mark the pairs of a tile that are in neither list."""
        marks = np.ones((rows.stop - rows.start, columns.stop - columns.start), dtype=bool)
        marks[self.false.blocked(rows, columns, scores)] = False
        marks[self.unknown.blocked(rows, columns, scores)] = False
        return marks

    def known_false(self, rows: slice, columns: slice, scores: NDArray[np.int32]) -> BoolArray:
        """Mark the pairs of a tile that are in the list of those of which it is false."""
        marks = np.zeros((rows.stop - rows.start, columns.stop - columns.start), dtype=bool)
        marks[self.false.blocked(rows, columns, scores)] = True
        return marks

    def true_among(self, rows: IntArray, columns: IntArray, scores: IntArray) -> BoolArray:
        """Say which of some listed pairs are in neither list."""
        return ~(self.false.among(rows, columns, scores) | self.unknown.among(rows, columns, scores))

    def false_among(self, rows: IntArray, columns: IntArray, scores: IntArray) -> BoolArray:
        """Say which of some listed pairs are in the list of those of which it is false."""
        return self.false.among(rows, columns, scores)

    def part(self, rows: IntArray, columns: IntArray) -> ListedCondition:
        """Return the condition on some rows and some columns."""
        return ListedCondition(self.false.part(rows, columns), self.unknown.part(rows, columns))
