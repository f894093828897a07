"""Every objective under tight quotas is proved optimal on small cohorts, and the proof is verified."""

from __future__ import annotations

from typing import Any

import pytest

import reverse_match as rm
from reverse_match.testing import invented_cohort

MIXED = {"kind": "different", "field": "gender"}


@pytest.mark.parametrize("objective", [{"kind": "fair", "alpha": 1}, {"kind": "fair", "alpha": 2}, "max_min"])
@pytest.mark.parametrize("asked", [None, {"kind": "teaches"}])
def test_an_exact_number_leaves_no_gap(objective: Any, asked: Any) -> None:
    """Utilities are in units of 10^-8, beside which a penalty for a missed quota is a large number."""
    cohort = invented_cohort(30, 1)
    quota = {"kind": "count", "of": MIXED, "at_least": 7, "at_most": 7}
    policy = rm.Policy(quotas=[quota], objective=objective, as_far_as_possible=asked)
    matching = rm.match(cohort, policy)
    assert matching.certificate.gap == 0
    rm.verify(matching, cohort, policy)
