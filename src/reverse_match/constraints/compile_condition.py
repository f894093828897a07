"""Compiles a condition of a policy for one cohort.

The seam for everybody who needs a statement about pairs, rules and quotas alike: :func:`compile_condition`
takes what a user wrote and returns something that can say *true*, *false* or *not known* of any pairs.

Most conditions depend on what few distinct *profiles* people have: a text, a number, a time zone, a set of
names. Profiles are compared, not people (:func:`compare_profiles`), and where a person's profile is missing,
nothing is known of any of their pairs.

Texts are compared part by part, after Unicode, case, accents and spacing are normalised, as the criteria
``difference`` and ``sameness`` compare them. A path shorter than the prefix is compared as it is. Names in
common are compared as the criterion ``overlap`` compares them.

Numbers are compared as the decimals that people wrote, since doubles differ from these in the last binary
digit (4.5 - 4.2 is less than 0.3 in double precision), and a hard rule has no room for that. The mentees'
distinct numbers stand in ascending order. Those within bounds of one mentor are then neighbours, so that a
pair is looked up by two comparisons of places.

Working hours are compared for every two time zones. Everybody works at the same local times, so the hours of
two people are as far apart as their clocks. Clocks change, so the smaller overlap of a winter day and of a
summer day counts; the rules of both days are settled in every time zone database. Hours in common with the
day before and the day after count: Auckland's morning is the afternoon before in Los Angeles. Weekends do not
count: a Friday there is a Saturday here.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import datetime, timedelta
from functools import partial
from math import ceil, lcm
from typing import TYPE_CHECKING, TypeAlias
from zoneinfo import ZoneInfo

import numpy as np

from reverse_match.constraints.condition import PairCondition, all_of, any_of, negation, truth_of
from reverse_match.constraints.list_conditions import (
    compile_avoids,
    compile_listed,
    compile_past_duos,
    compile_reporting_line,
)
from reverse_match.foundation.errors import Fault, PolicyError
from reverse_match.foundation.fixed_point import exact, millionths_at_least
from reverse_match.policy import conditions
from reverse_match.policy.values import minutes_of
from reverse_match.scoring.columns import People
from reverse_match.scoring.custom import answers_of, ask_listed, rule_function
from reverse_match.scoring.difference import path_of
from reverse_match.scoring.profiles import number_profiles
from reverse_match.scoring.ratings import code_of_names, count_shared, sets_of_names

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
    """Make a condition ready for the pairs of a cohort.

    Parameters
    ----------
    condition : Condition
        As in the policy; a rule that is made of one will do.
    context : CompilationContext
        The people, and the choices on which the meaning of conditions depends.
    place : str
        Where the condition stands in the policy, for messages: ``rules[1]``.

    Returns
    -------
    PairCondition
        Says of any pairs whether the condition is true, false, or not known.

    Raises
    ------
    PolicyError
        If the condition names a field, a function or a person that is not there, or counts months from no
        day.
    CohortError
        If a column does not hold what the condition needs.

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
"""Pairs of profiles up to which a table is looked up in less time than most relations are computed."""

LARGEST_TABLE = 4_000_000
"""Pairs of profiles up to which a table is made of a relation that takes long to compute: 4 MB."""


def compare_profiles(
    related: Relation,
    codes: tuple[Any, Any],
    known: tuple[BoolArray, BoolArray],
    *,
    costly: bool = False,
) -> PairCondition:
    """Return a condition on people who are known by their profiles.

    Where there are few profiles, one table of all of them is made, and looked up by index.

    Parameters
    ----------
    related : callable
        Takes profiles of mentors and of mentees, which broadcast against each other, and marks those of which
        the condition is true.
    codes : pair of int arrays
        The profile of each mentor, and of each mentee.
    known : pair of bool arrays
        Which profiles of mentors, and which of mentees, say anything.
    costly : bool
        Whether to compare two profiles takes longer than to look them up in a large table.
    """
    truth: Callable[[Any, Any], Truth] = partial(_truth_of_profiles, related, known)
    sizes = len(known[0]), len(known[1])
    if sizes[0] * sizes[1] <= (LARGEST_TABLE if costly else SMALL_TABLE):
        truth = partial(look_up, truth(*np.ogrid[: sizes[0], : sizes[1]]))
    mentors, mentees = (side.astype(np.int32) for side in codes)  # they are compared in half the time
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
    """Look up pairs of profiles; of a tile, whole rows are copied, which takes a tenth of the time."""
    if here.ndim < 2:
        return table[here, there]
    if len(table) < len(here):
        return table.take(there[0], axis=1).take(here[:, 0], axis=0)
    return table.take(here[:, 0], axis=0).take(there[0], axis=1)


def _of_sides(values: Any, context: CompilationContext) -> tuple[Any, Any]:
    """Return an array over all participants as two, of the mentors and of the mentees."""
    return values[list(context.sides.mentors)], values[list(context.sides.mentees)]


def _compile_same(condition: conditions.ComparedTexts, context: CompilationContext) -> PairCondition:
    """Give everybody the number of their text."""
    texts = context.columns.texts(condition.field)
    path = {text: path_of(text, splits=condition.splits_paths) for text in dict.fromkeys(texts)}
    compared, codes = number_profiles(path[text][: condition.prefix] for text in texts)
    known = np.array([one != () for one in compared], dtype=bool)
    return compare_profiles(np.equal, _of_sides(codes, context), (known, known))


def _compile_different(condition: conditions.Different, context: CompilationContext) -> PairCondition:
    return negation(_compile_same(condition, context))


def _compile_gap(condition: conditions.GapBetween, context: CompilationContext) -> PairCondition:
    """Give everybody the place of their number among those of their side, in ascending order."""
    sides = _of_sides(context.columns.numbers(condition.field), context)
    (mentors, mentor_places), (mentees, mentee_places) = (
        np.unique(side, return_inverse=True) for side in sides
    )
    known = ~np.isnan(mentors), ~np.isnan(mentees)  # a missing number comes last
    here, there = (
        [exact(number) for number in side[~np.isnan(side)].tolist()] for side in (mentors, mentees)
    )
    lowest, highest = (
        None if bound is None else exact(bound) for bound in (condition.at_least, condition.at_most)
    )
    scale = lcm(*(number.denominator for number in (*here, *there, lowest, highest) if number is not None))
    numbers = [int(number * scale) for number in there]
    # of each mentor's number: the first place that will do, and the one after the last
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


DAYS = datetime(2025, 1, 15, 12), datetime(2025, 7, 15, 12)
"""Winter and summer, or summer and winter, at local noon."""

DAY = 24 * 60
"""Minutes."""


def _compile_hours(condition: conditions.OverlappingHours, context: CompilationContext) -> PairCondition:
    """Compare every two time zones of the cohort once."""
    zones, codes = number_profiles(person.timezone for person in context.cohort.participants)
    work = minutes_of(condition.from_), minutes_of(condition.to)
    enough = _minutes_in_common(zones, work) >= ceil(exact(condition.at_least) * 60)
    known = np.array([zone is not None for zone in zones], dtype=bool)
    return compare_profiles(partial(look_up, enough), _of_sides(codes, context), (known, known))


def _minutes_in_common(zones: Sequence[str | None], work: tuple[int, int]) -> IntArray:
    """Return for every two zones the minutes in which both work, on the day where they are fewer."""
    fewest = np.full((len(zones), len(zones)), DAY, dtype=np.int64)
    for day in DAYS:
        ahead = np.array([_minutes_ahead(zone, day) if zone else 0 for zone in zones], dtype=np.int64)
        apart = ahead[:, None] - ahead[None, :]
        in_common = np.zeros_like(fewest)
        for shift in (-2 * DAY, -DAY, 0, DAY, 2 * DAY):
            in_common += np.maximum(0, work[1] - work[0] - np.abs(apart + shift))
        fewest = np.minimum(fewest, in_common)
    return fewest


def _minutes_ahead(zone: str, day: datetime) -> int:
    """Return how far a zone's clocks are ahead of universal time."""
    return (day.replace(tzinfo=ZoneInfo(zone)).utcoffset() or timedelta()) // timedelta(minutes=1)


def _compile_shared(condition: conditions.Shared, context: CompilationContext) -> PairCondition:
    """Give everybody the number of their set of names, and count what two sets have in common."""
    names = context.columns.names(condition.field)
    written = [name for person in names for name in person]
    code = code_of_names(written, context.columns.meanings((condition.field,), written))
    sets, codes = sets_of_names(names, code)
    named = sets.counts > 0
    in_common = partial(_have_in_common, sets, condition.at_least)
    return compare_profiles(in_common, _of_sides(codes, context), (named, named), costly=True)


def _have_in_common(sets: RatingMatrix, at_least: int, here: Any, there: Any) -> BoolArray:
    return np.greater_equal(count_shared(sets, here, there), at_least)


def _compile_require(condition: conditions.Require, context: CompilationContext) -> PairCondition:
    """Decide the condition once for each person; of both people it is true where it is true of each."""
    here, there = _of_sides(truth_of_people(condition, context.columns), context)
    if condition.of == "mentor":
        there[:] = 1
    elif condition.of == "mentee":
        here[:] = 1
    return PairCondition(partial(_truth_of_both, here, there))


def _truth_of_both(here: Truth, there: Truth, rows: IntArray, columns: IntArray, _: Scores) -> Truth:
    return np.minimum(here[rows], there[columns])


def truth_of_people(condition: conditions.Require, columns: Columns) -> Truth:
    """Return of each participant whether what is required is true (1), false (-1), or not known (0)."""
    if condition.known:
        return truth_of(columns.known(condition.field))
    numbers = [value for value in condition.equals or () if not isinstance(value, str)]
    texts = condition.under if condition.equals is None else condition.equals
    if texts is not None and not numbers:
        right = {path_of(str(text), splits=condition.splits_paths) for text in texts}
        paths = [path_of(text, splits=condition.splits_paths) for text in columns.texts(condition.field)]
        lengths = {len(path) for path in right}
        under = condition.under is not None
        found = [any(path[:n] in right for n in lengths) if under else path in right for path in paths]
        known = np.array([path != () for path in paths], dtype=bool)
        return truth_of(np.array(found, dtype=bool), known)
    column = columns.numbers(condition.field)
    if condition.equals is not None:
        true = np.isin(column, np.array(numbers, dtype=float))
    else:
        lowest = -np.inf if condition.at_least is None else float(condition.at_least)
        highest = np.inf if condition.at_most is None else float(condition.at_most)
        true = (column >= lowest) & (column <= highest)
    return truth_of(true, ~np.isnan(column))


def _compile_minimum_score(condition: conditions.MinimumScore, context: CompilationContext) -> PairCondition:  # noqa: ARG001 - by score alone
    return PairCondition(
        partial(_truth_of_scores, millionths_at_least(condition.at_least)), needs_scores=True
    )


def _truth_of_scores(threshold: int, _rows: IntArray, _columns: IntArray, scores: Scores) -> Truth:
    return truth_of(np.greater_equal(scores, threshold))


def _compile_registered(
    condition: conditions.RegisteredCondition, context: CompilationContext
) -> PairCondition:
    """Look the function up."""
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
    conditions.GapBetween: (_compile_gap, "field"),
    conditions.OverlappingHours: (_compile_hours, None),
    conditions.NotMetBefore: (compile_past_duos, "again_after_months"),
    conditions.Require: (_compile_require, "field"),
    conditions.NotInReportingLine: (compile_reporting_line, None),
    conditions.Avoids: (compile_avoids, None),
    conditions.MinimumScore: (_compile_minimum_score, None),
    conditions.Listed: (compile_listed, "pairs"),
    conditions.RegisteredCondition: (_compile_registered, "function"),
}
"""What compiles each kind, and which of its values a fault is about."""
