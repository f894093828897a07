"""A study that threads share gives each what it asked for, to the last byte."""

from __future__ import annotations

import copy
import pickle
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import reverse_match as rm
from reverse_match.testing import invented_cohort

if TYPE_CHECKING:
    from collections.abc import Callable

CHANGES: list[dict[str, Any]] = [
    {"weights": {"gender": 0.3}},
    {"weights": {"age": 0.0}},
    {"objective": "total"},
    {"seed": 3},
    {"quotas": [{"kind": "duos", "at_most": 5}]},
    {"rules": []},
    {"capacities": {"p1": 2}},
    {"without": ["p2"]},
]


@pytest.fixture(scope="module")
def cohort() -> rm.Cohort:
    return rm.Cohort.from_records(
        {
            **person.model_dump(exclude_defaults=True, exclude={"attributes"}),
            "id": f"p{place}",
            "manager_id": None,
        }
        for place, person in enumerate(invented_cohort(40).participants)
    )


def test_scenarios_of_several_threads_are_those_of_fresh_matches(cohort: rm.Cohort) -> None:
    study = rm.Study(cohort, threads=1)
    asked = [(f"{turn} {place}", change) for turn in range(5) for place, change in enumerate(CHANGES)]

    def ask(one: tuple[str, dict[str, Any]]) -> rm.Scenario:
        return study.scenario(one[0], **one[1])

    with ThreadPoolExecutor(8) as pool:
        prices = pool.submit(study.price, people=2)
        swept = pool.submit(study.sweep, weight="gender", over=[0, 0.1, 0.5])
        found = list(pool.map(ask, asked))
    fresh = {place: rm.match(one.cohort, one.policy) for place, one in enumerate(found[: len(CHANGES)])}
    for place, one in enumerate(found):
        assert one.matching.to_json() == fresh[place % len(CHANGES)].to_json()
    assert study.base.matching == rm.match(cohort)
    alone = rm.Study(cohort, threads=1)
    assert prices.result() == alone.price(people=2)
    assert swept.result().records() == alone.sweep(weight="gender", over=[0, 0.1, 0.5]).records()
    assert sorted(study.names) == sorted(["base", *(name for name, _ in asked)])


def test_of_two_threads_that_choose_one_name_one_is_refused(cohort: rm.Cohort) -> None:
    study = rm.Study(cohort, threads=1)

    def ask(seed: int) -> int | str:
        try:
            return study.scenario("the same", seed=seed).policy.seed
        except rm.errors.StudyError as error:
            return str(error)

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(ask, range(1, 9)))
    kept = [answer for answer in answers if isinstance(answer, int)]
    assert kept == [study["the same"].policy.seed]
    assert sum("is called 'the same' already" in str(answer) for answer in answers) == 7


def test_whatever_threads_ask_of_a_study_and_its_matchings_is_answered(cohort: rm.Cohort) -> None:
    study = rm.Study(cohort, threads=1)
    alone = rm.Study(cohort, threads=1)
    first = alone.base.matching.duos[0]

    def answer(of: rm.Study, number: int) -> object:
        ways: list[Callable[[], object]] = [
            lambda: of.base.matching.explain(first.mentor, first.mentee),
            lambda: of.base.matching.alternatives(first.mentor),
            lambda: of.scenario(f"not {number}", forbid=[(first.mentor, first.mentee)]).matching.to_json(),
            lambda: len(list(of)) > 0 and "people" in repr(of),
            lambda: of.scenarios({f"in turn {number}": {"seed": 5}}, executor="serial")[
                f"in turn {number}"
            ].matching.to_json(),
            lambda: of.compare("base", "base").records("duos"),
        ]
        return ways[number % len(ways)]()

    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda number: answer(study, number), range(24)))
    assert found[:6] == [answer(alone, number) for number in range(6)]
    assert all(found[number] == found[number % 6] for number in range(24))


def even_ages(mentors: Any, mentees: Any) -> Any:
    return np.add.outer(mentors.numbers("age"), mentees.numbers("age")) % 2 == 0


EVERY_KIND: list[dict[str, Any]] = [
    {"kind": "any_of", "conditions": [
        {"kind": "different", "field": "department"},
        {"kind": "not", "condition": {"kind": "shared", "field": "goals"}},
        {"kind": "all_of", "conditions": [{"kind": "overlapping_hours"}, {"kind": "custom", "function": "even_ages"}]},
    ]},
    {"kind": "gap_between", "field": "age", "at_least": -40},
    {"kind": "require", "of": "both", "field": "age", "at_most": 90},
    {"kind": "minimum_score", "at_least": 0.01},
    {"kind": "not_in_reporting_line"},
    {"kind": "not_met_before", "duos": [{"mentor": "p1", "mentee": "p2"}]},
]  # fmt: skip


@pytest.mark.parametrize("rules", [None, EVERY_KIND])
def test_a_study_can_be_copied_and_sent(cohort: rm.Cohort, rules: Any) -> None:
    rm.register_rule("even_ages", even_ages, replace=True)
    duo = rm.match(cohort).duos[0]
    credit = {"name": "again", "points": 0.1, "pairs": [(duo.mentor, duo.mentee)]}
    policy = rm.Policy() if rules is None else rm.Policy(rules=rules, credits=[credit])
    study = rm.Study(cohort, policy, threads=1)
    matching = study.scenario("a", seed=1).matching
    for other in (copy.copy(study), copy.deepcopy(study), pickle.loads(pickle.dumps(study))):  # noqa: S301
        assert other.scenario("b", seed=1).matching == matching
