"""Turns typed cells of a frame or a workbook into the cells of a people file.

A people file in CSV is text throughout; a frame or a workbook has numbers, dates and missing values. Here
each such value becomes the cell of a file with the same meaning, so that the same people have the same
digest. A day becomes its text. A missing value of any kind becomes an empty cell. In a column of names (an
id, a department) a whole number becomes its digits, since the frame has turned the text ``101`` into a
number.
"""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from math import isnan
from typing import TYPE_CHECKING, Any

from reverse_match.people.cells import LARGEST_WHOLE
from reverse_match.people.headings import PEOPLE
from reverse_match.people.table import Table

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMES = frozenset(
    (
        *("id", "manager_id", "gender", "department", "location"),
        *("offers", "seeks", "goals", "languages", "wants", "avoids"),
        *("name", "email", "first_name", "last_name"),
    )
)
"""Fields that hold names or lists of names."""

_NOTHING = ("NAType", "NaTType")
"""Types of pandas for missing values, by name, so that pandas need not be loaded."""

_MOST_DIGITS = 40

_PAIR = 2
"""Length of a pair of a key and its value."""


def typed_records(table: Table, mapping: Mapping[str, str], source: str) -> list[dict[str, Any]]:
    """Return records of typed columns, with the headings of the columns as keys.

    Parameters
    ----------
    table : Table
        Table of a frame or a workbook.
    mapping : mapping of str to str
        Headings that the caller maps to fields.
    source : str
        Name of the source, for messages.

    Raises
    ------
    CohortError
        If a mapped heading is not in the table, or two headings claim one name.

    Examples
    --------
    >>> typed_records(Table({"id": [7, 8.0], "born": [None, date(1980, 12, 31)]}, (1, 2)), {}, "frame")
    [{'id': '7', 'born': None}, {'id': '8', 'born': '1980-12-31'}]
    """
    fields = PEOPLE.columns_of(list(table.columns), mapping, source)
    read = {
        heading: [
            written_out(value) if fields[heading] in NAMES else value for value in map(plain_cell, cells)
        ]
        for heading, cells in table.columns.items()
    }
    return Table(read, table.rows).records()


def plain_records(table: Table) -> list[dict[str, Any]]:
    """Return records of typed columns in which nothing is taken for a name.

    Examples
    --------
    >>> plain_records(Table({"mentor": [7.0]}, (1,)))
    [{'mentor': 7.0}]
    """
    read = {heading: [*map(plain_cell, cells)] for heading, cells in table.columns.items()}
    return Table(read, table.rows).records()


def plain_cell(value: Any) -> Any:
    """Return a typed value as a people file would hold it; every kind of missing value becomes ``None``.

    Examples
    --------
    >>> plain_cell(float("nan")), plain_cell(datetime(1980, 12, 31)), plain_cell(Decimal("3.0"))
    (None, '1980-12-31', 3)
    """
    if value is None or isinstance(value, str | bool | int):
        return value
    if type(value).__name__ in _NOTHING:
        return None
    if isinstance(value, float):
        return None if isnan(value) else float(value)
    if isinstance(value, datetime | date | time):
        return _moment(value)
    if isinstance(value, Decimal):
        if not value.is_finite() or value.adjusted() > _MOST_DIGITS:
            return plain_cell(float(value))  # writing a million digits would take very long
        return plain_cell(int(value) if value == value.to_integral_value() else float(value))
    if hasattr(value, "tolist"):  # of numpy; its moments finer than microseconds would become whole numbers
        moment = type(value).__name__ == "datetime64"
        return plain_cell((value.astype("datetime64[us]") if moment else value).tolist())
    return _plain_collection(value)


def _moment(value: datetime | date | time) -> str:
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return value.isoformat()


def _plain_collection(value: Any) -> Any:
    if isinstance(value, dict):
        read = {key: plain_cell(rating) for key, rating in value.items()}
        return {key: rating for key, rating in read.items() if rating is not None}
    if isinstance(value, list | tuple | set | frozenset):
        if value and all(isinstance(part, tuple) and len(part) == _PAIR for part in value):
            return _plain_collection(dict(value))  # a cell of a map column
        parts = [part for part in map(plain_cell, value) if part is not None]
        return sorted(parts) if isinstance(value, set | frozenset) else parts
    return value


def written_out(value: Any) -> Any:
    """Write out whole numbers where names stand; other numbers stay, to be refused with their place."""
    if isinstance(value, list):
        return [written_out(part) for part in value]
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    whole = float(value).is_integer() and (isinstance(value, int) or abs(value) <= LARGEST_WHOLE)
    return str(int(value)) if whole else value
