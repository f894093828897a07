"""Conditions that depend on what few distinct profiles people have: a text, a number, a time zone.

Two people are compared by the numbers of their profiles. Where a person's profile is missing, nothing is
known of any of their pairs.

Texts are compared part by part, after Unicode, case, accents and spacing are normalised, as the criteria
``difference`` and ``sameness`` compare them. A path shorter than the prefix is compared as it is.

Numbers are compared as the decimals that people wrote, since doubles differ from these in the last binary
digit (4.5 - 4.2 is less than 0.3 in double precision), and a hard rule has no room for that. The mentees'
distinct numbers stand in ascending order. Those within bounds of one mentor are then neighbours, so that a
pair is looked up by two comparisons of places.

Working hours are compared for every two time zones. Everybody works at the same local times, so the hours of
two people are as far apart as their clocks. Clocks change, so the smaller overlap of a winter day and of a
summer day counts; the rules of both days are settled in every time zone database. Hours in common with the
day before and the day after count: Auckland's morning is the afternoon before in Los Angeles. Weekends do not
count: a Friday there is a Saturday here.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil, lcm
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

import numpy as np

from reverse_match.foundation.fixed_point import exact
from reverse_match.policy.values import minutes_of
from reverse_match.scoring.difference import path_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from numpy.typing import NDArray

    from reverse_match.constraints.rows_and_columns import CompilationContext
    from reverse_match.foundation.arrays import BoolArray, CodeArray, FloatArray, IntArray
    from reverse_match.policy.conditions import ComparedTexts, GapBetween, OverlappingHours


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
    """Both people have the same profile."""

    def table(self, mentors: CodeArray, mentees: CodeArray) -> BoolArray:
        """Compare all pairs of listed profiles."""
        return np.equal(mentors[:, None], mentees[None, :])

    def at(self, mentors: CodeArray, mentees: CodeArray) -> BoolArray:
        """Compare profile by profile."""
        return np.equal(mentors, mentees)


@dataclass(frozen=True)
class InTable:
    """A relation that a table of all profiles holds."""

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


@dataclass(frozen=True)
class WithinPlaces:
    """A mentee's number whose place in the order is in the mentor's range of places.

    Attributes
    ----------
    first, end : int32 arrays
        For each profile of a mentor: the first place that will do, and the one after the last.
    """

    first: CodeArray
    end: CodeArray

    def table(self, mentors: CodeArray, mentees: CodeArray) -> BoolArray:
        """Compare all pairs of listed numbers."""
        marks = np.greater_equal(mentees[None, :], self.first[mentors][:, None])
        marks &= mentees[None, :] < self.end[mentors][:, None]
        return marks

    def at(self, mentors: CodeArray, mentees: CodeArray) -> BoolArray:
        """Compare number by number."""
        return (mentees >= self.first[mentors]) & (mentees < self.end[mentors])


def compile_number_gap(condition: GapBetween, context: CompilationContext) -> ProfileCondition:
    """Put everybody's number in order; see :class:`WithinPlaces`."""
    numbers = context.columns.numbers(condition.field)
    mentors, mentor_places, mentors_known = _in_order(numbers[list(context.sides.mentors)])
    mentees, mentee_places, mentees_known = _in_order(numbers[list(context.sides.mentees)])
    lowest, highest = (
        None if bound is None else exact(bound) for bound in (condition.at_least, condition.at_most)
    )
    scale = lcm(
        *(number.denominator for number in (*mentors, *mentees, lowest, highest) if number is not None)
    )
    there = [int(number * scale) for number in mentees]
    first, end = [0] * len(mentors), [len(there)] * len(mentors)
    for place, number in enumerate(mentors):
        if lowest is not None:
            first[place] = bisect_left(there, int((number + lowest) * scale))
        if highest is not None:
            end[place] = bisect_right(there, int((number + highest) * scale))
    nobody = [0]  # where a mentor's number is missing
    within = WithinPlaces(np.array(first + nobody, np.int32), np.array(end + nobody, np.int32))
    return ProfileCondition(within, mentor_places, mentee_places, (mentors_known, mentees_known))


def _in_order(numbers: FloatArray) -> tuple[list[Fraction], CodeArray, BoolArray]:
    """Return the distinct numbers as written, ascending; each person's place among them; whose is known.

    The place of a number that is missing is the one after the last.
    """
    known = ~np.isnan(numbers)
    distinct, places = np.unique(numbers[known], return_inverse=True)
    everybody = np.full(len(numbers), len(distinct), dtype=np.int32)
    everybody[known] = places
    return [exact(number) for number in distinct.tolist()], everybody, known


def compile_same_text(condition: ComparedTexts, context: CompilationContext) -> ProfileCondition:
    """Give everybody the number of their text."""
    texts = context.columns.texts(condition.field)
    paths = {text: path_of(text, splits=condition.splits_paths) for text in dict.fromkeys(texts)}
    code = {
        path: place for place, path in enumerate(dict.fromkeys(p[: condition.prefix] for p in paths.values()))
    }
    code_of_text = {text: code[path[: condition.prefix]] for text, path in paths.items()}
    codes = np.array([code_of_text[text] for text in texts], dtype=np.int32)
    known = codes != code.get((), -1)
    mentors, mentees = list(context.sides.mentors), list(context.sides.mentees)
    return ProfileCondition(Equal(), codes[mentors], codes[mentees], (known[mentors], known[mentees]))


DAYS = datetime(2025, 1, 15, 12), datetime(2025, 7, 15, 12)
"""Winter and summer, or summer and winter, at local noon."""

DAY = 24 * 60
"""Minutes."""


def compile_overlapping_hours(condition: OverlappingHours, context: CompilationContext) -> ProfileCondition:
    """Compare every two time zones of the cohort once."""
    zones = [person.timezone for person in context.cohort.participants]
    distinct = sorted({zone for zone in zones if zone is not None})
    place = {zone: number for number, zone in enumerate(distinct)}
    profiles = np.array([0 if zone is None else place[zone] for zone in zones], dtype=np.int32)
    known = np.array([zone is not None for zone in zones], dtype=bool)
    work = minutes_of(condition.from_), minutes_of(condition.to)
    enough = _minutes_in_common(distinct, work) >= ceil(exact(condition.at_least) * 60)
    mentors, mentees = list(context.sides.mentors), list(context.sides.mentees)
    table = InTable(enough if distinct else np.zeros((1, 1), dtype=bool))
    return ProfileCondition(table, profiles[mentors], profiles[mentees], (known[mentors], known[mentees]))


def _minutes_in_common(zones: Sequence[str], work: tuple[int, int]) -> IntArray:
    """Return for every two zones the minutes in which both work, on the day where they are fewer."""
    fewest = np.full((len(zones), len(zones)), DAY, dtype=np.int64)
    for day in DAYS:
        ahead = np.array([_minutes_ahead(zone, day) for zone in zones], dtype=np.int64)
        apart = ahead[:, None] - ahead[None, :]
        in_common = np.zeros_like(fewest)
        for shift in (-2 * DAY, -DAY, 0, DAY, 2 * DAY):
            in_common += np.maximum(0, work[1] - work[0] - np.abs(apart + shift))
        fewest = np.minimum(fewest, in_common)
    return fewest


def _minutes_ahead(zone: str, day: datetime) -> int:
    """Return how far a zone's clocks are ahead of universal time."""
    return (day.replace(tzinfo=ZoneInfo(zone)).utcoffset() or timedelta()) // timedelta(minutes=1)
