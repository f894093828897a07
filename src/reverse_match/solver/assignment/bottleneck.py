r"""The bottleneck: the highest score that every pair of a largest choice can reach.

Whether as many pairs can be chosen among those that score t or more is a question of maximum flow. The
higher t is, the fewer such pairs there are, so that bisection finds the highest t (Edmonds & Fulkerson
1970; Gabow & Tarjan 1988). As in the main loop the flow is given candidates, and pairs that allow more
are looked for among *all* pairs (:mod:`.maximum_cardinality`). At one unit above the best t a minimum cut
proves that there cannot be as many pairs.

When time is over before, two thresholds are known: the best so far, and the lowest that is proved to be
out of reach.

The bisection is the same where quotas have to be kept, too; what proves a threshold to be out of reach then
is another matter (:mod:`.side_constraints.bottleneck`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic, TypeVar

import numpy as np

from reverse_match.foundation.errors import SolverError
from reverse_match.solver.assignment.maximum_cardinality import find_maximum_cardinality
from reverse_match.solver.pairs.problem import Arcs
from reverse_match.solver.pairs.source import NO_PAIR, DerivedPairs

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.foundation.progress import Watch
    from reverse_match.solver.pairs.credits import PairCredits
    from reverse_match.solver.pairs.problem import Problem
    from reverse_match.solver.pairs.tiles import Tiling

    Marks = tuple[BoolArray, BoolArray]


Proof = TypeVar("Proof")


@dataclass(frozen=True)
class Bottleneck(Generic[Proof]):
    """The best possible worst pair, and why it cannot be better.

    Attributes
    ----------
    score : int
        In millionths: as many pairs as possible can score this or more.
    bound : int
        They cannot all score more than this; the same as ``score`` unless time was over before.
    proof : pair of bool arrays or QuotaProof
        Why so few pairs score more than the bound: the rows and columns whose capacities limit their number;
        with quotas, the proof of a bound on it.
    arcs : Arcs
        Pairs among which as many can be chosen that score ``score`` or more.
    """

    score: int
    bound: int
    proof: Proof
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


def bisect(
    reached: int, missed: int, reach: Callable[[int], int | Proof | None], watch: Watch
) -> tuple[int, int, Proof]:
    """Return the highest threshold that can be reached, the lowest that cannot, and why not.

    Parameters
    ----------
    reached : int
        A threshold that is reached.
    missed : int
        One that is not.
    reach : callable
        Takes a threshold. Returns one as high or higher that is reached, or the proof that there is none;
        ``None`` where neither is found.
    watch : Watch
        Says when to stop.

    Raises
    ------
    SolverError
        If it cannot be proved that the last threshold is missed.

    Examples
    --------
    >>> from reverse_match.foundation.progress import Watch
    >>> bisect(0, 9, lambda threshold: threshold if threshold < 6 else "proof", Watch())
    (5, 6, 'proof')
    """
    below, proof = reached, None
    while missed - below > 1 and not watch.expired:
        middle = (below + missed) // 2
        answer = reach(middle)
        if isinstance(answer, int):
            below = reached = answer
        elif answer is None:  # what is proved begins higher
            below = middle
        else:
            missed, proof = middle, answer
    last = reach(missed) if proof is None else proof
    if last is None or isinstance(last, int):
        message = "the bounds contradict each other: a threshold is missed, and this is not proved"
        raise SolverError(message)
    return reached, missed, last


def find_bottleneck(
    problem: Problem, tiling: Tiling, arcs: Arcs, chosen: Arcs, highest_total: int, watch: Watch
) -> Bottleneck[Marks]:
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
    arcs, lowest = problem.rescore(Arcs.union([arcs, chosen])), int(problem.rescore(chosen).scores.min())

    def reach(threshold: int) -> int | Marks:
        nonlocal arcs
        found = find_maximum_cardinality(problem, tiling, arcs, threshold, watch, enough=len(chosen))
        arcs = found.arcs
        return threshold if found.vertex_cover is None else found.vertex_cover

    reached, missed, vertex_cover = bisect(lowest, highest_total // len(chosen) + 1, reach, watch)
    return Bottleneck(reached, missed - 1, vertex_cover, arcs)
