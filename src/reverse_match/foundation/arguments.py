"""Checks the arguments of public calls, in one place, by the names of their parameters.

A parameter means the same in every call (``cohort``, ``threads``, ...), so one table holds the values that it
accepts. Any other value raises an error of this library. The error names the kind of the value, never the
value itself, and a right value. All wrong arguments of a call are reported at once.
"""

from __future__ import annotations

import inspect
import math
import operator
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence, Sized
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, wraps
from typing import TYPE_CHECKING, ParamSpec, TypeAlias, TypeGuard, TypeVar

from reverse_match.foundation.errors import (
    CohortError,
    DecisionError,
    ExecutorError,
    Fault,
    FeedbackError,
    HistoryError,
    InputError,
    PolicyError,
    ProgrammeError,
)

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
Result = TypeVar("Result")

MOST_THREADS = 1_024
"""A larger number of threads is a mistake: each takes memory, and no machine has as many cores."""

MOST_MEMORY = 2**60
"""The largest number of bytes accepted; no machine has as many, and a 64-bit integer can count them."""

MOST_ROUNDS = 100
"""The largest number of rounds in a plan."""

MOST_COUNTED = 2**53
"""The largest count accepted: every whole number up to it is exact as an ``int`` and as a ``float``."""

MOST_SAMPLES = 1_000_000
"""The largest number of weight samples in a study: each sample is a match."""


@dataclass(frozen=True)
class Expected:
    """The values that a parameter accepts.

    Attributes
    ----------
    holds : callable
        Says whether the parameter accepts a value.
    right : callable
        Returns the message for a value that it does not accept.
    error : type of InputError
        The class of the error that is raised.
    """

    holds: Callable[[object], bool]
    right: Callable[[object], str]
    error: type[InputError] = InputError


Check: TypeAlias = "Callable[[object], bool]"


def _is_a(name: str) -> Check:
    """Return a check for instances of a class of this library, by its name, so that no module is loaded."""

    def holds(value: object) -> bool:
        kinds = type(value).__mro__
        return any(kind.__name__ == name and kind.__module__.startswith("reverse_match.") for kind in kinds)

    return holds


def _either(*checks: Check) -> Check:
    return lambda value: any(holds(value) for holds in checks)


def _that(called: str, how: str, holds: Check, error: type[InputError] = InputError) -> Expected:
    """Expect a value that passes a check."""
    return Expected(holds, lambda value: f"not {called} but {_kind(value)}; right would be {how}", error)


def _number(
    how: str, least: float = -math.inf, most: float = math.inf, *, whole: bool, finite: bool = True
) -> Expected:
    """Expect a number from ``least`` to ``most``."""

    def is_one(value: object) -> bool:
        number = _as_number(value, whole=whole)
        return number is not None and least <= number <= most and (not finite or abs(number) != math.inf)

    return Expected(is_one, lambda value: f"cannot be {_kind(value, 'this number')}; right would be {how}")


def _as_number(value: object, *, whole: bool) -> float | None:
    """Return the value if it is a number, else ``None``; text and truth values are no numbers."""
    if isinstance(value, bool):
        return None
    try:
        return operator.index(value) if whole else math.fsum([value])  # type: ignore[arg-type, list-item]
    except (TypeError, OverflowError):
        return None


def _list_of(is_one: Check) -> Check:
    """Return a check for collections all of whose members pass a check.

    The members of an iterator are not checked, since that would use it up; see ``LISTED``.
    """

    def holds(value: object) -> bool:
        if isinstance(value, str | bytes | Mapping) or not _can_be_gone_through(value):
            return False
        return isinstance(value, Iterator) or all(is_one(one) for one in value)

    return holds


def _can_be_gone_through(value: object) -> TypeGuard[Iterable[object]]:
    # A record of this library (a matching, a policy) would be gone through field by field.
    # So would a frame, column by column, and a study, scenario by scenario.
    own = type(value).__module__.partition(".")[0] == __name__.partition(".")[0] and not isinstance(
        value, tuple
    )
    return isinstance(value, Iterable) and not own and not hasattr(value, "columns")


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_order(value: object) -> bool:
    return isinstance(value, str) and value in ("day-first", "month-first", "iso")


def _is_path(value: object) -> bool:
    if not isinstance(value, str | os.PathLike):
        return False
    path = os.fspath(value)
    return isinstance(path, str) and "\0" not in path


def _is_pair(value: object) -> bool:
    """Say whether a value is two ids, or has a mentor and a mentee, as a duo does."""
    if isinstance(value, list | tuple):
        return len(value) == 2 and all(map(_is_text, value))
    return hasattr(value, "mentor") and hasattr(value, "mentee")


def _is_pair_of_numbers(value: object) -> bool:
    return (
        isinstance(value, Sized)
        and isinstance(value, Iterable)
        and len(value) == 2
        and all(_as_number(one, whole=False) is not None for one in value)
    )


def _is_past(value: object) -> bool:
    """Say whether a value holds people who were together before."""
    records = ("CircleMatching", "Matching", "History", "RotationPlan")
    return _is_pair(value) or any(_is_a(name)(value) for name in records)


def _is_former(value: object) -> bool:
    """Say whether a value holds former duos: one duo, or a record of several."""
    pair = _is_pair(value) or (isinstance(value, Mapping) and {"mentor", "mentee"} <= value.keys())
    return pair or _is_past(value) or _is_a("FormerDuos")(value)


def _is_day(value: object) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _has(*names: str) -> Check:
    """Return a check for objects, other than classes, that have all of some attributes."""
    return lambda value: not isinstance(value, type) and all(hasattr(value, name) for name in names)


def _has_records(value: object) -> bool:
    records = None if isinstance(value, type) else getattr(value, "records", None)
    return records is not None and not callable(records)


def _takes_one(value: object) -> bool:
    """Say whether a value can be called with one argument; a callable without a signature passes."""
    if not callable(value):
        return False
    try:
        inspect.signature(value).bind(None)
    except ValueError:
        return True
    except TypeError:
        return False
    return True


def _kind(value: object, number: str = "a number") -> str:
    """Return the kind of a value in a few words, and nothing of its content.

    Examples
    --------
    >>> _kind("people.csv"), _kind(None), _kind(-1), _kind([])
    ('a text', 'nothing', 'a number', 'a list')
    """
    known = {str: "a text", type(None): "nothing", bool: "True or False", bytes: "bytes"}
    if type(value) in known:
        return known[type(value)]
    if isinstance(value, int | float):
        return number
    name = type(value).__name__
    return f"{'an' if name[:1].lower() in tuple('aeiou') else 'a'} {name}"


def _tuple_of(name: str) -> Check:
    """Return a check for tuples whose members are all records of a public class; each class is asked once."""
    is_one = _is_a(name)
    return lambda value: (
        isinstance(value, tuple)
        and all(map(is_one, dict(zip(map(type, value), value, strict=True)).values()))
    )


def _people(value: object) -> str:
    """Return the message for a value in place of people, with the call that makes people of such a value."""
    if isinstance(value, str | os.PathLike):
        how = "rm.read_cohort(path)"
    elif isinstance(value, list | tuple):
        how = "rm.Cohort.from_records(records)"
    elif hasattr(value, "columns") or hasattr(value, "column_names"):
        how = "rm.Cohort.from_frame(frame)"
    else:
        how = "rm.read_cohort(path), or rm.Cohort.from_records(records)"
    return f"not people but {_kind(value)}; right would be {how}"


_POLICY = "not a policy; right would be rm.Policy(...), or rm.Policy.model_validate(data) of plain data"
_TEXTS = _list_of(_is_text)
_COHORT, _MATCHING = _is_a("Cohort"), _is_a("Matching")
_WHOLE = _number("a whole number", -MOST_COUNTED, MOST_COUNTED, whole=True)
_TEXT = _that("text", "text", _is_text)
_PATHS = _list_of(_is_path)

_EXPECTED: Mapping[str, Expected] = {
    # People, policies, and what comes of them.
    "cohort": Expected(_COHORT, _people, CohortError),
    "indicators.cohort": _that(
        "people, or a list of such",
        "rm.read_cohort(path), or one for each matching",
        _either(_COHORT, _list_of(_COHORT)),
        CohortError,
    ),
    "Cohort.participants": Expected(_tuple_of("Participant"), _people, CohortError),
    "Cohort.away": _that("a tuple of ids", "a tuple of texts", lambda value: isinstance(value, tuple)),
    "policy": Expected(_is_a("Policy"), lambda _: _POLICY, PolicyError),
    "matching": _that("a matching", "one of rm.match(...), or rm.Matching.from_json(text)", _MATCHING),
    "verify.matching": _that(
        "a matching",
        "one of rm.match(...), or rm.Matching.from_json(text)",
        _either(_MATCHING, _is_a("CircleMatching")),
    ),
    "with_names.record": _that("a record", "an answer, a duo, a proposal or the like", _is_a("PlainData")),
    "matchings": _that(
        "a matching or a list of them",
        "what rm.match(...) returns, or a list of such",
        _either(_MATCHING, _list_of(_MATCHING)),
    ),
    "rounds.matchings": _that(
        "a list of matchings", "a list of what rm.match(...) returns", _list_of(_MATCHING)
    ),
    "Matching.with_log.log": _that("a log", "the amendments of a matching", _list_of(_is_a("Amendment"))),
    "Matching.after.rotation": _that(
        "a rotation",
        "that of a matching of rm.rotate(...), or None",
        lambda value: value is None or _is_a("Rotation")(value),
    ),
    "Matching.as_published.on": _that(
        "a day", "a date, or None", lambda value: value is None or _is_day(value)
    ),
    "Matching.as_published.amended_as_draft": _number("a whole number", 0, MOST_COUNTED, whole=True),
    "pseudonymise.key": _that(
        "a key", "a secret of at least 16 bytes", lambda value: isinstance(value, bytes) or _is_text(value)
    ),
    "plan": _that("a plan", "one of rm.plan_rotations(...)", _is_a("RotationPlan")),
    "feedback": _that("feedback", "rm.read_feedback(path)", _is_a("Feedback"), FeedbackError),
    "indicators.feedback attendance.feedback weigh_evidence.feedback": _that(
        "feedback",
        "rm.read_feedback(path)",
        _either(_has_records, _list_of(_is_a("FeedbackRecord"))),
        FeedbackError,
    ),
    "Feedback.records": _that(
        "answers",
        "rm.read_feedback(path), or rm.Feedback.from_records(records)",
        _tuple_of("FeedbackRecord"),
        FeedbackError,
    ),
    "questions": _that(
        "a list of questions",
        "the questions of an rm.Programme, or a list of rm.results.Question",
        _list_of(_is_a("Question")),
        FeedbackError,
    ),
    "decisions": _that("decisions", "rm.read_decisions(path)", _is_a("Decisions"), DecisionError),
    "Decisions.records": _that(
        "decisions",
        "rm.read_decisions(path), or rm.Decisions.from_records(records)",
        _tuple_of("DuoDecision"),
        DecisionError,
    ),
    "history": _that("a history", "rm.History.load(path)", _is_a("History"), HistoryError),
    "History.refuse_others.people": _that(
        "people", "a matching, or a list of ids", _either(_MATCHING, _TEXTS)
    ),
    "programme": _that(
        "a programme",
        "rm.Programme.load(path)",
        _either(_has("sessions_planned"), _has("round_begins")),
        ProgrammeError,
    ),
    "arrangements": _that(
        "arrangements", "rm.read_arrangements(path)", _is_a("Arrangements"), ProgrammeError
    ),
    "Arrangements.records": _that(
        "arrangements",
        "rm.read_arrangements(path), or rm.Arrangements.from_records(records)",
        _tuple_of("Arrangement"),
        ProgrammeError,
    ),
    "Arrangements.source": _that("a source", "that of other arrangements", _has("name", "rows")),
    "tables": _that(
        "a dictionary of data",
        "the names of tables and vectors, each with its data, such as {'interview': frame}",
        lambda value: isinstance(value, Mapping) and all(map(_is_text, value)),
        PolicyError,
    ),
    "what_if.changes": _that(
        "a dictionary of values",
        "the fields of a person, each with another value, such as {'offers': 'Python:4'}",
        lambda value: isinstance(value, Mapping) and all(map(_is_text, value)),
        CohortError,
    ),
    "contact programme_name": _that("a text", "text, or None", _is_text),
    "warm_start": _that("a warm start", "rm.WarmStart()", _is_a("WarmStart")),
    # How something is done.
    "threads": _number(
        f"a whole number from 1 to {MOST_THREADS}, or None for all cores", 1, MOST_THREADS, whole=True
    ),
    "memory": _number("a whole number of bytes, such as 2**30", 1, MOST_MEMORY, whole=True),
    "maximum_bytes": _number("a whole number of bytes, such as 2**28", 0, MOST_MEMORY, whole=True),
    "time_limit": _number("seconds from 0 on, or None for no limit", 0, whole=False, finite=False),
    "match.executor": _that(
        "an executor",
        'one of concurrent.futures, Client.get_executor(), "serial", or nothing',
        _either(_has("submit"), lambda value: _is_text(value) and value == "serial"),
        ExecutorError,
    ),
    "progress": _that("a function", "one that takes an rm.Progress and nothing else", _takes_one),
    "function": _that(
        "a function", "a function of mentors and mentees, as the page on policies has it", callable
    ),
    "path": _that("a path", "text without a zero byte, or a pathlib.Path", _is_path),
    "read_cohort.path look.path": _that(
        "a path", "text without a zero byte, a pathlib.Path, or a list of these", _either(_is_path, _PATHS)
    ),
    "Cohort.source Feedback.source Decisions.source": _that(
        "a source", "that of other people or answers: cohort.source", _has("name", "rows")
    ),
    "mapping": _that(
        "a dictionary of headings",
        "their names, each with a field, such as {'Badge': 'id'}",
        lambda value: isinstance(value, Mapping) and all(map(_is_text, (*value, *value.values()))),
    ),
    # People and duos by name.
    "mentor mentee person instead_of": _that("an id", "the id of somebody, as text", _is_text),
    "leave without": _that(  # of one text calls say more themselves
        "a list of ids", "a list of texts, such as ['lea']", _either(_is_text, _TEXTS)
    ),
    "form_circles.past": _that(
        "a list of what was before",
        "a list of circles, matchings, histories or pairs such as [('lea', 'ada')]",
        lambda value: isinstance(value, list | tuple) and all(map(_is_past, value)),
    ),
    "match.past": _that(
        "former duos",
        "rm.read_past(path, cohort), or a list of histories, matchings or pairs such as [('lea', 'ada')]",
        _either(
            _is_a("FormerDuos"), lambda value: isinstance(value, list | tuple) and all(map(_is_former, value))
        ),
    ),
    "past duos": _that("a list of pairs", "a list such as [('lea', 'ada')]", _list_of(_is_pair)),
    "duo": _that("a duo", "two ids, such as ('lea', 'ada')", _is_pair),
    "changes": _that(
        "changes",
        "a path, a frame, or a list of dictionaries, such as [{'id': 'ada', 'change': 'wait'}]",
        _either(_is_path, _is_a("ChangeRows"), _has("columns"), _list_of(lambda _: True)),
    ),
    "join records": _that(
        "a list of records", "a list of dictionaries, one for each person", _list_of(lambda _: True)
    ),
    # Studies and pictures.
    "asked": _that(
        "a dictionary of scenarios",
        "their names, each with a dictionary of what study.scenario(...) takes",
        lambda value: isinstance(value, Mapping) and all(isinstance(one, Mapping) for one in value.values()),
    ),
    "ax": _that("axes", "axes of matplotlib, or None for new ones", _has("tick_params", "figure")),
    "as_svg.ax": _that("axes", "what a function of rm.plots returns", _has("figure", "get_title")),
    "compared": _that("a comparison", "study.compare(before, after)", _has("records", "gained", "before")),
    "comparison.by": _that("text", "'criteria', 'departments' or 'people'", _is_text),
    "frontier.points": _that(
        "a trade-off",
        "study.frontier(...), or a list of pairs of numbers",
        lambda value: (
            _has("points", "first", "second")(value)
            or (isinstance(value, Sequence) and _list_of(_is_pair_of_numbers)(value))
        ),
    ),
    "frontier.labels": _that("a list of labels", "a list of texts, one for each point", _TEXTS),
    "replay": _that("a replay", "what rm.replay(...) returns", _is_a("Replay")),
    "every": _that(
        "cadences", "text such as '7d,1month', or a list of such texts", _either(_is_text, _TEXTS)
    ),
    "hold_back": _that(
        "scores and days", "text such as '0.6:0.3:60d'", _either(_is_text, _is_a("HoldBack")), PolicyError
    ),
    "replay.dates": _that(
        "an order of days",
        "'day-first', 'month-first' or 'iso', or a dictionary of these by heading",
        lambda value: (
            _is_order(value)
            or (
                isinstance(value, Mapping)
                and all(map(_is_text, value))
                and all(map(_is_order, value.values()))
            )
        ),
    ),
    # Plain values.
    "WeightEvidence.accept.by": _that("a name", "the name of who accepts, as text", _is_text),
    "by": _that("a list of columns", "a list of texts, such as ['department']", _TEXTS),
    "jobs ends over": _that("a list", "a list", _list_of(lambda _: True)),
    "capacities": _that("a dictionary", "a dictionary", lambda value: isinstance(value, Mapping)),
    "bands": _that(
        "a dictionary of bands",
        "the numbers at which bands begin, such as {'age': [25, 35, 45]}",
        lambda value: isinstance(value, Mapping) and all(map(_is_text, value)),
    ),
    "reciprocal early replace anonymous terms with_comments": _that(
        "True or False", "True or False", lambda value: isinstance(value, bool)
    ),
    "round number n fewest prefix people points worst most chosen Study.frontier.points": _WHOLE,
    "samples": _number(f"a whole number up to {MOST_SAMPLES:,}", -MOST_SAMPLES, MOST_SAMPLES, whole=True),
    "Participant.capacity_as.role Participant.least_as.role": _that(
        "a role", "'mentor' or 'mentee'", lambda value: _is_text(value) and value in ("mentor", "mentee")
    ),
    "Study.scenario.spread": _that(
        "a spread",
        "'mentors', 'mentees', 'both', or a dictionary",
        _either(_is_text, _has("of"), lambda value: isinstance(value, Mapping)),
    ),
    "charge spread resolution": _number("a number", whole=False),
    "joined purpose made_by lang author reason source name weight before after": _TEXT,
    "kind what sheet role digest title outcome": _TEXT,
    "x y organizer contact retention organisation Study.frontier.first Study.frontier.second": _TEXT,
    "text": _that("text", "JSON, as text or bytes", lambda value: isinstance(value, str | bytes)),
    "day Cohort.as_of Programme.sessions_planned.until SessionTerms.later.first": _that(
        "a day", "a datetime.date", _is_day
    ),
}
EXPECTED = {name: expected for names, expected in _EXPECTED.items() for name in names.split()}
"""The values that each parameter accepts; ``None`` is accepted too where it is the default.

Where a call gives a name another meaning, the key is the name of the call and that of the parameter.
"""


LISTED = frozenset(
    (
        *("by", "changes", "cohort", "duos", "ends", "every", "feedback", "join", "labels", "leave", "log"),
        "matchings",
        *("over", "past", "people", "points", "questions", "records", "without"),
    )
)
"""Parameters that are lists, and may be given as an iterator."""


def check_arguments(function: Callable[P, Result]) -> Callable[P, Result]:
    """Decorate a public call, so that its arguments are checked before it begins.

    Examples
    --------
    >>> @check_arguments
    ... def match(cohort: object, *, threads: int | None = None) -> None: ...
    >>> match("people.csv", threads=0)
    Traceback (most recent call last):
    reverse_match.foundation.errors.InputError: cohort: not people but a text;
    right would be rm.read_cohort(path)
    threads: cannot be this number; right would be a whole number from 1 to 1024, or None for all cores
    """

    @wraps(function)
    def call(*arguments: P.args, **named: P.kwargs) -> Result:
        try:
            given = _signature(function).bind(*arguments, **named)
        except TypeError:  # Python's own message is better: the call below raises it
            return function(*arguments, **named)
        _keep_what_can_be_gone_through_once(given)
        _refuse_wrong(function, given.arguments)
        return function(*given.args, **given.kwargs)

    return call


def check_fields(record: object) -> None:
    """Check the fields of a record, in its ``__post_init__``, as :func:`check_arguments` does for a call."""
    _refuse_wrong(type(record), vars(record))


def _keep_what_can_be_gone_through_once(given: inspect.BoundArguments) -> None:
    """Turn iterators into lists, since a check would use them up."""
    for name, value in given.arguments.items():
        if name in LISTED and isinstance(value, Iterator):
            given.arguments[name] = list(value)


def _refuse_wrong(function: Callable[..., object], given: Mapping[str, object]) -> None:
    signature = _signature(function)
    faults, errors = [], set()
    for name, value in given.items():
        expected = EXPECTED.get(f"{function.__qualname__}.{name}", EXPECTED.get(name))
        default = signature.parameters[name].default
        if expected is None or (value is None and default is None) or expected.holds(value):
            continue
        faults.append(Fault(expected.right(value), column=name))
        errors.add(expected.error)
    if faults:
        raise (errors.pop() if len(errors) == 1 else InputError)(faults)


@cache
def _signature(function: Callable[..., object]) -> inspect.Signature:
    return inspect.signature(function)
