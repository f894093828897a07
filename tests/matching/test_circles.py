"""Circles of small cohorts against a second opinion that tries all of them, and what a record of them promises."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product
from random import Random
from typing import Any

import pytest

import reverse_match as rm
from circle_oracle import best_circles
from oracle import default_scores, in_one_line

Record = dict[str, Any]
Team = tuple[int, ...]

SKILLS = ["Python", "excel", "tiktok", "negotiation"]
DEPARTMENTS = [None, "sales", "sales/north", "it", "finance"]


@dataclass(frozen=True)
class World:
    """A cohort, what a policy says of its circles, and who was together before."""

    records: list[Record]
    circles: Record
    past: list[tuple[str, str]]

    @classmethod
    def drawn(cls, seed: int) -> World:
        random = Random(f"circles {seed}")
        roles = ["mentor"] * random.randint(1, 3) + ["mentee"] * random.randint(1, 6)
        roles += ["both"] * random.choice([0, 0, 1, 2])
        ids = [f"p{place}" for place in range(len(roles))]
        records = [_person(random, place, role, ids) for place, role in enumerate(roles)]
        past = [
            (one, other) for one, other in (random.sample(ids, 2) for _ in range(random.choice([0, 0, 2])))
        ]
        return cls(records, _circles(random), past)

    @property
    def cohort(self) -> rm.Cohort:
        return rm.Cohort.from_records(self.records)

    @property
    def policy(self) -> rm.Policy:
        return rm.Policy.from_data({"circles": self.circles})

    @cached_property
    def mentors(self) -> list[Record]:
        return [one for one in self.records if one["role"] != "mentee"]

    @cached_property
    def mentees(self) -> list[Record]:
        return [one for one in self.records if one["role"] != "mentor"]

    @cached_property
    def scores(self) -> dict[tuple[str, str], int]:
        return default_scores(self.records)

    def sizes(self) -> tuple[range, range]:
        mentors = _range(self.circles.get("mentors", 1))
        return mentors, _range(self.circles.get("mentees", "1..2"))

    def worth(self, team: Team, some: Team) -> tuple[int, int, int] | None:
        """Return people, trios and total of a circle, or None where it must not be."""
        teachers, learners = [self.mentors[i] for i in team], [self.mentees[j] for j in some]
        people = len(teachers) + len(learners)
        if self.circles.get("trios") and people > 3:
            return None
        if not all(self.may_meet(one, other) for one, other in product(teachers, learners)):
            return None
        for group, members in ((teachers, "mentors"), (learners, "mentees")):
            if not all(self.may_be_with(one, other, members) for one, other in combinations(group, 2)):
                return None
        if not all(_holds(condition, teachers, learners) for condition in self.circles.get("within", [])):
            return None
        total = sum(self.scores[one["id"], other["id"]] for one, other in product(teachers, learners))
        return people, -int(people == 3) if self.circles.get("trios") else 0, total

    def may_meet(self, one: Record, other: Record) -> bool:
        met = {one["id"], other["id"]} in [set(pair) for pair in self.past]
        line = in_one_line(self.records, one["id"], other["id"])
        here = one["capacity"] and other["capacity"] and one["id"] != other["id"]
        return bool(here) and not met and not line and self.may_be_with(one, other, "everybody")

    def may_be_with(self, one: Record, other: Record, members: str) -> bool:
        if other["id"] in one["avoids"] or one["id"] in other["avoids"]:
            return False
        for condition in self.circles.get("within", []):
            of = condition.get("of", "everybody")
            if members not in (of, "everybody") and of != "everybody":
                continue
            if members == "everybody" and of != "everybody":
                continue
            if condition["kind"] == "not_in_reporting_line" and in_one_line(
                self.records, one["id"], other["id"]
            ):
                return False
            if condition["kind"] == "not_met_before" and {one["id"], other["id"]} in map(set, self.past):
                return False
        return True


def _range(said: Any) -> range:
    low, _, high = str(said).partition("..")
    return range(int(low), int(high or low) + 1)


def _person(random: Random, place: int, role: str, ids: list[str]) -> Record:
    others = [name for name in ids if name != ids[place]]
    return {
        "id": ids[place],
        "role": role,
        "offers": {name: random.randint(1, 5) for name in random.sample(SKILLS, 2)},
        "seeks": {name: random.randint(1, 3) for name in random.sample(SKILLS, 2)},
        "goals": random.sample(["a", "b", "c"], random.randint(0, 2)),
        "age": random.choice([None, 25, 30, 45]),
        "gender": random.choice([None, "f", "m"]),
        "department": random.choice(DEPARTMENTS),
        "manager_id": random.choice([*ids[:place], None, None, None]),
        "avoids": random.sample(others, 1) if others and random.random() < 0.15 else [],
        "capacity": random.choice([1, 1, 1, 1, 2, 0]),
    }


def _circles(random: Random) -> Record:
    low = random.randint(1, 3)
    made: Record = {
        "mentees": f"{low}..{low + random.randint(0, 2)}",
        "mentors": random.choice([1, "1..2", 2]),
    }
    if random.random() < 0.25:
        made = {"trios": True, "mentors": random.choice([1, "1..2"])}
    within: list[Record] = []
    of = {"of": random.choice(["mentees", "mentors", "everybody"])}
    if random.random() < 0.4:
        within.append({"kind": "different", "field": "department", "prefix": random.choice([1, 2]), **of})
        within[-1] |= random.choice([{}, {"at_most": 2}, {"if_unknown": "forbid"}])
    if random.random() < 0.3 and not made.get("trios"):
        within.append({"kind": "at_least_values", "field": "gender", "of": "everybody"})
    if random.random() < 0.3:
        within.append({"kind": "not_in_reporting_line", **of})
    if random.random() < 0.3:
        within.append({"kind": "not_met_before", **of})
    return {**made, "within": within} if within else made


def _holds(condition: Record, teachers: list[Record], learners: list[Record]) -> bool:
    if condition["kind"] not in ("different", "at_least_values"):
        return True
    of = condition.get("of", "mentees")
    counted = {"mentors": teachers, "mentees": learners, "everybody": [*teachers, *learners]}[of]
    texts = [one[condition["field"]] for one in counted]
    values = ["/".join(text.split("/")[: condition.get("prefix", 9)]) for text in texts if text]
    if condition["kind"] == "at_least_values":
        return len(set(values)) >= 2
    unknown = texts.count(None) if condition.get("if_unknown") == "forbid" else 0
    most: int = condition.get("at_most", 1)
    return max(Counter(values).values(), default=0) + unknown <= most


SEEDS = range(30)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_circles_are_better(seed: int) -> None:
    world = World.drawn(seed)
    found = rm.form_circles(world.cohort, world.policy, past=world.past)
    shape = len(world.mentors), len(world.mentees)
    people, trios, total = best_circles(shape, world.sizes(), world.worth) or (0, 0, 0)
    reached = {stage.stage: stage.reached for stage in found.certificate.stages}
    assert found.certificate.proved
    assert found.status == "optimal"
    assert reached["people"] == people == found.people_placed
    assert reached.get("trios", 0) == -trios
    assert round(found.total * 1_000_000) == total
    for circle in found.circles:
        team = tuple(i for i, one in enumerate(world.mentors) if one["id"] in circle.mentors)
        some = tuple(j for j, one in enumerate(world.mentees) if one["id"] in circle.mentees)
        assert world.worth(team, some) is not None
    rm.verify(found, world.cohort, world.policy)


@pytest.mark.parametrize("seed", SEEDS)
def test_whoever_can_be_in_no_circle_is_told_so(seed: int) -> None:
    world = World.drawn(seed)
    found = rm.form_circles(world.cohort, world.policy, past=world.past)
    sizes = world.sizes()
    possible = set()
    for team in (some for size in sizes[0] for some in combinations(range(len(world.mentors)), size)):
        for some in (some for size in sizes[1] for some in combinations(range(len(world.mentees)), size)):
            if world.worth(team, some) is not None:
                possible |= {("mentor", world.mentors[i]["id"]) for i in team}
                possible |= {("mentee", world.mentees[j]["id"]) for j in some}
    for left in found.unmatched:
        assert (left.reason == "no_place_left") == ((left.role, left.id) in possible)


@pytest.mark.parametrize("seed", range(0, 30, 4))
def test_a_record_depends_on_no_order_and_reads_back(seed: int) -> None:
    world = World.drawn(seed)
    found = rm.form_circles(world.cohort, world.policy, past=world.past)
    shuffled = list(world.records)
    Random(seed).shuffle(shuffled)
    again = rm.form_circles(rm.Cohort.from_records(shuffled), world.policy, past=world.past[::-1], threads=1)
    assert again.to_json() == found.to_json()
    read = rm.CircleMatching.from_json(found.to_json())
    assert read == found
    assert read.to_json() == found.to_json()
    data = json.loads(json.dumps(json.loads(found.to_json()), sort_keys=True))
    assert rm.CircleMatching.from_data(data).sha256 == found.sha256


@pytest.mark.parametrize("seed", range(0, 30, 6))
def test_other_ids_and_another_seed_change_no_total(seed: int) -> None:
    world = World.drawn(seed)
    found = rm.form_circles(world.cohort, world.policy, past=world.past)
    called = {one["id"]: f"q{99 - place}" for place, one in enumerate(world.records)}
    records = [
        {
            **one,
            "id": called[one["id"]],
            "manager_id": called.get(one["manager_id"]),
            "avoids": [called[name] for name in one["avoids"]],
        }
        for one in world.records
    ]
    past = [(called[one], called[other]) for one, other in world.past]
    policy = rm.Policy.from_data({"circles": world.circles, "seed": 7})
    renamed = rm.form_circles(rm.Cohort.from_records(records), policy, past=past)
    assert (renamed.people_placed, renamed.total) == (found.people_placed, found.total)


def _people(count: int) -> rm.Cohort:
    random = Random("people of circles")
    ids = [f"p{place}" for place in range(count)]
    roles = ["mentor"] * (count // 3) + ["mentee"] * (count - count // 3)
    records = [_person(random, place, role, ids) for place, role in enumerate(roles)]
    return rm.Cohort.from_records([{**one, "capacity": 1, "manager_id": None} for one in records])


def test_former_circles_do_not_come_again() -> None:
    cohort = _people(18)
    met = {"kind": "not_met_before", "of": "everybody"}
    policy = rm.Policy.from_data({"circles": {"mentees": "2..3", "within": [met]}})
    rounds: list[rm.CircleMatching] = []
    for _ in range(3):
        rounds.append(rm.form_circles(cohort, policy, past=rounds))
        rm.verify(rounds[-1], cohort, policy)
    seen: set[frozenset[str]] = set()
    for one in rounds:
        pairs = {frozenset(pair) for circle in one.circles for pair in combinations(circle.people, 2)}
        assert not pairs & seen
        seen |= pairs
    assert len(rounds[-1].past) == len(rounds[0].circles) + len(rounds[1].circles)


def test_duos_of_a_matching_and_pairs_are_a_past() -> None:
    cohort = _people(12)
    matching = rm.match(cohort)
    duo = matching.duos[0]
    circles = rm.form_circles(cohort, rm.Policy(circles={"mentees": "2..3"}), past=[matching, ("x", "y")])
    assert len(circles.past) == len(matching.duos) + 1
    met = {(pair.mentor, pair.mentee) for circle in circles.circles for pair in circle.pairs}
    assert (duo.mentor, duo.mentee) not in met


def test_a_fixed_duo_is_in_one_circle() -> None:
    cohort = _people(15)
    pair = [cohort.mentors[3].id, cohort.mentees[5].id]
    circles = {"mentees": "2..4"}
    policy = rm.Policy.from_data({"circles": circles, "rules": [{"kind": "fix", "pairs": [pair]}]})
    found = rm.form_circles(cohort, policy)
    assert any(pair[0] in circle.mentors and pair[1] in circle.mentees for circle in found.circles)
    rm.verify(found, cohort, policy)


def test_fixed_duos_that_no_circle_has_are_a_conflict() -> None:
    people = [{"id": "m", "role": "mentor"}, {"id": "e", "role": "mentee"}]
    fix = {"kind": "fix", "pairs": [["m", "e"]]}
    policy = rm.Policy.from_data({"circles": {"mentees": 2}, "rules": [fix]})
    with pytest.raises(rm.InfeasibleError, match="fixed duos cannot be in circles"):
        rm.form_circles(rm.Cohort.from_records(people), policy)


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ({}, "circles"),
        ({"circles": {"mentees": 2}, "quotas": [{"kind": "duos", "at_most": 3}]}, "quotas"),
        ({"circles": {"mentees": 2}, "objective": "max_min"}, "objective"),
        ({"circles": {"mentees": 2, "within": [{"kind": "different", "field": "tem"}]}}, "circles.within[0]"),
    ],
)
def test_what_circles_cannot_have_is_a_fault(data: Record, place: str) -> None:
    people = [{"id": "m", "role": "mentor", "team": "a"}, {"id": "e", "role": "mentee", "team": "b"}]
    with pytest.raises(rm.errors.PolicyError) as refused:
        rm.form_circles(rm.Cohort.from_records(people), rm.Policy.from_data(data))
    assert [fault.column for fault in refused.value.faults if str(fault.column).startswith(place)]


def test_nobody_possible_gives_no_circles() -> None:
    people = [{"id": "m", "role": "mentor"}, {"id": "e", "role": "mentee"}]
    policy = rm.Policy(circles={"mentees": "3..6"})
    found = rm.form_circles(rm.Cohort.from_records(people), policy)
    assert found.circles == ()
    assert {left.reason for left in found.unmatched} == {"no_circle_possible"}
    rm.verify(found, rm.Cohort.from_records(people), policy)


def test_large_circles_with_fixed_duos_keep_their_proof() -> None:
    cohort = _people(24)
    fix = [[cohort.mentors[0].id, cohort.mentees[3].id], [cohort.mentors[1].id, cohort.mentees[5].id]]
    circles = {"mentors": "1..2", "mentees": "2..40"}
    policy = rm.Policy.from_data({"circles": circles, "rules": [{"kind": "fix", "pairs": fix}]})
    found = rm.form_circles(cohort, policy)
    rm.verify(found, cohort, policy)
    assert found.certificate.proved
    assert sum(pair.fixed for circle in found.circles for pair in circle.pairs) == 2


@pytest.mark.parametrize("seconds", [0, 0.1])
def test_a_time_limit_leaves_an_honest_gap(seconds: float) -> None:
    cohort = _people(18)
    within = [{"kind": "different", "field": "department"}, {"kind": "at_least_values", "field": "gender"}]
    policy = rm.Policy.from_data({"circles": {"mentors": "1..2", "mentees": "2..4", "within": within}})
    found = rm.form_circles(cohort, policy, time_limit=seconds)
    rm.verify(found, cohort, policy)
    assert (found.status == "optimal") == found.certificate.proved
    best = rm.form_circles(cohort, policy)
    reached = {stage.stage: stage.reached for stage in best.certificate.stages}
    assert found.certificate.stages[0].bound >= reached["people"] >= found.people_placed
    assert found.certificate.gap >= 0


def test_scores_of_circles_may_come_from_a_table() -> None:
    people = [{"id": name, "role": "mentor"} for name in ("lea", "tom")]
    people += [{"id": name, "role": "mentee"} for name in ("ada", "bob", "eve", "kim")]
    cohort = rm.Cohort.from_records(people)
    policy = rm.Policy(
        criteria=[{"kind": "table", "name": "interview", "weight": 1, "missing": 0}],
        circles={"mentees": "2..3"},
    )
    scores = [
        ("lea", "ada", 1),
        ("lea", "kim", 0.75),
        ("tom", "bob", 1),
        ("tom", "eve", None),
        ("lea", "eve", 0.5),
    ]
    found = rm.form_circles(cohort, policy, tables={"interview": scores})
    assert {circle.mentors[0]: circle.mentees for circle in found.circles} == {
        "lea": ("ada", "eve"),
        "tom": ("bob", "kim"),
    }
    assert (found.total, found.criteria[0].forbidden_pairs, found.certificate.gap) == (2.5, 1, 0)
    rm.verify(found, cohort, policy, tables={"interview": scores})
    stored = rm.CircleMatching.from_json(found.to_json())
    rm.verify(stored, cohort, tables={"interview": scores})
    with pytest.raises(rm.VerificationError):
        rm.verify(stored, cohort, tables={"interview": [*scores[:-1], ("lea", "eve", 0.25)]})
