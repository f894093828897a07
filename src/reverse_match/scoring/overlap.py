"""Overlap: the Jaccard index of two sets, which is the size of their intersection over that of their union.

Source: P. Jaccard, "Étude comparative de la distribution florale dans une portion des Alpes et du Jura",
1901.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.scoring.criterion import millionths
from reverse_match.scoring.name_matches import SharedName
from reverse_match.scoring.profiles import ProfilePairs
from reverse_match.scoring.ratings import code_of_names, count_shared, sets_of_names, shared_concepts

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from reverse_match.foundation.arrays import FloatArray, IntArray
    from reverse_match.people.skill_names import Meanings
    from reverse_match.policy import Overlap
    from reverse_match.scoring.columns import Columns
    from reverse_match.scoring.criterion import Sides
    from reverse_match.scoring.ratings import RatingMatrix


def encode_overlap(criterion: Overlap, columns: Columns, sides: Sides) -> ProfilePairs:
    """Read the set of names of each person as a profile."""
    names = columns.names(criterion.field)
    written = [name for person in names for name in person]
    meanings = columns.meanings((criterion.field,), written)
    code = code_of_names(written, meanings)
    sets, profiles = sets_of_names(names, code)
    sizes = np.where(sets.counts > 0, sets.counts, np.nan)
    mentors, mentees = profiles[list(sides.mentors)], profiles[list(sides.mentees)]
    lacking = any(bool(np.isnan(sizes[side]).any()) for side in (mentors, mentees))
    matches = _NamesInCommon(
        criterion.name,
        meanings,
        sets,
        (mentors, mentees),
        [names[index] for index in sides.mentors],
        [names[index] for index in sides.mentees],
        code,
    )
    return ProfilePairs(partial(_jaccard, sets, sizes), mentors, mentees, lacking, matches)


def _jaccard(sets: RatingMatrix, sizes: FloatArray, here: IntArray, there: IntArray) -> FloatArray:
    """Return the Jaccard index of pairs of sets in millionths; NaN where one is empty, whose size is NaN."""
    shared = count_shared(sets, here, there)
    union = sizes[here] + sizes[there]
    union -= shared
    return millionths(shared, union)


@dataclass(frozen=True)
class _NamesInCommon:
    """Finds the names that two people have in common."""

    criterion: str
    meanings: Meanings = field(repr=False)
    sets: RatingMatrix = field(repr=False)
    profiles: tuple[IntArray, IntArray] = field(repr=False)
    mentors: Sequence[Sequence[str]] = field(repr=False)
    mentees: Sequence[Sequence[str]] = field(repr=False)
    code: dict[str, int] = field(repr=False)

    def __call__(self, rows: IntArray, columns: IntArray) -> list[list[SharedName]]:
        found: list[list[SharedName]] = [[] for _ in rows]
        sets, (mentors, mentees) = self.sets, self.profiles
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
