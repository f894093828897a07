"""An answer for a participant tells nothing of others: no id, no name, nothing that follows from their duos."""

from __future__ import annotations

import re
from typing import Any

import pytest
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.views.cli.main import app


def told_to(matching: rm.Matching, cohort: rm.Cohort, person: str, *, names: bool = True) -> list[str]:
    answers = rm.explain_to_participant(matching, cohort, person, contact="rh@example.org")
    shown = [rm.with_names(answer, cohort) if names else answer for answer in answers]
    texts = ["\n".join(answer.sentences(lang)) for answer in shown for lang in ("en", "fr")]
    return [*texts, *(answer.model_dump_json() for answer in shown)]


def partners_of(matching: rm.Matching, person: str) -> set[str]:
    return {
        duo.mentee if duo.mentor == person else duo.mentor
        for duo in matching.duos
        if person in (duo.mentor, duo.mentee)
    }


@pytest.fixture(scope="module")
def demo() -> tuple[rm.Cohort, rm.Matching]:
    cohort = rm.read_cohort(rm.demo_path())
    return cohort, rm.match(cohort)


def test_nobody_but_the_partner_is_named(demo: tuple[rm.Cohort, rm.Matching]) -> None:
    cohort, matching = demo
    words = {one.id: {one.id, *filter(None, [one.name, one.email])} for one in cohort.participants}
    for one in cohort.participants:
        told = "\n".join(told_to(matching, cohort, one.id))
        for other in words.keys() - {one.id} - partners_of(matching, one.id):
            for word in words[other]:
                assert not re.search(rf"(?<![\w.]){re.escape(word)}(?![\w.])", told), (one.id, other)


def test_no_text_depends_on_who_others_are_with(demo: tuple[rm.Cohort, rm.Matching]) -> None:
    cohort, matching = demo
    same = 0
    for duo in matching.duos[:12]:
        rules = [*matching.policy.rules, {"kind": "forbid", "pairs": [[duo.mentor, duo.mentee]]}]
        policy = matching.policy.model_copy(update={"rules": rm.Policy(rules=rules).rules})
        other = rm.match(cohort, policy)
        for one in cohort.participants:
            if partners_of(matching, one.id) == partners_of(other, one.id):
                same += 1
                assert told_to(matching, cohort, one.id) == told_to(other, cohort, one.id)
    assert same > 100


PRIVATE = {"prefers": "", "avoids": "c", "age": 61, "gender": "x", "capacity": 2, "wants": "c", "grade": 9}


@pytest.mark.parametrize("field", sorted(PRIVATE))
@pytest.mark.parametrize("who", ["lea", "tom"])
def test_no_text_depends_on_what_the_partner_or_others_keep_to_themselves(field: str, who: str) -> None:
    def people(**more: Any) -> rm.Cohort:
        made = [
            {"id": "lea", "role": "mentor", "offers": "Python", "age": 30, "gender": "f"},
            {"id": "ada", "role": "mentee", "seeks": "Python", "age": 50, "gender": "f"},
            {"id": "tom", "role": "mentor", "offers": "Excel", "age": 40},
            {"id": "c", "role": "mentee", "seeks": "Excel", "age": 45},
        ]
        return rm.Cohort.from_records([one | (more if one["id"] == who else {}) for one in made])

    criteria = [
        {"kind": "coverage", "name": "skills", "weight": 1},
        {"kind": "gap", "name": "age", "field": "age", "from": 0, "to": 20, "weight": 0.2},
        {"kind": "difference", "name": "gender", "field": "gender", "weight": 0.2},
    ]
    policy = rm.Policy.model_validate(
        {"criteria": criteria, "rules": [{"kind": "fix", "pairs": [["lea", "ada"]]}, {"kind": "avoids"}]}
    )
    before, after = people(), people(**{field: PRIVATE[field]})
    told = told_to(rm.match(before, policy), before, "ada")
    assert told == told_to(rm.match(after, policy), after, "ada")
    assert "lea" in told[0]


def test_nobody_learns_why_they_have_no_duo() -> None:
    """Whether somebody avoids them, or all places are taken, would be about others."""
    alone = [
        {"id": "lea", "role": "mentor"},
        {"id": "ada", "role": "mentee"},
        {"id": "eva", "role": "mentee"},
    ]
    taken = rm.Cohort.from_records(alone)
    first = rm.match(taken)
    left = first.unmatched[0].id
    avoided = rm.Cohort.from_records([alone[0] | {"avoids": left}, *alone[1:]])
    second = rm.match(avoided)
    assert first.unmatched[0].reason != second.unmatched[0].reason
    assert told_to(first, taken, left) == told_to(second, avoided, left)


def test_what_is_said_is_of_use() -> None:
    cohort = rm.Cohort.from_records(
        [
            {"id": "7", "name": "Léa", "role": "mentor", "offers": "Python:5", "goals": "growth"},
            {"id": "8", "name": "Ada", "role": "mentee", "seeks": "python", "goals": "Growth", "age": 50},
        ]
    )
    (answer,) = rm.explain_to_participant(
        rm.match(cohort), cohort, "8", contact="rh@example.org", programme_name="Duos 2027"
    )
    assert rm.with_names(answer, cohort).sentences("en") == [
        "In this round you are the mentee of 'Léa · 7'.",
        "What you can teach each other or have in common: Growth, python (you learn it).",
        "What counts for everybody when duos are formed: skills, goals, age, gender, department.",
        "Data of yours that were used: age (also birth date or year), goals, skills sought.",
        "Data of yours that are missing and could have been used: department, gender, managers.",
        "A program computes the duos; the people who run Duos 2027 decide on them.",
        "To correct your data, to object, or to have a person look at it again: rh@example.org.",
    ]


def test_an_unknown_person_and_other_people_are_refused(demo: tuple[rm.Cohort, rm.Matching]) -> None:
    cohort, matching = demo
    with pytest.raises(rm.errors.CohortError, match="nobody in the cohort"):
        rm.explain_to_participant(matching, cohort, "nobody")
    others = rm.Cohort.from_records([{"id": "m", "role": "mentor"}, {"id": "e", "role": "mentee"}])
    with pytest.raises(rm.errors.CohortError, match="not the people"):
        rm.explain_to_participant(matching, others, "m")


def test_from_the_command_line(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "people.csv").write_text(
        "id,name,role,offers,seeks\n7,Léa,mentor,Python,\n8,Ada,mentee,,Python\n9,Max,mentee,,Excel\n",
        "utf-8",
    )
    (tmp_path / "programme.toml").write_text('name = "Duos"\nstart = "2027-01-11"\nmonths = 4\n', "utf-8")

    def run(*arguments: str) -> Any:
        return CliRunner().invoke(app, list(arguments))

    assert run("match", "people.csv", "--out", "m.json").exit_code == 0
    asked = ("explain", "m.json", "people.csv", "--why", "Ada", "--for-participant", "--lang", "fr")
    told = run(*asked, "--programme", "programme.toml", "--contact", "rh@example.org")
    assert told.exit_code == 0, told.stderr
    assert told.stdout.startswith("Pour ce cycle, votre mentor est")
    assert "Léa" in told.stdout
    assert "Max" not in told.stdout
    assert "rh@example.org" in told.stdout
    wrong = run("explain", "m.json", "people.csv", "--alternatives", "Ada", "--for-participant")
    assert wrong.exit_code == 2
    assert run("explain", "m.json", "people.csv", "--why", "Ada", "--contact", "x").exit_code == 2
