r"""Reduced costs: what a pair is worth less than the prices of its row and its column.

With prices u, v, B that prove a best choice (:mod:`.certificate`), the reduced cost of a pair that is not
chosen is  r = u + v − B − s ≥ 0.  A choice that has the pair loses at least r, as long as it has as many
pairs: the inequality of the certificate holds for it with r subtracted from its right side. So reduced costs
tell, without solving again, which pairs may be had cheaply, and which cannot.
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
"""Reduced cost of a pair that cannot be chosen."""

NOBODY = -1
"""Stands for the nearest partner of whoever has none."""

CELLS_AT_ONCE = 2**22
"""How many pairs are copied at a time."""


def reduced_costs(problem: Problem, prices: DualValues, rows: IntArray, columns: IntArray) -> IntArray:
    """Return the reduced costs of listed pairs, ``IMPOSSIBLE`` where they cannot be chosen."""
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
        Gives the pairs.
    prices : DualValues
        Dual values.
    side : int
        Whether people are rows or columns.
    people : int64 array
        Whose partners are looked for, in ascending order.
    tiling : Tiling
        How the pairs may be cut up.

    Returns
    -------
    partners : int64 array
        The first of the nearest for each, ``NOBODY`` where there is none.
    costs : int64 array
        Their reduced costs, ``IMPOSSIBLE`` where there is none.
    """
    at_once = max(1, CELLS_AT_ONCE // max(1, problem.shape[1 - side]))
    nearest = [
        _nearest(problem, prices, side, people[first : first + at_once], tiling)
        for first in range(0, len(people), at_once)
    ]
    partners = np.concatenate([np.empty(0, np.int64), *nearest])
    ends = people, partners
    costs = reduced_costs(problem, prices, ends[side], ends[1 - side])
    return np.where(costs == IMPOSSIBLE, NOBODY, partners), costs


def _nearest(problem: Problem, prices: DualValues, side: int, people: IntArray, tiling: Tiling) -> IntArray:
    """Return for each the partner with the highest score less price, whether that pair is possible or not."""
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
