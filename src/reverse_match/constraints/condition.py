"""Conditions on pairs, compiled for one cohort: each is true, false, or not known for any pair.

Truth is a number: 1 where a condition is true, -1 where it is false, and 0 where it is not known for lack of
data. So *all of* is the minimum, *any of* the maximum, and *not* the negative: Kleene's three-valued logic
(S. C. Kleene, "On notation for ordinal numbers", 1938) in arithmetic.

Pairs are given as an array of rows (indices of mentors) and an array of columns (indices of mentees), which
numpy broadcasts against each other. A tile has rows of shape (n, 1) and columns of shape (1, m), as
:data:`numpy.ogrid` makes them. Listed pairs have two flat arrays of equal length.

A compiled condition can be pickled, since a study can be sent to another process. For this reason its
functions are :func:`functools.partial` objects of functions of a module, and no closures.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, partial, reduce
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from reverse_match.constraints.rows_and_columns import Places
    from reverse_match.foundation.arrays import BoolArray, IntArray

    Truth: TypeAlias = NDArray[np.int8]
    Scores: TypeAlias = NDArray[np.signedinteger]
    TruthFunction: TypeAlias = Callable[[IntArray, IntArray, Scores], Truth]

NO_SCORES = np.zeros((), dtype=np.int32)
"""Passed in place of scores where no condition depends on scores."""


@dataclass(frozen=True)
class PairCondition:
    """A condition compiled for one cohort.

    Attributes
    ----------
    truth : callable
        Takes rows, columns, and the scores of these pairs in whole millionths. Returns an int8 array: 1 where
        the condition is true, -1 where it is false, and 0 where it is not known. The array is new, so that
        the caller may write into it.
    needs_scores : bool
        Whether the condition depends on scores; if not, ``NO_SCORES`` may be passed.
    exceptions : pair of BlockedPairs, optional
        The pairs for which the condition is false, and those for which it is not known, if these are few
        enough to be listed; the condition is true for all other pairs.
    """

    truth: TruthFunction
    needs_scores: bool = False
    exceptions: tuple[BlockedPairs, BlockedPairs] | None = None

    def part(self, rows: IntArray, columns: IntArray) -> PairCondition:
        """Return the condition on some rows and some columns, both in ascending order."""
        return PairCondition(partial(_truth_of_part, self.truth, rows, columns), self.needs_scores)


def _truth_of_part(
    truth: TruthFunction,
    of_rows: IntArray,
    of_columns: IntArray,
    rows: IntArray,
    columns: IntArray,
    scores: Scores,
) -> Truth:
    return truth(of_rows[rows], of_columns[columns], scores)


def all_of(parts: Sequence[PairCondition]) -> PairCondition:
    """Return the condition that is true where every part is, and false where one is."""
    if len(parts) == 1:
        return parts[0]
    return _together(np.minimum, parts)


def any_of(parts: Sequence[PairCondition]) -> PairCondition:
    """Return the condition that is true where one part is, and false where every part is."""
    return _together(np.maximum, parts)


def _together(least_or_most: np.ufunc, parts: Sequence[PairCondition]) -> PairCondition:
    truth = partial(_combine, least_or_most, parts)
    return PairCondition(truth, any(part.needs_scores for part in parts))


def _combine(
    least_or_most: np.ufunc, parts: Sequence[PairCondition], rows: IntArray, columns: IntArray, scores: Scores
) -> Truth:
    truths = (part.truth(rows, columns, scores) for part in parts)
    return reduce(lambda one, other: least_or_most(one, other, out=one), truths)


def between(certain: PairCondition, possible: PairCondition) -> PairCondition:
    """Return the condition that is true where it certainly is, false where it cannot be, else not known."""
    return PairCondition(partial(_between, certain, possible), certain.needs_scores or possible.needs_scores)


def _between(
    certain: PairCondition, possible: PairCondition, rows: IntArray, columns: IntArray, scores: Scores
) -> Truth:
    truth = certain.truth(rows, columns, scores)
    truth += possible.truth(rows, columns, scores)
    truth >>= 1  # both true: 2 becomes 1; both false: -2 becomes -1; one of each: 0
    return truth


def negation(condition: PairCondition) -> PairCondition:
    """Return the condition that is true where another is false, and false where that one is true."""
    return PairCondition(partial(_negate, condition), condition.needs_scores)


def _negate(condition: PairCondition, rows: IntArray, columns: IntArray, scores: Scores) -> Truth:
    denied = condition.truth(rows, columns, scores)
    return np.negative(denied, out=denied)


def truth_of(marks: BoolArray, *known: BoolArray) -> Truth:
    """Return 1 where a mark is set, -1 where it is not, 0 where not known; overwrites ``marks`` in place."""
    truth = marks.view(np.int8)  # 0 and 1 become -1 and 1, and then 0 where not known
    truth *= 2
    truth -= 1
    for one in known:
        truth *= one
    return truth


@dataclass(frozen=True)
class BlockedPairs:
    """A list of pairs that a rule forbids, sorted so that the pairs of a tile are found by binary search.

    Attributes
    ----------
    label : str
        Label of the rule.
    rows, columns : int64 arrays
        Rows and columns of the pairs, sorted by row and then by column, each pair once.
    """

    label: str
    rows: IntArray
    columns: IntArray

    @classmethod
    def of(cls, label: str, *pairs: Places) -> BlockedPairs:
        """Return the list of pairs that are given by rows and columns, in any order and with repetitions."""
        rows = np.concatenate([np.empty(0, np.int64), *(here for here, _ in pairs)])
        columns = np.concatenate([np.empty(0, np.int64), *(there for _, there in pairs)])
        if not len(rows):
            return cls(label, rows, columns)
        width = int(columns.max()) + 1
        numbers = np.sort(rows * width + columns)
        # Of sorted numbers the first of each is kept; some versions of np.unique take ten times as long.
        first = np.append(True, numbers[1:] != numbers[:-1])
        return cls(label, *np.divmod(numbers[first], width))

    @classmethod
    def union(cls, label: str, lists: Iterable[BlockedPairs]) -> BlockedPairs:
        """Return the union of some lists of pairs."""
        some = [pairs for pairs in lists if len(pairs.rows)]
        if len(some) == 1:
            return replace(some[0], label=label)
        return cls.of(label, *((pairs.rows, pairs.columns) for pairs in some))

    def find_blocked(self, rows: IntArray, columns: IntArray, scores: Scores) -> Places | BoolArray:
        """Return an index of the given pairs that are in the list: places in a tile, or a mask."""
        return self.in_tile(rows, columns) if rows.ndim == 2 else self.among(rows, columns, scores)

    def in_tile(self, rows: IntArray, columns: IntArray) -> Places:
        """Return the rows and columns, within a tile, of the listed pairs; the tile's indices must ascend."""
        here, there = rows.ravel(), columns.ravel()
        if not (len(here) and len(there)):
            return here[:0], there[:0]
        first, last = np.searchsorted(self.rows, (here[0], here[-1] + 1))
        mine, theirs = self.rows[first:last], self.columns[first:last]
        row, column = np.searchsorted(here, mine), np.minimum(np.searchsorted(there, theirs), len(there) - 1)
        inside = (here[row] == mine) & (there[column] == theirs)
        return row[inside], column[inside]

    def among(self, rows: IntArray, columns: IntArray, scores: Scores = NO_SCORES) -> BoolArray:  # noqa: ARG002 - whatever the score
        """Return a mask of the given listed pairs that are in this list."""
        if not len(self.rows):
            return np.zeros(len(rows), dtype=bool)
        asked = _in_one_number(rows, columns)
        place = np.minimum(np.searchsorted(self._numbers, asked), len(self._numbers) - 1)
        return np.equal(self._numbers[place], asked)

    @cached_property
    def _numbers(self) -> IntArray:
        return _in_one_number(self.rows, self.columns)

    def part(self, rows: IntArray, columns: IntArray) -> BlockedPairs:
        """Return the listed pairs of some rows and some columns, which are renumbered from 0."""
        kept = np.isin(self.rows, rows) & np.isin(self.columns, columns)
        places = np.searchsorted(rows, self.rows[kept]), np.searchsorted(columns, self.columns[kept])
        return BlockedPairs.of(self.label, places)


def _in_one_number(rows: IntArray, columns: IntArray) -> IntArray:
    """Return one number for each pair; the order of numbers is that of rows, and then of columns."""
    return (rows << 31) | columns


NO_PAIRS = BlockedPairs.of("none")


def true_except(false: BlockedPairs, unknown: BlockedPairs = NO_PAIRS) -> PairCondition:
    """Return the condition that is true except for two lists of pairs, which must not share a pair."""
    return PairCondition(partial(_look_for_exceptions, false, unknown), exceptions=(false, unknown))


def _look_for_exceptions(
    false: BlockedPairs, unknown: BlockedPairs, rows: IntArray, columns: IntArray, scores: Scores
) -> Truth:
    truth = np.ones(np.broadcast_shapes(rows.shape, columns.shape), dtype=np.int8)
    truth[false.find_blocked(rows, columns, scores)] = -1
    truth[unknown.find_blocked(rows, columns, scores)] = 0
    return truth
