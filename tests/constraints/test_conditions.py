"""Every kind of condition, and compositions of them, against plain Python on one pair at a time."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reverse_match as rm
from reverse_match.constraints import compile_condition as compiling
from reverse_match.constraints.compile_condition import compile_condition
from reverse_match.constraints.rows_and_columns import CompilationContext
from reverse_match.foundation.dates import months_later
from reverse_match.policy.policy import Policy
from reverse_match.scoring.columns import Columns
from reverse_match.scoring.criterion import Sides
from reverse_match.verification.conditions import ConditionContext, statement_of
from reverse_match.verification.people import PeopleIndex
from reverse_match.verification.statements import Tile
from rule_oracle import World, truth
from rule_strategies import CONDITIONS, DAY, LEAVES, cohorts_with_more, even_sum, even_sum_of_two

rm.register_rule("even_sum", even_sum)


def said(condition: dict[str, Any]) -> Any:
    return rm.Policy(rules=[condition]).rules[0]


class Pairs:
    """A condition on a cohort three times: compiled, as verification sees it, and as plain Python does."""

    def __init__(self, condition: dict[str, Any], records: list[dict[str, Any]]) -> None:
        self.cohort = rm.Cohort.from_records(records, as_of=DAY)
        people = PeopleIndex(self.cohort)
        policy = Policy()
        table = np.nan_to_num(rm.score_matrix(self.cohort, Policy(rules=[])))
        self.scores = np.rint(table * 1e6).astype(np.int32)
        sides = Sides(people.sides.mentors, people.sides.mentees)
        self.compiled = compile_condition(
            said(condition), CompilationContext.of(self.cohort, policy, sides, None)
        )
        ground = ConditionContext(people, Columns(self.cohort, policy, None), self.cohort.as_of)
        self.statement = statement_of(said(condition), ground)
        by_id = {record["id"]: record for record in records}
        rows = [by_id[person.id] for person in self.cohort.mentors]
        columns = [by_id[person.id] for person in self.cohort.mentees]
        scores = {
            (row["id"], column["id"]): int(self.scores[i, j])
            for i, row in enumerate(rows)
            for j, column in enumerate(columns)
        }
        world = World(records, date.fromisoformat(DAY), scores, {"even_sum": even_sum_of_two})
        answers = [[truth(condition, row, column, world) for column in columns] for row in rows]
        self.truth = np.array(
            [[{True: 1, False: -1, None: 0}[answer] for answer in line] for line in answers]
        )


def check(condition: dict[str, Any], records: list[dict[str, Any]], data: st.DataObject) -> None:
    pairs = Pairs(condition, records)
    shape, scores = pairs.scores.shape, pairs.scores
    whole = slice(0, shape[0]), slice(0, shape[1])
    assert (pairs.compiled.truth(*np.ogrid[whole], scores) == pairs.truth).all()
    rows = slice(data.draw(st.integers(0, shape[0] - 1)), shape[0])
    columns = slice(data.draw(st.integers(0, shape[1] - 1)), shape[1])
    for seen, mine in ((rows, columns), whole):
        tile = Tile(seen, mine, scores[seen, mine].astype(np.int64))
        assert (pairs.statement(tile) == pairs.truth[seen, mine]).all()
    assert (
        pairs.compiled.truth(*np.ogrid[rows, columns], scores[rows, columns]) == pairs.truth[rows, columns]
    ).all()
    some = [np.array(sorted(data.draw(st.sets(st.integers(0, size - 1)))), dtype=np.int64) for size in shape]
    of_some = pairs.compiled.part(*some).truth(
        *np.ogrid[: len(some[0]), : len(some[1])], scores[np.ix_(*some)]
    )
    assert (of_some == pairs.truth[np.ix_(*some)]).all()
    here, there = np.indices(shape).reshape(2, -1)
    assert (pairs.compiled.truth(here, there, scores[here, there]) == pairs.truth.ravel()).all()


@pytest.mark.parametrize("kind", LEAVES)
@settings(max_examples=max(4, settings.default.max_examples // 4))  # of each of many kinds
@given(records=cohorts_with_more(), data=st.data())
def test_each_kind_against_plain_python(
    kind: str, records: list[dict[str, Any]], data: st.DataObject
) -> None:
    check({"kind": kind, **data.draw(LEAVES[kind])}, records, data)


@given(cohorts_with_more(), CONDITIONS, st.data())
def test_compositions_against_plain_python(
    records: list[dict[str, Any]], condition: dict[str, Any], data: st.DataObject
) -> None:
    check(condition, records, data)


def states(condition: dict[str, Any], mentor: dict[str, Any], mentee: dict[str, Any]) -> int:
    """Return 1 for true, 0 for not known, -1 for false."""
    pairs = Pairs(
        condition,
        [
            {**PERSON, "id": "m", "role": "mentor", **mentor},
            {**PERSON, "id": "e", "role": "mentee", **mentee},
        ],
    )
    found = int(pairs.compiled.truth(*np.ogrid[0:1, 0:1], pairs.scores)[0, 0])
    assert pairs.statement(Tile(slice(0, 1), slice(0, 1), pairs.scores.astype(np.int64)))[0, 0] == found
    return found


PERSON: dict[str, Any] = {
    "offers": {}, "seeks": {}, "goals": [], "age": None, "gender": None, "department": None,
    "manager_id": None, "capacity": 1, "languages": [], "timezone": None, "location": None, "years": None,
    "consent": None, "avoids": [],
}  # fmt: skip


@pytest.mark.parametrize(
    ("condition", "mentor", "mentee", "expected"),
    [
        ({"kind": "same", "field": "location"}, {"location": "Saint-Étienne / Nord"}, {"location": "SAINT-ETIENNE/nord"}, 1),
        ({"kind": "same", "field": "department", "prefix": 2}, {"department": "G/IT/Data"}, {"department": "G/IT/Ops"}, 1),
        ({"kind": "different", "field": "department", "prefix": 2}, {"department": "G"}, {"department": "G/IT"}, 1),
        ({"kind": "different", "field": "gender"}, {"gender": "f/x"}, {"gender": "f"}, 1),
        ({"kind": "different", "field": "gender"}, {"gender": "f"}, {}, 0),
        ({"kind": "gap_between", "field": "years", "at_least": 0.3}, {"years": 4.2}, {"years": 4.5}, 1),
        ({"kind": "gap_between", "field": "years", "at_most": 0.1}, {"years": 0.2}, {"years": 0.3}, 1),
        ({"kind": "gap_between", "field": "years", "at_most": -9007199254740992}, {"years": 9007199254740992}, {"years": 1e-300}, -1),
        # in July 19 hours ahead are 5 hours behind, on the day before: of 8 hours of work 3 are in common
        ({"kind": "overlapping_hours", "at_least": 2}, {"timezone": "Pacific/Auckland"}, {"timezone": "America/Los_Angeles"}, 1),
        # in summer 4 hours and a half, in winter 3 and a half
        ({"kind": "overlapping_hours", "at_least": 3.5}, {"timezone": "Europe/Paris"}, {"timezone": "Asia/Kolkata"}, 1),
        ({"kind": "overlapping_hours", "at_least": 3.6}, {"timezone": "Europe/Paris"}, {"timezone": "Asia/Kolkata"}, -1),
        ({"kind": "overlapping_hours"}, {"timezone": "Europe/Paris"}, {}, 0),
        ({"kind": "shared", "field": "languages", "at_least": 2}, {"languages": ["FR", "en"]}, {"languages": ["fr", "de", "EN"]}, 1),
        ({"kind": "teaches"}, {"offers": {"IA": 1}}, {"seeks": {"Generative AI": 3, "AI": 1}}, 1),
        ({"kind": "teaches"}, {"offers": {"Python": 5}}, {"seeks": {"SQL": 3}}, -1),
        ({"kind": "teaches"}, {"offers": {"Python": 5}}, {}, 0),
        ({"kind": "teaches"}, {"seeks": {"Python": 3}}, {"offers": {"Python": 5}}, 0),
        ({"kind": "teaches", "of": "mentee"}, {"seeks": {"Python": 3}}, {"offers": {"Python": 5}}, 1),
        ({"kind": "teaches", "of": "both"}, {"offers": {"SQL": 1}}, {"seeks": {"Python": 1}}, -1),
        ({"kind": "teaches", "of": "either"}, {"offers": {"SQL": 1}}, {"seeks": {"Python": 1}}, 0),
        ({"kind": "teaches", "at_level": 3}, {"offers": {"Python": 2}}, {"seeks": {"Python": 3}}, -1),
        ({"kind": "teaches", "at_priority": 2}, {"offers": {"Python": 2}}, {"seeks": {"Python": 1}}, -1),
        ({"kind": "teaches", "at_least": 2}, {"offers": {"Python": 2, "SQL": 1}}, {"seeks": {"sql": 1, "python": 1}}, 1),
        ({"kind": "teaches", "at_level": 4, "skills": [{"skill": "Pyhton", "at_level": 2}]}, {"offers": {"Python": 2}}, {"seeks": {"Python": 1}}, 1),
        ({"kind": "teaches", "skills": [{"skill": "ML", "needs": [{"skill": "Python", "at_level": 2}]}]}, {"offers": {"Machine Learning": 4}}, {"seeks": {"ML": 1}, "offers": {"Python": 2}}, 1),
        ({"kind": "teaches", "skills": [{"skill": "ML", "needs": [{"skill": "Python", "at_level": 2}]}]}, {"offers": {"Machine Learning": 4}}, {"seeks": {"ML": 1}, "offers": {"Python": 1}}, -1),
        ({"kind": "teaches", "skills": [{"skill": "ML", "needs": [{"skill": "Python"}]}]}, {"offers": {"Machine Learning": 4}}, {"seeks": {"ML": 1}}, 0),
        ({"kind": "teaches", "skills": [{"skill": "ML", "needs": [{"skill": "nobody has it"}]}]}, {"offers": {"SQL": 1, "ML": 5}}, {"seeks": {"ML": 1, "SQL": 1}}, 1),
        ({"kind": "require", "of": "both", "field": "consent", "equals": "yes"}, {"consent": "no"}, {}, -1),
        ({"kind": "require", "of": "mentee", "field": "consent", "equals": "yes"}, {"consent": "no"}, {}, 0),
        ({"kind": "require", "of": "mentee", "field": "consent", "known": True}, {"consent": "no"}, {}, -1),
        ({"kind": "require", "of": "mentor", "field": "consent", "equals": True}, {"consent": "TRUE"}, {}, 1),
    ],
)  # fmt: skip
def test_cases_worth_a_name(
    condition: dict[str, Any], mentor: dict[str, Any], mentee: dict[str, Any], expected: int
) -> None:
    assert states(condition, mentor, mentee) == expected


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2025-12-15", 12, "2026-12-15"),
        ("2025-08-31", 6, "2026-02-28"),
        ("9999-01-01", 12, "9999-12-31"),
    ],
)
def test_months_end_where_the_month_does(day: str, months: int, expected: str) -> None:
    assert months_later(date.fromisoformat(day), months).isoformat() == expected


@pytest.mark.parametrize("asked", ["2026-02-27", "2026-02-28", "2026-03-01"])
def test_two_may_meet_again_from_the_last_day_of_a_short_month_on(asked: str) -> None:
    people = [{"id": "m", "role": "mentor"}, {"id": "e", "role": "mentee"}]
    cohort = rm.Cohort.from_records(people, as_of=asked)
    past = {"mentor": "e", "mentee": "m", "until": "2025-08-31"}
    policy = rm.Policy(rules=[{"kind": "not_met_before", "duos": [past], "again_after_months": 6}])
    matching = rm.match(cohort, policy)
    assert len(matching.duos) == (asked >= "2026-02-28")
    assert str(matching.as_of) == asked, "the day decides, so it is recorded"
    rm.verify(matching, rm.Cohort.from_records(people), policy)


@pytest.mark.parametrize(
    "kind", ["different", "shared", "teaches", "among", "gap_between", "overlapping_hours"]
)
@settings(max_examples=min(15, settings.default.max_examples // 2))
@given(records=cohorts_with_more(), data=st.data())
def test_many_profiles_need_no_table(kind: str, records: list[dict[str, Any]], data: st.DataObject) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiling, "SMALL_TABLE", 0)
        patch.setattr(compiling, "LARGEST_TABLE", 0)
        check({"kind": kind, **data.draw(LEAVES[kind])}, records, data)


@pytest.mark.parametrize(("field", "expected"), [("goals", 1), ("seeks", 1), ("hobbies", -1)])
def test_names_climb_the_ladder_where_a_field_has_aliases(field: str, expected: int) -> None:
    one, other = ("IA générative", "Generative AI") if field != "seeks" else ({"IA": 1}, {"AI": 2})
    people = {"id": "m", "role": "mentor", field: one}, {"id": "e", "role": "mentee", field: other}
    cohort = rm.Cohort.from_records(people)
    policy = rm.Policy(rules=[{"kind": "shared", "field": field}])
    matching = rm.match(cohort, policy)
    assert len(matching.duos) == (expected == 1)
    rm.verify(matching, cohort, policy)
