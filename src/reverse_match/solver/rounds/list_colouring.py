"""List edge colouring: puts pairs into rounds in which both people are there, as far as that goes.

With people who are away in some rounds a choice of pairs cannot always be split. Whether it can is the
question of list edge colouring, which is NP-hard. So pairs are placed greedily, one after the other,
those with the fewest rounds to go to first. What finds no place is left to whoever fills the rounds up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from reverse_match.foundation.arrays import BoolArray, IntArray

NOWHERE = -1
"""The round of a pair that found no place."""


def place_by_lists(
    ends: tuple[IntArray, IntArray],
    worth: IntArray,
    capacities: tuple[IntArray, IntArray],
    there: tuple[BoolArray, BoolArray],
    first: BoolArray,
) -> IntArray:
    """Place pairs in rounds one by one; return the round of each, ``NOWHERE`` where it found no place.

    Parameters
    ----------
    ends : pair of int64 arrays
        Row and column of each pair.
    worth : int64 array
        The worth of each; of two pairs with as many rounds to go to, the one with more comes first.
    capacities : pair of int64 arrays
        How many pairs each row and each column may have in one round.
    there : pair of bool arrays, shapes (rows, rounds) and (columns, rounds)
        In which rounds they are there.
    first : bool array
        Pairs that are placed before all others.

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
