r"""The problem of a proof by cases: pairs, quotas, an aim to cut off, and what prices prove of each case.

For any prices u, v of rows and columns, λ of sums, B of the number of pairs K, and μ of what the nodes
above count, a choice x of a case has (:mod:`.lagrangian_pairs`)

    Σ w x  ≤  Σ capacity u + Σ capacity v + Σ max(0, w + B − Σ λ a − Σ μ m − u − v) + most(λ) + most(μ) − B K

where most(λ) is the most that sums within their bounds can pay. All numbers are whole parts of a unit,
and all sums are of 64-bit integers: what comes out is a proof, whoever found the prices.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.solver.pairs.quotas import UNBOUNDED, PairQuota
from reverse_match.solver.side_constraints.lagrangian_pairs import holds
from reverse_match.solver.side_constraints.restricted_master import quota_rows
from reverse_match.solver.side_constraints.tree_nodes import FINER, TreeDualValues

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scipy.sparse import csr_array

    from reverse_match.foundation.arrays import BoolArray, FloatArray, IntArray
    from reverse_match.solver.assignment.dual_values import DualValues
    from reverse_match.solver.pairs.problem import Arcs
    from reverse_match.solver.pairs.quotas import Quota
    from reverse_match.solver.side_constraints.lagrangian_pairs import QuotaDualValues
    from reverse_match.solver.side_constraints.tree_nodes import Disjunction


@dataclass(frozen=True)
class BranchingConstraint:
    """A constraint of a node above: how many of some pairs a choice of this case has.

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
class OpenNode:
    """An open node: the choices with so many of the pairs that the nodes above count.

    Attributes
    ----------
    above : tuple of BranchingConstraint
        The constraint of each node above, from the root on.
    active : int64 array
        Places of the pairs that may still be chosen.
    prices : TreeDualValues
        Dual values of the node above, with 0 for what that node itself counts.
    """

    above: tuple[BranchingConstraint, ...]
    active: IntArray
    prices: TreeDualValues

    def arcs(self, problem: CutoffProblem) -> Arcs:
        """Return the pairs that may still be chosen."""
        return problem.arcs.at(self.active)

    def children(
        self, problem: CutoffProblem, cases: Disjunction, prices: TreeDualValues, active: IntArray
    ) -> tuple[OpenNode, OpenNode]:
        """Return both parts of this case: with at most so many of some pairs, and with at least one more."""
        marked, most = cases.among(problem.arcs, problem.marks), cases.most
        prices = prices.for_children()
        fewer = active if most else active[~marked[active]]
        return (
            OpenNode((*self.above, BranchingConstraint(marked, None, most)), fewer, prices),
            OpenNode((*self.above, BranchingConstraint(marked, most + 1, None)), active, prices),
        )


@dataclass(frozen=True)
class CutoffProblem:
    """The pairs, what has to hold, the prices to begin with, and the aim that no choice is to reach.

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
    prices : TreeDualValues
        The dual values to begin with.
    aim : int
        What no choice is worth, in units: that is to be proved.
    unit : int
        What a point is.
    """

    arcs: Arcs
    capacities: tuple[IntArray, IntArray]
    quotas: Sequence[Quota]
    number: int | None
    prices: TreeDualValues
    aim: int
    unit: int

    @classmethod
    def of(
        cls,
        arcs: Arcs,
        capacities: tuple[IntArray, IntArray],
        quotas: Sequence[Quota],
        number: int | None,
        prices: tuple[DualValues, QuotaDualValues],
        aim: int,
        unit: int,
    ) -> CutoffProblem:
        """Begin with dual values in units, which are made finer."""
        of_people, of_quotas = prices
        sums = np.concatenate([np.zeros(0, dtype=np.int64), *of_quotas.of_sums])
        cardinality_dual = of_people.cardinality_dual + of_quotas.cardinality_dual
        finer = TreeDualValues(
            _each(of_people.rows, capacities[0]) * FINER,
            _each(of_people.columns, capacities[1]) * FINER,
            sums * FINER,
            cardinality_dual * FINER,
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
    def root(self) -> OpenNode:
        """The case of all choices."""
        return OpenNode((), np.arange(len(self.arcs)), self.prices)

    @cached_property
    def reduced_profits(self) -> FloatArray:
        """Minus the reduced costs at the prices to begin with, in units."""
        return self.bound(self.root, self.prices)[1] / FINER

    @cached_property
    def measure(self) -> float:
        """A loss, in units, that closes a node: what the prices to begin with leave open."""
        left = self.bound(self.root, self.prices)[0] // FINER - self.aim
        return float(left if left > 0 else self.unit)

    def bound(self, case: OpenNode, prices: TreeDualValues) -> tuple[int, IntArray]:
        """Return the bound that prices prove of a case, and its reduced profits, in parts of a unit."""
        arcs = case.arcs(self)
        reduced_profits = (
            arcs.scores * FINER
            + prices.cardinality_dual
            - prices.rows[arcs.rows]
            - prices.columns[arcs.columns]
        )
        reduced_profits -= self._counts_of_pairs[case.active] @ prices.sums
        value = sum(
            int((capacity * price).sum())
            for capacity, price in zip(self.capacities, (prices.rows, prices.columns), strict=True)
        )
        for counted, price in zip(case.above, prices.cases.tolist(), strict=True):
            if price:
                reduced_profits -= price * counted.marked[case.active]
                value += counted.most_paid(price)
        above, below = prices.sums > 0, prices.sums < 0
        value += int((prices.sums[above] * self.upper[above]).sum())
        value += int((prices.sums[below] * self.lower[below]).sum())
        value += int(np.maximum(reduced_profits, 0).sum()) - prices.cardinality_dual * (self.number or 0)
        return value, reduced_profits

    def is_reached_by(self, chosen: Arcs) -> bool:
        """Say whether some pairs are a choice that reaches the aim."""
        right_number = self.number is None or len(chosen) == self.number
        is_choice = right_number and chosen.fits(self.capacities) and holds(self.quotas, chosen)
        return is_choice and int(chosen.scores.sum()) >= self.aim

    @cached_property
    def is_bounded(self) -> tuple[BoolArray, BoolArray]:
        """Which sums have a lower bound, and which an upper one."""
        return self.lower > -UNBOUNDED, self.upper < UNBOUNDED


def _each(prices: IntArray, capacity: IntArray) -> IntArray:
    """Return a price for everybody: zeros where none are given."""
    return prices if len(prices) else np.zeros(len(capacity), dtype=np.int64)
