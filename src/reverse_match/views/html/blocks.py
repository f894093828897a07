"""Parts of the notebook view of a record: a title, sentences, facts, and tables whose long tails fold.

All parts have the colour of the surrounding text, so that they are legible in light and dark themes. They
load no external resources.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeAlias

from reverse_match.views.html.element import Child, Element, Markup, element, name_of, render
from reverse_match.views.words.formatter import UNKNOWN_MARK

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from reverse_match.scoring.name_matches import NameMatch

    Record = Mapping[str, Any]

SHOWN = 10
"""Number of rows of a table that are visible at once; the others are folded."""

MOST_FOLDED = 1_000
"""Largest number of folded rows; of the rest only their number is shown, since a notebook stores its
views."""

_LINE = "color-mix(in srgb,currentColor 22%,transparent)"

STYLE = (
    ".reverse-match{line-height:1.45;max-width:64rem;overflow-x:auto}"
    ".reverse-match p{margin:.25em 0}"
    ".reverse-match .title{font-weight:600;font-size:1.08em}"
    ".reverse-match .note{opacity:.8}"
    ".reverse-match table{border-collapse:collapse;margin:.5em 0;font-size:.95em;color:inherit}"
    ".reverse-match caption{caption-side:top;text-align:left;font-weight:600;color:inherit;padding:.2em 0}"
    ".reverse-match tr{background:transparent}"
    ".reverse-match th,.reverse-match td{padding:.2em .9em .2em 0;border:0;text-align:left;color:inherit;"
    f"vertical-align:top;overflow-wrap:break-word;border-bottom:1px solid;border-color:{_LINE}}}"
    ".reverse-match thead th{vertical-align:bottom;border-bottom-width:2px}"
    ".reverse-match th.number,.reverse-match td.number{text-align:right;white-space:nowrap;"
    "font-variant-numeric:tabular-nums}"
    ".reverse-match summary{cursor:pointer;margin:.25em 0}"
)

Cell: TypeAlias = Child | float | int | None


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes
    ----------
    heading : str
        Heading, with the unit if there is one.
    places : int or None
        Decimal places of numbers, which are aligned to the right; ``None`` for a column of text.
    share : int
        Share of the table's width in percent; if it is 0, the content determines the width.
    """

    heading: str
    places: int | None = None
    share: int = 0

    @property
    def looks(self) -> dict[str, str]:
        """HTML attributes of the column's cells."""
        return {} if self.places is None else {"class_": "number"}


def block(title: Iterable[Child], *parts: Element | None) -> str:
    """Return the view of a record.

    Parameters
    ----------
    title : iterable of str or Element
        Kind and name of the record, and its main figures.
    *parts : Element or None
        Parts after the title; ``None`` is left out.

    Examples
    --------
    >>> block(["2 duos"], sentences(["Nobody is left out."]))[-70:]
    '<p class="title">2 duos</p><div><p>Nobody is left out.</p></div></div>'
    """
    inside = "".join(map(render, [element("p", *title, class_="title"), *(one for one in parts if one)]))
    return f'<div class="reverse-match"><style>{STYLE}</style>{inside}</div>'


def sentences(told: Iterable[str]) -> Element | None:
    """Return sentences as paragraphs, or None if there are none."""
    lines = [element("p", line) for line in told]
    return element("div", *lines) if lines else None


def note(text: str) -> Element:
    """Return a note, which a page shows with less emphasis."""
    return element("p", text, class_="note")


def facts(known: Iterable[tuple[str, Cell]], places: int = 3) -> Element | None:
    """Return a list of names with their values, without those whose value is ``None``."""
    rows = [
        element(
            "tr",
            element("th", name, scope="row"),
            _cell(value, Column("", None if isinstance(value, str) else places)),
        )
        for name, value in known
        if value is not None
    ]
    return element("table", element("tbody", *rows)) if rows else None


def table(
    columns: Sequence[Column], rows: Sequence[Sequence[Cell]], caption: str = "", more: str = ""
) -> Element | None:
    """Return a table, of which all but the first rows are folded, or None if it has no rows.

    Parameters
    ----------
    columns : sequence of Column
        Columns with their headings.
    rows : sequence of sequences
        Rows with a cell for each column: text, an element, a number, or ``None`` if not known.
    caption : str
        Caption of the table.
    more : str
        Place of the rows beyond ``MOST_FOLDED``, such as a method that returns them all.
    """
    if not rows:
        return None
    seen, folded = rows[:SHOWN], rows[SHOWN : SHOWN + MOST_FOLDED]
    if not folded:
        return _table(columns, seen, caption)
    summary = element("summary", f"{len(rows) - len(seen):,} more")
    rest = len(rows) - len(seen) - len(folded)
    parts = [_table(columns, folded, "")]
    parts += [note(f"{rest:,} further ones are not shown here{more}")] if rest else []
    return element("div", _table(columns, seen, caption), element("details", summary, *parts))


def fold(summary: str, *parts: Element | None) -> Element | None:
    """Return parts that are hidden until the summary is opened, or None if there are none."""
    inside = [part for part in parts if part]
    return element("details", element("summary", summary), *inside) if inside else None


def _table(columns: Sequence[Column], rows: Iterable[Sequence[Cell]], caption: str) -> Element:
    heads = [element("th", column.heading, scope="col", **column.looks) for column in columns]
    body = [
        element("tr", *(_cell(cell, column) for cell, column in zip(row, columns, strict=True)))
        for row in rows
    ]
    titled = [element("caption", caption)] if caption else []
    return element("table", *titled, element("thead", element("tr", *heads)), element("tbody", *body))


def _cell(value: Cell, column: Column) -> Element:
    if value is None:
        return element("td", "")
    if isinstance(value, Element | Markup):
        return element("td", value)
    if isinstance(value, str):
        return element("td", name_of(value), **column.looks)
    return element("td", number(value, column.places or 0), class_="number")


def number(value: float, places: int = 3) -> str:
    """Return a number as text; whole numbers have no decimal places.

    Examples
    --------
    >>> number(0.25), number(12_000), number(True)
    ('0.250', '12,000', 'yes')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}" if isinstance(value, int) else f"{value:,.{places}f}"


def list_names(names: Iterable[str], most: int = 6) -> str:
    """Return the first names as a list in words, with the number of the others.

    Examples
    --------
    >>> list_names(["a", "b", "c"], most=2)
    'a, b and 1 more'
    """
    rest: Iterator[str] = iter(names)
    told = ", ".join(islice(rest, most))
    more = sum(1 for _ in rest)
    return f"{told} and {more:,} more" if more else told


UNKNOWN_NOTE = f"{UNKNOWN_MARK} not known for this pair: the neutral value counts"


def pair_title(mentor: str, mentee: str, verb: str, score: float) -> list[Element | str]:
    """Return the title of a pair: the two people, and their score."""
    return [name_of(mentor), f" {verb} ", name_of(mentee), f" · score {number(score)} of 1"]


def contributions_table(
    contributions: Mapping[str, float], missing: Collection[str], score: float
) -> Element | None:
    """Return a table of the contribution of each criterion, and their sum."""
    rows = [[name, points_of(name, contributions, missing)] for name in contributions]
    total: list[Element | str | float] = [element("strong", "score"), score]
    return table([Column("criterion"), Column("points", 3)], [*rows, total])


def points_of(name: str, contributions: Mapping[str, float], missing: Collection[str]) -> str | float:
    """Return the contribution of a criterion in points, with a mark if the criterion is not known.

    Examples
    --------
    >>> points_of("age", {"age": 0.1}, ["age"]), points_of("age", {"age": 0.1}, [])
    ('~0.100', 0.1)
    """
    points = contributions[name]
    return f"{UNKNOWN_MARK}{number(points)}" if name in missing else points


def names_table(matches: Sequence[tuple[str, str, str, str]]) -> Element | None:
    """Return a table of names that match: criterion, the mentor's name, the mentee's name, and the rung."""
    columns = [
        Column("criterion"),
        Column("mentor wrote"),
        Column("mentee wrote"),
        Column("same by"),
    ]
    return table(columns, matches)


def changes_table(duos: Iterable[tuple[str, str, str, float]], caption: str = "") -> Element | None:
    """Return a table of duos that end or are new: kind of the change, mentor, mentee, score."""
    columns = [
        Column(""),
        Column("mentor"),
        Column("mentee"),
        Column("score (0 to 1)", 3),
    ]
    return table(columns, list(duos), caption)


def names_that_match(matches: Sequence[NameMatch]) -> Element | None:
    """Return a table of the names that match between two people."""
    return names_table([(match.criterion, match.mentor, match.mentee, match.rung) for match in matches])


PLACES = 4
"""Decimal places of fractions in a notebook."""


def tables_view(title: str, told: Iterable[str], tables: Mapping[str, Sequence[Record]]) -> str:
    """Return the notebook view of some tables, by caption, after some sentences."""
    shown = [_table_of(caption, records) for caption, records in tables.items()]
    return block([title], sentences(told), *shown)


def _table_of(caption: str, records: Sequence[Record]) -> Element | None:
    names = list(records[0]) if records else []
    numeric = {name: _is_numeric([record[name] for record in records]) for name in names}
    columns = [Column(name.replace("_", " "), PLACES if numeric[name] else None) for name in names]
    return table(columns, [[_plain_cell(record[name]) for name in names] for record in records], caption)


def _is_numeric(cells: list[Any]) -> bool:
    known = [cell for cell in cells if cell is not None]
    return bool(known) and all(isinstance(cell, int | float) and not isinstance(cell, bool) for cell in known)


def _plain_cell(value: Any) -> Cell:
    if isinstance(value, tuple | list):
        return list_names(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if value is None or isinstance(value, str | int | float) else str(value)
