"""``teaches``: what the criterion ``coverage`` counts, as a condition, with terms of single skills."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

import reverse_match as rm
import reverse_match.scoring.columns as columns
from reverse_match.people.skill_names import meanings_of
from rule_strategies import cohorts_with_more

Record = dict[str, Any]

SKILLS = {"kind": "coverage", "name": "skills", "weight": 1}
PEOPLE: list[Record] = [
    {"id": "data", "role": "mentor", "offers": "Machine learning:5;Excel:2", "seeks": "Leadership"},
    {"id": "web", "role": "mentor", "offers": "TikTok:4"},
    {"id": "ready", "role": "mentee", "offers": "Python:3;Leadership:5", "seeks": "ML"},
    {"id": "beginner", "role": "mentee", "offers": "Python:1", "seeks": "machine learning;tiktok:1"},
    {"id": "silent", "role": "mentee", "seeks": "Machine learning"},
]
NEEDS = {"skill": "ML", "needs": [{"skill": "python", "at_level": 2}]}


def allowed(rule: Record, people: list[Record] = PEOPLE) -> set[tuple[str, str]]:
    """Return the pairs that a rule allows: those that have a score."""
    cohort = rm.Cohort.from_records(people)
    scores = rm.score_matrix(cohort, rm.Policy(rules=[rule]))
    return {
        (mentor.id, mentee.id)
        for row, mentor in zip(scores.tolist(), cohort.mentors, strict=True)
        for score, mentee in zip(row, cohort.mentees, strict=True)
        if score == score
    }


def test_needs_and_levels_of_a_skill() -> None:
    everything = {("data", "ready"), ("data", "beginner"), ("data", "silent"), ("web", "beginner")}
    assert allowed({"kind": "teaches"}) == everything
    assert allowed({"kind": "teaches", "skills": [NEEDS]}) == {("data", "ready"), ("web", "beginner")}
    asked = {"kind": "teaches", "skills": [NEEDS], "if_unknown": "allow"}
    assert allowed(asked) == {("data", "ready"), ("data", "silent"), ("web", "beginner")}
    assert allowed({"kind": "teaches", "at_priority": 2}) == everything - {("web", "beginner")}
    assert allowed({"kind": "teaches", "of": "both"}) == {("data", "ready")}
    high = {
        "kind": "teaches",
        "skills": [{"skill": "tik-tok", "at_level": 1}, {"skill": "TikTok", "at_level": 5}],
    }
    assert allowed(high) == everything - {("web", "beginner")}


def test_what_names_mean_is_found_once_for_scores_rules_and_what_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[str, ...]] = []

    def counting(written: Any, *arguments: Any, **options: Any) -> Any:
        asked.append(tuple(written))
        return meanings_of(written, *arguments, **options)

    monkeypatch.setattr(columns, "meanings_of", counting)
    criteria = [SKILLS, {**SKILLS, "name": "other way", "reciprocity": 1}]
    asks = {"criteria": criteria, "rules": [{"kind": "teaches"}], "as_far_as_possible": {"kind": "teaches"}}
    cohort = rm.Cohort.from_records(PEOPLE)
    first = rm.match(cohort, rm.Policy.from_data(asks))
    assert len(asked) == 1
    kept_apart = rm.match(cohort, rm.Policy.from_data({**asks, "synonyms": {"ML": ["TikTok"]}}))
    assert len(asked) == 2
    assert rm.match(cohort, rm.Policy.from_data(asks)) == first
    assert kept_apart == rm.match(rm.Cohort.from_records(PEOPLE), kept_apart.policy)


def test_a_name_of_the_policy_joins_no_two_names_of_people() -> None:
    """'Kubernetex' is one edit from either, but they are two edits apart."""
    people = [
        {"id": "m", "role": "mentor", "offers": "Kubernetes"},
        {"id": "e", "role": "mentee", "seeks": "Kubernetuxx"},
    ]
    assert allowed({"kind": "teaches", "skills": [{"skill": "Kubernetux", "at_level": 1}]}, people) == set()


@given(cohorts_with_more())
def test_it_is_true_where_the_skills_criterion_counts_something(records: list[Record]) -> None:
    cohort = rm.Cohort.from_records(records)
    if not (cohort.mentors and cohort.mentees):
        return
    free = rm.match(cohort, rm.Policy(criteria=[SKILLS], rules=[]))
    quota = {"kind": "count", "of": {"kind": "teaches"}, "at_least": 0}
    counted = rm.match(cohort, rm.Policy(criteria=[SKILLS], rules=[], quotas=[quota]))
    assert counted.quotas[0].reached == sum(
        duo.score > 0 and "skills" not in duo.missing for duo in counted.duos
    )
    assert counted.total == free.total


def test_a_quota_counts_it_and_a_forged_one_is_found() -> None:
    cohort = rm.Cohort.from_records(PEOPLE)
    policy = rm.Policy(
        criteria=[{**SKILLS, "name": "nothing", "kind": "overlap", "field": "goals"}],
        quotas=[{"kind": "count", "of": {"kind": "teaches", "skills": [NEEDS]}, "at_least": 2}],
    )
    matching = rm.match(cohort, policy)
    assert {(duo.mentor, duo.mentee) for duo in matching.duos} == {("data", "ready"), ("web", "beginner")}
    rm.verify(matching, cohort, policy)
    forged = json.loads(matching.to_json())
    forged["duos"][0]["mentee"], forged["duos"][1]["mentee"] = "beginner", "ready"
    with pytest.raises(rm.VerificationError, match="quota"):
        rm.verify(rm.Matching.from_data(forged), cohort, policy)


def test_the_schema_knows_it() -> None:
    schema = rm.Policy.model_json_schema()["$defs"]
    assert {"at_level", "at_priority", "skills"} <= set(schema["TeachesRule"]["properties"])
    assert schema["SkillTerms"]["properties"]["needs"]["items"] == {"$ref": "#/$defs/SkillAtLevel"}
    policy = rm.Policy.from_data({"rules": [{"kind": "teaches", "name": "to learn", "skills": [NEEDS]}]})
    assert rm.Policy.from_data(json.loads(policy.model_dump_json())) == policy
    assert policy.rule_labels == ["to learn"]
