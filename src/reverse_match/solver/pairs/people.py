"""What is asked for people rather than for pairs: a fair share for each of them, in arrays.

A person has the pairs of a row, of a column, or of both. What counts is the sum of the scores of these pairs,
or their mean. Either the lowest of these is raised, among people with at least one pair, or the sum over
people of a concave utility of them.

This module is the interface between the objective of a policy and the solver, which knows only arrays.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    from reverse_match.foundation.arrays import IntArray
    from reverse_match.solver.pairs.quotas import PairMarks

    Pairs = tuple[IntArray, IntArray]


class ScoresOfPairs(Protocol):
    """Scores of all pairs, also of those that are not possible."""

    def at(self, rows: IntArray, columns: IntArray) -> IntArray:
        """Return the scores of listed pairs, in millionths."""
        ...


ONE = 1_000_000
"""A point, in millionths."""

STEP = 1_000
"""A thousandth of a point, in millionths."""


@dataclass(frozen=True)
class PeopleDemand:
    """A demand on the sums or means of scores that people have.

    Attributes
    ----------
    scores : ScoresOfPairs
        The scores, as far as they count for people.
    rows, columns : int64 arrays
        The counted person of each row and of each column; -1 for one who does not count.
    base_sum, base_count : int64 arrays
        For each person, sum of the scores of the pairs formed outside the problem, and their number.
    of_mean : bool
        Whether means count, and not sums.
    knots : int64 array or None
        Utility, in units, of every thousandth of a point, for as many points as anybody can have; ``None`` if
        the lowest sum or mean is raised instead.
    lacking : PairMarks, optional
        Pairs of which there are to be as few as possible, before the total or the utilities.
    """

    scores: ScoresOfPairs
    rows: IntArray
    columns: IntArray
    base_sum: IntArray
    base_count: IntArray
    of_mean: bool
    knots: IntArray | None = None
    lacking: PairMarks | None = None

    @property
    def raises_lowest(self) -> bool:
        """Whether the lowest sum or mean is raised."""
        return self.knots is None

    def with_more(self, taken: Pairs, freed: Pairs) -> PeopleDemand:
        """Return the demand with more pairs outside the problem, and with others there no more."""
        sums, counts = self.base_sum.copy(), self.base_count.copy()
        for pairs, sign in ((taken, 1), (freed, -1)):
            worth = self.scores.at(*pairs).astype(np.int64)
            for people in (self.rows[pairs[0]], self.columns[pairs[1]]):
                counted = people >= 0
                np.add.at(sums, people[counted], sign * worth[counted])
                np.add.at(counts, people[counted], sign)
        return replace(self, base_sum=sums, base_count=counts)

    def shares(self, pairs: Pairs, scores: IntArray) -> tuple[IntArray, IntArray, IntArray]:
        """Return sum, number, and number without those outside, of the pairs that each person has."""
        sums, counts = self.base_sum.copy(), self.base_count.copy()
        for people in (self.rows[pairs[0]], self.columns[pairs[1]]):
            counted = people >= 0
            np.add.at(sums, people[counted], scores[counted])
            np.add.at(counts, people[counted], 1)
        return sums, counts, counts - self.base_count

    def value(self, pairs: Pairs) -> int:
        """Return what comes before the total: the lowest sum or mean, or the sum of utilities, in units."""
        sums, counts, _ = self.shares(pairs, self.scores.at(*pairs).astype(np.int64))
        if self.knots is None:
            return self.lowest(pairs, self.scores.at(*pairs).astype(np.int64)) or 0
        step = STEP * (np.maximum(counts, 1) if self.of_mean else 1)
        below, beyond = np.divmod(sums, step)
        rise = np.diff(self.knots, append=self.knots[-1])[below] * beyond / step
        return int((self.knots[below] + rise)[counts > 0].sum())

    def lowest(self, pairs: Pairs, scores: IntArray) -> int | None:
        """Return the lowest sum or mean (rounded down) of people with one of some pairs; ``None`` without."""
        sums, counts, free = self.shares(pairs, scores)
        has = free > 0
        if not has.any():
            return None
        return int((sums[has] // counts[has] if self.of_mean else sums[has]).min())
