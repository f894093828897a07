"""Pseudonyms: nobody is named, the same key gives the same ones, and everything still verifies."""

from __future__ import annotations

import hashlib
import hmac
import json
import stat
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.programme.format_words import KEYS_THAT_ARE_IDS, VALUES_THAT_ARE_WORDS
from reverse_match.views.cli.main import app

KEY = "a secret of this programme"
COHORT = rm.read_cohort(rm.demo_path())
ENOUGH = {"kind": "share", "of": {"kind": "different", "field": "department"}, "at_least": 0.6}


def texts(*records: Any) -> str:
    people = [one.participants if isinstance(one, rm.Cohort) else (one,) for one in records]
    return " ".join(part.model_dump_json() for parts in people for part in parts)


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"spread": "mentors", "quotas": [ENOUGH]},
        {
            "objective": "max_min",
            "quotas": [ENOUGH],
            "rules": [{"kind": "fix", "pairs": [["adam.levy", "anne.girard"]]}],
        },
        {"objective": "total", "credits": [{"name": "x", "points": 0.1, "mentors": ["adam.levy"]}]},
    ],
)
def test_what_is_written_names_nobody_and_verifies(said: dict[str, Any]) -> None:
    matching = rm.match(COHORT, rm.Policy(**said))
    pair = next((duo.mentor, duo.mentee) for duo in matching.duos if not duo.fixed)
    amended = rm.amend(matching, COHORT, forbid=[pair], author="adam.levy", reason="asked by anne.girard")
    second = rm.rotate(amended, COHORT, on="2027-05-01")
    history = rm.History().with_round(amended, until="2027-05-01")
    first, further, past, people = rm.pseudonymise(KEY, amended, second, history, COHORT)
    written = texts(first, further, past, people)
    assert not [one.id for one in COHORT.participants if f'"{one.id}"' in written]
    assert not [one.name for one in COHORT.participants if one.name and one.name in written]
    rm.verify(first, people)
    (alone, later) = rm.pseudonymise(KEY, second, second.people)
    rm.verify(alone, later)
    assert past.number_of(first) == 1
    assert further.rotation.previous == first.sha256
    assert first.total == amended.total


def test_a_pseudonym_is_the_keyed_hash_of_the_id() -> None:
    (people,) = rm.pseudonymise(KEY, COHORT)
    expected = {
        "p-" + hmac.new(KEY.encode(), one.id.encode(), hashlib.sha256).hexdigest()[:16]
        for one in COHORT.participants
    }
    assert {one.id for one in people.participants} == expected
    (other,) = rm.pseudonymise(KEY + "!", COHORT)
    assert expected.isdisjoint(one.id for one in other.participants)
    (twice,) = rm.pseudonymise(KEY.encode(), COHORT)
    assert twice == people


def test_columns_that_nothing_uses_are_left_out() -> None:
    people = [
        {"id": name, "role": role, "hobby": "chess", "floor": "3"}
        for name, role in (("lea", "mentor"), ("ada", "mentee"))
    ]
    cohort = rm.Cohort.from_records(people)
    policy = rm.Policy(rules=[{"kind": "same", "field": "floor"}])
    _, known = rm.pseudonymise(KEY, rm.match(cohort, policy), cohort)
    assert {tuple(one.attributes) for one in known.participants} == {("floor",)}


def test_answers_lose_their_comments() -> None:
    said = {"mentor": "lea", "mentee": "ada", "on": "2027-01-01", "by": "mentor", "wish": "continue"}
    feedback = rm.Feedback.from_records([{**said, "comment": "Ada is great"}])
    (answers,) = rm.pseudonymise(KEY, feedback)
    assert answers.records[0].comment is None
    assert answers.records[0].wish == "continue"
    assert answers.records[0].mentor.startswith("p-")


@pytest.mark.parametrize(("key", "told"), [("short", "too short a key"), (b"", "too short a key")])
def test_a_key_that_could_be_guessed_is_refused(key: Any, told: str) -> None:
    with pytest.raises(rm.InputError, match=told):
        rm.pseudonymise(key, COHORT)


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, code: int = 0) -> Any:
        done = CliRunner().invoke(app, list(arguments), env={"COLUMNS": "200"})
        assert done.exit_code == code, done.stdout + done.stderr
        return done

    run("demo", "--save", "people.csv")
    run("match", "people.csv", "--out", "m.json")
    asked = ("m.json", "people.csv", "--key", "key.txt", "--out-dir", "out")
    done = run("pseudonymise", *asked, "--lang", "fr")
    assert "personnes ont un pseudonyme dans m.json et people-pseudonyms.json" in done.stdout.replace(
        "\u202f", " "
    )
    if sys.platform != "win32":
        assert stat.S_IMODE(Path("key.txt").stat().st_mode) == 0o600
    assert len(Path("key.txt").read_text().strip()) == 64
    first = Path("out/m.json").read_bytes()
    assert b"adam.levy" not in first + Path("out/people-pseudonyms.json").read_bytes()
    run("verify", "out/m.json", "out/people-pseudonyms.json")
    run("pseudonymise", *asked)
    assert Path("out/m.json").read_bytes() == first
    assert json.loads(first)["digests"]["file"] is None
    Path("key.txt").write_text("no")
    assert "too short a key" in run("pseudonymise", *asked, code=2).stderr
    run("pseudonymise", *asked[:4], "--out-dir", ".", code=2)


WORDS = ["gap", "total", "sha256", "duos", "score", "mentor", "mentor_prices", "strong", "waited", "role"]
"""Words of the stored format that somebody could have as an id."""


def people_called_like_words() -> rm.Cohort:
    records = [
        {
            "id": word,
            "role": "mentor" if place % 2 else "mentee",
            "age": 25 + 3 * place,
            "offers": "AI",
            "seeks": "Go",
        }
        for place, word in enumerate(WORDS)
    ]
    return rm.Cohort.from_records(records)


def test_ids_may_be_words_of_the_format() -> None:
    cohort = people_called_like_words()
    matching = rm.match(cohort)
    made, people = rm.pseudonymise(KEY, matching, cohort)
    rm.verify(made, people)
    assert len(made.duos) == len(matching.duos)
    assert sorted(duo.score for duo in made.duos) == sorted(duo.score for duo in matching.duos)
    assert not {one.id for one in people.participants} & {*WORDS}


@pytest.mark.parametrize("word", WORDS)
def test_somebody_is_forgotten_whose_id_is_a_word_of_the_format(word: str) -> None:
    cohort = people_called_like_words()
    matching, people = rm.forget(word, rm.match(cohort), cohort)
    assert word not in {one.id for one in people.participants}
    assert {word} & {person for duo in matching.duos for person in (duo.mentor, duo.mentee)} == set()
    assert {*matching.certificate.mentor_prices, *matching.certificate.mentee_prices} <= {
        one.id for one in people.participants
    } | {*matching.forgotten}
    with pytest.raises(rm.VerificationError) as caught:
        rm.verify(matching, people)
    assert caught.value.is_incomplete


def test_every_field_that_holds_words_alone_is_known() -> None:
    """A field of the format with a fixed list of values is none in which ids are looked for."""
    found = set()
    for kind in (rm.Matching, rm.History, rm.RotationPlan, rm.Policy):
        schema = kind.model_json_schema(mode="serialization")
        for part in (schema, *schema.get("$defs", {}).values()):
            found |= {name for name, field in part.get("properties", {}).items() if "enum" in field}
    assert found - {"reason"} <= VALUES_THAT_ARE_WORDS | {"known", "reached", "schema_version"}


def test_every_mapping_of_the_format_is_by_id_or_known_not_to_be() -> None:
    by_other = {
        "blocked_by",
        "contributions",
        "credits",
        "matters_most",
        "weights",
        "scales",
        "synonyms",
        "where",
    }
    for kind in (rm.Matching, rm.History, rm.RotationPlan, rm.CircleMatching, rm.Policy):
        schema = kind.model_json_schema(mode="serialization")
        for part in (schema, *schema.get("$defs", {}).values()):
            found = {
                name for name, field in part.get("properties", {}).items() if "additionalProperties" in field
            }
            assert found <= by_other | KEYS_THAT_ARE_IDS


PEOPLE_WHO_NAME_OTHERS: list[dict[str, Any]] = [
    {"id": "lea.m", "role": "mentor", "name": "Léa Martin", "email": "lea@example.org", "offers": "Python"},
    {
        "id": "ada", "role": "mentee", "team": ["lea.m", "bo"], "buddy": "lea.m", "goals": ["work with Léa Martin", "AI"],
        "prefers": "manager_id=lea.m:no;id!=lea.m|bo:must;department=lea.m:maybe", "department": "Team MARTIN Léa",
    },
    {"id": "bo", "role": "mentor", "location": "beside lea@example.org"},
]  # fmt: skip


def test_no_column_of_the_people_names_anybody() -> None:
    (people,) = rm.pseudonymise(KEY, rm.Cohort.from_records(PEOPLE_WHO_NAME_OTHERS))
    written = texts(people)
    for word in ("lea", "Léa", "MARTIN", '"bo"', "|bo"):
        assert word not in written
    (ada,) = (one for one in people.participants if one.role == "mentee")
    others = sorted(one.id for one in people.participants if one.role == "mentor")
    assert sorted(ada.attributes["team"]) == others
    assert set(ada.goals) == {"***", "AI"}
    rm.Cohort.from_records(
        [one.model_dump(mode="json", exclude={"attributes"}) for one in people.participants]
    )


def test_nobody_names_who_was_forgotten() -> None:
    (people,) = rm.forget("lea.m", rm.Cohort.from_records(PEOPLE_WHO_NAME_OTHERS))
    written = texts(people)
    for word in ("lea", "Léa", "MARTIN"):
        assert word not in written
    (ada,) = (one for one in people.participants if one.id == "ada")
    assert ada.attributes["team"] == ("bo",)
    assert "AI" in ada.goals
