"""The default view of a record: its fields, and tables of the records in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reverse_match.views.html.blocks import (
    Cell,
    Column,
    block,
    facts,
    fold,
    list_names,
    number,
    sentences,
    table,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reverse_match.views.html.element import Element


def notebook(record: Any) -> str:
    """Return the notebook view of any record: its sentences, if it has any, and its fields."""
    told = getattr(record, "sentences", list)
    return record_block(type(record).__name__, record.model_dump(mode="json"), told())


def record_block(name: str, known: Mapping[str, Any], told: Sequence[str] = ()) -> str:
    """Return the view of a record.

    Parameters
    ----------
    name : str
        Name of the record's class.
    known : mapping of str to plain data
        Fields of the record as in its JSON.
    told : sequence of str
        Sentences of the record, which come before its fields.

    Examples
    --------
    >>> "a &lt;b&gt;" in record_block("Trade", {"duos": 3, "note": "a <b>"})
    True
    """
    tables = {field: value for field, value in known.items() if _is_table(value)}
    plain = [(field, _cell(value)) for field, value in known.items() if field not in tables]
    parts = [facts(plain, places=6), *(fold_rows(field, rows) for field, rows in tables.items())]
    return block([name], sentences(told), *parts)


def _is_table(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, dict) for row in value)


def fold_rows(field: str, rows: Sequence[Mapping[str, Any]]) -> Element | None:
    """Return records of a field as a table that is folded."""
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    numeric = {
        heading: all(isinstance(row.get(heading), int | float | None) for row in rows) for heading in headings
    }
    columns = [Column(heading, 6 if numeric[heading] else None) for heading in headings]
    cells = [[_cell(row.get(heading)) for heading in headings] for row in rows]
    return fold(f"{field}: {len(rows):,}", table(columns, cells))


def _cell(value: Any) -> Cell:
    return value if value is None or isinstance(value, int | float) else _text_of(value)


def _text_of(value: Any) -> str:
    if isinstance(value, dict):
        return list_names(f"{key}: {_text_of(one)}" for key, one in value.items())
    if isinstance(value, list):
        return list_names(map(_text_of, value))
    if isinstance(value, int | float):
        return number(value, 6)
    return "not known" if value is None else str(value)
