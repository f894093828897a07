"""A proof tree: cases, each closed by dual values, which together prove that no choice reaches an aim.

Numbers of pairs are whole, so a choice has at most k of some counted pairs, or at least k + 1. Hence the two
children of a node together have all of its choices. Each node has dual values: of rows, columns, sums, the
number of pairs, and the cases above it, which bound numbers of pairs as quotas bound sums. By weak duality
(:mod:`.certificate`) the dual values bound the choices of the case, whatever they are and whoever found them.
If the bound is below the aim, the case is closed. Otherwise pairs are left out with which no choice reaches
the aim (reduced-cost fixing), and the node is split again (:mod:`.branch_and_bound`).

For any prices u, v of rows and columns, λ of sums, B of the number of pairs K, and μ of the numbers that the
nodes above bound, a choice x of a case satisfies (:mod:`.lagrangian_pairs`)

    Σ w x  ≤  Σ capacity u + Σ capacity v + Σ max(0, w + B − Σ λ a − Σ μ m − u − v) + most(λ) + most(μ) − B K

where most(λ) is the largest payment of sums within their bounds. All numbers are whole parts of a unit, and
all sums are of 64-bit integers. So anybody can check the tree by adding whole numbers. VIPR does the same for
general mixed-integer programmes (Cheung, Gleixner and Steffy 2017, arXiv:1611.08832). Here branching alone
suffices, since the dual values of an assignment problem are few.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.solver.pairs.loads import dot
from reverse_match.solver.pairs.quotas import SideQuota
from reverse_match.solver.side_constraints.restricted_master import RestrictedProblem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scipy.sparse import csr_array

    from reverse_match.foundation.arrays import BoolArray, FloatArray, IntArray
    from reverse_match.solver.assignment.dual_values import DualValues
    from reverse_match.solver.pairs.problem import Arcs
    from reverse_match.solver.side_constraints.lagrangian_pairs import QuotaDualValues


FINER = 10_000
"""Parts in a unit: prices of a tree are whole parts, and rounding them costs less than a unit in all."""

LEAST_LIMIT, LARGEST_LIMIT = 2**42, 2**48
"""Limits of prices of a tree times their coefficients: with many people and pairs, and with few."""

LARGEST_SUM = 2**57
"""Sum of prices times coefficients over people and pairs up to which more than the least limit is allowed:
some dozens of prices together still fit into 64 bits."""


@dataclass(frozen=True)
class Disjunction:
    """A branching disjunction on some counted pairs: at most ``most`` of them, or at least one more.

    Attributes
    ----------
    rows, columns : int64 arrays or None
        The counted pairs have one of these rows and one of these columns; all rows or columns if ``None``.
    quota : int or None
        If given, only pairs that the quota with this index marks are counted.
    most : int
        Largest number of counted pairs in the first child.
    """

    rows: IntArray | None
    columns: IntArray | None
    quota: int | None
    most: int

    def among(self, arcs: Arcs, marks: Mapping[int, BoolArray]) -> BoolArray:
        """Mark the counted pairs; ``marks`` are those of quotas, by index."""
        marked = np.ones(len(arcs), dtype=bool) if self.quota is None else marks[self.quota].copy()
        for ends, some in ((arcs.rows, self.rows), (arcs.columns, self.columns)):
            if some is not None:
                marked &= np.isin(ends, some)
        return marked


@dataclass(frozen=True)
class TreeDualValues:
    """Dual values at a node, in parts of a unit.

    Attributes
    ----------
    rows, columns : int64 arrays
        Prices of rows and columns, 0 or more.
    sums : int64 array
        Price of each sum of each quota: above 0 where its upper bound limits the total, below 0 where the
        lower bound does.
    cardinality_dual : int
        Amount that every pair gets, where the number of pairs is given.
    cases : int64 array
        For each node above, the price of the pairs that it counts, with the signs of ``sums``.
    """

    rows: IntArray
    columns: IntArray
    sums: IntArray
    cardinality_dual: int
    cases: IntArray

    def less(self, other: TreeDualValues) -> TreeDualValues:
        """Return the differences of these prices from others of the same case."""
        return TreeDualValues(
            self.rows - other.rows,
            self.columns - other.columns,
            self.sums - other.sums,
            self.cardinality_dual - other.cardinality_dual,
            self.cases - other.cases,
        )

    def for_children(self) -> TreeDualValues:
        """Return the same prices, with a price of 0 for the pairs counted by one more node."""
        return replace(self, cases=np.append(self.cases, 0))


@dataclass(frozen=True)
class TreeNode:
    """A node: the differences of its prices from those of the node above, and its split unless it is closed.

    The prices of the root differ from those that the search began with.
    """

    change: TreeDualValues
    cases: Disjunction | None


@dataclass(frozen=True)
class ProofTree:
    """A tree that proves that no choice of some pairs reaches an aim.

    Attributes
    ----------
    pairs : int
        Number of these pairs.
    nodes : sequence of TreeNode
        The nodes in preorder: each node before its children, the first child first.
    """

    pairs: int
    nodes: Sequence[TreeNode]


@dataclass(frozen=True)
class BranchingConstraint:
    """A constraint of a node above on the number of counted pairs in a choice of this case.

    Either ``most`` or ``least`` bounds the number; the other one is ``None``.
    """

    marked: BoolArray
    least: int | None
    most: int | None

    def most_paid(self, price: int) -> int:
        """Return the largest payment of the counted pairs together, at a price for each."""
        if price > 0:
            return price * (int(self.marked.sum()) if self.most is None else self.most)
        return price * (self.least or 0)


@dataclass(frozen=True)
class OpenNode:
    """An open node: the choices that satisfy the constraints of the nodes above.

    Attributes
    ----------
    above : tuple of BranchingConstraint
        The constraint of each node above, from the root on.
    active : int64 array
        Indices of the pairs that may still be chosen.
    prices : TreeDualValues
        Dual values of the node above, with 0 for the pairs that it counts itself.
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
        """Return both children: at most ``cases.most`` of the counted pairs, and at least one more."""
        marked, most = cases.among(problem.arcs, problem.marks), cases.most
        prices = prices.for_children()
        fewer = active if most else active[~marked[active]]
        return (
            OpenNode((*self.above, BranchingConstraint(marked, None, most)), fewer, prices),
            OpenNode((*self.above, BranchingConstraint(marked, most + 1, None)), active, prices),
        )


@dataclass(frozen=True)
class CutoffProblem(RestrictedProblem):
    """The candidate pairs, the demands, the first prices, and the aim that no choice is to reach.

    Attributes
    ----------
    prices : TreeDualValues
        The first dual values.
    aim : int
        The worth, in units, that no choice reaches: the statement to prove.
    unit : int
        Worth of a point, in units.
    """

    prices: TreeDualValues
    aim: int
    unit: int

    @classmethod
    def of(
        cls, problem: RestrictedProblem, prices: tuple[DualValues, QuotaDualValues], aim: int, unit: int
    ) -> CutoffProblem:
        """Return the problem with first dual values in units, which are divided into finer parts."""
        of_people, of_quotas = prices
        sums = np.concatenate([np.zeros(0, dtype=np.int64), *of_quotas.of_sums])
        cardinality_dual = of_people.cardinality_dual + of_quotas.cardinality_dual
        capacities = problem.capacities
        finer = TreeDualValues(
            _each(of_people.rows, capacities[0]) * FINER,
            _each(of_people.columns, capacities[1]) * FINER,
            sums * FINER,
            cardinality_dual * FINER,
            np.zeros(0, dtype=np.int64),
        )
        return cls(
            problem.arcs,
            capacities,
            problem.quotas,
            problem.count,
            finer,
            aim,
            unit,
            loads=problem.loads,
        )

    @cached_property
    def _counts_of_pairs(self) -> csr_array:
        return self.sums.matrix.T.tocsr().astype(np.int64)

    @cached_property
    def highest(self) -> int:
        """Largest price times its coefficient, so that sums over all people and pairs fit into 64 bits."""
        partners = [len(capacity) for capacity in reversed(self.capacities)]
        size = len(self.arcs) + sum(
            int(np.minimum(capacity, most).sum())
            for capacity, most in zip(self.capacities, partners, strict=True)
        )
        return min(LARGEST_LIMIT, max(LEAST_LIMIT, LARGEST_SUM // max(1, size)))

    @cached_property
    def marks(self) -> dict[int, BoolArray]:
        """Marks of the pairs for each quota on pairs, by its index."""
        return {
            place: quota.marks.among(self.arcs.rows, self.arcs.columns)
            for place, quota in enumerate(self.quotas)
            if not isinstance(quota, SideQuota) and quota.marks is not None
        }

    @cached_property
    def _bounds(self) -> tuple[IntArray, IntArray]:
        """Lower and upper bounds of sums, as whole numbers."""
        nothing = np.zeros(0, dtype=np.int64)
        return (
            np.concatenate([nothing, *(quota.lower for quota in self.quotas)]),
            np.concatenate([nothing, *(quota.upper for quota in self.quotas)]),
        )

    @cached_property
    def root(self) -> OpenNode:
        """The case of all choices."""
        return OpenNode((), np.arange(len(self.arcs)), self.prices)

    def first_prices(self, case: OpenNode) -> TreeDualValues:
        """Return the first prices with prices of 0 for the pairs that the nodes above count."""
        return replace(self.prices, cases=np.zeros(len(case.above), dtype=np.int64))

    @cached_property
    def reduced_profits(self) -> FloatArray:
        """Minus the reduced costs at the first prices, in units."""
        return self.bound(self.root, self.prices)[1] / FINER

    @cached_property
    def measure(self) -> float:
        """The loss, in units, that closes a node: the gap that the first prices leave."""
        left = self.bound(self.root, self.prices)[0] // FINER - self.aim
        return float(left if left > 0 else self.unit)

    def bound(self, case: OpenNode, prices: TreeDualValues) -> tuple[int, IntArray]:
        """Return the bound that prices prove for a case, and its reduced profits, in parts of a unit."""
        arcs = case.arcs(self)
        reduced_profits = (
            arcs.scores * FINER
            + prices.cardinality_dual
            - prices.rows[arcs.rows]
            - prices.columns[arcs.columns]
        )
        reduced_profits -= self._counts_of_pairs[case.active] @ prices.sums
        value = self._most_of_people(prices)
        for counted, price in zip(case.above, prices.cases.tolist(), strict=True):
            if price:
                reduced_profits -= price * counted.marked[case.active]
                value += counted.most_paid(price)
        above, below = prices.sums > 0, prices.sums < 0
        lower, upper = self._bounds
        value += int((prices.sums[above] * upper[above]).sum())
        value += int((prices.sums[below] * lower[below]).sum())
        value += int(np.maximum(reduced_profits, 0).sum()) - prices.cardinality_dual * (self.count or 0)
        return value, reduced_profits

    def _most_of_people(self, prices: TreeDualValues) -> int:
        """Return the sum over people of the largest worth of a load at their prices, in parts of a unit."""
        each = prices.rows, prices.columns
        if self.loads is not None:
            return self.loads.most_of(self.capacities, each, FINER)
        return sum(dot(capacity, price) for capacity, price in zip(self.capacities, each, strict=True))

    def is_reached_by(self, chosen: Arcs) -> bool:
        """Say whether some pairs are a choice that reaches the aim."""
        return self.is_choice(chosen) and self.worth(chosen) >= self.aim


def _each(prices: IntArray, capacity: IntArray) -> IntArray:
    """Return a price for each person; zeros where no prices are given."""
    return prices if len(prices) else np.zeros(len(capacity), dtype=np.int64)
