"""Quotas: against every choice there is, and against HiGHS on all pairs at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp
from test_solve import problem

from reverse_match.solver.assignment.solve import solve
from reverse_match.solver.pairs.quotas import UNBOUNDED, PairQuota, SideQuota, single
from reverse_match.solver.pairs.source import NO_PAIR
from reverse_match.solver.pairs.tiles import Tiling
from reverse_match.solver.side_constraints.lagrangian_bound import PAIR, Infeasible
from reverse_match.solver.side_constraints.lagrangian_pairs import holds
from reverse_match.solver.side_constraints.solve import QuotaSolution
from reverse_match.solver.side_constraints.solve import solve_with_quotas as solve_from

if TYPE_CHECKING:
    from reverse_match.solver.pairs.problem import Arcs, Problem
    from reverse_match.solver.pairs.quotas import Quota

TILING = Tiling(rows=4, columns=3, threads=1)


def solve_with_quotas(
    given_problem: Problem, quotas: list[Quota], tiling: Tiling
) -> QuotaSolution | Infeasible:
    return solve_from(given_problem, quotas, solve(given_problem, tiling), tiling)


@dataclass(frozen=True)
class Marked:
    """Marks that are kept in a table."""

    table: Any

    def tile(self, rows: slice, columns: slice) -> Any:
        return self.table[rows, columns]

    def among(self, rows: Any, columns: Any) -> Any:
        return self.table[rows, columns]

    def part(self, rows: Any, columns: Any) -> Marked:
        return Marked(self.table[np.ix_(rows, columns)])


def bounds(random: np.random.Generator, groups: int, most: int) -> tuple[Any, Any]:
    lower = np.where(random.random(groups) < 0.4, random.integers(0, most + 1, groups), -UNBOUNDED)
    upper = np.where(random.random(groups) < 0.6, random.integers(0, most + 1, groups), UNBOUNDED)
    return np.minimum(lower, upper), upper


def some_quotas(
    random: np.random.Generator, shape: tuple[int, int], number: int, most: int = 3
) -> list[Quota]:
    quotas: list[Quota] = []
    for _ in range(number):
        kind = random.integers(0, 4)
        if kind == 0:
            side: Any = int(random.integers(0, 2))
            groups = int(random.integers(1, 4))
            quotas.append(
                SideQuota(side, random.integers(-1, groups, shape[side]), *bounds(random, groups, most))
            )
        elif kind == 1:
            quotas.append(SideQuota(0, np.zeros(shape[0], np.int64), *bounds(random, 1, most)))
        elif kind == 2:
            marks = Marked(random.random(shape) < 0.5)
            quotas.append(PairQuota(marks, 1, 0, *bounds(random, 1, most)))
        else:
            marks = Marked(random.random(shape) < 0.5)
            share, whole = int(random.integers(1, 4)), 4
            quotas.append(PairQuota(marks, whole - share, -share, single(0), single(UNBOUNDED)))
    return quotas


@st.composite
def cases(draw: st.DrawFn) -> tuple[Problem, list[Quota]]:
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    shape = int(random.integers(1, 5)), int(random.integers(1, 5))
    scores = random.integers(0, draw(st.sampled_from([2, 10, 10**6])), shape)
    scores[random.random(shape) < 0.25] = NO_PAIR
    sizes: Any = tuple(random.choice([0, 1, 1, 1, 2], size) for size in shape)
    made = replace(problem(scores, *sizes), most_first=draw(st.booleans()))
    return made, some_quotas(random, shape, draw(st.integers(1, 3)))


def every_choice(given_problem: Problem) -> Any:
    scores = given_problem.pairs.scores  # type: ignore[attr-defined]
    rows, columns = np.nonzero(scores != NO_PAIR)
    for picked in product([False, True], repeat=len(rows)):
        mask = np.array(picked, dtype=bool)
        loads = [
            np.bincount(ends[mask], minlength=size)
            for ends, size in zip((rows, columns), scores.shape, strict=True)
        ]
        if all((load <= cap).all() for load, cap in zip(loads, given_problem.capacities, strict=True)):
            yield rows[mask], columns[mask], scores[rows[mask], columns[mask]]


def best_by_trying(given_problem: Problem, quotas: list[Quota]) -> tuple[int, int] | None:
    from reverse_match.solver.pairs.problem import Arcs

    best = None
    for rows, columns, scores in every_choice(given_problem):
        arcs = Arcs(rows, columns, scores.astype(np.int64))
        if holds(quotas, arcs):
            value = (len(rows) if given_problem.most_first else 0, int(scores.sum()))
            best = value if best is None else max(best, value)
    return best


def value_of(given_problem: Problem, chosen: Arcs) -> tuple[int, int]:
    return len(chosen) if given_problem.most_first else 0, int(chosen.scores.sum())


def is_proved(given_problem: Problem, found: QuotaSolution) -> bool:
    value, limits = value_of(given_problem, found.chosen), found.bounds
    return value == (limits.count if given_problem.most_first else 0, limits.total)


@given(cases())
def test_no_choice_that_keeps_the_quotas_is_better(case: tuple[Problem, list[Quota]]) -> None:
    given_problem, quotas = case
    scores = given_problem.pairs.scores  # type: ignore[attr-defined]
    if (scores != NO_PAIR).sum() > 10:
        return
    expected = best_by_trying(given_problem, quotas)
    found = solve_with_quotas(given_problem, quotas, TILING)
    if expected is None:
        assert isinstance(found, Infeasible)
        return
    assert isinstance(found, QuotaSolution)
    assert holds(quotas, found.chosen)
    assert value_of(given_problem, found.chosen) == expected
    assert is_proved(given_problem, found)


def second_opinion(given_problem: Problem, quotas: list[Quota]) -> tuple[int, int] | None:
    """Solve over all pairs at once by HiGHS: the number of pairs first, then the total."""
    from reverse_match.solver.pairs.problem import Arcs

    scores = given_problem.pairs.scores  # type: ignore[attr-defined]
    rows, columns = np.nonzero(scores != NO_PAIR)
    value = scores[rows, columns].astype(float)
    lines = [rows == row for row in range(scores.shape[0])] + [
        columns == column for column in range(scores.shape[1])
    ]
    lower = [-np.inf] * len(lines)
    upper = list(np.concatenate(given_problem.capacities))
    arcs = Arcs(rows, columns, value.astype(np.int64))
    for quota in quotas:
        index, coefficient = quota.sums(arcs.rows, arcs.columns)
        for place in range(len(quota.lower)):
            lines.append(np.where(index == place, coefficient, 0))
            lower.append(max(quota.lower[place], -1e9))
            upper.append(min(quota.upper[place], 1e9))
    fits = LinearConstraint(np.array(lines, dtype=float), lower, upper)
    exact = {"mip_rel_gap": 0.0}
    whole, box = np.ones(len(rows)), Bounds(0, 1)
    count = 0
    constraints = [fits]
    if given_problem.most_first:
        most = milp(-whole, constraints=fits, bounds=box, integrality=whole, options=exact)
        if most.x is None:
            return None
        count = round(-most.fun)
        constraints.append(LinearConstraint(whole[None, :], count, count))
    best = milp(-value, constraints=constraints, bounds=box, integrality=whole, options=exact)
    return None if best.x is None else (count, round(-best.fun))


@pytest.mark.parametrize(
    "seed", [*range(5), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(5, 12))]
)
@pytest.mark.parametrize("most_first", [True, False])
def test_dozens_of_people_against_a_second_opinion(seed: int, most_first: bool) -> None:
    random = np.random.default_rng(seed)
    shape = int(random.integers(15, 40)), int(random.integers(15, 40))
    scores = random.integers(0, random.choice([5, 10**6]), shape)
    scores[random.random(shape) < 0.3] = NO_PAIR
    made = replace(problem(scores), most_first=most_first)
    quotas = some_quotas(random, shape, 3, most=12)
    expected = second_opinion(made, quotas)
    found = solve_with_quotas(made, quotas, Tiling(threads=1))
    if expected is None:
        assert isinstance(found, Infeasible)
        return
    assert isinstance(found, QuotaSolution)
    assert holds(quotas, found.chosen)
    assert value_of(made, found.chosen) == expected
    assert is_proved(made, found)


def test_bounds_hold_and_prices_prove_them() -> None:
    """Recompute the bound from the prices alone, over all pairs."""
    random = np.random.default_rng(5)
    shape = (60, 50)
    scores = random.integers(0, 10**6, shape)
    made = problem(scores)
    marks = random.random(shape) < 0.3
    quotas: list[Quota] = [
        PairQuota(Marked(marks), 1, -1, single(0), single(UNBOUNDED)),
        SideQuota(1, random.integers(0, 5, 50), np.full(5, 4), np.full(5, 9)),
    ]
    found = solve_with_quotas(made, quotas, Tiling(threads=1))
    assert isinstance(found, QuotaSolution)
    total = found.proofs.total
    share = total.quotas[0]
    assert isinstance(share, PairQuota)
    of_marks, of_groups = (int(total.of_quotas.of_sums[0][0]), total.of_quotas.of_sums[1])
    worth = (
        scores
        + total.of_quotas.cardinality_dual
        - np.where(marks, share.inside, share.outside) * of_marks
        - of_groups[quotas[1].group][None, :]  # type: ignore[union-attr]
    )
    u, v = total.prices.rows, total.prices.columns
    assert (u >= 0).all()
    assert (v >= 0).all()
    bound = int(u @ made.row_capacity + v @ made.column_capacity)
    bound += int(np.maximum(worth - u[:, None] - v, 0).sum())
    bound += int(np.where(of_groups > 0, of_groups * 9, of_groups * 4).sum())
    assert of_marks <= 0
    bound += of_marks * int(share.lower[0])
    bound -= total.of_quotas.cardinality_dual * len(found.chosen)
    assert bound == total.bound >= found.chosen.scores.sum()


def test_what_cannot_be_kept_is_proved() -> None:
    made = problem(np.full((4, 4), 7))
    marks = np.zeros((4, 4), dtype=bool)
    marks[0] = True
    quota = PairQuota(Marked(marks), 1, 0, single(2), single(UNBOUNDED))
    found = solve_with_quotas(made, [quota], TILING)
    assert isinstance(found, Infeasible)
    assert found.proof is not None
    assert found.proof.bound < 0


def test_a_pilot_of_the_best_pairs() -> None:
    random = np.random.default_rng(2)
    scores = random.integers(0, 10**6, (90, 80))
    pilot = SideQuota(0, np.zeros(90, np.int64), single(10), single(20))
    made = problem(scores)
    found = solve_with_quotas(made, [pilot], Tiling(threads=1))
    assert isinstance(found, QuotaSolution)
    assert (len(found.chosen), found.bounds.count, is_proved(made, found)) == (20, 20, True)
    assert found.proofs.count is not None
    assert found.proofs.count.bound == 20 * PAIR
