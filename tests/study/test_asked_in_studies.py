"""What is asked as far as possible, in studies, amendments, rotations and plans: each as a fresh match has it."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import pytest

import reverse_match as rm
from thinned import thinned_product

Record = dict[str, Any]

TEACHES = {"kind": "teaches"}


def people(count: int, seed: int, *, both: bool = False) -> list[Record]:
    random = Random(seed)
    names = list("abcdefgh")
    return [
        {
            "id": f"p{number}",
            "role": "both" if both and number % 5 == 0 else "mentor" if number % 2 else "mentee",
            "offers": random.sample(names, random.randint(0, 2)),
            "seeks": random.sample(names, random.randint(0, 2)),
            "age": random.randint(20, 60),
            "department": random.choice("ABC"),
            "goals": random.sample(names, 2),
        }
        for number in range(count)
    ]


def lacks(cohort: rm.Cohort, duos: Any) -> int:
    """Count by hand."""
    by_id = {person.id: person for person in cohort.participants}
    pairs = [(set(by_id[duo.mentor].offers), set(by_id[duo.mentee].seeks)) for duo in duos]
    return sum(bool(one and other) and not one & other for one, other in pairs)


POLICY = rm.Policy(as_far_as_possible=TEACHES)


@pytest.mark.parametrize("seed", range(4))
def test_studies_equal_fresh_matches(seed: int) -> None:
    cohort = rm.Cohort.from_records(people(24, seed))
    study = rm.Study(cohort, POLICY)
    scenarios = [
        study.scenario("weights", weights={"skills": 0.1}),
        study.scenario("rule", rules=[{"kind": "forbid", "pairs": [["p1", "p0"], ["p3", "p2"]]}]),
        study.scenario("quota", quotas=[{"kind": "duos", "at_most": 7}]),
        study.scenario("total", objective="total"),
        study.scenario("worst", objective="max_min"),
    ]
    for scenario in [study.base, *scenarios]:
        fresh = rm.match(cohort, scenario.policy)
        assert scenario.matching.to_json() == fresh.to_json(), scenario.name
        assert fresh.certificate.lacking == lacks(cohort, fresh.duos)
    base, without = rm.match(cohort, POLICY), rm.match(cohort, rm.Policy(as_far_as_possible=False))
    assert lacks(cohort, base.duos) <= lacks(cohort, without.duos)
    for price in study.price(people=3).prices:
        assert price.lacking is not None
        assert price.gap == 0


def test_a_sweep_and_a_frontier_keep_to_it() -> None:
    cohort = rm.Cohort.from_records(people(30, 1))
    study, fewest = rm.Study(cohort, POLICY), rm.match(cohort, POLICY).certificate.lacking
    for point in study.sweep(weight="skills", over=[0, 0.5, 3]).points:
        assert point.matching.certificate.lacking == fewest
        assert point.matching.to_json() == rm.match(cohort, point.policy).to_json()
    for corner in study.frontier(
        "total", "mixed gender", of={"kind": "different", "field": "department"}
    ).points:
        assert corner.gap == 0
        assert {(duo.mentor, duo.mentee) for duo in rm.match(cohort, corner.policy).duos} == set(corner.duos)


@pytest.mark.parametrize("seed", range(3))
def test_amendments_and_rotations_keep_to_it(seed: int) -> None:
    cohort = rm.Cohort.from_records(people(22, seed))
    first = rm.match(cohort, POLICY)
    duo = first.duos[0]
    amended = rm.amend(first, cohort, forbid=[(duo.mentor, duo.mentee)])
    rm.verify(amended, cohort, POLICY)
    asked = POLICY.model_copy(update={"rules": amended.policy_in_force.rules})
    assert amended.certificate.lacking == rm.match(cohort, asked).certificate.lacking
    few = rm.amend(first, cohort, forbid=[(duo.mentor, duo.mentee)], at_most_changes=2)
    rm.verify(few, cohort, POLICY)
    charged = rm.amend(first, cohort, forbid=[(duo.mentor, duo.mentee)], charge=0.1)
    rm.verify(charged, cohort, POLICY)
    after = rm.rotate(first, cohort, POLICY, on="2026-12-01")
    rm.verify(after, cohort, POLICY)
    assert after.certificate.lacking == lacks(cohort, after.duos)


@pytest.mark.parametrize(
    ("objective", "both"),
    thinned_product(["coverage", "max_min", "total", {"kind": "fair", "alpha": 2}], [False, True]),
)
def test_plans_keep_to_it(objective: Any, both: bool) -> None:
    cohort = rm.Cohort.from_records(people(16, 3, both=both))
    policy = POLICY.model_copy(update={"objective": rm.Policy(objective=objective).objective})
    plan = rm.plan_rotations(cohort, policy, rounds=3)
    rm.verify_plan(plan, cohort, policy)
    assert rm.RotationPlan.from_json(plan.to_json()) == plan
    told = [matching.certificate.lacking for matching in plan.rounds]
    assert told == [lacks(cohort, matching.duos) for matching in plan.rounds]
    assert plan.certificate.lacking == sum(one or 0 for one in told)
    plain = rm.plan_rotations(cohort, policy.model_copy(update={"as_far_as_possible": None}), rounds=3)
    if objective == "coverage" and not both:
        assert plan.certificate.lacking == plan.certificate.lacking_bound
        assert sum(lacks(cohort, one.duos) for one in plain.rounds) >= (plan.certificate.lacking or 0)
        assert sum(len(one.duos) for one in plain.rounds) == sum(len(one.duos) for one in plan.rounds)
    forged = json.loads(plan.to_json())
    forged["rounds"][0]["certificate"]["lacking"] = 99
    with pytest.raises(rm.VerificationError):
        rm.verify_plan(rm.RotationPlan.from_json(json.dumps(forged)), cohort, policy)


def test_a_plan_under_quotas() -> None:
    cohort = rm.Cohort.from_records(people(16, 4))
    policy = rm.Policy(as_far_as_possible=TEACHES, quotas=[{"kind": "duos", "at_most": 6}])
    plan = rm.plan_rotations(cohort, policy, rounds=2)
    rm.verify_plan(plan, cohort, policy)
    assert plan.certificate.lacking == sum(lacks(cohort, one.duos) for one in plan.rounds)


@pytest.mark.parametrize(
    "asked",
    [False, TEACHES, {"kind": "teaches", "at_level": 4}, {"kind": "different", "field": "department"}],
)
@pytest.mark.parametrize("base", [None, TEACHES])
def test_a_scenario_asks_for_something_else(asked: Any, base: Any) -> None:
    cohort = rm.Cohort.from_records(people(14, 5, both=True))
    study = rm.Study(cohort, rm.Policy(as_far_as_possible=base))
    found = study.scenario("asked", as_far_as_possible=asked)
    fresh = rm.match(cohort, rm.Policy(as_far_as_possible=asked))
    assert found.matching.to_json() == fresh.to_json()
    alike = study.scenarios({"also asked": {"as_far_as_possible": asked}}, executor="serial")
    assert alike["also asked"].matching == fresh
    assert type(found.changes).model_validate(found.changes.model_dump(mode="json")) == found.changes
    unchanged = study.scenario("a seed", seed=0).matching
    assert unchanged == study.base.matching


@pytest.mark.parametrize("change", ["join", "without", "forbid", "capacities"])
@pytest.mark.parametrize("seed", [*range(10), 246])
def test_scenarios_under_a_quota_that_costs_nothing_equal_fresh_matches(seed: int, change: str) -> None:
    """The search for fewer duos that lack something begins with candidates, which a start must not decide."""
    draw, skills = Random(seed), ["python", "excel", "sales", "law", "ai"]

    def drawn(number: int, role: str) -> dict[str, Any]:
        return {
            "id": f"p{number}",
            "role": role,
            "age": draw.choice([25, 30, 50, 55]),
            "department": draw.choice("ABC"),
            "gender": draw.choice(["female", "male"]),
            "offers": ";".join(draw.sample(skills, draw.randint(0, 2))),
            "seeks": ";".join(draw.sample(skills, draw.randint(0, 2))),
        }

    people = [drawn(number, "mentor") for number in range(9)]
    people += [drawn(100 + number, "mentee") for number in range(13)]
    changes: dict[str, dict[str, Any]] = {
        "join": {"join": [drawn(200, "mentee")]},
        "without": {"without": ["p101"]},
        "forbid": {"forbid": [("p0", "p100")]},
        "capacities": {"capacities": {"p1": 2}},
    }
    policy = rm.Policy.from_data({"quotas": [{"kind": "each", "by": "mentor.department", "at_most": 30}]})
    scenario = rm.Study(rm.Cohort.from_records(people), policy).scenario("changed", **changes[change])
    assert scenario.matching.to_json() == rm.match(scenario.cohort, scenario.policy).to_json()
