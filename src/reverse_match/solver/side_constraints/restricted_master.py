r"""The restricted master problem: a linear programme over candidates, which gives quotas their prices.

It chooses x between 0 and 1 for each candidate, such that capacities and quotas hold and the total is
highest; fractions of pairs are allowed. Its dual values of the quotas are the prices at which the Lagrangian
bound (:mod:`.lagrangian_pairs`) is lowest over these candidates. If other candidates are found, the pricing
loop continues.

The candidates may not suffice to keep a quota. So every bound can be missed, at a penalty for each unit,
which also limits the prices. If bounds are missed even at the highest penalty, more pairs are needed, or the
quotas cannot be kept.

HiGHS solves the programme (:mod:`.highs`): by its interior-point method with crossover for many candidates,
else by the dual simplex method. Its results are doubles and are not trusted. Prices are rounded to whole
millionths, and the bound that they prove is computed from them anew, over all pairs.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from reverse_match.solver.assignment.dual_values import DualValues
from reverse_match.solver.pairs.quotas import UNBOUNDED, GroupQuota
from reverse_match.solver.side_constraints.highs import LinearProgramme, solve_linear
from reverse_match.solver.side_constraints.lagrangian_pairs import HIGHEST_PAID, QuotaDualValues, holds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scipy.sparse import csr_array

    from reverse_match.foundation.arrays import BoolArray, FloatArray, IntArray
    from reverse_match.solver.pairs.loads import LoadCosts
    from reverse_match.solver.pairs.problem import Arcs
    from reverse_match.solver.pairs.quotas import Quota

PENALTY_SHARE = 0.9
"""Share of the highest price that tiles can hold; the penalty, which limits every price, stays below it."""

HIGHEST_OF_PERSON = 2**39
"""Largest price of a person, whatever HiGHS returns; real prices are far below."""

POINT = 1_000_000
"""Worth of one point of score, or of penalty, in units."""

MISSED = 1e-7
"""Sum of missed bounds below which HiGHS's result counts as 0."""


@dataclass(frozen=True)
class MasterSolution:
    """A solution of the restricted master problem.

    Attributes
    ----------
    total : float
        The total minus penalties, in points.
    missed : float
        Sum of the amounts by which bounds are missed.
    prices : QuotaDualValues
        Rounded prices of the sums, and of a given number of pairs.
    people : DualValues
        Rounded prices of rows and columns; pairs that are no candidates may be worth more.
    used : bool array
        The candidates that are chosen, in whole or in part.
    """

    total: float
    missed: float
    prices: QuotaDualValues
    people: DualValues
    used: BoolArray


class Rows(NamedTuple):
    """Rows of a programme: ``lower <= matrix @ x <= upper``."""

    matrix: csr_array
    lower: FloatArray
    upper: FloatArray


@dataclass(frozen=True)
class RestrictedProblem:
    """The integer programme of a choice among some pairs that keeps capacities and quotas.

    Attributes
    ----------
    arcs : Arcs
        The candidate pairs, with their worth.
    capacities : pair of int64 arrays
        Capacities of rows and columns.
    quotas : sequence of Quota
        The quotas to keep.
    count : int or None
        Number of pairs to choose; any number if ``None``.
    loads : LoadCosts, optional
        What loads cost beside the worth of pairs.
    most : int64 array, optional
        The largest number of times that each pair counts, where pairs are of classes of people; once if not
        given.
    """

    arcs: Arcs
    capacities: tuple[IntArray, IntArray]
    quotas: Sequence[Quota]
    count: int | None
    loads: LoadCosts | None = field(default=None, kw_only=True)
    most: IntArray | None = field(default=None, kw_only=True)

    @property
    def largest_numbers(self) -> FloatArray:
        """The largest value of each variable: infinite where a capacity of 1 limits it anyhow."""
        if self.most is not None:
            return self.most.astype(np.float64)
        limit = 1.0 if all(int(capacity.max(initial=0)) > 1 for capacity in self.capacities) else np.inf
        return np.full(len(self.arcs), limit)

    @cached_property
    def people(self) -> csr_array:
        """The matrix that counts the pairs of each row, and then of each column."""
        return people_rows(self.arcs, self.capacities)

    @cached_property
    def sums(self) -> Rows:
        """A row for each sum of each quota."""
        from scipy.sparse import csr_array  # takes long to load

        sizes = [len(quota.lower) for quota in self.quotas]
        place, row, coefficient = ([np.zeros(0, dtype=np.int64)] for _ in range(3))
        for quota, first in zip(self.quotas, np.cumsum([0, *sizes]), strict=False):
            index, value = quota.sums(self.arcs.rows, self.arcs.columns)
            counted = np.flatnonzero((index >= 0) & (value != 0))
            place.append(counted)
            row.append(index[counted] + first)
            coefficient.append(value[counted])
        matrix = csr_array(
            (np.concatenate(coefficient).astype(float), (np.concatenate(row), np.concatenate(place))),
            shape=(sum(sizes), len(self.arcs)),
        )
        lower = np.concatenate([np.zeros(0), *(quota.lower for quota in self.quotas)])
        upper = np.concatenate([np.zeros(0), *(quota.upper for quota in self.quotas)])
        lower[lower <= -UNBOUNDED] = -np.inf
        upper[upper >= UNBOUNDED] = np.inf
        return Rows(matrix, lower, upper)

    @cached_property
    def largest(self) -> IntArray:
        """The largest coefficient of each sum."""
        sizes = [np.full(len(quota.lower), quota.largest) for quota in self.quotas]
        return np.concatenate([np.zeros(0, dtype=np.int64), *sizes])

    @cached_property
    def cannot_be_exceeded(self) -> BoolArray:
        """Mark the sums of two groups in which no more pairs count than the upper bound allows.

        Groups of single people make a sum for each of them with each other group, of which hardly any has
        many candidates.
        """
        of_groups = [
            np.full(len(quota.lower), isinstance(quota, GroupQuota) and self.most is None)
            for quota in self.quotas
        ]
        many = np.diff(self.sums.matrix.indptr) > self.sums.upper
        return np.concatenate([np.zeros(0, dtype=bool), *of_groups]) & ~many

    def where(self, kept: BoolArray) -> RestrictedProblem:
        """Return the same problem with fewer pairs."""
        most = None if self.most is None else self.most[kept]
        return replace(self, arcs=self.arcs.where(kept), most=most)

    def is_choice(self, chosen: Arcs) -> bool:
        """Say whether some pairs satisfy all demands."""
        right_number = self.count is None or len(chosen) == self.count
        if self.loads is not None and self.loads.most is not None:
            right_number &= self.loads.shared(chosen.rows, chosen.columns) <= self.loads.most
        return right_number and chosen.fits(self.capacities) and holds(self.quotas, chosen)

    @property
    def weight(self) -> int:
        """The cost, in units, of each two pairs that share an end."""
        return 0 if self.loads is None else self.loads.weight

    def worth(self, chosen: Arcs) -> int:
        """Return the worth of a choice: the sum of its scores, less the costs of loads."""
        total = int(chosen.scores.sum())
        if self.loads is None:
            return total
        return total - self.weight * self.loads.shared(chosen.rows, chosen.columns)


def people_rows(arcs: Arcs, capacities: tuple[IntArray, IntArray]) -> csr_array:
    """Return the matrix that counts the pairs of each row, and then of each column."""
    from scipy.sparse import csr_array

    rows, columns = map(len, capacities)
    ends = np.concatenate([arcs.rows, rows + arcs.columns])
    places = np.tile(np.arange(len(arcs)), 2)
    return csr_array((np.ones(len(ends)), (ends, places)), shape=(rows + columns, len(arcs)))


def solve_restricted_master(
    problem: RestrictedProblem, penalty: float, unit: int, seconds: float
) -> MasterSolution | None:
    """Solve the restricted master over candidates; return ``None`` if HiGHS has no answer.

    Parameters
    ----------
    problem : RestrictedProblem
        Problem with at least one quota; some choice of ``count`` of its pairs must keep the capacities.
    penalty : float
        Points lost for each unit of a missed bound, divided by the largest coefficient of its quota.
    unit : int
        Worth of a score of one point. The programme is written in points, so that its numbers are neither
        large nor small.
    seconds : float
        Time limit of HiGHS.
    """
    from scipy.sparse import csr_array, eye_array, hstack, vstack

    arcs, capacities, quotas, count = problem.arcs, problem.capacities, problem.quotas, problem.count
    sums = problem.sums
    above, below = np.isfinite(sums.upper) & ~problem.cannot_be_exceeded, np.isfinite(sums.lower)
    slacks = int(above.sum() + below.sum())
    most = min(penalty, PENALTY_SHARE * _highest_price(quotas) / unit)
    weights = most / problem.largest
    cost = np.concatenate([-arcs.scores / unit, weights[above], weights[below]])
    if not len(cost):
        # All quotas bound empty groups only, so nothing needs a price.
        free = DualValues(np.zeros_like(capacities[0]), np.zeros_like(capacities[1]), 0)
        return MasterSolution(0.0, 0.0, QuotaDualValues.none(quotas), free, np.zeros(0, dtype=bool))
    bounded = vstack([sums.matrix[np.flatnonzero(above)], -sums.matrix[np.flatnonzero(below)]])
    no_slack = csr_array((problem.people.shape[0], slacks))
    matrix: Any = vstack(
        [hstack([problem.people, no_slack]), hstack([bounded, -eye_array(slacks)])], format="csc"
    )
    limits = np.concatenate([*capacities, sums.upper[above], -sums.lower[below]])
    equation: Any = csr_array(np.concatenate([np.ones(len(arcs)), np.zeros(slacks)])[None, :])
    programme = LinearProgramme(
        cost,
        np.append(problem.largest_numbers, np.full(slacks, np.inf)),
        matrix,
        limits,
        None if count is None else equation,
        None if count is None else np.array([float(count)]),
    )
    found = solve_linear(programme, seconds)
    if found is None:
        return None
    marginals = found.of_limits[len(limits) - slacks :]
    of_sums = np.zeros(len(sums.lower))
    of_sums[above] -= marginals[: above.sum()]
    of_sums[below] += marginals[above.sum() :]
    of_sums = np.clip(of_sums, np.where(below, -np.inf, 0), np.where(above, np.inf, 0))
    cardinality_dual = 0.0 if count is None else float(found.of_equations[0])
    return MasterSolution(
        -float(cost @ found.x),
        float(found.x[len(arcs) :].sum()),
        round_quota_prices(of_sums * unit, cardinality_dual * unit, quotas),
        round_person_prices(-found.of_limits * unit, len(capacities[0]), len(capacities[1])),
        found.x[: len(arcs)] > MISSED,
    )


def _highest_price(quotas: Sequence[Quota]) -> int:
    """Return the highest price of a sum times its largest coefficient that tiles can hold."""
    return HIGHEST_PAID // (2 * len(quotas))


def round_person_prices(marginals: FloatArray, rows: int, columns: int) -> DualValues:
    """Round prices of rows, and then of columns, to whole units of 0 or more."""
    whole = np.clip(np.rint(marginals[: rows + columns]), 0, HIGHEST_OF_PERSON).astype(np.int64)
    return DualValues(whole[:rows], whole[rows:], 0)


def round_quota_prices(
    of_sums: FloatArray, cardinality_dual: float, quotas: Sequence[Quota]
) -> QuotaDualValues:
    """Round prices to whole units, and keep the payments of pairs within what tiles can hold.

    Any prices of existing bounds prove a bound; rounded ones prove a slightly weaker one. Penalties keep
    prices of sums below their limit.
    """
    share, ends = _highest_price(quotas), np.cumsum([len(quota.lower) for quota in quotas])[:-1]
    whole = np.rint(np.clip(of_sums, -HIGHEST_PAID, HIGHEST_PAID)).astype(np.int64)
    parts = np.split(whole, ends)
    paid = sum(
        int(np.abs(part).max(initial=0)) * quota.largest for part, quota in zip(parts, quotas, strict=True)
    )
    if paid <= HIGHEST_PAID // 2:  # all together stay below the limit, whatever their shares of it
        share = HIGHEST_PAID
    prices = [
        np.clip(part, -(share // quota.largest), share // quota.largest)
        for part, quota in zip(parts, quotas, strict=True)
    ]
    half = HIGHEST_PAID // 2
    return QuotaDualValues(tuple(prices), round(float(np.clip(cardinality_dual, -half, half))))
