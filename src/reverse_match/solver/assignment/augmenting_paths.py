r"""From the best choice of a similar problem to the best of this one: a shortest path for each lost pair.

A what-if takes a pair away, or a look at every pair finds one that is worth more than its prices. A few
people are then without the partner they had, and everybody else is still in a best choice, with prices that
prove it. Pairs are exchanged along the cheapest way from somebody who is left to a partner who is left;
lengths are what pairs are worth less than their prices, so that none is negative and Dijkstra's method finds
it. Prices then rise along the way by what is missing, and prove the new choice. One such path costs a
fraction of an assignment from nothing.

Besides pairs, a way may lead over *resting*: a row gives its place to one that has none, at no gain, and the
same for columns. So the number of pairs stays what it was.

This is one step of successive shortest paths (Ahuja, Magnanti & Orlin, *Network Flows*, 1993, section 9.7),
as used to re-optimise assignments (Toroslu & Üçoluk 2007, "Incremental assignment problem").
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.solver.assignment.dual_values import EXACT, Prices

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from reverse_match.foundation.arrays import BoolArray, FloatArray, IntArray
    from reverse_match.solver.pairs.problem import Arcs

    Capacities = tuple[IntArray, IntArray]

FIRST_REACH = 4_096
"""How far the first search goes, in millionths; each next one sixteen times as far."""


@dataclass(frozen=True)
class Settled:
    """A best choice of a similar problem, with the prices that prove it.

    Attributes
    ----------
    chosen : Arcs
        What it chose.
    prices : Prices
        Of its rows and columns.
    capacities : pair of int64 arrays
        Of its rows and columns.
    """

    chosen: Arcs
    prices: Prices
    capacities: Capacities


def repaired(
    arcs: Arcs, capacities: Capacities, settled: Settled, most: int
) -> tuple[BoolArray, Prices] | None:
    """Return the best choice of as many pairs as people who lost partners can have again.

    Parameters
    ----------
    arcs : Arcs
        The pairs that there are; they score what they did, but some may be gone or new.
    capacities : pair of int64 arrays
        Of rows and columns.
    settled : Settled
        Where to begin.
    most : int
        How many paths may be searched.

    Returns
    -------
    chosen : array of bool
        For each arc, whether it is chosen.
    prices : Prices
        Some that prove it.

    Or ``None`` where that is not simple: where a row without a partner would have to get one, where more
    rows than columns have lost one, where too many have, or where no way is left.
    """
    repair = _Repair.begun(arcs, capacities, settled)
    if repair is None or not repair.is_balanced or int(repair.lost[0].sum()) > most:
        return None
    for row in np.repeat(np.arange(len(repair.lost[0])), repair.lost[0]).tolist():
        if not repair.give_partner(row):
            return None
    return repair.chosen, repair.prices


def cut_of(arcs: Arcs, chosen: BoolArray, capacities: Capacities) -> tuple[BoolArray, BoolArray] | None:
    """Return who limits the number of pairs: the minimum cut of :func:`.network.most_pairs`.

    Rows that have capacity left, and whoever exchanges could free for them, lack partners; the cut lies where
    exchanges end. It is the same whichever of the largest choices is given. ``None`` where one ends at
    a column that has capacity left: then there can be more pairs.
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import breadth_first_order

    rows, columns = len(capacities[0]), len(capacities[1])
    free_rows = np.flatnonzero(_loads(arcs.rows[chosen], capacities[0]) < capacities[0])
    free_columns = _loads(arcs.columns[chosen], capacities[1]) < capacities[1]
    ends, source = (arcs.rows, arcs.columns + rows), rows + columns
    tails, heads = np.where(chosen, ends[::-1], ends)
    places = np.append(tails, np.full(len(free_rows), source)), np.append(heads, free_rows)
    graph = csr_array((np.ones(len(places[0])), places), shape=(source + 1, source + 1))
    reached = np.zeros(source + 1, dtype=bool)
    reached[breadth_first_order(graph, source, return_predecessors=False)] = True
    if (reached[rows:source] & free_columns).any():
        return None
    return ~reached[:rows], reached[rows:source]


class _Repair:
    """A choice in which some rows and columns have lost partners, and levels (−u, v − B) that prove the rest.

    Nodes are rows, columns, the rest of rows and the rest of columns, in this order.
    """

    def __init__(self, arcs: Arcs, chosen: BoolArray, levels: IntArray, resting: Capacities) -> None:
        self.arcs, self.chosen, self._levels, self._resting = arcs, chosen, levels, resting
        self.lost = np.zeros(len(resting[0]), np.int64), np.zeros(len(resting[1]), np.int64)
        self._used = self.lost

    @classmethod
    def begun(cls, arcs: Arcs, capacities: Capacities, settled: Settled) -> _Repair | None:
        """Take over what still holds."""
        before, prices = settled.chosen, settled.prices
        resting = (
            settled.capacities[0] - _loads(before.rows, settled.capacities[0]),
            settled.capacities[1] - _loads(before.columns, settled.capacities[1]),
        )
        chosen = arcs.among(before)
        higher = _raised(arcs.where(~chosen), prices, settled.capacities[1] == 0)
        if resting[0][higher.rows > prices.rows].any() or resting[1][higher.columns > prices.columns].any():
            return None
        chosen &= higher.excess(arcs) >= 0
        levels = np.concatenate([-higher.rows, higher.columns - prices.bonus, [0, -prices.bonus]])
        repair = cls(arcs, chosen, levels, resting)
        repair.lost = (
            capacities[0] - _loads(arcs.rows[chosen], capacities[0]) - resting[0],
            capacities[1] - _loads(arcs.columns[chosen], capacities[1]) - resting[1],
        )
        repair._used = capacities[0] - resting[0], capacities[1] - resting[1]
        return repair

    @property
    def is_balanced(self) -> bool:
        """Whether as many rows as columns have lost partners, and nobody has too many."""
        rows, columns = self.lost
        return bool(rows.sum() == columns.sum() and (rows >= 0).all() and (columns >= 0).all())

    @property
    def prices(self) -> Prices:
        """What the levels mean."""
        rows, columns = (len(side) for side in self.lost)
        rest_of_rows, rest_of_columns = self._levels[rows + columns :].tolist()
        return Prices(
            rest_of_rows - self._levels[:rows],
            self._levels[rows : rows + columns] - rest_of_columns,
            rest_of_rows - rest_of_columns,
        )

    def give_partner(self, row: int) -> bool:
        """Exchange pairs along the shortest way to a column that lacks a partner, if there is a way."""
        from scipy.sparse.csgraph import dijkstra  # takes long to load

        rows, nodes = len(self.lost[0]), len(self._levels)
        if int(np.abs(self._levels).max()) > EXACT:
            return False
        graph, ends = self._residual(), rows + np.flatnonzero(self.lost[1])
        reach: float = FIRST_REACH
        while True:
            found = dijkstra(graph, indices=np.array([row]), limit=reach, return_predecessors=True)
            distance, before = found[0][0], found[1][0]
            if np.isfinite(distance[ends]).any():
                break
            if reach > EXACT:
                return False
            reach *= 16
        end = int(ends[np.argmin(distance[ends])])
        self._raise_levels(distance, distance[end])
        way = [end]
        while way[-1] != row:
            way.append(int(before[way[-1]]))
        self._exchange(way[::-1], nodes)
        self.lost[0][row] -= 1
        self.lost[1][end - rows] -= 1
        return True

    def _raise_levels(self, distance: FloatArray, length: float) -> None:
        near = distance < length
        self._levels[near] += (length - distance[near]).astype(np.int64)

    def _exchange(self, way: list[int], nodes: int) -> None:
        """Choose the pairs that a way follows forwards, and no longer those that it follows backwards."""
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
        place = first + np.searchsorted(self.arcs.columns[first:last], column)
        self.chosen[place] = chosen

    def _rest(self, side: int, place: int, change: int) -> None:
        self._resting[side][place] += change
        self._used[side][place] -= change

    def _residual(self) -> csr_array[np.float64]:
        """Return where exchanges may go, and what they lose."""
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


def _raised(arcs: Arcs, prices: Prices, new_columns: BoolArray) -> Prices:
    """Raise prices until no pair is worth more: of columns that had none, then of the fewest people."""
    rows, columns = prices.rows.copy(), prices.columns.copy()
    new = arcs.where(new_columns[arcs.columns])
    np.maximum.at(columns, new.columns, new.scores + prices.bonus - rows[new.rows])
    above = arcs.where(Prices(rows, columns, prices.bonus).excess(arcs) > 0)
    if len(np.unique(above.rows)) <= len(np.unique(above.columns)):
        np.maximum.at(rows, above.rows, above.scores + prices.bonus - columns[above.columns])
    else:
        np.maximum.at(columns, above.columns, above.scores + prices.bonus - rows[above.rows])
    return Prices(rows, columns, prices.bonus)


def _loads(ends: IntArray, capacity: IntArray) -> IntArray:
    return np.bincount(ends, minlength=len(capacity))
