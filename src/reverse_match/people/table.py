"""A table of cells with their places: the content of a file, a sheet or a frame, before it is interpreted.

Every source goes the same way. It becomes a table; its headings become fields (:mod:`.headings`); its cells
become those of a people file (:mod:`.typed_cells`); its rows become people (:mod:`.cohort`). A table that is
too large is refused with a single fault.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, overload

from reverse_match.foundation.errors import CohortError, Fault
from reverse_match.people.cells import is_empty

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Line: TypeAlias = tuple[int, list[Any]]
"""The cells of a row, and its number as a spreadsheet counts."""

MOST_COLUMNS = 16_384
"""Largest number of columns, as in a sheet of a spreadsheet."""

MOST_ROWS = 2_000_000
"""Largest number of rows: more people than one call can match."""

MOST_CELLS = 20_000_000
"""Largest number of cells of a file or a frame: a million people with twenty columns."""


class Table(NamedTuple):
    """Cells below their headings."""

    columns: dict[str, list[Any]]
    """Cells by heading; all columns have the same length."""
    rows: Sequence[int]
    """Number of each row in its source."""

    def records(self) -> list[dict[str, Any]]:
        """Return a mapping for each row, with all headings as keys."""
        names = tuple(self.columns)
        if not names:
            return [{} for _ in self.rows]
        return [dict(zip(names, cells, strict=True)) for cells in zip(*self.columns.values(), strict=True)]


class RecordColumns(Sequence[dict[str, Any]]):
    """Records that all have the same keys, kept as columns: a record is made whenever somebody asks for it.

    What looks at a whole column, as nearly all of reading does, needs none of the records.

    Parameters
    ----------
    columns : mapping of str to sequence
        The cells of each key; all columns have the same length.
    count : int
        Number of records.

    Examples
    --------
    >>> records = RecordColumns({"id": ["lea", "ada"], "role": ["mentor", "mentee"]}, 2)
    >>> records[1], len(records)
    ({'id': 'ada', 'role': 'mentee'}, 2)
    """

    def __init__(self, columns: Mapping[str, Sequence[Any]], count: int) -> None:
        self.columns = columns
        self._count = count

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> dict[str, Any]: ...

    @overload
    def __getitem__(self, place: slice) -> RecordColumns: ...

    def __getitem__(self, place: int | slice) -> dict[str, Any] | RecordColumns:
        """Return a new record; to write over it changes no column."""
        if isinstance(place, slice):
            kept = {name: cells[place] for name, cells in self.columns.items()}
            return RecordColumns(kept, len(range(self._count)[place]))
        at = range(self._count)[place]
        return {name: cells[at] for name, cells in self.columns.items()}

    def __iter__(self) -> Iterator[dict[str, Any]]:
        names = tuple(self.columns)
        if not names:
            return ({} for _ in range(self._count))
        return (dict(zip(names, cells, strict=True)) for cells in zip(*self.columns.values(), strict=True))

    def named(self, names: Mapping[str, str]) -> RecordColumns:
        """Return the same records with other keys; of two keys that become one, the later counts."""
        return RecordColumns({names[name]: cells for name, cells in self.columns.items()}, self._count)


def column_of(records: Sequence[Mapping[str, Any]], name: str) -> Sequence[Any]:
    """Return the cell of each record under a key, ``None`` where a record lacks it.

    Examples
    --------
    >>> column_of([{"id": "lea"}, {}], "id")
    ['lea', None]
    """
    if isinstance(records, RecordColumns):
        return records.columns.get(name, [None] * len(records))
    return [record.get(name) for record in records]


def table_of(lines: Sequence[Line], name: str, each: str) -> Table:
    """Return lines as a table, the first line as headings; a column without a heading has to be empty.

    Parameters
    ----------
    lines : sequence of (int, list)
        Numbered rows of cells, all of the same length.
    name : str
        Name of the source, for messages.
    each : str
        Noun for the subject of a row, for messages.

    Raises
    ------
    CohortError
        If there are no lines, or a heading is repeated or missing.

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
    """Refuse a file with too many columns.

    Raises
    ------
    CohortError
        If there are more columns than :data:`MOST_COLUMNS`.
    """
    if count > MOST_COLUMNS:
        message = f"{count:,} columns; right would be up to {MOST_COLUMNS:,}"
        raise CohortError([Fault(message, source, row, code="too-many-columns")])
