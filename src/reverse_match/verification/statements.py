"""Statements on pairs in three-valued logic, a tile of pairs or a list of pairs at a time."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reverse_match.foundation.arrays import BoolArray, IntArray, NarrowIntArray
    from reverse_match.verification.people import Place

Truth: TypeAlias = NDArray[np.int8]
Statement: TypeAlias = "Callable[[Tile], Truth]"


_BYTES = 8
"""Bytes of a word."""

_MOST_IN_A_BYTE = 255


@dataclass(frozen=True)
class Tile:
    """A block of pairs: its rows, its columns, and its scores in millionths."""

    rows: slice
    columns: slice
    scores: NarrowIntArray

    @classmethod
    def of_pair(cls, place: Place, score: int) -> Tile:
        """Return the tile of a single pair."""
        row, column = place
        return cls(slice(row, row + 1), slice(column, column + 1), np.array([[score]], dtype=np.int32))

    @property
    def ends(self) -> tuple[IntArray, IntArray]:
        """Rows and columns of the pairs, as arrays that broadcast to the shape of the tile."""
        rows, columns = (np.arange(part.start, part.stop) for part in (self.rows, self.columns))
        return rows[:, None], columns[None, :]

    def mark(self, places: IntArray) -> BoolArray:
        """Mark the pairs of a list (sorted rows and columns) in the tile."""
        marks = np.zeros(self.scores.shape, dtype=bool)
        marks[self.inside(places)] = True
        return marks

    def inside(self, places: IntArray) -> tuple[IntArray, IntArray]:
        """Return rows and columns in the tile of the pairs of a list (sorted) that lie in it."""
        row, column = places[slice(*np.searchsorted(places[:, 0], (self.rows.start, self.rows.stop)))].T
        inside = (column >= self.columns.start) & (column < self.columns.stop)
        return row[inside] - self.rows.start, column[inside] - self.columns.start


def count_marks(marks: BoolArray, axis: int) -> IntArray:
    """Return the number of marks in each row (``axis`` 1) or in each column (0).

    To sum marks, numpy widens each of them to eight bytes first. Here up to 255 of them are added as bytes.

    Examples
    --------
    >>> count_marks(np.array([[True, False, True], [True, False, False]]), axis=1).tolist()
    [2, 1]
    """
    if not marks.flags.c_contiguous and marks.flags.f_contiguous:
        return count_marks(marks.T, 1 - axis)
    whole = marks.shape[1] - marks.shape[1] % _BYTES
    if axis == 0 and len(marks) <= _MOST_IN_A_BYTE:
        of_columns: IntArray = marks.view(np.uint8).sum(axis=0, dtype=np.uint8).astype(np.int64)
        return of_columns
    if axis == 0 or not 0 < whole <= _BYTES * _MOST_IN_A_BYTE or not marks.flags.c_contiguous:
        plain: IntArray = marks.sum(axis=axis, dtype=np.int64)
        return plain
    words = marks[:, :whole].view(np.uint64)  # eight marks of a row lie in a word, and are added at once
    by_byte = words.sum(axis=1, dtype=np.uint64).view(np.uint8).reshape(-1, _BYTES)
    of_rows: IntArray = by_byte.sum(axis=1, dtype=np.int64)
    of_rows += marks[:, whole:].sum(axis=1, dtype=np.int64)
    return of_rows


class StatementOfPairs(ABC):
    """A statement that can also be evaluated for a list of pairs at once."""

    @abstractmethod
    def __call__(self, tile: Tile) -> Truth:
        """Return the truth of each pair of a tile."""

    @abstractmethod
    def at(self, rows: IntArray, columns: IntArray, scores: IntArray) -> Truth:
        """Return the truth of each listed pair."""


def truth_at(statement: Statement, rows: IntArray, columns: IntArray, scores: IntArray) -> Truth:
    """Return the truth of listed pairs: at once where the statement can, else pair by pair.

    Parameters
    ----------
    statement : callable
        The statement.
    rows, columns : int64 arrays
        The pairs.
    scores : int64 array
        Their scores, in millionths.
    """
    if isinstance(statement, StatementOfPairs):
        return statement.at(rows, columns, scores)
    places = zip(rows.tolist(), columns.tolist(), scores.tolist(), strict=True)
    found = [statement(Tile.of_pair((row, column), score))[0, 0] for row, column, score in places]
    return np.array(found, dtype=np.int8)


@dataclass(frozen=True)
class Denied(StatementOfPairs):
    """The statement that is true where another one is false."""

    denied: Statement

    def __call__(self, tile: Tile) -> Truth:
        """Return the truth of each pair of a tile."""
        return -self.denied(tile)

    def at(self, rows: IntArray, columns: IntArray, scores: IntArray) -> Truth:
        """Return the truth of each listed pair."""
        return -truth_at(self.denied, rows, columns, scores)


@dataclass(frozen=True)
class Together(StatementOfPairs):
    """The statement that all parts (``np.minimum``), or one of them (``np.maximum``), make true."""

    parts: Sequence[Statement]
    least_or_most: np.ufunc

    def __call__(self, tile: Tile) -> Truth:
        """Return the truth of each pair of a tile."""
        truth: Truth = reduce(self.least_or_most, [part(tile) for part in self.parts])
        return truth

    def at(self, rows: IntArray, columns: IntArray, scores: IntArray) -> Truth:
        """Return the truth of each listed pair."""
        parts = [truth_at(part, rows, columns, scores) for part in self.parts]
        truth: Truth = reduce(self.least_or_most, parts)
        return truth
