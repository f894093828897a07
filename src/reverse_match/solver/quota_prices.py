"""Prices of quotas: what a pair pays for counting in sums that are bounded (:mod:`reverse_match.quota_sums`).

With prices, quotas turn into scores: a pair pays its coefficient times the price (:mod:`.priced`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.quota_sums import reached

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.arrays import IntArray
    from reverse_match.quota_sums import Quota
    from reverse_match.solver.problem import Arcs


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
