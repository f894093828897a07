"""From a problem to a choice of pairs and its proof; each step stands in a module of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.solver.candidates import all_arcs
from reverse_match.solver.certificate import Bounds, bounds
from reverse_match.solver.lottery import draw
from reverse_match.solver.network import best_pairs, most_pairs
from reverse_match.solver.prices import Prices, recover_prices

if TYPE_CHECKING:
    from collections.abc import Callable

    from reverse_match.arrays import BoolArray, IntArray
    from reverse_match.solver.problem import Problem


@dataclass(frozen=True)
class Solution:
    """A choice of pairs with its proof. Numbers are whole millionths.

    Attributes
    ----------
    rows, columns, scores : int64 arrays
        The chosen pairs, sorted by row and column.
    prices : Prices
        Dual values.
    scarce : pair of bool arrays
        Rows and columns that limit the number of pairs.
    bounds : Bounds
        What no choice can exceed, checked over all pairs.
    """

    rows: IntArray
    columns: IntArray
    scores: IntArray
    prices: Prices
    scarce: tuple[BoolArray, BoolArray]
    bounds: Bounds


def solve(
    problem: Problem,
    threads: int | None = None,
    report: Callable[[str], None] | None = None,
) -> Solution:
    """Choose as many pairs as possible, and of these choices the one with the highest total.

    Parameters
    ----------
    problem : Problem
        What may be chosen.
    threads : int, optional
        All cores if not given; the solution does not depend on it.
    report : callable, optional
        Called with the name of each step when it begins.

    Raises
    ------
    SizeError
        If there are too many pairs.
    SolverError
        If OR-Tools fails, or what it returns is not optimal.

    Examples
    --------
    >>> from reverse_match.solver.problem import Problem
    >>> class Pairs:
    ...     shape = (2, 2)
    ...     def tile(self, rows, columns):
    ...         return np.array([[9, 8], [8, 0]], dtype=np.int32)[rows, columns]
    >>> one, key = np.ones(2, dtype=np.int64), np.arange(2, dtype=np.uint64)
    >>> solution = solve(Problem(Pairs(), one, one, key, key))
    >>> solution.columns.tolist(), int(solution.scores.sum()), solution.bounds.total
    ([1, 0], 16, 16)
    """
    tell = report or (lambda _: None)
    tell("score pairs")
    arcs = all_arcs(problem, threads)
    tell("count duos")
    capacities = problem.row_capacity, problem.column_capacity
    count, *scarce = most_pairs(arcs, *capacities)
    tell("assign")
    everybody = np.ones(len(capacities[0]), dtype=bool), np.ones(len(capacities[1]), dtype=bool)
    chosen = best_pairs(arcs, capacities, everybody, count)
    tell("price")
    prices = recover_prices(arcs, chosen, capacities)
    tell("draw between equals")
    chosen = draw(arcs, chosen, prices, capacities, (problem.row_keys, problem.column_keys))
    tell("prove")
    proof = bounds(problem, prices, (scarce[0], scarce[1]), count, threads)
    kept = arcs.where(chosen)
    return Solution(kept.rows, kept.columns, kept.scores, prices, (scarce[0], scarce[1]), proof)
