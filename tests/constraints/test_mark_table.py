"""Parts of a table of marks: ranges of rows and columns are views, anything else is a copy of what was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pytest

from reverse_match.constraints.lacking import MarkTable

if TYPE_CHECKING:
    from reverse_match.foundation.arrays import BoolArray, IntArray

TABLE = np.random.default_rng(3).random((9, 7)) < 0.5


class Source(NamedTuple):
    """Marks that are read anew."""

    table: BoolArray

    def tile(self, rows: slice, columns: slice) -> BoolArray:
        return self.table[rows, columns]

    def among(self, rows: IntArray, columns: IntArray) -> BoolArray:
        return self.table[rows, columns]

    def part(self, rows: IntArray, columns: IntArray) -> Source:
        return Source(self.table[np.ix_(rows, columns)])


@pytest.mark.parametrize("rows", [[], [4], [2, 3, 4], [0, 2, 8], list(range(9))])
@pytest.mark.parametrize("columns", [[], [6], [0, 1], [1, 3, 4], list(range(7))])
def test_a_part_has_the_marks_of_its_rows_and_columns(rows: list[int], columns: list[int]) -> None:
    asked = np.array(rows, dtype=np.int64), np.array(columns, dtype=np.int64)
    part = MarkTable(TABLE, Source(TABLE)).part(*asked)
    assert part.table.tolist() == TABLE[np.ix_(*asked)].tolist()
    everything = slice(0, None), slice(0, None)
    assert part.marks.tile(*everything).tolist() == part.table.tolist()


def test_a_range_is_not_copied() -> None:
    part = MarkTable(TABLE, Source(TABLE)).part(np.arange(2, 6), np.arange(7))
    assert np.shares_memory(part.table, TABLE)
