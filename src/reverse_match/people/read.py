"""Reads files of people and other records, as HR systems write them: CSV, JSON, workbooks, parquet.

CSV is separated by comma, semicolon or tab (the heading row decides) and encoded in UTF-8, with or without
byte order mark, else in Windows cp1252. JSON is a list of objects. A workbook is a sheet with a heading row,
see :mod:`reverse_match.people.excel`. A file that differs from its kind (a workbook renamed to .csv, another
encoding, an unclosed quote) is refused, never repaired.
"""

from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.bounded_file import PEOPLE_BYTES, file_bytes
from reverse_match.foundation.errors import CohortError, Fault
from reverse_match.foundation.json_values import JsonError, json_value, stand_in
from reverse_match.people.cells import LONGEST_TEXT
from reverse_match.people.cohort import Cohort, Source, cohort_of
from reverse_match.people.frames import parquet_table
from reverse_match.people.table import MOST_CELLS, MOST_ROWS, refuse_many_columns, table_of
from reverse_match.people.typed_cells import typed_records

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence
    from datetime import date

    from reverse_match.people.table import Line, Table

MAXIMUM_BYTES = PEOPLE_BYTES
"""Largest number of bytes of a file: 256 MiB holds about a million people."""

TOO_MANY = f"more than {MOST_ROWS:,} rows or {MOST_CELLS:,} cells; split it"

_SEPARATORS = (",", ";", "\t")

_KINDS = (".csv", ".json", ".xlsx", ".parquet")

_OTHER_KINDS = {
    **dict.fromkeys(
        (".xlsm", ".xltm", ".xlam"), "a workbook with macros, which are never run; save it as .xlsx"
    ),
    **dict.fromkeys((".xls", ".xlsb", ".ods", ".numbers"), "another kind of workbook; save it as .xlsx"),
    **dict.fromkeys((".zip", ".gz", ".7z", ".tar", ".rar"), "an archive; unpack it first"),
}
"""Other kinds of file that people try, and the advice for each."""


@check_arguments
def read_cohort(
    path: str | os.PathLike[str],
    *,
    mapping: Mapping[str, str] | None = None,
    as_of: date | str | None = None,
    maximum_bytes: int = MAXIMUM_BYTES,
    sheet: str | None = None,
) -> Cohort:
    """Read a people file.

    Parameters
    ----------
    path : path
        A ``.csv``, ``.json``, ``.xlsx`` or ``.parquet`` (extra ``parquet``) file.
    mapping : mapping of str to str, optional
        Headings that are not recognised without help: ``{"Employee ID": "id"}``.
    as_of : date or str, optional
        The day on which birth dates become ages; that of the policy, else today, if not given.
    maximum_bytes : int
        Largest number of bytes; a larger file is refused.
    sheet : str, optional
        Name of the sheet of a workbook; may be left out if the workbook has only one.

    Returns
    -------
    Cohort

    Raises
    ------
    CohortError
        With every fault: file, row, column, and a right value.
    MissingExtraError
        If the library that reads this kind of file is not installed.

    Examples
    --------
    >>> import reverse_match as rm
    >>> len(rm.read_cohort(rm.demo_path()).participants)
    60
    """
    records, source = read_records(Path(path), maximum_bytes, mapping=mapping, sheet=sheet)
    return cohort_of(records, mapping or {}, as_of, source)


def read_records(
    file: Path,
    maximum_bytes: int = MAXIMUM_BYTES,
    each: str = "person",
    *,
    mapping: Mapping[str, str] | None = None,
    sheet: str | None = None,
) -> tuple[list[dict[str, Any]], Source]:
    """Return the records of a file as they stand there, and their origin.

    Parameters
    ----------
    file : Path
        A file of a kind that :func:`read_cohort` reads.
    maximum_bytes : int
        Largest number of bytes; a larger file is refused.
    each : str
        Noun for the subject of a record, for messages.
    mapping : mapping of str to str, optional
        Headings that the caller maps to fields. In a workbook or a parquet file, they decide in which columns
        numbers are read as names.
    sheet : str, optional
        Name of the sheet of a workbook.

    Raises
    ------
    CohortError
        If the file does not hold records.
    MissingExtraError
        If the library that reads this kind of file is not installed.
    """
    suffix, name = _suffix(file), file.name
    if sheet is not None and suffix != ".xlsx":
        raise _refuse("only a workbook (.xlsx) has sheets", name, code="unknown-sheet")
    data = file_bytes(file, maximum_bytes, CohortError)
    records: list[dict[str, Any]]
    rows: Sequence[int]
    if suffix == ".csv":
        records, rows = csv_records(_text_of(data, name), name, each)
    elif suffix == ".json":
        records, rows = _json_records(_text_of(data, name), name, each)
    else:
        table = _typed_table(suffix, data, name, sheet, each)
        records, rows = typed_records(table, mapping or {}, name), table.rows
    return records, Source(name, tuple(rows), hashlib.sha256(data).hexdigest())


def _typed_table(suffix: str, data: bytes, name: str, sheet: str | None, each: str) -> Table:
    if suffix == ".parquet":
        return parquet_table(data, name)
    from reverse_match.people.excel import workbook_table  # most people files are no workbooks

    return workbook_table(data, name, sheet, each)


def _refuse(message: str, source: str, row: int | None = None, code: str = "invalid") -> CohortError:
    return CohortError([Fault(message, source, row, code=code)])


def _suffix(file: Path) -> str:
    suffix = file.suffix.lower()
    if suffix not in _KINDS:
        right = f"right would be {', '.join(_KINDS[:-1])} or {_KINDS[-1]}"
        message = _OTHER_KINDS.get(suffix, f"unknown kind of file; {right}")
        raise _refuse(message, file.name, code="unknown-kind-of-file")
    return suffix


def _text_of(data: bytes, name: str) -> str:
    if data.startswith(b"PK\x03\x04"):
        raise _refuse("not text but a workbook or an archive; save it as CSV", name, code="not-text")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _refuse("text in UTF-16; save it as UTF-8", name, code="not-text")
    if b"\x00" in data:
        raise _refuse("not text; right would be a CSV or JSON file in UTF-8 or cp1252", name, code="not-text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        raise _refuse("not text in UTF-8 or cp1252; save it as UTF-8", name, code="not-text") from None


def csv_records(text: str, name: str, each: str = "person") -> tuple[list[dict[str, Any]], Sequence[int]]:
    """Return the records of a CSV text, and the row of each."""
    lines = _csv_lines(text, name)
    faults = [
        Fault(f"{len(cells)} cells, but the heading row has {len(lines[0][1])}", name, row, code="ragged-row")
        for row, cells in lines
        if len(cells) != len(lines[0][1])
    ]
    if faults:
        raise CohortError(faults)
    table = table_of(lines, name, each)
    return table.records(), table.rows


def _csv_lines(text: str, name: str) -> list[Line]:
    """Return the rows that are not empty, each with its number as a spreadsheet counts."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    lines: list[Line] = []
    row = counted = 0
    try:
        for row, cells in enumerate(reader, start=1):
            if not any(cell.strip() for cell in cells):
                continue
            if not lines:
                refuse_many_columns(len(cells), name, row)
            lines.append((row, cells))
            counted += len(cells)
            if counted > MOST_CELLS or len(lines) > MOST_ROWS:
                raise _refuse(TOO_MANY, name, code="too-large")
    except csv.Error as error:
        if "field limit" in str(error):
            message = f"a cell is far too long; right would be up to {LONGEST_TEXT:,} characters"
            raise _refuse(message, name, row + 1, code="too-long") from None
        raise _refuse(f"not valid CSV: {error}", name, row + 1, code="not-csv") from None
    return lines


def _separator(text: str) -> str:
    heading = next((line for line in io.StringIO(text, newline=None) if line.strip()), "")
    outside_quotes = "".join(heading.split('"')[::2])
    return max(_SEPARATORS, key=outside_quotes.count)


class _RepeatedKey:
    """Represents a JSON object with a repeated key, until its place is known."""


def _json_records(text: str, name: str, each: str) -> tuple[list[dict[str, Any]], list[int]]:
    right = f"right would be a list of objects, one a {each}"
    if not text.strip():
        raise _refuse(f"empty; {right}", name, code="empty")
    try:
        records = json_value(text, _object, stand_in)
    except JsonError as error:
        hint = f"; {right}" if error.code == "too-deep" else ""
        raise _refuse(f"{error}{hint}", name, code=error.code) from None
    if not isinstance(records, list):
        raise _refuse(f"not a list; {right}", name, code="wrong-type")
    if len(records) > MOST_ROWS:
        raise _refuse(TOO_MANY, name, code="too-large")
    faults = [
        fault for row, record in enumerate(records, start=1) for fault in _repeated_keys(record, name, row)
    ]
    if faults:
        raise CohortError(faults)
    return records, list(range(1, len(records) + 1))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any] | _RepeatedKey:
    found = dict(pairs)
    return found if len(found) == len(pairs) else _RepeatedKey()


def _repeated_keys(record: object, name: str, row: int) -> list[Fault]:
    message = "a key stands twice in one object; keep one"
    if isinstance(record, _RepeatedKey):
        return [Fault(message, name, row, code="key-twice")]
    values = record.items() if isinstance(record, dict) else ()
    return [
        Fault(message, name, row, column, code="key-twice")
        for column, value in values
        if isinstance(value, _RepeatedKey)
    ]
