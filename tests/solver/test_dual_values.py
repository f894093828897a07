"""Prices do not depend on how paths are followed: in a table of all arcs, or from node to node."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from test_sparse import problem, problems

from reverse_match.foundation.errors import SolverError
from reverse_match.solver.assignment import dual_values as prices_module
from reverse_match.solver.assignment.candidates import all_arcs
from reverse_match.solver.assignment.dual_values import DualValues, recover_prices, resting_prices
from reverse_match.solver.assignment.network_flow import Resting, best_pairs, most_pairs
from reverse_match.solver.pairs.source import NO_PAIR
from reverse_match.solver.pairs.tiles import Tiling

if TYPE_CHECKING:
    from reverse_match.solver.pairs.problem import Problem


def outcome(given_problem: Problem, most_entries: int) -> tuple[DualValues, DualValues]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prices_module, "SMALL_TABLE", most_entries)
        arcs, capacities = all_arcs(given_problem, Tiling(threads=1)), given_problem.capacities
        everybody = np.ones(given_problem.shape[0], dtype=bool), np.ones(given_problem.shape[1], dtype=bool)
        count = most_pairs(arcs, *capacities)[0]
        chosen = best_pairs(arcs, capacities, everybody, count)
        free = best_pairs(arcs, capacities, everybody, None)
        rests = Resting.free(everybody[0], capacities[0]), Resting.free(everybody[1], capacities[1])
        some = resting_prices(arcs, free, capacities, rests).of_people
        return recover_prices(arcs, chosen, capacities), some


@given(problems())
def test_a_table_and_a_graph_give_the_same_prices(given_problem: Problem) -> None:
    for small, large in zip(outcome(given_problem, 10**9), outcome(given_problem, 0), strict=True):
        assert small.cardinality_dual == large.cardinality_dual
        assert small.rows.tolist() == large.rows.tolist()
        assert small.columns.tolist() == large.columns.tolist()


@pytest.mark.parametrize("most_entries", [0, 100])
def test_a_choice_that_is_not_the_best_has_no_prices(
    most_entries: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prices_module, "SMALL_TABLE", most_entries)
    scores = np.array([[5, 9, NO_PAIR], [9, 5, 1], [NO_PAIR, 1, 2]])
    given_problem = problem(scores, (np.ones(3), np.ones(3)))
    arcs = all_arcs(given_problem, Tiling(threads=1))
    diagonal = arcs.rows == arcs.columns
    with pytest.raises(SolverError, match="not optimal"):
        recover_prices(arcs, diagonal, given_problem.capacities)
