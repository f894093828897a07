from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, linear_sum_assignment, milp

import reverse_match.solver.assignment.tie_breaking as tie_breaking
from reverse_match.foundation.errors import SolverError
from reverse_match.solver.assignment.candidates import all_arcs
from reverse_match.solver.assignment.certificate import bounds, tightest
from reverse_match.solver.assignment.dual_values import DualValues, recover_prices
from reverse_match.solver.assignment.network_flow import best_pairs, most_pairs
from reverse_match.solver.assignment.pricing import price_all_pairs
from reverse_match.solver.assignment.solve import Solution, Start
from reverse_match.solver.assignment.solve import solve as solve_in_tiles
from reverse_match.solver.assignment.tie_breaking import (
    break_ties,
    break_ties_by_pricing,
    has_equal_optima,
    is_unique,
)
from reverse_match.solver.pairs.problem import Arcs, Problem, pair_tickets
from reverse_match.solver.pairs.source import NO_PAIR
from reverse_match.solver.pairs.table import ScoreTable
from reverse_match.solver.pairs.tiles import Tiling
from reverse_match.solver.tuning import Tuning
from sources import Matrix

TILING = Tiling(rows=4, columns=3, threads=1)


def solve(given_problem: Problem, **options: Any) -> Solution:
    return solve_in_tiles(given_problem, options.pop("tiling", TILING), **options)


def problem(scores: Any, row_capacity: Any = None, column_capacity: Any = None) -> Problem:
    rows, columns = scores.shape
    keys = np.random.default_rng(5).integers(0, 2**63, size=rows + columns, dtype=np.uint64)
    return Problem(
        Matrix(scores),
        np.ones(rows, np.int64) if row_capacity is None else np.asarray(row_capacity, np.int64),
        np.ones(columns, np.int64) if column_capacity is None else np.asarray(column_capacity, np.int64),
        keys[:rows],
        keys[rows:],
    )


@st.composite
def problems(draw: st.DrawFn, most: int = 6, capacities: bool = True) -> Problem:
    shape = draw(st.integers(1, most)), draw(st.integers(1, most))
    values = draw(
        st.sampled_from([[NO_PAIR, 0, 1], [NO_PAIR, 0, 1, 2, 3, 500_000, 1_000_000], [7], [NO_PAIR]])
    )
    cells = draw(
        st.lists(st.sampled_from(values), min_size=shape[0] * shape[1], max_size=shape[0] * shape[1])
    )
    size = st.sampled_from([1, 1, 2, 3, 0] if capacities else [1])
    return problem(
        np.array(cells).reshape(shape),
        draw(st.lists(size, min_size=shape[0], max_size=shape[0])),
        draw(st.lists(size, min_size=shape[1], max_size=shape[1])),
    )


def second_opinion(given_problem: Problem) -> tuple[int, int]:
    """Solve by HiGHS: the most pairs first, then the highest total of as many."""
    scores = given_problem.pairs.scores  # type: ignore[attr-defined]
    allowed = np.argwhere(scores != NO_PAIR)
    if not len(allowed):
        return 0, 0
    value = scores[tuple(allowed.T)].astype(float)
    incidence = np.vstack(
        [allowed[:, 0] == row for row in range(scores.shape[0])]
        + [allowed[:, 1] == column for column in range(scores.shape[1])]
    ).astype(float)
    limits = np.concatenate([given_problem.row_capacity, given_problem.column_capacity])
    fits = LinearConstraint(incidence, -np.inf, limits)
    box = Bounds(0, 1)
    whole = np.ones(len(value))
    count = round(-milp(-whole, constraints=fits, bounds=box, integrality=whole).fun)
    enough = LinearConstraint(whole[None, :], count, np.inf)
    return count, round(-milp(-value, constraints=[fits, enough], bounds=box, integrality=whole).fun)


def pairs_of(arcs: Arcs) -> list[tuple[int, int, int]]:
    return list(zip(arcs.rows.tolist(), arcs.columns.tolist(), arcs.scores.tolist(), strict=True))


def reached(solution: Solution) -> tuple[int, int]:
    return len(solution.chosen), int(solution.chosen.scores.sum())


@given(problems())
def test_the_solution_is_the_best_and_its_bounds_are_tight(given_problem: Problem) -> None:
    solution = solve(given_problem)
    assert reached(solution) == second_opinion(given_problem)
    assert (solution.bounds.count, solution.bounds.total) == reached(solution)


@given(problems())
def test_the_solution_respects_capacities_and_forbidden_pairs(given_problem: Problem) -> None:
    solution = solve(given_problem)
    rows, columns = given_problem.pairs.shape
    assert (np.bincount(solution.chosen.rows, minlength=rows) <= given_problem.row_capacity).all()
    assert (np.bincount(solution.chosen.columns, minlength=columns) <= given_problem.column_capacity).all()
    assert len(set(zip(solution.chosen.rows.tolist(), solution.chosen.columns.tolist(), strict=True))) == len(
        solution.chosen
    )
    scores = given_problem.pairs.scores  # type: ignore[attr-defined]
    assert (scores[solution.chosen.rows, solution.chosen.columns] == solution.chosen.scores).all()
    assert (solution.chosen.scores >= 0).all()


@given(problems(), st.integers(0, 3), st.integers(-3, 3))
def test_whatever_the_prices_the_bounds_hold(given_problem: Problem, shift: int, tilt: int) -> None:
    solution = solve(given_problem)
    rows = np.maximum(solution.prices.rows + tilt, 0)
    columns = np.maximum(solution.prices.columns - tilt, 0)
    wrong = DualValues(rows, columns, solution.prices.cardinality_dual + shift)
    vertex_cover = (solution.vertex_cover[0], ~solution.vertex_cover[1])
    pricing = price_all_pairs(given_problem, wrong, vertex_cover, TILING, most=10**6)
    loose = bounds(given_problem, wrong, vertex_cover, len(solution.chosen), pricing)
    assert loose.count >= len(solution.chosen)
    assert loose.total >= solution.chosen.scores.sum()
    _, tight = tightest(given_problem, wrong, vertex_cover, len(solution.chosen), pricing)
    assert loose.total >= tight.total >= solution.chosen.scores.sum()


def lottery_free_choice(given_problem: Problem, noise: Any) -> tuple[Arcs, Any]:
    """Return some best choice, which noise below one unit of score decides."""
    arcs = all_arcs(given_problem, TILING)
    capacities = given_problem.row_capacity, given_problem.column_capacity
    count, _, _ = most_pairs(arcs, *capacities)
    everybody = tuple(np.ones(len(capacity), dtype=bool) for capacity in capacities)
    disturbed = Arcs(arcs.rows, arcs.columns, arcs.scores * 1000 + noise[: len(arcs)])
    return arcs, best_pairs(disturbed, capacities, everybody, count)  # type: ignore[arg-type]


@given(problems(), st.integers(0, 2**32))
def test_prices_and_drawn_choice_do_not_depend_on_which_best_choice_was_found(
    given_problem: Problem, seed: int
) -> None:
    noise = np.random.default_rng(seed).integers(0, 10, size=100)
    arcs, one = lottery_free_choice(given_problem, noise)
    _, other = lottery_free_choice(given_problem, 9 - noise)
    capacities = given_problem.row_capacity, given_problem.column_capacity
    prices = recover_prices(arcs, one, capacities)
    other_prices = recover_prices(arcs, other, capacities)
    assert prices.cardinality_dual == other_prices.cardinality_dual
    assert (prices.rows == other_prices.rows).all()
    assert (prices.columns == other_prices.columns).all()
    tight = arcs.where(prices.reduced_profits(arcs) == 0)
    here = break_ties(arcs.where(one), tight, prices, given_problem)
    there = break_ties(arcs.where(other), tight, prices, given_problem)
    assert pairs_of(here) == pairs_of(there)
    implicit = break_ties_by_pricing(
        arcs.where(other), None, prices, given_problem, TILING, Tuning(arcs_per_person=1)
    )
    assert pairs_of(here) == pairs_of(implicit)


@given(problems(), st.integers(0, 2**32))
def test_pairs_that_no_exchange_can_change_need_no_lot(given_problem: Problem, seed: int) -> None:
    noise = np.random.default_rng(seed).integers(0, 10, size=100)
    arcs, marks = lottery_free_choice(given_problem, noise)
    prices = recover_prices(arcs, marks, given_problem.capacities)
    tight, chosen = arcs.where(prices.reduced_profits(arcs) == 0), arcs.where(marks)
    drawn = break_ties(chosen, tight, prices, given_problem)
    equals = has_equal_optima(drawn, tight, prices, given_problem)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tie_breaking, "NARROWED_FROM", 0)
        assert pairs_of(break_ties(chosen, tight, prices, given_problem)) == pairs_of(drawn)
        assert has_equal_optima(drawn, tight, prices, given_problem) == equals


def best_choices(given_problem: Problem, count: int, total: int) -> list[tuple[int, ...]]:
    """Return every choice of so many pairs with this total, by looking at all choices."""
    arcs = all_arcs(given_problem, TILING)
    choices = combinations(range(len(arcs)), count)
    return [
        places
        for places in choices
        if int(arcs.scores[list(places)].sum()) == total
        and arcs.at(np.array(places, dtype=np.int64)).fits(given_problem.capacities)
    ]


@given(st.one_of(problems(most=3), problems(most=4, capacities=False)))
def test_an_optimum_is_called_unique_only_if_no_other_choice_is_as_good(given_problem: Problem) -> None:
    solution, everything = solve(given_problem), all_arcs(given_problem, TILING)
    best = best_choices(given_problem, *reached(solution))
    assert solution.has_equal_optima == (len(best) > 1)
    tight = everything.where(solution.prices.reduced_profits(everything) == 0)
    seen = is_unique(solution.chosen, tight, solution.prices, given_problem)
    assert seen is None or seen == (len(best) == 1)
    if max(map(int, given_problem.capacities[0])) <= 1 and max(map(int, given_problem.capacities[1])) <= 1:
        assert seen is not None


def test_a_long_exchange_is_left_to_the_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    scores: Any = np.full((9, 9), NO_PAIR)
    scores[range(9), range(9)], scores[range(8), range(1, 9)] = 5, 5
    monkeypatch.setattr(tie_breaking, "MOST_PASSES", 2)
    one_way = solve(problem(scores))
    assert (reached(one_way), one_way.has_equal_optima) == ((9, 45), False)
    scores[8, 0] = 5
    round_trip = solve(problem(scores))
    assert (reached(round_trip), round_trip.has_equal_optima) == ((9, 45), True)


@given(problems(), st.randoms())
def test_relabelling_rows_and_columns_relabels_the_solution(given_problem: Problem, random: Any) -> None:
    rows, columns = (random.sample(range(size), size) for size in given_problem.pairs.shape)
    scores = given_problem.pairs.scores  # type: ignore[attr-defined]
    moved = Problem(
        Matrix(scores[np.ix_(rows, columns)]),
        given_problem.row_capacity[rows],
        given_problem.column_capacity[columns],
        given_problem.row_keys[rows],
        given_problem.column_keys[columns],
    )
    here, there = solve(given_problem), solve(moved)
    back = sorted(
        (rows[row], columns[column])
        for row, column in zip(there.chosen.rows, there.chosen.columns, strict=True)
    )
    assert back == list(zip(here.chosen.rows.tolist(), here.chosen.columns.tolist(), strict=True))


@given(problems(), st.integers(2, 50))
def test_scaling_scores_scales_total_and_prices(given_problem: Problem, factor: int) -> None:
    scores = given_problem.pairs.scores // 50  # type: ignore[attr-defined]
    scores = np.where(given_problem.pairs.scores == NO_PAIR, NO_PAIR, scores)  # type: ignore[attr-defined]
    capacities = given_problem.row_capacity, given_problem.column_capacity
    small = solve(problem(scores, *capacities))
    large = solve(problem(np.where(scores == NO_PAIR, NO_PAIR, scores * factor), *capacities))
    assert large.bounds.total == factor * small.bounds.total
    assert (large.prices.rows == factor * small.prices.rows).all()


@given(problems(capacities=False))
def test_forbidding_a_pair_never_helps(given_problem: Problem) -> None:
    before = solve(given_problem)
    scores = given_problem.pairs.scores.copy()  # type: ignore[attr-defined]
    if len(before.chosen):
        scores[before.chosen.rows[0], before.chosen.columns[0]] = NO_PAIR
    assert reached(solve(problem(scores))) <= reached(before)


@pytest.mark.parametrize(
    ("shape", "share", "ties"),
    [
        ((60, 60), 1.0, 10**6),
        ((40, 90), 0.1, 10**6),
        ((90, 40), 0.3, 3),
        ((120, 100), 0.02, 50),
        ((50, 50), 1.0, 1),
    ],
)
def test_larger_problems_against_scipy(shape: tuple[int, int], share: float, ties: int) -> None:
    random = np.random.default_rng(17)
    scores = random.integers(0, ties, shape) * (10**6 // ties)
    scores[random.random(shape) > share] = NO_PAIR
    reward = 10**6 * (max(shape) + 1)
    value = np.where(scores == NO_PAIR, 0, scores + reward)
    best = int(value[linear_sum_assignment(value, maximize=True)].sum())
    count, total = reached(solve(problem(scores)))
    assert count * reward + total == best


def test_row_capacities_against_scipy_on_the_expanded_matrix() -> None:
    random = np.random.default_rng(3)
    scores = random.integers(0, 10**6, (40, 70))
    capacity = random.integers(0, 4, 40)
    expanded = np.repeat(scores, capacity, axis=0)
    best = int(expanded[linear_sum_assignment(expanded, maximize=True)].sum())
    count, total = reached(solve(problem(scores, capacity)))
    assert (count, total) == (min(70, capacity.sum()), best)


@pytest.mark.long
def test_a_thousand_a_side_with_many_ties_against_scipy() -> None:
    random = np.random.default_rng(23)
    scores = (random.integers(0, 5, (1195, 40)) @ random.integers(0, 3, (40, 805))) * 4000
    best = int(scores[linear_sum_assignment(scores, maximize=True)].sum())
    solution = solve(problem(scores))
    assert reached(solution) == (805, best)
    assert solution.bounds.total == best


@given(problems())
def test_pairs_worth_just_their_prices_need_not_be_listed(given_problem: Problem) -> None:
    listed = solve(given_problem, tie_breaking=False)
    found = solve(given_problem, tie_breaking=False, lists_equals=False)
    assert found.bounds == listed.bounds
    assert found.prices.cardinality_dual == listed.prices.cardinality_dual
    assert (found.prices.rows == listed.prices.rows).all()
    assert (found.prices.columns == listed.prices.columns).all()


def test_where_all_pairs_are_equal_none_is_listed() -> None:
    equal = problem(np.full((300, 300), 7))
    found = solve(equal, tie_breaking=False, lists_equals=False)
    assert found.proved
    assert found.snapshot.pricing.complete
    assert not len(found.snapshot.pricing.found)


@given(problems(most=7), st.integers(0, 6), st.integers(0, 6), st.booleans())
def test_a_start_of_other_people_changes_no_solution(
    given_problem: Problem, row: int, column: int, near_scores: bool
) -> None:
    """Somebody leaves a problem, or comes back to it, on each side."""
    stay = [
        np.flatnonzero(np.arange(n) != one) for n, one in zip(given_problem.shape, (row, column), strict=True)
    ]
    if not (len(stay[0]) and len(stay[1])):
        return
    fewer = given_problem.part(stay[0], stay[1])
    gone = [np.full(size, -1) for size in given_problem.shape]
    for places, here in zip(gone, stay, strict=True):
        places[here] = np.arange(len(here))
    for before, after, places in ((given_problem, fewer, gone), (fewer, given_problem, stay)):
        known = solve(before)
        start = Start(known.candidates, known.primal_dual, same_scores=False)
        start = start.of_others(after, (places[0], places[1]), near_scores=near_scores)
        alone, found = solve(after), solve(after, start=start)
        assert found.chosen.rows.tolist() == alone.chosen.rows.tolist()
        assert found.chosen.columns.tolist() == alone.chosen.columns.tolist()
        assert found.bounds == alone.bounds
        assert found.prices.columns.tolist() == alone.prices.columns.tolist()


def test_a_choice_that_is_not_the_best_has_no_prices() -> None:
    arcs = all_arcs(problem(np.array([[5, 1], [1, 5]])), TILING)
    one = np.ones(2, np.int64)
    with pytest.raises(SolverError, match="in a circle"):
        recover_prices(arcs, np.array([False, True, True, False]), (one, one))
    wide = all_arcs(problem(np.array([[5, 9]])), TILING)
    with pytest.raises(SolverError, match="would improve it"):
        recover_prices(wide, np.array([True, False]), (np.ones(1, np.int64), one))


def test_more_duos_come_before_a_higher_total() -> None:
    solution = solve(problem(np.array([[0, 1_000_000], [NO_PAIR, 0]])))
    assert reached(solution) == (2, 0)
    assert solution.prices.cardinality_dual == 1_000_000
    assert solution.bounds.total == 0


def test_one_column_for_many_rows_names_the_scarce_one() -> None:
    solution = solve(problem(np.array([[3], [5], [4]])))
    assert (solution.chosen.rows.tolist(), solution.prices.columns.tolist()) == ([1], [4])
    assert solution.vertex_cover[1].tolist() == [True]


def test_threads_change_nothing() -> None:
    random = np.random.default_rng(2)
    scores = random.integers(0, 4, (300, 280)) * 250_000
    one, two = (solve(problem(scores), tiling=Tiling(threads=threads)) for threads in (1, 2))
    assert (one.chosen.columns == two.chosen.columns).all()
    assert (one.prices.columns == two.prices.columns).all()


def test_lots_are_drawn_among_more_people_than_one_network_bears_long_tickets_of() -> None:
    """Twenty thousand times two rows have the same two columns: each two are decided by themselves."""
    twos, keys = 20_000, np.random.default_rng(8).integers(0, 2**63, size=80_000, dtype=np.uint64)
    people, ones = 2 * twos, np.ones(2 * twos, dtype=np.int64)
    table = ScoreTable(np.broadcast_to(np.int32(7), (people, people)))
    large = Problem(table, ones, ones, keys[:people], keys[people:])
    rows = np.repeat(np.arange(people), 2)
    columns = 2 * (rows // 2) + np.tile([0, 1], people)
    tight = Arcs(rows, columns, np.full(len(rows), 7))
    prices = DualValues(7 * ones, 0 * ones, 0)
    drawn = break_ties(tight.where(rows == columns), tight, prices, large)
    tickets = pair_tickets(large.row_keys[rows], large.column_keys[columns]).reshape(-1, 2, 2)
    straight = tickets[:, 0, 0] + tickets[:, 1, 1] - tickets[:, 0, 1] - tickets[:, 1, 0]
    drawn_straight = np.bincount(drawn.rows[drawn.rows == drawn.columns] // 2, minlength=twos)
    clear = np.abs(straight) > 2**7  # shorter tickets tell no less of a difference apart
    assert clear.mean() > 0.99
    assert (drawn_straight[clear] == np.where(straight > 0, 2, 0)[clear]).all()
    assert has_equal_optima(drawn, tight, prices, large)
