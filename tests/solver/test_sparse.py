"""The sparse engine finds what the solver finds when it is given all pairs, to the last number."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reverse_match.foundation.progress import Progress, Watch
from reverse_match.solver.assignment.solve import Solution, Start, solve
from reverse_match.solver.pairs.problem import Problem
from reverse_match.solver.pairs.source import NO_PAIR
from reverse_match.solver.pairs.table import ChangedPairs, ScoreTable, rescore_pairs
from reverse_match.solver.pairs.tiles import Tiling
from reverse_match.solver.tuning import Tuning
from sources import Matrix

if TYPE_CHECKING:
    from reverse_match.solver.pairs.source import PairSource

DENSE = Tuning(all_pairs=10**9)
SPARSE = [
    Tuning(all_pairs=4),
    Tuning(all_pairs=4, wanted=1, near_per_person=0, few=0),
    Tuning(all_pairs=30, wanted=2, sample_share=2, arcs_per_person=1, few=2),
]


def problem(scores: Any, capacities: tuple[Any, Any], kept: bool = False) -> Problem:
    rows, columns = scores.shape
    keys = np.random.default_rng(5).integers(0, 2**63, size=rows + columns, dtype=np.uint64)
    source: Any = ScoreTable(scores.astype(np.int32)) if kept else Matrix(scores)
    return Problem(source, *(np.asarray(c, np.int64) for c in capacities), keys[:rows], keys[rows:])


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Draw problems with ties, forbidden pairs, capacities and lopsided sides, too large for brute force."""
    seed = draw(st.integers(0, 2**32 - 1))
    random = np.random.default_rng(seed)
    shape = draw(st.sampled_from([(12, 12), (25, 20), (3, 60), (60, 2), (1, 30), (40, 41)]))
    levels = draw(st.sampled_from([1, 2, 5, 1000, 10**6]))
    share = draw(st.sampled_from([1.0, 0.6, 0.15, 0.03]))
    structure = random.integers(0, levels, (shape[0], 1)) + random.integers(0, levels, (1, shape[1]))
    noise = random.integers(0, levels, shape)
    scores = np.where(draw(st.booleans()), noise, (structure + noise) // 3) * (10**6 // levels)
    scores = np.where(random.random(shape) < share, scores, NO_PAIR)
    sizes = draw(st.sampled_from([[1], [1, 2, 3], [0, 1], [0, 1, 1, 4]]))
    other = draw(st.sampled_from([[1], [1], [1, 2]]))
    return problem(
        scores, (random.choice(sizes, shape[0]), random.choice(other, shape[1])), kept=draw(st.booleans())
    )


def everything(solution: Solution) -> list[Any]:
    chosen, prices = solution.chosen, solution.prices
    arrays = [chosen.rows, chosen.columns, chosen.scores, prices.rows, prices.columns, *solution.vertex_cover]
    return [prices.cardinality_dual, solution.bounds, *(array.tolist() for array in arrays)]


def priced(solution: Solution, given_problem: Problem) -> list[Any]:
    """Leave out the prices of people without capacity, which mean nothing."""
    found = everything(solution)
    for place, capacity in ((5, given_problem.row_capacity), (6, given_problem.column_capacity)):
        for side in (place, place + 2):
            found[side] = [value for value, size in zip(found[side], capacity, strict=True) if size]
    return found


@pytest.mark.parametrize("tuning", SPARSE)
@given(given_problem=problems())
def test_sparse_and_dense_agree(tuning: Tuning, given_problem: Problem) -> None:
    dense = solve(given_problem, Tiling(threads=1), tuning=DENSE)
    sparse = solve(given_problem, Tiling(rows=7, columns=5, threads=1), tuning=tuning)
    assert dense.proved
    assert priced(sparse, given_problem) == priced(dense, given_problem)


@given(problems(), st.integers(0, 2**32 - 1))
def test_a_start_from_another_problem_changes_nothing(given_problem: Problem, seed: int) -> None:
    random = np.random.default_rng(seed)
    tuning, tiling = SPARSE[0], Tiling(threads=1)
    capacities = given_problem.capacities
    scores = given_problem.at(*np.indices(given_problem.shape).reshape(2, -1)).reshape(given_problem.shape)
    changed = np.where(random.random(scores.shape) < 0.1, NO_PAIR, scores)
    before = solve(given_problem, tiling, tuning=tuning)
    after = problem(changed, capacities)
    expected = priced(solve(after, tiling, tuning=DENSE), after)
    for same_scores in (True, False):
        start = Start(before.candidates, before.primal_dual, same_scores)
        assert priced(solve(after, tiling, start=start, tuning=tuning), after) == expected


@pytest.mark.long
@settings(max_examples=20 * settings().max_examples)
@given(problems(), st.integers(0, 2**32 - 1))
def test_looking_again_where_prices_are_lower_is_enough(given_problem: Problem, seed: int) -> None:
    """Through a chain of pairs forbidden and freed and capacities changed, against all pairs from nothing."""
    random = np.random.default_rng(seed)
    tiling, tuning = Tiling(rows=7, columns=5, threads=1), SPARSE[seed % 3]
    every = np.indices(given_problem.shape).reshape(2, -1)
    original = given_problem.pairs.at(*every).reshape(given_problem.shape)
    pairs: PairSource = ScoreTable(original.astype(np.int32))
    now = replace(given_problem, pairs=pairs)
    solution = solve(now, tiling, tuning=tuning)
    for _ in range(3):
        touched = np.unique(random.integers(0, original.size, 4))
        rows, columns = np.unravel_index(touched, original.shape)
        scores = np.where(random.random(len(rows)) < 0.5, NO_PAIR, original[rows, columns])
        changed = ChangedPairs(rows, columns, pairs.at(rows, columns) != NO_PAIR)
        pairs = rescore_pairs(pairs, rows, columns, scores)
        row_capacity = now.row_capacity.copy()
        row_capacity[random.integers(0, len(row_capacity))] = random.integers(0, 3)
        column_capacity = now.column_capacity.copy()
        column_capacity[random.integers(0, len(column_capacity))] = random.integers(0, 3)
        now = replace(now, pairs=pairs, row_capacity=row_capacity, column_capacity=column_capacity)
        snapshot = replace(solution.snapshot, changed=changed)
        start = Start(solution.candidates, solution.primal_dual, True, snapshot)
        solution = solve(now, tiling, start=start, tuning=tuning)
        fresh = replace(now, pairs=ScoreTable(pairs.at(*every).reshape(original.shape).astype(np.int32)))
        assert priced(solution, now) == priced(solve(fresh, tiling, tuning=DENSE), now)


FIRST_OF_LARGER = [((10, 5000), 3), ((300, 280), 1), ((300, 280), 10**6), ((700, 650), 3)]


@pytest.mark.parametrize(
    ("shape", "levels"),
    [
        pytest.param(shape, levels, marks=[] if (shape, levels) in FIRST_OF_LARGER else pytest.mark.long)
        for shape in ((10, 5000), (300, 280), (700, 650))
        for levels in (1, 3, 10**6)
    ],
)
def test_larger_cohorts_in_any_tiles_and_threads(shape: tuple[int, int], levels: int) -> None:
    random = np.random.default_rng(7)
    scores = random.integers(0, levels, shape) * (10**6 // levels)
    scores[random.random(shape) < 0.1] = NO_PAIR
    ones = np.ones(shape[0], np.int64), np.ones(shape[1], np.int64)
    found = [
        everything(solve(problem(scores, ones, kept=kept), tiling))
        for tiling, kept in (
            (Tiling(threads=1), True),
            (Tiling(threads=2), False),
            (Tiling(rows=50, columns=333, threads=2), True),
        )
    ]
    assert found[0] == found[1] == found[2]
    assert found[0][1].count == min(shape)


def test_time_is_over_after_one_round_with_an_honest_gap() -> None:
    random = np.random.default_rng(11)
    scores = random.integers(0, 10**6, (260, 250))
    ones = np.ones(260, np.int64), np.ones(250, np.int64)
    told: list[Progress] = []
    tuning = Tuning(all_pairs=100, wanted=2, near_per_person=0)
    hasty = solve(problem(scores, ones), Tiling(threads=1), Watch(told.append, time_limit=0), tuning=tuning)
    best = solve(problem(scores, ones), Tiling(threads=1))
    assert not hasty.proved
    assert len(hasty.chosen) == hasty.bounds.count == 250
    assert hasty.chosen.scores.sum() < best.chosen.scores.sum() <= hasty.bounds.total
    assert told[-1].gap == pytest.approx(1 - hasty.chosen.scores.sum() / hasty.bounds.total)
