"""Checks the tables of a workbook (its sheet, and the texts that sheets share) before openpyxl reads them.

openpyxl reads a table row by row. But it fills every row up to its last cell, keeps the content outside of
rows, and fails at the first unreadable cell. So cells are counted here as openpyxl will fill them, the
content outside of rows has limits, and an unreadable cell is a fault with its place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reverse_match.people.cells import LONGEST_TEXT
from reverse_match.people.table import MOST_COLUMNS
from reverse_match.people.workbook_parts import UNPACKS_TO_FAR_MORE, Damaged, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_DIGITS = 40
"""Largest number of characters of a number; a spreadsheet writes up to 17 digits."""

MOST_ROWS_OF_SHEET = 1_048_576
"""Largest number of rows, as in a sheet of a spreadsheet."""

MOST_ELEMENTS_OF_TEXTS = 2_000_000
"""Largest number of elements in all texts: two a text, and two to ten for each run with its own format."""

MOST_OF_ROW = 64 * 1024 * 1024
"""Largest number of characters in a row."""

MOST_OUTSIDE = 4_000_000
"""Largest number of characters outside of rows before the last row; each element there counts as 100."""

MOST_ELEMENTS_OUTSIDE = 1_000_000
"""Largest number of elements outside of rows, wherever they stand: merged cells, links and the like."""

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ROW, _CELL, _VALUE, _FORMULA, _INLINE = (_MAIN + name for name in ("row", "c", "v", "f", "is"))
_TEXT = _MAIN + "si"
_OF_RUNS = frozenset(
    _MAIN + name
    for name in (
        *("t", "r", "rPr", "rPh", "phoneticPr", "rFont", "charset", "family", "b", "i", "strike", "outline"),
        *("shadow", "condense", "extend", "color", "sz", "u", "vertAlign", "scheme"),
    )
)
_LONGEST_WITH_PRONUNCIATION = 4 * LONGEST_TEXT
_TOO_LONG = f"a text too long for a cell; right would be up to {LONGEST_TEXT:,} characters"
_NO_VALUE = "not a number or a date that can be read; correct or empty the cell"


class Texts:
    """Checks the texts that sheets share."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._left = MOST_ELEMENTS_OF_TEXTS
        self._length = self._depth = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:  # noqa: ARG002 - told to all watchers
        """Count an element."""
        self._left -= 1
        self._depth += 1
        if self._left < 0:
            raise Refused(UNPACKS_TO_FAR_MORE)
        if name == _TEXT:
            self._length = 0
        elif self._depth > 1 and name not in _OF_RUNS:
            raise Damaged

    def end(self, name: str) -> None:  # noqa: ARG002 - told to all watchers
        """End an element."""
        self._depth -= 1

    def text(self, piece: str) -> None:
        """Count text."""
        self._length += len(piece)
        if self._length > _LONGEST_WITH_PRONUNCIATION:
            raise Refused(_TOO_LONG, "too-long")


class SheetCells:
    """Checks a sheet.

    Parameters
    ----------
    utils : module
        ``openpyxl.utils``, so that places and days are understood as openpyxl will read them.
    most_cells, most : int
        Largest number of cells and of bytes.

    Attributes
    ----------
    last_row : int
        Number of the last row; later content need not be read.
    without_result : set of (int, int)
        Row and column of each formula without a stored result.
    """

    def __init__(self, utils: Any, most_cells: int, most: int) -> None:
        self._utils = utils
        self.most = most
        self.last_row = 0
        self.without_result: set[tuple[int, int]] = set()
        self._most_cells = self._left = most_cells
        self._left_of_texts = MOST_ELEMENTS_OF_TEXTS
        self._left_outside = MOST_ELEMENTS_OUTSIDE
        self._outside = self._of_row = 0
        self._depth = 0
        """Nesting depth within a row, which itself has depth 1; 0 outside of rows."""
        self._column = 0
        self._type, self._has_formula, self._listens = "n", False, False
        self._written = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Begin an element."""
        if self._depth:
            self._start_within(name, attributes)
        elif name == _ROW:
            self._begin_row(attributes)
        else:
            self._outside += 100 + sum(map(len, attributes.values()))
            self._left_outside -= 1
            if self._left_outside < 0:
                raise Refused(UNPACKS_TO_FAR_MORE)

    def end(self, name: str) -> None:
        """End an element."""
        if not self._depth:
            return
        self._depth -= 1
        self._listens = False
        if name == _CELL:
            self._end_cell()

    def text(self, piece: str) -> None:
        """Take in text."""
        if not self._depth:
            self._outside += len(piece)
            return
        self._of_row += len(piece)
        if self._of_row > MOST_OF_ROW:
            raise Refused(UNPACKS_TO_FAR_MORE)
        if self._listens and len(self._written) <= LONGEST_TEXT:
            self._written += piece

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        number = int(attributes.get("r", self.last_row + 1))
        if number <= self.last_row:
            raise Damaged
        if self._outside > MOST_OUTSIDE:
            raise Refused(UNPACKS_TO_FAR_MORE)
        self._count(number - self.last_row)
        if number > MOST_ROWS_OF_SHEET:
            raise Refused(f"more than {MOST_ROWS_OF_SHEET:,} rows; delete what is far from the table")
        self.last_row, self._column, self._of_row, self._depth = number, 0, 0, 1

    def _start_within(self, name: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if self._depth == 2:
            self._begin_cell(name, attributes)
        elif self._depth == 3 and name == _VALUE:
            self._listens = True
        elif self._depth == 3 and name == _FORMULA:
            self._has_formula = True
        elif name in _OF_RUNS or (self._depth == 3 and name == _INLINE):
            self._left_of_texts -= 1
            if self._left_of_texts < 0:
                raise Refused(UNPACKS_TO_FAR_MORE)
        else:
            raise Damaged

    def _begin_cell(self, name: str, attributes: Mapping[str, str]) -> None:
        if name != _CELL:
            raise Damaged
        place = attributes.get("r")
        row, column = self._utils.coordinate_to_tuple(place) if place else (self.last_row, self._column + 1)
        if row != self.last_row or not self._column < column <= MOST_COLUMNS:
            raise Damaged
        self._count(column - self._column)
        self._column = column
        self._type = attributes.get("t", "n")
        self._has_formula, self._written = False, ""

    def _count(self, cells: int) -> None:
        self._left -= cells
        if self._left < 0:
            raise Refused(f"more than {self._most_cells:,} cells; delete what is far from the table")

    def _end_cell(self) -> None:
        if self._written:
            self._refuse_unreadable(self._written)
        elif self._has_formula and self._type != "str":
            self.without_result.add((self.last_row, self._column))

    def _refuse_unreadable(self, written: str) -> None:
        """Refuse a cell at which openpyxl would fail."""
        if self._type == "s" and not (written.isascii() and written.isdigit()):
            raise Damaged
        if self._type not in ("n", "b", "d"):
            return
        try:
            if len(written) > MOST_DIGITS:
                raise self._refusal()
            if self._type == "d":
                self._utils.datetime.from_ISO8601(written)
            elif self._type == "n" and not {".", "e", "E"}.isdisjoint(written):
                float(written)
            else:
                int(written)
        except ValueError:
            raise self._refusal() from None

    def _refusal(self) -> Refused:
        return Refused(
            _NO_VALUE, "unreadable-cell", self.last_row, self._utils.get_column_letter(self._column)
        )
