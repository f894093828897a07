"""Choices in which two people who could both teach and learn meet only once, whoever teaches.

A pair (row, column) and its reverse are two arcs of the network and the same two people. Where a best
choice has both, the one that is worth less above its prices is closed, and the problem is solved again,
until no two people meet twice.

Whatever the prices are, of two people who meet once at most one of the two arcs counts. So only the
larger of what they are worth above their prices adds to the bound (:mod:`.certificate`). Where no closed
arc is worth more than the one that stayed, that bound is reached, and the choice is the best. Otherwise
there is a gap.

Then other dual values make the bound tighter. Where two people have nobody but each other, the prices of
either pair are all that it is worth, and both together count twice that. The linear programme of *this*
problem (capacities, and x_ab + x_ba ≤ 1 for two people who could meet either way) has dual values at which
only the better of the two counts. They are rounded, and what they prove is computed from them over all
pairs: from HiGHS nothing is taken but a guess. A relaxation has halves of pairs: round an odd circle of
three people it can gain by halves what no choice can, and there a gap stays.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from reverse_match.solver.assignment.candidates import all_arcs
from reverse_match.solver.assignment.certificate import bounds
from reverse_match.solver.assignment.dual_values import DualValues
from reverse_match.solver.assignment.pricing import price_all_pairs
from reverse_match.solver.pairs.problem import Arcs
from reverse_match.solver.pairs.source import NO_PAIR
from reverse_match.solver.rounds.round_certificates import ONLY_IMPROVING
from reverse_match.solver.side_constraints.highs import LinearProgramme, seconds_of, solve_linear
from reverse_match.solver.side_constraints.lagrangian_bound import Infeasible
from reverse_match.solver.side_constraints.restricted_master import HIGHEST_OF_PERSON, people_rows

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from reverse_match.foundation.arrays import BoolArray, FloatArray, IntArray
    from reverse_match.solver.assignment.certificate import Bounds
    from reverse_match.solver.assignment.solve import Solution
    from reverse_match.solver.pairs.problem import Problem
    from reverse_match.solver.pairs.tiles import Tiling
    from reverse_match.solver.what_if.resolve import SolvedProblem

    Marks = tuple[BoolArray, BoolArray]


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


ALL_PAIRS = 250_000
"""Up to so many pairs, all are in the programme, and the vertex cover is looked for anew."""

THRESHOLDS = (0.25, 0.5, 0.75)
"""Dual values from which on somebody is in the vertex cover: those of the programme can be halves."""


def tighten_bounds(problem: Problem, solution: Solution, reverse: Reverse, tiling: Tiling) -> Solution:
    """Return a solution with the tightest bounds found, and the prices and vertex cover that prove them.

    Parameters
    ----------
    problem : Problem
        In which two people could meet twice.
    solution : Solution
        A choice in which nobody does; what is bounded is the total of as many pairs, or of any number where
        that does not come first.
    reverse : Reverse
        Who is both.
    tiling : Tiling
        How the pairs may be cut up.
    """

    def bounded(other: Solution) -> Solution:
        # Whether others are as good is asked of prices for a problem in which people may meet twice.
        return replace(other, bounds=once_bounds(problem, other, reverse, tiling), has_equal_optima=None)

    few = problem.shape[0] * problem.shape[1] <= ALL_PAIRS
    arcs = all_arcs(problem, tiling) if few else _add_reverse(problem, solution, reverse)
    best = bounded(solution)
    if not len(arcs):
        return best
    if few and problem.most_first:
        others = [
            bounded(replace(solution, vertex_cover=marks)) for marks in _vertex_covers(problem, arcs, reverse)
        ]
        best = min([best, *others], key=lambda one: one.bounds.count)
    prices = _prices(problem, arcs, reverse, len(solution.chosen) if problem.most_first else None)
    if prices is None:
        return best
    other = bounded(replace(best, prices=prices))
    return other if other.bounds.total < best.bounds.total else best


def _add_reverse(problem: Problem, solution: Solution, reverse: Reverse) -> Arcs:
    """Return candidates, and the same people the other way round."""
    known = Arcs.union([solution.candidates, solution.chosen])
    rows, columns, exist = reverse.of(known.rows, known.columns)
    back = problem.rescore(Arcs(rows[exist], columns[exist], known.scores[exist]))
    return Arcs.union([problem.rescore(known), back.where(back.scores != NO_PAIR)])


def _vertex_covers(problem: Problem, arcs: Arcs, reverse: Reverse) -> list[Marks]:
    """Return vertex covers that may limit the number of pairs."""
    found = _dual_values(problem, arcs, reverse, np.ones(len(arcs)), None)
    if found is None:
        return []
    return [(found[0] >= least, found[1] >= least) for least in THRESHOLDS]


def _prices(problem: Problem, arcs: Arcs, reverse: Reverse, count: int | None) -> DualValues | None:
    """Return prices for so many pairs, or for any number."""
    found = _dual_values(problem, arcs, reverse, arcs.scores.astype(float), count)
    if found is None:
        return None
    # What no price can be is cut off: where HiGHS errs, the numbers must still fit.
    rows, columns, cardinality_dual = (
        np.clip(np.rint(values), 0, HIGHEST_OF_PERSON).astype(np.int64) for values in found
    )
    return DualValues(rows, columns, int(cardinality_dual[0]))


def _dual_values(
    problem: Problem, arcs: Arcs, reverse: Reverse, worth: FloatArray, count: int | None
) -> tuple[FloatArray, FloatArray, FloatArray] | None:
    """Return what more capacity of rows and columns, and one pair fewer, are worth; ``None`` if unknown."""
    from scipy.sparse import csr_array, vstack

    rows, columns = problem.shape
    once = _once(arcs, reverse, columns)
    matrix: Any = vstack([people_rows(arcs, problem.capacities), once], format="csc")
    limits = np.concatenate([*problem.capacities, np.ones(once.shape[0])])
    if count is not None:
        fewest: Any = csr_array(-np.ones((1, len(arcs))))
        matrix, limits = vstack([matrix, fewest], format="csc"), np.append(limits, -count)
    programme = LinearProgramme(-worth, np.ones(len(arcs)), matrix, limits)
    found = solve_linear(programme, seconds_of(None))
    if found is None:
        return None
    values = -found.of_limits
    cardinality_dual = np.zeros(1) if count is None else values[-1:]
    return values[:rows], values[rows : rows + columns], cardinality_dual


def _once(arcs: Arcs, reverse: Reverse, width: int) -> csr_array:
    """Return a row for each two people who could meet either way."""
    from scipy.sparse import csr_array

    twice, place = both_among(arcs, reverse, width)
    here = np.flatnonzero(twice)
    once = here < place
    number = int(once.sum())
    places = np.tile(np.arange(number), 2), np.concatenate([here[once], place[once]])
    return csr_array((np.ones(2 * number), places), shape=(number, len(arcs)))
