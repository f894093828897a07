r"""Repricing: after a change of some prices, pricing few pairs gives the same result as pricing all.

Let an earlier pricing of all pairs have listed the pairs worth at least their prices minus a margin. If
neither the price of the row nor that of the column has become *lower*, the reduced profit of a pair has not
grown. So a pair that was not listed need not be priced again. Only these are priced again: the rows and
columns whose price is lower, the listed pairs, and the pairs that have become possible since. Forbidding one
pair among 25 million changes a few prices of ten thousand, and the proof over all pairs is as strict as
before.

"Lower" means lower by more than an allowance: a for rows and b for columns. If neither price of an unlisted
pair is lower in this sense, its reduced profit has grown by at most a + b, so the pair is still worth less
than its prices by the margin minus a + b. The margin may be spent that way down to 0; the next pricing of all
pairs restores it. With b = −a nothing is spent: often all rows become cheaper and all columns dearer by the
same small amount, which changes no pair.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.solver.assignment.pricing import PricingResult, price_all_pairs
from reverse_match.solver.pairs.problem import Arcs
from reverse_match.solver.pairs.source import NO_PAIR

if TYPE_CHECKING:
    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.solver.assignment.dual_values import DualValues
    from reverse_match.solver.pairs.problem import Problem
    from reverse_match.solver.pairs.table import ChangedPairs
    from reverse_match.solver.pairs.tiles import Tiling

    Marks = tuple[BoolArray, BoolArray]

LARGEST_SHARE = 0.3
"""Share of all pairs beyond which repricing takes as long as pricing all of them."""

SMALL_SHARE = 0.02
"""Share of all pairs at which no further margin is spent to reprice fewer."""

SPENDINGS = (0.0, 0.1, 0.25, 0.5)
"""Shares of the margin that may be spent; the first one with few pairs left to price is used."""

MOST_FREE = 1_000_000
"""Largest number of pairs outside the vertex cover that are counted one by one."""


@dataclass(frozen=True)
class PricingSnapshot:
    """An earlier pricing of all pairs, of a problem with the same rows, columns and scores.

    Attributes
    ----------
    prices : DualValues
        Prices at which all pairs were priced.
    pricing : PricingResult
        Result of that pricing.
    capacities : pair of int64 arrays
        Capacities of rows and columns at that time.
    changed : ChangedPairs, optional
        Pairs that have become possible or impossible since.
    """

    prices: DualValues
    pricing: PricingResult
    capacities: tuple[IntArray, IntArray]
    changed: ChangedPairs | None = None


def reprice(
    problem: Problem,
    prices: DualValues,
    vertex_cover: Marks,
    tiling: Tiling,
    most: int,
    margin: int,
    earlier: PricingSnapshot,
) -> PricingResult | None:
    """Return the result of :func:`price_all_pairs`, or ``None`` where pricing all pairs is simpler.

    Parameters
    ----------
    problem, prices, vertex_cover, tiling, most, margin
        As for :func:`price_all_pairs`. The margin may be reduced to the earlier one.
    earlier : PricingSnapshot
        The earlier pricing.
    """
    if not earlier.pricing.complete:
        return None
    lower, spent = _lower(problem, prices, earlier)
    rows, columns = (np.flatnonzero(marks) for marks in lower)
    free = [
        np.flatnonzero(~marks & (capacity > 0))
        for marks, capacity in zip(vertex_cover, problem.capacities, strict=True)
    ]
    shape = problem.shape
    area = len(rows) * shape[1] + len(columns) * (shape[0] - len(rows))
    if area > LARGEST_SHARE * shape[0] * shape[1] or len(free[0]) * len(free[1]) > MOST_FREE:
        return None
    margin = min(margin, earlier.pricing.margin - spent)
    others = np.flatnonzero(~lower[0])
    looks = [
        _price_part(problem, prices, vertex_cover, tiling, most, margin, places)
        for places in ((rows, np.arange(shape[1])), (others, columns))
        if len(places[0]) and len(places[1])
    ]
    rest, dual_infeasibility, uncovered = _rest(
        problem, prices, vertex_cover, margin, lower, (free[0], free[1]), earlier
    )
    row_best = np.zeros(shape[0], dtype=np.int64)
    np.maximum.at(row_best, rest.rows, prices.reduced_profits(rest))
    for place, look in looks:
        np.maximum.at(row_best, place, look.row_best)
    return PricingResult(
        Arcs.union([rest, *(look.found for _, look in looks)]),
        all(look.complete for _, look in looks),
        row_best,
        dual_infeasibility + sum(look.dual_infeasibility for _, look in looks),
        uncovered + sum(look.uncovered for _, look in looks),
        _pairs(problem, earlier),
        margin,
        earlier.pricing.full_margin,
    )


def _lower(problem: Problem, prices: DualValues, earlier: PricingSnapshot) -> tuple[Marks, int]:
    """Mark rows and columns whose price is lower by more than the allowance; return also the margin spent.

    People without capacity had no price at that time, so theirs counts as lower.
    """
    then = earlier.prices
    drops = (
        then.rows - prices.rows,
        (then.columns - then.cardinality_dual) - (prices.columns - prices.cardinality_dual),
    )
    present = problem.row_capacity > 0, problem.column_capacity > 0
    had_price = earlier.capacities[0] > 0, earlier.capacities[1] > 0
    known = [np.sort(drop[here & had]) for drop, here, had in zip(drops, present, had_price, strict=True)]
    row_allowance, column_allowance = _allowances(known[0], known[1], earlier.pricing.margin)
    lower = drops[0] > row_allowance, drops[1] > column_allowance
    marks = (
        present[0] & (lower[0] | ~had_price[0]),
        present[1] & (lower[1] | ~had_price[1]),
    )
    return marks, row_allowance + column_allowance


def _allowances(row_drops: IntArray, column_drops: IntArray, margin: int) -> tuple[int, int]:
    """Return the allowances for rows and columns: few pairs are priced again, and little margin is spent.

    Examples
    --------
    >>> _allowances(np.array([5, 5, 5, 9]), np.array([-7, -5, -5, 0]), 0)
    (5, -5)
    >>> _allowances(np.array([5, 5, 5, 9]), np.array([-7, -5, -5, 0]), 20)
    (9, 1)
    """
    small = SMALL_SHARE * len(row_drops) * len(column_drops)
    best = (len(row_drops) * len(column_drops) + 1, 0, 0)
    for share in SPENDINGS:
        spent = int(share * margin)
        best = min(best, _best_split(row_drops, column_drops, spent), key=lambda split: split[0])
        if best[0] <= small:
            break
    return best[1:]


def _best_split(row_drops: IntArray, column_drops: IntArray, spent: int) -> tuple[int, int, int]:
    """Return the number of pairs to price again at the best split of an allowance, and that split."""
    # The number of pairs changes only where a row or a column begins to count as lower.
    splits = np.unique(np.concatenate([row_drops, spent - column_drops, [0]]))
    more_rows = len(row_drops) - np.searchsorted(row_drops, splits, side="right")
    more_columns = len(column_drops) - np.searchsorted(column_drops, spent - splits, side="right")
    area = more_rows * max(1, len(column_drops)) + more_columns * max(1, len(row_drops))
    best = int(np.argmin(area))
    return int(area[best]), int(splits[best]), spent - int(splits[best])


def _price_part(
    problem: Problem,
    prices: DualValues,
    vertex_cover: Marks,
    tiling: Tiling,
    most: int,
    margin: int,
    places: tuple[IntArray, IntArray],
) -> tuple[IntArray, PricingResult]:
    """Price every pair of some rows and columns."""
    rows, columns = places
    pricing = price_all_pairs(
        problem.part(rows, columns),
        prices.part(rows, columns),
        (vertex_cover[0][rows], vertex_cover[1][columns]),
        tiling.for_width(len(columns)),
        most,
        margin,
    )
    found = Arcs(rows[pricing.found.rows], columns[pricing.found.columns], pricing.found.scores)
    return rows, replace(pricing, found=found)


def _rest(
    problem: Problem,
    prices: DualValues,
    vertex_cover: Marks,
    margin: int,
    lower: Marks,
    free: tuple[IntArray, IntArray],
    earlier: PricingSnapshot,
) -> tuple[Arcs, int, int]:
    """Return the pairs found where no price is lower, their dual infeasibility, and the number uncovered."""
    listed = [earlier.pricing.found]
    if earlier.changed is not None:
        listed.append(_with_scores(problem, earlier.changed.rows, earlier.changed.columns))
    free_rows, free_columns = (marks.ravel() for marks in np.meshgrid(*free, indexing="ij"))
    listed.append(_with_scores(problem, free_rows, free_columns))
    arcs = Arcs.union(listed)
    arcs = arcs.where(arcs.outside(lower))
    arcs = _with_scores(problem, arcs.rows, arcs.columns)
    arcs = arcs.where(arcs.scores != NO_PAIR)
    reduced_profits = prices.reduced_profits(arcs)
    uncovered = arcs.outside(vertex_cover)
    worth = int(np.maximum(reduced_profits, 0).sum())
    return arcs.where((reduced_profits >= -margin) | uncovered), worth, int(uncovered.sum())


def _with_scores(problem: Problem, rows: IntArray, columns: IntArray) -> Arcs:
    return Arcs(rows, columns, problem.at(rows, columns))


def _pairs(problem: Problem, earlier: PricingSnapshot) -> int:
    """Count the possible pairs: those of the earlier pricing, with the changes since."""
    count = earlier.pricing.pairs
    then = tuple(capacity > 0 for capacity in earlier.capacities)
    now = tuple(capacity > 0 for capacity in problem.capacities)
    if earlier.changed is not None:
        changed = earlier.changed
        present = then[0][changed.rows] & then[1][changed.columns]
        possible = problem.pairs.at(changed.rows, changed.columns) != NO_PAIR
        count += int((possible & present).sum()) - int((changed.were_possible & present).sum())
    for row in np.flatnonzero(then[0] != now[0]):
        columns = np.flatnonzero(then[1])
        partners = int((problem.pairs.at(np.full(len(columns), row), columns) != NO_PAIR).sum())
        count += partners if now[0][row] else -partners
    for column in np.flatnonzero(then[1] != now[1]):
        rows = np.flatnonzero(now[0])
        partners = int((problem.pairs.at(rows, np.full(len(rows), column)) != NO_PAIR).sum())
        count += partners if now[1][column] else -partners
    return count
