"""What a policy forbids and demands of a cohort, pair by pair, and nothing about how it was obeyed."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.names.normalise import id_key
from reverse_match.policy import Fix, Forbid, MinimumScore, NotInReportingLine
from reverse_match.scoring.grid import millionths_at_least

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reverse_match.arrays import IntArray
    from reverse_match.policy import Policy
    from reverse_match.verification.people import People, Place, Role


class Demands:
    """What the policy forbids and demands, pair by pair, for the people of a cohort."""

    def __init__(self, people: People, policy: Policy) -> None:
        self.forbidden: defaultdict[str, set[Place]] = defaultdict(set)
        self.fixed: set[Place] = set()
        self.threshold = 0
        self.has_threshold = False
        for rule in policy.rules:
            if isinstance(rule, NotInReportingLine):
                self.forbidden[rule.kind] |= set(_reporting_lines(people))
            elif isinstance(rule, Forbid):
                self.forbidden[rule.kind] |= {
                    place for pair in rule.pairs for place in both_ways(people, *pair)
                }
            elif isinstance(rule, Fix):
                self.fixed |= {people.at(*pair) for pair in rule.pairs}
            elif isinstance(rule, MinimumScore):
                self.threshold = max(self.threshold, millionths_at_least(rule.at_least))
                self.has_threshold = True
        self.same_person = {
            (place, people.place["mentee"][name])
            for name, place in people.place["mentor"].items()
            if name in people.place["mentee"]
        }
        partners = {label: pairs - self.same_person for label, pairs in self.forbidden.items()}
        self.blocked: dict[Role, dict[str, Counter[int]]] = {
            "mentor": {label: Counter(row for row, _ in pairs) for label, pairs in partners.items()},
            "mentee": {label: Counter(column for _, column in pairs) for label, pairs in partners.items()},
        }
        self.capacity: dict[Role, IntArray] = {
            role: np.array([person.capacity for person in members], dtype=np.int64)
            for role, members in people.of.items()
        }
        self.left: dict[Role, IntArray] = {role: capacity.copy() for role, capacity in self.capacity.items()}
        for row, column in self.fixed:
            self.left["mentor"][row] -= 1
            self.left["mentee"][column] -= 1


def both_ways(people: People, one: str, other: str) -> Iterator[Place]:
    """Yield the places in which two people would be a duo, either way."""
    for mentor, mentee in ((one, other), (other, one)):
        row, column = (
            people.place["mentor"].get(id_key(mentor)),
            people.place["mentee"].get(id_key(mentee)),
        )
        if row is not None and column is not None:
            yield row, column


def _reporting_lines(people: People) -> Iterator[Place]:
    boss = {id_key(p.id): id_key(p.manager_id) for p in people.cohort.participants if p.manager_id}
    for person in boss:
        above = boss.get(person)
        while above is not None:
            yield from both_ways(people, person, above)
            above = boss.get(above)
