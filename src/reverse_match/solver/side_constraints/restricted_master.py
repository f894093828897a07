r"""Prices of quotas, from the linear programme over candidates.

Choose x between 0 and 1 for each candidate, such that capacities and quotas hold and the total is highest,
pairs in parts allowed. Its dual values of the quotas are the prices at which the bound of :mod:`.priced` is
lowest (over these candidates: with others the pricing loop goes on).

A quota may be out of reach of the candidates. So every bound can be missed, at a penalty for each unit; it
also limits the prices. Where bounds are still missed at the highest penalty, more pairs are needed, or none
will do.

HiGHS solves it (:mod:`.highs`): by its interior-point method with crossover where there are many candidates,
by the dual simplex method else. Its numbers are doubles, and nothing is taken from it on trust: prices are
rounded to whole millionths, and what they prove is computed from them anew, over all pairs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from reverse_match.solver.assignment.dual_values import Prices
from reverse_match.solver.pairs.quotas import UNBOUNDED
from reverse_match.solver.side_constraints.highs import LinearProgramme, solve_linear
from reverse_match.solver.side_constraints.lagrangian_pairs import HIGHEST_PAID, QuotaPrices

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scipy.sparse import csr_array

    from reverse_match.foundation.arrays import BoolArray, FloatArray, IntArray
    from reverse_match.solver.pairs.problem import Arcs
    from reverse_match.solver.pairs.quotas import Quota

PENALTY_SHARE = 0.9
"""Of the highest price that can be held: a penalty, and so every price, stays below it."""

HIGHEST_OF_PERSON = 2**39
"""No price of a person is higher, whatever HiGHS says: prices come nowhere near it."""

MISSED = 1e-7
"""Sums of missed bounds below this are zeros of HiGHS."""


@dataclass(frozen=True)
class Relaxed:
    """A solution of the linear programme.

    Attributes
    ----------
    total : float
        Points, less penalties.
    missed : float
        By how much bounds are missed.
    prices : QuotaPrices
        Of the sums, and of having just so many pairs; rounded.
    people : Prices
        Of rows and columns, rounded: other pairs may be worth more.
    used : bool array
        Which candidates are chosen, in whole or in part.
    """

    total: float
    missed: float
    prices: QuotaPrices
    people: Prices
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
    firsts = np.cumsum([0, *sizes])
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


def relaxed(
    arcs: Arcs,
    capacities: tuple[IntArray, IntArray],
    quotas: Sequence[Quota],
    count: int | None,
    penalty: float,
    unit: int,
    seconds: float,
) -> Relaxed | None:
    """Solve the linear programme over candidates; ``None`` if HiGHS has no answer.

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
        return _of_nothing(arcs, capacities, quotas)
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
    bonus = 0.0 if count is None else float(found.of_equations[0])
    return Relaxed(
        -float(cost @ found.x),
        float(found.x[len(arcs) :].sum()),
        _whole_prices(of_sums * unit, bonus * unit, quotas),
        _whole_people(-found.of_limits * unit, len(capacities[0]), len(capacities[1])),
        found.x[: len(arcs)] > MISSED,
    )


def _of_nothing(arcs: Arcs, capacities: tuple[IntArray, IntArray], quotas: Sequence[Quota]) -> Relaxed:
    """Return the solution where there is nothing to choose or to miss: quotas on groups that nobody is in."""
    free = Prices(np.zeros_like(capacities[0]), np.zeros_like(capacities[1]), 0)
    return Relaxed(0.0, 0.0, QuotaPrices.none(quotas), free, np.zeros(len(arcs), dtype=bool))


def _highest_price(quotas: Sequence[Quota]) -> int:
    """Return the highest price of a sum, times its largest coefficient, that tiles can hold."""
    return HIGHEST_PAID // (2 * len(quotas))


def _whole_people(marginals: FloatArray, rows: int, columns: int) -> Prices:
    whole = np.clip(np.rint(marginals[: rows + columns]), 0, HIGHEST_OF_PERSON).astype(np.int64)
    return Prices(whole[:rows], whole[rows:], 0)


def _whole_prices(of_sums: FloatArray, bonus: float, quotas: Sequence[Quota]) -> QuotaPrices:
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
    return QuotaPrices(tuple(prices), round(float(np.clip(bonus, -half, half))))
