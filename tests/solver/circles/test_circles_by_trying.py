"""Circles of tiny problems are the best of all, and the proofs close."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import pytest

from circle_oracle import best_circles
from reverse_match.foundation.progress import Watch
from reverse_match.solver.circles.problem import CircleBounds, CircleProblem, GroupLimit
from reverse_match.solver.circles.solve import solve_circles
from thinned import thinned

if TYPE_CHECKING:
    from circle_oracle import Team


def _problem(seed: int) -> CircleProblem:
    random = np.random.default_rng(seed)
    mentors, mentees = int(random.integers(1, 5)), int(random.integers(1, 8))
    trios = bool(random.integers(0, 3) == 0)
    low = int(random.integers(1, 4))
    bounds = CircleBounds((1, int(random.integers(1, 3))), (low, low + int(random.integers(0, 3))), 99)
    if trios:
        bounds = CircleBounds((1, int(random.integers(1, 3))), (1, 2), 3)
    limits = []
    for _ in range(int(random.integers(0, 3))):
        groups = [
            random.integers(-2 if random.integers(0, 3) == 0 else -1, 3, size) for size in (mentors, mentees)
        ]
        if random.integers(0, 2):
            groups[0] = np.full(mentors, -1)
        if random.integers(0, 2):
            limits.append(GroupLimit(groups[0], groups[1], at_most=int(random.integers(1, 3))))
        else:
            groups = [np.maximum(one, -1) for one in groups]
            limits.append(GroupLimit(groups[0], groups[1], groups=2))
    apart = []
    for size in (mentors, mentees):
        marks = random.random((size, size)) < random.choice([0, 0, 0.2])
        apart.append((marks | marks.T) & ~np.eye(size, dtype=bool))
    allowed = random.random((mentors, mentees)) < 0.85
    scores = random.integers(0, random.choice([3, 1_000_000]), (mentors, mentees))
    return CircleProblem(
        scores, allowed, bounds, tuple(limits), apart[0], apart[1], random.permutation(mentors), (), trios
    )


def _keeps(groups: list[int], at_most: int | None, least: int) -> bool:
    anywhere, known = groups.count(-2), Counter(group for group in groups if group >= 0)
    if at_most is not None:
        return max(known.values(), default=0) + anywhere <= at_most
    return len(known) >= least


def _worth(problem: CircleProblem, team: Team, some: Team) -> tuple[int, ...] | None:
    if len(team) + len(some) > problem.bounds.people:
        return None
    if not all(problem.allowed[i, j] for i in team for j in some):
        return None
    if any(problem.mentors_apart[i, h] for i in team for h in team):
        return None
    if any(problem.mentees_apart[i, h] for i in some for h in some):
        return None
    for limit in problem.limits:
        groups = [int(limit.mentors[i]) for i in team] + [int(limit.mentees[j]) for j in some]
        if not _keeps(groups, limit.at_most, limit.groups):
            return None
    total = sum(int(problem.scores[i, j]) for i in team for j in some)
    people = len(team) + len(some)
    return people, -int(people == 3) if problem.counts_trios else 0, total


@pytest.mark.parametrize("seed", thinned(range(150), every=3))
def test_no_circles_are_better(seed: int) -> None:
    problem = _problem(seed)
    low, high = problem.bounds.mentors
    sizes = range(low, high + 1), range(problem.bounds.mentees[0], problem.bounds.mentees[1] + 1)
    people, trios, total = best_circles(
        problem.shape, sizes, lambda team, some: _worth(problem, team, some)
    ) or (0, 0, 0)
    found = solve_circles(problem, Watch())
    assert all(stage.proved for stage in found.stages.values())
    assert found.stages["people"].reached == people
    if problem.counts_trios:
        assert found.stages["trios"].reached == trios
    assert found.stages["total"].reached == total
    assert all(problem.permits(circle) for circle in found.circles)
