"""Overlap: Jaccard's index of two sets, the size of the shared part over the size of the union.

Source: P. Jaccard, "Étude comparative de la distribution florale dans une portion des Alpes et du Jura",
1901.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.scoring.grid import millionths
from reverse_match.scoring.name_matches import SharedName
from reverse_match.scoring.profiles import ProfilePairs
from reverse_match.scoring.ratings import (
    code_of_names,
    rating_matrix,
    shared_concepts,
    shared_sums,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from reverse_match.foundation.arrays import FloatArray, IntArray
    from reverse_match.people.skill_names import Meanings
    from reverse_match.policy import Overlap
    from reverse_match.scoring.columns import Columns
    from reverse_match.scoring.criterion import Sides
    from reverse_match.scoring.ratings import RatingMatrix


def encode_overlap(criterion: Overlap, columns: Columns, sides: Sides) -> ProfilePairs:
    """Read the sets of everybody; see :class:`Overlaps`."""
    names = columns.names(criterion.field)
    written = [name for person in names for name in person]
    meanings = columns.meanings((criterion.field,), written)
    code = code_of_names(written, meanings)
    profile: dict[frozenset[int], int] = {}
    codes = [frozenset(code[name] for name in person) for person in names]
    profiles = np.array([profile.setdefault(held, len(profile)) for held in codes], dtype=np.int64)
    sets = rating_matrix(
        [dict.fromkeys(held, 1) for held in profile], {place: place for place in code.values()}
    )
    mentors, mentees = profiles[list(sides.mentors)], profiles[list(sides.mentees)]
    nothing = profile.get(frozenset(), -1)
    sizes = np.where(sets.counts > 0, sets.counts, np.nan)
    overlaps = Overlaps(sets, sizes, nothing not in mentors and nothing not in mentees)
    matches = _NamesInCommon(
        criterion.name,
        meanings,
        overlaps,
        (mentors, mentees),
        [names[index] for index in sides.mentors],
        [names[index] for index in sides.mentees],
        code,
    )
    return ProfilePairs(overlaps, mentors, mentees, matches)


@dataclass(frozen=True)
class Overlaps:
    """Overlap of distinct sets; not known where one is empty.

    Attributes
    ----------
    sets : RatingMatrix
        1 where a set has a name.
    sizes : array
        Of each set; NaN where it is empty.
    always_known : bool
        Whether nobody's set is empty.
    """

    sets: RatingMatrix = field(repr=False)
    sizes: FloatArray = field(repr=False)
    always_known: bool

    def table(self, mentors: IntArray, mentees: IntArray) -> FloatArray:
        """Return the values of all pairs of listed sets."""
        there = np.ascontiguousarray(self.sets.take(mentees).dense().T)
        shared = self.sets.take(mentors).times(there)
        return _jaccard(shared, self.sizes[mentors][:, None], self.sizes[mentees][None, :])

    def at(self, mentors: IntArray, mentees: IntArray) -> FloatArray:
        """Return the values set by set."""
        shared = shared_sums(self.sets, mentors, self.sets, mentees)
        return _jaccard(shared, self.sizes[mentors], self.sizes[mentees])


def _jaccard(shared: FloatArray, here: FloatArray, there: FloatArray) -> FloatArray:
    """Return shared / (here + there - shared); an empty set has size NaN, which makes the result NaN."""
    union = here + there
    union -= shared
    return millionths(shared, union)


@dataclass(frozen=True)
class _NamesInCommon:
    """The names that two people share."""

    criterion: str
    meanings: Meanings = field(repr=False)
    overlaps: Overlaps = field(repr=False)
    profiles: tuple[IntArray, IntArray] = field(repr=False)
    mentors: Sequence[Sequence[str]] = field(repr=False)
    mentees: Sequence[Sequence[str]] = field(repr=False)
    code: dict[str, int] = field(repr=False)

    def __call__(self, rows: IntArray, columns: IntArray) -> list[list[SharedName]]:
        found: list[list[SharedName]] = [[] for _ in rows]
        sets, (mentors, mentees) = self.overlaps.sets, self.profiles
        for place, concepts in shared_concepts(sets, mentors[rows], sets, mentees[columns]).items():
            found[place] = self._between(int(rows[place]), int(columns[place]), concepts)
        return found

    def _between(self, row: int, column: int, concepts: Collection[int]) -> list[SharedName]:
        named: dict[int, str] = {}
        for name in self.mentors[row]:
            concept = self.code[name]
            if concept in concepts:
                named[concept] = min(name, named.get(concept, name))
        return [
            SharedName(
                criterion=self.criterion,
                mentor=named[self.code[mentee]],
                mentee=mentee,
                rung=self.meanings.rung_of_equals(named[self.code[mentee]], mentee),
            )
            for mentee in sorted(self.mentees[column])
            if self.code[mentee] in named
        ]
