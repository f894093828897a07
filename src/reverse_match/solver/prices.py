r"""Prices: whole numbers that prove a choice of pairs to be the best.

Let the chosen pairs x be as many as possible. With a price u ≥ 0 for each row, v ≥ 0 for each column and B ≥
0 for the last pair, the choice has the highest total among all choices of that many pairs if

* a pair that is not chosen is worth no more than its prices:  s + B ≤ u + v,
* a chosen pair is worth at least its prices:  s + B ≥ u + v (more only where its being chosen once is what
  limits it),
* who has capacity left has price 0.

(Linear programming duality and complementary slackness; the third line is the half that is easily forgotten.
B is the dual value of "this many pairs": what one pair fewer would gain.)

Written with n = −u and z = v − B, these are difference constraints, n ≥ z − s for chosen and z ≥ s + n for
other pairs, and the smallest solution is found by longest paths: Bellman-Ford on the residual graph, here a
whole sweep over all arcs at a time. First from the columns alone (z ≥ 0): the largest n found is the smallest
possible B. Then from the columns at −B and the rows that have capacity left at 0. Prices found this way do
not depend on which of several best choices they are computed from: B is smallest, then each v is smallest.

Sources: Ahuja, Magnanti & Orlin, *Network Flows*, 1993, sections 5.2 and 9.4; Demange, Gale & Sotomayor 1986
for smallest prices.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.errors import SolverError

if TYPE_CHECKING:
    from reverse_match.arrays import BoolArray, IntArray
    from reverse_match.solver.problem import Arcs

_UNREACHED = np.int64(-(2**61))
_LOWEST_REAL = np.int64(-(2**60))


@dataclass(frozen=True)
class Prices:
    """Dual values in whole millionths.

    Attributes
    ----------
    rows, columns : int64 arrays
        0 or more: what one more unit of capacity there would be worth.
    bonus : int
        0 or more: what one pair fewer would gain.
    """

    rows: IntArray
    columns: IntArray
    bonus: int

    def excess(self, arcs: Arcs) -> IntArray:
        """Return by how much each pair is worth more than its prices; negative where it is worth less."""
        return arcs.scores + self.bonus - self.rows[arcs.rows] - self.columns[arcs.columns]


def recover_prices(arcs: Arcs, chosen: BoolArray, capacities: tuple[IntArray, IntArray]) -> Prices:
    """Return the prices of an optimal choice.

    Parameters
    ----------
    arcs : Arcs
        The pairs that there are.
    chosen : array of bool
        Which of them are chosen.
    capacities : pair of int64 arrays
        Of rows and columns.

    Raises
    ------
    SolverError
        If no prices exist, which means that the choice is not optimal.
    """
    paths = _LongestPaths(arcs, chosen, capacities)
    rows, columns = len(capacities[0]), len(capacities[1])
    nothing = np.full(rows, _UNREACHED)
    row_from_columns, column_level = paths.extend(nothing, np.zeros(columns, np.int64))
    bonus = max(0, int(row_from_columns.max(initial=0)))
    start = np.where(paths.free_rows, np.int64(0), _UNREACHED)
    row_level, column_level = paths.extend(start, column_level - bonus)
    if (row_level > 0).any() or (column_level[paths.free_columns] > -bonus).any():
        message = "the choice is not optimal: exchanging some pairs would improve it"
        raise SolverError(message)
    row_prices = np.where(row_level > _LOWEST_REAL, -row_level, np.int64(0))
    return Prices(row_prices, column_level + bonus, bonus)


class _LongestPaths:
    """Longest paths in the residual graph of a choice."""

    def __init__(self, arcs: Arcs, chosen: BoolArray, capacities: tuple[IntArray, IntArray]) -> None:
        self._kept = arcs.where(chosen)
        others = arcs.where(~chosen)
        by_column = np.argsort(others.columns, kind="stable")
        self._rows, self._scores = others.rows[by_column], others.scores[by_column]
        self._columns, self._starts = np.unique(others.columns[by_column], return_index=True)
        row_load = np.bincount(self._kept.rows, minlength=len(capacities[0]))
        column_load = np.bincount(self._kept.columns, minlength=len(capacities[1]))
        self.free_rows: BoolArray = row_load < capacities[0]
        self.free_columns: BoolArray = column_load < capacities[1]

    def extend(self, row_start: IntArray, column_level: IntArray) -> tuple[IntArray, IntArray]:
        """Raise levels until every arc of the residual graph is satisfied."""
        level = column_level
        for _ in range(len(row_start) + len(level) + 1):
            rows = row_start.copy()
            np.maximum.at(rows, self._kept.rows, level[self._kept.columns] - self._kept.scores)
            raised = level.copy()
            if len(self._starts):
                offers = np.maximum.reduceat(self._scores + rows[self._rows], self._starts)
                raised[self._columns] = np.maximum(raised[self._columns], offers)
            if (raised == level).all():
                return rows, level
            level = raised
        message = "the choice is not optimal: exchanging pairs in a circle would improve it"
        raise SolverError(message)
