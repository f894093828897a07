r"""The bottleneck under quotas: the best possible worst pair of a choice that keeps them.

As without quotas (:mod:`.assignment.bottleneck`), bisection finds the highest threshold. For a threshold, the
question is whether as many pairs that score at least so much can keep the quotas. A bound on their number, a
proof tree, or a choice answers it. The proof just above the best threshold shows that it cannot be higher.
Where a tree would be too large, the lowest threshold with a small enough tree bounds the worst pair.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reverse_match.solver.assignment.bottleneck import Bottleneck, at_least, bisect
from reverse_match.solver.pairs.problem import Arcs
from reverse_match.solver.side_constraints.close_gap import UnfixedPairs, find_among_candidates
from reverse_match.solver.side_constraints.lagrangian_bound import (
    PAIR,
    LagrangianSubproblem,
    QuotaProof,
    Work,
    generate_columns,
)
from reverse_match.solver.side_constraints.proof_tree import ProofTree

if TYPE_CHECKING:
    from reverse_match.solver.assignment.dual_values import DualValues
    from reverse_match.solver.assignment.solve import Solution
    from reverse_match.solver.pairs.problem import Problem


def find_bottleneck_with_quotas(
    problem: Problem, work: Work, plain: Solution, chosen: Arcs, highest_total: int
) -> Bottleneck[QuotaProof]:
    """Return the best possible worst pair of a choice of as many pairs as possible.

    Parameters
    ----------
    problem : Problem
        Problem with the judged scores: without credits, except those that count for the worst pair.
    work : Work
        The quotas, and the resources to use.
    plain : Solution
        The best choice without quotas.
    chosen : Arcs
        A choice of as many pairs as quotas allow, at least one; its scores are read again.
    highest_total : int
        Bound on the total of choices with as many pairs that keep the quotas.

    Raises
    ------
    SolverError
        If the bounds contradict each other.
    """
    chosen = problem.rescore(chosen)
    arcs, lowest = Arcs.union([plain.candidates, plain.chosen, chosen]), int(chosen.scores.min())

    def reach(threshold: int) -> int | QuotaProof | None:
        nonlocal arcs
        answer = _choice_above(problem, work, plain.prices, arcs, len(chosen), threshold)
        if not isinstance(answer, Arcs):
            return answer
        arcs = Arcs.union([arcs, answer])
        return int(answer.scores.min())

    reached, missed, proof = bisect(lowest, highest_total // len(chosen) + 1, reach, work.watch)
    return Bottleneck(reached, missed - 1, proof, arcs)


def _choice_above(
    problem: Problem, work: Work, guess: DualValues, arcs: Arcs, count: int, threshold: int
) -> Arcs | QuotaProof | None:
    """Return ``count`` pairs that score the threshold or more and keep the quotas, or a disproof.

    The answer is ``None`` where neither was found.
    """
    above = replace(at_least(problem, threshold), most_first=False)
    subproblem = LagrangianSubproblem.of_count(above, count)
    some = subproblem.problem.possible(arcs)
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
