"""Compiles a condition of a policy for one cohort.

Rules and quotas share this entry point: :func:`compile_condition` takes a condition as a user wrote it, and
returns a :class:`.PairCondition`, which answers *true*, *false* or *not known* for any pairs.

Most conditions depend only on *profiles* of people: a text, a number, a time zone, a set of names. A cohort
has few distinct profiles, so profiles are compared instead of people (:func:`compare_profiles`). A condition
is not known for any pair of a person whose profile is missing.

Texts are compared part by part, after Unicode, case, accents and spacing are normalised; the criteria
``difference`` and ``sameness`` do the same. A path shorter than the prefix is compared as a whole. Names in
common are compared as the criterion ``overlap`` compares them.

Numbers are compared as the decimals that people wrote. Doubles differ from these in the last binary digit
(4.5 - 4.2 is less than 0.3 in double precision), which could break a rule. The mentees' distinct numbers are
sorted, so that the numbers within the bounds of one mentor are a range. A pair is decided by comparing the
mentee's place with both ends of that range.

Working hours are compared for every two time zones. All people work at the same local times, so the working
hours of two people are shifted by the difference of their clocks. Since clocks change, the smaller overlap of
a winter day and of a summer day counts. Both days lie in the past, where time zone databases agree. Hours in
common with the day before or after count: Auckland's morning is the previous afternoon in Los Angeles.
Weekends are ignored: a Friday in Los Angeles may overlap a Saturday in Auckland.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import partial
from math import ceil, lcm
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from reverse_match.constraints.condition import PairCondition, all_of, any_of, between, negation, truth_of
from reverse_match.constraints.list_conditions import (
    compile_avoids,
    compile_listed,
    compile_past_duos,
    compile_reporting_line,
)
from reverse_match.constraints.teaching import read_skills
from reverse_match.foundation.arrays import tile_indices
from reverse_match.foundation.errors import Fault, PolicyError
from reverse_match.foundation.fixed_point import exact, millionths_at_least
from reverse_match.policy import conditions
from reverse_match.policy.values import minutes_of
from reverse_match.scoring.columns import People
from reverse_match.scoring.custom import answers_of, ask_listed, rule_function
from reverse_match.scoring.difference import path_of
from reverse_match.scoring.profiles import number_profiles
from reverse_match.scoring.ratings import (
    code_of_names,
    matrix_of_sets,
    sets_of_names,
    sets_of_numbers,
    share_enough,
)
from reverse_match.scoring.stated_times import stated_times
from reverse_match.scoring.weekly_overlap import SEASONS, KeptTable, OverlapOfSides, minutes_ahead

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from reverse_match.constraints.condition import Scores, Truth
    from reverse_match.constraints.rows_and_columns import CompilationContext
    from reverse_match.foundation.arrays import BoolArray, FloatArray, IntArray
    from reverse_match.foundation.records import PlainData
    from reverse_match.scoring.columns import Columns
    from reverse_match.scoring.custom import RuleFunction
    from reverse_match.scoring.ratings import RatingMatrix

    Compiler: TypeAlias = Callable[[Any, CompilationContext], PairCondition]
    Relation: TypeAlias = Callable[[Any, Any], BoolArray]


def compile_condition(condition: PlainData, context: CompilationContext, place: str = "") -> PairCondition:
    """Compile a condition for the pairs of a cohort.

    Parameters
    ----------
    condition : Condition
        The condition of the policy, or a rule that demands it.
    context : CompilationContext
        The people, and the choices on which the meaning of conditions depends.
    place : str
        Place of the condition in the policy, for messages: ``rules[1]``.

    Returns
    -------
    PairCondition
        The compiled condition, which answers true, false, or not known for any pairs.

    Raises
    ------
    PolicyError
        If the condition names an unknown field, function or person, or counts months while neither policy nor
        cohort have a day.
    CohortError
        If a column holds values of another kind than the condition needs.

    Examples
    --------
    >>> import numpy as np
    >>> import reverse_match as rm
    >>> from reverse_match.constraints.condition import NO_SCORES
    >>> from reverse_match.constraints.rows_and_columns import CompilationContext
    >>> from reverse_match.policy import Different, Not
    >>> from reverse_match.scoring.criterion import Sides
    >>> people = [{"id": "m", "role": "mentor", "gender": "f"}, {"id": "e", "role": "mentee", "gender": "f"},
    ...           {"id": "x", "role": "mentee"}]
    >>> cohort = rm.Cohort.from_records(people)
    >>> context = CompilationContext.of(cohort, rm.Policy(), Sides([0], [1, 2]), None)
    >>> alike = compile_condition(Not(condition=Different(field="gender")), context)
    >>> alike.truth(*np.ogrid[0:1, 0:2], NO_SCORES)
    array([[1, 0]], dtype=int8)
    """
    if isinstance(condition, conditions.AllOf | conditions.AnyOf):
        parts = [
            compile_condition(part, context, f"{place}.conditions[{index}]")
            for index, part in enumerate(condition.conditions)
        ]
        return all_of(parts) if isinstance(condition, conditions.AllOf) else any_of(parts)
    if isinstance(condition, conditions.Not):
        return negation(compile_condition(condition.condition, context, f"{place}.condition"))
    compiler, column = next(found for kind, found in _COMPILERS.items() if isinstance(condition, kind))
    try:
        return compiler(condition, context)
    except PolicyError as error:
        where = f"{place}.{column}" if place and column else place or column
        faults = [
            Fault(fault.message, column=f"{where or ''}{fault.column or ''}", code=fault.code)
            for fault in error.faults
        ]
        raise PolicyError(faults) from None


SMALL_TABLE = 16_000
"""Largest table, in pairs of profiles, for a relation that is cheap to compute; a larger one is slower."""

LARGEST_TABLE = 4_000_000
"""Largest table, in pairs of profiles of one byte each, for a relation that is slow to compute."""


def compare_profiles(
    related: Relation,
    codes: tuple[Any, Any],
    known: tuple[BoolArray, BoolArray],
    *,
    costly: bool = False,
) -> PairCondition:
    """Return a condition that compares the profiles of two people.

    If there are few profiles, a table holds the truth for every two of them, and pairs are looked up there.

    Parameters
    ----------
    related : callable
        Takes numbers of mentors' and of mentees' profiles, which broadcast against each other, and returns a
        bool array: whether the condition is true of the two profiles.
    codes : pair of int arrays
        The number of each mentor's profile, and of each mentee's.
    known : pair of bool arrays
        For each profile of mentors, and of mentees, whether it is known.
    costly : bool
        Whether comparing two profiles takes longer than looking them up in a large table.
    """
    return _by_profile(
        partial(_truth_of_profiles, related, known), codes, tuple(map(len, known)), costly=costly
    )


def _by_profile(
    truth: Callable[[Any, Any], Truth], codes: tuple[Any, Any], sizes: tuple[int, ...], *, costly: bool
) -> PairCondition:
    """Return a condition whose truth depends on the numbers of two profiles, in a table if there are few."""
    if sizes[0] * sizes[1] <= (LARGEST_TABLE if costly else SMALL_TABLE):
        truth = partial(look_up, truth(*tile_indices(slice(0, sizes[0]), slice(0, sizes[1]))))
    mentors, mentees = (side.astype(np.int32) for side in codes)  # half the size, and half the time
    return PairCondition(partial(_truth_by_profile, truth, mentors, mentees))


def _truth_of_profiles(related: Relation, known: tuple[BoolArray, BoolArray], here: Any, there: Any) -> Truth:
    return truth_of(related(here, there), known[0][here], known[1][there])


def _truth_by_profile(
    truth: Callable[[Any, Any], Truth],
    mentors: Any,
    mentees: Any,
    rows: IntArray,
    columns: IntArray,
    _: Scores,
) -> Truth:
    return truth(mentors[rows], mentees[columns])


def look_up(table: Any, here: IntArray, there: IntArray) -> Any:
    """Look up pairs of profiles in a table; for a tile whole rows are copied, ten times as fast."""
    if here.ndim < 2:
        return table[here, there]
    if len(table) < len(here):
        return table.take(there[0], axis=1).take(here[:, 0], axis=0)
    return table.take(here[:, 0], axis=0).take(there[0], axis=1)


def _of_sides(values: Any, context: CompilationContext) -> tuple[Any, Any]:
    """Split an array over all participants into an array of the mentors and one of the mentees."""
    return values[list(context.sides.mentors)], values[list(context.sides.mentees)]


def _compile_same(condition: conditions.ComparedTexts, context: CompilationContext) -> PairCondition:
    """Compare texts by equality; a profile is a text or the leading parts of a path."""
    texts = context.columns.compared_texts(condition.field)
    path = {text: path_of(text, splits=condition.splits_paths) for text in dict.fromkeys(texts)}
    compared, codes = number_profiles(path[text][: condition.prefix] for text in texts)
    known = np.array([one != () for one in compared], dtype=bool)
    return compare_profiles(np.equal, _of_sides(codes, context), (known, known))


def _compile_different(condition: conditions.Different, context: CompilationContext) -> PairCondition:
    return negation(_compile_same(condition, context))


def _compile_gap(condition: conditions.GapBetween, context: CompilationContext) -> PairCondition:
    """Compare numbers; a profile is the place of a number among the sorted numbers of its side."""
    sides = _of_sides(context.columns.numbers(condition.field), context)
    (mentors, mentor_places), (mentees, mentee_places) = (
        np.unique(side, return_inverse=True) for side in sides
    )
    known = ~np.isnan(mentors), ~np.isnan(mentees)  # np.unique sorts NaN last
    here, there = (
        [exact(number) for number in side[~np.isnan(side)].tolist()] for side in (mentors, mentees)
    )
    lowest, highest = (
        None if bound is None else exact(bound) for bound in (condition.at_least, condition.at_most)
    )
    scale = lcm(*(number.denominator for number in (*here, *there, lowest, highest) if number is not None))
    numbers = [int(number * scale) for number in there]
    # for each mentor's number: the range of places, from first up to but not including end, within bounds
    first, end = np.zeros(len(mentors), dtype=np.int32), np.full(len(mentors), len(numbers), dtype=np.int32)
    for place, number in enumerate(here):
        if lowest is not None:
            first[place] = bisect_left(numbers, int((number + lowest) * scale))
        if highest is not None:
            end[place] = bisect_right(numbers, int((number + highest) * scale))
    return compare_profiles(partial(_within, first, end), (mentor_places, mentee_places), known)


def _within(first: Any, end: Any, here: Any, there: Any) -> BoolArray:
    marks: BoolArray = np.greater_equal(there, first[here])
    marks &= there < end[here]
    return marks


DAY = 24 * 60
"""Minutes of a day."""


def _compile_hours(condition: conditions.OverlappingHours, context: CompilationContext) -> PairCondition:
    """Compare working hours; a profile is a time zone."""
    zones, codes = number_profiles(person.timezone for person in context.cohort.participants)
    work = minutes_of(condition.from_), minutes_of(condition.to)
    enough = _minutes_in_common(zones, work) >= ceil(exact(condition.at_least) * 60)
    known = np.array([zone is not None for zone in zones], dtype=bool)
    return compare_profiles(partial(look_up, enough), _of_sides(codes, context), (known, known))


def _minutes_in_common(zones: Sequence[str | None], work: tuple[int, int]) -> IntArray:
    """Return for every two time zones the minutes of work in common, on the day with fewer of them."""
    fewest = np.full((len(zones), len(zones)), DAY, dtype=np.int64)
    for day in SEASONS:
        ahead = np.array([minutes_ahead(zone, day) for zone in zones], dtype=np.int64)
        apart = ahead[:, None] - ahead[None, :]
        in_common = np.zeros_like(fewest)
        for shift in (-2 * DAY, -DAY, 0, DAY, 2 * DAY):
            in_common += np.maximum(0, work[1] - work[0] - np.abs(apart + shift))
        fewest = np.minimum(fewest, in_common)
    return fewest


def _compile_common_time(condition: conditions.HasCommonTime, context: CompilationContext) -> PairCondition:
    """Compare weekly times; a profile is what a person has stated, with the time zone."""
    stated = stated_times(context.columns, on_site=condition.on_site)
    overlap = OverlapOfSides(stated, context.sides, condition.shortest)
    truth = KeptTable(overlap.shape, partial(_truth_of_times, overlap, condition.at_least), np.int8)
    return _by_profile(truth, (overlap.mentors, overlap.mentees), overlap.shape, costly=False)


def _truth_of_times(overlap: OverlapOfSides, at_least: int, here: Any, there: Any) -> Truth:
    known = () if overlap.always_known else (overlap.known(here, there),)
    return truth_of(overlap.minutes(here, there) >= at_least, *known)


def _compile_shared(condition: conditions.Shared, context: CompilationContext) -> PairCondition:
    """Count names in common; a profile is a set of names."""
    names = context.columns.names(condition.field)
    written = [name for person in names for name in person]
    code = code_of_names(written, context.columns.meanings((condition.field,), written))
    sets, codes = sets_of_names(names, code)
    named = sets.counts > 0
    in_common = partial(_have_in_common, sets, condition.at_least)
    return compare_profiles(in_common, _of_sides(codes, context), (named, named), costly=True)


def _have_in_common(sets: RatingMatrix, at_least: int, here: Any, there: Any) -> BoolArray:
    return share_enough(sets, here, there, at_least)


def _compile_teaches(condition: conditions.Teaches, context: CompilationContext) -> PairCondition:
    """Count skills that one person teaches and the other learns; a profile is a set of skills."""
    taught, learned = read_skills(condition, context.columns)
    ways = ("mentor", "mentee") if condition.of in ("both", "either") else (condition.of,)
    parts = []
    for teacher in ways:
        certain = [(one.known, one.certain) for one in learned]
        part = _compile_lessons(condition.at_least, taught, certain, context, teacher)
        if any(one.possible != one.certain for one in learned):
            possible = [(one.known, one.possible) for one in learned]
            part = between(part, _compile_lessons(condition.at_least, taught, possible, context, teacher))
        parts.append(part)
    return any_of(parts) if condition.of == "either" else all_of(parts)


def _compile_lessons(
    at_least: int,
    taught: Sequence[tuple[bool, frozenset[str]]],
    learned: Sequence[tuple[bool, frozenset[str]]],
    context: CompilationContext,
    teacher: str,
) -> PairCondition:
    """Compare what people of one role teach with what those of the other learn; a profile is such a set."""
    here, there = (taught, learned) if teacher == "mentor" else (learned, taught)
    mentors, mentor_codes = number_profiles([here[index] for index in context.sides.mentors])
    mentees, mentee_codes = number_profiles([there[index] for index in context.sides.mentees])
    profiles = [*mentors, *mentees]
    code = {name: place for place, name in enumerate(sorted({name for _, some in profiles for name in some}))}
    sets = matrix_of_sets([{code[skill] for skill in skills} for _, skills in profiles], len(code))
    known = np.array([told for told, _ in profiles], dtype=bool)
    first = len(mentors)  # the profiles of mentees follow those of mentors
    in_common = partial(_have_lessons, sets, first, at_least)
    codes, known_sides = (mentor_codes, mentee_codes), (known[:first], known[first:])
    return compare_profiles(in_common, codes, known_sides, costly=True)


def _have_lessons(sets: RatingMatrix, first: int, at_least: int, here: Any, there: Any) -> BoolArray:
    return _have_in_common(sets, at_least, here, there + first)


def _compile_among(condition: conditions.Among, context: CompilationContext) -> PairCondition:
    """Count the values that stand in a list; a profile is a set of values, or of values that a list has.

    A list is written as the values of the cohort that lie under one of its paths. So the two sets are
    compared as names in common are. An empty mark in each filled list tells it from one that is missing.
    """
    value_of, list_of = (
        _listed_of_side(field, side, condition, context)
        for field, side in zip(("value", "listed_in"), condition.sides, strict=True)
    )
    written = {text for side in (value_of, list_of) for person in side for text in person}
    meant = context.columns.meant_in_both(condition.fields, written)
    path = {text: path_of(meant[text], splits=condition.splits_paths) for text in written}
    values = [frozenset(path[text] for text in person) - {()} for person in value_of]
    lists = [frozenset(path[text] for text in person) - {()} for person in list_of]
    numbers = {one: number for number, one in enumerate(sorted(set().union(*values)))}
    under: dict[tuple[str, ...], list[int]] = {}
    for one, number in numbers.items():
        for length in range(1, len(one) + 1):
            under.setdefault(one[:length], []).append(number)
    filled = len(numbers)
    coded = [[numbers[one] for one in person] for person in values]
    coded += [
        [*{number for one in person for number in under.get(one, ())}, filled] if person else []
        for person in lists
    ]
    sets, codes = sets_of_numbers(coded, filled + 1)
    known = sets.counts > 0
    here, there = codes[: len(values)], codes[len(values) :]
    ends = (here, there) if condition.sides[0] == "mentor" else (there, here)
    return compare_profiles(
        partial(_have_in_common, sets, condition.at_least), ends, (known, known), costly=True
    )


def _listed_of_side(
    name: str, side: str, condition: conditions.Among, context: CompilationContext
) -> list[tuple[str, ...]]:
    """Return what the people of one side have in the field of a condition."""
    field = condition.fields[name == "listed_in"]
    try:
        column = context.columns.one_or_several(field)
    except PolicyError as error:
        faults = [Fault(fault.message, column=f".{name}", code=fault.code) for fault in error.faults]
        raise PolicyError(faults) from None
    people = context.sides.mentors if side == "mentor" else context.sides.mentees
    return [column[person] for person in people]


def _compile_require(condition: conditions.Require, context: CompilationContext) -> PairCondition:
    """Decide the condition once for each person; for ``both`` it must be true of each of the two."""
    here, there = _of_sides(truth_of_people(condition, context.columns), context)
    if condition.of == "mentor":
        there[:] = 1
    elif condition.of == "mentee":
        here[:] = 1
    return PairCondition(partial(_truth_of_both, here, there))


def _truth_of_both(here: Truth, there: Truth, rows: IntArray, columns: IntArray, _: Scores) -> Truth:
    return np.minimum(here[rows], there[columns])


def truth_of_people(condition: conditions.Require, columns: Columns) -> Truth:
    """Return for each participant whether the statement is true (1), false (-1), or not known (0)."""
    if condition.known:
        return truth_of(columns.known(condition.field))
    texts = condition.under if condition.equals is None else condition.equals
    if texts is None:
        return _truth_of_bounds(condition, columns)
    numbers = [value for value in texts if not isinstance(value, str)]
    if numbers and not columns.has_scale(condition.field):
        column = columns.numbers(condition.field)
        return truth_of(np.isin(column, np.array(numbers, dtype=float)), ~np.isnan(column))
    asked = [columns.in_one_word(condition.field, str(text)) for text in texts]
    right = {path_of(text, splits=condition.splits_paths) for text in asked}
    paths = columns.derived(
        ("paths", condition.field, condition.splits_paths), lambda: _paths_of(condition, columns)
    )
    lengths = {len(path) for path in right}
    under = condition.under is not None
    found = [any(path[:n] in right for n in lengths) if under else path in right for path in paths]
    known = np.array([path != () for path in paths], dtype=bool)
    return truth_of(np.array(found, dtype=bool), known)


def _paths_of(condition: conditions.Require, columns: Columns) -> list[tuple[str, ...]]:
    texts = columns.compared_texts(condition.field)
    return [path_of(text, splits=condition.splits_paths) for text in texts]


def _truth_of_bounds(condition: conditions.Require, columns: Columns) -> Truth:
    """Compare numbers, or places of words on a scale, with bounds."""
    field = condition.field
    lowest, highest = -np.inf, np.inf
    if condition.at_least is not None:
        lowest = _bound(condition.at_least, field, columns)
    if condition.at_most is not None:
        highest = _bound(condition.at_most, field, columns)
    column = columns.numbers(field)
    return truth_of((column >= lowest) & (column <= highest), ~np.isnan(column))


def _bound(bound: str | float, field: str, columns: Columns) -> float:
    if isinstance(bound, str) or columns.has_scale(field):
        return columns.bound_on_scale(field, bound)
    return float(bound)


def _compile_personal_rules(
    condition: conditions.PersonalRules, context: CompilationContext
) -> PairCondition:
    """Load what few policies need."""
    from reverse_match.constraints.personal_rules import compile_personal_rules

    return compile_personal_rules(condition, context)


def _compile_minimum_score(condition: conditions.MinimumScore, context: CompilationContext) -> PairCondition:  # noqa: ARG001 - by score alone
    return PairCondition(
        partial(_truth_of_scores, millionths_at_least(condition.at_least)), needs_scores=True
    )


def _truth_of_scores(threshold: int, _rows: IntArray, _columns: IntArray, scores: Scores) -> Truth:
    return truth_of(np.greater_equal(scores, threshold))


def _compile_registered(
    condition: conditions.RegisteredCondition, context: CompilationContext
) -> PairCondition:
    """Look up the user's function; it is called for the pairs of each tile."""
    mentors, mentees = (
        People(context.columns, list(side)) for side in (context.sides.mentors, context.sides.mentees)
    )
    answers = partial(_answers, condition.function, rule_function(condition.function), mentors, mentees)
    return PairCondition(partial(_truth_of_answers, answers))


def _answers(
    name: str, function: RuleFunction, mentors: People, mentees: People, rows: IntArray, columns: IntArray
) -> FloatArray:
    return answers_of(name, function, mentors.at(rows), mentees.at(columns))


def _truth_of_answers(
    answers: Callable[[IntArray, IntArray], FloatArray], rows: IntArray, columns: IntArray, _: Scores
) -> Truth:
    tile = rows.ndim == 2
    found = answers(rows[:, 0], columns[0]) if tile else ask_listed(answers, rows, columns)
    return np.subtract(np.equal(found, 1).view(np.int8), np.equal(found, 0).view(np.int8))


_COMPILERS: dict[type[PlainData], tuple[Compiler, str | None]] = {
    conditions.Different: (_compile_different, "field"),
    conditions.Same: (_compile_same, "field"),
    conditions.Shared: (_compile_shared, "field"),
    conditions.Teaches: (_compile_teaches, None),
    conditions.Among: (_compile_among, None),
    conditions.GapBetween: (_compile_gap, "field"),
    conditions.OverlappingHours: (_compile_hours, None),
    conditions.HasCommonTime: (_compile_common_time, None),
    conditions.NotMetBefore: (compile_past_duos, "again_after_months"),
    conditions.Require: (_compile_require, "field"),
    conditions.NotInReportingLine: (compile_reporting_line, None),
    conditions.Avoids: (compile_avoids, None),
    conditions.PersonalRules: (_compile_personal_rules, None),
    conditions.MinimumScore: (_compile_minimum_score, None),
    conditions.Listed: (compile_listed, "pairs"),
    conditions.RegisteredCondition: (_compile_registered, "function"),
}
"""The function that compiles each kind of condition, and the field of the condition that faults are about."""
