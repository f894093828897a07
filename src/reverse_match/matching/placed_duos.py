"""Duos with the rows and columns of their people, so that the next match finds those that stay the same."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.matching.results.matching import Duo


@dataclass(frozen=True)
class PlacedDuos:
    """The duos of a matching in its order, each with what a reused one must have in common with a new one.

    Attributes
    ----------
    rows, columns : int64 arrays
        Row and column of each duo.
    scores : int64 array
        Scores in whole millionths.
    fixed, lacking : bool arrays
        Whether the policy demands the duo, and whether it lacks what the policy asks as far as possible.
    duos : tuple of Duo
        The duos.
    timed : bool
        Whether the policy asks for time in common, so that duos may state it.
    """

    rows: IntArray
    columns: IntArray
    scores: IntArray
    fixed: BoolArray
    lacking: BoolArray
    duos: tuple[Duo, ...]
    timed: bool = False

    def find(self, rows: IntArray, columns: IntArray) -> IntArray:
        """Return the index of the duo of each pair, -1 for a pair that is no duo."""
        if not self.duos:
            return np.full(len(rows), -1)
        keys, order = self._by_key
        asked = _in_one_number(rows, columns)
        place = np.minimum(np.searchsorted(keys, asked), len(keys) - 1)
        return np.where(keys[place] == asked, order[place], -1)

    @cached_property
    def _by_key(self) -> tuple[IntArray, IntArray]:
        """One number for each duo, ascending, and the index of that duo."""
        keys = _in_one_number(self.rows, self.columns)
        order = np.argsort(keys)
        return keys[order], order


def _in_one_number(rows: IntArray, columns: IntArray) -> IntArray:
    """Return one number for each pair."""
    return (rows << 31) | columns  # columns are below 2^31


_NOTHING, _NOBODY = np.empty(0, np.int64), np.empty(0, bool)

NONE_PLACED = PlacedDuos(_NOTHING, _NOTHING, _NOTHING, _NOBODY, _NOBODY, ())
"""No duos."""
