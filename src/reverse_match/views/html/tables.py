"""Records with the same keys as tables in a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reverse_match.views.html.blocks import TableColumn, block, list_names, sentences, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reverse_match.views.html.blocks import Cell
    from reverse_match.views.html.element import Element

    Record = Mapping[str, Any]

PLACES = 4
"""Decimal places of fractions in a notebook."""


def tables_view(title: str, told: Iterable[str], tables: Mapping[str, Sequence[Record]]) -> str:
    """Return the view of some tables in a notebook, each with its caption."""
    shown = [_table(caption, records) for caption, records in tables.items()]
    return block([title], sentences(told), *shown)


def _table(caption: str, records: Sequence[Record]) -> Element | None:
    names = list(records[0]) if records else []
    numeric = {name: _is_numeric([record[name] for record in records]) for name in names}
    columns = [TableColumn(name.replace("_", " "), PLACES if numeric[name] else None) for name in names]
    return table(columns, [[_cell(record[name]) for name in names] for record in records], caption)


def _is_numeric(cells: list[Any]) -> bool:
    known = [cell for cell in cells if cell is not None]
    return bool(known) and all(isinstance(cell, int | float) and not isinstance(cell, bool) for cell in known)


def _cell(value: Any) -> Cell:
    if isinstance(value, tuple | list):
        return list_names(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if value is None or isinstance(value, str | int | float) else str(value)
