"""Undoes needless changes: of equal optima, one that changes less of an earlier choice.

Two choices differ in some pairs, which form groups that share rows or columns: the components of their
symmetric difference. Whoever is in a group has all differing pairs in it, so undoing the group gives its
people back what they had, and nobody else notices. Where both ways are as many pairs with the same total,
and capacities and quotas still hold, the group is undone. The choice stays as good, and nobody changes
for nothing. Groups are tried in the order of their first rows, each beside what the others have become.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reverse_match.solver.pairs.problem import Arcs
from reverse_match.solver.pairs.source import NO_PAIR
from reverse_match.solver.side_constraints.lagrangian_pairs import holds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reverse_match.solver.pairs.problem import Problem
    from reverse_match.solver.pairs.quotas import Quota


def undo_needless_changes(
    chosen: Arcs, before: Arcs, problem: Problem, quotas: Sequence[Quota], lowest: int = 0
) -> Arcs:
    """Return a choice that is as good as a given one and has more of an earlier one.

    Parameters
    ----------
    chosen : Arcs
        As good as can be; it keeps the quotas.
    before : Arcs
        The earlier choice.
    problem : Problem
        What may be chosen now.
    quotas : sequence of Quota
        What has to hold.
    lowest : int
        No pair that returns may score less, its credit left aside.

    Examples
    --------
    >>> from reverse_match.solver.pairs.table import ScoreTable
    >>> from reverse_match.solver.pairs.problem import Problem
    >>> one, key = np.ones(2, dtype=np.int64), np.arange(2, dtype=np.uint64)
    >>> problem = Problem(ScoreTable(np.array([[5, 5], [5, 5]], dtype=np.int32)), one, one, key, key)
    >>> places, five = np.arange(2), np.full(2, 5)
    >>> crossed, straight = Arcs(places, places[::-1], five), Arcs(places, places, five)
    >>> undo_needless_changes(crossed, straight, problem, []).columns.tolist()
    [0, 1]
    """
    before = problem.rescore(before)
    for new, old in _groups(chosen.where(~chosen.among(before)), before.where(~before.among(chosen))):
        possible = (old.scores != NO_PAIR) & (problem.judged.rescore(old).scores >= lowest)
        same = len(new) == len(old) and new.scores.sum() == old.scores.sum()
        if not same or not possible.all():
            continue
        undone = Arcs.union([chosen.where(~chosen.among(new)), old])
        if undone.fits(problem.capacities) and holds(quotas, undone):
            chosen = undone
    return chosen


def _groups(new: Arcs, old: Arcs) -> Iterator[tuple[Arcs, Arcs]]:
    """Yield the pairs that hang together, of both choices."""
    from scipy.sparse import csr_array  # takes long to load
    from scipy.sparse.csgraph import connected_components

    rows, columns = np.concatenate([new.rows, old.rows]), np.concatenate([new.columns, old.columns])
    first = int(rows.max(initial=0)) + 1
    nodes = first + int(columns.max(initial=0)) + 1
    graph = csr_array((np.ones(len(rows)), (rows, columns + first)), shape=(nodes, nodes))
    group = connected_components(graph, directed=False)[1]
    for label in np.unique(group[old.rows]).tolist():
        yield new.where(group[new.rows] == label), old.where(group[old.rows] == label)
