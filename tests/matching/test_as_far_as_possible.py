"""What a policy asks as far as it costs no duo: the fewest duos without, proved, before the total."""

from __future__ import annotations

import json
from itertools import permutations
from random import Random
from typing import Any

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

import reverse_match as rm
from random_worlds import World, quarters
from reverse_match.matching import encode
from thinned import thinned

Record = dict[str, Any]

rm.register_criterion("quarters", quarters)

TEACHES = {"kind": "teaches"}
PEOPLE: list[Record] = [
    {"id": "python", "role": "mentor", "offers": "Python:5", "age": 20},
    {"id": "tiktok", "role": "mentor", "offers": "TikTok:5", "age": 25},
    {"id": "coder", "role": "mentee", "seeks": "Python", "age": 20},
    {"id": "dancer", "role": "mentee", "seeks": "TikTok", "age": 45},
]
AGE = {"kind": "gap", "name": "age", "weight": 1, "field": "age", "from": 0, "to": 20}


def formed(matching: rm.Matching) -> set[tuple[str, str]]:
    return {(duo.mentor, duo.mentee) for duo in matching.duos}


def test_it_comes_before_the_total_and_after_the_number_of_duos() -> None:
    cohort = rm.Cohort.from_records([*PEOPLE[:3], {**PEOPLE[3], "age": 90}])
    policy = rm.Policy(criteria=[AGE], as_far_as_possible=TEACHES)
    matching = rm.match(cohort, policy)
    assert formed(matching) == {("python", "coder"), ("tiktok", "dancer")}
    assert (matching.certificate.lacking, matching.certificate.lacking_bound) == (0, 0)
    rm.verify(matching, cohort, policy)
    apart = policy.model_copy(
        update={"rules": rm.Policy(rules=[{"kind": "forbid", "pairs": [["python", "coder"]]}]).rules}
    )
    matching = rm.match(cohort, apart)
    assert len(matching.duos) == 2, "no duo is given up for it"
    assert (matching.certificate.lacking, matching.certificate.lacking_bound) == (2, 2)
    rm.verify(matching, cohort, apart)


def test_who_says_nothing_is_neither_preferred_nor_put_last() -> None:
    """Of two mentees without lists, whoever is older has the duo, as without."""
    people = [
        PEOPLE[0],
        {"id": "silent", "role": "mentee", "age": 60},
        {"id": "coder", "role": "mentee", "seeks": "Python", "age": 21},
        {"id": "cook", "role": "mentee", "seeks": "Cooking", "age": 80},
    ]
    matching = rm.match(rm.Cohort.from_records(people), rm.Policy(criteria=[AGE], as_far_as_possible=TEACHES))
    assert formed(matching) == {("python", "silent")}
    assert matching.certificate.lacking == 0


def test_a_policy_can_ask_for_nothing_and_keeps_its_digest() -> None:
    before = rm.Policy(criteria=[AGE])
    asking = rm.Policy(criteria=[AGE], as_far_as_possible=TEACHES)
    assert "as_far_as_possible" not in before.model_dump(mode="json")
    for nothing in (None, False):
        policy = rm.Policy.from_data({"criteria": [AGE], "as_far_as_possible": nothing})
        assert (policy, policy.sha256) == (before, before.sha256)
    assert asking.sha256 != before.sha256
    assert rm.Policy.from_data(json.loads(asking.model_dump_json())) == asking
    assert rm.match(rm.Cohort.from_records(PEOPLE), before).certificate.lacking is None
    wrong = rm.Policy(as_far_as_possible={"kind": "teaches", "offered": "ofers"})
    with pytest.raises(rm.errors.PolicyError, match=r"as_far_as_possible\.offered: no field 'ofers'"):
        rm.match(rm.Cohort.from_records(PEOPLE), wrong)


@pytest.mark.parametrize("objective", ["coverage", "max_min", "total", {"kind": "fair", "alpha": 1}])
@pytest.mark.parametrize("seed", range(6))
def test_small_cohorts_by_trying_everything(objective: Any, seed: int) -> None:
    random = Random(f"{seed}")
    names = ["a", "b", "c", "d", "e"]
    people: list[Record] = [
        {
            "id": f"{role}{number}",
            "role": role,
            "offers": random.sample(names, random.randint(0, 2)),
            "seeks": random.sample(names, random.randint(0, 2)),
            "age": random.randint(20, 60),
        }
        for role, count in (("mentor", 4), ("mentee", 5))
        for number in range(count)
    ]
    cohort = rm.Cohort.from_records(people)
    policy = rm.Policy(criteria=[AGE], objective=objective, as_far_as_possible=TEACHES)
    matching = rm.match(cohort, policy)
    rm.verify(matching, cohort, policy)
    scores = rm.score_matrix(cohort, policy)
    offers, seeks = ([set(one.offers) for one in cohort.mentors], [set(one.seeks) for one in cohort.mentees])

    def goal(duos: list[tuple[int, int]]) -> tuple[float, ...]:
        values = [round(1_000_000 * float(scores[duo])) for duo in duos]
        lacking = sum(
            bool(offers[row] and seeks[column]) and not offers[row] & seeks[column] for row, column in duos
        )
        if objective == "total":
            return (sum(values),)
        middle = (min(values),) if objective == "max_min" else ()
        if isinstance(objective, dict):
            return len(duos), -lacking
        return len(duos), *middle, -lacking, sum(values)

    every = [list(zip(range(4), columns, strict=True)) for columns in permutations(range(5), 4)]
    best = max(map(goal, every))
    row = {one.id: place for place, one in enumerate(cohort.mentors)}
    column = {one.id: place for place, one in enumerate(cohort.mentees)}
    found = [(row[mentor], column[mentee]) for mentor, mentee in formed(matching)]
    assert goal(found) == best


@pytest.fixture
def low_charge(monkeypatch: pytest.MonkeyPatch) -> None:
    """Charge too little, so that the fewest have to be found and proved by themselves."""
    monkeypatch.setattr(encode, "charge_of", lambda full: full // 10)


@pytest.mark.usefixtures("low_charge")
@pytest.mark.parametrize("seed", thinned(range(30), every=3))
def test_a_charge_that_is_too_low_changes_nothing(seed: int) -> None:
    world = World.drawn(f"low charge {seed}")
    policy = rm.Policy.model_validate({**world.policy, "as_far_as_possible": TEACHES})
    world.policy["as_far_as_possible"] = TEACHES
    programme = world.programme()
    best = programme.best()
    cohort = rm.Cohort.from_records(world.records, as_of=world.policy["as_of"])
    try:
        matching = rm.match(cohort, policy)
    except rm.InfeasibleError:
        return
    assert best is not None
    if matching.certificate.proved:
        assert programme.goal(formed(matching)) == programme.goal(best)
    rm.verify(matching, cohort, policy)
    assert rm.Matching.from_json(matching.to_json()) == matching


def many(count: int, seed: int = 1) -> list[Record]:
    random = Random(seed)
    names = [f"skill {number}" for number in range(count // 12)]
    return [
        {
            "id": f"p{number}",
            "role": "mentor" if number % 2 else "mentee",
            "offers": random.sample(names, random.randint(0, 2)),
            "seeks": random.sample(names, random.randint(0, 2)),
            "goals": random.sample(names[:9], 2),
            "age": random.randint(20, 60),
            "department": random.choice("ABCDE"),
        }
        for number in range(count)
    ]


def test_hundreds_of_duos_have_a_proof_of_their_own() -> None:
    """More points are at stake than a charge outweighs; SciPy says how many can be without."""
    people = many(640)
    for number in range(0, 40, 2):
        people[number]["seeks"] = [f"nobody offers {number}"]
    for number in range(1, 640, 2):
        people[number]["offers"] = people[number]["offers"] or ["chess"]
    cohort = rm.Cohort.from_records(people)
    policy = rm.Policy(criteria=[{**AGE, "from": -60, "to": -10}], as_far_as_possible=TEACHES)
    matching = rm.match(cohort, policy)
    proof = matching.certificate
    lacks = np.array(
        [
            [
                bool(one.offers and other.seeks) and not set(one.offers) & set(other.seeks)
                for other in cohort.mentees
            ]
            for one in cohort.mentors
        ]
    )
    fewest = int(lacks[linear_sum_assignment(lacks.astype(int))].sum())
    assert fewest > 0
    assert (proof.lacking, proof.lacking_bound, proof.gap) == (fewest, fewest, 0)
    assert proof.lacking_proof is not None
    rm.verify(matching, cohort, policy)
    forged = json.loads(matching.to_json())
    prices = forged["certificate"]["lacking_proof"]["mentor_prices"]
    name = next(name for name, price in prices.items() if price)
    prices[name] = 0.0
    with pytest.raises(rm.VerificationError, match="prices of quotas do not prove it"):
        rm.verify(rm.Matching.from_data(forged), cohort, policy)


def test_with_a_quota_on_a_hundred_duos() -> None:
    people = many(120)
    for number in range(0, 20, 2):
        people[number]["seeks"] = [f"nobody offers {number}"]
    cohort = rm.Cohort.from_records(people)
    quotas = [
        {"kind": "duos", "at_most": 55},
        {"kind": "count", "where": {"mentee.department": "A"}, "at_least": 12},
    ]
    plain = rm.match(cohort, rm.Policy(quotas=quotas, as_far_as_possible=False))
    policy = rm.Policy(quotas=quotas, as_far_as_possible=TEACHES)
    matching = rm.match(cohort, policy)
    assert (matching.certificate.gap, len(matching.duos), len(plain.duos)) == (0, 55, 55)
    rm.verify(matching, cohort, policy)
    bounded = {
        "kind": "count",
        "of": {"kind": "not", "condition": TEACHES},
        "at_most": matching.certificate.lacking,
    }
    said = rm.Policy(quotas=[*quotas, bounded], as_far_as_possible=False)
    assert rm.match(cohort, said).total == matching.total, "the same, said as a quota"


TAMPERS: list[tuple[str, Any, str]] = [
    ("lacking", 0, "lack what the policy asks"),
    ("lacking", 3, "lack what the policy asks"),
    ("lacking_bound", 0, "the bound on lacking duos"),
    ("lacking_bound", 2, "the bound on lacking duos"),
    ("lacking_price", 0.5, "prices prove"),
    ("lacking_price", -1.0, "negative"),
    ("lacking_price", 1e300, "too large"),
    ("lacking_price", None, "prices"),
]


@pytest.mark.parametrize(("field", "value", "message"), TAMPERS)
def test_a_forged_certificate_is_found(field: str, value: Any, message: str) -> None:
    cohort = rm.read_cohort(rm.demo_path())
    policy = rm.Policy(as_far_as_possible=TEACHES)
    forged = json.loads(rm.match(cohort, policy).to_json())
    assert forged["certificate"]["lacking"] == 1
    forged["certificate"][field] = value
    with pytest.raises(rm.VerificationError, match=message):
        rm.verify(rm.Matching.from_data(forged), cohort, policy)


def test_a_worse_matching_of_the_same_policy_is_found() -> None:
    """The best by total alone, told as one of the policy that asks for something to learn."""
    cohort, policy = rm.read_cohort(rm.demo_path()), rm.Policy(as_far_as_possible=TEACHES)
    plain = json.loads(rm.match(cohort, policy.model_copy(update={"as_far_as_possible": None})).to_json())
    plain["policy"], plain["digests"]["policy"] = policy.model_dump(mode="json"), policy.sha256
    for stated in (
        {},
        {"lacking": 5, "lacking_bound": 5, "lacking_price": 0.0},
        {"lacking": 5, "lacking_bound": 5, "lacking_price": 256.0},
    ):
        forged = {**plain, "certificate": {**plain["certificate"], **stated}}
        with pytest.raises(rm.VerificationError, match="lack"):
            rm.verify(rm.Matching.from_data(forged), cohort, policy)


def test_a_warm_start_gives_what_a_fresh_match_gives() -> None:
    cohort, warm = rm.Cohort.from_records(many(200)), rm.WarmStart()
    asking, forbidding = rm.Policy(as_far_as_possible=TEACHES), [{"kind": "forbid", "pairs": [["p1", "p0"]]}]
    policies = [
        asking,
        rm.Policy(as_far_as_possible=False),
        asking,
        rm.Policy(as_far_as_possible={"kind": "teaches", "at_level": 4}),
        rm.Policy(as_far_as_possible=TEACHES, rules=forbidding),
        rm.Policy(as_far_as_possible=TEACHES, objective="total"),
        rm.Policy(as_far_as_possible=TEACHES, objective={"kind": "fair", "alpha": 1}),
        rm.Policy(as_far_as_possible=TEACHES, quotas=[{"kind": "duos", "at_most": 40}]),
        rm.Policy(as_far_as_possible=TEACHES, objective="max_min"),
        asking,
    ]
    for policy in policies:
        assert rm.match(cohort, policy, warm_start=warm).to_json() == rm.match(cohort, policy).to_json()


def test_neither_threads_nor_memory_matter() -> None:
    cohort, policy = rm.Cohort.from_records(many(300)), rm.Policy(as_far_as_possible=TEACHES)
    told = rm.match(cohort, policy).to_json()
    assert rm.match(cohort, policy, threads=1, memory=4_000_000).to_json() == told
