"""Certificates of rounds: the proof of some chosen pairs, or of another choice, from known dual values.

Let a choice over several rounds be the best, with dual values. In one round, with the pairs of the other
rounds closed and everybody's capacity that of one round, the same prices bound what that round can be: a
pair that is not chosen in any round is worth no more than its prices. Who has a price above 0 is used up
in all rounds together, and so in each of them. Then the bound is what the round is worth, and *given the
others* no round could be better. The same holds for the number of pairs and the vertex cover. All this is
checked over all pairs here, and stated as it comes out.

Where a best choice cannot be split into rounds as it is, another one is formed. What bounds every choice
bounds that one, too, and the gap says how far below the bound it can be.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reverse_match.solver.assignment.bottleneck import at_least, find_bottleneck
from reverse_match.solver.assignment.certificate import bounds
from reverse_match.solver.assignment.pricing import price_all_pairs
from reverse_match.solver.objectives import Optimum
from reverse_match.solver.pairs.source import NO_PAIR
from reverse_match.solver.side_constraints.lagrangian_pairs import QuotaDualValues

if TYPE_CHECKING:
    from reverse_match.foundation.progress import Watch
    from reverse_match.solver.assignment.solve import Solution
    from reverse_match.solver.pairs.problem import Arcs, Problem
    from reverse_match.solver.pairs.tiles import Tiling


ONLY_IMPROVING = -1
"""The margin with which pricing lists only pairs worth more than their prices: no others are needed."""


def certify_round(optimum: Optimum, problem: Problem, chosen: Arcs, tiling: Tiling, watch: Watch) -> Optimum:
    """Return some pairs with what the dual values of an optimum without quotas prove of them.

    Parameters
    ----------
    optimum : Optimum
        The best choice of a larger problem with the same rows and columns.
    problem : Problem
        In which the pairs are chosen.
    chosen : Arcs
        The pairs.
    tiling : Tiling
        How the pairs may be cut up; the result does not depend on it.
    watch : Watch
        Says when to stop.
    """
    solution = optimum.solution
    counting = replace(problem, most_first=True)
    plain = solution = _prove(counting, solution, chosen, tiling)
    worst = None
    if optimum.objective == "max_min" and len(chosen):
        judged = problem.judged
        lowest = int(judged.rescore(chosen).scores.min())
        near = judged.rescore(optimum.plain.candidates)
        near = near.where(near.scores != NO_PAIR)
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
    """Return another choice with what the dual values of an optimum prove of it.

    Parameters
    ----------
    optimum : Optimum
        The best choice of the problem.
    problem : Problem
        What may be chosen; it is needed for the bottleneck only.
    chosen : Arcs
        Another choice, sorted by row and column; one that keeps the quotas, if there are some.
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
    """Return another choice at the same dual values: their bound depends on the number of pairs alone."""
    limits, fewer = solution.bounds, len(solution.chosen) - len(chosen)
    limits = replace(limits, total=limits.total + solution.prices.cardinality_dual * fewer)
    return replace(solution, chosen=chosen, bounds=limits, has_equal_optima=None)


def _with_quotas(optimum: Optimum, chosen: Arcs) -> Optimum:
    """Return another choice: with the same bounds, or where it has another number of pairs, wider ones."""
    found, before = optimum.quotas, optimum.solution.chosen
    if found is None:  # for type checkers
        return optimum
    same_number = optimum.objective == "total" or len(chosen) == len(before)
    as_good = same_number and int(chosen.scores.sum()) == int(before.scores.sum())
    total = found.total if as_good else replace(found.total, proof_tree=None)
    count = found.count
    if not same_number:  # what shares allow depends on the number of pairs: without prices of quotas
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
