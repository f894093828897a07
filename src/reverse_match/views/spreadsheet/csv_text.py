"""A sheet as CSV for the spreadsheet of a country: separator, sign for decimals, and a byte order mark.

Without the mark, Excel reads UTF-8 as cp1252. It also reads ``00417`` as 417, whatever stands around it, and
nothing that is no formula keeps it from that: :func:`ids_at_risk` tells which ids a workbook would keep.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, NamedTuple

from reverse_match.foundation.text_safety import safe_cell, visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reverse_match.views.spreadsheet.sheets import Cell, Sheet


class CsvKind(NamedTuple):
    """How spreadsheets of a country read CSV."""

    separator: str
    decimal_sign: str


KINDS = {"en": CsvKind(",", "."), "fr": CsvKind(";", ",")}
"""By the code of the language that the spreadsheet is set to."""

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
_AT_RISK = re.compile(r"0[0-9]+|[0-9]{12,}|[0-9]+[eE][0-9]+")
"""Zeros in front, more digits than are shown, or what reads like a power of ten."""


def csv_text(sheet: Sheet, kind: str) -> str:
    r"""Return a sheet as CSV.

    Parameters
    ----------
    sheet : Sheet
        What is written.
    kind : str
        ``"en"`` or ``"fr"``.

    Examples
    --------
    >>> from reverse_match.views.spreadsheet.sheets import Sheet, SheetColumn
    >>> sheet = Sheet("Duos", [SheetColumn("Mentor"), SheetColumn("Score", places=3)], [["Léa", 0.5]])
    >>> csv_text(sheet, "fr")
    '\ufeffMentor;Score\r\nLéa;0,5\r\n'
    """
    separator, decimal_sign = KINDS[kind]
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator="\r\n")
    writer.writerow([_written(column.heading, decimal_sign) for column in sheet.columns])
    for row in sheet.rows:
        writer.writerow([_written(cell, decimal_sign) for cell in row])
    return BYTE_ORDER_MARK + text.getvalue()


def _written(cell: Cell, decimal_sign: str) -> str:
    if isinstance(cell, str):
        return safe_cell(visible(cell))
    return "" if cell is None else str(cell).replace(".", decimal_sign)


def ids_at_risk(ids: Iterable[str]) -> int:
    """Return how many ids a spreadsheet that opens CSV would take for numbers, and change.

    Examples
    --------
    >>> ids_at_risk(["00417", "417", "lea", "12E5", "123456789012"])
    3
    """
    return sum(bool(_AT_RISK.fullmatch(identity)) for identity in ids)
