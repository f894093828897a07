"""A second opinion on the scores of any policy: the formulas of docs/policy.md, in fractions, pair by pair."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import isqrt
from typing import Any, NamedTuple

import own_say_oracle
from oracle import MILLION, concept, half_up, rated
from rule_oracle import parts

Record = dict[str, Any]
Pair = tuple[str, str]


class Scored(NamedTuple):
    """A pair's score in millionths, taken apart."""

    score: int
    contributions: dict[str, int]
    missing: list[str]


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
    answers = [choice(criterion, person, other) for person, other in two if person["wants"]]
    return sum(answers, Fraction(0)) / len(answers) if answers else None


def choice(criterion: Record, person: Record, other: Record) -> Fraction:
    """Return what it counts that somebody wants another, by the rank that they have given."""
    if other["id"] not in person["wants"]:
        return Fraction(0)
    if criterion.get("scale") is None:
        return Fraction(1)
    place = list(person["wants"]).index(other["id"])
    rank = (person.get("wants_ranks") or range(1, place + 2))[place]
    return Fraction(str(criterion["scale"][min(rank, len(criterion["scale"])) - 1]))


def quarters(criterion: Record, mentor: Record, mentee: Record) -> Fraction | None:
    """Return what the custom criterion of the random policies says, see ``random_worlds``."""
    if mentor["years"] is None or mentee["years"] is None:
        return None
    return Fraction((int(mentor["years"]) * 3 + int(mentee["years"])) % 5, 4)


def table(criterion: Record, mentor: Record, mentee: Record) -> Fraction | None:
    """Look a pair up in the list, and put its number on the scale that is stated or that all numbers give.

    What somebody scores with themselves counts for nothing.
    """
    pairs = [pair for pair in criterion["pairs"] if pair[0] != pair[1]]
    numbers = [Fraction(str(value)) for _, _, value in pairs if value is not None]
    low, high = (Fraction(0), Fraction(1))
    if "from" in criterion:
        low, high = Fraction(str(criterion["from"])), Fraction(str(criterion["to"]))
    elif numbers and not all(0 <= number <= 1 for number in numbers):
        low, high = min(numbers), max(numbers)
    found = [
        value for one, other, value in criterion["pairs"] if (one, other) == (mentor["id"], mentee["id"])
    ]
    if not found or found[0] is None:
        return None
    return (Fraction(str(found[0])) - low) / (high - low)


VECTORS: dict[str, tuple[int, ...]] = {
    f"p{place}": vector
    for place, vector in enumerate(
        [(3, 4), (4, 3), (1, 0), (0, 5), (-3, 4), (5, 12), (0, 0), (-1, 0), (6, 8), (12, 5), (0, -1), (8, 15)]
    )
}
"""Vectors of whole numbers and whole lengths, so that cosines are fractions; nothing is known of ``p6``."""


def similarity(criterion: Record, mentor: Record, mentee: Record) -> Fraction | None:
    one, other = (VECTORS.get(person["id"], (0, 0)) for person in (mentor, mentee))
    if not any(one) or not any(other):
        return None
    lengths = isqrt(sum(x * x for x in one)) * isqrt(sum(x * x for x in other))
    cosine = Fraction(sum(x * y for x, y in zip(one, other, strict=True)), lengths)
    low, high = (Fraction(str(criterion.get(name, usual))) for name, usual in (("from", 0), ("to", 1)))
    return (min(max(cosine, low), high) - low) / (high - low)


OWN_KINDS = {"table": table, "similarity": similarity, "preferences": own_say_oracle.preferences}
"""Kinds over data that is drawn apart, so that worlds that were drawn before stay the same."""

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
    exact = [Fraction(str(criterion["weight"])) for criterion in criteria]  # also of a fraction
    shares = [weight * MILLION / sum(exact) for weight in exact]
    whole = [int(share) for share in shares]
    order = sorted(
        range(len(shares)), key=lambda place: (whole[place] - shares[place], criteria[place]["name"])
    )
    for place in order[: MILLION - sum(whole)]:
        whole[place] += 1
    return whole


def weights_of(criteria: list[Record], own: Record | None, mentor: Record, mentee: Record) -> list[int]:
    """Return the weights of a pair, which may follow what matters most to the two."""
    if own is None:
        return weights(criteria)
    share = Fraction(str(own.get("share", 0.5)))
    parts = []
    for criterion in criteria:
        mixed = Fraction(0)
        for person, part in ((mentor, share), (mentee, 1 - share)):
            times = {
                one["name"]: Fraction(str(one["weight"]))
                * (Fraction(str(own.get("factor", 3))) if one["name"] == person.get("priority") else 1)
                for one in criteria
            }
            mixed += part * times[criterion["name"]] / sum(times.values())
        parts.append({"name": criterion["name"], "weight": mixed})
    return weights(parts)


def neutral(criterion: Record, known: list[Fraction]) -> int:
    """Return the value of a pair for which a criterion is not known."""
    if "missing" in criterion:
        return half_up(Fraction(str(criterion["missing"])) * MILLION)
    if not known:
        return MILLION // 2
    if criterion["kind"] == "coverage":
        return half_up(sum(known) * MILLION / len(known))
    return half_up(Fraction(sum(half_up(value * MILLION) for value in known), len(known)))


def scores(records: list[Record], criteria: list[Record], own: Record | None = None) -> dict[Pair, Scored]:
    """Score every pair of two people."""
    mentors = [record for record in records if record["role"] != "mentee"]
    mentees = [record for record in records if record["role"] != "mentor"]
    two = [(a, b) for a, b in product(mentors, mentees) if a["id"] != b["id"]]
    all_kinds = {**KINDS, **OWN_KINDS}
    values = [[all_kinds[criterion["kind"]](criterion, a, b) for a, b in two] for criterion in criteria]
    at_unknown = [
        neutral(criterion, [value for value in found if value is not None])
        for criterion, found in zip(criteria, values, strict=True)
    ]
    table, known = {}, {}
    for place, (a, b) in enumerate(two):
        most = a.get("priority"), b.get("priority")
        shares = known.setdefault(most, None) or weights_of(criteria, own, a, b)
        known[most] = shares
        mine = {criterion["name"]: found[place] for criterion, found in zip(criteria, values, strict=True)}
        parts_of_score = {
            name: half_up(Fraction(weight * (other if value is None else half_up(value * MILLION)), MILLION))
            for (name, value), weight, other in zip(mine.items(), shares, at_unknown, strict=True)
        }
        missing = [name for name, value in mine.items() if value is None]
        table[a["id"], b["id"]] = Scored(sum(parts_of_score.values()), parts_of_score, missing)
    return table
