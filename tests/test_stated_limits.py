"""Programmes, plans, calendars, histories and feedback of a size that nobody has: one line, and at once."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.views.cli.main import app

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SOON = 5.0
PROGRAMME = {"start": "2027-01-11", "months": 4, "rounds": 2}


@pytest.fixture(autouse=True)
def _at_once() -> Iterator[None]:
    began = time.process_time()
    yield
    assert time.process_time() - began < SOON


@pytest.fixture(scope="module")
def matching() -> rm.Matching:
    people = [{"id": "m", "role": "mentor"}, {"id": "e", "role": "mentee"}]
    return rm.match(rm.Cohort.from_records(people))


@pytest.mark.parametrize(
    "changed",
    [
        {"rounds": 1_000_000},
        {"months": 1_000_000},
        {"rounds": 10**400},
        {"session": {"at_most": 1_000_000}},
        {"session": {"minutes": 10**30}},
        {"objectives": ["one"] * 100_000},
        {"name": "x" * 900_000},
        {"objectives": ["x" * 900_000]},
        {"start": "9999-12-31"},
    ],
)
def test_programmes(tmp_path: Path, changed: dict[str, Any]) -> None:
    file = tmp_path / "programme.json"
    file.write_text(json.dumps({**PROGRAMME, **changed}))
    with pytest.raises(rm.errors.ProgrammeError) as caught:
        rm.Programme.load(file)
    assert len(caught.value.faults) == 1
    assert len(str(caught.value)) < 300


def test_a_million_rounds_of_a_plan(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("id,role\nm,mentor\ne,mentee\n")
    result = CliRunner().invoke(app, ["plan", str(tmp_path / "people.csv"), "--rounds", "1000000"])
    assert result.exit_code == 2


def test_a_stored_plan_of_too_many_rounds(matching: rm.Matching) -> None:
    cohort = rm.Cohort.from_records([{"id": "m", "role": "mentor"}, {"id": "e", "role": "mentee"}])
    plan = json.loads(rm.plan_rotations(cohort, rounds=1).to_json())
    plan["rounds"] *= 1_000
    with pytest.raises(rm.errors.MatchingFileError):
        rm.RotationPlan.from_json(json.dumps(plan))


def test_calendars(matching: rm.Matching) -> None:
    duo = matching.duos[0]
    many = matching.model_copy(update={"duos": (duo,) * 5_000})
    weekly = rm.Programme(
        start="2027-01-11", months=60, rounds=1, session={"every": 1, "unit": "week", "minutes": 30}
    )
    with pytest.raises(rm.errors.ProgrammeError, match="right would be up to 200,000"):
        rm.calendar(many, weekly)


def test_histories(matching: rm.Matching) -> None:
    history = rm.History().with_round(matching, until="2027-05-11")
    data = json.loads(history.to_json())
    with pytest.raises(rm.errors.HistoryError, match="1,001 rounds; right would be a history of up to 1,000"):
        rm.History.from_json(json.dumps({**data, "rounds": data["rounds"] * 1_001}))
    text = history.to_json()
    for digits in (400, 5_000):
        huge = text.replace('"number": 1', '"number": 1' + "0" * digits, 1)
        assert huge != text
        with pytest.raises(rm.errors.HistoryError):
            rm.History.from_json(huge)


@pytest.mark.parametrize(
    "said",
    [
        {"comment": "x" * 1_000_000},
        {"acquired": "x" * 1_000_000},
        {"wish": "x" * 1_000_000},
        {"sessions_held": 10**400},
        {"sessions_cancelled": "9" * 5_000},
        {"hours_saved": 10**400},
        {"hours_saved": 1e300},
        {"satisfaction": "9" * 5_000},
    ],
)
def test_feedback(said: dict[str, Any]) -> None:
    answer = {"mentor": "m", "mentee": "e", "on": "2027-04-30", "by": "mentor", **said}
    with pytest.raises(rm.errors.FeedbackError) as caught:
        rm.Feedback.from_records([answer])
    assert len(caught.value.faults) == 1
    assert len(str(caught.value)) < 300
