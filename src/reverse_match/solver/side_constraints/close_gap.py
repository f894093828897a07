"""Closes the duality gap: from a bound to an incumbent, and to the proof that none is better.

HiGHS finds an incumbent among few pairs (:mod:`.incumbent`). If its total equals the bound, the bound proves
it optimal. Otherwise reduced-cost fixing lists all pairs that could be in a better choice. Then a tree proves
by cases that no choice of them is better (:mod:`.branch_and_bound`), or finds a better one, which becomes the
incumbent. Where the tree would be too large, the gap is stated.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.solver.assignment.candidates import all_arcs
from reverse_match.solver.pairs.problem import Arcs
from reverse_match.solver.side_constraints.branch_and_bound import prove
from reverse_match.solver.side_constraints.dantzig_wolfe import bound_by_choices
from reverse_match.solver.side_constraints.feasibility import decide_feasibility, undecided_error
from reverse_match.solver.side_constraints.incumbent import find_incumbent
from reverse_match.solver.side_constraints.lagrangian_bound import (
    Infeasible,
    bound_from_above,
    price_under_quotas,
)
from reverse_match.solver.side_constraints.lagrangian_pairs import EqualPairs
from reverse_match.solver.side_constraints.load_programme import best_with_loads
from reverse_match.solver.side_constraints.proof_tree import CutoffProblem, ProofTree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.foundation.arrays import IntArray
    from reverse_match.solver.assignment.dual_values import DualValues
    from reverse_match.solver.pairs.quotas import Quota
    from reverse_match.solver.side_constraints.lagrangian_bound import (
        LagrangianSubproblem,
        QuotaProof,
        UpperBound,
        Work,
    )


@dataclass(frozen=True)
class Incumbent:
    """The best choice found so far, and the proof of its bound."""

    chosen: Arcs
    proof: QuotaProof


def close_gap(
    subproblem: LagrangianSubproblem,
    work: Work,
    arcs: Arcs,
    guess: DualValues,
    known: Arcs | None = None,
    core: Arcs | None = None,
) -> Incumbent | Infeasible:
    """Bound the subproblem from above, and improve an incumbent from below until the gap is closed.

    ``known`` is a choice that keeps the quotas, if one is known. ``core`` are pairs of which fractions keep
    them, if such are known.
    """
    work = work.at(subproblem)
    upper: UpperBound | Infeasible | None = bound_by_choices(subproblem, work, arcs)
    if upper is None:
        upper = bound_from_above(subproblem, work, arcs, guess, core=core, at_any_rate=known is not None)
    return upper if isinstance(upper, Infeasible) else improve_incumbent(subproblem, work, upper, known)


def improve_incumbent(
    subproblem: LagrangianSubproblem, work: Work, upper: UpperBound, known: Arcs | None
) -> Incumbent | Infeasible:
    """Find an incumbent among few pairs, then prove that no choice of other pairs is better."""
    found = find_among_candidates(subproblem, work, upper)
    best = known if found is None else found
    if best is None:
        among_all = _find_among_all(subproblem, work)
        if isinstance(among_all, Infeasible):
            return among_all
        best = among_all
    proof, unfixed = upper.proof, None
    while not work.watch.expired:
        aim = int(best.scores.sum()) + subproblem.step
        if aim > proof.bound:
            break
        unfixed = unfixed or UnfixedPairs.of(subproblem, work, proof, aim)
        answer = unfixed.reach_aim(aim)
        if not isinstance(answer, Arcs):
            return Incumbent(best, replace(proof, proof_tree=answer))
        best = answer
    return Incumbent(best, proof)


@dataclass
class UnfixedPairs:
    """The pairs that reduced-cost fixing leaves: the loss of each other pair exceeds the gap.

    Only these pairs can be in a choice that reaches an aim. ``arcs`` is ``None`` where they are too many.
    HiGHS is asked for the best choice only once: if its answer is right, a second one adds nothing, and if
    not, HiGHS is no help.
    """

    subproblem: LagrangianSubproblem
    work: Work
    proof: QuotaProof
    arcs: Arcs | None
    asked: bool = False

    @classmethod
    def of(cls, subproblem: LagrangianSubproblem, work: Work, proof: QuotaProof, aim: int) -> UnfixedPairs:
        """List these pairs, by pricing all pairs."""
        spare = proof.bound - aim
        pricing = price_under_quotas(subproblem, work, proof.prices, proof.of_quotas, spare)
        return cls(
            subproblem, work, proof, subproblem.problem.rescore(pricing.found) if pricing.complete else None
        )

    def reach_aim(self, aim: int) -> Arcs | ProofTree | None:
        """Return a choice that reaches an aim, a tree that proves that none exists, or ``None``.

        Often a tree of a few nodes is a proof. If not, HiGHS looks for the best choice, which may be better
        than the one that the tree has found.
        """
        if self.arcs is None:
            return None
        self.work.watch.step("search")
        subproblem, work, prices = self.subproblem, self.work, (self.proof.prices, self.proof.of_quotas)
        spare = self.proof.bound - aim
        arcs = self.arcs.where(_reduced_profits(work.quotas, self.proof, self.arcs) >= -spare)
        problem = CutoffProblem.of(subproblem.among(arcs, work), prices, aim, subproblem.unit)
        most_nodes = work.tuning.nodes_for(len(arcs))
        answer = prove(problem, work.watch, min(work.tuning.first_nodes, most_nodes))
        if isinstance(answer, ProofTree):
            return answer
        if not self.asked:
            self.asked = True
            found = _find_incumbent(subproblem, work, self.proof, arcs, spare)
            if found is not None and problem.is_reached_by(found):
                return found
        return answer if answer is not None else prove(problem, work.watch, most_nodes)


def _find_incumbent(
    subproblem: LagrangianSubproblem, work: Work, proof: QuotaProof, arcs: Arcs, most_loss: int | None
) -> Arcs | None:
    work.watch.step("search")
    prices, problem = (proof.prices, proof.of_quotas), subproblem.among(arcs, work)
    if problem.loads is not None:
        people = proof.prices.rows, proof.prices.columns
        return best_with_loads(problem, people, work.watch, work.tuning)
    return find_incumbent(problem, prices, most_loss, work.watch, work.tuning)


def find_among_candidates(subproblem: LagrangianSubproblem, work: Work, upper: UpperBound) -> Arcs | None:
    """Return a choice among the candidates with the least losses; double their number until one is found."""
    proof, arcs = upper.proof, upper.arcs
    losses = _losses(work.quotas, proof, arcs)
    by_loss = np.sort(losses)
    most_used = int(_losses(work.quotas, proof, upper.used).max(initial=0))
    more = work.tuning.searched_first
    while len(arcs):
        size = len(upper.used) + more
        limit = max(most_used, int(by_loss[min(size, len(arcs)) - 1]))
        # The distance of a sum from a priced bound costs a loss, too, so the limit is at least a unit.
        found = _find_incumbent(
            subproblem, work, proof, arcs.where(losses <= limit), max(limit, subproblem.unit)
        )
        if found is not None:
            return found
        if size >= len(arcs) or work.watch.expired:
            break
        more *= 2
    return None


def _find_among_all(subproblem: LagrangianSubproblem, work: Work) -> Arcs | Infeasible:
    """Return a choice among all pairs; a failure for one number of pairs proves nothing about others."""
    problem = subproblem.problem
    answer: Arcs | ProofTree | None = None
    if problem.shape[0] * problem.shape[1] <= work.tuning.all_pairs:
        worth_nothing = replace(problem, pairs=EqualPairs(problem.pairs, 0))
        everything = all_arcs(worth_nothing, work.tiling)
        answer = decide_feasibility(subproblem.among(everything, work), work.watch, work.tuning)
    if isinstance(answer, Arcs):
        return problem.rescore(answer)
    if answer is None and subproblem.count is None:
        raise undecided_error()
    return Infeasible(None)


def _losses(quotas: Sequence[Quota], proof: QuotaProof, arcs: Arcs) -> IntArray:
    """Return the losses of pairs: the amounts by which their worth is below their prices."""
    losses: IntArray = np.maximum(-_reduced_profits(quotas, proof, arcs), 0)
    return losses


def _reduced_profits(quotas: Sequence[Quota], proof: QuotaProof, arcs: Arcs) -> IntArray:
    """Return the reduced profits of pairs: their worth minus the prices of their people and of quotas."""
    reduced_profits: IntArray = proof.prices.reduced_profits(arcs) - proof.of_quotas.paid(quotas, arcs)
    return reduced_profits
