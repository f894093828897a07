"""Credits in arrays: tiles, lists and parts say the same, and a pair that there is not stays none."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reverse_match.solver.pairs.credits import PairCredits
from reverse_match.solver.pairs.problem import Problem
from reverse_match.solver.pairs.source import NO_PAIR
from reverse_match.solver.pairs.table import ScoreTable
from reverse_match.solver.pairs.tiles import slices


@st.composite
def problems(draw: st.DrawFn) -> tuple[Problem, Any]:
    """Draw a problem with credits, and the table of what each of its pairs counts."""
    rows, columns = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    given_points = st.sampled_from([0, 0, 1, 500_000_000])
    scores = np.array(
        draw(
            st.lists(
                st.sampled_from([NO_PAIR, 0, 7, 100_000_000]),
                min_size=rows * columns,
                max_size=rows * columns,
            )
        ),
        dtype=np.int32,
    ).reshape(rows, columns)
    of_rows = np.array(draw(st.lists(given_points, min_size=rows, max_size=rows)), dtype=np.int64)
    of_columns = np.array(
        draw(st.lists(st.sampled_from([0, 3]), min_size=columns, max_size=columns)), dtype=np.int64
    )
    places = sorted(draw(st.sets(st.tuples(st.integers(0, rows - 1), st.integers(0, columns - 1)))))
    here, there = np.array(places, dtype=np.int64).reshape(-1, 2).T
    listed = np.arange(1, len(places) + 1)
    expected = [[int(scores[row, column]) for column in range(columns)] for row in range(rows)]
    for row in range(rows):
        for column in range(columns):
            if expected[row][column] != NO_PAIR:
                beside = listed[places.index((row, column))] if (row, column) in places else 0
                expected[row][column] += int(of_rows[row]) + int(of_columns[column]) + int(beside)
    one = np.ones(rows, dtype=np.int64), np.ones(columns, dtype=np.int64)
    keys = np.arange(rows, dtype=np.uint64), np.arange(columns, dtype=np.uint64)
    some = PairCredits(of_rows, of_columns, here, there, listed)
    return Problem(ScoreTable(scores), *one, *keys, credits=some), np.array(expected)


def table(problem: Problem, size: int) -> Any:
    """Put the tiles of a problem together."""
    found = np.zeros(problem.shape, dtype=np.int64)
    for columns in slices(problem.shape[1], size):
        block = problem.block(columns)
        for rows in slices(problem.shape[0], size):
            found[rows, columns] = block.tile(rows)
    return found


@given(problems(), st.integers(1, 6), st.data())
def test_tiles_lists_and_parts_say_the_same(case: Any, size: int, data: st.DataObject) -> None:
    problem, expected = case
    before = problem.pairs.table.copy()
    assert (table(problem, size) == expected).all()
    rows, columns = (axis.ravel() for axis in np.indices(problem.shape))
    assert (problem.at(rows, columns) == expected.ravel()).all()
    kept = [
        np.array(sorted(data.draw(st.sets(st.integers(0, length - 1), min_size=1))))
        for length in problem.shape
    ]
    assert (table(problem.part(*kept), size) == expected[np.ix_(*kept)]).all()
    first = [slice(0, data.draw(st.integers(1, length))) for length in problem.shape]
    assert (table(problem.range(*first), size) == expected[tuple(first)]).all()
    assert (table(problem.judged, size) == before).all()
    assert (problem.pairs.table == before).all()
    everything = problem.credits.at(rows, columns)
    assert problem.credits.highest == everything.max()


def test_nobody_has_no_credit() -> None:
    nobody = np.zeros(0, dtype=np.int64)
    assert PairCredits(np.array([5]), nobody, nobody, nobody, nobody).highest == 0
