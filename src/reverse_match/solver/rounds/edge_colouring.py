"""Edge colouring: splits a choice of pairs into rounds, as the edges of a bipartite graph into colours.

A row or column with d pairs shall have d / T of them in each of T rounds, rounded up or down. It is split
into as many copies as it needs for T pairs each. Then no copy may have two pairs in one round. If no copy has
more than T pairs, such a colouring always exists (König 1916). The pairs are coloured one after the other. If
no round is free at both ends, some round a is free at one end and some round b at the other. Exchanging a and
b along the Kempe chain that starts there makes a free at both ends.

If people are away in some rounds, a choice cannot always be split. Whether it can is a question of *list*
edge colouring, which is NP-hard. So pairs are placed greedily, those with the fewest possible rounds first.
Pairs that find no place are left out, and the caller fills the rounds up.

Sources: König 1916; de Werra 1971 for equitable colourings; Schrijver, *Combinatorial Optimization*, 2003,
section 20.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from reverse_match.foundation.arrays import BoolArray, IntArray


@dataclass(frozen=True)
class Split:
    """Pairs between copies of rows and of columns; no copy has more pairs than the number of rounds.

    Attributes
    ----------
    left, right : int64 arrays
        The copy of the row and of the column of each pair; copies of rows come first.
    nodes : int
        Number of copies.
    rounds : int
        Number of rounds into which the pairs are split.
    """

    left: IntArray
    right: IntArray
    nodes: int
    rounds: int

    @classmethod
    def of(cls, rows: IntArray, columns: IntArray, rounds: int) -> Split:
        """Distribute the pairs of each person over copies, in the order of the pairs."""
        left = _copies(rows, rounds)
        right = _copies(columns, rounds)
        of_rows = int(left.max(initial=-1)) + 1
        return cls(left, right + of_rows, of_rows + int(right.max(initial=-1)) + 1, rounds)

    @classmethod
    def of_rounds(cls, rows: IntArray, columns: IntArray, numbers: IntArray, rounds: int) -> Split:
        """Distribute pairs that have rounds over copies, so that no copy has two pairs in one round."""
        left, right = (_copies_by_round(ends, numbers, rounds) for ends in (rows, columns))
        of_rows = int(left.max(initial=-1)) + 1
        return cls(left, right + of_rows, of_rows + int(right.max(initial=-1)) + 1, rounds)


def _copies_by_round(ends: IntArray, numbers: IntArray, rounds: int) -> IntArray:
    """Return numbers of copies: a person's first pair in each round goes to the first copy, and so on."""
    key = ends * rounds + numbers
    order = np.argsort(key, kind="stable")
    loads = np.bincount(key)
    first = np.cumsum(loads) - loads
    # The rank of a pair among those of the same person in the same round is the number of its copy.
    rank = np.empty(len(ends), dtype=np.int64)
    rank[order] = np.arange(len(ends)) - first[key[order]]
    return ends * (int(rank.max(initial=0)) + 1) + rank


def _copies(ends: IntArray, rounds: int) -> IntArray:
    """Return the numbers of the copies of all ends, grouped by person."""
    order = np.argsort(ends, kind="stable")
    loads = np.bincount(ends)
    first = np.cumsum(loads) - loads
    rank = np.arange(len(ends)) - first[ends[order]]  # rank of each pair among those of its person
    needed = -(-loads // rounds)
    begins = np.cumsum(needed) - needed
    copies = np.empty(len(ends), dtype=np.int64)
    copies[order] = begins[ends[order]] + rank // rounds
    return copies


def colour_edges(split: Split) -> IntArray:
    """Return the round of each pair, from 0, such that no copy has two pairs in one round.

    Of the rounds that are free at both ends, a pair gets the one with the fewest pairs so far.

    Examples
    --------
    >>> square = Split.of(np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1]), rounds=2)
    >>> colour_edges(square).tolist()
    [0, 1, 1, 0]
    """
    colouring = _Colouring(split)
    for pair, ends in enumerate(zip(split.left.tolist(), split.right.tolist(), strict=True)):
        colouring.take(pair, *ends)
    return np.array(colouring.round_of, dtype=np.int64)


class _Colouring:
    """The pairs coloured so far, with the pair of each copy in each round."""

    def __init__(self, split: Split) -> None:
        self.round_of = [-1] * len(split.left)
        self._ends = split.left.tolist(), split.right.tolist()
        self._at: list[dict[int, int]] = [{} for _ in range(split.nodes)]
        self._sizes = [0] * split.rounds

    def take(self, pair: int, one: int, other: int) -> None:
        """Colour one more pair."""
        here, there = self._at[one], self._at[other]
        by_size = sorted(range(len(self._sizes)), key=self._sizes.__getitem__)
        free = next((number for number in by_size if number not in here and number not in there), None)
        if free is None:
            free = next(number for number in by_size if number not in here)
            self._exchange(other, free, next(number for number in by_size if number not in there))
        self._put(pair, free)

    def _put(self, pair: int, number: int) -> None:
        self.round_of[pair] = number
        self._sizes[number] += 1
        for ends in self._ends:
            self._at[ends[pair]][number] = pair

    def _exchange(self, node: int, taken: int, free: int) -> None:
        """Exchange two rounds along the Kempe chain from a copy where only one of them is free."""
        path, number = [], taken
        while number in self._at[node]:
            pair = self._at[node][number]
            path.append(pair)
            left, right = self._ends[0][pair], self._ends[1][pair]
            node = right if node == left else left
            number = free if number == taken else taken
        for pair in path:
            now = self.round_of[pair]
            self._sizes[now] -= 1
            for ends in self._ends:
                if self._at[ends[pair]].get(now) == pair:
                    del self._at[ends[pair]][now]
            self.round_of[pair] = free if now == taken else taken
        for pair in path:
            self._put(pair, self.round_of[pair])


NOWHERE = -1
"""Round of a pair without a place."""


def place_by_lists(
    ends: tuple[IntArray, IntArray],
    worth: IntArray,
    capacities: tuple[IntArray, IntArray],
    there: tuple[BoolArray, BoolArray],
    first: BoolArray,
) -> IntArray:
    """Place pairs in rounds one by one; return the round of each, ``NOWHERE`` for pairs without a place.

    Parameters
    ----------
    ends : pair of int64 arrays
        Row and column of each pair.
    worth : int64 array
        Worth of each pair; of pairs with as many possible rounds, the one with more worth comes first.
    capacities : pair of int64 arrays
        Largest number of pairs of each row and each column in one round.
    there : pair of bool arrays, shapes (rows, rounds) and (columns, rounds)
        The rounds in which rows and columns are there.
    first : bool array
        Marks of the pairs that are placed before all others.

    Examples
    --------
    >>> one = np.ones(2, dtype=np.int64)
    >>> here, away = np.array([[True, True], [True, True]]), np.array([[True, True], [False, True]])
    >>> ends, worth = (np.array([0, 0]), np.array([0, 1])), np.array([9, 5])
    >>> place_by_lists(ends, worth, (one, one), (here, away), np.zeros(2, dtype=bool)).tolist()
    [0, 1]
    """
    possible = there[0][ends[0]] & there[1][ends[1]]
    left = [np.where(side, capacity[:, None], 0) for capacity, side in zip(capacities, there, strict=True)]
    sizes = np.zeros(possible.shape[1], dtype=np.int64)
    found = np.full(len(worth), NOWHERE, dtype=np.int64)
    for pair in np.lexsort((np.arange(len(worth)), -worth, possible.sum(axis=1), ~first)).tolist():
        row, column = int(ends[0][pair]), int(ends[1][pair])
        free = np.flatnonzero((left[0][row] > 0) & (left[1][column] > 0))
        if len(free):
            number = int(free[np.argmin(sizes[free])])
            found[pair] = number
            sizes[number] += 1
            left[0][row, number] -= 1
            left[1][column, number] -= 1
    return found
