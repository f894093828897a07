r"""The bottleneck under quotas: the best possible worst pair of a choice that keeps them.

As without quotas (:mod:`.assignment.bottleneck`) the highest threshold is found by bisection. Whether as
many pairs can keep the quotas among those that score a threshold or more is answered in one of three
ways: by a bound on their number, by a proof tree, or by a choice of so many. What is proved just above
the best threshold shows that it cannot be higher. Where a tree would be too large, the lowest threshold
at which a tree is small enough bounds the worst pair.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reverse_match.foundation.errors import SolverError
from reverse_match.solver.assignment.bottleneck import at_least
from reverse_match.solver.pairs.problem import Arcs
from reverse_match.solver.pairs.source import NO_PAIR
from reverse_match.solver.side_constraints.close_gap import UnfixedPairs, find_among_candidates
from reverse_match.solver.side_constraints.lagrangian_bound import (
    PAIR,
    LagrangianSubproblem,
    QuotaProof,
    Work,
    generate_columns,
)
from reverse_match.solver.side_constraints.tree_nodes import ProofTree

if TYPE_CHECKING:
    from reverse_match.solver.pairs.problem import Problem
    from reverse_match.solver.side_constraints.solve import QuotaSolution


@dataclass(frozen=True)
class BottleneckWithQuotas:
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


def find_bottleneck_with_quotas(problem: Problem, work: Work, best: QuotaSolution) -> BottleneckWithQuotas:
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
    count, chosen = len(best.chosen), problem.rescore(best.chosen)
    reached, missed = int(chosen.scores.min()), best.total_bound // count + 1
    arcs = Arcs.union([best.plain.candidates, best.plain.chosen, chosen])
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
            arcs = Arcs.union([arcs, answer])
    answer = proof or _choice_above(problem, work, best, arcs, missed)
    if not isinstance(answer, QuotaProof):  # the mean is an upper bound, so a choice there cannot be
        message = "it could not be proved that as many pairs cannot all score more than the mean"
        raise SolverError(message)
    return BottleneckWithQuotas(reached, missed - 1, answer, arcs)


def _choice_above(
    problem: Problem, work: Work, best: QuotaSolution, arcs: Arcs, threshold: int
) -> Arcs | QuotaProof | None:
    """Return as many pairs that score a threshold or more and keep the quotas, or why there are fewer.

    The answer is ``None`` where neither was found.
    """
    count, guess = len(best.chosen), best.plain.prices
    above = replace(at_least(problem, threshold), most_first=False)
    subproblem = LagrangianSubproblem.of_count(above, count)
    some = subproblem.problem.rescore(arcs)
    some = some.where(some.scores != NO_PAIR)
    penalty = work.tuning.penalty * work.tuning.penalty_rise
    upper, aim = generate_columns(subproblem, work, some, guess, penalty), PAIR * count
    proof = upper.proof
    if proof.bound < aim:
        return proof
    near = find_among_candidates(subproblem, work, upper)
    if near is not None and len(near) >= count:
        return problem.rescore(near)
    found = UnfixedPairs.of(subproblem, work, proof, aim).reach_aim(aim)
    if isinstance(found, ProofTree):
        return replace(proof, proof_tree=found)
    return None if found is None else problem.rescore(found)
