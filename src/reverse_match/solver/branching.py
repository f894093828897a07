"""Which numbers of pairs to split a node at: whole in every choice, but not where pairs are taken in parts.

The larger the group of pairs that is counted, the more a split decides. So first comes the number of all
pairs; then those of the groups of people that quotas know: each group of rows, of columns, and of both (so
that "an even number of mixed pairs" need not be found out pair by pair); then the pairs that one person has
with a group; then the pairs of a person; and last the pairs one by one. Of the first kind of which some are
parts, the number is split that is nearest to a half.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reverse_match.quota_sums import SideQuota
from reverse_match.solver.search_tree import Cases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.arrays import BoolArray, FloatArray, IntArray
    from reverse_match.quota_sums import Quota
    from reverse_match.solver.problem import Arcs

WHOLE = 1e-6
"""Nearer to a whole number than this is whole."""

MOST_GROUPS = 60
"""Quotas that know more groups of rows, or of columns, are no help: their groups are single people."""

LARGEST_TABLE = 4_000_000
"""Of no more pairs it is asked which of them count, in order to find groups."""


class Labels(NamedTuple):
    """A number for each row and each column: pairs whose ends have the same are counted together.

    Those of a side that is ``None`` have the same number, all of them. Whoever is in no pair has -1.
    """

    rows: IntArray | None
    columns: IntArray | None


def kinds_of_splits(quotas: Sequence[Quota], arcs: Arcs, shape: tuple[int, int]) -> list[list[Labels]]:
    """Return which pairs can be counted together, the largest groups first.

    Parameters
    ----------
    quotas : sequence of Quota
        In which pairs count.
    arcs : Arcs
        The pairs of which a choice is made: whoever is in none is in no group that matters.
    shape : pair of int
        Number of rows and of columns.
    """
    row, column = (np.arange(size) for size in shape)
    groups = [labels for quota in quotas if (labels := _alike(quota, arcs, shape)) is not None]
    of_one = [Labels(row, labels.columns) for labels in groups if labels.columns is not None]
    of_one += [Labels(labels.rows, column) for labels in groups if labels.rows is not None]
    return [
        [Labels(None, None)],
        [Labels(*ends) for labels in groups for ends in ((labels.rows, None), (None, labels.columns))],
        groups,
        of_one,
        [Labels(row, None), Labels(None, column)],
        [Labels(row, column)],
    ]


def _alike(quota: Quota, arcs: Arcs, shape: tuple[int, int]) -> Labels | None:
    """Return which rows and columns are alike to a quota, ``None`` where hardly any two are."""
    rows, columns = np.unique(arcs.rows), np.unique(arcs.columns)
    if isinstance(quota, SideQuota):
        places = (rows, columns)[quota.side]
        groups = np.full(shape[quota.side], -1)
        groups[places] = np.unique(quota.group[places], return_inverse=True)[1].reshape(-1)
        labels = Labels(groups, None) if quota.side == 0 else Labels(None, groups)
    else:
        if len(rows) * len(columns) > LARGEST_TABLE:
            return None
        marks = quota.marks.among(np.repeat(rows, len(columns)), np.tile(columns, len(rows)))
        table = marks.reshape(len(rows), len(columns))
        labels = Labels(_same_marks(table, rows, shape[0]), _same_marks(table.T, columns, shape[1]))
    most = max(int(side.max(initial=0)) for side in labels if side is not None)
    return labels if most < MOST_GROUPS else None


def _same_marks(table: BoolArray, places: IntArray, size: int) -> IntArray:
    """Return a number for each row of a table of marks, the same for equal ones."""
    _, number = np.unique(np.packbits(table, axis=1), axis=0, return_inverse=True)
    labels = np.full(size, -1)
    labels[places] = number.reshape(-1)
    return labels


def split_of(arcs: Arcs, parts: FloatArray, kinds: Sequence[Sequence[Labels]]) -> Cases | None:
    """Return where to split a node, ``None`` where every number of pairs is whole.

    Parameters
    ----------
    arcs : Arcs
        The pairs that may still be chosen.
    parts : float array
        How much of each is chosen.
    kinds : sequence of sequences of Labels
        Which pairs can be counted together.
    """
    for kind in kinds:
        nearest = [found for labels in kind if (found := _nearest_half(labels, arcs, parts)) is not None]
        if nearest:
            return max(nearest, key=lambda found: found[0])[1]
    return None


def _nearest_half(labels: Labels, arcs: Arcs, parts: FloatArray) -> tuple[float, Cases] | None:
    """Return the number of pairs that is nearest to a half, and how near, if one is not whole."""
    row, column = (
        np.zeros(len(ends), dtype=np.int64) if side is None else side[ends]
        for side, ends in zip(labels, (arcs.rows, arcs.columns), strict=True)
    )
    width = int(column.max(initial=0)) + 1
    names, number = np.unique(row * width + column, return_inverse=True)
    sums = np.bincount(number.reshape(-1), weights=parts, minlength=len(names))
    apart = np.abs(sums - np.rint(sums))
    if not len(apart) or apart.max() <= WHOLE:
        return None
    place = int(np.argmax(np.round(apart, 6)))
    named = divmod(int(names[place]), width)
    ends = [
        None if side is None else np.flatnonzero(side == name)
        for side, name in zip(labels, named, strict=True)
    ]
    return round(float(apart[place]), 6), Cases(ends[0], ends[1], int(np.floor(sums[place])))
