"""A pass over all pairs of a problem, in this process or shared out to workers: the seam between the two.

The solver looks at *all* pairs in few places: to choose candidates, and to price. Each is a pass: it says
what it computes of a rectangle of pairs, what of its own numbers a smaller rectangle needs, and how the
results of rectangles add up to that of all. Without workers there is one rectangle. With workers each gets
some; tiles are scored where they are looked at and never travel, only what was found in them does.

Sums are of whole numbers, and what is found is sorted and unique, so the result does not depend on how the
pairs are cut, nor on who is done first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import sqrt
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

import numpy as np

from reverse_match.foundation.workers import IN_FLIGHT
from reverse_match.solver.pairs.problem import Arcs
from reverse_match.solver.pairs.tiles import slices

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Literal, Self

    from reverse_match.solver.pairs.problem import Problem
    from reverse_match.solver.pairs.tiles import Tiling

Result = TypeVar("Result")

LEAST_REGION, MOST_REGION = 2**20, 2**28
"""Pairs of a rectangle: enough to be worth a task, and few enough that a task takes seconds."""


@dataclass(frozen=True)
class Region:
    """A rectangle of pairs."""

    rows: slice
    columns: slice


class PairPass(Protocol[Result]):
    """What is computed of all pairs."""

    @property
    def cut(self) -> Literal["both", "rows", "columns"]:
        """Whether a rectangle may be cut into ranges of rows, of columns, or both."""
        ...

    def here(self, problem: Problem, tiling: Tiling) -> Result:
        """Return the result for all pairs of a problem, computed in this process."""
        ...

    def part(self, region: Region) -> Self:
        """Return what is computed of a rectangle of the pairs."""
        ...

    def merge(self, problem: Problem, regions: Sequence[Region], results: Sequence[Result]) -> Result:
        """Return the result for all pairs, given those of rectangles that make up all of them."""
        ...


def run_pass(work: PairPass[Result], problem: Problem, tiling: Tiling) -> Result:
    """Return the result of a pass over all pairs of a problem.

    Parameters
    ----------
    work : PairPass
        What is computed.
    problem : Problem
        The problem with the pairs.
    tiling : Tiling
        Division of the pairs into tiles, with the workers if there are any.

    Raises
    ------
    ExecutorError
        If the workers do not answer any more.
    """
    workers, alone = tiling.workers, tiling.without_workers
    if workers is None or problem.shape[0] * problem.shape[1] < max(1, tiling.shared_from):
        return work.here(problem, alone)
    regions = regions_of(problem.shape, workers.count, work.cut)
    tasks = (
        _Task(work.part(region), problem.range(region.rows, region.columns), replace(alone, threads=1))
        for region in regions
    )
    return work.merge(problem, regions, workers.map(_do, tasks))


def regions_of(shape: tuple[int, int], workers: int, cut: Literal["both", "rows", "columns"]) -> list[Region]:
    """Cut all pairs into rectangles for some workers.

    Examples
    --------
    >>> [(one.rows.stop, one.columns.stop) for one in regions_of((4_096, 4_096), 2, "both")][:3]
    [(1366, 1366), (1366, 2731), (1366, 4096)]
    >>> len(regions_of((500_000, 500_000), 128, "both"))
    961
    """
    rows, columns = shape
    size = min(max(rows * columns // (IN_FLIGHT * workers), LEAST_REGION), MOST_REGION)
    high, wide = {
        "both": (int(sqrt(size)), int(sqrt(size))),
        "rows": (size // max(1, columns), columns),
        "columns": (rows, size // max(1, rows)),
    }[cut]
    strips, blocks = list(slices(rows, max(1, high))), list(slices(columns, max(1, wide)))
    return [Region(strip, block) for strip in strips for block in blocks]


@dataclass(frozen=True)
class _Task(Generic[Result]):
    work: PairPass[Result]
    problem: Problem
    tiling: Tiling


def _do(task: _Task[Result]) -> Result:
    """Look at a rectangle of pairs, in a worker."""
    return task.work.here(task.problem, task.tiling)


def merge_arcs(regions: Sequence[Region], found: Iterable[Arcs]) -> Arcs:
    """Return the pairs found in rectangles, by their rows and columns in the whole."""
    return Arcs.union(
        [
            Arcs(arcs.rows + region.rows.start, arcs.columns + region.columns.start, arcs.scores)
            for region, arcs in zip(regions, found, strict=True)
        ]
    )


def merge_ends(length: int, places: Iterable[slice], values: Iterable[np.ndarray]) -> np.ndarray:
    """Return the largest value of each row (or column), given those in rectangles; 0 or more."""
    best = np.zeros(length, dtype=np.int64)
    for place, value in zip(places, values, strict=True):
        np.maximum(best[place], value, out=best[place])
    return best
