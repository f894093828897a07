"""Reads a sheet of a workbook (.xlsx) as rows, without running anything in it.

A workbook is an archive that a stranger may have made: what it unpacks to is bounded, no entities are known
(:mod:`reverse_match.workbook_parts`), and one with macros is refused. Formulas are not run: what counts is
the result that the spreadsheet has stored, and a formula without one is a fault, since its cell would
otherwise pass for empty.

It is read here and not by a library of its own: openpyxl holds parts as trees, a hundred bytes for each of a
file, and calamine the whole rectangle up to the last cell, which a single one far out makes larger than any
memory; neither tells of a formula without a result, or a number shown with zeros in front, in one pass.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reverse_match.errors import CohortError, Fault
from reverse_match.names.suggestion import LONGEST_SHOWN, did_you_mean
from reverse_match.visible_text import shortened
from reverse_match.workbook_cells import SheetCells, TooManyCells, Unreadable
from reverse_match.workbook_outline import BOOK, outline_of
from reverse_match.workbook_parts import MOST_TAGS_OF_TABLE, UNPACKS_TO_FAR_MORE, Damaged, Parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.workbook_outline import Outline, Sheet

__all__ = ["Unreadable", "workbook_rows"]

MOST_CELLS = 4_000_000
"""A sheet of more cells is refused: 200,000 people with twenty columns. Empty ones between filled ones count,
so that one far out makes many."""

EXPANSION = 32
"""A workbook unpacks to ten or twenty times its size; an archive that claims more is no workbook."""

UNPACKED = 256 * 1024 * 1024
"""What a workbook may unpack to in any case: it is read piece by piece."""

_DAMAGED = "not a workbook, or a damaged one; save it again as .xlsx"
_MOST_NAMED = 10


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
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        message = "an old workbook (.xls), or one with a password; save it as .xlsx without password"
        raise _refuse(message, name, "unknown-kind-of-file")
    try:
        parts = Parts(data, name, max(UNPACKED, EXPANSION * len(data)))
        _refuse_what_is_no_workbook(parts, len(data), name)
        outline = outline_of(parts)
        part = _part_of(_chosen_sheet(outline, sheet, name), outline, name)
        cells = SheetCells(outline, MOST_CELLS)
        parts.read(part, cells, MOST_TAGS_OF_TABLE)
    except TooManyCells:
        message = f"more than {MOST_CELLS:,} cells; delete what is far from the table"
        raise _refuse(message, name, "too-large") from None
    except (Damaged, LookupError, ValueError):
        raise _refuse(_DAMAGED, name, "damaged") from None
    return cells.rows


def _refuse(message: str, name: str, code: str) -> CohortError:
    return CohortError([Fault(message, name, code=code)])


def _refuse_what_is_no_workbook(parts: Parts, size: int, name: str) -> None:
    if BOOK not in parts.names:
        message = "an archive, but not a workbook; right would be a workbook saved as .xlsx"
        raise _refuse(message, name, "unknown-kind-of-file")
    if any("vbaproject" in part.lower() for part in parts.names):
        message = "holds macros, which are never run; save it as .xlsx without macros"
        raise _refuse(message, name, "unknown-kind-of-file")
    if parts.unpacked > max(UNPACKED, EXPANSION * size):
        raise _refuse(UNPACKS_TO_FAR_MORE, name, "too-large")


def _chosen_sheet(outline: Outline, title: str | None, name: str) -> Sheet:
    seen = [sheet.title for sheet in outline.sheets if sheet.seen]
    if title is None and len(seen) == 1:
        title = seen[0]
    if title is None:
        listed = _listed(seen) or "none that is not hidden"
        example = shortened(seen[0] if seen else outline.sheets[0].title, LONGEST_SHOWN)
        message = f"holds several sheets ({listed}); say which one: sheet='{example}'"
        raise _refuse(message, name, "unknown-sheet")
    found = next((sheet for sheet in outline.sheets if sheet.title == title), None)
    if found is None:
        hint = did_you_mean(title, [sheet.title for sheet in outline.sheets])
        message = f"no sheet is called '{shortened(title, LONGEST_SHOWN)}'{hint}"
        raise _refuse(message, name, "unknown-sheet")
    return found


def _listed(titles: Sequence[str]) -> str:
    named = [f"'{shortened(title, LONGEST_SHOWN)}'" for title in titles[:_MOST_NAMED]]
    return ", ".join(named if len(titles) <= _MOST_NAMED else [*named, "..."])


def _part_of(sheet: Sheet, outline: Outline, name: str) -> str:
    part, kind = outline.parts[sheet.key]
    if kind != "worksheet":
        message = f"'{shortened(sheet.title, LONGEST_SHOWN)}' is a chart, not a sheet of cells"
        raise _refuse(message, name, "unknown-sheet")
    return part
