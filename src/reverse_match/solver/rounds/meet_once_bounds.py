r"""Dual values that tighten the bounds where two people meet only once, whoever teaches.

Dual values of the problem in which they could meet twice bound this one, too, and weakly. Where two
people have nobody but each other, the prices of either pair are all that it is worth, and both together
count twice that. The linear programme of *this* problem (capacities, and x_ab + x_ba ≤ 1 for two people
who could meet either way) has dual values at which only the better of the two counts. They are rounded,
and what they prove is computed from them over all pairs as before (:func:`.meet_once.once_bounds`): from
HiGHS nothing is taken but a guess.

A relaxation has halves of pairs: round an odd circle of three people it can gain by halves what no choice
can, and there a gap stays.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from reverse_match.solver.assignment.candidates import all_arcs
from reverse_match.solver.assignment.dual_values import DualValues
from reverse_match.solver.pairs.problem import Arcs
from reverse_match.solver.pairs.source import NO_PAIR
from reverse_match.solver.rounds.meet_once import Reverse, both_among, once_bounds
from reverse_match.solver.side_constraints.highs import LinearProgramme, seconds_of, solve_linear
from reverse_match.solver.side_constraints.restricted_master import HIGHEST_OF_PERSON, incidence

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from reverse_match.foundation.arrays import BoolArray, FloatArray
    from reverse_match.solver.assignment.solve import Solution
    from reverse_match.solver.pairs.problem import Problem
    from reverse_match.solver.pairs.tiles import Tiling

    Marks = tuple[BoolArray, BoolArray]

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
    matrix: Any = vstack([incidence(arcs.rows, rows), incidence(arcs.columns, columns), once], format="csc")
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
