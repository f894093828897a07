"""What a section of the report is made of, as elements of a page: sentences, tables, figures, pictures."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, TypeAlias

from reverse_match.views.html.element import Child, Element, Markup, element, name_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reverse_match.views.words.phrases import Phrases

Cell: TypeAlias = Child | tuple[Child, ...]


@dataclass(frozen=True)
class Column:
    """A column of a table."""

    heading: str
    number: bool = False
    """Numbers stand to the right."""
    share: int = 0
    """Of the width, in percent; where it is 0 the content decides."""


def columns_of(heads: Iterable[str], say: Phrases, numbers: Sequence[str] = ()) -> list[Column]:
    """Return columns by the names of their headings; of a mapping, the values are shares of the width."""
    shares = heads if isinstance(heads, dict) else {}
    return [Column(say(head), head in numbers, shares.get(head, 0)) for head in heads]


def sentences(*lines: str, quiet: bool = False) -> tuple[Element, ...]:
    """Return sentences, one on a line, without those that are empty."""
    attributes = {"class_": "quiet"} if quiet else {}
    return tuple(element("p", line, **attributes) for line in lines if line)


def lines(told: Iterable[str]) -> tuple[Element, ...]:
    """Return several sentences in one cell."""
    return tuple(element("p", line) for line in told)


def bars(points: Iterable[tuple[str, str, int, bool]]) -> Element:
    """Return points in one cell.

    Parameters
    ----------
    points : iterable of tuples
        Of each criterion: its name, its points in words, how many percent of the most possible they are, and
        whether it is not known.
    """
    return element(
        "ul",
        *(
            element(
                "li",
                *(name_of(name), " ", element("span", told), element("i", style=f"--of:{percent}%")),
                **({"class_": "unknown"} if unknown else {}),
            )
            for name, told, percent, unknown in points
        ),
        class_="bars",
    )


def table(
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    *,
    caption_seen: bool = True,
    wide: bool = False,
) -> tuple[Element, ...]:
    """Return a table; nothing where it has no rows. The first cell of a row is its heading.

    Parameters
    ----------
    caption : str
        What it shows.
    columns : sequence of Column
        What stands above.
    rows : sequence of sequences
        A cell for each column.
    caption_seen : bool
        Whether the caption is seen, or only heard.
    wide : bool
        Whether its rows become blocks on a narrow screen.
    """
    if not rows:
        return ()
    heads = [
        element("th", column.heading, scope="col", role="columnheader", **_class_of(column))
        for column in columns
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
            element("td", *cell, role="cell", data_of=column.heading, **_class_of(column))
            for cell, column in zip(rest, headed, strict=True)
        ),
        role="row",
    )


def _class_of(column: Column) -> dict[str, str]:
    return {"class_": "number"} if column.number else {}


def key_figures(label: str, figures: Iterable[tuple[str, str]]) -> Element:
    """Return the figures that matter most, each with what it is."""
    shown = [element("div", element("dt", name), element("dd", value)) for name, value in figures]
    return element("dl", *shown, class_="figures", aria_label=label)


def picture(key: str, title: str, told: str, svg: str) -> Element:
    """Return a picture with its title and what it shows in words."""
    caption = element("figcaption", element("strong", title), " ", element("span", told), id=f"{key}-told")
    return element("figure", caption, element("div", Markup(svg), class_="drawn"), id=key)


def typed(text: str) -> Element:
    """Return what is typed, line by line."""
    return element("pre", element("code", Markup(escape(text))), tabindex="0")


def folded(summary: str, inside: Iterable[Element], *, unfolded: bool = False) -> Element:
    """Return what is seen once the summary is opened."""
    return element("details", element("summary", element("h3", summary)), *inside, open=unfolded)
