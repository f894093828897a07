"""Who is who: finds people of a cohort by id, as rows (mentors) and columns (mentees)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal

from reverse_match.errors import Finding
from reverse_match.names.normalise import id_key
from reverse_match.policy import Fix
from reverse_match.scoring.criterion import Sides

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reverse_match.cohort import Cohort
    from reverse_match.matching import Duo, Matching
    from reverse_match.participant import Participant
    from reverse_match.policy import Policy

Place = tuple[int, int]
Role = Literal["mentor", "mentee"]


class People:
    """Finds people by id: rows are mentors and columns are mentees, both in the order of the cohort."""

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

    def _spelled(self, role: Role, name: str) -> str:
        return self.of[role][self.place[role][id_key(name)]].id

    def strangers(self, matching: Matching, policy: Policy) -> Iterator[Finding]:
        """Yield a finding for everybody who is named in a role that the cohort does not give them."""
        named: list[tuple[Role, str]] = [("mentor", duo.mentor) for duo in matching.duos]
        named += [("mentee", duo.mentee) for duo in matching.duos]
        named += [(left.role, left.id) for left in matching.unmatched]
        named += list(_named_beside(matching))
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
            elif (role, name) in written and (right := self._spelled(role, name)) != name:
                yield Finding("person", f"the id '{name}' is written '{right}' in the cohort")


def _named_beside(matching: Matching) -> Iterator[tuple[Role, str]]:
    """Yield who is named in the reasons of people without a duo."""
    for left in matching.unmatched:
        if left.nearest is not None:
            yield ("mentee" if left.role == "mentor" else "mentor"), left.nearest.partner
            yield from ((left.role, name) for name in left.nearest.taken_by)
    for shortage in matching.shortages:
        yield from ((shortage.role, name) for name in shortage.people)
        across: Role = "mentee" if shortage.role == "mentor" else "mentor"
        yield from ((across, name) for name in shortage.partners)


def named(duo: Duo) -> str:
    """Name a duo in a message."""
    return f"the duo of '{duo.mentor}' (mentor) and '{duo.mentee}' (mentee)"


def loads_of(matching: Matching, people: People) -> dict[Role, Counter[int]]:
    """Count the duos of each person in each role, by place."""
    places = [people.at(duo.mentor, duo.mentee) for duo in matching.duos]
    return {
        "mentor": Counter(row for row, _ in places),
        "mentee": Counter(column for _, column in places),
    }
