"""Of equally good plans the one in which the most people have a duo, and then the most even: against all."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import numpy as np
import pytest

import reverse_match as rm


def places_and_people(mentors: int, mentees: int) -> rm.Cohort:
    """Return people who all suit each other equally."""
    records = [{"id": f"m{n}", "role": "mentor", "offers": "Python:3"} for n in range(mentors)]
    records += [{"id": f"e{n}", "role": "mentee", "seeks": "Python:2"} for n in range(mentees)]
    return rm.Cohort.from_records(records)


def duos_by(plan: rm.RotationPlan, role: str) -> Counter[str]:
    return Counter(getattr(duo, role) for matching in plan.rounds for duo in matching.duos)


@pytest.mark.parametrize(("mentors", "mentees", "rounds"), [(4, 12, 3), (12, 4, 3), (5, 7, 4), (60, 150, 3)])
def test_nobody_starves_at_no_gain(mentors: int, mentees: int, rounds: int) -> None:
    cohort = places_and_people(mentors, mentees)
    plan = rm.plan_rotations(cohort, rounds=rounds)
    rm.verify_plan(plan, cohort)
    for role, people in (("mentor", mentors), ("mentee", mentees)):
        each, more = divmod(rounds * min(mentors, mentees), people)
        had = sorted(duos_by(plan, role).values())
        assert had == [each] * (people - more) + [each + 1] * more


def records_of(draw: random.Random, mentors: int, mentees: int) -> list[dict[str, Any]]:
    """Return people of whom many pairs score the same."""
    records: list[dict[str, Any]] = [
        {"id": f"m{n}", "role": "mentor", "offers": draw.choice(["a:3", "a:3", "b:3", "c:2"])}
        for n in range(mentors)
    ]
    records += [
        {"id": f"e{n}", "role": "mentee", "seeks": draw.choice(["a", "a", "b", "c;a"])}
        for n in range(mentees)
    ]
    for record in records:
        record["capacity"] = draw.choice([1, 1, 1, 2])
    return records


def best_share(
    scores: np.ndarray[Any, Any],
    most: list[np.ndarray[Any, Any]],
    fixed: tuple[int, int] | None,
    objective: str,
) -> tuple[int, ...]:
    """Return the best goal of any choice, then the most people in it, then the least sum of squares."""
    rows, columns = np.nonzero(~np.isnan(scores))
    whole = np.round(scores[rows, columns] * 1_000_000).astype(np.int64)
    chosen = (np.arange(2 ** len(rows))[:, None] >> np.arange(len(rows))) & 1
    at_rows = np.stack([chosen[:, rows == row].sum(axis=1) for row in range(scores.shape[0])], axis=1)
    at_columns = np.stack(
        [chosen[:, columns == column].sum(axis=1) for column in range(scores.shape[1])], axis=1
    )
    fits = (at_rows <= most[0]).all(axis=1) & (at_columns <= most[1]).all(axis=1)
    free = np.ones(len(rows), dtype=bool)
    if fixed is not None:
        here = (rows == fixed[0]) & (columns == fixed[1])
        fits &= chosen[:, here].all(axis=1)
        free &= ~here
    chosen, at_rows, at_columns = chosen[fits], at_rows[fits], at_columns[fits]
    loads = np.concatenate([at_rows, at_columns], axis=1)
    count, total = chosen.sum(axis=1), chosen @ whole
    worst = np.where(chosen[:, free] == 1, whole[free], 10**9).min(axis=1)
    goal = {"coverage": (count, total), "total": (total, count), "max_min": (count, worst, total)}[objective]
    keys = [*goal, (loads > 0).sum(axis=1), -(loads**2).sum(axis=1)]
    kept = np.ones(len(chosen), dtype=bool)
    for key in keys:
        kept &= key == key[kept].max()
    first = int(np.flatnonzero(kept)[0])
    return tuple(int(key[first]) for key in keys)


@pytest.mark.parametrize("seed", [pytest.param(n, marks=[pytest.mark.long] * (n >= 12)) for n in range(200)])
def test_against_every_choice(seed: int) -> None:
    draw = random.Random(seed)
    shape = draw.choice([(3, 4), (4, 3), (2, 5), (3, 3)])
    records = records_of(draw, *shape)
    cohort = rm.Cohort.from_records(records)
    rules: list[dict[str, Any]] = []
    fixed = None
    if draw.random() < 0.5:
        pairs = [(f"m{draw.randrange(shape[0])}", f"e{draw.randrange(shape[1])}") for _ in range(2)]
        rules.append({"kind": "forbid", "pairs": pairs[:1]})
        if draw.random() < 0.5 and pairs[0] != pairs[1]:
            rules.append({"kind": "fix", "pairs": pairs[1:]})
            fixed = pairs[1]
    objective = draw.choice(["coverage", "total", "max_min"])
    policy = rm.Policy(rules=rules, objective=objective)
    rounds = draw.choice([2, 3])
    plan = rm.plan_rotations(cohort, policy, rounds=rounds)
    rm.verify_plan(plan, cohort, policy)
    assert plan.certificate.gap == 0
    scores = rm.score_matrix(cohort, policy)
    places = [{person.id: n for n, person in enumerate(side)} for side in (cohort.mentors, cohort.mentees)]
    if fixed is not None:
        scores[places[0][fixed[0]], places[1][fixed[1]]] = scores_of(cohort, fixed)
    most = [
        np.array([person.capacity * rounds for person in side]) for side in (cohort.mentors, cohort.mentees)
    ]
    at = None if fixed is None else (places[0][fixed[0]], places[1][fixed[1]])
    best = best_share(np.asarray(scores), most, at, objective)
    duos = [duo for matching in plan.rounds for duo in matching.duos]
    loads = [*duos_by(plan, "mentor").values(), *duos_by(plan, "mentee").values()]
    assert (len(loads), -sum(load**2 for load in loads)) == best[-2:]
    assert len(duos) in best[:2]


def scores_of(cohort: rm.Cohort, pair: tuple[str, str]) -> float:
    """Return what a pair scores, whatever rules say of it."""
    table = rm.score_matrix(cohort, rm.Policy(rules=[]))
    row = [person.id for person in cohort.mentors].index(pair[0])
    column = [person.id for person in cohort.mentees].index(pair[1])
    return float(table[row, column])


def test_the_order_of_the_file_changes_nothing() -> None:
    records = records_of(random.Random(5), 5, 9)
    plans = []
    for order in (records, records[::-1], random.Random(1).sample(records, len(records))):
        plan = rm.plan_rotations(rm.Cohort.from_records(order), rounds=3)
        plans.append([[(duo.mentor, duo.mentee) for duo in matching.duos] for matching in plan.rounds])
    assert plans[0] == plans[1] == plans[2]
