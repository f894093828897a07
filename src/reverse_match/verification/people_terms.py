"""What people have of their duos, computed from its definition, and the most that prices leave them.

A person's free duos are counted by number and sum of scores. Let f(l, S) be what the objective gives for l
free duos with the sum S: nothing if a threshold is kept, minus infinity if not, or a utility. With a price p
for each point of S and a price for each duo, f - p S + (prices of duos) is largest at one of few sums.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.fixed_point import ONE

if TYPE_CHECKING:
    from reverse_match.foundation.arrays import IntArray

PARTS = 100_000
"""Parts of a unit of utility in proofs."""

THOUSANDTH = 1_000
"""A thousandth of a point, in millionths."""

IMPOSSIBLE = -(2**80)
"""The worth of what cannot be."""


def at_price(price: int, amount: int) -> int:
    """Return a price of a point times an amount in millionths, rounded down.

    Examples
    --------
    >>> at_price(3, 500_000), at_price(-3, 500_000)
    (1, -2)
    """
    return price * amount // ONE


@dataclass(frozen=True)
class PersonTerms:
    """What the free duos of people must sum to, or are worth.

    Attributes
    ----------
    of_mean : bool
        Whether means count.
    threshold : int or None
        The least mean or sum, in millionths; ``None`` if utilities count.
    knots : int64 array or None
        Utility at every thousandth of a point, in units, if utilities count.
    """

    of_mean: bool
    threshold: int | None
    knots: IntArray | None
    _known: dict[tuple[int, int, int, int], int] = field(default_factory=dict, compare=False, repr=False)

    def need(self, base: tuple[int, int], number: int) -> int:
        """Return the least sum of some free duos, beside fixed ones with this sum and number."""
        if not number or self.threshold is None:
            return 0
        wanted = self.threshold * ((base[1] + number) if self.of_mean else 1)
        return max(0, wanted - base[0])

    def utility(self, total: int, number: int) -> int:
        """Return the utility of somebody with so many duos and this sum, in parts, rounded down."""
        if not number or self.knots is None:
            return 0
        step = THOUSANDTH * (number if self.of_mean else 1)
        place, beyond = divmod(total, step)
        here, after = int(self.knots[place]), int(self.knots[min(place + 1, len(self.knots) - 1)])
        return PARTS * here + PARTS * (after - here) * beyond // step

    def most(self, base: tuple[int, int], number: int, price: int) -> int:
        """Return the most that so many free duos are worth beyond the price of their sum, rounded up."""
        if self.threshold is not None:
            return -at_price(price, self.need(base, number))
        key = (*base, number, price)
        if key not in self._known:
            self._known[key] = self._most_utility(base, number, price)
        return self._known[key]

    def _most_utility(self, base: tuple[int, int], number: int, price: int) -> int:
        """Look at every sum at which the utility bends, and at the ends of the range."""
        count, highest = base[1] + number, number * ONE
        step = THOUSANDTH * (max(count, 1) if self.of_mean else 1)
        ends = (self._rounded_up(base, one, count, price, step) for one in (0, highest))
        first, last = -(-base[0] // step), (base[0] + highest) // step
        if self.knots is None or not count or first > last:
            return max(ends)
        sums = np.arange(first, last + 1, dtype=np.int64) * step - base[0]
        whole, rest = divmod(price, ONE)
        if (abs(whole) + 1) * max(highest, ONE) >= EXACT:
            sums = sums.astype(object)
        paid = whole * sums + rest * sums // ONE
        return max(*ends, int((PARTS * self.knots[first : last + 1] - paid).max()))

    def _rounded_up(self, base: tuple[int, int], added: int, count: int, price: int, step: int) -> int:
        total = base[0] + added
        worth = self.utility(total, count)
        return worth + (1 if count and total % step else 0) - at_price(price, added)


EXACT = 2**62
"""Whole numbers below this have sums and differences of two that fit into 64 bits."""
