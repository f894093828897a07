"""Files of scores on the command line: beside the policy, beside the matching, or by ``--table``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.views.cli.main import app
from reverse_match.views.words.french_faults import WORDS

if TYPE_CHECKING:
    from pathlib import Path

PEOPLE = "id,role\nlea,mentor\ntom,mentor\nada,mentee\nzoe,mentee\n"
SCORES = "mentor,mentee,value\nlea,ada,4\nlea,zoe,1\ntom,ada,3\ngone,zoe,2\ntom,zoe,forbidden\n"
POLICY = {"criteria": [{"kind": "table", "name": "interview", "weight": 1, "file": "scores.csv"}]}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "people.csv").write_text(PEOPLE)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules/scores.csv").write_text(SCORES)
    (tmp_path / "rules/policy.json").write_text(json.dumps(POLICY))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, list(arguments))


def matched(*more: str) -> None:
    made = run(
        "match", "people.csv", "--policy", "rules/policy.json", "--out", "elsewhere/matching.json", *more
    )
    assert made.exit_code == 0, made.stderr


def test_a_file_is_found_beside_the_policy(folder: Path) -> None:
    made = run("match", "people.csv", "--policy", "rules/policy.json", "--format", "json", "--lang", "en")
    assert made.exit_code == 0
    data = json.loads(made.stdout)
    assert [(duo["mentor"], duo["mentee"], duo["score"]) for duo in data["duos"]] == [
        ("lea", "zoe", 0.0),
        ("tom", "ada", 0.666667),
    ]
    assert data["policy"]["criteria"][0].keys() == {"kind", "name", "weight", "file", "sha256"}
    assert [line for line in made.stderr.splitlines() if line.startswith("note")] == [
        "note: criteria[0]: table 'interview': 1 of 5 pairs name somebody who is not among these people, and do "
        "not count",
        "note: criteria[0]: table 'interview': its lowest value counts 0 and its highest counts 1, as no scale is "
        "stated",
        "note: criterion 'interview' is known for 3 of 4 pairs; every other pair counts the mean",
    ]
    french = run("match", "people.csv", "--policy", "rules/policy.json", "--lang", "fr").stderr
    assert "remarque" in french
    assert "known" not in french
    assert "counts" not in french


def test_verify_finds_the_file_beside_the_policy_or_the_matching(folder: Path) -> None:
    matched()
    assert (
        run("verify", "elsewhere/matching.json", "people.csv", "--policy", "rules/policy.json").exit_code == 0
    )
    missing = run("verify", "elsewhere/matching.json", "people.csv", "--lang", "en")
    assert (missing.exit_code, missing.stdout) == (2, "")
    assert missing.stderr == (
        "the scores called 'interview' are not at hand, and no file 'scores.csv' is; right would be "
        'tables={"interview": ...}, or on the command line --table "interview=FILE"\n'
    )
    given = run("verify", "elsewhere/matching.json", "people.csv", "--table", "interview=rules/scores.csv")
    assert given.exit_code == 0
    (folder / "elsewhere/scores.csv").write_text(SCORES)
    assert run("verify", "elsewhere/matching.json", "people.csv").exit_code == 0
    (folder / "elsewhere/scores.csv").write_text(SCORES.replace("ada,3", "ada,2"))
    other = run("verify", "elsewhere/matching.json", "people.csv")
    assert other.exit_code == 4
    assert "other data for 'interview' than the policy states" in other.stderr
    assert (
        run("verify", "elsewhere/matching.json", "people.csv", "--policy", "rules/policy.json").exit_code == 0
    )
    (folder / "scores.csv").write_text(SCORES)  # beside the people
    assert run("verify", "elsewhere/matching.json", "people.csv").exit_code == 0


def test_a_changed_file_beside_the_policy_fails_verification(folder: Path) -> None:
    matched()
    (folder / "rules/scores.csv").write_text(SCORES.replace("ada,4", "ada,3"))
    changed = run("verify", "elsewhere/matching.json", "people.csv", "--policy", "rules/policy.json")
    assert changed.exit_code == 4


def test_explain_amend_rotate_and_plan(folder: Path) -> None:
    matched()
    stored, table = "elsewhere/matching.json", ("--table", "interview=rules/scores.csv")
    asked = ("explain", stored, "people.csv", "--mentor", "tom", "--mentee", "zoe", "--lang", "en")
    assert run(*asked).exit_code == 2
    assert "Ruled out by: table of scores (interview)." in run(*asked, *table).stdout
    amended = run(
        "amend", stored, "people.csv", "--forbid", "lea=zoe", "--out", "elsewhere/next.json", *table
    )
    assert amended.exit_code == 0, amended.stderr
    assert run("verify", "elsewhere/next.json", "people.csv", *table).exit_code == 0
    rotated = run(
        "rotate",
        stored,
        "people.csv",
        "--on",
        "2027-01-01",
        "--early",
        "--out",
        "elsewhere/round.json",
        *table,
    )
    assert rotated.exit_code == 0, rotated.stderr
    assert run("verify", "elsewhere/round.json", "people.csv", *table).exit_code == 0
    planned = run(
        *(
            "plan",
            "people.csv",
            "--rounds",
            "2",
            "--policy",
            "rules/policy.json",
            "--out",
            "elsewhere/plan.json",
        )
    )
    assert planned.exit_code == 0, planned.stderr
    assert run("verify", "elsewhere/plan.json", "people.csv").exit_code == 2
    assert run("verify", "elsewhere/plan.json", "people.csv", *table).exit_code == 0


def test_tables_from_options(folder: Path) -> None:
    (folder / "bare.json").write_text(
        json.dumps({"criteria": [{"kind": "table", "name": "interview", "weight": 1}]})
    )
    bare = ("match", "people.csv", "--policy", "bare.json")
    assert run(*bare).exit_code == 2
    assert run(*bare, "--table", "interview=rules/scores.csv").exit_code == 0
    assert "right would be NAME=FILE" in run(*bare, "--table", "interview").stderr
    near = run(*bare, "--table", "intervew=rules/scores.csv", "--lang", "en")
    assert (near.exit_code, "did you mean 'interview'?" in near.stderr) == (2, True)
    assert run(*bare, "--table", "interview=nowhere.csv").exit_code == 2
    refused = run(*bare, "--table", "interview=rules/scores.csv", "--out", "rules/scores.csv")
    assert refused.exit_code == 2
    assert (folder / "rules/scores.csv").read_text() == SCORES


FAULTS = {
    "mentor,mentee,value\nlea,ada,x\n": 1,
    "mentor,mentee,value\nlea,ada,NULL\n": 1,
    "mentor,mentee,value\n,ada,1\n": 1,
    "mentor,mentee,value\nlea,ada,1\nlea,ada,0\n": 1,
    "mentor,mentee,value\nlea,ada,5\ntom,ada,5\n": 1,
    "mentor,mentee,value\nlea,ada,0.1234\nlea,zoe,0.2345\ntom,zoe,1e12\n": 1,
    "mentor,mentee,a,b\nlea,ada,1,1\n": 1,
    "a,b\nlea,ada\n": 1,
    "mentor,mentee,value\nx,y,1\n": 1,
    "mentor,mentee,value\nada,lea,1\n": 1,
    "mentor,ada,zoe\nlea,1\n": 1,
    "mentor,ada\nlea,1\nlea,0\n": 1,
}


@pytest.mark.parametrize("text", FAULTS)
def test_faults_of_files_are_said_in_both_languages(text: str, folder: Path) -> None:
    (folder / "rules/scores.csv").write_text(text)
    with pytest.raises(rm.InputError) as caught:
        rm.match(rm.read_cohort("people.csv"), rm.Policy.load("rules/policy.json"))
    assert len(caught.value.faults) == FAULTS[text]
    assert all(fault.code != "invalid" and WORDS.say(fault.message) for fault in caught.value.faults)
    english, french = (
        run("match", "people.csv", "--policy", "rules/policy.json", "--lang", lang) for lang in ("en", "fr")
    )
    assert english.exit_code == french.exit_code == 2
    assert english.stderr != french.stderr
    assert "right would" not in french.stderr
