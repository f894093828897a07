"""A plan that is not what it says is refused, whatever was changed."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

import reverse_match as rm

Change = Callable[[dict[str, Any]], None]

FIGURES = ("mean", "worst_mean", "best_mean", "worst_share")


@pytest.fixture(scope="module")
def cohort() -> rm.Cohort:
    records: list[dict[str, Any]] = [
        {"id": f"m{n}", "role": "mentor", "offers": f"Python:{n};Excel:{6 - n}", "age": 20 + n, "grade": n}
        for n in range(1, 6)
    ]
    records += [
        {"id": f"e{n}", "role": "mentee", "seeks": f"Python:{1 + n % 3};Excel:2", "age": 40 + 3 * n}
        for n in range(1, 5)
    ]
    records[0]["absent"], records[5]["absent"] = "2", 3
    return rm.Cohort.from_records(records)


@pytest.fixture(scope="module")
def plan(cohort: rm.Cohort) -> dict[str, Any]:
    made = rm.plan_rotations(cohort, rm.Policy(rules=[]), rounds=3)
    rm.verify_plan(made, cohort, rm.Policy(rules=[]))
    described: dict[str, Any] = made.model_dump(mode="json")
    return described


def swap_rounds(plan: dict[str, Any]) -> None:
    plan["rounds"].reverse()


def repeat_a_round(plan: dict[str, Any]) -> None:
    plan["rounds"][1] = plan["rounds"][0]


def claim_more(plan: dict[str, Any]) -> None:
    plan["certificate"]["total"] += 0.1


def claim_a_lower_bound(plan: dict[str, Any]) -> None:
    plan["certificate"]["bound"] -= 0.000001


def claim_fewer_duos_possible(plan: dict[str, Any]) -> None:
    plan["certificate"]["duos_bound"] -= 1


def claim_no_gap(plan: dict[str, Any]) -> None:
    plan["certificate"]["gap"] = 0.5


def lower_a_price(plan: dict[str, Any]) -> None:
    name = max(plan["certificate"]["mentee_prices"], key=plan["certificate"]["mentee_prices"].get)
    plan["certificate"]["mentee_prices"][name] += 0.25


def drop_who_sits_out(plan: dict[str, Any]) -> None:
    plan["sitting_out"].pop()


def change_why(plan: dict[str, Any]) -> None:
    plan["sitting_out"][0]["reason"] = "quota_full"


def forget_who_is_away(plan: dict[str, Any]) -> None:
    plan["absent"].pop("m1")


def claim_equal_rounds(plan: dict[str, Any]) -> None:
    plan["spread"]["worst_mean"] = plan["spread"]["mean"] + 0.01


def claim_a_millionth_more_for(name: str) -> Change:
    def change(plan: dict[str, Any]) -> None:
        plan["spread"][name] += 0.000001

    return change


def claim_a_billionth_more_for_the_mean(plan: dict[str, Any]) -> None:
    plan["spread"]["mean"] += 1e-9


def claim_another_worst_round(plan: dict[str, Any]) -> None:
    plan["spread"]["worst_round"] = 1 + plan["spread"]["worst_round"] % 3


def reverse_the_duos_of_a_round(plan: dict[str, Any]) -> None:
    plan["rounds"][1]["duos"].reverse()


def reverse_who_has_none_in_a_round(plan: dict[str, Any]) -> None:
    next(one for one in plan["rounds"] if len(one["unmatched"]) > 1)["unmatched"].reverse()


def claim_another_version_of_a_round(plan: dict[str, Any]) -> None:
    plan["rounds"][2]["library_version"] = "0.0.1"


def reverse_the_scarce(plan: dict[str, Any]) -> None:
    plan["certificate"]["scarce_mentees"].reverse()


def spell_the_scarce_otherwise(plan: dict[str, Any]) -> None:
    plan["certificate"]["scarce_mentees"][0] = plan["certificate"]["scarce_mentees"][0].upper()


def change_the_rule_of_a_round(plan: dict[str, Any]) -> None:
    plan["rounds"][0]["policy"]["rules"] = [{"kind": "avoids"}]


def forget_a_duo_of_another_round(plan: dict[str, Any]) -> None:
    plan["rounds"][0]["added"]["other_rounds"].pop()


def rule_out_more_than_the_other_rounds(plan: dict[str, Any]) -> None:
    added = plan["rounds"][0]["added"]
    added["rules"] = [{"kind": "forbid", "pairs": added["other_rounds"][:1]}]


def claim_that_somebody_is_absent(plan: dict[str, Any]) -> None:
    plan["rounds"][-1]["added"]["absent"] = [plan["rounds"][-1]["duos"][0]["mentor"]]


def change_a_score(plan: dict[str, Any]) -> None:
    plan["rounds"][0]["duos"][0]["score"] = 1.0


def change_the_total(plan: dict[str, Any]) -> None:
    plan["total"] += 0.000001


def swap_status(plan: dict[str, Any]) -> None:
    plan["status"] = "feasible" if plan["status"] == "optimal" else "optimal"


def change_the_seed(plan: dict[str, Any]) -> None:
    plan["policy"]["seed"] = 1


@pytest.mark.parametrize(
    ("change", "subject"),
    [
        (swap_rounds, "rule"),
        (repeat_a_round, "policy"),
        (claim_more, "total"),
        (claim_a_lower_bound, "bound"),
        (claim_fewer_duos_possible, "bound"),
        (claim_no_gap, "gap"),
        (lower_a_price, "bound"),
        (drop_who_sits_out, "sitting_out"),
        (change_why, "sitting_out"),
        (forget_who_is_away, "absent"),
        (claim_equal_rounds, "spread"),
        *((claim_a_millionth_more_for(name), "spread") for name in FIGURES),
        (claim_a_billionth_more_for_the_mean, "spread"),
        (claim_another_worst_round, "spread"),
        (reverse_the_duos_of_a_round, "order"),
        (reverse_who_has_none_in_a_round, "order"),
        (claim_another_version_of_a_round, "library_version"),
        (reverse_the_scarce, "order"),
        (spell_the_scarce_otherwise, "order"),
        (change_the_rule_of_a_round, "policy"),
        (forget_a_duo_of_another_round, "policy"),
        (rule_out_more_than_the_other_rounds, "policy"),
        (claim_that_somebody_is_absent, "policy"),
        (change_a_score, "score"),
        (change_the_total, "total"),
        (swap_status, "gap"),
        (change_the_seed, "policy"),
    ],
)
def test_forgeries_are_found(plan: dict[str, Any], cohort: rm.Cohort, change: Change, subject: str) -> None:
    forged = rm.RotationPlan.model_validate(plan).model_dump(mode="json")
    change(forged)
    with pytest.raises(rm.VerificationError) as caught:
        rm.verify_plan(rm.RotationPlan.model_validate(forged), cohort, rm.Policy(rules=[]))
    subjects = {finding.subject for finding in caught.value.findings}
    assert subject in subjects or (change is swap_rounds and subjects)


def test_other_people_are_refused(plan: dict[str, Any], cohort: rm.Cohort) -> None:
    others = cohort.amended(leave=["m5"])
    with pytest.raises(rm.VerificationError, match="not the people"):
        rm.verify_plan(rm.RotationPlan.model_validate(plan), others)


def test_two_people_who_meet_twice_are_found(cohort: rm.Cohort) -> None:
    """Each round says that it followed the right policy; only that they meet again is wrong."""
    one = rm.plan_rotations(cohort, rm.Policy(rules=[]), rounds=1)
    twice = one.model_copy(update={"rounds": one.rounds * 2})
    with pytest.raises(rm.VerificationError):
        rm.verify_plan(twice, cohort)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"schema_version": 2}', '{"schema_version": 1, "rounds": 3}']
)
def test_what_is_no_plan_is_refused(text: str) -> None:
    with pytest.raises(rm.errors.MatchingFileError):
        rm.RotationPlan.from_json(text)


@pytest.mark.parametrize("rounds", [2, 3])
def test_people_who_could_meet_either_way(rounds: int) -> None:
    """Whether another plan is as good is not said where one direction more is no other meeting."""
    for seed in range(20):
        draw = random.Random(seed)
        people = [
            {
                "id": f"p{n}",
                "role": "both",
                "goals": draw.choice(["x", "x;y"]),
                "capacity": draw.choice([1, 2]),
            }
            for n in range(draw.choice([2, 3]))
        ]
        cohort = rm.Cohort.from_records(people)
        plan = rm.plan_rotations(cohort, rm.Policy(rules=[], seed=seed), rounds=rounds)
        assert plan.certificate.equal_optima is None
        rm.verify_plan(plan, cohort)
        for said in (True, False):
            certificate = plan.certificate.model_copy(update={"equal_optima": said})
            with pytest.raises(rm.VerificationError):
                rm.verify_plan(plan.model_copy(update={"certificate": certificate}), cohort)


@pytest.mark.parametrize(
    "quotas", [[], [{"kind": "count", "of": {"kind": "same", "field": "gender"}, "at_most": 2}]]
)
def test_a_round_is_not_asked_for_the_other_way_round(quotas: Any) -> None:
    """Under total, a duo that costs nothing may be missing where the same two have the other way round."""
    people = rm.Cohort.from_records(
        [
            {"id": "p0", "role": "both", "goals": "x", "gender": "m", "capacity": 2},
            {"id": "p1", "role": "both", "goals": "y", "gender": "m"},
        ]
    )
    goals = {"kind": "overlap", "name": "goals", "field": "goals", "weight": 1}
    policy = rm.Policy.model_validate({"criteria": [goals], "quotas": quotas, "objective": "total"})
    plan = rm.plan_rotations(people, policy, rounds=1)
    assert len(plan.rounds[0].duos) == 1
    rm.verify_plan(plan, people, policy)
