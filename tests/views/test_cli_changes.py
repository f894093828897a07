"""The command ``amend --changes``: the page's own example, files as they are, and who returns."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.views.cli.main import app

PAGE = (Path(__file__).parents[2] / "docs" / "amending.md").read_text("utf-8")


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, list(arguments), env={"COLUMNS": "200"})


def stored(name: str) -> rm.Matching:
    return rm.Matching.from_json(Path(name).read_bytes())


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    people, changes = (re.search(rf"^```{kind}\n(.*?)^```", PAGE, re.M | re.S) for kind in ("csv", "text"))
    assert people is not None
    assert changes is not None
    Path("people.csv").write_text(people[1])
    Path("changes.csv").write_text(changes[1])
    assert run("match", "people.csv", "--out", "matching.json").exit_code == 0


def test_the_commands_of_the_page() -> None:
    commands = re.search(r"^```sh\n(.*?)^```", PAGE, re.M | re.S)
    assert commands is not None
    for line in commands[1].splitlines():
        words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', line)]
        assert words[0] == "reverse-match"
        done = run(*words[1:])
        assert done.exit_code == 0, done.stderr
    entry = stored("amended.json").log[-1]
    assert [one.kind for one in entry.logged] == ["declined", "corrected", "left", "joined", "corrected"]
    people = {one.id: one for one in rm.read_cohort("people-2.csv").participants}
    assert people["lea"].capacity == 2
    assert people["zoe"].seeks == {"SQL": 2}
    assert set(people) == {"lea", "tom", "eva", "ada", "zoe", "noa"}


def test_a_french_workbook_and_the_headings_of_each_file() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["Numéro", "Changement", "Partenaire", "Motif", "Recherche"],
        ["ada", "refuse", "lea", "pas le temps", None],
        ["zoe", "corrige", None, "elle chante", "Python"],
    ):
        sheet.append(row)
    book.save("changements.xlsx")
    done = run(
        *("amend", "matching.json", "people.csv", "--changes", "changements.xlsx", "--lang", "fr"),
        *("--map", "Numéro=id", "--map", "Recherche=seeks", "--out", "new.json", "--people-out", "new.csv"),
    )
    assert done.exit_code == 0, done.stderr
    assert "1 motif ou commentaire en texte libre non repris dans le journal" in done.stderr
    assert "chante" not in Path("new.json").read_text()
    assert [one.reason for one in stored("new.json").log[-1].logged] == ["no_time", "other"]
    assert run("verify", "new.json", "new.csv").exit_code == 0


def test_who_returns_has_the_record_of_a_file_that_still_has_them() -> None:
    Path("changes.csv").write_text("id,change\nmax,leave\n")
    arguments = ("--changes", "changes.csv", "--out", "away.json", "--people-out", "away.csv")
    assert run("amend", "matching.json", "people.csv", *arguments).exit_code == 0
    Path("changes.csv").write_text("id,change\nmax,return\n")
    back = ("amend", "away.json", "away.csv", "--changes", "changes.csv")
    failed = run(*back)
    assert failed.exit_code == 2
    assert "changes.csv, row 2, column 'role': no record to return with" in failed.stderr
    done = run(*back, "--returning", "people.csv", "--out", "back.json", "--people-out", "back.csv")
    assert done.exit_code == 0, done.stderr
    assert stored("back.json").log[-1].logged[0].kind == "returned"
    assert {duo.mentee for duo in stored("back.json").duos} == {"ada", "zoe", "max"}
    assert run("verify", "back.json", "back.csv").exit_code == 0


def test_a_signed_log_without_a_signature() -> None:
    Path("policy.json").write_text('{"log": "signed"}')
    Path("changes.csv").write_text("id,change,reason\nmax,leave,no time\n")
    assert run("match", "people.csv", "--policy", "policy.json", "--out", "signed.json").exit_code == 0
    asked = ("amend", "signed.json", "people.csv", "--changes", "changes.csv", "--out", "new.json")
    done = run(*asked)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "author: missing, and the policy asks for a signed log" in done.stderr
    assert not Path("new.json").exists()
    assert run(*asked, "--author", "Ada").exit_code == 0


def test_faults_in_french_have_the_row_and_the_heading() -> None:
    Path("changes.csv").write_text("Matricule;Changement\nada;chante\n")
    done = run("amend", "matching.json", "people.csv", "--changes", "changes.csv", "--lang", "fr")
    assert done.exit_code == 2
    assert "changes.csv, ligne 2, colonne" in done.stderr
    assert "Changement" in done.stderr
    assert "changement inconnu" in done.stderr


def test_a_reading_holds_for_whichever_file_has_the_heading() -> None:
    people = Path("people.csv").read_text()
    Path("week1.csv").write_text(people.replace("id,role", "Badge,role", 1))
    Path("changes.csv").write_text("Badge,change\nmax,wait\n")
    assert run("look", "week1.csv", "--map", "Badge=id", "--out", "reading.toml").exit_code == 0
    told = ("--changes", "changes.csv", "--reading", "reading.toml")
    done = run("amend", "matching.json", "week1.csv", *told, "--out", "w2.json")
    assert done.exit_code == 0, done.stderr
    assert stored("w2.json").log[-1].waiting == ("max",)
