"""Sheets that a person fills in: headings with comments, drop-downs, and ids that stay text.

What may stand in a column is said by a data validation, so that a spreadsheet offers it, and mostly does not
insist: whoever reads the file says what is wrong in it, with its place. The format of a column is that of the
whole column, so that ``00417`` keeps its zeros wherever it is typed. A text of ours is a cell of text with
the mark of a quoted prefix: a spreadsheet does not run it, even once somebody has edited it.
"""

from __future__ import annotations

import io
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from reverse_match.foundation.optional import require_module
from reverse_match.foundation.text_safety import NOT_IN_XML
from reverse_match.views.spreadsheet.workbook import LINE, LONGEST_CELL, lines_of, safe_title, without_clock

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

LAST_ROW = 1_048_576
"""Of a sheet, as a spreadsheet has it."""

LONGEST_LISTED = 255
"""Characters of a drop-down that stands in its own validation; a longer one stands on a hidden sheet."""

_WIDTHS_OF_GUIDE = (24, 78, 34, 34)

_AUTHOR = "reverse_match"
_NEEDED, _OPEN, _GIVEN, _EDGE = "1F4E79", "DDEBF7", "F2F2F2", "BFBFBF"
"""Colours: of headings of what is needed, of other headings, of cells that are filled in, of lines."""

_CHARACTERS_OF_LINE, _WIDTH_OF_COMMENT, _HEIGHT_OF_LINE = 44, 300, 18
"""Of a comment; the sizes are in pixels."""


class Allowed(NamedTuple):
    """What may stand in the cells of a column."""

    kind: Literal["list", "whole", "decimal", "date"]
    values: tuple[str, ...] = ()
    """Of a list."""
    lowest: str = "0"
    highest: str = "0"
    """Of a number or a day, as a formula has them."""
    strict: bool = False
    """Whether a spreadsheet refuses anything else."""


@dataclass(frozen=True)
class FormColumn:
    """A column to fill in.

    Attributes
    ----------
    heading : str
        What stands above.
    hint : str
        What the comment on the heading says.
    width : int
        In characters.
    form : str
        Format of its cells; ``"@"`` is text.
    allowed : Allowed or None
        What may stand in its cells.
    needed : bool
        Whether it stands out.
    given : bool
        Whether its cells are filled in before.
    """

    heading: str
    hint: str
    width: int = 16
    form: str = "@"
    allowed: Allowed | None = None
    needed: bool = False
    given: bool = False


@dataclass(frozen=True)
class Form:
    """A sheet to fill in.

    Attributes
    ----------
    title : str
        What it is called.
    columns : sequence of FormColumn
        What stands above.
    rows : sequence of sequences
        What is filled in before, a cell for each column.
    frozen : int
        How many columns stay in view.
    """

    title: str
    columns: Sequence[FormColumn]
    rows: Sequence[Sequence[str | date | None]] = ()
    frozen: int = 1


class Guide(NamedTuple):
    """A sheet that says how others are filled in."""

    title: str
    lines: Sequence[str]
    table: Sequence[Sequence[str]]
    """Headings, and rows below."""


def form_workbook(forms: Sequence[Form], guide: Guide | None, lists_title: str) -> bytes:
    """Return sheets to fill in as the bytes of a workbook.

    Parameters
    ----------
    forms : sequence of Form
        The first one is seen when it is opened.
    guide : Guide or None
        Stands behind them.
    lists_title : str
        What the hidden sheet of long drop-downs is called.

    Raises
    ------
    MissingExtraError
        If openpyxl is not installed.
    """
    book = require_module("openpyxl", "excel", "writing .xlsx").Workbook()
    book.properties.creator = _AUTHOR
    book.remove(book.active)
    for form in forms:
        _add_form(book, form, lists_title)
    if guide is not None:
        _add_guide(book, guide)
    _add_lists(book, forms, lists_title)
    written = io.BytesIO()
    book.save(written)
    return without_clock(written.getvalue())


def writable(text: str) -> str:
    r"""Return a text as it stands, but for characters that no workbook can hold, which become codes.

    Examples
    --------
    >>> writable("Excel\nWord\x0b")
    'Excel\nWord[U+000B]'
    """
    return NOT_IN_XML.sub(lambda found: f"[U+{ord(found[0]):04X}]", text[:LONGEST_CELL])


def text_cell(cell: Any, text: str, like: Any = None) -> Any:
    """Let a cell hold a text, whatever it looks like: it is no formula, and none once it is edited.

    Parameters
    ----------
    cell : openpyxl.cell.Cell
        Whose format is changed.
    text : str
        What it will hold.
    like : openpyxl.cell.Cell, optional
        One made so before, whose format is taken over: openpyxl looks for each new one among all others.

    Returns
    -------
    openpyxl.cell.Cell
        The cell.
    """
    cell.value, cell.data_type = writable(text), "s"
    if like is not None:
        cell._style = copy(like._style)  # as openpyxl does where it copies a sheet
        return cell
    cell.number_format = "@"
    cell.quotePrefix = True
    return cell


def comment_of(text: str) -> Any:
    """Return a comment that is as high as its text needs."""
    comment = require_module("openpyxl.comments", "excel", "writing .xlsx").Comment(writable(text), _AUTHOR)
    lines = sum(-(-max(len(line), 1) // _CHARACTERS_OF_LINE) for line in text.split("\n"))
    comment.width, comment.height = _WIDTH_OF_COMMENT, _HEIGHT_OF_LINE * (lines + 1)
    return comment


def _add_form(book: Any, form: Form, lists_title: str) -> None:
    page = book.create_sheet(safe_title(form.title))
    looks = _Looks()
    for place, column in enumerate(form.columns, start=1):
        letter = looks.letter_of(place)
        page.column_dimensions[letter].width = column.width
        page.column_dimensions[letter].number_format = column.form
        page.column_dimensions[letter].alignment = looks.alignment(centred=column.form != "@")
        heading = page.cell(1, place)
        text_cell(heading, column.heading)
        looks.put_on_heading(heading, needed=column.needed)
        heading.comment = comment_of(column.hint)
        if column.allowed is not None:
            page.add_data_validation(_validation(column.allowed, letter, _list_place(lists_title, column)))
    for row, cells in enumerate(form.rows, start=2):
        for place, (value, column) in enumerate(zip(cells, form.columns, strict=True), start=1):
            _fill_in(page.cell(row, place), value, column, looks)
    page.row_dimensions[1].height = 45
    page.freeze_panes = f"{looks.letter_of(form.frozen + 1)}2"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9  # A4
    page.page_setup.fitToHeight = 0
    page.print_title_rows = "1:1"
    page.sheet_properties.pageSetUpPr = looks.fit_to_page()


def _fill_in(cell: Any, value: str | date | None, column: FormColumn, looks: _Looks) -> None:
    if isinstance(value, str):
        text_cell(cell, value)
    elif value is not None:
        cell.value = value
    if not isinstance(value, str):
        cell.number_format = column.form
    looks.put_on_cell(cell, given=column.given, centred=column.form != "@")


class _Looks:
    """How cells look, and what of openpyxl that takes."""

    def __init__(self) -> None:
        self._styles = require_module("openpyxl.styles", "excel", "writing .xlsx")
        self._utils = require_module("openpyxl.utils", "excel", "writing .xlsx")
        self._sheet = require_module("openpyxl.worksheet.properties", "excel", "writing .xlsx")
        side = self._styles.Side(style="thin", color=_EDGE)
        self._edge = self._styles.Border(left=side, right=side, top=side, bottom=side)

    def letter_of(self, place: int) -> str:
        return str(self._utils.get_column_letter(place))

    def fit_to_page(self) -> Any:
        return self._sheet.PageSetupProperties(fitToPage=True)

    def put_on_heading(self, cell: Any, *, needed: bool) -> None:
        cell.font = self._styles.Font(
            name="Calibri", size=11, bold=True, color="FFFFFF" if needed else "1F1F1F"
        )
        cell.fill = self._styles.PatternFill("solid", fgColor=_NEEDED if needed else _OPEN)
        cell.alignment = self._styles.Alignment(wrap_text=True, vertical="center")
        cell.border = self._edge

    def alignment(self, *, centred: bool) -> Any:
        side = "center" if centred else None
        return self._styles.Alignment(wrap_text=True, vertical="top", horizontal=side)

    def put_on_cell(
        self, cell: Any, *, given: bool = False, bold: bool = False, centred: bool = False
    ) -> None:
        cell.font = self._styles.Font(name="Calibri", size=11, bold=bold)
        cell.alignment = self.alignment(centred=centred)
        cell.border = self._edge
        if given:
            cell.fill = self._styles.PatternFill("solid", fgColor=_GIVEN)

    def put_on_title(self, cell: Any) -> None:
        cell.font = self._styles.Font(name="Calibri", size=14, bold=True)


def _validation(allowed: Allowed, letter: str, place: str) -> Any:
    """Return what may stand in a column below its heading."""
    make = require_module("openpyxl.worksheet.datavalidation", "excel", "writing .xlsx").DataValidation
    if allowed.kind == "list":
        said = {"type": "list", "formula1": place or f'"{",".join(allowed.values)}"'}
    else:
        said = {
            "type": allowed.kind,
            "operator": "between",
            "formula1": allowed.lowest,
            "formula2": allowed.highest,
        }
    return make(
        **said,
        allow_blank=True,
        showErrorMessage=allowed.strict,
        sqref=f"{letter}2:{letter}{LAST_ROW}",
    )


def _list_place(title: str, column: FormColumn) -> str:
    """Return where a long list stands on the hidden sheet, which has a list a column."""
    allowed = column.allowed
    if allowed is None or not _is_long(allowed):
        return ""
    return f"'{title}'!$A$1:$A${len(allowed.values)}"


def _is_long(allowed: Allowed) -> bool:
    return allowed.kind == "list" and len(",".join(allowed.values)) > LONGEST_LISTED


def _add_lists(book: Any, forms: Sequence[Form], title: str) -> None:
    """Add the hidden sheet of the one long list there is."""
    long = {
        column.allowed.values
        for form in forms
        for column in form.columns
        if column.allowed is not None and _is_long(column.allowed)
    }
    for values in long:
        page = book.create_sheet(safe_title(title))
        page.sheet_state = "hidden"
        for row, value in enumerate(values, start=1):
            text_cell(page.cell(row, 1), value)


def _add_guide(book: Any, guide: Guide) -> None:
    page = book.create_sheet(safe_title(guide.title))
    looks = _Looks()
    for row, line in enumerate(guide.lines, start=1):
        cell = page.cell(row, 1)
        text_cell(cell, line)
        if row == 1:
            looks.put_on_title(cell)
    first = len(guide.lines) + 2
    for row, cells in enumerate(guide.table, start=first):
        lines = (lines_of(text, width) for text, width in zip(cells, _WIDTHS_OF_GUIDE, strict=True))
        page.row_dimensions[row].height = LINE * max(lines)
        for place, text in enumerate(cells, start=1):
            cell = page.cell(row, place)
            text_cell(cell, text)
            if row == first:
                looks.put_on_heading(cell, needed=False)
            else:
                looks.put_on_cell(cell, bold=place == 1)
    for place, width in enumerate(_WIDTHS_OF_GUIDE, start=1):
        page.column_dimensions[looks.letter_of(place)].width = width
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9  # A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = looks.fit_to_page()
