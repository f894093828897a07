"""Whether some of all demands can be kept together, by solving for them alone.

A demand that is left out leaves its mark nowhere: pairs are those that the remaining rules allow, a capacity
that is left out is as large as there are partners, a bound that is left out is none, and a fixed duo that is
left out is a pair like others. What a pair scores does not matter here.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from reverse_match.constraints.allowed_pairs import AllowedPairs
from reverse_match.constraints.blocked_pairs import BlockedPairs
from reverse_match.constraints.demands import LIMITS
from reverse_match.constraints.rules import SAME_PERSON, Rules
from reverse_match.errors import UndecidedError
from reverse_match.pair_source import NO_PAIR
from reverse_match.quota_sums import SideQuota, beside
from reverse_match.solver.feasibility import Unkept, some_choice
from reverse_match.solver.kept_pairs import KeptPairs, keep_pairs
from reverse_match.solver.problem import Arcs, Problem

if TYPE_CHECKING:
    from reverse_match.arrays import BoolArray, IntArray, KeyArray
    from reverse_match.constraints.demands import Demanded
    from reverse_match.pair_source import PairSource
    from reverse_match.quota_sums import Quota
    from reverse_match.solver.prices import Prices
    from reverse_match.solver.progress import Watch
    from reverse_match.solver.quota_prices import QuotaPrices
    from reverse_match.solver.tuning import Tuning
    from reverse_match.tiling import Tiling

KEPT_PAIRS = 4_000_000
"""Tables of no more pairs than this are made once for each set of rules: 16 MB."""

NOISE = 100
"""A price so many times below the highest price of a quota comes from breaking ties between pairs."""


@dataclass(frozen=True)
class Duos:
    """Duos that keep what was asked, fixed ones among them."""

    rows: IntArray
    columns: IntArray


@dataclass(frozen=True)
class Clash:
    """No duos keep what was asked; ``of`` marks demands that are enough to see it."""

    of: BoolArray


Answer = Duos | Clash | Literal["undecided"]


@dataclass
class Keeping:
    """Asks whether demands can be kept together, and counts how often.

    Attributes
    ----------
    keys : pair of uint64 arrays
        Of rows and columns.
    tiling : Tiling
        How pairs may be cut up.
    watch : Watch
        Is told what is going on.
    tuning : Tuning, optional
        Constants of the solver.
    asked : int
        How many times something had to be solved.
    """

    keys: tuple[KeyArray, KeyArray]
    tiling: Tiling
    watch: Watch
    tuning: Tuning | None = None
    asked: int = 0
    _tables: dict[tuple[int, ...], KeptPairs] = field(default_factory=dict, repr=False)

    def ask(self, demanded: Demanded, kept: BoolArray) -> Answer:
        """Return duos that keep some demands, or which of them clash.

        Parameters
        ----------
        demanded : Demanded
            Everything.
        kept : bool array
            What is asked for.
        """
        direct = demanded.clash(kept)
        if direct is not None:
            of = np.zeros_like(kept)
            of[direct] = True
            return Clash(of)
        question = _Question.of(demanded, kept)
        if not question.quotas:
            return Duos(*question.fixed)
        self.asked += 1
        problem = Problem(self._pairs(demanded, kept, question), *question.capacities, *self.keys)
        try:
            found = some_choice(problem, question.quotas, self.tiling, None, self.watch, self.tuning)
        except UndecidedError:
            return "undecided"
        if isinstance(found, Unkept):
            return Clash(question.clashing(found))
        rows, columns = question.fixed
        return Duos(np.append(rows, found.rows), np.append(columns, found.columns))

    def _pairs(self, demanded: Demanded, kept: BoolArray, question: _Question) -> PairSource:
        """Return the pairs that the kept rules allow, but for duos that are formed already."""
        chosen = np.flatnonzero(kept[demanded.of_rules])
        forbidding = [rule for rule in demanded.rules.forbidding if rule.label == SAME_PERSON]
        forbidding += [demanded.forbidding[place] for place in chosen]
        rows, columns = question.fixed
        if demanded.shape[0] * demanded.shape[1] > KEPT_PAIRS:
            forbidding.append(BlockedPairs.of("fix", (rows, columns)))
            return AllowedPairs(demanded.model, Rules(tuple(forbidding), ()))
        name = tuple(chosen.tolist())
        if name not in self._tables:
            allowed = AllowedPairs(demanded.model, Rules(tuple(forbidding), ()))
            self._tables = {name: keep_pairs(allowed, self.tiling)}
        table = self._tables[name].table.copy()
        table[rows, columns] = NO_PAIR
        return KeptPairs(table)


@dataclass(frozen=True)
class _Question:
    """What is left to other duos beside the fixed ones that are kept."""

    demanded: Demanded
    kept: BoolArray
    fixed: tuple[IntArray, IntArray]
    capacities: tuple[IntArray, IntArray]
    quotas: list[Quota]
    sources: list[tuple[int, bool, bool]]

    @classmethod
    def of(cls, demanded: Demanded, kept: BoolArray) -> _Question:
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
        return cls(demanded, kept, (rows, columns), (left[0], left[1]), quotas, sources)

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
