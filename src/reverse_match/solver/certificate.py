r"""The certificate: two bounds over *all* pairs, recomputed from prices in tiles.

Both come from one inequality. For any weights w on pairs and prices u, v ≥ 0, a choice x that respects the
capacities has

    Σ w x  ≤  Σ capacity u + Σ capacity v + Σ max(0, w − u − v),

the last sum over all pairs that there are. With w = 1 and prices 1 for scarce people, 0 for the others, it
bounds the *number* of pairs. With w = s + B it bounds the total: a choice of K pairs has  Σ s x  ≤  (right
side) − B K. The bounds hold whatever the prices are; prices from the solver make them tight, and then they
prove that nothing better exists. (Weak duality; no solver has to be trusted.)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.pair_source import NO_PAIR
from reverse_match.tiling import map_tiles

if TYPE_CHECKING:
    from reverse_match.arrays import BoolArray
    from reverse_match.solver.prices import Prices
    from reverse_match.solver.problem import Problem


@dataclass(frozen=True)
class Bounds:
    """What no choice of pairs can exceed.

    Attributes
    ----------
    count : int
        Of the number of pairs.
    total : int
        Of the total score of as many pairs as were chosen, in millionths.
    pairs : int
        How many allowed pairs were checked.
    """

    count: int
    total: int
    pairs: int


def bounds(
    problem: Problem,
    prices: Prices,
    scarce: tuple[BoolArray, BoolArray],
    count: int,
    threads: int | None = None,
) -> Bounds:
    """Check prices against every allowed pair.

    Parameters
    ----------
    problem : Problem
        Gives the pairs.
    prices : Prices
        Dual values.
    scarce : pair of bool arrays
        Rows and columns that limit the number of pairs.
    count : int
        How many pairs were chosen.
    threads : int, optional
        All cores if not given.
    """

    def sums_of_tile(rows: slice, columns: slice) -> tuple[int, int, int]:
        tile = problem.tile(rows, columns).astype(np.int64)
        allowed = tile != NO_PAIR
        worth = tile + prices.bonus - prices.rows[rows, None] - prices.columns[None, columns]
        excess = np.where(allowed, np.maximum(worth, 0), 0)
        untouched = allowed & ~scarce[0][rows, None] & ~scarce[1][None, columns]
        return int(untouched.sum()), int(excess.sum()), int(allowed.sum())

    sums = map_tiles(sums_of_tile, problem.shape, threads)
    untouched, excess, pairs = (sum(column) for column in zip(*sums, strict=True)) if sums else (0, 0, 0)
    capacities = problem.row_capacity, problem.column_capacity
    most = untouched + sum(
        int(capacity[marks].sum()) for capacity, marks in zip(capacities, scarce, strict=True)
    )
    value = sum(
        int((capacity * price).sum())
        for capacity, price in zip(capacities, (prices.rows, prices.columns), strict=True)
    )
    return Bounds(most, value + excess - prices.bonus * count, pairs)
