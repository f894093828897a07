"""What goes to a spreadsheet: read back by other readers, with names, zeros kept, and nothing that is run."""

from __future__ import annotations

import csv
import io
import sys
import zipfile
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import canonicalize

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import reverse_match as rm
from hostile import HOSTILE
from reverse_match.views.cli.main import app
from reverse_match.views.spreadsheet import workbook as written
from reverse_match.views.spreadsheet.csv_text import csv_text
from reverse_match.views.spreadsheet.sheets import Sheet, SheetColumn, sheets_of

if TYPE_CHECKING:
    from pathlib import Path

PEOPLE = """Matricule;Rôle;Nom;Prénom;E-mail;Compétences proposées;Compétences recherchées;Objectifs;Age
00417;mentor;Martin;Léa;lea@example.org;Python:4;Excel:3;vendre;28
00418;mentor;Roux;Noé;noe@example.org;Excel:3;;;25
12E5;mentee;Nguyễn;Tom;tom@example.org;Excel:4;python:3;Vendre;51
lea@corp.fr;mentee;=HYPERLINK("http://x");;;;Excel;;48
00501;mentee;O'Neil, junior;Zoé;zoe@example.org;;Video;;44
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    rows = list(csv.reader(PEOPLE.splitlines(), delimiter=";", quoting=csv.QUOTE_NONE))
    with (tmp_path / "people.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    return tmp_path


def run(*arguments: str) -> Any:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == 0, result.output
    return result


def sheets(file: Path) -> dict[str, list[list[Any]]]:
    book = openpyxl.load_workbook(file)
    return {page.title: [[cell.value for cell in row] for row in page.iter_rows()] for page in book}


def test_a_workbook_has_names_addresses_and_what_the_two_teach_each_other(folder: Path) -> None:
    run("match", "people.csv", "--out", "duos.xlsx", "--lang", "fr")
    found = sheets(folder / "duos.xlsx")
    assert [*found] == ["Duos", "Sans duo", "Chiffres", "Remarques"]
    headings, *rows = found["Duos"]
    assert headings[:10] == [
        *("Identifiant mentor", "Nom mentor", "E-mail mentor"),
        *("Identifiant mentoré(e)", "Nom mentoré(e)", "E-mail mentoré(e)"),
        *("Score", "Apport du mentor", "Apport de la personne mentorée", "En commun"),
    ]
    assert len({*headings}) == len(headings)
    assert None not in headings
    first = dict(zip(headings, rows[0], strict=True))
    assert rows[0][:6] == ["00417", "Léa Martin", "lea@example.org", "12E5", "Tom Nguyễn", "tom@example.org"]
    assert rows[0][7:10] == ["Python", "Excel", "vendre"]
    matching = rm.match(rm.read_cohort(folder / "people.csv"))
    assert [(row[0], row[3], row[6]) for row in rows] == [
        (duo.mentor, duo.mentee, float(duo.score)) for duo in matching.duos
    ]
    points = [value for heading, value in first.items() if heading.endswith("(points)")]
    assert sum(points) == pytest.approx(first["Score"], abs=1e-9)
    assert rows[1][3:6] == ["lea@corp.fr", """'=HYPERLINK("http://x")""", None]
    waiting = found["Sans duo"][1:]
    assert [(row[0], row[1]) for row in waiting] == [("00501", "Zoé O'Neil, junior")]
    assert "Zoé O'Neil, junior · 00501" in waiting[0][5]
    figures = {name: value for name, value in found["Chiffres"][1:] if value is not None}
    assert (figures["Duos"], figures["Personnes sans duo"]) == (2, 1)
    assert figures["Total (points)"] == pytest.approx(sum(row[6] for row in rows))
    assert len(found["Remarques"]) > 1


def test_anonymous_a_workbook_has_ids_alone(folder: Path) -> None:
    run("match", "people.csv", "--out", "duos.xlsx", "--anonymous")
    headings, *rows = sheets(folder / "duos.xlsx")["Duos"]
    assert headings[:3] == ["Mentor id", "Mentee id", "Score"]
    assert rows[0][:2] == ["00417", "12E5"]
    with zipfile.ZipFile(folder / "duos.xlsx") as parts:
        whole = "".join(parts.read(name).decode() for name in parts.namelist())
    assert not any(name in whole for name in ("Martin", "Roux", "Nguy", "example.org"))


def test_people_without_names_have_no_columns_for_them() -> None:
    bare = rm.match(rm.Cohort.from_records([{"id": "a", "role": "mentor"}, {"id": "b", "role": "mentee"}]))
    assert [column.heading for column in sheets_of(bare, bare.people, "en")[0].columns][:3] == [
        "Mentor id",
        "Mentee id",
        "Score",
    ]


def test_other_readers_find_text_as_text(folder: Path) -> None:
    """A cell of text keeps its zeros whoever reads it: here our own reader, which takes only people."""
    run("match", "people.csv", "--out", "duos.xlsx")
    python_calamine = pytest.importorskip("python_calamine")
    book = python_calamine.CalamineWorkbook.from_path(str(folder / "duos.xlsx"))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[1][:4] == ["00417", "Léa Martin", "lea@example.org", "12E5"]
    page = openpyxl.load_workbook(folder / "duos.xlsx").worksheets[0]
    assert {page.cell(2, place).number_format for place in range(1, 7)} == {"@"}
    assert page.freeze_panes == "A2"


def test_nothing_in_a_workbook_is_run(tmp_path: Path) -> None:
    texts = [*HOSTILE, "=1+1", "@x", "+1", "-1", "#N/A", "\t=1", "x;=1", "007", "2026-11-23"]
    sheet = Sheet("a/b:c", [SheetColumn("=heading")], [[text] for text in texts])
    file = tmp_path / "hostile.xlsx"
    file.write_bytes(written.workbook_of([sheet]))
    page = openpyxl.load_workbook(file).worksheets[0]
    assert page.max_row == len(texts) + 1
    for (cell,) in page.iter_rows():
        assert cell.data_type == "s"
        assert not str(cell.value).startswith(("=", "+", "-", "@", "\t"))
    assert page["A1"].value == "'=heading"


VALUES = st.one_of(st.none(), st.text(max_size=9), st.integers(-(10**6), 10**6), st.floats(-2, 2))
TEXTS = st.sampled_from(
    ["", " ", " a ", "a\nb", "<a&b>", '"x"', "=1", "'1", "]]>", "é\u202e", "007", "a" * 99]
)


@given(st.lists(st.tuples(TEXTS | VALUES, VALUES), max_size=5))
def test_rows_are_those_that_openpyxl_would_write(rows: list[tuple[Any, Any]]) -> None:
    """Beside cells that are objects of openpyxl, in a book of their own."""
    sheet = Sheet("Duos", [SheetColumn("a", 9), SheetColumn("b", 30, 3)], rows)
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet(sheet.title)
    written._set_up(page, sheet)
    make = written._CellMaker(page)
    for number, row in enumerate([["a", "b"], *rows], 1):
        told = list(zip(row, sheet.columns, strict=True))
        lines = max(written.lines_of(value, column.width) for value, column in told)
        page.row_dimensions[number].height = 15 * min(lines, 27)
        page.append([make(value, column, bold=number == 1) for value, column in told])
    other = io.BytesIO()
    book.save(other)
    for part in ("xl/worksheets/sheet1.xml", "xl/styles.xml"):
        mine, theirs = (
            canonicalize(zipfile.ZipFile(io.BytesIO(data)).read(part).decode())
            for data in (written.workbook_of([sheet]), other.getvalue())
        )
        assert mine == theirs


def test_the_same_matching_gives_the_same_bytes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cohort = rm.read_cohort(folder / "people.csv")
    first = rm.match(cohort).to_workbook()
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    monkeypatch.setattr("time.localtime", lambda *_: (2033, 5, 18, 3, 33, 20, 2, 138, 0))
    assert rm.match(cohort).to_workbook() == first


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(written, "MOST_ROWS", 1)
    sheet = Sheet("Duos", [SheetColumn("x")], [["a"], ["b"]])
    with pytest.raises(rm.InputError, match=r"more than 1 rows; right would be to write \.csv"):
        written.workbook_of([sheet])


@pytest.mark.parametrize(("kind", "separator", "score"), [("fr", ";", ","), ("en", ",", ".")])
def test_csv_for_a_country(folder: Path, kind: str, separator: str, score: str) -> None:
    told = run("match", "people.csv", "--out", "duos.csv", "--csv-for", kind, "--lang", "en")
    data = (folder / "duos.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfMentor id")
    assert data.count(b"\r\n") == data.count(b"\n") == 3
    headings, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=separator)
    assert headings[:3] == ["Mentor id", "Mentor name", "Mentor e-mail"]
    assert rows[0][:6] == ["00417", "Léa Martin", "lea@example.org", "12E5", "Tom Nguyễn", "tom@example.org"]
    assert rows[0][6].startswith(f"0{score}")
    assert (separator == ",") or "." not in rows[0][6]
    assert (
        "note: 3 ids are changed where a spreadsheet opens duos.csv, such as 007 to 7; .xlsx keeps them"
        in told.stderr
    )
    assert not any(name in told.stderr for name in ("Martin", "Tom", "00417"))


def test_a_formula_in_csv_has_an_apostrophe() -> None:
    sheet = Sheet("Duos", [SheetColumn("x"), SheetColumn("y")], [["=1+1", -0.5], ["a;=1", None]])
    assert csv_text(sheet, "fr") == "\ufeffx;y\r\n'=1+1;-0,5\r\n\"a;'=1\";\r\n"


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("more", [(), ("--out", "duos.json"), ("--out", "duos.xlsx")])
def test_csv_for_belongs_to_a_csv_file(more: tuple[str, ...]) -> None:
    refused = CliRunner().invoke(app, ["match", "people.csv", "--csv-for", "fr", *more])
    assert refused.exit_code == 2
    assert "--csv-for" in refused.stderr


@pytest.mark.usefixtures("folder")
def test_without_csv_for_a_csv_file_is_for_programs(folder: Path) -> None:
    run("match", "people.csv", "--out", "duos.csv")
    assert (folder / "duos.csv").read_text("utf-8").startswith("mentor,mentee,score,")
    assert "Martin" not in (folder / "duos.csv").read_text("utf-8")


def test_what_follows_a_matching_is_a_workbook_too(folder: Path) -> None:
    run("match", "people.csv", "--out", "m.json")
    run("amend", "m.json", "people.csv", "--leave", '=HYPERLINK("http://x")', "--out", "next.xlsx")
    run("rotate", "m.json", "people.csv", "--early", "--on", "2027-06-01", "--out", "round.xlsx")
    for file in ("next.xlsx", "round.xlsx"):
        assert sheets(folder / file)["Duos"][1][1] == "Léa Martin"


def test_without_openpyxl_it_is_said_before_anything_is_matched(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    refused = CliRunner().invoke(app, ["match", "people.csv", "--out", "duos.xlsx"])
    assert refused.exit_code == 1
    assert "writing .xlsx needs openpyxl, which is not installed" in refused.stderr
    assert not (folder / "duos.xlsx").exists()


def test_a_workbook_needs_people(folder: Path) -> None:
    matching = rm.match(rm.read_cohort(folder / "people.csv"))
    stored = rm.Matching.from_json(matching.to_json())
    with pytest.raises(rm.errors.UnattachedError):
        stored.to_workbook()
    assert rm.attach(stored, matching.people).to_workbook("fr") == matching.to_workbook("fr")
    assert matching.to_workbook("fr", anonymous=True) != matching.to_workbook("fr")


def test_characters_that_xml_cannot_hold_are_codes() -> None:
    """In every place of a workbook that holds a text of somebody's."""
    illegal = [
        chr(code) for code in (*range(32), 0xD800, 0xDFFF, 0xFFFE, 0xFFFF) if chr(code) not in "\t\n\r"
    ]
    name = f"le{''.join(illegal)}a"
    sheet = Sheet(title=name, columns=(SheetColumn(name, 20),), rows=((name,),))
    data = written.workbook_of([sheet])
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        for part in book.namelist():
            if part.endswith((".xml", ".rels")):
                canonicalize(book.read(part).decode())
    read = [
        [cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows()
    ]
    shown = f"le{''.join(f'[U+{ord(letter):04X}]' for letter in illegal)}a"
    assert read == [[shown], [shown]]


def test_a_matching_of_people_with_such_characters_is_a_workbook_that_opens(folder: Path) -> None:
    people = [{"id": "m\uffff1", "role": "mentor", "name": "A\ufffe"}, {"id": "e1", "role": "mentee"}]
    cohort = rm.Cohort.from_records(people)
    data = written.workbook_of(sheets_of(rm.match(cohort), cohort, "en"))
    (folder / "a.xlsx").write_bytes(data)
    assert "[U+FFFE]" in str(sheets(folder / "a.xlsx"))
