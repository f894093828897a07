"""Conditions with few exceptions, which are listed: ``avoids``, past duos, listed pairs, reporting lines.

Two people who were a duo may meet again after some months: from the same day of a later month on, or from its
last day if that month is shorter. If two people were a duo several times, each time must be long enough ago.

A reporting line is the whole chain of managers, as far as the cohort has them. Usually the pairs of a person
and a superior are few, and are listed. A chain of 20,000 managers has 200 million such pairs, so beyond a
limit people are numbered in preorder of the tree of managers: from the top down, each person before those who
report to them. The numbers of all who report to somebody, directly or not, then follow theirs without a gap.
A person stands above another exactly if the number of the other lies in that interval (R. E. Tarjan, "Finding
dominators in directed graphs", 1974).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.constraints.condition import (
    BlockedPairs,
    PairCondition,
    any_of,
    negation,
    true_except,
    truth_of,
)
from reverse_match.foundation.dates import months_later
from reverse_match.foundation.errors import Fault, PolicyError
from reverse_match.foundation.names import id_key
from reverse_match.policy.rules import NotInReportingLineRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TypeAlias

    from reverse_match.constraints.condition import Scores, Truth
    from reverse_match.constraints.rows_and_columns import CompilationContext
    from reverse_match.foundation.arrays import IntArray
    from reverse_match.people.cohort import Cohort
    from reverse_match.policy.conditions import Avoids, Listed, NotInReportingLine, NotMetBefore

    Intervals: TypeAlias = tuple[IntArray, IntArray]


def compile_avoids(condition: Avoids, context: CompilationContext) -> PairCondition:
    """Compile ``avoids``: false for pairs of which one avoids the other. Unknown ids are ignored."""
    avoiding = [(person.id, other) for person in context.cohort.participants for other in person.avoids]
    pairs = pairs_either_way("avoids", (*avoiding, *condition.pairs), context)
    return true_except(pairs)


def pairs_either_way(
    label: str, pairs: Iterable[tuple[str, str]], context: CompilationContext
) -> BlockedPairs:
    """Return the pairs of people, given by ids, in both roles; pairs with an unknown id are left out."""
    position = context.cohort.position
    places = [(position.get(id_key(one), -1), position.get(id_key(other), -1)) for one, other in pairs]
    here = np.array([pair for pair in places if min(pair) >= 0], dtype=np.int64).reshape(-1, 2)
    return BlockedPairs.of(label, *context.people_index.either_way(here[:, 0], here[:, 1]))


def compile_listed(condition: Listed, context: CompilationContext) -> PairCondition:
    """Compile ``listed``: true for the listed pairs, and false for all others.

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
    return negation(true_except(pairs))


def _faults(condition: Listed, context: CompilationContext) -> Iterator[Fault]:
    """Yield the faults of a list of pairs, each with its place."""
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


def compile_past_duos(condition: NotMetBefore, context: CompilationContext) -> PairCondition:
    """Compile ``not_met_before``: false for pairs of people who were a duo too recently, or ever.

    Raises
    ------
    PolicyError
        If the condition counts months, and neither policy nor cohort have a day to count from.
    """
    months, day, until_of = condition.again_after_months, context.day, [duo.until for duo in condition.duos]
    met = [(duo.mentor, duo.mentee) for duo in condition.duos]
    if months is None:
        return true_except(pairs_either_way("not met before", met, context))
    if day is None:
        message = (
            "months are counted back from a day; set as_of in the policy, or read the people as of a day"
        )
        raise PolicyError([Fault(message)])
    recent = [
        pair for pair, until in zip(met, until_of, strict=True) if until and months_later(until, months) > day
    ]
    undated = [pair for pair, until in zip(met, until_of, strict=True) if until is None]
    false, unknown = (
        pairs_either_way("not met before", recent, context),
        pairs_either_way("unknown", undated, context),
    )
    only = ~false.among(unknown.rows, unknown.columns)
    return true_except(false, BlockedPairs.of("unknown", (unknown.rows[only], unknown.columns[only])))


MOST_LISTED = 5_000_000
"""The most pairs of a person and a superior that are listed (some 80 MB); only very long chains have more."""


def compile_reporting_line(condition: NotInReportingLine, context: CompilationContext) -> PairCondition:
    """Compile ``not_in_reporting_line``: by a list of pairs if they are few, else by intervals."""
    waived = _waived(condition, context)
    lines = context.cohort.memoise("superiors", lambda: superiors(context.cohort))
    if lines is not None:
        forbidden = BlockedPairs.of(condition.kind, *context.people_index.either_way(*lines))
        kept = ~waived.among(forbidden.rows, forbidden.columns)
        return true_except(BlockedPairs(condition.kind, forbidden.rows[kept], forbidden.columns[kept]))
    first, last = intervals(context.cohort)
    mentors, mentees = list(context.sides.mentors), list(context.sides.mentees)
    here, there = (first[mentors], last[mentors]), (first[mentees], last[mentees])

    outside = PairCondition(partial(_truth_of_lines, here, there))
    return any_of([outside, negation(true_except(waived))]) if len(waived.rows) else outside


def _waived(condition: NotInReportingLine, context: CompilationContext) -> BlockedPairs:
    """Return the pairs that the rule lets through; those of people who are not in the cohort are none."""
    position = context.cohort.position
    pairs = [
        [position.get(id_key(name), -1) for name in waiver.pair]
        for waiver in (condition.waivers if isinstance(condition, NotInReportingLineRule) else ())
    ]
    present = [pair for pair in pairs if min(pair) >= 0]
    mentors, mentees = np.array(present, dtype=np.int64).reshape(-1, 2).T
    return BlockedPairs.of("waived", context.people_index.places(mentors, mentees))


def _truth_of_lines(here: Intervals, there: Intervals, rows: IntArray, columns: IntArray, _: Scores) -> Truth:
    """Return whether neither number lies in the interval of the other; nobody stands above themselves."""
    (first, last), (other_first, other_last) = (
        (number[places], end[places]) for (number, end), places in ((here, rows), (there, columns))
    )
    above = (first < other_first) & (other_first <= last)
    above |= (other_first < first) & (first <= other_last)
    return truth_of(np.logical_not(above, out=above))


def superiors(cohort: Cohort) -> tuple[IntArray, IntArray] | None:
    """Return two arrays of indices into the cohort: people, and a superior of each, one entry for every two.

    A chain ends at a manager who is not in the cohort. The reading of the cohort has refused cycles. The
    result is None if there would be more than :data:`MOST_LISTED` entries.

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
    """Return the preorder number of each person, and the largest number among those who report to them.

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
    for person in reversed(order):  # from the bottom up, so that each person's range is complete
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
