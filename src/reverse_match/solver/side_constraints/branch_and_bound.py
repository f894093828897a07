"""Branch and bound: proves by cases that no choice of some pairs reaches an aim, or finds one that does.

The search is depth first (Land and Doig 1960). The linear relaxation of a node gives its dual values. The
bound that they prove is computed in whole numbers (:mod:`.proof_tree`), and a node that they do not close is
split (:mod:`.branching`). If the relaxation chooses only whole pairs, these are a choice; if it reaches the
aim, the search ends with it. Wrong answers of HiGHS make bounds weaker and the tree larger, or the search
fails: no node is closed on the word of HiGHS.

In the relaxation fractions of pairs may be chosen. Every bound except capacities may be missed, at a penalty,
so that a solution always exists; if a case is infeasible, the dual values prove it (Farkas 1902). The
programme is written in *losses* against the first prices of the proof (:mod:`.incumbent`): of each pair, and
of each row, column and sum that stays away from a priced bound. These small numbers decide, so HiGHS's
tolerances must be small beside them. Each bound is a row of its own, ``counts @ x + slack = limit``. The
slack costs the first price of the bound, and the new price is the first one minus the dual value.

Where the bound of a node is above the aim by no more than what tolerances can leave, the node is solved again
in losses against the prices just found, of which the remaining distance is the measure (iterative refinement:
Gleixner, Steffy and Wolter 2016). A few such steps find prices that are exact to a part of a unit, however
small a unit is beside the first gap.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from reverse_match.solver.side_constraints.branching import WHOLE, kinds_of_splits, split_of
from reverse_match.solver.side_constraints.highs import LinearProgramme, seconds_of, solve_linear
from reverse_match.solver.side_constraints.load_programme import units_of_people
from reverse_match.solver.side_constraints.proof_tree import (
    FINER,
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
"""Penalty for each unit of a missed bound, in losses that would close a node. It limits the prices, so it is
high, yet HiGHS's tolerances must stay small against the losses."""

HIGHER_PENALTY = PENALTY * 1_000
"""Penalty for a second attempt, if a bound is missed at the first one and the node is not closed."""

DEAREST = 10_000.0
"""Highest cost of a slack, in the same measure; a higher one would have no other effect."""

NEARLY = 1e-3
"""Distance of a bound from the aim, as a share of the measure, below which a node is solved again in losses
against its own prices. Distances that tolerances leave are far smaller."""

TINY = 1e-9
"""A change of a price, in units, that is none."""

REFINEMENTS = 4
"""Largest number of such solutions of a node; each makes the distance smaller by orders of magnitude."""


@dataclass(frozen=True)
class _VisitedNode:
    """A node, and its children unless it is closed."""

    node: TreeNode
    children: tuple[OpenNode, ...]


def prove(problem: CutoffProblem, watch: Watch, most_nodes: int) -> ProofTree | Arcs | None:
    """Prove that no choice reaches the aim of a problem, or return one that does.

    Parameters
    ----------
    problem : CutoffProblem
        The candidate pairs, the demands, and the aim.
    watch : Watch
        Time limit of the search.
    most_nodes : int
        Number of nodes at which the search ends.

    Returns
    -------
    ProofTree, Arcs or None
        The tree as a proof; a choice that reaches the aim; ``None`` if neither was found.
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
    """Close or split a node, or return a choice that reaches the aim; ``None`` if nothing is possible."""
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
    """Dual values of a node, the bound that they prove, and the fraction of each pair in its relaxation."""

    prices: TreeDualValues
    bound: int
    reduced_profits: IntArray
    parts: FloatArray


def _price_node(problem: CutoffProblem, case: OpenNode, watch: Watch) -> _PricedNode | None:
    """Return the prices of a node, or those of the node above where these prove a lower bound."""
    found = None
    first = _Base(problem.first_prices(case), problem.reduced_profits[case.active], problem.measure)
    for penalty in (PENALTY, HIGHER_PENALTY):
        at = solve_node_relaxation(problem, case, seconds_of(watch.seconds_left), penalty, first)
        if at is None:
            break
        found = _best_priced(problem, case, (case.prices, *at.prices), at.parts)
        if found.bound < problem.aim * FINER or not at.missed:
            break
    return found if found is None else _refine(problem, case, found, watch)


def _best_priced(
    problem: CutoffProblem, case: OpenNode, candidates: Sequence[TreeDualValues], parts: FloatArray
) -> _PricedNode:
    """Return the prices that prove the lowest bound on a node, with the bound."""
    each = (_PricedNode(prices, *problem.bound(case, prices), parts) for prices in candidates)
    return min(each, key=lambda priced: priced.bound)


def _refine(problem: CutoffProblem, case: OpenNode, found: _PricedNode, watch: Watch) -> _PricedNode:
    """Return more exact prices of a node whose bound is above the aim by little."""
    aim = problem.aim * FINER
    nearly = NEARLY * problem.measure * FINER
    for _ in range(REFINEMENTS):
        left = found.bound - aim
        if not 0 <= left <= nearly:
            break
        base = _Base(found.prices, found.reduced_profits / FINER, max(left, 1) / FINER)
        at = solve_node_relaxation(problem, case, seconds_of(watch.seconds_left), PENALTY, base)
        if at is None:
            break
        better = _best_priced(problem, case, at.prices, at.parts)
        if better.bound >= found.bound:
            break
        found = better
    return found


def _integral_choice(arcs: Arcs, parts: FloatArray) -> Arcs | None:
    """Return the chosen pairs; ``None`` where a fraction of some pair is chosen."""
    return arcs.where(parts > 1 / 2) if bool((np.abs(parts - np.rint(parts)) <= WHOLE).all()) else None


class _Base(NamedTuple):
    """The prices against which losses are counted, the excess of each pair over them, and the measure."""

    prices: TreeDualValues
    reduced_profits: FloatArray
    measure: float


class NodeRelaxation(NamedTuple):
    """A solution of the linear relaxation of a node; it proves nothing.

    Attributes
    ----------
    prices : tuple of TreeDualValues
        Rounded dual values, each within its limit; if one exceeds it, also all of them lowered in proportion.
    parts : float array
        Chosen fraction of each pair, from 0 to 1.
    missed : bool
        Whether bounds are missed.
    """

    prices: tuple[TreeDualValues, ...]
    parts: FloatArray
    missed: bool


class _Sums(NamedTuple):
    """The bounds other than capacities: of sums, of the number of pairs, and of the nodes above."""

    matrix: csr_array
    lower: FloatArray
    upper: FloatArray
    price: FloatArray


def solve_node_relaxation(
    problem: CutoffProblem,
    case: OpenNode,
    seconds: float,
    penalty: float = PENALTY,
    base: _Base | None = None,
) -> NodeRelaxation | None:
    """Return a solution of the linear relaxation of a node; ``None`` if HiGHS has no answer.

    Parameters
    ----------
    problem : CutoffProblem
        The candidate pairs, and the demands.
    case : OpenNode
        The node.
    seconds : float
        Time limit of HiGHS.
    penalty : float
        Penalty for each unit of a missed bound.
    base : _Base, optional
        The prices against which losses are counted; the first ones if not given.
    """
    from scipy.sparse import csr_array, eye_array, hstack, vstack

    if base is None:
        base = _Base(problem.first_prices(case), problem.reduced_profits[case.active], problem.measure)
    arcs, sums, measure = case.arcs(problem), _sums(problem, case, base.prices), base.measure
    above, below = np.flatnonzero(np.isfinite(sums.upper)), np.flatnonzero(np.isfinite(sums.lower))
    people = people_rows(arcs, problem.capacities)
    counts: Any = vstack([people, sums.matrix[above], -sums.matrix[below]], format="csr")
    limit = np.concatenate([*problem.capacities, sums.upper[above], -sums.lower[below]]).astype(float)
    of_people = np.concatenate([base.prices.rows, base.prices.columns]) / FINER
    of_sums = np.maximum(sums.price[above], 0), np.maximum(-sums.price[below], 0)
    price = np.concatenate([of_people, *of_sums])
    height, missable = len(limit), len(above) + len(below)
    may_miss = csr_array(
        (np.full(missable, -1.0), (np.arange(height - missable, height), np.arange(missable))),
        shape=(height, missable),
    )
    slack_cost, missing_cost = np.minimum(price / measure, DEAREST), np.full(missable, penalty)
    losses = np.minimum(-base.reduced_profits / measure, DEAREST * penalty)
    both = (problem.capacities[0][arcs.rows] > 1) & (problem.capacities[1][arcs.columns] > 1)
    most_slack, used = np.full(height, np.inf), units_of_people(problem, height)
    used_cost = (problem.weight * used.cost - of_people[used.person]) / measure
    limit[used.spread], most_slack[used.spread] = 0, 0  # units of these people have columns of their own
    programme = LinearProgramme(
        np.concatenate([losses, slack_cost, missing_cost, used_cost]),
        np.concatenate(
            [
                np.where(both, 1.0, np.inf),
                most_slack,
                np.full(missable, np.inf),
                np.ones(len(used_cost)),
            ]
        ),
        equations=hstack([counts, eye_array(height), may_miss, used.matrix], format="csc"),
        values=limit,
    )
    answer = solve_linear(programme, seconds)
    if answer is None:
        return None
    new = np.split(price - answer.of_equations * measure, [len(of_people), len(of_people) + len(above)])
    of_all = np.zeros(len(sums.price))
    of_all[above] += new[1]
    of_all[below] -= new[2]
    missed = bool(answer.x[len(arcs) + height :][:missable].sum() > MISSED)
    return NodeRelaxation(_round_prices(problem, sums, new[0], of_all, base), answer.x[: len(arcs)], missed)


def _sums(problem: CutoffProblem, case: OpenNode, prices: TreeDualValues) -> _Sums:
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
    price = np.concatenate([prices.sums, [-prices.cardinality_dual], prices.cases]) / FINER
    return _Sums(matrix, lower, upper, price)


def _round_prices(
    problem: CutoffProblem, sums: _Sums, of_people: FloatArray, of_sums: FloatArray, base: _Base
) -> tuple[TreeDualValues, ...]:
    """Round prices to whole parts of a unit; a missing bound has price 0, and no price exceeds its limit.

    Prices that prove infeasibility do so at any distance from the base (Farkas 1902), but only all together.
    So if a price exceeds its limit, prices on the way from the base to them are also returned.
    """
    highest = np.full(len(of_sums), float(problem.highest))
    highest[: len(problem.largest)] //= problem.largest
    limit = np.concatenate([np.full(len(of_people), float(problem.highest)), highest]) / FINER
    first = np.concatenate([base.prices.rows / FINER, base.prices.columns / FINER, sums.price])
    new = np.concatenate([of_people, of_sums])
    way = (np.maximum(limit - np.abs(first), 0) / np.maximum(np.abs(new - first), TINY)).min(initial=1)
    between = first + way * (new - first)
    people = len(of_people)
    return tuple(
        _round_in_parts(problem, sums, prices[:people], prices[people:], highest)
        for prices in ((new,) if (np.abs(new) <= limit).all() else (new, between))
    )


def _round_in_parts(
    problem: CutoffProblem, sums: _Sums, of_people: FloatArray, of_sums: FloatArray, highest: FloatArray
) -> TreeDualValues:
    whole = np.clip(np.rint(of_sums * FINER), -highest, highest).astype(np.int64)
    whole = np.where(np.isfinite(sums.upper), whole, np.minimum(whole, 0))
    whole = np.where(np.isfinite(sums.lower), whole, np.maximum(whole, 0))
    people = np.clip(np.rint(of_people * FINER), 0, problem.highest).astype(np.int64)
    rows, quotas = len(problem.capacities[0]), len(problem.largest)
    return TreeDualValues(
        people[:rows], people[rows:], whole[:quotas], -int(whole[quotas]), whole[quotas + 1 :]
    )
