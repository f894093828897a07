"""An index of people to rows (mentors) and columns (mentees), and the pairs that can be listed.

Such pairs are those of a person and somebody above, those of whom one avoids the other, and those who have
met before. Each list can be marked in a tile of all pairs.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count as numbers_from
from typing import TYPE_CHECKING, Literal

import numpy as np

from reverse_match.foundation.errors import Finding
from reverse_match.foundation.names import id_key
from reverse_match.policy import Fix
from reverse_match.scoring.criterion import Sides

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.matching.results.matching import Duo, Matching
    from reverse_match.people.cohort import Cohort
    from reverse_match.people.participant import Participant
    from reverse_match.policy import NotMetBefore, Policy


Place = tuple[int, int]
Role = Literal["mentor", "mentee"]
ROLES: tuple[Role, Role] = "mentor", "mentee"


def other_role(role: Role) -> Role:
    """Return the role of the partner."""
    return "mentee" if role == "mentor" else "mentor"


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

    def at(self, mentor: str, mentee: str) -> Place:
        """Return row and column of a pair."""
        return self.place["mentor"][id_key(mentor)], self.place["mentee"][id_key(mentee)]

    def _spelling(self, role: Role, name: str) -> str:
        return self.of[role][self.place[role][id_key(name)]].id

    def strangers(self, matching: Matching, policy: Policy) -> Iterator[Finding]:
        """Yield a finding for everybody who is named in a role that the cohort does not give them."""
        named: list[tuple[Role, str]] = [("mentor", duo.mentor) for duo in matching.duos]
        named += [("mentee", duo.mentee) for duo in matching.duos]
        named += [(left.role, left.id) for left in matching.unmatched]
        named += list(_names_in_reasons(matching))
        proof = matching.certificate
        for prices in (proof, proof.duos_proof, proof.worst_proof):
            if prices is not None:
                named += [("mentor", name) for name in prices.mentor_prices]
                named += [("mentee", name) for name in prices.mentee_prices]
        named += [("mentor", name) for name in matching.certificate.scarce_mentors]
        named += [("mentee", name) for name in matching.certificate.scarce_mentees]
        named += [("mentor", name) for name in matching.certificate.worst_scarce_mentors or ()]
        named += [("mentee", name) for name in matching.certificate.worst_scarce_mentees or ()]
        written = set(named)  # by the library, as the cohort spells ids; policies are written by people
        for rule in policy.rules:
            if isinstance(rule, Fix):
                named += [("mentor", mentor) for mentor, _ in rule.pairs] + [
                    ("mentee", mentee) for _, mentee in rule.pairs
                ]
        for credit in policy.credits:
            named += [("mentor", name) for name in (*credit.mentors, *(mentor for mentor, _ in credit.pairs))]
            named += [("mentee", name) for name in (*credit.mentees, *(mentee for _, mentee in credit.pairs))]
        for role, name in dict.fromkeys(named):
            if id_key(name) not in self.place[role]:
                yield Finding(
                    "person",
                    f"'{name}' is named as {role}, but no {role} of the cohort has this id",
                )
            elif (role, name) in written and (right := self._spelling(role, name)) != name:
                yield Finding("person", f"the id '{name}' is written '{right}' in the cohort")


def _names_in_reasons(matching: Matching) -> Iterator[tuple[Role, str]]:
    """Yield who is named in the reasons of people without a duo."""
    for left in matching.unmatched:
        if left.nearest is not None:
            yield other_role(left.role), left.nearest.partner
            yield from ((left.role, name) for name in left.nearest.taken_by)
    for shortage in matching.shortages:
        yield from ((shortage.role, name) for name in shortage.people)
        yield from ((other_role(shortage.role), name) for name in shortage.partners)


def duo_name(duo: Duo) -> str:
    """Name a duo in a message."""
    return f"the duo of '{duo.mentor}' (mentor) and '{duo.mentee}' (mentee)"


def both_ways(people: PeopleIndex, one: str, other: str) -> Iterator[Place]:
    """Yield the places in which two people would be a duo, either way."""
    for mentor, mentee in ((one, other), (other, one)):
        row, column = people.place["mentor"].get(id_key(mentor)), people.place["mentee"].get(id_key(mentee))
        if row is not None and column is not None:
            yield row, column


MOST_LISTED = 1_000_000
"""Pairs of a person and somebody above that are listed; :class:`ReportingLines` finds more than these."""


def reporting_lines(people: PeopleIndex) -> set[Place] | None:
    """Return the pairs of a person and somebody above; ``None`` where they are too many to be listed."""
    boss = _bosses(people)
    if _count_superiors(boss) > MOST_LISTED:
        return None
    places: set[Place] = set()
    for person in boss:
        above = boss.get(person)
        while above is not None:
            places.update(both_ways(people, person, above))
            above = boss.get(above)
    return places


def _bosses(people: PeopleIndex) -> dict[str, str]:
    return {id_key(p.id): id_key(p.manager_id) for p in people.cohort.participants if p.manager_id}


def _count_superiors(boss: dict[str, str]) -> int:
    """Count the pairs of a person and somebody above: each has one more above than their boss."""
    count: dict[str, int] = {}
    for person in boss:
        path = []
        while person in boss and person not in count:
            path.append(person)
            person = boss[person]
        count.update(zip(reversed(path), numbers_from(count.get(person, 0) + 1), strict=False))
    return sum(count.values())


class ReportingLines:
    """Says of any two people whether one stands above the other, by intervals of a depth-first search.

    The search visits each person, and before it leaves them all who report to them. So one stands above
    another exactly where the visit to the other lies within the visit to the first.
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
        """Mark the pairs of a tile that are in one line."""
        begin, end = (times[rows, None] for times in self._of["mentor"])
        other_begin, other_end = (times[None, columns] for times in self._of["mentee"])
        within = (begin < other_begin) & (other_end < end)
        without = (other_begin < begin) & (end < other_end)
        marks: BoolArray = within | without
        return marks


def _visits(boss: dict[str, str]) -> tuple[dict[str, int], dict[str, int]]:
    """Return when the visit to each person who has a boss, or is one, begins and when it ends."""
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
    """Return the pairs of whom one avoids the other, by their own records or by ``beside``."""
    said = [(person.id, other) for person in people.cohort.participants for other in person.avoids]
    return {place for one, other in (*said, *beside) for place in both_ways(people, one, other)}


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
    """Say whether so many months have passed; the last day of a month counts as any later day of it."""
    passed = 12 * (day.year - until.year) + day.month - until.month
    last_of_month = (day + timedelta(days=1)).month != day.month
    return passed > months or (passed == months and (day.day >= until.day or last_of_month))


def as_array(places: Iterable[Place]) -> IntArray:
    """Return places as sorted rows and columns."""
    return np.array(sorted(places), dtype=np.int64).reshape(-1, 2)
