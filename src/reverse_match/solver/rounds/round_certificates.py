"""Certificates of rounds: the proof of some chosen pairs, or of another choice, from known dual values.

Let a choice over several rounds be optimal, with dual values. Consider one round, in which the pairs of the
other rounds are closed and everybody has the capacity of one round. The same prices bound this round: a pair
that is chosen in no round is worth no more than its prices, and a person with a price above 0 is used up in
all rounds together, and so in each of them. Then the bound equals the worth of the round, and *given the
others* no round could be better. The same holds for the number of pairs and the vertex cover. All of this is
checked over all pairs here, and the resulting bounds are stated.

If an optimal choice cannot be split into rounds, another one is formed. The bounds on every choice hold for
that one, too, and its gap is the distance from them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reverse_match.foundation.errors import SolverError
from reverse_match.foundation.progress import Watch
from reverse_match.solver.assignment.bottleneck import at_least, find_bottleneck
from reverse_match.solver.assignment.certificate import bounds
from reverse_match.solver.assignment.pricing import ONLY_IMPROVING, price_all_pairs
from reverse_match.solver.objectives import Optimum
from reverse_match.solver.pairs.problem import Arcs
from reverse_match.solver.pairs.quotas import UNBOUNDED, PairQuota, single
from reverse_match.solver.side_constraints.bottleneck import find_bottleneck_with_quotas
from reverse_match.solver.side_constraints.charged_marks import FewestMarked, fewest_by_charge
from reverse_match.solver.side_constraints.close_gap import UnfixedPairs
from reverse_match.solver.side_constraints.fewest_marked import (
    fewest_marked,
    prove_unmarked,
    without_charge,
)
from reverse_match.solver.side_constraints.lagrangian_bound import (
    PAIR,
    Infeasible,
    LagrangianSubproblem,
    QuotaProof,
    Work,
    bound_from_above,
)
from reverse_match.solver.side_constraints.lagrangian_pairs import QuotaDualValues
from reverse_match.solver.side_constraints.proof_tree import ProofTree
from reverse_match.solver.side_constraints.solve import QuotaProofs
from reverse_match.solver.tuning import Tuning

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.solver.assignment.solve import Solution
    from reverse_match.solver.pairs.credits import MarkedPairs
    from reverse_match.solver.pairs.problem import Problem
    from reverse_match.solver.pairs.quotas import Quota
    from reverse_match.solver.pairs.tiles import Tiling


def certify_round(optimum: Optimum, problem: Problem, chosen: Arcs, tiling: Tiling, watch: Watch) -> Optimum:
    """Return some pairs of a round with the bounds that the dual values of an optimum without quotas prove.

    Parameters
    ----------
    optimum : Optimum
        The optimum of a larger problem with the same rows and columns.
    problem : Problem
        The problem of the round.
    chosen : Arcs
        The chosen pairs of the round.
    tiling : Tiling
        Division of the pairs into tiles; the result does not depend on it.
    watch : Watch
        Time limit.
    """
    solution = optimum.solution
    counting = replace(problem, most_first=True)
    plain = solution = _prove(counting, solution, chosen, tiling)
    worst = None
    if optimum.objective == "max_min" and len(chosen):
        judged = problem.judged
        lowest = int(judged.rescore(chosen).scores.min())
        near = judged.possible(optimum.plain.candidates)
        highest = plain.bounds.total
        if problem.marked is not None:  # the mean of a choice that pays no charges bounds the worst pair
            highest -= problem.marked.amount * len(chosen)
        worst = find_bottleneck(judged, tiling, near, chosen, highest, watch)
        worst = replace(worst, score=lowest)
        above = at_least(counting, lowest)
        total = _prove(above, solution, chosen, tiling).bounds.total
        solution = replace(solution, bounds=replace(plain.bounds, total=total))
    return certify_marked(Optimum(optimum.objective, solution, plain, worst), problem, optimum.marked, tiling)


def certify_marked(optimum: Optimum, problem: Problem, known: FewestMarked | None, tiling: Tiling) -> Optimum:
    """Return an optimum with its number of marked pairs, and the better of two bounds on it.

    One follows from what marked pairs are charged, the other from prices that are known from a larger problem
    or from another choice.

    Parameters
    ----------
    optimum : Optimum
        The choice, with a valid bound on its total.
    problem : Problem
        Its problem.
    known : FewestMarked or None
        Proof of another choice.
    tiling : Tiling
        Division of the pairs into tiles; the result does not depend on it.
    """
    marked, solution = problem.marked, optimum.solution
    if marked is None or optimum.objective == "total":
        return replace(optimum, marked=None)
    found = fewest_by_charge(marked, solution)
    if found.bound < found.count and known is not None and known.proof is not None:
        worst = 0 if optimum.worst is None else optimum.worst.score
        asked = problem if optimum.worst is None else at_least(problem, worst)
        proof = prove_unmarked(asked, marked, known.proof, len(solution.chosen), tiling)
        proved = len(solution.chosen) - proof.bound // PAIR
        found = replace(found, bound=proved, proof=proof) if proved > found.bound else found
    return _without_charges(replace(optimum, marked=found), problem, marked, tiling)


def _without_charges(optimum: Optimum, problem: Problem, marked: MarkedPairs, tiling: Tiling) -> Optimum:
    """Return an optimum whose bound on the total does not contain the charge of a marked pair.

    A charge is much more than a pair is worth. Where it is not shown that so many pairs have to be marked,
    the bound by charges says next to nothing of the total. Then the number of marked pairs is bounded as by a
    quota, with a price of its own.
    """
    solution, charge = optimum.solution, -marked.amount
    chosen, few = solution.chosen, optimum.marked
    spare = solution.bounds.total - int(chosen.scores.sum())
    if not charge or few is None or spare < charge or optimum.quotas is not None:
        return optimum
    asked = problem if optimum.worst is None else at_least(problem, optimum.worst.score)
    free = without_charge(asked)
    proof = _prove_total(free, free.rescore(chosen), optimum.plain, Work((), tiling, Watch(), Tuning()))
    of_quotas = replace(proof.of_quotas, of_sums=(proof.of_quotas.of_sums[-1] - charge,))
    proof = replace(proof, bound=proof.bound - charge * few.count, of_quotas=of_quotas)
    if proof.bound >= solution.bounds.total:
        return optimum
    if few.proof is None:  # what charges have shown needs prices of its own now
        known = fewest_marked(free, marked, Work((), tiling, Watch(), Tuning()), solution)[0].proof
        if known is not None:
            shown = prove_unmarked(free, marked, known, len(chosen), tiling)
            few = replace(few, bound=max(0, len(chosen) - shown.bound // PAIR), proof=shown)
    proofs = QuotaProofs(proof, None)
    limits = replace(proofs.bounds(chosen, solution.bounds.count), pairs=solution.bounds.pairs)
    better = replace(solution, prices=proofs.prices, bounds=limits, has_equal_optima=None)
    return replace(optimum, solution=better, quotas=proofs, marked=few)


def _prove(problem: Problem, solution: Solution, chosen: Arcs, tiling: Tiling) -> Solution:
    pricing = price_all_pairs(
        problem, solution.prices, solution.vertex_cover, tiling, most=1, margin=ONLY_IMPROVING
    )
    limits = bounds(problem, solution.prices, solution.vertex_cover, len(chosen), pricing)
    return replace(solution, chosen=chosen, bounds=limits, has_equal_optima=None)


def certify_other_choice(
    optimum: Optimum,
    problem: Problem,
    chosen: Arcs,
    tiling: Tiling,
    watch: Watch,
    quotas: Sequence[Quota] = (),
) -> Optimum:
    """Return another choice with the bounds that the dual values of an optimum prove.

    Parameters
    ----------
    optimum : Optimum
        The optimum of the problem.
    problem : Problem
        The problem, which is needed only for the bottleneck.
    chosen : Arcs
        Another choice, sorted by row and column, which keeps the quotas if there are any.
    tiling, watch
        As for :func:`.certify_round`.
    quotas : sequence of Quota, optional
        The quotas that both choices keep.
    """
    before = optimum.solution.chosen
    if len(chosen) == len(before) and bool(chosen.among(before).all()):
        return certify_marked(optimum, problem, optimum.marked, tiling)
    if optimum.objective == "max_min" and optimum.quotas is not None and len(chosen):
        return _certify_worst_with_quotas(optimum, problem, chosen, Work(quotas, tiling, watch, Tuning()))
    if optimum.objective == "max_min":
        return certify_round(optimum, problem, chosen, tiling, watch)
    if optimum.quotas is not None:
        moved = _with_marks_of(optimum, problem.marked, chosen)
        return certify_marked(_with_quotas(moved, chosen), problem, optimum.marked, tiling)
    shifted, plain = _shift_bound(optimum.solution, chosen), _shift_bound(optimum.plain, chosen)
    other = replace(optimum, solution=shifted, plain=plain)
    return certify_marked(other, problem, optimum.marked, tiling)


def _certify_worst_with_quotas(optimum: Optimum, problem: Problem, chosen: Arcs, work: Work) -> Optimum:
    """Return another choice under quotas, with bounds on its worst pair and on its total of their own."""
    found, plain, judged = optimum.quotas, optimum.plain, problem.judged
    if found is None:  # for type checkers
        return optimum
    highest = _shift_bound(plain, chosen).bounds.total
    worst = find_bottleneck_with_quotas(judged, work, plain, chosen, highest)
    lowest = int(judged.rescore(chosen).scores.min())
    total = _prove_total(at_least(problem, lowest), chosen, plain, work)
    count = found.count
    if count is not None and len(chosen) != len(optimum.solution.chosen):
        count = replace(count, proof_tree=None)
    proofs = QuotaProofs(total, count)
    limits = replace(proofs.bounds(chosen, plain.bounds.count), pairs=optimum.solution.bounds.pairs)
    solution = replace(
        optimum.solution, chosen=chosen, prices=proofs.prices, bounds=limits, has_equal_optima=None
    )
    other = replace(optimum, solution=solution, quotas=proofs, worst=replace(worst, score=lowest))
    return certify_marked(other, problem, optimum.marked, work.tiling)


def _prove_total(problem: Problem, chosen: Arcs, plain: Solution, work: Work) -> QuotaProof:
    """Return a bound on the total of as many pairs, of which no more are marked, with cases if they close it.

    The quotas, and the bound on marked pairs, are kept.
    """
    marked = problem.marked
    if marked is not None:
        most = single(marked.count(chosen.rows, chosen.columns))
        limit = PairQuota(marked.marks, 1, 0, single(-UNBOUNDED), most)
        work = replace(work, quotas=[*work.quotas, limit])
    free = replace(problem, most_first=False)
    subproblem = LagrangianSubproblem.of_total(free, len(chosen))
    work, arcs = work.at(subproblem), free.possible(Arcs.union([plain.candidates, chosen]))
    upper = bound_from_above(subproblem, work, arcs, plain.prices, core=chosen, at_any_rate=True)
    if isinstance(upper, Infeasible):
        message = "a choice that keeps the quotas was lost"
        raise SolverError(message)
    aim = int(chosen.scores.sum()) + subproblem.step
    if aim > upper.proof.bound:
        return upper.proof
    answer = UnfixedPairs.of(subproblem, work, upper.proof, aim).reach_aim(aim)
    tree = answer if isinstance(answer, ProofTree) else None
    return replace(upper.proof, proof_tree=tree)


def _shift_bound(solution: Solution, chosen: Arcs) -> Solution:
    """Return another choice at the same dual values; their bound depends only on the number of pairs."""
    limits, fewer = solution.bounds, len(solution.chosen) - len(chosen)
    limits = replace(limits, total=limits.total + solution.prices.cardinality_dual * fewer)
    return replace(solution, chosen=chosen, bounds=limits, has_equal_optima=None)


def _with_marks_of(optimum: Optimum, marked: MarkedPairs | None, chosen: Arcs) -> Optimum:
    """Return an optimum whose last bound, if it is on marked pairs, allows as many as another choice has."""
    found, before = optimum.quotas, optimum.solution.chosen
    if found is None or marked is None or not found.total.quotas:
        return optimum
    *others, last = found.total.quotas
    more = marked.count(chosen.rows, chosen.columns) - marked.count(before.rows, before.columns)
    if not more or not isinstance(last, PairQuota) or last.marks is not marked.marks:
        return optimum
    bound = found.total.bound + more * int(found.total.of_quotas.of_sums[-1][0])
    quotas = (*others, replace(last, upper=last.upper + more))
    total = replace(found.total, bound=bound, quotas=quotas, proof_tree=None)
    return replace(optimum, quotas=replace(found, total=total))


def _with_quotas(optimum: Optimum, chosen: Arcs) -> Optimum:
    """Return another choice with the same bounds, or with wider ones if its number of pairs differs."""
    found, before = optimum.quotas, optimum.solution.chosen
    if found is None:  # for type checkers
        return optimum
    same_number = optimum.objective == "total" or len(chosen) == len(before)
    as_good = same_number and int(chosen.scores.sum()) == int(before.scores.sum())
    total = found.total if as_good else replace(found.total, proof_tree=None)
    count = found.count
    if not same_number:  # bounds of shares depend on the number of pairs, so quotas get no prices
        free = _shift_bound(optimum.plain, chosen)
        of_quotas = replace(QuotaDualValues.none(total.quotas), cardinality_dual=free.prices.cardinality_dual)
        prices = replace(free.prices, cardinality_dual=0)
        total = replace(total, bound=free.bounds.total, prices=prices, of_quotas=of_quotas)
        count = None if count is None else replace(count, proof_tree=None)
    proofs = replace(found, total=total, count=count)
    limits = proofs.bounds(chosen, optimum.plain.bounds.count)
    limits = replace(limits, pairs=optimum.solution.bounds.pairs)
    solution = replace(
        optimum.solution, chosen=chosen, prices=proofs.prices, bounds=limits, has_equal_optima=None
    )
    return replace(optimum, solution=solution, quotas=proofs)
