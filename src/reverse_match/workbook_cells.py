"""The cells of a sheet, row by row, with the values that the spreadsheet has stored."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from reverse_match.cells import LONGEST_TEXT, is_empty
from reverse_match.table_limits import MOST_COLUMNS
from reverse_match.workbook_outline import NumberFormat
from reverse_match.workbook_parts import Damaged

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reverse_match.workbook_outline import Outline

MOST_DIGITS = 40
"""Of a number; a spreadsheet writes up to 17."""

_LETTERS = re.compile(r"[A-Za-z]{1,3}")
_USUAL = NumberFormat()
_MILLISECONDS_OF_DAY = 86_400_000
_DAYS_BEFORE_MARCH_1900 = 60


class TooManyCells(Exception):  # noqa: N818 - it is caught in workbook.py, and becomes a fault
    """A sheet has more cells than are read."""


@dataclass(frozen=True)
class Unreadable:
    """Stands for a cell that holds no value, until its place is known."""

    why: str


NO_RESULT = Unreadable(
    "a formula whose result is not stored, and formulas are not run here; "
    "open the file in a spreadsheet and save it, or paste the values"
)
NO_VALUE = Unreadable("an error of the spreadsheet, such as #N/A or #REF!; correct or empty the cell")
NO_NUMBER = Unreadable("not a number or a date that can be read; correct or empty the cell")
TOO_LONG = Unreadable(f"a text too long for a cell; right would be up to {LONGEST_TEXT:,} characters")


class SheetCells:
    """Takes in a sheet and keeps the rows that hold anything, each with its number.

    Attributes
    ----------
    rows : list of (int, list)
        Number of a row as the spreadsheet counts, and its cells up to the last one that is not empty.
    """

    def __init__(self, outline: Outline, most: int) -> None:
        self.rows: list[tuple[int, list[Any]]] = []
        self._outline = outline
        self._left = most
        self._row = 0
        self._cells: list[Any] = []
        self._in_inline = self._in_phonetic = self._listens = False
        self._pieces: list[str] = []
        self._length = 0
        self._type, self._style, self._column, self._has_formula = "n", "0", 0, False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Begin an element."""
        if name == "v":
            self._listens = self._type != "inlineStr"
        elif name == "c":
            self._begin_cell(attributes)
        elif name == "t":
            self._listens = self._in_inline and not self._in_phonetic
        elif name == "f":
            self._has_formula = True
        elif name == "is":
            self._in_inline = self._type == "inlineStr"
        elif name == "rPh":
            self._in_phonetic = True
        elif name == "row":
            self._begin_row(attributes)
        elif name.endswith((":c", ":row")):  # with a prefix that the outermost element has not
            raise Damaged

    def end(self, name: str) -> None:
        """End an element."""
        self._listens = False
        if name == "c":
            if self._pieces or self._has_formula or self._type == "e":
                self._cells[self._column - 1] = self._value()
        elif name == "row":
            self._end_row()
        elif name == "is":
            self._in_inline = False
        elif name == "rPh":
            self._in_phonetic = False

    def text(self, piece: str) -> None:
        """Take in text, but for more than a cell can hold."""
        if self._listens and self._length <= LONGEST_TEXT:
            self._pieces.append(piece)
            self._length += len(piece)

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        number = int(attributes.get("r", self._row + 1))
        if number <= self._row:
            raise Damaged
        self._count(number - self._row)
        self._row, self._column, self._cells = number, 0, []

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        place = attributes.get("r")
        column = self._column + 1 if place is None else _column_of(place.rstrip("0123456789"))
        if not self._column < column <= MOST_COLUMNS:
            raise Damaged
        self._count(column - self._column)
        self._cells += [None] * (column - self._column)
        self._column = column
        self._type, self._style = attributes.get("t", "n"), attributes.get("s", "0")
        self._has_formula = False
        if self._pieces:
            self._pieces, self._length = [], 0

    def _count(self, cells: int) -> None:
        self._left -= cells
        if self._left < 0:
            raise TooManyCells

    def _end_row(self) -> None:
        while self._cells and is_empty(self._cells[-1]):
            self._cells.pop()
        if self._cells:
            self.rows.append((self._row, self._cells))

    def _value(self) -> Any:
        """Return what a cell holds; of a number shown with leading zeros (00417) the text that is shown."""
        if self._length > LONGEST_TEXT:
            return TOO_LONG
        written = "".join(self._pieces)
        if self._type == "e":
            return NO_VALUE
        if not written:
            return NO_RESULT if self._has_formula and self._type != "str" else None
        if self._type in ("str", "inlineStr"):
            return written
        if self._type == "s":
            shared = self._outline.texts[_index(written)]
            return TOO_LONG if shared is None else shared
        try:
            return self._number(written)
        except (ValueError, OverflowError):
            return NO_NUMBER

    def _number(self, written: str) -> Any:
        if len(written) > MOST_DIGITS:
            return NO_NUMBER
        if self._type == "b":
            return bool(int(written))
        if self._type == "d":
            return _moment_written(written)
        number = float(written) if "." in written or "E" in written or "e" in written else int(written)
        formats = self._outline.formats
        style = int(self._style)
        shown = formats[style] if 0 <= style < len(formats) else _USUAL
        if shown.is_date:
            return _moment(number, shown, counts_from_1904=self._outline.counts_from_1904)
        if shown.digits and isinstance(number, int):
            return f"{number:0{shown.digits}d}"
        return number


@lru_cache(maxsize=1024)
def _column_of(letters: str) -> int:
    if not _LETTERS.fullmatch(letters):
        raise Damaged
    column = 0
    for letter in letters.upper():
        column = 26 * column + ord(letter) - 64
    return column


def _index(written: str) -> int:
    try:
        number = int(written[:MOST_DIGITS])
    except ValueError:
        raise Damaged from None
    if number < 0:
        raise Damaged
    return number


def _moment(number: float, shown: NumberFormat, *, counts_from_1904: bool) -> Any:
    """Return the date, time or duration that a spreadsheet writes as a number of days.

    The 29 February 1900, which there was not, has the number 60; days before it count one more.
    """
    if shown.is_duration:
        return timedelta(milliseconds=round(number * _MILLISECONDS_OF_DAY))
    days, part = divmod(number, 1)
    rest = timedelta(milliseconds=round(part * _MILLISECONDS_OF_DAY))
    if 0 <= number < 1 and not rest.days:
        return (datetime.min + rest).time()
    if 0 < number < _DAYS_BEFORE_MARCH_1900 and not counts_from_1904:
        days += 1
    first = datetime(1904, 1, 1) if counts_from_1904 else datetime(1899, 12, 30)
    return first + timedelta(days=days) + rest


def _moment_written(written: str) -> date | datetime | time:
    plain = written.removesuffix("Z")
    if "T" in plain:
        return datetime.fromisoformat(plain)
    return time.fromisoformat(plain) if ":" in plain else date.fromisoformat(plain)
