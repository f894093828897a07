"""A second opinion on the scores of any policy: the formulas of docs/policy.md, in fractions, pair by pair."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any, NamedTuple

from oracle import MILLION, half_up
from rule_oracle import parts

Record = dict[str, Any]
Pair = tuple[str, str]

SAME_THING = {"ia générative": "generative ai", "pyhton": "python", "réseaux sociaux": "social media"}
"""Other ways to write a name: an alias of the shipped table, a typing error, an alias again."""


class Scored(NamedTuple):
    """A pair's score in millionths, taken apart."""

    score: int
    contributions: dict[str, int]
    missing: list[str]


def concept(name: str) -> str:
    """Return what a name stands for."""
    plain = " ".join(name.split()).lower()
    return SAME_THING.get(plain, plain)


def rated(names: dict[str, int]) -> dict[str, int]:
    """Return ratings by what names stand for; of two names for one thing the higher one counts."""
    found: dict[str, int] = {}
    for name, rating in names.items():
        found[concept(name)] = max(rating, found.get(concept(name), 0))
    return found


def coverage(criterion: Record, mentor: Record, mentee: Record) -> Fraction | None:
    def one_way(teacher: Record, learner: Record) -> Fraction | None:
        offers, seeks = rated(teacher[criterion["offered"]]), rated(learner[criterion["wanted"]])
        reached = sum(priority * offers.get(name, 0) for name, priority in seeks.items())
        return Fraction(reached, 5 * sum(seeks.values())) if offers and seeks else None

    share = Fraction(str(criterion.get("reciprocity", 0)))
    there = one_way(mentor, mentee) if share < 1 else None
    back = one_way(mentee, mentor) if share > 0 else None
    if there is None or back is None:
        return back if there is None else there
    return (1 - share) * there + share * back


def overlap(criterion: Record, mentor: Record, mentee: Record) -> Fraction | None:
    one, other = ({concept(name) for name in person[criterion["field"]]} for person in (mentor, mentee))
    return Fraction(len(one & other), len(one | other)) if one and other else None


def gap(criterion: Record, mentor: Record, mentee: Record) -> Fraction | None:
    if mentor[criterion["field"]] is None or mentee[criterion["field"]] is None:
        return None
    distance = Fraction(str(mentee[criterion["field"]])) - Fraction(str(mentor[criterion["field"]]))
    start, end = Fraction(str(criterion["from"])), Fraction(str(criterion["to"]))
    if distance < end:
        return max(Fraction(0), Fraction(distance - start, end - start)) if end > start else Fraction(0)
    until = criterion.get("until")
    if until is None or distance <= until:
        return Fraction(1)
    zero = Fraction(str(criterion.get("zero_from", Fraction(str(until)) + end - start)))
    if distance >= zero:
        return Fraction(0)
    return (zero - distance) / (zero - Fraction(str(until)))


def difference(criterion: Record, mentor: Record, mentee: Record) -> Fraction | None:
    first, second = (parts(person[criterion["field"]], criterion) for person in (mentor, mentee))
    if not first or not second:
        return None
    shared = 0
    for left, right in zip(first, second, strict=False):
        if left != right:
            break
        shared += 1
    longer = max(len(first), len(second))
    return Fraction(longer - shared, longer)


def sameness(criterion: Record, mentor: Record, mentee: Record) -> Fraction | None:
    found = difference(criterion, mentor, mentee)
    return None if found is None else 1 - found


def wants(criterion: Record, mentor: Record, mentee: Record) -> Fraction | None:
    two = ((mentor, mentee), (mentee, mentor))
    answers = [int(other["id"] in person["wants"]) for person, other in two if person["wants"]]
    return Fraction(sum(answers), len(answers)) if answers else None


def quarters(criterion: Record, mentor: Record, mentee: Record) -> Fraction | None:
    """Return what the custom criterion of the random policies says, see ``random_worlds``."""
    if mentor["years"] is None or mentee["years"] is None:
        return None
    return Fraction((int(mentor["years"]) * 3 + int(mentee["years"])) % 5, 4)


KINDS = {
    "coverage": coverage,
    "overlap": overlap,
    "gap": gap,
    "difference": difference,
    "sameness": sameness,
    "wants": wants,
    "custom": quarters,
}


def weights(criteria: list[Record]) -> list[int]:
    """Return weights in millionths that sum to a million, by largest remainder."""
    exact = [Fraction(str(criterion["weight"])) for criterion in criteria]
    shares = [weight * MILLION / sum(exact) for weight in exact]
    whole = [int(share) for share in shares]
    order = sorted(
        range(len(shares)), key=lambda place: (whole[place] - shares[place], criteria[place]["name"])
    )
    for place in order[: MILLION - sum(whole)]:
        whole[place] += 1
    return whole


def neutral(criterion: Record, known: list[Fraction]) -> int:
    """Return the value of a pair for which a criterion is not known."""
    if "missing" in criterion:
        return half_up(Fraction(str(criterion["missing"])) * MILLION)
    if not known:
        return MILLION // 2
    if criterion["kind"] == "coverage":
        return half_up(sum(known) * MILLION / len(known))
    return half_up(Fraction(sum(half_up(value * MILLION) for value in known), len(known)))


def scores(records: list[Record], criteria: list[Record]) -> dict[Pair, Scored]:
    """Score every pair of two people."""
    mentors = [record for record in records if record["role"] != "mentee"]
    mentees = [record for record in records if record["role"] != "mentor"]
    two = [(a, b) for a, b in product(mentors, mentees) if a["id"] != b["id"]]
    values = [[KINDS[criterion["kind"]](criterion, a, b) for a, b in two] for criterion in criteria]
    at_unknown = [
        neutral(criterion, [value for value in found if value is not None])
        for criterion, found in zip(criteria, values, strict=True)
    ]
    shares, table = weights(criteria), {}
    for place, (a, b) in enumerate(two):
        mine = {criterion["name"]: found[place] for criterion, found in zip(criteria, values, strict=True)}
        parts_of_score = {
            name: half_up(Fraction(weight * (other if value is None else half_up(value * MILLION)), MILLION))
            for (name, value), weight, other in zip(mine.items(), shares, at_unknown, strict=True)
        }
        missing = [name for name, value in mine.items() if value is None]
        table[a["id"], b["id"]] = Scored(sum(parts_of_score.values()), parts_of_score, missing)
    return table
