"""Parts of the report's sections, as HTML elements: sentences, tables, key figures and plots."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, TypeAlias

from reverse_match.views.html.blocks import Column
from reverse_match.views.html.element import Child, Element, Markup, element, name_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reverse_match.views.words.phrases import Phrases

Cell: TypeAlias = Child | tuple[Child, ...]


def columns_of(heads: Iterable[str], say: Phrases, numbers: Sequence[str] = ()) -> list[Column]:
    """Return columns by names of headings; the values of a mapping are shares of the width in percent."""
    shares = heads if isinstance(heads, dict) else {}
    return [Column(say(head), 0 if head in numbers else None, shares.get(head, 0)) for head in heads]


def sentences(*lines: str, quiet: bool = False) -> tuple[Element, ...]:
    """Return non-empty sentences as paragraphs."""
    attributes = {"class_": "quiet"} if quiet else {}
    return tuple(element("p", line, **attributes) for line in lines if line)


def lines(told: Iterable[str]) -> tuple[Element, ...]:
    """Return the lines of one cell."""
    return tuple(element("p", line) for line in told)


def bars(points: Iterable[tuple[str, str, int, bool]]) -> Element:
    """Return a cell with a bar for each criterion.

    Parameters
    ----------
    points : iterable of tuples
        For each criterion: its name, its points as text, their share of the possible points in percent, and
        whether the criterion is not known.
    """
    return listed_bars(bar(*point) for point in points)


def listed_bars(drawn: Iterable[Element | Markup]) -> Element:
    """Return a cell with bars that :func:`bar` has made."""
    return element("ul", *drawn, class_="bars")


def bar(name: str, told: str, percent: int, unknown: bool) -> Element:
    """Return the bar of a criterion, as :func:`bars` is told of it."""
    return element(
        "li",
        *(name_of(name), " ", element("span", told), element("i", style=f"--of:{percent}%")),
        **({"class_": "unknown"} if unknown else {}),
    )


def table(
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    *,
    caption_seen: bool = True,
    wide: bool = False,
) -> tuple[Element, ...]:
    """Return a table, or nothing if it has no rows. The first cell of a row is its heading.

    Parameters
    ----------
    caption : str
        Caption of the table.
    columns : sequence of Column
        Columns with their headings.
    rows : sequence of sequences
        Rows with a cell for each column.
    caption_seen : bool
        Whether the caption is visible, or only for screen readers.
    wide : bool
        Whether rows become blocks on a narrow screen.
    """
    if not rows:
        return ()
    heads = [
        element("th", column.heading, scope="col", role="columnheader", **column.looks) for column in columns
    ]
    shares = [element("col", style=f"width:{column.share}%") for column in columns if column.share]
    return (
        element(
            "table",
            element("caption", caption, **({} if caption_seen else {"class_": "unseen"})),
            *([element("colgroup", *shares)] if wide and shares else []),
            element("thead", element("tr", *heads, role="row"), role="rowgroup"),
            element("tbody", *(_row(row, columns) for row in rows), role="rowgroup"),
            role="table",
            class_="wide" if wide else "few",
        ),
    )


def _row(row: Sequence[Cell], columns: Sequence[Column]) -> Element:
    (first, *rest), headed = (cell if isinstance(cell, tuple) else (cell,) for cell in row), columns[1:]
    return element(
        "tr",
        element("th", *first, scope="row", role="rowheader"),
        *(
            element("td", *cell, role="cell", data_of=column.heading, **column.looks)
            for cell, column in zip(rest, headed, strict=True)
        ),
        role="row",
    )


def key_figures(label: str, figures: Iterable[tuple[str, str]]) -> Element:
    """Return the key figures, each a number with its name."""
    shown = [element("div", element("dt", name), element("dd", value)) for name, value in figures]
    return element("dl", *shown, class_="figures", aria_label=label)


def picture(key: str, title: str, told: str, svg: str) -> Element:
    """Return a plot with its title and a description in words."""
    caption = element("figcaption", element("strong", title), " ", element("span", told), id=f"{key}-told")
    return element("figure", caption, element("div", Markup(svg), class_="drawn"), id=key)


def typed(text: str) -> Element:
    """Return commands or code to type, line by line."""
    return element("pre", element("code", Markup(escape(text))), tabindex="0")


def folded(summary: str, inside: Iterable[Element], *, unfolded: bool = False) -> Element:
    """Return elements that are hidden until the summary is opened."""
    return element("details", element("summary", element("h3", summary)), *inside, open=unfolded)
