r"""A small problem solved with all of its pairs as one table, where no person has more than one place.

With some hundreds of people on a side, a solver that looks at whole rows of a table takes less time than the
choice of candidates (:mod:`.candidates`). SciPy's ``linear_sum_assignment`` is one: shortest augmenting paths
(Crouse 2016), whose work is bounded by the cube of the size whatever the costs are. That of SciPy's
``min_weight_full_bipartite_matching`` is not: where three people compete for two partners, it grows with the
costs, and it cannot be stopped. This is the only module that calls the former.

It finds a choice in which everybody of the smaller side has a partner. So impossible pairs get a cost that
outweighs all others: it takes as few of them as it can, and these are dropped. Costs are whole numbers that
doubles hold exactly, and so are all sums of them. The result is not trusted: a choice that is not the best
has no prices (:mod:`.dual_values`), and every pair is compared with these (:mod:`.pricing`).
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.errors import SolverError
from reverse_match.solver.assignment.dual_values import table_prices
from reverse_match.solver.pairs.problem import Arcs
from reverse_match.solver.pairs.source import NO_PAIR

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.solver.assignment.dual_values import DualValues
    from reverse_match.solver.pairs.problem import Problem

LARGEST_COST = 2**40
"""Bound on costs whose sums along every path are whole numbers that doubles hold exactly."""


@dataclass(frozen=True)
class DenseSolution:
    """The best choice among all pairs, with what proves it.

    Attributes
    ----------
    pairs : int
        Number of possible pairs.
    scores : int64 array
        The scores, ``NO_PAIR`` for impossible pairs.
    mates : int64 array
        The column of each row in the choice, -1 without one.
    prices : DualValues
        The smallest prices.
    vertex_cover : pair of bool arrays
        Rows and columns whose capacities limit the number of pairs.
    margin : int
        How far below their prices the pairs reach that are nearest to theirs.
    """

    pairs: int
    scores: IntArray = field(repr=False)
    mates: IntArray
    prices: DualValues
    vertex_cover: tuple[BoolArray, BoolArray]
    margin: int

    def chosen(self, arcs: Arcs) -> BoolArray:
        """Mark the chosen pairs among some pairs."""
        marks: BoolArray = self.mates[arcs.rows] == arcs.columns
        return marks

    def nearest(self) -> Arcs:
        """Return the chosen pairs, and the others that are nearest to their prices."""
        row, column = np.nonzero(_losses(self.scores, self.mates, self.prices) <= self.margin)
        near = Arcs(row, column, self.scores[row, column])
        row, column = _formed(self.mates)
        return Arcs.union([near, Arcs(row, column, self.scores[row, column])])


class _Asked:
    """What this process has had for SciPy's solver while it was not loaded."""

    pairs = 0


LARGEST_COUNTED = 5_000
"""Pairs of one problem that count at most: a larger one saves little more of the time that loading takes."""


def is_worth_loading(pairs: int, after: int) -> bool:
    """Say whether SciPy's solver is loaded, or worth it: problems of this process had more pairs than that.

    Loading takes as long as it saves on some problems, or on hundreds of small ones. The result is the same
    either way.
    """
    if "scipy.optimize" in sys.modules:
        return True
    _Asked.pairs += min(pairs, LARGEST_COUNTED)
    return _Asked.pairs > after


def solve_table(problem: Problem, near: int) -> DenseSolution | None:
    """Choose as many pairs as possible, with the highest total; ``None`` if that is not for this module.

    Parameters
    ----------
    problem : Problem
        The problem.
    near : int
        Number of pairs, beside the chosen ones, that are returned as nearest to their prices.

    Raises
    ------
    SolverError
        If SciPy fails, or its result is not optimal.

    Examples
    --------
    >>> from reverse_match.solver.pairs.problem import Problem
    >>> from reverse_match.solver.pairs.table import ScoreTable
    >>> one, key = np.ones(2, dtype=np.int64), np.arange(2, dtype=np.uint64)
    >>> scores = ScoreTable(np.array([[9, 8], [8, NO_PAIR]], dtype=np.int32))
    >>> found = solve_table(Problem(scores, one, one, key, key), 0)
    >>> found.mates.tolist(), found.prices.cardinality_dual
    ([1, 0], 0)
    """
    rows, columns = problem.shape
    if not problem.most_first or any(int(side.max(initial=0)) > 1 for side in problem.capacities):
        return None
    scores = problem.block(slice(0, columns)).tile(slice(0, rows)).astype(np.int64)
    present = problem.row_capacity > 0, problem.column_capacity > 0
    if not (present[0].all() and present[1].all()):
        scores[~(present[0][:, None] & present[1])] = NO_PAIR
    possible = scores != NO_PAIR
    pairs = int(np.count_nonzero(possible))
    if not pairs:
        return None
    costs = _costs(scores, possible, pairs)
    if costs is None:
        return None
    row, column = _full_matching(costs)
    kept = possible[row, column]
    mates = np.full(rows, -1)
    mates[row[kept]] = column[kept]
    prices = table_prices(scores, mates, problem.capacities)
    margin = _margin(_losses(scores, mates, prices), near)
    return DenseSolution(pairs, scores, mates, prices, _cover(possible, mates, present), margin)


def _costs(scores: IntArray, possible: BoolArray, pairs: int) -> NDArray[np.float64] | None:
    """Return costs above 0, with one for impossible pairs that outweighs all others."""
    highest = int(scores.max())
    if pairs == scores.size:
        return (highest + 1 - scores).astype(float)
    lowest = int(scores.min(initial=highest, where=possible))
    outweighing = (highest - lowest + 1) * (min(scores.shape) + 1)
    if outweighing > LARGEST_COST:
        return None
    return np.where(possible, highest + 1 - scores, outweighing).astype(float)


def _full_matching(costs: NDArray[np.float64]) -> tuple[IntArray, IntArray]:
    """Return the pairs of least cost in which everybody of the smaller side has a partner."""
    from scipy.optimize import linear_sum_assignment  # takes long to load

    try:
        row, column = linear_sum_assignment(costs)
    except ValueError as error:
        message = "assignment failed inside SciPy"
        raise SolverError(message) from error
    found = row.astype(np.int64), column.astype(np.int64)
    if any(
        not _are_different(side, size, min(costs.shape))
        for side, size in zip(found, costs.shape, strict=True)
    ):
        message = "SciPy returned no assignment of everybody of the smaller side"
        raise SolverError(message)
    return found


def _are_different(people: IntArray, size: int, number: int) -> bool:
    """Say whether these are so many different people of a side of some size."""
    if len(people) != number or people.min() < 0 or people.max() >= size:
        return False
    marks = np.zeros(size, dtype=bool)
    marks[people] = True
    return int(np.count_nonzero(marks)) == number


def _formed(mates: IntArray) -> tuple[IntArray, IntArray]:
    """Return rows and columns of the chosen pairs."""
    rows = np.flatnonzero(mates >= 0)
    return rows, mates[rows]


def _losses(scores: IntArray, mates: IntArray, prices: DualValues) -> IntArray:
    """Return how much less than its prices each pair is worth, ``_FAR`` for chosen and impossible ones."""
    losses: IntArray = prices.rows[:, None] + (prices.columns - prices.cardinality_dual)
    losses -= scores
    losses[scores == NO_PAIR] = losses[_formed(mates)] = _FAR
    return losses


def _margin(losses: IntArray, near: int) -> int:
    """Return the loss up to which so many pairs are nearest to their prices; all if there are fewer."""
    place = min(near, losses.size) - 1
    least = int(np.partition(losses, place, axis=None)[place]) if place >= 0 else 0
    if least == _FAR:
        least = int(losses.max(initial=0, where=losses < _FAR))
    return max(0, least)


_FAR = 2**40
"""Loss of a pair that is not among the nearest, above every other."""


def _cover(
    possible: BoolArray, mates: IntArray, present: tuple[BoolArray, BoolArray]
) -> tuple[BoolArray, BoolArray]:
    """Return the vertex cover of :func:`.most_pairs`.

    It has the rows that alternating paths from rows without a partner do not reach, and the columns that they
    do (König 1931).
    """
    owner = np.full(possible.shape[1], -1)
    owner[mates[mates >= 0]] = np.flatnonzero(mates >= 0)
    rows, columns = present[0] & (mates < 0), np.zeros(possible.shape[1], dtype=bool)
    new = np.flatnonzero(rows)
    while len(new):
        found = np.flatnonzero(possible[new].any(axis=0) & ~columns)
        columns[found] = True
        if (owner[found] < 0).any():
            message = "SciPy returned a choice to which a pair could be added"
            raise SolverError(message)
        new = owner[found]
        rows[new] = True
    return ~rows, columns
