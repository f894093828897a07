"""What somebody would have with other data: exactly what a fresh match with the corrected record gives."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.views.cli.main import app
from thinned import thinned_product

SKILLS = ["Python", "Excel", "Video", "Notion"]


def people(chance: random.Random) -> list[dict[str, Any]]:
    listed = []
    for number in range(chance.randint(4, 12)):
        role = ("mentor", "mentee", chance.choice(["mentor", "mentee", "both"]))[min(number, 2)]
        one: dict[str, Any] = {
            "id": f"p{number}",
            "role": role,
            "department": chance.choice(["IT", "HR", None]),
        }
        one["offers"] = {name: chance.randint(1, 5) for name in chance.sample(SKILLS, 2)}
        one["seeks"] = chance.sample(SKILLS, 2)
        one["age"] = chance.choice([None, 25, 44, 61])
        one["site"] = chance.choice(["Lyon", "Lille"])
        listed.append(one)
    return listed


CHANGES: list[dict[str, Any]] = [
    {"offers": "Python:4"},
    {"seeks": "Notion:3;Video"},
    {"age": 30},
    {"capacity": 2},
    {"capacity": 0},
    {"site": "Paris"},
    {"department": "", "goals": "growth"},
    {"role": "both"},
]


@pytest.mark.parametrize("seed", range(16))
def test_it_is_what_a_fresh_match_gives(seed: int) -> None:
    chance = random.Random(seed)
    listed, change = people(chance), CHANGES[seed % len(CHANGES)]
    policy = rm.Policy.model_validate({"objective": chance.choice(["coverage", "total", "max_min"])})
    cohort = rm.Cohort.from_records(listed)
    matching = rm.match(cohort, policy)
    person = chance.choice(listed)["id"]
    answer = rm.what_if(matching, cohort, person, change)
    fresh = rm.match(
        rm.Cohort.from_records([one | (change if one["id"] == person else {}) for one in listed]), policy
    )
    mine = {
        (role, partner.id, partner.score)
        for role, partners in ((one.role, one.after) for one in answer.outcomes)
        for partner in partners
    }
    theirs = {("mentor", duo.mentee, duo.score) for duo in fresh.duos if duo.mentor == person}
    theirs |= {("mentee", duo.mentor, duo.score) for duo in fresh.duos if duo.mentee == person}
    assert mine == theirs
    before = {(duo.mentor, duo.mentee) for duo in matching.duos if person not in (duo.mentor, duo.mentee)}
    assert answer.others_ended == len(before - {(duo.mentor, duo.mentee) for duo in fresh.duos})


@pytest.mark.parametrize(
    ("objective", "seed"),
    thinned_product(["coverage", "total", "max_min", {"kind": "fair", "alpha": 1}], range(2)),
)
def test_where_a_solve_starts_changes_no_answer(objective: Any, seed: int) -> None:
    chance = random.Random(seed)
    cohort = rm.Cohort.from_records(people(chance))
    quotas = [{"kind": "duos", "at_most": 3}] if seed % 2 else []
    policy = rm.Policy.model_validate({"objective": objective, "quotas": quotas})
    matching = rm.match(cohort, policy)
    person = chance.choice(cohort.participants).id
    found = rm.what_would_help(matching, cohort, person)
    alone = [rm.what_if(matching, cohort, person, change) for change in found.tried]
    assert 1 < len(alone) <= 20
    for one in found.helpful:
        assert one in alone
    for one in alone:
        better = one.gains_duo or (
            one.improvement > 0 and all(role.duos_after >= role.duos_before for role in one.outcomes)
        )
        assert better == (one in found.helpful)


def cohort_of_four() -> rm.Cohort:
    return rm.Cohort.from_records(
        [
            {"id": "lea", "role": "mentor", "offers": "Python:5", "birth_year": 1990},
            {"id": "tom", "role": "mentor", "offers": "Excel:3;python:1"},
            {"id": "ada", "role": "mentee", "seeks": "Python:3"},
        ],
        as_of="2027-01-01",
    )


def test_adding_keeps_what_is_there_and_replaces_a_level() -> None:
    cohort = cohort_of_four()
    matching = rm.match(cohort)
    assert rm.what_if(matching, cohort, "tom", {"offers": "Python:4"}).changes == {"offers": "Python:4"}
    assert rm.what_if(matching, cohort, "tom", {"offers+": "Python:4"}).changes == {
        "offers": "Python:4;Excel:3"
    }


def test_a_birth_date_changes_the_age_of_that_day() -> None:
    cohort = cohort_of_four()
    policy = rm.Policy(as_of="2027-01-01")
    answer = rm.what_if(rm.match(cohort, policy), cohort, "lea", {"birth_year": "1960"})
    assert answer.changes == {"birth_year": "1960"}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"ofers": "Python"}, "no field of people that can be other; did you mean 'offers'?"),
        ({"id": "x"}, "no field of people"),
        ({"offers": "Python:9"}, "level"),
        ({"department+": "IT"}, "to which nothing can be added"),
    ],
)
def test_what_is_wrong_is_said(change: dict[str, str], message: str) -> None:
    cohort = cohort_of_four()
    with pytest.raises(rm.errors.CohortError, match=re.escape(message)):
        rm.what_if(rm.match(cohort), cohort, "tom", change)


def test_the_person_learns_of_nobody_else() -> None:
    cohort = rm.read_cohort(rm.demo_path())
    matching = rm.match(cohort)
    for left in [*(one.id for one in matching.unmatched), matching.duos[0].mentor, matching.duos[0].mentee]:
        own = rm.what_if(
            matching, cohort, left, {"seeks+": "Python", "offers+": "Python:5"}
        ).for_participant()
        told = "\n".join([*own.sentences("en"), *own.sentences("fr"), own.model_dump_json()])
        assert not any(one.id in told for one in cohort.participants if one.id != left)
        assert "score" not in own.model_dump_json()


def test_what_helps_is_tried_one_by_one_and_exactly() -> None:
    cohort = cohort_of_four()
    matching = rm.match(cohort)
    found = rm.what_would_help(matching, cohort, "tom")
    assert found.tried == ({"offers+": "Excel:4"}, {"offers+": "python:2"})
    assert found.helpful == ()
    assert (
        found.sentences("en")[-1]
        == "None of them gives a duo or a better one. Of other changes nothing is said."
    )
    more = rm.Cohort.from_records(
        [
            {"id": "lea", "role": "mentor", "offers": "Excel:3"},
            {"id": "tom", "role": "mentor", "offers": "Video"},
            {"id": "ada", "role": "mentee", "seeks": "Python;Excel:1"},
        ]
    )
    found = rm.what_would_help(rm.match(more), more, "tom")
    assert [one.changes for one in found.helpful] == [{"offers": "Python:3;Video:3"}]
    assert found.helpful[0].gains_duo
    assert found.for_participant().sentences("en")[1:] == [
        "If your data said 'Python:3;Video:3' for skills offered: as mentor, you would have a duo."
    ]


ASKING: list[tuple[dict[str, Any], dict[str, Any], dict[str, Any], dict[str, str]]] = [
    (
        {"rules": [{"kind": "teaches", "at_level": 4}]},
        {"offers": "Excel:1"},
        {"seeks": "Excel"},
        {"offers+": "Excel:4"},
    ),
    (
        {"rules": [{"kind": "teaches", "at_priority": 3}]},
        {"seeks": "Excel:1"},
        {"offers": "Excel:4"},
        {"seeks+": "Excel:3"},
    ),
    (
        {"rules": [{"kind": "shared", "field": "languages"}]},
        {"languages": "en"},
        {"languages": "fr;de"},
        {"languages+": "fr"},
    ),
    (
        {"rules": [{"kind": "shared", "field": "hobbies"}]},
        {"hobbies": "chess;tea"},
        {"hobbies": "Go"},
        {"hobbies+": "Go"},
    ),
    (
        {"rules": [{"kind": "common_time", "at_least": 60}]},
        {"available": "Mon 9-10"},
        {"available": "Thu 14:00-17:30"},
        {"available+": "Thu 14:00-17:30"},
    ),
    (
        {"rules": [{"kind": "common_time", "at_least": 60, "on_site": True}]},
        {"on_site": "Mon @Lyon"},
        {"on_site": "Tue @Lyon"},
        {"on_site+": "Tue 00:00-24:00 @Lyon"},
    ),
]


@pytest.mark.parametrize("number", range(len(ASKING)))
def test_what_the_policy_asks_for_is_tried(number: int) -> None:
    said, own, others, change = ASKING[number]
    learns = "seeks" in own
    asks, answers = ("mentee", "mentor") if learns else ("mentor", "mentee")
    cohort = rm.Cohort.from_records(
        [{"id": "zoe", "role": asks, **own}, {"id": "max", "role": answers, **others}]
    )
    policy = rm.Policy.model_validate({"as_far_as_possible": None, **said})
    matching = rm.match(cohort, policy)
    assert not matching.duos
    found = rm.what_would_help(matching, cohort, "zoe")
    assert change in found.tried
    assert [one for one in found.helpful if one.gains_duo]
    alone = rm.what_if(matching, cohort, "zoe", change)
    assert alone in found.helpful
    told = " ".join(line for one in found.helpful for line in one.for_participant().sentences("en"))
    assert "max" not in told
    other = rm.Policy(
        rules=[],
        as_far_as_possible=None,
        criteria=[{"kind": "gap", "name": "age", "weight": 1, "field": "age", "from": 0, "to": 5}],
    )
    untouched = rm.what_would_help(rm.match(cohort, other), cohort, "zoe").tried
    assert {key for one in untouched for key in one} <= {"offers+", "seeks+"}


def test_adding_to_a_column_of_lists_keeps_what_is_there() -> None:
    cohort = rm.Cohort.from_records(
        [
            {"id": "zoe", "role": "mentor", "hobbies": "chess;Tea", "floor": 3},
            {"id": "max", "role": "mentee", "hobbies": "Go", "floor": 4},
        ]
    )
    policy = rm.Policy(rules=[{"kind": "shared", "field": "hobbies", "at_least": 1}])
    matching = rm.match(cohort, policy)
    answer = rm.what_if(matching, cohort, "zoe", {"hobbies+": "Go;tea"})
    assert answer.changes == {"hobbies": "Go;tea;chess"}
    assert answer.gains_duo
    with pytest.raises(rm.errors.CohortError, match="holds one value"):
        rm.what_if(matching, cohort, "zoe", {"floor+": "5"})


def test_what_holds_a_number_for_the_person_asking_is_not_added_to() -> None:
    people = [
        {"id": "zoe", "role": "mentor", "hobby": 7},
        {"id": "max", "role": "mentee", "hobby": ["chess", "tea; or milk"]},
        {"id": "eva", "role": "mentee", "hobby": ["chess"]},
    ]
    policy = rm.Policy(rules=[{"kind": "shared", "field": "hobby"}], as_far_as_possible=None)
    for own, tried in ((7, ()), (True, ()), (None, ({"hobby+": "chess"},)), ("Go", ({"hobby+": "chess"},))):
        cohort = rm.Cohort.from_records([{**people[0], "hobby": own}, *people[1:]])
        matching = rm.match(cohort, policy)
        assert rm.what_would_help(matching, cohort, "zoe").tried == tried


def test_skills_are_tried_in_a_form_that_is_read_as_them() -> None:
    names = ("C:2", "a;b", "C: the language", "Excel")
    cohort = rm.Cohort.from_records(
        [
            {"id": "max", "role": "mentor", "offers": dict.fromkeys(names, 4)},
            {"id": "eva", "role": "mentee", "seeks": {"a;b": 2, "C:2": 1}},
            {"id": "zoe", "role": "mentee", "seeks": {"Go": 2}},
            {"id": "tom", "role": "mentor", "offers": {"x;y": 2, "C:1": 4}},
        ]
    )
    matching = rm.match(cohort)
    found = rm.what_would_help(matching, cohort, "zoe").tried
    assert found == (
        {"seeks+": "C: the language"},
        {"seeks+": "C:1:2"},
        {"seeks+": "C:2:2"},
        {"seeks+": "Excel"},
    )
    for change in found:
        rm.what_if(matching, cohort, "zoe", change)
    assert rm.what_would_help(matching, cohort, "tom").tried == (
        {"offers+": "C:1:5"},
        {"offers+": "C:2:3"},
        {"offers+": "Go:3"},
    )


def test_after_a_rotation_its_terms_hold() -> None:
    cohort = rm.read_cohort(rm.demo_path())
    second = rm.rotate(rm.match(cohort), cohort, on="2027-06-01")
    person = second.duos[0].mentor
    answer = rm.what_if(second, cohort, person, {"department": cohort.participants[0].department or "IT"})
    former = {duo.mentee for duo in rm.match(cohort).duos if duo.mentor == person}
    assert not former & {partner.id for one in answer.outcomes for partner in one.after}


def test_from_the_command_line(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "people.csv").write_text(
        "id,name,role,offers,seeks\nlea,Léa,mentor,Excel:3,\ntom,Tom,mentor,Video,\nada,Ada,mentee,,Python;Excel:1\n",
        "utf-8",
    )

    def run(*arguments: str) -> Any:
        return CliRunner().invoke(app, list(arguments))

    assert run("match", "people.csv", "--out", "m.json").exit_code == 0
    asked = ("explain", "m.json", "people.csv", "--why", "tom", "--lang", "en")
    told = run(*asked, "--if", "offers=Python:4")
    assert told.exit_code == 0, told.stderr
    assert "a duo with 'Ada · ada'" in told.stdout
    own = run(*asked, "--if", "offers=Python:4", "--for-participant")
    assert (
        own.stdout.strip()
        == "If your data said 'Python:4' for skills offered: as mentor, you would have a duo."
    )
    helps = run(*asked, "--what-helps", "--for-participant")
    assert "you would have a duo" in helps.stdout
    assert "Ada" not in helps.stdout
    assert "vous auriez un duo" in run(*asked[:-1], "fr", "--what-helps", "--for-participant").stdout
    assert run(*asked, "--if", "Python").exit_code == 2
    wrong = run(*asked, "--if", "ofers=Python")
    assert wrong.exit_code == 2
    assert "did you mean 'offers'?" in wrong.stderr
    assert run("explain", "m.json", "people.csv", "--alternatives", "tom", "--if", "offers=x").exit_code == 2
