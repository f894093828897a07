r"""What people are worth by the sums or means of their pairs, and the bounds that prices give on it.

Let person p have the free pairs of a row, of a column, or of both: l of them, with scores that sum to S. They
are worth f_p(S, l). Where the lowest sum or mean is to reach a threshold, f is 0 if it does (or if l = 0)
and minus infinity if it does not; else f is a utility. Give S a price p_S for each point, and each pair of
the person a price u. Whatever the prices are,

    f_p(S, l)  ≤  T_p + p_S S - u l     where     T_p = max over l, S of  f_p(S, l) - p_S S + u l

So with T_p added for each person, every pair may count as worth w + p_S s of both its people minus their u,
and pairs are as independent of each other as in an assignment problem. The person's numbers of pairs l lie in
a range, which cases make narrower. All numbers are whole parts of a unit. What is not whole is rounded such
that the bound stays one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.solver.pairs.people import ONE

if TYPE_CHECKING:
    from reverse_match.foundation.arrays import IntArray
    from reverse_match.solver.pairs.people import PeopleDemand

NEVER = -(2**61)
"""Stands for minus infinity."""

STEP = 1_000
"""A thousandth of a point, in millionths: the utility is linear within."""


def scaled(price: IntArray, amount: IntArray) -> IntArray:
    """Return the price of an amount in millionths, at a price for each point, rounded down.

    Examples
    --------
    >>> scaled(np.array([2**50]), np.array([10**7])).tolist() == [2**50 * 10]
    True
    """
    whole, rest = np.divmod(price, ONE)
    worth: IntArray = whole * amount + (rest * amount) // ONE
    return worth


@dataclass(frozen=True)
class PersonTerms:
    """The terms of people: what they are worth, and what prices bound.

    Attributes
    ----------
    demand : PeopleDemand
        Whose sums or means count.
    most : int64 array
        Largest number of free pairs of each person, in both roles together.
    threshold : int or None
        The least sum or mean of people with a free pair, in millionths; ``None`` if utilities count.
    parts : int
        Parts of a unit of utility.
    """

    demand: PeopleDemand
    most: IntArray
    threshold: int | None
    parts: int

    def gives(self, scores: IntArray) -> IntArray:
        """Return what pairs count in sums: no more than the threshold, where sums have to reach it."""
        if self.threshold is None or self.demand.of_mean:
            return scores
        return np.minimum(scores, max(self.threshold, 0))

    @cached_property
    def needs(self) -> IntArray:
        """For each person and each number of free pairs, from 0 on: the least sum of these pairs."""
        numbers = np.arange(int(self.most.max(initial=0)) + 1)[None, :]
        base, count = self.demand.base_sum[:, None], self.demand.base_count[:, None]
        least = (self.threshold or 0) * (count + numbers if self.demand.of_mean else 1) - base
        needs: IntArray = np.where(numbers > 0, np.maximum(least, 0), 0)
        return needs

    def utilities(self, sums: IntArray, counts: IntArray) -> IntArray:
        """Return the utilities of people with these sums and numbers of pairs, in parts, rounded down."""
        knots = self.demand.knots
        if knots is None or self.threshold is not None:
            return np.zeros(len(sums), dtype=np.int64)
        step = STEP * np.maximum(counts, 1) if self.demand.of_mean else np.full(len(sums), STEP)
        below, beyond = np.divmod(sums, step)
        rise = np.diff(knots, append=knots[-1])[below]
        found: IntArray = self.parts * knots[below] + (self.parts * rise * beyond) // step
        return np.where(counts > 0, found, 0)

    def limits(self, prices: IntArray) -> IntArray:
        """Return the largest f - p S for each person and each number of free pairs, in parts, rounded up."""
        if self.threshold is not None:
            return -scaled(prices[:, None], self.needs)
        found, known = np.full(self.needs.shape, NEVER, dtype=np.int64), dict[tuple[int, ...], int]()
        bases = zip(self.demand.base_sum.tolist(), self.demand.base_count.tolist(), strict=True)
        for person, (most, base) in enumerate(zip(self.most.tolist(), bases, strict=True)):
            price = int(prices[person])
            for number in range(most + 1):
                key = (*base, number, price)
                if key not in known:
                    known[key] = self.limit(person, number, price)
                found[person, number] = known[key]
        return found

    def limit(self, person: int, number: int, price: int) -> int:
        """Return the largest utility minus the price of the sum of some free pairs, rounded up."""
        sums = self._bends(person, number)
        base, count = int(self.demand.base_sum[person]), int(self.demand.base_count[person]) + number
        worth = self.utilities(sums + base, np.full(len(sums), count))
        whole = (sums + base) % self._step(count) == 0
        return int((worth + ~whole - scaled(np.array([price]), sums)).max())

    def _step(self, count: int) -> int:
        """Return the distance of two bends of the utility of somebody with so many pairs, in millionths."""
        return STEP * (max(count, 1) if self.demand.of_mean else 1)

    def _bends(self, person: int, number: int) -> IntArray:
        """Return the sums of free pairs at which the utility of a person bends, and the ends of the range."""
        base, count = int(self.demand.base_sum[person]), int(self.demand.base_count[person]) + number
        step, highest = self._step(count), number * ONE
        bends = np.arange(-(-base // step), (base + highest) // step + 1, dtype=np.int64) * step - base
        return np.unique(np.concatenate([bends, [0, highest]]))
