r"""The restricted master problem: a linear programme over candidates, which gives quotas their prices.

It chooses x between 0 and 1 for each candidate, such that capacities and quotas hold and the total is
highest; pairs may be chosen in parts. Its dual values of the quotas are the prices at which the
Lagrangian bound (:mod:`.lagrangian_pairs`) is lowest over these candidates. With other candidates the
pricing loop goes on.

The candidates may not be able to keep a quota. So every bound can be missed, at a penalty for each unit,
which also limits the prices. Where bounds are still missed at the highest penalty, more pairs are needed,
or none will do.

HiGHS solves the programme (:mod:`.highs`): by its interior-point method with crossover where there are
many candidates, else by the dual simplex method. Its numbers are doubles, and nothing is taken from it on
trust. Prices are rounded to whole millionths, and what they prove is computed from them anew, over all
pairs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from reverse_match.solver.assignment.dual_values import DualValues
from reverse_match.solver.pairs.quotas import UNBOUNDED
from reverse_match.solver.side_constraints.highs import LinearProgramme, solve_linear
from reverse_match.solver.side_constraints.lagrangian_pairs import HIGHEST_PAID, QuotaDualValues

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scipy.sparse import csr_array

    from reverse_match.foundation.arrays import BoolArray, FloatArray, IntArray
    from reverse_match.solver.pairs.problem import Arcs
    from reverse_match.solver.pairs.quotas import Quota

PENALTY_SHARE = 0.9
"""Share of the highest price that tiles can hold: a penalty, and so every price, stays below it."""

HIGHEST_OF_PERSON = 2**39
"""The highest price of a person, whatever HiGHS says: prices come nowhere near it."""

MISSED = 1e-7
"""Sums of missed bounds below this are zeros of HiGHS."""


@dataclass(frozen=True)
class MasterSolution:
    """A solution of the restricted master problem.

    Attributes
    ----------
    total : float
        The total in points, less penalties.
    missed : float
        By how much bounds are missed.
    prices : QuotaDualValues
        Of the sums, and of having just so many pairs; rounded.
    people : DualValues
        Of rows and columns, rounded: other pairs may be worth more.
    used : bool array
        Which candidates are chosen, in whole or in part.
    """

    total: float
    missed: float
    prices: QuotaDualValues
    people: DualValues
    used: BoolArray


class Rows(NamedTuple):
    """Rows of a programme: lower <= matrix @ x <= upper."""

    matrix: csr_array
    lower: FloatArray
    upper: FloatArray


def quota_rows(quotas: Sequence[Quota], arcs: Arcs) -> Rows:
    """Return a row for each sum of each quota."""
    from scipy.sparse import csr_array  # takes long to load

    parts = [quota.sums(arcs.rows, arcs.columns) for quota in quotas]
    sizes = [len(quota.lower) for quota in quotas]
    firsts = np.cumsum([0, *sizes])  # the row of the first sum of each quota
    place, row, coefficient = [], [], []
    for (index, value), first in zip(parts, firsts[:-1], strict=True):
        counted = np.flatnonzero((index >= 0) & (value != 0))
        place.append(counted)
        row.append(index[counted] + first)
        coefficient.append(value[counted])
    matrix = csr_array(
        (np.concatenate(coefficient).astype(float), (np.concatenate(row), np.concatenate(place))),
        shape=(int(firsts[-1]), len(arcs)),
    )
    lower = np.concatenate([quota.lower for quota in quotas]).astype(float)
    upper = np.concatenate([quota.upper for quota in quotas]).astype(float)
    lower[lower <= -UNBOUNDED] = -np.inf
    upper[upper >= UNBOUNDED] = np.inf
    return Rows(matrix, lower, upper)


def incidence(ends: IntArray, people: int) -> csr_array:
    """Return the matrix that counts the pairs of each row, or of each column."""
    from scipy.sparse import csr_array

    count = len(ends)
    return csr_array((np.ones(count), (ends, np.arange(count))), shape=(people, count))


def solve_restricted_master(
    arcs: Arcs,
    capacities: tuple[IntArray, IntArray],
    quotas: Sequence[Quota],
    count: int | None,
    penalty: float,
    unit: int,
    seconds: float,
) -> MasterSolution | None:
    """Solve the restricted master over candidates; return ``None`` if HiGHS has no answer.

    Parameters
    ----------
    arcs : Arcs
        Candidates; some choice of ``count`` of them must keep the capacities.
    capacities : pair of int64 arrays
        Of rows and columns.
    quotas : sequence of Quota
        At least one.
    count : int or None
        How many pairs are chosen; any number if ``None``.
    penalty : float
        Points lost for each unit by which a bound is missed, over the largest coefficient of its quota.
    unit : int
        What a score of one point is: the programme is written in points, so that its numbers are neither
        large nor small.
    seconds : float
        How long HiGHS may take.
    """
    from scipy.sparse import csr_array, eye_array, hstack, vstack

    sums = quota_rows(quotas, arcs)
    above, below = np.isfinite(sums.upper), np.isfinite(sums.lower)
    slacks = int(above.sum() + below.sum())
    most = min(penalty, PENALTY_SHARE * _highest_price(quotas) / unit)
    weights = most / np.concatenate([np.full(len(quota.lower), quota.largest) for quota in quotas])
    cost = np.concatenate([-arcs.scores / unit, weights[above], weights[below]])
    if not len(cost):
        return _empty_solution(arcs, capacities, quotas)
    people = [incidence(arcs.rows, len(capacities[0])), incidence(arcs.columns, len(capacities[1]))]
    bounded = vstack([sums.matrix[np.flatnonzero(above)], -sums.matrix[np.flatnonzero(below)]])
    no_slack = csr_array((sum(matrix.shape[0] for matrix in people), slacks))
    matrix: Any = vstack(
        [hstack([vstack(people), no_slack]), hstack([bounded, -eye_array(slacks)])], format="csc"
    )
    limits = np.concatenate([*capacities, sums.upper[above], -sums.lower[below]])
    equation: Any = csr_array(np.concatenate([np.ones(len(arcs)), np.zeros(slacks)])[None, :])
    limit = 1.0 if all(int(capacity.max(initial=0)) > 1 for capacity in capacities) else np.inf
    programme = LinearProgramme(
        cost,
        np.append(np.full(len(arcs), limit), np.full(slacks, np.inf)),
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
        _round_quota_prices(of_sums * unit, cardinality_dual * unit, quotas),
        _round_person_prices(-found.of_limits * unit, len(capacities[0]), len(capacities[1])),
        found.x[: len(arcs)] > MISSED,
    )


def _empty_solution(
    arcs: Arcs, capacities: tuple[IntArray, IntArray], quotas: Sequence[Quota]
) -> MasterSolution:
    """Return the solution of a programme without columns: where quotas bind only groups that nobody is in."""
    free = DualValues(np.zeros_like(capacities[0]), np.zeros_like(capacities[1]), 0)
    return MasterSolution(0.0, 0.0, QuotaDualValues.none(quotas), free, np.zeros(len(arcs), dtype=bool))


def _highest_price(quotas: Sequence[Quota]) -> int:
    """Return the highest price of a sum, times its largest coefficient, that tiles can hold."""
    return HIGHEST_PAID // (2 * len(quotas))


def _round_person_prices(marginals: FloatArray, rows: int, columns: int) -> DualValues:
    whole = np.clip(np.rint(marginals[: rows + columns]), 0, HIGHEST_OF_PERSON).astype(np.int64)
    return DualValues(whole[:rows], whole[rows:], 0)


def _round_quota_prices(
    of_sums: FloatArray, cardinality_dual: float, quotas: Sequence[Quota]
) -> QuotaDualValues:
    """Round prices to whole units, and keep what a pair pays within what tiles can hold.

    Any prices of bounds that there are prove something; rounded ones prove a slightly weaker bound. Penalties
    keep prices of sums below their limit.
    """
    share, ends = _highest_price(quotas), np.cumsum([len(quota.lower) for quota in quotas])[:-1]
    whole = np.rint(np.clip(of_sums, -HIGHEST_PAID, HIGHEST_PAID)).astype(np.int64)
    prices = [
        np.clip(part, -(share // quota.largest), share // quota.largest)
        for part, quota in zip(np.split(whole, ends), quotas, strict=True)
    ]
    half = HIGHEST_PAID // 2
    return QuotaDualValues(tuple(prices), round(float(np.clip(cardinality_dual, -half, half))))
