"""Whether two people have at least so many names in common, such as languages.

Names are compared as the criterion ``overlap`` compares them. People are known by their sets of names. Where
there are few different sets, a table of all of them is made once; otherwise the names in common are counted
for the sets of one tile at a time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.constraints.profile_pairs import InTable, ProfileCondition
from reverse_match.scoring.concepts import code_of_names, rating_matrix, shared_sums

if TYPE_CHECKING:
    from reverse_match.arrays import BoolArray, CodeArray
    from reverse_match.constraints.setting import Setting
    from reverse_match.policy.conditions import Shared
    from reverse_match.scoring.concepts import RatingMatrix

LARGEST_TABLE = 4_000_000
"""Pairs of sets up to which a table of them is made: 4 MB."""


@dataclass(frozen=True)
class HaveInCommon:
    """Two sets with at least so many names in common.

    Attributes
    ----------
    sets : RatingMatrix
        1 where a set has a name.
    at_least : int
        How many.
    """

    sets: RatingMatrix = field(repr=False)
    at_least: int

    def table(self, mentors: CodeArray, mentees: CodeArray) -> BoolArray:
        """Count for all pairs of listed sets."""
        here = self.sets.picked(mentors.astype(np.int64))
        there = np.ascontiguousarray(self.sets.picked(mentees.astype(np.int64)).dense().T)
        return np.greater_equal(here.times(there), self.at_least)

    def at(self, mentors: CodeArray, mentees: CodeArray) -> BoolArray:
        """Count set by set."""
        return np.greater_equal(
            shared_sums(self.sets, mentors.astype(np.int64), self.sets, mentees.astype(np.int64)),
            self.at_least,
        )


def compile_shared_names(condition: Shared, setting: Setting) -> ProfileCondition:
    """Give everybody the number of their set; see :class:`HaveInCommon`."""
    names = setting.columns.names(condition.field)
    written = [name for person in names for name in person]
    code = code_of_names(written, setting.columns.meanings((condition.field,), written))
    number: dict[frozenset[int], int] = {}
    sets_of = [frozenset(code[name] for name in person) for person in names]
    profiles = np.array([number.setdefault(held, len(number)) for held in sets_of], dtype=np.int32)
    sets = rating_matrix(
        [dict.fromkeys(held, 1) for held in number], {place: place for place in code.values()}
    )
    relation = HaveInCommon(sets, condition.at_least)
    everything = np.arange(len(number), dtype=np.int32)
    table = InTable(relation.table(everything, everything)) if len(number) ** 2 <= LARGEST_TABLE else relation
    mentors, mentees = profiles[list(setting.sides.mentors)], profiles[list(setting.sides.mentees)]
    named = sets.counts > 0
    return ProfileCondition(table, mentors, mentees, (named[mentors], named[mentees]))
