"""The seam between scores and rules on one side and the solver on the other: tiles of pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from reverse_match.foundation.arrays import IntArray

NO_PAIR = -(2**30)
"""Stands in a tile for a pair that may not be chosen: so low that no prices make it worth having."""


class PairBlock(Protocol):
    """A block of columns, made ready for any of its rows."""

    def tile(self, rows: slice) -> NDArray[np.int32]:
        """Return scores in whole millionths, ``NO_PAIR`` where there is no pair; to be read only."""
        ...


class PairSource(Protocol):
    """Gives the scores of any pairs; nobody ever asks for all of them at once."""

    @property
    def shape(self) -> tuple[int, int]:
        """Number of rows and columns."""
        ...

    def block(self, columns: slice) -> PairBlock:
        """Make a block of columns ready."""
        ...

    def at(self, rows: IntArray, columns: IntArray) -> IntArray:
        """Return the scores of listed pairs, ``NO_PAIR`` where there is none."""
        ...

    def part(self, rows: IntArray, columns: IntArray) -> PairSource:
        """Return the pairs of some rows and some columns, both in ascending order."""
        ...
