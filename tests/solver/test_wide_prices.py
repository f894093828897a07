"""Prices so high that 64 bits cannot hold what they add up to prove no more than others."""

from __future__ import annotations

from typing import Any

import pytest

import reverse_match as rm


def with_prices(matching: rm.Matching, **changes: Any) -> rm.Matching:
    return matching.model_copy(update={"certificate": matching.certificate.model_copy(update=changes)})


def test_a_sum_that_wraps_proves_nothing() -> None:
    """Ten mentors of a million places, a million points each: what 64 bits make of it is below 0."""
    people = [{"id": f"m{n}", "role": "mentor", "gender": "f", "capacity": 1_000_000} for n in range(20)]
    people += [{"id": f"e{n}", "role": "mentee", "gender": "fm"[n % 2], "goals": "x"} for n in range(4)]
    cohort = rm.Cohort.from_records(people)
    quota = {"kind": "share", "of": {"kind": "different", "field": "gender"}, "at_most": 0.5}
    policy = rm.Policy.model_validate({"quotas": [quota]})
    matching = rm.match(cohort, policy)
    rm.verify(matching, cohort, policy)
    prices = {name: 1_000_000.0 * (int(name[1:]) < 10) for name in matching.certificate.mentor_prices}
    forged = with_prices(matching, mentor_prices=prices)
    with pytest.raises(rm.VerificationError, match="the prices prove 1000000000000"):
        rm.verify(forged, cohort, policy)
