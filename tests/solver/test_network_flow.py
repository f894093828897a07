"""Everything that would end the process inside OR-Tools is refused before it gets there."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from reverse_match.foundation.errors import SolverError
from reverse_match.solver.assignment.network_flow import best_pairs, most_pairs
from reverse_match.solver.pairs.problem import Arcs

ONE = np.ones(2, np.int64)
REST = np.ones(2, dtype=bool)


def arcs(rows: Any = (0, 1), columns: Any = (0, 1), scores: Any = (1, 2)) -> Arcs:
    return Arcs(*(np.asarray(values) for values in (rows, columns, scores)))


@pytest.mark.parametrize("node", [-1, 9, 2**40])
def test_a_node_out_of_range_is_refused(node: int) -> None:
    with pytest.raises(SolverError, match="ends outside"):
        most_pairs(arcs(rows=(0, node)), ONE, ONE)
    with pytest.raises(SolverError, match="ends outside"):
        best_pairs(arcs(columns=(0, node)), (ONE, ONE), (REST, REST), 1)


@pytest.mark.parametrize("scores", [(0.5, 1.0), (np.nan, 1.0), (1,)])
def test_scores_that_are_not_whole_or_not_as_many_are_refused(scores: Any) -> None:
    with pytest.raises((SolverError, ValueError)):
        best_pairs(arcs(scores=scores), (ONE, ONE), (REST, REST), 1)


def test_costs_that_would_overflow_are_refused() -> None:
    with pytest.raises(SolverError, match="too large"):
        best_pairs(arcs(scores=(2**60, 1)), (ONE, ONE), (REST, REST), 1)


def test_a_negative_capacity_is_refused() -> None:
    with pytest.raises(SolverError, match="negative"):
        most_pairs(arcs(), np.array([-1, 1]), ONE)


def test_an_impossible_number_of_pairs_is_an_error_and_not_a_crash() -> None:
    with pytest.raises(SolverError, match="the number of pairs"):
        best_pairs(arcs(), (ONE, ONE), (REST, REST), 3)


def test_nothing_to_choose_from_is_nothing_chosen() -> None:
    empty = arcs((), (), ())
    assert most_pairs(empty, ONE, ONE)[0] == 0
    assert not best_pairs(empty, (ONE, ONE), (REST, REST), 0).any()
