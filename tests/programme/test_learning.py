"""What was learned, against plain loops, and case by case."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import reverse_match as rm
from feedback_oracle import meaning, ratings_after, reached, records

PEOPLE = [
    {"id": "eva", "role": "both", "seeks": "generative AI:2;Python:1", "offers": "IA:2", "age": 40},
    {"id": "lea", "role": "mentor", "offers": "Python:4"},
    {"id": "ada", "role": "mentee", "seeks": "python:3;AI:3;Notion", "offers": "Notion:5", "km": 7},
    {"id": "tom", "role": "mentor"},
]


def cohort() -> rm.Cohort:
    return rm.Cohort.from_records(PEOPLE)


def joining(level: int | None) -> rm.Policy:
    terms: dict[str, Any] = {} if level is None else {"learned_join_offers": True, "learned_level": level}
    return rm.Policy.model_validate({"rotation": terms})


def answers(*said: dict[str, Any], **more: Any) -> rm.Feedback:
    whole = {"mentor": "lea", "mentee": "ada", "on": "2026-12-01", "by": "mentee"}
    return rm.Feedback.from_records([{**whole, **more, **one} for one in said])


@given(said=records, level=st.sampled_from([None, 1, 3, 5]))
def test_people_after_feedback(said: list[dict[str, Any]], level: int | None) -> None:
    before = cohort()
    after = rm.apply_feedback(before, rm.Feedback.from_records(said), joining(level))
    assert before == cohort(), "nothing that was given changes"
    assert [person.id for person in after.cohort.participants] == ["eva", "lea", "ada", "tom"]
    for old, new in zip(before.participants, after.cohort.participants, strict=True):
        learned = reached(said, old.id) if old.learns else {}
        seeks, offers = ratings_after(old, learned, level)
        assert {meaning(name): priority for name, priority in new.seeks.items()} == seeks
        assert {meaning(name): offered for name, offered in new.offers.items()} == offers
        told = {meaning(one.skill): one for one in after.learned if one.person == old.id}
        assert {skill: one.reached for skill, one in told.items()} == learned
        for skill, one in told.items():
            was = {meaning(name): priority for name, priority in old.seeks.items()}
            offered = {meaning(name): rated for name, rated in old.offers.items()}
            assert (one.priority_before, one.priority_after) == (was.get(skill), seeks.get(skill))
            assert one.left_seeks == (skill in was and skill not in seeks)
            assert one.joined_offers == (offers[skill] if offers.get(skill) != offered.get(skill) else None)
        rest = {"seeks": {}, "offers": {}}
        assert new.model_copy(update=rest) == old.model_copy(update=rest)
    assert after.ignored == sum(record["mentee"] == "left" for record in said)
    assert (after.cohort is before) == (after.cohort == before)


@given(said=records, seed=st.integers(0, 5))
def test_the_order_of_records_changes_nothing(said: list[dict[str, Any]], seed: int) -> None:
    shuffled = random.Random(seed).sample(said, len(said))
    one, other = (
        rm.apply_feedback(cohort(), rm.Feedback.from_records(listed), joining(3))
        for listed in (said, shuffled)
    )
    assert one == other
    assert [learned.model_dump_json() for learned in one.learned] == [
        learned.model_dump_json() for learned in other.learned
    ]


@given(said=records)
def test_because_names_answers_about_the_person_that_say_it(said: list[dict[str, Any]]) -> None:
    feedback = rm.Feedback.from_records(said)
    for one in rm.apply_feedback(cohort(), feedback).learned:
        named = [feedback.records[place] for place in one.because]
        assert list(one.because) == sorted(set(one.because))
        assert {record.mentee for record in named} == {one.person}
        assert meaning(one.skill) in {meaning(skill) for record in named for skill in record.acquired}
        if one.reached is not None:
            assert one.reached in {
                answer for record in named for answer in (record.objective, record.skill_used)
            }


def test_names_mean_what_they_mean_to_criteria() -> None:
    policy = rm.Policy.model_validate({"synonyms": {"Notion": ["wiki"]}})
    said = {"acquired": "intelligence artificielle; Pythn;Wiki ", "skill_used": "yes"}
    wrong = {"seeks": "Python:3;AI:3;Notion:1"}
    people = rm.Cohort.from_records([{**PEOPLE[2], **wrong}, PEOPLE[1]])
    after = rm.apply_feedback(people, answers(said), policy)
    assert after.cohort.participants[0].seeks == {}
    assert sorted(one.skill for one in after.learned) == ["AI", "Notion", "Python"]
    exact = rm.Policy.model_validate({"correct_typos": False})
    assert rm.apply_feedback(people, answers(said), exact).cohort.participants[0].seeks == {
        "Python": 3,
        "Notion": 1,
    }


def test_the_mentee_s_own_word_counts() -> None:
    said = [
        {"by": "mentee", "acquired": "Notion", "objective": "partly"},
        {"by": "mentor", "acquired": "Python;Notion", "objective": "yes", "on": "2026-12-24"},
    ]
    after = rm.apply_feedback(cohort(), answers(*said))
    assert after.cohort.participants[2].seeks == {"python": 3, "AI": 3, "Notion": 1}
    assert [(one.skill, one.reached, one.because) for one in after.learned] == [("Notion", "partly", (0,))]


def test_the_latest_day_counts() -> None:
    said = [
        {"on": "2026-10-01", "acquired": "python", "objective": "partly"},
        {"on": "2026-11-01", "acquired": "AI"},
        {"on": "2026-12-01", "objective": "yes"},
        {"on": "2026-12-02", "skill_used": "no"},
    ]
    after = rm.apply_feedback(cohort(), answers(*said))
    assert after.cohort.participants[2].seeks == {"Notion": 2}
    assert [(one.skill, one.because) for one in after.learned] == [("AI", (1, 2)), ("python", (0, 2))]


@pytest.mark.parametrize(("answer", "priority"), [("yes", None), ("partly", 2), (None, 2), ("no", 3)])
def test_how_far_it_went(answer: str | None, priority: int | None) -> None:
    after = rm.apply_feedback(cohort(), answers({"acquired": "Python", "objective": answer}), joining(2))
    ada = after.cohort.participants[2]
    assert ada.seeks.get("python") == priority
    assert ada.offers == ({"Notion": 5, "python": 2} if answer == "yes" else {"Notion": 5})
    assert (after.cohort.source.name == "records after feedback") == (answer != "no")


def test_a_higher_level_stays_and_a_lower_one_rises() -> None:
    said = [
        {"acquired": "Notion", "objective": "yes"},
        {"mentee": "eva", "acquired": "AI", "objective": "yes"},
    ]
    after = rm.apply_feedback(cohort(), answers(*said), joining(3))
    assert after.cohort.participants[2].offers == {"Notion": 5}
    assert after.cohort.participants[0].offers == {"IA": 3}
    assert [(one.person, one.joined_offers) for one in after.learned] == [("eva", 3), ("ada", None)]


def test_the_next_round_can_be_formed() -> None:
    after = rm.apply_feedback(cohort(), answers({"acquired": "Python", "objective": "yes"}), joining(3))
    matching = rm.match(after.cohort)
    rm.verify(matching, after.cohort)
    again = rm.Cohort.from_records([person.model_dump(mode="json") for person in after.cohort.participants])
    assert again.sha256 == after.cohort.sha256 == matching.digests.cohort
