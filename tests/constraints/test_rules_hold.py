"""A matching under random rules: the best that plain Python finds, proved, and the same however it is made."""

from __future__ import annotations

import json
import random
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reverse_match as rm
from oracle import best_choice, default_scores
from reverse_match.constraints.rules import rules_of
from reverse_match.scoring.criterion import Sides
from rule_oracle import World, allows
from rule_strategies import DAY, cohorts_with_more, even_sum, even_sum_of_two, rules

pytestmark = pytest.mark.usefixtures("nothing_asked")

rm.register_rule("even_sum", even_sum)

Record = dict[str, Any]
RULES = st.lists(rules(), min_size=1, max_size=3)


def world_of(records: list[Record]) -> World:
    return World(records, date.fromisoformat(DAY), default_scores(records), {"even_sum": even_sum_of_two})


def allowed_scores(records: list[Record], chosen: list[Record]) -> dict[tuple[str, str], int]:
    """Return the scores of the pairs that every rule allows and whose people take part."""
    world = world_of(records)
    by_id = {record["id"]: record for record in records}
    return {
        (mentor, mentee): score
        for (mentor, mentee), score in world.scores.items()
        if all(allows(rule, by_id[mentor], by_id[mentee], world) for rule in chosen)
        and by_id[mentor]["capacity"]
        and by_id[mentee]["capacity"]
    }


@given(cohorts_with_more(5), RULES)
def test_the_best_that_rules_allow(records: list[Record], chosen: list[Record]) -> None:
    cohort, policy = rm.Cohort.from_records(records, as_of=DAY), rm.Policy(rules=chosen)
    matching = rm.match(cohort, policy)
    scores = allowed_scores(records, chosen)
    capacity = {record["id"]: record["capacity"] for record in records}
    expected = best_choice(scores, dict(capacity), dict(capacity))
    assert (len(matching.duos), round(matching.total * 1e6)) == expected
    assert all((duo.mentor, duo.mentee) in scores for duo in matching.duos)
    rm.verify(matching, cohort, policy)


@given(cohorts_with_more(), RULES)
def test_what_each_rule_took_away_from_whom(records: list[Record], chosen: list[Record]) -> None:
    cohort, policy = rm.Cohort.from_records(records, as_of=DAY), rm.Policy(rules=chosen)
    world, scores = world_of(records), allowed_scores(records, chosen)
    by_id = {record["id"]: record for record in records}
    for left in rm.match(cohort, policy).unmatched:
        if left.reason == "sits_out":
            continue
        side = 0 if left.role == "mentor" else 1
        pairs = [pair for pair in world.scores if pair[side] == left.id]
        assert left.allowed_partners == sum(pair in scores for pair in pairs)
        taken: dict[str, set[tuple[str, str]]] = {}
        for rule, label in zip(chosen, policy.rule_labels, strict=True):
            gone = {pair for pair in pairs if not allows(rule, by_id[pair[0]], by_id[pair[1]], world)}
            taken[label] = taken.get(label, set()) | gone
        counts = {label: len(gone) for label, gone in taken.items() if gone}
        assert {label: count for label, count in left.blocked_by.items() if label != "capacity"} == counts


@given(cohorts_with_more(7), RULES, st.randoms(use_true_random=False))
def test_neither_order_nor_threads_nor_tiles_change_anything(
    records: list[Record], chosen: list[Record], order: random.Random
) -> None:
    policy = rm.Policy(rules=chosen)
    matching = rm.match(rm.Cohort.from_records(records, as_of=DAY), policy, threads=1)
    shuffled = list(records)
    order.shuffle(shuffled)
    other = rm.match(rm.Cohort.from_records(shuffled, as_of=DAY), policy, threads=2, memory=1_200_000)
    assert matching.to_json() == other.to_json()


@settings(max_examples=min(40, settings.default.max_examples))
@given(cohorts_with_more(7), rules(), st.data())
def test_verify_finds_every_duo_that_breaks_a_rule(
    records: list[Record], rule: Record, data: st.DataObject
) -> None:
    """A matching that ignored a rule, in the name of the policy that has it."""
    cohort, strict = rm.Cohort.from_records(records, as_of=DAY), rm.Policy(rules=[rule])
    ignored = json.loads(rm.match(cohort, rm.Policy(rules=[])).to_json())
    if not ignored["duos"]:
        return
    ignored.update(policy=strict.model_dump(mode="json"), as_of=DAY if strict.counts_months else None)
    ignored["digests"]["policy"] = strict.sha256
    allowed = allowed_scores(records, [rule])
    broken = [duo for duo in ignored["duos"] if (duo["mentor"], duo["mentee"]) not in allowed]
    found = []
    try:
        rm.verify(rm.Matching.from_json(json.dumps(ignored)), cohort, strict)
    except rm.VerificationError as error:
        found = [str(finding) for finding in error.findings if finding.subject == "rule"]
    assert len(found) == len(broken)
    for duo in broken:
        assert any(f"'{duo['mentor']}' (mentor) and '{duo['mentee']}' (mentee)" in text for text in found)


def realistic(count: int) -> list[Record]:
    draw = random.Random(5)
    return [
        {
            "id": f"p{number}",
            "role": "mentor" if number % 2 else "mentee",
            "age": draw.randint(20, 60),
            "gender": draw.choice(["f", "m", ""]),
            "department": draw.choice(["G/IT/Data", "G/IT/Ops", "G/Sales/North", "F"]),
            "languages": draw.sample(["fr", "en", "de", "es"], draw.randint(0, 3)),
            "offers": draw.sample(["sql", "python", "excel", "go", "php"], draw.randint(0, 3)),
            "seeks": draw.sample(["sql", "python", "excel", "go", "php"], draw.randint(0, 3)),
            "timezone": draw.choice(["Europe/Paris", "America/New_York", "Asia/Tokyo", None]),
            "years": draw.choice([None, 1, 2.5, 4.2]),
            "consent": draw.choice(["yes", "yes", "no", None]),
            "avoids": [f"p{draw.randrange(count // 2)}x"],
        }
        for number in range(count)
    ]


SEVERAL: list[Record] = [
    {"kind": "different", "field": "department", "prefix": 2, "if_unknown": "allow"},
    {"kind": "shared", "field": "languages"},
    {"kind": "gap_between", "field": "age", "at_least": 2},
    {"kind": "any_of", "conditions": [{"kind": "overlapping_hours"}, {"kind": "custom", "function": "even_sum"}]},
    {"kind": "require", "of": "both", "field": "consent", "equals": "yes"},
    {"kind": "teaches", "of": "either", "at_priority": 2, "if_unknown": "allow"},
    {"kind": "minimum_score", "at_least": 0.45},
]  # fmt: skip


def test_hundreds_of_people_under_many_rules() -> None:
    """More than one tile in both directions, and people left out for every reason."""
    cohort, policy = rm.Cohort.from_records(realistic(600)), rm.Policy(rules=SEVERAL)
    matching = rm.match(cohort, policy, threads=2)
    rm.verify(matching, cohort, policy)
    assert matching.to_json() == rm.match(cohort, policy, threads=1, memory=6_000_000).to_json()
    labels = {label for left in matching.unmatched for label in left.blocked_by}
    assert labels == {"different", "shared", "teaches", "gap_between", "any_of", "require", "minimum_score"}


def test_a_what_if_takes_over_the_rules_that_say_the_same() -> None:
    cohort = rm.Cohort.from_records(realistic(60))
    sides = Sides(list(range(1, 60, 2)), list(range(0, 60, 2)))
    first = rules_of(cohort, rm.Policy(rules=SEVERAL), sides)
    again = rules_of(cohort, rm.Policy(rules=[*SEVERAL, {"kind": "avoids"}]), sides, first)
    assert again.forbidding[: len(first.forbidding)] == first.forbidding
    assert all(one is other for one, other in zip(first.forbidding, again.forbidding, strict=False))
    changed = rm.Policy(rules=SEVERAL, synonyms={"french": ["fr"]})
    made = rules_of(cohort, changed, sides, first)
    assert made.forbidding[2] is not first.forbidding[2], "names may mean something else"
    rm.register_rule("even_sum", lambda mentors, mentees: even_sum(mentors, mentees) == 0, replace=True)
    replaced = rules_of(cohort, rm.Policy(rules=SEVERAL), sides, first)
    rm.register_rule("even_sum", even_sum, replace=True)
    kept = [one is other for one, other in zip(first.forbidding, replaced.forbidding, strict=True)]
    assert kept == [True, True, True, True, False, True, True, True], "another function, another rule"


@pytest.mark.parametrize("drop", range(len(SEVERAL)))
def test_a_what_if_is_what_a_match_from_nothing_gives(drop: int) -> None:
    cohort, warm = rm.Cohort.from_records(realistic(80)), rm.WarmStart()
    rm.match(cohort, rm.Policy(rules=SEVERAL), warm_start=warm)
    fewer = rm.Policy(rules=[rule for place, rule in enumerate(SEVERAL) if place != drop])
    assert rm.match(cohort, fewer, warm_start=warm) == rm.match(cohort, fewer)
    avoiding = rm.Policy(rules=[*SEVERAL, {"kind": "avoids"}])
    assert rm.match(cohort, avoiding, warm_start=warm) == rm.match(cohort, avoiding)


def test_a_rule_of_ones_own_is_asked_for_tiles_of_any_size() -> None:
    seen = []

    def noting(mentors: Any, mentees: Any) -> Any:
        seen.append((len(mentors), len(mentees)))
        return np.ones((len(mentors), len(mentees)), dtype=bool)

    rm.register_rule("noting", noting, replace=True)
    cohort = rm.Cohort.from_records(realistic(40))
    policy = rm.Policy(rules=[{"kind": "custom", "function": "noting"}])
    assert rm.match(cohort, policy).duos == rm.match(cohort, rm.Policy(rules=[])).duos
    assert (20, 20) in seen
