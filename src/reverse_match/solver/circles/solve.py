"""Solves a problem of circles stage by stage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reverse_match.solver.circles.branch_and_price import StageResult, StageSearch
from reverse_match.solver.circles.pricing import CirclePricing
from reverse_match.solver.circles.restricted_master import Stage

if TYPE_CHECKING:
    from reverse_match.foundation.progress import Watch
    from reverse_match.solver.circles.problem import Circle, CircleProblem

MOST_CASES = 400
"""Largest number of cases of a proof, to limit time and the size of the certificate."""

FEWEST_CASES = 20
"""Number of cases that a proof may have in any case."""

MOST_CELLS_LOOKED_AT = 20_000_000
"""Largest number of teams times mentees, summed over all cases of a proof, beyond the fewest cases."""


@dataclass(frozen=True)
class CircleOptimum:
    """The best circles found, and the result of each stage."""

    circles: tuple[Circle, ...]
    stages: dict[str, StageResult]
    rounds: int


def solve_circles(problem: CircleProblem, watch: Watch) -> CircleOptimum:
    """Return the most people in circles, then the fewest trios, then the highest total."""
    pricing = CirclePricing(problem)
    cells = sum(block.allowed.size for block in pricing.blocks)
    most_cases = max(FEWEST_CASES, min(MOST_CASES, MOST_CELLS_LOOKED_AT // max(1, cells)))
    circles: list[Circle] = []
    chosen: tuple[Circle, ...] = ()
    stages: dict[str, StageResult] = {}
    people = trios = None
    guide = StageSearch(problem, pricing, Stage("guide"), circles, chosen, watch, most_cases)
    guide.guide()
    chosen, circles, rounds = guide.chosen, list(guide.master.circles), guide.rounds
    for kind in ("people", *(["trios"] if problem.counts_trios else []), "total"):
        stage = Stage(kind, people, trios)
        search = StageSearch(problem, pricing, stage, circles, chosen, watch, most_cases)
        result = search.search()
        stages[kind], chosen = result, result.circles
        rounds += search.rounds
        circles = list(search.master.circles)
        if kind == "people":
            people = result.reached
        elif kind == "trios":
            trios = -result.reached
    return CircleOptimum(chosen, stages, rounds)
