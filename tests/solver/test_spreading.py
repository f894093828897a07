"""The solver under demands on loads, against every choice there is: spread as even as can be, least loads kept."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reverse_match.foundation.progress import Watch
from reverse_match.solver.assignment.solve import solve
from reverse_match.solver.assignment.spreading import solve_with_demand
from reverse_match.solver.pairs.loads import LoadDemand
from reverse_match.solver.pairs.problem import Problem
from reverse_match.solver.pairs.source import NO_PAIR
from reverse_match.solver.pairs.table import ScoreTable
from reverse_match.solver.pairs.tiles import Tiling
from reverse_match.solver.tuning import Tuning

if TYPE_CHECKING:
    from collections.abc import Iterator

FULL = 1_000_000
MOST = 8


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Draw a small problem with loads, least loads and sides to spread."""
    rows, columns = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    unit = draw(st.sampled_from([1, 100_000]))
    cell = st.one_of(st.just(NO_PAIR), st.integers(0, 5).map(lambda score: score * unit))
    scores = np.array(
        draw(st.lists(cell, min_size=rows * columns, max_size=rows * columns)), dtype=np.int32
    ).reshape(rows, columns)
    sides: list[Any] = []
    for size in (rows, columns):
        capacity = draw(st.lists(st.integers(0, 3), min_size=size, max_size=size))
        already = draw(st.lists(st.sampled_from([0, 0, 1]), min_size=size, max_size=size))
        least = draw(st.lists(st.sampled_from([0, 0, 0, 1, 2]), min_size=size, max_size=size))
        most = np.array(capacity) + np.array(already)
        sides.append((np.array(capacity), np.array(already), np.minimum(least, most)))
    spread = draw(st.sampled_from([(True, False), (False, True), (True, True), (False, False)]))
    after = any(spread) and draw(st.booleans())
    most_first = draw(st.booleans()) if after or not any(spread) else True
    demand = LoadDemand(
        (sides[0][1], sides[1][1]), (sides[0][2], sides[1][2]), spread, after, most_worth=FULL
    )
    keys = [np.array(draw(st.permutations(range(size))), dtype=np.uint64) for size in (rows, columns)]
    return Problem(
        ScoreTable(scores), sides[0][0], sides[1][0], keys[0], keys[1], most_first=most_first, demand=demand
    )


def choices(problem: Problem) -> Iterator[tuple[list[tuple[int, int]], tuple[Any, ...], int, int]]:
    """Yield each choice that keeps the demands: its pairs, its rank, its total and its spread."""
    demand, (rows, columns) = problem.demand, problem.shape
    assert demand is not None
    everything = list(product(range(rows), range(columns)))
    ends = np.array(everything).T
    scores = dict(zip(everything, problem.at(ends[0], ends[1]).tolist(), strict=True))
    possible = [pair for pair in everything if scores[pair] != NO_PAIR]
    for marks in product((False, True), repeat=len(possible)):
        pairs = [pair for pair, chosen in zip(possible, marks, strict=True) if chosen]
        loads = [
            np.bincount([pair[side] for pair in pairs], minlength=problem.shape[side]) for side in (0, 1)
        ]
        if any((loads[side] > problem.capacities[side]).any() for side in (0, 1)):
            continue
        whole = [loads[side] + demand.already[side] for side in (0, 1)]
        if any((whole[side] < demand.least[side]).any() for side in (0, 1)):
            continue
        counted = [load for side in (0, 1) if demand.spread[side] for load in whole[side].tolist()]
        even = tuple(sum(load >= number for load in counted) for number in range(1, MOST))
        total = sum(scores[pair] for pair in pairs)
        stages: list[Any] = [len(pairs), total] if problem.most_first else [total, len(pairs)]
        stages.insert(2 if demand.after_total else 1, even)
        yield pairs, tuple(stages), total, sum(load * (load - 1) // 2 for load in counted)


@given(problems())
def test_no_choice_is_better(problem: Problem) -> None:
    demand, tiling = problem.demand, Tiling(threads=1)
    assert demand is not None
    plain = solve(Problem(problem.pairs, *problem.capacities, *problem.keys), tiling)
    found = solve_with_demand(problem, plain, tiling, Watch(), Tuning())
    known = list(choices(problem))
    if not known:
        assert found is None
        return
    assert found is not None
    best = max(rank for _, rank, _, _ in known)
    optima = [one for one in known if one[1] == best]
    pairs = list(zip(found.chosen.rows.tolist(), found.chosen.columns.tolist(), strict=True))
    assert pairs in [one[0] for one in optima]
    assert found.bound == optima[0][2] == int(found.chosen.scores.sum())
    assert found.has_equal_optima == (len(optima) > 1)
    if demand.spreads:
        assert found.spread is not None
        assert found.spread.bound == found.spread.reached == optima[0][3]


@pytest.mark.parametrize("spread", [(True, False), (True, True)])
def test_the_choice_does_not_depend_on_candidates_and_tiles(spread: tuple[bool, bool]) -> None:
    random = np.random.default_rng(3)
    rows, columns = 60, 90
    scores = ScoreTable(random.integers(0, 40, (rows, columns)).astype(np.int32) * 10_000)
    capacities = random.integers(1, 4, rows), np.ones(columns, dtype=np.int64)
    keys = tuple(random.integers(0, 2**60, size).astype(np.uint64) for size in (rows, columns))
    nobody = np.zeros(rows, dtype=np.int64), np.zeros(columns, dtype=np.int64)
    demand = LoadDemand(nobody, nobody, spread, after_total=False, most_worth=FULL)
    problem = Problem(scores, *capacities, keys[0], keys[1], demand=demand)
    few = Tuning(all_pairs=0, wanted=2, arcs_per_person=4)
    found = []
    for tuning, tiling in ((Tuning(), Tiling(threads=1)), (few, Tiling(threads=2, rows=16, columns=16))):
        plain = solve(problem, tiling, tuning=tuning)
        found.append(solve_with_demand(problem, plain, tiling, Watch(), tuning))
    one, other = found
    assert one is not None
    assert other is not None
    assert one.spread is not None
    assert other.spread is not None
    for name in ("rows", "columns"):
        assert (getattr(one.chosen, name) == getattr(other.chosen, name)).all()
        assert (getattr(one.prices, name) == getattr(other.prices, name)).all()
        assert (getattr(one.spread.prices, name) == getattr(other.spread.prices, name)).all()
    assert one.spread.reached == one.spread.bound == other.spread.bound
    assert one.bound == int(one.chosen.scores.sum()) == other.bound
    assert one.spread.weight == other.spread.weight
