"""Choices in which two people who could both teach and learn meet only once, whoever teaches.

A pair (row, column) and its reverse are two arcs of the network and the same two people. Where a best
choice has both, the one that is worth less above its prices is closed, and the problem is solved again,
until no two people meet twice.

Whatever the prices are, of two people who meet once at most one of the two arcs counts. So only the
larger of what they are worth above their prices adds to the bound (:mod:`.certificate`). Where no closed
arc is worth more than the one that stayed, that bound is reached, and the choice is the best. Otherwise
there is a gap.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.solver.assignment.certificate import bounds
from reverse_match.solver.assignment.pricing import price_all_pairs
from reverse_match.solver.pairs.source import NO_PAIR
from reverse_match.solver.rounds.round_certificates import ONLY_IMPROVING
from reverse_match.solver.side_constraints.lagrangian_bound import Infeasible

if TYPE_CHECKING:
    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.solver.assignment.certificate import Bounds
    from reverse_match.solver.assignment.solve import Solution
    from reverse_match.solver.pairs.problem import Arcs, Problem
    from reverse_match.solver.pairs.tiles import Tiling
    from reverse_match.solver.what_if.resolve import SolvedProblem

TURNED = 0.3
"""Share of the closed directions that another attempt turns round."""

NOBODY = -1
"""The place, on the other side, of somebody who has none there."""


@dataclass(frozen=True)
class Reverse:
    """Who is both a row and a column.

    Attributes
    ----------
    column_of_row, row_of_column : int64 arrays
        The place of the same person on the other side, ``NOBODY`` if there is none.
    """

    column_of_row: IntArray
    row_of_column: IntArray

    @property
    def anybody(self) -> bool:
        """Whether somebody is both."""
        return bool((self.column_of_row != NOBODY).any())

    @property
    def anybody_twice(self) -> bool:
        """Whether some two people are both, and so could meet either way."""
        return int((self.column_of_row != NOBODY).sum()) > 1

    def of(self, rows: IntArray, columns: IntArray) -> tuple[IntArray, IntArray, BoolArray]:
        """Return rows and columns of the reverse of some pairs, and which of them have one."""
        back = self.row_of_column[columns], self.column_of_row[rows]
        return *back, (back[0] != NOBODY) & (back[1] != NOBODY)


def meet_once(
    solved: SolvedProblem,
    reverse: Reverse,
    fixed: tuple[IntArray, IntArray],
    draw: np.random.Generator | None = None,
) -> SolvedProblem | Infeasible:
    """Return a good choice in which no two people meet twice.

    Parameters
    ----------
    solved : SolvedProblem
        The best choice, in which two people may meet twice.
    reverse : Reverse
        Who is both a row and a column.
    fixed : pair of int64 arrays
        Rows and columns of pairs that stand beside the choice.
    draw : Generator, optional
        Closes the other direction now and then, to find another choice.
    """
    rows, columns, exist = reverse.of(*fixed)
    closed = rows[exist], columns[exist]
    found: SolvedProblem | Infeasible = solved
    if _any_possible(solved, closed):
        found = solved.without_pairs(*closed)
    while not isinstance(found, Infeasible):
        closed = _worse_directions(found, reverse, draw)
        if not len(closed[0]):
            break
        found = found.without_pairs(*closed)
    return found


def once_bounds(problem: Problem, solution: Solution, reverse: Reverse, tiling: Tiling) -> Bounds:
    """Return what no choice in which two people meet once can exceed, by the prices of a solution.

    Parameters
    ----------
    problem : Problem
        In which they could meet twice.
    solution : Solution
        Its prices, and the number of its pairs.
    reverse : Reverse
        Who is both.
    tiling : Tiling
        How the pairs may be cut up; the result does not depend on it.
    """
    asked = replace(problem, most_first=True)
    prices, vertex_cover, most = solution.prices, solution.vertex_cover, 4 * sum(problem.shape)
    pricing = price_all_pairs(asked, prices, vertex_cover, tiling, most, ONLY_IMPROVING)
    while not pricing.complete:
        most *= 4
        pricing = price_all_pairs(asked, prices, vertex_cover, tiling, most, ONLY_IMPROVING)
    limits = bounds(asked, prices, vertex_cover, len(solution.chosen), pricing)
    arcs, width = pricing.found, problem.shape[1]
    reduced_profits = np.maximum(prices.reduced_profits(arcs), 0)
    uncovered = ~vertex_cover[0][arcs.rows] & ~vertex_cover[1][arcs.columns]
    twice, place = both_among(arcs, reverse, width)
    counted_twice = int(np.minimum(reduced_profits[twice], reduced_profits[place]).sum()) // 2
    met_twice = int((uncovered[twice] & uncovered[place]).sum()) // 2
    return replace(limits, total=limits.total - counted_twice, count=limits.count - met_twice)


def both_among(arcs: Arcs, reverse: Reverse, width: int) -> tuple[BoolArray, IntArray]:
    """Say which of some sorted arcs have their reverse among them, and where it is."""
    rows, columns, exist = reverse.of(arcs.rows, arcs.columns)
    here, back = arcs.rows * width + arcs.columns, np.where(exist, rows * width + columns, NOBODY)
    # Arcs are sorted, so a binary search finds where the reverse would stand.
    place = np.minimum(np.searchsorted(here, back), max(0, len(here) - 1))
    twice = exist & (here[place] == back) if len(here) else exist
    return twice, place[twice]


def _any_possible(solved: SolvedProblem, places: tuple[IntArray, IntArray]) -> bool:
    return bool((solved.problem.at(*places) != NO_PAIR).any())


def _worse_directions(
    solved: SolvedProblem, reverse: Reverse, draw: np.random.Generator | None
) -> tuple[IntArray, IntArray]:
    """Return, of each two people who meet twice, the pair that is worth less above its prices."""
    solution = solved.optimum.solution
    chosen, width = solution.chosen, solved.problem.shape[1]
    twice, place = both_among(chosen, reverse, width)
    reduced_profits = solution.prices.reduced_profits(chosen)
    mine, theirs = reduced_profits[twice], reduced_profits[place]
    here = np.flatnonzero(twice)
    worse = (mine < theirs) | ((mine == theirs) & (here > place))
    if draw is not None:
        turned = draw.random(len(chosen)) < TURNED
        worse ^= turned[np.minimum(here, place)]
    return chosen.rows[twice][worse], chosen.columns[twice][worse]
