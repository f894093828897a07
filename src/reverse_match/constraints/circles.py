"""Conditions within circles, compiled for one cohort: limits on groups, and people who must be apart.

What forbids a mentor and a mentee to each other, forbids a circle with the two. Beyond that, nobody is in a
circle with somebody whom they avoid, or who is forbidden to them, in whatever roles.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.constraints.condition import BlockedPairs
from reverse_match.foundation.errors import Fault, PolicyError
from reverse_match.foundation.names import id_key
from reverse_match.policy import Avoids, Forbid
from reverse_match.policy.circles import AtLeastValues, DifferentWithin, NotInReportingLineWithin
from reverse_match.policy.labels import FORMER_CIRCLE, WITHIN_CIRCLE
from reverse_match.scoring.columns import Columns
from reverse_match.scoring.difference import path_of
from reverse_match.solver.circles.problem import IN_ANY_GROUP, IN_NO_GROUP, GroupLimit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.people.cohort import Cohort
    from reverse_match.policy import Policy
    from reverse_match.policy.circles import Within
    from reverse_match.scoring.criterion import Sides

    Together = tuple[Sequence[str], Sequence[str]]
    """Ids of the mentors and of the mentees of a former circle."""


@dataclass(frozen=True)
class CompiledCircles:
    """Conditions within circles on one cohort.

    Attributes
    ----------
    limits : tuple of GroupLimit
        Conditions on groups.
    mentors_apart, mentees_apart : bool array
        Pairs of mentors, and of mentees, who are not in one circle.
    forbidding : tuple of BlockedPairs
        Pairs of a mentor and a mentee who are not in one circle, beside what rules forbid.
    """

    limits: tuple[GroupLimit, ...]
    mentors_apart: BoolArray
    mentees_apart: BoolArray
    forbidding: tuple[BlockedPairs, ...]


def compile_circles(
    cohort: Cohort, policy: Policy, sides: Sides, day: date | None, past: Sequence[Together]
) -> CompiledCircles:
    """Compile the conditions of a policy within circles.

    Raises
    ------
    PolicyError
        If a condition names an unknown field.
    """
    assert policy.circles is not None  # noqa: S101 - checked by the caller
    columns = Columns(cohort, policy, day)
    apart = _PeopleApart(cohort, sides)
    apart.add(_kept_apart(cohort, policy), "everybody")
    limits = []
    for place, condition in enumerate(policy.circles.within):
        if isinstance(condition, DifferentWithin | AtLeastValues):
            limits.append(_limit(condition, columns, sides, place))
        elif isinstance(condition, NotInReportingLineWithin):
            apart.add(_reporting_pairs(cohort), condition.of)
        else:
            apart.add(_pairs_of(cohort, ((*ones, *others) for ones, others in past)), condition.of)
    met = [(one, other) for ones, others in past for one in ones for other in others]
    former = _PeopleApart(cohort, sides)
    former.add(_known(cohort, met), "everybody")
    forbidding = former.across(FORMER_CIRCLE), apart.across(WITHIN_CIRCLE)
    return CompiledCircles(tuple(limits), apart.mentors, apart.mentees, forbidding)


def _limit(condition: Within, columns: Columns, sides: Sides, place: int) -> GroupLimit:
    assert isinstance(condition, DifferentWithin | AtLeastValues)  # noqa: S101 - for types
    try:
        texts = columns.compared_texts(condition.field)
    except PolicyError as error:
        where = f"circles.within[{place}].field"
        raise PolicyError(
            [Fault(fault.message, column=where, code=fault.code) for fault in error.faults]
        ) from None
    paths = [path_of(text, splits=condition.splits_paths)[: condition.prefix] for text in texts]
    distinct = sorted(set(paths))  # so that nothing depends on the order of the file
    number = {path: group for group, path in enumerate(distinct)}
    groups = np.array([number[path] for path in paths], dtype=np.int64)
    counts_unknown = isinstance(condition, DifferentWithin) and condition.if_unknown == "forbid"
    unknown = IN_ANY_GROUP if counts_unknown else IN_NO_GROUP
    lacking = np.array([path == () for path in distinct], dtype=bool)
    numbers = np.where(lacking[groups], unknown, groups).astype(np.int64)
    of_mentors, of_mentees = numbers[list(sides.mentors)], numbers[list(sides.mentees)]
    if condition.of == "mentors":
        of_mentees = np.full_like(of_mentees, IN_NO_GROUP)
    if condition.of == "mentees":
        of_mentors = np.full_like(of_mentors, IN_NO_GROUP)
    if isinstance(condition, DifferentWithin):
        return GroupLimit(of_mentors, of_mentees, at_most=condition.at_most)
    return GroupLimit(of_mentors, of_mentees, groups=condition.at_least)


class _PeopleApart:
    """Pairs of people who are not in one circle: two mentors, two mentees, or one of each."""

    def __init__(self, cohort: Cohort, sides: Sides) -> None:
        self._size = len(cohort.participants)
        self._rows, self._columns = list(sides.mentors), list(sides.mentees)
        self.mentors: BoolArray = np.zeros((len(self._rows), len(self._rows)), dtype=bool)
        self.mentees: BoolArray = np.zeros((len(self._columns), len(self._columns)), dtype=bool)
        self._across: BoolArray = np.zeros((len(self._rows), len(self._columns)), dtype=bool)

    def add(self, pairs: Iterable[tuple[int, int]], of: str) -> None:
        """Keep pairs of participants apart, among some members of a circle."""
        marks = np.zeros((self._size, self._size), dtype=bool)
        listed: IntArray = np.array([*pairs], dtype=np.int64).reshape(-1, 2)
        marks[listed[:, 0], listed[:, 1]] = True
        marks |= marks.T
        np.fill_diagonal(marks, val=False)
        if of != "mentees":
            self.mentors |= marks[np.ix_(self._rows, self._rows)]
        if of != "mentors":
            self.mentees |= marks[np.ix_(self._columns, self._columns)]
        if of == "everybody":
            self._across |= marks[np.ix_(self._rows, self._columns)]

    def across(self, label: str) -> BlockedPairs:
        """Return the pairs of a mentor and a mentee as those of a rule."""
        rows, columns = np.nonzero(self._across)
        return BlockedPairs.of(label, (rows.astype(np.int64), columns.astype(np.int64)))


def _kept_apart(cohort: Cohort, policy: Policy) -> list[tuple[int, int]]:
    """Return the pairs of whom one avoids the other, or who are forbidden, where the policy says so."""
    named: list[tuple[str, str]] = []
    for rule in policy.rules:
        if isinstance(rule, Avoids):
            named += [(one.id, other) for one in cohort.participants for other in one.avoids]
            named += rule.pairs
        elif isinstance(rule, Forbid):
            named += rule.pairs
    return _known(cohort, named)


def _known(cohort: Cohort, named: Iterable[tuple[str, str]]) -> list[tuple[int, int]]:
    """Return pairs of ids as indices of participants, leaving out who is not there."""
    position = cohort.position
    keys = ((id_key(one), id_key(other)) for one, other in named)
    return [(position[one], position[other]) for one, other in keys if one in position and other in position]


def _pairs_of(cohort: Cohort, groups: Iterable[Sequence[str]]) -> list[tuple[int, int]]:
    return _known(cohort, [pair for group in groups for pair in combinations(group, 2)])


def _reporting_pairs(cohort: Cohort) -> list[tuple[int, int]]:
    """Return the pairs of a person and somebody above them."""
    managers = {id_key(one.id): id_key(one.manager_id) for one in cohort.participants if one.manager_id}
    pairs = []
    for person in managers:
        above = managers.get(person)
        while above is not None:
            pairs.append((person, above))
            above = managers.get(above)
    return _known(cohort, pairs)
