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

import heapq
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reverse_match.foundation.arrays import BoolArray, IntArray

PRIME = 2**31 - 1
"""A prime for which products of two remainders stay below 2^63."""

Total: TypeAlias = "tuple[int, Sequence[int]]"
"""A cell, and the cells that are its parts; each fact of the cell is in exactly one of them."""


def hidden_cells(
    members: BoolArray,
    people: IntArray,
    totals: Iterable[Total],
    fewest: int,
    also: BoolArray | None = None,
) -> BoolArray:
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
    also : bool array, shape (cells,), optional
        Cells that are hidden for another reason, and must not be inferred either.

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
    return _Table(members, people, list(totals), fewest).hide(also)


class _Table:
    """Cells as sets of classes of facts; a class is the facts that are in the same cells.

    A cell that is hidden stays so. Hence each search for one more cell begins where the last one found
    nothing: a total is looked at again only after one of its cells was hidden, a close pair never, and a
    hidden cell outside the span of the shown cells stays outside, since the span only shrinks.
    """

    def __init__(self, members: BoolArray, people: IntArray, totals: list[Total], fewest: int) -> None:
        first, classes = _classes(members)
        self._members = members[:, first]
        self._people, self._begin = _people_of_classes(classes, people, len(first))
        self._fewest = fewest
        self._sizes = [self._count(row) for row in self._members]
        self._totals = [(whole, [part for part in parts if self._sizes[part]]) for whole, parts in totals]
        self._totals_of: defaultdict[int, list[int]] = defaultdict(list)
        for number, (whole, parts) in enumerate(self._totals):
            for cell in (whole, *parts):
                self._totals_of[cell].append(number)
        self._close = self._close_pairs()
        self._unsettled = list(range(len(self._totals)))
        self._next_pair = 0
        self._outside: set[int] = set()

    def hide(self, also: BoolArray | None = None) -> BoolArray:
        hidden = np.array([0 < size < self._fewest for size in self._sizes], dtype=bool)
        if also is not None:
            hidden |= also
        while (cell := self._next(hidden)) is not None:
            hidden[cell] = True
            for number in self._totals_of[cell]:
                heapq.heappush(self._unsettled, number)
        return hidden

    def _next(self, hidden: BoolArray) -> int | None:
        """Return one more cell to hide; ``None`` where nothing can be inferred."""
        for find in (self._next_by_totals, self._next_by_pairs, self._next_by_span):
            if (cell := find(hidden)) is not None:
                return cell
        return None

    def _next_by_totals(self, hidden: BoolArray) -> int | None:
        while self._unsettled:
            whole, parts = self._totals[self._unsettled[0]]
            if (cell := self._next_of_total(whole, parts, hidden)) is not None:
                return cell
            heapq.heappop(self._unsettled)
        return None

    def _next_of_total(self, whole: int, parts: Sequence[int], hidden: BoolArray) -> int | None:
        """Return a cell to hide so that a shown total does not reveal its hidden parts, if it does."""
        gone = [part for part in parts if hidden[part]]
        if hidden[whole] or not gone or (len(gone) > 1 and self._are_enough(gone)):
            return None
        return self._smallest([part for part in parts if not hidden[part]] or [whole])

    def _next_by_pairs(self, hidden: BoolArray) -> int | None:
        while self._next_pair < len(self._close):
            within, around = self._close[self._next_pair]
            if not (hidden[within] or hidden[around]):
                return within
            self._next_pair += 1
        return None

    def _next_by_span(self, hidden: BoolArray) -> int | None:
        unknown = [cell for cell in np.flatnonzero(hidden).tolist() if cell not in self._outside]
        if not unknown:
            return None
        span = self._span(hidden)
        for cell in unknown:
            if self._members[cell] in span:
                return self._smallest(self._relatives(cell, hidden))
            self._outside.add(cell)
        return None

    def _close_pairs(self) -> list[tuple[int, int]]:
        """Return pairs of cells, one within the other with too few people between them, smallest first."""
        from scipy.sparse import (  # takes long to load, and only figures of feedback need it
            coo_array,
            csr_array,
        )

        members = csr_array(self._members, dtype=np.int64)
        shared = coo_array(members @ members.T)
        facts, sizes = np.diff(members.indptr), np.array(self._sizes)
        inside = (shared.data == facts[shared.row]) & (facts[shared.row] < facts[shared.col])
        inside &= sizes[shared.col] - sizes[shared.row] < self._fewest  # at least so many lie between
        candidates = zip(shared.row[inside].tolist(), shared.col[inside].tolist(), strict=True)
        pairs = [
            (within, around)
            for within, around in candidates
            if self._count(self._members[around] & ~self._members[within]) < self._fewest
        ]
        return sorted(pairs, key=lambda pair: (self._sizes[pair[0]], pair))

    def _relatives(self, cell: int, hidden: BoolArray) -> list[int]:
        """Return the shown cells that may reveal a hidden one: first those of its totals."""
        near = [
            other
            for whole, parts in (self._totals[number] for number in self._totals_of[cell])
            for other in (whole, *parts)
        ]
        overlapping = np.flatnonzero((self._members & self._members[cell]).any(axis=1)).tolist()
        return [other for other in near if not hidden[other]] or [
            other for other in overlapping if not hidden[other]
        ]

    def _span(self, hidden: BoolArray) -> _Span:
        """Return the span of the shown cells."""
        shown = self._members[~hidden]
        span = _Span(shown.shape[1])
        for row in shown[np.argsort(np.count_nonzero(shown, axis=1), kind="stable")]:
            span.add(row)
        return span

    def _smallest(self, cells: Sequence[int]) -> int:
        return min(cells, key=lambda cell: (self._sizes[cell], cell))

    def _are_enough(self, cells: Sequence[int]) -> bool:
        """Say whether cells have together as many people as the limit."""
        if any(self._sizes[cell] >= self._fewest for cell in cells):  # mostly so, and quickly seen
            return True
        return self._count(np.logical_or.reduce(self._members[cells], axis=0)) >= self._fewest

    def _count(self, classes: BoolArray) -> int:
        """Return the number of people in some classes."""
        some = np.flatnonzero(classes).tolist()
        listed = [self._people[self._begin[one] : self._begin[one + 1]] for one in some]
        if len(listed) < 2:  # nobody is twice in one class
            return sum(map(len, listed))
        return int(np.count_nonzero(np.bincount(np.concatenate(listed))))


def _people_of_classes(classes: IntArray, people: IntArray, number: int) -> tuple[IntArray, IntArray]:
    """Return the people of all classes, each person once in each, and where each class begins."""
    pairs = np.unique(classes * (people.max(initial=0) + 1) + people)
    of_pair, person = np.divmod(pairs, people.max(initial=0) + 1)
    return person, np.searchsorted(of_pair, np.arange(number + 1))


def _classes(members: BoolArray) -> tuple[IntArray, IntArray]:
    """Return one fact of each class, and the class of each fact."""
    from scipy.sparse import csc_array  # takes long to load, and only figures of feedback need it

    if members.size == 0:
        return np.zeros(0, dtype=np.int64), np.zeros(members.shape[1], dtype=np.int64)
    cells = csc_array(members)  # a fact is in few of the cells
    numbers: dict[bytes, int] = {}
    classes = np.array(
        [
            numbers.setdefault(cells.indices[begin:end].tobytes(), len(numbers))
            for begin, end in pairwise(cells.indptr.tolist())
        ],
        dtype=np.int64,
    )
    return np.unique(classes, return_index=True)[1], classes


class _Span:
    """The span of some rows modulo a prime, as an echelon basis; each row of it begins with its leading 1.

    A row of the basis has zeros at the leads of the rows before it. So a row is reduced in the order of the
    basis, and only at the leads where it is not zero, which are few: rows are added smallest first.
    """

    def __init__(self, width: int) -> None:
        self._basis: list[tuple[int, IntArray, IntArray]] = []
        self._led_by = np.full(width, -1, dtype=np.int64)

    def __contains__(self, row: BoolArray) -> bool:
        return not self._remainder(row).any()

    def add(self, row: BoolArray) -> None:
        left = self._remainder(row)
        places = np.flatnonzero(left)
        if places.size:
            lead = int(places[0])
            values = left[places] * pow(int(left[lead]), -1, PRIME) % PRIME
            self._led_by[lead] = len(self._basis)
            self._basis.append((lead, places, values))

    def _remainder(self, row: BoolArray) -> IntArray:
        """Return what is left of a row after its parts along the basis are subtracted."""
        left = row.astype(np.int64)
        due = self._rows_led_at(np.flatnonzero(row))
        heapq.heapify(due)
        while due:
            number = heapq.heappop(due)
            lead, places, values = self._basis[number]
            if factor := left[lead]:
                left[places] = (left[places] - factor * values) % PRIME
                for later in self._rows_led_at(places):
                    if later > number:
                        heapq.heappush(due, later)
        return left

    def _rows_led_at(self, places: IntArray) -> list[int]:
        rows = self._led_by[places]
        found: list[int] = rows[rows >= 0].tolist()
        return found
