"""A condition across two fields: what one person has stands in a list of the other."""

from __future__ import annotations

from typing import Any

import pytest

import reverse_match as rm
from reverse_match.matching.policy_notes import policy_notes

Record = dict[str, Any]

SITE = {"kind": "among", "value": "mentor.location", "listed_in": "mentee.wanted_sites"}


def allowed(rule: Record, mentor: Record, mentee: Record, **policy: Any) -> bool:
    """Say whether two people may be a duo under a rule, and check that verification says the same."""
    records = [{"id": "m", "role": "mentor", **mentor}, {"id": "e", "role": "mentee", **mentee}]
    cohort, rules = rm.Cohort.from_records(records), rm.Policy(rules=[rule], **policy)
    matching = rm.match(cohort, rules)
    rm.verify(matching, cohort, rules)
    return bool(matching.duos)


@pytest.mark.parametrize(
    ("mentor", "mentee", "expected"),
    [
        ({"location": "Lyon"}, {"wanted_sites": ["Paris", "lyon "]}, True),
        ({"location": "Lyon"}, {"wanted_sites": "Paris;LYON"}, True),
        ({"location": "Lyon"}, {"wanted_sites": "Lyon"}, True),
        ({"location": "France/Lyon/Nord"}, {"wanted_sites": ["France / Lyon"]}, True),
        ({"location": "France"}, {"wanted_sites": ["France/Lyon"]}, False),
        ({"location": "Lyon"}, {"wanted_sites": ["Paris"]}, False),
        ({"location": None}, {"wanted_sites": ["Paris"]}, False),
        ({"location": "Lyon"}, {"wanted_sites": []}, False),
    ],
)
def test_a_site_among_those_that_are_wanted(mentor: Record, mentee: Record, expected: bool) -> None:
    assert allowed(SITE, mentor, mentee) is expected


@pytest.mark.parametrize(
    ("mentor", "mentee"), [({}, {"wanted_sites": ["Paris"]}), ({"location": "Lyon"}, {})]
)
def test_what_is_not_known_may_be_allowed(mentor: Record, mentee: Record) -> None:
    everywhere = {"location": None, "wanted_sites": None}
    one, other = {**everywhere, **mentor}, {**everywhere, **mentee}
    assert not allowed(SITE, one, other)
    assert allowed({**SITE, "if_unknown": "allow"}, one, other)
    assert allowed({"kind": "any_of", "conditions": [SITE, {"kind": "require", "of": "mentor", "field": "id", "known": True}]}, one, other)  # fmt: skip


def test_words_that_mean_the_same_in_either_field_are_one() -> None:
    gender = {"kind": "among", "value": "mentor.gender", "listed_in": "mentee.wanted"}
    assert allowed(gender, {"gender": "F"}, {"wanted": ["Femme", "x"]})
    assert not allowed(gender, {"gender": "F"}, {"wanted": ["Homme"]})
    spoken = {"kind": "among", "value": "mentor.languages", "listed_in": "mentee.speaks"}
    assert allowed(spoken, {"languages": ["en", "fr"]}, {"speaks": ["Français"]})
    assert not allowed({**spoken, "at_least": 2}, {"languages": ["en", "fr"]}, {"speaks": ["Français"]})
    assert allowed({**spoken, "at_least": 2}, {"languages": ["en", "fr"]}, {"speaks": ["French", "English"]})
    known = {"synonyms": {"La Défense": ["Paris La Défense"]}}
    assert allowed(SITE, {"location": "Paris La Défense"}, {"wanted_sites": ["La Défense"]}, **known)
    skills = {"kind": "among", "value": "mentee.topic", "listed_in": "mentor.offers"}
    assert allowed(skills, {"offers": {"Generative AI": 4}}, {"topic": "IA générative"})


def test_either_direction_and_in_quotas() -> None:
    people = [
        {"id": "m1", "role": "mentor", "location": "Lyon", "accepts": ["HR"], "department": "IT"},
        {"id": "m2", "role": "mentor", "location": "Paris", "accepts": ["IT", "HR"], "department": "HR"},
        {"id": "e1", "role": "mentee", "department": "IT/Data", "wanted_sites": ["Lyon", "Paris"]},
        {"id": "e2", "role": "mentee", "department": "HR", "wanted_sites": ["Paris"]},
    ]
    cohort = rm.Cohort.from_records(people)
    other_way = {"kind": "among", "value": "mentee.department", "listed_in": "mentor.accepts"}
    policy = rm.Policy(rules=[other_way])
    matching = rm.match(cohort, policy)
    rm.verify(matching, cohort, policy)
    assert [(duo.mentor, duo.mentee) for duo in matching.duos] == [("m1", "e2"), ("m2", "e1")]
    quota = {"kind": "count", "of": SITE, "at_least": 2}
    counted = rm.Policy(rules=[], quotas=[quota])
    matching = rm.match(cohort, counted)
    rm.verify(matching, cohort, counted)
    assert [(duo.mentor, duo.mentee) for duo in matching.duos] == [("m1", "e1"), ("m2", "e2")]
    each = rm.Policy(rules=[], quotas=[{"kind": "each", "by": "mentee.id", "of": SITE, "at_least": 1}])
    assert rm.match(cohort, each).duos == matching.duos
    with pytest.raises(rm.InfeasibleError):
        rm.match(cohort, rm.Policy(rules=[other_way], quotas=[quota]))


@pytest.mark.parametrize(
    ("rule", "place", "code"),
    [
        ({**SITE, "listed_in": "mentor.wanted_sites"}, "rules[0]", "contradictory"),
        ({**SITE, "value": "location"}, "rules[0].value", "not-a-field"),
        ({**SITE, "at_least": 0}, "rules[0].at_least", "out-of-range"),
        ({**SITE, "listed_in": "mentee.wanted_sits"}, "rules[0].listed_in", "unknown-field"),
        ({**SITE, "value": "mentor.birth_date"}, "rules[0].value", "wrong-field"),
        ({**SITE, "listed_in": "mentee.wants"}, "rules[0].listed_in", "wrong-field"),
    ],
)
def test_faults_have_their_place(rule: Record, place: str, code: str) -> None:
    records = [
        {"id": "m", "role": "mentor"},
        {"id": "e", "role": "mentee", "wanted_sites": ["Lyon"]},
    ]
    with pytest.raises(rm.InputError) as caught:
        rm.match(rm.Cohort.from_records(records), rm.Policy.from_data({"rules": [rule]}))
    assert (caught.value.faults[0].column, caught.value.faults[0].code) == (place, code)


def test_what_nobody_fills_is_noted() -> None:
    records = [
        {"id": "m", "role": "mentor", "location": "Lyon"},
        {"id": "e", "role": "mentee", "wanted_sites": None, "location": "Paris"},
    ]
    cohort = rm.Cohort.from_records(records)
    told = [str(note) for note in policy_notes(rm.Policy(rules=[SITE]), cohort) if "fills" in str(note)]
    assert told == ["rules[0]: no mentee fills 'wanted_sites', so that no pair is known to keep the rule"]


def test_a_wanted_word_that_is_nearly_one_that_people_have_is_noted() -> None:
    records = [
        *({"id": f"m{place}", "role": "mentor", "location": "Grenoble"} for place in range(3)),
        {"id": "e", "role": "mentee", "wanted_sites": ["Grenobel", "Nice"]},
    ]
    told = [str(note) for note in policy_notes(rm.Policy(rules=[SITE]), rm.Cohort.from_records(records))]
    assert any("rules[0]: 'Grenobel' (1) stands beside 'Grenoble' (3)" in note for note in told)


def test_its_name_reads_in_words() -> None:
    policy = rm.Policy(rules=[SITE, {**SITE, "value": "mentor.department"}])
    from reverse_match.views.words.languages import language

    assert policy.rule_labels == [
        "among value mentor.location listed_in mentee.wanted_sites",
        "among value mentor.department listed_in mentee.wanted_sites",
    ]
    assert language("en").named(policy.rule_labels[0]) == (
        "listed with the other person (value: location (mentor), listed in wanted_sites (mentee))"
    )
    french = language("fr").named(policy.rule_labels[0]).replace("\u202f", "").replace("\xa0", "")
    assert french == (
        "valeur citée par l’autre personne (valeur: lieu (mentor), citée dans wanted_sites (mentoré(e)))"
    )
