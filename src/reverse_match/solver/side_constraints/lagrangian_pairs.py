"""Lagrangian relaxation: scores less what pairs pay for quotas, which then are no constraints any more.

A pair pays, for each bounded sum, its coefficient times the dual value of the sum (:mod:`.pairs.quotas`).
For any such prices, the highest total of these lower scores, plus the most that pairs which keep the
quotas can pay altogether, bounds the total of every choice that keeps them (Held & Karp 1970; Fisher
1981).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.solver.pairs.problem import Arcs
from reverse_match.solver.pairs.quotas import PairQuota, quota_sums
from reverse_match.solver.pairs.source import NO_PAIR, DerivedPairs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from reverse_match.foundation.arrays import IntArray
    from reverse_match.solver.pairs.quotas import PairMarks, Quota


HIGHEST_PAID = 2**29
"""Beyond this a score less what it pays would come near ``NO_PAIR``; prices are kept below it."""


@dataclass(frozen=True)
class LagrangianPairs(DerivedPairs):
    """A source in which a pair is worth its score less what it pays.

    Attributes
    ----------
    pairs : PairSource
        Gives the scores.
    quotas : sequence of Quota
        Say in which sums pairs count.
    prices : QuotaDualValues
        Of these sums.
    """

    quotas: Sequence[Quota]
    prices: QuotaDualValues

    def tile(self, scores: NDArray[np.int32], rows: slice, columns: slice) -> NDArray[np.int32]:
        """Return the scores of a tile less what its pairs pay."""
        of_rows, of_columns, by_marks = self._payments
        left: NDArray[np.int32] = scores - of_rows[rows, None]
        left -= of_columns[columns]
        for marks, extra in by_marks:
            left[marks.tile(rows, columns)] -= np.int32(extra)
        left[scores == NO_PAIR] = NO_PAIR
        return left

    def at(self, rows: IntArray, columns: IntArray) -> IntArray:
        """Return the scores of listed pairs less what they pay, ``NO_PAIR`` where there is none."""
        scores = self.pairs.at(rows, columns)
        paid = self.prices.paid(self.quotas, Arcs(rows, columns, scores))
        return np.where(scores == NO_PAIR, NO_PAIR, scores - paid)

    def part(self, rows: IntArray, columns: IntArray) -> LagrangianPairs:
        """Return the pairs of some rows and some columns."""
        quotas = [quota.part(rows, columns) for quota in self.quotas]
        return LagrangianPairs(self.pairs.part(rows, columns), quotas, self.prices)

    @cached_property
    def _payments(self) -> tuple[NDArray[np.int32], NDArray[np.int32], list[tuple[PairMarks, int]]]:
        """What rows pay, what columns pay, and what marked pairs pay beside."""
        of_side = [np.zeros(size, dtype=np.int64) for size in self.shape]
        of_side[0] -= self.prices.cardinality_dual
        by_marks = []
        for quota, price in zip(self.quotas, self.prices.of_sums, strict=True):
            if isinstance(quota, PairQuota):
                of_side[0] += quota.outside * int(price[0])
                extra = (quota.inside - quota.outside) * int(price[0])
                if extra:
                    by_marks.append((quota.marks, extra))
            else:
                of_side[quota.side] += quota.shift(price)
        return of_side[0].astype(np.int32), of_side[1].astype(np.int32), by_marks


@dataclass(frozen=True)
class EqualPairs(DerivedPairs):
    """A source in which every pair that there is has the same score: then a total is a number of pairs.

    Or nearly the same: a small share of its own score may break ties.

    Attributes
    ----------
    pairs : PairSource
        Says which pairs there are.
    score : int
        Of each.
    divisor : int, optional
        If given, a pair has its own score divided by this on top.
    """

    score: int
    divisor: int | None = None

    def tile(self, scores: NDArray[np.int32], rows: slice, columns: slice) -> NDArray[np.int32]:  # noqa: ARG002 - the same wherever the tile is
        """Return the equal scores of a tile."""
        return self.equalise(scores).astype(np.int32)

    def at(self, rows: IntArray, columns: IntArray) -> IntArray:
        """Return the score, ``NO_PAIR`` where there is no pair."""
        return self.equalise(self.pairs.at(rows, columns)).astype(np.int64)

    def part(self, rows: IntArray, columns: IntArray) -> EqualPairs:
        """Return the pairs of some rows and some columns."""
        return EqualPairs(self.pairs.part(rows, columns), self.score, self.divisor)

    def equalise(self, scores: NDArray[np.signedinteger]) -> NDArray[np.signedinteger]:
        """Return the equal scores of pairs, given their own."""
        own = 0 if self.divisor is None else scores // self.divisor
        return np.where(scores == NO_PAIR, NO_PAIR, self.score + own)


def holds(quotas: Sequence[Quota], arcs: Arcs) -> bool:
    """Say whether some pairs keep every quota."""
    return all(
        bool(((quota.lower <= sums) & (sums <= quota.upper)).all())
        for quota in quotas
        for sums in (quota_sums(quota, arcs.rows, arcs.columns),)
    )


@dataclass(frozen=True)
class QuotaDualValues:
    """Dual values of quotas: what a pair pays for counting in sums. Numbers are whole millionths.

    Attributes
    ----------
    of_sums : tuple of int64 arrays
        A price for each sum of each quota: above 0 where an upper bound is in the way, below 0 where a lower
        one is.
    cardinality_dual : int
        What every pair gets for being one: the price of having just so many pairs.
    """

    of_sums: tuple[IntArray, ...]
    cardinality_dual: int = 0

    @classmethod
    def none(cls, quotas: Sequence[Quota]) -> QuotaDualValues:
        """Return prices of 0 for every sum."""
        return cls(tuple(np.zeros(len(quota.lower), dtype=np.int64) for quota in quotas))

    def most(self, quotas: Sequence[Quota]) -> int:
        """Return the most that pairs which keep the quotas can pay altogether, less what they get.

        The cardinality dual is left aside, since what pairs get by it depends on their number.
        """
        value = 0
        for quota, price in zip(quotas, self.of_sums, strict=True):
            above, below = price > 0, price < 0
            value += int((price[above] * quota.upper[above]).sum())
            value += int((price[below] * quota.lower[below]).sum())
        return value

    def paid(self, quotas: Sequence[Quota], arcs: Arcs) -> IntArray:
        """Return what each pair pays, less what it gets."""
        paid = np.full(len(arcs), -self.cardinality_dual, dtype=np.int64)
        for quota, price in zip(quotas, self.of_sums, strict=True):
            index, coefficient = quota.sums(arcs.rows, arcs.columns)
            # The index of a pair that counts in no sum is -1, where a price of 0 is appended.
            paid += np.append(price, 0)[index] * coefficient
        return paid
