"""Reads people files, and other files of records: CSV and JSON, as HR systems write them.

CSV: comma, semicolon or tab (the heading row decides), UTF-8 with or without byte order mark, else Windows
cp1252. JSON: a list of objects. A file that is not what it seems (a workbook renamed to .csv, another
encoding, a cut-off quote) is refused, never repaired.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reverse_match.cohort import Cohort, Source, cohort_of
from reverse_match.errors import CohortError, Fault

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping
    from datetime import date

MAXIMUM_BYTES = 256 * 1024 * 1024
"""Files larger than this are refused: 256 MiB holds about a million people."""

_SEPARATORS = (",", ";", "\t")


def read_cohort(
    path: str | os.PathLike[str],
    *,
    mapping: Mapping[str, str] | None = None,
    as_of: date | str | None = None,
    maximum_bytes: int = MAXIMUM_BYTES,
) -> Cohort:
    """Read a people file.

    Parameters
    ----------
    path : path
        A ``.csv`` or ``.json`` file.
    mapping : mapping of str to str, optional
        Headings that are not recognised by themselves: ``{"Employee ID": "id"}``.
    as_of : date or str, optional
        The day on which birth dates become ages; the policy's, else today, if not given.
    maximum_bytes : int
        Larger files are refused.

    Returns
    -------
    Cohort

    Raises
    ------
    CohortError
        With every fault: file, row, column, and what would be right.

    Examples
    --------
    >>> import reverse_match as rm
    >>> len(rm.read_cohort(rm.demo_path()).participants)
    60
    """
    records, source = read_records(Path(path), maximum_bytes)
    return cohort_of(records, mapping or {}, as_of, source)


def read_records(
    file: Path, maximum_bytes: int = MAXIMUM_BYTES, each: str = "person"
) -> tuple[list[dict[str, Any]], Source]:
    """Return the records of a file as they stand there, and where they came from.

    Parameters
    ----------
    file : Path
        A ``.csv`` or ``.json`` file.
    maximum_bytes : int
        Larger files are refused.
    each : str
        What a record is of, for messages.

    Raises
    ------
    CohortError
        If it is not a file of records.
    """
    data = _bytes_of(file, maximum_bytes)
    reader = {".csv": csv_records, ".json": _json_records}[_suffix(file)]
    records, rows = reader(_text_of(data, file.name), file.name, each)
    return records, Source(file.name, tuple(rows), hashlib.sha256(data).hexdigest())


def _refuse(message: str, source: str, row: int | None = None) -> CohortError:
    return CohortError([Fault(message, source, row)])


def _suffix(file: Path) -> str:
    suffix = file.suffix.lower()
    if suffix not in (".csv", ".json"):
        raise _refuse("unknown kind of file; right would be .csv or .json", file.name)
    return suffix


def _bytes_of(file: Path, maximum_bytes: int) -> bytes:
    _suffix(file)
    try:
        with file.open("rb") as stream:
            data = stream.read(maximum_bytes + 1)
    except OSError as error:
        raise _refuse(f"cannot be read: {error.strerror}", file.name) from None
    if len(data) > maximum_bytes:
        raise _refuse(
            f"larger than the limit of {maximum_bytes:,} bytes; split it or raise the limit",
            file.name,
        )
    return data


def _text_of(data: bytes, name: str) -> str:
    if data.startswith(b"PK\x03\x04"):
        raise _refuse("not text but a workbook or an archive; save it as CSV", name)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _refuse("text in UTF-16; save it as UTF-8", name)
    if b"\x00" in data:
        raise _refuse("not text; right would be a CSV or JSON file in UTF-8 or cp1252", name)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        raise _refuse("not text in UTF-8 or cp1252; save it as UTF-8", name) from None


def csv_records(text: str, name: str, each: str = "person") -> tuple[list[dict[str, Any]], list[int]]:
    """Return the records of a file in CSV, and the row of each."""
    lines = _csv_lines(text, name)
    if not lines:
        raise _refuse(f"empty; right would be a heading row and a row for each {each}", name)
    (heading_row, headings), *body = lines
    faults = [
        Fault(f"{len(cells)} cells, but the heading row has {len(headings)}", name, row)
        for row, cells in body
        if len(cells) != len(headings)
    ]
    if faults:
        raise CohortError(faults)
    columns = _named_columns([heading.strip() for heading in headings], body, heading_row, name)
    records = [{heading: cells[position] for position, heading in columns.items()} for _, cells in body]
    return records, [row for row, _ in body]


def _csv_lines(text: str, name: str) -> list[tuple[int, list[str]]]:
    """Return the rows that hold anything, each with its number as a spreadsheet counts."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    lines = []
    row = 0
    try:
        for row, cells in enumerate(reader, start=1):
            if any(cell.strip() for cell in cells):
                lines.append((row, cells))
    except csv.Error as error:
        raise _refuse(f"not valid CSV: {error}", name, row + 1) from None
    return lines


def _separator(text: str) -> str:
    heading = next((line for line in text.splitlines() if line.strip()), "")
    outside_quotes = "".join(heading.split('"')[::2])
    return max(_SEPARATORS, key=outside_quotes.count)


def _named_columns(
    headings: list[str], body: list[tuple[int, list[str]]], heading_row: int, name: str
) -> dict[int, str]:
    """Return heading by position; a column without a heading may stand there only if it is empty."""
    faults = []
    for position, heading in enumerate(headings):
        if heading in headings[:position] and heading:
            faults.append(Fault("the same heading stands here twice", name, heading_row, heading))
        if not heading and any(cells[position].strip() for _, cells in body):
            faults.append(Fault(f"column {position + 1} holds values but has no heading", name, heading_row))
    if faults:
        raise CohortError(faults)
    return {position: heading for position, heading in enumerate(headings) if heading}


class _RepeatedKey:
    """Stands for a JSON object in which a key stands twice, until its place is known."""


def _json_records(text: str, name: str, each: str) -> tuple[list[dict[str, Any]], list[int]]:
    right = f"right would be a list of objects, one a {each}"
    if not text.strip():
        raise _refuse(f"empty; {right}", name)
    try:
        records = json.loads(text, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        raise _refuse(f"not valid JSON: {error.msg}, line {error.lineno}", name) from None
    except RecursionError:
        raise _refuse(f"nested too deeply; {right}", name) from None
    if not isinstance(records, list):
        raise _refuse(f"not a list; {right}", name)
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
        return [Fault(message, name, row)]
    values = record.items() if isinstance(record, dict) else ()
    return [Fault(message, name, row, column) for column, value in values if isinstance(value, _RepeatedKey)]
