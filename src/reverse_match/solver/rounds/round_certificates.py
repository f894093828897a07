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

from reverse_match.solver.assignment.bottleneck import at_least, find_bottleneck
from reverse_match.solver.assignment.certificate import bounds
from reverse_match.solver.assignment.pricing import ONLY_IMPROVING, price_all_pairs
from reverse_match.solver.objectives import Optimum
from reverse_match.solver.side_constraints.lagrangian_pairs import QuotaDualValues

if TYPE_CHECKING:
    from reverse_match.foundation.progress import Watch
    from reverse_match.solver.assignment.solve import Solution
    from reverse_match.solver.pairs.problem import Arcs, Problem
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
        worst = find_bottleneck(judged, tiling, near, chosen, plain.bounds.total, watch)
        worst = replace(worst, score=lowest)
        above = at_least(counting, lowest)
        total = _prove(above, solution, chosen, tiling).bounds.total
        solution = replace(solution, bounds=replace(plain.bounds, total=total))
    return Optimum(optimum.objective, solution, plain, worst)


def _prove(problem: Problem, solution: Solution, chosen: Arcs, tiling: Tiling) -> Solution:
    pricing = price_all_pairs(
        problem, solution.prices, solution.vertex_cover, tiling, most=1, margin=ONLY_IMPROVING
    )
    limits = bounds(problem, solution.prices, solution.vertex_cover, len(chosen), pricing)
    return replace(solution, chosen=chosen, bounds=limits, has_equal_optima=None)


def certify_other_choice(
    optimum: Optimum, problem: Problem, chosen: Arcs, tiling: Tiling, watch: Watch
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
    """
    before = optimum.solution.chosen
    if len(chosen) == len(before) and bool(chosen.among(before).all()):
        return optimum
    if optimum.objective == "max_min":
        return certify_round(optimum, problem, chosen, tiling, watch)
    if optimum.quotas is not None:
        return _with_quotas(optimum, chosen)
    shifted, plain = _shift_bound(optimum.solution, chosen), _shift_bound(optimum.plain, chosen)
    return replace(optimum, solution=shifted, plain=plain)


def _shift_bound(solution: Solution, chosen: Arcs) -> Solution:
    """Return another choice at the same dual values; their bound depends only on the number of pairs."""
    limits, fewer = solution.bounds, len(solution.chosen) - len(chosen)
    limits = replace(limits, total=limits.total + solution.prices.cardinality_dual * fewer)
    return replace(solution, chosen=chosen, bounds=limits, has_equal_optima=None)


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
