"""The command ``circles``, and the commands that take what it writes."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.views.cli.main import app

if TYPE_CHECKING:
    from pathlib import Path

PEOPLE = """id,role,name,department,gender,capacity
m1,mentor,Léa Martin,it,f,2
m2,mentor,Tom Roux,sales,m,1
e1,mentee,Ada,it,f,1
e2,mentee,Bob,sales,m,1
e3,mentee,Eve,finance,f,1
e4,mentee,Max,it,m,1
e5,mentee,Zoe,sales,f,0
"""
POLICY = '[circles]\nmentees = "2..3"\n[[circles.within]]\nkind = "different"\nfield = "department"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "people.csv").write_text(PEOPLE, "utf-8")
    (tmp_path / "policy.toml").write_text(POLICY, "utf-8")
    return tmp_path


def _run(folder: Path, *words: str, code: int = 0) -> tuple[str, str]:
    done = CliRunner().invoke(app, [word.replace("@", f"{folder}/") for word in words])
    assert done.exit_code == code, done.output
    return done.stdout, done.stderr


CIRCLES = ("circles", "@people.csv", "--policy", "@policy.toml")


def test_circles_are_printed_with_names_and_their_proof(folder: Path) -> None:
    shown, noted = _run(folder, *CIRCLES, "--lang", "en")
    assert "Léa Martin" in shown
    assert "2 circles with 6 people" in shown
    assert "Proved optimal" in shown
    assert "sits out: capacity 0" in shown
    assert "1 capacity is above 1; everybody is in at most one circle in a role" in noted
    french, noted = _run(folder, *CIRCLES, "--lang", "fr")
    assert "2 cercles pour 6 personnes" in french
    assert "Optimalité prouvée" in french
    assert "1 capacité est supérieure à 1" in noted
    assert "Léa" not in _run(folder, *CIRCLES, "--anonymous")[0]


@pytest.mark.parametrize("ending", ["json", "csv", "html", "xlsx"])
def test_circles_are_written(folder: Path, ending: str) -> None:
    _run(folder, *CIRCLES, "--out", f"@out.{ending}")
    assert (folder / f"out.{ending}").stat().st_size > 100
    again = (folder / f"out.{ending}").read_bytes()
    _run(folder, *CIRCLES, "--out", f"@out.{ending}")
    assert (folder / f"out.{ending}").read_bytes() == again


def test_csv_has_a_row_for_each_member(folder: Path) -> None:
    shown, _ = _run(folder, *CIRCLES, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(shown)))
    assert sorted(row["id"] for row in rows) == ["e1", "e2", "e3", "e4", "m1", "m2"]
    assert {row["circle"] for row in rows} == {"1", "2"}
    _run(folder, *CIRCLES, "--out", "@out.csv", "--csv-for", "fr", "--lang", "fr")
    assert (folder / "out.csv").read_text("utf-8-sig").startswith("Cercle;Rôle;Identifiant;Nom;")


def test_what_is_written_verifies_and_keeps_pairs_apart(folder: Path) -> None:
    _run(folder, *CIRCLES, "--out", "@first.json")
    shown, _ = _run(
        folder, "verify", "@first.json", "@people.csv", "--policy", "@policy.toml", "--lang", "en"
    )
    assert shown.startswith("Verified.\n2 circles with 6 people")
    _, noted = _run(folder, "verify", "@first.json", "@people.csv", "--lang", "en")
    assert "the policy was taken from the circles" in noted
    _run(folder, *CIRCLES, "--past", "@first.json", "--out", "@second.json")
    first, second = (
        rm.CircleMatching.from_json((folder / f"{name}.json").read_bytes()) for name in ("first", "second")
    )
    met = {(pair.mentor, pair.mentee) for circle in first.circles for pair in circle.pairs}
    assert met.isdisjoint((pair.mentor, pair.mentee) for circle in second.circles for pair in circle.pairs)
    data = json.loads((folder / "first.json").read_text("utf-8"))
    data["total"] = 0.5
    (folder / "first.json").write_text(json.dumps(data), "utf-8")
    _, told = _run(folder, "verify", "@first.json", "@people.csv", "--lang", "fr", code=4)
    assert "la somme des scores des cercles" in told


def test_faults_have_their_exit_codes(folder: Path) -> None:
    _, told = _run(folder, "circles", "@people.csv", "--lang", "en", code=2)
    assert 'circles: says nothing of circles; right would be circles = {mentees = "3..6"}' in told
    _, told = _run(folder, "circles", "@people.csv", "--lang", "fr", code=2)
    assert "rien n’y est dit des cercles" in told
    (folder / "other.json").write_text("{}", "utf-8")
    _, told = _run(folder, *CIRCLES, "--past", "@other.json", "--lang", "fr", code=2)
    assert "ni des cercles, ni une répartition, ni un historique" in told
    fixed = '[circles]\nmentees = 3\n[[rules]]\nkind = "fix"\npairs = [["m1", "e1"]]\n[[rules]]\n'
    never = 'kind = "require"\nof = "mentee"\nfield = "department"\nequals = "it"\n'
    (folder / "policy.toml").write_text(fixed + never, "utf-8")
    _, told = _run(folder, *CIRCLES, "--lang", "fr", code=3)
    assert "les duos imposés ne peuvent pas être dans des cercles" in told


def test_a_match_says_that_it_does_not_look_at_circles(folder: Path) -> None:
    _, noted = _run(folder, "match", "@people.csv", "--policy", "@policy.toml", "--lang", "en")
    assert "circles are formed by reverse-match circles" in noted


def test_the_schema_describes_what_is_written(folder: Path) -> None:
    schema = json.loads(_run(folder, "schema", "circles")[0])
    data = json.loads(_run(folder, *CIRCLES, "--format", "json")[0])
    assert set(data) <= set(schema["properties"])
    assert schema["properties"]["circles"]["description"]
    required = set(schema["required"])
    assert required <= set(data)
    policy = json.loads(_run(folder, "schema", "policy")[0])
    assert "circles" in policy["properties"]


def test_a_page_says_who_is_in_which_circle_and_runs_nothing(folder: Path) -> None:
    page, _ = _run(folder, *CIRCLES, "--format", "html", "--lang", "fr")
    assert page.startswith('<!DOCTYPE html>\n<html lang="fr">')
    assert "Léa Martin" in page
    assert "Cercles du programme de mentorat inversé" in page
    assert "<script" not in page
