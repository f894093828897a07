"""Branch and bound: proves by cases that no choice of some pairs reaches an aim, or finds one that does.

The search is depth first. Dual values of a node come from its linear relaxation. What they prove is
computed in whole numbers (:mod:`.proof_tree`), and a node that they do not close is split
(:mod:`.branching`). Where the relaxation takes all pairs whole, they are a choice; if it reaches the aim,
the search ends with it. If HiGHS errs, or lies, bounds are weaker, and the tree is larger, or there is
none: no node is closed by its word.

In the relaxation pairs may be chosen in parts. Every bound but the capacities may be missed, at a penalty,
so that there is always a solution; where a case is infeasible, the dual values say why (Farkas 1902). The
programme is written in *losses* against the prices that the proof began with: what a pair is worth less
than its prices, and for each row, column and sum what it costs to stay away from a bound that is priced.
These are the small numbers that decide (:mod:`.incumbent`), so that HiGHS's tolerances are small beside
them. Each bound is a row of its own, ``counts @ x + slack = limit``, whose slack costs the price that the
bound had before; its new price is the old one less the dual value.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from reverse_match.solver.side_constraints.branching import WHOLE, kinds_of_splits, split_of
from reverse_match.solver.side_constraints.highs import LinearProgramme, seconds_of, solve_linear
from reverse_match.solver.side_constraints.proof_tree import (
    FINER,
    HIGHEST,
    ProofTree,
    TreeDualValues,
    TreeNode,
)
from reverse_match.solver.side_constraints.restricted_master import MISSED, people_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scipy.sparse import csr_array

    from reverse_match.foundation.arrays import FloatArray, IntArray
    from reverse_match.foundation.progress import Watch
    from reverse_match.solver.pairs.problem import Arcs
    from reverse_match.solver.side_constraints.branching import Labels
    from reverse_match.solver.side_constraints.proof_tree import CutoffProblem, OpenNode


PENALTY = 100.0
"""The penalty for each unit by which a bound is missed, in losses that would close a node. It is high, so
that a price can be; yet not so high that HiGHS's tolerances come near to losses."""

HIGHER_PENALTY = PENALTY * 1_000
"""The penalty where a bound is missed at the first one and that does not close the node."""

DEAREST = 10_000.0
"""The highest cost of a slack, in the same measure: it only has to be dear."""


@dataclass(frozen=True)
class _VisitedNode:
    """A node, and its children if it is not closed."""

    node: TreeNode
    children: tuple[OpenNode, ...]


def prove(problem: CutoffProblem, watch: Watch, most_nodes: int) -> ProofTree | Arcs | None:
    """Prove that no choice reaches the aim of a field, or return one that does.

    Parameters
    ----------
    problem : CutoffProblem
        The pairs, what has to hold, and the aim.
    watch : Watch
        Says when to end.
    most_nodes : int
        The size of the tree at which the search ends.

    Returns
    -------
    Searched, Arcs or None
        The tree; a choice; or ``None``, if neither was found.
    """
    kinds = kinds_of_splits(problem)
    nodes, stack = list[TreeNode](), [problem.root]
    while stack:
        if len(nodes) >= most_nodes or watch.expired:
            return None
        visited = _visit(problem, stack.pop(), kinds, watch)
        if not isinstance(visited, _VisitedNode):
            return visited
        nodes.append(visited.node)
        stack += reversed(visited.children)
    return ProofTree(len(problem.arcs), tuple(nodes))


def _visit(
    problem: CutoffProblem, case: OpenNode, kinds: Sequence[Sequence[Labels]], watch: Watch
) -> _VisitedNode | Arcs | None:
    """Close a node or split it, or return a choice that reaches the aim; ``None`` if nothing can be done."""
    priced, aim = _price_node(problem, case, watch), problem.aim * FINER
    if priced is None:
        return None
    change = priced.prices.less(case.prices)
    if priced.bound < aim:
        return _VisitedNode(TreeNode(change, None), ())
    chosen = _integral_choice(case.arcs(problem), priced.parts)
    if chosen is not None and problem.is_reached_by(chosen):
        return chosen
    kept = priced.reduced_profits >= aim - priced.bound
    active = case.active[kept]
    cases = split_of(problem, active, priced.parts[kept], kinds)
    if cases is None:
        return None
    return _VisitedNode(TreeNode(change, cases), case.children(problem, cases, priced.prices, active))


class _PricedNode(NamedTuple):
    """Dual values of a node, the bound that they prove, and the part of each pair in its relaxation."""

    prices: TreeDualValues
    bound: int
    reduced_profits: IntArray
    parts: FloatArray


def _price_node(problem: CutoffProblem, case: OpenNode, watch: Watch) -> _PricedNode | None:
    """Return the prices of a node, or those of the node above where these prove more."""
    found = None
    for penalty in (PENALTY, HIGHER_PENALTY):
        at = solve_node_relaxation(problem, case, seconds_of(watch.seconds_left), penalty)
        if at is None:
            break
        found = min(
            (
                _PricedNode(prices, *problem.bound(case, prices), at.parts)
                for prices in (case.prices, *at.prices)
            ),
            key=lambda priced: priced.bound,
        )
        if found.bound < problem.aim * FINER or not at.missed:
            break
    return found


def _integral_choice(arcs: Arcs, parts: FloatArray) -> Arcs | None:
    """Return the chosen pairs, or ``None`` where some pair is chosen in part."""
    return arcs.where(parts > 1 / 2) if bool((np.abs(parts - np.rint(parts)) <= WHOLE).all()) else None


class NodeRelaxation(NamedTuple):
    """What the linear relaxation of a node says; nothing of it is proved.

    Attributes
    ----------
    prices : tuple of TreeDualValues
        Rounded, with each at most as high as it may be; and, where one would be higher, all made lower alike.
    parts : float array
        How much of each pair is chosen.
    missed : bool
        Whether bounds are missed.
    """

    prices: tuple[TreeDualValues, ...]
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
    people = people_rows(arcs, problem.capacities)
    counts: Any = vstack([people, sums.matrix[above], -sums.matrix[below]], format="csr")
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
        [problem.sums.matrix[:, active], csr_array(each), csr_array(marks.reshape(cases, len(active)))],
        format="csr",
    )
    number = np.array([np.nan if problem.count is None else problem.count])
    least = [np.nan if counted.least is None else counted.least for counted in case.above]
    most = [np.nan if counted.most is None else counted.most for counted in case.above]
    lower = np.concatenate([problem.sums.lower, number, least])
    upper = np.concatenate([problem.sums.upper, number, most])
    price = np.concatenate([problem.prices.sums, [-problem.prices.cardinality_dual], np.zeros(cases)]) / FINER
    return _Sums(matrix, lower, upper, price)


def _round_prices(
    problem: CutoffProblem, sums: _Sums, of_people: FloatArray, of_sums: FloatArray
) -> tuple[TreeDualValues, ...]:
    """Round prices to whole parts of a unit; a bound that is not there has none, and none is too high.

    Where bounds exclude each other, prices prove that at any height (Farkas 1902), but only in proportion.
    """
    highest = np.full(len(of_sums), float(HIGHEST))
    highest[: len(problem.largest)] //= problem.largest
    too_high = max(
        (np.abs(of_sums) * FINER / highest).max(initial=0), of_people.max(initial=0) * FINER / HIGHEST
    )
    return tuple(
        _round_in_parts(problem, sums, of_people * part, of_sums * part, highest)
        for part in ((1.0,) if too_high <= 1 else (1.0, 1 / too_high))
    )


def _round_in_parts(
    problem: CutoffProblem, sums: _Sums, of_people: FloatArray, of_sums: FloatArray, highest: FloatArray
) -> TreeDualValues:
    whole = np.clip(np.rint(of_sums * FINER), -highest, highest).astype(np.int64)
    whole = np.where(np.isfinite(sums.upper), whole, np.minimum(whole, 0))
    whole = np.where(np.isfinite(sums.lower), whole, np.maximum(whole, 0))
    people = np.clip(np.rint(of_people * FINER), 0, HIGHEST).astype(np.int64)
    rows, quotas = len(problem.capacities[0]), len(problem.largest)
    return TreeDualValues(
        people[:rows], people[rows:], whole[:quotas], -int(whole[quotas]), whole[quotas + 1 :]
    )
