"""Evaluates the conditions of rules on all pairs, independently of ``constraints`` and in a plain way.

A statement returns for a tile of pairs 1 (true), 0 (not known) or -1 (false). In this three-valued logic *all
of* is the minimum, *any of* the maximum, and *not* the negative (Kleene 1938, with the numbers of Łukasiewicz
1920).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import numpy as np

from reverse_match.foundation.fixed_point import exact, millionths_at_least
from reverse_match.foundation.names import id_key, name_key
from reverse_match.policy import conditions as said
from reverse_match.scoring.columns import People as ColumnsOfPeople
from reverse_match.scoring.custom import answers_of, rule_function
from reverse_match.verification.common_time import CommonTime, names_places, stated_times
from reverse_match.verification.lessons import Lessons
from reverse_match.verification.people import (
    ReportingLines,
    as_array,
    avoided_pairs,
    pairs_met_before,
    reporting_lines,
)
from reverse_match.verification.personal_rules import musts_are_kept
from reverse_match.verification.skills import SkillsOfPeople
from reverse_match.verification.statements import Denied, Together

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from reverse_match.foundation.arrays import BoolArray, FloatArray
    from reverse_match.foundation.records import PlainData
    from reverse_match.scoring.columns import Columns
    from reverse_match.verification.people import PeopleIndex, Place
    from reverse_match.verification.statements import Statement, Tile, Truth


@dataclass(frozen=True)
class ConditionContext:
    """The context in which conditions are evaluated.

    Attributes
    ----------
    people : PeopleIndex
        Index of people to rows and columns.
    columns : Columns
        Fields of the people, on the day on which ages count.
    day : date or None
        The day from which months are counted.
    """

    people: PeopleIndex
    columns: Columns
    day: date | None

    def sides(self, column: Sequence[Any]) -> tuple[list[Any], list[Any]]:
        """Split a column of all people into those of mentors and of mentees."""
        sides = self.people.sides
        return [column[index] for index in sides.mentors], [column[index] for index in sides.mentees]


def statement_of(condition: PlainData, context: ConditionContext) -> Statement:
    """Return the function that evaluates a condition on tiles of pairs."""
    if isinstance(condition, said.AllOf | said.AnyOf):
        parts = [statement_of(part, context) for part in condition.conditions]
        return together(parts, np.minimum if isinstance(condition, said.AllOf) else np.maximum)
    if isinstance(condition, said.Not):
        return Denied(statement_of(condition.condition, context))
    return next(make(condition, context) for kind, make in _STATEMENTS.items() if isinstance(condition, kind))


def together(parts: Sequence[Statement], least_or_most: np.ufunc) -> Statement:
    """Return the statement that all parts, or one of them, make true."""
    return parts[0] if len(parts) == 1 else Together(parts, least_or_most)


def _true_except(false: set[Place], unclear: set[Place]) -> Statement:
    banned, doubtful = as_array(false), as_array(unclear)
    return lambda tile: np.where(
        tile.mark(banned),
        -1,
        np.where(tile.mark(doubtful), 0, 1),
    ).astype(np.int8)


def outside_of_lines(context: ConditionContext, waived: set[Place]) -> Statement:
    """Return the statement that two people stand in no reporting line, or that the rule waives the pair."""
    outside, listed = _not_in_reporting_line(context), as_array(waived)
    return lambda tile: np.where(tile.mark(listed), 1, outside(tile)).astype(np.int8)


def _not_in_reporting_line(context: ConditionContext) -> Statement:
    listed = reporting_lines(context.people)
    if listed is not None:
        return _true_except(listed, set())
    lines = ReportingLines(context.people)
    return lambda tile: np.where(lines.mark(tile.rows, tile.columns), -1, 1).astype(np.int8)


def _compare(true: BoolArray, known: tuple[BoolArray, BoolArray], tile: Tile) -> Truth:
    truth: Truth = true.view(np.int8) * np.int8(2) - np.int8(1)
    truth *= (known[0][tile.rows, None] & known[1][None, tile.columns]).view(np.int8)
    return truth


def _known_sides(values: tuple[Sequence[Any], Sequence[Any]]) -> tuple[BoolArray, BoolArray]:
    here, there = (np.array([bool(value) for value in side], dtype=bool) for side in values)
    return here, there


def _same_text(condition: said.ComparedTexts, context: ConditionContext) -> Statement:
    texts = [
        _path_parts(text, splits=condition.splits_paths)[: condition.prefix]
        for text in context.columns.compared_texts(condition.field)
    ]
    number = {text: place for place, text in enumerate(sorted(set(texts)))}
    sides = context.sides(texts)
    here, there = (np.array([number[text] for text in side], dtype=np.int64) for side in sides)
    known = _known_sides(sides)
    return lambda tile: _compare(here[tile.rows, None] == there[None, tile.columns], known, tile)


def _path_parts(text: str | None, *, splits: bool) -> tuple[str, ...]:
    parts = (text or "").split("/") if splits else [text or ""]
    return tuple(filter(None, map(name_key, parts)))


def _different_text(condition: said.ComparedTexts, context: ConditionContext) -> Statement:
    same = _same_text(condition, context)
    return lambda tile: -same(tile)


def _shared(condition: said.Shared, context: ConditionContext) -> Statement:
    """Count the shared names, one name after the other."""
    names = context.columns.names(condition.field)
    meanings = context.columns.meanings((condition.field,), [name for person in names for name in person])
    concepts = [{meanings.concept(name) for name in person} for person in names]
    distinct = sorted(set().union(*concepts))
    sides = context.sides(concepts)
    known = _known_sides(sides)
    here, there = (
        np.array([[concept in mine for mine in side] for concept in distinct], dtype=bool) for side in sides
    )

    def shared(tile: Tile) -> Truth:
        count = np.zeros(tile.scores.shape, dtype=np.int16)
        for mentors, mentees in zip(here, there, strict=True):
            if mentors[tile.rows].any():
                count += mentors[tile.rows, None] & mentees[None, tile.columns]
        return _compare(count >= condition.at_least, known, tile)

    return shared


def _teaches(condition: said.Teaches, context: ConditionContext) -> Statement:
    """Count the lessons of each direction."""
    skills = SkillsOfPeople(condition, context.columns)
    ways = [role for role in ("mentor", "mentee") if condition.of in (role, "both", "either")]
    lessons = [Lessons.of(condition.at_least, skills, context.sides, role == "mentor") for role in ways]
    return together(lessons, np.maximum if condition.of == "either" else np.minimum)


def _among(condition: said.Among, context: ConditionContext) -> Statement:
    """Count the values that lie under a listed path, one value after the other."""
    columns = [context.columns.one_or_several(field) for field in condition.fields]
    written = {text for column in columns for person in column for text in person}
    meant = context.columns.meant_in_both(condition.fields, written)
    values, lists = (
        [
            {parts for text in person if (parts := _path_parts(meant[text], splits=condition.splits_paths))}
            for person in column
        ]
        for column in columns
    )
    place = 0 if condition.sides[0] == "mentor" else 1
    have, want = context.sides(values)[place], context.sides(lists)[1 - place]
    pairs = []
    for value in sorted(set().union(*have)):
        named = [any(value[: len(path)] == path for path in person) for person in want]
        pairs.append(
            (np.array([value in person for person in have], dtype=bool), np.array(named, dtype=bool))
        )
    known = _known_sides((have, want) if place == 0 else (want, have))

    def among(tile: Tile) -> Truth:
        count = np.zeros(tile.scores.shape, dtype=np.int16)
        for pair in pairs:
            mentors, mentees = pair if place == 0 else pair[::-1]
            if mentors[tile.rows].any():
                count += mentors[tile.rows, None] & mentees[None, tile.columns]
        return _compare(count >= condition.at_least, known, tile)

    return among


def _gap_between(condition: said.GapBetween, context: ConditionContext) -> Statement:
    """Count gaps in the smallest decimal place that occurs, since whole numbers subtract exactly."""
    numbers = [None if np.isnan(x) else exact(float(x)) for x in context.columns.numbers(condition.field)]
    bounds = [None if x is None else exact(x) for x in (condition.at_least, condition.at_most)]
    unit = int(np.lcm.reduce([x.denominator for x in (*numbers, *bounds) if x is not None], dtype=object))
    lowest, highest = (None if x is None else int(x * unit) for x in bounds)
    whole = [0 if x is None else int(x * unit) for x in numbers]
    size = max(map(abs, [*whole, lowest or 0, highest or 0]), default=0)
    sides = context.sides(whole)
    here, there = (np.array(side, dtype=np.int64 if size < 2**61 else object) for side in sides)
    known_sides = context.sides([x is not None for x in numbers])
    known = np.array(known_sides[0], dtype=bool), np.array(known_sides[1], dtype=bool)

    def gap(tile: Tile) -> Truth:
        apart = there[None, tile.columns] - here[tile.rows, None]
        true = np.ones(apart.shape, dtype=bool)
        if lowest is not None:
            true &= (apart >= lowest).astype(bool)
        if highest is not None:
            true &= (apart <= highest).astype(bool)
        return _compare(true, known, tile)

    return gap


def _overlapping_hours(condition: said.OverlappingHours, context: ConditionContext) -> Statement:
    """Count the minutes of the day, in universal time, at which both people are at work."""
    zones = [person.timezone or "" for person in context.people.cohort.participants]
    distinct = sorted(set(zones) - {""})
    first, last = (int(time[:2]) * 60 + int(time[3:]) for time in (condition.from_, condition.to))
    enough: dict[tuple[str, str], bool] = {}
    for month in (1, 7):
        at_work = {zone: _minutes_at_work(zone, month, first, last) for zone in distinct}
        for one in distinct:
            for other in distinct:
                long = len(at_work[one] & at_work[other]) >= exact(condition.at_least) * 60
                enough[one, other] = enough.get((one, other), True) and long
    sides = context.sides(zones)
    known = _known_sides(sides)
    table = np.array([[enough[one, other] for other in distinct] for one in distinct], dtype=bool)
    number = {zone: place for place, zone in enumerate(distinct)}
    here, there = ([number.get(zone, 0) for zone in side] for side in sides)
    table = table if distinct else np.zeros((1, 1), dtype=bool)
    return lambda tile: _compare(table[np.ix_(here[tile.rows], there[tile.columns])], known, tile)


def _minutes_at_work(zone: str, month: int, first: int, last: int) -> set[int]:
    offset = datetime(2025, month, 15, 12, tzinfo=ZoneInfo(zone)).utcoffset() or timedelta()
    ahead = int(offset.total_seconds()) // 60
    return {(minute - ahead) % 1440 for minute in range(first, last)}


def _common_time(condition: said.HasCommonTime, context: ConditionContext) -> Statement:
    people = context.people.cohort.participants
    stated = context.sides(stated_times(people, context.columns, on_site=condition.on_site))
    common = CommonTime(*stated, condition.shortest)
    known = _known_sides(([times for times, _ in stated[0]], [times for times, _ in stated[1]]))
    here, there = _known_sides(([zone for _, zone in stated[0]], [zone for _, zone in stated[1]]))
    kinds = [np.array([names_places(times) for times in side]).reshape(-1, 2) @ [1, 2] for side in stated]

    def of_tile(tile: Tile) -> Truth:
        truth = _compare(common.reaches(condition.at_least, tile.rows, tile.columns), known, tile)
        truth[here[tile.rows, None] != there[None, tile.columns]] = 0  # no clock measures both
        truth[kinds[0][tile.rows, None] != kinds[1][None, tile.columns]] = 0  # nobody knows who is where
        return truth

    return of_tile


def verdicts_of(condition: said.Require, context: ConditionContext) -> list[int]:
    """Return for each participant 1 if a statement is true of them, -1 if false, and 0 if not known."""
    asked = _in_numbers(_in_one_word(condition, context), context)
    return [_verdict(asked, *person) for person in _values(asked, context)]


def _require(condition: said.Require, context: ConditionContext) -> Statement:
    sides = context.sides(verdicts_of(condition, context))
    here, there = (np.array(side, dtype=np.int8) for side in sides)
    if condition.of == "mentor":
        there = np.ones_like(there)
    if condition.of == "mentee":
        here = np.ones_like(here)
    return lambda tile: np.minimum(here[tile.rows, None], there[None, tile.columns])


def _in_one_word(condition: said.Require, context: ConditionContext) -> said.Require:
    """Return a condition that asks for the words by which people are compared."""
    on_scale = context.columns.has_scale(condition.field)
    asked = {
        name: tuple(
            context.columns.in_one_word(condition.field, str(value))
            if on_scale or isinstance(value, str)
            else value
            for value in values
        )
        for name in ("equals", "under")
        if (values := getattr(condition, name)) is not None
    }
    return condition.model_copy(update=asked)


def _in_numbers(condition: said.Require, context: ConditionContext) -> said.Require:
    """Return a condition whose bounds are places on a scale, where they are words or the field has one."""
    on_scale = context.columns.has_scale(condition.field)
    places = {
        name: context.columns.bound_on_scale(condition.field, bound)
        for name in ("at_least", "at_most")
        if (bound := getattr(condition, name)) is not None and (on_scale or isinstance(bound, str))
    }
    return condition.model_copy(update=places)


def _values(
    condition: said.Require, context: ConditionContext
) -> Iterator[tuple[bool, tuple[str, ...], float | None]]:
    """Yield for each person whether the field is known, its text, and its number, as the condition needs."""
    count = len(context.people.cohort.participants)
    if condition.known:
        for known in context.columns.known(condition.field):
            yield bool(known), (), None
    elif condition.under or (condition.equals is not None and isinstance(condition.equals[0], str)):
        for text in context.columns.compared_texts(condition.field):
            parts = _path_parts(text, splits=condition.splits_paths)
            yield parts != (), parts, None
    else:
        numbers: FloatArray = context.columns.numbers(condition.field)
        for place in range(count):
            number = float(numbers[place])
            yield number == number, (), number


def _verdict(condition: said.Require, known: bool, parts: tuple[str, ...], number: float | None) -> int:
    if condition.known:
        return 1 if known else -1
    if not known:
        return 0
    if condition.under is not None:
        tops = [_path_parts(value, splits=condition.splits_paths) for value in condition.under]
        return 1 if any(parts[: len(top)] == top for top in tops) else -1
    if condition.equals is not None:
        right: list[Any] = [
            _path_parts(value, splits=condition.splits_paths) if isinstance(value, str) else value
            for value in condition.equals
        ]
        return 1 if (parts if number is None else number) in right else -1
    lowest, highest = (
        missing if bound is None else float(bound)
        for bound, missing in ((condition.at_least, -np.inf), (condition.at_most, np.inf))
    )
    return 1 if number is not None and lowest <= number <= highest else -1


def _not_met_before(condition: said.NotMetBefore, context: ConditionContext) -> Statement:
    return _true_except(*pairs_met_before(condition, context.people, context.day))


def _in_list(condition: said.Listed, context: ConditionContext) -> Statement:
    people = context.people
    found = [
        (people.place["mentor"].get(id_key(mentor)), people.place["mentee"].get(id_key(mentee)))
        for mentor, mentee in condition.pairs
    ]
    listed = as_array({(row, column) for row, column in found if row is not None and column is not None})
    return lambda tile: np.where(tile.mark(listed), 1, -1).astype(np.int8)


def _minimum_score(condition: said.MinimumScore, context: ConditionContext) -> Statement:  # noqa: ARG001 - by score alone
    threshold = millionths_at_least(condition.at_least)
    return lambda tile: np.where(tile.scores >= threshold, 1, -1).astype(np.int8)


def _personal_rules(condition: said.PersonalRules, context: ConditionContext) -> Statement:
    kept = musts_are_kept(condition, context.columns, context.people.sides)
    return lambda tile: kept(tile.rows, tile.columns)


def _own_function(condition: said.RegisteredCondition, context: ConditionContext) -> Statement:
    name, function = condition.function, rule_function(condition.function)
    mentors = ColumnsOfPeople(context.columns, list(context.people.sides.mentors))
    mentees = ColumnsOfPeople(context.columns, list(context.people.sides.mentees))

    def ask(tile: Tile) -> Truth:
        answer = answers_of(name, function, mentors.part(tile.rows), mentees.part(tile.columns))
        return np.where(np.isnan(answer), 0, np.where(answer == 1, 1, -1)).astype(np.int8)

    return ask


_STATEMENTS: dict[type[PlainData], Callable[[Any, ConditionContext], Statement]] = {
    said.Different: _different_text,
    said.Same: _same_text,
    said.Shared: _shared,
    said.Teaches: _teaches,
    said.Among: _among,
    said.GapBetween: _gap_between,
    said.OverlappingHours: _overlapping_hours,
    said.HasCommonTime: _common_time,
    said.NotMetBefore: _not_met_before,
    said.Require: _require,
    said.NotInReportingLine: lambda _, context: _not_in_reporting_line(context),
    said.Avoids: lambda said, context: _true_except(avoided_pairs(context.people, said.pairs), set()),
    said.PersonalRules: _personal_rules,
    said.MinimumScore: _minimum_score,
    said.Listed: _in_list,
    said.RegisteredCondition: _own_function,
}
