"""Who stands above whom: the whole chain of managers, as far as the file knows it.

Usually the pairs of a line are few, and listed. In a chain of 20,000 managers they are 200 million, so that
beyond a limit each person has an interval instead: managers are walked from the top, each person is given the
next number, and the numbers of all who report to them, however far below, follow without a gap. Then one
stands above another just where the number of the other lies in the interval of the first (a preorder of a
tree; R. E. Tarjan, "Finding dominators in directed graphs", 1974).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.constraints.blocked_pairs import BlockedPairs
from reverse_match.names.normalise import id_key

if TYPE_CHECKING:
    from typing import TypeAlias

    from numpy.typing import NDArray

    from reverse_match.arrays import BoolArray, IntArray
    from reverse_match.cohort import Cohort
    from reverse_match.constraints.setting import Setting

    Intervals: TypeAlias = tuple[IntArray, IntArray]

MOST_LISTED = 5_000_000
"""Pairs of a person and somebody above that are listed, some 80 MB; all but endless chains have fewer."""


def in_one_line(label: str, setting: Setting) -> BlockedPairs | OneLine:
    """Return the pairs of which one stands above the other, listed where they are few."""
    lines = setting.cohort.kept("superiors", lambda: superiors(setting.cohort))
    if lines is not None:
        return BlockedPairs.of(label, *setting.seats.either_way(*lines))
    first, last = intervals(setting.cohort)
    mentors, mentees = list(setting.sides.mentors), list(setting.sides.mentees)
    return OneLine(label, (first[mentors], last[mentors]), (first[mentees], last[mentees]))


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
    """Return the number of each person, and the last number of those who report to them.

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
class OneLine:
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

    def blocked(self, rows: slice, columns: slice, scores: NDArray[np.int32]) -> BoolArray:  # noqa: ARG002 - whatever the score
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
        return ~self.blocked(rows, columns, scores)

    def known_false(self, rows: slice, columns: slice, scores: NDArray[np.int32]) -> BoolArray:
        """Mark the pairs of a tile that are in one line."""
        return self.blocked(rows, columns, scores)

    def true_among(self, rows: IntArray, columns: IntArray, scores: IntArray) -> BoolArray:
        """Say which of some listed pairs are in no line together."""
        return ~self.among(rows, columns, scores)

    def false_among(self, rows: IntArray, columns: IntArray, scores: IntArray) -> BoolArray:
        """Say which of some listed pairs are in one line."""
        return self.among(rows, columns, scores)

    def part(self, rows: IntArray, columns: IntArray) -> OneLine:
        """Return the same on some rows and some columns."""
        return OneLine(
            self.label,
            (self.rows[0][rows], self.rows[1][rows]),
            (self.columns[0][columns], self.columns[1][columns]),
        )


def _one_above_other(here: tuple[IntArray, ...], there: tuple[IntArray, ...]) -> BoolArray:
    """Say where the number of one lies in the interval of the other, but for one person twice."""
    (first, last), (other_first, other_last) = here, there
    above = (first < other_first) & (other_first <= last)
    above |= (other_first < first) & (first <= other_last)
    return above
