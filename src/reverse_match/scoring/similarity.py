"""Similarity: the cosine of the angle between two people's vectors, linear between two bounds."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.scoring.known_pairs import ComputedPairs, StoredPairs, positions_of
from reverse_match.scoring.own_data import vectors_of
from reverse_match.solver.pairs.tiles import slices

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reverse_match.foundation.arrays import IntArray
    from reverse_match.policy import Similarity
    from reverse_match.scoring.columns import Columns
    from reverse_match.scoring.criterion import Sides
    from reverse_match.scoring.vectors import VectorsOfPeople

MOST_STORED = 25_000_000
"""Largest number of pairs whose values are stored, in 100 MB; of more pairs each tile computes its own."""

_PAIRS_AT_ONCE = 1_000_000


def encode_similarity(criterion: Similarity, columns: Columns, sides: Sides) -> StoredPairs | ComputedPairs:
    """Look up everybody's vector, and compute the values of all pairs if these are not too many."""
    data = vectors_of(criterion)
    mentors, mentees = (
        data.of_people(positions_of(data.names, columns.cohort, side))
        for side in (sides.mentors, sides.mentees)
    )
    codes_of = partial(_codes_of, mentors, mentees, (float(criterion.from_), float(criterion.to)))
    rows, others = np.arange(len(sides.mentors)), np.arange(len(sides.mentees))
    if len(rows) * len(others) > MOST_STORED:
        lacking = not (mentors.known.all() and mentees.known.all())
        return ComputedPairs(codes_of, rows, others, lacking)
    codes = np.empty((len(rows), len(others)), dtype=np.int32)
    for part in slices(len(rows), max(1, _PAIRS_AT_ONCE // max(1, len(others)))):
        codes[part] = codes_of(rows[part], others)
    return StoredPairs(codes)


def _codes_of(
    mentors: VectorsOfPeople,
    mentees: VectorsOfPeople,
    bounds: tuple[float, float],
    rows: IntArray,
    columns: IntArray,
) -> NDArray[np.int32]:
    return mentors.codes_with(mentees, rows, columns, bounds)
