r"""Candidates: for each person a dozen pairs that are likely to matter, which the solver is given first.

The best pairs by score alone are a poor choice: a popular person is a candidate of everybody, and hundreds of
people get no partner that they could have. The decisive number is the score *minus the price of the other
person*. So prices are first estimated from a sample. The first eighth of rows and columns (they are in random
order) is solved in the same way, by an eighth of the eighth, and so on until all pairs can be given to the
solver. The estimate for a column outside the sample is the highest price at which a row of the sample would
still take it; for a row likewise.

The candidates of a row are the pairs whose score minus the price of the column exceeds a limit that about a
dozen pairs pass; for a column likewise. The limit, too, is estimated from a sample: it is the median of the
best values of five groups of columns. On average a share of (1/3 + 1/4 + 1/5) / group size of all columns
exceeds it (Rényi's representation of order statistics, 1953). None of these estimates has to be right:
pricing finds missing pairs (:mod:`.pricing`).

Prices mean little while people who could be in a pair are in none, because too few others are their
candidates. So before the first prices such people get the best of *all* their pairs (:func:`uncovered_arcs`);
tickets decide between equals.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from reverse_match.solver.assignment.pricing import SAFE_INT32
from reverse_match.solver.pairs.passes import merge_arcs, run_pass
from reverse_match.solver.pairs.problem import TICKET_BITS, Arcs, highest, pair_tickets, places_of
from reverse_match.solver.pairs.source import NO_PAIR
from reverse_match.solver.pairs.tiles import slices

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.solver.assignment.dual_values import DualValues
    from reverse_match.solver.pairs.passes import Region
    from reverse_match.solver.pairs.problem import Problem
    from reverse_match.solver.pairs.tiles import Tiling
    from reverse_match.solver.tuning import Tuning


GROUPS = 5
MEDIAN_OF_GROUPS = 1 / 3 + 1 / 4 + 1 / 5
"""Expected share of values above the median of five groups' best, in units of one over the group size."""


@dataclass(frozen=True)
class Estimate:
    """Estimated prices of rows and columns before anything is solved, in whole millionths."""

    rows: NDArray[np.int32]
    columns: NDArray[np.int32]

    @classmethod
    def of(cls, prices: DualValues, problem: Problem) -> Estimate:
        """Return the prices of a similar problem as an estimate."""
        return cls(
            _costs(prices.rows, problem.row_capacity),
            _costs(prices.columns - prices.cardinality_dual, problem.column_capacity),
        )


def all_arcs(problem: Problem, tiling: Tiling) -> Arcs:
    """Return every possible pair of a small problem."""
    return run_pass(EveryPair(), problem, tiling)


@dataclass(frozen=True)
class EveryPair:
    """The pass that :func:`all_arcs` is."""

    cut: Literal["both"] = "both"

    def here(self, problem: Problem, tiling: Tiling) -> Arcs:
        """Return the possible pairs of a problem, listed in this process."""
        return _all_arcs_here(problem, tiling)

    def part(self, region: Region) -> EveryPair:  # noqa: ARG002 - the same of every rectangle
        """Return the pass over a rectangle of the pairs."""
        return self

    def merge(self, problem: Problem, regions: Sequence[Region], results: Sequence[Arcs]) -> Arcs:  # noqa: ARG002
        """Return the possible pairs of all rectangles."""
        return merge_arcs(regions, results)


def _all_arcs_here(problem: Problem, tiling: Tiling) -> Arcs:
    def make(columns: slice) -> Callable[[slice], Arcs]:
        block = problem.block(columns)

        def look(rows: slice) -> Arcs:
            tile = block.tile(rows)
            possible = (problem.row_capacity[rows, None] > 0) & (problem.column_capacity[columns] > 0)
            row, column = np.nonzero(possible & (tile != NO_PAIR))
            return Arcs(row + rows.start, column + columns.start, tile[row, column].astype(np.int64))

        return look

    return Arcs.union(tiling.map(make, problem.shape))


def extend_prices(problem: Problem, sample: Problem, prices: DualValues, tiling: Tiling) -> Estimate:
    """Extend the prices of a sample to all rows and columns.

    Parameters
    ----------
    problem : Problem
        The whole problem.
    sample : Problem
        The problem of its first rows and columns.
    prices : DualValues
        Prices of the sample.
    tiling : Tiling
        Division of the pairs into tiles.
    """
    rows, columns = problem.shape
    row_costs = _costs(prices.rows, sample.row_capacity)
    column_costs = _costs(prices.columns - prices.cardinality_dual, sample.column_capacity)
    high, wide = (slice(0, size) for size in sample.shape)
    of_rows, of_columns = problem.range(slice(0, rows), wide), problem.range(high, slice(0, columns))
    row_best = _best_less_costs(of_rows, column_costs, tiling, 0).max(axis=0)
    column_best = _best_less_costs(of_columns, row_costs, tiling, 1).max(axis=0)
    return Estimate(
        _costs(np.maximum(row_best, row_costs.min(initial=0)), problem.row_capacity),
        _costs(np.maximum(column_best, column_costs.min(initial=0)), problem.column_capacity),
    )


def likely_arcs(problem: Problem, estimate: Estimate, tiling: Tiling, tuning: Tuning) -> Arcs:
    """Return the candidates that estimated prices suggest, a sufficient number for each person.

    Parameters
    ----------
    problem : Problem
        Problem with the pairs.
    estimate : Estimate
        Estimated prices of rows and columns.
    tiling : Tiling
        Division of the pairs into tiles.
    tuning : Tuning
        Constants, among them the wanted number of candidates.
    """
    row_limits, column_limits = _limits(problem, estimate, tiling, tuning.wanted)
    quota = tiling.share_of_tile(tuning.arcs_per_person * sum(problem.shape), problem.shape)
    return run_pass(Likely(estimate, (row_limits, column_limits), quota), problem, tiling)


@dataclass(frozen=True)
class Likely:
    """The pass that :func:`likely_arcs` is.

    Attributes
    ----------
    estimate : Estimate
        Estimated prices of rows and columns.
    limits : pair of int32 arrays
        What pairs of each row, and of each column, must exceed.
    quota : int
        Number of pairs of a tile above which a part of them, of about that size, is drawn.
    """

    estimate: Estimate
    limits: tuple[NDArray[np.int32], NDArray[np.int32]]
    quota: int
    cut: Literal["both"] = "both"

    def here(self, problem: Problem, tiling: Tiling) -> Arcs:
        """Return the candidates of a problem, found in this process."""
        return _likely_arcs_here(problem, self.estimate, tiling, self.limits, self.quota)

    def part(self, region: Region) -> Likely:
        """Return the pass over a rectangle of the pairs."""
        rows, columns = region.rows, region.columns
        estimate = Estimate(self.estimate.rows[rows], self.estimate.columns[columns])
        return replace(self, estimate=estimate, limits=(self.limits[0][rows], self.limits[1][columns]))

    def merge(self, problem: Problem, regions: Sequence[Region], results: Sequence[Arcs]) -> Arcs:  # noqa: ARG002
        """Return the candidates of all rectangles."""
        return merge_arcs(regions, results)


def _likely_arcs_here(
    problem: Problem,
    estimate: Estimate,
    tiling: Tiling,
    all_limits: tuple[NDArray[np.int32], NDArray[np.int32]],
    quota: int,
) -> Arcs:
    """Return the pairs that exceed the limit of their row or column, about ``quota`` of each tile at most."""
    row_limits, column_limits = all_limits

    def make(columns: slice) -> Callable[[slice], Arcs]:
        block = problem.block(columns)
        costs, limits = estimate.columns[columns], column_limits[columns]

        def look(rows: slice) -> Arcs:
            scores = block.tile(rows)
            likely = scores >= row_limits[rows, None] + costs
            likely |= scores >= estimate.rows[rows, None] + limits
            row, column = places_of(likely)
            if len(row) > quota:
                tickets = pair_tickets(problem.row_keys[rows][row], problem.column_keys[columns][column])
                kept = _even_share(row, tickets, len(scores), quota)
                row, column = row[kept], column[kept]
            return Arcs(row + rows.start, column + columns.start, scores[row, column].astype(np.int64))

        return look

    return Arcs.union(tiling.map(make, problem.shape))


def _even_share(rows: IntArray, tickets: IntArray, height: int, quota: int) -> BoolArray:
    """Mark about ``quota`` pairs of a tile by their tickets, as many of each row as of any other.

    Too many pairs exceed their limits where scores are few numbers. The best of them are those of a few
    people, between whom hardly any pairs could be formed.
    """
    counts = np.bincount(rows, minlength=height)
    most = quota / max(1, int(np.count_nonzero(counts)))
    limits = (np.minimum(1, most / np.maximum(1, counts)) * 2**TICKET_BITS).astype(np.int64)
    kept: BoolArray = tickets < limits[rows]
    return kept


def uncovered_arcs(
    problem: Problem, arcs: Arcs, vertex_cover: tuple[BoolArray, BoolArray], tuning: Tuning
) -> Arcs | None:
    """Return pairs outside the vertex cover of the candidates, which let more people be in a pair.

    All people outside the cover may have the same few candidates (Hall's condition), although they have other
    possible partners. Pairs of two people outside it are missing.

    Parameters
    ----------
    problem : Problem
        Problem with the pairs.
    arcs : Arcs
        The candidates.
    vertex_cover : pair of bool arrays
        Rows and columns whose capacities limit the number of pairs among candidates.
    tuning : Tuning
        Constants: the largest number of such people, and the number of their pairs.

    Returns
    -------
    Arcs or None
        The best such pairs of each person on the side with fewer people; ``None`` where both sides have many.
    """
    rows = np.flatnonzero(~vertex_cover[0] & (problem.row_capacity > 0))
    columns = np.flatnonzero(~vertex_cover[1] & (problem.column_capacity > 0))
    if min(len(rows), len(columns)) > tuning.few:
        return None
    if len(rows) * len(columns) <= tuning.all_pairs and not _any_beside(problem, arcs, rows, columns):
        return Arcs.union([])
    if len(rows) <= len(columns):
        ends = [(np.full(len(columns), row), columns) for row in rows if len(columns)]
    else:
        ends = [(rows, np.full(len(rows), column)) for column in columns if len(rows)]
    found = Arcs.union([_best_pairs_of(problem, *pair, tuning.wanted) for pair in ends])
    return found.where(~found.among(arcs))


def _any_beside(problem: Problem, arcs: Arcs, rows: IntArray, columns: IntArray) -> bool:
    """Say whether some rows and some columns have possible pairs that are not among the arcs."""
    scores = problem.at(rows.repeat(len(columns)), np.tile(columns, len(rows)))
    marks = np.zeros(problem.shape[0], dtype=bool), np.zeros(problem.shape[1], dtype=bool)
    marks[0][rows], marks[1][columns] = True, True
    among = marks[0][arcs.rows] & marks[1][arcs.columns]
    return int((scores != NO_PAIR).sum()) > int(among.sum())


def best_arcs_at_prices(
    problem: Problem, prices: DualValues, people: tuple[IntArray, IntArray], wanted: int
) -> list[Arcs]:
    """Return the pairs of some rows and columns with the highest score minus the price of the other person.

    Parameters
    ----------
    problem : Problem
        Problem with the pairs.
    prices : DualValues
        Dual values of a similar problem.
    people : pair of int64 arrays
        The rows and the columns.
    wanted : int
        Number of pairs for each of these people.
    """
    rows, columns = np.arange(problem.shape[0]), np.arange(problem.shape[1])
    ends = [(np.full(len(columns), row), columns, prices.columns) for row in people[0]]
    ends += [(rows, np.full(len(rows), column), prices.rows) for column in people[1]]
    found = []
    for here, there, costs in ends:
        scores = problem.at(here, there)
        possible = np.flatnonzero(scores != NO_PAIR)
        value = scores[possible] - costs[possible]
        best = possible[np.argpartition(-value, wanted)[:wanted]] if len(possible) > wanted else possible
        found.append(Arcs(here[best], there[best], scores[best]))
    return found


def _best_pairs_of(problem: Problem, rows: IntArray, columns: IntArray, wanted: int) -> Arcs:
    scores = problem.at(rows, columns)
    possible = np.flatnonzero(scores != NO_PAIR)
    tickets = pair_tickets(problem.row_keys[rows[possible]], problem.column_keys[columns[possible]])
    best = possible[highest(scores[possible], tickets, wanted)]
    return Arcs(rows[best], columns[best], scores[best])


def _costs(prices: NDArray[np.signedinteger], capacity: IntArray) -> NDArray[np.int32]:
    """Return prices in 32 bits, cut where they do not fit; people without capacity get a forbidding price."""
    cut = np.clip(prices, -_FURTHEST, _FURTHEST)
    return np.where(capacity > 0, cut, _FURTHEST).astype(np.int32)


_FURTHEST = SAFE_INT32 // 2


def _best_less_costs(
    problem: Problem, costs: NDArray[np.int32], tiling: Tiling, side: int
) -> NDArray[np.int32]:
    """Return the best score minus the price of the other person, for each person and block of the others.

    ``side`` 0 asks for all rows, by block of columns; 1 for all columns, by strip of rows.
    """
    return run_pass(BestOf(costs, side, "rows" if side == 0 else "columns"), problem, tiling)


@dataclass(frozen=True)
class BestOf:
    """The pass by which each row (``side`` 0) or column looks for its best, at costs of the others."""

    costs: NDArray[np.int32]
    side: int
    cut: Literal["rows", "columns"]

    def here(self, problem: Problem, tiling: Tiling) -> NDArray[np.int32]:
        """Return the best of each, by block of the others, found in this process."""
        return _best_here(problem, self.costs, tiling, self.side)

    def part(self, region: Region) -> BestOf:  # noqa: ARG002 - a rectangle has all of the others
        """Return the pass over a rectangle of the pairs."""
        return self

    def merge(
        self,
        problem: Problem,  # noqa: ARG002
        regions: Sequence[Region],  # noqa: ARG002 - they come in the order of rows or columns
        results: Sequence[NDArray[np.int32]],
    ) -> NDArray[np.int32]:
        """Return the best of all rows or columns, given that of ranges of them."""
        return np.concatenate(list(results), axis=1)


def _best_here(problem: Problem, costs: NDArray[np.int32], tiling: Tiling, side: int) -> NDArray[np.int32]:
    """Return the best of each, a tile at a time."""

    def make(columns: slice) -> Callable[[slice], NDArray[np.int32]]:
        block = problem.block(columns)
        if side == 0:
            return lambda rows: (block.tile(rows) - costs[columns]).max(axis=1)
        return lambda rows: (block.tile(rows) - costs[rows, None]).max(axis=0)

    strips = len(list(slices(problem.shape[0], tiling.rows)))
    found = tiling.map(make, problem.shape)
    # Tiles come block by block, and within a block from the first strip of rows to the last.
    blocks = [found[start : start + strips] for start in range(0, len(found), strips)]
    parts = blocks if side == 0 else zip(*blocks, strict=True)
    return np.array([np.concatenate(part) for part in parts])


def _limits(
    problem: Problem, estimate: Estimate, tiling: Tiling, wanted: int
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the limits that pairs of each row and column must exceed: medians of the best of five groups."""
    high, wide = (_group_size(size, wanted) for size in problem.shape)
    some_rows, some_columns = (
        slice(0, min(size, GROUPS * group)) for size, group in zip(problem.shape, (high, wide), strict=True)
    )
    by_row = _best_less_costs(
        problem.range(slice(0, problem.shape[0]), some_columns),
        estimate.columns[some_columns],
        replace(tiling, columns=_divisor(wide, tiling.columns)),
        side=0,
    )
    by_column = _best_less_costs(
        problem.range(some_rows, slice(0, problem.shape[1])),
        estimate.rows[some_rows],
        replace(tiling, rows=_divisor(high, tiling.rows)),
        side=1,
    )
    return _median_of_groups(by_row), _median_of_groups(by_column)


def _group_size(size: int, wanted: int) -> int:
    return max(1, min(int(MEDIAN_OF_GROUPS * size / wanted), size // GROUPS))


def _divisor(group: int, largest: int) -> int:
    """Return the size of tiles, as large as allowed, whose borders are nearly those of groups."""
    return -(-group // -(-group // largest))


def _median_of_groups(best: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return the median over groups of the best value in each; a group is some adjacent tiles."""
    group = np.arange(len(best)) * GROUPS // len(best)
    starts = np.flatnonzero(np.diff(group, prepend=-1))
    of_groups = np.sort(np.maximum.reduceat(best, starts, axis=0), axis=0)
    middle: NDArray[np.int32] = of_groups[len(of_groups) // 2]
    return np.maximum(middle, np.int32(-_FURTHEST))
