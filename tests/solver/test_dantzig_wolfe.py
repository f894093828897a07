"""Prices of quotas by whole choices, against the linear programme over all pairs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from test_quota_solve import TILING, Marked
from test_solve import problem

from reverse_match.foundation.progress import Watch
from reverse_match.solver.assignment.candidates import all_arcs
from reverse_match.solver.assignment.solve import solve
from reverse_match.solver.pairs.problem import Arcs
from reverse_match.solver.pairs.quotas import UNBOUNDED, PairQuota, SideQuota, single
from reverse_match.solver.side_constraints.dantzig_wolfe import bound_by_choices
from reverse_match.solver.side_constraints.lagrangian_bound import LagrangianSubproblem, Work
from reverse_match.solver.side_constraints.lagrangian_pairs import QuotaDualValues
from reverse_match.solver.side_constraints.restricted_master import POINT, solve_restricted_master
from reverse_match.solver.tuning import Tuning

if TYPE_CHECKING:
    from reverse_match.solver.pairs.quotas import Quota


@pytest.mark.parametrize("seed", range(30))
def test_whole_choices_bound_the_total_as_tightly_as_parts_of_all_pairs(seed: int) -> None:
    random = np.random.default_rng(seed)
    rows, columns = 30, 28
    one: Any = problem(
        random.integers(0, POINT, (rows, columns)),
        random.integers(1, 3, rows),
        np.ones(columns, dtype=np.int64),
    )
    marks = Marked(random.random((rows, columns)) < 0.5)
    quotas: list[Quota] = [
        PairQuota(marks, 1, 0, single(20), single(UNBOUNDED)),
        SideQuota(1, random.integers(0, 2, columns), np.array([-UNBOUNDED, -UNBOUNDED]), np.array([13, 40])),
    ]
    count = 22
    plain = solve(one, TILING)
    work = Work(quotas, TILING, Watch(), Tuning(whole_choices_from=0))
    subproblem = LagrangianSubproblem.of_total(replace(one, most_first=False), count)
    few = Arcs.union([plain.candidates, plain.chosen])
    upper = bound_by_choices(subproblem, work, few)
    everything = all_arcs(subproblem.problem, TILING)
    master = solve_restricted_master(subproblem.among(everything, work), 100.0, POINT, 60.0)
    assert upper is not None
    assert master is not None
    proof = upper.proof
    # The prices prove the bound over all pairs: that is computed here from the definition.
    paid = proof.of_quotas.paid(quotas, everything)
    over = np.maximum(proof.prices.reduced_profits(everything) - paid, 0).sum()
    people = (one.row_capacity * proof.prices.rows).sum() + proof.prices.columns.sum()
    charge = proof.of_quotas.most(quotas) - proof.of_quotas.cardinality_dual * count
    assert people + over + charge <= proof.bound
    assert master.total * POINT - 1 <= proof.bound <= master.total * POINT + 100
    assert upper.missed == 0
    assert isinstance(proof.of_quotas, QuotaDualValues)


def test_small_problems_are_left_to_the_linear_programme() -> None:
    one: Any = problem(np.ones((3, 3), dtype=np.int64), np.ones(3, np.int64), np.ones(3, np.int64))
    plain = solve(one, TILING)
    work = Work([PairQuota(Marked(np.eye(3) > 0), 1, 0, single(1), single(3))], TILING, Watch(), Tuning())
    subproblem = LagrangianSubproblem.of_total(replace(one, most_first=False), 3)
    assert bound_by_choices(subproblem, work, plain.chosen) is None
