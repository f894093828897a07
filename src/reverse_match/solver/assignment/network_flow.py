"""The only module that calls ``ortools.graph``.

Its C++ solvers end the whole process on an index out of range or on reading a flow after a failed solve. They
round costs silently, and broadcast arrays of wrong length. So every array is made and checked here, and every
status is read before any result. No result is trusted. A maximum flow must be a choice of pairs with a
minimum cut of the same capacity, which proves both. A choice of pairs must keep capacities; that it is
optimal is proved when it gets prices (:mod:`.dual_values`). Any other result or exception becomes a
``SolverError``.

The module builds two networks. A maximum flow gives the largest number of pairs: source → row (its capacity)
→ column (1 for a pair) → sink (its capacity); its minimum cut proves that no more are possible. A min-cost
flow gives the best pairs: each row sends its whole capacity, each column receives its whole capacity, and two
more nodes balance the unused units. So *exactly* the required number of pairs is chosen, and costs stay as
small as scores. (A large reward for each pair
would do the same, with numbers that grow with the cohort.) ::

    row i ────── −score, 0..1 ──────► column j          rest ◄── rows that may keep capacity unused
      └──────────► rest                 ▲               fill ──► columns that may keep capacity unused
                  fill ─────────────────┘

If all capacities are one and nearly everybody is in a pair, OR-Tools' solver for square assignment problems
gives the same result, three to four times as fast.

OR-Tools is loaded when it is first used, since loading it takes longer than solving a small cohort.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.errors import SolverError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.solver.pairs.problem import Arcs

PADDING_PER_PERSON = 8
"""Arcs for resting, for each person, up to which the assignment solver is faster than a flow."""

_INT32_MAX = int(np.iinfo(np.int32).max)
_INT64_MAX = int(np.iinfo(np.int64).max)


@dataclass(frozen=True)
class Resting:
    """Capacity of rows, or of columns, that may stay unused: the slack of their constraints.

    Attributes
    ----------
    people : int64 array
        Person whose capacity it is; a person may be listed several times, the cheapest units first.
    limits : int64 array
        Number of units that may stay unused.
    costs : int64 array
        Cost of each of these units, in the units of scores.
    """

    people: IntArray
    limits: IntArray
    costs: IntArray

    @classmethod
    def free(cls, may_rest: BoolArray, capacity: IntArray) -> Resting:
        """Return the whole capacity of some people, at no cost."""
        people = np.flatnonzero(may_rest)
        return cls(people, capacity[people], np.zeros(len(people), dtype=np.int64))


def most_pairs(
    arcs: Arcs, row_capacity: IntArray, column_capacity: IntArray
) -> tuple[int, BoolArray, BoolArray]:
    """Return the largest number of pairs that can be chosen, and the vertex cover that proves it.

    Parameters
    ----------
    arcs : Arcs
        The possible pairs.
    row_capacity, column_capacity : int64 arrays
        Capacities, 0 or more.

    Returns
    -------
    count : int
        The largest number of pairs.
    cover_rows, cover_columns : bool arrays
        The vertex cover of a minimum cut: the sum of its capacities and of the pairs without an end in it is
        ``count``, and no choice has more pairs. (Ford and Fulkerson 1956; König 1931 for capacities of one.)

    Raises
    ------
    SolverError
        If OR-Tools does not find a maximum flow.
    """
    rows, columns = len(row_capacity), len(column_capacity)
    _check_arcs(arcs, rows, columns)
    if not len(arcs):
        return 0, np.zeros(rows, dtype=bool), np.zeros(columns, dtype=bool)
    source, sink = rows + columns, rows + columns + 1
    tails = np.concatenate([np.full(rows, source), arcs.rows, rows + np.arange(columns)])
    heads = np.concatenate([np.arange(rows), rows + arcs.columns, np.full(columns, sink)])
    capacities = np.concatenate([row_capacity, np.ones(len(arcs), np.int64), column_capacity])
    network = (
        _nodes(tails, sink + 1),
        _nodes(heads, sink + 1),
        _quantities(capacities, len(tails)),
        source,
        sink,
    )
    with _refuse_faults("maximum flow"):
        flows, reached = _max_flow(*network)
    chosen = _choice(flows[rows : rows + len(arcs)], len(arcs), "maximum flow")
    count = int(chosen.sum())
    vertex_cover = ~reached[:rows], reached[rows : rows + columns]
    _check_choice(arcs, chosen, (row_capacity, column_capacity), count, "maximum flow")
    through = int(arcs.outside(vertex_cover).sum())
    if int(row_capacity[vertex_cover[0]].sum() + column_capacity[vertex_cover[1]].sum()) + through != count:
        message = "maximum flow returned a flow and a cut of different sizes"
        raise SolverError(message)
    return count, *vertex_cover


def _max_flow(
    tails: NDArray[np.int32], heads: NDArray[np.int32], capacities: NDArray[np.int64], source: int, sink: int
) -> tuple[NDArray[np.int64], BoolArray]:
    """Return a maximum flow, and marks of the nodes on the source side of a minimum cut."""
    from ortools.graph.python.max_flow import SimpleMaxFlow

    flow = SimpleMaxFlow()
    flow.add_arcs_with_capacity(tails, heads, capacities)
    _require_optimal(flow.solve(source, sink), SimpleMaxFlow.Status.OPTIMAL, "maximum flow")
    reached = np.zeros(sink + 1, dtype=bool)
    side = np.asarray(flow.get_source_side_min_cut(), dtype=np.int64)
    if len(side) and (side.min() < 0 or side.max() > sink):
        message = "maximum flow returned a cut of nodes that there are not"
        raise SolverError(message)
    reached[side] = True
    return np.asarray(flow.flows(np.arange(len(tails), dtype=np.int32))), reached


def best_pairs(
    arcs: Arcs,
    capacities: tuple[IntArray, IntArray],
    may_rest: tuple[BoolArray, BoolArray],
    count: int | None,
) -> BoolArray:
    """Return the choice of exactly ``count`` pairs with the highest total score.

    Parameters
    ----------
    arcs : Arcs
        The possible pairs, with any whole scores.
    capacities : pair of int64 arrays
        Capacities of rows and columns.
    may_rest : pair of bool arrays
        Marks of rows and columns that may keep capacity unused; all others are used up.
    count : int or None
        Number of pairs to choose; the number with the highest total if ``None``.

    Returns
    -------
    array of bool
        Marks of the chosen arcs.

    Raises
    ------
    SolverError
        If OR-Tools does not find an optimum, or breaks a capacity.
    """
    rows, columns = (Resting.free(*side) for side in zip(may_rest, capacities, strict=True))
    return best_rested_pairs(arcs, capacities, (rows, columns), count)


def best_rested_pairs(
    arcs: Arcs,
    capacities: tuple[IntArray, IntArray],
    resting: tuple[Resting, Resting],
    count: int | None,
) -> BoolArray:
    """Return the choice of exactly ``count`` pairs with the highest total minus the cost of unused capacity.

    Parameters
    ----------
    arcs, capacities, count
        As for :func:`best_pairs`.
    resting : pair of Resting
        Capacity that rows and columns may keep unused; all else is used up.

    Raises
    ------
    SolverError
        If OR-Tools does not find an optimum, or breaks a capacity.
    """
    _check_arcs(arcs, len(capacities[0]), len(capacities[1]))
    if count == 0 or not len(arcs):
        return np.zeros(len(arcs), dtype=bool)
    if count is not None and _fits_assignment(arcs, capacities, resting, count):
        what, chosen = "assignment", _solve_assignment(arcs, capacities, resting, count)
    else:
        what, chosen = "min-cost flow", _solve_flow(arcs, capacities, resting, count)
    _check_resting(_check_choice(arcs, chosen, capacities, count, what), resting, what)
    return chosen


def _fits_assignment(
    arcs: Arcs, capacities: tuple[IntArray, IntArray], resting: tuple[Resting, Resting], count: int
) -> bool:
    """Say whether capacities are one, resting is free, and few rest, so that a square problem is sparse."""
    if any(int(capacity.max(initial=0)) > 1 for capacity in capacities):
        return False
    if any(rests.costs.any() for rests in resting):
        return False
    padding = sum(
        (int(capacity.sum()) - count) * int(rests.limits.sum())
        for rests, capacity in zip(resting, capacities, strict=True)
    )
    return padding <= max(len(arcs), PADDING_PER_PERSON * sum(map(len, capacities)))


def _solve_assignment(
    arcs: Arcs, capacities: tuple[IntArray, IntArray], resting: tuple[Resting, Resting], count: int
) -> BoolArray:
    """Choose by the solver for square assignment problems.

    It needs a partner for everybody. So each side gets as many dummies as people of the other side rest; a
    person with a dummy rests. Exactly ``count`` pairs of real people remain.
    """
    present = [np.flatnonzero(capacity) for capacity in capacities]
    place = [
        np.cumsum(capacity) - 1 for capacity in capacities
    ]  # among the people with capacity, as all capacities are 0 or 1
    rows, columns = (len(people) for people in present)
    extra_rows, extra_columns = (
        np.arange(rows, rows + columns - count),
        np.arange(columns, columns + rows - count),
    )
    resting_rows, resting_columns = (
        where[rests.people[rests.limits > 0]] for where, rests in zip(place, resting, strict=True)
    )
    real = (capacities[0][arcs.rows] == 1) & (capacities[1][arcs.columns] == 1)
    used = np.flatnonzero(real)
    tails = [place[0][arcs.rows[used]], np.repeat(resting_rows, len(extra_columns))]
    heads = [place[1][arcs.columns[used]], np.tile(extra_columns, len(resting_rows))]
    tails.append(np.repeat(extra_rows, len(resting_columns)))
    heads.append(np.tile(resting_columns, len(extra_rows)))
    tail, head = np.concatenate(tails), np.concatenate(heads)
    costs = np.zeros(len(tail), dtype=np.int64)
    costs[: len(used)] = -arcs.scores[used]
    nodes = rows + len(extra_rows)
    network = _nodes(tail, nodes), _nodes(head, nodes), _costs(costs, len(tail), 2 * nodes)
    with _refuse_faults("assignment"):
        mate = _mates(*network, rows)
    chosen = np.zeros(len(arcs), dtype=bool)
    chosen[used] = mate[tail[: len(used)]] == head[: len(used)]
    return chosen


def _mates(
    tails: NDArray[np.int32], heads: NDArray[np.int32], costs: NDArray[np.int64], rows: int
) -> NDArray[np.int64]:
    """Return the partner of each of the first rows."""
    from ortools.graph.python.linear_sum_assignment import SimpleLinearSumAssignment

    assignment = SimpleLinearSumAssignment()
    assignment.add_arcs_with_cost(tails, heads, costs)
    _require_optimal(assignment.solve(), SimpleLinearSumAssignment.Status.OPTIMAL, "assignment")
    return np.fromiter(map(assignment.right_mate, range(rows)), np.int64, rows)


def _solve_flow(
    arcs: Arcs, capacities: tuple[IntArray, IntArray], resting: tuple[Resting, Resting], count: int | None
) -> BoolArray:
    """Choose by min-cost flow; where the count is open, so is the flow from fill to rest."""
    (row_capacity, column_capacity), (of_rows, of_columns) = capacities, resting
    rows, columns = len(row_capacity), len(column_capacity)
    rest, fill = rows + columns, rows + columns + 1
    nodes = rows + columns + 2
    units = int(row_capacity.sum()), int(column_capacity.sum())
    to_rest, from_fill = np.full(len(of_rows.people), rest), np.full(len(of_columns.people), fill)
    tails = np.concatenate([arcs.rows, of_rows.people, from_fill, [fill]])
    heads = np.concatenate([rows + arcs.columns, to_rest, rows + of_columns.people, [rest]])
    limits = np.concatenate(
        [
            np.ones(len(arcs), np.int64),
            of_rows.limits,
            of_columns.limits,
            [min(units) if count is None else 0],
        ]
    )
    costs = np.concatenate([-arcs.scores, of_rows.costs, of_columns.costs, np.zeros(1, np.int64)])
    unused_rows, unused_columns = (unit - (count or 0) for unit in units)
    supplies = np.concatenate([row_capacity, -column_capacity, [-unused_rows, unused_columns]])

    network = (
        _nodes(tails, nodes),
        _nodes(heads, nodes),
        _quantities(limits, len(tails)),
        _costs(costs, len(tails), nodes),
    )
    balance = _supplies(supplies, nodes)
    with _refuse_faults("min-cost flow"):
        flows = _min_cost_flow(network, balance, len(arcs))
    return _choice(flows, len(arcs), "min-cost flow")


def _min_cost_flow(
    network: tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int64], NDArray[np.int64]],
    supplies: NDArray[np.int64],
    asked: int,
) -> NDArray[np.int64]:
    """Return the flows on the first ``asked`` arcs."""
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    flow = SimpleMinCostFlow()
    flow.add_arcs_with_capacity_and_unit_cost(*network)
    flow.set_nodes_supplies(np.arange(len(supplies), dtype=np.int32), supplies)
    _require_optimal(flow.solve(), SimpleMinCostFlow.Status.OPTIMAL, "min-cost flow")
    return np.asarray(flow.flows(np.arange(asked, dtype=np.int32)))


@contextmanager
def _refuse_faults(what: str) -> Iterator[None]:
    """Turn every exception of OR-Tools into an error of this library."""
    try:
        yield
    except (SolverError, MemoryError):
        raise
    except Exception as error:
        message = f"{what} failed inside OR-Tools: {type(error).__name__}"
        raise SolverError(message) from error


def _require_optimal(status: object, optimal: object, what: str) -> None:
    if status != optimal:
        message = f"{what} ended with status {getattr(status, 'name', 'unknown')}"
        raise SolverError(message)


def _choice(flows: NDArray[np.int64], length: int, what: str) -> BoolArray:
    """Return marks of the arcs with flow 1; all flows must be 0 or 1."""
    chosen: BoolArray = flows == 1
    if flows.shape != (length,) or not (chosen | (flows == 0)).all():
        message = f"{what} returned no flow of 0 or 1 for each of {length} pairs"
        raise SolverError(message)
    return chosen


def _check_resting(left: tuple[IntArray, IntArray], resting: tuple[Resting, Resting], what: str) -> None:
    for unused, rests in zip(left, resting, strict=True):
        may_stay = np.zeros(len(unused), dtype=np.int64)
        np.add.at(may_stay, rests.people, rests.limits)
        if (unused > may_stay).any():
            message = f"{what} returned a choice in which somebody rests who must not"
            raise SolverError(message)


def _check_choice(
    arcs: Arcs, chosen: BoolArray, capacities: tuple[IntArray, IntArray], count: int | None, what: str
) -> tuple[IntArray, IntArray]:
    """Return the capacities that a choice leaves, if it keeps them and has the right number of pairs."""
    left = arcs.where(chosen).unused(capacities)
    wrong_count = count is not None and np.count_nonzero(chosen) != count
    if wrong_count or any(int(unused.min(initial=0)) < 0 for unused in left):
        message = f"{what} returned a choice that breaks a capacity or the number of pairs"
        raise SolverError(message)
    return left


def _check_arcs(arcs: Arcs, rows: int, columns: int) -> None:
    _whole(arcs.scores, len(arcs))
    for ends, size in ((arcs.rows, rows), (arcs.columns, columns)):
        _whole(ends, len(arcs.scores))
        if len(ends) and (ends.min() < 0 or ends.max() >= size):
            message = f"an arc ends outside 0 to {size - 1}"
            raise SolverError(message)


def _nodes(values: NDArray[np.int64], nodes: int) -> NDArray[np.int32]:
    if nodes > _INT32_MAX:
        message = f"{nodes} nodes are more than OR-Tools can number"
        raise SolverError(message)
    return np.ascontiguousarray(values, dtype=np.int32)


def _quantities(values: NDArray[np.int64], length: int) -> NDArray[np.int64]:
    whole = _whole(values, length)
    if len(whole) and whole.min() < 0:
        message = "a capacity is negative"
        raise SolverError(message)
    return whole


def _costs(values: NDArray[np.int64], length: int, nodes: int) -> NDArray[np.int64]:
    """Check that costs are within the bounds at which OR-Tools neither refuses them nor overflows."""
    whole = _whole(values, length)
    largest = max(int(whole.max()), -int(whole.min())) if len(whole) else 0
    if largest >= _INT64_MAX // (2 * nodes * nodes):
        message = f"costs up to {largest} are too large for {nodes} nodes"
        raise SolverError(message)
    return whole


def _supplies(values: NDArray[np.int64], nodes: int) -> NDArray[np.int64]:
    whole = _whole(values, nodes)
    if whole.sum() != 0:
        message = "supplies and demands do not balance"
        raise SolverError(message)
    return whole


def _whole(values: NDArray[np.int64], length: int) -> NDArray[np.int64]:
    if (len(values) and values.dtype.kind not in "iu") or len(values) != length:
        message = f"{length} whole numbers are needed"
        raise SolverError(message)
    return np.ascontiguousarray(values, dtype=np.int64)
