"""Who was nearest to whoever has no duo, against prices, and who is short of partners, against Hall's condition."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from test_match import cases, millionths, realistic

import reverse_match as rm


@settings(max_examples=settings.default.max_examples * 2 // 3)
@given(cases())
def test_nobody_is_nearer_and_the_exact_loss_is_no_smaller(case: Any) -> None:
    records, policy, allowed = case
    policy = policy.model_copy(update={"as_far_as_possible": None})  # else a lacking duo is charged, too
    matching = rm.match(rm.Cohort.from_records(records), policy)
    capacity = {record["id"]: record["capacity"] for record in records}
    price = matching.certificate
    for left in matching.unmatched:
        flip = 1 if left.role == "mentor" else -1
        costs = {}
        for pair, score in allowed.items():
            person, partner = pair[::flip]
            if person == left.id and capacity[person] and capacity[partner]:
                prices = price.mentor_prices[pair[0]], price.mentee_prices[pair[1]]
                costs[partner] = sum(map(millionths, prices)) - millionths(price.duo_price) - score
        assert (left.nearest is not None) == bool(costs) == (left.reason == "partners_taken")
        assert (left.shortage is not None) == bool(costs)
        if left.nearest is None:
            continue
        assert left.nearest.by is not None
        assert costs[left.nearest.partner] == min(costs.values()) == millionths(left.nearest.by)
        pairs = [(duo.mentor, duo.mentee)[::flip] for duo in matching.duos]
        assert left.nearest.taken_by == tuple(
            sorted(person for person, other in pairs if other == left.nearest.partner)
        )
        exact = matching.explain(*(left.id, left.nearest.partner)[::flip])
        assert exact.duos_lost is not None
        assert exact.cost_of_forcing is not None
        assert exact.duos_lost > 0 or exact.cost_of_forcing >= left.nearest.by


@settings(max_examples=settings.default.max_examples * 2 // 3)
@given(cases())
def test_a_shortage_is_one(case: Any) -> None:
    records, policy, allowed = case
    matching = rm.match(rm.Cohort.from_records(records), policy)
    capacity = {record["id"]: record["capacity"] for record in records}
    for index, shortage in enumerate(matching.shortages):
        flip = 1 if shortage.role == "mentor" else -1
        pairs = [pair[::flip] for pair in allowed if capacity[pair[0]] and capacity[pair[1]]]
        meets = [(person, partner) for person, partner in pairs if person in shortage.people]
        assert set(shortage.partners) == {partner for _, partner in meets}
        assert shortage.wanted == sum(capacity[person] for person in shortage.people)
        assert shortage.places == sum(
            min(capacity[partner], sum(other == partner for _, other in meets))
            for partner in shortage.partners
        )
        assert shortage.places < shortage.wanted
        named = {
            left.id for left in matching.unmatched if (left.role, left.shortage) == (shortage.role, index)
        }
        assert named
        assert named <= set(shortage.people)
    assert list(matching.shortages) == sorted(matching.shortages, key=lambda one: (one.role, one.people))


def test_a_large_shortage_is_stored_once() -> None:
    people = [{"id": f"m{n}", "role": "mentor", "capacity": 2} for n in range(3)]
    people += [{"id": f"e{n}", "role": "mentee"} for n in range(400)]
    cohort = rm.Cohort.from_records(people)
    matching = rm.match(cohort)
    (shortage,) = matching.shortages
    assert (len(shortage.people), shortage.wanted, shortage.places) == (400, 400, 6)
    assert {left.shortage for left in matching.unmatched} == {0}
    assert len(matching.to_json()) < 400 * 400
    rm.verify(matching, cohort)


def test_people_whose_partners_are_all_fixed_are_in_no_shortage() -> None:
    people = [{"id": i, "role": r} for i, r in (("m", "mentor"), ("e", "mentee"), ("f", "mentee"))]
    cohort = rm.Cohort.from_records(people)
    policy = rm.Policy(rules=[{"kind": "fix", "pairs": [["m", "e"]]}])
    matching = rm.match(cohort, policy)
    (left,) = matching.unmatched
    assert (left.reason, left.nearest, left.shortage, matching.shortages) == (
        "partners_taken",
        None,
        None,
        (),
    )
    rm.verify(matching, cohort, policy)
    assert matching.alternatives("f") == []
    assert matching.alternatives("m") == []
    (other,) = matching.alternatives("m", instead_of="e")
    assert other.partner == "f"


POLICY = rm.Policy(rules=[{"kind": "minimum_score", "at_least": 0.35}])


@pytest.fixture(scope="module")
def cohort() -> rm.Cohort:
    people = [{**one, "capacity": 1} for one in realistic(40, seed=9)]
    return rm.Cohort.from_records([*people, {"id": "away", "role": "both", "capacity": 0}])


@pytest.fixture(scope="module")
def honest(cohort: rm.Cohort) -> rm.Matching:
    matching = rm.match(cohort, POLICY)
    rm.verify(matching, cohort, POLICY)
    return matching


def taken(data: dict[str, Any]) -> dict[str, Any]:
    return next(left for left in data["unmatched"] if left["reason"] == "partners_taken")


def another_partner(data: dict[str, Any]) -> None:
    left = taken(data)
    shortage = data["shortages"][left["shortage"]]
    left["nearest"]["partner"] = next(
        name for name in shortage["partners"] if name != left["nearest"]["partner"]
    )


def drop_partner(data: dict[str, Any]) -> None:
    data["shortages"][0]["partners"].pop()


def add_partner(data: dict[str, Any]) -> None:
    data["shortages"][0]["partners"].append("away")


def leave_one_away(data: dict[str, Any]) -> None:
    """Take somebody without a duo out of the people of a shortage, with the numbers made to fit."""
    left = taken(data)
    shortage = data["shortages"][left["shortage"]]
    shortage["people"].remove(left["id"])
    shortage["wanted"] -= 1


def forget_all(data: dict[str, Any]) -> None:
    data["shortages"] = []
    for left in data["unmatched"]:
        left["shortage"] = None


def name_twice(data: dict[str, Any]) -> None:
    data["shortages"][0]["people"].append(data["shortages"][0]["people"][0])


@pytest.mark.parametrize(
    ("tamper", "beginning"),
    [
        (another_partner, "unmatched: the partner said to be nearest to"),
        (lambda d: taken(d)["nearest"].update(by=0.987), "unmatched: the partner said to be nearest to"),
        (lambda d: taken(d)["nearest"].update(taken_by=[]), "unmatched: the partner said to be nearest to"),
        (lambda d: taken(d).update(nearest=None), "unmatched: the partner said to be nearest to"),
        (lambda d: taken(d)["nearest"].update(partner="x"), "person: 'x' is named as"),
        (lambda d: taken(d).update(shortage=None), "shortage: '"),
        (lambda d: taken(d).update(shortage=9), "shortage: '"),
        (lambda d: d["shortages"][0].update(wanted=99), "shortage: shortage 0 of "),
        (lambda d: d["shortages"][0].update(places=0), "shortage: shortage 0 of "),
        (lambda d: d["shortages"][0]["people"].append("x"), "person: 'x' is named as"),
        (lambda d: d["shortages"].append(d["shortages"][0]), "shortage: '"),
        (drop_partner, "shortage: shortage 0 of "),
        (add_partner, "shortage: shortage 0 of "),
        (leave_one_away, "shortage: '"),
        (forget_all, "shortage: '"),
        (name_twice, "shortage: '"),
    ],
)
def test_whatever_is_said_wrongly_of_people_left_out_is_found(
    honest: rm.Matching, cohort: rm.Cohort, tamper: Any, beginning: str
) -> None:
    data = json.loads(honest.to_json())
    tamper(data)
    assert data != json.loads(honest.to_json())
    with pytest.raises(rm.VerificationError) as caught:
        rm.verify(rm.Matching.from_json(json.dumps(data)), cohort, POLICY)
    assert any(str(finding).startswith(beginning) for finding in caught.value.findings)
