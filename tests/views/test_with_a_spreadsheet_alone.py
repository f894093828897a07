"""A year of somebody who has a spreadsheet and nothing else: each file that is written is filled in or read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import openpyxl
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.people.headings import PEOPLE
from reverse_match.views.cli.main import app

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

MENTORS = [
    ("00417", "Léa", "Martin", "Python:4; Excel:3", "Négociation"),
    ("00418", "Noé", "Petit", "IA générative:9", None),
    ("00419", "=Zoé", "Blanc", "TikTok:5; Notion", None),
]
MENTEES = [
    ("00502", "Marc", "Noir", "Négociation:5", "Python:3; Excel"),
    ("00503", "Ada", "Roux", None, "IA générative:3"),
    ("00504", "Ève", "Girard", None, "TikTok:3; Notion:1"),
]
FIELDS = ("id", "first_name", "last_name", "offers", "seeks")


def run(*arguments: str, code: int = 0) -> Any:
    result = CliRunner().invoke(app, [*arguments, "--lang", "fr"])
    assert result.exit_code == code, result.output
    return result


def type_in(file: Path) -> None:
    book = openpyxl.load_workbook(file)
    for page, people in zip(book.worksheets, (MENTORS, MENTEES), strict=False):
        places = {PEOPLE.columns_of([cell.value], {}, "")[cell.value]: cell.column for cell in page[1]}
        for row, person in enumerate(people, start=2):
            for name, text in zip(FIELDS, person, strict=True):
                page.cell(row, places[name], text).data_type = "s" if text else "n"
            page.cell(row, places["email"], f"{person[0]}@maison.example")
            page.cell(row, places["birth_year"], 1970 + row)
    book.save(file)


def correct(file: Path, wrong: str, right: str) -> None:
    """Correct the cells that are coloured, as their comments say."""
    book = openpyxl.load_workbook(file)
    found = [
        cell
        for page in book
        for row in page.iter_rows()
        for cell in row
        if cell.value == wrong and cell.fill.fgColor.rgb == "00FFC7CE" and cell.comment is not None
    ]
    assert len(found) == 1
    found[0].value = right
    book.save(file)


def duos_in(file: Path) -> list[list[Any]]:
    page = openpyxl.load_workbook(file).worksheets[0]
    assert {cell.data_type for row in page.iter_rows(max_col=6) for cell in row} == {"s"}
    return [[cell.value for cell in row[:6]] for row in page.iter_rows(min_row=2)]


def test_from_the_template_to_the_duos_and_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run("template", "personnes.xlsx")
    type_in(tmp_path / "personnes.xlsx")
    told = run("look", "personnes.xlsx", "--faults", "a-corriger.xlsx", code=2)
    assert "IA générative:9" not in told.output
    correct(tmp_path / "a-corriger.xlsx", "IA générative:9", "IA générative:5")

    assert "6 personnes" in run("look", "a-corriger.xlsx", "--strict").stdout
    matched = run("match", "a-corriger.xlsx", "--out", "duos.json")
    assert "Léa Martin · 00417" in matched.stdout
    run("match", "a-corriger.xlsx", "--out", "duos.xlsx")
    assert duos_in(tmp_path / "duos.xlsx") == [
        ["00417", "Léa Martin", "00417@maison.example", "00502", "Marc Noir", "00502@maison.example"],
        ["00418", "Noé Petit", "00418@maison.example", "00503", "Ada Roux", "00503@maison.example"],
        ["00419", "'=Zoé Blanc", "00419@maison.example", "00504", "Ève Girard", "00504@maison.example"],
    ]
    changed = ("--forbid", "Léa Martin=Marc Noir", "--author", "RH", "--reason", "même projet")
    run("amend", "duos.json", "a-corriger.xlsx", *changed, "--out", "modifiees.json")
    run("amend", "duos.json", "a-corriger.xlsx", *changed, "--out", "modifiees.xlsx")
    pairs = {(row[0], row[3]) for row in duos_in(tmp_path / "modifiees.xlsx")}
    matching = rm.Matching.from_json((tmp_path / "modifiees.json").read_text("utf-8"))
    assert pairs == {(duo.mentor, duo.mentee) for duo in matching.duos}
    assert ("00417", "00502") not in pairs
    run("verify", "modifiees.json", "a-corriger.xlsx")

    asked = ("--matching", "modifiees.json", "--people", "a-corriger.xlsx", "--on", "2026-11-30")
    run("template", "retours.xlsx", *asked)
    book = openpyxl.load_workbook(tmp_path / "retours.xlsx")
    page = book.worksheets[0]
    heads = {cell.value: cell.column for cell in page[1]}
    for row, wish in ((2, "continuer"), (3, "arrêter")):
        page.cell(row, heads["Suite souhaitée"], wish)
        page.cell(row, heads["Satisfaction de 1 à 5"], 4)
    book.save(tmp_path / "retours.xlsx")
    feedback = rm.read_feedback("retours.xlsx")
    feedback.refuse_strangers(matching.duos)
    assert {answer.wish for answer in feedback.records} == {"continue", "stop"}
    run("review", "modifiees.json", "a-corriger.xlsx", "--feedback", "retours.xlsx")
