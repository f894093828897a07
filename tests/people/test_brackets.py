"""Brackets behind the name of a skill: an acronym, a kind, or a skill of its own."""

from __future__ import annotations

import pytest

import reverse_match as rm
from reverse_match.people.skill_names import meanings_of


@pytest.mark.parametrize(
    ("one", "other", "rung"),
    [
        ("Search Engine Optimization (SEO)", "SEO", "bracket"),
        ("Search Engine Optimization (SEO)", "search engine optimization", "bracket"),
        ("SEO (Search Engine Optimization)", "Search Engine Optimization", "bracket"),
        ("Gestion de la relation client [GRC]", "GRC", "bracket"),
        ("Python (Programming Language)", "Python", "bracket"),
        ("Python (langage)", "Python (programming language)", "bracket"),
        ("Leadership (women)", "Leadership", "bracket"),
        ("Amazon Web Services (AWS)", "AWS", "alias"),
        ("Intelligence artificielle (IA)", "AI", "bracket"),
        ("Excel (VBA)", "Excel", None),
        ("Python (Programming Language)", "Java (Programming Language)", None),
    ],
)
def test_a_name_and_its_brackets(one: str, other: str, rung: str | None) -> None:
    meanings = meanings_of([one, other])
    assert meanings.rung_between(one, other) == rung
    assert meanings.rung_between(other, one) == rung


def test_two_brackets_behind_one_name_are_two_skills() -> None:
    names = ["Communication (internal)", "Communication (external)", "Communication"]
    meanings = meanings_of(names)
    assert len({meanings.concept(name) for name in names}) == 3


def test_an_acronym_of_two_names_is_that_of_neither() -> None:
    names = ["Search Engine Optimization (SEO)", "Sales Executive Officer (SEO)", "SEO"]
    concepts = [meanings_of(names).concept(name) for name in names]
    assert concepts[0] != concepts[1]
    assert concepts[2] not in concepts[:2] or concepts[2] == meanings_of(["SEO"]).concept("SEO")


def test_the_record_tells_the_rung_and_verifies() -> None:
    people = [
        {"id": "m1", "role": "mentor", "capacity": 2}
        | {"offers": "Search Engine Optimization (SEO):5;Python (Programming Language):4"},
        {"id": "e1", "role": "mentee", "seeks": "SEO"},
        {"id": "e2", "role": "mentee", "seeks": "Python"},
    ]
    cohort = rm.Cohort.from_records(people)
    matching = rm.match(cohort)
    assert len(matching.duos) == 2
    for duo in matching.duos:
        assert duo.contributions["skills"] > 0
        assert [name.rung for name in duo.name_matches] == ["bracket"]
    rm.verify(matching, cohort)
