"""Tickets: a number for each pair that looks random and depends only on the seed and the two people.

Wherever equals have to be told apart (candidates, the lottery) tickets decide, so that neither the order of a
file nor the solver does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from reverse_match.arrays import IntArray, KeyArray

TICKET_BITS = 30


def pair_tickets(row_keys: KeyArray, column_keys: KeyArray) -> IntArray:
    """Mix two keys into a ticket from 0 to 2^30 - 1 (finaliser of SplitMix64; Steele, Lea & Flood 2014)."""
    mixed = row_keys ^ (column_keys << np.uint64(1)) ^ (column_keys >> np.uint64(63))
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed = (mixed ^ (mixed >> np.uint64(31))) >> np.uint64(64 - TICKET_BITS)
    return np.asarray(mixed, dtype=np.int64)


def highest(value: IntArray, tickets: IntArray, count: int) -> IntArray:
    """Return the places of the highest values; between equals the higher ticket decides.

    Examples
    --------
    >>> highest(np.array([5, 7, 5, 1]), np.array([3, 0, 9, 8]), 2).tolist()
    [2, 1]
    """
    return np.lexsort((tickets, value))[-count:]
