"""Reads people files, and other files of records: CSV, JSON, workbooks, parquet, as HR systems write them.

CSV: comma, semicolon or tab (the heading row decides), UTF-8 with or without byte order mark, else Windows
cp1252. JSON: a list of objects. Workbooks: a sheet with a heading row, see
:mod:`reverse_match.people.excel`. A file that is not what it seems (a workbook renamed to .csv, another
encoding, a cut-off quote) is refused, never repaired.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.bounded_file import PEOPLE_BYTES, file_bytes
from reverse_match.foundation.errors import CohortError, Fault
from reverse_match.people.cohort import Cohort, Source, cohort_of
from reverse_match.people.delimited import csv_lines
from reverse_match.people.frames import parquet_table
from reverse_match.people.json_records import json_records
from reverse_match.people.reading.decoding import decode_text
from reverse_match.people.table import table_of
from reverse_match.people.typed_cells import typed_records

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence
    from datetime import date

    from reverse_match.people.table import Table

MAXIMUM_BYTES = PEOPLE_BYTES
"""Files larger than this are refused: 256 MiB holds about a million people."""

_KINDS = (".csv", ".json", ".xlsx", ".parquet")

_OTHER_KINDS = {
    **dict.fromkeys(
        (".xlsm", ".xltm", ".xlam"), "a workbook with macros, which are never run; save it as .xlsx"
    ),
    **dict.fromkeys((".xls", ".xlsb", ".ods", ".numbers"), "another kind of workbook; save it as .xlsx"),
    **dict.fromkeys((".zip", ".gz", ".7z", ".tar", ".rar"), "an archive; unpack it first"),
}
"""Kinds of file that people have, and what to do about them."""


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
        Headings that are not recognised by themselves: ``{"Employee ID": "id"}``.
    as_of : date or str, optional
        The day on which birth dates become ages; the policy's, else today, if not given.
    maximum_bytes : int
        Larger files are refused.
    sheet : str, optional
        Name of the sheet of a workbook; may be left out where there is only one.

    Returns
    -------
    Cohort

    Raises
    ------
    CohortError
        With every fault: file, row, column, and what would be right.
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
    """Return the records of a file as they stand there, and where they came from.

    Parameters
    ----------
    file : Path
        Of a kind that :func:`read_cohort` reads.
    maximum_bytes : int
        Larger files are refused.
    each : str
        What a record is of, for messages.
    mapping : mapping of str to str, optional
        What the caller says headings mean: in a workbook or a parquet file, numbers count as names where a
        column holds names.
    sheet : str, optional
        Name of the sheet of a workbook.

    Raises
    ------
    CohortError
        If it is not a file of records.
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
        records, rows = csv_records(decode_text(data, name).text, name, each)
    elif suffix == ".json":
        records, rows = json_records(decode_text(data, name).text, name, each)
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


def csv_records(text: str, name: str, each: str = "person") -> tuple[list[dict[str, Any]], Sequence[int]]:
    """Return the records of a file in CSV, and the row of each."""
    lines = csv_lines(text, name)
    faults = [
        Fault(f"{len(cells)} cells, but the heading row has {len(lines[0][1])}", name, row, code="ragged-row")
        for row, cells in lines
        if len(cells) != len(lines[0][1])
    ]
    if faults:
        raise CohortError(faults)
    table = table_of(lines, name, each)
    return table.records(), table.rows
