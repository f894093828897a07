"""Branching: selects the number of pairs at which a node is split; it is whole in every choice.

A split on a larger group of counted pairs decides more. So these kinds of numbers come one after the other:

1. the number of all pairs, and of those that a quota marks;
2. the numbers of the groups of people that quotas distinguish: of each group of rows, of columns, and of both
   (so that "an even number of mixed pairs" need not be found out pair by pair);
3. the pairs that one person has with a group, or that a quota marks;
4. the pairs of a person;
5. single pairs.

In the first kind with a fractional number in the linear relaxation, the number nearest to a half is split
(most fractional branching).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reverse_match.solver.pairs.quotas import GroupQuota, SideQuota
from reverse_match.solver.side_constraints.proof_tree import Disjunction

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.foundation.arrays import BoolArray, FloatArray, IntArray
    from reverse_match.solver.pairs.problem import Arcs
    from reverse_match.solver.pairs.quotas import Quota
    from reverse_match.solver.side_constraints.proof_tree import CutoffProblem

WHOLE = 1e-6
"""Distance from a whole number below which a number counts as whole."""

MOST_GROUPS = 60
"""Number of groups of rows, or of columns, from which a quota is ignored: its groups are single people."""

LARGEST_TABLE = 4_000_000
"""Largest number of pairs for which a table of marks is made to find groups."""


class Labels(NamedTuple):
    """A number for each row and each column: pairs whose ends have the same two numbers are counted together.

    All of a side that is ``None`` have the same number. A person in no pair has -1. If a quota is given by
    its index, only the pairs that it marks are counted.
    """

    rows: IntArray | None
    columns: IntArray | None
    quota: int | None = None


def kinds_of_splits(problem: CutoffProblem) -> list[list[Labels]]:
    """Return the labels by which pairs can be counted together, the largest groups first.

    Parameters
    ----------
    problem : CutoffProblem
        Candidate pairs and quotas.
    """
    shape = len(problem.capacities[0]), len(problem.capacities[1])
    row, column = (np.arange(size) for size in shape)
    alike = [labels for quota in problem.quotas if (labels := _alike(quota, problem.arcs, shape)) is not None]
    of_one = [Labels(row, labels.columns) for labels in alike if labels.columns is not None]
    of_one += [Labels(labels.rows, column) for labels in alike if labels.rows is not None]
    return [
        [Labels(None, None)],
        [Labels(None, None, place) for place in problem.marks],
        [Labels(*ends) for labels in alike for ends in ((labels.rows, None), (None, labels.columns))],
        alike,
        of_one,
        [
            labels
            for place in problem.marks
            for labels in (Labels(row, None, place), Labels(None, column, place))
        ],
        [Labels(row, None), Labels(None, column)],
        [Labels(row, column)],
    ]


def _alike(quota: Quota, arcs: Arcs, shape: tuple[int, int]) -> Labels | None:
    """Return labels of rows and columns that a quota treats alike; ``None`` where hardly any two are."""
    rows, columns = np.unique(arcs.rows), np.unique(arcs.columns)
    if isinstance(quota, GroupQuota):
        sides = [
            _numbered_anew(groups, places)
            for groups, places in zip(quota.groups, (rows, columns), strict=True)
        ]
        few = [None if int(side.max(initial=0)) >= MOST_GROUPS else side for side in sides]
        return None if few[0] is None and few[1] is None else Labels(few[0], few[1])
    if isinstance(quota, SideQuota):
        groups = _numbered_anew(quota.group, (rows, columns)[quota.side])
        labels = Labels(groups, None) if quota.side == 0 else Labels(None, groups)
    else:
        if len(rows) * len(columns) > LARGEST_TABLE:
            return None
        marks = quota.marks.among(np.repeat(rows, len(columns)), np.tile(columns, len(rows)))
        table = marks.reshape(len(rows), len(columns))
        labels = Labels(_same_marks(table, rows, shape[0]), _same_marks(table.T, columns, shape[1]))
    most = max(int(side.max(initial=0)) for side in (labels.rows, labels.columns) if side is not None)
    return labels if most < MOST_GROUPS else None


def _numbered_anew(groups: IntArray, places: IntArray) -> IntArray:
    """Return the numbers of groups without gaps, for people with some pair; -1 for all others."""
    numbers = np.full(len(groups), -1)
    numbers[places] = np.unique(groups[places], return_inverse=True)[1].reshape(-1)
    return numbers


def _same_marks(table: BoolArray, places: IntArray, size: int) -> IntArray:
    """Return a number for each row of a table of marks, equal for equal rows."""
    _, number = np.unique(np.packbits(table, axis=1), axis=0, return_inverse=True)
    labels = np.full(size, -1)
    labels[places] = number.reshape(-1)
    return labels


def split_of(
    problem: CutoffProblem, active: IntArray, parts: FloatArray, kinds: Sequence[Sequence[Labels]]
) -> Disjunction | None:
    """Return the split of a node; ``None`` where every number of pairs is whole.

    Parameters
    ----------
    problem : CutoffProblem
        The candidate pairs.
    active : int64 array
        Indices of the pairs that may still be chosen.
    parts : float array
        Chosen fraction of each of these pairs, from 0 to 1.
    kinds : sequence of sequences of Labels
        The labels by which pairs can be counted together.
    """
    for kind in kinds:
        nearest = [found for labels in kind if (found := _nearest_half(labels, problem, active, parts))]
        if nearest:
            return max(nearest, key=lambda found: found[0])[1]
    return None


def _nearest_half(
    labels: Labels, problem: CutoffProblem, active: IntArray, parts: FloatArray
) -> tuple[float, Disjunction] | None:
    """Return the split of the number of pairs nearest to a half, with its nearness, if one is not whole."""
    if labels.quota is not None:
        marked = problem.marks[labels.quota][active]
        active, parts = active[marked], parts[marked]
    row, column = (
        np.zeros(len(active), dtype=np.int64) if side is None else side[ends[active]]
        for side, ends in ((labels.rows, problem.arcs.rows), (labels.columns, problem.arcs.columns))
    )
    width = int(column.max(initial=0)) + 1
    names, number = np.unique(row * width + column, return_inverse=True)  # one name for each two labels
    sums = np.bincount(number.reshape(-1), weights=parts, minlength=len(names))
    apart = np.abs(sums - np.rint(sums))
    if not len(apart) or apart.max() <= WHOLE:
        return None
    place = int(np.argmax(np.round(apart, 6)))
    ends = [
        None if side is None else np.flatnonzero(side == name)
        for side, name in zip(labels[:2], divmod(int(names[place]), width), strict=True)
    ]
    cases = Disjunction(ends[0], ends[1], labels.quota, int(np.floor(sums[place])))
    return round(float(apart[place]), 6), cases
