"""A table of cells with their places: what a file, sheet or frame holds, before it is said what that means.

Whatever it comes from goes the same way: a table, whose headings become fields (:mod:`.headings`), whose
cells become what a people file would hold (:mod:`.typed_cells`), and whose rows become people
(:mod:`.cohort`). A table that is too large to be one is refused in one line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from reverse_match.foundation.errors import CohortError, Fault
from reverse_match.people.cells import is_empty

if TYPE_CHECKING:
    from collections.abc import Sequence

Line: TypeAlias = tuple[int, list[Any]]
"""The cells of a row, and its number as a spreadsheet counts."""

MOST_COLUMNS = 16_384
"""As many as a sheet of a spreadsheet can have."""

MOST_ROWS = 2_000_000
"""People in a file: more than anybody can match in one call."""

MOST_CELLS = 20_000_000
"""Of a file or a frame: a million people with twenty columns."""


class Table(NamedTuple):
    """Cells below their headings."""

    columns: dict[str, list[Any]]
    """Cells by heading; all columns of one length."""
    rows: Sequence[int]
    """The number of each row, where it comes from."""

    def records(self) -> list[dict[str, Any]]:
        """Return a mapping for each row, with all headings."""
        names = tuple(self.columns)
        if not names:
            return [{} for _ in self.rows]
        return [dict(zip(names, cells, strict=True)) for cells in zip(*self.columns.values(), strict=True)]


def table_of(lines: Sequence[Line], name: str, each: str) -> Table:
    """Return lines as a table, the first of them headings; a column without one has to be empty.

    Parameters
    ----------
    lines : sequence of (int, list)
        Each of one length.
    name : str
        What it comes from, for messages.
    each : str
        What a row is of, for messages.

    Raises
    ------
    CohortError
        If there is no line, a heading stands there twice, or one is missing.

    Examples
    --------
    >>> table_of([(1, ["id", "role"]), (3, ["lea", "both"])], "people.csv", "person")
    Table(columns={'id': ['lea'], 'role': ['both']}, rows=[3])
    """
    if not lines:
        message = f"empty; right would be a heading row and a row for each {each}"
        raise CohortError([Fault(message, name, code="empty")])
    (heading_row, first), *body = lines
    headings = ["" if heading is None else str(heading).strip() for heading in first]
    faults = []
    columns: dict[str, list[Any]] = {}
    for position, heading in enumerate(headings):
        if heading in columns:
            message = "the same heading stands here twice"
            faults.append(Fault(message, name, heading_row, heading, code="heading-twice"))
        elif heading:
            columns[heading] = [cells[position] for _, cells in body]
        elif any(not is_empty(cells[position]) for _, cells in body):
            message = f"column {position + 1} holds values but has no heading"
            faults.append(Fault(message, name, heading_row, code="missing-heading"))
    if faults:
        raise CohortError(faults)
    return Table(columns, [row for row, _ in body])


def refuse_many_columns(count: int, source: str, row: int | None = None) -> None:
    """Refuse a file of so many columns that it was never meant to be one.

    Raises
    ------
    CohortError
        If there are more columns than :data:`MOST_COLUMNS`.
    """
    if count > MOST_COLUMNS:
        message = f"{count:,} columns; right would be up to {MOST_COLUMNS:,}"
        raise CohortError([Fault(message, source, row, code="too-many-columns")])
