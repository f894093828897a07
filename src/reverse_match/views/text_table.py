"""Tables and lines as text: the same for a pipe, whole, and for a terminal, folded to its width.

Through a pipe, or into a file, everything goes as it is: one row a line, however long, columns that stand
straight with two spaces between them, no signs of a terminal. A terminal shows the first and the last rows of
a long table or list, says how many are between, and folds what is wider than it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import typer

from reverse_match.foundation.text_safety import visible
from reverse_match.views.text_width import folded, padded, width_of
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

AT_EACH_END = 20
"""Rows at the beginning, and at the end, that a terminal shows of a longer table."""

NARROWEST = 8
"""Places to which a column of texts is narrowed at most, on a terminal that is too narrow for a table."""

BETWEEN_LINES = "; "
"""What stands, through a pipe, between the lines of one cell."""

BOLD, DIM = "bold", "dim"


class TextColumn(NamedTuple):
    """A column of a table: its heading, and whether it holds numbers, which stand at its right."""

    heading: str
    number: bool = False
    looks: str = ""


class TextTable(NamedTuple):
    """A table with its title. Lines of one cell are parted by line breaks."""

    title: str
    columns: Sequence[TextColumn]
    rows: RowsOf


class TextList(NamedTuple):
    """A list of lines, of which a terminal shows the first and the last ones."""

    lines: RowsOf
    indent: str = ""
    """What the lines begin with that continue a folded one."""


class TextLine(NamedTuple):
    """A line, with its looks on a terminal."""

    text: str
    looks: str = ""


Part: TypeAlias = TextTable | TextList | TextLine
"""A part of what a command shows."""


class RowsOf:
    """Rows of a table, or lines of a list, that are made when they are shown.

    Parameters
    ----------
    items : sequence
        What the rows are of.
    make : callable
        Takes an item, and returns its row.

    Examples
    --------
    >>> rows = RowsOf([1, 2, 3], str)
    >>> len(rows), list(rows), rows.ends(1)
    (3, ['1', '2', '3'], (['1'], ['3']))
    """

    def __init__(self, items: Sequence[Any], make: Callable[[Any], Any] | None = None) -> None:
        self._items, self._make = items, make

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._items) if self._make is None else map(self._make, self._items)

    def ends(self, number: int) -> tuple[list[Any], list[Any]]:
        """Return so many first rows, and so many last ones; nothing else is made."""
        return list(RowsOf(self._items[:number], self._make)), list(RowsOf(self._items[-number:], self._make))


class Screen(NamedTuple):
    """What a terminal can show."""

    width: int
    styled: bool = False
    all_rows: bool = False
    """Whether it shows every row of a long table."""
    lang: str = "en"

    def with_looks(self, text: str, looks: str) -> str:
        """Return a text with the signs for its looks, where the terminal understands them."""
        if not (self.styled and looks and text.strip(" ")):
            return text
        return typer.style(text, bold=looks == BOLD or None, dim=looks == DIM or None)

    def as_heading(self, text: str) -> str:
        """Return a heading with the signs for its looks."""
        return typer.style(text, underline=True) if self.styled else text

    def ends_of(self, rows: RowsOf) -> tuple[list[Any], str, list[Any]]:
        """Return the first rows, a line on those between, which is empty if all are shown, and the last."""
        left = len(rows) - 2 * AT_EACH_END
        if self.all_rows or left < 2:
            return list(rows), "", []
        first, last = rows.ends(AT_EACH_END)
        return first, self.with_looks(language(self.lang).counted("rows between", left), DIM), last


def table_of(
    title: str, columns: Iterable[TextColumn], rows: Sequence[Any], make: Callable[[Any], Any] | None = None
) -> TextTable:
    """Return a table of rows, or of items from which a function makes rows when they are shown."""
    return TextTable(title, list(columns), RowsOf(rows, make))


def lines_of(told: Iterable[str]) -> list[Part]:
    """Return lines of text."""
    return [TextLine(line) for line in told]


def whole_text(parts: Iterable[Part]) -> str:
    r"""Return everything as text for a pipe or a file.

    Examples
    --------
    >>> columns = [TextColumn("mentor"), TextColumn("score", number=True)]
    >>> print(whole_text([table_of("2 duos", columns, [["lea", "0.5"], ["a\nb", "10"]])]))
    2 duos
    mentor  score
    lea       0.5
    a; b       10
    """
    return "\n".join(line for part in parts for line in _whole(part))


def _whole(part: Part) -> Iterator[str]:
    if isinstance(part, TextLine):
        yield "\n".join(map(visible, part.text.split("\n")))
    elif isinstance(part, TextList):
        yield from map(visible, part.lines)
    else:
        yield from _whole_table(part)


def _whole_table(table: TextTable) -> Iterator[str]:
    heads = [column.heading for column in table.columns]
    laid = [
        _straight(column, [visible(head), *_in_one_line(cells)])
        for column, (head, *cells) in zip(table.columns, zip(heads, *table.rows, strict=True), strict=True)
    ]
    yield visible(table.title)
    for line in zip(*laid, strict=True):
        yield "  ".join(line).rstrip(" ")


def _in_one_line(cells: Sequence[str]) -> Sequence[str]:
    """Return the cells of a column without line breaks and characters that nobody sees."""
    together = "".join(cells)
    if together.isascii() and together.isprintable():  # so are most columns, and no cell needs a look
        return cells
    return [visible(cell.replace("\n", BETWEEN_LINES)) for cell in cells]


def _straight(column: TextColumn, cells: Sequence[str]) -> list[str]:
    """Return the cells of a column, all as wide as the widest of them."""
    if all(map(str.isascii, cells)):
        width = max(map(len, cells))
        return [cell.rjust(width) if column.number else cell.ljust(width) for cell in cells]
    width = max(map(width_of, cells))
    return [padded(cell, width, right=column.number) for cell in cells]


def screen_text(parts: Iterable[Part], screen: Screen) -> str:
    """Return what a terminal shows: the ends of long tables and lists, folded to its width.

    Examples
    --------
    >>> table = table_of("100 duos", [TextColumn("mentor")], range(100), lambda number: [f"m{number}"])
    >>> lines = screen_text([table], Screen(80)).splitlines()
    >>> lines[:3], lines[22], lines[-1]
    (['100 duos', 'mentor', 'm0'], '… 60 rows between are not shown; --all shows every row', 'm99')
    """
    return "\n".join(line for part in parts for line in _on_screen(part, screen))


def _on_screen(part: Part, screen: Screen) -> Iterator[str]:
    if isinstance(part, TextLine):
        for line in map(visible, part.text.split("\n")):
            yield from (screen.with_looks(one, part.looks) for one in folded(line, screen.width))
    elif isinstance(part, TextList):
        first, between, last = screen.ends_of(part.lines)
        for line in first:
            yield from folded(visible(line), screen.width, part.indent)
        yield from [between] * bool(between)
        for line in last:
            yield from folded(visible(line), screen.width, part.indent)
    else:
        yield from _table_on_screen(part, screen)


def _table_on_screen(table: TextTable, screen: Screen) -> Iterator[str]:
    first, between, last = screen.ends_of(table.rows)
    heads = [visible(column.heading) for column in table.columns]
    rows = [["\n".join(map(visible, cell.split("\n"))) for cell in row] for row in (*first, *last)]
    widths = _widths(table.columns, heads, rows, screen.width)
    yield from (screen.with_looks(line, BOLD) for line in folded(visible(table.title), screen.width))
    for line in _row_lines(table.columns, heads, widths):
        yield " ".join(map(screen.as_heading, line))
    for place, row in enumerate(rows):
        if between and place == len(first):
            yield between
        for line in _row_lines(table.columns, row, widths):
            styled = map(screen.with_looks, line, (column.looks for column in table.columns))
            yield " ".join(styled).rstrip(" ")


def _widths(
    columns: Sequence[TextColumn], heads: Sequence[str], rows: Sequence[Sequence[str]], width: int
) -> list[int]:
    """Return how wide columns are: as wide as their cells where there is room, else the widest ones less.

    Numbers are never folded; their headings are, before any name is.
    """
    held = [max((_widest(row[place]) for row in rows), default=0) for place in range(len(columns))]
    found = [max(width_of(head), cells) for head, cells in zip(heads, held, strict=True)]
    least = [
        max(cells, 1) if column.number else min(NARROWEST, natural)
        for column, cells, natural in zip(columns, held, found, strict=True)
    ]
    for _ in range(sum(found) + len(columns) - 1 - width):
        loose = [place for place in range(len(columns)) if found[place] > least[place]]
        if not loose:
            break
        found[max(loose, key=lambda place: (columns[place].number, found[place]))] -= 1
    return found


def _widest(cell: str) -> int:
    return max(map(width_of, cell.split("\n")))


def _row_lines(
    columns: Sequence[TextColumn], row: Sequence[str], widths: Sequence[int]
) -> Iterator[list[str]]:
    """Yield the lines of a row, each as its cells, folded and padded to the widths of their columns."""
    cells = [
        [line for part in cell.split("\n") for line in folded(part, width)]
        for cell, width in zip(row, widths, strict=True)
    ]
    for number in range(max(map(len, cells), default=0)):
        yield [
            padded(lines[number] if number < len(lines) else "", width, right=column.number)
            for column, lines, width in zip(columns, cells, widths, strict=True)
        ]
