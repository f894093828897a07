"""A fair share in all that follows a match: answers, studies, rotations, amendments, plans, and limits of time."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

import reverse_match as rm
from reverse_match.errors import PolicyError, StudyError
from reverse_match.testing import invented_cohort

SPREAD = [{"of": "mentors"}, {"of": "both", "after_total": True}]


def people(*, least: bool = False, together: bool = False) -> rm.Cohort:
    records = [
        person.model_dump(mode="json", exclude_defaults=True)
        for person in invented_cohort(24, 2, mentor_capacity=3).participants
    ]
    for place, record in enumerate(records):
        record["role"] = "both" if place % 5 == 0 else record["role"]
        if least and record["role"] == "mentor" and place % 4 == 0:
            record["least_duos"] = 1
        if together and record["role"] == "both":
            record["capacity_in_all"] = 1
    return rm.Cohort.from_records(records)


def pairs(matching: rm.Matching) -> list[tuple[str, str]]:
    return [(duo.mentor, duo.mentee) for duo in matching.duos]


MIXED = {"kind": "share", "of": {"kind": "different", "field": "gender"}, "at_least": 0.7}
WAYS: list[Any] = [
    ({}, {"spread": SPREAD[0]}),
    ({}, {"spread": SPREAD[1], "objective": "total"}),
    pytest.param({}, {"spread": SPREAD[0], "objective": "max_min"}, marks=pytest.mark.long),
    pytest.param({"least": True}, {}, marks=pytest.mark.long),
    ({"least": True}, {"spread": SPREAD[0]}),
    pytest.param({"least": True}, {"objective": "max_min"}, marks=pytest.mark.long),
    pytest.param({"least": True, "together": True}, {}, marks=pytest.mark.long),
    ({"least": True, "together": True}, {"quotas": [{"kind": "duos", "at_most": 9}]}),
    pytest.param({"together": True}, {"spread": SPREAD[0]}, marks=pytest.mark.long),
    ({}, {"spread": "both", "quotas": [MIXED, {"kind": "duos", "at_most": 9}]}),
    pytest.param(
        {}, {"spread": SPREAD[1], "quotas": [MIXED], "objective": "max_min"}, marks=pytest.mark.long
    ),
]


@pytest.mark.parametrize(("shape", "policy"), WAYS)
def test_an_answer_is_that_of_a_new_match(shape: dict[str, bool], policy: dict[str, Any]) -> None:
    cohort, chosen = people(**shape), rm.Policy.from_data(policy)
    matching = rm.match(cohort, chosen)
    rm.verify(matching, cohort, chosen)
    gone = pairs(matching)[0]
    without = chosen.model_copy(
        update={"rules": (*chosen.rules, *rm.Policy(rules=[{"kind": "forbid", "pairs": [gone]}]).rules)}
    )
    after, answer = rm.match(cohort, without), matching.explain(*gone)
    assert answer.cost_of_forbidding == pytest.approx(matching.total - after.total)
    assert answer.duos_lost == len(matching.duos) - len(after.duos)
    other = matching.alternatives(gone[0], role="mentor")[0]
    assert other.partner not in {mentee for mentor, mentee in pairs(matching) if mentor == gone[0]}
    assert other.sentences(lang="fr")
    stored = rm.attach(rm.Matching.from_json(matching.to_json()), cohort)
    assert stored.explain(*gone) == answer


@pytest.mark.parametrize(("shape", "policy"), WAYS)
def test_a_scenario_equals_a_new_match(shape: dict[str, bool], policy: dict[str, Any]) -> None:
    study = rm.Study(people(**shape), rm.Policy.from_data(policy))
    first, *_, last = pairs(study.base.matching)
    for name, changes in {
        "weights": {"weights": {"gender": 0.4}},
        "forbid": {"forbid": [first]},
        "capacities": {"capacities": {last[0]: 3}},
        "seed": {"seed": 7},
    }.items():
        scenario = study.scenario(name, **changes)
        assert scenario.matching == rm.match(scenario.cohort, scenario.policy), name


def test_a_scenario_can_spread_duos() -> None:
    study = rm.Study(people())
    found = study.scenario("fair", spread="mentors").matching
    assert found == rm.match(study.cohort, rm.Policy(spread="mentors"))
    assert [price.kind for price in study.price(people=1).prices]
    spread = rm.Study(people(), rm.Policy(spread="mentors"))
    assert [price.kind for price in spread.price(people=1).prices]
    with pytest.raises(StudyError, match="not spread under a bound"):
        spread.frontier("total", "mixed gender")


@pytest.mark.parametrize(("shape", "policy"), WAYS)
def test_a_round_follows_and_is_amended(shape: dict[str, bool], policy: dict[str, Any]) -> None:
    cohort, chosen = people(**shape), rm.Policy.from_data(policy)
    first = rm.match(cohort, chosen)
    amended = rm.amend(first, cohort, forbid=[pairs(first)[0]])
    rm.verify(amended, cohort, chosen)
    limited = rm.amend(first, cohort, forbid=[pairs(first)[0]], at_most_changes=1)
    rm.verify(limited, cohort, chosen)
    charged = rm.amend(first, cohort, forbid=[pairs(first)[0]], charge=0.2)
    rm.verify(charged, cohort, chosen)
    following = rm.rotate(first, cohort, chosen, on="2027-01-01")
    rm.verify(following, cohort, chosen)
    assert not set(pairs(first)) & set(pairs(following))


def test_what_a_plan_cannot_keep_is_refused() -> None:
    with pytest.raises(PolicyError, match="spreads duos yet"):
        rm.plan_rotations(people(), rm.Policy(spread="both"), rounds=2)


@pytest.mark.parametrize("shape", [{"least": True}, {"together": True}])
def test_a_plan_keeps_numbers_of_duos_in_every_round(shape: dict[str, bool]) -> None:
    cohort = people(**shape)
    plan = rm.plan_rotations(cohort, rounds=2)
    rm.verify_plan(plan, cohort)
    assert rm.RotationPlan.from_json(plan.to_json()) == plan
    for matching in plan.rounds:
        loads = Counter(name for pair in pairs(matching) for name in pair)
        assert matching.added.loads
        for person in cohort.participants:
            most = person.capacity_in_all
            assert person.least_duos <= loads[person.id]
            assert most is None or loads[person.id] <= most
        rm.verify(matching, cohort)
    first = plan.rounds[0].duos[0]
    assert "other rounds of the plan" in plan.rounds[1].explain(first.mentor, first.mentee).blocked_by


def test_a_plan_keeps_capacities_of_each_role() -> None:
    records = [
        {"id": "a", "role": "both", "capacity_as_mentor": 2},
        {"id": "b", "role": "both", "capacity_as_mentee": 2},
        {"id": "c", "role": "mentee"},
        {"id": "d", "role": "mentee"},
    ]
    cohort = rm.Cohort.from_records(records)
    plan = rm.plan_rotations(cohort, rounds=2)
    rm.verify_plan(plan, cohort)
    for matching in plan.rounds:
        assert [mentee for _, mentee in pairs(matching)].count("a") <= 1


@pytest.mark.parametrize("spread", SPREAD)
@pytest.mark.parametrize("seconds", [0, 0.02])
def test_where_time_is_over_the_gap_is_stated(spread: dict[str, Any], seconds: float) -> None:
    cohort = invented_cohort(400, 2, mentor_capacity=3)
    policy = rm.Policy.from_data({"spread": spread})
    matching = rm.match(cohort, policy, time_limit=seconds)
    rm.verify(matching, cohort, policy)
    proof = matching.certificate
    assert proof.spread is not None
    assert proof.proved == (proof.spread.shared == proof.spread.bound and proof.total == proof.bound)
    assert proof.proved or proof.price_of_spread is None
