"""Bounds where two people meet only once, whoever teaches: against every choice there is."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_sparse import problem

import reverse_match as rm
from faulty_highs import LINEAR, install
from reverse_match.solver.objectives import solve_for
from reverse_match.solver.pairs.source import NO_PAIR
from reverse_match.solver.pairs.tiles import Tiling
from reverse_match.solver.rounds.meet_once import NOBODY, Reverse, meet_once, once_bounds, tighten_bounds
from reverse_match.solver.side_constraints.lagrangian_bound import Infeasible
from reverse_match.solver.what_if.resolve import NO_PLACES, SolvedProblem

TILING = Tiling(rows=2, columns=3, threads=1)


def made(random: np.random.Generator, people: int, only_mentors: int) -> tuple[Any, Reverse]:
    """Make a problem of people who are both, of whom the last only teach."""
    scores = random.integers(0, [3, 10**6][int(random.integers(2))], (people, people - only_mentors))
    scores = np.where(np.eye(*scores.shape, dtype=bool), NO_PAIR, scores)
    sizes = random.integers(1, 3, people)
    column_of = np.where(np.arange(people) < scores.shape[1], np.arange(people), NOBODY)
    return problem(scores, (sizes, sizes[: scores.shape[1]])), Reverse(column_of, np.arange(scores.shape[1]))


def best(given_problem: Any) -> tuple[dict[int, int], int]:
    """Return the highest total of each number of pairs."""
    scores = given_problem.pairs.scores
    pairs = [(int(a), int(b)) for a, b in np.argwhere(scores != NO_PAIR)]
    highest = {0: 0}
    for size in range(1, len(pairs) + 1):
        for some in combinations(pairs, size):
            chosen = set(some)
            if any((b, a) in chosen for a, b in some):
                continue
            loads = [np.bincount(ends, minlength=6) for ends in zip(*some, strict=True)]
            if all(
                (load[: len(capacity)] <= capacity).all()
                for load, capacity in zip(loads, given_problem.capacities, strict=True)
            ):
                total = sum(int(scores[pair]) for pair in some)
                highest[size] = max(total, highest.get(size, -1))
    return highest, max(highest)


@given(st.integers(0, 2**32 - 1), st.integers(2, 4), st.booleans())
def test_bounds_hold_and_are_never_weaker(seed: int, people: int, most_first: bool) -> None:
    check_bounds(seed, people, most_first)


@pytest.mark.parametrize("fault", LINEAR)
@pytest.mark.parametrize("most_first", [False, True])
def test_bounds_hold_whatever_highs_returns(
    fault: str, most_first: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(monkeypatch, "linprog", fault)
    for seed in range(3):
        check_bounds(seed, 2 + seed, most_first)


def check_bounds(seed: int, people: int, most_first: bool) -> None:
    random = np.random.default_rng(seed)
    given_problem, reverse = made(random, people, int(random.integers(0, people - 1)))
    objective: Any = "coverage" if most_first else "total"
    optimum = solve_for(objective, given_problem, TILING)
    assert not isinstance(optimum, Infeasible)
    once = meet_once(SolvedProblem(objective, given_problem, [], TILING, optimum), reverse, NO_PLACES)
    assert not isinstance(once, Infeasible)
    solution, asked = once.optimum.solution, replace(given_problem, most_first=most_first)
    before = once_bounds(given_problem, solution, reverse, TILING)
    after = tighten_bounds(asked, solution, reverse, TILING).bounds
    highest, most = best(given_problem)
    assert most <= after.count <= before.count
    count = len(solution.chosen)
    assert (highest.get(count, 0) if most_first else max(highest.values())) <= after.total <= before.total


@pytest.mark.parametrize("objective", ["coverage", "total", {"kind": "fair", "alpha": 1}])
@pytest.mark.parametrize("people", [2, 3, 4, 6])
def test_one_round_of_people_who_are_both_is_proved(objective: Any, people: int) -> None:
    """Two people form one duo; more stand in a circle."""
    cohort = rm.Cohort.from_records(
        [{"id": f"p{place}", "role": "both", "goals": "x", "age": 30 + place} for place in range(people)]
    )
    policy = rm.Policy.model_validate({"objective": objective})
    plan = rm.plan_rotations(cohort, policy, rounds=1)
    assert len(plan.rounds[0].duos) == (1 if people == 2 else people)
    assert plan.certificate.gap == 0
    rm.verify_plan(plan, cohort, policy)
