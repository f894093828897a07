"""Branch and bound: proves by cases that no choice of some pairs reaches an aim, or finds one that does.

The search is depth first. Dual values of a node come from its linear relaxation
(:mod:`.node_relaxation`). What they prove is computed in whole numbers (:mod:`.cutoff_problem`), and a
node that they do not close is split (:mod:`.branching`). Where the relaxation takes all pairs whole, they
are a choice; if it reaches the aim, the search ends with it. If HiGHS errs, or lies, bounds are weaker,
and the tree is larger, or there is none: no node is closed by its word.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reverse_match.solver.side_constraints.branching import WHOLE, kinds_of_splits, split_of
from reverse_match.solver.side_constraints.highs import seconds_of
from reverse_match.solver.side_constraints.node_relaxation import PENALTY, solve_node_relaxation
from reverse_match.solver.side_constraints.tree_nodes import FINER, ProofTree, TreeNode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.foundation.arrays import FloatArray, IntArray
    from reverse_match.foundation.progress import Watch
    from reverse_match.solver.pairs.problem import Arcs
    from reverse_match.solver.side_constraints.branching import Labels
    from reverse_match.solver.side_constraints.cutoff_problem import CutoffProblem, OpenNode
    from reverse_match.solver.side_constraints.tree_nodes import TreeDualValues

HIGHER_PENALTY = PENALTY * 1_000
"""The penalty where a bound is missed at the first one and that does not close the node."""


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
                for prices in (case.prices, at.prices)
            ),
            key=lambda priced: priced.bound,
        )
        if found.bound < problem.aim * FINER or not at.missed:
            break
    return found


def _integral_choice(arcs: Arcs, parts: FloatArray) -> Arcs | None:
    """Return the chosen pairs, or ``None`` where some pair is chosen in part."""
    return arcs.where(parts > 1 / 2) if bool((np.abs(parts - np.rint(parts)) <= WHOLE).all()) else None
