"""Decides between equally good choices, so that neither the order of a file nor the solver's version does.

All best choices have one set of prices in common, and by complementary slackness they are exactly the choices
that keep every pair worth *more* than its prices, take no pair worth less, use up everybody with a price
above 0, and choose as many pairs. Among these one is drawn: each pair that is worth just its prices gets a
ticket, a number that looks random and depends only on the seed and the two people, and the choice with the
highest sum of tickets wins. With tickets of 30 bits two choices have equal sums with a probability below
(number of such pairs) / 2^30.

Source of that bound: Mulmuley, Vazirani & Vazirani, "Matching is as easy as matrix inversion", 1987 (the
isolation lemma).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reverse_match.solver.network import best_pairs
from reverse_match.solver.problem import Arcs

if TYPE_CHECKING:
    from reverse_match.arrays import BoolArray, IntArray, KeyArray
    from reverse_match.solver.prices import Prices

TICKET_BITS = 30


def draw(
    arcs: Arcs,
    chosen: BoolArray,
    prices: Prices,
    capacities: tuple[IntArray, IntArray],
    keys: tuple[KeyArray, KeyArray],
) -> BoolArray:
    """Return one of the best choices, whichever of them was found first.

    Parameters
    ----------
    arcs : Arcs
        The pairs that there are.
    chosen : array of bool
        One best choice.
    prices : Prices
        Its prices.
    capacities : pair of int64 arrays
        Of rows and columns.
    keys : pair of uint64 arrays
        Random-looking numbers of rows and columns.

    Returns
    -------
    array of bool
        For each arc, whether the drawn choice has it.
    """
    excess = prices.excess(arcs)
    certain, open_arcs = excess > 0, excess == 0
    if not (open_arcs & ~chosen).any():
        return chosen
    left = (
        capacities[0] - np.bincount(arcs.rows[certain], minlength=len(capacities[0])),
        capacities[1] - np.bincount(arcs.columns[certain], minlength=len(capacities[1])),
    )
    rows, columns = arcs.rows[open_arcs], arcs.columns[open_arcs]
    tickets = Arcs(rows, columns, pair_tickets(keys[0][rows], keys[1][columns]))
    may_rest = prices.rows == 0, prices.columns == 0
    drawn = certain.copy()
    drawn[open_arcs] = best_pairs(tickets, left, may_rest, int(chosen.sum() - certain.sum()))
    return drawn


def pair_tickets(row_keys: KeyArray, column_keys: KeyArray) -> IntArray:
    """Mix two keys into a ticket from 0 to 2^30 - 1 (finaliser of SplitMix64; Steele, Lea & Flood 2014)."""
    mixed = row_keys ^ (column_keys << np.uint64(1)) ^ (column_keys >> np.uint64(63))
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed = (mixed ^ (mixed >> np.uint64(31))) >> np.uint64(64 - TICKET_BITS)
    return np.asarray(mixed, dtype=np.int64)
