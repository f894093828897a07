"""Faults in a copy of somebody's files: the right cells, nothing else changed, and nothing that is run."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from typer.testing import CliRunner

import reverse_match as rm
from hostile import HOSTILE
from reverse_match.views.cli.main import app

if TYPE_CHECKING:
    from pathlib import Path

WRONG, NOTED = "00FFC7CE", "00FFEB9C"
HEADINGS = ["Matricule", "Rôle", "Peut transmettre", "Souhaite apprendre", "Âge", "Genre", "Fuseau\nhoraire"]
PEOPLE: list[list[Any]] = [
    ["00417", "mentor", "Python:9", None, 28, "F", "Europe/Paris"],
    ["00418", "mentor", "Excel:3", None, 230, "M", "Europe/Pari"],
    ["00502", "mentee", None, "Python:3", 51, "N/A", "Europe/Paris"],
    ["00502", "mentee", None, "=Python", 48, "F", "Europe/Paris"],
]
FOUND = {"C4": WRONG, "E5": WRONG, "G5": WRONG, "A7": WRONG, "F3": NOTED}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str, code: int = 2) -> Any:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == code, result.output
    return result


def write_workbook(file: Path, people: list[list[Any]] = PEOPLE) -> None:
    """Write a workbook with a title, formats, comments, formulas, drop-downs and a hidden sheet."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Personnel"
    page.append(["Liste du personnel"])
    page.append([])
    page.append(HEADINGS)
    for row in people:
        page.append(row)
    for (cell,) in page["A4:A7"]:
        cell.number_format = "@"
    page["D7"].data_type = "s"
    page["A3"].font = Font(bold=True, color="FF0000")
    page["E5"].border = Border(left=Side(style="thick"))
    page["E5"].comment = Comment("à vérifier", "RH")
    page["A4"].comment = Comment("ancienne", "RH")
    page["B4"].alignment = Alignment(horizontal="right")
    page.column_dimensions["C"].width = 31
    page.freeze_panes = "B4"
    page.add_data_validation(DataValidation(type="list", formula1='"mentor,mentee"', sqref="B4:B99"))
    page.merge_cells("A1:C1")
    sums = book.create_sheet("Calculs")
    sums["A1"], sums["A2"], sums["B1"] = 7, "=A1*2", date(2026, 11, 30)
    sums["A1"].number_format = "0000"
    sums["A2"].fill = PatternFill("solid", fgColor="00FF00")
    sums.sheet_state = "hidden"
    book.save(file)


def looks(cell: Any) -> tuple[Any, ...]:
    """Return all of a cell but what a mark changes."""
    border = cell.border.left.style
    return cell.value, cell.data_type, cell.number_format, repr(cell.font), repr(cell.alignment), border


def marks(page: Any) -> dict[str, str]:
    return {
        cell.coordinate: cell.fill.fgColor.rgb
        for row in page.iter_rows()
        for cell in row
        if cell.comment is not None and "reverse-match:" in cell.comment.text
    }


@pytest.mark.parametrize(
    ("lang", "listed", "age"),
    [
        ("en", "Faults and notes", "Impossible age; right would be years from 14 to 100"),
        ("fr", "Erreurs et remarques", "Âge impossible ; attendu : un nombre d’années de 14 à 100"),
    ],
)
def test_wrong_cells_are_marked_and_nothing_else_changes(
    folder: Path, lang: str, listed: str, age: str
) -> None:
    write_workbook(folder / "rh.xlsx")
    before = (folder / "rh.xlsx").read_bytes()
    run("look", "rh.xlsx", "--faults", "marked.xlsx", "--lang", lang)
    assert (folder / "rh.xlsx").read_bytes() == before
    source, copy = (openpyxl.load_workbook(folder / name) for name in ("rh.xlsx", "marked.xlsx"))
    assert copy.sheetnames == [*source.sheetnames, listed]
    assert copy["Calculs"].sheet_state == "hidden"
    assert copy["Calculs"]["A2"].fill.fgColor.rgb == "0000FF00"
    for page in source:
        other = copy[page.title]
        assert other.dimensions == page.dimensions
        for row in page.iter_rows():
            for cell in row:
                assert looks(other[cell.coordinate]) == looks(cell)
        assert other.freeze_panes == page.freeze_panes
        assert [str(one) for one in other.merged_cells.ranges] == [
            str(one) for one in page.merged_cells.ranges
        ]
    people = copy["Personnel"]
    assert marks(people) == FOUND
    assert people.column_dimensions["C"].width == 31
    assert people.data_validations.dataValidation[0].formula1 == '"mentor,mentee"'
    assert (people["A4"].comment.text, people["A4"].comment.author) == ("ancienne", "RH")
    text = people["E5"].comment.text.replace("\u202f", " ").replace("\xa0", " ")
    assert text == f"à vérifier\n\nreverse-match:\n{age}"
    assert people["E5"].comment.author == "RH"
    rows = [[cell.value for cell in row] for row in copy[listed].iter_rows(min_row=2)]
    assert [row[1] for row in rows] == [
        "rh.xlsx",  # from which row headings are taken
        *(f"Personnel!{place}" for place in ("C4", "E5", "G5", "A7", "F3")),
    ]
    whole = " ".join(str(cell) for row in rows for cell in row)
    assert not any(value in whole for value in ("230", "Pari,", "Python:9"))


def test_the_copy_can_be_corrected_and_marked_again(folder: Path) -> None:
    write_workbook(folder / "rh.xlsx")
    run("look", "rh.xlsx", "--faults", "marked.xlsx")
    book = openpyxl.load_workbook(folder / "marked.xlsx")
    page = book["Personnel"]
    for place, value in {"C4": "Python:5", "E5": 30, "A7": "00503"}.items():
        page[place] = value
    book.save(folder / "marked.xlsx")
    run("look", "marked.xlsx", "--faults", "again.xlsx")
    book = openpyxl.load_workbook(folder / "again.xlsx")
    assert book.sheetnames == ["Personnel", "Calculs", "Faults and notes"]
    assert marks(book["Personnel"]) == {"G5": WRONG, "F3": NOTED}
    assert book["Personnel"]["E5"].comment.text == "à vérifier"
    assert book["Personnel"]["E5"].fill.fill_type is None
    assert book["Personnel"]["C4"].comment is None


MENTORS = (
    "sep=;\nMatricule;Nom;Peut transmettre;Souhaite apprendre;Âge\n"
    '00417;=cmd|"/c calc";Python:9;;28\n\n00418;-5+3;"Excel\nWord";;"1,234"\n'
)
MENTEES = (
    'Matricule,Nom,Souhaite apprendre,Fuseau horaire\n00502,@SUM(1),Python:3,Mars\n00418,"O""Neil",Excel,\n'
)
ROLES = ("--mentors", "mentors.csv", "--mentees", "mentees.csv")


def test_text_becomes_sheets_of_text_that_read_back(folder: Path) -> None:
    (folder / "mentors.csv").write_text(MENTORS, "utf-8")
    (folder / "mentees.csv").write_text(MENTEES, "utf-8")
    run("look", *ROLES, "--faults", "marked.xlsx")
    book = openpyxl.load_workbook(folder / "marked.xlsx")
    assert book.sheetnames == ["Mentors", "Mentees", "Faults and notes"]
    page = book["Mentors"]
    rows = {row: [cell.value for cell in page[row]] for row in (2, 3, 5)}
    assert rows == {
        2: ["Matricule", "Nom", "Peut transmettre", "Souhaite apprendre", "Âge"],
        3: ["00417", '=cmd|"/c calc"', "Python:9", None, "28"],
        5: ["00418", "-5+3", "Excel\nWord", None, "1,234"],
    }
    assert marks(page) == {"C3": WRONG, "E5": WRONG, "C2": NOTED}
    assert marks(book["Mentees"]) == {"D2": WRONG}
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.value is None or (cell.data_type, cell.number_format, cell.quotePrefix) == (
                    "s",
                    "@",
                    True,
                )
    told, again = rm.look(mentors="mentors.csv", mentees="mentees.csv"), rm.look("marked.xlsx")
    assert [(one.row, one.column, one.message) for one in again.faults] == [
        (one.row, one.column, one.message) for one in told.faults
    ]


def test_what_nobody_may_run_is_text_whatever_it_looks_like(folder: Path) -> None:
    texts = [text for text in [*HOSTILE, "=1+1", "@x", "+1", "-1", "#N/A", "007"] if text.strip()]
    lines = [f'{number},"{text.replace(chr(34), chr(34) * 2)}"' for number, text in enumerate(texts)]
    try:
        (folder / "people.csv").write_text("\n".join(["id,own", *lines]), "utf-8", newline="")
    except UnicodeEncodeError:
        pytest.skip("half of a character is no text")
    rm.look("people.csv").write_faults("marked.xlsx")
    page = openpyxl.load_workbook(folder / "marked.xlsx").worksheets[0]
    assert page.max_row >= len(texts)
    with zipfile.ZipFile(folder / "marked.xlsx") as parts:
        assert b"<f>" not in b"".join(parts.read(part) for part in parts.namelist())


def test_several_workbooks_become_one(folder: Path) -> None:
    write_workbook(folder / "a.xlsx")
    book = openpyxl.Workbook()
    page = book.active
    page.append(["Matricule", "Souhaite apprendre", "Âge"])
    page.append(["00600", "=Excel", 230])
    page["B2"].data_type = "s"
    page["A2"].number_format = "@"
    page["C2"].font = Font(italic=True)
    page.column_dimensions["B"].width = 33
    book.save(folder / "b.xlsx")
    run("look", "--mentors", "a.xlsx", "--mentees", "b.xlsx", "--faults", "marked.xlsx")
    copy = openpyxl.load_workbook(folder / "marked.xlsx")
    assert copy.sheetnames == ["Personnel", "Calculs", "Mentees", "Faults and notes"]
    assert marks(copy["Mentees"]) == {"C2": WRONG}
    assert [(cell.value, cell.data_type) for cell in copy["Mentees"][2]] == [
        ("00600", "s"),
        ("=Excel", "s"),
        (230, "n"),
    ]
    assert copy["Mentees"]["C2"].font.italic
    assert copy["Mentees"].column_dimensions["B"].width == 33
    assert "C4" in marks(copy["Personnel"])


def test_both_sheets_of_one_workbook_are_marked_where_they_stand(folder: Path) -> None:
    rm.write_template("people.xlsx")
    book = openpyxl.load_workbook(folder / "people.xlsx")
    for page, person in zip(
        book.worksheets, (["007", "Léa", "x", "", "Python:7"], ["008", "", "", "", "Python:9"]), strict=False
    ):
        page.append(person)
    book.save(folder / "people.xlsx")
    run("look", "people.xlsx", "--faults", "marked.xlsx")
    copy = openpyxl.load_workbook(folder / "marked.xlsx")
    assert copy.sheetnames == ["Mentors", "Mentees", "Guide", "Lists", "Faults and notes"]
    assert [marks(page) for page in copy] == [{"E2": WRONG}, {"E2": WRONG}, {}, {}, {}]
    assert copy["Lists"].sheet_state == "hidden"
    assert len(copy["Mentors"].data_validations.dataValidation) == 5
    assert copy["Mentors"]["E1"].comment is not None


def test_what_stands_in_no_cell_is_listed(folder: Path) -> None:
    (folder / "people.json").write_text(json.dumps([{"id": "a", "role": "mentor", "age": 3}]))
    run("look", "people.json", "--faults", "marked.xlsx", "--lang", "fr")
    (page,) = openpyxl.load_workbook(folder / "marked.xlsx").worksheets
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]
    assert [row[:2] for row in rows] == [
        ["à corriger", "people.json"],
        ["à corriger", "people.json, 1, age"],
    ]


@pytest.mark.parametrize(
    ("name", "content", "cells"),
    [
        ("ragged.csv", "id,role\na,mentor,x\nb,mentee\n", {"A2": WRONG}),
        ("wide.csv", "id,role,\na,mentor,x\n", {"A1": WRONG}),
        ("twice.csv", "id,role,Sex,Genre\na,mentor,f,f\n", {}),
        ("binary.csv", "id\0", None),
        ("damaged.xlsx", "no workbook", None),
    ],
)
def test_a_file_that_cannot_be_read_is_marked_as_far_as_it_goes(
    folder: Path, name: str, content: str, cells: dict[str, str] | None
) -> None:
    (folder / name).write_text(content)
    run("look", name, "--faults", "marked.xlsx")
    book = openpyxl.load_workbook(folder / "marked.xlsx")
    assert len(book.sheetnames) == (1 if cells is None else 2)
    assert cells is None or marks(book.worksheets[0]) == cells
    assert book.worksheets[-1]["A2"].value == "to correct"


def test_a_formula_without_result_is_marked_in_its_cell(folder: Path) -> None:
    write_workbook(folder / "rh.xlsx", [["00417", "mentor", "=A1", None, 28, "F", "Europe/Paris"]])
    run("look", "rh.xlsx", "--faults", "marked.xlsx")
    page = openpyxl.load_workbook(folder / "marked.xlsx")["Personnel"]
    assert marks(page) == {"C4": WRONG}
    assert (page["C4"].value, page["C4"].data_type) == ("=A1", "f")


def test_merged_cells_are_marked_where_they_are_seen(folder: Path) -> None:
    write_workbook(folder / "rh.xlsx")
    book = openpyxl.load_workbook(folder / "rh.xlsx")
    book["Personnel"].merge_cells("G5:G6")
    book.save(folder / "rh.xlsx")
    run("look", "rh.xlsx", "--faults", "marked.xlsx")
    page = openpyxl.load_workbook(folder / "marked.xlsx")["Personnel"]
    assert marks(page) == FOUND
    assert page["G5"].comment.text.count("time zone") == 1  # it is wrong in both rows, and said once


def test_without_faults_the_copy_says_so_and_the_command_is_done(folder: Path) -> None:
    (folder / "people.csv").write_text("id,role\na,mentor\nb,mentee\n")
    run("look", "people.csv", "--faults", "marked.xlsx", code=0)
    book = openpyxl.load_workbook(folder / "marked.xlsx")
    assert book["Faults and notes"]["C2"].value == "Nothing is wrong."


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("people.csv", "right would be .xlsx"),
        ("marked.csv", "right would be .xlsx"),
        ("rh.xlsx", "named for two things"),
    ],
)
def test_a_source_is_never_written_over(folder: Path, target: str, told: str) -> None:
    write_workbook(folder / "rh.xlsx")
    before = (folder / "rh.xlsx").read_bytes()
    assert told in run("look", "rh.xlsx", "--faults", target).stderr
    with pytest.raises(rm.InputError, match=told):
        rm.look("rh.xlsx").write_faults(target)
    assert (folder / "rh.xlsx").read_bytes() == before


def test_a_look_needs_its_files_as_they_were(folder: Path) -> None:
    (folder / "people.csv").write_text("id,role\na,mentor\n")
    seen = rm.look("people.csv")
    stored = type(seen).model_validate_json(seen.to_json())
    assert stored == seen
    with pytest.raises(rm.InputError, match="has no files beside it"):
        stored.write_faults("marked.xlsx")
    (folder / "people.csv").write_text("id,role\nb,mentor\n")
    with pytest.raises(rm.InputError, match="has changed since it was looked at"):
        seen.write_faults("marked.xlsx")
    assert not (folder / "marked.xlsx").exists()


def test_other_sheets_of_a_hostile_workbook_are_checked_too(folder: Path) -> None:
    """The sheet that is read is harmless; another declares entities, which openpyxl must never see."""
    write_workbook(folder / "rh.xlsx")
    with zipfile.ZipFile(folder / "rh.xlsx") as parts, zipfile.ZipFile(folder / "bad.xlsx", "w") as bad:
        for part in parts.namelist():
            data = parts.read(part)
            if part == "xl/worksheets/sheet2.xml":
                data = (
                    b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + data.partition(b"?>")[2]
                    if b"?>" in data
                    else b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + data
                )
            bad.writestr(part, data)
    seen = rm.look("bad.xlsx")
    assert seen.people == 4
    with pytest.raises(rm.InputError, match="declares entities of its own"):
        seen.write_faults("marked.xlsx")
    assert not (folder / "marked.xlsx").exists()


def test_without_openpyxl_the_extra_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "people.csv").write_text("id,role\na,mentor\n")
    monkeypatch.setattr("reverse_match.foundation.optional.is_installed", lambda _: False)
    assert "pip install '.[excel]'" in run("look", "people.csv", "--faults", "marked.xlsx", code=1).stderr
