"""Reads one file of people: its bytes, its cells, its headings, what each column is, what each cell says."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reverse_match.foundation.bounded_file import file_bytes
from reverse_match.foundation.errors import CohortError, Fault
from reverse_match.people.delimited import TOO_MANY, people_lines
from reverse_match.people.json_records import json_records
from reverse_match.people.reading.choices import FileColumn, Findings, fold_heading
from reverse_match.people.reading.dates import moments_of
from reverse_match.people.reading.decoding import decode_text
from reverse_match.people.reading.layout import PROTECTION, PeopleSheet, lay_out
from reverse_match.people.reading.names_beside import NamesBeside
from reverse_match.people.reading.persons import Row
from reverse_match.people.reading.recognise import assign_fields, column_called
from reverse_match.people.reading.scim import is_scim, scim_users
from reverse_match.people.reading.times import find_time_columns, keep_what_says_no_times
from reverse_match.people.reading.values import read_values
from reverse_match.people.table import MOST_CELLS, RecordColumns, refuse_many_columns
from reverse_match.people.typed_cells import plain_cell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from reverse_match.people.reading.choices import Choices, Role

TEXTS = (".csv", ".txt", ".tsv")
_LINES = (".ndjson", ".jsonl")
KINDS = (".csv", ".json", ".xlsx", ".parquet")
_ALL_KINDS = (*KINDS, *TEXTS, *_LINES)

_OTHER_KINDS = {
    **dict.fromkeys(
        (".xlsm", ".xltm", ".xlam"), "a workbook with macros, which are never run; save it as .xlsx"
    ),
    **dict.fromkeys((".xls", ".xlsb", ".ods", ".numbers"), "another kind of workbook; save it as .xlsx"),
    **dict.fromkeys((".zip", ".gz", ".7z", ".tar", ".rar"), "an archive; unpack it first"),
}
"""Kinds of file that people have, and what to do about them."""

_GUESSED = {
    "cp1252": "not UTF-8, and read as Windows cp1252; if letters look wrong, say --encoding mac_roman",
    "mac_roman": "not UTF-8, and read as MacRoman, as Excel for Macintosh writes it; "
    "if letters look wrong, say --encoding cp1252",
}
"""What is told where an encoding is only guessed."""


class _Missing:
    """Stands where a record lacks a key that another one has; read as a cell, it is an empty one."""

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        return ""


_MISSING = _Missing()


@dataclass
class PeopleFile:
    """One file, and what was made of it."""

    path: Path
    role: Role | None
    sheet_name: str | None
    findings: Findings
    sha256: str = ""
    kind: str = ""
    encoding: str | None = None
    separator: str | None = None
    columns: list[FileColumn] = field(default_factory=list)
    numbers: Sequence[int] = ()
    """Number of each row that holds a person."""
    heading_row: int | None = None
    laid_out: tuple[FileColumn, ...] = ()
    """Every column, those included that were left out later."""
    values: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    """What was understood: the cells of each field and attribute."""
    headings: Mapping[str, str] = field(default_factory=dict)
    """Heading by field, for messages."""
    protected: bool = True
    """Whether a cell may be protected from a spreadsheet."""
    moments: Sequence[datetime | None] = ()
    """When each row was written, where that decides which counts."""

    @property
    def lacks_keys(self) -> bool:
        """Whether some record lacks a key that another one has, as objects do, and no row below headings."""
        return self.heading_row is None and any(
            cell is _MISSING for cells in self.values.values() for cell in cells
        )

    @cached_property
    def rows(self) -> list[Row]:
        """What each row says, to be written over; many files are read without them."""
        name, lacks_keys = self.findings.name, self.lacks_keys
        rows = []
        records = RecordColumns(self.values, len(self.numbers))
        for record, number, moment in zip(records, self.numbers, self.moments, strict=True):
            if lacks_keys:
                record = {key: cell for key, cell in record.items() if cell is not _MISSING}
            rows.append(Row(record, name, number, self.role, moment, self.headings))
        return rows


def kind_of_path(file: Path) -> str:
    """Return what the ending of a file says, whether or not people are kept in such files."""
    return file.suffix.lower()


def kind_of(file: Path) -> str:
    """Return the ending of a file.

    Raises
    ------
    CohortError
        If no people are kept in such files.
    """
    suffix = file.suffix.lower()
    if suffix not in _ALL_KINDS:
        right = f"right would be {', '.join(KINDS[:-1])} or {KINDS[-1]}"
        message = _OTHER_KINDS.get(suffix, f"unknown kind of file; {right}")
        raise CohortError([Fault(message, file.name, code="unknown-kind-of-file")])
    return suffix


def split_sheet(path: str, sheet: str | None) -> tuple[Path, str | None]:
    """Return a path and the sheet that stands behind ``#``.

    Examples
    --------
    >>> split_sheet("people.xlsx#Mentors", None)[1]
    'Mentors'
    """
    before, sign, behind = path.rpartition("#")
    if sign and before.lower().endswith(".xlsx") and behind:
        return Path(before), behind
    return Path(path), sheet


def load_file(path: str, role: Role | None, choices: Choices, most: int) -> PeopleFile:
    """Return the columns of a file, without a look at what they are.

    Raises
    ------
    CohortError
        If it is no file of people.
    MissingExtraError
        If the library that reads this kind of file is not installed.
    """
    place, sheet_name = split_sheet(path, choices.sheet)
    shown = place.name if sheet_name is None or sheet_name == choices.sheet else f"{place.name}#{sheet_name}"
    read = PeopleFile(place, role, sheet_name, Findings(shown), kind=kind_of(place))
    if sheet_name is not None and read.kind != ".xlsx":
        message = "only a workbook (.xlsx) has sheets"
        raise CohortError([Fault(message, place.name, code="unknown-sheet")])
    data = file_bytes(place, most, CohortError)
    read.sha256 = hashlib.sha256(data).hexdigest()
    if read.kind == ".xlsx":
        sheet = _workbook_sheet(data, read, choices)
    elif read.kind == ".parquet":
        sheet = _parquet_sheet(data, read)
    else:
        sheet = _text_sheet(data, read, choices)
    read.columns, read.heading_row = sheet.columns, sheet.heading_row
    read.laid_out = tuple(sheet.columns)
    read.numbers = sheet.rows
    return read


def understand(files: Sequence[PeopleFile], choices: Choices) -> None:
    """Say what each column of all files is, and what its cells say.

    Raises
    ------
    CohortError
        If two columns claim one field.
    """
    for read in files:
        assign_fields(read.columns, choices, read.role, read.findings)
        find_time_columns(read.columns, read.findings)
        keep_what_says_no_times(read.columns, choices, read.findings)
    beside = NamesBeside([column for read in files for column in read.columns])
    for read in files:
        for column in read.columns:
            column.beside = beside
        _read_columns(read, choices)


def _read_columns(read: PeopleFile, choices: Choices) -> None:
    typed = read.kind in (".xlsx", ".parquet")
    read.moments = _moments(read, choices)
    sheet = PeopleSheet(read.columns, list(read.numbers), read.heading_row, typed, read.protected)
    read.values = read_values(sheet, choices, read.role, read.findings)
    headings: dict[str, str] = {}
    for column in read.columns:
        headings.setdefault(column.field or column.heading, column.question)
        if column.kind == "id":
            headings["id"] = column.heading
    read.headings = headings


def _moments(read: PeopleFile, choices: Choices) -> Sequence[datetime | None]:
    column = column_called(read.columns, fold_heading(choices.latest_by)) if choices.latest_by else None
    if column is None:
        return [None] * len(read.numbers)
    return moments_of(column, choices, read.findings)


def _text_sheet(data: bytes, read: PeopleFile, choices: Choices) -> PeopleSheet:
    name = read.findings.name
    text, read.encoding, guessed = decode_text(data, name, choices.encoding)
    if guessed:
        read.findings.note(_GUESSED[read.encoding], code="encoding")
    recognised = read.kind in (".json", *_LINES) and choices.format is None and is_scim(text)
    if recognised:
        read.findings.note("read as users of SCIM 2.0, as their schemas say", code="format")
    if recognised or choices.format == "scim":
        users = scim_users(text, read.findings)
        return replace(_records_sheet(users.records, name), rows=users.places)
    if read.kind == ".json":
        return _records_sheet(json_records(text, name, "person", within=True)[0], name)
    if read.kind in _LINES:
        lines = [line for line in text.splitlines() if line.strip()]
        return _records_sheet(json_records(f"[{','.join(lines)}]", name, "person")[0], name)
    read.protected = PROTECTION in text  # in a quoted cell it stands with two quotes, and so does this
    lines_of_cells, read.separator = people_lines(text, name)
    return lay_out(lines_of_cells, choices, read.findings)


def _records_sheet(records: Sequence[Any], name: str) -> PeopleSheet:
    rows = list(range(1, len(records) + 1))
    if not all(isinstance(record, dict) for record in records):
        raise NotRecords(records)
    keys = dict.fromkeys(key for record in records for key in record)
    refuse_many_columns(len(keys), name)
    if len(keys) * len(records) > MOST_CELLS:
        raise CohortError([Fault(TOO_MANY, name, code="too-large")])
    columns = [FileColumn(key, [record.get(key, _MISSING) for record in records]) for key in keys]
    return PeopleSheet(columns, rows)


class NotRecords(Exception):  # noqa: N818 - never seen by a caller
    """Objects of a list are no records; who validates records says which."""

    def __init__(self, records: Sequence[Any]) -> None:
        self.records = records
        super().__init__()


def _parquet_sheet(data: bytes, read: PeopleFile) -> PeopleSheet:
    from reverse_match.people.frames import parquet_table

    table = parquet_table(data, read.findings.name)
    columns = [FileColumn(heading, list(map(plain_cell, cells))) for heading, cells in table.columns.items()]
    return PeopleSheet(columns, list(table.rows))


def _workbook_sheet(data: bytes, read: PeopleFile, choices: Choices) -> PeopleSheet:
    from reverse_match.people.excel import Unreadable, workbook_cells

    name = read.findings.name
    found = workbook_cells(data, name, read.sheet_name)
    for message, code in found.notes:
        read.findings.note(message, code=code)
    width = max((len(cells) for _, cells in found.lines), default=0)
    lines = [
        (
            row,
            [cell if isinstance(cell, Unreadable) else plain_cell(cell) for cell in cells]
            + [None] * (width - len(cells)),
        )
        for row, cells in found.lines
    ]
    sheet = lay_out(lines, choices, read.findings)
    faults = [
        Fault(column.cells[place].why, name, row, column.heading, code="unreadable-cell")
        for place, row in enumerate(sheet.rows)
        for column in sheet.columns
        if isinstance(column.cells[place], Unreadable)
    ]
    if faults:
        raise CohortError(faults)
    return sheet
