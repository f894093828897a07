"""What public calls are given is checked before they begin: the library's own error, and no value in it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

import reverse_match as rm
from reverse_match.foundation.arguments import EXPECTED

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PEOPLE = [
    {"id": "m1", "role": "mentor", "offers": "Python:5"},
    {"id": "m2", "role": "mentor"},
    {"id": "e1", "role": "mentee", "seeks": "Python"},
    {"id": "e2", "role": "mentee"},
]
COHORT = rm.Cohort.from_records(PEOPLE)
MATCHING = rm.match(COHORT)
FEEDBACK = rm.Feedback.from_records([])
PROGRAMME = rm.Programme.model_validate({"start": "2027-01-31", "months": 4, "rounds": 3})
STUDY = rm.Study(COHORT)
PLAN = rm.plan_rotations(COHORT, rounds=2)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: rm.match("secret.csv"),  # type: ignore[arg-type]
            rm.errors.CohortError,
            "cohort: not people but a text; right would be rm.read_cohort(path)",
        ),
        (
            lambda: rm.match(pd.DataFrame(PEOPLE)),  # type: ignore[arg-type]
            rm.errors.CohortError,
            "cohort: not people but a DataFrame; right would be rm.Cohort.from_frame(frame)",
        ),
        (
            lambda: rm.match(PEOPLE),  # type: ignore[arg-type]
            rm.errors.CohortError,
            "cohort: not people but a list; right would be rm.Cohort.from_records(records)",
        ),
        (
            lambda: rm.match(COHORT, {"criteria": []}),  # type: ignore[arg-type]
            rm.errors.PolicyError,
            "policy: not a policy; right would be rm.Policy(...), or rm.Policy.model_validate(data) of plain data",
        ),
        (
            lambda: rm.plots.scores(COHORT),  # type: ignore[arg-type]
            rm.InputError,
            "matching: not a matching but a Cohort; right would be one of rm.match(...), or "
            "rm.Matching.from_json(text)",
        ),
        (
            lambda: rm.Cohort.from_records(PEOPLE, mapping={1: "id"}),  # type: ignore[dict-item]
            rm.InputError,
            "mapping: not a dictionary of headings but a dict; right would be their names, each with a field, "
            "such as {'Badge': 'id'}",
        ),
        (
            lambda: rm.verify(COHORT, MATCHING),  # type: ignore[arg-type]
            rm.InputError,
            "matching: not a matching but a Cohort; right would be one of rm.match(...), or "
            "rm.Matching.from_json(text)\n"
            "cohort: not people but a Matching; right would be rm.read_cohort(path), or "
            "rm.Cohort.from_records(records)",
        ),
        (
            lambda: rm.match(COHORT, threads=0),
            rm.InputError,
            "threads: cannot be this number; right would be a whole number from 1 to 1024, or None for all cores",
        ),
        (
            lambda: rm.match(COHORT, time_limit=-1),
            rm.InputError,
            "time_limit: cannot be this number; right would be seconds from 0 on, or None for no limit",
        ),
        (
            lambda: rm.match(COHORT, memory="x"),  # type: ignore[arg-type]
            rm.InputError,
            "memory: cannot be a text; right would be a whole number of bytes, such as 2**30",
        ),
        (
            lambda: rm.amend(COHORT, MATCHING, forbid=[("m1", "e1")]),  # type: ignore[arg-type]
            rm.InputError,
            "matching: not a matching but a Cohort",
        ),
        (
            lambda: rm.rotate(COHORT, MATCHING, on="2027-06-01"),  # type: ignore[arg-type]
            rm.InputError,
            "matching: not a matching but a Cohort",
        ),
        (
            lambda: MATCHING.explain("m1", 5),  # type: ignore[arg-type]
            rm.InputError,
            "mentee: not an id but a number; right would be the id of somebody, as text",
        ),
        (
            lambda: rm.read_feedback(None),  # type: ignore[arg-type]
            rm.InputError,
            "path: not a path but nothing; right would be text without a zero byte, or a pathlib.Path",
        ),
    ],
)
def test_the_message_says_what_would_be_right(
    call: Callable[[], object], error: type[rm.InputError], message: str
) -> None:
    with pytest.raises(error) as caught:
        call()
    assert type(caught.value) is error
    assert message in str(caught.value)
    assert "secret" not in str(caught.value)


GOOD: dict[str, Any] = {
    "matching": MATCHING, "cohort": COHORT, "feedback": FEEDBACK, "programme": PROGRAMME, "plan": PLAN,
    "on": "2027-06-01", "rounds": 2, "matchings": [MATCHING], "jobs": [(COHORT, None)], "mentor": "m1",
    "mentee": "e1", "person": "m1", "before": "base", "after": "base", "weight": "skills", "over": [0.1],
    "until": "2027-05-30", "records": PEOPLE, "text": MATCHING.to_json(), "path": rm.demo_path(), "number": 1,
    "name": "other", "frame": pd.DataFrame(PEOPLE), "duos": [("m1", "e1")],
}  # fmt: skip
BAD: list[Any] = [
    "x", None, math.nan, math.inf, -1, 10**400, 2.5, True, [], {}, object(), b"x", MATCHING, COHORT, rm.Policy(),
    {"criteria": []}, [1], [None], ["a"], {"a": 1}, "a\0b",
]  # fmt: skip
CALLS: list[Callable[..., object]] = [
    rm.match, rm.verify, rm.amend, rm.rotate, rm.attach, rm.trade, rm.score_matrix, rm.plan_rotations,
    rm.verify_plan, rm.proposals, rm.indicators, rm.weigh_evidence, rm.apply_feedback, rm.calendar,
    rm.match_many, MATCHING.explain, MATCHING.why, MATCHING.alternatives, MATCHING.to_html, MATCHING.report,
    MATCHING.to_frame, rm.Study, STUDY.sweep, STUDY.compare, rm.read_cohort, rm.read_feedback,
    rm.Cohort.from_records, rm.Cohort.from_frame, COHORT.amended, rm.Matching.from_json, rm.RotationPlan.from_json,
    rm.History.from_json, rm.History.load, rm.History().save, rm.History().with_round, rm.Policy.load,
    rm.Programme.load, PROGRAMME.sessions, PROGRAMME.round_begins, FEEDBACK.about, FEEDBACK.between,
]  # fmt: skip


def parameters_of(call: Callable[..., object]) -> dict[str, Any]:
    import inspect

    return dict(inspect.signature(call).parameters)


@pytest.mark.parametrize("call", CALLS, ids=lambda call: str(call.__qualname__))
def test_whatever_a_call_is_given_it_answers_or_says_what_is_wrong(
    call: Callable[..., object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No error of Python's own comes out of a public call, whatever stands in place of an argument."""
    monkeypatch.chdir(tmp_path)
    known = parameters_of(call)
    needed = {name: GOOD[name] for name, one in known.items() if one.default is one.empty and name in GOOD}
    for name in known:
        for bad in BAD:
            try:
                call(**{**needed, name: bad})
            except rm.ReverseMatchError:
                continue


def test_python_says_itself_what_is_missing_or_unknown() -> None:
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'cohort'"):
        rm.match()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="unexpected keyword argument 'thread'"):
        rm.match(COHORT, thread=1)  # type: ignore[call-arg]


def test_what_is_right_is_left_alone() -> None:
    import numpy as np

    limits: dict[str, Any] = {"threads": np.int64(1), "memory": 2**28, "time_limit": math.inf}
    assert rm.match(COHORT, None, **limits) == MATCHING
    assert rm.indicators((one for one in [MATCHING]), FEEDBACK, [COHORT]) is not None
    assert all(expected.right(object()) for expected in EXPECTED.values())
