"""Plans over several rounds, against trying everything."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
from tests.plan_oracle import Pair, Round, best_plan, goal_of, possible_rounds

import reverse_match as rm
from reverse_match.testing import invented_records
from thinned import thinned_product

pytestmark = pytest.mark.usefixtures("nothing_asked")

OBJECTIVES = ("coverage", "total", "max_min")


def small_records(draw: random.Random, mentors: int, mentees: int, both: int = 0) -> list[dict[str, Any]]:
    """Return a few people whose scores often tie and often do not."""
    skills = ["a", "b", "c", "d"]
    records = []
    roles = ["mentor"] * mentors + ["mentee"] * mentees + ["both"] * both
    for place, role in enumerate(roles):
        records.append(
            {
                "id": f"p{place}",
                "role": role,
                "offers": ";".join(f"{s}:{draw.randint(1, 5)}" for s in draw.sample(skills, 2)),
                "seeks": ";".join(f"{s}:{draw.randint(1, 3)}" for s in draw.sample(skills, 2)),
                "age": draw.randint(20, 60),
                "gender": draw.choice(["f", "m"]),
                "capacity": draw.choice([1, 1, 1, 2]) if len(roles) < 7 else 1,
            }
        )
    return records


def scores_of(cohort: rm.Cohort, policy: rm.Policy) -> dict[Pair, int]:
    table = rm.score_matrix(cohort, policy)
    return {
        (mentor.id, mentee.id): round(float(table[row, column]) * 1_000_000)
        for row, mentor in enumerate(cohort.mentors)
        for column, mentee in enumerate(cohort.mentees)
        if not np.isnan(table[row, column])
    }


def capacities_of(cohort: rm.Cohort, away: frozenset[str] = frozenset()) -> dict[tuple[str, str], int]:
    return {
        (role, person.id): 0 if person.id in away else person.capacity
        for role, people in (("mentor", cohort.mentors), ("mentee", cohort.mentees))
        for person in people
    }


def duos_of(plan: rm.RotationPlan) -> list[Pair]:
    return [(duo.mentor, duo.mentee) for matching in plan.rounds for duo in matching.duos]


def bound_of(plan: rm.RotationPlan) -> tuple[int, int]:
    return plan.certificate.duos_bound, round(plan.certificate.bound * 1_000_000)


def check_against(
    plan: rm.RotationPlan, best: tuple[int, ...], scores: dict[Pair, int], objective: str
) -> bool:
    """Check what is proved against the best there is; say whether it was proved to be the best."""
    reached = goal_of(duos_of(plan), scores, objective)
    assert reached <= best
    most, highest = bound_of(plan)
    if objective == "total":
        assert best[0] <= highest
    else:
        assert best[0] <= most
        if best[0] == reached[0] and objective == "coverage":
            assert best[-1] <= highest
    if plan.certificate.proved:
        assert reached == best
    return reached == best


def seeds(few: int, many: int) -> list[Any]:
    """Return seeds, of which the later ones run in CI only."""
    return [pytest.param(seed, marks=[pytest.mark.long] * (seed >= few)) for seed in range(many)]


@pytest.mark.parametrize("objective", OBJECTIVES)
@pytest.mark.parametrize("seed", seeds(3, 12))
def test_no_plan_is_better(seed: int, objective: str) -> None:
    draw = random.Random(seed)
    shape = draw.choice([(3, 3), (3, 4), (2, 3)])
    cohort = rm.Cohort.from_records(small_records(draw, *shape))
    pairs = [(a.id, b.id) for a in cohort.mentors for b in cohort.mentees]
    rules = [{"kind": "forbid", "pairs": draw.sample(pairs, draw.randint(1, 3))}]
    policy = rm.Policy(rules=rules, objective=objective)
    number = draw.choice([2, 3])
    plan = rm.plan_rotations(cohort, policy, rounds=number)
    rm.verify_plan(plan, cohort, policy)
    scores = scores_of(cohort, policy)
    choices = possible_rounds(scores, capacities_of(cohort))
    best = best_plan([choices] * number, scores, objective)
    assert best is not None
    assert plan.certificate.gap == 0
    assert check_against(plan, best, scores, objective)
    sizes = [len(matching.duos) for matching in plan.rounds]
    assert max(sizes) - min(sizes) <= 1
    if objective != "max_min":
        assert all(matching.certificate.proved for matching in plan.rounds)


@pytest.mark.parametrize("seed", seeds(2, 12))
def test_people_who_are_both_meet_once(seed: int) -> None:
    draw = random.Random(100 + seed)
    cohort = rm.Cohort.from_records(small_records(draw, 1, 1, both=3))
    policy = rm.Policy(rules=[], objective=draw.choice(OBJECTIVES))
    plan = rm.plan_rotations(cohort, policy, rounds=2)
    rm.verify_plan(plan, cohort, policy)
    scores = scores_of(cohort, policy)
    best = best_plan([possible_rounds(scores, capacities_of(cohort))] * 2, scores, str(policy.objective))
    assert best is not None
    check_against(plan, best, scores, str(policy.objective))


@pytest.mark.parametrize("objective", OBJECTIVES)
@pytest.mark.parametrize("seed", seeds(2, 8))
def test_absences_leave_an_honest_gap(seed: int, objective: str) -> None:
    draw = random.Random(200 + seed)
    records = small_records(draw, 3, 3)
    for record in draw.sample(records, 2):
        record["absent"] = draw.choice(["1", "2", "2;3", 3])
    cohort = rm.Cohort.from_records(records)
    policy = rm.Policy(rules=[], objective=objective)
    number = draw.choice([2, 3])
    plan = rm.plan_rotations(cohort, policy, rounds=number)
    rm.verify_plan(plan, cohort, policy)
    scores = scores_of(cohort, policy)
    rounds = []
    for place in range(1, number + 1):
        away = frozenset(name for name, when in plan.absent.items() if place in when)
        rounds.append(possible_rounds(scores, capacities_of(cohort, away)))
    best = best_plan(rounds, scores, objective)
    assert best is not None
    check_against(plan, best, scores, objective)
    for place, matching in enumerate(plan.rounds, 1):
        for duo in matching.duos:
            assert place not in plan.absent.get(duo.mentor, ())
            assert place not in plan.absent.get(duo.mentee, ())


QUOTAS: list[list[dict[str, Any]]] = [
    [{"kind": "duos", "at_most": 2}],
    [{"kind": "share", "of": {"kind": "different", "field": "gender"}, "at_least": 0.5}],
    [{"kind": "count", "where": {"mentor.gender": "f"}, "at_least": 1}],
    [{"kind": "each", "by": "mentee.gender", "at_most": 1}, {"kind": "duos", "at_least": 1}],
]


@pytest.mark.parametrize(("quotas", "objective"), thinned_product(QUOTAS, OBJECTIVES))
@pytest.mark.parametrize("seed", seeds(1, 6))
def test_quotas_hold_in_every_round(seed: int, quotas: list[dict[str, Any]], objective: str) -> None:
    draw = random.Random(300 + seed)
    cohort = rm.Cohort.from_records(small_records(draw, 3, 3))
    policy = rm.Policy(rules=[], quotas=quotas, objective=objective)
    gender = {person.id: person.gender for person in cohort.participants}
    scores = scores_of(cohort, policy)
    choices = possible_rounds(scores, capacities_of(cohort), lambda duos: keeps(duos, quotas[0], gender))
    if len(quotas) > 1:
        choices = [duos for duos in choices if duos]
    best = best_plan([choices] * 2, scores, objective)
    try:
        plan = rm.plan_rotations(cohort, policy, rounds=2)
    except (rm.InfeasibleError, rm.errors.UndecidedError):
        assert best is None
        return
    rm.verify_plan(plan, cohort, policy)
    assert best is not None
    check_against(plan, best, scores, objective)


@pytest.mark.parametrize("seed", seeds(3, 12))
def test_numbers_of_duos_of_single_people_hold_in_every_round(seed: int) -> None:
    draw = random.Random(500 + seed)
    records = small_records(draw, 2, 2, both=2)
    for record in records[-2:]:
        record |= {"capacity": 1, "capacity_in_all": draw.choice([1, 2])}
    records[draw.randrange(4)]["least_duos"] = 1
    draw.choice(records)["absent"] = draw.choice(["", "2"])
    cohort = rm.Cohort.from_records(records)
    policy = rm.Policy(rules=[], objective=draw.choice(OBJECTIVES))
    scores = scores_of(cohort, policy)

    def fits(duos: Round, away: frozenset[str]) -> bool:
        loads = [name for duo in duos for name in duo]
        return all(
            loads.count(person.id) <= (person.capacity_in_all or 2)
            and (person.id in away or loads.count(person.id) >= person.least_duos)
            for person in cohort.participants
        )

    rounds = []
    for place in (1, 2):
        away = frozenset(record["id"] for record in records if record.get("absent") == str(place))
        rounds.append(
            possible_rounds(scores, capacities_of(cohort, away), lambda duos, away=away: fits(duos, away))
        )
    best = best_plan(rounds, scores, str(policy.objective))
    try:
        plan = rm.plan_rotations(cohort, policy, rounds=2)
    except (rm.InfeasibleError, rm.errors.UndecidedError):
        assert best is None
        return
    rm.verify_plan(plan, cohort, policy)
    assert best is not None
    check_against(plan, best, scores, str(policy.objective))


def keeps(duos: Round, quota: dict[str, Any], gender: dict[str, str | None]) -> bool:
    """Say whether some duos keep a quota, in plain words."""
    if quota["kind"] == "duos":
        return len(duos) <= 2
    if quota["kind"] == "share":
        return 2 * sum(gender[a] != gender[b] for a, b in duos) >= len(duos)
    if quota["kind"] == "count":
        return sum(gender[mentor] == "f" for mentor, _ in duos) >= 1
    counts = [sum(gender[mentee] == kind for _, mentee in duos) for kind in ("f", "m")]
    return max(counts) <= 1


@pytest.mark.parametrize("seed", seeds(2, 8))
def test_fixed_duos_are_formed_once(seed: int) -> None:
    draw = random.Random(400 + seed)
    cohort = rm.Cohort.from_records(small_records(draw, 3, 3))
    mentors, mentees = [p.id for p in cohort.mentors], [p.id for p in cohort.mentees]
    fixed = [(draw.choice(mentors), draw.choice(mentees)), (mentors[0], mentees[0])]
    policy = rm.Policy(rules=[{"kind": "fix", "pairs": sorted(set(fixed))}])
    plan = rm.plan_rotations(cohort, policy, rounds=2)
    rm.verify_plan(plan, cohort, policy)
    scores = scores_of(cohort, rm.Policy(rules=[]))
    best = best_plan([possible_rounds(scores, capacities_of(cohort))] * 2, scores, "coverage", set(fixed))
    assert best is not None
    assert plan.certificate.gap == 0
    assert check_against(plan, best, scores, "coverage")


def test_the_order_of_the_file_changes_nothing() -> None:
    records = invented_records(60)
    shuffled = records[:]
    random.Random(1).shuffle(shuffled)
    plans = [rm.plan_rotations(rm.Cohort.from_records(some), rounds=4) for some in (records, shuffled)]
    assert plans[0].to_json() == plans[1].to_json()


def test_rounds_are_equally_good() -> None:
    plan = rm.plan_rotations(rm.Cohort.from_records(invented_records(400)), rounds=4)
    assert plan.certificate.gap == 0
    assert plan.spread.largest - plan.spread.smallest <= 1
    assert plan.spread.worst_share is not None
    assert plan.spread.worst_share > 0.98


def test_more_rounds_than_partners_are_sat_out() -> None:
    records = [{"id": "m", "role": "mentor"}, {"id": "e", "role": "mentee"}, {"id": "f", "role": "mentee"}]
    cohort = rm.Cohort.from_records(records)
    plan = rm.plan_rotations(cohort, rounds=4)
    rm.verify_plan(plan, cohort)
    assert sorted(len(matching.duos) for matching in plan.rounds) == [0, 0, 1, 1]
    told = {one.id: one for one in plan.sitting_out}
    assert {one.reason for one in told.values()} == {"fewer_partners_than_rounds"}
    assert [len(told[name].rounds) for name in ("m", "e", "f")] == [2, 3, 3]
    assert str(told["m"]).endswith("nobody is left to meet (2 partners in the other rounds).")
    assert "1 partenaire dans les autres cycles" in told["e"].sentences("fr")[0]


def test_those_without_a_partner_are_told_so() -> None:
    records: list[dict[str, Any]] = [{"id": f"m{n}", "role": "mentor"} for n in range(6)]
    records += [{"id": f"e{n}", "role": "mentee"} for n in range(2)]
    plan = rm.plan_rotations(rm.Cohort.from_records(records), rm.Policy(rules=[]), rounds=3)
    assert [len(matching.duos) for matching in plan.rounds] == [2, 2, 2]
    for one in plan.sitting_out:
        met_all = one.partners == 2
        assert one.reason == ("fewer_partners_than_rounds" if met_all else "partners_taken")
        assert len(one.rounds) == 3 - one.partners


def test_a_round_answers_like_any_matching() -> None:
    cohort = rm.read_cohort(rm.demo_path())
    plan = rm.plan_rotations(cohort, rounds=2)
    duo = plan.rounds[0].duos[0]
    answer = plan.rounds[1].explain(duo.mentor, duo.mentee)
    assert "other rounds of the plan" in answer.blocked_by
    stored = rm.RotationPlan.from_json(plan.to_json()).rounds[1]
    assert rm.attach(stored, cohort).explain(duo.mentor, duo.mentee) == answer


@pytest.mark.parametrize(
    ("policy", "rounds", "error", "message"),
    [
        ({}, 0, rm.errors.PolicyError, "whole number from 1 to 100"),
        ({}, 2.0, rm.errors.PolicyError, "whole number from 1 to 100"),
        ({}, True, rm.errors.PolicyError, "whole number from 1 to 100"),
        ({"quotas": [{"kind": "duos", "at_least": 2}]}, 2, rm.InfeasibleError, "^duos"),
        ({"quotas": [{"kind": "duos", "at_least": 1}]}, 3, rm.InfeasibleError, "^over 3 rounds together"),
        (
            {"rules": [{"kind": "fix", "pairs": [["m", "e"], ["e", "m"]]}]},
            2,
            rm.errors.PolicyError,
            "both ways",
        ),
    ],
)
def test_what_cannot_be_planned_is_refused(
    policy: dict[str, Any], rounds: Any, error: type[Exception], message: str
) -> None:
    records = [{"id": "m", "role": "mentor"}, {"id": "e", "role": "mentee"}, {"id": "f", "role": "mentee"}]
    if "rules" in policy:
        records = [{"id": "m", "role": "both"}, {"id": "e", "role": "both"}]
    with pytest.raises(error, match=message):
        rm.plan_rotations(rm.Cohort.from_records(records), rm.Policy.model_validate(policy), rounds=rounds)


@pytest.mark.parametrize("objective", [*OBJECTIVES, {"kind": "fair", "alpha": 1}])
def test_credits_count_in_every_round(objective: Any) -> None:
    draw = random.Random(5)
    cohort = rm.Cohort.from_records(small_records(draw, 4, 5))
    fix = {"kind": "fix", "pairs": [["p0", "p5"]]}
    more = {"name": "first", "points": 0.5, "mentees": ["p4", "p6"], "pairs": [["p0", "p5"], ["p1", "p7"]]}
    policy = rm.Policy(objective=objective, rules=[fix], credits=[more])
    plan = rm.plan_rotations(cohort, policy, rounds=2)
    rm.verify_plan(plan, cohort, policy)
    assert plan.certificate.gap == 0
    assert sum(duo.mentee in ("p4", "p6") for matching in plan.rounds for duo in matching.duos) == 4
    credits_given = sum(sum(duo.credits.values()) for matching in plan.rounds for duo in matching.duos)
    if objective in ("coverage", "total"):
        assert plan.certificate.total == pytest.approx(plan.total + credits_given)
