"""Duos spread under quotas: against every matching there is, HiGHS on some dozens of people, and tampering."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp
from test_quotas import allowed_pairs, every_matching, keeps
from test_quotas import quotas as drawn_quotas
from test_spread import MILLION

import reverse_match as rm
from oracle import utility
from reverse_match.errors import InfeasibleError, VerificationError
from reverse_match.testing import invented_cohort
from strategies import cohorts

Pair = tuple[str, str]
MIXED = {"kind": "different", "field": "gender"}
SPREADS = ["mentors", "mentees", "both"]
OBJECTIVES: list[Any] = ["coverage", "max_min", {"kind": "fair", "alpha": 1}, "total"]


def shared(duos: list[Pair], spread: str) -> int:
    """Return the number of pairs of duos that share a person whose duos are spread."""
    sides = [place for place, side in enumerate(("mentors", "mentees")) if spread in (side, "both")]
    return sum(
        one[place] == other[place]
        for place in sides
        for number, one in enumerate(duos)
        for other in duos[:number]
    )


@given(
    cohorts(most=5),
    drawn_quotas(),
    st.sampled_from(OBJECTIVES),
    st.sampled_from(SPREADS),
    st.booleans(),
    st.booleans(),
    st.data(),
)
def test_no_matching_that_keeps_the_quotas_is_better(
    records: Any,
    asked: Any,
    objective: Any,
    spread: str,
    after: bool,
    lacking: bool,
    data: st.DataObject,
) -> None:
    after |= objective == "total"
    for record in records:
        record["capacity"] = data.draw(st.sampled_from([0, 1, 2, 2, 3]))
    people, allowed = {record["id"]: record for record in records}, allowed_pairs(records)
    if len(allowed) > 8:
        return
    possible = [(a, b) for a, b in allowed if people[a]["capacity"] and people[b]["capacity"]]
    fixed = [data.draw(st.sampled_from(possible))] if possible and data.draw(st.booleans()) else []
    worth = {pair: utility(score, objective) for pair, score in allowed.items()}
    kept = [
        duos
        for duos in every_matching(allowed, people)
        if set(fixed) <= set(duos) and all(keeps(quota, duos, people) for quota in asked)
    ]

    def value(duos: list[Pair]) -> tuple[int, ...]:
        free = [pair for pair in duos if pair not in fixed]
        worst = min((allowed[pair] for pair in free), default=MILLION) if objective == "max_min" else 0
        less = sum(people[a]["gender"] is not None and people[a]["gender"] == "f" for a, _ in duos) * lacking
        total, even = sum(worth[pair] for pair in duos), -shared(duos, spread)
        if objective == "total":
            return total, len(duos), even
        return (len(duos), worst, -less, total, even) if after else (len(duos), worst, even, -less, total)

    rules: list[dict[str, Any]] = [{"kind": "not_in_reporting_line"}, {"kind": "fix", "pairs": fixed}]
    not_by_her = {
        "kind": "not",
        "condition": {"kind": "require", "of": "mentor", "field": "gender", "equals": "f"},
    }
    policy = rm.Policy(
        quotas=asked,
        objective=objective,
        rules=rules,
        spread={"of": spread, "after_total": after},
        as_far_as_possible=not_by_her if lacking else None,
    )
    cohort = rm.Cohort.from_records(records)
    if not any(kept) and (not kept or possible):  # no duos at all keep every share
        with pytest.raises(InfeasibleError):
            rm.match(cohort, policy)
        return
    matching = rm.match(cohort, policy)
    duos = [(duo.mentor, duo.mentee) for duo in matching.duos]
    assert value(duos) == max(map(value, kept))
    proof = matching.certificate
    assert (proof.gap, matching.status) == (0, "optimal")
    assert proof.spread is not None
    assert proof.spread.shared == proof.spread.bound == shared(duos, spread)
    rm.verify(matching, cohort, policy)
    assert rm.Matching.from_json(matching.to_json()) == matching


def lowest_by_milp(cohort: rm.Cohort, policy: rm.Policy, at_least: int, at_most: int) -> tuple[int, ...]:
    """Return the number of duos, of pairs of duos that share a mentor, and the total in millionths."""
    scores = np.rint(rm.score_matrix(cohort, policy) * MILLION)
    rows, columns = np.nonzero(~np.isnan(scores))
    mentors, mentees = cohort.mentors, cohort.mentees
    mixed = np.array(
        [
            None not in (one, other) and one != other
            for one, other in (
                (mentors[row].gender, mentees[column].gender)
                for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
            )
        ]
    )
    units = [(row, unit) for row, one in enumerate(mentors) for unit in range(one.capacity_as("mentor"))]
    pairs, width = len(rows), len(rows) + len(units)
    load, of_mentees = np.zeros((len(mentors), width)), np.zeros((len(mentees), width))
    load[rows, np.arange(pairs)] = of_mentees[columns, np.arange(pairs)] = 1
    for index, (row, _) in enumerate(units):
        load[row, pairs + index] = -1
    counted = np.append(mixed.astype(float), np.zeros(len(units)))
    limits = [
        LinearConstraint(load, 0, 0),
        LinearConstraint(of_mentees, 0, [one.capacity_as("mentee") for one in mentees]),
        LinearConstraint(counted[None, :], at_least, at_most),
    ]
    nothing = np.zeros(len(units))
    costs = [
        -np.append(np.ones(pairs), nothing),
        np.append(np.zeros(pairs), [float(unit) for _, unit in units]),
        -np.append(scores[rows, columns], nothing),
    ]
    reached = []
    for cost in costs:
        found = milp(cost, integrality=np.ones(width), bounds=Bounds(0, 1), constraints=limits)
        reached.append(round(float(cost @ np.rint(found.x))))
        limits.append(LinearConstraint(cost[None, :], -np.inf, reached[-1] + 1e-6))
    return -reached[0], reached[1], -reached[2]


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.long) for seed in (2, 3, 4))])
def test_as_highs_finds_it(seed: int) -> None:
    cohort = invented_cohort(40, seed, mentor_capacity=3)
    free = rm.Policy(spread="mentors", as_far_as_possible=None)
    mixed = round(sum(duo_is_mixed(cohort, duo) for duo in rm.match(cohort, free).duos))
    quota = {"kind": "count", "of": MIXED, "at_least": mixed + 2, "at_most": mixed + 2}
    policy = free.model_copy(update={"quotas": rm.Policy(quotas=[quota]).quotas})
    matching = rm.match(cohort, policy)
    proof = matching.certificate
    assert proof.spread is not None
    found = len(matching.duos), proof.spread.shared, round(matching.total * MILLION)
    assert found == lowest_by_milp(cohort, policy, mixed + 2, mixed + 2)
    assert proof.gap == 0
    rm.verify(matching, cohort, policy)
    assert proof.price_of_spread == pytest.approx(
        rm.match(cohort, policy.model_copy(update={"spread": None})).total - matching.total
    )


def duo_is_mixed(cohort: rm.Cohort, duo: rm.Duo) -> bool:
    one, other = (cohort.participants[cohort.position[name]].gender for name in (duo.mentor, duo.mentee))
    return one is not None and other is not None and one != other


def test_a_capacity_in_both_roles_goes_with_a_spread() -> None:
    records = [
        person.model_dump(mode="json", exclude_defaults=True)
        for person in invented_cohort(24, 2, mentor_capacity=3).participants
    ]
    for record in records[::5]:
        record |= {"role": "both", "capacity": 2, "capacity_in_all": 2}
    cohort, policy = rm.Cohort.from_records(records), rm.Policy(spread="mentors")
    matching = rm.match(cohort, policy)
    assert matching.added.loads
    assert matching.certificate.gap == 0
    rm.verify(matching, cohort, policy)


def test_a_limit_on_changes_goes_with_a_spread() -> None:
    cohort, policy = invented_cohort(24, 2, mentor_capacity=3), rm.Policy(spread="mentors")
    matching = rm.match(cohort, policy)
    first = matching.duos[0]
    amended = rm.amend(matching, cohort, forbid=[(first.mentor, first.mentee)], at_most_changes=2)
    rm.verify(amended, cohort, policy)
    assert amended.certificate.gap == 0


@pytest.mark.parametrize("objective", ["coverage", "total", "max_min"])
def test_after_the_total_it_costs_nothing(objective: Any) -> None:
    """Few scores are different, so that many matchings have the highest total."""
    people = [
        {"id": f"m{place}", "role": "mentor", "capacity": 3, "gender": "fm"[place % 2]} for place in range(8)
    ]
    people += [{"id": f"e{place}", "role": "mentee", "gender": "fm"[place % 3 == 0]} for place in range(12)]
    cohort = rm.Cohort.from_records(people)
    base = rm.Policy(
        objective=objective, quotas=[{"kind": "count", "of": MIXED, "at_least": 7, "at_most": 8}]
    )
    spread = rm.Policy(objective="total", spread={"of": "mentors", "after_total": True}).spread
    policy = base.model_copy(update={"spread": spread})
    plain, matching = rm.match(cohort, base), rm.match(cohort, policy)
    assert (matching.total, len(matching.duos)) == (plain.total, len(plain.duos))
    proof = matching.certificate
    assert proof.spread is not None
    assert (proof.gap, proof.spread.shared) == (0, 4)  # twelve duos of eight mentors
    rm.verify(matching, cohort, policy)
    for change in ({"shared": 3}, {"bound": 3}, {"bound": 5}):
        spread_proof = proof.spread.model_copy(update=change)
        other = proof.model_copy(update={"spread": spread_proof})
        with pytest.raises(VerificationError):
            rm.verify(matching.model_copy(update={"certificate": other}), cohort, policy)
