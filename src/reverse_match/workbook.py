"""Reads a sheet of an .xlsx workbook as rows of cells, without running anything in it.

A workbook is an archive that a stranger may have made: it is measured before it is unpacked, refused where it
holds macros or declares entities of its own, and read cell by cell. Formulas are not run: what counts is the
result that the spreadsheet has stored, and a formula without one is a fault, since its cell would otherwise
pass for empty.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reverse_match.cells import is_empty
from reverse_match.errors import CohortError, Fault, ReverseMatchError
from reverse_match.extras import needed
from reverse_match.names.suggestion import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_CELLS = 20_000_000
"""A sheet of more cells is refused; empty ones between filled ones count, so that one far out makes many."""

EXPANSION = 32
"""A workbook unpacks to ten or twenty times its size; an archive that claims more is no workbook."""

UNPACKED = 256 * 1024 * 1024
"""What a workbook may unpack to in any case: it is read piece by piece."""

_ENTITIES = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_HEAD = 4096
_PIECE = 1024 * 1024
_DAMAGED = "not a workbook, or a damaged one; save it again as .xlsx"
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_LEADING_ZEROS = re.compile(r"0{2,}")


@dataclass(frozen=True)
class Unreadable:
    """Stands for a cell that holds no value, until its place is known."""

    why: str


def workbook_rows(data: bytes, name: str, sheet: str | None) -> list[tuple[int, list[Any]]]:
    """Return the rows of a sheet that hold anything, each with its number as the spreadsheet counts.

    Parameters
    ----------
    data : bytes
        The file.
    name : str
        What it is called, for messages.
    sheet : str or None
        Name of the sheet; may be left out where there is only one.

    Raises
    ------
    CohortError
        If it is no workbook, holds macros, is too large, or has no such sheet.
    MissingExtraError
        If openpyxl is not installed.
    """
    _refuse_what_is_no_workbook(data, name)
    openpyxl = needed("openpyxl", "excel", "reading .xlsx")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of extensions and styles, which do not matter here
            return _filled_rows(openpyxl, data, name, sheet)
    except ReverseMatchError:
        raise
    except Exception:  # openpyxl raises whatever a damaged part leads to
        raise _refuse(_DAMAGED, name) from None


def _filled_rows(openpyxl: Any, data: bytes, name: str, sheet: str | None) -> list[tuple[int, list[Any]]]:
    with closing(_opened(openpyxl, data, results=True)) as book:
        title = _chosen_sheet(book, sheet, name)
        formulas = _places_of_formulas(openpyxl, data, name, title)
        return [
            (row, values)
            for row, cells in _rows(book[title], name)
            if not all(map(is_empty, values := _values(row, cells, formulas)))
        ]


def _values(row: int, cells: tuple[Any, ...], formulas: set[tuple[int, int]]) -> list[Any]:
    return [_value(cell, formula=(row, position) in formulas) for position, cell in enumerate(cells)]


def _refuse(message: str, name: str) -> CohortError:
    return CohortError([Fault(message, name)])


def _refuse_what_is_no_workbook(data: bytes, name: str) -> None:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise _refuse(
            "an old workbook (.xls), or one with a password; save it as .xlsx without password", name
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_dangerous(archive, len(data), name)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError):
        raise _refuse(_DAMAGED, name) from None


def _refuse_dangerous(archive: zipfile.ZipFile, size: int, name: str) -> None:
    members = archive.infolist()
    if "xl/workbook.xml" not in archive.namelist():
        raise _refuse("an archive, but not a workbook; right would be a workbook saved as .xlsx", name)
    if any("vbaproject" in member.filename.lower() for member in members):
        raise _refuse("holds macros, which are never run; save it as .xlsx without macros", name)
    if sum(member.file_size for member in members) > max(UNPACKED, EXPANSION * size):
        raise _refuse("would unpack to far more than a workbook of its size; save it again as .xlsx", name)
    for member in members:
        if member.filename.endswith((".xml", ".rels")):
            with archive.open(member) as stream:
                if _ENTITIES.search(stream.read(_HEAD)):
                    raise _refuse("declares entities of its own, which no spreadsheet does", name)


def _opened(openpyxl: Any, data: bytes, *, results: bool) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=results, keep_links=False)


def _chosen_sheet(book: Any, sheet: str | None, name: str) -> str:
    titles: list[str] = book.sheetnames
    seen = [title for title in titles if book[title].sheet_state == "visible"]
    if sheet is None and len(seen) == 1:
        return seen[0]
    listed = ", ".join(f"'{title}'" for title in seen)
    if sheet is None:
        raise _refuse(f"holds several sheets ({listed}); say which one: sheet='{seen[0]}'", name)
    if sheet not in titles:
        raise _refuse(f"no sheet is called '{sheet}'{did_you_mean(sheet, titles)}", name)
    return sheet


def _rows(sheet: Any, name: str) -> Iterator[tuple[int, tuple[Any, ...]]]:
    if not hasattr(sheet, "reset_dimensions"):
        raise _refuse(f"'{sheet.title}' is a chart, not a sheet of cells", name)
    sheet.reset_dimensions()  # what the file claims about its own size is not believed
    counted = 0
    for row, cells in enumerate(sheet.iter_rows(), start=1):
        counted += max(1, len(cells))
        if counted > MOST_CELLS:
            raise _refuse(f"more than {MOST_CELLS:,} cells; delete what is far from the table", name)
        yield row, cells


def _value(cell: Any, *, formula: bool) -> Any:
    """Return what a cell holds; of a number shown with leading zeros (00417) the text that is shown."""
    kind, value = getattr(cell, "data_type", "n"), cell.value
    if kind == "e":
        return Unreadable("an error of the spreadsheet, such as #N/A or #REF!; correct or empty the cell")
    if formula and value is None and kind != "str":
        return Unreadable(
            "a formula whose result is not stored, and formulas are not run here; "
            "open the file in a spreadsheet and save it, or paste the values"
        )
    shown = getattr(cell, "number_format", None) or ""
    if isinstance(value, int) and not isinstance(value, bool) and _LEADING_ZEROS.fullmatch(shown):
        return f"{value:0{len(shown)}d}"
    return value


def _places_of_formulas(openpyxl: Any, data: bytes, name: str, title: str) -> set[tuple[int, int]]:
    """Return row and position of each formula; reading takes a second look at the file."""
    if not _has_formulas(data):
        return set()
    with closing(_opened(openpyxl, data, results=False)) as book:
        return {
            (row, position)
            for row, cells in _rows(book[title], name)
            for position, cell in enumerate(cells)
            if getattr(cell, "data_type", "n") == "f"
        }


def _has_formulas(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [part for part in archive.namelist() if part.startswith("xl/worksheets/")]
        return any(_FORMULA.search(piece) for part in sheets for piece in _pieces(archive, part))


def _pieces(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """Return a part piece by piece; each begins with the end of the one before."""
    end = b""
    with archive.open(part) as stream:
        while piece := stream.read(_PIECE):
            yield end + piece
            end = piece[-_HEAD:]
