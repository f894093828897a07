"""A claim can be asked about any pair, such as a duo that has ended: what it scores, and what is against it."""

from __future__ import annotations

from typing import Any

import reverse_match as rm
from reverse_match.policy.labels import SAME_PERSON
from reverse_match.verification.claim import Claim
from reverse_match.verification.objective import CohortObjective
from reverse_match.verification.people import PeopleIndex

PEOPLE: list[dict[str, Any]] = [
    {"id": "lea", "role": "mentor", "offers": "Python:5", "department": "A", "gender": "f"},
    {"id": "tom", "role": "both", "offers": "Excel:5", "seeks": "Go", "department": "A", "gender": "f"},
    {"id": "ada", "role": "mentee", "seeks": "Python:3", "department": "A", "gender": "m"},
    {"id": "eva", "role": "mentee", "seeks": "Excel:3", "department": "B", "gender": "m", "capacity": 0},
]
RULES: list[dict[str, Any]] = [
    {"kind": "minimum_score", "at_least": 0.5},
    {"kind": "different", "field": "gender"},
    {"kind": "forbid", "pairs": [["tom", "eva"]]},
]


def test_what_is_against_a_pair() -> None:
    cohort, policy = rm.Cohort.from_records(PEOPLE), rm.Policy(rules=RULES)
    matching, people = rm.match(cohort, policy), PeopleIndex(cohort)
    claim = Claim.read(matching, people, CohortObjective(matching.policy_in_force, people), 1)
    assert claim.score(("lea", "ada")) == matching.duos[0].score
    low, alike, listed = policy.rule_labels
    assert claim.against(("lea", "ada")) == set()
    assert claim.possible(("lea", "ada"))
    assert claim.against(("tom", "ada")) == {low}
    assert claim.against(("lea", "tom")) == {low, alike}
    assert claim.against(("tom", "tom")) == {low, alike, SAME_PERSON}
    assert claim.against(("tom", "eva")) == {listed}
    assert claim.without_place(("tom", "eva")) == ["eva"]
    assert not claim.possible(("tom", "ada"))
