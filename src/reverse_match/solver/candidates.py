"""Which pairs the solver is given: here, all that are allowed.

This is right for any problem and good up to about a thousand people a side. It is the one place to change for
larger ones: everything behind it takes arcs, whichever they are, and the certificate is checked against all
pairs, not only these.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reverse_match.errors import SizeError
from reverse_match.pair_source import NO_PAIR
from reverse_match.solver.problem import Arcs
from reverse_match.tiling import map_tiles

if TYPE_CHECKING:
    from reverse_match.solver.problem import Problem

MAXIMUM_PAIRS = 2_500_000
"""At its peak a min-cost flow takes about 140 bytes a pair: for this many pairs, 350 MB and a few seconds."""


def all_arcs(problem: Problem, threads: int | None = None) -> Arcs:
    """Return every allowed pair.

    Raises
    ------
    SizeError
        If there are more possible pairs than a dense solve can take; before anything is scored.
    """
    refuse_too_many(problem.shape)

    def arcs_of_tile(rows: slice, columns: slice) -> Arcs:
        tile = problem.tile(rows, columns)
        row, column = np.nonzero(tile != NO_PAIR)
        return Arcs(row + rows.start, column + columns.start, tile[row, column].astype(np.int64))

    found = map_tiles(arcs_of_tile, problem.shape, threads)
    rows = np.concatenate([np.empty(0, np.int64), *(arcs.rows for arcs in found)])
    columns = np.concatenate([np.empty(0, np.int64), *(arcs.columns for arcs in found)])
    scores = np.concatenate([np.empty(0, np.int64), *(arcs.scores for arcs in found)])
    order = np.lexsort((columns, rows))
    return Arcs(rows[order], columns[order], scores[order])


def refuse_too_many(shape: tuple[int, int]) -> None:
    """Raise if a dense solve of this shape would take too much memory.

    Raises
    ------
    SizeError
        With the number of pairs and the limit.
    """
    if shape[0] * shape[1] > MAXIMUM_PAIRS:
        side = int(MAXIMUM_PAIRS**0.5)
        message = (
            f"{shape[0]:,} mentors and {shape[1]:,} mentees make {shape[0] * shape[1]:,} pairs; this version "
            f"takes {MAXIMUM_PAIRS:,}, about {side:,} a side; split the cohort, for instance by country"
        )
        raise SizeError(message)
