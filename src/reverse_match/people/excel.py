"""Reads a sheet of a workbook (.xlsx) as rows, without running anything in it.

A workbook is an archive that a stranger may have made. openpyxl reads only parts that have been checked
before (:mod:`.workbook_parts`, :mod:`.workbook_tables`): the unpacked size is bounded, and entities are
refused. A workbook with macros is refused. Formulas are not run: the result counts that the spreadsheet has
stored. A formula without a stored result is a fault, since its cell would otherwise pass for empty.

The faster reader calamine reports neither formulas without a result, nor errors, nor the format of a number.
Such cells would pass for empty, or for another id.
"""

from __future__ import annotations

import io
import re
import warnings
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from reverse_match.foundation.errors import CohortError, Fault, ReverseMatchError
from reverse_match.foundation.names import LONGEST_SHOWN, did_you_mean
from reverse_match.foundation.optional import require_module
from reverse_match.foundation.text_safety import shorten
from reverse_match.people.cells import LONGEST_TEXT, is_empty
from reverse_match.people.table import refuse_many_columns, table_of
from reverse_match.people.workbook_parts import UNPACKS_TO_FAR_MORE, Damaged, Refused, Tree, WatchedParts
from reverse_match.people.workbook_tables import SheetCells, Texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from reverse_match.people.table import Line, Table

Answer = TypeVar("Answer")

MOST_CELLS = 2_000_000
"""Largest number of cells in a sheet: 100,000 people with twenty columns.

Empty cells between filled ones count, so one cell far from the table makes many.
"""

EXPANSION = 32
"""Largest ratio of the unpacked size to the size of the file; a genuine workbook has ten or twenty."""

UNPACKED = 256 * 1024 * 1024
"""Bytes to which any workbook may unpack, whatever its size; they are read piece by piece."""

GUIDES = frozenset(
    (
        *("guide", "read me", "readme", "instructions", "help", "faults and notes"),
        *("notice", "mode d'emploi", "mode d\N{RIGHT SINGLE QUOTATION MARK}emploi", "lisez-moi", "aide"),
        "erreurs et remarques",
    )
)
"""Titles of sheets that are about a workbook, and hold nobody."""

_BOOK = "xl/workbook.xml"
_DAMAGED = "not a workbook, or a damaged one; save it again as .xlsx"
_MOST_NAMED = 10
_LEADING_ZEROS = re.compile(r"0{2,}")


@dataclass(frozen=True)
class Unreadable:
    """Represents a cell without a readable value, until its place is known."""

    why: str


_NO_RESULT = Unreadable(
    "a formula whose result is not stored, and formulas are not run here; "
    "open the file in a spreadsheet and save it, or paste the values"
)
_NO_VALUE = Unreadable("an error of the spreadsheet, such as #N/A or #REF!; correct or empty the cell")
_TOO_LONG = Unreadable(f"a text too long for a cell; right would be up to {LONGEST_TEXT:,} characters")


def workbook_table(data: bytes, name: str, sheet: str | None, each: str) -> Table:
    """Return a sheet as a table; short rows are filled with empty cells.

    Parameters
    ----------
    data, name, sheet
        As for :func:`workbook_rows`.
    each : str
        Noun for the subject of a row, such as ``"person"``, for messages.

    Raises
    ------
    CohortError
        If the file is no such workbook, or the cells of the sheet are no table, or cannot be read.
    """
    lines = workbook_rows(data, name, sheet)
    width = max((len(cells) for _, cells in lines), default=0)
    refuse_many_columns(width, name)
    table = table_of([(row, cells + [None] * (width - len(cells))) for row, cells in lines], name, each)
    faults = [
        Fault(cells[place].why, name, row, heading, code="unreadable-cell")
        for place, row in enumerate(table.rows)
        for heading, cells in table.columns.items()
        if isinstance(cells[place], Unreadable)
    ]
    if faults:
        raise CohortError(faults)
    return table


def workbook_rows(data: bytes, name: str, sheet: str | None) -> list[Line]:
    """Return the rows of a sheet that are not empty, each with its number as the spreadsheet counts.

    Parameters
    ----------
    data, name, sheet
        As for :func:`workbook_cells`.
    """
    return _read_workbook(data, name, sheet)[0]


class WorkbookCells(NamedTuple):
    """Rows that hold anything, and what is to be told of them."""

    lines: list[Line]
    notes: list[tuple[str, str]]
    """Message and code of each note."""


def workbook_cells(data: bytes, name: str, sheet: str | None) -> WorkbookCells:
    """Return the rows of a sheet as a person sees them: hidden rows are left out, merged cells filled.

    Parameters
    ----------
    data : bytes
        Content of the file.
    name : str
        Name of the file, for messages.
    sheet : str or None
        Name of the sheet; may be ``None`` if the workbook has only one.

    Raises
    ------
    CohortError
        If the file is no workbook, holds macros, is too large, or has no such sheet.
    MissingExtraError
        If openpyxl is not installed.
    """
    lines, watched = _read_workbook(data, name, sheet)
    notes = []
    if watched.hidden_rows:
        seen = [line for line in lines if line[0] not in watched.hidden_rows]
        if len(seen) < len(lines):
            hidden = len(lines) - len(seen)
            notes.append((f"{hidden} hidden row{'s' if hidden > 1 else ''} left out", "rows-left-out"))
        lines = seen
    if watched.merged and _fill_merged(lines, watched.merged):
        notes.append(("cells that are merged over several rows are read in each of them", "merged-cells"))
    return WorkbookCells(lines, notes)


def _fill_merged(lines: Sequence[Line], merged: Sequence[tuple[int, int, int]]) -> bool:
    """Let each row of merged cells hold what stands in the first; say whether any did."""
    by_row = dict(lines)
    end = max(by_row, default=0)
    filled = 0
    for column, first, last in merged:
        value = _cell_at(by_row.get(first, []), column)
        if is_empty(value):
            continue
        for row in range(first + 1, min(last, end) + 1):
            cells = by_row.setdefault(row, [])
            cells.extend([None] * (column - len(cells)))
            cells[column - 1] = value
            filled += 1
            if filled > MOST_CELLS:
                raise _refuse(_DAMAGED, "merged cells", "damaged")
    return filled > 0


def _cell_at(cells: Sequence[Any], column: int) -> Any:
    return cells[column - 1] if column <= len(cells) else None


def people_sheets(data: bytes, name: str) -> list[str]:
    """Return the titles of the sheets of cells that a person sees, but for guides.

    Raises
    ------
    CohortError
        If the file is no workbook, holds macros, or is too large.
    MissingExtraError
        If openpyxl is not installed.
    """
    return _ask_workbook(data, name, lambda book, _: book.people_sheets())


def whole_workbook(data: bytes, name: str, *, results: bool = False) -> Any:
    """Return a workbook of openpyxl with all sheets, to be copied.

    Parameters
    ----------
    data : bytes
        Content of the file.
    name : str
        Name of the file, for messages.
    results : bool
        Whether formulas are replaced by the results that the spreadsheet has stored.

    Raises
    ------
    CohortError
        If the file is no workbook, holds macros, is too large, or cannot be read as a whole.
    MissingExtraError
        If openpyxl is not installed.
    """

    def load(book: _Book, most: int) -> Any:
        book.check_all(most)
        read = require_module("openpyxl", "excel", "reading .xlsx").load_workbook
        return read(io.BytesIO(data), data_only=results, rich_text=True)

    return _ask_workbook(data, name, load)


def _read_workbook(data: bytes, name: str, sheet: str | None) -> tuple[list[Line], SheetCells]:
    return _ask_workbook(data, name, lambda book, most: book.rows(sheet, most))


def _ask_workbook(data: bytes, name: str, ask: Callable[[_Book, int], Answer]) -> Answer:
    """Return what a workbook answers, once it is known to be one."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        message = "an old workbook (.xls), or one with a password; save it as .xlsx without password"
        raise _refuse(message, name, "unknown-kind-of-file")
    most = max(UNPACKED, EXPANSION * len(data))
    try:
        with closing(WatchedParts(data, most)) as parts, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about extensions and styles, which do not matter here
            _refuse_what_is_no_workbook(parts, most)
            return ask(_Book(parts, data), most)
    except Refused as refused:
        raise refused.fault(name) from None
    except ReverseMatchError:
        raise
    except Exception:  # a damaged part makes openpyxl raise errors of any kind
        raise _refuse(_DAMAGED, name, "damaged") from None


def _refuse(message: str, name: str, code: str) -> CohortError:
    return CohortError([Fault(message, name, code=code)])


def _refuse_what_is_no_workbook(parts: WatchedParts, most: int) -> None:
    if _BOOK not in parts.names:
        message = "an archive, but not a workbook; right would be a workbook saved as .xlsx"
        raise Refused(message, "unknown-kind-of-file")
    if any("vbaproject" in part.lower() for part in parts.names):
        message = "holds macros, which are never run; save it as .xlsx without macros"
        raise Refused(message, "unknown-kind-of-file")
    if parts.unpacked > most:
        raise Refused(UNPACKS_TO_FAR_MORE)


class _Book:
    """Reads one sheet of a workbook with openpyxl, and no other parts than it needs.

    ``openpyxl.load_workbook`` would also read the properties, the theme, the charts and the head of every
    sheet, from an archive of its own. Here its steps run one by one, on an archive that is checked.
    """

    def __init__(self, parts: WatchedParts, data: bytes) -> None:
        self._parts = parts
        self._openpyxl = require_module("openpyxl", "excel", "reading .xlsx")
        self._reader = self._openpyxl.reader.excel.ExcelReader(
            io.BytesIO(data), read_only=True, data_only=True, keep_links=False
        )
        self._reader.archive.close()
        self._reader.archive = parts

    def rows(self, title: str | None, most: int) -> tuple[list[Line], SheetCells]:
        """Return the rows of a sheet that hold anything, and what was seen of it before."""
        self._read_plan()
        sheet, part = self._chosen_sheet(title)
        self._read_texts(most)
        self._openpyxl.reader.excel.apply_stylesheet(self._parts, self._reader.wb)
        self._reader.parser.sheets = [sheet]
        self._reader.read_worksheets()
        watched = SheetCells(self._openpyxl.utils, MOST_CELLS, most)
        self._parts.look_through(part, watched)
        return list(_filled_rows(self._reader.wb.worksheets[0], watched)), watched

    def people_sheets(self) -> list[str]:
        """Return the titles of sheets that are neither hidden nor charts nor guides."""
        self._read_plan()
        return _without_guides(
            [
                sheet.name
                for sheet, part in self._reader.parser.find_sheets()
                if sheet.state == "visible" and part.Type.endswith("/worksheet")
            ]
        )

    def check_all(self, most: int) -> None:
        """Check every part that openpyxl may read, as those of one sheet are checked before they are read."""
        self._read_plan()
        tables = {part.target for _, part in self._reader.parser.find_sheets() if "chart" not in part.Type}
        shared = self._reader.package.find(self._openpyxl.xml.constants.SHARED_STRINGS)
        texts = None if shared is None else shared.PartName[1:]
        for part in sorted(self._parts.names):
            if part in tables:
                self._parts.look_through(part, SheetCells(self._openpyxl.utils, MOST_CELLS, most))
            elif part == texts:
                self._parts.look_through(part, Texts(most))
            elif part.endswith((".xml", ".rels")):
                self._parts.look_through(part, Tree())

    def _read_plan(self) -> None:
        self._reader.read_manifest()
        self._reader.read_workbook()

    def _read_texts(self, most: int) -> None:
        shared = self._reader.package.find(self._openpyxl.xml.constants.SHARED_STRINGS)
        if shared is not None:
            self._parts.look_through(shared.PartName[1:], Texts(most))
            self._reader.read_strings()

    def _chosen_sheet(self, title: str | None) -> tuple[Any, str]:
        found = list(self._reader.parser.find_sheets())
        sheet = _named_sheet([sheet for sheet, _ in found], title)
        part = next(part for other, part in found if other is sheet)
        if not part.Type.endswith("/worksheet"):
            message = f"'{shorten(sheet.name, LONGEST_SHOWN)}' is a chart, not a sheet of cells"
            raise Refused(message, "unknown-sheet")
        return sheet, part.target


def _without_guides(titles: list[str]) -> list[str]:
    """Return titles but for those of guides, if others are left."""
    return [title for title in titles if " ".join(title.casefold().split()) not in GUIDES] or titles


def _named_sheet(sheets: Sequence[Any], title: str | None) -> Any:
    if not sheets:
        raise Damaged
    seen = [sheet.name for sheet in sheets if sheet.state == "visible"]
    if title is None and len(_without_guides(seen)) == 1:
        title = _without_guides(seen)[0]
    if title is None:
        listed = _quoted_titles(seen) or "none that is not hidden"
        example = shorten(seen[0] if seen else sheets[0].name, LONGEST_SHOWN)
        one = f"--sheet '{example}', or sheet='{example}' in Python"
        message = f"holds several sheets ({listed}); say which one: {one}"
        raise Refused(message, "unknown-sheet")
    found = next((sheet for sheet in sheets if sheet.name == title), None)
    if found is None:
        hint = did_you_mean(title, [sheet.name for sheet in sheets])
        message = f"no sheet is called '{shorten(title, LONGEST_SHOWN)}'{hint}"
        raise Refused(message, "unknown-sheet")
    return found


def _quoted_titles(titles: Sequence[str]) -> str:
    named = [f"'{shorten(title, LONGEST_SHOWN)}'" for title in titles[:_MOST_NAMED]]
    return ", ".join(named if len(titles) <= _MOST_NAMED else [*named, "..."])


def _filled_rows(sheet: Any, watched: SheetCells) -> Iterator[Line]:
    """Yield the rows that are not empty; openpyxl is not asked for rows after the last one."""
    without_result = watched.without_result
    for row, cells in enumerate(islice(sheet.iter_rows(), watched.last_row), start=1):
        values = [_value(cell) for cell in cells]
        if without_result:
            for position in range(len(values)):
                if (row, position + 1) in without_result:
                    values[position] = _NO_RESULT
        while values and is_empty(values[-1]):
            values.pop()
        if values:
            yield row, values


def _value(cell: Any) -> Any:
    """Return the value of a cell; for a number shown with leading zeros (00417), the text that is shown."""
    value = cell.value
    if isinstance(value, str):
        if cell.data_type == "e":
            return _NO_VALUE
        return value if len(value) <= LONGEST_TEXT else _TOO_LONG
    if type(value) is int:
        shown = cell.number_format or ""
        return f"{value:0{len(shown)}d}" if _LEADING_ZEROS.fullmatch(shown) else value
    return _NO_VALUE if value is None and getattr(cell, "data_type", "n") == "e" else value
