"""Who had no duo comes first, whatever is maximised: nobody waits for ever where somebody else could."""

from __future__ import annotations

import random
from typing import Any

import pytest

import reverse_match as rm

pytestmark = pytest.mark.usefixtures("nothing_asked")

OBJECTIVES = ("coverage", "total", "max_min", {"kind": "fair", "alpha": 1})


def rounds_of(cohort: rm.Cohort, policy: rm.Policy, number: int) -> list[rm.Matching]:
    """Return so many rounds, each formed when the one before has ended."""
    rounds, history = [rm.match(cohort, policy)], rm.History()
    for month in range(2, number + 1):
        day = f"2027-{month:02d}-01"
        rounds.append(rm.rotate(rounds[-1], cohort, policy, on=day, history=history))
        history = history.with_round(rounds[-2], until=day)
    return rounds


def had_one(rounds: list[rm.Matching], role: str) -> list[set[str]]:
    return [{getattr(duo, role) for duo in matching.duos} for matching in rounds]


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_a_weak_mentor_is_not_left_out_six_rounds_of_six(objective: Any) -> None:
    skills = ["a", "b", "c", "d", "e", "f", "g"]
    people: list[dict[str, Any]] = [
        {"id": f"e{n}", "role": "mentee", "seeks": ";".join(f"{skill}:3" for skill in skills)}
        for n in range(7)
    ]
    people += [
        {"id": f"m{n}", "role": "mentor", "offers": ";".join(f"{skill}:5" for skill in skills)}
        for n in range(7)
    ]
    people.append({"id": "weak", "role": "mentor", "offers": "a:1"})
    cohort = rm.Cohort.from_records(people)
    policy = rm.Policy(rules=[], objective=objective)
    rounds = rounds_of(cohort, policy, 6)
    for number, matching in enumerate(rounds):
        rm.verify(matching, cohort, matching.policy)
        assert matching.certificate.gap == 0
        assert len(matching.duos) == 7, number
    mentors = had_one(rounds, "mentor")
    assert 2 <= sum("weak" in there for there in mentors) <= 3


def drawn_people(draw: random.Random) -> list[dict[str, Any]]:
    sides = draw.choice([(7, 5), (6, 5), (8, 6), (5, 7)])
    people: list[dict[str, Any]] = []
    for n in range(sides[0]):
        offers = ";".join(f"{skill}:{draw.randint(1, 5)}" for skill in draw.sample("abcd", 2))
        people.append({"id": f"m{n}", "role": "mentor", "offers": offers, "age": draw.randint(20, 40)})
    for n in range(sides[1]):
        seeks = ";".join(f"{skill}:{draw.randint(1, 3)}" for skill in draw.sample("abcd", 2))
        people.append({"id": f"e{n}", "role": "mentee", "seeks": seeks, "age": draw.randint(35, 65)})
    return people


def places_of_another(
    matching: rm.Matching, scores: Any, cohort: rm.Cohort, waited: dict[str, int]
) -> list[tuple[str, str]]:
    """Return who waits although somebody who waited two rounds less is with somebody they could be with."""
    mentors = [person.id for person in cohort.mentors]
    mentees = [person.id for person in cohort.mentees]
    wrong = []
    for left in matching.unmatched:
        for duo in matching.duos:
            mine = duo.mentor if left.role == "mentor" else duo.mentee
            pair = (left.id, duo.mentee) if left.role == "mentor" else (duo.mentor, left.id)
            allowed = scores[mentors.index(pair[0]), mentees.index(pair[1])] >= 0
            longer = min(4, waited.get(left.id, 0)) - min(4, waited.get(mine, 0))
            if allowed and longer >= 2:
                wrong.append((left.id, mine))
    return wrong


@pytest.mark.parametrize("objective", OBJECTIVES, ids=["coverage", "total", "max_min", "fair"])
@pytest.mark.parametrize("seed", [pytest.param(n, marks=[pytest.mark.long] * (n >= 3)) for n in range(40)])
def test_two_rounds_of_waiting_come_before_any_score(seed: int, objective: Any) -> None:
    """Two rounds are a point, and no duo is worth more than one: so nobody is kept waiting by such a one."""
    cohort = rm.Cohort.from_records(drawn_people(random.Random(seed)))
    policy = rm.Policy(objective=objective, seed=seed)
    waited: dict[str, int] = {}
    for matching in rounds_of(cohort, policy, 5):
        rm.verify(matching, cohort, matching.policy)
        scores = rm.score_matrix(cohort, matching.policy)
        assert not places_of_another(matching, scores, cohort, waited)
        left = {one.id for one in matching.unmatched}
        waited = {name: waited.get(name, 0) + 1 for name in left}


def test_the_worst_duo_is_judged_with_such_credits_alone() -> None:
    people = [
        {"id": "strong", "role": "mentor", "offers": "a:5"},
        {"id": "weak", "role": "mentor", "offers": "b:5"},
        {"id": "e", "role": "mentee", "seeks": "a"},
    ]
    cohort = rm.Cohort.from_records(people)
    credit = {"name": "waited", "points": 1, "mentors": ["weak"]}
    formed = {}
    for counts in (False, True):
        asked = [{**credit, "counts_in_worst": counts}]
        policy = rm.Policy(rules=[], objective="max_min", credits=asked)
        matching = rm.match(cohort, policy)
        rm.verify(matching, cohort, policy)
        formed[counts] = matching
    assert [formed[counts].duos[0].mentor for counts in (False, True)] == ["strong", "weak"]
    duo = formed[True].duos[0]
    assert formed[True].certificate.worst == pytest.approx(duo.score + 1)
    lower = formed[True].certificate.model_copy(update={"worst": duo.score})
    with pytest.raises(rm.VerificationError, match="worst"):
        rm.verify(formed[True].model_copy(update={"certificate": lower}), cohort)
    assert "counts_in_worst" not in formed[False].policy.model_dump(mode="json")["credits"][0]
