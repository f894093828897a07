"""A second opinion on rules: what is true of one pair of records, in plain Python, from what people wrote."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from oracle import in_one_line

Record = dict[str, Any]
Truth = bool | None


def truth(condition: dict[str, Any], mentor: Record, mentee: Record, world: World) -> Truth:
    """Say whether a condition is true of a pair; ``None`` where that is not known."""
    return KINDS[condition["kind"]](condition, mentor, mentee, world)


class World:
    """What a condition needs beside the two records."""

    def __init__(
        self,
        records: list[Record],
        day: date | None = None,
        scores: dict[tuple[str, str], int] | None = None,
        functions: dict[str, Any] | None = None,
    ) -> None:
        self.records, self.day = records, day
        self.scores, self.functions = scores or {}, functions or {}


def parts(text: str | None, condition: dict[str, Any]) -> list[str]:
    splits = condition.get("paths", condition["field"] != "gender")
    pieces = (text or "").split("/") if splits else [text or ""]
    return [" ".join(piece.split()).lower() for piece in pieces if piece.split()]


def same(condition: dict[str, Any], mentor: Record, mentee: Record, world: World) -> Truth:
    one, other = parts(mentor[condition["field"]], condition), parts(mentee[condition["field"]], condition)
    if not one or not other:
        return None
    count = condition.get("prefix", 99)
    return one[:count] == other[:count]


def different(condition: dict[str, Any], mentor: Record, mentee: Record, world: World) -> Truth:
    found = same(condition, mentor, mentee, world)
    return None if found is None else not found


def shared(condition: dict[str, Any], mentor: Record, mentee: Record, world: World) -> Truth:
    one, other = set(mentor[condition["field"]]), set(mentee[condition["field"]])
    return len(one & other) >= condition.get("at_least", 1) if one and other else None


def within(number: Fraction, condition: dict[str, Any]) -> bool:
    low, high = condition.get("at_least"), condition.get("at_most")
    return (low is None or number >= Fraction(str(low))) and (high is None or number <= Fraction(str(high)))


def gap_between(condition: dict[str, Any], mentor: Record, mentee: Record, world: World) -> Truth:
    one, other = mentor[condition["field"]], mentee[condition["field"]]
    if one is None or other is None:
        return None
    return within(Fraction(str(other)) - Fraction(str(one)), condition)


def overlapping_hours(condition: dict[str, Any], mentor: Record, mentee: Record, world: World) -> Truth:
    """Walk through every minute around a day, and count those in which both clocks show working time."""
    if mentor["timezone"] is None or mentee["timezone"] is None:
        return None
    first, last = condition.get("from", "09:00"), condition.get("to", "17:00")
    return all(
        minutes_in_common(mentor["timezone"], mentee["timezone"], month, first, last)
        >= Fraction(str(condition.get("at_least", 4))) * 60
        for month in (1, 7)
    )


MINUTES: dict[Any, int] = {}


def minutes_in_common(one: str, other: str, month: int, first: str, last: str) -> int:
    key = (one, other, month, first, last)
    if key not in MINUTES:
        start = datetime(2025, month, 15, tzinfo=ZoneInfo("UTC"))
        MINUTES[key] = sum(
            all(
                first
                <= (start + timedelta(minutes=minute)).astimezone(ZoneInfo(zone)).strftime("%H:%M")
                < last
                for zone in (one, other)
            )
            for minute in range(24 * 60)
        )
    return MINUTES[key]


def not_met_before(condition: dict[str, Any], mentor: Record, mentee: Record, world: World) -> Truth:
    answers: list[Truth] = []
    for duo in condition["duos"]:
        if {duo["mentor"], duo["mentee"]} != {mentor["id"], mentee["id"]} or mentor["id"] == mentee["id"]:
            continue
        months = condition.get("again_after_months")
        if months is None:
            answers.append(False)
        elif duo.get("until") is None:
            answers.append(None)
        else:
            answers.append(later(date.fromisoformat(duo["until"]), months) <= (world.day or date.min))
    return every(answers)


def later(day: date, months: int) -> date:
    total = day.year * 12 + day.month - 1 + months
    for last in (day.day, 30, 29, 28):
        try:
            return date(total // 12, total % 12 + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError


def require(condition: dict[str, Any], mentor: Record, mentee: Record, world: World) -> Truth:
    of = {"mentor": [mentor], "mentee": [mentee], "both": [mentor, mentee]}[condition["of"]]
    return every([fits(condition, person) for person in of])


def fits(condition: dict[str, Any], person: Record) -> Truth:
    value = person[condition["field"]]
    if "known" in condition:
        return bool(value) or value == 0
    if value is None:
        return None
    if "equals" not in condition:
        return within(Fraction(str(value)), condition)
    right = condition["equals"] if isinstance(condition["equals"], list) else [condition["equals"]]
    if isinstance(right[0], str):
        return parts(value, condition) in [parts(text, condition) for text in right]
    return value in right


def not_in_reporting_line(condition: dict[str, Any], mentor: Record, mentee: Record, world: World) -> Truth:
    return not in_one_line(world.records, mentor["id"], mentee["id"])


def avoids(condition: dict[str, Any], mentor: Record, mentee: Record, world: World) -> Truth:
    return mentee["id"] not in mentor.get("avoids", []) and mentor["id"] not in mentee.get("avoids", [])


def minimum_score(condition: dict[str, Any], mentor: Record, mentee: Record, world: World) -> Truth:
    return world.scores[mentor["id"], mentee["id"]] >= Fraction(str(condition["at_least"])) * 1_000_000


def listed(condition: dict[str, Any], mentor: Record, mentee: Record, world: World) -> Truth:
    return [mentor["id"], mentee["id"]] in [list(pair) for pair in condition["pairs"]]


def custom(condition: dict[str, Any], mentor: Record, mentee: Record, world: World) -> Truth:
    answer: Truth = world.functions[condition["function"]](mentor, mentee)
    return answer


def every(answers: list[Truth]) -> Truth:
    if any(answer is False for answer in answers):
        return False
    return None if any(answer is None for answer in answers) else True


def all_of(condition: dict[str, Any], mentor: Record, mentee: Record, world: World) -> Truth:
    return every([truth(part, mentor, mentee, world) for part in condition["conditions"]])


def any_of(condition: dict[str, Any], mentor: Record, mentee: Record, world: World) -> Truth:
    answers = [truth(part, mentor, mentee, world) for part in condition["conditions"]]
    if any(answer is True for answer in answers):
        return True
    return None if any(answer is None for answer in answers) else False


def negation(condition: dict[str, Any], mentor: Record, mentee: Record, world: World) -> Truth:
    answer = truth(condition["condition"], mentor, mentee, world)
    return None if answer is None else not answer


KINDS: dict[str, Any] = {
    "same": same,
    "different": different,
    "shared": shared,
    "gap_between": gap_between,
    "overlapping_hours": overlapping_hours,
    "not_met_before": not_met_before,
    "require": require,
    "not_in_reporting_line": not_in_reporting_line,
    "avoids": avoids,
    "minimum_score": minimum_score,
    "listed": listed,
    "custom": custom,
    "all_of": all_of,
    "any_of": any_of,
    "not": negation,
}


def allows(rule: dict[str, Any], mentor: Record, mentee: Record, world: World) -> bool:
    """Say whether a rule allows a pair."""
    answer = truth(rule, mentor, mentee, world)
    return rule.get("if_unknown", "forbid") == "allow" if answer is None else answer
