"""The highest total, however many pairs it has; of these choices one with the most pairs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, linear_sum_assignment, milp
from test_sparse import DENSE, SPARSE, priced, problem, problems

from reverse_match.solver.assignment.candidates import all_arcs
from reverse_match.solver.assignment.network_flow import best_pairs
from reverse_match.solver.assignment.solve import Solution, Start, solve
from reverse_match.solver.assignment.tie_breaking import (
    break_ties,
    break_ties_by_pricing,
    has_equal_optima,
    has_equal_optima_by_pricing,
)
from reverse_match.solver.pairs.source import NO_PAIR
from reverse_match.solver.pairs.tiles import Tiling
from reverse_match.solver.tuning import Tuning
from sources import Matrix

if TYPE_CHECKING:
    from reverse_match.solver.pairs.problem import Problem


def shifted(given_problem: Problem, loss: int) -> Problem:
    """Lower every score, so that some pairs are worth less than nothing."""
    scores = given_problem.pairs.at(*np.indices(given_problem.shape).reshape(2, -1))
    scores = scores.reshape(given_problem.shape)
    lower = np.where(scores == NO_PAIR, NO_PAIR, scores - loss)
    return replace(given_problem, pairs=Matrix(lower), most_first=False)


def second_opinion(given_problem: Problem) -> tuple[int, int]:
    """Solve by HiGHS: the highest total first, then the most pairs."""
    scores = given_problem.pairs.scores  # type: ignore[attr-defined]
    allowed = np.argwhere(scores != NO_PAIR)
    if not len(allowed):
        return 0, 0
    value = scores[tuple(allowed.T)].astype(float)
    incidence = np.vstack(
        [allowed[:, 0] == row for row in range(scores.shape[0])]
        + [allowed[:, 1] == column for column in range(scores.shape[1])]
    ).astype(float)
    fits = LinearConstraint(incidence, -np.inf, np.concatenate(given_problem.capacities))
    whole, box = np.ones(len(value)), Bounds(0, 1)
    exact = {"mip_rel_gap": 0.0}
    total = round(-milp(-value, constraints=fits, bounds=box, integrality=whole, options=exact).fun)
    enough = LinearConstraint(value[None, :], total - 0.5, np.inf)
    most = milp(-whole, constraints=[fits, enough], bounds=box, integrality=whole, options=exact)
    return round(-most.fun), total


def reached(solution: Solution) -> tuple[int, int]:
    return len(solution.chosen), int(solution.chosen.scores.sum())


@st.composite
def small(draw: st.DrawFn) -> Problem:
    shape = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    values = draw(st.sampled_from([[NO_PAIR, 0, 1, -1], [NO_PAIR, -2, 0, 1, 2, 3, 500_000], [7], [-7, 0]]))
    cells = draw(
        st.lists(st.sampled_from(values), min_size=shape[0] * shape[1], max_size=shape[0] * shape[1])
    )
    sizes = [draw(st.lists(st.sampled_from([1, 1, 2, 0]), min_size=size, max_size=size)) for size in shape]
    made = problem(np.array(cells).reshape(shape), (sizes[0], sizes[1]))
    return replace(made, most_first=False)


@given(small())
def test_the_total_is_the_highest_and_proved(given_problem: Problem) -> None:
    solution = solve(given_problem, Tiling(threads=1))
    assert reached(solution) == second_opinion(given_problem)
    assert solution.proved
    assert solution.prices.cardinality_dual == 0


@pytest.mark.parametrize("tuning", SPARSE)
@given(given_problem=problems(), loss=st.sampled_from([0, 200_000, 700_000]))
def test_sparse_and_dense_agree(tuning: Tuning, given_problem: Problem, loss: int) -> None:
    given_problem = shifted(given_problem, loss)
    dense = solve(given_problem, Tiling(threads=1), tuning=DENSE)
    sparse = solve(given_problem, Tiling(rows=7, columns=5, threads=1), tuning=tuning)
    assert dense.proved
    assert dense.prices.cardinality_dual == 0
    assert priced(sparse, given_problem) == priced(dense, given_problem)


@given(problems(), st.integers(0, 2**32 - 1))
def test_a_start_changes_nothing(given_problem: Problem, seed: int) -> None:
    given_problem = shifted(given_problem, 300_000)
    random = np.random.default_rng(seed)
    scores = given_problem.pairs.scores  # type: ignore[attr-defined]
    changed = np.where(random.random(scores.shape) < 0.1, NO_PAIR, scores)
    before = solve(given_problem, Tiling(threads=1), tuning=SPARSE[0])
    after = replace(given_problem, pairs=Matrix(changed))
    expected = solve(after, Tiling(threads=1), tuning=DENSE).chosen.scores.sum()
    for same_scores in (True, False):
        start = Start(before.candidates, before.primal_dual, same_scores)
        found = solve(after, Tiling(threads=1), start=start, tuning=SPARSE[0])
        assert found.proved
        assert found.chosen.scores.sum() == expected


def test_a_larger_one_against_scipy() -> None:
    random = np.random.default_rng(3)
    scores: Any = random.integers(-800_000, 400_000, (260, 240))
    scores[:, ::12] = -1
    ones = np.ones(260, np.int64), np.ones(240, np.int64)
    solution = solve(replace(problem(scores, ones), most_first=False), Tiling(threads=2))
    gains = np.maximum(scores, 0)
    assert solution.proved
    assert solution.chosen.scores.sum() == gains[linear_sum_assignment(gains, maximize=True)].sum()
    assert len(solution.chosen) < 240


@given(given_problem=problems(), loss=st.sampled_from([0, 200_000, 500_000]))
def test_the_lottery_draws_the_same_where_ties_are_too_many_to_list(
    given_problem: Problem, loss: int
) -> None:
    given_problem = shifted(given_problem, loss)
    solution = solve(given_problem, Tiling(threads=1), tuning=DENSE)
    prices, everything = solution.prices, all_arcs(given_problem, Tiling(threads=1))
    tight = everything.where(prices.reduced_profits(everything) == 0)
    any_choice = best_pairs(everything, given_problem.capacities, everybody(given_problem), None)
    found = everything.where(any_choice)
    few = Tuning(arcs_per_person=1)
    listed = break_ties(found, tight, prices, given_problem)
    implicit = break_ties_by_pricing(
        found, None, prices, given_problem, Tiling(rows=7, columns=5, threads=1), few
    )
    assert len(listed) == len(implicit)
    assert listed.among(implicit).all()
    expected = has_equal_optima(listed, tight, prices, given_problem)
    likely = tight.at(np.arange(0, len(tight), 2))  # where the search begins changes nothing
    begun = break_ties_by_pricing(found, None, prices, given_problem, Tiling(threads=1), few, likely=likely)
    assert begun.among(listed).all()
    assert len(begun) == len(listed)
    for some in (None, likely, tight.at(np.arange(0))):
        assert expected == has_equal_optima_by_pricing(
            listed, prices, given_problem, Tiling(threads=1), few, likely=some
        )
    assert solution.has_equal_optima == expected


def everybody(given_problem: Problem) -> tuple[Any, Any]:
    return np.ones(given_problem.shape[0], dtype=bool), np.ones(given_problem.shape[1], dtype=bool)


def test_pairs_worth_nothing_are_chosen_though_too_many_to_list() -> None:
    scores: Any = np.zeros((60, 60), dtype=np.int64)
    scores[0, 0], scores[0, 1], scores[1, 0], scores[1:, 1:] = 900_000, 100_000, 100_000, 0
    scores[5, :], scores[:, 5] = NO_PAIR, NO_PAIR
    ones = np.ones(60, np.int64), np.ones(60, np.int64)
    for tuning in (DENSE, Tuning(all_pairs=4, arcs_per_person=1)):
        solution = solve(replace(problem(scores, ones), most_first=False), Tiling(threads=1), tuning=tuning)
        assert reached(solution) == (59, 900_000)
        assert solution.has_equal_optima
