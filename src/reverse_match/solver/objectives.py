"""What is maximised: the number of pairs and then the total, the total alone, or the worst pair in between.

Each begins with the same solve (most pairs, then the highest total), since that is often the answer: where
one pair fewer would gain nothing, the highest total of all has the most pairs, too.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from reverse_match.solver.bottleneck import AtLeast, Worst, best_worst
from reverse_match.solver.solve import Solution, Start, solve

if TYPE_CHECKING:
    from reverse_match.solver.problem import Problem
    from reverse_match.solver.progress import Watch
    from reverse_match.tiling import Tiling

Maximised: TypeAlias = Literal["coverage", "total", "max_min"]


class Optimum(NamedTuple):
    """A best choice for an objective."""

    solution: Solution
    """The choice and its proof."""
    plain: Solution
    """With the most pairs and then the highest total: where the next, similar solve can start."""
    worst: Worst | None
    """For ``max_min``: why the worst pair cannot be better."""


def solve_for(
    objective: Maximised,
    problem: Problem,
    tiling: Tiling,
    watch: Watch | None = None,
    start: Start | None = None,
) -> Optimum:
    """Choose pairs for an objective.

    Parameters
    ----------
    objective : str
        ``coverage``: most pairs, then the highest total. ``total``: the highest total, then most pairs.
        ``max_min``: most pairs, then the best worst pair, then the highest total.
    problem, tiling, watch, start
        As for :func:`.solve.solve`.
    """
    plain = solve(problem, tiling, watch, start)
    again = Start(plain.candidates, plain.settled, same_scores=True)
    if objective == "total" and (plain.prices.bonus or not plain.proved):
        return Optimum(solve(replace(problem, most_first=False), tiling, watch, again), plain, None)
    if objective == "max_min" and len(plain.chosen):
        if watch is not None:
            watch.step("raise the worst")
        worst = best_worst(problem, tiling, plain.candidates, plain.chosen, plain.bounds.total)
        above = replace(problem, pairs=AtLeast(problem.pairs, worst.score))
        fairest = solve(above, tiling, watch, again)
        limits = replace(fairest.bounds, count=plain.bounds.count, pairs=plain.bounds.pairs)
        return Optimum(replace(fairest, bounds=limits, scarce=plain.scarce), plain, worst)
    return Optimum(plain, plain, None)
