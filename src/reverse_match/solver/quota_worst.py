r"""The best possible worst pair of a choice that keeps quotas.

As without quotas (:mod:`.bottleneck`) the highest threshold is found by bisection. Whether as many pairs can
keep the quotas among those that score a threshold or more is answered by a bound on their number, or by
a choice of so many; the bound just above the best threshold proves that it cannot be higher.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reverse_match.errors import SolverError
from reverse_match.pair_source import NO_PAIR
from reverse_match.solver.bottleneck import at_least
from reverse_match.solver.problem import Arcs
from reverse_match.solver.quota_bounds import PAIR, Level, Missed, QuotaProof, Work, by_rounds
from reverse_match.solver.quota_search import searched_below
from reverse_match.solver.relaxation import MISSED

if TYPE_CHECKING:
    from reverse_match.solver.problem import Problem
    from reverse_match.solver.quota_solve import QuotaSolution


@dataclass(frozen=True)
class WorstWithQuotas:
    """The best possible worst pair, and why it cannot be better.

    Attributes
    ----------
    score : int
        In millionths: as many pairs as possible can score this or more and keep the quotas.
    bound : int
        They cannot all score more than this; the same as ``score`` unless time was over before.
    proof : QuotaProof
        Bounds the number of pairs among those that score more than the bound.
    arcs : Arcs
        Pairs among which as many can be chosen that score ``score`` or more.
    """

    score: int
    bound: int
    proof: QuotaProof
    arcs: Arcs


def best_worst_with_quotas(problem: Problem, work: Work, best: QuotaSolution) -> WorstWithQuotas:
    """Return the best possible worst pair of a choice of as many pairs as possible.

    Parameters
    ----------
    problem : Problem
        Gives the pairs as they are judged: without credits, but for those that count for the worst.
    work : Work
        The quotas, and how the work is done.
    best : QuotaSolution
        With the most pairs, at least one, and then the highest total.

    Raises
    ------
    SolverError
        If the bounds contradict each other.
    """
    count, chosen = len(best.chosen), problem.scored(best.chosen)
    reached, missed = int(chosen.scores.min()), best.total_bound // count + 1
    arcs = Arcs.joined([best.plain.candidates, best.plain.chosen, chosen])
    proof: QuotaProof | None = None
    while missed - reached > 1 and not (work.watch.expired and proof is not None):
        middle = (reached + missed) // 2
        answer = _choice_above(problem, work, best, arcs, middle)
        if isinstance(answer, QuotaProof):
            missed, proof = middle, answer
        else:
            reached, chosen = int(answer.scores.min()), answer
            arcs = Arcs.joined([arcs, answer])
    answer = proof or _choice_above(problem, work, best, arcs, missed)
    if not isinstance(answer, QuotaProof):  # the mean is an upper bound, so this cannot be
        message = "as many pairs score more than the highest total allows"
        raise SolverError(message)
    return WorstWithQuotas(reached, missed - 1, answer, arcs)


def _choice_above(
    problem: Problem, work: Work, best: QuotaSolution, arcs: Arcs, threshold: int
) -> Arcs | QuotaProof:
    """Return as many pairs that score a threshold or more and keep quotas, or why there are not so many."""
    count, guess = len(best.chosen), best.plain.prices
    above = replace(at_least(problem, threshold), most_first=False)
    level = Level.of_count(above, count)
    some = level.problem.scored(arcs)
    some = some.where(some.scores != NO_PAIR)
    penalty = work.tuning.penalty * work.tuning.penalty_rise
    bounded = by_rounds(level, work, some, guess, penalty)
    if bounded.proof.bound < PAIR * count:
        return bounded.proof
    if bounded.missed > MISSED:
        message = "quotas that are out of reach could not be proved to be"
        raise SolverError(message)
    found = searched_below(level, work, bounded, None)
    if isinstance(found, Missed) or (len(found.chosen) < count and found.proof.searched is None):
        message = "a search for a better worst pair was not completed"
        raise SolverError(message)
    return found.proof if len(found.chosen) < count else problem.scored(found.chosen)
