"""A second opinion: the same definitions written for one pair at a time, in exact fractions and plain loops."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cache
from itertools import product
from typing import Any

MILLION = 1_000_000
Record = dict[str, Any]


def half_up(value: Fraction) -> int:
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def exact_coverage(mentor: Record, mentee: Record, reciprocity: Fraction) -> Fraction | None:
    def one_way(offers: dict[str, int], seeks: dict[str, int]) -> Fraction | None:
        reached = sum(priority * offers.get(name, 0) for name, priority in seeks.items())
        return Fraction(reached * MILLION, 5 * sum(seeks.values())) if offers and seeks else None

    there = one_way(mentor["offers"], mentee["seeks"]) if reciprocity < 1 else None
    back = one_way(mentee["offers"], mentor["seeks"]) if reciprocity > 0 else None
    if there is None or back is None:
        return back if there is None else there
    return (1 - reciprocity) * there + reciprocity * back


def coverage(mentor: Record, mentee: Record, reciprocity: Fraction) -> int | None:
    exact = exact_coverage(mentor, mentee, reciprocity)
    return None if exact is None else half_up(exact)


def overlap(mentor: Record, mentee: Record) -> int | None:
    one, other = set(mentor["goals"]), set(mentee["goals"])
    return half_up(Fraction(len(one & other) * MILLION, len(one | other))) if one and other else None


def gap(mentor: Record, mentee: Record, start: int, end: int) -> int | None:
    if mentor["age"] is None or mentee["age"] is None:
        return None
    difference = mentee["age"] - mentor["age"]
    return half_up(min(Fraction(1), max(Fraction(0), Fraction(difference - start, end - start))) * MILLION)


def difference(one: str | None, other: str | None) -> int | None:
    if not one or not other:
        return None
    first, second = one.split("/"), other.split("/")
    shared = 0
    for left, right in zip(first, second, strict=False):
        if left != right:
            break
        shared += 1
    longer = max(len(first), len(second))
    return half_up(Fraction((longer - shared) * MILLION, longer))


def default_values(mentor: Record, mentee: Record) -> list[int | None]:
    return [
        coverage(mentor, mentee, Fraction(1, 5)),
        overlap(mentor, mentee),
        gap(mentor, mentee, 5, 20),
        difference(mentor["gender"], mentee["gender"]),
        difference(mentor["department"], mentee["department"]),
    ]


DEFAULT_WEIGHTS = [400_000, 250_000, 100_000, 100_000, 150_000]


def default_scores(records: list[Record]) -> dict[tuple[str, str], int]:
    """Score every pair of two people under the default policy, in millionths."""
    mentors = [record for record in records if record["role"] != "mentee"]
    mentees = [record for record in records if record["role"] != "mentor"]
    values = {
        (a["id"], b["id"]): default_values(a, b) for a, b in product(mentors, mentees) if a["id"] != b["id"]
    }
    neutral = []
    for criterion in range(5):
        known = [value[criterion] for value in values.values() if value[criterion] is not None]
        if criterion == 0:
            exact = [
                exact_coverage(a, b, Fraction(1, 5))
                for a, b in product(mentors, mentees)
                if a["id"] != b["id"]
            ]
            known = [value for value in exact if value is not None]  # type: ignore[misc]
        neutral.append(half_up(Fraction(sum(known), len(known))) if known else MILLION // 2)  # type: ignore[arg-type]
    return {
        pair: sum(
            half_up(Fraction(weight * (neutral[index] if value is None else value), MILLION))
            for index, (weight, value) in enumerate(zip(DEFAULT_WEIGHTS, found, strict=True))
        )
        for pair, found in values.items()
    }


def in_one_line(records: list[Record], one: str, other: str) -> bool:
    """Say whether one of two people stands above the other."""
    manager = {record["id"]: record["manager_id"] for record in records}

    def above(person: str) -> set[str]:
        found, boss = set(), manager.get(person)
        while boss is not None:
            found.add(boss)
            boss = manager.get(boss)
        return found

    return other in above(one) or one in above(other)


def best_choice(
    scores: dict[tuple[str, str], int], capacity_of_mentor: dict[str, int], capacity_of_mentee: dict[str, int]
) -> tuple[int, int]:
    """Try every choice of pairs; return the most duos and then the highest total."""
    pairs = list(scores)
    best = (0, 0)

    def extend(position: int, count: int, total: int) -> None:
        nonlocal best
        best = max(best, (count, total))
        if position == len(pairs) or count + len(pairs) - position < best[0]:
            return
        mentor, mentee = pairs[position]
        if capacity_of_mentor[mentor] and capacity_of_mentee[mentee]:
            capacity_of_mentor[mentor] -= 1
            capacity_of_mentee[mentee] -= 1
            extend(position + 1, count + 1, total + scores[pairs[position]])
            capacity_of_mentor[mentor] += 1
            capacity_of_mentee[mentee] += 1
        extend(position + 1, count, total)

    extend(0, 0, 0)
    return best


@cache
def utility_of_thousandth(place: int, alpha: Fraction) -> int:
    """Return the utility at a thousandth of a point in units of 10^-8, from the formula in docs/policy.md."""
    with localcontext() as context:
        context.prec = 50
        power = Decimal(alpha.numerator) / alpha.denominator

        def utility(score: Decimal) -> Decimal:
            kink = Decimal("0.1")
            below, beyond = min(score, kink), max(score, kink)
            straight = below / (kink**power)
            if power == 1:
                return straight + (beyond / kink).ln()
            return straight + (beyond ** (1 - power) - kink ** (1 - power)) / (1 - power)

        return round(10**8 * utility(Decimal(place) / 1000) / utility(Decimal(1)))


def utility(score: int, objective: Any) -> int:
    """Return what a score in millionths is worth."""
    if not isinstance(objective, dict) or objective.get("alpha", 1) == 0:
        return score
    alpha = Fraction(str(objective.get("alpha", 1)))
    place, rest = divmod(score, 1000)
    low = utility_of_thousandth(place, alpha)
    return low if not rest else low + (utility_of_thousandth(place + 1, alpha) - low) * rest // 1000


SAME_THING = {"ia générative": "generative ai", "pyhton": "python", "réseaux sociaux": "social media"}
"""Other ways to write a name: an alias of the shipped table, a typing error, an alias again."""


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
