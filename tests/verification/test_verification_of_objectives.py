"""A certificate that was tampered with fails under every objective, and so does the wrong objective."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from test_every_objective import thinned
from test_match import realistic

import reverse_match as rm
from reverse_match.testing import invented_cohort

if TYPE_CHECKING:
    from collections.abc import Callable

FAIR = {"kind": "fair", "alpha": 2}


@pytest.fixture(scope="module")
def cohort() -> rm.Cohort:
    return rm.Cohort.from_records(realistic(40, seed=4))


@pytest.fixture(scope="module")
def rules(cohort: rm.Cohort) -> list[Any]:
    fixed = [[cohort.mentors[0].id, cohort.mentees[0].id]]
    (forbid,) = thinned(cohort, 0.85)
    return [
        {**forbid, "pairs": [pair for pair in forbid["pairs"] if pair not in fixed]},
        {"kind": "fix", "pairs": fixed},
    ]


@pytest.fixture(scope="module")
def honest(cohort: rm.Cohort, rules: list[Any]) -> dict[str, rm.Matching]:
    found = {}
    for name, objective in (
        ("coverage", "coverage"),
        ("total", "total"),
        ("max_min", "max_min"),
        ("fair", FAIR),
    ):
        found[name] = rm.match(cohort, rm.Policy(objective=objective, rules=rules))
        rm.verify(found[name], cohort)
    different = {tuple((duo.mentor, duo.mentee) for duo in matching.duos) for matching in found.values()}
    assert len(different) == 4, "otherwise nothing below shows anything"
    return found


def findings(matching: rm.Matching, cohort: rm.Cohort, tamper: Callable[[dict[str, Any]], None]) -> list[str]:
    data = json.loads(matching.to_json())
    tamper(data)
    with pytest.raises(rm.VerificationError) as caught:
        rm.verify(rm.Matching.from_json(json.dumps(data)), cohort)
    return [str(finding) for finding in caught.value.findings]


def shift(field: str, by: float) -> Callable[[dict[str, Any]], None]:
    def tamper(data: dict[str, Any]) -> None:
        data["certificate"][field] = round(data["certificate"][field] + by, 8)

    return tamper


def put(field: str, value: Any) -> Callable[[dict[str, Any]], None]:
    def tamper(data: dict[str, Any]) -> None:
        data["certificate"][field] = value

    return tamper


def shift_a_price(side: str, by: float) -> Callable[[dict[str, Any]], None]:
    def tamper(data: dict[str, Any]) -> None:
        prices = data["certificate"][side]
        name = max(prices, key=prices.get)
        prices[name] = round(prices[name] + by, 8)

    return tamper


def both_lower(data: dict[str, Any]) -> None:
    """Claim that the worst duo is the best possible by lowering what was found possible."""
    data["certificate"]["worst"] = data["certificate"]["worst_bound"] = 0.0


@pytest.mark.parametrize(
    ("objective", "tamper", "beginning"),
    [
        *(
            (name, tamper, beginning)
            for name in ("coverage", "total", "max_min", "fair")
            for tamper, beginning in (
                (shift("total", 0.000001), "total: certificate.total is said to be"),
                (shift("bound", 0.000001), "bound: the bound on the total"),
                (shift("duos_bound", -1), "bound: the bound on duos"),
                (shift("gap", 0.1), "gap: "),
                (shift_a_price("mentor_prices", 0.1), "bound: the bound on the total"),
                (shift_a_price("mentee_prices", -0.1), "price: "),
                (put("units", 1000), "units: "),
                (put("equal_optima", True), "equal_optima: whether other matchings are as good"),
            )
        ),
        ("total", shift("duo_price", 0.1), "price: the price of a duo is 0.1, which bounds the total of as many"),
        ("fair", shift("total", 0.00000001), "total: certificate.total is said to be"),
        ("fair", shift("bound", 0.00000001), "bound: the bound on the total"),
        ("fair", shift_a_price("mentor_prices", 0.00000001), "bound: the bound on the total"),
        ("fair", put("duo_price", 0.0000000001), "price: the price of a duo"),
        ("fair", put("units", None), "units: "),
        ("coverage", put("worst_bound", 0.5), "worst: a bound on the worst duo is stated"),
        ("fair", put("worst_scarce_mentors", []), "worst: a bound on the worst duo is stated"),
        ("max_min", shift("worst", 0.000001), "worst: the worst duo is said to score"),
        ("max_min", shift("worst_bound", -0.000001), "worst: the scarce people leave room for"),
        ("max_min", shift("worst_bound", 0.000001), "gap: the gap is said to be 0.0"),
        ("max_min", put("worst_bound", None), "worst: the bound on the worst duo"),
        ("max_min", put("worst_bound", 0.12345678), "worst: the bound on the worst duo"),
        ("max_min", both_lower, "worst: the worst duo is said to score"),
        ("max_min", both_lower, "worst: the worst duo scores more than its bound"),
        ("max_min", put("worst_scarce_mentors", []), "worst: the scarce people leave room for"),
        ("max_min", put("worst_scarce_mentees", ["nobody"]), "person: 'nobody' is named as mentee"),
    ],
)  # fmt: skip
def test_whatever_is_changed_is_found(
    honest: dict[str, rm.Matching], cohort: rm.Cohort, objective: str, tamper: Any, beginning: str
) -> None:
    found = findings(honest[objective], cohort, tamper)
    assert any(line.startswith(beginning) for line in found), found


@pytest.mark.parametrize("made", ["coverage", "total", "max_min", "fair"])
@pytest.mark.parametrize("claimed", ["coverage", "total", "max_min", "fair"])
def test_a_matching_made_for_another_objective_is_found(
    honest: dict[str, rm.Matching], cohort: rm.Cohort, made: str, claimed: str
) -> None:
    if made == claimed:
        return
    policy = honest[claimed].policy

    def claim(data: dict[str, Any]) -> None:
        data["policy"], data["digests"]["policy"] = policy.model_dump(mode="json"), policy.sha256

    assert findings(honest[made], cohort, claim)


def test_another_policy_is_another_objective(honest: dict[str, rm.Matching], cohort: rm.Cohort) -> None:
    with pytest.raises(rm.VerificationError, match="the matching followed another policy"):
        rm.verify(honest["fair"], cohort, honest["coverage"].policy)


def test_a_worse_worst_duo_is_no_proof(honest: dict[str, rm.Matching], cohort: rm.Cohort) -> None:
    """The duos of the highest total, with everything recomputed that can be: the worst duo gives them away."""
    plain, fairest = honest["coverage"], honest["max_min"]
    assert min(d.score for d in plain.duos if not d.fixed) < (fairest.certificate.worst or 0)

    def claim(data: dict[str, Any]) -> None:
        other = json.loads(fairest.to_json())
        data["policy"], data["digests"]["policy"] = other["policy"], other["digests"]["policy"]
        for field in ("worst_bound", "worst_scarce_mentors", "worst_scarce_mentees"):
            data["certificate"][field] = other["certificate"][field]
        data["certificate"]["worst"] = min(duo["score"] for duo in data["duos"] if not duo["fixed"])
        for left in data["unmatched"]:
            left["nearest"] = None

    found = findings(plain, cohort, claim)
    assert [line.split(":")[0] for line in found] == ["gap"]


@pytest.mark.parametrize("objective", ["max_min", FAIR])
def test_nobody_can_be_matched(objective: Any) -> None:
    cohort = rm.Cohort.from_records([{"id": "m", "role": "mentor"}, {"id": "e", "role": "mentee"}])
    policy = rm.Policy(objective=objective, rules=[{"kind": "forbid", "pairs": [["m", "e"]]}])
    matching = rm.match(cohort, policy)
    assert (matching.duos, matching.certificate.gap, matching.certificate.worst) == ((), 0, None)
    rm.verify(matching, cohort, policy)


def test_all_duos_are_fixed() -> None:
    cohort = rm.Cohort.from_records([{"id": "m", "role": "mentor"}, {"id": "e", "role": "mentee"}])
    policy = rm.Policy(objective="max_min", rules=[{"kind": "fix", "pairs": [["m", "e"]]}])
    matching = rm.match(cohort, policy)
    assert (len(matching.duos), matching.certificate.worst) == (1, None)
    rm.verify(matching, cohort, policy)


@pytest.mark.parametrize("objective", ["coverage", "total", "max_min", FAIR])
@pytest.mark.parametrize(("mentors", "alike"), [(3, True), (2, True), (1, False)])
def test_the_lottery_says_whether_it_decided(objective: Any, mentors: int, alike: bool) -> None:
    people = [{"id": f"m{place}", "role": "mentor"} for place in range(mentors)]
    people += [{"id": f"e{place}", "role": "mentee"} for place in range(mentors)]
    cohort, policy = rm.Cohort.from_records(people), rm.Policy(objective=objective)
    matching = rm.match(cohort, policy)
    assert matching.certificate.equal_optima is alike
    rm.verify(matching, cohort, policy)

    def deny(data: dict[str, Any]) -> None:
        data["certificate"]["equal_optima"] = not alike

    (found,) = findings(matching, cohort, deny)
    assert found.startswith(
        f"equal_optima: whether other matchings are as good is said to be {not alike}: there"
    )
    assert found.endswith("are" if alike else "none")


def test_who_says_nothing_of_equals_is_believed(honest: dict[str, rm.Matching], cohort: rm.Cohort) -> None:
    """Matchings of earlier versions say nothing."""
    data = json.loads(honest["coverage"].to_json())
    del data["certificate"]["equal_optima"]
    rm.verify(rm.Matching.from_json(json.dumps(data)), cohort)


def test_an_unproved_matching_says_nothing_of_equals() -> None:
    cohort = invented_cohort(1_200, seed=5)
    hasty = rm.match(cohort, time_limit=0)
    assert not hasty.certificate.proved
    assert any(
        line.startswith("equal_optima: the matching is not proved")
        for line in findings(hasty, cohort, put("equal_optima", False))
    )
