"""Rules and conditions whose exceptions are few enough to be listed: who avoids whom, past duos, managers.

The listed pairs are sorted, so that those of a tile are found at once.

Two people who were a duo may meet again after some months: from the same day of a later month on, or from its
last day where the month is shorter. Of several past duos of the same two people, each must be long enough
ago.

A reporting line is the whole chain of managers, as far as the file knows it. Usually its pairs are few, and
are listed. In a chain of 20,000 managers they are 200 million, so beyond a limit each person has an interval
instead. Managers are walked from the top, and each person is given the next number, so that the numbers of
all who report to somebody follow theirs without a gap. One person then stands above another just where the
number of the other lies in the interval of the first (a preorder of a tree; R. E. Tarjan, "Finding dominators
in directed graphs", 1974).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.constraints.condition import NotPairs
from reverse_match.foundation.dates import months_later
from reverse_match.foundation.errors import Fault, PolicyError
from reverse_match.foundation.names import id_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import TypeAlias

    from numpy.typing import NDArray

    from reverse_match.constraints.rows_and_columns import CompilationContext, Places, RowColumnIndex
    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.people.cohort import Cohort
    from reverse_match.policy.conditions import Listed, NotMetBefore, PastDuo
    from reverse_match.policy.values import Pair

    Intervals: TypeAlias = tuple[IntArray, IntArray]


@dataclass(frozen=True)
class BlockedPairs:
    """Forbids pairs that can be listed, since they are few."""

    label: str
    rows: IntArray
    columns: IntArray

    @classmethod
    def of(cls, label: str, *pairs: Places) -> BlockedPairs:
        """Make the rule of lists of rows and columns; it keeps them sorted by row, each pair once."""
        rows = np.concatenate([np.empty(0, np.int64), *(here for here, _ in pairs)])
        columns = np.concatenate([np.empty(0, np.int64), *(there for _, there in pairs)])
        if not len(rows):
            return cls(label, rows, columns)
        width = int(columns.max()) + 1
        return cls(label, *np.divmod(np.unique(rows * width + columns), width))

    def find_blocked(self, rows: slice, columns: slice, scores: NDArray[np.int32]) -> Places:  # noqa: ARG002 - whatever the score
        """Return the listed pairs that lie in the tile."""
        first, last = np.searchsorted(self.rows, (rows.start, rows.stop))
        here, there = self.rows[first:last], self.columns[first:last]
        inside = (there >= columns.start) & (there < columns.stop)
        return here[inside] - rows.start, there[inside] - columns.start

    def among(self, rows: IntArray, columns: IntArray, scores: IntArray) -> BoolArray:  # noqa: ARG002 - whatever the score
        """Say which of some listed pairs are in this list, too."""
        asked = _in_one_number(rows, columns)
        place = np.minimum(
            np.searchsorted(self._sorted_numbers, asked), max(0, len(self._sorted_numbers) - 1)
        )
        return (
            self._sorted_numbers[place] == asked
            if len(self._sorted_numbers)
            else np.zeros(len(asked), dtype=bool)
        )

    @cached_property
    def _sorted_numbers(self) -> IntArray:
        return _in_one_number(self.rows, self.columns)

    def part(self, rows: IntArray, columns: IntArray) -> BlockedPairs:
        """Return the listed pairs of some rows and some columns, numbered anew."""
        kept = np.isin(self.rows, rows) & np.isin(self.columns, columns)
        places = np.searchsorted(rows, self.rows[kept]), np.searchsorted(columns, self.columns[kept])
        return BlockedPairs.of(self.label, places)


def _in_one_number(rows: IntArray, columns: IntArray) -> IntArray:
    """Return a number for each pair, which grows from row to row and in a row from column to column."""
    return (rows << 31) | columns


def avoided_pairs(
    label: str, cohort: Cohort, people_index: RowColumnIndex, beside: Iterable[Pair] = ()
) -> BlockedPairs:
    """List the pairs of which one avoids the other; ids of people who have left name nobody.

    Parameters
    ----------
    label : str
        What the rule is called.
    cohort : Cohort
        The people, each with whom they avoid.
    people_index : RowColumnIndex
        Who is which row and column.
    beside : iterable of pairs of ids
        Further pairs of which one avoids the other.
    """
    return BlockedPairs.of(label, *people_index.either_way(*_avoiding_people(cohort, beside)))


def _avoiding_people(cohort: Cohort, beside: Iterable[Pair]) -> Places:
    named: list[tuple[int, ...]] = [
        (index, cohort.position.get(id_key(other), -1))
        for index, person in enumerate(cohort.participants)
        for other in person.avoids
    ]
    named += [tuple(cohort.position.get(id_key(name), -1) for name in pair) for pair in beside]
    ones, others = np.array([pair for pair in named if min(pair) >= 0], dtype=np.int64).reshape(-1, 2).T
    return ones, others


@dataclass(frozen=True)
class ListedCondition:
    """True, but for two lists of pairs.

    Attributes
    ----------
    false : BlockedPairs
        Of which it is false.
    unknown : BlockedPairs
        Of which it is not known; none of them is in the other list.
    """

    false: BlockedPairs
    unknown: BlockedPairs

    @property
    def needs_scores(self) -> bool:
        """Never: by list alone."""
        return False

    def known_true(self, rows: slice, columns: slice, scores: NDArray[np.int32]) -> BoolArray:
        """Mark the pairs of a tile that are in neither list."""
        marks = np.ones((rows.stop - rows.start, columns.stop - columns.start), dtype=bool)
        marks[self.false.find_blocked(rows, columns, scores)] = False
        marks[self.unknown.find_blocked(rows, columns, scores)] = False
        return marks

    def known_false(self, rows: slice, columns: slice, scores: NDArray[np.int32]) -> BoolArray:
        """Mark the pairs of a tile that are in the list of those of which it is false."""
        marks = np.zeros((rows.stop - rows.start, columns.stop - columns.start), dtype=bool)
        marks[self.false.find_blocked(rows, columns, scores)] = True
        return marks

    def true_among(self, rows: IntArray, columns: IntArray, scores: IntArray) -> BoolArray:
        """Say which of some listed pairs are in neither list."""
        return ~(self.false.among(rows, columns, scores) | self.unknown.among(rows, columns, scores))

    def false_among(self, rows: IntArray, columns: IntArray, scores: IntArray) -> BoolArray:
        """Say which of some listed pairs are in the list of those of which it is false."""
        return self.false.among(rows, columns, scores)

    def part(self, rows: IntArray, columns: IntArray) -> ListedCondition:
        """Return the condition on some rows and some columns."""
        return ListedCondition(self.false.part(rows, columns), self.unknown.part(rows, columns))


def compile_listed(condition: Listed, context: CompilationContext) -> NotPairs:
    """Make a list ready: the condition is false of all pairs but those listed.

    Raises
    ------
    PolicyError
        If a pair names somebody who is not in the cohort, or in a role that the person does not have.
    """
    faults = list(_faults(condition, context))
    if faults:
        raise PolicyError(faults)
    position = context.cohort.position
    listed = [(position[id_key(mentor)], position[id_key(mentee)]) for mentor, mentee in condition.pairs]
    mentors, mentees = np.array(listed, dtype=np.int64).reshape(-1, 2).T
    pairs = BlockedPairs.of(condition.kind, context.people_index.places(mentors, mentees))
    return NotPairs(ListedCondition(pairs, BlockedPairs.of("unknown")))


def _faults(condition: Listed, context: CompilationContext) -> Iterator[Fault]:
    """Yield what is wrong, each with its place in the list of pairs."""
    cohort = context.cohort
    for index, pair in enumerate(condition.pairs):
        for side, (identity, role) in enumerate(zip(pair, ("mentor", "mentee"), strict=True)):
            place = cohort.position.get(id_key(identity))
            if place is None:
                yield Fault("nobody in the cohort has this id", column=f"[{index}][{side}]")
                continue
            person = cohort.participants[place]
            if not (person.teaches, person.learns)[side]:
                order = f"a listed pair names the {role} {('first', 'second')[side]}"
                yield Fault(f"{order}; this person has role {person.role}", column=f"[{index}][{side}]")


def compile_past_duos(condition: NotMetBefore, context: CompilationContext) -> ListedCondition:
    """List the pairs of people who were a duo, and must not be one again.

    Raises
    ------
    PolicyError
        If months are to be counted, and nothing says from which day.
    """
    months, day = condition.again_after_months, context.day
    if months is None:
        return ListedCondition(
            _pairs("not met before", condition.duos, context), _pairs("unknown", (), context)
        )
    if day is None:
        message = (
            "months are counted back from a day; set as_of in the policy, or read the people as of a day"
        )
        raise PolicyError([Fault(message)])
    recent = [
        duo for duo in condition.duos if duo.until is not None and months_later(duo.until, months) > day
    ]
    undated = [duo for duo in condition.duos if duo.until is None]
    false = _pairs("not met before", recent, context)
    unknown = _pairs("unknown", undated, context)
    only = ~false.among(unknown.rows, unknown.columns, unknown.rows)
    return ListedCondition(false, BlockedPairs.of("unknown", (unknown.rows[only], unknown.columns[only])))


def _pairs(label: str, duos: Iterable[PastDuo], context: CompilationContext) -> BlockedPairs:
    """List the places of the people of duos, either way; who has left is nowhere."""
    known = _indices(duos, context.cohort.position)
    return BlockedPairs.of(label, *context.people_index.either_way(*known))


def _indices(duos: Iterable[PastDuo], position: Mapping[str, int]) -> Places:
    met = [(id_key(duo.mentor), id_key(duo.mentee)) for duo in duos]
    here = [(position[one], position[other]) for one, other in met if one in position and other in position]
    ones, others = np.array(here, dtype=np.int64).reshape(-1, 2).T
    return ones, others


MOST_LISTED = 5_000_000
"""Pairs of a person and somebody above that are listed, some 80 MB; all but endless chains have fewer."""


def reporting_line_pairs(label: str, context: CompilationContext) -> BlockedPairs | ReportingIntervals:
    """Return the pairs of which one stands above the other, listed where they are few."""
    lines = context.cohort.memoise("superiors", lambda: superiors(context.cohort))
    if lines is not None:
        return BlockedPairs.of(label, *context.people_index.either_way(*lines))
    first, last = intervals(context.cohort)
    mentors, mentees = list(context.sides.mentors), list(context.sides.mentees)
    return ReportingIntervals(label, (first[mentors], last[mentors]), (first[mentees], last[mentees]))


def superiors(cohort: Cohort) -> tuple[IntArray, IntArray] | None:
    """Return people and superiors, one entry for everybody above each person, as indices into the cohort.

    A chain ends where a manager is not in the file. Cycles were refused when the cohort was read. Nothing is
    returned where there are more than :data:`MOST_LISTED`.

    Examples
    --------
    >>> import reverse_match as rm
    >>> people = [
    ...     {"id": "a", "role": "mentor", "manager_id": "b"},
    ...     {"id": "b", "role": "both", "manager_id": "c"},
    ...     {"id": "c", "role": "mentee"},
    ... ]
    >>> [column.tolist() for column in superiors(rm.Cohort.from_records(people))]
    [[0, 1, 0], [1, 2, 2]]
    """
    manager = _managers(cohort)
    people, above = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    person, superior = np.arange(len(manager)), manager
    listed = 0
    while (known := superior >= 0).any():
        person, superior = person[known], superior[known]
        listed += len(person)
        if listed > MOST_LISTED:
            return None
        people.append(person)
        above.append(superior)
        superior = manager[superior]
    return np.concatenate(people), np.concatenate(above)


def intervals(cohort: Cohort) -> Intervals:
    """Return the number of each person, and the last number among those who report to them.

    Examples
    --------
    >>> import reverse_match as rm
    >>> people = [
    ...     {"id": "a", "role": "mentor", "manager_id": "b"},
    ...     {"id": "b", "role": "both"},
    ...     {"id": "c", "role": "mentee"},
    ... ]
    >>> [column.tolist() for column in intervals(rm.Cohort.from_records(people))]
    [[1, 0, 2], [1, 1, 2]]
    """
    manager = _managers(cohort).tolist()
    below: list[list[int]] = [[] for _ in manager]
    tops: list[int] = []
    for person, superior in enumerate(manager):
        (tops if superior < 0 else below[superior]).append(person)
    first, order = [0] * len(manager), list[int]()
    waiting = tops[::-1]
    while waiting:
        person = waiting.pop()
        first[person] = len(order)
        order.append(person)
        waiting += below[person][::-1]
    last = list(first)
    for person in reversed(order):
        if manager[person] >= 0:
            last[manager[person]] = max(last[manager[person]], last[person])
    return np.array(first, dtype=np.int64), np.array(last, dtype=np.int64)


def _managers(cohort: Cohort) -> IntArray:
    position = cohort.position
    return np.array(
        [
            -1 if person.manager_id is None else position.get(id_key(person.manager_id), -1)
            for person in cohort.participants
        ],
        dtype=np.int64,
    )


@dataclass(frozen=True)
class ReportingIntervals:
    """Pairs of which one stands above the other, by intervals: a rule that forbids them, and its condition.

    Attributes
    ----------
    label : str
        What the rule is called.
    rows, columns : pair of int64 arrays
        Intervals of the mentors, and of the mentees.
    """

    label: str
    rows: Intervals
    columns: Intervals

    @property
    def needs_scores(self) -> bool:
        """Never: by managers alone."""
        return False

    def find_blocked(self, rows: slice, columns: slice, scores: NDArray[np.int32]) -> BoolArray:  # noqa: ARG002 - whatever the score
        """Mark the pairs of a tile that are in one line."""
        here = tuple(part[rows, None] for part in self.rows)
        there = tuple(part[None, columns] for part in self.columns)
        return _one_above_other(here, there)

    def among(self, rows: IntArray, columns: IntArray, scores: IntArray) -> BoolArray:  # noqa: ARG002 - whatever the score
        """Say which of some listed pairs are in one line."""
        here = tuple(part[rows] for part in self.rows)
        there = tuple(part[columns] for part in self.columns)
        return _one_above_other(here, there)

    def known_true(self, rows: slice, columns: slice, scores: NDArray[np.int32]) -> BoolArray:
        """Mark the pairs of a tile that are in no line together."""
        return ~self.find_blocked(rows, columns, scores)

    def known_false(self, rows: slice, columns: slice, scores: NDArray[np.int32]) -> BoolArray:
        """Mark the pairs of a tile that are in one line."""
        return self.find_blocked(rows, columns, scores)

    def true_among(self, rows: IntArray, columns: IntArray, scores: IntArray) -> BoolArray:
        """Say which of some listed pairs are in no line together."""
        return ~self.among(rows, columns, scores)

    def false_among(self, rows: IntArray, columns: IntArray, scores: IntArray) -> BoolArray:
        """Say which of some listed pairs are in one line."""
        return self.among(rows, columns, scores)

    def part(self, rows: IntArray, columns: IntArray) -> ReportingIntervals:
        """Return the same on some rows and some columns."""
        return ReportingIntervals(
            self.label,
            (self.rows[0][rows], self.rows[1][rows]),
            (self.columns[0][columns], self.columns[1][columns]),
        )


def _one_above_other(here: tuple[IntArray, ...], there: tuple[IntArray, ...]) -> BoolArray:
    """Say where the number of one lies in the interval of the other; nobody stands above themselves."""
    (first, last), (other_first, other_last) = here, there
    above = (first < other_first) & (other_first <= last)
    above |= (other_first < first) & (first <= other_last)
    return above
