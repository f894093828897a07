r"""Prices at a node of a search tree, from its linear programme.

Pairs may be chosen in parts; every bound but the capacities may be missed, at a penalty, so that there is
always a solution, and where a case cannot be at all, the prices say why (Farkas 1902).

The programme is written in *losses* against the prices that the search began with: what a pair is worth less
than its prices, and for each row, column and sum what it costs to stay away from a bound that is priced.
These are the small numbers that decide (:mod:`.search`), so that HiGHS's tolerances are small beside them.
Each bound is a row of its own, ``counts @ x + slack = limit``, whose slack costs the price that the bound
had before; its new price is the old one less the dual value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from reverse_match.solver.side_constraints.highs import LinearProgramme, solve_linear
from reverse_match.solver.side_constraints.restricted_master import incidence
from reverse_match.solver.side_constraints.search_tree import FINER, HIGHEST, TreePrices

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from reverse_match.foundation.arrays import FloatArray
    from reverse_match.solver.side_constraints.search_field import Case, Field

PENALTY = 100.0
"""What a bound may be missed for, each unit, in losses that would close a node: many, so that a price can be
high; yet not so many that HiGHS's tolerances come near to them."""

DEAREST = 10_000.0
"""No slack costs more than this, in the same measure: it only has to be dear."""

MISSED = 1e-7
"""Sums of missed bounds below this are zeros of HiGHS."""


class AtNode(NamedTuple):
    """What the linear programme of a node says; nothing of it is proved.

    Attributes
    ----------
    prices : TreePrices
        Rounded.
    parts : float array
        How much of each pair is chosen.
    missed : bool
        Whether bounds are missed.
    """

    prices: TreePrices
    parts: FloatArray
    missed: bool


class _Sums(NamedTuple):
    """What is bounded beside capacities: sums, the number of pairs, and what the nodes above count."""

    matrix: csr_array
    lower: FloatArray
    upper: FloatArray
    price: FloatArray


def prices_at(field: Field, case: Case, seconds: float, penalty: float = PENALTY) -> AtNode | None:
    """Return what the linear programme of a node says, ``None`` if HiGHS has no answer.

    Parameters
    ----------
    field : Field
        The pairs, and what has to hold.
    case : Case
        Of the node.
    seconds : float
        How long it may take.
    penalty : float
        What a bound may be missed for.
    """
    from scipy.sparse import csr_array, eye_array, hstack, vstack

    arcs, sums, measure = case.arcs(field), _sums(field, case), field.measure
    above, below = np.flatnonzero(np.isfinite(sums.upper)), np.flatnonzero(np.isfinite(sums.lower))
    people = [
        incidence(arcs.rows, len(field.capacities[0])),
        incidence(arcs.columns, len(field.capacities[1])),
    ]
    counts: Any = vstack([*people, sums.matrix[above], -sums.matrix[below]], format="csr")
    limit = np.concatenate([*field.capacities, sums.upper[above], -sums.lower[below]]).astype(float)
    of_people = np.concatenate([field.prices.rows, field.prices.columns]) / FINER
    of_sums = np.maximum(sums.price[above], 0), np.maximum(-sums.price[below], 0)
    price = np.concatenate([of_people, *of_sums])
    height, missable = len(limit), len(above) + len(below)
    may_miss = csr_array(
        (np.full(missable, -1.0), (np.arange(height - missable, height), np.arange(missable))),
        shape=(height, missable),
    )
    slack_cost, missing_cost = np.minimum(price / measure, DEAREST), np.full(missable, penalty)
    both = (field.capacities[0][arcs.rows] > 1) & (field.capacities[1][arcs.columns] > 1)
    programme = LinearProgramme(
        np.concatenate([-field.excess[case.active] / measure, slack_cost, missing_cost]),
        np.concatenate([np.where(both, 1.0, np.inf), np.full(height + missable, np.inf)]),
        equations=hstack([counts, eye_array(height), may_miss], format="csc"),
        values=limit,
    )
    answer = solve_linear(programme, seconds)
    if answer is None:
        return None
    new = np.split(price - answer.of_equations * measure, [len(of_people), len(of_people) + len(above)])
    of_all = np.zeros(len(sums.price))
    of_all[above] += new[1]
    of_all[below] -= new[2]
    missed = bool(answer.x[len(arcs) + height :].sum() > MISSED)
    return AtNode(_rounded(field, sums, new[0], of_all), answer.x[: len(arcs)], missed)


def _sums(field: Field, case: Case) -> _Sums:
    from scipy.sparse import csr_array, vstack

    active, cases = case.active, len(case.above)
    marks = np.array([counted.marked[active] for counted in case.above], dtype=float)
    each = np.ones((1, len(active)))
    matrix: Any = vstack(
        [field.counts[:, active], csr_array(each), csr_array(marks.reshape(cases, len(active)))], format="csr"
    )
    has_lower, has_upper = field.is_bounded
    number = np.array([np.nan if field.number is None else field.number])
    least = [np.nan if counted.least is None else counted.least for counted in case.above]
    most = [np.nan if counted.most is None else counted.most for counted in case.above]
    lower = np.concatenate([np.where(has_lower, field.lower, np.nan), number, least])
    upper = np.concatenate([np.where(has_upper, field.upper, np.nan), number, most])
    price = np.concatenate([field.prices.sums, [-field.prices.bonus], np.zeros(cases)]) / FINER
    return _Sums(matrix, lower, upper, price)


def _rounded(field: Field, sums: _Sums, of_people: FloatArray, of_sums: FloatArray) -> TreePrices:
    """Round prices to whole parts of a unit, none of them of a bound that is not there, none too high."""
    highest = np.full(len(of_sums), HIGHEST)
    highest[: len(field.largest)] //= field.largest
    whole = np.clip(np.rint(of_sums * FINER), -highest, highest).astype(np.int64)
    whole = np.where(np.isfinite(sums.upper), whole, np.minimum(whole, 0))
    whole = np.where(np.isfinite(sums.lower), whole, np.maximum(whole, 0))
    people = np.clip(np.rint(of_people * FINER), 0, HIGHEST).astype(np.int64)
    rows, quotas = len(field.capacities[0]), len(field.largest)
    return TreePrices(people[:rows], people[rows:], whole[:quotas], -int(whole[quotas]), whole[quotas + 1 :])
