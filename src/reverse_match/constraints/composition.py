"""Conditions put together: all of some, any of some, and not.

By Kleene's logic an ``any_of`` is the ``not`` of an ``all_of`` of ``not``s: it is false where all parts are,
and true where one is.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from reverse_match.arrays import BoolArray, IntArray
    from reverse_match.constraints.pair_condition import PairCondition


@dataclass(frozen=True)
class AllOfPairs:
    """True where every part is, false where one is."""

    parts: tuple[PairCondition, ...]

    @property
    def needs_scores(self) -> bool:
        """Whether a part looks at scores."""
        return any(part.needs_scores for part in self.parts)

    def known_true(self, rows: slice, columns: slice, scores: NDArray[np.int32]) -> BoolArray:
        """Mark the pairs of a tile for which every part is true."""
        return _all(part.known_true(rows, columns, scores) for part in self.parts)

    def known_false(self, rows: slice, columns: slice, scores: NDArray[np.int32]) -> BoolArray:
        """Mark the pairs of a tile for which a part is false."""
        return _any(part.known_false(rows, columns, scores) for part in self.parts)

    def true_among(self, rows: IntArray, columns: IntArray, scores: IntArray) -> BoolArray:
        """Say for which of some listed pairs every part is true."""
        return _all(part.true_among(rows, columns, scores) for part in self.parts)

    def false_among(self, rows: IntArray, columns: IntArray, scores: IntArray) -> BoolArray:
        """Say for which of some listed pairs a part is false."""
        return _any(part.false_among(rows, columns, scores) for part in self.parts)

    def part(self, rows: IntArray, columns: IntArray) -> AllOfPairs:
        """Return the condition on some rows and some columns."""
        return AllOfPairs(tuple(part.part(rows, columns) for part in self.parts))


@dataclass(frozen=True)
class NotPairs:
    """True where a condition is false, and false where it is true."""

    condition: PairCondition

    @property
    def needs_scores(self) -> bool:
        """Whether the condition looks at scores."""
        return self.condition.needs_scores

    def known_true(self, rows: slice, columns: slice, scores: NDArray[np.int32]) -> BoolArray:
        """Mark the pairs of a tile for which the condition is false."""
        return self.condition.known_false(rows, columns, scores)

    def known_false(self, rows: slice, columns: slice, scores: NDArray[np.int32]) -> BoolArray:
        """Mark the pairs of a tile for which the condition is true."""
        return self.condition.known_true(rows, columns, scores)

    def true_among(self, rows: IntArray, columns: IntArray, scores: IntArray) -> BoolArray:
        """Say for which of some listed pairs the condition is false."""
        return self.condition.false_among(rows, columns, scores)

    def false_among(self, rows: IntArray, columns: IntArray, scores: IntArray) -> BoolArray:
        """Say for which of some listed pairs the condition is true."""
        return self.condition.true_among(rows, columns, scores)

    def part(self, rows: IntArray, columns: IntArray) -> NotPairs:
        """Return the condition on some rows and some columns."""
        return NotPairs(self.condition.part(rows, columns))


def any_of_pairs(parts: Iterable[PairCondition]) -> PairCondition:
    """Return what is true where one part is, and false where every part is."""
    return NotPairs(AllOfPairs(tuple(NotPairs(part) for part in parts)))


def _all(marks: Iterable[BoolArray]) -> BoolArray:
    return reduce(lambda one, other: np.logical_and(one, other, out=one), marks)


def _any(marks: Iterable[BoolArray]) -> BoolArray:
    return reduce(lambda one, other: np.logical_or(one, other, out=one), marks)
