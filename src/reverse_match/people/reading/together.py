"""Makes one cohort of all files: what each says, who stands in several, and what was decided on the way."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reverse_match.foundation.errors import CohortError, Fault
from reverse_match.people.cohort import Cohort, Source, cohort_of
from reverse_match.people.reading.files import NotRecords, load_file, understand
from reverse_match.people.reading.persons import keep_latest, repeated, resolve_managers, unite_roles
from reverse_match.people.reading.recognise import scale_faults, unmapped_faults
from reverse_match.people.reading.stored import Reading, reading_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from reverse_match.people.reading.choices import Choices, Role
    from reverse_match.people.reading.files import PeopleFile
    from reverse_match.people.reading.persons import Row


@dataclass
class Survey:
    """What was understood of files."""

    cohort: Cohort | None
    reading: Reading
    notes: Sequence[Fault] = ()
    faults: Sequence[Fault] = ()
    people: int = 0


def read_people(
    files: Sequence[tuple[str, Role | None]], choices: Choices, as_of: date | str | None, most: int
) -> Cohort:
    """Return the people of files.

    Parameters
    ----------
    files : sequence of (str, str or None)
        Path of each file, and the role of whoever stands in it.
    choices : Choices
        What is said about the files.
    as_of : date or str, optional
        The day on which birth dates become ages.
    most : int
        Larger files are refused.

    Raises
    ------
    CohortError
        With every fault.
    """
    try:
        read = [load_file(path, role, choices, most) for path, role in files]
    except NotRecords as wrong:
        source = Source(_name_of(files), tuple(range(1, len(wrong.records) + 1)))
        return cohort_of(wrong.records, {}, as_of, source)
    _understand_all(read, choices)
    seen = _survey(read, choices, as_of)
    if seen.cohort is None:
        raise CohortError(seen.faults)
    return seen.cohort


def survey(
    files: Sequence[tuple[str, Role | None]],
    choices: Choices,
    as_of: date | str | None,
    most: int,
    *,
    counts: bool = False,
) -> Survey:
    """Return what is understood of files, also where that leaves faults; ``counts`` counts values."""
    read: list[PeopleFile] = []
    try:
        read += [load_file(path, role, choices, most) for path, role in files]
        _understand_all(read, choices)
    except NotRecords:
        fault = Fault(
            "not a list of records; right would be objects, one a person", _name_of(files), code="wrong-type"
        )
        return Survey(None, reading_of(read, choices), faults=[fault])
    except CohortError as error:
        notes = [note for one in read for note in one.findings.notes]
        return Survey(None, reading_of(read, choices, counts=counts), notes, error.faults)
    return _survey(read, choices, as_of, counts=counts)


def _understand_all(read: Sequence[PeopleFile], choices: Choices) -> None:
    columns = [column for one in read for column in one.columns]
    if faults := unmapped_faults(columns, choices, _file_names(read)):
        raise CohortError(faults)
    for one in read:
        understand(one, choices)
    if choices.scales and (faults := scale_faults(columns, choices, _file_names(read))):
        raise CohortError(faults)


def _name_of(files: Sequence[tuple[str, Role | None]]) -> str:
    return ", ".join(dict.fromkeys(Path(path).name for path, _ in files))


def _file_names(read: Sequence[PeopleFile]) -> str:
    return ", ".join(dict.fromkeys(one.findings.name for one in read))


def _survey(
    read: Sequence[PeopleFile], choices: Choices, as_of: date | str | None, *, counts: bool = False
) -> Survey:
    faults = [fault for one in read for fault in one.findings.faults]
    notes = [note for one in read for note in one.findings.notes]
    rows = _people_rows([row for one in read for row in one.rows], choices, notes, faults)
    reading = reading_of(read, choices, counts=counts)
    source = _source(read, rows, notes, reading)
    names = dict.fromkeys(name for row in rows for name in row.record)
    headings = _headings(read)
    cohort = None
    try:
        cohort = cohort_of([row.record for row in rows], {name: name for name in names}, as_of, source)
    except CohortError as error:
        found = [_under_its_heading(fault, headings) for fault in error.faults]
        told = {(fault.column or "").strip("'") for fault in faults if fault.row is None}
        faults[:0] = [
            fault for fault in found if fault.column not in told and not _is_repeated(fault, faults)
        ]
    faults.sort(key=lambda fault: fault.row or 0)
    return Survey(None if faults else cohort, reading, notes, faults, len(rows))


def _is_repeated(fault: Fault, faults: Sequence[Fault]) -> bool:
    return fault.code == "id-twice" and any(
        (fault.row, fault.code) == (other.row, other.code) for other in faults
    )


def _people_rows(rows: list[Row], choices: Choices, notes: list[Fault], faults: list[Fault]) -> list[Row]:
    if choices.latest_by:
        rows = keep_latest(rows, choices.latest_by, faults)
    rows = unite_roles(rows, notes, faults)
    faults += repeated(rows)
    resolve_managers(rows, notes, faults)
    return rows


def _source(
    read: Sequence[PeopleFile], rows: Sequence[Row], notes: Sequence[Fault], reading: Reading
) -> Source:
    if len(read) == 1:
        numbers = tuple(row.number for row in rows)
        return Source(read[0].findings.name, numbers, read[0].sha256, notes=tuple(notes), reading=reading)
    digest = hashlib.sha256("".join(one.sha256 for one in read).encode()).hexdigest()
    places = tuple((row.source, row.number) for row in rows)
    numbers = tuple(range(1, len(rows) + 1))
    return Source(_file_names(read), numbers, digest, None, places, tuple(notes), reading)


def _headings(read: Sequence[PeopleFile]) -> dict[str, Mapping[str, str]]:
    return {one.findings.name: one.rows[0].headings for one in read if one.rows}


def _under_its_heading(fault: Fault, headings: Mapping[str, Mapping[str, Any]]) -> Fault:
    """Return a fault under the heading that the file has."""
    known = headings.get(fault.source or "", {})
    column = known.get(fault.column or "")
    return replace(fault, column=column) if column is not None and fault.row else fault
