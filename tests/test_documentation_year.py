"""The year of a programme: each command of the English page runs as it stands, and who was erased is nowhere."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from reverse_match.views.cli.main import app
from test_documentation_french import FOLDER, blocks, prepare, save, words

PAGE = Path(__file__).parents[1] / "docs" / "a-year.md"
CSV = ("people.csv", "before.csv", "changes.csv", "answers.csv", "decisions.csv")

KEPT = {
    # what people wrote themselves, and files from before the records were erased, which `forget` was not given
    *("people.csv", "changes.csv", "decisions.csv", "people-2.csv"),
    *("personnes.csv", "changements.csv", "personnes-2.csv"),
    *("feedback.xlsx", "to-decide.xlsx", "held.csv", "retours.xlsx", "a-decider.xlsx", "seances.csv"),
}


def run(page: Path) -> str:
    """Run the commands of a page in the present folder, and return all that they print."""
    printed = ""
    for text in blocks(page, "sh"):
        for line in text.splitlines():
            result = CliRunner().invoke(app, shlex.split(line)[1:])
            assert result.exit_code == 0, (line, result.stderr)
            printed += result.stdout + result.stderr
    return printed


def names_somebody(folder: Path, name: str) -> set[str]:
    """Return the files that hold a name, in any case of letters."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.name for path in files if name.encode() in path.read_bytes().lower()}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for package in ("openpyxl", "icalendar"):
        pytest.importorskip(package)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_year_runs_as_its_page_says(folder: Path) -> None:
    for text, name in zip(blocks(PAGE, "csv"), CSV, strict=True):
        save(text, name)
    save(blocks(PAGE, "toml")[0], "programme.toml")
    printed = words(run(PAGE))
    shown = [line for text in blocks(PAGE, "text") for line in text.splitlines()]
    assert [line for line in shown if words(line) not in printed] == []
    assert names_somebody(folder, "rose") - KEPT <= {f"{number:03}.ics" for number in range(10)} | {
        "everybody.ics",
        "index.csv",
    }
    assert {"duos-3.json", "history.json", "people-3.csv"} <= set(os.listdir(folder))  # noqa: PTH208


def test_who_was_erased_stands_in_no_record_of_the_french_year(folder: Path) -> None:
    page = FOLDER / "annee-du-programme.md"
    prepare(page)
    run(page)
    records = {path.name for path in folder.glob("*.json")} | {"personnes-3.csv", "reponses.csv"}
    assert records & names_somebody(folder, "rose") == set()
