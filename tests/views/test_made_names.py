"""What the library has named is said in French in French texts; what somebody named stays."""

from __future__ import annotations

import re
from typing import Any

import pytest

import reverse_match as rm
from reverse_match.constraints.quotas import quota_names
from reverse_match.matching.results.amendment import KEPT_DUOS
from reverse_match.policy import conditions
from reverse_match.policy.added import OTHER_ROUNDS
from reverse_match.policy.labels import describe_briefly, describe_fully
from reverse_match.programme import beside_the_policy
from reverse_match.views.words.languages import language

FRENCH = language("fr")


def named(name: str) -> str:
    """Return what something is called in French, with ordinary spaces."""
    return FRENCH.named(name).replace("\u00a0", " ").replace("\u202f", " ")


KINDS = [
    kind
    for kind in vars(conditions).values()
    if hasattr(kind, "model_fields") and "kind" in kind.model_fields
]
CODE = re.compile(
    r"\b(different|same|shared|gap_between|overlapping_hours|not_met_before|require|avoids|not|any_of|all_of|"
    r"at_least|at_most|prefix|equals|under|share|count|each|of|or|gender|department|age|mentee|duos? for|rounds)\b"
)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_condition_has_its_words(kind: Any) -> None:
    said = kind.model_fields["kind"].default
    if isinstance(said, str):
        assert said in type(FRENCH).made_names.kinds
    told = {"kind", "name", "field", "of", "function", "duos", "pairs", "skills", "waived"}
    told |= {"condition", "conditions"}
    options = {one.alias or name for name, one in kind.model_fields.items()} - told
    assert options <= set(type(FRENCH).made_names.options), kind


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ({"kind": "different", "field": "gender"}, "valeurs différentes (genre)"),
        ({"kind": "gap_between", "field": "age", "at_least": 5}, "écart (âge, au moins 5)"),
        ({"kind": "not", "condition": {"kind": "same", "field": "department", "prefix": 2}},
         "sauf (même valeur (service, niveaux : 2))"),
        ({"kind": "any_of", "conditions": [{"kind": "shared", "field": "languages"}, {"kind": "avoids"}]},
         "au moins une condition (valeur commune (langues) ; personnes à éviter)"),
        ({"kind": "teaches", "of": "both", "at_level": 3, "at_priority": 2},
         "compétence à transmettre (les deux, à partir du niveau 3, à partir de la priorité 2)"),
        ({"kind": "require", "of": "mentee", "field": "grade", "at_least": 3},
         "condition (mentoré(e) niveau, au moins 3)"),
        ({"kind": "require", "of": "mentor", "field": "department", "under": "Human Resources"},
         "condition (mentor service, dans Human Resources)"),
    ],
)  # fmt: skip
def test_conditions_in_french(condition: dict[str, Any], said: str) -> None:
    quota = rm.Policy.from_data({"quotas": [{"kind": "share", "of": condition, "at_least": 0.1}]}).quotas[0]
    described = quota.condition  # type: ignore[union-attr]
    assert named(describe_fully(described)) == said
    assert not CODE.findall(named(describe_briefly(described)))


def test_quotas_without_a_name() -> None:
    of = {"kind": "different", "field": "gender"}
    policy = rm.Policy.from_data(
        {
            "quotas": [
                {"kind": "duos", "at_most": 3},
                {"kind": "share", "of": of, "at_least": 0.1},
                {"kind": "share", "of": of, "at_most": 0.9},
                {"kind": "each", "by": "mentee.department", "at_most": 5},
                {
                    "kind": "count",
                    "where": {"mentee.department": ["Finance"], "mentor.age": [30]},
                    "at_most": 5,
                },
                {"kind": "duos", "at_most": 3, "name": "our pilot"},
            ]
        }
    )
    assert [named(name) for name in quota_names(policy)] == [
        "duos",
        "part : valeurs différentes (genre) [1]",
        "part : valeurs différentes (genre) [2]",
        "chaque service (mentoré(e))",
        "nombre : service Finance (mentoré(e)), âge 30 (mentor)",
        "our pilot",
    ]


def test_what_amendments_plans_and_rotations_add_is_in_french() -> None:
    names = [KEPT_DUOS, OTHER_ROUNDS, beside_the_policy.FORMER_PARTNERS, beside_the_policy.FORBIDDEN_BY_HAND]
    names += [beside_the_policy.WANT_TO_KEEP, *map(beside_the_policy.no_duo_for, (1, 2, 12))]
    for name in names:
        assert named(name) != name
        assert not CODE.findall(named(name))
    assert named(beside_the_policy.no_duo_for(12)).endswith("12 cycles")


def test_names_of_users_stay() -> None:
    for name in ("nos règles", "not now", "Rotation : équipe", "each", "share", "rotation: ours", "a (2)"):
        assert named(name) == name


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("different gender", "different values (gender)"),
        ("share of different gender", "share: different values (gender)"),
        ("gap_between age at_least 5", "gap (age, at least 5)"),
        ("not (same department prefix 2)", "unless (same value (department, levels: 2))"),
        ("avoids", "people to avoid"),
        ("rotation: no duo for 3 rounds", "rotation: without a duo for 3 rounds"),
        (KEPT_DUOS, KEPT_DUOS),
        ("our own rule", "our own rule"),
    ],
)
def test_english_has_words_in_place_of_code(name: str, said: str) -> None:
    assert language("en").named(name) == said


@pytest.mark.parametrize("code", ["en", "fr"])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_no_language_shows_a_kind_of_condition_as_it_is_written(kind: Any, code: str) -> None:
    said = kind.model_fields["kind"].default
    if isinstance(said, str):
        made = f"{said} (same age)" if said in ("all_of", "any_of", "not") else said
        assert "_" not in language(code).named(made)


def test_a_report_and_sentences_say_them() -> None:
    cohort = rm.read_cohort(rm.demo_path())
    of = {"kind": "different", "field": "gender"}
    policy = rm.Policy.from_data(
        {"as_of": "2026-11-02", "quotas": [{"kind": "share", "of": of, "at_least": 0.6}]}
    )
    matching = rm.match(cohort, policy)
    page = matching.to_html("fr")
    assert "part : valeurs différentes (genre)" in page.replace("\u202f", " ")
    assert "different gender" not in page
    second = rm.rotate(matching, cohort, on="2027-07-31", early=True)
    duo = matching.duos[0]
    told = " ".join(second.explain(duo.mentor, duo.mentee).sentences("fr"))
    assert "rotation : anciens partenaires" in told.replace("\u202f", " ")
