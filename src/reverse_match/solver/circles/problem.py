"""The problem of circles as arrays, and the restrictions of a case in its proof.

A circle has one or two mentors (its *team*) and some mentees. Everybody is in at most one circle in a role.
Numbers of members are bounded where a circle exists, so a mentor has none or at least the smallest number.
Conditions within a circle are of two kinds, over groups of people: at most so many members of one group, and
members of at least so many groups. Pairs of members can be kept apart as well.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from reverse_match.foundation.arrays import BoolArray, IntArray

IN_NO_GROUP = -1
"""Number of the group of a person who does not count in a condition."""

IN_ANY_GROUP = -2
"""Number of the group of a person who may belong to any group, so that they count in each."""


@dataclass(frozen=True)
class CircleBounds:
    """Bounds on the members of a circle.

    Attributes
    ----------
    mentors, mentees : pair of int
        Smallest and largest number; there are at most two mentors, and at least one of each.
    people : int
        Largest number of all members together.
    """

    mentors: tuple[int, int]
    mentees: tuple[int, int]
    people: int

    def mentees_beside(self, mentors: int) -> tuple[int, int]:
        """Return the bounds on mentees in a circle with so many mentors."""
        return self.mentees[0], min(self.mentees[1], self.people - mentors)


@dataclass(frozen=True)
class GroupLimit:
    """At most so many members of one group, or members of at least so many groups.

    Attributes
    ----------
    mentors, mentees : int64 array
        Group of each person, :data:`IN_NO_GROUP` or, for an upper limit, :data:`IN_ANY_GROUP`.
    at_most : int or None
        Largest number of members of one group.
    groups : int
        Smallest number of groups of which there are members; 0 if only ``at_most`` counts.
    """

    mentors: IntArray
    mentees: IntArray
    at_most: int | None = None
    groups: int = 0

    def allows(self, mentors: list[int], mentees: list[int]) -> bool:
        """Say whether a circle of these people keeps the condition."""
        counts: dict[int, int] = {}
        for group in (*self.mentors[mentors].tolist(), *self.mentees[mentees].tolist()):
            counts[group] = counts.get(group, 0) + 1
        counts.pop(IN_NO_GROUP, None)
        if self.at_most is None:
            return len(counts) - (IN_ANY_GROUP in counts) >= self.groups
        anywhere = counts.pop(IN_ANY_GROUP, 0)
        return max(counts.values(), default=0) + anywhere <= self.at_most


@dataclass(frozen=True)
class CircleProblem:
    """Who may be with whom in a circle, and what that is worth.

    Attributes
    ----------
    scores : int64 array of shape (mentors, mentees)
        Score of each pair in whole millionths.
    allowed : bool array of shape (mentors, mentees)
        Whether the two may be in one circle.
    bounds : CircleBounds
        Bounds on the numbers of members.
    limits : tuple of GroupLimit
        Conditions within a circle.
    mentors_apart, mentees_apart : bool array
        Symmetric: pairs of mentors, and of mentees, who may not be in one circle.
    rank : int64 array
        Place of each mentor in an order: of the mentors of a circle, the first in it leads the circle.
    together : tuple of pair of int
        Mentor and mentee who must be in one circle.
    counts_trios : bool
        Whether circles of three people are to be few.
    """

    scores: IntArray
    allowed: BoolArray
    bounds: CircleBounds
    limits: tuple[GroupLimit, ...]
    mentors_apart: BoolArray
    mentees_apart: BoolArray
    rank: IntArray
    together: tuple[tuple[int, int], ...] = ()
    counts_trios: bool = False

    @property
    def shape(self) -> tuple[int, int]:
        """Numbers of mentors and of mentees."""
        mentors, mentees = self.scores.shape
        return mentors, mentees

    def permits(self, circle: Circle) -> bool:
        """Say whether a circle keeps all bounds and conditions."""
        mentors, mentees = list(circle.mentors), list(circle.mentees)
        low, high = self.bounds.mentees_beside(len(mentors))
        return (
            self.bounds.mentors[0] <= len(mentors) <= self.bounds.mentors[1]
            and low <= len(mentees) <= high
            and bool(self.allowed[np.ix_(mentors, mentees)].all())
            and not self.mentors_apart[np.ix_(mentors, mentors)].any()
            and not self.mentees_apart[np.ix_(mentees, mentees)].any()
            and all(limit.allows(mentors, mentees) for limit in self.limits)
        )


@dataclass(frozen=True, order=True)
class Circle:
    """The mentors and the mentees of a circle, each in ascending order."""

    mentors: tuple[int, ...]
    mentees: tuple[int, ...]

    @property
    def people(self) -> int:
        """Number of members."""
        return len(self.mentors) + len(self.mentees)

    def score(self, scores: IntArray) -> int:
        """Return the sum of the scores of each mentor with each mentee."""
        return int(scores[np.ix_(self.mentors, self.mentees)].sum())


@dataclass(frozen=True)
class Case:
    """What is decided in a case of a proof.

    Attributes
    ----------
    mentors, mentees : dict of int to bool
        Whether a mentor, or a mentee, is in a circle, where that is decided.
    pairs : dict of pair of int to bool
        Whether a mentor and a mentee are in one circle, where that is decided. If so, both are in one.
    least, most : int or None
        Bounds on the number of circles, where these are decided.
    """

    mentors: dict[int, bool] = field(default_factory=dict)
    mentees: dict[int, bool] = field(default_factory=dict)
    pairs: dict[tuple[int, int], bool] = field(default_factory=dict)
    least: int | None = None
    most: int | None = None

    def with_mentor(self, mentor: int, *, placed: bool) -> Case:
        """Return the case in which this is decided as well."""
        return replace(self, mentors={**self.mentors, mentor: placed})

    def with_mentee(self, mentee: int, *, placed: bool) -> Case:
        """Return the case in which this is decided as well."""
        return replace(self, mentees={**self.mentees, mentee: placed})

    def with_pair(self, pair: tuple[int, int], *, together: bool) -> Case:
        """Return the case in which this is decided as well."""
        found = replace(self, pairs={**self.pairs, pair: together})
        if together:
            found = found.with_mentor(pair[0], placed=True).with_mentee(pair[1], placed=True)
        return found

    def with_number(self, number: int, *, more: bool) -> Case:
        """Return the case with at most so many circles, or with more."""
        if more:
            return replace(self, least=max(self.least or 0, number + 1))
        return replace(self, most=number if self.most is None else min(self.most, number))

    def allows(self, circle: Circle) -> bool:
        """Say whether a circle may exist in this case."""
        if any(self.mentors.get(one) is False for one in circle.mentors):
            return False
        if any(self.mentees.get(one) is False for one in circle.mentees):
            return False
        for (mentor, mentee), together in self.pairs.items():
            has_mentor, has_mentee = mentor in circle.mentors, mentee in circle.mentees
            if has_mentor and has_mentee and not together:
                return False
            if together and has_mentor != has_mentee:
                return False
        return True
