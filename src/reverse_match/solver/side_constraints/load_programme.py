r"""Programmes in which loads cost something: a variable for each unit of capacity that is used.

The l-th pair of somebody who has a pairs outside the problem shares an end with a + l - 1 others, and costs
so much. The costs rise with l, so a best solution uses the cheapest units first, and the sum of the costs is
the number of twos of pairs that share an end (:mod:`.pairs.loads`). It can have an amount for each (a
weight), or be bounded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from reverse_match.solver.side_constraints.highs import (
    LinearProgramme,
    WholeProgramme,
    seconds_of,
    solve_linear,
    solve_whole,
)
from reverse_match.solver.side_constraints.restricted_master import (
    HIGHEST_OF_PERSON,
    MISSED,
    round_person_prices,
    round_quota_prices,
)

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from reverse_match.foundation.arrays import BoolArray, FloatArray, IntArray
    from reverse_match.foundation.progress import Watch
    from reverse_match.solver.assignment.dual_values import DualValues
    from reverse_match.solver.pairs.problem import Arcs
    from reverse_match.solver.side_constraints.lagrangian_pairs import QuotaDualValues
    from reverse_match.solver.side_constraints.restricted_master import RestrictedProblem
    from reverse_match.solver.tuning import Tuning


class UnitsOfPeople(NamedTuple):
    """The units of capacity of the people whose loads cost something.

    Attributes
    ----------
    person : int64 array
        Person of each unit: the index of the row, or of the column after all rows.
    cost : int64 array
        Number of pairs of the person before this unit is used, all cheaper units being used.
    matrix : csr_array
        A column for each unit, with -1 in the row of its person.
    spread : int64 array
        The people with such units.
    """

    person: IntArray
    cost: IntArray
    matrix: csr_array
    spread: IntArray


def units_of_people(problem: RestrictedProblem, height: int) -> UnitsOfPeople:
    """Return the units of all people whose loads cost something; none if loads cost nothing.

    Units that no partner can take are left out, but for one, which shows that they are worth nothing.

    Parameters
    ----------
    problem : RestrictedProblem
        The pairs, with the capacities and the costs of loads.
    height : int
        Number of rows of the matrix; the first ones are those of the people.
    """
    from scipy.sparse import csr_array

    costs, shape = problem.loads, [len(capacity) for capacity in problem.capacities]
    person, cost, spread = ([np.zeros(0, dtype=np.int64)] for _ in range(3))
    for side in (0, 1):
        if costs is None or not costs.spread[side]:
            continue
        first, have = side * shape[0], costs.already[side]
        units = np.clip(problem.capacities[side], 0, shape[1 - side] + 1)
        people = np.repeat(np.arange(shape[side]), units)
        before = np.arange(len(people)) - np.repeat(np.cumsum(units) - units, units)
        person.append(people + first)
        cost.append(have[people] + before)
        spread.append(np.arange(shape[side]) + first)
    ends = np.concatenate(person)
    matrix = csr_array((-np.ones(len(ends)), (ends, np.arange(len(ends)))), shape=(height, len(ends)))
    return UnitsOfPeople(ends, np.concatenate(cost), matrix, np.concatenate(spread))


class _Rows(NamedTuple):
    """The rows of a programme over pairs and units: ``lower <= matrix @ (pairs, units) <= upper``."""

    matrix: csr_array
    lower: FloatArray
    upper: FloatArray
    units: UnitsOfPeople


def _rows_of(problem: RestrictedProblem) -> _Rows:
    """Return the rows: of people, of sums, of the number of pairs, and of the number of shared ends."""
    from scipy.sparse import csr_array, hstack, vstack

    people, sums, pairs = problem.people, problem.sums, len(problem.arcs)
    units = units_of_people(problem, people.shape[0])
    nothing = csr_array((sums.matrix.shape[0], len(units.person)))
    rows: list[Any] = [hstack([people, units.matrix]), hstack([sums.matrix, nothing])]
    lower, upper = [np.full(people.shape[0], -np.inf)], [np.concatenate(problem.capacities).astype(float)]
    lower[0][units.spread] = upper[0][units.spread] = 0
    lower.append(sums.lower)
    upper.append(sums.upper)
    if problem.count is not None:
        rows.append(csr_array(np.append(np.ones(pairs), np.zeros(len(units.person)))[None, :]))
        lower.append(np.array([float(problem.count)]))
        upper.append(np.array([float(problem.count)]))
    if problem.loads is not None and problem.loads.most is not None:
        nobody = np.zeros(0, dtype=np.int64)
        rows.append(csr_array(np.append(np.zeros(pairs), units.cost)[None, :]))
        lower.append(np.array([-np.inf]))
        upper.append(np.array([float(problem.loads.most - problem.loads.shared(nobody, nobody))]))
    return _Rows(vstack(rows, format="csr"), np.concatenate(lower), np.concatenate(upper), units)


class LoadMaster(NamedTuple):
    """Rounded dual values of the linear relaxation over some pairs; they prove nothing by themselves.

    Attributes
    ----------
    people : DualValues
        Prices of rows and columns.
    of_quotas : QuotaDualValues
        Prices of sums, and of the number of pairs.
    weight : int
        Cost of each two pairs that share an end, in units.
    used : bool array
        The pairs that are chosen, in whole or in part.
    """

    people: DualValues
    of_quotas: QuotaDualValues
    weight: int
    used: BoolArray


def solve_load_master(problem: RestrictedProblem, unit: int, seconds: float) -> LoadMaster | None:
    """Solve the linear relaxation over some pairs, among which a choice exists; ``None`` without an answer.

    Parameters
    ----------
    problem : RestrictedProblem
        The pairs, a number of them, the quotas, and what loads cost; if their number of shared ends is
        bounded, the price of that bound is the weight.
    unit : int
        Worth of a point, in units. The programme is written in points.
    seconds : float
        Time limit of HiGHS.
    """
    rows, shape = _rows_of(problem), [len(capacity) for capacity in problem.capacities]
    bounded, pairs = problem.loads is not None and problem.loads.most is not None, len(problem.arcs)
    weight = 0 if bounded else problem.weight
    even = rows.lower == rows.upper
    above, below = ~even & np.isfinite(rows.upper), ~even & np.isfinite(rows.lower)
    most = np.ones(rows.matrix.shape[1])
    programme = LinearProgramme(
        np.concatenate([-problem.arcs.scores / unit, weight * rows.units.cost / unit]),
        most,
        _stacked(rows.matrix, above, below),
        np.concatenate([rows.upper[above], -rows.lower[below]]),
        rows.matrix[np.flatnonzero(even)],
        rows.upper[even],
    )
    answer = solve_linear(programme, seconds)
    if answer is None:
        return None
    price = np.zeros(len(rows.upper))
    price[even] -= answer.of_equations
    price[above] -= answer.of_limits[: above.sum()]
    price[below] += answer.of_limits[above.sum() :]
    price *= unit
    people, sums = sum(shape), len(problem.sums.lower)
    if bounded:
        weight = min(max(0, round(float(price[-1]))), HIGHEST_OF_PERSON)
    of_sums = np.clip(
        price[people : people + sums],
        np.where(np.isfinite(problem.sums.lower), -np.inf, 0),
        np.where(np.isfinite(problem.sums.upper), np.inf, 0),
    )
    number = 0.0 if problem.count is None else -float(price[people + sums])
    return LoadMaster(
        round_person_prices(price[:people], shape[0], shape[1]),
        round_quota_prices(of_sums, number, problem.quotas),
        weight,
        answer.x[:pairs] > MISSED,
    )


def _stacked(matrix: csr_array, above: BoolArray, below: BoolArray) -> Any:
    """Return the rows that are bounded from above, and then minus those that are bounded from below."""
    from scipy.sparse import vstack

    return vstack([matrix[np.flatnonzero(above)], -matrix[np.flatnonzero(below)]], format="csr")


def best_with_loads(
    problem: RestrictedProblem, people: tuple[IntArray, IntArray], watch: Watch, tuning: Tuning
) -> Arcs | None:
    """Return the best choice that HiGHS finds where loads cost something; ``None`` if it finds none.

    The result proves nothing.

    Parameters
    ----------
    problem : RestrictedProblem
        Candidate pairs with their worth, and the demands.
    people : pair of int64 arrays
        Prices of rows and columns, beside which the numbers of the programme are small.
    watch, tuning
        Limits on the seconds and on the nodes of HiGHS's tree.
    """
    rows, arcs, (of_rows, of_columns) = _rows_of(problem), problem.arcs, people
    if not len(arcs):
        return None
    # A price moves from the pairs of a person to the units that they use, of which there are as many.
    each, has_units = np.concatenate([of_rows, of_columns]), np.zeros(sum(map(len, people)), dtype=bool)
    has_units[rows.units.spread] = True
    moved = each * has_units
    gain = arcs.scores - moved[arcs.rows] - moved[len(of_rows) + arcs.columns]
    of_units = moved[rows.units.person] - problem.weight * rows.units.cost
    size = len(gain) + len(of_units)
    programme = WholeProgramme(
        -np.concatenate([gain, of_units]).astype(float),
        rows.matrix,
        rows.lower,
        rows.upper,
        np.zeros(size),
        np.ones(size),
    )
    found = solve_whole(programme, tuning.search_nodes, seconds_of(watch.seconds_left))
    chosen = None if found is None else arcs.where(found[: len(arcs)] > 1 / 2)
    return chosen if chosen is not None and problem.is_choice(chosen) else None
