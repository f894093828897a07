"""A fair share: duos spread over people, and least numbers of duos, against every matching there is."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp
from test_every_objective import every_choice

import reverse_match as rm
from oracle import default_scores, utility
from reverse_match.errors import InfeasibleError
from reverse_match.matching.policy_notes import policy_notes
from reverse_match.testing import invented_cohort
from reverse_match.views.words.faults import note_in_words
from rule_oracle import teaches
from strategies import cohorts

Pair = tuple[str, str]
MILLION = 1_000_000
MOST = 6
OBJECTIVES: list[Any] = ["coverage", "total", "max_min", {"kind": "fair", "alpha": 1}]
SPREADS: list[Any] = [
    {"of": of, "after_total": after} for of in ("mentors", "mentees", "both") for after in (False, True)
]


def people_with(duos: list[Pair], spread: Any) -> tuple[int, ...]:
    """Return how many people have a duo, how many a second, and so on."""
    sides = [place for place, side in enumerate(("mentors", "mentees")) if spread["of"] in (side, "both")]
    loads = [load for place in sides for load in Counter(duo[place] for duo in duos).values()]
    return tuple(sum(load >= number for load in loads) for number in range(1, MOST))


def rank(
    free: list[Pair],
    fixed: list[Pair],
    scores: dict[Pair, int],
    worth: dict[Pair, int],
    lacking: set[Pair],
    policy: Any,
) -> tuple[Any, ...]:
    """Return what is maximised, first things first."""
    objective, spread = policy["objective"], policy.get("spread")
    total = sum(worth[pair] for pair in free)
    last = [-len(lacking.intersection(free)), total]
    stages: list[Any] = [total, len(free)] if objective == "total" else [len(free), *last]
    if objective == "max_min":
        stages.insert(1, min((scores[pair] for pair in free), default=0))
    if spread is not None:
        even = people_with([*free, *fixed], spread)
        stages.insert(len(stages) if spread["after_total"] else len(stages) - len(last), even)
    return tuple(stages)


ASKED: list[Any] = [False, {"kind": "teaches"}, {"kind": "teaches", "of": "either", "at_level": 3}]


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[dict[str, Any]], dict[str, Any], list[Pair]]:
    """Draw people, of whom some must have duos, and a policy, with a fixed duo and credits."""
    records = draw(st.one_of(cohorts(most=6, roles=("mentor", "mentee")), cohorts(most=4), cohorts(most=7)))
    for record in records:
        record["capacity"] = draw(st.sampled_from([0, 1, 1, 2, 3]))
        record["least_duos"] = draw(st.sampled_from([0, 0, 0, 0, 1])) if record["capacity"] else 0
    scores = default_scores(records)
    capacity = {record["id"]: record["capacity"] for record in records}
    possible = sorted(pair for pair in scores if capacity[pair[0]] and capacity[pair[1]])
    fixed = draw(st.lists(st.sampled_from(possible), max_size=1)) if possible else []
    objective = draw(st.sampled_from(OBJECTIVES))
    spread = draw(st.sampled_from([*SPREADS, None]))
    if spread is not None and objective == "total":
        spread = {**spread, "after_total": True}
    policy: dict[str, Any] = {"objective": objective, "rules": [{"kind": "fix", "pairs": fixed}]}
    policy["as_far_as_possible"] = draw(st.sampled_from(ASKED))
    if spread is not None:
        policy["spread"] = spread
    favoured = draw(st.lists(st.sampled_from(possible), max_size=1)) if possible else []
    if favoured:
        policy["credits"] = [{"name": "favoured", "points": 0.5, "pairs": favoured}]
    if spread is not None and objective == "max_min":
        for record in records:
            record["least_duos"] = 0
    return records, policy, fixed


def all_ranks(records: list[dict[str, Any]], policy: Any, fixed: list[Pair]) -> dict[tuple[Pair, ...], Any]:
    """Return every matching that keeps capacities and least numbers, with its rank."""
    scores = default_scores(records)
    favoured = [pair for credit in policy.get("credits", []) for pair in credit["pairs"]]
    full = rm.Policy(objective=policy["objective"])
    unit = rm.match(
        rm.Cohort.from_records([{"id": "a", "role": "both"}, {"id": "b", "role": "mentee"}]), full
    )
    half = (unit.certificate.units or MILLION) // 2
    worth = {pair: utility(score, policy["objective"]) for pair, score in scores.items()}
    for pair in favoured:
        worth[pair] += half
    mentors = {record["id"]: record["capacity"] for record in records}
    mentees, lacking = dict(mentors), lacking_pairs(records, list(scores), policy["as_far_as_possible"])
    for mentor, mentee in fixed:
        mentors[mentor] -= 1
        mentees[mentee] -= 1
    found = {}
    for choice in every_choice([pair for pair in scores if pair not in fixed], mentors, mentees):
        if keeps_least(records, [*choice, *fixed]):
            found[tuple(sorted(choice))] = rank(choice, fixed, scores, worth, lacking, policy)
    return found


def lacking_pairs(records: list[dict[str, Any]], pairs: list[Pair], asked: Any) -> set[Pair]:
    by_id = {record["id"]: record for record in records}
    return {pair for pair in pairs if asked and teaches(asked, *map(by_id.__getitem__, pair), {}) is False}


def keeps_least(records: list[dict[str, Any]], duos: list[Pair]) -> bool:
    loads = [Counter(duo[place] for duo in duos) for place in (0, 1)]
    return all(
        loads[place][record["id"]] >= record["least_duos"]
        for record in records
        for place, role in enumerate(("mentor", "mentee"))
        if record["role"] in (role, "both")
    )


@given(worlds(), st.integers(-3, 3))
def test_no_matching_is_better(world: Any, seed: int) -> None:
    records, data, fixed = world
    cohort, policy = rm.Cohort.from_records(records), rm.Policy.from_data({**data, "seed": seed})
    ranks = all_ranks(records, data, fixed)
    if not ranks:
        with pytest.raises(InfeasibleError):
            rm.match(cohort, policy)
        return
    matching = rm.match(cohort, policy)
    chosen = tuple(sorted((duo.mentor, duo.mentee) for duo in matching.duos if not duo.fixed))
    best = max(ranks.values())
    assert ranks[chosen] == best
    proof = matching.certificate
    if data["as_far_as_possible"] and data["objective"] != "total":
        everybody = lacking_pairs(
            records, [(duo.mentor, duo.mentee) for duo in matching.duos], data["as_far_as_possible"]
        )
        assert proof.lacking == proof.lacking_bound == len(everybody)
    assert (proof.gap, matching.status) == (0, "optimal")
    if not matching.added.loads:
        assert proof.equal_optima == (list(ranks.values()).count(best) > 1)
    spread = data.get("spread")
    assert (proof.spread is None) == (spread is None)
    if proof.spread is not None:
        assert proof.spread.shared == proof.spread.bound
        if not spread["after_total"]:
            without = max(all_ranks(records, {**data, "spread": None}, fixed).values())[-1]
            assert proof.price_of_spread == pytest.approx((without - best[-1]) / (proof.units or MILLION))
    rm.verify(matching, cohort, policy)
    again = rm.Matching.from_json(matching.to_json())
    assert again == matching
    shuffled = rm.Cohort.from_records(records[::-1])
    assert [(duo.mentor, duo.mentee) for duo in rm.match(shuffled, policy).duos] == [
        (duo.mentor, duo.mentee) for duo in matching.duos
    ]


def with_capacities(people: int, seed: int, most: int = 3) -> rm.Cohort:
    return invented_cohort(people, seed, mentor_capacity=most)


def lowest_by_milp(cohort: rm.Cohort, policy: rm.Policy) -> tuple[int, int, int] | None:
    """Return the number of duos, of pairs of duos that share a person, and the total in millionths.

    The answer is ``None`` if least numbers cannot be kept.
    """
    scores = np.rint(rm.score_matrix(cohort, rm.Policy(seed=policy.seed)) * MILLION)
    ends = np.nonzero(~np.isnan(scores))
    worth, of = scores[ends], "" if policy.spread is None else policy.spread.of
    sides = [
        [person.capacity_as("mentor") for person in cohort.mentors],
        [person.capacity_as("mentee") for person in cohort.mentees],
    ]
    least = [
        [person.least_as("mentor") for person in cohort.mentors],
        [person.least_as("mentee") for person in cohort.mentees],
    ]
    units = [
        (side, place, unit)
        for side, capacities in enumerate(sides)
        for place, most in enumerate(capacities)
        for unit in range(most)
    ]
    pairs, width, limits = len(worth), len(worth) + len(units), []
    for side, capacities in enumerate(sides):
        load, duos = np.zeros((len(capacities), width)), np.zeros((len(capacities), width))
        load[ends[side], np.arange(pairs)] = duos[ends[side], np.arange(pairs)] = 1
        for index, (one, place, _) in enumerate(units):
            if one == side:
                load[place, pairs + index] = -1
        limits += [LinearConstraint(load, 0, 0), LinearConstraint(duos, least[side], capacities)]
    counted = [of in (("mentors", "mentees")[side], "both") for side, _, _ in units]
    costs = [
        -np.concatenate([np.ones(pairs), np.zeros(len(units))]),
        np.concatenate(
            [np.zeros(pairs), [float(unit * yes) for (_, _, unit), yes in zip(units, counted, strict=True)]]
        ),
        -np.concatenate([worth, np.zeros(len(units))]),
    ]
    reached = []
    for cost in costs:
        found = milp(cost, integrality=np.ones(width), bounds=Bounds(0, 1), constraints=limits)
        if found.x is None:
            return None
        reached.append(round(float(cost @ np.rint(found.x))))
        limits.append(LinearConstraint(cost[None, :], -np.inf, reached[-1] + 1e-6))
    return -reached[0], reached[1], -reached[2]


@pytest.mark.parametrize(
    ("seed", "spread", "least"),
    [
        (0, "mentors", False),
        (1, "both", False),
        (2, "both", True),
        (3, "mentees", True),
        (4, None, True),
        (6, None, True),
    ],
)
def test_as_highs_finds_it(seed: int, spread: Any, least: bool) -> None:
    records: list[dict[str, Any]] = [
        person.model_dump(mode="json", exclude_defaults=True) | {"capacity": 1 + place % 3}
        for place, person in enumerate(with_capacities(40, seed).participants)
    ]
    for record in records[::5] if least else ():
        record["least_duos"] = 1
    cohort, policy = (
        rm.Cohort.from_records(records),
        rm.Policy(spread=spread, seed=seed, as_far_as_possible=None),
    )
    best = lowest_by_milp(cohort, policy)
    if best is None:
        with pytest.raises(InfeasibleError):
            rm.match(cohort, policy)
        return
    matching = rm.match(cohort, policy)
    proof = matching.certificate
    shared = 0 if proof.spread is None else proof.spread.shared
    found = len(matching.duos), shared, round(matching.total * MILLION)
    assert found == best
    assert proof.gap == 0
    rm.verify(matching, cohort, policy)


def test_people_who_must_have_duos_have_them_at_medium_size() -> None:
    people = with_capacities(120, 5)
    lonely = {left.id for left in rm.match(people).unmatched if left.role == "mentor"}
    records = [person.model_dump(mode="json", exclude_defaults=True) for person in people.participants]
    for record in records:
        record["least_duos"] = int(record["id"] in lonely)
    cohort = rm.Cohort.from_records(records)
    plain, matching = rm.match(people), rm.match(cohort)
    assert lonely
    assert lonely <= {duo.mentor for duo in matching.duos}
    assert len(matching.duos) == len(plain.duos)
    assert matching.certificate.gap == 0
    rm.verify(matching, cohort)


def test_a_least_number_that_cannot_be_kept_is_named() -> None:
    people = [
        {"id": "a", "role": "mentor", "capacity": "1..2"},
        {"id": "b", "role": "mentor", "capacity": "1..2"},
        {"id": "c", "role": "mentee"},
    ]
    with pytest.raises(InfeasibleError, match="least number of duos") as caught:
        rm.match(rm.Cohort.from_records(people))
    assert "'a' and 'b'" in str(caught.value)


def test_a_capacity_in_both_roles_together_holds() -> None:
    people = [
        {"id": "a", "role": "both", "capacity": 2, "capacity_in_all": 2, "offers": "AI:5", "seeks": "SQL"},
        {"id": "b", "role": "both", "capacity": 2, "offers": "SQL:5", "seeks": "AI"},
        {"id": "c", "role": "both", "capacity": 2, "offers": "SQL:4", "seeks": "AI"},
    ]
    cohort = rm.Cohort.from_records(people)
    matching = rm.match(cohort)
    loads = Counter(name for duo in matching.duos for name in (duo.mentor, duo.mentee))
    assert loads["a"] == 2
    assert [quota.name for quota in matching.quotas] == ["duos of a"]
    rm.verify(matching, cohort)


def test_the_more_people_have_a_duo_the_more_evenly_they_lie() -> None:
    cohort = with_capacities(200, 1)
    plain, spread = (rm.match(cohort, rm.Policy(spread=of)) for of in (None, "mentors"))
    assert len(plain.duos) == len(spread.duos)
    ones, others = ({duo.mentor for duo in matching.duos} for matching in (plain, spread))
    assert len(ones) < len(others)
    price = spread.certificate.price_of_spread
    assert price is not None
    assert price == pytest.approx(plain.total - spread.total)


@pytest.mark.parametrize("spread", [None, "mentors", {"of": "both", "after_total": True}])
def test_a_capacity_without_end_takes_no_longer(spread: Any) -> None:
    people = [{"id": f"m{place}", "role": "mentor", "capacity": 1_000_000} for place in range(30)]
    people += [{"id": f"e{place}", "role": "mentee", "capacity": "2..1000000"} for place in range(40)]
    cohort, policy = rm.Cohort.from_records(people), rm.Policy.from_data({"spread": spread} if spread else {})
    matching = rm.match(cohort, policy)
    assert len(matching.duos) == 30 * 40
    rm.verify(matching, cohort, policy)


def test_ids_with_unusual_characters_have_numbers_of_their_own() -> None:
    people = [
        {"id": "a/b", "role": "both", "capacity": 2, "capacity_in_all": 2},
        {"id": "007", "role": "both", "capacity": 2, "capacity_in_all": 1},
        {"id": "Élise", "role": "both", "capacity": 2, "capacity_in_all": 3, "least_duos_in_all": 1},
        {"id": "a", "role": "mentee"},
        {"id": "7", "role": "mentee"},
    ]
    cohort = rm.Cohort.from_records(people)
    matching = rm.match(cohort)
    loads = Counter(name for duo in matching.duos for name in (duo.mentor, duo.mentee))
    assert loads["a/b"] <= 2
    assert loads["007"] <= 1
    assert 1 <= loads["Élise"] <= 3
    rm.verify(matching, cohort)
    with pytest.raises(rm.InputError, match="a number of duos of their own"):
        rm.match(rm.Cohort.from_records([*people, {"id": "elise", "role": "mentee"}]))


def test_a_spread_that_decides_nothing_is_noted() -> None:
    people = [{"id": "a", "role": "mentor"}, {"id": "b", "role": "mentee", "capacity": 2}]
    cohort = rm.Cohort.from_records(people)
    for spread, noted in (("mentors", True), ("mentees", False), ("both", False)):
        notes = policy_notes(rm.Policy(spread=spread), cohort)
        assert any("duos are spread" in note.message for note in notes) == noted
        assert any("ne décide donc de rien" in note_in_words(str(note), "fr") for note in notes) == noted


@pytest.mark.parametrize("spread", ["mentors", "mentees", "both"])
@pytest.mark.parametrize("objective", ["coverage", "max_min", {"kind": "fair"}])
def test_a_duo_that_must_lack_what_is_asked_leaves_no_gap(spread: str, objective: Any) -> None:
    """Where all pairs have to be duos, one that lacks what is asked is worth far less than nothing."""
    records: list[dict[str, Any]] = [
        {"id": "lea", "role": "mentor", "offers": "Law", "capacity": 2},
        {"id": "tom", "role": "mentor", "offers": "Law"},
        {"id": "ada", "role": "mentee", "seeks": "Law", "capacity": 2},
        {"id": "zoe", "role": "mentee", "seeks": "SQL"},
    ]
    rules = [{"kind": "forbid", "pairs": [["tom", "zoe"]]}]
    asked = rm.Policy(spread=spread, objective=objective, rules=rules)
    cohort = rm.Cohort.from_records(records)
    matching = rm.match(cohort, asked)
    assert (len(matching.duos), matching.certificate.lacking, matching.certificate.gap) == (3, 1, 0)
    rm.verify(matching, cohort)


@pytest.mark.parametrize("spread", [*SPREADS, None])
@pytest.mark.parametrize("objective", ["coverage", "max_min", {"kind": "fair"}])
def test_duos_that_lack_what_is_asked_are_the_fewest_of_many(spread: Any, objective: Any) -> None:
    """Where more points are at stake than a lacking duo is charged, the fewest have a proof of their own."""
    records: list[dict[str, Any]] = [
        {"id": f"m{place}", "role": "mentor", "offers": "Law:5", "capacity": 2} for place in range(6)
    ]
    records += [
        {"id": f"e{place}", "role": "mentee", "seeks": "Law" if place < 8 else "SQL"} for place in range(10)
    ]
    records[0]["least_duos"] = 0 if objective == "max_min" and spread else 1
    cohort = rm.Cohort.from_records(records)
    matching = rm.match(cohort, rm.Policy(spread=spread, objective=objective))
    proof = matching.certificate
    assert (len(matching.duos), proof.lacking, proof.lacking_bound, proof.gap) == (10, 2, 2, 0)
    rm.verify(matching, cohort)
    if proof.lacking_proof is not None:
        worse = proof.lacking_proof.model_copy(update={"bound": proof.lacking_proof.bound - 1})
        forged = matching.model_copy(
            update={"certificate": proof.model_copy(update={"lacking_proof": worse})}
        )
        with pytest.raises(rm.VerificationError):
            rm.verify(forged, cohort)
