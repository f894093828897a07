from __future__ import annotations

import csv
import json
import random as randomness
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reverse_match as rm
from oracle import best_choice, default_scores, in_one_line
from reverse_match.matching.encode import prepare
from reverse_match.matching.run_options import RunOptions
from strategies import cohorts

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("nothing_asked")

LINE = {"kind": "not_in_reporting_line"}


def millionths(points: float) -> int:
    return round(points * 1_000_000)


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[dict[str, Any]], rm.Policy, dict[tuple[str, str], int]]:
    """Draw people, a policy with rules, and the scores of the pairs that those rules allow."""
    records = draw(cohorts(most=6))
    ids = [record["id"] for record in records]
    some_pairs = st.lists(st.tuples(st.sampled_from(ids), st.sampled_from(ids)), max_size=3)
    forbidden = draw(some_pairs)
    threshold = draw(st.sampled_from([0, 0, 0.3, 0.5, 1]))
    rules = [LINE, {"kind": "forbid", "pairs": forbidden}, {"kind": "minimum_score", "at_least": threshold}]
    rules += draw(st.lists(st.sampled_from([*rules, {"kind": "minimum_score", "at_least": 0.1}]), max_size=2))
    threshold = max(rule["at_least"] for rule in rules if rule["kind"] == "minimum_score")
    policy = rm.Policy(rules=rules, seed=draw(st.integers(-5, 5)))
    apart = {frozenset(pair) for pair in forbidden}
    allowed = {
        pair: score
        for pair, score in default_scores(records).items()
        if frozenset(pair) not in apart and not in_one_line(records, *pair) and score >= threshold * 1_000_000
    }
    return records, policy, allowed


@given(cases())
def test_no_choice_of_duos_is_better(case: Any) -> None:
    records, policy, allowed = case
    cohort = rm.Cohort.from_records(records)
    matching = rm.match(cohort, policy)
    capacity = {record["id"]: record["capacity"] for record in records}
    best = best_choice(allowed, dict(capacity), dict(capacity))
    assert (len(matching.duos), millionths(matching.total)) == best
    assert matching.certificate.gap == 0
    assert (matching.certificate.duos_bound, millionths(matching.certificate.bound)) == best
    assert all((duo.mentor, duo.mentee) in allowed for duo in matching.duos)
    rm.verify(matching, cohort, policy)


@given(cases(), st.data())
def test_fixed_duos_stand_and_the_rest_is_the_best(case: Any, data: st.DataObject) -> None:
    records, policy, allowed = case
    capacity = {record["id"]: record["capacity"] for record in records}
    possible = [pair for pair in allowed if capacity[pair[0]] and capacity[pair[1]]]
    if not possible:
        return
    mentor, mentee = data.draw(st.sampled_from(possible))
    fixing = rm.Policy(rules=[*policy.rules, {"kind": "fix", "pairs": [(mentor, mentee)]}], seed=policy.seed)
    cohort = rm.Cohort.from_records(records)
    matching = rm.match(cohort, fixing)
    of_mentors, of_mentees = dict(capacity), dict(capacity)
    of_mentors[mentor] -= 1
    of_mentees[mentee] -= 1
    rest = {pair: score for pair, score in allowed.items() if pair != (mentor, mentee)}
    count, total = best_choice(rest, of_mentors, of_mentees)
    assert (len(matching.duos), millionths(matching.total)) == (count + 1, total + allowed[mentor, mentee])
    assert [duo.fixed for duo in matching.duos if (duo.mentor, duo.mentee) == (mentor, mentee)] == [True]
    assert matching.certificate.gap == 0
    rm.verify(matching, cohort, fixing)


@given(cases())
def test_everybody_without_a_duo_is_named_with_the_true_reason(case: Any) -> None:
    records, policy, allowed = case
    matching = rm.match(rm.Cohort.from_records(records), policy)
    by_id = {record["id"]: record for record in records}
    taught, learned = {duo.mentor for duo in matching.duos}, {duo.mentee for duo in matching.duos}
    expected = {(r["id"], "mentor") for r in records if r["role"] != "mentee" and r["id"] not in taught}
    expected |= {(r["id"], "mentee") for r in records if r["role"] != "mentor" and r["id"] not in learned}
    assert {(left.id, left.role) for left in matching.unmatched} == expected
    for left in matching.unmatched:
        side = 0 if left.role == "mentor" else 1
        partners = [p for p in allowed if p[side] == left.id and by_id[p[1 - side]]["capacity"]]
        assert (left.reason == "sits_out") == (by_id[left.id]["capacity"] == 0)
        if left.reason != "sits_out":
            assert (left.reason == "partners_taken") == bool(partners)
            assert left.allowed_partners == len(partners)
            assert all(0 < count < len(records) for count in left.blocked_by.values())
        assert str(left)


@given(cases(), st.randoms())
def test_the_order_of_the_file_changes_no_byte(case: Any, random: Any) -> None:
    records, policy, _ = case
    shuffled = random.sample(records, len(records))
    one = rm.match(rm.Cohort.from_records(records), policy, threads=1)
    other = rm.match(rm.Cohort.from_records(shuffled), policy, threads=2)
    assert one.to_json() == other.to_json()


def realistic(size: int, seed: int) -> list[dict[str, Any]]:
    random = randomness.Random(seed)
    skills = [f"skill {letter}" for letter in "abcdefghij"]
    return [
        {
            "id": f"p{index}",
            "role": random.choices(["mentor", "mentee", "both"], [6, 4, 1])[0],
            "offers": {name: random.randint(1, 5) for name in random.sample(skills, random.randint(0, 4))},
            "seeks": {name: random.randint(1, 3) for name in random.sample(skills, random.randint(0, 3))},
            "goals": random.sample(["x", "y", "z"], random.randint(0, 2)),
            "age": random.choice([None, *range(20, 60)]),
            "gender": random.choice([None, "f", "m"]),
            "department": random.choice(["a/b", "a/c", "d", "", "e"]),
            "capacity": random.choice([1, 1, 1, 2]),
        }
        for index in range(size)
    ]


def write_csv(path: Path, records: list[dict[str, Any]], headings: dict[str, str] | None = None) -> None:
    names = list(records[0])
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow([(headings or {}).get(name, name) for name in names])
        for record in records:
            writer.writerow([cell(record[name]) for name in names])


def cell(value: Any) -> str:
    if isinstance(value, dict):
        return ";".join(f"{name}:{rating}" for name, rating in value.items())
    return ";".join(value) if isinstance(value, list) else "" if value is None else str(value)


def test_shuffling_renaming_and_threads_change_nothing_but_the_digest_of_the_file(tmp_path: Path) -> None:
    records = realistic(400, seed=1)
    write_csv(tmp_path / "one.csv", records)
    shuffled = randomness.Random(2).sample(records, len(records))
    write_csv(tmp_path / "other.csv", shuffled, {"id": "Badge", "department": "Pôle", "capacity": "Places"})
    mapping = {"Badge": "id", "Pôle": "department", "Places": "capacity"}
    one = rm.match(rm.read_cohort(tmp_path / "one.csv"), threads=1)
    other = rm.match(rm.read_cohort(tmp_path / "other.csv", mapping=mapping), threads=2)
    here, there = json.loads(one.to_json()), json.loads(other.to_json())
    assert here["digests"].pop("file") != there["digests"].pop("file")
    assert json.dumps(here) == json.dumps(there)


def test_the_solver_sees_people_in_an_order_that_the_file_does_not_decide() -> None:
    records = realistic(30, seed=3)

    def order(people: list[dict[str, Any]], seed: int) -> list[str]:
        cohort = rm.Cohort.from_records(people)
        sides = prepare(cohort, rm.Policy(seed=seed), RunOptions(threads=1)).sides
        return [cohort.participants[index].id for index in sides.mentors]

    assert order(records, 0) == order(records[::-1], 0) != order(records, 1)


def test_the_seed_decides_between_equals_and_nothing_else() -> None:
    people = [{"id": f"m{i}", "role": "mentor"} for i in range(6)] + [
        {"id": f"e{i}", "role": "mentee"} for i in range(4)
    ]
    cohort = rm.Cohort.from_records(people)
    drawn = {
        tuple((d.mentor, d.mentee) for d in rm.match(cohort, rm.Policy(seed=seed)).duos) for seed in range(12)
    }
    assert len(drawn) > 6
    assert {rm.match(cohort, rm.Policy(seed=seed)).total for seed in range(3)} == {rm.match(cohort).total}


def test_nobody_is_preferred_between_equals() -> None:
    people = [{"id": f"m{i}", "role": "mentor"} for i in range(4)] + [{"id": "e", "role": "mentee"}]
    cohort = rm.Cohort.from_records(people)
    chosen = [rm.match(cohort, rm.Policy(seed=seed)).duos[0].mentor for seed in range(200)]
    assert all(25 <= chosen.count(f"m{i}") <= 80 for i in range(4))


def test_the_matrix_is_in_the_order_of_the_cohort_with_nan_where_a_rule_forbids() -> None:
    people = [
        {"id": "a", "role": "both", "manager_id": "b"},
        {"id": "b", "role": "mentee"},
        {"id": "c", "role": "mentor"},
    ]
    cohort = rm.Cohort.from_records(people)
    matrix = rm.score_matrix(cohort)
    assert [person.id for person in cohort.mentors] == ["a", "c"]
    assert [person.id for person in cohort.mentees] == ["a", "b"]
    assert np.isnan(matrix).tolist() == [[True, True], [False, False]]


@given(cases())
def test_the_matrix_agrees_with_exact_arithmetic(case: Any) -> None:
    records, policy, allowed = case
    cohort = rm.Cohort.from_records(records)
    matrix = rm.score_matrix(cohort, policy)
    for row, mentor in enumerate(cohort.mentors):
        for column, mentee in enumerate(cohort.mentees):
            score = allowed.get((mentor.id, mentee.id))
            assert (
                np.isnan(matrix[row, column]) if score is None else millionths(matrix[row, column]) == score
            )


PAIR = [{"id": "m", "role": "mentor"}, {"id": "e", "role": "mentee"}]


@pytest.mark.parametrize(
    ("people", "rules", "conflict"),
    [
        (PAIR, [{"kind": "fix", "pairs": [["m", "e"]]}, {"kind": "forbid", "pairs": [["e", "m"]]}], "is fixed, and a rule forbids it (forbidden pairs)"),
        (
            [{"id": "m", "role": "mentor", "manager_id": "e"}, PAIR[1]],
            [LINE, {"kind": "fix", "pairs": [["m", "e"]]}],
            "is fixed, and a rule forbids it (reporting line)",
        ),
        (
            [*PAIR, {"id": "f", "role": "mentee"}],
            [{"kind": "fix", "pairs": [["m", "e"], ["m", "f"]]}],
            "'m' has 2 fixed duos as mentor, and capacity 1; allow 2, or fix fewer",
        ),
        (PAIR, [{"kind": "fix", "pairs": [["m", "e"]]}, {"kind": "minimum_score", "at_least": 0.9}], "is fixed, and a rule forbids it (minimum score)"),
        ([{"id": "b", "role": "both"}], [{"kind": "fix", "pairs": [["b", "b"]]}], "is fixed, and a rule forbids it (it is one person)"),
    ],
)  # fmt: skip
def test_rules_that_cannot_hold_together_are_named(people: Any, rules: Any, conflict: str) -> None:
    with pytest.raises(rm.InfeasibleError) as caught:
        rm.match(rm.Cohort.from_records(people), rm.Policy(rules=rules))
    assert len(caught.value.conflicts) == 1
    assert conflict in caught.value.conflicts[0]


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        (
            {"kind": "forbid", "pairs": [["m", "nobody"]]},
            r"rules\[0\].pairs\[0\]\[1\]: nobody in the cohort has this id",
        ),
        (
            {"kind": "fix", "pairs": [["e", "m"]]},
            r"rules\[0\].pairs\[0\]\[0\]: a fixed duo names the mentor first",
        ),
    ],
)
def test_a_rule_about_the_wrong_people_is_a_fault(rule: Any, message: str) -> None:
    with pytest.raises(rm.errors.PolicyError, match=message):
        rm.match(rm.Cohort.from_records(PAIR), rm.Policy(rules=[rule]))


def test_nobody_can_be_matched() -> None:
    cohort = rm.Cohort.from_records(PAIR)
    policy = rm.Policy(rules=[{"kind": "forbid", "pairs": [["m", "e"]]}])
    matching = rm.match(cohort, policy)
    assert (matching.duos, matching.total, matching.certificate.gap) == ((), 0, 0)
    assert [str(left) for left in matching.unmatched] == ["no allowed partner: forbidden pairs (1)"] * 2
    rm.verify(matching, cohort, policy)


def test_both_can_teach_and_learn_but_not_with_themselves() -> None:
    cohort = rm.Cohort.from_records([{"id": "a", "role": "both"}, {"id": "b", "role": "both"}])
    matching = rm.match(cohort)
    assert [(duo.mentor, duo.mentee) for duo in matching.duos] == [("a", "b"), ("b", "a")]


def test_a_chain_of_managers_forbids_both_ways_over_any_length() -> None:
    people = [
        {"id": "top", "role": "mentor"},
        {"id": "middle", "role": "mentor", "manager_id": "top"},
        {"id": "low", "role": "mentee", "manager_id": "middle"},
        {"id": "boss", "role": "mentee"},
        {"id": "free", "role": "mentor", "manager_id": "boss"},
    ]
    matrix = rm.score_matrix(rm.Cohort.from_records(people))
    assert np.isnan(matrix).tolist() == [[True, False], [True, False], [False, True]]


BORN = [
    {"id": "m", "role": "mentor", "birth_date": "2000-06-30"},
    {"id": "e", "role": "mentee", "birth_date": "1980-06-30"},
]


def test_ages_count_on_the_day_that_is_asked_and_recorded() -> None:
    policy = rm.Policy(as_of="2026-06-29", rules=[{"kind": "minimum_score", "at_least": 0}])
    cohort = rm.Cohort.from_records(BORN)
    matching = rm.match(cohort, policy)
    assert matching.as_of == date(2026, 6, 29)
    rm.verify(rm.Matching.from_json(matching.to_json()), cohort, policy)
    assert rm.match(cohort).as_of == date.today()
    assert rm.match(rm.Cohort.from_records(BORN, as_of=date(2025, 1, 1))).as_of == date(2025, 1, 1)
    with pytest.raises(
        rm.errors.CohortError, match="read as of 2025-01-01, but the policy says as_of 2026-06-29"
    ):
        rm.match(rm.Cohort.from_records(BORN, as_of=date(2025, 1, 1)), policy)


def test_a_matching_without_birth_dates_does_not_know_the_day() -> None:
    assert rm.match(rm.Cohort.from_records(PAIR)).as_of is None


def test_rungs_are_reported_with_the_names_as_written() -> None:
    people = [
        {
            "id": "m",
            "role": "mentor",
            "offers": "IA générative:5;Kubernets:4;Python",
            "goals": "sustainability",
        },
        {"id": "e", "role": "mentee", "seeks": "Generative AI;Kubernetes;python", "goals": "Sustainability"},
    ]
    matches = rm.match(rm.Cohort.from_records(people)).duos[0].name_matches
    assert [(m.criterion, m.mentor, m.mentee, m.rung, m.taught_by) for m in matches] == [
        ("skills", "IA générative", "Generative AI", "alias", "mentor"),
        ("skills", "Kubernets", "Kubernetes", "typo", "mentor"),
        ("skills", "Python", "python", "exact", "mentor"),
        ("goals", "sustainability", "Sustainability", "exact", None),
    ]


def test_what_the_caller_gave_is_not_changed() -> None:
    records = realistic(30, seed=4)
    before = json.dumps(records)
    cohort = rm.Cohort.from_records(records)
    people = cohort.participants
    rm.match(cohort)
    assert json.dumps(records) == before
    assert cohort.participants is people


def test_progress_only_grows_and_ends_with_gap_0() -> None:
    told: list[rm.Progress] = []
    rm.match(rm.Cohort.from_records(realistic(60, seed=1)), progress=told.append)
    assert told[0].step == "score pairs"
    assert told[-1].step == "explain"
    assert told[-1].gap == 0
    for before, after in pairwise(told):
        assert (before.rounds, before.arcs, before.pairs) <= (after.rounds, after.arcs, after.pairs)


def test_a_cohort_that_does_not_fit_is_refused_before_anything_is_scored() -> None:
    steps: list[str] = []
    cohort = rm.Cohort.from_records(realistic(60, seed=1))
    message = r"mentors and \d+ mentees need about 1 MiB, and the budget is 1 MiB; allow more memory"
    with pytest.raises(rm.errors.SizeError, match=message):
        rm.match(cohort, memory=2**18, progress=lambda progress: steps.append(progress.step))
    assert steps == ["score pairs"]


def test_plain_data_is_no_policy() -> None:
    cohort = rm.Cohort.from_records([{"id": "m", "role": "mentor"}, {"id": "e", "role": "mentee"}])
    with pytest.raises(rm.errors.PolicyError, match=r"^policy: not a policy; right would be"):
        rm.match(cohort, {"seed": 1})  # type: ignore[arg-type]
    assert str(rm.match(cohort).duos[0]) == "'m' (mentor) and 'e' (mentee): 0.500"
