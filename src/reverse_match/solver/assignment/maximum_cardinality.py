"""Maximum cardinality: the largest number of pairs that can be chosen among all pairs, given some of them.

A maximum flow among the listed pairs has a minimum cut, which is a vertex cover: each listed pair has an end
in it, or is counted by the cut (König 1931; Ford and Fulkerson 1956). People who could be in one pair more
lie outside the cover, so only pairs of two people outside it can allow more. These are looked for among *all*
pairs and listed, until no pair is found except those that the cut counts anyway. Then the cut bounds the
number over all pairs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.errors import SolverError
from reverse_match.solver.assignment.network_flow import most_pairs
from reverse_match.solver.pairs.problem import Arcs
from reverse_match.solver.pairs.source import NO_PAIR

if TYPE_CHECKING:
    from collections.abc import Callable

    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.foundation.progress import Watch
    from reverse_match.solver.pairs.problem import Problem
    from reverse_match.solver.pairs.tiles import Tiling

    Marks = tuple[BoolArray, BoolArray]


@dataclass(frozen=True)
class MaximumCardinality:
    """The largest number of pairs.

    Attributes
    ----------
    arcs : Arcs
        Pairs among which that number can be chosen, including the given ones.
    count : int
        The largest number of pairs, or a number that is enough.
    vertex_cover : pair of bool arrays, optional
        Rows and columns whose capacities limit the number over all pairs; ``None`` where the number is only
        known to be enough.
    """

    arcs: Arcs
    count: int
    vertex_cover: Marks | None


def find_maximum_cardinality(
    problem: Problem, tiling: Tiling, arcs: Arcs, least: int, watch: Watch, enough: int | None = None
) -> MaximumCardinality:
    """Return the largest number of pairs that can be chosen among those that score at least ``least``.

    Parameters
    ----------
    problem : Problem
        Problem with the pairs.
    tiling : Tiling
        Division of the pairs into tiles; the number does not depend on it.
    arcs : Arcs
        Pairs to begin with, of any score.
    least : int
        Least score of a pair, in millionths.
    watch : Watch
        Listener for progress, after each pass over all pairs.
    enough : int, optional
        Number of pairs at which the search ends.
    """
    while True:
        usable = arcs.where(arcs.scores >= least)
        count, *cut = most_pairs(usable, *problem.capacities)
        if enough is not None and count >= enough:
            return MaximumCardinality(arcs, count, None)
        watch.count_pairs(problem.shape[0] * problem.shape[1])
        new = _uncovered_arcs(problem, tiling, (cut[0], cut[1]), usable, least)
        if not len(new):
            return MaximumCardinality(arcs, count, (cut[0], cut[1]))
        before, arcs = len(arcs), Arcs.union([arcs, new])
        if len(arcs) == before:
            message = "pairs that would allow more are listed already: the cut is none"
            raise SolverError(message)


def _uncovered_arcs(problem: Problem, tiling: Tiling, vertex_cover: Marks, listed: Arcs, least: int) -> Arcs:
    """Return unlisted pairs of two people outside the cover: in each tile the best pair of each person."""
    free_rows = ~vertex_cover[0] & (problem.row_capacity > 0)
    free_columns = ~vertex_cover[1] & (problem.column_capacity > 0)
    cut = listed.where(free_rows[listed.rows] & free_columns[listed.columns])

    def make(columns: slice) -> Callable[[slice], Arcs]:
        block, there = problem.block(columns), np.flatnonzero(free_columns[columns])

        def look(rows: slice) -> Arcs:
            here = np.flatnonzero(free_rows[rows])
            if not len(here) or not len(there):
                return Arcs.union([])
            scores = block.tile(rows)[np.ix_(here, there)]
            known = cut.where(_within(cut.rows, rows) & _within(cut.columns, columns))
            places = known.rows - rows.start, known.columns - columns.start
            # The table has only rows and columns outside the cover; known pairs are removed from it.
            scores[np.searchsorted(here, places[0]), np.searchsorted(there, places[1])] = NO_PAIR
            of_row = np.arange(len(here)), scores.argmax(axis=1)
            of_column = scores.argmax(axis=0), np.arange(len(there))
            row, column = (np.concatenate(ends) for ends in zip(of_row, of_column, strict=True))
            found = Arcs(
                here[row] + rows.start, there[column] + columns.start, scores[row, column].astype(np.int64)
            )
            return found.where(found.scores >= least)

        return look

    return Arcs.union(tiling.map(make, problem.shape))


def _within(places: IntArray, part: slice) -> BoolArray:
    inside: BoolArray = (places >= part.start) & (places < part.stop)
    return inside
