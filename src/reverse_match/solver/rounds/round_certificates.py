"""The proof of some of the chosen pairs, made of the prices of all of them.

Let a choice over several rounds be the best, with prices. In one round, with the pairs of the other rounds
closed and everybody's capacity that of one round, the same prices bound what that round can be: a pair that
is not chosen in any round is worth no more than its prices. Who has a price above 0 is used up in all rounds
together, and so in each of them: then the bound is what the round is worth, and *given the others* no round
could be better. The same holds for the number of pairs and those who limit it. It is checked over all pairs
here, and stated as it comes out.

The proof of a choice that is not the one its prices were found for.

Where a best choice cannot be parted into rounds as it is, another one is formed; what bounds every choice
bounds that one, too, and the gap says how far below the bound it can be.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reverse_match.solver.assignment.bottleneck import Worst, at_least, best_worst
from reverse_match.solver.assignment.certificate import bounds
from reverse_match.solver.assignment.pricing import check_prices
from reverse_match.solver.objectives import Optimum
from reverse_match.solver.pairs.source import NO_PAIR
from reverse_match.solver.side_constraints.lagrangian_pairs import QuotaPrices

if TYPE_CHECKING:
    from reverse_match.foundation.progress import Watch
    from reverse_match.solver.assignment.solve import Solution
    from reverse_match.solver.pairs.problem import Arcs, Problem
    from reverse_match.solver.pairs.tiles import Tiling


ONLY_EXCESS = -1
"""The margin of a look that lists only pairs worth more than their prices: nobody needs the others."""


def part_of_choice(optimum: Optimum, problem: Problem, chosen: Arcs, tiling: Tiling, watch: Watch) -> Optimum:
    """Return some pairs with what the prices of an optimum prove of them; without quotas.

    Parameters
    ----------
    optimum : Optimum
        Of a larger problem with the same rows and columns.
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
    plain = solution = _proved(counting, solution, chosen, tiling)
    worst = None
    if optimum.objective == "max_min" and len(chosen):
        judged = problem.judged
        lowest = int(judged.scored(chosen).scores.min())
        near = judged.scored(optimum.plain.candidates)
        near = near.where(near.scores != NO_PAIR)
        best = best_worst(judged, tiling, near, chosen, plain.bounds.total, watch)
        worst = Worst(lowest, best.bound, best.scarce, best.arcs)
        above = at_least(counting, lowest)
        total = _proved(above, solution, chosen, tiling).bounds.total
        solution = replace(solution, bounds=replace(plain.bounds, total=total))
    return Optimum(optimum.objective, solution, plain, worst)


def _proved(problem: Problem, solution: Solution, chosen: Arcs, tiling: Tiling) -> Solution:
    check = check_prices(problem, solution.prices, solution.scarce, tiling, most=1, margin=ONLY_EXCESS)
    limits = bounds(problem, solution.prices, solution.scarce, len(chosen), check)
    return replace(solution, chosen=chosen, bounds=limits, has_equals=None)


def with_choice(optimum: Optimum, problem: Problem, chosen: Arcs, tiling: Tiling, watch: Watch) -> Optimum:
    """Return another choice with what the prices of an optimum prove of it.

    Parameters
    ----------
    optimum : Optimum
        Of the problem.
    problem : Problem
        What may be chosen; looked at for the best worst pair only.
    chosen : Arcs
        Another choice, sorted by row and column; one that keeps the quotas, if there are some.
    tiling, watch
        As for :func:`.part_of_choice`.
    """
    before = optimum.solution.chosen
    if len(chosen) == len(before) and bool(chosen.among(before).all()):
        return optimum
    if optimum.objective == "max_min":
        return part_of_choice(optimum, problem, chosen, tiling, watch)
    if optimum.quotas is not None:
        return _with_quotas(optimum, chosen)
    shifted, plain = _shifted(optimum.solution, chosen), _shifted(optimum.plain, chosen)
    return replace(optimum, solution=shifted, plain=plain)


def _shifted(solution: Solution, chosen: Arcs) -> Solution:
    """Return another choice at the same prices: their bound depends on the number of pairs alone."""
    limits, fewer = solution.bounds, len(solution.chosen) - len(chosen)
    limits = replace(limits, total=limits.total + solution.prices.bonus * fewer)
    return replace(solution, chosen=chosen, bounds=limits, has_equals=None)


def _with_quotas(optimum: Optimum, chosen: Arcs) -> Optimum:
    """Return another choice: with the same bounds, or where it has another number of pairs, wider ones."""
    found, before = optimum.quotas, optimum.solution.chosen
    if found is None:  # for type checkers
        return optimum
    same_number = not found.most_first or len(chosen) == len(before)
    as_good = same_number and int(chosen.scores.sum()) == int(before.scores.sum())
    total = found.total if as_good else replace(found.total, searched=None)
    count = found.count
    if not same_number:  # what shares allow depends on the number of pairs: without prices of quotas
        free = _shifted(optimum.plain, chosen)
        of_quotas = replace(QuotaPrices.none(total.quotas), bonus=free.prices.bonus)
        prices = replace(free.prices, bonus=0)
        total = replace(total, bound=free.bounds.total, prices=prices, of_quotas=of_quotas)
        count = None if count is None else replace(count, searched=None)
    now = replace(found, chosen=chosen, total=total, count=count)
    limits = replace(optimum.solution.bounds, count=now.count_bound, total=now.total_bound)
    if not found.most_first:
        limits = replace(limits, count=optimum.plain.bounds.count)
    prices = replace(total.prices, bonus=total.of_quotas.bonus)
    solution = replace(optimum.solution, chosen=chosen, prices=prices, bounds=limits, has_equals=None)
    return replace(optimum, solution=solution, quotas=now)
