"""Overlap: Jaccard's index of two sets, the size of the shared part over the size of the union.

Source: P. Jaccard, "Étude comparative de la distribution florale dans une portion des Alpes et du Jura",
1901.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.scoring.evidence import NameMatch
from reverse_match.scoring.grid import millionths

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from reverse_match.arrays import FloatArray
    from reverse_match.names.ladder import Meanings
    from reverse_match.policy import Overlap
    from reverse_match.scoring.columns import Columns
    from reverse_match.scoring.criterion import Sides


def encode_overlap(criterion: Overlap, columns: Columns, sides: Sides) -> OverlapPairs:
    """Read the sets of everybody; see :class:`OverlapPairs`."""
    names = columns.names(criterion.field)
    meanings = columns.meanings((criterion.field,), [name for person in names for name in person])
    mentors = [names[index] for index in sides.mentors]
    mentees = [names[index] for index in sides.mentees]
    concepts = sorted({meanings.concept(name) for person in mentors for name in person})
    code = {concept: position for position, concept in enumerate(concepts)}
    return OverlapPairs(
        criterion.name,
        meanings,
        (mentors, mentees),
        (_matrix(mentors, meanings, code), _matrix(mentees, meanings, code)),
        (_sizes(mentors, meanings), _sizes(mentees, meanings)),
    )


def _matrix(people: Sequence[Sequence[str]], meanings: Meanings, code: dict[str, int]) -> NDArray[np.float32]:
    matrix = np.zeros((len(people), len(code)), dtype=np.float32)
    for row, names in enumerate(people):
        for name in names:
            position = code.get(meanings.concept(name))
            if position is not None:
                matrix[row, position] = 1
    return matrix


def _sizes(people: Sequence[Sequence[str]], meanings: Meanings) -> FloatArray:
    return np.array([len({meanings.concept(name) for name in names}) for names in people], dtype=float)


@dataclass(frozen=True)
class OverlapPairs:
    """Overlap of a cohort; not known where a set is empty."""

    name: str
    meanings: Meanings = field(repr=False)
    names: tuple[Sequence[Sequence[str]], Sequence[Sequence[str]]] = field(repr=False)
    members: tuple[NDArray[np.float32], NDArray[np.float32]] = field(repr=False)
    sizes: tuple[FloatArray, FloatArray] = field(repr=False)

    @property
    def always_known(self) -> bool:
        """Whether nobody's set is empty."""
        return all(bool((sizes > 0).all()) for sizes in self.sizes)

    def values(self, rows: slice, columns: slice) -> FloatArray:
        """Return the values of a tile."""
        shared = (self.members[0][rows] @ self.members[1][columns].T).astype(float)
        here, there = self.sizes[0][rows, None], self.sizes[1][None, columns]
        known = (here > 0) & (there > 0)
        return millionths(np.where(known, shared, 0.0), np.where(known, here + there - shared, 0.0))

    def name_matches(self, row: int, column: int) -> tuple[NameMatch, ...]:
        """Return the names that both have."""
        by_concept = {self.meanings.concept(name): name for name in sorted(self.names[0][row], reverse=True)}
        matches = []
        for mentee in sorted(self.names[1][column]):
            mentor = by_concept.get(self.meanings.concept(mentee))
            rung = mentor and self.meanings.rung_between(mentor, mentee)
            if mentor and rung:
                matches.append(NameMatch(criterion=self.name, mentor=mentor, mentee=mentee, rung=rung))
        return tuple(matches)
