"""Pairs that can be listed, since they are few: sorted, so that those of a tile are found at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reverse_match.arrays import BoolArray, IntArray
    from reverse_match.constraints.seats import Places


@dataclass(frozen=True)
class BlockedPairs:
    """Forbids pairs that can be listed, since they are few."""

    label: str
    rows: IntArray
    columns: IntArray

    @classmethod
    def of(cls, label: str, *pairs: Places) -> BlockedPairs:
        """Make the rule of lists of rows and columns; it keeps them sorted by row, each pair once."""
        rows = np.concatenate([np.empty(0, np.int64), *(here for here, _ in pairs)])
        columns = np.concatenate([np.empty(0, np.int64), *(there for _, there in pairs)])
        if not len(rows):
            return cls(label, rows, columns)
        width = int(columns.max()) + 1
        return cls(label, *np.divmod(np.unique(rows * width + columns), width))

    def blocked(self, rows: slice, columns: slice, scores: NDArray[np.int32]) -> Places:  # noqa: ARG002 - whatever the score
        """Return the listed pairs that lie in the tile."""
        first, last = np.searchsorted(self.rows, (rows.start, rows.stop))
        here, there = self.rows[first:last], self.columns[first:last]
        inside = (there >= columns.start) & (there < columns.stop)
        return here[inside] - rows.start, there[inside] - columns.start

    def among(self, rows: IntArray, columns: IntArray, scores: IntArray) -> BoolArray:  # noqa: ARG002 - whatever the score
        """Say which of some listed pairs are in this list, too."""
        asked = _in_one_number(rows, columns)
        place = np.minimum(np.searchsorted(self._sorted, asked), max(0, len(self._sorted) - 1))
        return self._sorted[place] == asked if len(self._sorted) else np.zeros(len(asked), dtype=bool)

    @cached_property
    def _sorted(self) -> IntArray:
        return _in_one_number(self.rows, self.columns)

    def part(self, rows: IntArray, columns: IntArray) -> BlockedPairs:
        """Return the listed pairs of some rows and some columns, numbered anew."""
        kept = np.isin(self.rows, rows) & np.isin(self.columns, columns)
        places = np.searchsorted(rows, self.rows[kept]), np.searchsorted(columns, self.columns[kept])
        return BlockedPairs.of(self.label, places)


def _in_one_number(rows: IntArray, columns: IntArray) -> IntArray:
    """Return a number for each pair, which grows from row to row and in a row from column to column."""
    return (rows << 31) | columns
