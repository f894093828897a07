"""Prices against matching once more, without each demand."""

from __future__ import annotations

from typing import Any

import pytest

import reverse_match as rm
from reverse_match.testing import invented_cohort

pytestmark = pytest.mark.usefixtures("nothing_asked")

QUOTAS = [
    {"kind": "share", "of": {"kind": "different", "field": "gender"}, "at_least": 0.9, "name": "mixed"},
    {"kind": "duos", "at_most": 6, "name": "pilot"},
]
RULES = [
    {"kind": "not_in_reporting_line"},
    {"kind": "different", "field": "department", "prefix": 2, "name": "silos"},
]


def people(records: list[dict[str, Any]]) -> rm.Cohort:
    return rm.Cohort.from_records(records)


@pytest.mark.parametrize(
    "objective",
    [
        "coverage",
        "total",
        pytest.param("max_min", marks=pytest.mark.long),
        pytest.param({"kind": "fair", "alpha": 1}, marks=pytest.mark.long),
    ],
)
def test_a_price_is_what_a_match_without_the_demand_gains(objective: Any) -> None:
    cohort = invented_cohort(24, mentors=9, seed=5)
    duo = rm.match(cohort, rm.Policy(rules=RULES)).duos[0]
    rules = [*RULES, {"kind": "fix", "pairs": [[duo.mentor, duo.mentee]]}]
    policy = rm.Policy(rules=rules, quotas=QUOTAS, objective=objective)
    base = rm.match(cohort, policy)
    found = rm.Study(cohort, policy).price(people=2).prices
    by_name = {(price.kind, price.name): price for price in found}
    assert {name for kind, name in by_name if kind == "rule"} == {"not_in_reporting_line", "silos", "fix"}
    records = [person.model_dump(mode="json") for person in cohort.participants]
    for (kind, name), price in by_name.items():
        changed, wider = policy.model_dump(mode="json"), [dict(record) for record in records]
        if kind == "rule":
            changed["rules"] = [
                rule for rule in changed["rules"] if name not in (rule.get("name"), rule["kind"])
            ]
        elif kind == "quota":
            changed["quotas"] = [quota for quota in changed["quotas"] if quota["name"] != name]
        else:
            next(record for record in wider if record["id"] == name)["capacity"] += 1
        other = rm.match(people(wider), rm.Policy.model_validate(changed))
        assert price.duos == len(other.duos) - len(base.duos)
        assert round(1e6 * price.points) == round(1e6 * other.total) - round(1e6 * base.total)
        if objective == "max_min":
            assert price.worst == pytest.approx(
                (other.certificate.worst or 0) - (base.certificate.worst or 0)
            )
        elif isinstance(objective, dict):
            assert price.utility == pytest.approx(other.certificate.total - base.certificate.total)
        assert price.gap == 0
    goals = [
        {"total": (price.points, price.duos), "max_min": (price.duos, price.worst, price.points)}.get(
            objective if isinstance(objective, str) else "", (price.duos, price.utility or price.points)
        )
        for price in found
    ]
    assert goals == sorted(goals, reverse=True)
    assert goals[0] > goals[-1]


def test_people_are_those_who_are_scarce_and_dear() -> None:
    cohort = invented_cohort(40, mentors=12, seed=5)
    proof = rm.match(cohort).certificate
    scarce = sorted(proof.scarce_mentors, key=lambda name: (-proof.mentor_prices[name], name))
    priced = [price for price in rm.Study(cohort).price(people=3).prices if price.kind == "capacity"]
    assert {price.name for price in priced} == set(scarce[:3])
    assert all(price.marginal == pytest.approx(proof.mentor_prices[price.name]) for price in priced)
    assert all(price.duos == 1 for price in priced)


def test_the_certificate_has_a_marginal_price_for_quotas_that_bind() -> None:
    prices = rm.Study(invented_cohort(40, seed=5), rm.Policy(quotas=QUOTAS)).price(people=0)
    marginal = {price.name: price.marginal for price in prices.prices if price.kind == "quota"}
    assert marginal["pilot"] is not None
    assert marginal["pilot"] > 0
    assert prices.records()[0]["name"] == prices.prices[0].name == "pilot"
    with pytest.raises(rm.errors.StudyError, match="0 or more"):
        rm.Study(invented_cohort(8, seed=1)).price(people=-1)
