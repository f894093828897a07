r"""A proof tree: cases, each closed by dual values, which together show that no choice reaches an aim.

A choice has either at most k of some pairs, or at least k + 1, since numbers of pairs are whole. So both
children of a node together have all its choices. Each node has dual values: of rows, columns, sums, the
number of pairs, and the cases above it, which bound numbers of pairs as sums do. By weak duality
(:mod:`.certificate`) they bound what a choice of its case can reach, whatever they are and whoever found
them. Where the bound stays below the aim, the case is closed. Where it does not, pairs are left out with
which no choice reaches the aim (reduced-cost fixing), and the node is split again.

So the tree is a proof that anybody can check by adding up whole numbers. VIPR does the same for
mixed-integer programmes in general (Cheung, Gleixner & Steffy 2017, arXiv:1611.08832). Here branching is
all that is needed, since the dual values of an assignment problem are few.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.solver.pairs.problem import Arcs

FINER = 10_000
"""So many parts make a unit: prices of a tree are whole parts, and rounding them costs no unit in all."""

HIGHEST = 2**42
"""No price of a tree is higher, times its coefficient: sums over all people and pairs fit into 64 bits."""


@dataclass(frozen=True)
class Disjunction:
    """A branching disjunction: at most so many of some pairs, or at least one more.

    Attributes
    ----------
    rows, columns : int64 arrays or None
        The pairs that are counted have these rows and these columns; all of them, if ``None``.
    quota : int or None
        If given, only pairs that the quota at this place marks are counted.
    most : int
        How many of them the first child may have.
    """

    rows: IntArray | None
    columns: IntArray | None
    quota: int | None
    most: int

    def among(self, arcs: Arcs, marks: Mapping[int, BoolArray]) -> BoolArray:
        """Mark the pairs of which the number is bounded; ``marks`` are those of quotas, by place."""
        marked = np.ones(len(arcs), dtype=bool) if self.quota is None else marks[self.quota].copy()
        for ends, some in ((arcs.rows, self.rows), (arcs.columns, self.columns)):
            if some is not None:
                marked &= np.isin(ends, some)
        return marked


@dataclass(frozen=True)
class TreeDualValues:
    """Dual values at a node, in parts of a unit.

    Attributes
    ----------
    rows, columns : int64 arrays
        0 or more.
    sums : int64 array
        For each sum of each quota: above 0 where its upper bound is in the way, below 0 where the lower one
        is.
    cardinality_dual : int
        What every pair gets for being one, where their number is given.
    cases : int64 array
        For each node above, the price of the pairs that it counts: as for sums.
    """

    rows: IntArray
    columns: IntArray
    sums: IntArray
    cardinality_dual: int
    cases: IntArray

    def less(self, other: TreeDualValues) -> TreeDualValues:
        """Return how these prices differ from others of the same case."""
        return TreeDualValues(
            self.rows - other.rows,
            self.columns - other.columns,
            self.sums - other.sums,
            self.cardinality_dual - other.cardinality_dual,
            self.cases - other.cases,
        )

    def for_children(self) -> TreeDualValues:
        """Return the same prices, and none of what one more node counts."""
        return replace(self, cases=np.append(self.cases, 0))


@dataclass(frozen=True)
class TreeNode:
    """A node: how its prices differ from those of the node above, and how it is split, if it is not closed.

    The root differs from the prices that the search began with.
    """

    change: TreeDualValues
    cases: Disjunction | None


@dataclass(frozen=True)
class ProofTree:
    """A tree that proves of some pairs that no choice of them reaches an aim.

    Attributes
    ----------
    pairs : int
        How many pairs there are.
    nodes : sequence of TreeNode
        The tree, each node before its children, the first child first.
    """

    pairs: int
    nodes: Sequence[TreeNode]
