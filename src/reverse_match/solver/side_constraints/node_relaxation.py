r"""The linear relaxation of a node: dual values of its case, from a linear programme.

Pairs may be chosen in parts. Every bound but the capacities may be missed, at a penalty, so that there is
always a solution. Where a case is infeasible, the dual values say why (Farkas 1902).

The programme is written in *losses* against the prices that the proof began with: what a pair is worth
less than its prices, and for each row, column and sum what it costs to stay away from a bound that is
priced. These are the small numbers that decide (:mod:`.branch_and_bound`), so that HiGHS's tolerances are
small beside them. Each bound is a row of its own, ``counts @ x + slack = limit``, whose slack costs the
price that the bound had before; its new price is the old one less the dual value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from reverse_match.solver.side_constraints.highs import LinearProgramme, solve_linear
from reverse_match.solver.side_constraints.restricted_master import incidence
from reverse_match.solver.side_constraints.tree_nodes import FINER, HIGHEST, TreeDualValues

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from reverse_match.foundation.arrays import FloatArray
    from reverse_match.solver.side_constraints.cutoff_problem import CutoffProblem, OpenNode

PENALTY = 100.0
"""The penalty for each unit by which a bound is missed, in losses that would close a node. It is high, so
that a price can be; yet not so high that HiGHS's tolerances come near to losses."""

DEAREST = 10_000.0
"""The highest cost of a slack, in the same measure: it only has to be dear."""

MISSED = 1e-7
"""Sums of missed bounds below this are zeros of HiGHS."""


class NodeRelaxation(NamedTuple):
    """What the linear relaxation of a node says; nothing of it is proved.

    Attributes
    ----------
    prices : TreeDualValues
        Rounded.
    parts : float array
        How much of each pair is chosen.
    missed : bool
        Whether bounds are missed.
    """

    prices: TreeDualValues
    parts: FloatArray
    missed: bool


class _Sums(NamedTuple):
    """The bounds beside capacities: of sums, of the number of pairs, and of what the nodes above count."""

    matrix: csr_array
    lower: FloatArray
    upper: FloatArray
    price: FloatArray


def solve_node_relaxation(
    problem: CutoffProblem, case: OpenNode, seconds: float, penalty: float = PENALTY
) -> NodeRelaxation | None:
    """Return what the linear relaxation of a node says, ``None`` if HiGHS has no answer.

    Parameters
    ----------
    problem : CutoffProblem
        The pairs, and what has to hold.
    case : OpenNode
        Of the node.
    seconds : float
        How long it may take.
    penalty : float
        What a bound may be missed for.
    """
    from scipy.sparse import csr_array, eye_array, hstack, vstack

    arcs, sums, measure = case.arcs(problem), _sums(problem, case), problem.measure
    above, below = np.flatnonzero(np.isfinite(sums.upper)), np.flatnonzero(np.isfinite(sums.lower))
    people = [
        incidence(arcs.rows, len(problem.capacities[0])),
        incidence(arcs.columns, len(problem.capacities[1])),
    ]
    counts: Any = vstack([*people, sums.matrix[above], -sums.matrix[below]], format="csr")
    limit = np.concatenate([*problem.capacities, sums.upper[above], -sums.lower[below]]).astype(float)
    of_people = np.concatenate([problem.prices.rows, problem.prices.columns]) / FINER
    of_sums = np.maximum(sums.price[above], 0), np.maximum(-sums.price[below], 0)
    price = np.concatenate([of_people, *of_sums])
    height, missable = len(limit), len(above) + len(below)
    may_miss = csr_array(
        (np.full(missable, -1.0), (np.arange(height - missable, height), np.arange(missable))),
        shape=(height, missable),
    )
    slack_cost, missing_cost = np.minimum(price / measure, DEAREST), np.full(missable, penalty)
    both = (problem.capacities[0][arcs.rows] > 1) & (problem.capacities[1][arcs.columns] > 1)
    programme = LinearProgramme(
        np.concatenate([-problem.reduced_profits[case.active] / measure, slack_cost, missing_cost]),
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
    return NodeRelaxation(_round_prices(problem, sums, new[0], of_all), answer.x[: len(arcs)], missed)


def _sums(problem: CutoffProblem, case: OpenNode) -> _Sums:
    from scipy.sparse import csr_array, vstack

    active, cases = case.active, len(case.above)
    marks = np.array([counted.marked[active] for counted in case.above], dtype=float)
    each = np.ones((1, len(active)))
    matrix: Any = vstack(
        [problem.counts[:, active], csr_array(each), csr_array(marks.reshape(cases, len(active)))],
        format="csr",
    )
    has_lower, has_upper = problem.is_bounded
    number = np.array([np.nan if problem.number is None else problem.number])
    least = [np.nan if counted.least is None else counted.least for counted in case.above]
    most = [np.nan if counted.most is None else counted.most for counted in case.above]
    lower = np.concatenate([np.where(has_lower, problem.lower, np.nan), number, least])
    upper = np.concatenate([np.where(has_upper, problem.upper, np.nan), number, most])
    price = np.concatenate([problem.prices.sums, [-problem.prices.cardinality_dual], np.zeros(cases)]) / FINER
    return _Sums(matrix, lower, upper, price)


def _round_prices(
    problem: CutoffProblem, sums: _Sums, of_people: FloatArray, of_sums: FloatArray
) -> TreeDualValues:
    """Round prices to whole parts of a unit; a bound that is not there has none, and none is too high."""
    highest = np.full(len(of_sums), HIGHEST)
    highest[: len(problem.largest)] //= problem.largest
    whole = np.clip(np.rint(of_sums * FINER), -highest, highest).astype(np.int64)
    whole = np.where(np.isfinite(sums.upper), whole, np.minimum(whole, 0))
    whole = np.where(np.isfinite(sums.lower), whole, np.maximum(whole, 0))
    people = np.clip(np.rint(of_people * FINER), 0, HIGHEST).astype(np.int64)
    rows, quotas = len(problem.capacities[0]), len(problem.largest)
    return TreeDualValues(
        people[:rows], people[rows:], whole[:quotas], -int(whole[quotas]), whole[quotas + 1 :]
    )
