"""Whatever HiGHS returns, a matching with quotas is as good as its certificate says, and verifies."""

from __future__ import annotations

from typing import Any

import pytest

import reverse_match as rm
from faulty_highs import FAULTS, install
from reverse_match.testing import invented_cohort

QUOTAS: list[dict[str, Any]] = [
    {"kind": "share", "of": {"kind": "difference", "field": "gender"}, "at_least": 0.6},
    {"kind": "each", "by": "mentee.gender", "at_most": 4},
]
OBJECTIVES: list[Any] = ["coverage", "total", "max_min", {"kind": "fair", "alpha": 1}]


def values(matching: rm.Matching, objective: Any) -> tuple[float, ...]:
    number, worst = len(matching.duos), matching.certificate.worst or 0.0
    if objective == "total":
        return (matching.certificate.total,)
    return (number, worst, matching.certificate.total)


@pytest.mark.parametrize("place", range(4))
@pytest.mark.parametrize(
    ("function", "fault"),
    [
        pytest.param(
            *fault,
            marks=[]
            if fault in {("linprog", "wrong duals"), ("milp", "returns the worst")}
            else pytest.mark.long,
        )
        for fault in FAULTS
    ],
)
def test_a_matching_is_as_good_as_it_says(
    place: int, function: str, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    objective = OBJECTIVES[place]
    cohort = invented_cohort(14, seed=place, mentor_capacity=1 + place % 3)
    policy = rm.Policy(quotas=QUOTAS, objective=objective)
    best = rm.match(cohort, policy)
    with monkeypatch.context() as patched:
        install(patched, function, fault)
        try:
            matching = rm.match(cohort, policy)
        except (rm.errors.SolverError, rm.errors.UndecidedError):
            return
        rm.verify(matching, cohort, policy)  # which asks no solver
    gap = matching.certificate.gap
    assert 0 <= gap <= 1
    assert values(matching, objective) <= values(best, objective)
    assert gap > 0 or values(matching, objective) == values(best, objective)
    rm.verify(matching, cohort, policy)


@pytest.mark.parametrize(
    ("function", "fault"),
    [
        pytest.param(
            *fault,
            marks=[]
            if fault in {("linprog", "wrong duals"), ("milp", "returns the worst")}
            else pytest.mark.long,
        )
        for fault in FAULTS
    ],
)
@pytest.mark.parametrize("after", [False, True])
def test_a_spread_is_as_even_as_it_says(
    after: bool, function: str, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    cohort = invented_cohort(14, seed=2, mentor_capacity=3)
    policy = rm.Policy.model_validate({"quotas": QUOTAS, "spread": {"of": "both", "after_total": after}})
    best = rm.match(cohort, policy)
    with monkeypatch.context() as patched:
        install(patched, function, fault)
        try:
            matching = rm.match(cohort, policy)
        except (rm.errors.SolverError, rm.errors.UndecidedError):
            return
        rm.verify(matching, cohort, policy)
    found, right = matching.certificate, best.certificate
    assert found.spread is not None
    assert right.spread is not None
    assert found.gap > 0 or (found.total, found.spread.shared) == (right.total, right.spread.shared)
