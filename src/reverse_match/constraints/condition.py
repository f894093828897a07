"""A condition on pairs, compiled for one cohort: for any pairs it says which are known true, and known false.

A statement about two people is true, false, or, for lack of data, not known. Two marks hold the three
values: *known true* and *known false*, never both. Kleene's logic is then plain logic on marks (S. C. Kleene,
"On notation for ordinal numbers", 1938): an ``all_of`` is true where all parts are and false where one is;
``not`` exchanges the two. An ``any_of`` is the ``not`` of an ``all_of`` of ``not``s. A caller that needs only
one of the two marks asks for one, and only one is computed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from reverse_match.foundation.arrays import BoolArray, IntArray


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
    """Return the condition that is true where one part is, and false where every part is."""
    return NotPairs(AllOfPairs(tuple(NotPairs(part) for part in parts)))


def _all(marks: Iterable[BoolArray]) -> BoolArray:
    return reduce(lambda one, other: np.logical_and(one, other, out=one), marks)


def _any(marks: Iterable[BoolArray]) -> BoolArray:
    return reduce(lambda one, other: np.logical_or(one, other, out=one), marks)


class PairCondition(Protocol):
    """A condition of one cohort, ready to be asked for any pairs. Rows are mentors, columns are mentees.

    All arrays that are returned are new: the caller may write into them.
    """

    @property
    def needs_scores(self) -> bool:
        """Whether it looks at scores; if not, any numbers will do in their place."""
        ...

    def known_true(self, rows: slice, columns: slice, scores: NDArray[np.int32]) -> BoolArray:
        """Mark the pairs of a tile for which the condition is true, given their scores in millionths."""
        ...

    def known_false(self, rows: slice, columns: slice, scores: NDArray[np.int32]) -> BoolArray:
        """Mark the pairs of a tile for which the condition is false; those in neither mark are not known."""
        ...

    def true_among(self, rows: IntArray, columns: IntArray, scores: IntArray) -> BoolArray:
        """Say for which of some listed pairs the condition is true, given their scores in millionths."""
        ...

    def false_among(self, rows: IntArray, columns: IntArray, scores: IntArray) -> BoolArray:
        """Say for which of some listed pairs the condition is false."""
        ...

    def part(self, rows: IntArray, columns: IntArray) -> PairCondition:
        """Return the condition on some rows and some columns, both in ascending order."""
        ...


@dataclass(frozen=True)
class ScoreCondition:
    """A score that is not below a threshold, in millionths; always known."""

    threshold: int

    @property
    def needs_scores(self) -> bool:
        """Always."""
        return True

    def known_true(self, rows: slice, columns: slice, scores: NDArray[np.int32]) -> BoolArray:  # noqa: ARG002 - by score alone
        """Mark the pairs of a tile that are not below."""
        return np.greater_equal(scores, self.threshold)

    def known_false(self, rows: slice, columns: slice, scores: NDArray[np.int32]) -> BoolArray:  # noqa: ARG002 - by score alone
        """Mark the pairs of a tile that are below."""
        return np.less(scores, self.threshold)

    def true_among(self, rows: IntArray, columns: IntArray, scores: IntArray) -> BoolArray:  # noqa: ARG002 - by score alone
        """Say which of some listed pairs are not below."""
        return np.greater_equal(scores, self.threshold)

    def false_among(self, rows: IntArray, columns: IntArray, scores: IntArray) -> BoolArray:  # noqa: ARG002 - by score alone
        """Say which of some listed pairs are below."""
        return np.less(scores, self.threshold)

    def part(self, rows: IntArray, columns: IntArray) -> ScoreCondition:  # noqa: ARG002 - by score alone
        """Return the same."""
        return self
