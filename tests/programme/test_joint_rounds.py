"""Small plans that cannot be split from the best choice are as good as any: against trying everything."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from test_plan_rotations import capacities_of, duos_of, scores_of, small_records
from tests.plan_oracle import Pair, Round, best_plan, goal_of, possible_rounds

import reverse_match as rm

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.usefixtures("nothing_asked")

MANY = [pytest.param(seed, marks=[pytest.mark.long] * (seed >= 6)) for seed in range(100)]


def some_quota(draw: random.Random) -> dict[str, Any]:
    different = {"kind": "different", "field": "gender"}
    return draw.choice(
        [
            {"kind": "share", "of": different, "at_least": draw.choice([0.25, 0.5, 0.75])},
            {"kind": "duos", "at_most": draw.choice([1, 2])},
            {"kind": "count", "where": {"mentee.gender": "f"}, "at_least": 1},
            {"kind": "each", "by": "mentor.gender", "at_most": draw.choice([1, 2])},
        ]
    )


def keeps(quota: dict[str, Any], cohort: rm.Cohort) -> Callable[[Round], bool]:
    gender = {person.id: person.gender for person in cohort.participants}

    def holds(duos: Round) -> bool:
        if quota["kind"] == "share":
            mixed = sum(gender[one] != gender[other] for one, other in duos)
            return mixed >= quota["at_least"] * len(duos)
        if quota["kind"] == "duos":
            return len(duos) <= int(quota["at_most"])
        if quota["kind"] == "count":
            return sum(gender[mentee] == "f" for _, mentee in duos) >= 1
        return all(n <= quota["at_most"] for n in Counter(gender[mentor] for mentor, _ in duos).values())

    return holds


def best_of(
    cohort: rm.Cohort,
    scores: dict[Pair, int],
    objective: str,
    away: list[frozenset[str]],
    holds: Callable[[Round], bool] = lambda duos: True,
) -> tuple[int, ...] | None:
    choices = [possible_rounds(scores, capacities_of(cohort, absent), holds) for absent in away]
    return best_plan(choices, scores, objective)


@pytest.mark.parametrize("seed", MANY)
def test_with_quotas(seed: int) -> None:
    draw = random.Random(seed)
    cohort = rm.Cohort.from_records(small_records(draw, *draw.choice([(3, 3), (2, 3), (3, 4)])))
    quota, objective, rounds = some_quota(draw), draw.choice(["coverage", "total"]), draw.choice([2, 3])
    policy = rm.Policy(rules=[], quotas=[quota], objective=objective)
    scores = scores_of(cohort, policy)
    best = best_of(cohort, scores, objective, [frozenset()] * rounds, keeps(quota, cohort))
    if best is None or (scores and not any(best)):  # no duo at all is no plan where one could be
        with pytest.raises((rm.InfeasibleError, rm.errors.UndecidedError)):
            rm.plan_rotations(cohort, policy, rounds=rounds)
        return
    plan = rm.plan_rotations(cohort, policy, rounds=rounds)
    rm.verify_plan(plan, cohort, policy)
    assert goal_of(duos_of(plan), scores, objective) == best


@pytest.mark.parametrize("seed", MANY)
def test_with_people_who_are_away_or_both(seed: int) -> None:
    draw = random.Random(1000 + seed)
    both = draw.choice([0, 2, 3])
    records = small_records(draw, *((1, 1) if both else draw.choice([(3, 3), (2, 3)])), both=both)
    for record in records:
        record["capacity"] = 1
    for record in draw.sample(records, draw.choice([1, 2])):
        record["absent"] = draw.choice(["1", "2", "2;3"])
    cohort, rounds = rm.Cohort.from_records(records), draw.choice([1, 2, 3])
    objective = draw.choice(["coverage", "total", "max_min"])
    policy = rm.Policy(rules=[], objective=objective)
    plan = rm.plan_rotations(cohort, policy, rounds=rounds)
    rm.verify_plan(plan, cohort, policy)
    scores = scores_of(cohort, policy)
    away = [
        frozenset(name for name, when in plan.absent.items() if number in when)
        for number in range(1, rounds + 1)
    ]
    reached = goal_of(duos_of(plan), scores, objective)
    assert reached == best_of(cohort, scores, objective, away)


def test_a_fixed_duo_is_formed_once() -> None:
    draw = random.Random(3)
    records = small_records(draw, 3, 3)
    records[0]["absent"] = "1"
    cohort = rm.Cohort.from_records(records)
    rules = [{"kind": "fix", "pairs": [["p0", "p4"]]}]
    policy = rm.Policy(rules=rules, quotas=[{"kind": "duos", "at_most": 2}])
    plan = rm.plan_rotations(cohort, policy, rounds=3)
    rm.verify_plan(plan, cohort, policy)
    assert duos_of(plan).count(("p0", "p4")) == 1
    assert len(duos_of(plan)) == 6


def mixed_and_alike(pairs: int) -> rm.Cohort:
    """Return one mixed pair of mentor and mentee, and others of whom none is mixed."""
    people = [{"id": "m0", "role": "mentor", "gender": "f"}, {"id": "e0", "role": "mentee", "gender": "m"}]
    people += [{"id": f"m{n}", "role": "mentor", "gender": "m"} for n in range(1, pairs)]
    return rm.Cohort.from_records(people)


def test_one_empty_round_beside_others_is_a_plan_that_verifies() -> None:
    cohort = mixed_and_alike(2)
    quota = {"kind": "share", "of": {"kind": "different", "field": "gender"}, "at_least": 1}
    policy = rm.Policy(rules=[], quotas=[quota])
    plan = rm.plan_rotations(cohort, policy, rounds=2)
    assert sorted(len(matching.duos) for matching in plan.rounds) == [0, 1]
    rm.verify_plan(plan, cohort, policy)
    for matching in plan.rounds:
        rm.verify(matching, cohort)


@pytest.mark.parametrize("objective", ["coverage", "total"])
def test_shares_that_leave_no_duo_in_any_round_are_a_conflict(objective: str) -> None:
    shares = [
        {"kind": "share", "of": {"kind": "different", "field": "gender"}, "at_least": 0.9},
        {"kind": "share", "of": {"kind": "same", "field": "gender"}, "at_least": 0.3},
    ]
    with pytest.raises(rm.InfeasibleError) as caught:
        rm.plan_rotations(
            mixed_and_alike(3), rm.Policy(rules=[], quotas=shares, objective=objective), rounds=3
        )
    assert caught.value.explanations
