"""What is left to solve when some demands are kept, and which demands a proof uses that it cannot be done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.constraints.demands import LIMITS
from reverse_match.quota_sums import UNBOUNDED, SideQuota, beside, single
from reverse_match.solver.problem import Arcs
from reverse_match.solver.quota_prices import holds

if TYPE_CHECKING:
    from reverse_match.arrays import BoolArray, IntArray
    from reverse_match.constraints.demands import Demanded
    from reverse_match.constraints.rules import PairRule
    from reverse_match.quota_sums import Quota
    from reverse_match.solver.feasibility import Unkept
    from reverse_match.solver.prices import Prices
    from reverse_match.solver.quota_prices import QuotaPrices

NOT_OF_POLICY = -1, False, False
"""The source of what no quota of the policy asks."""

NOISE = 100
"""A price so many times below the highest price of a quota comes from breaking ties between pairs."""


@dataclass(frozen=True)
class Question:
    """What is left to other duos beside the fixed ones that are kept.

    Attributes
    ----------
    demanded : Demanded
        Everything.
    kept : bool array
        What is asked for.
    rules : list of PairRule
        Those that are kept.
    fixed : pair of int64 arrays
        Rows and columns of the fixed duos that are kept.
    capacities : pair of int64 arrays
        What they leave of capacities.
    quotas : list of Quota
        What they leave of bounds.
    sources : list of (int, bool, bool)
        Of each of these, the quota in the policy that it was made of, and whether it bounds from below and
        from above; neither where it is none of the policy's.
    """

    demanded: Demanded
    kept: BoolArray
    rules: list[PairRule]
    fixed: tuple[IntArray, IntArray]
    capacities: tuple[IntArray, IntArray]
    quotas: list[Quota]
    sources: list[tuple[int, bool, bool]]

    @classmethod
    def of(cls, demanded: Demanded, kept: BoolArray) -> Question:
        """Leave out what is not kept."""
        rules = [
            rule for rule, asked in zip(demanded.forbidding, kept[demanded.of_rules], strict=True) if asked
        ]
        duos = kept[demanded.of_fixed]
        rows, columns = demanded.fixed[0][duos], demanded.fixed[1][duos]
        whole = [
            np.where(kept[demanded.of_side(side)], demanded.capacities[side], demanded.shape[1 - side])
            for side in (0, 1)
        ]
        most_duos = min(int(capacity.sum()) for capacity in whole)
        quotas: list[Quota] = []
        sources: list[tuple[int, bool, bool]] = []
        for place, quota in enumerate(demanded.quotas):
            low, high = (kept[demanded.of_quota(place, limit)] for limit in LIMITS)
            for sums, below, above in quota.bounding(low, high, most_duos):
                quotas.append(beside(sums, rows, columns))
                sources.append((place, below, above))
        left = [
            capacity - np.bincount(ends, minlength=len(capacity))
            for capacity, ends in zip(whole, (rows, columns), strict=True)
        ]
        return cls(demanded, kept, rules, (rows, columns), (left[0], left[1]), quotas, sources)

    @property
    def holds_of_nothing(self) -> bool:
        """Whether no duos at all keep everything that is asked for."""
        return not len(self.fixed[0]) and holds(self.quotas, Arcs.joined([]))

    def of_some_duo(self) -> Question:
        """Ask for one duo at least, too: that is no demand, since nobody could waive it."""
        everybody = np.zeros(self.demanded.shape[0], dtype=np.int64)
        one = SideQuota(0, everybody, single(1), single(UNBOUNDED))
        return replace(self, quotas=[*self.quotas, one], sources=[*self.sources, NOT_OF_POLICY])

    def clashing(self, why: Unkept) -> BoolArray:
        """Return the demands that a proof uses; all that are kept, where a search has shown it."""
        if why.prices is None or why.of_quotas is None:
            return self.kept.copy()
        highest = max((int(np.abs(price).max(initial=0)) for price in why.of_quotas.of_sums), default=0)
        noise = highest // NOISE
        of = np.zeros_like(self.kept)
        of[self.demanded.of_rules] = True
        for side, price in enumerate((why.prices.rows, why.prices.columns)):
            of[self.demanded.of_side(side)] = price > noise
        self._mark_quotas(of, why)
        of[self.demanded.of_fixed] = self._used_by_fixed(why.prices, why.of_quotas, noise)
        return of & self.kept

    def _mark_quotas(self, of: BoolArray, why: Unkept) -> None:
        """Mark bounds with a price, but for lower ones without which the proof still holds."""
        bound = why.bound
        prices = [] if why.of_quotas is None else why.of_quotas.of_sums
        for (place, below, above), quota, price in zip(self.sources, self.quotas, prices, strict=True):
            if above:
                of[self.demanded.of_quota(place, "at_most")] |= price > 0
            if not below:
                continue
            low = price < 0
            if isinstance(quota, SideQuota):
                # Without it, pairs of the group get nothing for being chosen, and no bound is to be reached.
                for group in np.flatnonzero(low)[::-1]:
                    lost = int(price[group] * quota.lower[group])
                    if bound - lost < 0:
                        bound -= lost
                        low[group] = False
            of[self.demanded.of_quota(place, "at_least")] |= low

    def _used_by_fixed(self, prices: Prices, of_quotas: QuotaPrices, noise: int) -> BoolArray:
        """Say which fixed duos take something that has a price."""
        rows, columns = self.demanded.fixed
        scores = np.zeros(len(rows), dtype=np.int64)
        paid = replace(of_quotas, bonus=0).paid(self.quotas, Arcs(rows, columns, scores))
        used: BoolArray = (prices.rows[rows] > noise) | (prices.columns[columns] > noise) | (paid != 0)
        return used
