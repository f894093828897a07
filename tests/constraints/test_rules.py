from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reverse_match as rm
from oracle import in_one_line
from reverse_match.constraints.condition import BlockedPairs
from reverse_match.constraints.list_conditions import superiors
from reverse_match.constraints.rules import PairRule, rules_of
from reverse_match.scoring.criterion import Sides
from rule_strategies import even_sum
from strategies import cohorts

PAIRS = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 5)), max_size=12)


def marked(rule: PairRule, rows: slice, columns: slice) -> Any:
    marks = np.zeros((rows.stop - rows.start, columns.stop - columns.start), dtype=bool)
    marks[rule.find_blocked(*np.ogrid[rows, columns], np.zeros(marks.shape, np.int32))] = True
    return marks


@given(PAIRS, st.integers(0, 7), st.integers(0, 5))
def test_a_tile_of_blocked_pairs_is_a_part_of_the_whole(pairs: Any, top: int, left: int) -> None:
    rows, columns = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    rule = BlockedPairs.of("forbid", (rows, columns))
    whole = marked(rule, slice(0, 8), slice(0, 6))
    assert {(int(row), int(column)) for row, column in np.argwhere(whole)} == set(pairs)
    assert (marked(rule, slice(top, 8), slice(left, 6)) == whole[top:, left:]).all()
    everywhere = np.indices((8, 6)).reshape(2, -1)
    assert (rule.among(*everywhere, np.zeros(48, np.int64)) == whole.ravel()).all()


@given(PAIRS, st.sets(st.integers(0, 7)), st.sets(st.integers(0, 5)))
def test_blocked_pairs_are_found_in_any_rows_and_columns(
    pairs: Any, rows: set[int], columns: set[int]
) -> None:
    blocked = BlockedPairs.of("forbid", tuple(np.array(pairs, dtype=np.int64).reshape(-1, 2).T))
    here, there = (np.array(sorted(places), dtype=np.int64) for places in (rows, columns))
    marks = np.zeros((len(here), len(there)), dtype=bool)
    marks[blocked.in_tile(here[:, None], there[None, :])] = True
    assert [[(row, column) in pairs for column in there] for row in here] == marks.tolist()


@given(cohorts())
def test_the_whole_chain_of_managers_counts(records: list[dict[str, Any]]) -> None:
    cohort = rm.Cohort.from_records(records)
    ids = [record["id"] for record in records]
    found = {frozenset((ids[low], ids[high])) for low, high in zip(*superiors(cohort), strict=True)}
    expected = {frozenset((a, b)) for a in ids for b in ids if a != b and in_one_line(records, a, b)}
    assert found == expected


def test_a_rule_forbids_both_ways_for_people_in_both_roles() -> None:
    cohort = rm.Cohort.from_records([{"id": "a", "role": "both"}, {"id": "b", "role": "both"}])
    policy = rm.Policy(rules=[{"kind": "forbid", "pairs": [["a", "b"]]}])
    rules = rules_of(cohort, policy, Sides([0, 1], [0, 1]))
    blocked = {rule.label: marked(rule, slice(0, 2), slice(0, 2)).tolist() for rule in rules.forbidding}
    assert blocked == {
        "same_person": [[True, False], [False, True]],
        "forbid": [[False, True], [True, False]],
    }


PEOPLE: list[dict[str, Any]] = [
    {"id": "m", "role": "mentor", "avoids": "x", "note": "a"},
    {"id": "e", "role": "mentee", "note": "b"},
    {"id": "x", "role": "mentee"},
]


@pytest.mark.parametrize(
    ("rule", "faults"),
    [
        ({"kind": "same", "field": "nota"}, ["rules[1].field: no field 'nota' in the people; did you mean 'note'?"]),
        ({"kind": "different", "field": "languages"}, ["rules[1].field: 'languages' does not hold texts; right would be gender, department, location, or a column of texts"]),
        ({"kind": "shared", "field": "avoids"}, ["rules[1].field: 'avoids' does not hold lists; right would be goals, languages, offers, seeks, or a column of lists"]),
        ({"kind": "teaches", "offered": "nte"}, ["rules[1].offered: no field 'nte' in the people; did you mean 'note'?"]),
        ({"kind": "not", "condition": {"kind": "teaches", "wanted": "gender"}}, ["rules[1].condition.wanted: 'gender' does not hold wanted names"]),
        ({"kind": "require", "of": "both", "field": "nte", "known": True}, ["rules[1].field: no field 'nte' in the people; did you mean 'note'?"]),
        ({"kind": "any_of", "conditions": [{"kind": "avoids"}, {"kind": "not", "condition": {"kind": "gap_between", "field": "gender", "at_least": 1}}]},
         ["rules[1].conditions[1].condition.field: 'gender' does not hold numbers; right would be age, grade, or a column of numbers"]),
        ({"kind": "gap_between", "field": "note", "at_least": 1}, ["records, row 1, column 'note': not a number", "records, row 2, column 'note': not a number"]),
        ({"kind": "custom", "function": "evn_sum"}, ["rules[1].function: no rule function 'evn_sum' is registered; did you mean 'even_sum'?; see rm.register_rule"]),
        ({"kind": "not_met_before", "duos": [], "again_after_months": 3}, ["rules[1].again_after_months: months are counted back from a day; set as_of in the policy, or read the people as of a day"]),
        ({"kind": "not", "condition": {"kind": "listed", "pairs": [["m", "x"], ["e", "nobody"]]}},
         ["rules[1].condition.pairs[1][0]: a listed pair names the mentor first; this person has role mentee",
          "rules[1].condition.pairs[1][1]: nobody in the cohort has this id"]),
        ({"kind": "fix", "pairs": [["m", "nobody"]]}, ["rules[1].pairs[0][1]: nobody in the cohort has this id"]),
    ],
)  # fmt: skip
def test_a_rule_that_does_not_fit_the_people_says_where(rule: dict[str, Any], faults: list[str]) -> None:
    rm.register_rule("even_sum", even_sum)
    policy = rm.Policy(rules=[{"kind": "avoids"}, rule])
    with pytest.raises((rm.errors.PolicyError, rm.errors.CohortError)) as caught:
        rm.match(rm.Cohort.from_records(PEOPLE), policy)
    assert [str(fault) for fault in caught.value.faults] == faults


def test_nobody_meets_whom_one_of_the_two_avoids() -> None:
    """By default; whoever has left is avoided to no effect."""
    people = [
        {"id": "m", "role": "mentor", "avoids": ["x", "left"]},
        {"id": "e", "role": "mentee"},
        {"id": "x", "role": "mentee"},
    ]
    matching = rm.match(rm.Cohort.from_records(people))
    assert [(duo.mentor, duo.mentee) for duo in matching.duos] == [("m", "e")]
    assert [(left.id, left.blocked_by) for left in matching.unmatched] == [("x", {"avoids": 1})]


def test_names_of_rules_stand_in_reasons_and_conflicts() -> None:
    people = [{"id": "m", "role": "mentor", "gender": "f"}, {"id": "e", "role": "mentee", "gender": "f"}]
    rules = [
        {"kind": "different", "field": "gender", "name": "mixed"},
        {"kind": "forbid", "pairs": [["m", "e"]], "name": "quarrel"},
        {"kind": "forbid", "pairs": [["e", "m"]]},
        {"kind": "minimum_score", "at_least": 1, "name": "perfect"},
    ]
    cohort = rm.Cohort.from_records(people)
    matching = rm.match(cohort, rm.Policy(rules=rules))
    expected = {"mixed": 1, "quarrel": 1, "forbid": 1, "perfect": 1}
    assert [left.blocked_by for left in matching.unmatched] == [expected] * 2
    rm.verify(matching, cohort)
    with pytest.raises(rm.InfeasibleError) as caught:
        rm.match(cohort, rm.Policy(rules=[rules[0], {"kind": "fix", "pairs": [["m", "e"]]}]))
    assert len(caught.value.conflicts) == 1
    assert "is fixed, and a rule forbids it (mixed)" in caught.value.conflicts[0]


def test_only_a_minimum_score_is_a_reason_of_its_own() -> None:
    people = [{"id": "m", "role": "mentor", "gender": "f"}, {"id": "e", "role": "mentee", "gender": "f"}]
    low = {"kind": "minimum_score", "at_least": 1}
    for rules, reason in [
        ([low], "below_minimum_score"),
        ([{**low, "name": "perfect"}, {**low, "at_least": 0.9}], "below_minimum_score"),
        ([low, {"kind": "different", "field": "gender"}], "no_allowed_partner"),
        ([{"kind": "all_of", "conditions": [low]}], "no_allowed_partner"),
    ]:
        matching = rm.match(rm.Cohort.from_records(people), rm.Policy(rules=rules))
        assert {left.reason for left in matching.unmatched} == {reason}
        rm.verify(matching, rm.Cohort.from_records(people))


@pytest.mark.parametrize("listed", [5_000_000, 0], ids=["listed", "too many to list"])
def test_pairs_that_a_table_forbids_are_those_of_two_people(
    listed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reverse_match.constraints.rules.MOST_LISTED", listed)
    cohort = rm.Cohort.from_records([{"id": name, "role": "both"} for name in "abc"])
    scores = np.full((3, 3), 0.5)
    scores[0, 1] = -np.inf
    policy = rm.Policy.from_data({"criteria": [{"kind": "table", "name": "own", "weight": 1}], "rules": []})
    (own,) = rm.match(cohort, policy, tables={"own": scores}).criteria
    assert own.forbidden_pairs == 1
