"""Every record says in errors of this library what is wrong with its data, however it is made."""

from __future__ import annotations

import contextlib
import inspect
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import BaseModel

import reverse_match as rm
from reverse_match.foundation.data_places import place_of
from reverse_match.foundation.names import near_name
from reverse_match.foundation.records import PlainData

if TYPE_CHECKING:
    from collections.abc import Callable

MARKER = "zyxwvut-98765"
"""A value that stands in no message."""

RECORDS = sorted(
    {
        one
        for one in (*(getattr(rm, name) for name in rm.__all__), *vars(rm.results).values())
        if inspect.isclass(one) and issubclass(one, BaseModel)
    },
    key=lambda one: one.__name__,
)

ERRORS = {
    rm.results.Amendment: rm.InputError,
    rm.results.FeedbackRecord: rm.errors.FeedbackError,
    rm.History: rm.errors.HistoryError,
    rm.Matching: rm.errors.MatchingFileError,
    rm.Participant: rm.errors.CohortError,
    rm.results.PastRound: rm.errors.HistoryError,
    rm.Policy: rm.errors.PolicyError,
    rm.Programme: rm.errors.ProgrammeError,
    rm.RotationPlan: rm.errors.MatchingFileError,
}

WORDS_OF_PYDANTIC = re.compile(
    r"[Ii]nput should|[Ff]ield required|not permitted|validation error|should have at (most|least)|valid "
    r"(string|integer|number|tuple|dictionary|boolean|list|date)|instance of|Value error|pydantic|Tuple|nput tag"
)


def refused(call: Callable[[], object]) -> rm.InputError:
    with pytest.raises(rm.InputError) as caught:
        call()
    for fault in caught.value.faults:
        said = str(fault)
        assert not WORDS_OF_PYDANTIC.search(said), said
        assert MARKER not in said
        assert fault.code
        assert "\n" not in said
    return caught.value


def junk_of(model: type[BaseModel], value: object) -> dict[str, Any]:
    return {field.alias or name: value for name, field in model.model_fields.items()}


def test_there_are_records() -> None:
    assert {*ERRORS} <= {*RECORDS}
    assert len(RECORDS) > 30
    assert all(issubclass(one, PlainData) for one in RECORDS)


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__name__)
def test_no_record_raises_an_error_of_pydantic(model: type[BaseModel]) -> None:
    values: list[object] = [object(), [MARKER], {"key": MARKER}, float("nan"), 10**400, b"\xff", -1]
    for value in values:
        junk = junk_of(model, value)
        calls = (
            lambda junk=junk: model(**junk),
            lambda junk=junk: model.model_validate(junk),
            lambda value=value: model.model_validate(value),
            lambda junk=junk: model.model_validate_strings(junk),
        )
        for call in calls:
            with contextlib.suppress(pytest.fail.Exception):  # fields of numbers take -1
                refused(call)
    for text in (
        "{",
        "[1]",
        f"""{{"key": "{MARKER}""",
        "nul",
        b"\xff",
        json.dumps({"schema_version": MARKER, "id": []}),
    ):
        refused(lambda text=text: model.model_validate_json(text))
    expected = ERRORS.get(model, rm.InputError)
    assert isinstance(refused(lambda: model.model_validate([MARKER])), expected)


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__name__)
def test_what_is_missing_is_named(model: type[BaseModel]) -> None:
    required = {field.alias or name for name, field in model.model_fields.items() if field.is_required()}
    if not required:
        return
    for call in (lambda: model(), lambda: model.model_validate({}), lambda: model.model_validate_json("{}")):
        faults = refused(call).faults
        assert {fault.column for fault in faults} == required or model is rm.Participant
        assert all("missing" in fault.message for fault in faults)
        assert {fault.code for fault in faults} == {"missing"}


def test_no_record_can_be_changed() -> None:
    programme = rm.Programme(start="2027-01-01", months=3)
    fault = refused(lambda: setattr(programme, "months", 4)).faults[0]
    assert (fault.column, fault.code) == ("months", "frozen")
    assert "model_copy" in fault.message
    refused(lambda: delattr(programme, "months"))


SAME = {"kind": "same", "field": "location"}
ANSWER = {"mentor": "lea", "mentee": "ada", "on": "2026-12-01", "by": "mentee"}
PERSON = {"id": "lea", "role": "mentor"}
BEGINS = {"start": "2027-01-01", "months": 3}

WRONG: list[tuple[type[BaseModel], dict[str, Any], str, str]] = [
    (rm.Policy, {"rules": [{"kind": None}]}, "rules[0]: kind is not text; right would be one of 'all_of', ", "unknown-kind"),
    (rm.Policy, {"rules": [{"kind": 7}]}, "rules[0]: kind is not text", "unknown-kind"),
    (rm.Policy, {"rules": [{"kind": "None"}]}, "rules[0]: unknown kind 'None'; known are 'all_of'", "unknown-kind"),
    (rm.Policy, {"rules": [{}]}, "rules[0]: no kind; right would be one of 'all_of'", "missing-kind"),
    (rm.Policy, {"rules": [7]}, "rules[0]: not an object; right would be names and what they are", "wrong-type"),
    (rm.Policy, {"rules": "same"}, "rules: not a list", "wrong-type"),
    (rm.Policy, {"rules": [SAME] * 10_001}, "rules: a list of too many; right would be up to 10,000", "too-long"),
    (rm.Policy, {"rules": [{"kind": "fix", "pairs": [["a"]]}]}, "rules[0].pairs[0]: not a pair; right would be a list of two ids", "wrong-type"),
    (rm.Policy, {"rules": [{"kind": "fix", "pairs": [["a", "b", "c"]]}]}, "rules[0].pairs[0]: not a pair", "wrong-type"),
    (rm.Policy, {"rules": [{"kind": "fix", "pairs": ["ab"]}]}, "rules[0].pairs[0]: not a pair", "wrong-type"),
    (rm.Policy, {"rules": [{"kind": "fix", "pairs": [["a", 7]]}]}, "rules[0].pairs[0][1]: not text; right would be text in quotes", "wrong-type"),
    (rm.Policy, {"rules": [{**SAME, "name": ""}]}, "rules[0].name: empty; right would be some text", "empty"),
    (rm.Policy, {"rules": [{**SAME, "prefix": 0}]}, "rules[0].prefix: out of range; right would be a whole number from 1 to 1,000", "out-of-range"),
    (rm.Policy, {"rules": [{**SAME, "prefix": 1.5}]}, "rules[0].prefix: not a whole number from 1 to 1,000", "wrong-type"),
    (rm.Policy, {"rules": [{**SAME, "paths": "x"}]}, "rules[0].paths: not a truth value; right would be true or false", "wrong-type"),
    (rm.Policy, {"rules": [{"kind": "require", "of": "x", "field": "y", "known": True}]}, "rules[0].of: unknown; right would be 'mentor', 'mentee' or 'both'", "unknown-value"),
    (rm.Policy, {"rules": [{"kind": "require", "of": "both", "field": "x", "equals": "y" * 10_001}]}, "rules[0].equals[0]: longer than 10,000 characters", "too-long"),
    (rm.Policy, {"quotas": [{"kind": "count", "of": {"kind": None}, "at_most": 1}]}, "quotas[0].of: kind is not text", "unknown-kind"),
    (rm.Policy, {"quotas": [{"kind": "count", "where": 7, "at_most": 1}]}, "quotas[0].where: not an object", "wrong-type"),
    (rm.Policy, {"quotas": [{"kind": "each", "by": 7, "at_most": 1}]}, "quotas[0].by: not text", "wrong-type"),
    (rm.Policy, {"quotas": [{"kind": "duos", "at_most": "7"}]}, "quotas[0].at_most: not a whole number from 0 to 10,000,000", "wrong-type"),
    (rm.Policy, {"credits": [{"points": 1, "mentors": ["a"]}]}, "credits[0].name: missing; right would be text", "missing"),
    (rm.Policy, {"objective": None}, "objective: unknown; right would be 'coverage', ", "unknown-value"),
    (rm.Policy, {"objective": {"kind": "unfair"}}, "objective.kind: unknown; right would be 'fair'", "unknown-value"),
    (rm.Policy, {"seed": "7"}, "seed: not a whole number", "wrong-type"),
    (rm.Policy, {"synonyms": {"a": "b"}}, "synonyms.a: not a list", "wrong-type"),
    (rm.Policy, {"rotation": []}, "rotation: not an object", "wrong-type"),
    (rm.Policy, {"rotation": {"learned_level": 6}}, "rotation.learned_level: out of range; right would be a whole number from 1 to 5", "out-of-range"),
    (rm.Programme, {}, "start: missing; right would be a day such as 2026-11-23", "missing"),
    (rm.Programme, {"start": "x", "months": 3}, "start: not a day; right would be text such as 2026-11-23", "not-a-day"),
    (rm.Programme, {**BEGINS, "months": 0}, "months: out of range; right would be a whole number from 1 to 120", "out-of-range"),
    (rm.Programme, {**BEGINS, "session": 7}, "session: not an object", "wrong-type"),
    (rm.Programme, {**BEGINS, "session": {"unit": "day", "every": 1}}, "session.unit: unknown; right would be 'week' or 'month'", "unknown-value"),
    (rm.Programme, {**BEGINS, "objectives": ["x"] * 101}, "objectives: a list of too many; right would be up to 100", "too-long"),
    (rm.Programme, {**BEGINS, "name": 7}, "name: not text", "wrong-type"),
    (rm.Participant, {**PERSON, "capacity": "many"}, "capacity: not a number", "not-a-number"),
    (rm.Participant, {**PERSON, "years": [7]}, "years: ", "wrong-type"),
    (rm.Participant, {"id": "lea"}, "role: missing; right would be 'mentor', 'mentee' or 'both'", "missing"),
    (rm.results.FeedbackRecord, {**ANSWER, "satisfaction": 9}, "satisfaction: ", "out-of-range"),
    (rm.results.FeedbackRecord, {**ANSWER, "wish": "perhaps"}, "wish: unknown answer; right would be continue, change or stop", "unknown-value"),
    (rm.results.FeedbackRecord, {**ANSWER, "mentor": None}, "mentor: missing", "missing"),
    (rm.results.FeedbackRecord, {**ANSWER, "hours_saved": -1}, "hours_saved: out of range", "out-of-range"),
    (rm.results.FeedbackRecord, {**ANSWER, "wsh": "stop"}, "wsh: unknown name; did you mean 'wish'?", "unknown-name"),
    (rm.History, {"rounds": [7]}, "rounds[0]: not an object", "wrong-type"),
    (rm.History, {"schema_version": 9}, "schema_version: unknown; right would be 2", "unknown-value"),
    (rm.results.Unmatched, {"id": 7}, "id: not text", "wrong-type"),
]  # fmt: skip


@pytest.mark.parametrize(("model", "data", "told", "code"), WRONG, ids=[one[2][:40] for one in WRONG])
def test_what_is_wrong_is_said_in_words_of_this_library(
    model: type[BaseModel], data: dict[str, Any], told: str, code: str
) -> None:
    error = refused(lambda: model.model_validate(data))
    found = [fault for fault in error.faults if str(fault).startswith(told)]
    assert found, str(error)
    assert found[0].code == code
    if model is not rm.results.Unmatched and data:
        assert len(error.faults) == 1, "one thing is wrong, and said once"


def test_all_that_is_wrong_comes_at_once_with_its_place() -> None:
    data = {"start": "x", "months": 0, "session": {"minutes": 1}, "round": 2}
    for call in (lambda: rm.Programme(**data), lambda: rm.Programme.model_validate(data)):
        places = {fault.column for fault in refused(call).faults}
        assert places == {"start", "months", "session.minutes", "round"}
    error = refused(lambda: rm.Programme.from_data(data, "programme of a form"))
    assert {fault.source for fault in error.faults} == {"programme of a form"}


def test_a_place_is_written_as_it_stands_in_the_file() -> None:
    location = ("rules", 0, "not", "condition", "any_of", "conditions", 1, "require", "equals", 0, "int")
    place = place_of(location, rm.Policy)
    assert place.written == "rules[0].condition.conditions[1].equals[0]"
    assert len(place.alternatives) == 3
    assert place_of(("synonyms", "x" * 100, "[key]"), rm.Policy).written.startswith("synonyms.xxx")


def test_a_matching_of_other_data_says_all_in_its_place() -> None:
    people = [{"id": "lea", "role": "mentor"}, {"id": "ada", "role": "mentee"}]
    data = json.loads(rm.match(rm.Cohort.from_records(people)).to_json())
    data["duos"][0]["score"] = MARKER
    data["policy"]["criteria"][0] = {"kind": "gap"}
    data["more"] = 1
    error = refused(lambda: rm.Matching.from_data(data, "stored.json"))
    assert {"duos[0].score", "policy.criteria[0].from", "more"} <= {fault.column for fault in error.faults}
    assert {fault.source for fault in error.faults} == {"stored.json"}
    assert isinstance(error, rm.errors.MatchingFileError)


@pytest.mark.parametrize(
    ("name", "known", "near"),
    [
        ("None", ["not", "same"], None),
        ("x", ["y"], None),
        ("zz", ["id", "a1"], None),
        ("e9", ["e1", "m2"], "e1"),
        ("ids", ["age", "day"], None),
        ("tom", ["eva", "lea"], None),
        ("gpa", ["gap", "wants"], "gap"),
        ("alfa", ["alpha", "kind"], "alpha"),
        ("Lea", ["lea"], "lea"),
        ("forbidden", ["forbid", "fix"], "forbid"),
        ("", ["a"], None),
    ],
)
def test_a_suggestion_resembles_what_was_written(name: str, known: list[str], near: str | None) -> None:
    assert near_name(name, known) == near
