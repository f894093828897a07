"""Bounds on sums over the chosen pairs, in arrays.

A quota bounds some sums. Each pair counts in at most one of them, with a whole coefficient: a quota on a side
has a sum for each group of rows or of columns, in which each pair of the group counts 1; a quota on pairs has
one sum, in which marked pairs count so much and others so much. "At least 40 % of the pairs are marked" is
the sum of 5 - 2 = 3 for each marked and -2 for each other pair, at least 0.

A price for each sum turns quotas into scores: a pair pays its coefficient times the price (:mod:`.priced`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from reverse_match.arrays import BoolArray, IntArray
    from reverse_match.solver.problem import Arcs

UNBOUNDED = 2**62
"""Stands for an upper bound that is not there, and its negative for a lower one."""


class PairMarks(Protocol):
    """Says which pairs are marked."""

    def tile(self, rows: slice, columns: slice) -> BoolArray:
        """Return the marks of a tile."""
        ...

    def among(self, rows: IntArray, columns: IntArray) -> BoolArray:
        """Return the marks of listed pairs."""
        ...

    def part(self, rows: IntArray, columns: IntArray) -> PairMarks:
        """Return the marks of some rows and some columns, both in ascending order."""
        ...


@dataclass(frozen=True)
class SideQuota:
    """Bounds the number of pairs of each group of rows, or of columns.

    Attributes
    ----------
    side : int
        0: rows; 1: columns.
    group : int64 array
        Of each row or column; -1 where it is in none.
    lower, upper : int64 arrays
        For each group.
    """

    side: Literal[0, 1]
    group: IntArray
    lower: IntArray
    upper: IntArray

    @property
    def largest(self) -> int:
        """The largest coefficient."""
        return 1

    def sums(self, arcs: Arcs) -> tuple[IntArray, IntArray]:
        """Return in which sum each pair counts (-1: in none), and how much."""
        group = self.group[(arcs.rows, arcs.columns)[self.side]]
        return group, np.ones(len(arcs), dtype=np.int64)

    def shift(self, prices: IntArray) -> IntArray:
        """Return what each row or column pays at prices of the sums."""
        return np.append(prices, 0)[self.group]

    def part(self, rows: IntArray, columns: IntArray) -> SideQuota:
        """Return the quota on the pairs of some rows and some columns."""
        return SideQuota(self.side, self.group[(rows, columns)[self.side]], self.lower, self.upper)


@dataclass(frozen=True)
class PairQuota:
    """Bounds one sum in which every pair counts.

    Attributes
    ----------
    marks : PairMarks
        Which pairs are marked.
    inside, outside : int
        What a marked pair counts, and what another.
    lower, upper : int64 arrays of length 1
        Of the sum.
    """

    marks: PairMarks
    inside: int
    outside: int
    lower: IntArray
    upper: IntArray

    @property
    def largest(self) -> int:
        """The largest coefficient."""
        return max(abs(self.inside), abs(self.outside))

    def sums(self, arcs: Arcs) -> tuple[IntArray, IntArray]:
        """Return in which sum each pair counts, and how much."""
        marked = self.marks.among(arcs.rows, arcs.columns)
        return np.zeros(len(arcs), dtype=np.int64), np.where(marked, self.inside, self.outside)

    def part(self, rows: IntArray, columns: IntArray) -> PairQuota:
        """Return the quota on the pairs of some rows and some columns."""
        return PairQuota(self.marks.part(rows, columns), self.inside, self.outside, self.lower, self.upper)


Quota = SideQuota | PairQuota


def reached(quota: Quota, arcs: Arcs) -> IntArray:
    """Return the sums over some pairs."""
    index, coefficient = quota.sums(arcs)
    counted = index >= 0
    sums = np.zeros(len(quota.lower), dtype=np.int64)
    np.add.at(sums, index[counted], coefficient[counted])
    return sums


def holds(quotas: Sequence[Quota], arcs: Arcs) -> bool:
    """Say whether some pairs keep every quota."""
    return all(
        bool(((quota.lower <= sums) & (sums <= quota.upper)).all())
        for quota in quotas
        for sums in (reached(quota, arcs),)
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
            index, coefficient = quota.sums(arcs)
            paid += np.append(price, 0)[index] * coefficient
        return paid


def single(value: int) -> NDArray[np.int64]:
    """Return the bound of a quota with one sum."""
    return np.array([value], dtype=np.int64)
