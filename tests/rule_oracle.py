"""A second opinion on rules: what is true of one pair of records, in plain Python, from what people wrote."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from oracle import concept, in_one_line, rated
from own_say_oracle import must_is_kept
from reverse_match.foundation.names import name_key
from reverse_match.people.weekly_times import DAYS, times_on_site, weekly_times

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


def teaches(condition: dict[str, Any], mentor: Record, mentee: Record, world: World) -> Truth:
    """Count, for either direction, the skills that are learned for certain, and those that might be."""
    ways = {"mentor": [(mentor, mentee)], "mentee": [(mentee, mentor)]}
    ways["both"] = ways["either"] = [*ways["mentor"], *ways["mentee"]]
    answers = [lessons(condition, *way) for way in ways[condition.get("of", "mentor")]]
    if condition.get("of") == "either":
        denied = every([None if answer is None else not answer for answer in answers])
        return None if denied is None else not denied
    return every(answers)


def lessons(condition: dict[str, Any], teacher: Record, learner: Record) -> Truth:
    offers, seeks, knows = rated(teacher["offers"]), rated(learner["seeks"]), rated(learner["offers"])
    if not offers or not seeks:
        return None
    certain = possible = 0
    for skill, priority in seeks.items():
        terms = next((one for one in condition.get("skills", ()) if concept(one["skill"]) == skill), {})
        level = terms.get("at_level", condition.get("at_level", 1))
        if priority < condition.get("at_priority", 1) or offers.get(skill, 0) < level:
            continue
        needs = terms.get("needs", ())
        ready = all(knows.get(concept(need["skill"]), 0) >= need.get("at_level", 1) for need in needs)
        certain += ready
        possible += ready or not knows
    enough = condition.get("at_least", 1)
    return True if certain >= enough else None if possible >= enough else False


def among(condition: dict[str, Any], mentor: Record, mentee: Record, world: World) -> Truth:
    sides = {"mentor": mentor, "mentee": mentee}
    plain = any("languages" in condition[end] for end in ("value", "listed_in"))
    found: list[list[list[str]]] = []
    for end in ("value", "listed_in"):
        side, field = condition[end].split(".")
        said = sides[side][field]
        texts = said if isinstance(said, list) else [] if said is None else [said]
        found.append(
            [parts(text, {"field": field, "paths": condition.get("paths", not plain)}) for text in texts]
        )
    values, allowed = ([path for path in paths if path] for paths in found)
    if not values or not allowed:
        return None
    inside = {tuple(value) for value in values if any(value[: len(path)] == path for path in allowed)}
    return len(inside) >= condition.get("at_least", 1)


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


def common_time(condition: dict[str, Any], mentor: Record, mentee: Record, world: World) -> Truth:
    stated = [stated_by(one, on_site=condition.get("on_site", False)) for one in (mentor, mentee)]
    if not all(times for times, _ in stated) or (stated[0][1] is None) != (stated[1][1] is None):
        return None
    if len({frozenset(time.endswith("@") for time in times) for times, _ in stated}) > 1:
        return None  # nobody knows whether a place without a name is that of the other
    least = condition["at_least"]
    return free_together(*stated, condition.get("slot", min(least, 1440))) >= least


Stated = tuple[tuple[str, ...], str | None]
WEEK = 7 * 24 * 60


def stated_by(one: Record, *, on_site: bool) -> Stated:
    """Return the times of a person; those on site have a place behind ``@``, also where it has no name."""
    if not on_site:
        return weekly_times(one["available"]), one["timezone"]
    times = []
    for entry in times_on_site(one.get("on_site", "")):
        time, _, place = entry.partition(" @")
        named = name_key(place or one.get("location") or "")
        free = weekly_times(one["available"])
        own = minutes_of(time) & set().union(*map(minutes_of, free)) if free else minutes_of(time)
        times += [f"{minute} @{named}" for minute in sorted(own)] or [f"never @{named}"]
    return tuple(times), one["timezone"]


def minutes_of(time: str) -> set[int]:
    day, clocks = time.split()
    first, last = (int(clock[:2]) * 60 + int(clock[3:]) for clock in clocks.split("-"))
    return {DAYS.index(day) * 1440 + minute for minute in range(first, last)}


@cache
def free_minutes(times: tuple[str, ...], zone: str | None, month: int) -> tuple[str | None, ...]:
    """Say of each minute of a week in universal time where somebody is free; nowhere if they are not."""
    noon = datetime(2025, month, 15, 12, tzinfo=ZoneInfo(zone or "UTC"))
    ahead = (noon.utcoffset() or timedelta()) // timedelta(minutes=1)
    free: list[str | None] = [None] * WEEK
    for time in times:
        when, _, place = time.partition(" @")
        if when == "never":
            continue
        for minute in {int(when)} if when.isdigit() else minutes_of(when):
            free[(minute - ahead) % WEEK] = place
    return tuple(free)


@cache
def free_together(one: Stated, other: Stated, slot: int) -> int:
    """Count minutes in common in slots that are long enough, one by one, as somebody with a diary would."""
    found = []
    for month in (1, 7):
        places = zip(free_minutes(*one, month), free_minutes(*other, month), strict=True)
        both = [a is not None and a == b for a, b in places]
        if all(both):
            found.append(WEEK)
            continue
        begin = both.index(False)
        minutes = run = 0
        for step in range(1, WEEK + 1):
            if both[(begin + step) % WEEK]:
                run += 1
            else:
                minutes += run if run >= slot else 0
                run = 0
        found.append(minutes)
    return min(found)


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


def personal_rules(condition: dict[str, Any], mentor: Record, mentee: Record, world: World) -> Truth:
    asking = {"mentor": [(mentor, mentee)], "mentee": [(mentee, mentor)]}
    asking["both"] = asking["mentor"] + asking["mentee"]
    found = [
        must_is_kept(said, person, other)
        for person, other in asking[condition.get("of", "both")]
        if person["id"] not in condition.get("waived", ())
        for said in person.get("prefers") or ()
        if said["answer"].startswith("must")
    ]
    return False if False in found else None if None in found else True


KINDS: dict[str, Any] = {
    "same": same,
    "different": different,
    "shared": shared,
    "teaches": teaches,
    "among": among,
    "gap_between": gap_between,
    "overlapping_hours": overlapping_hours,
    "common_time": common_time,
    "not_met_before": not_met_before,
    "require": require,
    "not_in_reporting_line": not_in_reporting_line,
    "avoids": avoids,
    "personal_rules": personal_rules,
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
