r"""The best possible worst pair of a choice that keeps quotas.

As without quotas (:mod:`.bottleneck`) the highest threshold is found by bisection. Whether as many pairs can
keep the quotas among those that score a threshold or more is answered by a bound on their number, by a tree
of cases, or by a choice of so many; what is proved just above the best threshold shows that it cannot be
higher. Where a tree would be too large, the lowest threshold at which one is not bounds the worst pair.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reverse_match.foundation.errors import SolverError
from reverse_match.solver.assignment.bottleneck import at_least
from reverse_match.solver.pairs.problem import Arcs
from reverse_match.solver.pairs.source import NO_PAIR
from reverse_match.solver.side_constraints.close_gap import CouldMatter, found_among_candidates
from reverse_match.solver.side_constraints.lagrangian_bound import PAIR, Level, QuotaProof, Work, by_rounds
from reverse_match.solver.side_constraints.search_tree import Searched

if TYPE_CHECKING:
    from reverse_match.solver.pairs.problem import Problem
    from reverse_match.solver.side_constraints.solve import QuotaSolution


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
    below, proof = reached, None
    while missed - below > 1 and not (work.watch.expired and proof is not None):
        middle = (below + missed) // 2
        answer = _choice_above(problem, work, best, arcs, middle)
        if isinstance(answer, QuotaProof):
            missed, proof = middle, answer
        elif answer is None:  # neither: what is proved begins higher
            below = middle
        else:
            below = reached = int(answer.scores.min())
            arcs = Arcs.joined([arcs, answer])
    answer = proof or _choice_above(problem, work, best, arcs, missed)
    if not isinstance(answer, QuotaProof):  # the mean is an upper bound, so a choice there cannot be
        message = "it could not be proved that as many pairs cannot all score more than the mean"
        raise SolverError(message)
    return WorstWithQuotas(reached, missed - 1, answer, arcs)


def _choice_above(
    problem: Problem, work: Work, best: QuotaSolution, arcs: Arcs, threshold: int
) -> Arcs | QuotaProof | None:
    """Return as many pairs that score a threshold or more and keep quotas, or why there are not so many.

    ``None`` where neither was found.
    """
    count, guess = len(best.chosen), best.plain.prices
    above = replace(at_least(problem, threshold), most_first=False)
    level = Level.of_count(above, count)
    some = level.problem.scored(arcs)
    some = some.where(some.scores != NO_PAIR)
    penalty = work.tuning.penalty * work.tuning.penalty_rise
    bounded, aim = by_rounds(level, work, some, guess, penalty), PAIR * count
    proof = bounded.proof
    if proof.bound < aim:
        return proof
    near = found_among_candidates(level, work, bounded)
    if near is not None and len(near) >= count:
        return problem.scored(near)
    found = CouldMatter.of(level, work, proof, aim).reaching(aim)
    if isinstance(found, Searched):
        return replace(proof, searched=found)
    return None if found is None else problem.scored(found)
