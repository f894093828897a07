"""The proof of a choice that is not the one its prices were found for.

Where a best choice cannot be parted into rounds as it is, another one is formed; what bounds every choice
bounds that one, too, and the gap says how far below the bound it can be.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reverse_match.solver.part_of_choice import part_of_choice
from reverse_match.solver.quota_prices import QuotaPrices

if TYPE_CHECKING:
    from reverse_match.solver.objectives import Optimum
    from reverse_match.solver.problem import Arcs, Problem
    from reverse_match.solver.progress import Watch
    from reverse_match.solver.solve import Solution
    from reverse_match.tiling import Tiling


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
