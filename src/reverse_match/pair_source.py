"""The seam between scores and rules on one side and the solver on the other: tiles of pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NO_PAIR = -1
"""Stands in a tile for a pair that may not be chosen. Scores are 0 or more: it is never mistaken for one."""


class PairSource(Protocol):
    """Gives the scores of any tile of pairs; nobody ever asks for all pairs at once."""

    @property
    def shape(self) -> tuple[int, int]:
        """Number of rows and columns."""
        ...

    def tile(self, rows: slice, columns: slice) -> NDArray[np.int32]:
        """Return scores in whole millionths, ``NO_PAIR`` where there is no pair."""
        ...
