"""What people say of others, a second time: one statement of one person about one other, in plain Python."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from reverse_match.people.vocabulary import gender_of, language_of

Record = dict[str, Any]

HALVES = {"yes": 2, "must": 2, "maybe": 1, "no": -2, "must not": -2, "rather not": -1}
MOST_STATEMENTS = 4


def key(text: str) -> str:
    return " ".join(str(text).split()).lower()


def things(record: Record, field: str) -> list[Any]:
    """Return what somebody has in a field, in the words by which it is compared."""
    value = record.get(field)
    if value is None or value == []:
        return []
    if field == "languages":
        return [language_of(name) or key(name) for name in value]
    if field == "gender":
        return [key(gender_of(value))]
    if field in ("age", "grade", "years"):
        return [Fraction(str(value))]
    return [[key(part) for part in str(value).split("/") if part.strip()]]


def fits(said: Record, person: Record, other: Record) -> bool | None:
    """Say whether somebody is as a statement says; ``None`` where that is not known."""
    field = said["field"]
    found = things(other, field)
    if not found or (said.get("same") and not things(person, field)):
        return None
    if said.get("same"):
        return any(one in things(person, field) for one in found)
    if "is" not in said:
        low, high = said.get("at_least"), said.get("at_most")
        number = found[0]
        return (low is None or number >= Fraction(str(low))) and (
            high is None or number <= Fraction(str(high))
        )
    named = [
        thing
        for value in said["is"]
        for thing in things({field: [value] if field == "languages" else value}, field)
    ]
    return any(lies_under(one, top) for one in found for top in named)


def lies_under(one: Any, top: Any) -> bool:
    return one[: len(top)] == top if isinstance(one, list) else one == top


def must_is_kept(said: Record, person: Record, other: Record) -> bool | None:
    found = fits(said, person, other)
    return None if found is None else found == (said["answer"] == "must")


def share(person: Record, other: Record) -> Fraction | None:
    """Return how far somebody is as a person prefers, field by field."""
    reached, possible = 0, 0
    for field in sorted({said["field"] for said in person.get("prefers") or ()}):
        about = [said for said in person["prefers"] if said["field"] == field]
        known = [(HALVES[said["answer"]], fits(said, person, other)) for said in about]
        known = [(halves, fit) for halves, fit in known if fit is not None]
        if not known:
            continue
        wishes = [(halves, fit) for halves, fit in known if halves > 0]
        objections = [(-halves, fit) for halves, fit in known if halves < 0]
        most = max(halves for halves, _ in wishes or objections)
        liked = max((halves for halves, fit in wishes if fit), default=0) if wishes else most
        disliked = max((halves for halves, fit in objections if fit), default=0)
        reached, possible = reached + max(0, liked - disliked), possible + most
    return Fraction(reached, possible) if possible else None


def preferences(criterion: Record, mentor: Record, mentee: Record) -> Fraction | None:
    shares = [share(mentor, mentee), share(mentee, mentor)]
    known = [one for one in shares if one is not None]
    return sum(known, Fraction(0)) / len(known) if known else None
