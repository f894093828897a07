"""Sweeps against a match at every point of the grid."""

from __future__ import annotations

from typing import Any

import pytest

import reverse_match as rm
from reverse_match.study.sweep import reweight
from reverse_match.testing import invented_cohort

MIXED = {"kind": "different", "field": "gender"}


def pairs_at(cohort: rm.Cohort, policy: rm.Policy, weight: float) -> tuple[tuple[str, str], ...]:
    matching = rm.match(cohort, reweight(policy, {"gender": weight}))
    return tuple((duo.mentor, duo.mentee) for duo in matching.duos)


@pytest.mark.parametrize(
    "policy",
    [
        rm.Policy(),
        rm.Policy(objective="total"),
        rm.Policy(quotas=[{"kind": "share", "of": MIXED, "at_most": 0.5}, {"kind": "duos", "at_most": 6}]),
    ],
    ids=["most duos", "highest total", "quotas"],
)
def test_every_change_is_found(policy: rm.Policy) -> None:
    cohort = invented_cohort(20, seed=4)
    swept = rm.Study(cohort, policy).sweep(weight="gender", over=[0, 0.4, 0.2], resolution=0.02)
    assert [point.weight for point in swept.points] == [0, 0.2, 0.4]
    assert swept.complete
    grid = [step / 50 for step in range(21)]
    now = set(swept.points[0].duos)
    for weight in grid:
        for change in swept.breakpoints:
            if change.until == weight:
                now = now - set(change.lost) | set(change.gained)
        assert_as_good_as_any(cohort, reweight(policy, {"gender": weight}), now)
    assert now == set(swept.points[-1].duos)


def assert_as_good_as_any(cohort: rm.Cohort, policy: rm.Policy, duos: set[tuple[str, str]]) -> None:
    """Assert that some duos are the best but for rounding: of weights, and of each contribution."""
    scores, best = rm.score_matrix(cohort, policy), rm.match(cohort, policy)
    rows = {person.id: row for row, person in enumerate(cohort.mentors)}
    columns = {person.id: column for column, person in enumerate(cohort.mentees)}
    total = sum(scores[rows[mentor], columns[mentee]] for mentor, mentee in duos)
    assert len(duos) == len(best.duos) or policy.objective == "total"
    assert 0 <= best.total - total + 1e-9 <= 20e-6 * max(1, len(duos))


@pytest.mark.parametrize("objective", ["coverage", "total"])
def test_every_change_between_matchings_drawn_by_lot_is_found(objective: Any) -> None:
    cohort, policy = invented_cohort(20, seed=4), rm.Policy(objective=objective)
    swept = rm.Study(cohort, policy).sweep(weight="gender", over=[0, 0.4, 0.2], resolution=0.02)
    grid = [step / 50 for step in range(21)]
    found = [pairs_at(cohort, policy, weight) for weight in grid]
    changes = [
        (low, high, tuple(sorted(set(then) - set(now))), tuple(sorted(set(now) - set(then))))
        for low, high, then, now in zip(grid, grid[1:], found, found[1:], strict=False)
        if then != now
    ]
    assert len(changes) >= 1
    told = [(change.after, change.until, change.lost, change.gained) for change in swept.breakpoints]
    assert told == changes


def test_points_are_matches() -> None:
    cohort = invented_cohort(40, seed=1)
    swept = rm.Study(cohort).sweep(weight="gender", over=[0.5, 0.1])
    for point in swept.points:
        matching = rm.match(cohort, point.policy)
        assert point.matching == matching
        assert point.duos == tuple((duo.mentor, duo.mentee) for duo in matching.duos)
        assert (point.total, point.gap) == (matching.total, 0)
        assert point.share == next(one.weight for one in matching.criteria if one.name == "gender")
    new = set(swept.points[1].duos) - set(swept.points[0].duos)
    assert swept.points[1].new == len(new) > 0
    assert [(change.after, change.until) for change in swept.breakpoints] == [(0.1, 0.5)]
    assert set(swept.breakpoints[0].gained) == new
    assert [row["weight"] for row in swept.records()] == [0.1, 0.5]


def test_it_says_where_changes_may_hide() -> None:
    cohort = invented_cohort(12, seed=1)
    for policy in (
        rm.Policy(objective="max_min"),
        rm.Policy(rules=[{"kind": "minimum_score", "at_least": 0.2}]),
        rm.Policy(rules=[{"kind": "not", "condition": {"kind": "minimum_score", "at_least": 0.9}}]),
    ):
        assert not rm.Study(cohort, policy).sweep(weight="age", over=[0, 1]).complete


@pytest.mark.parametrize(
    ("asked", "error", "message"),
    [
        ({"weight": "gendr", "over": [1]}, rm.errors.PolicyError, "did you mean 'gender'"),
        ({"weight": "gender", "over": []}, rm.errors.StudyError, "some weights"),
        ({"weight": "gender", "over": [0.1, -1]}, rm.errors.StudyError, "0 or more"),
        ({"weight": "gender", "over": [True]}, rm.errors.StudyError, "0 or more"),
        ({"weight": "gender", "over": [float("nan")]}, rm.errors.StudyError, "0 or more"),
        ({"weight": "gender", "over": [0, 1], "resolution": 0}, rm.errors.StudyError, "above 0"),
        ({"weight": "gender", "over": [0, 1], "resolution": 1e-9}, rm.errors.StudyError, "at most"),
    ],
)
def test_what_is_wrong_is_refused(asked: dict[str, Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        rm.Study(invented_cohort(8, seed=1)).sweep(**asked)


def test_numbers_of_numpy_are_numbers() -> None:
    import numpy as np

    study = rm.Study(invented_cohort(12, seed=1))
    assert study.sweep(weight="age", over=np.linspace(0, 1, 3)).points == (
        study.sweep(weight="age", over=[0, 0.5, 1]).points
    )
    assert study.sweep(weight="age", over=np.arange(2)).points == (
        study.sweep(weight="age", over=[0, 1]).points
    )


def test_a_scenario_at_a_point_of_a_sweep_has_the_scores_of_that_weight() -> None:
    """Points of a sweep make no duos, so a scenario that starts at one must not take those of another weight."""
    study = rm.Study(invented_cohort(60, seed=3))
    study.scenario("other weights", weights={"gender": 0.2})
    study.sweep(weight="gender", over=[0.3, 0.35], executor="serial")
    there = study.scenario("at a point", weights={"gender": 0.35})
    assert there.matching.to_json() == rm.match(study.cohort, there.policy).to_json()
    rm.verify(there.matching, study.cohort, there.policy)
