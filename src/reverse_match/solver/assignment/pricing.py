r"""Pricing: every pair is compared with the dual values of its row and its column.

With a price u for each row and z = v − B for each column (:mod:`.dual_values`), the reduced profit of a pair
with score s is s − u − z, which is minus its reduced cost. A pair with a *positive* reduced profit shows that
a better choice may exist: it becomes a candidate. A pair with reduced profit 0 may be in another, equally
good choice, and tie-breaking needs it. If only chosen pairs have a positive one, the prices prove the choice
to be the best. The same pass computes the sums over all pairs that the bounds need (:mod:`.certificate`).

This is column generation with the whole table as the pricing problem (Ford and Fulkerson 1958; Dantzig and
Wolfe 1960). For assignments it is also called "sparse-then-price", for instance by Jonker and Volgenant
(1987).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from reverse_match.solver.pairs.passes import merge_arcs, merge_ends, run_pass
from reverse_match.solver.pairs.problem import Arcs, highest, pair_tickets, places_of
from reverse_match.solver.pairs.source import NO_PAIR

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.solver.assignment.dual_values import DualValues
    from reverse_match.solver.pairs.passes import Region
    from reverse_match.solver.pairs.problem import Problem
    from reverse_match.solver.pairs.source import PairBlock
    from reverse_match.solver.pairs.tiles import Tiling

    SmallOrLarge: TypeAlias = NDArray[np.int32] | NDArray[np.int64]

SAFE_INT32 = 2**29
"""Bound within which prices and scores above ``NO_PAIR`` can be subtracted in 32 bits."""

ONLY_IMPROVING = -1
"""Margin with which only pairs with a positive reduced profit are found, since those with 0 may be many."""

BEYOND_REACH = 2**60
"""Price of a person without capacity, in 64 bits; no pair is worth it."""


@dataclass(frozen=True)
class PricingResult:
    """The result of pricing all pairs. Numbers are whole millionths.

    Attributes
    ----------
    found : Arcs
        Pairs worth at least their prices minus the margin, and pairs outside the vertex cover, sorted.
    complete : bool
        Whether ``found`` has all of these; if not, it has the best, and of equals some by their tickets.
    row_best : int64 array
        For each row, the largest reduced profit of its pairs; 0 if none is positive.
    dual_infeasibility : int
        Sum of the positive reduced profits of all pairs.
    uncovered : int
        Number of pairs without an end in the vertex cover.
    pairs : int
        Number of possible pairs.
    margin : int
        Amount below their prices down to which pairs were found, too.
    full_margin : int
        Margin of the last pricing of all pairs, of which repricing may have spent a part.
    """

    found: Arcs
    complete: bool
    row_best: IntArray
    dual_infeasibility: int
    uncovered: int
    pairs: int
    margin: int
    full_margin: int


@dataclass(frozen=True)
class _TileResult:
    rows: slice
    found: Arcs
    complete: bool
    row_best: IntArray
    dual_infeasibility: int
    uncovered: int
    pairs: int


def price_all_pairs(
    problem: Problem,
    prices: DualValues,
    vertex_cover: tuple[BoolArray, BoolArray],
    tiling: Tiling,
    most: int,
    margin: int = 0,
) -> PricingResult:
    """Compare every pair with the prices of its row and its column.

    Parameters
    ----------
    problem : Problem
        Problem with the pairs.
    prices : DualValues
        Dual values.
    vertex_cover : pair of bool arrays
        Rows and columns whose capacities limit the number of pairs.
    tiling : Tiling
        Division of the pairs into tiles; the result does not depend on it unless it is incomplete.
    most : int
        Largest number of pairs to find.
    margin : int
        Pairs worth up to this much less than their prices are found, too; or ``ONLY_IMPROVING``.
    """
    quota = tiling.share_of_tile(most, problem.shape)
    return run_pass(Pricing(prices, vertex_cover, quota, margin), problem, tiling)


@dataclass(frozen=True)
class Pricing:
    """The pass that :func:`price_all_pairs` is; ``quota`` is the largest number of pairs found in a tile."""

    prices: DualValues
    vertex_cover: tuple[BoolArray, BoolArray]
    quota: int
    margin: int
    cut: Literal["both"] = "both"

    def here(self, problem: Problem, tiling: Tiling) -> PricingResult:
        """Price all pairs of a problem in this process."""
        return _price_here(problem, self.prices, self.vertex_cover, tiling, self.quota, self.margin)

    def part(self, region: Region) -> Pricing:
        """Return the pricing of a rectangle of the pairs."""
        rows, columns = region.rows, region.columns
        cover = self.vertex_cover[0][rows], self.vertex_cover[1][columns]
        return replace(self, prices=self.prices.range(rows, columns), vertex_cover=cover)

    def merge(
        self, problem: Problem, regions: Sequence[Region], results: Sequence[PricingResult]
    ) -> PricingResult:
        """Return the pricing of all pairs, given that of rectangles."""
        return PricingResult(
            merge_arcs(regions, (part.found for part in results)),
            all(part.complete for part in results),
            merge_ends(problem.shape[0], (one.rows for one in regions), (part.row_best for part in results)),
            sum(part.dual_infeasibility for part in results),
            sum(part.uncovered for part in results),
            sum(part.pairs for part in results) if problem.count is None else problem.count,
            self.margin,
            self.margin,
        )


def _price_here(
    problem: Problem,
    prices: DualValues,
    vertex_cover: tuple[BoolArray, BoolArray],
    tiling: Tiling,
    quota: int,
    margin: int,
) -> PricingResult:
    """Price all pairs, a tile at a time."""
    reduced = prices.columns - prices.cardinality_dual
    largest = max(int(np.abs(prices.rows).max(initial=0)), int(np.abs(reduced).max(initial=0)))
    kind = np.int32 if largest + margin < SAFE_INT32 else np.int64
    beyond = SAFE_INT32 if kind is np.int32 else BEYOND_REACH
    row_prices = _in_kind(np.where(problem.row_capacity > 0, prices.rows, beyond), kind)
    column_prices = _in_kind(np.where(problem.column_capacity > 0, reduced, beyond), kind)
    limited = (
        vertex_cover[0] | (problem.row_capacity == 0),
        vertex_cover[1] | (problem.column_capacity == 0),
    )

    def make(columns: slice) -> Callable[[slice], _TileResult]:
        block, costs = problem.block(columns), column_prices[columns]

        def look(rows: slice) -> _TileResult:
            return _price_tile(
                problem, block, (rows, columns), (row_prices[rows], costs), limited, margin, quota
            )

        return look

    looks = tiling.map(make, problem.shape)
    row_best = np.zeros(problem.shape[0], dtype=np.int64)
    for tile in looks:
        np.maximum(row_best[tile.rows], tile.row_best, out=row_best[tile.rows])
    return PricingResult(
        Arcs.union([tile.found for tile in looks]),
        all(tile.complete for tile in looks),
        row_best,
        sum(tile.dual_infeasibility for tile in looks),
        sum(tile.uncovered for tile in looks),
        sum(tile.pairs for tile in looks) if problem.count is None else problem.count,
        margin,
        margin,
    )


def _in_kind(prices: IntArray, kind: type[np.int32] | type[np.int64]) -> SmallOrLarge:
    return prices.astype(np.int32) if kind is np.int32 else prices


def _price_tile(
    problem: Problem,
    block: PairBlock,
    place: tuple[slice, slice],
    prices: tuple[SmallOrLarge, SmallOrLarge],
    vertex_cover: tuple[BoolArray, BoolArray],
    margin: int,
    quota: int,
) -> _TileResult:
    """Price the pairs of one tile; ``place`` has its rows and columns."""
    rows, columns = place
    scores = block.tile(rows)
    limit = prices[0] - prices[0].dtype.type(margin)
    here, there = places_of(scores >= limit[:, None] + prices[1])
    listed = scores[here, there]
    real = listed != NO_PAIR
    for ends, capacity in ((here, problem.row_capacity[rows]), (there, problem.column_capacity[columns])):
        if not capacity.all():
            real &= capacity[ends] > 0  # a high score may exceed even the price of people without capacity
    if not real.all():
        here, there, listed = here[real], there[real], listed[real]
    value = listed.astype(np.int64)
    value -= prices[0][here]
    value -= prices[1][there]
    more = np.flatnonzero(value > 0)
    row_best, dual_infeasibility = np.zeros(len(scores), dtype=np.int64), 0
    if len(more):
        above = value[more]
        begins = np.flatnonzero(np.diff(here[more], prepend=-1))  # places are in the order of rows
        row_best[here[more[begins]]] = np.maximum.reduceat(above, begins)
        dual_infeasibility = int(above.sum())
    free_rows, free_columns = (
        np.flatnonzero(~vertex_cover[0][rows]),
        np.flatnonzero(~vertex_cover[1][columns]),
    )
    uncovered = 0
    if len(free_rows) and len(free_columns):
        row, column = np.nonzero(scores[np.ix_(free_rows, free_columns)] != NO_PAIR)
        uncovered = len(row)
        here, there = np.append(free_rows[row], here), np.append(free_columns[column], there)
        value = np.append(np.full(uncovered, BEYOND_REACH), value)
    complete = len(here) <= quota
    if not complete:
        tickets = pair_tickets(problem.row_keys[rows][here], problem.column_keys[columns][there])
        kept = highest(value, tickets, quota)
        here, there = here[kept], there[kept]
    found = Arcs(here + rows.start, there + columns.start, scores[here, there].astype(np.int64))
    pairs = _possible(problem, scores, rows, columns)
    return _TileResult(rows, found, complete, row_best, dual_infeasibility, uncovered, pairs)


def _possible(problem: Problem, scores: NDArray[np.int32], rows: slice, columns: slice) -> int:
    """Count the pairs of a tile whose people have capacity; 0 if all pairs have been counted before."""
    if problem.count is not None:
        return 0
    absent = (
        np.flatnonzero(problem.row_capacity[rows] == 0),
        np.flatnonzero(problem.column_capacity[columns] == 0),
    )
    present = scores != NO_PAIR
    count = np.count_nonzero(present) - np.count_nonzero(present[absent[0]])
    if len(absent[1]):
        present[absent[0]] = False
        count -= np.count_nonzero(present[:, absent[1]])
    return int(count)
