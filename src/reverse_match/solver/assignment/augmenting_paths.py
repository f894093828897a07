r"""Re-optimisation by augmenting paths: from the best choice of a similar problem to the best of this one.

A what-if question closes a pair, or pricing finds a pair that is worth more than its prices. Then a few
people lack the partner that they had, while all others are still in a best choice, with prices that prove it.
For each lost pair, pairs are exchanged along the shortest augmenting path, from a row that lacks a partner to
a column that lacks one. The length of an arc is its reduced cost, which is never negative, so Dijkstra's
algorithm finds the path (Dijkstra 1959). Prices are then raised by the distances that are missing to the
length of the path, and prove the new choice. One path takes a fraction of the time of a new assignment.

A path may also lead over *resting*: a row gives its place to a row without one, at no gain, and a column
likewise. So the number of pairs stays the same. Where somebody has one place more, or one less, a path begins
or ends there: whoever has a place more takes the partner of somebody else, who rests in the end.

Each path is one step of successive shortest paths (Ahuja, Magnanti and Orlin, *Network Flows*, 1993, section
9.7). Toroslu and Üçoluk (2007, "Incremental assignment problem") re-optimise assignments in this way.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.solver.assignment.dual_values import EXACT, DualValues

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from reverse_match.foundation.arrays import BoolArray, FloatArray, IntArray
    from reverse_match.solver.pairs.problem import Arcs

    Capacities = tuple[IntArray, IntArray]

FIRST_REACH = 4_096
"""Length of the longest path in the first search, in millionths; each further search goes 16 times as far."""

LAST_REACH = 1_000_000
"""Length of which a search is followed by one without a limit."""


@dataclass(frozen=True)
class PrimalDual:
    """A primal-dual solution of a similar problem: an optimal choice, and the prices that prove it.

    Attributes
    ----------
    chosen : Arcs
        The optimal choice.
    prices : DualValues
        Prices of its rows and columns.
    capacities : pair of int64 arrays
        Capacities of its rows and columns.
    """

    chosen: Arcs
    prices: DualValues
    capacities: Capacities


def reoptimise(
    arcs: Arcs, capacities: Capacities, primal_dual: PrimalDual, most: int
) -> tuple[BoolArray, DualValues] | None:
    """Return an optimal choice, re-optimised from that of a similar problem.

    Parameters
    ----------
    arcs : Arcs
        The possible pairs; their scores are unchanged, but pairs may be missing or new.
    capacities : pair of int64 arrays
        Capacities of rows and columns.
    primal_dual : PrimalDual
        The solution of the similar problem.
    most : int
        Largest number of augmenting paths.

    Returns
    -------
    chosen : array of bool
        Marks of the chosen arcs.
    prices : DualValues
        Dual values that prove the choice.

    The answer is ``None`` where a new solve is simpler: if a row without a partner would have to get one, if
    too many people have lost a partner, or if no path is left.
    """
    reoptimisation = _Reoptimisation.from_earlier(arcs, capacities, primal_dual)
    if reoptimisation is None or not reoptimisation.settle_resting() or reoptimisation.paths > most:
        return None
    if not all(map(reoptimisation.augment_if_possible, reoptimisation.begins)):
        return None
    return reoptimisation.chosen, reoptimisation.prices


def minimum_cut(arcs: Arcs, chosen: BoolArray, capacities: Capacities) -> tuple[BoolArray, BoolArray] | None:
    """Return the vertex cover that limits the number of pairs: the minimum cut of :func:`.most_pairs`.

    Alternating paths from rows with capacity left reach the people whom exchanges could free. The cover
    consists of the rows that are not reached and the columns that are (König 1931). It is the same for every
    largest choice. The answer is ``None`` where a path ends at a column with capacity left: then more pairs
    are possible.
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import breadth_first_order

    rows, columns = len(capacities[0]), len(capacities[1])
    unused = arcs.where(chosen).unused(capacities)
    free_rows, free_columns = np.flatnonzero(unused[0] > 0), unused[1] > 0
    ends, source = (arcs.rows, arcs.columns + rows), rows + columns
    tails, heads = np.where(chosen, ends[::-1], ends)
    # Unchosen pairs lead from row to column, chosen ones back; the source leads to rows with capacity left.
    places = np.append(tails, np.full(len(free_rows), source)), np.append(heads, free_rows)
    graph = csr_array((np.ones(len(places[0])), places), shape=(source + 1, source + 1))
    reached = np.zeros(source + 1, dtype=bool)
    reached[breadth_first_order(graph, source, return_predecessors=False)] = True
    if (reached[rows:source] & free_columns).any():
        return None
    return ~reached[:rows], reached[rows:source]


class _Reoptimisation:
    """A choice in which some rows and columns have lost partners; levels (−u, v − B) prove the rest.

    The nodes of the residual graph are the rows, the columns, *resting* of rows (their unused capacity), and
    *resting* of columns, in this order.
    """

    def __init__(self, arcs: Arcs, chosen: BoolArray, levels: IntArray, resting: Capacities) -> None:
        self.arcs, self.chosen, self._levels, self._resting = arcs, chosen, levels, resting
        self.lost = np.zeros(len(resting[0]), np.int64), np.zeros(len(resting[1]), np.int64)
        self._used = self.lost
        self._imbalance = np.zeros(len(levels), np.int64)

    @classmethod
    def from_earlier(
        cls, arcs: Arcs, capacities: Capacities, primal_dual: PrimalDual
    ) -> _Reoptimisation | None:
        """Keep the chosen pairs that still satisfy complementary slackness, and count the lost ones."""
        before, prices = primal_dual.chosen, primal_dual.prices
        resting = before.unused(primal_dual.capacities)
        chosen = arcs.among(before)
        higher = _raise_prices(arcs.where(~chosen), prices, primal_dual.capacities[1] == 0)
        if resting[0][higher.rows > prices.rows].any() or resting[1][higher.columns > prices.columns].any():
            return None
        chosen &= higher.reduced_profits(arcs) >= 0
        levels = np.concatenate(
            [-higher.rows, higher.columns - prices.cardinality_dual, [0, -prices.cardinality_dual]]
        )
        reoptimisation = cls(arcs, chosen, levels, resting)
        unused = arcs.where(chosen).unused(capacities)
        reoptimisation.lost = unused[0] - resting[0], unused[1] - resting[1]
        reoptimisation._used = capacities[0] - resting[0], capacities[1] - resting[1]
        return reoptimisation

    def settle_resting(self) -> bool:
        """Decide how many more rows and columns rest; say whether nobody has too many partners.

        The people who lack partners on one side may be more than on the other. They get partners from those
        who rest, as long as there are any; for each of the others, one more place rests in the end.
        """
        rows, columns = self.lost
        if (rows < 0).any() or (columns < 0).any():
            return False
        more = int(rows.sum()) - int(columns.sum())
        resting = int(self._resting[1 if more > 0 else 0].sum())
        # A column that no longer rests takes a pair, as a column that lacks a partner does.
        from_resting = min(abs(more), resting)
        to_resting = abs(more) - from_resting
        at_rows, at_columns = (-to_resting, -from_resting) if more > 0 else (from_resting, to_resting)
        self._imbalance = np.concatenate([rows, -columns, [at_rows, at_columns]])
        return True

    @property
    def paths(self) -> int:
        """The number of augmenting paths."""
        return int(np.maximum(self._imbalance, 0).sum())

    @property
    def begins(self) -> list[int]:
        """The nodes at which paths begin, each as often as paths do."""
        more = np.maximum(self._imbalance, 0)
        begins: list[int] = np.repeat(np.arange(len(more)), more).tolist()
        return begins

    @property
    def prices(self) -> DualValues:
        """The dual values that the levels represent."""
        rows, columns = (len(side) for side in self.lost)
        rest_of_rows, rest_of_columns = self._levels[rows + columns :].tolist()
        return DualValues(
            rest_of_rows - self._levels[:rows],
            self._levels[rows : rows + columns] - rest_of_columns,
            rest_of_rows - rest_of_columns,
        )

    def augment_if_possible(self, begin: int) -> bool:
        """Exchange pairs along a path; let there be one pair fewer where nobody who rests can be reached."""
        if self.augment(begin):
            return True
        rest_of_rows, rest_of_columns = len(self._levels) - 2, len(self._levels) - 1
        if begin != rest_of_rows and self._imbalance[rest_of_columns] >= 0:
            return False
        self._imbalance[rest_of_rows] -= 1
        self._imbalance[rest_of_columns] += 1
        return self.augment(rest_of_columns if begin == rest_of_rows else begin)

    def augment(self, begin: int) -> bool:
        """Exchange pairs along the shortest path to where one has to end; say whether one exists."""
        from scipy.sparse.csgraph import dijkstra  # takes long to load

        nodes = len(self._levels)
        if int(np.abs(self._levels).max()) > EXACT:
            return False
        graph, ends = self._residual(), np.flatnonzero(self._imbalance < 0)
        reach: float = FIRST_REACH
        while True:
            found = dijkstra(graph, indices=np.array([begin]), limit=reach, return_predecessors=True)
            distance, before = found[0][0], found[1][0]
            if np.isfinite(distance[ends]).any():
                break
            if reach == np.inf:
                return False
            reach = 16 * reach if reach < LAST_REACH else np.inf
        end = int(ends[np.argmin(distance[ends])])
        self._raise_levels(distance, distance[end])
        way = [end]
        while way[-1] != begin:
            way.append(int(before[way[-1]]))
        self._exchange(way[::-1], nodes)
        self._imbalance[begin] -= 1
        self._imbalance[end] += 1
        return True

    def _raise_levels(self, distance: FloatArray, length: float) -> None:
        near = distance < length
        self._levels[near] += (length - distance[near]).astype(np.int64)

    def _exchange(self, way: list[int], nodes: int) -> None:
        """Choose the pairs that a path follows forwards, and drop those that it follows backwards."""
        rows, rest_of_rows = len(self.lost[0]), nodes - 2
        for here, there in pairwise(way):
            if here < rows <= there < rest_of_rows:
                self._set(here, there - rows, chosen=True)
            elif there < rows <= here < rest_of_rows:
                self._set(there, here - rows, chosen=False)
            elif there == rest_of_rows or here == rest_of_rows:
                self._rest(0, min(here, there), 1 if there == rest_of_rows else -1)
            else:
                self._rest(1, min(here, there) - rows, 1 if here > there else -1)

    def _set(self, row: int, column: int, *, chosen: bool) -> None:
        first, last = np.searchsorted(self.arcs.rows, [row, row + 1])
        # Arcs are sorted by row and column, so those of a row are a range with ascending columns.
        place = first + np.searchsorted(self.arcs.columns[first:last], column)
        self.chosen[place] = chosen

    def _rest(self, side: int, place: int, change: int) -> None:
        self._resting[side][place] += change
        self._used[side][place] -= change

    def _residual(self) -> csr_array[np.float64]:
        """Return the residual graph: the possible exchanges, with the loss of each."""
        from scipy.sparse import csr_array

        rows, columns = (len(side) for side in self.lost)
        rest_of_rows, rest_of_columns = rows + columns, rows + columns + 1
        ends = self.arcs.rows, self.arcs.columns + rows
        from_arcs, to_arcs = np.where(self.chosen, ends[::-1], ends)
        used = np.flatnonzero(self._used[0]), rows + np.flatnonzero(self._used[1])
        resting = np.flatnonzero(self._resting[0]), rows + np.flatnonzero(self._resting[1])
        tails = [
            from_arcs,
            used[0],
            np.full(len(resting[0]), rest_of_rows),
            np.full(len(used[1]), rest_of_columns),
            resting[1],
        ]
        heads = [
            to_arcs,
            np.full(len(used[0]), rest_of_rows),
            resting[0],
            used[1],
            np.full(len(resting[1]), rest_of_columns),
        ]
        tail, head = np.concatenate(tails), np.concatenate(heads)
        gains = np.zeros(len(tail), dtype=np.int64)
        gains[: len(self.arcs)] = np.where(self.chosen, -self.arcs.scores, self.arcs.scores)
        lengths = self._levels[head] - self._levels[tail] - gains
        shape = (len(self._levels), len(self._levels))
        return csr_array((lengths.astype(float), (tail, head)), shape=shape)


def _raise_prices(arcs: Arcs, prices: DualValues, new_columns: BoolArray) -> DualValues:
    """Raise prices until no reduced profit is positive: of columns once without capacity, then of few."""
    rows, columns = prices.rows.copy(), prices.columns.copy()
    new = arcs.where(new_columns[arcs.columns])
    np.maximum.at(columns, new.columns, new.scores + prices.cardinality_dual - rows[new.rows])
    above = arcs.where(DualValues(rows, columns, prices.cardinality_dual).reduced_profits(arcs) > 0)
    if len(np.unique(above.rows)) <= len(np.unique(above.columns)):
        np.maximum.at(rows, above.rows, above.scores + prices.cardinality_dual - columns[above.columns])
    else:
        np.maximum.at(columns, above.columns, above.scores + prices.cardinality_dual - rows[above.rows])
    return DualValues(rows, columns, prices.cardinality_dual)
