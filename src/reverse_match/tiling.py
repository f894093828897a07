"""Cuts a table of pairs into tiles, so that no table of all pairs has to exist."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Result = TypeVar("Result")

TILE_ROWS = 128
TILE_COLUMNS = 1024
"""A tile of 128 x 1,024 eight-byte numbers is 1 MiB: a few of them fit the second-level cache of one core."""


def tiles(
    shape: tuple[int, int], rows: int = TILE_ROWS, columns: int = TILE_COLUMNS
) -> Iterator[tuple[slice, slice]]:
    """Yield the tiles of a table, row by row.

    Parameters
    ----------
    shape : tuple of int
        Rows and columns of the table.
    rows, columns : int
        Largest size of a tile.

    Examples
    --------
    >>> list(tiles((2, 3), rows=2, columns=2))
    [(slice(0, 2, None), slice(0, 2, None)), (slice(0, 2, None), slice(2, 3, None))]
    """
    for top in range(0, shape[0], rows):
        for left in range(0, shape[1], columns):
            yield slice(top, min(top + rows, shape[0])), slice(left, min(left + columns, shape[1]))


def map_tiles(
    function: Callable[[slice, slice], Result], shape: tuple[int, int], threads: int | None = None
) -> list[Result]:
    """Apply a function to every tile, in threads; the results come in the order of the tiles.

    Parameters
    ----------
    function : callable
        Takes the rows and the columns of a tile; must not depend on the order of calls.
    shape : tuple of int
        Rows and columns of the table.
    threads : int, optional
        All cores if not given.
    """
    workers = threads or os.cpu_count() or 1
    all_tiles = list(tiles(shape))
    if workers == 1 or len(all_tiles) < 2:
        return [function(*tile) for tile in all_tiles]
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(lambda tile: function(*tile), all_tiles))
