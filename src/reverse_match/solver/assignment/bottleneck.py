r"""The best possible worst pair: the highest score that all pairs of a largest choice can reach.

Whether as many pairs can be chosen among those that score t or more is a maximum flow, and the higher t, the
fewer there are: bisection finds the highest t (Gabow & Tarjan 1988 on bottleneck assignments; Edmonds &
Fulkerson 1970). As in the main loop the flow is given candidates, and pairs that allow more are looked for
among *all* pairs (:mod:`.largest`). At one unit more than the best t the minimum cut proves that as many
pairs cannot be had.

When time is over before, the best threshold so far and the lowest that is proved out of reach are known.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.errors import SolverError
from reverse_match.solver.assignment.maximum_cardinality import largest
from reverse_match.solver.pairs.problem import Arcs
from reverse_match.solver.pairs.source import NO_PAIR

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.foundation.progress import Watch
    from reverse_match.solver.pairs.credits import PairCredits
    from reverse_match.solver.pairs.problem import Problem
    from reverse_match.solver.pairs.source import PairBlock, PairSource
    from reverse_match.solver.pairs.tiles import Tiling

    Marks = tuple[BoolArray, BoolArray]


@dataclass(frozen=True)
class Worst:
    """The best possible worst pair, and why it cannot be better.

    Attributes
    ----------
    score : int
        In millionths: as many pairs as possible can score this or more.
    bound : int
        They cannot all score more than this; the same as ``score`` unless time was over before.
    scarce : pair of bool arrays
        Rows and columns that limit the number of pairs that score more than the bound.
    arcs : Arcs
        Pairs among which as many can be chosen that score ``score`` or more.
    """

    score: int
    bound: int
    scarce: Marks
    arcs: Arcs


def at_least(problem: Problem, threshold: int) -> Problem:
    """Return the problem with those pairs alone that are judged a threshold or more."""
    return replace(problem, pairs=AtLeast(problem.pairs, threshold, problem.in_worst))


@dataclass(frozen=True)
class AtLeast:
    """The pairs of a source that score a threshold or more, with the credits that count for that."""

    pairs: PairSource
    threshold: int
    credits: PairCredits | None = None

    @property
    def shape(self) -> tuple[int, int]:
        """Number of rows and columns."""
        return self.pairs.shape

    def block(self, columns: slice) -> _BlockAtLeast:
        """Make a block of columns ready."""
        block = self.pairs.block(columns)
        judged = block if self.credits is None else self.credits.block(block, columns)
        return _BlockAtLeast(block, judged, self.threshold)

    def at(self, rows: IntArray, columns: IntArray) -> IntArray:
        """Return the scores of listed pairs, ``NO_PAIR`` below the threshold."""
        scores = self.pairs.at(rows, columns)
        judged = scores if self.credits is None else self.credits.added_to(scores, rows, columns)
        return np.where(judged < self.threshold, NO_PAIR, scores)

    def part(self, rows: IntArray, columns: IntArray) -> AtLeast:
        """Return the pairs of some rows and some columns."""
        given = None if self.credits is None else self.credits.part(rows, columns)
        return AtLeast(self.pairs.part(rows, columns), self.threshold, given)


@dataclass(frozen=True)
class _BlockAtLeast:
    block: PairBlock
    judged: PairBlock
    threshold: int

    def tile(self, rows: slice) -> NDArray[np.int32]:
        scores = self.block.tile(rows)
        judged = scores if self.judged is self.block else self.judged.tile(rows)
        return np.where(judged < self.threshold, np.int32(NO_PAIR), scores)


def best_worst(
    problem: Problem, tiling: Tiling, arcs: Arcs, chosen: Arcs, highest_total: int, watch: Watch
) -> Worst:
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
    reached = int(problem.scored(chosen).scores.min())
    missed = highest_total // len(chosen) + 1
    arcs, scarce = problem.scored(Arcs.joined([arcs, chosen])), None
    while missed - reached > 1 and not watch.expired:
        middle = (reached + missed) // 2
        found = largest(problem, tiling, arcs, middle, watch, enough=len(chosen))
        arcs = found.arcs
        if found.scarce is None:
            reached = middle
        else:
            missed, scarce = middle, found.scarce
    if scarce is None:
        found = largest(problem, tiling, arcs, missed, watch, enough=len(chosen))
        arcs, scarce = found.arcs, found.scarce
    if scarce is None:  # the mean is an upper bound, so this cannot be
        message = "as many pairs score more than the highest total allows"
        raise SolverError(message)
    return Worst(reached, missed - 1, scarce, arcs)
