from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import reverse_match as rm
from oracle import in_one_line
from reverse_match.constraints.reporting_line import superiors
from reverse_match.constraints.rules import BlockedPairs, rules_of
from reverse_match.scoring.criterion import Sides
from strategies import cohorts

PAIRS = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 5)), max_size=12)


@given(PAIRS, st.integers(0, 7), st.integers(0, 5))
def test_a_tile_of_blocked_pairs_is_a_part_of_the_whole(pairs: Any, top: int, left: int) -> None:
    rule = BlockedPairs.of("forbid", pairs)
    whole = rule.blocked(slice(0, 8), slice(0, 6), np.zeros((8, 6), np.int32))
    assert {(int(row), int(column)) for row, column in np.argwhere(whole)} == set(pairs)
    part = rule.blocked(slice(top, 8), slice(left, 6), np.zeros((8 - top, 6 - left), np.int32))
    assert (part == whole[top:, left:]).all()


@given(cohorts())
def test_the_whole_chain_of_managers_counts(records: list[dict[str, Any]]) -> None:
    cohort = rm.Cohort.from_records(records)
    ids = [record["id"] for record in records]
    found = {frozenset((ids[low], ids[high])) for low, high in superiors(cohort)}
    expected = {frozenset((a, b)) for a in ids for b in ids if a != b and in_one_line(records, a, b)}
    assert found == expected


def test_a_rule_forbids_both_ways_for_people_in_both_roles() -> None:
    cohort = rm.Cohort.from_records([{"id": "a", "role": "both"}, {"id": "b", "role": "both"}])
    policy = rm.Policy(rules=[{"kind": "forbid", "pairs": [["a", "b"]]}])
    rules = rules_of(cohort, policy, Sides([0, 1], [0, 1]))
    scores = np.zeros((2, 2), np.int32)
    blocked = {
        rule.label: rule.blocked(slice(0, 2), slice(0, 2), scores).tolist() for rule in rules.forbidding
    }
    assert blocked == {
        "same_person": [[True, False], [False, True]],
        "forbid": [[False, True], [True, False]],
    }
