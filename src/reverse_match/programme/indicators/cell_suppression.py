"""Decides which cells of a table of figures to hide, so that nothing can be inferred about a few people.

A *cell* is a figure on a set of facts, each about one person: all facts, those of a round, those of a
department in a round. A cell on fewer people than a limit is hidden (primary suppression). But a reader who
knows a total and all of its parts but one can compute that part. So further cells are hidden, smallest first
(secondary suppression), until:

- if a shown total has hidden parts, these are at least two and have together at least as many people as the
  limit;
- no shown cell lies within another shown cell with fewer people than the limit between them;
- no hidden cell is a linear combination of shown cells, with any coefficients, over any number of totals (Cox
  1980 has examples in which examining one total at a time is not enough).

Cells are vectors over the facts, so the last condition says that no hidden cell lies in the span of the shown
cells. It is tested modulo a prime of 31 bits. A cell without people reveals nothing, and is shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reverse_match.foundation.arrays import BoolArray, IntArray

PRIME = 2**31 - 1
"""A prime for which products of two remainders stay below 2^63."""

Total: TypeAlias = "tuple[int, Sequence[int]]"
"""A cell, and the cells that are its parts; each fact of the cell is in exactly one of them."""


def hidden_cells(members: BoolArray, people: IntArray, totals: Iterable[Total], fewest: int) -> BoolArray:
    """Return the cells to hide.

    Parameters
    ----------
    members : bool array, shape (cells, facts)
        The facts of each cell.
    people : int64 array, shape (facts,)
        Number of the person whom each fact is about.
    totals : iterable of (int, sequence of int)
        Index of a cell, and the indices of the cells that are its parts.
    fewest : int
        A cell on at least one person and on fewer than this number is hidden.

    Returns
    -------
    bool array, shape (cells,)

    Examples
    --------
    Of nine people three are in the first part: the smaller of the other two parts is hidden with it.

    >>> parts = np.repeat(np.eye(3, dtype=bool), [2, 3, 4], axis=1)
    >>> members = np.vstack([np.ones(9, dtype=bool), parts])
    >>> hidden_cells(members, np.arange(9), [(0, [1, 2, 3])], fewest=3)
    array([False,  True,  True, False])
    """
    return _Table(members, people, list(totals), fewest).hide()


class _Table:
    """Cells as sets of classes of facts; a class is the facts that are in the same cells."""

    def __init__(self, members: BoolArray, people: IntArray, totals: list[Total], fewest: int) -> None:
        first, classes = _classes(members)
        self._members = members[:, first]
        # Keep each person once in each class: a person may have hundreds of facts, and only people count.
        one_of_each = np.unique(np.stack([classes, people]), axis=1)
        self._classes, self._people = one_of_each
        self._fewest = fewest
        self._sizes = [self._count(row) for row in self._members]
        self._totals = [(whole, [part for part in parts if self._sizes[part]]) for whole, parts in totals]
        self._close = self._close_pairs()

    def hide(self) -> BoolArray:
        hidden = np.array([0 < size < self._fewest for size in self._sizes], dtype=bool)
        while (cell := self._next(hidden)) is not None:
            hidden[cell] = True
        return hidden

    def _next(self, hidden: BoolArray) -> int | None:
        """Return one more cell to hide; ``None`` where nothing can be inferred."""
        for whole, parts in self._totals:
            if (cell := self._next_of_total(whole, parts, hidden)) is not None:
                return cell
        for within, around in self._close:
            if not (hidden[within] or hidden[around]):
                return within
        basis = self._echelon(hidden) if hidden.any() else []
        for cell in np.flatnonzero(hidden).tolist():
            if not _reduce(self._members[cell], basis).any():
                return self._smallest(self._relatives(cell, hidden))
        return None

    def _next_of_total(self, whole: int, parts: Sequence[int], hidden: BoolArray) -> int | None:
        """Return a cell to hide so that a shown total does not reveal its hidden parts, if it does."""
        gone = [part for part in parts if hidden[part]]
        shown = [part for part in parts if not hidden[part]]
        if hidden[whole] or not gone or (len(gone) > 1 and self._together(gone) >= self._fewest):
            return None
        return self._smallest(shown or [whole])

    def _close_pairs(self) -> list[tuple[int, int]]:
        """Return pairs of cells, one within the other with too few people between them, smallest first."""
        counts = self._members.astype(float)  # floats are exact here, and multiply much faster
        shared, sizes = counts @ counts.T, counts.sum(axis=1)
        inside = (shared == sizes[:, None]) & (sizes[:, None] < sizes[None, :]) & (sizes[:, None] > 0)
        pairs = [
            (int(within), int(around))
            for within, around in np.argwhere(inside)
            if self._count(self._members[around] & ~self._members[within]) < self._fewest
        ]
        return sorted(pairs, key=lambda pair: (self._sizes[pair[0]], pair))

    def _relatives(self, cell: int, hidden: BoolArray) -> list[int]:
        """Return the shown cells that may reveal a hidden one: first those of its totals."""
        near = [
            other for whole, parts in self._totals if cell in (whole, *parts) for other in (whole, *parts)
        ]
        overlapping = np.flatnonzero((self._members & self._members[cell]).any(axis=1)).tolist()
        return [other for other in near if not hidden[other]] or [
            other for other in overlapping if not hidden[other]
        ]

    def _echelon(self, hidden: BoolArray) -> list[tuple[int, IntArray]]:
        """Return a basis of the span of the shown cells: echelon rows, with the place of each leading 1."""
        basis: list[tuple[int, IntArray]] = []
        for row in self._members[~hidden]:
            left = _reduce(row, basis)
            places = np.flatnonzero(left)
            if places.size:
                lead = int(places[0])
                basis.append((lead, left * pow(int(left[lead]), -1, PRIME) % PRIME))
        return basis

    def _smallest(self, cells: Sequence[int]) -> int:
        return min(cells, key=lambda cell: (self._sizes[cell], cell))

    def _together(self, cells: Sequence[int]) -> int:
        return self._count(np.logical_or.reduce(self._members[cells], axis=0))

    def _count(self, classes: BoolArray) -> int:
        """Return the number of people in some classes."""
        return int(np.count_nonzero(np.bincount(self._people[classes[self._classes]])))


def _classes(members: BoolArray) -> tuple[IntArray, IntArray]:
    """Return one fact of each class, and the class of each fact."""
    if members.size == 0:
        return np.zeros(0, dtype=np.int64), np.zeros(members.shape[1], dtype=np.int64)
    packed = np.ascontiguousarray(np.packbits(members, axis=0).T)
    rows = packed.view(np.dtype((np.void, packed.shape[1]))).ravel()
    _, first, classes = np.unique(rows, return_index=True, return_inverse=True)
    return first, classes


def _reduce(row: BoolArray, basis: list[tuple[int, IntArray]]) -> IntArray:
    """Return the remainder of a row after its parts along a basis are subtracted."""
    left = row.astype(np.int64)
    for lead, other in basis:
        if left[lead]:
            left = (left - left[lead] * other) % PRIME
    return left
