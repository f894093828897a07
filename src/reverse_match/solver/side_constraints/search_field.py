r"""The pairs that a search goes through, and what prices prove of a choice of some of them.

For any prices u, v of rows and columns, λ of sums, B of the number of pairs K, and μ of what the nodes above
count, a choice x of its case has (:mod:`.priced`)

    Σ w x  ≤  Σ capacity u + Σ capacity v + Σ max(0, w + B − Σ λ a − Σ μ m − u − v) + most(λ) + most(μ) − B K

where most(λ) is the most that sums within their bounds can pay. All numbers are whole parts of a unit, and
all sums are of 64-bit integers: what comes out is a proof, whoever found the prices.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.solver.pairs.quotas import UNBOUNDED, PairQuota
from reverse_match.solver.side_constraints.lagrangian_pairs import holds
from reverse_match.solver.side_constraints.restricted_master import quota_rows
from reverse_match.solver.side_constraints.search_tree import FINER, TreePrices

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scipy.sparse import csr_array

    from reverse_match.foundation.arrays import BoolArray, FloatArray, IntArray
    from reverse_match.solver.assignment.dual_values import Prices
    from reverse_match.solver.pairs.problem import Arcs
    from reverse_match.solver.pairs.quotas import Quota
    from reverse_match.solver.side_constraints.lagrangian_pairs import QuotaPrices
    from reverse_match.solver.side_constraints.search_tree import Cases


@dataclass(frozen=True)
class Counted:
    """What a node above counts, and how many of these pairs a choice of this case has.

    ``most`` and ``least`` are ``None`` where the other of them bounds the number.
    """

    marked: BoolArray
    least: int | None
    most: int | None

    def most_paid(self, price: int) -> int:
        """Return the most that these pairs can pay together."""
        if price > 0:
            return price * (int(self.marked.sum()) if self.most is None else self.most)
        return price * (self.least or 0)


@dataclass(frozen=True)
class Case:
    """A part of all choices: those with so many of the pairs that the nodes above count.

    Attributes
    ----------
    above : tuple of Counted
        For each node above, from the root on.
    active : int64 array
        Places of the pairs that may still be chosen.
    prices : TreePrices
        Of the node above; nothing for what it counts itself.
    """

    above: tuple[Counted, ...]
    active: IntArray
    prices: TreePrices

    def arcs(self, field: Field) -> Arcs:
        """Return the pairs that may still be chosen."""
        return field.arcs.at(self.active)

    def children(self, field: Field, cases: Cases, prices: TreePrices, active: IntArray) -> tuple[Case, Case]:
        """Return the two parts of this case: with no more than so many of some pairs, and with more."""
        marked, most = cases.among(field.arcs, field.marks), cases.most
        prices = prices.for_children()
        fewer = active if most else active[~marked[active]]
        return (
            Case((*self.above, Counted(marked, None, most)), fewer, prices),
            Case((*self.above, Counted(marked, most + 1, None)), active, prices),
        )


@dataclass(frozen=True)
class Field:
    """The pairs, what has to hold, the prices to begin with, and what no choice must reach.

    Attributes
    ----------
    arcs : Arcs
        The pairs, with what they are worth.
    capacities : pair of int64 arrays
        Of rows and columns.
    quotas : sequence of Quota
        What has to hold.
    number : int or None
        How many pairs are chosen; any number if ``None``.
    prices : TreePrices
        To begin with.
    aim : int
        It is to be proved that no choice is worth so much. In units.
    unit : int
        What a point is.
    """

    arcs: Arcs
    capacities: tuple[IntArray, IntArray]
    quotas: Sequence[Quota]
    number: int | None
    prices: TreePrices
    aim: int
    unit: int

    @classmethod
    def of(
        cls,
        arcs: Arcs,
        capacities: tuple[IntArray, IntArray],
        quotas: Sequence[Quota],
        number: int | None,
        prices: tuple[Prices, QuotaPrices],
        aim: int,
        unit: int,
    ) -> Field:
        """Begin with prices in units."""
        of_people, of_quotas = prices
        sums = np.concatenate([np.zeros(0, dtype=np.int64), *of_quotas.of_sums])
        bonus = of_people.bonus + of_quotas.bonus
        finer = TreePrices(
            _each(of_people.rows, capacities[0]) * FINER,
            _each(of_people.columns, capacities[1]) * FINER,
            sums * FINER,
            bonus * FINER,
            np.zeros(0, dtype=np.int64),
        )
        return cls(arcs, capacities, quotas, number, finer, aim, unit)

    @cached_property
    def counts(self) -> csr_array:
        """How much each pair counts in each sum: a row for each sum, a column for each pair."""
        return quota_rows(self.quotas, self.arcs).matrix

    @cached_property
    def _counts_of_pairs(self) -> csr_array:
        return self.counts.T.tocsr().astype(np.int64)

    @cached_property
    def marks(self) -> dict[int, BoolArray]:
        """Which pairs are marked by the quotas on pairs, by place."""
        return {
            place: quota.marks.among(self.arcs.rows, self.arcs.columns)
            for place, quota in enumerate(self.quotas)
            if isinstance(quota, PairQuota)
        }

    @cached_property
    def lower(self) -> IntArray:
        """Lower bounds of sums."""
        return np.concatenate([np.zeros(0, dtype=np.int64), *(quota.lower for quota in self.quotas)])

    @cached_property
    def upper(self) -> IntArray:
        """Upper bounds of sums."""
        return np.concatenate([np.zeros(0, dtype=np.int64), *(quota.upper for quota in self.quotas)])

    @cached_property
    def largest(self) -> IntArray:
        """The largest coefficient of each sum."""
        sizes = [np.full(len(quota.lower), quota.largest) for quota in self.quotas]
        return np.concatenate([np.zeros(0, dtype=np.int64), *sizes])

    @cached_property
    def root(self) -> Case:
        """The case of all choices."""
        return Case((), np.arange(len(self.arcs)), self.prices)

    @cached_property
    def excess(self) -> FloatArray:
        """What pairs are worth above the prices to begin with, in units."""
        return self.bound(self.root, self.prices)[1] / FINER

    @cached_property
    def measure(self) -> float:
        """A loss, in units, that closes a node: what the prices to begin with leave open."""
        left = self.bound(self.root, self.prices)[0] // FINER - self.aim
        return float(left if left > 0 else self.unit)

    def bound(self, case: Case, prices: TreePrices) -> tuple[int, IntArray]:
        """Return what prices prove of a case, and what its pairs are worth above them, in parts of a unit."""
        arcs = case.arcs(self)
        excess = arcs.scores * FINER + prices.bonus - prices.rows[arcs.rows] - prices.columns[arcs.columns]
        excess -= self._counts_of_pairs[case.active] @ prices.sums
        value = sum(
            int((capacity * price).sum())
            for capacity, price in zip(self.capacities, (prices.rows, prices.columns), strict=True)
        )
        for counted, price in zip(case.above, prices.cases.tolist(), strict=True):
            if price:
                excess -= price * counted.marked[case.active]
                value += counted.most_paid(price)
        above, below = prices.sums > 0, prices.sums < 0
        value += int((prices.sums[above] * self.upper[above]).sum())
        value += int((prices.sums[below] * self.lower[below]).sum())
        value += int(np.maximum(excess, 0).sum()) - prices.bonus * (self.number or 0)
        return value, excess

    def reached_by(self, chosen: Arcs) -> bool:
        """Say whether some pairs are a choice that reaches the aim."""
        fits = all(
            bool((np.bincount(ends, minlength=len(capacity)) <= capacity).all())
            for ends, capacity in zip((chosen.rows, chosen.columns), self.capacities, strict=True)
        )
        right_number = self.number is None or len(chosen) == self.number
        return fits and right_number and holds(self.quotas, chosen) and int(chosen.scores.sum()) >= self.aim

    @cached_property
    def is_bounded(self) -> tuple[BoolArray, BoolArray]:
        """Which sums have a lower bound, and which an upper one."""
        return self.lower > -UNBOUNDED, self.upper < UNBOUNDED


def _each(prices: IntArray, capacity: IntArray) -> IntArray:
    """Return a price for everybody, also where nobody has one."""
    return prices if len(prices) else np.zeros(len(capacity), dtype=np.int64)
