"""What a policy says of nobody, and what leaves people without a partner, is told before and after the match."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.matching.policy_notes import policy_notes
from reverse_match.views.cli.main import app

if TYPE_CHECKING:
    from pathlib import Path

PEOPLE = [
    {"id": "m1", "role": "mentor", "gender": "female", "department": "IT", "offers": "Python", "grade": 3},
    {"id": "m2", "role": "mentor", "department": "HR", "offers": "Excel", "grade": 4},
    {"id": "e1", "role": "mentee", "gender": "male", "department": "IT", "seeks": "Python", "team": "a"},
    {"id": "e2", "role": "mentee", "gender": "male", "department": "HR", "seeks": "Excel", "team": "b"},
]
SKILLS = [{"kind": "coverage", "name": "skills", "weight": 1}]


def told(policy: dict[str, Any], people: list[dict[str, Any]] = PEOPLE) -> list[str]:
    cohort = rm.Cohort.from_records(people)
    return list(map(str, policy_notes(rm.Policy.from_data({"criteria": SKILLS} | policy), cohort)))


@pytest.mark.parametrize(
    ("rule", "note"),
    [
        ({"kind": "different", "field": "location"}, "nobody fills 'location', so that the rule forbids every pair"),
        ({"kind": "different", "field": "location", "if_unknown": "allow"}, "nobody fills 'location', so that the rule forbids nothing"),
        ({"kind": "same", "field": "team"}, "no mentor fills 'team', so that the rule forbids every pair"),
        ({"kind": "gap_between", "field": "grade", "at_least": 1}, "no mentee fills 'grade', so that the rule forbids every pair"),
        ({"kind": "gap_between", "field": "age", "at_least": 1}, "nobody fills 'age', so that the rule forbids every pair"),
        ({"kind": "shared", "field": "languages"}, "nobody fills 'languages', so that the rule forbids every pair"),
        ({"kind": "overlapping_hours"}, "nobody fills 'timezone', so that the rule forbids every pair"),
        ({"kind": "different", "field": "gender"}, "1 person does not fill 'gender', and the rule forbids every pair of theirs"),
        ({"kind": "require", "of": "mentee", "field": "grade", "at_least": 3}, "nobody fills 'grade', so that the rule forbids every pair"),
        ({"kind": "require", "of": "mentor", "field": "team", "equals": "a", "if_unknown": "allow"}, "nobody fills 'team', so that the rule forbids nothing"),
        ({"kind": "not_in_reporting_line"}, None),
    ],
)  # fmt: skip
def test_what_a_rule_does_where_a_column_is_empty(rule: dict[str, Any], note: str | None) -> None:
    notes = told({"rules": [rule]})
    assert notes == (["nobody has a manager; the rule on reporting lines protects nobody"] if note is None else [f"rules[0]: {note}"])  # fmt: skip
    if note is not None:  # what is said is what happens
        policy = rm.Policy.from_data({"criteria": SKILLS, "rules": [rule]})
        matrix = rm.score_matrix(rm.Cohort.from_records(PEOPLE), policy)
        forbidden = int((matrix != matrix).sum())
        if note.endswith("every pair"):
            assert forbidden == 4
        elif note.endswith("nothing"):
            assert forbidden == 0
        else:
            assert (matrix[1] != matrix[1]).all()


@pytest.mark.parametrize(
    "rule",
    [
        {"kind": "different", "field": "department"},
        {"kind": "require", "of": "mentee", "field": "location", "known": True},
        {"kind": "avoids"},
    ],
)
def test_a_rule_on_columns_that_hold_something_needs_no_note(rule: dict[str, Any]) -> None:
    assert told({"rules": [rule]}) == []


def test_few_who_fill_a_column_are_told_of_where_others_are_let_pass() -> None:
    people = [*PEOPLE, *({"id": f"e{number}", "role": "mentee"} for number in range(3, 9))]
    rule = {"kind": "same", "field": "department", "if_unknown": "allow"}
    assert told({"rules": [rule]}, people) == [
        "rules[0]: only 4 of 10 people fill 'department', and the rule binds no others"
    ]
    assert told({"rules": [rule]}) == []


@pytest.mark.parametrize(
    ("managers", "note"),
    [
        (["m1", None, None, None], None),
        (["m1", "X9", None, None], "the manager of 1 person is not in the file; the rule on reporting lines cannot protect them"),
        (["m1", "X9", "X9", None], "the managers of 2 people are not in the file; the rule on reporting lines cannot protect them"),
        (["X9", "X9", None, None], "no manager_id is the id of anybody in the file: the reporting-line rule protects nobody; does the column hold names instead of ids?"),
    ],
)  # fmt: skip
def test_whom_a_rule_on_reporting_lines_cannot_protect(managers: list[str | None], note: str | None) -> None:
    people = [
        {**person, "manager_id": manager} for person, manager in zip(reversed(PEOPLE), managers, strict=True)
    ]
    assert told({"rules": [{"kind": "not_in_reporting_line"}]}, people) == ([] if note is None else [note])
    assert told({"rules": []}, people) == []


@pytest.mark.parametrize(
    ("quota", "note"),
    [
        ({"kind": "share", "of": {"kind": "different", "field": "location"}, "at_least": 0.1}, "nobody fills 'location', so that no duo counts"),
        ({"kind": "share", "of": {"kind": "same", "field": "team"}, "at_least": 0.1}, "no mentor fills 'team', so that no duo counts"),
        ({"kind": "count", "where": {"mentee.department": "Legal"}, "at_least": 1}, "nobody has 'Legal' in mentee.department"),
        ({"kind": "count", "where": {"mentor.grade": 9}, "at_least": 1}, "nobody has '9' in mentor.grade"),
        ({"kind": "each", "by": "mentor.team", "at_most": 1}, "no mentor fills 'team', so that there are no groups to count"),
    ],
)  # fmt: skip
def test_a_quota_that_counts_nobody(quota: dict[str, Any], note: str) -> None:
    assert told({"quotas": [quota]}) == [f"quotas[0]: {note}"]


@pytest.mark.parametrize(
    ("rules", "notes"),
    [
        ([{"kind": "require", "of": "both", "field": "department", "equals": "Legal"}], ["rules[0]: forbids every pair, so that no duo is possible"]),
        ([{"kind": "same", "field": "department"}, {"kind": "different", "field": "department"}], ["no duo is possible: the rules together forbid every pair"]),
        ([{"kind": "minimum_score", "at_least": 0.99}], ["rules[0]: forbids every pair, so that no duo is possible"]),
    ],
)  # fmt: skip
def test_no_duo_says_what_forbids_all(rules: list[dict[str, Any]], notes: list[str]) -> None:
    matching = rm.match(rm.Cohort.from_records(PEOPLE), rm.Policy(criteria=SKILLS, rules=rules))
    assert not matching.duos
    after = [str(note) for note in matching.notes if note.code == "no-duo"]
    assert after == notes


def test_no_place_on_one_side() -> None:
    people = [{**person, "capacity": 0} if person["role"] == "mentor" else person for person in PEOPLE]
    matching = rm.match(rm.Cohort.from_records(people), rm.Policy(criteria=SKILLS))
    assert [str(note) for note in matching.notes] == ["no duo is possible: one of the two sides has no place"]


def test_people_without_any_partner_are_counted_by_rule() -> None:
    rules = [{"kind": "avoids"}, {"kind": "require", "of": "mentor", "field": "department", "equals": "IT"}]
    matching = rm.match(rm.Cohort.from_records(PEOPLE), rm.Policy(criteria=SKILLS, rules=rules))
    assert [str(note) for note in matching.notes] == [
        "rules[1]: 1 person has no allowed partner: this rule forbids all or most of their pairs"
    ]


FILE = "id,role,offers,seeks,gender\nm,mentor,Python,,F\ne,mentee,,Python,M\n"
POLICY = (
    '{"criteria": [{"kind": "coverage", "name": "skills", "weight": 1}],'
    ' "rules": [{"kind": "shared", "field": "languages"}]}'
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "people.csv").write_text(FILE)
    (tmp_path / "policy.json").write_text(POLICY)
    return tmp_path


def run(*arguments: str):
    return CliRunner().invoke(app, list(arguments))


def test_no_duo_with_exit_code_0_has_its_word(folder: Path) -> None:
    done = run("match", "people.csv", "--policy", "policy.json", "--out", "m.html")
    assert done.exit_code == 0
    notes = [line for line in done.stderr.splitlines() if line.startswith("note:")]
    assert notes == [
        "note: rules[0]: nobody fills 'languages', so that the rule forbids every pair",
        "note: rules[0]: forbids every pair, so that no duo is possible",
    ]
    page = (folder / "m.html").read_text("utf-8")
    assert "Worth knowing" in page
    assert "so that the rule forbids every pair" in page


def test_notes_are_told_where_no_matching_can_be(folder: Path) -> None:
    (folder / "policy.json").write_text(
        '{"quotas": [{"kind": "share", "of": {"kind": "same", "field": "location"}, "at_least": 0.5}]}'
    )
    done = run("match", "people.csv", "--policy", "policy.json")
    assert done.exit_code == 3
    assert "note: quotas[0]: nobody fills 'location', so that no duo counts" in done.stderr


def test_in_french(folder: Path) -> None:
    done = run("match", "people.csv", "--policy", "policy.json", "--lang", "fr", "--out", "m.html")
    text = " ".join(done.stderr.split())
    assert "rules[0] : personne n’a rempli « languages », si bien que la règle interdit toutes les" in text
    assert "rules[0] : interdit toutes les paires, si bien qu’aucun duo n’est possible" in text
    assert "À savoir" in (folder / "m.html").read_text("utf-8")


def test_strict_makes_notes_faults_on_every_command(folder: Path) -> None:
    assert run("match", "people.csv", "--policy", "policy.json", "--out", "m.json").exit_code == 0
    strict = run("match", "people.csv", "--policy", "policy.json", "--strict", "--out", "strict.json")
    assert strict.exit_code == 2
    assert strict.stderr.splitlines()[-1].startswith("rules[0]: nobody fills 'languages'")
    assert not (folder / "strict.json").exists()
    for command in (
        ("plan", "people.csv", "--rounds", "2", "--policy", "policy.json"),
        ("rotate", "m.json", "people.csv", "--on", "2026-12-01"),
    ):
        assert run(*command).exit_code == 0, command
        assert run(*command, "--strict").exit_code == 2, command


def test_strict_makes_notes_on_people_faults_on_every_command(folder: Path) -> None:
    (folder / "policy.json").write_text('{"criteria": [{"kind": "coverage", "name": "skills", "weight": 1}]}')
    assert run("match", "people.csv", "--policy", "policy.json", "--strict", "--out", "m.json").exit_code == 0
    (folder / "people.csv").write_text(FILE.replace("gender", "goals").replace("F", "N/A"))
    (folder / "feedback.csv").write_text("mentor,mentee,by,on,satisfaction\nm,e,mentor,2026-10-01,4\n")
    assert run("match", "people.csv", "--policy", "policy.json", "--out", "m.json").exit_code == 0
    for command in (
        ("match", "people.csv", "--policy", "policy.json"),
        ("look", "people.csv"),
        ("verify", "m.json", "people.csv"),
        ("explain", "m.json", "people.csv", "--why", "m"),
        ("plan", "people.csv", "--rounds", "1", "--policy", "policy.json"),
        ("amend", "m.json", "people.csv"),
        ("rotate", "m.json", "people.csv", "--on", "2026-12-01"),
        ("review", "m.json", "people.csv", "--feedback", "feedback.csv"),
    ):
        done = run(*command)
        assert done.exit_code == 0, (command, done.stderr)
        assert run(*command, "--strict").exit_code == 2, command


def test_notes_on_what_is_asked_as_far_as_possible() -> None:
    people = [
        {"id": "m", "role": "mentor", "offers": "Python:5"},
        {"id": "e", "role": "mentee", "seeks": "SQL"},
    ]
    cohort = rm.Cohort.from_records(people)
    terms = [{"skill": "Cobol", "needs": [{"skill": "Snakes"}]}]
    data = {"as_far_as_possible": {"kind": "any_of", "conditions": [
        {"kind": "teaches", "skills": terms}, {"kind": "different", "field": "department"}]}}  # fmt: skip
    told = [str(note) for note in policy_notes(rm.Policy.from_data(data), cohort) if note.column]
    place = "as_far_as_possible.conditions"
    assert told == [
        f"{place}[0]: nobody offers or seeks 'Cobol'",
        f"{place}[0]: nobody offers or seeks 'Snakes'",
        f"{place}[1]: nobody fills 'department', so that no duo is known to lack it",
    ]
    known = rm.Policy.from_data({**data, "synonyms": {"Python": ["Snakes"], "SQL": ["Cobol"]}})
    assert [note for note in policy_notes(known, cohort) if "offers or seeks" in note.message] == []
