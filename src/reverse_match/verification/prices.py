"""Prices of people, of a duo and of quotas, in whole units, and the upper bound that follows from them.

Let each duo count as its worth minus its payments for quotas (a Lagrangian relaxation: Geoffrion 1974). Then
a matching that keeps the quotas is worth no more than the prices of people allow, plus the largest payment of
such a matching. That largest payment is taken over every number of duos, and of counted duos, that keeps the
quotas. Sums are exact, however large the numbers are: after an overflow, a forged price could prove anything.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from reverse_match.foundation.errors import Finding
from reverse_match.foundation.names import id_keys
from reverse_match.policy import ShareQuota

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reverse_match.foundation.arrays import BoolArray, IntArray, NarrowIntArray
    from reverse_match.matching.results.matching import QuotaPrice
    from reverse_match.verification.loads import LoadTerms
    from reverse_match.verification.people import PeopleIndex, Place, Role
    from reverse_match.verification.quotas import CohortQuota

_SAFE = 2**62
_ONE_OF_HUNDREDS = 2**52
_HALF_OF_32_BITS = 2**30


def exact_sum(numbers: IntArray) -> int:
    """Return the sum of an array, exact beyond 64 bits.

    Examples
    --------
    >>> exact_sum(np.array([2**62, 2**62, 2**62])) == 3 * 2**62
    True
    """
    if int(np.abs(numbers).max(initial=0)) * numbers.size < _SAFE:
        return int(numbers.sum())
    return sum(numbers.reshape(-1).tolist())


def exact_product(numbers: IntArray, others: IntArray) -> int:
    """Return the sum of the products of two arrays, exact beyond 64 bits.

    Examples
    --------
    >>> exact_product(np.array([2**40, 1]), np.array([2**40, -5])) == 2**80 - 5
    True
    """
    return sum(one * other for one, other in zip(numbers.tolist(), others.tolist(), strict=True))


def wide(numbers: IntArray, times: int) -> IntArray:
    """Return numbers in a type in which their products with ``times``, and sums of hundreds, are exact.

    Parameters
    ----------
    numbers : int64 array
        Returned unchanged where 64 bits are enough.
    times : int
        The largest factor.

    Examples
    --------
    >>> int((wide(np.array([2**40]), 2**40) * 2**40)[0]) == 2**80
    True
    """
    fits = int(np.abs(numbers).max(initial=0)) * abs(times) < _ONE_OF_HUNDREDS
    return numbers if fits else numbers.astype(object)


def _narrowest(worth: Any, amounts: Sequence[IntArray]) -> type[np.int32 | np.int64]:
    """Return the type in which worths minus amounts are exact: half as many bytes where 32 bits do.

    Worths of scores alone come in 32 bits, and none is above 10^8; others come in 64.
    """
    if isinstance(worth, np.ndarray) and worth.dtype != np.int32:
        return np.int64
    largest = 0 if isinstance(worth, np.ndarray) else abs(worth)
    largest += sum(int(np.abs(amount).max(initial=0)) for amount in amounts)
    return np.int32 if largest < _HALF_OF_32_BITS else np.int64


@dataclass
class StagePrices:
    """The prices of one proof, in whole units.

    Attributes
    ----------
    of : dict of role to int64 array
        Price of each person, by role.
    loads : LoadTerms
        Bounds on each person's number of duos beside fixed ones, and the weight of their spread.
    duo : int
        Amount that every free duo gets in addition to its worth; it can be negative.
    quotas : list of PricedQuota
        Payments of duos for each quota.
    numbers : int64 array
        The possible numbers of free duos.
    """

    of: dict[Role, IntArray]
    loads: LoadTerms
    duo: int
    quotas: list[PricedQuota]
    numbers: IntArray

    @property
    def of_places(self) -> int:
        """The sum over all people of their price times their places, in the form of :mod:`.loads`."""
        return self.loads.most(self.of)

    @property
    def most_paid(self) -> int | None:
        """The largest payment of free duos, for any possible number; ``None`` if none keeps the quotas."""
        most, can_be = -self.duo * wide(self.numbers, self.duo), np.ones(len(self.numbers), dtype=bool)
        for quota in self.quotas:
            if quota.largest:
                most, can_be = most + quota.most_paid(), can_be & quota.can_hold
        return int(most[can_be].max()) if can_be.any() else None

    def excess(self, worth: Any, ends: tuple[Any, Any], marks: Sequence[BoolArray | None]) -> IntArray:
        """Return the excess of pairs: their worth minus the prices of their people and payments for quotas.

        Parameters
        ----------
        worth : int or int64 array
            Worth of each pair, in units.
        ends : pair of int64 arrays
            Rows and columns of the pairs.
        marks : sequence of bool arrays
            The pairs that count in each quota; ``None`` where that does not depend on pairs.
        """
        left: IntArray = self.less_payments(self.before_payments(worth, ends), ends, marks).astype(np.int64)
        return left

    def before_payments(self, worth: Any, ends: tuple[Any, Any]) -> NarrowIntArray:
        """Return the worth of pairs minus the prices of their people, without the payments for quotas."""
        mine, theirs = self.of["mentor"][ends[0]] - self.duo, self.of["mentee"][ends[1]]
        kind = _narrowest(worth, [mine, theirs, *(quota.prices for quota in self.quotas)])
        left: NarrowIntArray = worth - mine.astype(kind)
        if np.ndim(worth) == 0:
            spread_out: NarrowIntArray = left - theirs.astype(kind)
            return spread_out
        left -= theirs.astype(kind)  # in place: nobody else has this array
        return left

    def less_payments(
        self, left: NarrowIntArray, ends: tuple[Any, Any], marks: Sequence[BoolArray | None]
    ) -> NarrowIntArray:
        """Return numbers of pairs minus what these pay for quotas, in the type of the numbers."""
        for quota, mark in zip(self.quotas, marks, strict=True):
            if quota.largest:
                left = left - quota.quota.pick(quota.prices.astype(left.dtype), ends, mark)
        return left

    @property
    def least_paid(self) -> int:
        """A sum of payments for quotas below which no pair pays; it can be negative."""
        return sum(int(quota.prices.min()) for quota in self.quotas)

    def highest(self, worth: Any, rows: slice, columns: slice) -> int:
        """Return a number that no excess of a pair of a tile is above.

        Parameters
        ----------
        worth : int or int64 array
            Worth of each pair, in units.
        rows, columns : slice
            The people of the tile.
        """
        least = int(self.of["mentor"][rows].min()) + int(self.of["mentee"][columns].min())
        return int(np.max(worth)) + self.duo - least - self.least_paid

    def scaled(self, times: int) -> StagePrices:
        """Return the same prices in units that are ``times`` finer."""
        of = {role: price * times for role, price in self.of.items()}
        quotas = [quota.scaled(times) for quota in self.quotas]
        loads = self.loads.weighing(self.loads.weight * times)
        return StagePrices(of, loads, self.duo * times, quotas, self.numbers)


def price_column(people: PeopleIndex, role: Role, prices: Mapping[str, float], unit: int) -> IntArray:
    """Return the stated prices of people in whole units, in the order of the people."""
    column = np.zeros(len(people.of[role]), dtype=np.int64)
    places = [people.place[role][key] for key in id_keys(prices)]
    column[places] = [round(price * unit) for price in prices.values()]
    return column


class PricedQuota:
    """A quota with the payments of duos for it, in whole units.

    Attributes
    ----------
    prices : int64 array
        Payment of a duo that counts in each group; the last entry is that of a duo that counts in none.
    can_hold : bool array
        For each possible number of free duos, whether the quota can hold.
    """

    def __init__(self, quota: CohortQuota, fixed: Sequence[Place], numbers: IntArray) -> None:
        self.quota, self._numbers = quota, numbers
        self.prices = np.zeros(len(quota.groups) + 1, dtype=np.int64)
        self._least, self._most = quota.allowed_counts(fixed, numbers)
        self.can_hold: BoolArray = np.all(self._least <= self._most, axis=0) & (
            numbers >= self._least.max(axis=0, initial=0)
        )

    @property
    def largest(self) -> int:
        """The largest absolute value of a payment."""
        return int(np.abs(self.prices).max())

    def scaled(self, times: int) -> PricedQuota:
        """Return the same quota with payments in units that are ``times`` finer."""
        finer = copy(self)
        finer.prices = self.prices * times
        return finer

    def most_paid(self) -> IntArray:
        """Return for each number of free duos their largest total payment if the quota holds."""
        if self.quota.has_groups:
            return self._most_paid_in_groups()
        inside, outside = self.prices[:-1, None], int(self.prices[-1])
        highest = self.largest * len(inside)
        numbers = wide(self._numbers, highest)
        ends = [
            wide(count, highest) * inside + (numbers - count) * outside for count in (self._least, self._most)
        ]
        most: IntArray = np.maximum(*ends).sum(axis=0)
        return most

    def _most_paid_in_groups(self) -> IntArray:
        """Add up the payments of groups: at a price above 0, for the most duos that may count."""
        price, least, most = self.prices[:-1], self._least[:, 0], self._most[:, 0]
        below = price < 0
        paid: IntArray = np.full(len(self._numbers), exact_product(price[below], least[below]), dtype=object)
        for limit in np.unique(most[price > 0]).tolist():
            together = exact_sum(price[(price > 0) & (most == limit)])
            paid = paid + together * np.minimum(self._numbers, limit).astype(object)
        return paid


def read_quota_prices(
    priced: Sequence[PricedQuota], stated: Sequence[QuotaPrice], unit: int
) -> Iterator[Finding]:
    """Add the payments that a certificate states to the quotas; yield the faults in the statement."""
    places = [(price.quota, price.group or "") for price in stated]
    if places != sorted(set(places)):
        yield Finding("price", "prices of quotas are not in their order, or not each once")
    for price in stated:
        inside, outside = round(price.inside * unit), round(price.outside * unit)
        if not 0 <= price.quota < len(priced) or price.group not in priced[price.quota].quota.place_of_group:
            yield Finding("price", "a price is of a quota, or of a group, that there is not")
        elif price.outside and not isinstance(priced[price.quota].quota.quota, ShareQuota):
            yield Finding("price", "a duo that does not count pays, though the quota is no share")
        elif inside / unit != price.inside or outside / unit != price.outside:
            yield Finding("price", "what duos pay for a quota is not a whole number of units")
        else:
            found = priced[price.quota]
            found.prices[found.quota.place_of_group[price.group]] += inside
            found.prices[-1] += outside
