from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reverse_match.scoring import ratings as concepts
from reverse_match.scoring.ratings import RatingMatrix, rating_matrix, shared_concepts, shared_sums

NAMES = ["a", "b", "c", "d", "e"]
CODE = {"a": 0, "b": 1, "c": 2, "d": 3, "e": 3}
"""The last two mean the same."""

people = st.lists(st.dictionaries(st.sampled_from(NAMES), st.integers(1, 5)), min_size=1, max_size=6)


def table_of(rated: list[dict[str, int]]) -> list[list[int]]:
    """Return ratings person by person, in plain loops."""
    table = [[0] * 4 for _ in rated]
    for row, names in enumerate(rated):
        for name, rating in names.items():
            table[row][CODE[name]] = max(rating, table[row][CODE[name]])
    return table


def matrix_of(rated: list[dict[str, int]]) -> RatingMatrix:
    return rating_matrix(rated, CODE)


@given(people, st.data())
def test_parts_are_rows_of_the_table(rated: list[dict[str, int]], data: st.DataObject) -> None:
    matrix, table = matrix_of(rated), table_of(rated)
    assert matrix.dense().tolist() == table
    assert matrix.sums().tolist() == [sum(row) for row in table]
    picked = data.draw(st.lists(st.integers(0, len(rated) - 1), max_size=8))
    expected = [table[place] for place in picked]
    assert matrix.take(np.array(picked, dtype=np.int64)).dense().tolist() == expected
    first = data.draw(st.integers(0, len(rated)))
    last = data.draw(st.integers(first, len(rated)))
    assert matrix.range(slice(first, last)).dense().tolist() == table[first:last]


@given(people, people, st.booleans())
def test_products_and_sums_of_pairs(
    one: list[dict[str, int]], other: list[dict[str, int]], sparse: bool
) -> None:
    expected = [
        [sum(a * b for a, b in zip(mine, theirs, strict=True)) for theirs in table_of(other)]
        for mine in table_of(one)
    ]
    mine, theirs = matrix_of(one), matrix_of(other)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(concepts, "SMALL_PRODUCT", -1 if sparse else 10**9)
        assert mine.times(np.ascontiguousarray(theirs.dense().T)).tolist() == expected
    here, there = np.indices((len(one), len(other))).reshape(2, -1)
    assert shared_sums(mine, here, theirs, there).tolist() == [value for row in expected for value in row]
    shared = shared_concepts(mine, here, theirs, there)
    tables = table_of(one), table_of(other)
    for place, (row, column) in enumerate(zip(here.tolist(), there.tolist(), strict=True)):
        both = [c for c in range(4) if tables[0][row][c] and tables[1][column][c]]
        assert shared.get(place, []) == both
