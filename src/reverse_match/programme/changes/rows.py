"""Rows of a table of changes, from a file, a frame or records, before anything is checked against people."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reverse_match.foundation.errors import CohortError, Fault
from reverse_match.foundation.names import did_you_mean
from reverse_match.people.cells import is_empty
from reverse_match.people.cohort import Source
from reverse_match.people.frames import table_of_frame
from reverse_match.people.headings import FIELDS as PEOPLE_FIELDS
from reverse_match.people.headings import PEOPLE, Headings, heading_key
from reverse_match.people.read import MAXIMUM_BYTES
from reverse_match.people.reading.files import split_sheet
from reverse_match.people.small_tables import (
    TableKind,
    missing_columns,
    table_of_records,
)
from reverse_match.people.typed_cells import NAMES, plain_cell, written_out
from reverse_match.programme.changes.words import CHANGES, FIELDS, change_meant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reverse_match.people.cohort import Cohort

KNOWN_COLUMNS = (*PEOPLE_FIELDS, *FIELDS, "first_name", "last_name", "earlier_id")

_KIND = TableKind(
    Headings({**PEOPLE.by_own_name, **CHANGES.by_own_name}, {**PEOPLE.by_usual, **CHANGES.by_usual}),
    ("id", "change"),
    CohortError,
    each="change",
    names=tuple(NAMES),
)


@dataclass(frozen=True)
class ChangeRows:
    """Rows of changes, with the names of their columns as they stand there.

    Attributes
    ----------
    records : tuple of mappings
        Filled cells of each row, by heading.
    source : Source
        Where they are from, with the number of each row.
    headings : tuple of str
        All headings.
    mapping : mapping of str to str
        Headings that the caller maps to fields; those that are not there do not matter.
    """

    records: tuple[Mapping[str, Any], ...]
    source: Source
    headings: tuple[str, ...]
    mapping: Mapping[str, str] = field(default_factory=dict)

    def columns(self, cohort: Cohort) -> dict[str, str]:
        """Return the field of each heading.

        Raises
        ------
        CohortError
            If no column says who or what changes, if two columns mean the same, or if one is not known.
        """
        if not self.headings:  # an empty list of records: nothing changes
            return {}
        said = {heading_key(heading): name.strip() for heading, name in self.mapping.items()}
        own = {heading: field for heading in self.headings if (field := _own_field(heading, said))}
        rest = [heading for heading in self.headings if heading not in own]
        mapped = {heading: said[heading_key(heading)] for heading in rest if heading_key(heading) in said}
        columns = {**own, **PEOPLE.columns_of(rest, mapped, self.source.name)}
        known = {heading_key(name): name for name in cohort.attribute_names}
        columns = {heading: known.get(heading_key(name), name) for heading, name in columns.items()}
        faults = missing_columns(("id", "change"), columns.values(), self.source.name)
        if not faults:
            faults = [*self._unknown({*known.values()}, columns), *self._twice(columns)]
        if faults:
            raise CohortError(faults)
        return columns

    def _unknown(self, known: set[str], columns: Mapping[str, str]) -> list[Fault]:
        right = {*KNOWN_COLUMNS, *known}
        return [
            Fault(
                f"a column that nobody's record has; remove it, or map it{did_you_mean(heading, right)}",
                self.source.name,
                column=f"'{heading}'",
                code="unknown-heading",
            )
            for heading, name in columns.items()
            if name not in right
        ]

    def _twice(self, columns: Mapping[str, str]) -> list[Fault]:
        names = list(columns.values())
        message = "two columns mean this; right would be one"
        return [
            Fault(message, self.source.name, column=f"'{heading}'", code="heading-twice")
            for place, (heading, name) in enumerate(columns.items())
            if name in names[:place]
        ]

    def who_returns(self, cohort: Cohort) -> list[str]:
        """Return the ids in rows of people who return, as they stand there."""
        columns = self.columns(cohort)
        fields = [{columns[heading]: cell for heading, cell in record.items()} for record in self.records]
        return [
            as_text(one["id"])
            for one in fields
            if "id" in one and change_meant(as_text(one.get("change", ""))) == "return"
        ]


def _own_field(heading: str, said: Mapping[str, str]) -> str | None:
    """Return the field of a heading if it is one that only tables of changes have."""
    key = heading_key(heading)
    if key in said:
        return CHANGES.by_own_name.get(heading_key(said[key]))
    return CHANGES.by_own_name.get(key) or CHANGES.by_usual.get(key)


def as_text(cell: Any) -> str:
    """Return a cell as text; a whole number as its digits."""
    return str(written_out(cell)).strip()


def rows_of(changes: Any, mapping: Mapping[str, str] | None = None) -> ChangeRows:
    """Return the rows of changes, whatever holds them.

    Parameters
    ----------
    changes : path, frame, or iterable of mappings
        The changes.
    mapping : mapping of str to str, optional
        Further headings.

    Raises
    ------
    CohortError
        If it holds no records.

    Examples
    --------
    >>> rows_of([{"id": "ada", "change": "leave", "partner": None}]).records
    ({'id': 'ada', 'change': 'leave'},)
    """
    if isinstance(changes, ChangeRows):
        return changes
    if isinstance(changes, str | os.PathLike):
        place, sheet = split_sheet(os.fspath(changes), None)
        headings, records, source = _KIND.read(Path(place), MAXIMUM_BYTES, mapping or {}, sheet)
    elif hasattr(changes, "columns") or hasattr(changes, "column_names"):
        table, _ = table_of_frame(changes, "changes")
        headings, records, source = [*table.columns], table.records(), Source("changes", tuple(table.rows))
    else:
        headings, records, source = table_of_records(list(changes), CohortError, "changes")
    filled = [{key: plain_cell(cell) for key, cell in record.items()} for record in records]
    kept = [
        ({key: cell for key, cell in record.items() if not is_empty(cell)}, row)
        for record, row in zip(filled, source.rows, strict=True)
    ]
    there = [(record, row) for record, row in kept if record]
    source = Source(source.name, tuple(row for _, row in there))
    return ChangeRows(tuple(record for record, _ in there), source, tuple(headings), mapping or {})
