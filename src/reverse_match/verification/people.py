"""An index of people to rows (mentors) and columns (mentees), and the pairs that rules can list.

Such pairs are people in one reporting line, people one of whom avoids the other, and people who have met
before. Each list can be marked in a tile of all pairs.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from itertools import count as numbers_from
from typing import TYPE_CHECKING, Literal

import numpy as np

from reverse_match.foundation.errors import Finding
from reverse_match.foundation.names import id_key
from reverse_match.policy import Fix
from reverse_match.scoring.criterion import Sides

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.matching.results.matching import Duo, Matching
    from reverse_match.people.cohort import Cohort
    from reverse_match.people.participant import Participant
    from reverse_match.policy import NotMetBefore, Policy, Rule


Place = tuple[int, int]
Role = Literal["mentor", "mentee"]
ROLES: tuple[Role, Role] = "mentor", "mentee"


def other_role(role: Role) -> Role:
    """Return the role of the partner."""
    return "mentee" if role == "mentor" else "mentor"


def most_duos(person: Participant, role: Role) -> int:
    """Return the capacity of a person in a role: the one stated for it, else that of each role."""
    stated = {"mentor": person.capacity_as_mentor, "mentee": person.capacity_as_mentee}[role]
    most = person.capacity if stated is None else stated
    return most if person.capacity_in_all is None else min(most, person.capacity_in_all)


def least_duos(person: Participant, role: Role) -> int:
    """Return the least number of duos of a person in a role."""
    stated = {"mentor": person.least_duos_as_mentor, "mentee": person.least_duos_as_mentee}[role]
    either = person.least_duos_in_all if person.role == role else 0
    return max(person.least_duos, stated, either)


class PeopleIndex:
    """An index of people by id: rows are mentors and columns are mentees, both in the order of the cohort."""

    def __init__(self, cohort: Cohort) -> None:
        self.cohort = cohort
        everybody = list(enumerate(cohort.participants))
        self.sides = Sides(
            [index for index, person in everybody if person.role in ("mentor", "both")],
            [index for index, person in everybody if person.role in ("mentee", "both")],
        )
        self.of: dict[Role, list[Participant]] = {
            "mentor": [cohort.participants[index] for index in self.sides.mentors],
            "mentee": [cohort.participants[index] for index in self.sides.mentees],
        }
        self.place: dict[Role, dict[str, int]] = {
            role: {id_key(person.id): place for place, person in enumerate(people)}
            for role, people in self.of.items()
        }

    @cached_property
    def least(self) -> dict[Role, IntArray]:
        """The least number of duos of each person, by role."""
        return {
            role: np.array([least_duos(person, role) for person in people], dtype=np.int64)
            for role, people in self.of.items()
        }

    def at(self, mentor: str, mentee: str) -> Place:
        """Return row and column of a pair."""
        return self.place["mentor"][id_key(mentor)], self.place["mentee"][id_key(mentee)]

    def _spelling(self, role: Role, name: str) -> str:
        return self.of[role][self.place[role][id_key(name)]].id

    def strangers(self, matching: Matching, policy: Policy) -> Iterator[Finding]:
        """Yield a finding for every person named in a role that the cohort does not give them."""
        spelled = {
            role: {people[place].id for place in self.place[role].values()}
            for role, people in self.of.items()
        }
        # Names in a matching have the library's spelling; people write policies.
        written = dict.fromkeys(
            (role, name)
            for role, names in _names_in_matching(matching)
            if not spelled[role].issuperset(names)
            for name in names
        )
        for role, name in dict.fromkeys((*written, *_names_in_policy(policy))):
            if name in spelled[role]:
                continue
            if id_key(name) not in self.place[role]:
                message = f"'{name}' is named as {role}, but no {role} of the cohort has this id"
                yield Finding("person", message)
            elif (role, name) in written and (right := self._spelling(role, name)) != name:
                yield Finding("person", f"the id '{name}' is written '{right}' in the cohort")


def _names_in_matching(matching: Matching) -> Iterator[tuple[Role, Collection[str]]]:
    """Yield role and ids of the people named in duos, in the proof, and in reasons for having no duo."""
    proof = matching.certificate
    unspread = None if proof.spread is None else proof.spread.unspread
    under_quotas = None if proof.spread is None else proof.spread.under_quotas
    of_numbers = proof.duos_proof, proof.worst_proof, proof.lacking_proof, under_quotas
    each = proof, *of_numbers, proof.spread, unspread
    priced = [one for one in each if one is not None]
    for mentor, mentee in () if unspread is None else (*unspread.instead, *unspread.instead_of):
        yield from (("mentor", (mentor,)), ("mentee", (mentee,)))
    for role in ROLES:
        yield role, [getattr(duo, role) for duo in matching.duos]
        yield from ((role, getattr(one, f"{role}_prices")) for one in priced)
        for scarce in (f"scarce_{role}s", f"worst_scarce_{role}s"):
            yield role, getattr(proof, scarce) or ()
    for left in matching.unmatched:
        yield left.role, (left.id,)
        if left.nearest is not None:
            yield other_role(left.role), (left.nearest.partner,)
            yield left.role, left.nearest.taken_by
    for shortage in matching.shortages:
        yield shortage.role, shortage.people
        yield other_role(shortage.role), shortage.partners


def _names_in_policy(policy: Policy) -> Iterator[tuple[Role, str]]:
    """Yield role and id of the people named in fixed duos and in credits."""
    fixed = [pair for rule in policy.rules if isinstance(rule, Fix) for pair in rule.pairs]
    for place, role in enumerate(ROLES):
        yield from ((role, pair[place]) for pair in fixed)
        for credit in policy.credits:
            yield from ((role, name) for name in getattr(credit, f"{role}s"))
            yield from ((role, pair[place]) for pair in credit.pairs)


def duo_name(duo: Duo) -> str:
    """Return the name of a duo in a message."""
    return f"the duo of '{duo.mentor}' (mentor) and '{duo.mentee}' (mentee)"


def both_ways(people: PeopleIndex, one: str, other: str) -> Iterator[Place]:
    """Yield the places of two people as a duo, in both roles where these exist."""
    for mentor, mentee in ((one, other), (other, one)):
        row, column = people.place["mentor"].get(id_key(mentor)), people.place["mentee"].get(id_key(mentee))
        if row is not None and column is not None:
            yield row, column


MOST_LISTED = 1_000_000
"""Largest number of listed pairs of a person and a superior; with more, :class:`ReportingLines` is used."""


def reporting_lines(people: PeopleIndex) -> set[Place] | None:
    """Return the pairs of a person and a superior; ``None`` where these are too many to list."""
    boss = _bosses(people)
    if _count_superiors(boss) > MOST_LISTED:
        return None
    places: set[Place] = set()
    row_of, column_of = (people.place[role] for role in ROLES)
    for person, boss_of_person in boss.items():
        row, column = row_of.get(person), column_of.get(person)
        above: str | None = boss_of_person
        while above is not None:
            if row is not None and (other_column := column_of.get(above)) is not None:
                places.add((row, other_column))
            if column is not None and (other_row := row_of.get(above)) is not None:
                places.add((other_row, column))
            above = boss.get(above)
    return places


def _bosses(people: PeopleIndex) -> dict[str, str]:
    return {id_key(p.id): id_key(p.manager_id) for p in people.cohort.participants if p.manager_id}


def _count_superiors(boss: dict[str, str]) -> int:
    """Count the pairs of a person and a superior: each person has one superior more than their boss has."""
    count: dict[str, int] = {}
    for person in boss:
        path = []
        while person in boss and person not in count:
            path.append(person)
            person = boss[person]
        count.update(zip(reversed(path), numbers_from(count.get(person, 0) + 1), strict=False))
    return sum(count.values())


class ReportingLines:
    """Decides for two people whether one is a superior of the other, by intervals of a depth-first search.

    The search visits a person, then everybody below them, and then leaves the person. So one person is a
    superior of another exactly where the interval of the first contains that of the other (the parenthesis
    theorem: Cormen, Leiserson, Rivest and Stein 2009).
    """

    def __init__(self, people: PeopleIndex) -> None:
        begins, ends = _visits(_bosses(people))
        self._of: dict[Role, tuple[IntArray, IntArray]] = {
            role: (
                np.array([begins.get(id_key(person.id), -1) for person in members], dtype=np.int64),
                np.array([ends.get(id_key(person.id), -1) for person in members], dtype=np.int64),
            )
            for role, members in people.of.items()
        }

    def mark(self, rows: slice, columns: slice) -> BoolArray:
        """Mark the pairs of a tile in which one person is a superior of the other."""
        begin, end = (times[rows, None] for times in self._of["mentor"])
        other_begin, other_end = (times[None, columns] for times in self._of["mentee"])
        within = (begin < other_begin) & (other_end < end)
        without = (other_begin < begin) & (end < other_end)
        marks: BoolArray = within | without
        return marks


def _visits(boss: dict[str, str]) -> tuple[dict[str, int], dict[str, int]]:
    """Return the begin and the end of the visit to each person who has or is a boss."""
    reports: dict[str, list[str]] = {}
    for person, above in boss.items():
        reports.setdefault(above, []).append(person)
    begins: dict[str, int] = {}
    ends: dict[str, int] = {}
    clock = 0
    visited = [top for top in reports if top not in boss]
    while visited:
        person = visited[-1]
        if person not in begins:
            begins[person] = clock
            visited += reports.get(person, [])
        else:
            ends[person] = clock
            visited.pop()
        clock += 1
    return begins, ends


def avoided_pairs(people: PeopleIndex, beside: Iterable[tuple[str, str]] = ()) -> set[Place]:
    """Return the pairs one of whom avoids the other, by their own records or by ``beside``."""
    said = [(person.id, other) for person in people.cohort.participants for other in person.avoids]
    return {place for one, other in (*said, *beside) for place in both_ways(people, one, other)}


def waived_pairs(rule: Rule, people: PeopleIndex) -> set[Place]:
    """Return the pairs that a rule lets through, but those of people without a place in this role."""
    found = {
        (people.place["mentor"].get(id_key(waiver.mentor)), people.place["mentee"].get(id_key(waiver.mentee)))
        for waiver in getattr(rule, "waivers", ())
    }
    return {(row, column) for row, column in found if row is not None and column is not None}


def pairs_met_before(
    condition: NotMetBefore, people: PeopleIndex, day: date | None
) -> tuple[set[Place], set[Place]]:
    """Return the pairs of people who must not meet again, and the pairs for which that is not known."""
    banned: set[Place] = set()
    unclear: set[Place] = set()
    for duo in condition.duos:
        places = set(both_ways(people, duo.mentor, duo.mentee))
        if condition.again_after_months is None:
            banned |= places
        elif duo.until is None:
            unclear |= places
        elif day is None or not _is_long_ago(duo.until, condition.again_after_months, day):
            banned |= places
    return banned, unclear - banned


def _is_long_ago(until: date, months: int, day: date) -> bool:
    """Say whether that many months have passed; the last day of a month counts as any later day of it."""
    passed = 12 * (day.year - until.year) + day.month - until.month
    last_of_month = (day + timedelta(days=1)).month != day.month
    return passed > months or (passed == months and (day.day >= until.day or last_of_month))


def as_array(places: Iterable[Place]) -> IntArray:
    """Return places as an array of sorted rows and columns."""
    listed = np.array([*places], dtype=np.int64).reshape(-1, 2)
    return listed[np.lexsort((listed[:, 1], listed[:, 0]))]
