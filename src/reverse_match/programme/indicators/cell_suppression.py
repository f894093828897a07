"""Which cells of a table of figures must not be shown, so that nothing can be learned of a few people.

A *cell* is a figure on a set of facts, each of one person: of all facts, of those of a round, of those of a
department in a round. A cell on fewer people than a limit is hidden. That is not enough, since whoever knows
a total and all its parts but one knows that part, too. So further cells are hidden, smallest first, until

- of the parts of a total that is shown, those that are hidden are at least two and have at least so many
  people together;
- no cell that is shown lies in another and leaves fewer people than the limit between the two;
- no hidden cell is a linear combination of cells that are shown, with any coefficients whatever, over however
  many totals it may go (Cox 1980 has examples where looking at one total at a time is not enough).

Cells count as vectors over the facts, so the last condition says that a hidden cell does not lie in the span
of those that are shown. It is looked at modulo a prime of 31 bits. A cell of nobody tells nothing of anybody
and stays as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reverse_match.foundation.arrays import BoolArray, IntArray

PRIME = 2**31 - 1
"""Products of two remainders stay below 2^63."""

Total: TypeAlias = "tuple[int, Sequence[int]]"
"""A cell, and the cells that are its parts: each of its facts is in one of them."""


def hidden_cells(members: BoolArray, people: IntArray, totals: Iterable[Total], fewest: int) -> BoolArray:
    """Return which cells must not be shown.

    Parameters
    ----------
    members : bool array, shape (cells, facts)
        Which facts a cell is on.
    people : int64 array, shape (facts,)
        Whose each fact is, as a number.
    totals : iterable of (int, sequence of int)
        A cell, and the cells that are its parts.
    fewest : int
        A cell on fewer people, but on somebody, is hidden.

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
    """Cells as sets of classes of facts, a class being all facts that are in the same cells."""

    def __init__(self, members: BoolArray, people: IntArray, totals: list[Total], fewest: int) -> None:
        first, classes = _classes(members)
        self._members = members[:, first]
        # Each person once in each class: there may be hundreds of facts, and only people are counted.
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
        """Return one more cell to hide, ``None`` where nothing can be learned."""
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
        """Return a cell to hide so that a total that is shown does not give its hidden parts away."""
        gone = [part for part in parts if hidden[part]]
        shown = [part for part in parts if not hidden[part]]
        if hidden[whole] or not gone or (len(gone) > 1 and self._together(gone) >= self._fewest):
            return None
        return self._smallest(shown or [whole])

    def _close_pairs(self) -> list[tuple[int, int]]:
        """Return cells that lie in others with too few people between, smallest first."""
        counts = self._members.astype(float)  # exact, and multiplied much faster than whole numbers
        shared, sizes = counts @ counts.T, counts.sum(axis=1)
        inside = (shared == sizes[:, None]) & (sizes[:, None] < sizes[None, :]) & (sizes[:, None] > 0)
        pairs = [
            (int(within), int(around))
            for within, around in np.argwhere(inside)
            if self._count(self._members[around] & ~self._members[within]) < self._fewest
        ]
        return sorted(pairs, key=lambda pair: (self._sizes[pair[0]], pair))

    def _relatives(self, cell: int, hidden: BoolArray) -> list[int]:
        """Return the cells that are shown and may give a hidden one away: first those of its totals."""
        near = [
            other for whole, parts in self._totals if cell in (whole, *parts) for other in (whole, *parts)
        ]
        overlapping = np.flatnonzero((self._members & self._members[cell]).any(axis=1)).tolist()
        return [other for other in near if not hidden[other]] or [
            other for other in overlapping if not hidden[other]
        ]

    def _echelon(self, hidden: BoolArray) -> list[tuple[int, IntArray]]:
        """Return a basis of what the shown cells span: rows with the place of their leading 1."""
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
        """Return how many people some classes are of."""
        return int(np.count_nonzero(np.bincount(self._people[classes[self._classes]])))


def _classes(members: BoolArray) -> tuple[IntArray, IntArray]:
    """Return a fact of each class, and the class of each fact."""
    if members.size == 0:
        return np.zeros(0, dtype=np.int64), np.zeros(members.shape[1], dtype=np.int64)
    packed = np.ascontiguousarray(np.packbits(members, axis=0).T)
    rows = packed.view(np.dtype((np.void, packed.shape[1]))).ravel()
    _, first, classes = np.unique(rows, return_index=True, return_inverse=True)
    return first, classes


def _reduce(row: BoolArray, basis: list[tuple[int, IntArray]]) -> IntArray:
    """Return what is left of a row without its parts along a basis."""
    left = row.astype(np.int64)
    for lead, other in basis:
        if left[lead]:
            left = (left - left[lead] * other) % PRIME
    return left
