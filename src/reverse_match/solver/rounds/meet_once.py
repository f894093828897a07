"""Choices in which two people who could both teach and learn meet only once, in whatever roles.

A pair (row, column) and its reverse are two arcs of the network between the same two people. If a best choice
has both, the arc with the smaller reduced profit is closed, and the problem is solved again, until no two
people meet twice.

For any prices, at most one of the two arcs of people who meet once counts, so only the larger reduced profit
adds to the bound (:mod:`.certificate`). If no closed arc has a larger reduced profit than the one that
stayed, the bound is reached, and the choice is optimal. Otherwise a gap remains.

Other dual values can make the bound tighter. If two people have only each other, the prices of either pair
equal its worth, and both together count it twice. The linear programme of *this* problem (capacities, and
x_ab + x_ba ≤ 1 for two people who can meet in both roles) has dual values at which only the better pair
counts. They are rounded, and the bound that they prove is computed over all pairs: HiGHS only provides a
guess. The linear programme allows halves of pairs. On an odd circle of three people halves can gain more than
any choice, and there a gap remains.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from reverse_match.solver.assignment.candidates import all_arcs
from reverse_match.solver.assignment.certificate import bounds
from reverse_match.solver.assignment.dual_values import DualValues
from reverse_match.solver.assignment.pricing import ONLY_IMPROVING, price_all_pairs
from reverse_match.solver.pairs.problem import Arcs
from reverse_match.solver.pairs.source import NO_PAIR
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
"""Share of the closed directions that another attempt reverses."""

NOBODY = -1
"""Index on the other side of a person who is not there."""


@dataclass(frozen=True)
class Reverse:
    """The index of people who are both a row and a column.

    Attributes
    ----------
    column_of_row, row_of_column : int64 arrays
        Index of the same person on the other side, ``NOBODY`` without one.
    """

    column_of_row: IntArray
    row_of_column: IntArray

    @property
    def anybody(self) -> bool:
        """Whether at least one person is both."""
        return bool((self.column_of_row != NOBODY).any())

    @property
    def anybody_twice(self) -> bool:
        """Whether at least two people are both, and so could meet in both roles."""
        return int((self.column_of_row != NOBODY).sum()) > 1

    def of(self, rows: IntArray, columns: IntArray) -> tuple[IntArray, IntArray, BoolArray]:
        """Return rows and columns of the reverse of some pairs, and marks of the pairs that have one."""
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
        Index of the people who are both a row and a column.
    fixed : pair of int64 arrays
        Rows and columns of the fixed pairs beside the choice.
    draw : Generator, optional
        Source of random numbers that sometimes closes the other direction, to find another choice.
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
    """Return the bounds on choices in which two people meet once, by the prices of a solution.

    Parameters
    ----------
    problem : Problem
        Problem in which two people could meet twice.
    solution : Solution
        Solution with the prices and the number of pairs.
    reverse : Reverse
        Index of the people who are both.
    tiling : Tiling
        Division of the pairs into tiles; the result does not depend on it.
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
    uncovered = arcs.outside(vertex_cover)
    twice, place = both_among(arcs, reverse, width)
    counted_twice = int(np.minimum(reduced_profits[twice], reduced_profits[place]).sum()) // 2
    met_twice = int((uncovered[twice] & uncovered[place]).sum()) // 2
    return replace(limits, total=limits.total - counted_twice, count=limits.count - met_twice)


def both_among(arcs: Arcs, reverse: Reverse, width: int) -> tuple[BoolArray, IntArray]:
    """Mark the sorted arcs whose reverse is among them, and return the indices of the reverses."""
    rows, columns, exist = reverse.of(arcs.rows, arcs.columns)
    here, back = arcs.rows * width + arcs.columns, np.where(exist, rows * width + columns, NOBODY)
    # Arcs are sorted, so a binary search finds the index of the reverse.
    place = np.minimum(np.searchsorted(here, back), max(0, len(here) - 1))
    twice = exist & (here[place] == back) if len(here) else exist
    return twice, place[twice]


def _any_possible(solved: SolvedProblem, places: tuple[IntArray, IntArray]) -> bool:
    return bool((solved.problem.at(*places) != NO_PAIR).any())


def _worse_directions(
    solved: SolvedProblem, reverse: Reverse, draw: np.random.Generator | None
) -> tuple[IntArray, IntArray]:
    """Return, for each two people who meet twice, the pair with the smaller reduced profit."""
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
"""Number of pairs up to which all are in the linear programme, and new vertex covers are tried."""

THRESHOLDS = (0.25, 0.5, 0.75)
"""Dual values from which a person is in the vertex cover; those of the linear programme can be halves."""


def tighten_bounds(problem: Problem, solution: Solution, reverse: Reverse, tiling: Tiling) -> Solution:
    """Return a solution with the tightest bounds found, and the prices and vertex cover that prove them.

    Parameters
    ----------
    problem : Problem
        Problem in which two people could meet twice.
    solution : Solution
        A choice in which nobody does. The bounded total is that of as many pairs, or of any number where that
        does not come first.
    reverse : Reverse
        Index of the people who are both.
    tiling : Tiling
        Division of the pairs into tiles.
    """

    def with_bounds(other: Solution) -> Solution:
        # The prices are not those of a problem in which people may meet twice: equal optima are unknown.
        return replace(other, bounds=once_bounds(problem, other, reverse, tiling), has_equal_optima=None)

    few = problem.shape[0] * problem.shape[1] <= ALL_PAIRS
    arcs = all_arcs(problem, tiling) if few else _add_reverse(problem, solution, reverse)
    best = with_bounds(solution)
    if not len(arcs):
        return best
    if few and problem.most_first:
        others = [
            with_bounds(replace(solution, vertex_cover=marks))
            for marks in _vertex_covers(problem, arcs, reverse)
        ]
        best = min([best, *others], key=lambda one: one.bounds.count)
    prices = _prices(problem, arcs, reverse, len(solution.chosen) if problem.most_first else None)
    if prices is None:
        return best
    other = with_bounds(replace(best, prices=prices))
    return other if other.bounds.total < best.bounds.total else best


def _add_reverse(problem: Problem, solution: Solution, reverse: Reverse) -> Arcs:
    """Return the candidates together with their reverses."""
    known = Arcs.union([solution.candidates, solution.chosen])
    rows, columns, exist = reverse.of(known.rows, known.columns)
    back = problem.possible(Arcs(rows[exist], columns[exist], known.scores[exist]))
    return Arcs.union([problem.rescore(known), back])


def _vertex_covers(problem: Problem, arcs: Arcs, reverse: Reverse) -> list[Marks]:
    """Return vertex covers that may limit the number of pairs."""
    found = _dual_values(problem, arcs, reverse, np.ones(len(arcs)), None)
    if found is None:
        return []
    return [(found[0] >= least, found[1] >= least) for least in THRESHOLDS]


def _prices(problem: Problem, arcs: Arcs, reverse: Reverse, count: int | None) -> DualValues | None:
    """Return prices for a given number of pairs, or for any number."""
    found = _dual_values(problem, arcs, reverse, arcs.scores.astype(float), count)
    if found is None:
        return None
    # Impossible prices are cut off, so that the numbers fit even if HiGHS is wrong.
    rows, columns, cardinality_dual = (
        np.clip(np.rint(values), 0, HIGHEST_OF_PERSON).astype(np.int64) for values in found
    )
    return DualValues(rows, columns, int(cardinality_dual[0]))


def _dual_values(
    problem: Problem, arcs: Arcs, reverse: Reverse, worth: FloatArray, count: int | None
) -> tuple[FloatArray, FloatArray, FloatArray] | None:
    """Return dual values of rows, of columns, and of the number of pairs; ``None`` without an answer."""
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
    """Return a constraint row for each two people who could meet in both roles."""
    from scipy.sparse import csr_array

    twice, place = both_among(arcs, reverse, width)
    here = np.flatnonzero(twice)
    once = here < place
    number = int(once.sum())
    places = np.tile(np.arange(number), 2), np.concatenate([here[once], place[once]])
    return csr_array((np.ones(2 * number), places), shape=(number, len(arcs)))
