"""Reads files of people and other records, as HR systems write them: CSV, JSON, workbooks, parquet.

CSV is separated by comma, semicolon or tab (the heading row decides) and encoded in UTF-8, with or without
byte order mark, else in Windows cp1252. JSON is a list of objects. A workbook is a sheet with a heading row,
see :mod:`reverse_match.people.excel`. A file that differs from its kind (a workbook renamed to .csv, another
encoding, an unclosed quote) is refused, never repaired.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.bounded_file import PEOPLE_BYTES, file_bytes
from reverse_match.foundation.errors import CohortError, Fault
from reverse_match.people.cohort import Cohort, Source, cohort_of
from reverse_match.people.delimited import csv_lines
from reverse_match.people.frames import parquet_table
from reverse_match.people.json_records import json_records
from reverse_match.people.reading.choices import Choices, Dates
from reverse_match.people.reading.decoding import decode_text
from reverse_match.people.reading.files import kind_of, split_sheet
from reverse_match.people.table import table_of
from reverse_match.people.together import read_people
from reverse_match.people.typed_cells import plain_records, typed_records

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from reverse_match.people.reading.choices import Role
    from reverse_match.people.reading.stored import Reading
    from reverse_match.people.table import Table

TYPED_KINDS = (".xlsx", ".parquet")
"""Endings of files that have numbers beside texts."""

MAXIMUM_BYTES = PEOPLE_BYTES
"""Largest number of bytes of a file: 256 MiB holds about a million people."""

Files: TypeAlias = "str | os.PathLike[str] | Sequence[str | os.PathLike[str]] | None"


@check_arguments
def read_cohort(
    path: Files = None,
    *,
    mentors: Files = None,
    mentees: Files = None,
    reading: Reading | None = None,
    mapping: Mapping[str, str] | None = None,
    separator: Mapping[str, str] | None = None,
    sheet: str | None = None,
    heading_row: int | None = None,
    latest_by: str | None = None,
    dates: Dates | Mapping[str, Dates] | None = None,
    id: str | None = None,  # noqa: A002 - the name of the field, and of the option
    non_answer: Sequence[str] = (),
    answer: Sequence[str] = (),
    scales: Mapping[str, Sequence[str]] | None = None,
    format: Literal["scim"] | None = None,  # noqa: A002 - the name of the option
    encoding: str | None = None,
    strict: bool = False,
    as_of: date | str | None = None,
    maximum_bytes: int = MAXIMUM_BYTES,
) -> Cohort:
    """Read files of people, as forms, spreadsheets and HR systems export them.

    What a file leaves open is asked for by a fault that says how to answer it; what was taken without being
    asked stands in ``notes``.

    Parameters
    ----------
    path : path or list of paths, optional
        A ``.csv``, ``.json``, ``.xlsx`` or ``.parquet`` (extra ``parquet``) file, also text as ``.txt`` or
        ``.tsv`` and lines of JSON. ``people.xlsx#Mentors`` names a sheet. Several files are read as one.
    mentors, mentees : path or list of paths, optional
        Files of one role each, instead: the role is where a row stands, and whoever stands in both is both.
    reading : Reading, optional
        What was decided before; further keywords go first.
    mapping : mapping of str to str, optional
        Headings that are not recognised by themselves: ``{"Employee ID": "id"}``. Several headings, or the
        question that several share, may be mapped to one list.
    separator : mapping of str to str, optional
        What stands between the names of a list, by field or heading: ``{"offers": ", "}``.
    sheet : str, optional
        Name of the sheet of a workbook; may be left out where there is only one.
    heading_row : int, optional
        Row of the headings, as a spreadsheet counts.
    latest_by : str, optional
        Heading of the column that says when somebody answered: the latest answer counts.
    dates : str or mapping of str to str, optional
        ``"day-first"`` or ``"month-first"``, where no day of a column is above 12; or by heading, for each
        column alone: ``{"Born": "day-first"}``.
    id : str, optional
        Heading of the column of ids, or several joined by ``+``.
    non_answer, answer : sequence of str
        Words that say that nothing is known, beside the usual ones; and words that do say something.
    scales : mapping of str to sequence of str, optional
        Words with an order, the lowest first, by field or heading: ``{"grade": ["AO", "HEO", "SCS1"]}``. In
        a column of numbers they count from 1; as levels of skills, the last one is the highest level.
    format : str, optional
        ``"scim"``: users of SCIM 2.0.
    encoding : str, optional
        Of text that is neither UTF-8 nor what it would be taken for: ``"mac_roman"``.
    strict : bool
        Whether notes are faults.
    as_of : date or str, optional
        The day on which birth dates become ages; that of the policy, else today, if not given.
    maximum_bytes : int
        Larger files are refused.

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
    files = files_of(path, mentors, mentees)
    said = {
        "mapping": mapping,
        "separator": separator,
        "sheet": sheet,
        "heading_row": heading_row,
        "latest_by": latest_by,
        "dates": dates,
        "id": id,
        "non_answer": tuple(non_answer),
        "answer": tuple(answer),
        "encoding": encoding,
        "scales": scales,
    }
    cohort = people_of(files, choices_of(reading, format, said), as_of, maximum_bytes)
    if strict and cohort.notes:
        raise CohortError(cohort.notes)
    return cohort


def people_of(
    files: Sequence[tuple[str, Role | None]], choices: Choices, as_of: date | str | None, most: int
) -> Cohort:
    """Return the people of files; of one file it is known, too, how version 0.1 read it.

    Raises
    ------
    CohortError
        With every fault.
    """
    cohort = read_people(files, choices, as_of, most)
    if len(files) > 1 or files[0][1] is not None:
        return cohort
    as_said = _AsItStands(files[0][0], choices, as_of, most)
    return replace(cohort, source=replace(cohort.source, as_said=as_said))


@dataclass(frozen=True)
class _AsItStands:
    """A file whose words are taken as they stand there, of which a matching of version 0.1 speaks."""

    path: str
    choices: Choices
    as_of: date | str | None
    most: int

    def __call__(self) -> Cohort:
        """Return the people as version 0.1 read them."""
        place, sheet = split_sheet(self.path, self.choices.sheet)
        mapping = self.choices.mapping
        records, source = read_records(place, self.most, mapping=mapping, sheet=sheet)
        return cohort_of(records, mapping, self.as_of, source)


def files_of(path: Any, mentors: Files, mentees: Files) -> list[tuple[str, Role | None]]:
    """Return each file with the role of whoever stands in it.

    Raises
    ------
    CohortError
        If it is neither files of people, nor files of roles.
    """
    if (path is None) == (mentors is None and mentees is None):
        message = "right would be one file of people, or files of mentors and files of mentees"
        raise CohortError([Fault(message, code="no-files")])
    if path is not None:
        return [(file, None) for file in _listed(path, "path")]
    found: list[tuple[str, Role | None]] = [(file, "mentor") for file in _listed(mentors, "mentors")]
    return [*found, *((file, "mentee") for file in _listed(mentees, "mentees"))]


def _listed(files: Files, name: str) -> list[str]:
    if files is None:
        return []
    listed: Any = [files] if isinstance(files, str | os.PathLike) else files
    are_files = isinstance(listed, Sequence) and all(isinstance(file, str | os.PathLike) for file in listed)
    if not are_files or not listed:
        message = "right would be a path, or a list of paths"
        raise CohortError([Fault(message, column=name, code="wrong-type")])
    return [os.fspath(file) for file in listed]


def choices_of(reading: Reading | None, form: Literal["scim"] | None, said: dict[str, Any]) -> Choices:
    """Return what is said, and beside it what a reading says."""
    known: dict[str, Any] = {}
    if reading is not None:
        known = {name: getattr(reading, name) for name in (*said, *_ONLY_IN_READINGS)}
        form = form or reading.format
    said = _with_orders(said)
    for name, value in said.items():
        if isinstance(value, Mapping):
            known[name] = {**(known.get(name) or {}), **value}
        elif value:
            known[name] = value
    return Choices(format=form, **{name: value for name, value in known.items() if value is not None})


def _with_orders(said: dict[str, Any]) -> dict[str, Any]:
    """Return what is said, with orders of days by heading apart from one for all columns."""
    dates = said["dates"]
    orders = dates if isinstance(dates, Mapping) else {}
    whole = None if orders else dates
    if not {*orders.values(), *([whole] if whole else [])} <= {*get_args(Dates)}:
        message = f"unknown order of days; right would be {', '.join(get_args(Dates))}"
        raise CohortError([Fault(message, column="dates", code="unknown-value")])
    return {**said, "dates": whole, "date_orders": orders}


_ONLY_IN_READINGS = ("words", "options", "numbers", "date_orders")


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

    def typed(table: Table) -> list[dict[str, Any]]:
        return typed_records(table, mapping or {}, file.name)

    _, records, source = _read(file, maximum_bytes, each, sheet, typed)
    return records, source


def read_cells(
    file: Path, maximum_bytes: int, each: str, *, sheet: str | None = None
) -> tuple[list[str], list[dict[str, Any]], Source]:
    """Return the headings of a file, its records whatever its columns mean, and their origin.

    The parameters are those of :func:`read_records`.

    Raises
    ------
    CohortError
        If the file does not hold records.
    MissingExtraError
        If the library that reads this kind of file is not installed.
    """
    return _read(file, maximum_bytes, each, sheet, plain_records)


def _read(
    file: Path,
    maximum_bytes: int,
    each: str,
    sheet: str | None,
    typed: Callable[[Table], list[dict[str, Any]]],
) -> tuple[list[str], list[dict[str, Any]], Source]:
    suffix, name = kind_of(file), file.name
    if sheet is not None and suffix != ".xlsx":
        raise _refuse("only a workbook (.xlsx) has sheets", name, code="unknown-sheet")
    data = file_bytes(file, maximum_bytes, CohortError)
    rows: Sequence[int]
    if suffix in (".json", ".ndjson", ".jsonl"):
        records, rows = json_records(decode_text(data, name).text, name, each)
        headings = list(dict.fromkeys(key for record in records if hasattr(record, "keys") for key in record))
    else:
        if suffix in TYPED_KINDS:
            table = _typed_table(suffix, data, name, sheet, each)
            records = typed(table)
        else:
            table = _csv_table(decode_text(data, name).text, name, each)
            records = table.records()
        headings, rows = list(table.columns), table.rows
    return headings, records, Source(name, tuple(rows), hashlib.sha256(data).hexdigest())


def _typed_table(suffix: str, data: bytes, name: str, sheet: str | None, each: str) -> Table:
    if suffix == ".parquet":
        return parquet_table(data, name)
    from reverse_match.people.excel import workbook_table  # most people files are no workbooks

    return workbook_table(data, name, sheet, each)


def _refuse(message: str, source: str, row: int | None = None, code: str = "invalid") -> CohortError:
    return CohortError([Fault(message, source, row, code=code)])


def csv_records(text: str, name: str, each: str = "person") -> tuple[list[dict[str, Any]], Sequence[int]]:
    """Return the records of a file in CSV, and the row of each."""
    table = _csv_table(text, name, each)
    return table.records(), table.rows


def _csv_table(text: str, name: str, each: str) -> Table:
    lines = csv_lines(text, name)
    faults = [
        Fault(f"{len(cells)} cells, but the heading row has {len(lines[0][1])}", name, row, code="ragged-row")
        for row, cells in lines
        if len(cells) != len(lines[0][1])
    ]
    if faults:
        raise CohortError(faults)
    return table_of(lines, name, each)
