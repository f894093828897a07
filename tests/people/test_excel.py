"""Workbooks and parquet files as people files: what is read, and what is refused without being run."""

from __future__ import annotations

import contextlib
import io
import zipfile
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import openpyxl
import pandas as pd
import polars as pl
import pytest

import reverse_match as rm
from reverse_match.foundation import optional as extras
from reverse_match.people import excel as workbook
from reverse_match.people import frames as columnar_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

HEADINGS = ["Matricule", "role", "Date of birth", "grade", "manager_id", "seeks", "hired"]
ROWS: list[Sequence[Any]] = [
    HEADINGS,
    [7, "mentor", datetime(1999, 12, 31), 3, 12, "Python:3", date(2020, 1, 2)],
    [None] * 7,
    [12, "mentee", date(1970, 2, 1), None, None, None, None],
]


def book_of(rows: Sequence[Sequence[Any]]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    return book


def faults_of(path: Path, **options: Any) -> list[str]:
    with pytest.raises(rm.errors.CohortError) as caught:
        rm.read_cohort(path, **options)
    return [str(fault).removeprefix(f"{path.name}") for fault in caught.value.faults]


def test_a_sheet_is_read_with_its_types(tmp_path: Path) -> None:
    book_of(ROWS).save(tmp_path / "people.xlsx")
    cohort = rm.read_cohort(tmp_path / "people.xlsx", as_of="2026-01-01")
    first, second = cohort.participants
    assert (first.id, first.grade, first.manager_id, first.seeks) == ("7", 3, "12", {"Python": 3})
    assert (first.birth_date, first.attributes["hired"]) == (date(1999, 12, 31), "2020-01-02")
    assert (second.id, second.birth_date, second.grade) == ("12", date(1970, 2, 1), None)
    assert cohort.source.rows == (2, 4), "as the spreadsheet counts; blank rows do not"
    assert cohort.source.sha256 is not None


def test_a_workbook_and_a_csv_file_say_the_same(tmp_path: Path) -> None:
    frame = pd.read_csv(rm.demo_path(), dtype=str, keep_default_na=False)
    frame.to_excel(tmp_path / "people.xlsx", index=False)
    assert rm.read_cohort(tmp_path / "people.xlsx").sha256 == rm.read_cohort(rm.demo_path()).sha256


def test_numbers_shown_with_leading_zeros_are_what_is_shown(tmp_path: Path) -> None:
    book = book_of(ROWS)
    book.active["A2"].number_format = "00000"
    book.save(tmp_path / "people.xlsx")
    assert rm.read_cohort(tmp_path / "people.xlsx").participants[0].id == "00007"


def test_one_sheet_or_the_named_one(tmp_path: Path) -> None:
    path = tmp_path / "people.xlsx"
    book = book_of(ROWS)
    book.active.title = "People"
    book.create_sheet("Other")
    book.save(path)
    assert faults_of(path) == [
        ": holds several sheets ('People', 'Other'); say which one: --sheet 'People', or sheet='People' in Python"
    ]
    assert faults_of(path, sheet="Peopel") == [": no sheet is called 'Peopel'; did you mean 'People'?"]
    assert faults_of(path, sheet="Other") == [
        ": empty; right would be a heading row and a row for each person"
    ]
    assert len(rm.read_cohort(path, sheet="People").participants) == 2
    (tmp_path / "people.csv").write_text("id,role\n")
    assert faults_of(tmp_path / "people.csv", sheet="People") == [": only a workbook (.xlsx) has sheets"]


def test_hidden_sheets_are_not_asked_for(tmp_path: Path) -> None:
    book = book_of(ROWS)
    book.create_sheet("Lists").sheet_state = "hidden"
    book.save(tmp_path / "people.xlsx")
    assert len(rm.read_cohort(tmp_path / "people.xlsx").participants) == 2


@pytest.mark.parametrize("begin", range(0, 5_000, 250))
def test_damaged_workbooks_are_faults_or_people(begin: int, tmp_path: Path) -> None:
    """Whatever is overwritten, there is no other error than one of this library."""
    path = tmp_path / "people.xlsx"
    book_of(ROWS).save(path)
    data = bytearray(path.read_bytes())
    data[begin : begin + 40] = bytes(range(40))
    path.write_bytes(data)
    with contextlib.suppress(rm.errors.CohortError):
        rm.read_cohort(path)


def test_damaged_parts_are_faults(tmp_path: Path) -> None:
    path = tmp_path / "people.xlsx"
    for before, after in ((b"<row ", b"<raw "), (b'r="A2"', b'r="2A"'), (b"</sheetData>", b"")):
        book_of(ROWS).save(path)
        rewrite(path, "xl/worksheets/sheet1.xml", {before: after})
        assert faults_of(path)


def test_faults_name_row_and_column(tmp_path: Path) -> None:
    path = tmp_path / "people.xlsx"
    book_of(
        [["id", "role", "offers", "age"], ["a", "mentor", "AI:9", 26], [], [1.5, "mentee", None, 7]]
    ).save(path)
    assert [fault.split(": ")[0] for fault in faults_of(path)] == [
        ", row 2, column 'offers'", ", row 4, column 'id'", ", row 4, column 'age'",
    ]  # fmt: skip
    book_of([["id", "role", "id"], ["a", "mentor", "b"]]).save(path)
    assert faults_of(path) == [
        ", row 1, column 'id': the same heading stands here twice (columns A and C); say which one counts by its "
        "place: --map 'column C=id'"
    ]
    book_of([["id", "role"], ["a", "mentor", "b"]]).save(path)
    assert faults_of(path) == [", row 1: column 3 holds values but has no heading"]


def test_formulas_are_not_run_and_errors_are_no_values(tmp_path: Path) -> None:
    path = tmp_path / "people.xlsx"
    book = book_of(ROWS)
    book.active["D4"] = "=1+1"
    book.active["E4"] = "#N/A"
    book.active["E4"].data_type = "e"
    book.active["A5"] = '=HYPERLINK("http://example.org")'
    book.save(path)
    faults = faults_of(path)
    assert [fault.split(": ")[0] for fault in faults] == [
        ", row 4, column 'grade'", ", row 4, column 'manager_id'", ", row 5, column 'Matricule'",
    ]  # fmt: skip
    assert "a formula whose result is not stored, and formulas are not run here" in faults[0]
    assert "an error of the spreadsheet" in faults[1]


def test_the_stored_result_of_a_formula_counts(tmp_path: Path) -> None:
    path = tmp_path / "people.xlsx"
    book = book_of(ROWS)
    book.active["D4"] = "=2+2"
    book.active["F4"] = '=""'
    book.save(path)
    stored = {
        b"<f>2+2</f><v />": b"<f>2+2</f><v>4</v>",
        b'<c r="F4"><f>""</f>': b'<c r="F4" t="str"><f>""</f>',
    }
    rewrite(path, "xl/worksheets/sheet1.xml", stored)
    second = rm.read_cohort(path).participants[1]
    assert (second.grade, second.seeks) == (4, {})


def rewrite(path: Path, part: str, changed: dict[bytes, bytes]) -> None:
    """Change a part of a workbook, as a spreadsheet would have written it."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for before, after in changed.items():
        assert before in parts[part], before
        parts[part] = parts[part].replace(before, after)
    path.write_bytes(archive_of(parts))


def archive_of(parts: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return data.getvalue()


BOOK = {"xl/workbook.xml": b"<workbook/>"}
REFUSED = {
    "an old workbook (.xls), or one with a password": b"\xd0\xcf\x11\xe0 and so on",
    "not a workbook, or a damaged one": b"id,role\na,mentor\n",
    "not a workbook, or a damaged one; save it again": b"PK\x03\x04 and then nothing",
    "an archive, but not a workbook": archive_of({"readme.txt": b"hello"}),
    "holds macros, which are never run": archive_of({**BOOK, "xl/vbaProject.bin": b"x"}),
    "declares entities of its own": archive_of({**BOOK, "[Content_Types].xml": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x/>'}),
    "not a workbook, or a damaged one; save it again as .xlsx": archive_of(BOOK),
    "would unpack to far more than a workbook of its size": archive_of({**BOOK, "xl/big.bin": bytes(3 << 20)}),
}  # fmt: skip


@pytest.mark.parametrize("message", REFUSED)
def test_what_is_no_harmless_workbook_is_refused(
    message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "UNPACKED", 2 << 20)
    (tmp_path / "people.xlsx").write_bytes(REFUSED[message])
    (fault,) = faults_of(tmp_path / "people.xlsx")
    assert fault.startswith(f": {message}")


@pytest.mark.parametrize(
    ("ending", "message"),
    [
        ("xlsm", "a workbook with macros, which are never run; save it as .xlsx"),
        ("xls", "another kind of workbook; save it as .xlsx"),
        ("ods", "another kind of workbook; save it as .xlsx"),
        ("zip", "an archive; unpack it first"),
        ("pdf", "unknown kind of file; right would be .csv, .json, .xlsx or .parquet"),
    ],
)
def test_other_files_are_refused_with_what_to_do(ending: str, message: str, tmp_path: Path) -> None:
    assert faults_of(tmp_path / f"people.{ending}") == [f": {message}"]


def test_a_sheet_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "people.xlsx"
    book = book_of(ROWS)
    book.active["XFD4"] = " "
    book.save(path)
    assert len(rm.read_cohort(path).participants) == 2, "a cell far out is no harm"
    monkeypatch.setattr(workbook, "MOST_CELLS", 1_000)
    assert faults_of(path) == [": more than 1,000 cells; delete what is far from the table"]
    far = book_of(ROWS)
    far.active["A2000"] = "x"
    far.save(path)
    assert faults_of(path) == [": more than 1,000 cells; delete what is far from the table"]
    assert faults_of(path, maximum_bytes=100)[0].startswith(": larger than the limit of 100 bytes")


def test_a_chart_is_no_table(tmp_path: Path) -> None:
    path = tmp_path / "people.xlsx"
    book = openpyxl.Workbook()
    book.create_chartsheet("Chart").add_chart(openpyxl.chart.BarChart())
    book.save(path)
    assert "is a chart, not a sheet of cells" in faults_of(path, sheet="Chart")[0]


def test_parquet_files_of_both_writers_say_the_same_as_the_csv_file(tmp_path: Path) -> None:
    frame = pd.read_csv(rm.demo_path())
    expected = rm.Cohort.from_frame(frame).sha256
    frame.to_parquet(tmp_path / "pandas.parquet")
    pl.read_csv(rm.demo_path()).write_parquet(tmp_path / "polars.parquet")
    for name in ("pandas", "polars"):
        cohort = rm.read_cohort(tmp_path / f"{name}.parquet")
        assert cohort.sha256 == expected
        assert [type(person.age) for person in cohort.participants if person.age is not None][:3] == [int] * 3


def test_a_wrong_parquet_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "people.parquet"
    for data in (b"", b"PAR1 and so on", b"id,role\n"):
        path.write_bytes(data)
        assert faults_of(path) == [": not a parquet file, or a damaged one; write it again"]
    pl.DataFrame({"id": ["a", "b"], "role": ["mentor", "mentee"]}).write_parquet(
        path, compression="uncompressed"
    )
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"mentor", b"ment\xffr"))
    assert faults_of(path) == [": not a parquet file, or a damaged one; write it again"], "text that is none"
    pl.DataFrame({"id": ["a", "b"], "role": ["both", "boss"]}).write_parquet(path)
    assert faults_of(path) == [", row 2, column 'role': unknown role; right would be mentor, mentee or both"]
    monkeypatch.setattr(columnar_file, "MOST_ROWS", 1)
    assert "more than 1 rows" in faults_of(path)[0]


def test_a_missing_library_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book_of(ROWS).save(tmp_path / "people.xlsx")
    (tmp_path / "people.parquet").write_bytes(b"PAR1")
    monkeypatch.setattr(extras, "find_spec", lambda library: None)
    for ending, library, extra in (("xlsx", "openpyxl", "excel"), ("parquet", "pyarrow", "parquet")):
        with pytest.raises(rm.errors.MissingExtraError, match=rf"{library}, which is not .*'\.\[{extra}\]'"):
            rm.read_cohort(tmp_path / f"people.{ending}")
