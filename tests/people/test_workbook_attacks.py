"""Workbooks that a stranger has made: values are those of the sheet, and no memory or time goes to tricks."""

from __future__ import annotations

import io
import subprocess
import sys
import time
import warnings
import zipfile
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reverse_match as rm
from reverse_match.people.excel import workbook_rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
resource.setrlimit(resource.RLIMIT_CPU, (30, 30))
from pathlib import Path
from reverse_match.foundation.errors import CohortError
from reverse_match.people.excel import workbook_rows
try:
    print(len(workbook_rows(Path(sys.argv[1]).read_bytes(), "x.xlsx", None)), "rows")
except CohortError as error:
    print(error)
"""

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
OVERRIDES = f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
SHARED = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{KIND}.sharedStrings+xml"/>'
BOMB = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "lol" * 10}">' for n in range(9))


def book(sheet: str | bytes, **parts: str | bytes) -> bytes:
    """Return a workbook of one sheet, written by hand."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        whole: dict[str, str | bytes] = {
            "[Content_Types].xml": f'<Types xmlns="{TYPES}">{OVERRIDES}{SHARED if "xl__sharedStrings" in parts else ""}</Types>',
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{RELATIONS}/sharedStrings" Target="/xl/sharedStrings.xml"/><Relationship Id="r3" Type="{RELATIONS}/styles" Target="styles.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": sheet,
        }
        for name, part in {
            **whole,
            **{name.replace("__", "/") + ".xml": part for name, part in parts.items()},
        }.items():
            archive.writestr(name, part)
    return data.getvalue()


def sheet(rows: str) -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


COLUMN = '<col min="1" max="1"/>'
ROW = '<row r="1"><c t="inlineStr"><is><t>id</t></is></c></row>'
UTF16 = '<?xml version="1.0" encoding="UTF-16"?>'
TRICKS: dict[str, tuple[Callable[[], bytes], str]] = {
    "doctype behind a comment": (lambda: book(f"<!--{'x' * 5_000}--><!DOCTYPE a [{BOMB}]>" + sheet('<row><c t="str"><v>&e8;</v></c></row>')), "declares entities"),
    "doctype in another encoding": (lambda: book((f"{UTF16}<!DOCTYPE a [{BOMB}]>" + sheet('<row><c t="str"><v>&e8;</v></c></row>')).encode("utf-16")), "declares entities"),
    "doctype in shared texts": (lambda: book(sheet(ROW), xl__sharedStrings=f"<!--{'y' * 9_000}--><!DOCTYPE a [{BOMB}]><sst><si><t>&e8;</t></si></sst>"), "declares entities"),
    "doctype in styles": (lambda: book(sheet(ROW), xl__styles=f"<!DOCTYPE a [{BOMB}]><x>&e8;</x>"), "declares entities"),
    "doctype from elsewhere": (lambda: book('<!DOCTYPE a SYSTEM "file:///etc/passwd">' + sheet(ROW)), "declares entities"),
    "unpacks to far more": (lambda: book(sheet(ROW + " " * 400_000_000)), "unpack to far more"),
    "twelve million cells": (lambda: book(sheet(("<row>" + "<c><v>1</v></c>" * 16_000 + "</row>") * 750)), "more than 2,000,000 cells"),
    "rows that end far out": (lambda: book(sheet("".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(1, 2_000)))), "more than 2,000,000 cells"),
    "a row far down": (lambda: book(sheet(ROW + '<row r="999999999"><c><v>1</v></c></row>')), "more than 2,000,000 cells"),
    "many styles": (lambda: book(sheet(ROW), xl__styles="<styleSheet><cellXfs>" + "<xf/>" * 1_100_000 + "</cellXfs></styleSheet>"), "unpack to far more"),
    "many shared texts": (lambda: book(sheet(ROW), xl__sharedStrings=f"<sst xmlns='{MAIN}'>" + "<si/>" * 25_000_000 + "</sst>"), "unpack to far more"),
    "many named styles": (lambda: book(sheet(ROW), xl__styles=f"<styleSheet xmlns='{MAIN}'><cellStyles>" + "<cellStyle/>" * 26_000 + "</cellStyles></styleSheet>"), "unpack to far more"),
    "many elements outside of rows": (lambda: book(sheet(ROW + "<x/>" * 20_000_000)), "unpack to far more"),
    "one long format": (lambda: book(sheet(ROW), xl__styles=f"<styleSheet xmlns='{MAIN}'><numFmts><numFmt numFmtId='200' formatCode='{'[' * 300}'/></numFmts></styleSheet>"), "more than 255 characters"),
    "one long comment": (lambda: book(sheet(f"<!--{'x' * 50_000_000}-->" + ROW)), "unpack to far more"),
    "one long attribute": (lambda: book(sheet(f"<row spans='{'x' * 50_000_000}'/>")), "unpack to far more"),
    "deep styles": (lambda: book(sheet(ROW), xl__styles="<x>" * 100_000 + "</x>" * 100_000), "a damaged one"),
    "another part as styles": (lambda: book(sheet(ROW), xl__styles=sheet("<row><c><v>1</v></c></row>" * 100_000)), "unpack to far more"),
    "one long text shown often": (lambda: book(sheet(ROW + "".join(f'<row r="{n}"><c t="s"><v>0</v></c></row>' for n in range(2, 9_000))), xl__sharedStrings=f"<sst xmlns='{MAIN}'><si><t> " + "x" * 40_000_000 + "</t></si></sst>"), "a text too long for a cell"),
}  # fmt: skip


@pytest.mark.parametrize(
    "trick", [name for name in TRICKS if not name.startswith(("many", "twelve", "unpacks"))]
)
def test_tricks_take_no_memory_and_no_time(trick: str, tmp_path: Path) -> None:
    _try(trick, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("trick", [name for name in TRICKS if name.startswith(("many", "twelve", "unpacks"))])
def test_tricks_with_many_elements(trick: str, tmp_path: Path) -> None:
    _try(trick, tmp_path)


def _try(trick: str, folder: Path) -> None:
    make, told = TRICKS[trick]
    (folder / "x.xlsx").write_bytes(make())
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, folder / "x.xlsx"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert told in done.stdout, (done.stdout, done.stderr[-500:])
    assert done.stdout.count("\n") == 1


def test_what_an_archive_says_of_itself_is_not_believed() -> None:
    """A part whose declared size is a lie is damaged, not read beyond it."""
    data = bytearray(book(sheet(ROW + " " * 5_000_000)))
    size = (len(sheet(ROW)) + 5_000_000).to_bytes(4, "little")
    assert data.count(size) == 2
    with pytest.raises(rm.errors.CohortError, match="damaged"):
        workbook_rows(bytes(data).replace(size, (100).to_bytes(4, "little")), "x.xlsx", None)


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-10**15, 10**15), st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.text(st.characters(min_codepoint=32, exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=8).filter(lambda text: not text.startswith("=")),
    st.dates(date(1900, 3, 2), date(9999, 12, 30)), st.datetimes(datetime(1900, 3, 2), datetime(9999, 12, 30)),
    st.times(), st.timedeltas(timedelta(0), timedelta(days=99)),
)  # fmt: skip
FORMATS = st.sampled_from(
    [
        "General",
        "0",
        "00000",
        "0.00",
        "dd/mm/yyyy",
        '0" days"',
        "[h]:mm",
        "@",
        "h:mm",
        "[Red]0",
        "yyyy-mm-dd;@",
    ]
)


@given(st.lists(st.lists(st.tuples(VALUES, FORMATS), max_size=4), max_size=4), st.booleans())
def test_the_values_are_those_that_openpyxl_reads(
    rows: list[list[tuple[Any, str]]], since_1904: bool
) -> None:
    made = openpyxl.Workbook()
    if since_1904:
        made.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    for number, row in enumerate(rows, 1):
        for column, (value, shown) in enumerate(row, 1):
            cell = made.active.cell(number, column, value)
            if value is not None and cell.data_type == "n":
                cell.number_format = shown
    data = io.BytesIO()
    made.save(data)
    warnings.simplefilter("ignore")  # of dates that are none, which are errors
    read = openpyxl.load_workbook(io.BytesIO(data.getvalue()), data_only=True)
    expected = [
        (number, [_shown(cell) for cell in row]) for number, row in enumerate(read.active.iter_rows(), 1)
    ]
    ours = workbook_rows(data.getvalue(), "x.xlsx", None)
    assert [(number, _without_end(row)) for number, row in ours] == [
        (number, _without_end(row)) for number, row in expected if _without_end(row)
    ]


def _shown(cell: Any) -> Any:
    zeros = cell.number_format.strip("0") == "" and len(cell.number_format) > 1
    if cell.data_type == "e":
        return "error"
    return f"{cell.value:0{len(cell.number_format)}d}" if zeros and type(cell.value) is int else cell.value


def _without_end(row: list[Any]) -> list[Any]:
    row = ["error" if type(value).__name__ == "Unreadable" else value for value in row]
    while row and (row[-1] is None or not str(row[-1]).strip()):
        row.pop()
    return [(type(value), value) for value in row]


def test_merged_cells_are_read_in_each_row_and_hidden_rows_are_left_out(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    for row in (
        ["id", "role", "department"],
        ["a", "mentor", "X"],
        ["b", "mentee", "Y"],
        ["c", "mentee", "Z"],
    ):
        made.active.append(row)
    made.active.merge_cells("C2:C3")
    made.active.row_dimensions[4].hidden = True
    made.active.column_dimensions["B"].hidden = True
    made.save(tmp_path / "people.xlsx")
    cohort = rm.read_cohort(tmp_path / "people.xlsx")
    assert [(person.id, person.department) for person in cohort.participants] == [("a", "X"), ("b", "X")]
    assert [str(note) for note in cohort.notes] == [
        "people.xlsx: 1 hidden row left out",
        "people.xlsx: cells that are merged over several rows are read in each of them",
    ]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ('<c t="str"><f>A1</f><v>x</v></c><c t="b"><v>1</v></c><c><f>1+1</f><v>2</v></c>', ["x", True, 2]),
        ('<c t="d"><v>2020-01-02</v></c><c t="d"><v>2020-01-02T03:04:05Z</v></c>', [date(2020, 1, 2), datetime(2020, 1, 2, 3, 4, 5)]),
        ('<c t="d"><v>03:04</v></c><c><v>1E2</v></c><c><v>-0.5</v></c>', [time_of_day(3, 4), 100.0, -0.5]),
        ('<c t="inlineStr"><is><r><t>a</t></r><r><t> b</t></r><rPh sb="0" eb="1"><t>no</t></rPh></is></c>', ["a b"]),
        ('<c r="C1" t="inlineStr"><is><t>c</t></is></c>', [None, None, "c"]),
    ],
)  # fmt: skip
def test_cells_of_every_kind(cells: str, expected: list[Any]) -> None:
    assert workbook_rows(book(sheet(f"<row>{cells}</row>")), "x.xlsx", None) == [(1, expected)]


@pytest.mark.parametrize("cells", ["<c><v>x</v></c>", f"<c><v>{'9' * 5_000}</v></c>", '<c t="d"><v>x</v></c>', '<c t="e"><v>#N/A</v></c>', "<c><f>1</f></c>", f'<c t="str"><v>{"x" * 33_000}</v></c>'])  # fmt: skip
def test_cells_that_hold_no_value_are_faults_with_their_place(cells: str, tmp_path: Path) -> None:
    heading = "".join(f'<c t="str"><v>{name}</v></c>' for name in ("id", "role", "grade"))
    person = '<c t="str"><v>a</v></c><c t="str"><v>both</v></c>'
    (tmp_path / "x.xlsx").write_bytes(book(sheet(f"<row>{heading}</row><row>{person}{cells}</row>")))
    began = time.process_time()
    with pytest.raises(rm.errors.CohortError, match=r"x.xlsx, row 2, column '(grade|C)': "):
        rm.read_cohort(tmp_path / "x.xlsx")
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    "wrong",
    ['<row r="2"><c><v>1</v></c></row><row r="1"><c><v>1</v></c></row>', '<row><c r="B1"/><c r="A1"/></row>', '<row><c r="ZZZ1"/></row>', '<row r="x"/>', '<row><x:c xmlns:x="y"/></row>', '<row><c t="s"><v>0</v></c></row>', '<row><c t="s"><v>-1</v></c></row>'],
)  # fmt: skip
def test_sheets_that_contradict_themselves_are_damaged(wrong: str) -> None:
    with pytest.raises(rm.errors.CohortError, match="a damaged one"):
        workbook_rows(book(sheet(wrong)), "x.xlsx", None)


def test_another_kind_of_workbook_is_refused_with_what_to_do() -> None:
    """Strict Open XML has other namespaces, under which openpyxl would find nothing."""
    strict = f'<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main" xmlns:r="{RELATIONS}"/>'
    with pytest.raises(rm.errors.CohortError, match="'Strict Open XML'; save it again as 'Excel workbook'"):
        workbook_rows(book(sheet(ROW), xl__workbook=strict), "x.xlsx", None)


@pytest.mark.parametrize(
    "cells", ['<c r="A7"><v>1</v></c>', '<c><x><row r="9"/></x></c>', "<c><conditionalFormatting/></c>"]
)
def test_rows_hold_nothing_but_their_cells(cells: str) -> None:
    with pytest.raises(rm.errors.CohortError, match="a damaged one"):
        workbook_rows(book(sheet(f"<row>{cells}</row>")), "x.xlsx", None)


def test_another_sheet_is_not_read() -> None:
    """Nor is what openpyxl would open by itself: a theme, properties, charts."""
    made = openpyxl.Workbook()
    made.active.append(["id"])
    made.create_sheet("Large").append(["x"])
    data = io.BytesIO()
    made.save(data)
    with zipfile.ZipFile(data) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    changed = {
        **parts,
        "xl/worksheets/sheet2.xml": b"<",
        "xl/theme/theme1.xml": b"<",
        "docProps/core.xml": b"<",
    }
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, part in changed.items():
            archive.writestr(name, part)
    assert workbook_rows(data.getvalue(), "x.xlsx", "Sheet") == [(1, ["id"])]
    with pytest.raises(rm.errors.CohortError, match="a damaged one"):
        workbook_rows(data.getvalue(), "x.xlsx", "Large")


def test_every_name_may_have_a_prefix_if_the_outermost_has_it() -> None:
    whole = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row><x:c><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    assert workbook_rows(book(whole), "x.xlsx", None) == [(1, [7])]


def test_limits_count_what_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reverse_match.people.excel.UNPACKED", 10_000)
    for parts in (
        {"sheet": sheet(ROW + " " * 400_000)},
        {"sheet": sheet(ROW), "xl__styles": "<x>" + " " * 400_000 + "</x>"},
    ):
        data = book(**parts)
        declared = bytearray(data)
        for size in (len(part) for part in parts.values() if len(part) > 10_000):
            declared = declared.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))
        for one in (data, bytes(declared)):
            with pytest.raises(rm.errors.CohortError, match=r"unpack to far more|a damaged one"):
                workbook_rows(one, "x.xlsx", None)
    monkeypatch.undo()
    texts = sheet("<row><c t='inlineStr'><is><t>a</t></is></c></row>" * 11)
    for limit, value, whole in (
        ("workbook_tables.MOST_ELEMENTS_OF_TEXTS", 20, book(texts)),
        ("workbook_tables.MOST_ELEMENTS_OF_TEXTS", 20, book(sheet(ROW), xl__sharedStrings=f"<sst xmlns='{MAIN}'>{'<si/>' * 20}</sst>")),
        ("workbook_tables.MOST_OUTSIDE", 2_000, book(f'<worksheet xmlns="{MAIN}"><cols>{COLUMN * 20}</cols><sheetData>{ROW}</sheetData></worksheet>')),
        ("workbook_tables.MOST_OF_ROW", 2_000, book(sheet(f"<row><c t='str'><v>{'x' * 2_001}</v></c></row>"))),
        ("workbook_parts.MOST_ELEMENTS", 20, book(sheet(ROW), xl__styles=f"<styleSheet xmlns='{MAIN}'>" + "<cellXfs>" + "<xf/>" * 20 + "</cellXfs>" + "</styleSheet>")),
        ("workbook_parts.MOST_OF_TREE", 2_000, book(sheet(ROW), xl__styles=f"<styleSheet xmlns='{MAIN}'>" + " " * 2_000 + "</styleSheet>")),
    ):  # fmt: skip
        assert workbook_rows(whole, "x.xlsx", None)
        monkeypatch.setattr(f"reverse_match.people.{limit}", value)
        with pytest.raises(rm.errors.CohortError, match="unpack to far more"):
            workbook_rows(whole, "x.xlsx", None)
        monkeypatch.undo()
