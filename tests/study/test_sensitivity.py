"""Sensitivity against matching at every share of the grid, and under every nearby policy."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

import reverse_match as rm
from reverse_match.foundation.fixed_point import normalised_weights
from reverse_match.study.sensitivity import perturb, with_share
from reverse_match.testing import invented_cohort


def pairs(cohort: rm.Cohort, policy: rm.Policy) -> set[tuple[str, str]]:
    return {(duo.mentor, duo.mentee) for duo in rm.match(cohort, policy).duos}


def policy_of(weights: dict[str, float]) -> rm.Policy:
    described = rm.Policy().model_dump(mode="json")
    described["criteria"] = [one for one in described["criteria"] if one["name"] in weights]
    for criterion in described["criteria"]:
        criterion["weight"] = weights[criterion["name"]]
    return rm.Policy.model_validate(described)


@pytest.mark.parametrize(
    "weights", [{"skills": 0.6, "gender": 0.15, "age": 0.25}, {"skills": 1, "gender": 0, "department": 1}]
)
def test_ranges_are_those_of_trying_every_share(weights: dict[str, float]) -> None:
    cohort, policy, steps = invented_cohort(16, seed=6), policy_of(weights), 25
    found = rm.Study(cohort, policy).sensitivity(samples=0, resolution=1 / steps)
    now = pairs(cohort, policy)
    assert found.complete
    for told in found.weights:
        share = weights[told.name] / sum(weights.values())
        same = {
            step: pairs(cohort, with_share(policy, told.name, Fraction(step, steps))) == now
            for step in range(steps + 1)
        }
        below = [step for step in same if step / steps < share and not same[step]]
        above = [step for step in same if step / steps > share and not same[step]]
        assert told.changes_below == (max(below) / steps if below else None)
        assert told.changes_above == (min(above) / steps if above else None)
        lower, upper = max(below, default=-1) + 1, min(above, default=steps + 1) - 1
        assert told.lower == (lower / steps if lower / steps < share else round(share, 6))
        assert told.upper == (upper / steps if upper / steps > share else round(share, 6))


def test_a_moved_weight_has_the_share_and_the_others_keep_their_ratio() -> None:
    policy = with_share(rm.Policy(), "age", Fraction(7, 20))
    shares = normalised_weights(
        [one.weight for one in policy.criteria], [one.name for one in policy.criteria]
    )
    by_name = dict(zip((one.name for one in policy.criteria), shares, strict=True))
    assert by_name["age"] == 350_000
    assert by_name["skills"] * 25 == pytest.approx(by_name["goals"] * 40, abs=50)


def test_an_only_weight_cannot_move() -> None:
    found = rm.Study(invented_cohort(10, seed=1), policy_of({"skills": 1})).sensitivity(samples=0)
    told = found.weights[0]
    assert (told.lower, told.share, told.upper, told.changes_below, told.changes_above) == (
        1,
        1,
        1,
        None,
        None,
    )
    assert (found.unchanged, found.duos) == (None, ())


def test_sturdiness_is_the_share_of_nearby_policies_in_which_a_duo_stays() -> None:
    cohort, policy = invented_cohort(30, seed=8), rm.Policy()
    found = rm.Study(cohort).sensitivity(samples=20, seed=4, spread=0.5, resolution=0.5)
    matched = [pairs(cohort, perturb(policy, number, 4, Fraction(1, 2))) for number in range(20)]
    now = pairs(cohort, policy)
    assert {(duo.mentor, duo.mentee): duo.share for duo in found.duos} == {
        pair: sum(pair in others for others in matched) / 20 for pair in now
    }
    assert found.unchanged == sum(others == now for others in matched) / 20
    shares = [duo.share for duo in found.duos]
    assert shares == sorted(shares)
    assert 0 < shares[0] < 1
    assert found.records("duos")[0]["share"] == shares[0]


def test_nearby_policies_are_near_and_differ() -> None:
    drawn = [perturb(rm.Policy(), number, 1, Fraction(1, 5)) for number in range(200)]
    factors = []
    for policy in drawn:
        skills, goals = (
            next(one.weight for one in policy.criteria if one.name == n) for n in ("skills", "goals")
        )
        factors.append(skills / goals / 1.6)
    assert all(0.8 / 1.2 <= factor <= 1.2 / 0.8 for factor in factors)
    assert min(factors) < 0.8
    assert max(factors) > 1.25
    assert drawn[3] != perturb(rm.Policy(), 3, 2, Fraction(1, 5))


@pytest.mark.parametrize(
    "asked", [{"samples": -1}, {"spread": 0}, {"spread": 1}, {"resolution": 0.3}, {"resolution": 1e-9}]
)
def test_what_is_wrong_is_refused(asked: dict[str, Any]) -> None:
    with pytest.raises(rm.errors.StudyError):
        rm.Study(invented_cohort(8, seed=1)).sensitivity(**asked)


def test_numbers_of_other_libraries_are_numbers() -> None:
    study = rm.Study(invented_cohort(10, seed=1))
    plain = study.sensitivity(samples=3, spread=0.2, resolution=0.1)
    assert study.sensitivity(samples=np.int64(3), spread=np.float64(0.2), resolution=np.float64(0.1)) == plain  # type: ignore[arg-type]
