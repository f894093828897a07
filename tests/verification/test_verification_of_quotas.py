"""What verification says of quotas, on cases small enough to be counted by hand: true things pass, false ones do not."""

from __future__ import annotations

import re
from typing import Any

import pytest
from test_most_of_equal_totals import without
from test_proof_by_cases import forged, parity

import reverse_match as rm

Records = list[dict[str, Any]]


def person(name: str, role: str, **fields: Any) -> dict[str, Any]:
    return {"id": name, "role": role, **fields}


def records_of(cohort: rm.Cohort) -> Records:
    return [one.model_dump(mode="json", exclude_none=True) for one in cohort.participants]


def test_only_pairs_that_could_be_in_a_larger_matching_have_to_be_searched() -> None:
    """Beside three mentors and mentees of whom two are in duos: x and g, both scarce, who would waste a duo."""
    cohort, policy = parity()
    others = [person(name, "mentor", gender="m", goals=["x"]) for name in ("x", "y1", "y2")]
    others += [person(name, "mentee", gender="m", goals=["x"]) for name in ("f1", "f2", "g")]
    people = [*records_of(cohort), *others]
    allowed = {("x", "f1"), ("x", "f2"), ("x", "g"), ("y1", "g"), ("y2", "g")}
    apart = [
        (one["id"], other["id"])
        for one in people
        for other in people
        if one["role"] == "mentor" and other["role"] == "mentee" and (one in others or other in others)
        if (one["id"], other["id"]) not in allowed
    ]
    larger = rm.Cohort.from_records(people)
    asked = rm.Policy(quotas=policy.quotas, rules=[{"kind": "forbid", "pairs": apart}])
    matching = rm.match(larger, asked)
    proof = matching.certificate.duos_proof
    assert proof is not None
    assert (len(matching.duos), proof.bound, proof.searched_pairs) == (4, 5, 9 + len(allowed) - 1)
    rm.verify(matching, larger, asked)
    for pairs in (proof.searched_pairs - 1, proof.searched_pairs + 1):
        wrong = forged(matching, "duos_proof", lambda told, pairs=pairs: told.update(searched_pairs=pairs))
        with pytest.raises(rm.VerificationError, match="pairs are said to be searched"):
            rm.verify(wrong, larger, asked)


def test_a_better_worst_duo_is_searched_for_among_as_many_duos() -> None:
    """Three duos need e3, who has little in common with anybody; the others alone would be an odd number."""
    cohort, policy = parity()
    people = rm.Cohort.from_records([*records_of(cohort), person("e3", "mentee", goals=["y"])])
    asked = rm.Policy(quotas=policy.quotas, objective="max_min")
    matching = rm.match(people, asked)
    proof = matching.certificate.worst_proof
    assert proof is not None
    assert (len(matching.duos), proof.bound, proof.searched_pairs) == (3, 3, 9)
    assert matching.certificate.worst == matching.certificate.worst_bound
    assert {duo.mentee for duo in matching.duos if duo.score == matching.certificate.worst} == {"e3"}
    rm.verify(matching, people, asked)
    for change in ({"searched_pairs": 8}, {"searched_pairs": None, "cases": None}, {"bound": 2.0}):
        wrong = forged(matching, "worst_proof", lambda told, change=change: told.update(change))
        with pytest.raises(rm.VerificationError):
            rm.verify(wrong, people, asked)


def test_what_prices_prove_is_told_with_fixed_duos() -> None:
    cohort, policy = parity()
    rules = [{"kind": "fix", "pairs": [["m0", "e2"]]}]
    asked = rm.Policy(quotas=policy.quotas, rules=rules)
    matching = rm.match(cohort, asked)
    rm.verify(matching, cohort, asked)
    bound = matching.certificate.relaxed_bound
    assert bound is not None
    wrong = forged(matching, None, lambda told: told.update(relaxed_bound=bound - 0.000001))
    with pytest.raises(rm.VerificationError, match=rf"prices prove {re.escape(str(bound))}, which is more"):
        rm.verify(wrong, cohort, asked)


MIXED = {"kind": "different", "field": "gender"}
TWO = [
    person("m0", "mentor", gender="f", goals=["x"], department="a"),
    person("m1", "mentor", gender="f", goals=["y"], department="b"),
    person("e0", "mentee", gender="m", goals=["x"], department="a"),
    person("e1", "mentee", gender="f", goals=["z"], department="a"),
]
"""m0 and e0 have something in common; m1 and e1 nothing, and only the first of the two duos is mixed."""


@pytest.mark.parametrize(
    ("quota", "duos"),
    [
        ({"kind": "duos", "at_most": 1}, 1),
        ({"kind": "duos", "at_most": 2}, 2),
        ({"kind": "count", "of": MIXED, "at_most": 1}, 2),
        ({"kind": "count", "of": MIXED, "at_least": 1}, 2),
        ({"kind": "count", "of": {"kind": "same", "field": "gender"}, "at_most": 0}, 1),
        ({"kind": "share", "of": MIXED, "at_least": "1/2"}, 2),
        ({"kind": "share", "of": MIXED, "at_least": "2/3"}, 1),
        ({"kind": "share", "of": {"kind": "same", "field": "gender"}, "at_most": "1/2"}, 2),
        ({"kind": "share", "of": {"kind": "same", "field": "gender"}, "at_most": "1/3"}, 1),
        ({"kind": "each", "by": "mentee.department", "at_most": 1}, 1),
        ({"kind": "each", "by": "mentee.department", "at_most": 2}, 2),
        ({"kind": "each", "by": "mentor.department", "at_most": 1}, 2),
    ],
)
def test_a_duo_that_costs_nothing_is_missed_just_where_the_quota_allows_it(quota: Any, duos: int) -> None:
    cohort = rm.Cohort.from_records(TWO)
    criterion = {"kind": "overlap", "name": "goals", "field": "goals", "weight": 1}
    rules = [{"kind": "forbid", "pairs": [["m0", "e1"], ["m1", "e0"]]}]
    asked = rm.Policy.model_validate(
        {"criteria": [criterion], "rules": rules, "quotas": [quota], "objective": "total"}
    )
    matching = rm.match(cohort, asked)
    rm.verify(matching, cohort, asked)
    assert [duo.mentor for duo in matching.duos] == ["m0", "m1"][:duos]
    if duos == 2:
        fewer = without(matching, ("m1", "e1"))
        with pytest.raises(rm.VerificationError, match="'m1' and 'e1' could be a duo beside all others"):
            rm.verify(fewer, cohort, asked)


def test_a_forbidden_pair_is_nearest_to_nobody_even_where_nothing_is_worth_more_than_0() -> None:
    """Scores are in 32 bits where no prices are looked at, and the mark of an impossible pair is not."""
    people = [
        person("m1", "mentor", department="X", offers={"Python": 5}),
        person("m2", "mentor", department="Y", offers={"Welding": 5}),
        person("m3", "mentor", department="Z", offers={"Welding": 5}, avoids=["b"]),
        person("a", "mentee", seeks={"Python": 3}),
        person("b", "mentee", seeks={"Cooking": 3}),
    ]
    coverage = rm.Policy().model_dump(mode="json")["criteria"][:1]
    quotas = [
        {"kind": "each", "by": "mentor.department", "at_most": 1},
        {"kind": "each", "by": "mentee.id", "at_most": 0, "where": {"mentee.id": "b"}},
    ]
    policy = rm.Policy.from_data({"objective": "max_min", "criteria": coverage, "quotas": quotas})
    cohort = rm.Cohort.from_records(people)
    matching = rm.match(cohort, policy)
    told = matching.model_dump(mode="json")
    b = next(one for one in told["unmatched"] if one["id"] == "b")
    assert b["nearest"]["partner"] == "m2"
    b["nearest"]["partner"] = "m3"
    with pytest.raises(rm.VerificationError, match="nearest to 'b'"):
        rm.verify(rm.Matching.model_validate(told), cohort, policy)
