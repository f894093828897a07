"""Sheets as a workbook (.xlsx): the same bytes for the same sheets, and nothing in it that is run.

Every text is a cell of text, so that ``00417`` keeps its zeros; what a spreadsheet would take for a formula
once somebody edits it or saves it as CSV has an apostrophe in front (:func:`.safe_cell`).
"""

from __future__ import annotations

import io
import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from reverse_match.foundation.errors import Fault, InputError
from reverse_match.foundation.optional import require_module
from reverse_match.foundation.text_safety import NOT_IN_XML, safe_cell, shorten

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reverse_match.views.spreadsheet.sheets import Cell, Sheet, SheetColumn

MOST_ROWS = 1_048_575
"""Of a sheet, below its headings."""

LONGEST_CELL = 32_000
"""Characters; a spreadsheet takes 32,767 with the signs that make a text safe."""

_WRITTEN = "2000-01-01T00:00:00Z"
"""When it was written, as the file itself says: no clock is read."""

_END_OF_ROWS = b"</sheetData>"

_MOMENT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def workbook_of(sheets: Sequence[Sheet]) -> bytes:
    """Return sheets as the bytes of a workbook.

    Parameters
    ----------
    sheets : sequence of Sheet
        The first one is seen when it is opened.

    Raises
    ------
    InputError
        If a sheet has more rows than a spreadsheet can hold.
    MissingExtraError
        If openpyxl is not installed.
    """
    if any(len(sheet.rows) > MOST_ROWS for sheet in sheets):
        message = f"more than {MOST_ROWS:,} rows; right would be to write .csv"
        raise InputError([Fault(message, code="too-large")])
    book = require_module("openpyxl", "excel", "writing .xlsx").Workbook(write_only=True)
    book.properties.creator = "reverse_match"
    rows = {
        f"xl/worksheets/sheet{number}.xml": _add_sheet(book, sheet) for number, sheet in enumerate(sheets, 1)
    }
    written = io.BytesIO()
    book.save(written)
    return without_clock(written.getvalue(), rows)


def _add_sheet(book: Any, sheet: Sheet) -> bytes:
    """Add a sheet with its headings, and return the rows below them as they stand in the file.

    Openpyxl makes an object of each cell and an element of each part of it, which takes longer than a match.
    It writes everything but these rows, and says which number each look of a cell has.
    """
    page = book.create_sheet(safe_title(sheet.title))
    _set_up(page, sheet)
    make = _CellMaker(page)
    headings = [column.heading for column in sheet.columns]
    page.row_dimensions[1].height = _height(headings, sheet.columns)
    page.append(
        [make(value, column, bold=True) for value, column in zip(headings, sheet.columns, strict=True)]
    )
    letter_of = require_module("openpyxl.utils", "excel", "writing .xlsx").get_column_letter
    letters = [letter_of(place) for place in range(1, len(sheet.columns) + 1)]
    written = []
    for number, row in enumerate(sheet.rows, 2):
        cells = "".join(
            _cell(f"{letter}{number}", make.look(value, column), value)
            for letter, value, column in zip(letters, row, sheet.columns, strict=True)
        )
        height = _height(row, sheet.columns)
        written.append(f'<row r="{number}" ht="{height}" customHeight="1">{cells}</row>')
    return "".join(written).encode()


def _height(row: Sequence[Cell], columns: Sequence[SheetColumn]) -> int:
    """Return the height of a row in points."""
    lines = max(lines_of(value, column.width) for value, column in zip(row, columns, strict=True))
    return LINE * min(lines, MOST_LINES)


def _cell(place: str, look: int, value: Cell) -> str:
    """Return a cell as it stands in the file of a sheet: a text is text, whatever it looks like."""
    if value is None or value == "":
        return f'<c r="{place}" s="{look}" t="n" />'
    if not isinstance(value, str):
        return f'<c r="{place}" s="{look}" t="n"><v>{value:.16g}</v></c>'
    text = safe_cell(shorten(value, LONGEST_CELL))
    space = ' xml:space="preserve"' if text.strip() not in ("", text) else ""
    return f'<c r="{place}" s="{look}" t="inlineStr"><is><t{space}>{escape(text)}</t></is></c>'


def _set_up(page: Any, sheet: Sheet) -> None:
    """Say how a page looks: how wide columns are, what stays in view, and how it is printed."""
    letter_of = require_module("openpyxl.utils", "excel", "writing .xlsx").get_column_letter
    for place, column in enumerate(sheet.columns, 1):
        page.column_dimensions[letter_of(place)].width = column.width
    last, end = len(sheet.columns), len(sheet.rows) + 1
    page.freeze_panes = "A2"
    page.auto_filter.ref = f"A1:{letter_of(last)}{end}"
    page.print_title_rows = "1:1"
    page.print_area = f"A1:{letter_of(sheet.printed or last)}{end}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9  # A4
    page.page_setup.fitToHeight = 0
    page.page_margins.left = page.page_margins.right = 0.4  # inches
    page.sheet_properties.pageSetUpPr.fitToPage = True


LINE = 15
"""Height of a line, in points."""

MOST_LINES = 27
"""Of a row: a spreadsheet makes none higher than 409 points."""

_NARROWER = 0.85
"""Of a line, what words fill that are not broken; not every spreadsheet makes a row as high as it needs."""


def lines_of(value: Cell, width: int) -> int:
    """Return how many lines a cell takes in a column."""
    return max(1, -(-len(value) // int(width * _NARROWER))) if isinstance(value, str) else 1


class _CellMaker:
    """Makes cells that hold what they are given: a text is text, whatever it looks like.

    Few looks are distinct. Each is made once, since openpyxl compares every new one with all others.
    """

    def __init__(self, page: Any) -> None:
        self._page = page
        self._make = require_module("openpyxl.cell", "excel", "writing .xlsx").WriteOnlyCell
        self._styles = require_module("openpyxl.styles", "excel", "writing .xlsx")
        self._known: dict[tuple[type, int | None, bool], Any] = {}
        self._looks: dict[tuple[type, int | None], int] = {}

    def look(self, value: Cell, column: SheetColumn) -> int:
        """Return the number that the workbook gives to the look of a cell."""
        kind = type(value), column.places
        if kind not in self._looks:
            self._looks[kind] = int(self(value, column, bold=False).style_id)
        return self._looks[kind]

    def __call__(self, value: Cell, column: SheetColumn, *, bold: bool) -> Any:
        cell = self._make(self._page)
        if isinstance(value, str) and value:
            cell.value, cell.data_type = safe_cell(shorten(value, LONGEST_CELL)), "s"
        elif isinstance(value, int | float):
            cell.value = value
        looks = (type(value), column.places, bold)
        if looks not in self._known:
            self._known[looks] = self._style(*looks)
        cell._style = self._known[looks]  # as openpyxl does where it copies a sheet
        return cell

    def _style(self, kind: type, places: int | None, bold: bool) -> Any:
        cell = self._make(self._page)
        forms = {str: "@", float: f"0.{'0' * (places or 0)}", int: "0"}
        cell.number_format = forms.get(kind, "General")
        cell.font = self._styles.Font(name="Calibri", size=11, bold=bold)
        side = None if places is None else "center"
        cell.alignment = self._styles.Alignment(wrap_text=True, vertical="top", horizontal=side)
        return cell._style


def safe_title(title: str) -> str:
    """Return what a sheet can be called.

    Examples
    --------
    >>> safe_title("Who has none: why?")
    'Who has none  why '
    """
    return re.sub(r"[\[\]:*?/\\]", " ", NOT_IN_XML.sub(" ", title))[:31]


def without_clock(written: bytes, rows: Mapping[str, bytes] = MappingProxyType({})) -> bytes:
    """Return a workbook that says of itself, and of each part, a moment that does not depend on the clock.

    Parameters
    ----------
    written : bytes
        The workbook.
    rows : mapping of str to bytes, optional
        Further rows of sheets, by their parts of the file.
    """
    timeless = io.BytesIO()
    with ZipFile(io.BytesIO(written)) as before, ZipFile(timeless, "w", ZIP_DEFLATED) as after:
        for part in before.namelist():
            data = before.read(part)
            if part == "docProps/core.xml":
                data = _MOMENT.sub(rb"\g<1>" + _WRITTEN.encode(), data)
            if part in rows:
                data = data.replace(_END_OF_ROWS, rows[part] + _END_OF_ROWS, 1)
            after.writestr(ZipInfo(part), data, ZIP_DEFLATED)
    return timeless.getvalue()
