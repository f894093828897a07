"""Cuts text into lines of cells: CSV with a comma, a semicolon, a tab or a bar between columns.

The heading row decides what stands between columns; where that leaves lines of several lengths, whatever cuts
most of them into equally many cells. A first line ``sep=;``, as Excel writes it, says so.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from reverse_match.foundation.errors import CohortError, Fault
from reverse_match.people.cells import LONGEST_TEXT
from reverse_match.people.table import MOST_CELLS, MOST_ROWS, refuse_many_columns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reverse_match.people.table import Line

TOO_MANY = f"more than {MOST_ROWS:,} rows or {MOST_CELLS:,} cells; split it"

_SEPARATORS = (",", ";", "\t")
_SEPARATORS_OF_PEOPLE = (*_SEPARATORS, "|")
_SAID = re.compile(r'"?sep=(.)"?[,;\t]*(?:\r\n|\r|\n)', re.IGNORECASE)
_LINE = re.compile(r"[^\r\n]+")
_MOST_ABOVE = 12
"""Lines among which the headings are."""

_MOST_LOOKED_AT = 100_000
"""Characters in which a blank before quotes shows."""


class Cut(NamedTuple):
    """Lines of cells, and what stood between these."""

    lines: list[Line]
    separator: str


def csv_lines(text: str, name: str) -> list[Line]:
    """Return the rows that hold anything, each with its number as a spreadsheet counts."""
    heading = next((line for line in io.StringIO(text, newline=None) if line.strip()), "")
    return _lines(text, name, max(_SEPARATORS, key=_outside_quotes(heading).count))


def people_lines(text: str, name: str) -> Cut:
    r"""Return the rows of a people file that hold anything, whatever stands between its columns.

    Parameters
    ----------
    text : str
        The file.
    name : str
        What it is called, for messages.

    Raises
    ------
    CohortError
        If it is no CSV, or too large.

    Examples
    --------
    >>> people_lines("sep=|\nid|role\nlea|both\n", "people.csv")
    Cut(lines=[(2, ['id', 'role']), (3, ['lea', 'both'])], separator='|')
    """
    said = _SAID.match(text)
    if said:
        return Cut(_lines(text[said.end() :], name, said[1], above=1), said[1])
    separator = _separator_of_headings(text)
    refusal = None
    cut = Cut([], separator)
    blanks = f'"{separator} "' in text[:_MOST_LOOKED_AT]
    try:
        cut = Cut(_lines(text, name, separator, blanks=blanks), separator)
        if _width(cut.lines):
            return cut
    except CohortError as error:
        if error.faults[0].code != "not-csv":
            raise
        refusal = error
    others = _other_cuts(text, name)
    best = max(others, key=lambda other: _fit(other.lines), default=None)
    if best is not None and _fit(best.lines) > (_fit(cut.lines) if refusal is None else (0, 0)):
        return best
    if refusal is not None:
        raise refusal
    return cut


def _separator_of_headings(text: str) -> str:
    """Return what stands most often in the first line, or in a line below it where none stands there."""
    filled = (found[0] for found in _LINE.finditer(text) if found[0].strip())
    for line in islice(filled, _MOST_ABOVE):
        outside = _outside_quotes(line)
        best = max(_SEPARATORS_OF_PEOPLE, key=outside.count)
        if best in outside:
            return best
    return _SEPARATORS[0]


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])


def _width(lines: list[Line]) -> int:
    """Return how many cells each line has, 0 where they differ."""
    widths = {len(cells) for _, cells in lines}
    return widths.pop() if len(widths) == 1 else 0


def _fit(lines: list[Line]) -> tuple[int, int]:
    """Return how many lines have the most usual number of cells, and this number; nothing where it is one."""
    counts = Counter(len(cells) for _, cells in lines)
    width = max(counts, key=lambda width: (counts[width], width), default=1)
    return (counts[width], width) if width > 1 else (0, 0)


def _other_cuts(text: str, name: str) -> list[Cut]:
    found = []
    for separator in _SEPARATORS_OF_PEOPLE:
        for blanks in (False, True):
            try:
                found.append(Cut(_lines(text, name, separator, blanks=blanks), separator))
            except CohortError as error:
                if error.faults[0].code != "not-csv":
                    raise
    return found


def _lines(text: str, name: str, separator: str, *, above: int = 0, blanks: bool = False) -> list[Line]:
    rows = text.count("\n") + text.count("\r") + 1
    cells = None
    if rows <= MOST_ROWS and rows + text.count(separator) <= MOST_CELLS:  # then no row has to be counted
        cells = _all_cells(text, separator, blanks=blanks)
    if cells is None:
        return _lines_one_by_one(text, name, separator, above=above, blanks=blanks)
    numbered = enumerate(cells, start=above + 1)
    lines = [line for line in numbered if (line[1] and line[1][0].strip()) or _is_filled(line[1])]
    for row, first in lines[:1]:
        refuse_many_columns(len(first), name, row)
    return lines


def _all_cells(text: str, separator: str, *, blanks: bool) -> list[list[str]] | None:
    """Return the cells of each row, ``None`` where one is wrong."""
    if '"' not in text and "\r" not in text and not blanks:  # nothing but signs between cells and rows
        rows = text.split("\n")
        if max(map(len, rows)) < csv.field_size_limit():
            return [row.split(separator) for row in rows]
    try:
        return list(_reader(text, separator, blanks=blanks))
    except csv.Error:
        return None


def _reader(text: str, separator: str, *, blanks: bool) -> Iterator[list[str]]:
    stream = io.StringIO(text, newline="")
    return csv.reader(stream, delimiter=separator, strict=True, skipinitialspace=blanks)


def _is_filled(cells: list[str]) -> bool:
    return any(map(str.strip, cells))


def _lines_one_by_one(
    text: str, name: str, separator: str, *, above: int = 0, blanks: bool = False
) -> list[Line]:
    """Return lines as :func:`_lines` does, and stop where something is wrong or too much."""
    lines: list[Line] = []
    counted = 0
    row = above
    try:
        for row, cells in enumerate(_reader(text, separator, blanks=blanks), start=above + 1):
            if not _is_filled(cells):
                continue
            if not lines:
                refuse_many_columns(len(cells), name, row)
            lines.append((row, cells))
            counted += len(cells)
            if counted > MOST_CELLS or len(lines) > MOST_ROWS:
                raise CohortError([Fault(TOO_MANY, name, code="too-large")])
    except csv.Error as error:
        if "field limit" in str(error):
            message = f"a cell is far too long; right would be up to {LONGEST_TEXT:,} characters"
            raise CohortError([Fault(message, name, row + 1, code="too-long")]) from None
        raise CohortError([Fault(f"not valid CSV: {error}", name, row + 1, code="not-csv")]) from None
    return lines
