"""Whatever a public call is given, it answers, or says in an error of this library what is wrong.

The test finds the calls itself: every function and class of ``rm.__all__`` and ``rm.plots``, and every public
method of the objects that they return.
"""

from __future__ import annotations

import contextlib
import inspect
import math
from datetime import date
from pathlib import Path
from types import FunctionType
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from pydantic import BaseModel

import reverse_match as rm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pyplot = pytest.importorskip("matplotlib.pyplot")

PEOPLE = [
    {"id": "m1", "role": "mentor", "offers": "Python:5", "gender": "f", "age": 30, "department": "A"},
    {"id": "m2", "role": "mentor", "gender": "m", "age": 40},
    {"id": "e1", "role": "mentee", "seeks": "Python", "age": 50},
    {"id": "e2", "role": "mentee"},
]
COHORT = rm.Cohort.from_records(PEOPLE)
MATCHING = rm.match(COHORT)
STUDY = rm.Study(COHORT)
SCENARIO = STUDY.scenario("other", weights={"skills": 0.9})
PROGRAMME = rm.Programme.model_validate({"start": "2027-01-31", "months": 4, "rounds": 3})
ANSWER = {
    "mentor": MATCHING.duos[0].mentor,
    "mentee": MATCHING.duos[0].mentee,
    "on": "2027-03-01",
    "by": "mentee",
}
FEEDBACK = rm.Feedback.from_records([{**ANSWER, "wish": "continue"}])
ARRANGEMENTS = rm.Arrangements.from_records([{"mentor": ANSWER["mentor"], "mentee": ANSWER["mentee"]}])
PLAN = rm.plan_rotations(COHORT, rounds=2)
HISTORY = rm.History().with_round(MATCHING, until="2027-05-30")
COMPARISON = STUDY.compare("base", "other")
FRONTIER = STUDY.frontier("total", "share of mixed duos")


def conflict() -> rm.results.Conflict:
    rules = [{"kind": "minimum_score", "at_least": 1}]
    with pytest.raises(rm.InfeasibleError) as caught:
        rm.match(COHORT, rm.Policy.from_data({"rules": rules, "quotas": [{"kind": "duos", "at_least": 2}]}))
    found: rm.results.Conflict = caught.value.explanations[0]
    return found


JOINED = rm.Cohort.from_records([{**one, "joined": "2026-09-01"} for one in PEOPLE])
REPLAY = rm.replay(JOINED, joined="joined", every="7d")

OBJECTS: list[object] = [
    COHORT, COHORT.participants[0], MATCHING, MATCHING.duos[0], MATCHING.policy, MATCHING.certificate, STUDY, SCENARIO,
    COMPARISON, FRONTIER, STUDY.sweep(weight="skills", over=[0.1, 0.5]), STUDY.sensitivity(samples=2),
    rm.audit(MATCHING, COHORT), STUDY.price(), PROGRAMME, PROGRAMME.session, FEEDBACK, FEEDBACK.records[0],
    ARRANGEMENTS, ARRANGEMENTS.records[0], PLAN, PLAN.spread, HISTORY,
    HISTORY.rounds[0], MATCHING.explain("m1", "e2"), rm.trade(MATCHING), rm.indicators(MATCHING, FEEDBACK, COHORT),
    rm.weigh_evidence(MATCHING, FEEDBACK), rm.proposals(MATCHING, FEEDBACK)[0], rm.apply_feedback(COHORT, FEEDBACK),
    REPLAY, conflict(), conflict().relaxations[0], rm.match(COHORT, rm.Policy.from_data({"quotas": [{"kind": "duos", "at_most": 1}]})).unmatched[0],
]  # fmt: skip

RESULTS = {"Fault", "Finding", "JobResult", "Progress", "Scenario", "AfterFeedback"}
"""Classes of which the library makes all that there is, of values that it has checked."""

INTERNAL = {"of_checked", "with_answers", "memoise", "fault"}
"""Methods that the library calls itself, with what it has checked."""


METHODS = (classmethod, staticmethod, FunctionType)


def calls() -> Iterator[tuple[str, Callable[..., object]]]:
    for name in rm.__all__:
        one = getattr(rm, name)
        records = inspect.isclass(one) and issubclass(
            one, BaseModel | BaseException
        )  # of these, see data faults
        if inspect.isfunction(one) or (inspect.isclass(one) and not records and name not in RESULTS):
            yield name, one
    for name in rm.plots.__all__:
        yield f"plots.{name}", getattr(rm.plots, name)
    seen = set()
    for thing in OBJECTS:
        inherited = dir(
            BaseModel if isinstance(thing, BaseModel) else tuple if isinstance(thing, tuple) else object
        )
        for name in dir(thing):
            if name.startswith("_") or name in inherited or name in INTERNAL:
                continue
            method = inspect.getattr_static(thing, name)
            called = f"{type(thing).__name__}.{name}"
            if called not in seen and isinstance(method, METHODS):
                seen.add(called)
                yield called, getattr(thing, name)


CALLS = dict(calls())

GOOD: dict[str, Any] = {
    "matching": MATCHING, "cohort": COHORT, "feedback": FEEDBACK, "programme": PROGRAMME, "plan": PLAN,
    "on": "2027-06-01", "rounds": 2, "matchings": [MATCHING], "jobs": [(COHORT, None)], "mentor": "m1", "mentee": "e1",
    "person": "m1", "before": "base", "after": "other", "weight": "skills", "over": [0.1], "until": "2027-05-30",
    "records": PEOPLE, "text": MATCHING.to_json(), "path": "people.csv", "number": 1, "name": "another",
    "frame": pd.DataFrame(PEOPLE), "duos": [("m1", "e1")], "day": date(2027, 3, 1), "function": lambda a, b: 0,
    "compared": COMPARISON, "points": FRONTIER, "what": "duos", "first": "total", "second": "share of mixed duos",
    "asked": {"a": {}}, "data": {}, "people": ["m1"], "role": "mentor", "log": [], "rotation": None, "by": "hr",
    "policy": rm.Policy(), "participants": COHORT.participants, "source": COHORT.source, "digest": "x",
    "arrangements": ARRANGEMENTS, "organizer": "hr@example.org", "ids": ["m1"], "array": [[1.0, 2.0]], "tables": {},
}  # fmt: skip
GOOD_HERE: dict[str, Any] = {
    "what_if.changes": {"capacity": 2},
    "pseudonymise.key": "a secret of this programme",
    "Study.sensitivity.samples": 2, "Study.sensitivity.resolution": 0.05,
    "plots.comparison.by": "people", "later.first": date(2027, 1, 1), "plots.as_svg.ax": rm.plots.scores(MATCHING),
    "Feedback.records": FEEDBACK.records, "Arrangements.records": ARRANGEMENTS.records, "with_names.record": MATCHING.duos[0],
    "replay.cohort": JOINED, "replay.joined": "joined", "replay.every": "7d", "plots.waiting.replay": REPLAY,
}  # fmt: skip


class Stranger:
    """Of another library."""


BAD: list[Any] = [
    "x", "a\0b", None, math.nan, math.inf, -1, 0, 10**400, 2.5, True, [], {}, (), Stranger(), Stranger, b"x",
    Path("people.csv"), pd.DataFrame(PEOPLE), pd.Series(["m1"]), np.array([[1, 2]]), MATCHING, COHORT, rm.Policy(),
    STUDY, HISTORY, FEEDBACK, PLAN, PROGRAMME, COMPARISON, {"criteria": []}, [1], [None], ["a"], [["a", "b"]], {"a": 1},
    {1: 2}, (1, 2), {"m1"}, lambda: 1, date(2027, 1, 1), [MATCHING], [COHORT],
]  # fmt: skip
GENERATED: list[Callable[[], Iterator[Any]]] = [
    lambda: iter(["a"]), lambda: iter([1]), lambda: (one for one in [{}]), lambda: iter(()),
]  # fmt: skip


def test_the_walk_finds_what_there_is() -> None:
    assert len(CALLS) > 100
    assert {"match", "plots.frontier", "plots.comparison", "Study.sweep", "Matching.explain", "Cohort"} <= {
        *CALLS
    }
    assert {"Programme.round_of", "History.partners_of", "WeightEvidence.accept", "RotationPlan.to_json"} <= {
        *CALLS
    }


OFTEN: list[Any] = [
    "x", None, math.nan, 10**400, True, {}, Stranger(), Path("people.csv"), pd.DataFrame(PEOPLE), np.array([[1, 2]]),
    MATCHING, COHORT, STUDY, [None], (1, 2), lambda: 1,
]  # fmt: skip
"""What is tried on every run; the longer tests try all."""


@pytest.mark.parametrize("bad", [OFTEN, pytest.param(BAD, marks=pytest.mark.long)], ids=["often", "all"])
@pytest.mark.parametrize("name", CALLS)
def test_no_call_ends_in_an_error_of_somebody_else(
    name: str, bad: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    call = CALLS[name]
    known = {
        parameter: one
        for parameter, one in inspect.signature(call).parameters.items()
        if one.kind not in (one.VAR_KEYWORD, one.VAR_POSITIONAL)
    }
    needed = {
        parameter: GOOD_HERE.get(f"{name}.{parameter}", GOOD.get(parameter))
        for parameter, one in known.items()
        if one.default is one.empty or f"{name}.{parameter}" in GOOD_HERE
    }
    missing = [parameter for parameter, value in needed.items() if value is None and parameter != "rotation"]
    assert not missing, "a good value is missing"
    for parameter in known:
        for value in (*bad, *(make() for make in GENERATED)):
            with contextlib.suppress(rm.ReverseMatchError):
                call(**{**needed, parameter: value})
        pyplot.close("all")


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: rm.plots.frontier("total"), "points: not a trade-off but a text; right would be study.frontier(...)"),
        (lambda: rm.plots.frontier(None), "points: not a trade-off but nothing"),
        (lambda: rm.plots.comparison(MATCHING), "compared: not a comparison but a Matching; right would be study.compare"),
        (lambda: rm.plots.comparison("base"), "compared: not a comparison but a text"),
        (lambda: rm.plots.scores(MATCHING, "people.csv"), "ax: not axes but a text; right would be axes of matplotlib"),
        (lambda: rm.plots.rounds(MATCHING), "matchings: not a list of matchings but a Matching"),
        (lambda: rm.plots.as_svg(None), "ax: not axes but nothing"),
        (lambda: PROGRAMME.round_of("2027-03-01"), "day: not a day but a text; right would be a datetime.date"),
        (lambda: HISTORY.partners_of(None), "person: not an id but nothing"),
        (lambda: COMPARISON.records(["duos"]), "what: not text but a list"),
        (lambda: MATCHING.explain("m1", "e1").sentences(["fr"]), "lang: not a language; right would be one of 'en', 'fr'"),
        (lambda: rm.match(COHORT, progress=lambda: 1), "progress: not a function but a function"),
        (lambda: rm.Cohort("people.csv", COHORT.source), "right would be rm.read_cohort(path)"),
        (lambda: rm.indicators(iter(["a"]), FEEDBACK, COHORT), "matchings: not a matching or a list of them"),
    ],
)  # fmt: skip
def test_the_message_is_one_line_on_what_would_be_right(call: Callable[[], object], told: str) -> None:
    with pytest.raises(rm.InputError) as caught:
        call()
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)
