"""Bounds by prices of quotas: as tight as the linear programme over all pairs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp
from test_quota_solve import Marked, programme_of
from test_solve import problem

from reverse_match.foundation.progress import Watch
from reverse_match.solver.assignment.solve import Solution, solve
from reverse_match.solver.pairs.problem import Arcs, Problem
from reverse_match.solver.pairs.quotas import UNBOUNDED, PairQuota, SideQuota, single
from reverse_match.solver.pairs.tiles import Tiling
from reverse_match.solver.side_constraints.lagrangian_bound import (
    PAIR,
    LagrangianSubproblem,
    UpperBound,
    Work,
    bound_from_above,
)
from reverse_match.solver.side_constraints.restricted_master import RestrictedProblem
from reverse_match.solver.tuning import Tuning

TILING = Tiling(threads=1)


def case(seed: int) -> tuple[Problem, list[Any], Solution]:
    random = np.random.default_rng(seed)
    made = replace(problem(random.integers(0, 10**6, (30, 26))), most_first=False)
    quotas = [
        PairQuota(Marked(random.random((30, 26)) < 0.3), 1, -1, single(0), single(UNBOUNDED)),
        SideQuota(1, random.integers(0, 3, 26), np.full(3, 2), np.full(3, 7)),
    ]
    return made, quotas, solve(replace(made, most_first=True), TILING)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("count", [None, 15])
def test_the_total_is_bounded_as_tightly_as_by_parts_of_all_pairs(seed: int, count: int | None) -> None:
    made, quotas, plain = case(seed)
    work = Work(quotas, TILING, Watch(), Tuning(all_pairs=10))
    subproblem = LagrangianSubproblem.of_total(made, count)
    few = plain.chosen.at(np.arange(0, len(plain.chosen), 2)) if count is None else plain.candidates
    upper = bound_from_above(subproblem, work, few, plain.prices)
    assert isinstance(upper, UpperBound)
    value, fits = programme_of(made, quotas)
    constraints = [fits]
    if count is not None:
        constraints.append(LinearConstraint(np.ones((1, len(value))), count, count))
    best = -milp(-value, constraints=constraints, bounds=Bounds(0, 1), integrality=np.zeros(len(value))).fun
    assert best - 1 <= upper.proof.bound <= best * (1 + 1e-5) + 100


def test_where_candidates_are_enough_no_other_pairs_are_priced() -> None:
    made, quotas, plain = case(0)
    work = Work(quotas, TILING, Watch(), Tuning())
    possible = int(np.minimum(np.bincount(quotas[1].group), 7).sum())
    for most, enough in ((possible, True), (possible + 1, False)):
        subproblem = LagrangianSubproblem.of_count(made, most)
        arcs = subproblem.problem.rescore(plain.candidates)
        upper = bound_from_above(subproblem, work, arcs, plain.prices, enough=PAIR * most)
        assert isinstance(upper, UpperBound)
        assert (upper.proof.bound >= PAIR * most) == enough
        assert (upper.proof.pairs == 0) == enough


def test_a_choice_keeps_capacities_of_both_sides_and_quotas_and_has_the_right_number() -> None:
    places, two = np.arange(3), np.array([1, 1, 2])
    everything = Arcs(np.repeat(places, 3), np.tile(places, 3), np.ones(9, dtype=np.int64))
    of_first = SideQuota(0, np.array([0, -1, -1]), single(1), single(1))
    asked = RestrictedProblem(everything, (two, two), [of_first], 2)

    def choice(*pairs: tuple[int, int]) -> Arcs:
        rows, columns = np.array(pairs).T
        return Arcs(rows, columns, np.ones(len(rows), dtype=np.int64))

    assert asked.is_choice(choice((0, 2), (2, 2)))
    assert not asked.is_choice(choice((0, 1), (2, 1))), "a column is in two pairs"
    assert not asked.is_choice(choice((0, 1), (0, 2))), "a row is in two pairs"
    assert not asked.is_choice(choice((1, 2), (2, 2))), "a quota is not kept"
    assert not asked.is_choice(choice((0, 0), (1, 1), (2, 2))), "there is one pair too many"
    assert replace(asked, count=None).is_choice(choice((0, 0), (1, 1), (2, 2)))
