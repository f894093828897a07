"""Scores less what pairs pay for counting in quotas: with prices, a quota is no constraint any more.

For any prices, the highest total of these lower scores, plus the most that pairs which keep the quotas can
pay, is a bound on the total of every choice that keeps them (Lagrangian relaxation: Held & Karp 1970; Fisher
1981).

Prices of quotas: what a pair pays for counting in sums that are bounded (:mod:`reverse_match.solver.pairs.quotas`).

With prices, quotas turn into scores: a pair pays its coefficient times the price (:mod:`.priced`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.solver.pairs.problem import Arcs
from reverse_match.solver.pairs.quotas import PairQuota, reached
from reverse_match.solver.pairs.source import NO_PAIR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from reverse_match.foundation.arrays import IntArray
    from reverse_match.solver.pairs.quotas import PairMarks, Quota
    from reverse_match.solver.pairs.source import PairBlock, PairSource


HIGHEST_PAID = 2**29
"""Beyond this a score less what it pays would come near ``NO_PAIR``; prices are kept below it."""


@dataclass(frozen=True)
class PricedPairs:
    """A source of scores less what pairs pay.

    Attributes
    ----------
    pairs : PairSource
        Scores.
    quotas : sequence of Quota
        In which sums pairs count.
    prices : QuotaPrices
        Of these sums.
    """

    pairs: PairSource
    quotas: Sequence[Quota]
    prices: QuotaPrices

    @property
    def shape(self) -> tuple[int, int]:
        """Number of rows and columns."""
        return self.pairs.shape

    def block(self, columns: slice) -> _PricedBlock:
        """Make a block of columns ready."""
        of_rows, of_columns, by_marks = _paid(self)
        return _PricedBlock(self.pairs.block(columns), columns, of_rows, of_columns[columns], by_marks)

    def at(self, rows: IntArray, columns: IntArray) -> IntArray:
        """Return the scores of listed pairs less what they pay, ``NO_PAIR`` where there is none."""
        scores = self.pairs.at(rows, columns)
        paid = self.prices.paid(self.quotas, Arcs(rows, columns, scores))
        return np.where(scores == NO_PAIR, NO_PAIR, scores - paid)

    def part(self, rows: IntArray, columns: IntArray) -> PricedPairs:
        """Return the pairs of some rows and some columns."""
        quotas = [quota.part(rows, columns) for quota in self.quotas]
        return PricedPairs(self.pairs.part(rows, columns), quotas, self.prices)


def _paid(priced: PricedPairs) -> tuple[IntArray, IntArray, list[tuple[PairMarks, int]]]:
    """Return what rows pay, what columns pay, and what marked pairs pay beside."""
    of_side = [np.zeros(size, dtype=np.int64) for size in priced.shape]
    of_side[0] -= priced.prices.bonus
    by_marks = []
    for quota, price in zip(priced.quotas, priced.prices.of_sums, strict=True):
        if isinstance(quota, PairQuota):
            of_side[0] += quota.outside * int(price[0])
            extra = (quota.inside - quota.outside) * int(price[0])
            if extra:
                by_marks.append((quota.marks, extra))
        else:
            of_side[quota.side] += quota.shift(price)
    return of_side[0], of_side[1], by_marks


@dataclass(frozen=True)
class _PricedBlock:
    block: PairBlock
    columns: slice
    of_rows: IntArray
    of_columns: IntArray
    by_marks: list[tuple[PairMarks, int]]

    def tile(self, rows: slice) -> NDArray[np.int32]:
        scores = self.block.tile(rows)
        left: NDArray[np.int32] = scores - self.of_rows[rows, None].astype(np.int32)
        left -= self.of_columns.astype(np.int32)
        for marks, extra in self.by_marks:
            left[marks.tile(rows, self.columns)] -= np.int32(extra)
        left[scores == NO_PAIR] = NO_PAIR
        return left


@dataclass(frozen=True)
class EqualPairs:
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

    pairs: PairSource
    score: int
    divisor: int | None = None

    @property
    def shape(self) -> tuple[int, int]:
        """Number of rows and columns."""
        return self.pairs.shape

    def block(self, columns: slice) -> _EqualBlock:
        """Make a block of columns ready."""
        return _EqualBlock(self.pairs.block(columns), self)

    def at(self, rows: IntArray, columns: IntArray) -> IntArray:
        """Return the score, ``NO_PAIR`` where there is no pair."""
        return self.leveled(self.pairs.at(rows, columns)).astype(np.int64)

    def part(self, rows: IntArray, columns: IntArray) -> EqualPairs:
        """Return the pairs of some rows and some columns."""
        return EqualPairs(self.pairs.part(rows, columns), self.score, self.divisor)

    def leveled(self, scores: NDArray[np.signedinteger]) -> NDArray[np.signedinteger]:
        """Return the equal scores of pairs that have these."""
        own = 0 if self.divisor is None else scores // self.divisor
        return np.where(scores == NO_PAIR, NO_PAIR, self.score + own)


@dataclass(frozen=True)
class _EqualBlock:
    block: PairBlock
    equal: EqualPairs

    def tile(self, rows: slice) -> NDArray[np.int32]:
        return self.equal.leveled(self.block.tile(rows)).astype(np.int32)


def holds(quotas: Sequence[Quota], arcs: Arcs) -> bool:
    """Say whether some pairs keep every quota."""
    return all(
        bool(((quota.lower <= sums) & (sums <= quota.upper)).all())
        for quota in quotas
        for sums in (reached(quota, arcs.rows, arcs.columns),)
    )


@dataclass(frozen=True)
class QuotaPrices:
    """What a pair pays for counting in sums. Whole millionths.

    Attributes
    ----------
    of_sums : tuple of int64 arrays
        A price for each sum of each quota: above 0 where an upper bound is in the way, below 0 where a lower
        one is.
    bonus : int
        What every pair gets for being one: the price of having just so many pairs.
    """

    of_sums: tuple[IntArray, ...]
    bonus: int = 0

    @classmethod
    def none(cls, quotas: Sequence[Quota]) -> QuotaPrices:
        """Return prices of nothing."""
        return cls(tuple(np.zeros(len(quota.lower), dtype=np.int64) for quota in quotas))

    def most(self, quotas: Sequence[Quota]) -> int:
        """Return the most that pairs which keep the quotas can pay altogether, less what they get.

        Without the bonus, which depends on the number of pairs.
        """
        value = 0
        for quota, price in zip(quotas, self.of_sums, strict=True):
            above, below = price > 0, price < 0
            value += int((price[above] * quota.upper[above]).sum())
            value += int((price[below] * quota.lower[below]).sum())
        return value

    def paid(self, quotas: Sequence[Quota], arcs: Arcs) -> IntArray:
        """Return what each pair pays, less what it gets."""
        paid = np.full(len(arcs), -self.bonus, dtype=np.int64)
        for quota, price in zip(quotas, self.of_sums, strict=True):
            index, coefficient = quota.sums(arcs.rows, arcs.columns)
            paid += np.append(price, 0)[index] * coefficient
        return paid
