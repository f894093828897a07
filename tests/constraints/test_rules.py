from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import reverse_match as rm
from oracle import in_one_line
from reverse_match.constraints.reporting_line import superiors
from reverse_match.constraints.rules import BlockedPairs, PairRule, rules_of
from reverse_match.scoring.criterion import Sides
from strategies import cohorts

PAIRS = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 5)), max_size=12)


def marked(rule: PairRule, rows: slice, columns: slice) -> Any:
    marks = np.zeros((rows.stop - rows.start, columns.stop - columns.start), dtype=bool)
    marks[rule.blocked(rows, columns, np.zeros(marks.shape, np.int32))] = True
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
