"""The French pages: each command runs as it stands, and prints what the page shows."""

from __future__ import annotations

import csv
import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from reverse_match.views.cli.main import app

FOLDER = Path(__file__).parents[1] / "docs" / "fr"
PAGES = sorted(FOLDER.glob("*.md"))
FILES = {
    "premiere-mise-en-relation.md": {"csv": ("personnes.csv",)},
    "depuis-excel.md": {"csv": ("personnes.xlsx",), "toml": ("regles.toml",)},
    "depuis-un-formulaire.md": {"csv": ("formulaire.csv",)},
    "pour-les-responsables.md": {},
    "annee-du-programme.md": {
        "csv": ("avant.csv", "changements.csv", "reponses.csv", "decisions.csv"),
        "toml": ("programme.toml",),
    },
}
"""What the blocks of a page are saved as, in their order."""


def blocks(page: Path, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", page.read_text("utf-8"), re.M | re.S)


def words(text: str) -> str:
    """Return a text with one ordinary space between words, however it is laid out."""
    return " ".join(text.split())


def save(text: str, name: str) -> None:
    if not name.endswith(".xlsx"):
        Path(name).write_text(text, "utf-8")
        return
    workbook = pytest.importorskip("openpyxl").Workbook()
    for row in csv.reader(text.splitlines()):
        workbook.active.append(row)
    workbook.save(name)


def prepare(page: Path) -> None:
    if page.name == "annee-du-programme.md":
        save(blocks(FOLDER / "premiere-mise-en-relation.md", "csv")[0], "personnes.csv")
    if "duos.xlsx" in page.read_text("utf-8"):
        pytest.importorskip("openpyxl")
    for kind, names in FILES[page.name].items():
        for text, name in zip(blocks(page, kind), names, strict=True):
            save(text, name)


@pytest.mark.parametrize("name", FILES)
def test_commands_print_what_the_page_shows(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = FOLDER / name
    monkeypatch.chdir(tmp_path)
    prepare(page)
    printed = ""
    lines = [line for text in blocks(page, "sh") for line in text.splitlines()]
    assert lines
    for line in lines:
        program, *arguments = shlex.split(line)
        assert program == "reverse-match"
        assert "fr" in arguments or "regles.toml" in arguments  # which name the language
        result = CliRunner().invoke(app, arguments)
        told = result.stdout + result.stderr
        wrong = result.exit_code == 2 and ("À préciser" in told or "aucune colonne" in told)  # as shown
        assert result.exit_code == 0 or wrong, (line, result.stderr)
        printed += re.sub(r"[│·]", " ", told)
    shown = [line for text in blocks(page, "text") for line in text.splitlines()]
    assert [line for line in shown if words(line.replace("·", " ")) not in words(printed)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_typography(page: Path) -> None:
    prose = re.sub(r"^```.*?^```|`[^`]*`", "", page.read_text("utf-8"), flags=re.M | re.S)
    assert not re.search(r"\w'\w", prose)
    assert not re.search(r"[ \u00a0][:;?!%](\s|$)|« | »", prose)
    assert not re.search(r"\w[;?!]", re.sub(r"\]\([^)]*\)", "", prose)), "a space stands before these signs"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target
