"""Circles of middle cohorts reach what a compact integer programme reaches that HiGHS solves by itself."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import lil_array

import reverse_match as rm
from reverse_match.people.invented import invented_records

LOW, HIGH = 2, 4


def _best_by_highs(cohort: rm.Cohort, policy: rm.Policy, departments: list[str]) -> tuple[int, int]:
    """Return the most people, and the highest total in millionths with as many, of one mentor and 2 to 4."""
    scores = rm.score_matrix(cohort, policy)
    allowed = ~np.isnan(scores)
    points = np.where(allowed, np.round(np.nan_to_num(scores) * 1_000_000), 0)
    mentors, mentees = scores.shape
    pairs = mentors * mentees
    names = sorted({name for name in departments if name})
    rows = 2 * mentors + mentees + mentors * len(names) + 1
    matrix = lil_array((rows, pairs + mentors))
    low, high = np.full(rows, -np.inf), np.zeros(rows)
    for i in range(mentors):
        matrix[2 * i, i * mentees : (i + 1) * mentees] = 1
        matrix[2 * i, pairs + i] = -HIGH
        matrix[2 * i + 1, i * mentees : (i + 1) * mentees] = -1
        matrix[2 * i + 1, pairs + i] = LOW
        for place, name in enumerate(names):
            row = 2 * mentors + mentees + i * len(names) + place
            matrix[row, [i * mentees + j for j in range(mentees) if departments[j] == name]] = 1
            high[row] = 1
    for j in range(mentees):
        matrix[2 * mentors + j, [i * mentees + j for i in range(mentors)]] = 1
        high[2 * mentors + j] = 1
    matrix[rows - 1, :] = 1
    high[rows - 1] = np.inf
    box = Bounds(0, np.concatenate([allowed.ravel().astype(float), np.ones(mentors)]))
    solve: Any = milp
    options = {"mip_rel_gap": 0.0}
    integrality = np.ones(pairs + mentors)
    people = solve(
        -np.ones(pairs + mentors),
        constraints=LinearConstraint(matrix.tocsr(), low, high),
        bounds=box,
        integrality=integrality,
        options=options,
    )
    most = round(-people.fun)
    low[rows - 1] = high[rows - 1] = most
    total = solve(
        -np.concatenate([points.ravel(), np.zeros(mentors)]),
        constraints=LinearConstraint(matrix.tocsr(), low, high),
        bounds=box,
        integrality=integrality,
        options=options,
    )
    return most, round(-total.fun)


@pytest.mark.parametrize("seed", range(4))
def test_highs_finds_nothing_better(seed: int) -> None:
    cohort = rm.Cohort.from_records(invented_records(20 + 6 * seed, seed, mentors=6 + 2 * seed))
    within = [{"kind": "different", "field": "department", "prefix": 2}]
    policy = rm.Policy.from_data({"circles": {"mentees": f"{LOW}..{HIGH}", "within": within}})
    found = rm.form_circles(cohort, policy)
    rm.verify(found, cohort, policy)
    divisions = ["/".join((one.department or "").split("/")[:2]) for one in cohort.mentees]
    people, total = _best_by_highs(cohort, policy, divisions)
    assert found.certificate.proved
    assert found.people_placed == people
    assert round(found.total * 1_000_000) == total
