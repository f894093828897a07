"""Quotas on groups that nobody is in, and on values that nobody has, under every objective."""

from __future__ import annotations

from typing import Any

import pytest

import reverse_match as rm
from thinned import thinned_product

OBJECTIVES = ["coverage", "total", "max_min", {"kind": "fair", "alpha": 2}]
GROUPS = {"kind": "each", "by": "mentee.department"}
NOBODY = {"mentee.department": "Finance"}


def people() -> rm.Cohort:
    """Nobody has a department."""
    sides = ("mentor", "mentee")
    return rm.Cohort.from_records(
        [{"id": f"{role}{place}", "role": role, "gender": "f"} for role in sides for place in range(3)]
    )


QUOTAS = [
    [{**GROUPS, "at_most": 1}],
    [{**GROUPS, "at_least": 1}],
    [{**GROUPS, "at_most": 1}, {"kind": "each", "by": "mentor.location", "at_least": 2}],
    [{**GROUPS, "at_most": 1}, {"kind": "duos", "at_most": 3}],
    [{"kind": "count", "where": NOBODY, "at_most": 0}],
    [{"kind": "share", "where": NOBODY, "at_most": 0}],
    [{"kind": "share", "where": NOBODY, "at_least": 0}, {**GROUPS, "at_most": 0}],
]


@pytest.mark.parametrize(("quotas", "objective"), thinned_product(QUOTAS, OBJECTIVES))
def test_they_are_kept_by_anything(quotas: Any, objective: Any) -> None:
    policy = rm.Policy.model_validate({"quotas": quotas, "objective": objective})
    matching = rm.match(people(), policy)
    assert len(matching.duos) == 3
    assert matching.certificate.proved
    rm.verify(matching, people(), policy)
    assert matching.explain("mentor0", "mentee1").changes is not None
    assert matching.alternatives("mentor0")


@pytest.mark.parametrize(("kind", "objective"), thinned_product(["count", "share"], OBJECTIVES))
def test_or_by_nothing(kind: str, objective: Any) -> None:
    quota = {"kind": kind, "where": NOBODY, "at_least": 1}
    with pytest.raises(rm.InfeasibleError, match="which"):
        rm.match(people(), rm.Policy.model_validate({"quotas": [quota], "objective": objective}))
