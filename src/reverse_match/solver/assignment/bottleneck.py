r"""The bottleneck: the highest score that every pair of a largest choice can reach.

A maximum flow decides whether as many pairs can be chosen among those that score t or more. Fewer pairs reach
a higher t, so bisection finds the highest t (Edmonds and Fulkerson 1970; Gabow and Tarjan 1988). As in the
main loop, the flow is given candidates, and pairs that allow more are looked for among *all* pairs
(:mod:`.maximum_cardinality`). At one unit above the best t, a minimum cut proves that as many pairs are
impossible.

If the time is over earlier, two thresholds are known: the best one reached, and the lowest one proved to be
out of reach.

The same bisection serves under quotas, where another proof shows that a threshold is out of reach
(:mod:`.side_constraints.bottleneck`).
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
    """The best possible worst pair, and the proof that it cannot be better.

    Attributes
    ----------
    score : int
        Score in millionths that as many pairs as possible can all reach.
    bound : int
        Score that they cannot all exceed; equal to ``score`` unless the time was over earlier.
    proof : pair of bool arrays or QuotaProof
        Proof that too few pairs score more than the bound: the rows and columns whose capacities limit their
        number, or, under quotas, the proof of a bound on it.
    arcs : Arcs
        Pairs among which as many as possible, all with ``score`` or more, can be chosen.
    """

    score: int
    bound: int
    proof: Proof
    arcs: Arcs


def at_least(problem: Problem, threshold: int) -> Problem:
    """Return the problem with only the pairs whose judged score reaches a threshold."""
    return replace(problem, pairs=AtLeast(problem.pairs, threshold, problem.in_worst))


@dataclass(frozen=True)
class AtLeast(DerivedPairs):
    """The pairs of a source that reach a threshold with their judged scores."""

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
    """Return the highest threshold that is reached, the lowest that is not, and the proof for the latter.

    Parameters
    ----------
    reached : int
        A threshold that is reached.
    missed : int
        A threshold that is not.
    reach : callable
        Is given a threshold. Returns an equal or higher one that is reached, or the proof that none is;
        ``None`` where neither is found.
    watch : Watch
        Time limit of the bisection.

    Raises
    ------
    SolverError
        If no proof is found for the last threshold that is missed.

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
        elif answer is None:  # only a higher threshold can be proved out of reach
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
        Problem with the judged scores: without credits, except those that count for the worst pair.
    tiling : Tiling
        Division of the pairs into tiles; the result does not depend on it.
    arcs : Arcs
        Candidates that a best choice is likely to need; their scores are read again.
    chosen : Arcs
        A choice of as many pairs as possible, at least one; its scores are read again, too.
    highest_total : int
        Bound on the total of choices with as many pairs, with all credits or fewer, and without charges; the
        mean that follows bounds the worst pair.
    watch : Watch
        Time limit: at its end the score is the best one reached, and the bound the lowest one proved.
    """
    arcs, lowest = problem.rescore(Arcs.union([arcs, chosen])), int(problem.rescore(chosen).scores.min())

    def reach(threshold: int) -> int | Marks:
        nonlocal arcs
        found = find_maximum_cardinality(problem, tiling, arcs, threshold, watch, enough=len(chosen))
        arcs = found.arcs
        return threshold if found.vertex_cover is None else found.vertex_cover

    reached, missed, vertex_cover = bisect(lowest, highest_total // len(chosen) + 1, reach, watch)
    return Bottleneck(reached, missed - 1, vertex_cover, arcs)
