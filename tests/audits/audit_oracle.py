"""Random people and matchings, and the figures of an audit a second time: in plain loops, from records."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.stats import binomtest

import reverse_match as rm

if TYPE_CHECKING:
    import random

SIDES = ("mentor", "mentee")
Record = dict[str, Any]

CRITERIA: list[Record] = [
    {"kind": "gap", "name": "years", "weight": 0.4, "field": "age", "from": -10, "to": 30},
    {"kind": "difference", "name": "other gender", "weight": 0.3, "field": "gender"},
    {"kind": "difference", "name": "other campus", "weight": 0.3, "field": "campus"},
]


def random_people(rng: random.Random, most: int = 60) -> list[Record]:
    people = []
    genders = rng.choice([["f", "m"], ["f", "m", None], ["f", "f", "m"], ["f", "m", "x"]])
    campuss = rng.choice([["Lyon", "Paris"], ["Lyon", "Paris", "Nice", None]])
    for number in range(rng.randint(2, most)):
        person = {
            "id": f"p{number}",
            "role": "both" if not number else rng.choice(["mentor", "mentee", "mentee", "both"]),
            "age": rng.choice([None, 22, 25, 34, 35, 44, 51, 60, 70]),
            "gender": rng.choice(genders),
            "languages": rng.sample(["fr", "en", "de"], rng.randint(0, 2)),
            "campus": rng.choice(campuss),
            "capacity": rng.choice([1, 1, 1, 1, 2, 0]),
        }
        people.append({name: value for name, value in person.items() if value is not None})
    return [{**person, "campus": person.get("campus", "")} for person in people]


def random_policy(rng: random.Random) -> rm.Policy:
    rules = rng.choice([[], [{"kind": "different", "field": "campus"}]])
    return rm.Policy.from_data({"criteria": CRITERIA, "rules": rules})


def band(age: int | None) -> str | None:
    if age is None:
        return None
    for low, high in ((25, 34), (35, 44), (45, 54), (55, 64)):
        if low <= age <= high:
            return f"{low}-{high}"
    return "<25" if age < 25 else "65+"


def groups_of(person: Record, by: tuple[str, ...]) -> list[tuple[str | None, ...]]:
    """Return the groups of a person by some columns, each with the value of each column."""
    found: list[tuple[str | None, ...]] = [()]
    for name in by:
        if name == "languages":
            values = person.get("languages") or [None]
        elif name == "age-band":
            values = [band(person.get("age"))]
        else:
            values = [person.get(name) or None]
        found = [(*before, value) for before in found for value in values]
    return found


class Facts:
    """All that an audit of some matchings counts, as lists of small facts."""

    def __init__(self, people: list[Record], matchings: list[rm.Matching]) -> None:
        self.people = {person["id"]: person for person in people}
        self.matchings = matchings
        self.members = {
            side: sorted(
                {getattr(duo, side) for one in matchings for duo in one.duos}
                | {left.id for one in matchings for left in one.unmatched if left.role == side}
            )
            for side in SIDES
        }
        self.duos = [duo for one in matchings for duo in one.duos]

    def in_place(self, person: str, place: Any) -> bool:
        return place.group in groups_of(self.people[person], place.by) if place.by else True

    def of_place(self, place: Any) -> tuple[list[str], list[int]]:
        """Return the people of a place, and the places of its duos among all."""
        people = [person for person in self.members[place.side] if self.in_place(person, place)]
        duos = [
            number for number, duo in enumerate(self.duos) if self.in_place(getattr(duo, place.side), place)
        ]
        return people, duos

    def reasons(self, people: list[str], side: str) -> Counter[str]:
        return Counter(
            left.reason
            for one in self.matchings
            for left in one.unmatched
            if left.role == side and left.id in people
        )


def interval(part: int, whole: int) -> tuple[float, float]:
    found = binomtest(part, whole).proportion_ci(0.95, "exact")
    return round(found.low, 6), round(found.high, 6)


def ranks(cohort: rm.Cohort, matrix: Any, duo: Any, side: str) -> tuple[int, int]:
    """Return the rank of the partner for the person of a side, and the number of possible partners."""
    mentors, mentees = [one.id for one in cohort.mentors], [one.id for one in cohort.mentees]
    row, column = mentors.index(duo.mentor), mentees.index(duo.mentee)
    theirs = matrix[row] if side == "mentor" else matrix[:, column]
    others = cohort.mentees if side == "mentor" else cohort.mentors
    possible = [
        score
        for score, other in zip(theirs.tolist(), others, strict=True)
        if not np.isnan(score) and other.capacity
    ]
    own = matrix[row, column]
    return 1 + sum(score > own + 1e-9 for score in possible), len(possible)


def check_combinations(sets: list[set[Any]], shown: list[bool], universe: list[Any]) -> None:
    """Check that no set that is not shown is a combination of those that are."""
    vectors = np.array([[one in some for one in universe] for some in sets], dtype=float)
    seen = vectors[np.array(shown, dtype=bool)]
    rank = np.linalg.matrix_rank(seen) if seen.size else 0
    for vector, is_shown in zip(vectors, shown, strict=True):
        if not is_shown and vector.any():
            assert np.linalg.matrix_rank(np.vstack([seen, vector])) == rank + 1
