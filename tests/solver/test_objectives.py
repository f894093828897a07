"""The best worst pair, against every choice there is."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_solve import problem, problems

from reverse_match.solver.assignment.solve import solve
from reverse_match.solver.objectives import solve_for
from reverse_match.solver.pairs.source import NO_PAIR
from reverse_match.solver.pairs.tiles import Tiling

if TYPE_CHECKING:
    from reverse_match.solver.pairs.problem import Problem

TILING = Tiling(rows=4, columns=3, threads=1)


def every_largest_choice(given_problem: Problem) -> list[list[int]]:
    """Return the scores of each choice of as many pairs as possible."""
    scores = given_problem.pairs.scores  # type: ignore[attr-defined]
    allowed = [tuple(place) for place in np.argwhere(scores != NO_PAIR).tolist()]
    found: list[list[int]] = [[]]
    for count in range(1, min(scores.shape) * 3 + 1):
        choices = []
        for choice in combinations(allowed, count):
            rows, columns = np.array(choice).T
            fits = (np.bincount(rows, minlength=scores.shape[0]) <= given_problem.row_capacity).all()
            if (
                fits
                and (np.bincount(columns, minlength=scores.shape[1]) <= given_problem.column_capacity).all()
            ):
                choices.append([int(scores[place]) for place in choice])
        if not choices:
            break
        found = choices
    return found


@given(problems(most=3))
def test_the_worst_is_the_best_possible_and_then_the_total(given_problem: Problem) -> None:
    found = solve_for("max_min", given_problem, TILING)
    best = max(every_largest_choice(given_problem), key=lambda scores: (min(scores, default=0), sum(scores)))
    chosen = found.solution.chosen.scores
    assert (len(chosen), int(chosen.min(initial=10**6)), int(chosen.sum())) == (
        len(best),
        min(best, default=10**6),
        sum(best),
    )
    assert found.solution.proved
    if found.worst:
        assert found.worst.score == min(best)


@given(problems(), st.sampled_from(["coverage", "total", "max_min"]))
def test_objectives_are_ordered(given_problem: Problem, objective: Any) -> None:
    found, plain = solve_for(objective, given_problem, TILING).solution, solve(given_problem, TILING)
    assert found.bounds.total == found.chosen.scores.sum()
    if objective == "total":
        assert found.chosen.scores.sum() >= plain.chosen.scores.sum()
    else:
        assert found.proved
        assert len(found.chosen) == len(plain.chosen)
        assert found.chosen.scores.min(initial=10**6) >= plain.chosen.scores.min(initial=10**6) or (
            objective == "coverage"
        )
        assert found.chosen.scores.sum() <= plain.chosen.scores.sum()


@pytest.mark.parametrize("shape", [(300, 260), (500, 30)])
def test_larger_ones_by_bisection_over_all_pairs(shape: tuple[int, int]) -> None:
    random = np.random.default_rng(11)
    scores = random.integers(0, 10**6, shape)
    scores[random.random(shape) < 0.3] = NO_PAIR
    given_problem = problem(scores)
    found = solve_for("max_min", given_problem, Tiling(threads=2))
    assert found.worst is not None
    count = len(found.solution.chosen)
    for threshold, enough in ((found.worst.score, True), (found.worst.score + 1, False)):
        above = np.where(scores < threshold, NO_PAIR, scores)
        assert (len(solve(problem(above), Tiling(threads=1)).chosen) == count) == enough
    assert found.solution.chosen.scores.min() == found.worst.score
