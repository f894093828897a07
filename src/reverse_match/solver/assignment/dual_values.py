r"""Dual values: whole numbers, called prices, that prove a choice of pairs optimal.

Let the choice x have as many pairs as possible. Let u ≥ 0 be a price for each row, v ≥ 0 for each column, and
B ≥ 0 the dual value of the number of pairs. The choice has the highest total of all choices with that many
pairs if

* a pair that is not chosen is worth no more than its prices:  s + B ≤ u + v;
* a chosen pair is worth at least its prices:  s + B ≥ u + v (more only if the limit of one on the pair itself
  binds);
* a person with capacity left has price 0.

This is linear programming duality with complementary slackness; the third condition is the half that is
easily forgotten. B is the dual value of the cardinality constraint "this many pairs": the gain of one pair
fewer.

With n = −u and z = v − B, these are difference constraints: n ≥ z − s for chosen pairs, and z ≥ s + n for all
others. Their smallest solution is found by longest paths: the Bellman-Ford algorithm on the residual graph
(Bellman 1958), here with a sweep over all arcs at a time. The first run starts from the columns alone (z ≥
0): the largest n found is the smallest possible B. The second run starts from the columns at −B and from the
rows with capacity left at 0. Prices found this way do not depend on which of several best choices they are
computed from: B is smallest, then each v.

Sources: Ahuja, Magnanti and Orlin, *Network Flows*, 1993, sections 5.2 and 9.4; Demange, Gale and Sotomayor
1986 for smallest prices.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from reverse_match.foundation.errors import SolverError
from reverse_match.solver.pairs.problem import Arcs
from reverse_match.solver.pairs.source import NO_PAIR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.solver.assignment.network_flow import Resting

_UNREACHED = np.int64(-(2**61))
_LOWEST_REAL = np.int64(-(2**60))


@dataclass(frozen=True)
class DualValues:
    """Dual values in whole millionths.

    Attributes
    ----------
    rows, columns : int64 arrays
        The price of each row and each column, 0 or more: the gain of one more unit of capacity.
    cardinality_dual : int
        B, 0 or more: the gain of one pair fewer.
    """

    rows: IntArray
    columns: IntArray
    cardinality_dual: int

    def range(self, rows: slice, columns: slice) -> DualValues:
        """Return the prices of a range of rows and a range of columns."""
        return DualValues(self.rows[rows], self.columns[columns], self.cardinality_dual)

    def part(self, rows: IntArray, columns: IntArray) -> DualValues:
        """Return the prices of some rows and some columns."""
        return DualValues(self.rows[rows], self.columns[columns], self.cardinality_dual)

    def reduced_profits(self, arcs: Arcs) -> IntArray:
        """Return minus the reduced cost of each pair: its worth minus its prices."""
        return arcs.scores + self.cardinality_dual - self.rows[arcs.rows] - self.columns[arcs.columns]


def recover_prices(
    arcs: Arcs, chosen: BoolArray, capacities: tuple[IntArray, IntArray], guess: DualValues | None = None
) -> DualValues:
    """Return the smallest prices of an optimal choice.

    Parameters
    ----------
    arcs : Arcs
        The possible pairs.
    chosen : array of bool
        Marks of the chosen pairs.
    capacities : pair of int64 arrays
        Capacities of rows and columns.
    guess : DualValues, optional
        Prices of a similar problem; the result does not depend on them.

    Raises
    ------
    SolverError
        If no prices exist, which means that the choice is not optimal.
    """
    longest = _LongestPaths(arcs, chosen, (len(capacities[0]), len(capacities[1])))
    paths = longest if guess is None else _ShortestPaths(longest, arcs, chosen, guess)
    return _smallest_prices(paths, arcs.where(chosen).unused(capacities))


def table_prices(scores: IntArray, mates: IntArray, capacities: tuple[IntArray, IntArray]) -> DualValues:
    """Return the smallest prices of an optimal choice among all pairs, where no capacity is above one.

    Parameters
    ----------
    scores : int64 array, shape (rows, columns)
        The scores, ``NO_PAIR`` for impossible pairs.
    mates : int64 array
        The column of each row in the choice, -1 without one.
    capacities : pair of int64 arrays
        Capacities of rows and columns.

    Raises
    ------
    SolverError
        If no prices exist, which means that the choice is not optimal.

    Examples
    --------
    >>> one = np.ones(2, dtype=np.int64)
    >>> table_prices(np.array([[9, 8], [8, 2]]), np.array([1, 0]), (one, one)).columns.tolist()
    [1, 0]
    """
    used = mates[mates >= 0]
    free_rows = capacities[0] - (mates >= 0)
    free_columns = capacities[1] - np.bincount(used, minlength=len(capacities[1]))
    return _smallest_prices(_TablePaths(scores, mates), (free_rows, free_columns))


def _smallest_prices(paths: _Paths, unused: tuple[IntArray, IntArray]) -> DualValues:
    """Return the smallest prices, given the paths of the residual graph and the capacities that are left."""
    free_rows, free_columns = (left > 0 for left in unused)
    row_level, column_level = np.full(len(free_rows), _UNREACHED), np.zeros(len(free_columns), np.int64)
    paths.extend(row_level, column_level, np.zeros(len(free_rows), dtype=bool))
    cardinality_dual = max(0, int(row_level.max(initial=0)))
    row_level = np.where(free_rows, np.int64(0), row_level - cardinality_dual)
    column_level -= cardinality_dual
    paths.extend(row_level, column_level, free_rows)
    if (row_level > 0).any() or (column_level[free_columns] > -cardinality_dual).any():
        message = "the choice is not optimal: exchanging some pairs would improve it"
        raise SolverError(message)
    row_prices = np.where(row_level > _LOWEST_REAL, -row_level, np.int64(0))
    return DualValues(row_prices, column_level + cardinality_dual, cardinality_dual)


@dataclass(frozen=True)
class RestingDualValues:
    """Prices of a choice in which resting is not free for all people, or not allowed.

    Attributes
    ----------
    of_people : DualValues
        Prices of rows and columns, of either sign.
    of_resting : pair of int
        Prices of the column that resting rows take, and of the row that resting columns take.
    """

    of_people: DualValues
    of_resting: tuple[int, int]

    @property
    def of_loads(self) -> DualValues:
        """The same as prices of the loads of rows and columns, of either sign, and of the number of pairs.

        A row that keeps all its units has price 0 at least as long as that is free.
        """
        of_column, of_row = self.of_resting
        people = self.of_people
        return DualValues(people.rows + of_column, people.columns + of_row, of_column + of_row)

    @property
    def with_rest(self) -> DualValues:
        """The prices of rows and columns with those of resting behind them."""
        of_column, of_row = self.of_resting
        people = self.of_people
        return DualValues(np.append(people.rows, of_row), np.append(people.columns, of_column), 0)

    def gains(self, side: int, resting: Resting) -> IntArray:
        """Return for each step of resting, on one side, its worth minus its prices."""
        prices = (self.of_people.rows, self.of_people.columns)[side]
        return -resting.costs - prices[resting.people] - self.of_resting[side]


def resting_prices(
    arcs: Arcs,
    chosen: BoolArray,
    capacities: tuple[IntArray, IntArray],
    resting: tuple[Resting, Resting],
    *,
    guess: RestingDualValues | None = None,
    open_count: bool = False,
) -> RestingDualValues:
    """Return the smallest prices of a choice that is optimal under the costs of unused capacity.

    A person who must not rest has a price of either sign. Resting is modelled as one more column, which rows
    that may rest can take, and as one more row for columns. Then only pairs have to be priced.

    Parameters
    ----------
    arcs, chosen, capacities
        As for :func:`recover_prices`.
    resting : pair of Resting
        Units that rows and columns may keep unused, and their costs.
    guess : RestingDualValues, optional
        Prices of a similar problem; the result does not depend on them.
    open_count : bool
        Whether the choice is the best of any number of pairs, so that the number has no price.

    Raises
    ------
    SolverError
        If no prices exist, which means that the choice is not optimal.
    """
    rows, columns = len(capacities[0]), len(capacities[1])
    unused = arcs.where(chosen).unused(capacities)
    parts = [
        (arcs.rows, arcs.columns, arcs.scores, chosen),
        *_ways_to_rest(resting[0], unused[0], columns, across=False),
        *_ways_to_rest(resting[1], unused[1], rows, across=True),
        *(_either_way(rows, columns) if open_count else ()),
    ]
    with_rest = Arcs(*(np.concatenate([part[index] for part in parts]) for index in range(3)))
    kept = np.concatenate([part[3] for part in parts])
    longest = _LongestPaths(with_rest, kept, (rows + 1, columns + 1))
    paths = longest if guess is None else _ShortestPaths(longest, with_rest, kept, guess.with_rest)
    row_level, column_level = np.zeros(rows + 1, np.int64), np.zeros(columns + 1, np.int64)
    paths.extend(row_level, column_level, np.ones(rows + 1, dtype=bool))
    people = DualValues(-row_level[:rows], column_level[:columns], 0)
    return RestingDualValues(people, (int(column_level[columns]), int(-row_level[rows])))


def _either_way(row: int, column: int) -> list[tuple[IntArray, IntArray, IntArray, BoolArray]]:
    """Return the pair of the two ways to rest twice: as one that is chosen, and as one that is not."""
    ends = np.array([row, row]), np.array([column, column])
    return [(*ends, np.zeros(2, dtype=np.int64), np.array([True, False]))]


def _ways_to_rest(
    resting: Resting, unused: IntArray, place: int, *, across: bool
) -> Iterator[tuple[IntArray, IntArray, IntArray, BoolArray]]:
    """Yield for each person the cheapest open step of resting, and the dearest step that is taken."""
    # A step begins after the units of earlier steps of the same person.
    before = np.cumsum(resting.limits) - resting.limits
    first = np.searchsorted(resting.people, resting.people)
    taken = np.clip(unused[resting.people] - (before - before[first]), 0, resting.limits)
    for kept, steps in (
        (False, np.flatnonzero(taken < resting.limits)),
        (True, np.flatnonzero(taken > 0)[::-1]),
    ):
        people, found = np.unique(resting.people[steps], return_index=True)
        ends = people.astype(np.int64), np.full(len(people), place, dtype=np.int64)
        one, other = ends[::-1] if across else ends
        yield one, other, -resting.costs[steps[found]], np.full(len(people), kept)


class _ShortestPaths:
    """Longest paths by Dijkstra's algorithm, which needs initial levels that satisfy every arc.

    The initial levels are the prices of a similar problem, raised where they are too low: only a few rise,
    while without them all start from nothing. Minus the difference of these levels, no arc has a gain, so the
    largest gain is a shortest path (Ahuja, Magnanti and Orlin 1993, section 9.7: reduced costs as lengths).
    """

    def __init__(self, longest: _LongestPaths, arcs: Arcs, chosen: BoolArray, guess: DualValues) -> None:
        self._longest = longest
        rows, columns = -guess.rows, guess.columns - guess.cardinality_dual
        longest.extend(rows, columns, np.ones(len(rows), dtype=bool))
        self._levels, self._rows = np.concatenate([rows, columns]), len(rows)
        ends = arcs.rows, arcs.columns + len(rows)
        tails, heads = np.where(chosen, ends[::-1], ends)
        lengths = self._levels[heads] - self._levels[tails] - np.where(chosen, -arcs.scores, arcs.scores)
        self._graph = tails, heads, lengths

    def extend(self, row_level: IntArray, column_level: IntArray, started: BoolArray) -> None:
        """Raise levels, in place, until every arc of the residual graph is satisfied."""
        from scipy.sparse import csr_array  # these take long to load
        from scipy.sparse.csgraph import dijkstra

        tails, heads, lengths = self._graph
        begins = np.concatenate([np.flatnonzero(started), self._rows + np.arange(len(column_level))])
        level = np.concatenate([row_level, column_level])
        ahead = level[begins] - self._levels[begins]
        furthest = int(ahead.max())
        if max(furthest - int(ahead.min()), int(np.abs(self._levels).max())) > EXACT:
            self._longest.extend(row_level, column_level, started)
            return
        root = len(level)  # one more node, with an arc to each node where paths begin
        graph = csr_array(
            (
                np.concatenate([lengths, furthest - ahead]).astype(float),
                (np.concatenate([tails, np.full(len(begins), root)]), np.concatenate([heads, begins])),
            ),
            shape=(root + 1, root + 1),
        )
        distance = dijkstra(graph, indices=np.array([root]))[0, :root]
        reached = np.isfinite(distance)
        found = furthest - distance[reached].astype(np.int64) + self._levels[reached]
        level[reached] = np.maximum(level[reached], found)
        row_level[:], column_level[:] = level[: self._rows], level[self._rows :]


SMALL_TABLE = 10_000
"""Largest product of rows and columns of a small graph."""

EXACT = 2**40
"""Bound on levels whose sums along every path are whole numbers that doubles hold exactly."""


_IN_A_CIRCLE = "the choice is not optimal: exchanging pairs in a circle would improve it"


class _Paths(Protocol):
    """The paths of the residual graph of a choice."""

    def extend(self, row_level: IntArray, column_level: IntArray, started: BoolArray) -> None:
        """Raise levels, in place, until every arc of the residual graph is satisfied."""
        ...


class _LongestPaths:
    """Longest paths in the residual graph of a choice: Bellman-Ford, from nodes whose level has risen."""

    def __init__(self, arcs: Arcs, chosen: BoolArray, shape: tuple[int, int]) -> None:
        kept, others = arcs.where(chosen), arcs.where(~chosen)
        kind = _DenseArcs if shape[0] * shape[1] <= SMALL_TABLE else _Adjacency
        self._kept = kind(kept.columns, kept.rows, -kept.scores, shape[::-1])
        self._others = kind(others.rows, others.columns, others.scores, shape)
        self._most_rounds = 2 * (shape[0] + shape[1]) + 2

    def extend(self, row_level: IntArray, column_level: IntArray, started: BoolArray) -> None:
        """Raise levels, in place, until every arc of the residual graph is satisfied.

        Parameters
        ----------
        row_level, column_level : int64 arrays
            Levels at which paths begin.
        started : array of bool
            Rows at which paths also begin; at columns they always do.
        """
        risen_rows = started.copy()
        risen_columns = np.ones(len(column_level), dtype=bool)
        for _ in range(self._most_rounds):
            risen_rows |= self._kept.raise_from(risen_columns, column_level, row_level)
            risen_columns = self._others.raise_from(risen_rows, row_level, column_level)
            if not risen_columns.any():
                return
            risen_rows[:] = False
        raise SolverError(_IN_A_CIRCLE)


class _TablePaths:
    """Longest paths where all pairs are in a table, and nobody is in two: each row leads to all columns.

    Rounds are many and short, so they call the methods of arrays that do least beside their work.
    """

    def __init__(self, scores: IntArray, mates: IntArray) -> None:
        self._rows = np.flatnonzero(mates >= 0)
        self._mates = mates[self._rows]
        self._kept = scores[self._rows, self._mates]
        self._others = np.where(scores == NO_PAIR, _UNREACHED, scores)
        self._others[self._rows, self._mates] = _UNREACHED
        self._most_rounds = 2 * sum(scores.shape) + 2

    def extend(self, row_level: IntArray, column_level: IntArray, started: BoolArray) -> None:
        """Raise levels as :class:`_LongestPaths` does."""
        if started.any():
            self._raise_columns(np.flatnonzero(started), row_level[started], column_level)
        level = row_level[self._rows]
        for _ in range(self._most_rounds):
            offers = column_level.take(self._mates)
            offers -= self._kept
            higher = (offers > level).nonzero()[0]
            if not len(higher):
                row_level[self._rows] = level
                return
            np.maximum(level, offers, out=level)
            self._raise_columns(self._rows.take(higher), offers.take(higher), column_level)
        raise SolverError(_IN_A_CIRCLE)

    def _raise_columns(self, rows: IntArray, levels: IntArray, column_level: IntArray) -> None:
        """Raise the levels of columns, in place, to what some rows lead to."""
        offers = self._others.take(rows, axis=0)
        offers += levels[:, None]
        np.maximum(column_level, np.maximum.reduce(offers, axis=0), out=column_level)


class _DenseArcs:
    """Arcs of a small graph as a table, since examining all of them is faster than following some."""

    def __init__(self, tails: IntArray, heads: IntArray, gains: IntArray, shape: tuple[int, int]) -> None:
        self._gains = np.full(shape, _UNREACHED)
        self._gains[tails, heads] = gains

    def raise_from(self, risen: BoolArray, level: IntArray, reached: IntArray) -> BoolArray:  # noqa: ARG002 - from all
        """Raise the levels that are reached from nodes whose level has risen; mark where they rose."""
        offers = (level[:, None] + self._gains).max(axis=0, initial=_UNREACHED)
        higher: BoolArray = offers > reached
        np.maximum(reached, offers, out=reached)
        return higher


class _Adjacency:
    """Arcs, grouped by the node that they leave."""

    def __init__(self, tails: IntArray, heads: IntArray, gains: IntArray, shape: tuple[int, int]) -> None:
        order = np.argsort(tails, kind="stable")
        self._heads, self._gains = heads[order], gains[order]
        self._ends = np.cumsum(np.bincount(tails, minlength=shape[0]))

    def raise_from(self, risen: BoolArray, level: IntArray, reached: IntArray) -> BoolArray:
        """Raise the levels that are reached from nodes whose level has risen; mark where they rose."""
        nodes = np.flatnonzero(risen)
        ends = self._ends[nodes]
        counts = ends - np.where(nodes > 0, self._ends[nodes - 1], 0)
        # The arcs of a node are a range that stops at its end; this joins the ranges of all nodes.
        arcs = np.repeat(ends - np.cumsum(counts), counts) + np.arange(int(counts.sum()))
        heads = self._heads[arcs]
        offers = np.repeat(level[nodes], counts) + self._gains[arcs]
        higher = offers > reached[heads]
        heads, offers = heads[higher], offers[higher]
        np.maximum.at(reached, heads, offers)
        marks = np.zeros(len(reached), dtype=bool)
        marks[heads] = True
        return marks
