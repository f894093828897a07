"""Puts names back on a branch-and-bound tree that proves that no choice is better."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reverse_match.matching.results.proof_by_cases import CaseNode, CasePrice, CountedPairs, ProofByCases
from reverse_match.solver.pairs.quotas import PairQuota

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reverse_match.constraints.quotas import CompiledQuota
    from reverse_match.foundation.arrays import IntArray
    from reverse_match.matching.encode import Prepared
    from reverse_match.solver.pairs.quotas import Quota
    from reverse_match.solver.side_constraints.tree_nodes import (
        Disjunction,
        ProofTree,
        TreeDualValues,
        TreeNode,
    )


def proof_by_cases(prepared: Prepared, quotas: Sequence[Quota], tree: ProofTree) -> ProofByCases:
    """Return a tree by id.

    Parameters
    ----------
    prepared : Prepared
        Who is who.
    quotas : sequence of Quota
        The quotas whose sums the tree counts; where the number of pairs is known, shares are numbers.
    searched : ProofTree
        The tree.
    """
    names = _Names(prepared, quotas)
    nodes = [names.node(node) for node in tree.nodes]
    return ProofByCases(counted=tuple(names.counted), nodes=tuple(nodes))


class _Names:
    """Knows what rows, columns, sums and counted pairs are called."""

    def __init__(self, prepared: Prepared, quotas: Sequence[Quota]) -> None:
        self._ids = tuple(side.ids for side in prepared.people)
        self._places = [compiled.place for compiled in prepared.quotas]
        self._sums = [
            (compiled.place, group, *(_coefficients(sums)))
            for compiled, sums in zip(prepared.quotas, quotas, strict=True)
            for group in _groups(compiled, sums)
        ]
        self.counted: dict[CountedPairs, int] = {}

    def node(self, node: TreeNode) -> CaseNode:
        """Return a node by id."""
        change = node.change
        return CaseNode(
            counts=None if node.cases is None else self._place_of(node.cases),
            most=None if node.cases is None else node.cases.most,
            mentors=self._by_id(0, change.rows),
            mentees=self._by_id(1, change.columns),
            quotas=tuple(self._quota_prices(change)),
            duo=change.cardinality_dual,
            above=tuple((depth, int(change.cases[depth])) for depth in np.flatnonzero(change.cases).tolist()),
        )

    def _place_of(self, cases: Disjunction) -> int:
        mentors, mentees = (
            None if some is None else tuple(sorted(ids[place] for place in some.tolist()))
            for ids, some in zip(self._ids, (cases.rows, cases.columns), strict=True)
        )
        quota = None if cases.quota is None else self._places[cases.quota]
        counted = CountedPairs(mentors=mentors, mentees=mentees, quota=quota)
        return self.counted.setdefault(counted, len(self.counted))

    def _by_id(self, side: int, change: IntArray) -> dict[str, int]:
        ids = self._ids[side]
        return dict(sorted((ids[place], int(change[place])) for place in np.flatnonzero(change).tolist()))

    def _quota_prices(self, change: TreeDualValues) -> Iterator[CasePrice]:
        for place in np.flatnonzero(change.sums).tolist():
            quota, group, inside, outside = self._sums[place]
            more = int(change.sums[place])
            yield CasePrice(quota=quota, group=group, inside=more * inside, outside=more * outside)


def _groups(compiled: CompiledQuota, sums: Quota) -> Sequence[str | None]:
    return compiled.groups or [None] * len(sums.lower)


def _coefficients(sums: Quota) -> tuple[int, int]:
    return (sums.inside, sums.outside) if isinstance(sums, PairQuota) else (1, 0)
