r"""A look at few pairs that tells as much as one at all of them, after prices have changed here and there.

Let an earlier look at every pair have listed those worth at least their prices, less a margin. Where the
price of neither the row nor the column has become *lower*, a pair is now worth no more above its prices than
it was then: pairs that were not listed need no second look. So only rows and columns whose price is lower
are looked at again, pairs that were listed, and pairs that rules have freed since. Forbidding one duo among
25 million pairs changes a few prices of ten thousand; the proof over all pairs is as strict as before.

"Lower" means lower by more than an allowance a for rows and b for columns: a pair that was not listed, and of
which neither price is lower in this sense, has come nearer to its prices by a + b at most, so it is still
less worth than its prices by the margin less a + b. The margin may be spent so, down to 0; the next look at
every pair restores it. With b = -a nothing is spent: often all rows become cheaper and all columns dearer by
the same small amount, which changes no pair.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.solver.assignment.pricing import PriceCheck, check_prices
from reverse_match.solver.pairs.problem import Arcs
from reverse_match.solver.pairs.source import NO_PAIR

if TYPE_CHECKING:
    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.solver.assignment.dual_values import Prices
    from reverse_match.solver.pairs.problem import Problem
    from reverse_match.solver.pairs.table import ChangedPairs
    from reverse_match.solver.pairs.tiles import Tiling

    Marks = tuple[BoolArray, BoolArray]

LARGEST_SHARE = 0.3
"""Of all pairs: a look at more of them costs as much as a look at all."""

SMALL_SHARE = 0.02
"""Of all pairs: to look at fewer yet is not worth any margin."""

SPENDINGS = (0.0, 0.1, 0.25, 0.5)
"""Of the margin that is left, the parts that may be spent; the first that leaves a small share will do."""

MOST_FREE = 1_000_000
"""Pairs without a scarce end are counted one by one up to here."""


@dataclass(frozen=True)
class Looked:
    """An earlier look at every pair, of a problem with the same rows, columns and scores.

    Attributes
    ----------
    prices : Prices
        At which it was made.
    check : PriceCheck
        What it has shown.
    capacities : pair of int64 arrays
        Of rows and columns, then.
    changed : ChangedPairs, optional
        Pairs that have become possible or impossible since.
    """

    prices: Prices
    check: PriceCheck
    capacities: tuple[IntArray, IntArray]
    changed: ChangedPairs | None = None


def recheck_prices(
    problem: Problem,
    prices: Prices,
    scarce: Marks,
    tiling: Tiling,
    most: int,
    margin: int,
    earlier: Looked,
) -> PriceCheck | None:
    """Return what :func:`check_prices` would, or ``None`` where that is not simpler.

    Parameters
    ----------
    problem, prices, scarce, tiling, most, margin
        As for :func:`check_prices`. The margin may be cut to the earlier one.
    earlier : Looked
        What was looked at before.
    """
    if not earlier.check.complete:
        return None
    lower, spent = _lower(problem, prices, earlier)
    rows, columns = (np.flatnonzero(marks) for marks in lower)
    free = [
        np.flatnonzero(~marks & (capacity > 0))
        for marks, capacity in zip(scarce, problem.capacities, strict=True)
    ]
    shape = problem.shape
    area = len(rows) * shape[1] + len(columns) * (shape[0] - len(rows))
    if area > LARGEST_SHARE * shape[0] * shape[1] or len(free[0]) * len(free[1]) > MOST_FREE:
        return None
    margin = min(margin, earlier.check.margin - spent)
    others = np.flatnonzero(~lower[0])
    looks = [
        _look(problem, prices, scarce, tiling, most, margin, places)
        for places in ((rows, np.arange(shape[1])), (others, columns))
        if len(places[0]) and len(places[1])
    ]
    rest, excess, untouched = _rest(problem, prices, scarce, margin, lower, (free[0], free[1]), earlier)
    row_best = np.zeros(shape[0], dtype=np.int64)
    np.maximum.at(row_best, rest.rows, prices.excess(rest))
    for place, look in looks:
        np.maximum.at(row_best, place, look.row_best)
    return PriceCheck(
        Arcs.joined([rest, *(look.found for _, look in looks)]),
        all(look.complete for _, look in looks),
        row_best,
        excess + sum(look.excess for _, look in looks),
        untouched + sum(look.untouched for _, look in looks),
        _pairs(problem, earlier),
        margin,
        earlier.check.full_margin,
    )


def _lower(problem: Problem, prices: Prices, earlier: Looked) -> tuple[Marks, int]:
    """Say whose price is lower than it was by more than is allowed, and what of the margin that spends.

    Those who had no capacity had no price: theirs counts as lower.
    """
    then = earlier.prices
    drops = then.rows - prices.rows, (then.columns - then.bonus) - (prices.columns - prices.bonus)
    present = problem.row_capacity > 0, problem.column_capacity > 0
    had_price = earlier.capacities[0] > 0, earlier.capacities[1] > 0
    known = [np.sort(drop[here & had]) for drop, here, had in zip(drops, present, had_price, strict=True)]
    row_allowance, column_allowance = _allowances(known[0], known[1], earlier.check.margin)
    lower = drops[0] > row_allowance, drops[1] > column_allowance
    marks = (
        present[0] & (lower[0] | ~had_price[0]),
        present[1] & (lower[1] | ~had_price[1]),
    )
    return marks, row_allowance + column_allowance


def _allowances(row_drops: IntArray, column_drops: IntArray, margin: int) -> tuple[int, int]:
    """Return which drops of sorted ones need no second look: so that few pairs do, at little margin.

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
    """Return how many pairs need a second look at the best split of an allowance, and the split."""
    splits = np.unique(np.concatenate([row_drops, spent - column_drops, [0]]))
    more_rows = len(row_drops) - np.searchsorted(row_drops, splits, side="right")
    more_columns = len(column_drops) - np.searchsorted(column_drops, spent - splits, side="right")
    area = more_rows * max(1, len(column_drops)) + more_columns * max(1, len(row_drops))
    best = int(np.argmin(area))
    return int(area[best]), int(splits[best]), spent - int(splits[best])


def _look(
    problem: Problem,
    prices: Prices,
    scarce: Marks,
    tiling: Tiling,
    most: int,
    margin: int,
    places: tuple[IntArray, IntArray],
) -> tuple[IntArray, PriceCheck]:
    """Look at every pair of some rows and columns."""
    rows, columns = places
    check = check_prices(
        problem.part(rows, columns),
        prices.part(rows, columns),
        (scarce[0][rows], scarce[1][columns]),
        tiling.for_width(len(columns)),
        most,
        margin,
    )
    found = Arcs(rows[check.found.rows], columns[check.found.columns], check.found.scores)
    return rows, replace(check, found=found)


def _rest(
    problem: Problem,
    prices: Prices,
    scarce: Marks,
    margin: int,
    lower: Marks,
    free: tuple[IntArray, IntArray],
    earlier: Looked,
) -> tuple[Arcs, int, int]:
    """Return what is found beside lower prices, what it is worth above its prices, and how much is free."""
    listed = [earlier.check.found]
    if earlier.changed is not None:
        listed.append(_with_scores(problem, earlier.changed.rows, earlier.changed.columns))
    free_rows, free_columns = (marks.ravel() for marks in np.meshgrid(*free, indexing="ij"))
    listed.append(_with_scores(problem, free_rows, free_columns))
    arcs = Arcs.joined(listed)
    arcs = arcs.where(~lower[0][arcs.rows] & ~lower[1][arcs.columns])
    arcs = _with_scores(problem, arcs.rows, arcs.columns)
    arcs = arcs.where(arcs.scores != NO_PAIR)
    excess = prices.excess(arcs)
    untouched = ~scarce[0][arcs.rows] & ~scarce[1][arcs.columns]
    worth = int(np.maximum(excess, 0).sum())
    return arcs.where((excess >= -margin) | untouched), worth, int(untouched.sum())


def _with_scores(problem: Problem, rows: IntArray, columns: IntArray) -> Arcs:
    return Arcs(rows, columns, problem.at(rows, columns))


def _pairs(problem: Problem, earlier: Looked) -> int:
    """Count the possible pairs: those of the earlier look, and what has changed."""
    count = earlier.check.pairs
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
