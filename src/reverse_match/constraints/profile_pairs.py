"""Conditions that depend on what few distinct profiles people have: a text, a number, a time zone.

Two people are compared by the numbers of their profiles. Where a person's profile is missing, nothing is
known of any of their pairs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reverse_match.arrays import BoolArray, CodeArray, IntArray


class Relation(Protocol):
    """A relation between profiles: what is true of two people who have them."""

    def table(self, mentors: CodeArray, mentees: CodeArray) -> BoolArray:
        """Return whether it is true for all pairs of listed profiles; a new array."""
        ...

    def at(self, mentors: CodeArray, mentees: CodeArray) -> BoolArray:
        """Return whether it is true of the first and the first, the second and the second, and so on."""
        ...


@dataclass(frozen=True)
class Equal:
    """Both have one profile."""

    def table(self, mentors: CodeArray, mentees: CodeArray) -> BoolArray:
        """Compare all pairs of listed profiles."""
        return np.equal(mentors[:, None], mentees[None, :])

    def at(self, mentors: CodeArray, mentees: CodeArray) -> BoolArray:
        """Compare profile by profile."""
        return np.equal(mentors, mentees)


@dataclass(frozen=True)
class InTable:
    """Two profiles for which a table of all profiles says so."""

    values: BoolArray

    def table(self, mentors: CodeArray, mentees: CodeArray) -> BoolArray:
        """Look up all pairs of listed profiles: a row of the table is copied as a whole first."""
        return self.values.take(mentors, axis=0).take(mentees, axis=1)

    def at(self, mentors: CodeArray, mentees: CodeArray) -> BoolArray:
        """Look up profile by profile."""
        return self.values[mentors, mentees]


@dataclass(frozen=True)
class ProfileCondition:
    """A condition of a cohort whose people are known by their profiles.

    Attributes
    ----------
    relation : Relation
        What is true of two profiles.
    mentors, mentees : int arrays
        The profile of each person.
    known : pair of bool arrays
        Of which mentors and of which mentees the profile is known.
    """

    relation: Relation
    mentors: CodeArray
    mentees: CodeArray
    known: tuple[BoolArray, BoolArray]

    @property
    def needs_scores(self) -> bool:
        """Never: by profile alone."""
        return False

    def known_true(self, rows: slice, columns: slice, scores: NDArray[np.int32]) -> BoolArray:  # noqa: ARG002 - by profile alone
        """Mark the pairs of a tile whose profiles are known and related."""
        marks = self.relation.table(self.mentors[rows], self.mentees[columns])
        return self._where_known(marks, rows, columns)

    def known_false(self, rows: slice, columns: slice, scores: NDArray[np.int32]) -> BoolArray:  # noqa: ARG002 - by profile alone
        """Mark the pairs of a tile whose profiles are known and not related."""
        marks = self.relation.table(self.mentors[rows], self.mentees[columns])
        return self._where_known(np.logical_not(marks, out=marks), rows, columns)

    def _where_known(self, marks: BoolArray, rows: slice, columns: slice) -> BoolArray:
        marks &= self.known[0][rows, None]
        marks &= self.known[1][None, columns]
        return marks

    def true_among(self, rows: IntArray, columns: IntArray, scores: IntArray) -> BoolArray:  # noqa: ARG002 - by profile alone
        """Say which of some listed pairs have known profiles that are related."""
        related = self.relation.at(self.mentors[rows], self.mentees[columns])
        return related & self.known[0][rows] & self.known[1][columns]

    def false_among(self, rows: IntArray, columns: IntArray, scores: IntArray) -> BoolArray:  # noqa: ARG002 - by profile alone
        """Say which of some listed pairs have known profiles that are not related."""
        related = self.relation.at(self.mentors[rows], self.mentees[columns])
        return ~related & self.known[0][rows] & self.known[1][columns]

    def part(self, rows: IntArray, columns: IntArray) -> ProfileCondition:
        """Return the condition on some rows and some columns."""
        known = self.known[0][rows], self.known[1][columns]
        return ProfileCondition(self.relation, self.mentors[rows], self.mentees[columns], known)
