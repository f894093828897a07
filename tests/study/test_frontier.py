"""Frontiers against every matching there is, on small cohorts, and against solving again on others."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reverse_match as rm
from reverse_match.testing import invented_cohort
from strategies import cohorts


def every_trade_off(cohort: rm.Cohort, scores: np.ndarray, field: str) -> list[tuple[int, int]]:
    """Return the undominated (duos of two different texts, total) of all matchings of most duos."""
    mentors, mentees = len(cohort.mentors), len(cohort.mentees)
    best: dict[tuple[int, int], int] = {}  # of a number of duos and of such duos: the highest total
    nobody = [-1] * mentors
    for partners in set(permutations([*range(mentees), *nobody], mentors)):
        chosen = [(row, column) for row, column in enumerate(partners) if column >= 0]
        values = [scores[pair] for pair in chosen]
        if any(np.isnan(value) for value in values):
            continue
        texts = [
            (getattr(cohort.mentors[one], field), getattr(cohort.mentees[other], field))
            for one, other in chosen
        ]
        count = sum(None not in pair and pair[0] != pair[1] for pair in texts)
        key, total = (len(chosen), count), sum(round(value * 1_000_000) for value in values)
        best[key] = max(best.get(key, 0), total)
    most = max(duos for duos, _ in best)
    counted = sorted((count, total) for (duos, count), total in best.items() if duos == most)
    return [
        one for one in counted if not any(o != one and o[0] >= one[0] and o[1] >= one[1] for o in counted)
    ]


@pytest.mark.usefixtures("nothing_asked")
@given(cohorts(most=8, roles=("mentor", "mentee")), st.sampled_from(["gender", "department"]))
@settings(max_examples=max(2, settings().max_examples // 5))
def test_it_is_what_trying_everything_gives(records: list[dict[str, Any]], field: str) -> None:
    for record in records:
        record["capacity"] = 1
    records = [one for one in records if one["role"] == "mentor"][:4] + [
        one for one in records if one["role"] == "mentee"
    ][:4]
    cohort = rm.Cohort.from_records(records)
    curve = rm.Study(cohort).frontier("total", "number of it", of={"kind": "different", "field": field})
    expected = every_trade_off(cohort, rm.score_matrix(cohort), field)
    assert [(point.count, round(point.total * 1_000_000)) for point in curve.points] == expected
    assert curve.complete
    assert all(point.gap == 0 for point in curve.points)


def test_points_say_what_a_step_costs_and_are_matches() -> None:
    cohort = invented_cohort(30, seed=3)
    curve = rm.Study(cohort).frontier("total", "share of mixed duos")
    assert len(curve.points) >= 2
    for before, point in zip((curve.points[0], *curve.points), curve.points, strict=False):
        matching = point.matching
        assert matching == rm.match(cohort, point.policy)
        assert (point.total, point.gap) == (matching.total, matching.certificate.gap) == (point.total, 0)
        assert point.share == pytest.approx(point.count / len(matching.duos), abs=1e-6)
        assert round(1e6 * point.cost) == round(1e6 * before.total) - round(1e6 * point.total)
    assert curve.records()[0]["cost"] == 0
    more = curve.points[-1].count + 1
    quota = {"kind": "count", "of": {"kind": "different", "field": "gender"}, "at_least": more}
    try:
        duos = len(rm.match(cohort, rm.Policy(quotas=[quota])).duos)
    except rm.InfeasibleError:
        duos = 0
    assert duos < len(curve.points[0].duos), "there is no further point"


def test_a_few_points_are_some_of_all() -> None:
    study = rm.Study(invented_cohort(40, seed=3))
    every = study.frontier("total", "share of mixed duos")
    some = study.frontier("total", "share of mixed duos", points=3)
    assert not some.complete
    assert 1 < len(some.points) <= 4
    told = {(point.count, point.total) for point in every.points}
    assert {(point.count, point.total) for point in some.points} <= told


@pytest.mark.parametrize(
    ("policy", "asked", "message"),
    [
        (rm.Policy(), ("score", "share of mixed duos"), "'total'"),
        (rm.Policy(), ("total", "share of mixed duo"), "did you mean 'share of mixed duos'"),
        (rm.Policy(objective="max_min"), ("total", "share of mixed duos"), "coverage"),
    ],
)
def test_what_is_wrong_is_refused(policy: rm.Policy, asked: tuple[str, str], message: str) -> None:
    with pytest.raises(rm.errors.StudyError, match=message):
        rm.Study(invented_cohort(8, seed=1), policy).frontier(*asked)


def test_a_wrong_condition_is_refused() -> None:
    study = rm.Study(invented_cohort(8, seed=1))
    with pytest.raises(rm.errors.PolicyError, match="did you mean 'different'"):
        study.frontier("total", "mine", of={"kind": "diferent", "field": "gender"})
    with pytest.raises(rm.errors.StudyError, match="above 0"):
        study.frontier("total", "share of mixed duos", points=0)
