"""Plans the memory of a match, and the division of its pairs into tiles.

A match needs memory for the people as arrays, for candidates and the network of OR-Tools, for a few tiles in
each thread, and, if it fits, for the scores of all pairs. The first two grow with the people and cannot be
reduced: a cohort for which they do not fit is refused before anything is scored. The scores of all pairs are
kept only in a share of the rest, and tiles shrink with the budget. No result depends on any of this.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reverse_match.foundation.errors import SizeError
from reverse_match.solver.pairs.tiles import TILE_COLUMNS, TILE_ROWS, Tiling, cores

if TYPE_CHECKING:
    from reverse_match.foundation.workers import Workers

DEFAULT_MEMORY = 2**30
"""Default budget in bytes: 1 GiB."""

BYTES_PER_PERSON = 6_000
"""Bytes for each person: columns, forty candidate pairs, their flow arcs (100 each), results."""

BYTES_PER_CELL = 48
"""Bytes for each pair of a tile: arrays that exist at a time (scores, two products, factors, marks)."""

KEPT_SHARE = 0.5
"""Share for the scores of all pairs of the memory that people and tiles leave."""

SMALLEST_ROWS, SMALLEST_COLUMNS = 16, 128
"""Smallest size of a tile; smaller tiles would spend their time on calls."""


@dataclass(frozen=True)
class Resources:
    """The resources of a match.

    Attributes
    ----------
    tiling : Tiling
        Division of its pairs into tiles.
    keeps_pairs : bool
        Whether the score of every pair is kept in memory.
    keeps_values : bool
        Whether the values of one criterion may be kept for every pair, too.
    """

    tiling: Tiling
    keeps_pairs: bool
    keeps_values: bool

    def for_workers(self, workers: Workers | None, shape: tuple[int, int]) -> Resources:
        """Return the resources where workers look at all pairs: scores stay where they are looked at."""
        if workers is None:
            return self
        return Resources(self.tiling.for_workers(workers, shape), keeps_pairs=False, keeps_values=False)


def plan_resources(
    shape: tuple[int, int],
    bytes_per_column: int,
    memory: int = DEFAULT_MEMORY,
    threads: int | None = None,
    *,
    marked: bool = False,
) -> Resources:
    """Choose tiles, and whether to keep scores, so that a match stays within a budget.

    Parameters
    ----------
    shape : tuple of int
        Numbers of mentors and of mentees.
    bytes_per_column : int
        Bytes that a block of columns keeps for each of its columns.
    memory : int
        The budget in bytes, without the memory of the cohort itself.
    threads : int, optional
        Number of threads; all cores if not given.
    marked : bool
        Whether pairs are marked, too, which takes a byte for each where scores are kept.

    Raises
    ------
    SizeError
        If the people alone do not fit into the budget.

    Examples
    --------
    >>> plan_resources((500, 400), 1_000, threads=1)
    Resources(tiling=Tiling(rows=128, columns=1024, threads=1), keeps_pairs=True, keeps_values=True)
    """
    workers = threads or cores()
    people = BYTES_PER_PERSON * sum(shape)
    smallest = SMALLEST_COLUMNS * (bytes_per_column + workers * SMALLEST_ROWS * BYTES_PER_CELL)
    if people + smallest > memory:
        message = (
            f"{shape[0]:,} mentors and {shape[1]:,} mentees need about {_mebibytes(people + smallest):,} "
            f"MiB, and the budget is {_mebibytes(memory):,} MiB; allow more memory, or split the cohort, "
            "for instance by country"
        )
        raise SizeError(message)
    left = memory - people
    rows, columns = TILE_ROWS, TILE_COLUMNS
    while (
        columns > SMALLEST_COLUMNS
        and columns * (bytes_per_column + workers * rows * BYTES_PER_CELL) > left // 4
    ):
        rows, columns = max(SMALLEST_ROWS, rows // 2), columns // 2
    tiles = columns * (bytes_per_column + workers * rows * BYTES_PER_CELL)
    table = 4 * shape[0] * shape[1]
    room = KEPT_SHARE * (left - tiles)
    beside = shape[0] * shape[1] if marked else 0
    return Resources(Tiling(rows, columns, threads), table + beside <= room, 2 * table + beside <= room)


def _mebibytes(size: int) -> int:
    return -(-size // 2**20)
