"""Divides a table of pairs into tiles, so that no table of all pairs has to exist; threads work on them.

The table is divided twice. A *block* is a range of columns; the data that all of its rows need is prepared
once. A *tile* is a range of rows of a block, small enough that a few arrays of its size stay in the cache of
a core. The tiles of a block are shared out between threads; numpy releases the interpreter lock while it
works on one. Results come in the order of the tiles, so they do not depend on the number of threads.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reverse_match.foundation.workers import Workers

Result = TypeVar("Result")

LEAST_SHARED = 2**22
"""Pairs of a part of a table below which sharing them out takes longer than looking at them here."""

LEAST_THREADED = 2**18
"""Pairs of a part of a table below which threads take longer to start than to look at them."""

TILE_ROWS = 128
TILE_COLUMNS = 1024
"""Columns of a tile. 128 x 1,024 doubles are 1 MiB; smaller tiles need more calls, larger leave the cache."""


@cache
def cores() -> int:
    """Return the number of threads of the machine; kept, since asking takes as long as a small table."""
    return os.cpu_count() or 1


@dataclass(frozen=True)
class Tiling:
    """The division of a table of pairs into tiles, and the number of threads that work on them.

    Attributes
    ----------
    rows, columns : int
        Largest size of a tile.
    threads : int, optional
        Number of threads; all cores if not given.
    workers : Workers, optional
        Workers of other processes, which passes over all pairs are shared out to (:mod:`.passes`).
    shared_from : int
        Smallest number of pairs that is shared out.

    Examples
    --------
    >>> cut = Tiling(rows=2, columns=2, threads=1)
    >>> cut.map(lambda columns: lambda rows: (rows.stop, columns.stop), (2, 3))
    [(2, 2), (2, 3)]
    """

    rows: int = TILE_ROWS
    columns: int = TILE_COLUMNS
    threads: int | None = None
    workers: Workers | None = field(default=None, repr=False, compare=False)
    shared_from: int = field(default=0, repr=False, compare=False)

    def map(self, make: Callable[[slice], Callable[[slice], Result]], shape: tuple[int, int]) -> list[Result]:
        """Make a function for each block of columns, and apply it to the rows of each tile.

        Parameters
        ----------
        make : callable
            Is given the columns of a block; returns the function that is applied to the rows of each of its
            tiles.
        shape : tuple of int
            Rows and columns of the table.

        Returns
        -------
        list
            Results block by block, and within a block from the first row to the last.
        """
        workers = self.threads or cores()
        blocks, strips = list(slices(shape[1], self.columns)), list(slices(shape[0], self.rows))
        if workers == 1 or len(strips) < 2 or shape[0] * shape[1] < LEAST_THREADED:
            return [result for columns in blocks for result in map(make(columns), strips)]
        from concurrent.futures import ThreadPoolExecutor  # not needed with one thread, nor for the help text

        with ThreadPoolExecutor(workers) as pool:
            return [result for columns in blocks for result in pool.map(make(columns), strips)]

    def for_workers(self, workers: Workers | None, shape: tuple[int, int]) -> Tiling:
        """Return the tiles of a table that is shared out to workers: the whole of it, and large parts."""
        if workers is None:
            return self
        return replace(self, workers=workers, shared_from=min(LEAST_SHARED, shape[0] * shape[1]))

    @property
    def without_workers(self) -> Tiling:
        """The same tiles, all of them of this process."""
        return self if self.workers is None else replace(self, workers=None)

    def for_width(self, columns: int) -> Tiling:
        """Return tiles of the same size for a table with few columns: fewer and higher ones."""
        width = max(1, min(self.columns, columns))
        return replace(self, rows=self.rows * self.columns // width, columns=width)

    def share_of_tile(self, whole: int, shape: tuple[int, int]) -> int:
        """Return the share of each tile in an amount that all tiles together may use."""
        tiles = -(-shape[0] // self.rows) * -(-shape[1] // self.columns)
        return -(-whole // max(1, tiles))


def slices(length: int, size: int) -> Iterator[slice]:
    """Yield ranges of nearly equal size, none larger than asked.

    Examples
    --------
    >>> list(slices(5, 4))
    [slice(0, 3, None), slice(3, 5, None)]
    """
    parts = -(-length // size)
    for part in range(parts):
        yield slice(-(-length * part // parts), -(-length * (part + 1) // parts))
