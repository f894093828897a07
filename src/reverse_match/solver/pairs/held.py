"""Pairs and marks that workers hold: whole, or those of some rows and columns.

They are sent to a worker by name and by the rows and columns meant, and become arrays where they are used. So
a part that is never looked at here, since a worker looks at it, costs nothing here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.foundation.workers import Held, Workers
    from reverse_match.solver.pairs.quotas import PairMarks
    from reverse_match.solver.pairs.source import PairBlock, PairSource

    Places: TypeAlias = slice | IntArray


@dataclass(frozen=True)
class HeldData:
    """What each worker holds: the scores of all pairs, and marks of all pairs."""

    pairs: PairSource
    marks: tuple[PairMarks, ...]


def hold_pairs(
    workers: Workers, pairs: PairSource, marks: Sequence[PairMarks | None]
) -> tuple[HeldPairs, list[HeldMarks | None]]:
    """Let workers hold pairs and marks; return both in the form in which they are sent by name.

    Parameters
    ----------
    workers : Workers
        The workers.
    pairs : PairSource
        Scores of all pairs.
    marks : sequence of PairMarks or None
        Marks of the same pairs; ``None`` stays.
    """
    held = workers.hold(HeldData(pairs, tuple(mark for mark in marks if mark is not None)))
    rows, columns = (slice(0, size) for size in pairs.shape)
    numbers = iter(range(len(marks)))
    return HeldPairs(held, rows, columns), [
        None if mark is None else HeldMarks(held, rows, columns, next(numbers)) for mark in marks
    ]


@dataclass(frozen=True)
class HeldPairs:
    """A source of pairs that workers hold.

    Attributes
    ----------
    held : Held
        The data, :class:`HeldData`.
    rows, columns : slice or int64 array
        Rows and columns of the whole that are those of this source, in ascending order.
    """

    held: Held
    rows: Places
    columns: Places

    @property
    def shape(self) -> tuple[int, int]:
        """Number of rows and columns."""
        return _length(self.rows), _length(self.columns)

    @cached_property
    def _pairs(self) -> PairSource:
        whole: PairSource = self.held.value.pairs
        if self.shape == whole.shape:
            return whole
        return whole.part(_listed(self.rows), _listed(self.columns))

    def block(self, columns: slice) -> PairBlock:
        """Prepare a block of columns."""
        return self._pairs.block(columns)

    def at(self, rows: IntArray, columns: IntArray) -> IntArray:
        """Return the scores of listed pairs, ``NO_PAIR`` for impossible ones."""
        return self._pairs.at(rows, columns)

    def part(self, rows: IntArray, columns: IntArray) -> HeldPairs:
        """Return the pairs of some rows and some columns, both in ascending order."""
        return HeldPairs(self.held, _among(self.rows, rows), _among(self.columns, columns))

    def __reduce__(self) -> tuple[Callable[..., HeldPairs], tuple[Any, ...]]:
        return HeldPairs, (self.held, self.rows, self.columns)


@dataclass(frozen=True)
class HeldMarks:
    """Marks of pairs that workers hold.

    Attributes
    ----------
    held : Held
        The data, :class:`HeldData`.
    rows, columns : slice or int64 array
        Rows and columns of the whole whose pairs are marked here, in ascending order.
    number : int
        Place of the marks in the data.
    """

    held: Held
    rows: Places
    columns: Places
    number: int

    @cached_property
    def _marks(self) -> PairMarks:
        whole: PairMarks = self.held.value.marks[self.number]
        if (_length(self.rows), _length(self.columns)) == self.held.value.pairs.shape:
            return whole
        return whole.part(_listed(self.rows), _listed(self.columns))

    def tile(self, rows: slice, columns: slice) -> BoolArray:
        """Return the marks of a tile."""
        return self._marks.tile(rows, columns)

    def among(self, rows: IntArray, columns: IntArray) -> BoolArray:
        """Return the marks of listed pairs."""
        return self._marks.among(rows, columns)

    def part(self, rows: IntArray, columns: IntArray) -> HeldMarks:
        """Return the marks of some rows and some columns, both in ascending order."""
        return HeldMarks(self.held, _among(self.rows, rows), _among(self.columns, columns), self.number)

    def __reduce__(self) -> tuple[Callable[..., HeldMarks], tuple[Any, ...]]:
        return HeldMarks, (self.held, self.rows, self.columns, self.number)


def _length(places: Places) -> int:
    return places.stop - places.start if isinstance(places, slice) else len(places)


def _listed(places: Places) -> IntArray:
    return np.arange(places.start, places.stop) if isinstance(places, slice) else places


def _among(whole: Places, part: IntArray) -> Places:
    """Return the places of a part of some places: a range if they are one, which is shorter to send.

    Examples
    --------
    >>> _among(slice(10, 20), np.array([3, 4, 5])), _among(slice(10, 20), np.array([0, 9]))
    (slice(13, 16, None), array([10, 19]))
    """
    places = whole.start + part if isinstance(whole, slice) else whole[part]
    if len(places) and int(places[-1]) - int(places[0]) + 1 == len(places):
        return slice(int(places[0]), int(places[-1]) + 1)
    return places
