"""What terms contributed: the matchings without them, and their figures, formed and computed afresh."""

from __future__ import annotations

import random
from typing import Any

import pytest
from audit_oracle import CRITERIA, Facts, check_combinations, random_people
from hypothesis import given, settings
from hypothesis import strategies as st

import reverse_match as rm


def fresh(policy: dict[str, Any], term: Any) -> rm.Policy:
    """Return a policy without a term, by its own data."""
    data = {**policy}
    if term.kind == "criterion":
        data["criteria"] = [one for one in data["criteria"] if one["name"] != term.name]
    elif term.kind == "rule":
        data["rules"] = []
    elif term.kind == "quota":
        data["quotas"] = []
    else:
        data["criteria"] = [one for one in data["criteria"] if one["name"] == "other campus"]
        data["rules"], data["quotas"] = [], []
    return rm.Policy.from_data(data)


POLICY: dict[str, Any] = {
    "criteria": CRITERIA,
    "rules": [{"kind": "different", "field": "gender"}],
    "quotas": [{"kind": "share", "where": {"mentee.gender": "f"}, "at_most": 0.8}],
}


def mean_of(duos: Any, matrix: Any, cohort: rm.Cohort) -> float:
    mentors, mentees = [one.id for one in cohort.mentors], [one.id for one in cohort.mentees]
    scores = [matrix[mentors.index(duo.mentor), mentees.index(duo.mentee)] for duo in duos]
    return sum(scores) / len(scores)


@given(st.integers(0, 10**9).map(random.Random))
@settings(max_examples=4)
def test_figures_are_those_of_fresh_matches_by_one_yardstick(rng: random.Random) -> None:
    people = random_people(rng, most=50)
    cohort = rm.Cohort.from_records(people)
    quotas: list[Any] = rng.choice([[], [{"kind": "count", "where": {"mentee.gender": "f"}, "at_most": 9}]])
    data = {**POLICY, "quotas": quotas, "rules": rng.choice([[], POLICY["rules"]])}
    matching = rm.match(cohort, rm.Policy.from_data(data))
    found = rm.audit(matching, cohort, ["gender"])
    assert [(term.kind, term.name) for term in found.terms][:2] == [
        ("criterion", "years"),
        ("criterion", "other gender"),
    ]
    assert len(found.terms) == 3 + len(data["rules"]) + len(quotas)
    for term in found.terms:
        policy = fresh(data, term)
        other = rm.match(cohort, policy)
        free = rm.Policy.from_data({**policy.model_dump(mode="json"), "rules": [], "quotas": []})
        matrix = rm.score_matrix(cohort, free)
        check(term, people, (matching, other), matrix, cohort)


def check(term: Any, people: Any, pair: tuple[rm.Matching, rm.Matching], matrix: Any, cohort: Any) -> None:
    assert (term.duos, term.duos_without) == (len(pair[0].duos), len(pair[1].duos))
    ends = [{(duo.mentor, duo.mentee) for duo in one.duos} for one in pair]
    assert term.same_duos == len(ends[0] & ends[1])
    if term.kind == "criterion" and term.duos == term.duos_without:
        total = term.groups[0]
        assert total.mean_score_without.suppressed or not (
            total.mean_score_without.value < total.mean_score.value  # it is the best by this yardstick
        )
    assert (term.gap, term.equal_optima) == (0, pair[1].certificate.equal_optima)
    for matching, matched, mean in zip(
        pair, ("matched", "matched_without"), ("mean_score", "mean_score_without"), strict=True
    ):
        facts = Facts(people, [matching])
        check_hidden(term, facts, mean)
        for place in term.groups:
            some, duos = facts.of_place(place)
            have = {getattr(duo, place.side) for duo in facts.duos} & {*some}
            if not (share := getattr(place, matched)).suppressed:
                assert (share.numerator, share.denominator) == (len(have), len(some))
            if (score := getattr(place, mean)).value is not None:
                expected = mean_of([facts.duos[number] for number in duos], matrix, cohort)
                assert score.value == pytest.approx(expected, abs=2e-6)


def check_hidden(term: Any, facts: Facts, mean: str) -> None:
    """Check that nothing hidden can be computed from what is shown, and that few people show nothing."""
    for place in term.groups:
        if place.matched.suppressed:
            figures = [place.matched_without, place.mean_score, place.mean_score_without]
            assert all(figure.suppressed and figure.value is None for figure in figures)
    shown = [not getattr(place, mean).suppressed for place in term.groups]
    sets = [{*facts.of_place(place)[1]} for place in term.groups]
    check_combinations(sets, shown, list(range(len(facts.duos))))


def people() -> list[dict[str, Any]]:
    return random_people(random.Random(3), most=60)


def test_a_policy_that_reads_no_trait_has_no_terms() -> None:
    cohort = rm.Cohort.from_records(people())
    matching = rm.match(cohort, rm.Policy.from_data({"criteria": CRITERIA[2:], "rules": []}))
    found = rm.audit(matching, cohort, ["gender"])
    assert (found.compared_with, found.terms) == (None, ())
    by_campus = rm.audit(matching, cohort, ["campus"])
    assert [term.outcome for term in by_campus.terms] == ["no_criterion_left"]
    assert by_campus.terms[0].groups == ()


def test_a_criterion_without_weight_is_no_term() -> None:
    cohort = rm.Cohort.from_records(people())
    criteria = [CRITERIA[0], {**CRITERIA[1], "weight": 0}, CRITERIA[2]]
    matching = rm.match(cohort, rm.Policy.from_data({"criteria": criteria, "rules": []}))
    assert [term.name for term in rm.audit(matching, cohort, ["gender"]).terms] == ["years"]


def test_a_matching_changed_by_hand_is_said_to_be_another() -> None:
    cohort = rm.Cohort.from_records(people())
    matching = rm.match(cohort, rm.Policy.from_data({"criteria": CRITERIA, "rules": []}))
    duo = matching.duos[0]
    amended = rm.amend(matching, cohort, forbid=[(duo.mentor, duo.mentee)], at_most_changes=2)
    for one in (matching, amended):
        found = rm.audit(one, cohort, ["gender"])
        assert found.compared_with is not None
        best = rm.match(cohort, one.policy_in_force)
        assert found.compared_with.as_audited == (
            {(duo.mentor, duo.mentee) for duo in best.duos} == {(duo.mentor, duo.mentee) for duo in one.duos}
        )
        assert found.compared_with.duos == len(best.duos)


def test_a_function_of_the_users_own_may_read_any_field() -> None:
    import numpy as np

    from reverse_match.audits.terms import terms_of

    def own(mentors: Any, mentees: Any) -> Any:
        return np.ones((len(mentors), len(mentees)))

    rm.register_criterion("audit own", own, replace=True)
    custom = {"kind": "custom", "name": "own", "weight": 1, "function": "audit own"}
    policy = rm.Policy.from_data({"criteria": [custom, CRITERIA[2]], "rules": []})
    assert [(term.name, term.fields) for term in terms_of(policy, {"gender"})] == [("own", ("gender",))]
