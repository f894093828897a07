"""Demands on loads: the numbers of pairs that single rows and columns have.

A load can be bounded from below, and loads can be *spread*. The spread of a side is the number of pairs of
pairs that have an end in common, Σ l (l − 1) / 2 over its loads l: 0 where nobody has more than one, and the
lower, the more evenly the same number of pairs lies. Pairs outside the problem count in loads.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from reverse_match.foundation.arrays import IntArray

    Side = tuple[IntArray, IntArray]


@dataclass(frozen=True)
class LoadDemand:
    """Demands on the loads of rows and of columns.

    Attributes
    ----------
    already : pair of int64 arrays
        Numbers of pairs that rows and columns have outside the problem.
    least : pair of int64 arrays
        Least loads, with the pairs outside the problem.
    spread : pair of bool
        Whether the loads of rows, and those of columns, are spread.
    after_total : bool
        Whether loads are spread among the choices with the highest total; if not, before the total.
    most_worth : int
        A number that no score exceeds in size, with credits and charges.
    """

    already: Side
    least: Side
    spread: tuple[bool, bool]
    after_total: bool
    most_worth: int

    @property
    def left(self) -> Side:
        """The least numbers of pairs of the problem itself."""
        rows, columns = (
            np.maximum(least - have, 0) for least, have in zip(self.least, self.already, strict=True)
        )
        return rows, columns

    @property
    def bounds_below(self) -> bool:
        """Whether somebody must be in a pair of the problem."""
        return any(bool(left.any()) for left in self.left)

    @property
    def spreads(self) -> bool:
        """Whether loads are spread on some side."""
        return any(self.spread)

    @property
    def unspread(self) -> LoadDemand:
        """The same least loads, without spreading."""
        return replace(self, spread=(False, False), after_total=False)

    def cost(self, rows: IntArray, columns: IntArray) -> int:
        """Return the spread of some pairs of the problem, together with those outside it."""
        return sum(
            int((load * (load - 1) // 2).sum())
            for load, counts in zip(self._loads(rows, columns), self.spread, strict=True)
            if counts
        )

    def keeps(self, rows: IntArray, columns: IntArray) -> bool:
        """Say whether some pairs of the problem give everybody at least the least load."""
        loads = self._loads(rows, columns)
        return all(bool((load >= least).all()) for load, least in zip(loads, self.least, strict=True))

    def _loads(self, rows: IntArray, columns: IntArray) -> list[IntArray]:
        return [
            have + np.bincount(ends, minlength=len(have))
            for have, ends in zip(self.already, (rows, columns), strict=True)
        ]

    def with_more(self, taken: Side, freed: Side) -> LoadDemand:
        """Return the demands when pairs are chosen outside the problem (``taken``), or are not any more."""
        already = [
            have + np.bincount(more, minlength=len(have)) - np.bincount(fewer, minlength=len(have))
            for have, more, fewer in zip(self.already, taken, freed, strict=True)
        ]
        return replace(self, already=(already[0], already[1]))

    def part(self, rows: IntArray, columns: IntArray) -> LoadDemand:
        """Return the demands on some rows and columns."""
        return replace(
            self,
            already=(self.already[0][rows], self.already[1][columns]),
            least=(self.least[0][rows], self.least[1][columns]),
        )


@dataclass(frozen=True)
class LoadCosts:
    """What the loads of a choice cost: an amount for each two pairs that share a row, or share a column.

    Attributes
    ----------
    already : pair of int64 arrays
        Numbers of pairs that rows and columns have outside the problem.
    spread : pair of bool
        Whether the loads of rows, and those of columns, cost something.
    weight : int
        Cost, in units, of each two pairs that share an end.
    most : int or None
        Largest number of such twos that a choice may have; any number if ``None``.
    """

    already: Side
    spread: tuple[bool, bool]
    weight: int
    most: int | None = None

    def shared(self, rows: IntArray, columns: IntArray) -> int:
        """Return how many twos of pairs share an end, together with those outside the problem."""
        return sum(
            int((load * (load - 1) // 2).sum())
            for have, ends, counts in zip(self.already, (rows, columns), self.spread, strict=True)
            if counts
            for load in (have + np.bincount(ends, minlength=len(have)),)
        )

    def most_of(self, capacities: Side, prices: Side, finer: int = 1) -> int:
        """Return the sum over people of the largest worth of a load, at prices in parts of a unit.

        Parameters
        ----------
        capacities : pair of int64 arrays
            Capacities of rows and columns.
        prices : pair of int64 arrays
            Prices of rows and columns.
        finer : int
            Number of parts in a unit.
        """
        return sum(
            most_of_load(capacity, np.zeros_like(have), have, price, finer * self.weight * counts)
            for capacity, have, price, counts in zip(
                capacities, self.already, prices, self.spread, strict=True
            )
        )


LARGEST_SUM = 2**62
"""Sums of products up to this number are exact in 64 bits."""


def dot(numbers: IntArray, prices: IntArray) -> int:
    """Return the sum of the products of two arrays, exact beyond 64 bits.

    Examples
    --------
    >>> dot(np.array([2**40]), np.array([2**40])) == 2**80
    True
    """
    if float(np.abs(numbers.astype(float)) @ np.abs(prices.astype(float))) < LARGEST_SUM:
        return int((numbers * prices).sum())
    return sum(one * other for one, other in zip(numbers.tolist(), prices.tolist(), strict=True))


def most_of_load(capacity: IntArray, left: IntArray, already: IntArray, price: IntArray, weight: int) -> int:
    """Return the sum over people of the largest worth of a load within its bounds.

    The worth of l pairs beside a others is l times the price minus the weight times (a + l) (a + l - 1) / 2.
    It is concave, so the last pair that gains something is the last one to take.

    Parameters
    ----------
    capacity, left : int64 arrays
        Largest and least numbers of pairs.
    already : int64 array
        Numbers of pairs outside the problem.
    price : int64 array
        Price of each person.
    weight : int
        Cost of each two pairs that share the person.
    """
    least = np.minimum(left, capacity)
    if not weight:
        return dot(np.where(price > 0, capacity, least), price)
    most = int(capacity.max(initial=0))
    highest = int(np.abs(price).max(initial=0)) + weight * (1 + most + int(already.max(initial=0)))
    if most * highest * max(1, len(price)) > LARGEST_SUM:  # numbers of Python are exact
        price = price.astype(object)
    load = np.clip(-(-price // weight) - already, least, capacity)
    whole = already + load
    return int((load * price - weight * (whole * (whole - 1) // 2)).sum())
