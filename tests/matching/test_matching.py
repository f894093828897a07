from __future__ import annotations

import copy
import csv
import io
import json
import pickle
from typing import Any

import pytest
from hypothesis import given

import reverse_match as rm
from reverse_match.foundation.fixed_point import Points
from reverse_match.matching.results.matching import Duo
from reverse_match.scoring.name_matches import NameMatch
from strategies import cohorts


@given(cohorts())
def test_json_is_lossless(records: list[dict[str, Any]]) -> None:
    matching = rm.match(rm.Cohort.from_records(records))
    again = rm.Matching.from_json(matching.to_json())
    assert again == matching
    assert again.to_json() == matching.to_json()
    assert pickle.loads(pickle.dumps(matching)) == matching  # noqa: S301


@given(cohorts())
def test_points_are_whole_millionths_that_add_up(records: list[dict[str, Any]]) -> None:
    matching = rm.match(rm.Cohort.from_records(records))
    whole = [round(duo.score * 1_000_000) for duo in matching.duos]
    assert sum(whole) == round(matching.total * 1_000_000)
    for duo, score in zip(matching.duos, whole, strict=True):
        assert sum(round(points * 1_000_000) for points in duo.contributions.values()) == score
        assert duo.score == score / 1_000_000 == sum(duo.contributions.values())
    assert sum(duo.score for duo in matching.duos) == matching.total
    again = rm.Matching.from_json(matching.to_json())
    assert all(sum(duo.contributions.values()) == duo.score for duo in again.duos)


@pytest.fixture
def matching() -> rm.Matching:
    people = [
        {"id": "=cmd|' /C calc'!A0", "role": "mentor", "offers": "Python"},
        {"id": "@sum", "role": "mentor"},
        {"id": "-1", "role": "mentee", "seeks": "Python"},
        {"id": "plain", "role": "mentee"},
    ]
    return rm.match(rm.Cohort.from_records(people))


def test_csv_neutralises_formulas(matching: rm.Matching) -> None:
    heading, *rows = csv.reader(io.StringIO(matching.to_csv()))
    assert heading == [
        "mentor",
        "mentee",
        "score",
        "skills",
        "goals",
        "age",
        "gender",
        "department",
        "missing",
    ]
    assert sorted(row[0] for row in rows) == ["'=cmd|' /C calc'!A0", "'@sum"]
    assert sorted(row[1] for row in rows) == ["'-1", "plain"]
    assert all(not cell.startswith(tuple("=+-@\t")) for row in rows for cell in row)


def test_a_matching_is_frozen(matching: rm.Matching) -> None:
    with pytest.raises(rm.InputError):
        matching.total = 3.0  # type: ignore[misc]
    with pytest.raises(rm.InputError):
        matching.duos[0].score = 3.0  # type: ignore[misc]


def test_what_is_shown_is_short(matching: rm.Matching) -> None:
    assert repr(matching) == f"Matching(2 duos, total {matching.total:.6f}, 0 without a duo, proved optimal)"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda data: "no json", "matching: not valid JSON"),
        (lambda data: [], "no matching that this library has written"),
        (lambda data: {**data, "schema_version": 3}, "written by a newer version of reverse_match; update"),
        (lambda data: {**data, "extra": 1}, "extra: unknown name; known are"),
        (lambda data: {**data, "total": "a lot"}, "total: not a number"),
        (lambda data: {**data, "total": float("nan")}, "total: NaN or infinite; a finite number"),
        (lambda data: {k: v for k, v in data.items() if k != "duos"}, "duos: missing; right would be a list"),
    ],
)
def test_what_is_no_matching_is_refused(matching: rm.Matching, change: Any, message: str) -> None:
    changed = change(json.loads(matching.to_json()))
    text = changed if isinstance(changed, str) else json.dumps(changed)
    with pytest.raises(rm.errors.MatchingFileError, match=message):
        rm.Matching.from_json(text)


def test_the_json_names_of_the_contract(matching: rm.Matching) -> None:
    data = json.loads(matching.to_json())
    assert {"mentor", "mentee", "score", "contributions"} <= set(data["duos"][0])
    assert data["certificate"]["gap"] == 0
    assert data["policy"]["criteria"][2]["from"] == 5
    assert data["library_version"] == rm.__version__


def test_records_of_checked_values_are_what_validation_makes() -> None:
    match = NameMatch(criterion="goals", mentor="IA", mentee="AI", rung="alias")
    values = {
        "mentor": "m",
        "mentee": "e",
        "score": Points(0.5),
        "contributions": {"goals": Points(0.5)},
        "missing": ("age",),
        "name_matches": (match,),
        "common_times": ("Mon 09:00-10:00",),
        "matters_most": {"mentor": "goals"},
        "weights": {"goals": Points(1)},
        "fixed": False,
        "credits": {"waited": Points(0.5)},
        "lacking": True,
    }
    made, validated = Duo.of_checked(dict(values)), Duo.model_validate(values)
    assert made == validated
    assert made.model_dump_json() == validated.model_dump_json()
    assert made.model_fields_set == validated.model_fields_set
    assert made.model_copy(update={"fixed": True}).fixed
    assert copy.deepcopy(made) == pickle.loads(pickle.dumps(made)) == made  # noqa: S301 - our own
    with pytest.raises(rm.InputError):
        made.fixed = True  # type: ignore[misc]
