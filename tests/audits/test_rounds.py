"""Audits over several rounds sum per person; ranks are those of the rounds with these people."""

from __future__ import annotations

import random
from typing import Any

import pytest
from audit_oracle import CRITERIA, Facts, random_people, ranks

import reverse_match as rm

PEOPLE = random_people(random.Random(11), most=60)


def rounds() -> tuple[rm.Cohort, list[rm.Matching], rm.History]:
    cohort = rm.Cohort.from_records(PEOPLE)
    policy = rm.Policy.from_data({"criteria": CRITERIA, "rules": []})
    first = rm.match(cohort, policy)
    history = rm.History().with_round(first, until="2026-06-30")
    second = rm.rotate(first, cohort, policy, on="2026-06-30", history=rm.History())
    history = history.with_round(second, until="2026-12-31")
    third = rm.rotate(
        second, cohort, policy, on="2026-12-31", history=rm.History().with_round(first, until="2026-06-30")
    )
    return cohort, [first, second, third], history


def test_everything_is_summed_per_person() -> None:
    cohort, matchings, _ = rounds()
    facts = Facts(PEOPLE, matchings)
    found = rm.audit(matchings, cohort, ["gender"], terms=False)
    for place in found.groups:
        some, duos = facts.of_place(place)
        if place.people.suppressed:
            continue
        have = [
            [person in {getattr(duo, place.side) for duo in one.duos} for person in some] for one in matchings
        ]
        once = [any(mine) for mine in zip(*have, strict=True)]
        assert (place.matched.numerator, place.matched.denominator) == (sum(once), len(some))
        assert place.rounds_matched is not None
        assert place.rounds_matched.numerator == sum(map(sum, have))
        assert place.rounds_matched.denominator == 3 * len(some)
        assert place.duos.value == len(duos)
        waited = [left for one in matchings for left in one.unmatched if left.reason != "sits_out"]
        assert place.waiting is not None
        assert place.waiting.numerator == sum(left.role == place.side and left.id in some for left in waited)
        assert {
            name: figure.value for name, figure in place.reasons.items() if figure.value
        } == facts.reasons(some, place.side)


def test_ranks_are_by_the_rules_of_each_round() -> None:
    cohort, matchings, _ = rounds()
    found = rm.audit(matchings, cohort, ["campus"], terms=False)
    for place in found.groups[:2]:
        total = sum(
            ranks(cohort, rm.score_matrix(cohort, one.policy_in_force), duo, place.side)[0]
            for one in matchings
            for duo in one.duos
        )
        assert place.rank is not None
        assert place.rank.numerator == total


def test_a_history_says_who_waited_before() -> None:
    cohort, matchings, history = rounds()
    alone = rm.audit(matchings[0], cohort, ["gender"], terms=False)
    assert all(place.waiting is None for place in alone.groups)
    with_history = rm.audit(matchings[2], cohort, ["gender"], history=history, terms=False)
    summed = rm.audit(matchings, cohort, ["gender"], terms=False)
    assert [place.waiting for place in with_history.groups] == [place.waiting for place in summed.groups]
    twice = rm.audit(matchings, cohort, ["gender"], history=history, terms=False)
    assert [place.waiting for place in twice.groups] == [place.waiting for place in summed.groups]
    assert any(place.waiting.value for place in summed.groups if place.waiting)


def rounds_in_a_row(matchings: list[rm.Matching], person: str, side: str) -> int:
    waited = 0
    for one in reversed(matchings):
        if person in {getattr(duo, side) for duo in one.duos}:
            break
        waited += any(
            (left.id, left.role) == (person, side) and left.reason != "sits_out" for left in one.unmatched
        )
    return waited


def test_a_rotation_remembers_who_waited_just_before_it() -> None:
    cohort, matchings, _ = rounds()
    found = rm.audit(matchings[2], cohort, ["gender"], terms=False)
    facts = Facts(PEOPLE, [matchings[2]])
    for place in found.groups[:2]:
        now = sum(left.role == place.side and left.reason != "sits_out" for left in matchings[2].unmatched)
        before = [rounds_in_a_row(matchings[:2], person, place.side) for person in facts.of_place(place)[0]]
        assert place.waiting is not None
        assert place.waiting.numerator == now + sum(before)
        assert max(before, default=0) > 0 or place.side == "mentor"


def test_a_round_of_other_people_has_no_ranks() -> None:
    cohort, matchings, _ = rounds()
    gone = {"p0", "p1"}
    before = rm.Cohort.from_records([one for one in PEOPLE if one["id"] not in gone])
    earlier = rm.match(before, matchings[0].policy)
    found = rm.audit([earlier, matchings[0]], cohort, ["gender"], terms=False)
    assert found.unranked == (1,)
    total = found.groups[0]
    assert total.rank is not None
    assert total.rank.denominator == len(matchings[0].duos)
    assert total.mean_score.denominator == len(earlier.duos) + len(matchings[0].duos)
    with pytest.raises(rm.errors.CohortError):
        rm.audit([earlier, matchings[0]], cohort, ["gender"], matchings[0].policy)


def test_another_policy_scores_the_duos_anew() -> None:
    cohort, matchings, _ = rounds()
    policy = rm.Policy.from_data({"criteria": CRITERIA[1:], "rules": []})
    matrix = rm.score_matrix(cohort, policy)
    place = rm.audit(matchings[0], cohort, ["gender"], policy, terms=False).groups[0]
    mentors, mentees = [one.id for one in cohort.mentors], [one.id for one in cohort.mentees]
    scores: list[Any] = [
        matrix[mentors.index(duo.mentor), mentees.index(duo.mentee)] for duo in matchings[0].duos
    ]
    assert place.mean_score.value == pytest.approx(sum(scores) / len(scores), abs=1e-6)
    assert place.rank is not None
    assert place.rank.numerator == sum(ranks(cohort, matrix, duo, "mentor")[0] for duo in matchings[0].duos)


def test_ranks_over_many_tiles() -> None:
    """More people than a tile has rows and columns, somebody with many duos, and any pairs as duos."""
    from reverse_match.audits.ranks import rank_partners

    rng = random.Random(5)
    people = [
        {"id": f"{role}{place}", "role": role, "age": rng.randint(18, 70), "capacity": place % 4}
        for role, number in (("mentor", 150), ("mentee", 1100))
        for place in range(number)
    ]
    cohort = rm.Cohort.from_records(people)
    policy = rm.Policy.from_data({"criteria": CRITERIA[:1], "rules": []})
    duos: Any = [
        rm.Duo(
            mentor=f"mentor{rng.choice([1, 4 * rng.randrange(37) + 1])}",
            mentee=f"mentee{place}",
            score=0,
            contributions={},
        )
        for place in range(1100)
        if place % 4
    ]
    found = rank_partners(cohort, policy, duos, None, None)
    matrix = rm.score_matrix(cohort, policy)
    for number in rng.sample(range(len(duos)), 40):
        for end, side in enumerate(("mentor", "mentee")):
            told = ranks(cohort, matrix, duos[number], side)
            assert (found.ranks[end][number], found.partners[end][number]) == told
