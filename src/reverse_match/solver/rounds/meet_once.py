"""Lets two people who could both teach and learn meet only once, whoever teaches.

A pair (row, column) and its reverse are two arcs of the network and the same two people. Where a best choice
has both, the one that is worth less above its prices is closed, and it is solved again, until no two people
meet twice.

Whatever the prices are, of two people who meet once at most one of the two arcs counts, so that only the
larger of what they are worth above their prices adds to the bound (:mod:`.certificate`). Where no closed arc
is worth more than the one that stayed, that bound is reached, and the choice is the best; else there is a
gap.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.solver.assignment.certificate import bounds
from reverse_match.solver.assignment.pricing import check_prices
from reverse_match.solver.pairs.source import NO_PAIR
from reverse_match.solver.rounds.round_certificates import ONLY_EXCESS
from reverse_match.solver.side_constraints.lagrangian_bound import Missed

if TYPE_CHECKING:
    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.solver.assignment.certificate import Bounds
    from reverse_match.solver.assignment.solve import Solution
    from reverse_match.solver.pairs.problem import Arcs, Problem
    from reverse_match.solver.pairs.tiles import Tiling
    from reverse_match.solver.what_if.resolve import Solved

TURNED = 0.3
"""Share of the closed directions that another attempt turns."""

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


def meeting_once(
    solved: Solved,
    reverse: Reverse,
    fixed: tuple[IntArray, IntArray],
    draw: np.random.Generator | None = None,
) -> Solved | Missed:
    """Return a good choice in which no two people meet twice.

    Parameters
    ----------
    solved : Solved
        The best choice, in which they may.
    reverse : Reverse
        Who is both.
    fixed : pair of int64 arrays
        Rows and columns of pairs that stand beside the choice.
    draw : Generator, optional
        Closes the other direction now and then, to find another choice.
    """
    rows, columns, exist = reverse.of(*fixed)
    closed = rows[exist], columns[exist]
    found: Solved | Missed = solved
    if _any_possible(solved, closed):
        found = solved.without_pairs(*closed)
    while not isinstance(found, Missed):
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
    prices, scarce, most = solution.prices, solution.scarce, 4 * sum(problem.shape)
    check = check_prices(asked, prices, scarce, tiling, most, ONLY_EXCESS)
    while not check.complete:
        most *= 4
        check = check_prices(asked, prices, scarce, tiling, most, ONLY_EXCESS)
    limits = bounds(asked, prices, scarce, len(solution.chosen), check)
    arcs, width = check.found, problem.shape[1]
    excess = np.maximum(prices.excess(arcs), 0)
    untouched = ~scarce[0][arcs.rows] & ~scarce[1][arcs.columns]
    twice, place = both_among(arcs, reverse, width)
    counted_twice = int(np.minimum(excess[twice], excess[place]).sum()) // 2
    met_twice = int((untouched[twice] & untouched[place]).sum()) // 2
    return replace(limits, total=limits.total - counted_twice, count=limits.count - met_twice)


def both_among(arcs: Arcs, reverse: Reverse, width: int) -> tuple[BoolArray, IntArray]:
    """Say which of some sorted arcs have their reverse among them, and where it is."""
    rows, columns, exist = reverse.of(arcs.rows, arcs.columns)
    here, back = arcs.rows * width + arcs.columns, np.where(exist, rows * width + columns, NOBODY)
    place = np.minimum(np.searchsorted(here, back), max(0, len(here) - 1))
    twice = exist & (here[place] == back) if len(here) else exist
    return twice, place[twice]


def _any_possible(solved: Solved, places: tuple[IntArray, IntArray]) -> bool:
    return bool((solved.problem.at(*places) != NO_PAIR).any())


def _worse_directions(
    solved: Solved, reverse: Reverse, draw: np.random.Generator | None
) -> tuple[IntArray, IntArray]:
    """Return, of each two people who meet twice, the pair that is worth less above its prices."""
    solution = solved.optimum.solution
    chosen, width = solution.chosen, solved.problem.shape[1]
    twice, place = both_among(chosen, reverse, width)
    excess = solution.prices.excess(chosen)
    mine, theirs = excess[twice], excess[place]
    here = np.flatnonzero(twice)
    worse = (mine < theirs) | ((mine == theirs) & (here > place))
    if draw is not None:
        turned = draw.random(len(chosen)) < TURNED
        worse ^= turned[np.minimum(here, place)]
    return chosen.rows[twice][worse], chosen.columns[twice][worse]
