"""The interface between scores and rules on one side and the solver on the other: tiles of pairs."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from reverse_match.foundation.arrays import IntArray

NO_PAIR = -(2**30)
"""Score of an impossible pair in a tile: so low that no prices make the pair worth choosing."""


class PairBlock(Protocol):
    """A block of columns, prepared for any of its rows."""

    def tile(self, rows: slice) -> NDArray[np.int32]:
        """Return scores in whole millionths, ``NO_PAIR`` for impossible pairs; callers only read them."""
        ...


class PairSource(Protocol):
    """A source of the scores of pairs; no caller ever asks for all of them at once."""

    @property
    def shape(self) -> tuple[int, int]:
        """Number of rows and columns."""
        ...

    def block(self, columns: slice) -> PairBlock:
        """Prepare a block of columns."""
        ...

    def at(self, rows: IntArray, columns: IntArray) -> IntArray:
        """Return the scores of listed pairs, ``NO_PAIR`` for impossible ones."""
        ...

    def part(self, rows: IntArray, columns: IntArray) -> PairSource:
        """Return the pairs of some rows and some columns, both in ascending order."""
        ...


class TileChange(Protocol):
    """A change of the scores of tiles."""

    def tile(self, scores: NDArray[np.int32], rows: slice, columns: slice) -> NDArray[np.int32]:
        """Return the changed scores of a tile; the given array is shared and stays as it is."""
        ...


@dataclass(frozen=True)
class ChangedBlock:
    """A block of columns whose tiles are changed."""

    block: PairBlock
    change: TileChange
    columns: slice

    def tile(self, rows: slice) -> NDArray[np.int32]:
        """Return changed scores."""
        return self.change.tile(self.block.tile(rows), rows, self.columns)


@dataclass(frozen=True)
class DerivedPairs(ABC):
    """A source in which the score of a pair follows from its score in another source.

    Attributes
    ----------
    pairs : PairSource
        The other source.
    """

    pairs: PairSource

    @property
    def shape(self) -> tuple[int, int]:
        """Number of rows and columns."""
        return self.pairs.shape

    def block(self, columns: slice) -> ChangedBlock:
        """Prepare a block of columns."""
        return ChangedBlock(self.pairs.block(columns), self, columns)

    @abstractmethod
    def tile(self, scores: NDArray[np.int32], rows: slice, columns: slice) -> NDArray[np.int32]:
        """Return the scores of a tile, given those of the other source."""

    @abstractmethod
    def at(self, rows: IntArray, columns: IntArray) -> IntArray:
        """Return the scores of listed pairs, ``NO_PAIR`` for impossible ones."""

    @abstractmethod
    def part(self, rows: IntArray, columns: IntArray) -> PairSource:
        """Return the pairs of some rows and some columns, both in ascending order."""
