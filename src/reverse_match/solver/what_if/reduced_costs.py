r"""Reduced costs: the amounts by which pairs are worth less than the prices of their row and column.

With prices u, v, B that prove a best choice (:mod:`.certificate`), the reduced cost of a pair outside it is r
= u + v − B − s ≥ 0.  A choice with this pair and with as many pairs loses at least r: the inequality of the
certificate holds for it with r subtracted from its right side. So reduced costs show, without solving again,
which pairs may be had cheaply, and which cannot.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reverse_match.solver.pairs.problem import Arcs
from reverse_match.solver.pairs.source import NO_PAIR

if TYPE_CHECKING:
    from collections.abc import Callable

    from reverse_match.foundation.arrays import IntArray
    from reverse_match.solver.assignment.dual_values import DualValues
    from reverse_match.solver.pairs.problem import Problem
    from reverse_match.solver.pairs.tiles import Tiling

IMPOSSIBLE = 2**60
"""Reduced cost of an impossible pair."""

NOBODY = -1
"""Nearest partner of a person without possible partners."""

CELLS_AT_ONCE = 2**22
"""Number of pairs that are copied at a time."""

FEW_CELLS = 2**14
"""Number of pairs up to which listing all of them takes less time than a part of the table and its tiles."""


def reduced_costs(problem: Problem, prices: DualValues, rows: IntArray, columns: IntArray) -> IntArray:
    """Return the reduced costs of listed pairs, ``IMPOSSIBLE`` for impossible ones."""
    pairs = Arcs(rows, columns, problem.at(rows, columns))
    return np.where(pairs.scores == NO_PAIR, IMPOSSIBLE, -prices.reduced_profits(pairs))


def reduced_costs_of(problem: Problem, prices: DualValues, side: int, place: int) -> IntArray:
    """Return the reduced costs of all pairs of one row (side 0) or one column (side 1)."""
    others = np.arange(problem.shape[1 - side])
    ends = np.full(len(others), place), others
    return reduced_costs(problem, prices, ends[side], ends[1 - side])


def nearest_partners(
    problem: Problem, prices: DualValues, side: int, people: IntArray, tiling: Tiling
) -> tuple[IntArray, IntArray]:
    """Find the partner with the least reduced cost for some rows (side 0) or some columns (side 1).

    Parameters
    ----------
    problem : Problem
        Problem with the pairs.
    prices : DualValues
        Dual values.
    side : int
        Whether the people are rows (0) or columns (1).
    people : int64 array
        People whose nearest partners are wanted, ascending.
    tiling : Tiling
        Division of the pairs into tiles.

    Returns
    -------
    partners : int64 array
        The first of the nearest partners of each person, ``NOBODY`` without one.
    costs : int64 array
        Reduced costs of these pairs, ``IMPOSSIBLE`` without one.
    """
    if len(people) * problem.shape[1 - side] <= FEW_CELLS:
        return _nearest_of_listed(problem, prices, side, people)
    at_once = max(1, CELLS_AT_ONCE // max(1, problem.shape[1 - side]))
    nearest = [
        _nearest(problem, prices, side, people[first : first + at_once], tiling)
        for first in range(0, len(people), at_once)
    ]
    partners = np.concatenate([np.empty(0, np.int64), *nearest])
    ends = people, partners
    costs = reduced_costs(problem, prices, ends[side], ends[1 - side])
    return np.where(costs == IMPOSSIBLE, NOBODY, partners), costs


def _nearest_of_listed(
    problem: Problem, prices: DualValues, side: int, people: IntArray
) -> tuple[IntArray, IntArray]:
    """Find the nearest partners by listing all pairs of some people."""
    others = problem.shape[1 - side]
    if not others:
        return np.full(len(people), NOBODY), np.full(len(people), IMPOSSIBLE)
    ends = people.repeat(others), np.tile(np.arange(others), len(people))
    costs = reduced_costs(problem, prices, ends[side], ends[1 - side]).reshape(len(people), others)
    partners, least = costs.argmin(axis=1), costs.min(axis=1)
    return np.where(least == IMPOSSIBLE, NOBODY, partners), least


def _nearest(problem: Problem, prices: DualValues, side: int, people: IntArray, tiling: Tiling) -> IntArray:
    """Return for each person the partner with the highest score minus price, possible or not."""
    others = np.arange(problem.shape[1 - side])
    cost = (prices.columns, prices.rows)[side]
    cost = np.where(problem.capacities[1 - side] > 0, cost, IMPOSSIBLE)
    ends = people, others
    pairs = problem.part(ends[side], ends[1 - side])

    def make(columns: slice) -> Callable[[slice], tuple[slice, IntArray, IntArray]]:
        block = pairs.block(columns)

        def look(rows: slice) -> tuple[slice, IntArray, IntArray]:
            mine, theirs = (rows, columns) if side == 0 else (columns, rows)
            scores = block.tile(rows)
            worth = np.where(scores == NO_PAIR, np.int64(-IMPOSSIBLE), scores)
            worth = (worth if side == 0 else worth.T) - cost[theirs]
            best = worth.argmax(axis=1)
            return mine, best + theirs.start, worth[np.arange(len(best)), best]

        return look

    partners, highest = np.zeros(len(people), np.int64), np.full(len(people), np.iinfo(np.int64).min)
    for mine, found, worth in tiling.map(make, pairs.shape):
        better = worth > highest[mine]
        partners[mine][better], highest[mine][better] = found[better], worth[better]
    return partners
