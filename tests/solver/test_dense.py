"""A small problem solved as one table, against the same problem solved with OR-Tools."""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
import scipy.optimize

from reverse_match.foundation.errors import SolverError
from reverse_match.foundation.progress import Watch
from reverse_match.solver.assignment.dense import LARGEST_COST, _Asked, is_worth_loading, solve_table
from reverse_match.solver.assignment.solve import solve
from reverse_match.solver.pairs.problem import Problem
from reverse_match.solver.pairs.source import NO_PAIR
from reverse_match.solver.pairs.table import ScoreTable
from reverse_match.solver.pairs.tiles import Tiling
from reverse_match.solver.tuning import Tuning

if TYPE_CHECKING:
    from typing import Any

TILING = Tiling(threads=1)
AS_TABLE, BY_FLOW = Tuning(table_pairs=1, table_after=0), Tuning(table_pairs=10**9)


def drawn(seed: int) -> Problem:
    """Draw a problem of either shape, with many ties or few, forbidden pairs, and people who sit out."""
    draw = np.random.default_rng([18, seed])
    shape = tuple(draw.integers(1, 14, 2).tolist())
    scores = draw.integers(0, draw.choice([2, 5, 1_000]), shape).astype(np.int32)
    scores[draw.random(shape) < draw.choice([0, 0.3, 0.8, 0.95])] = NO_PAIR
    capacities = [(draw.random(size) >= draw.choice([0, 0.2])).astype(np.int64) for size in shape]
    keys = [draw.integers(0, 2**63, size, dtype=np.int64).astype(np.uint64) for size in shape]
    return Problem(ScoreTable(scores, int((scores != NO_PAIR).sum())), *capacities, *keys)


@pytest.mark.parametrize("seed", range(80))
def test_a_table_and_flows_agree_on_everything(seed: int) -> None:
    problem = drawn(seed)
    one, other = (solve(problem, TILING, tuning=tuning) for tuning in (AS_TABLE, BY_FLOW))
    for mine, theirs in ((one.chosen, other.chosen), (one.candidates, other.candidates)):
        for column in ("rows", "columns", "scores"):
            assert np.array_equal(getattr(mine, column), getattr(theirs, column))
    assert one.bounds == other.bounds
    assert one.has_equal_optima == other.has_equal_optima
    assert one.prices.cardinality_dual == other.prices.cardinality_dual
    for side in (0, 1):
        assert np.array_equal(one.vertex_cover[side], other.vertex_cover[side])
    assert np.array_equal(one.prices.rows, other.prices.rows)
    assert np.array_equal(one.prices.columns, other.prices.columns)


def test_what_is_not_for_a_table() -> None:
    problem = drawn(1)
    assert solve_table(problem, 3) is not None
    assert solve_table(replace(problem, most_first=False), 3) is None
    assert solve_table(replace(problem, row_capacity=problem.row_capacity * 2), 3) is None
    nothing = np.full(problem.shape, NO_PAIR, dtype=np.int32)
    assert solve_table(replace(problem, pairs=ScoreTable(nothing)), 3) is None
    wide = np.zeros((2_000, 2_000), dtype=np.int32)  # so wide that doubles could not hold all sums
    wide[0, 0], wide[1, 1] = 2**30 - 1, NO_PAIR
    ones, keys = np.ones(2_000, np.int64), np.zeros(2_000, np.uint64)
    assert LARGEST_COST < 2**30 * 2_001
    assert solve_table(Problem(ScoreTable(wide), ones, ones, keys, keys), 3) is None


def test_scipy_is_loaded_for_twenty_large_problems_or_hundreds_of_small_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(sys.modules, "scipy.optimize")
    for pairs, problems in ((90_000, 20), (5_000, 20), (15 * 15, 444)):
        monkeypatch.setattr(_Asked, "pairs", 0)
        said = [is_worth_loading(pairs, Tuning().table_after) for _ in range(problems + 1)]
        assert said == [*[False] * problems, True]
    monkeypatch.setattr(_Asked, "pairs", 0)
    monkeypatch.setitem(sys.modules, "scipy.optimize", scipy.optimize)
    assert is_worth_loading(1, Tuning().table_after)
    assert _Asked.pairs == 0


def test_more_pairs_near_their_prices_than_pricing_lists() -> None:
    for seed in range(40):
        problem = drawn(seed)
        one, other = (
            solve(problem, TILING, tuning=replace(tuning, arcs_per_person=1))
            for tuning in (AS_TABLE, BY_FLOW)
        )
        assert one.chosen.among(other.chosen).all()
        assert len(one.chosen) == len(other.chosen)
        assert (one.bounds, one.has_equal_optima) == (other.bounds, other.has_equal_optima)
        assert one.chosen.among(one.candidates).all()


def test_hundreds_on_a_side_are_one_table_unless_asked_otherwise() -> None:
    draw = np.random.default_rng(300)
    scores = ScoreTable(draw.integers(1, 101, (300, 290)).astype(np.int32), 87_000)
    keys = [draw.integers(0, 2**63, size, dtype=np.int64).astype(np.uint64) for size in scores.shape]
    problem = Problem(scores, *(np.ones(size, np.int64) for size in scores.shape), keys[0], keys[1])
    watches = Watch(), Watch()
    found = [
        solve(problem, TILING, watch, tuning=one)
        for watch, one in zip(watches, (None, Tuning()), strict=True)
    ]
    assert (watches[0].state.rounds, watches[0].state.arcs) == (1, 87_000)
    assert watches[1].state.rounds > 1
    assert np.array_equal(found[0].chosen.columns, found[1].chosen.columns)
    assert np.array_equal(found[0].prices.columns, found[1].prices.columns)


@pytest.mark.parametrize("fault", ["worse", "doubled", "missing", "beyond", "raised"])
def test_a_wrong_result_of_scipy_is_refused(monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    scores = ScoreTable(np.array([[9, 1, 1], [1, 9, 1], [1, 1, 9]], dtype=np.int32), 9)
    ones, keys = np.ones(3, np.int64), np.arange(3, dtype=np.uint64)

    def lying(*_: Any) -> tuple[Any, Any]:
        if fault == "raised":
            message = "no full matching exists"
            raise ValueError(message)
        rows = np.arange(2 if fault == "missing" else 3)
        wrong = {"doubled": np.array([0, 0, 2]), "beyond": np.array([0, 1, 3])}
        return rows, wrong.get(fault, (rows + 1) % 3)

    monkeypatch.setattr(scipy.optimize, "linear_sum_assignment", lying)
    with pytest.raises(SolverError):
        solve(Problem(scores, ones, ones, keys, keys), TILING, tuning=AS_TABLE)


def test_a_choice_with_fewer_pairs_than_possible_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    scores = ScoreTable(np.array([[5, 5], [NO_PAIR, 5]], dtype=np.int32), 3)
    ones, keys = np.ones(2, np.int64), np.arange(2, dtype=np.uint64)
    monkeypatch.setattr(
        scipy.optimize,
        "linear_sum_assignment",
        lambda *_: (np.array([0, 1]), np.array([1, 0])),
    )
    with pytest.raises(SolverError):
        solve(Problem(scores, ones, ones, keys, keys), TILING, tuning=AS_TABLE)


def test_few_partners_for_many_take_no_longer() -> None:
    """Where three may only have the same two, prices rise by small steps up to the cost of an impossible pair."""
    size = 120
    scores = np.full((size, size), NO_PAIR, dtype=np.int32)
    for begin in range(0, size - 2, 3):
        scores[begin : begin + 3, begin : begin + 2] = 900_000 + np.arange(6).reshape(3, 2)
    ones, keys = np.ones(size, np.int64), np.arange(size, dtype=np.uint64)
    problem = Problem(ScoreTable(scores, 1_000_000), ones, ones, keys, keys)
    begin_time = time.process_time()
    table = solve(problem, TILING, tuning=AS_TABLE)
    assert time.process_time() - begin_time < 5, "hundredths of a second; it took a minute"
    assert table.chosen.columns.tolist() == solve(problem, TILING, tuning=BY_FLOW).chosen.columns.tolist()
