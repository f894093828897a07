r"""The bottleneck: the highest score that every pair of a largest choice can reach.

Whether as many pairs can be chosen among those that score t or more is a question of maximum flow. The
higher t is, the fewer such pairs there are, so that bisection finds the highest t (Edmonds & Fulkerson
1970; Gabow & Tarjan 1988). As in the main loop the flow is given candidates, and pairs that allow more
are looked for among *all* pairs (:mod:`.maximum_cardinality`). At one unit above the best t a minimum cut
proves that there cannot be as many pairs.

When time is over before, two thresholds are known: the best so far, and the lowest that is proved to be
out of reach.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.errors import SolverError
from reverse_match.solver.assignment.maximum_cardinality import find_maximum_cardinality
from reverse_match.solver.pairs.problem import Arcs
from reverse_match.solver.pairs.source import NO_PAIR, DerivedPairs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.foundation.progress import Watch
    from reverse_match.solver.pairs.credits import PairCredits
    from reverse_match.solver.pairs.problem import Problem
    from reverse_match.solver.pairs.tiles import Tiling

    Marks = tuple[BoolArray, BoolArray]


@dataclass(frozen=True)
class Bottleneck:
    """The best possible worst pair, and why it cannot be better.

    Attributes
    ----------
    score : int
        In millionths: as many pairs as possible can score this or more.
    bound : int
        They cannot all score more than this; the same as ``score`` unless time was over before.
    vertex_cover : pair of bool arrays
        Rows and columns whose capacities limit the number of pairs that score more than the bound.
    arcs : Arcs
        Pairs among which as many can be chosen that score ``score`` or more.
    """

    score: int
    bound: int
    vertex_cover: Marks
    arcs: Arcs


def at_least(problem: Problem, threshold: int) -> Problem:
    """Return the problem with only those pairs that are judged at a threshold or more."""
    return replace(problem, pairs=AtLeast(problem.pairs, threshold, problem.in_worst))


@dataclass(frozen=True)
class AtLeast(DerivedPairs):
    """The pairs of a source that score a threshold or more, with the credits that count for that."""

    threshold: int
    credits: PairCredits | None = None

    def tile(self, scores: NDArray[np.int32], rows: slice, columns: slice) -> NDArray[np.int32]:
        """Return the scores of a tile, ``NO_PAIR`` below the threshold."""
        judged = scores if self.credits is None else self.credits.tile(scores, rows, columns)
        return np.where(judged < self.threshold, np.int32(NO_PAIR), scores)

    def at(self, rows: IntArray, columns: IntArray) -> IntArray:
        """Return the scores of listed pairs, ``NO_PAIR`` below the threshold."""
        scores = self.pairs.at(rows, columns)
        judged = scores if self.credits is None else self.credits.add_to(scores, rows, columns)
        return np.where(judged < self.threshold, NO_PAIR, scores)

    def part(self, rows: IntArray, columns: IntArray) -> AtLeast:
        """Return the pairs of some rows and some columns."""
        given = None if self.credits is None else self.credits.part(rows, columns)
        return AtLeast(self.pairs.part(rows, columns), self.threshold, given)


def find_bottleneck(
    problem: Problem, tiling: Tiling, arcs: Arcs, chosen: Arcs, highest_total: int, watch: Watch
) -> Bottleneck:
    """Return the best possible worst pair of a choice of as many pairs as possible.

    Parameters
    ----------
    problem : Problem
        Gives the pairs as they are judged: without credits, but for those that count for the worst.
    tiling : Tiling
        How the pairs may be cut up; the result does not depend on it.
    arcs : Arcs
        Candidates: most of what a best choice may need; their scores are read again.
    chosen : Arcs
        Some choice of as many pairs as possible, at least one; its scores are read again, too.
    highest_total : int
        No choice of as many pairs has a higher total, with all credits or fewer: so its worst pair is not
        above the mean of that.
    watch : Watch
        Says when to stop: then the score is the best so far, and the bound the lowest.
    """
    reached = int(problem.rescore(chosen).scores.min())
    missed = highest_total // len(chosen) + 1
    arcs, vertex_cover = problem.rescore(Arcs.union([arcs, chosen])), None
    while missed - reached > 1 and not watch.expired:
        middle = (reached + missed) // 2
        found = find_maximum_cardinality(problem, tiling, arcs, middle, watch, enough=len(chosen))
        arcs = found.arcs
        if found.vertex_cover is None:
            reached = middle
        else:
            missed, vertex_cover = middle, found.vertex_cover
    if vertex_cover is None:
        found = find_maximum_cardinality(problem, tiling, arcs, missed, watch, enough=len(chosen))
        arcs, vertex_cover = found.arcs, found.vertex_cover
    if vertex_cover is None:  # the mean is an upper bound, so this cannot be
        message = "as many pairs score more than the highest total allows"
        raise SolverError(message)
    return Bottleneck(reached, missed - 1, vertex_cover, arcs)
