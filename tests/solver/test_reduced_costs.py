from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reverse_match.solver.what_if.reduced_costs as module
from reverse_match.solver.assignment.dual_values import DualValues
from reverse_match.solver.pairs.problem import Problem
from reverse_match.solver.pairs.source import NO_PAIR
from reverse_match.solver.pairs.table import RescoredPairs, ScoreTable
from reverse_match.solver.pairs.tiles import Tiling
from reverse_match.solver.what_if.reduced_costs import IMPOSSIBLE, NOBODY, nearest_partners, reduced_costs_of
from sources import Matrix


@st.composite
def priced(draw: st.DrawFn) -> tuple[Problem, DualValues]:
    rows, columns = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    score = st.one_of(st.just(NO_PAIR), st.integers(0, 4))
    scores = np.array([[draw(score) for _ in range(columns)] for _ in range(rows)], dtype=np.int32)
    sizes = rows, columns
    capacities = [
        np.array([draw(st.sampled_from([1, 2, 0])) for _ in range(size)], dtype=np.int64) for size in sizes
    ]
    prices = [np.array([draw(st.integers(0, 9)) for _ in range(size)], dtype=np.int64) for size in sizes]
    keys = [np.arange(size, dtype=np.uint64) for size in sizes]
    pairs = draw(st.sampled_from([Matrix, ScoreTable]))(scores)
    return Problem(pairs, *capacities, *keys), DualValues(*prices, draw(st.integers(0, 9)))  # type: ignore[arg-type]


@pytest.mark.parametrize(("at_once", "listed_up_to"), [(1, -1), (7, -1), (2**22, -1), (2**22, 2**12)])
@given(case=priced(), people=st.data())
def test_nearest_is_the_smallest_of_all(
    at_once: int, listed_up_to: int, case: Any, people: st.DataObject
) -> None:
    problem, prices = case
    for side in (0, 1):
        size = problem.shape[side]
        some = sorted(people.draw(st.sets(st.integers(0, size - 1))))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(module, "CELLS_AT_ONCE", at_once)
            patch.setattr(module, "FEW_CELLS", listed_up_to)
            cut = Tiling(rows=2, columns=3, threads=1)
            partners, costs = nearest_partners(problem, prices, side, np.array(some, np.int64), cut)
        for person, partner, cost in zip(some, partners.tolist(), costs.tolist(), strict=True):
            listed = []
            for other in range(problem.shape[1 - side]):
                row, column = (person, other) if side == 0 else (other, person)
                score = problem.pairs.at(np.array([row]), np.array([column]))[0]
                if score != NO_PAIR and problem.row_capacity[row] and problem.column_capacity[column]:
                    listed.append(prices.rows[row] + prices.columns[column] - prices.cardinality_dual - score)
                else:
                    listed.append(IMPOSSIBLE)
            assert reduced_costs_of(problem, prices, side, person).tolist() == listed
            assert cost == min(listed)
            assert partner == (NOBODY if cost == IMPOSSIBLE else listed.index(cost))


def test_pairs_taken_out_are_out_of_every_view() -> None:
    scores = np.arange(12, dtype=np.int32).reshape(3, 4)
    whole = RescoredPairs(ScoreTable(scores), np.array([1, 2]), np.array([2, 0]), np.full(2, NO_PAIR))
    expected = scores.copy()
    expected[[1, 2], [2, 0]] = NO_PAIR
    assert whole.shape == (3, 4)
    assert (whole.block(slice(1, 4)).tile(slice(0, 2)) == expected[:2, 1:4]).all()
    assert (whole.block(slice(0, 2)).tile(slice(1, 3)) == expected[1:, :2]).all()
    rows, columns = np.indices((3, 4)).reshape(2, -1)
    assert (whole.at(rows, columns) == expected.ravel()).all()
    part = whole.part(np.array([0, 2]), np.array([0, 3]))
    assert (part.block(slice(0, 2)).tile(slice(0, 2)) == expected[np.ix_([0, 2], [0, 3])]).all()
    uncovered = whole.part(np.array([0]), np.array([1, 2, 3]))
    assert (uncovered.block(slice(0, 3)).tile(slice(0, 1)) == scores[:1, 1:]).all()
    assert (scores == np.arange(12).reshape(3, 4)).all()
