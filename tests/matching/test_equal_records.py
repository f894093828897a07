"""Equal records are equal: one digest, one JSON and one text, however a database gave their keys back."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import reverse_match as rm
from reverse_match.foundation.canonical_form import canonical_json, in_order
from reverse_match.matching.results.proof_by_cases import ProofByCases
from strategies import cohorts

POLICIES: list[dict[str, Any]] = [
    {},
    {"objective": "total", "quotas": [{"kind": "duos", "at_most": 2}]},
    {"objective": "max_min", "synonyms": {"AI": ["IA"], "a": ["b"]}},
    {"objective": {"kind": "fair", "alpha": 1.0}, "rules": [{"kind": "minimum_score", "at_least": 1.0}]},
    {
        "rules": [
            {"kind": "minimum_score", "at_least": 0.25},
            {"kind": "gap_between", "field": "age", "at_least": 5.0},
            {"kind": "gap_between", "field": "age", "at_most": 30.0},
            {"kind": "not_in_reporting_line"},
        ]
    },
    {
        "credits": [
            {"name": "z", "points": 1.0, "mentees": ["p1"]},
            {"name": "a", "points": 0.5, "mentors": ["p0"]},
            {"name": "m", "points": 2.0, "pairs": [["p0", "p1"]]},
        ]
    },
    {
        "quotas": [
            {
                "kind": "count",
                "at_most": 3,
                "where": {"mentor.gender": "female", "mentee.department": ["finance", "group"]},
            },
            {"kind": "each", "by": "mentee.department", "at_most": 1},
        ]
    },
]


def shuffled(data: Any, order: random.Random) -> Any:
    """Return plain data with other keys first at every level, and 1 for 1.0, as some databases have it."""
    if isinstance(data, dict):
        keys = order.sample(list(data), len(data))
        return {key: shuffled(data[key], order) for key in keys}
    if isinstance(data, list):
        return [shuffled(part, order) for part in data]
    return int(data) if isinstance(data, float) and data.is_integer() else data


@given(cohorts(), st.sampled_from(POLICIES), st.randoms(use_true_random=False))
def test_a_matching_read_back_with_other_keys_first_is_the_same(
    records: list[dict[str, Any]], asked: dict[str, Any], order: random.Random
) -> None:
    policy = rm.Policy.model_validate(asked)
    cohort = rm.Cohort.from_records(records)
    try:
        matching = rm.match(cohort, policy)
    except rm.InfeasibleError:
        return
    data = json.loads(matching.to_json())
    for back in (
        rm.Matching.from_json(json.dumps(shuffled(data, order))),
        rm.Matching.model_validate(shuffled(data, order)),
    ):
        assert back == matching
        assert back.sha256 == matching.sha256
        assert back.to_json() == matching.to_json() or asked.get("synonyms")  # in the order that a user gave
        assert back.policy.sha256 == matching.policy.sha256 == policy.sha256
        assert list(map(str, back.unmatched)) == list(map(str, matching.unmatched))
        rm.verify(back, cohort, rm.Policy.model_validate(shuffled(asked, order)))
    history = rm.History().with_round(matching, until="2027-01-01")
    assert history.number_of(back) == 1
    again = rm.History.from_json(json.dumps(shuffled(json.loads(history.to_json()), order)))
    assert (again, again.to_json()) == (history, history.to_json())


@given(cohorts(), st.sampled_from(POLICIES), st.randoms(use_true_random=False))
def test_people_and_policies_written_in_another_order_give_the_same_matching(
    records: list[dict[str, Any]], asked: dict[str, Any], order: random.Random
) -> None:
    people = rm.Cohort.from_records(records), rm.Cohort.from_records(shuffled(records, order))
    assert people[0] == people[1]
    assert people[0].sha256 == people[1].sha256
    made = []
    for cohort, data in zip(people, (asked, shuffled(asked, order)), strict=True):
        try:
            made.append(rm.match(cohort, rm.Policy.model_validate(data)).sha256)
        except rm.InfeasibleError as error:
            made.append(str(error))
    assert made[0] == made[1]


def test_an_amended_and_rotated_matching_read_back_is_the_same() -> None:
    order = random.Random(5)
    cohort = rm.read_cohort(rm.demo_path())
    first = rm.match(cohort)
    duo = first.duos[0]
    amended = rm.amend(first, cohort, forbid=[(duo.mentor, duo.mentee)], at_most_changes=4)
    second = rm.rotate(amended, cohort, on="2027-06-01")
    history = rm.History().with_round(amended, until="2027-06-01").with_round(second, until="2027-12-01")
    for matching in (amended, second):
        for _ in range(5):
            back = rm.Matching.from_json(json.dumps(shuffled(json.loads(matching.to_json()), order)))
            assert (back, back.sha256, back.to_json()) == (matching, matching.sha256, matching.to_json())
            assert history.number_of(back) == history.number_of(matching)
    with pytest.raises(rm.errors.HistoryError, match="stands there already"):
        rm.rotate(back, cohort, on="2028-06-01", history=history)


def test_a_plan_read_back_is_the_same() -> None:
    order = random.Random(6)
    records = [
        {"id": f"p{n}", "role": "both" if n < 2 else "mentee", "absent": 2 if n == 4 else None}
        for n in range(5)
    ]
    plan = rm.plan_rotations(rm.Cohort.from_records(records), rounds=2)
    for _ in range(5):
        back = rm.RotationPlan.from_json(json.dumps(shuffled(json.loads(plan.to_json()), order)))
        assert (back, back.sha256, back.to_json()) == (plan, plan.sha256, plan.to_json())


NUMBERS = st.one_of(st.integers(-(2**70), 2**70), st.floats(allow_nan=False, allow_infinity=False))
PLAIN = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(max_size=3),
    lambda parts: st.lists(parts, max_size=3) | st.dictionaries(st.text(max_size=2), parts, max_size=3),
    max_leaves=8,
)


@given(PLAIN, st.randoms(use_true_random=False))
def test_the_canonical_form_says_the_same_and_is_one(data: Any, order: random.Random) -> None:
    text = json.dumps(data)
    canonical = canonical_json(text)
    assert json.loads(canonical) == json.loads(text)
    assert canonical_json(canonical) == canonical_json(json.dumps(shuffled(data, order))) == canonical


@given(st.lists(NUMBERS, min_size=2, max_size=2))
def test_numbers_are_written_as_one_exactly_if_they_are_equal(two: list[float]) -> None:
    one, other = (canonical_json(json.dumps(number)) for number in two)
    assert (one == other) == (two[0] == two[1])
    whole = float(round(two[0] % 1000))
    assert canonical_json(json.dumps(whole)) == canonical_json(json.dumps(int(whole)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"criteria": [{"kind": "gap", "name": "g", "weight": 1.0, "field": "k", "from": 0.0, "to": 5.0}]},
         {"criteria": [{"to": 5, "kind": "gap", "name": "g", "weight": 1, "field": "k", "from": -0.0}]}),
        ({"objective": {"kind": "fair", "alpha": 2.0}}, {"objective": {"alpha": 2, "kind": "fair"}}),
        ({"rules": [{"kind": "require", "of": "mentor", "field": "k", "equals": 5.0}]},
         {"rules": [{"kind": "require", "of": "mentor", "field": "k", "equals": 5}]}),
        ({"synonyms": {"a": ["b"], "c": []}}, {"synonyms": {"c": [], "a": ["b"]}}),
    ],
)  # fmt: skip
def test_equal_policies_have_one_digest(one: dict[str, Any], other: dict[str, Any]) -> None:
    first, second = rm.Policy.model_validate(one), rm.Policy.model_validate(other)
    assert first == second
    assert first.sha256 == second.sha256
    assert first.rule_labels == second.rule_labels


@pytest.mark.parametrize("read", [rm.Matching.from_json, rm.RotationPlan.from_json])
def test_a_key_that_stands_twice_is_a_fault(read: Any) -> None:
    text = '{"schema_version": 2, "duos": [], "policy": {"seed": 1, "seed": 2}}'
    with pytest.raises(rm.errors.MatchingFileError, match="the key 'seed' stands twice in one object"):
        read(text)


def test_prices_of_cases_read_back_are_written_in_one_order() -> None:
    written = '{"nodes":[{"mentors":{"a":2,"b":1},"mentees":{"x":-1,"y":3}}]}'
    other = '{"nodes":[{"mentees":{"y":3,"x":-1},"mentors":{"b":1,"a":2}}]}'
    assert ProofByCases.model_validate_json(written).model_dump_json() == written
    assert ProofByCases.model_validate_json(other).model_dump_json() == written


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers()), st.lists(st.sampled_from("abcdefgh")))
def test_keys_come_in_the_order_of_names_and_others_by_alphabet(
    found: dict[str, int], names: list[str]
) -> None:
    first = [name for place, name in enumerate(names) if name in found and name not in names[:place]]
    ordered = in_order(found, names)
    assert list(ordered) == first + sorted(set(found) - set(first))
    assert ordered == found
    assert in_order(ordered, names) is ordered
