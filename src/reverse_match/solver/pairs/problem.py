"""The problem of the solver, in arrays: assignment with capacities (a bipartite b-matching).

Choose pairs (row, column) such that no row and no column is in more pairs than its capacity, and no pair is
chosen twice. The choice has as many pairs as possible, and the highest total score of all choices with that
many pairs. If the total comes first, it has the highest total score of all choices, and the most pairs of
these.

Pairs may have credits. Then a pair counts as its score plus its credit, here and wherever a module of the
solver speaks of scores and totals. Only the worst pair is judged without credits, except those that count for
it (:attr:`Problem.judged`).

Each pair also has a ticket: a pseudo-random number that depends only on the seed and the two people. Tickets
decide between equals (candidates, equal optima), so that neither the order of a file nor the solver does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.solver.pairs.source import NO_PAIR, ChangedBlock
from reverse_match.solver.pairs.table import RescoredPairs, ScoreTable

if TYPE_CHECKING:
    from reverse_match.foundation.arrays import BoolArray, IntArray, KeyArray
    from reverse_match.solver.pairs.credits import MarkedPairs, PairCredits
    from reverse_match.solver.pairs.loads import LoadDemand
    from reverse_match.solver.pairs.people import PeopleDemand
    from reverse_match.solver.pairs.source import PairBlock, PairSource


MOST_ABSENT = 1_000_000
"""Largest number of pairs of people without capacity that are subtracted from a count one by one."""


@dataclass(frozen=True)
class Problem:
    """An assignment problem with capacities.

    Rows and columns are in random order, so the first of them are a fair sample of all.

    Attributes
    ----------
    pairs : PairSource
        Scores and possible pairs, without credits.
    row_capacity, column_capacity : int64 arrays
        Capacities, 0 or more. A person with capacity 0 is in no pair, whatever the source says.
    row_keys, column_keys : uint64 arrays
        Pseudo-random numbers that decide between equally good solutions.
    most_first : bool
        Whether more pairs come before a higher total.
    credits : PairCredits, optional
        Credits of pairs in addition to their scores.
    in_worst : PairCredits, optional
        Those credits that count when the worst pair is judged.
    loads : pair of int64 arrays, optional
        Numbers of pairs that rows and columns have outside this problem. If given, tie-breaking prefers the
        optima in which the most rows and columns have a pair, and of these one with the most equal numbers
        (:mod:`.even_tie_breaking`).
    demand : LoadDemand, optional
        Demands on the numbers of pairs of single rows and columns (:mod:`.spreading`).
    people : PeopleDemand, optional
        If given, choices are judged by what people have of their pairs (:mod:`.settle_people`), before the
        total. A part of the problem knows nothing of it.
    """

    pairs: PairSource
    row_capacity: IntArray
    column_capacity: IntArray
    row_keys: KeyArray
    column_keys: KeyArray
    most_first: bool = True
    credits: PairCredits | None = None
    in_worst: PairCredits | None = None
    loads: tuple[IntArray, IntArray] | None = None
    demand: LoadDemand | None = None
    people: PeopleDemand | None = None

    @property
    def judged(self) -> Problem:
        """The same problem with the judged scores of pairs, by which the worst pair is found."""
        return self if self.credits is None else replace(self, credits=self.in_worst)

    @property
    def without_credits(self) -> Problem:
        """The same problem without credits."""
        return self if self.credits is None else replace(self, credits=None, in_worst=None)

    @property
    def marked(self) -> MarkedPairs | None:
        """The pairs with one more amount."""
        return None if self.credits is None else self.credits.marked

    @property
    def shape(self) -> tuple[int, int]:
        """Number of rows and columns."""
        return self.pairs.shape

    @property
    def capacities(self) -> tuple[IntArray, IntArray]:
        """Capacities of rows and of columns."""
        return self.row_capacity, self.column_capacity

    @property
    def keys(self) -> tuple[KeyArray, KeyArray]:
        """Keys of rows and of columns."""
        return self.row_keys, self.column_keys

    @cached_property
    def count(self) -> int | None:
        """Number of possible pairs of people with capacity; ``None`` where it has not been counted."""
        if not isinstance(self.pairs, ScoreTable | RescoredPairs) or self.pairs.count is None:
            return None
        absent = [np.flatnonzero(capacity == 0) for capacity in self.capacities]
        if len(absent[0]) * self.shape[1] + len(absent[1]) * self.shape[0] > MOST_ABSENT:
            return None
        present = np.flatnonzero(self.row_capacity)
        parts = (absent[0], np.arange(self.shape[1])), (present, absent[1])
        return self.pairs.count - sum(_count_pairs(self.pairs.part(*ends)) for ends in parts)

    def block(self, columns: slice) -> PairBlock:
        """Prepare a block of columns; its tiles have the pairs of people without capacity, too."""
        block = self.pairs.block(columns)
        return block if self.credits is None else ChangedBlock(block, self.credits, columns)

    def tickets(self, arcs: Arcs) -> IntArray:
        """Return the tickets by which a lottery decides between equally good choices of these pairs."""
        keys = self.row_keys[arcs.rows], self.column_keys[arcs.columns]
        return pair_tickets(*keys, ticket_bits(self.shape))

    def at(self, rows: IntArray, columns: IntArray) -> IntArray:
        """Return the scores of listed pairs, ``NO_PAIR`` for impossible ones."""
        possible = (self.row_capacity[rows] > 0) & (self.column_capacity[columns] > 0)
        scores = self.pairs.at(rows, columns)
        if self.credits is not None:
            scores = self.credits.add_to(scores, rows, columns)
        return np.where(possible, scores, NO_PAIR)

    @property
    def everybody(self) -> tuple[BoolArray, BoolArray]:
        """Marks of all rows and of all columns."""
        return np.ones(self.shape[0], dtype=bool), np.ones(self.shape[1], dtype=bool)

    def rescore(self, arcs: Arcs) -> Arcs:
        """Return the same pairs with their scores in this problem."""
        return replace(arcs, scores=self.at(arcs.rows, arcs.columns))

    def possible(self, arcs: Arcs) -> Arcs:
        """Return the possible pairs among some pairs, with their scores in this problem."""
        here = self.rescore(arcs)
        return here.where(here.scores != NO_PAIR)

    def range(self, rows: slice, columns: slice) -> Problem:
        """Return the problem of a range of rows and a range of columns."""
        places = np.arange(rows.start, rows.stop), np.arange(columns.start, columns.stop)
        if isinstance(self.pairs, ScoreTable | RescoredPairs):
            return self._of(self.pairs.range(rows, columns), *places)
        return self.part(*places)

    def part(self, rows: IntArray, columns: IntArray) -> Problem:
        """Return the problem of some rows and some columns, both in ascending order."""
        return self._of(self.pairs.part(rows, columns), rows, columns)

    def _of(self, pairs: PairSource, rows: IntArray, columns: IntArray) -> Problem:
        return Problem(
            pairs,
            self.row_capacity[rows],
            self.column_capacity[columns],
            self.row_keys[rows],
            self.column_keys[columns],
            self.most_first,
            None if self.credits is None else self.credits.part(rows, columns),
            None if self.in_worst is None else self.in_worst.part(rows, columns),
            None if self.loads is None else (self.loads[0][rows], self.loads[1][columns]),
            None if self.demand is None else self.demand.part(rows, columns),
        )


def _count_pairs(pairs: PairSource) -> int:
    """Count the pairs of a small source."""
    rows, columns = pairs.shape
    return int(np.count_nonzero(pairs.block(slice(0, columns)).tile(slice(0, rows)) != NO_PAIR))


@dataclass(frozen=True)
class Arcs:
    """Some pairs of a problem as three columns of equal length, sorted by row and column."""

    rows: IntArray
    columns: IntArray
    scores: IntArray

    def __len__(self) -> int:
        return len(self.rows)

    def unused(self, capacities: tuple[IntArray, IntArray]) -> tuple[IntArray, IntArray]:
        """Return the capacities of rows and columns that these pairs leave; a negative one is exceeded."""
        rows, columns = capacities
        return (
            rows - np.bincount(self.rows, minlength=len(rows)),
            columns - np.bincount(self.columns, minlength=len(columns)),
        )

    def fits(self, capacities: tuple[IntArray, IntArray]) -> bool:
        """Say whether no row and no column is in more pairs than its capacity."""
        return all(bool((left >= 0).all()) for left in self.unused(capacities))

    def outside(self, cover: tuple[BoolArray, BoolArray]) -> BoolArray:
        """Mark the pairs without an end in a vertex cover."""
        outside: BoolArray = ~cover[0][self.rows] & ~cover[1][self.columns]
        return outside

    def where(self, chosen: BoolArray) -> Arcs:
        """Return the arcs that a mask selects."""
        return Arcs(self.rows[chosen], self.columns[chosen], self.scores[chosen])

    def at(self, places: IntArray) -> Arcs:
        """Return the arcs at some indices."""
        return Arcs(self.rows[places], self.columns[places], self.scores[places])

    def highest(self, worth: IntArray, count: int) -> Arcs:
        """Return the ``count`` arcs of the highest worth, and all that equal the last of them."""
        return self if len(self) <= count else self.where(worth >= np.partition(worth, -count)[-count])

    @classmethod
    def union(cls, parts: list[Arcs]) -> Arcs:
        """Return the arcs of all parts, sorted, each once."""
        nothing = np.empty(0, np.int64)
        rows = np.concatenate([nothing, *(part.rows for part in parts)])
        columns = np.concatenate([nothing, *(part.columns for part in parts)])
        scores = np.concatenate([nothing, *(part.scores for part in parts)])
        width = int(columns.max(initial=0)) + 1
        places = rows * width + columns  # one number for each pair, ascending by row and column
        if (places[1:] > places[:-1]).all():
            return cls(rows, columns, scores)
        _, first = np.unique(places, return_index=True)
        return cls(rows[first], columns[first], scores[first])

    def among(self, others: Arcs) -> BoolArray:
        """Mark the arcs that are among other arcs, which must be sorted."""
        width = max(int(self.columns.max(initial=0)), int(others.columns.max(initial=0))) + 1
        known, asked = others.rows * width + others.columns, self.rows * width + self.columns
        place = np.minimum(np.searchsorted(known, asked), max(0, len(known) - 1))
        return known[place] == asked if len(known) else np.zeros(len(self), dtype=bool)


TICKET_BITS = 30
"""Bits of the tickets of all but the largest problems."""


def ticket_bits(shape: tuple[int, int]) -> int:
    """Return the number of bits of the tickets of a problem, so that a network of all its people bears them.

    OR-Tools bounds each cost by 2^62 over the square of the number of nodes, and a person may need two
    nodes. So tickets are shorter from some 30,000 people on.

    Examples
    --------
    >>> [ticket_bits((people, people)) for people in (5_000, 50_000, 500_000)]
    [30, 26, 20]
    """
    nodes = 2 * sum(shape) + 4
    return min(TICKET_BITS, (2**62 // nodes**2).bit_length() - 1)


def pair_tickets(row_keys: KeyArray, column_keys: KeyArray, bits: int = TICKET_BITS) -> IntArray:
    """Mix two keys into a ticket of some bits (finaliser of SplitMix64; Steele, Lea & Flood 2014)."""
    mixed = column_keys << np.uint64(1)
    mixed ^= column_keys >> np.uint64(63)
    mixed ^= row_keys
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed ^= mixed >> np.uint64(shift)
        mixed *= np.uint64(factor)
    mixed ^= mixed >> np.uint64(31)
    mixed >>= np.uint64(64 - bits)
    return mixed.view(np.int64)


def places_of(marks: BoolArray) -> tuple[IntArray, IntArray]:
    """Return rows and columns of the marks in a tile, row by row, as ``np.nonzero`` does.

    Dividing each place by the width would take as long as all else that is done with it.

    Examples
    --------
    >>> rows, columns = places_of(np.array([[False, True], [True, True]]))
    >>> rows.tolist(), columns.tolist()
    ([0, 1, 1], [1, 0, 1])
    """
    height, width = marks.shape
    columns = np.flatnonzero(marks)
    begins = np.arange(height + 1) * width
    counts = np.diff(np.searchsorted(columns, begins))
    columns -= np.repeat(begins[:-1], counts)
    return np.repeat(np.arange(height), counts), columns


def highest(value: IntArray, tickets: IntArray, count: int) -> IntArray:
    """Return the indices of the ``count`` highest values; between equals the higher ticket decides.

    Examples
    --------
    >>> highest(np.array([5, 7, 5, 1]), np.array([3, 0, 9, 8]), 2).tolist()
    [2, 1]
    """
    if 0 < count < len(value):
        kept = _highest_in_any_order(value, tickets, count)
        return kept[np.lexsort((tickets[kept], value[kept]))]
    return np.lexsort((tickets, value))[-count:]


def _highest_in_any_order(value: IntArray, tickets: IntArray, count: int) -> IntArray:
    """Return the ascending indices of the highest values, without sorting all; of equals the last ones."""
    least = np.partition(value, -count)[-count]
    above, equal = np.flatnonzero(value > least), np.flatnonzero(value == least)
    missing = count - len(above)
    lots = tickets[equal]
    lowest = np.partition(lots, -missing)[-missing]
    drawn, last = equal[lots > lowest], equal[lots == lowest]
    return np.sort(np.concatenate([above, drawn, last[len(last) - missing + len(drawn) :]]))
