r"""The proof of some of the chosen pairs, made of the prices of all of them.

Let a choice over several rounds be the best, with prices. In one round, with the pairs of the other rounds
closed and everybody's capacity that of one round, the same prices bound what that round can be: a pair that
is not chosen in any round is worth no more than its prices. Who has a price above 0 is used up in all rounds
together, and so in each of them: then the bound is what the round is worth, and *given the others* no round
could be better. The same holds for the number of pairs and those who limit it. It is checked over all pairs
here, and stated as it comes out.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reverse_match.pair_source import NO_PAIR
from reverse_match.solver.bottleneck import Worst, at_least, best_worst
from reverse_match.solver.certificate import bounds
from reverse_match.solver.objectives import Optimum
from reverse_match.solver.price_check import check_prices

if TYPE_CHECKING:
    from reverse_match.solver.problem import Arcs, Problem
    from reverse_match.solver.progress import Watch
    from reverse_match.solver.solve import Solution
    from reverse_match.tiling import Tiling

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
