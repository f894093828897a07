"""Proves by cases that no choice of some pairs reaches an aim, or finds one that does.

Depth first: prices of a node come from its linear programme (:mod:`.node_programme`), what they prove is
computed in whole numbers (:mod:`.search_field`), and a node that they do not close is split
(:mod:`.branching`). Where the linear programme takes all pairs whole, they are a choice; if it reaches the
aim, the search ends with it. If HiGHS errs, or lies, bounds are weaker and the tree is larger, or there is
none: no node is closed by its word.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reverse_match.solver.side_constraints.branching import WHOLE, kinds_of_splits, split_of
from reverse_match.solver.side_constraints.highs import seconds_of
from reverse_match.solver.side_constraints.node_programme import PENALTY, prices_at
from reverse_match.solver.side_constraints.search_tree import FINER, Searched, TreeNode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.foundation.arrays import FloatArray, IntArray
    from reverse_match.foundation.progress import Watch
    from reverse_match.solver.pairs.problem import Arcs
    from reverse_match.solver.side_constraints.branching import Labels
    from reverse_match.solver.side_constraints.search_field import Case, Field
    from reverse_match.solver.side_constraints.search_tree import TreePrices

HIGHER_PENALTY = PENALTY * 1_000
"""Where a bound is missed for the first penalty and that does not close the node."""


@dataclass(frozen=True)
class _Visited:
    """A node, and its children if it is not closed."""

    node: TreeNode
    children: tuple[Case, ...]


def prove(field: Field, watch: Watch, most_nodes: int) -> Searched | Arcs | None:
    """Prove that no choice reaches the aim of a field, or return one that does.

    Parameters
    ----------
    field : Field
        The pairs, what has to hold, and the aim.
    watch : Watch
        When it has to end.
    most_nodes : int
        Of the tree; with more it ends.

    Returns
    -------
    Searched, Arcs or None
        The tree; a choice; or ``None``, if neither was found.
    """
    kinds = kinds_of_splits(field)
    nodes, stack = list[TreeNode](), [field.root]
    while stack:
        if len(nodes) >= most_nodes or watch.expired:
            return None
        visited = _visit(field, stack.pop(), kinds, watch)
        if not isinstance(visited, _Visited):
            return visited
        nodes.append(visited.node)
        stack += reversed(visited.children)
    return Searched(len(field.arcs), tuple(nodes))


def _visit(
    field: Field, case: Case, kinds: Sequence[Sequence[Labels]], watch: Watch
) -> _Visited | Arcs | None:
    """Close a node or split it; or return a choice that reaches the aim; ``None`` if nothing can be done."""
    priced, aim = _priced(field, case, watch), field.aim * FINER
    if priced is None:
        return None
    change = priced.prices.less(case.prices)
    if priced.bound < aim:
        return _Visited(TreeNode(change, None), ())
    chosen = _whole(case.arcs(field), priced.parts)
    if chosen is not None and field.reached_by(chosen):
        return chosen
    kept = priced.excess >= aim - priced.bound
    active = case.active[kept]
    cases = split_of(field, active, priced.parts[kept], kinds)
    if cases is None:
        return None
    return _Visited(TreeNode(change, cases), case.children(field, cases, priced.prices, active))


class _Priced(NamedTuple):
    """Prices of a node, what they prove, and how much of each pair its linear programme takes."""

    prices: TreePrices
    bound: int
    excess: IntArray
    parts: FloatArray


def _priced(field: Field, case: Case, watch: Watch) -> _Priced | None:
    """Return the prices of a node, or those of the node above where these prove more."""
    found = None
    for penalty in (PENALTY, HIGHER_PENALTY):
        at = prices_at(field, case, seconds_of(watch.seconds_left), penalty)
        if at is None:
            break
        found = min(
            (_Priced(prices, *field.bound(case, prices), at.parts) for prices in (case.prices, at.prices)),
            key=lambda priced: priced.bound,
        )
        if found.bound < field.aim * FINER or not at.missed:
            break
    return found


def _whole(arcs: Arcs, parts: FloatArray) -> Arcs | None:
    """Return the chosen pairs where none is chosen in part."""
    return arcs.where(parts > 1 / 2) if bool((np.abs(parts - np.rint(parts)) <= WHOLE).all()) else None
