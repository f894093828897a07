"""What-ifs under quotas that begin with known proofs: against HiGHS on all pairs at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from test_quota_solve import TILING, second_opinion, some_quotas
from test_solve import problem

from reverse_match.errors import UndecidedError
from reverse_match.solver.assignment.solve import Start
from reverse_match.solver.pairs.quotas import reduce_quota
from reverse_match.solver.pairs.source import NO_PAIR
from reverse_match.solver.pairs.table import ChangedPairs, rescore_pairs
from reverse_match.solver.side_constraints.lagrangian_pairs import holds
from reverse_match.solver.tuning import Tuning
from reverse_match.solver.what_if.quota_resolve import resolve_with_quotas
from reverse_match.solver.what_if.resolve import SolvedProblem

if TYPE_CHECKING:
    from reverse_match.solver.objectives import Optimum
    from reverse_match.solver.pairs.problem import Problem
    from reverse_match.solver.pairs.quotas import Quota

ALWAYS = Tuning(known_proofs_from=0)


def drawn(seed: int) -> tuple[SolvedProblem, np.random.Generator] | None:
    """Return a solved problem with quotas that cost something; ``None`` where there is none."""
    random = np.random.default_rng(seed)
    size = int(random.integers(10, 16))
    scores = random.integers(0, 10**6, (size, size))
    scores[random.random((size, size)) < 0.2] = NO_PAIR
    capacities = random.choice([1, 1, 2], size), random.choice([1, 1, 2], size)
    quotas = some_quotas(random, (size, size), int(random.integers(1, 4)), most=size)
    try:
        solved = SolvedProblem.of("coverage", problem(scores, *capacities), quotas, TILING)
    except UndecidedError:
        return None
    known = isinstance(solved, SolvedProblem) and solved.optimum.proved and not solved.optimum.is_tie_broken
    return (solved, random) if known and isinstance(solved, SolvedProblem) else None


def forced(solved: SolvedProblem, row: int, column: int) -> tuple[Problem, list[Quota], Start]:
    """Return the problem of the rest beside a forced pair, and the start of its solution."""
    ends = np.array([row]), np.array([column])
    given = solved.problem
    capacities = [capacity.copy() for capacity in given.capacities]
    for capacity, end in zip(capacities, ends, strict=True):
        capacity[end] -= 1
    pairs = rescore_pairs(given.pairs, *ends, np.full(1, NO_PAIR))
    rest = replace(given, pairs=pairs, row_capacity=capacities[0], column_capacity=capacities[1])
    plain = solved.optimum.plain
    changed = ChangedPairs(*ends, given.pairs.at(*ends) != NO_PAIR)
    snapshot = replace(plain.snapshot, changed=changed)
    start = Start(plain.candidates, plain.primal_dual, same_scores=True, snapshot=snapshot)
    return rest, [reduce_quota(quota, *ends) for quota in solved.quotas], start


def in_full(rest: Problem) -> Problem:
    """Return the problem with the table of its pairs, which an independent solver reads."""
    rows, columns = np.indices(rest.shape)
    scores = rest.pairs.at(rows.ravel(), columns.ravel()).reshape(rest.shape)
    return replace(problem(scores, *rest.capacities), most_first=True)


def check(optimum: Optimum, rest: Problem, quotas: list[Quota]) -> None:
    chosen = optimum.solution.chosen
    assert optimum.proved
    assert holds(quotas, chosen)
    assert chosen.fits(rest.capacities)
    assert (len(chosen), int(chosen.scores.sum())) == second_opinion(in_full(rest), quotas)


def test_what_known_proofs_show_is_the_best() -> None:
    shown = asked = 0
    for seed in range(60):
        made = drawn(seed)
        if made is None:
            continue
        solved, random = made
        for _ in range(3):
            row, column = (int(random.integers(0, size)) for size in solved.problem.shape)
            rest, quotas, start = forced(solved, row, column)
            asked += 1
            optimum = resolve_with_quotas(solved.optimum, rest, quotas, TILING, start, ALWAYS)
            if optimum is not None:
                shown += 1
                check(optimum, rest, quotas)
    assert asked > 30
    assert shown > asked // 4


@pytest.mark.parametrize("less", ["objective", "size"])
def test_where_they_may_not_apply_nothing_is_shown(less: str) -> None:
    made = next(made for seed in range(60) if (made := drawn(seed)) is not None)
    rest, quotas, start = forced(made[0], 0, 0)
    optimum = made[0].optimum
    if less == "objective":
        optimum = replace(optimum, objective="total")
    tuning = ALWAYS if less == "objective" else Tuning()
    assert resolve_with_quotas(optimum, rest, quotas, TILING, start, tuning) is None
