"""Makes one cohort of all files: what each says, who stands in several, and what was decided on the way."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reverse_match.foundation.errors import CohortError, Fault
from reverse_match.foundation.garbage import pause_collector
from reverse_match.people.by_column import keys_of as keys_of_records
from reverse_match.people.cells import CellError, calendar_date
from reverse_match.people.cohort import Cohort, Source, cohort_of, valid_people
from reverse_match.people.reading.choices import fold_heading
from reverse_match.people.reading.files import NotRecords, load_file, understand
from reverse_match.people.reading.looked import looked_files
from reverse_match.people.reading.many_notes import together_where_many
from reverse_match.people.reading.named_people import resolve_people
from reverse_match.people.reading.people_columns import people_columns
from reverse_match.people.reading.persons import (
    Row,
    keep_earlier_ids,
    keep_latest,
    repeated,
    unite_roles,
)
from reverse_match.people.reading.recognise import column_called, keys_of, scale_faults, unmapped_faults
from reverse_match.people.reading.role_sheets import find_role_sheets
from reverse_match.people.reading.stored import Reading, reading_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from reverse_match.people.participant import Participant
    from reverse_match.people.reading.choices import Choices, Role
    from reverse_match.people.reading.files import PeopleFile
    from reverse_match.people.reading.looked import LookedFile


@dataclass
class Survey:
    """What was understood of files."""

    cohort: Cohort | None
    reading: Reading
    notes: Sequence[Fault] = ()
    faults: Sequence[Fault] = ()
    people: int = 0
    mistakes: Sequence[Fault] = ()
    """What is probably wrong, where somebody looks."""
    mentors: int = 0
    """Rows of people who can teach; the same row may be of somebody who can learn, too."""
    mentees: int = 0
    looked: tuple[LookedFile, ...] = ()
    """The files, with the places of their columns."""


@pause_collector()
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
        parted = find_role_sheets(files, choices, most)
        read = [load_file(path, role, choices, most) for path, role in parted.files]
    except NotRecords as wrong:
        source = Source(_name_of(files), tuple(range(1, len(wrong.records) + 1)))
        return cohort_of(wrong.records, {}, as_of, source)
    choices = _on(choices, as_of)
    _understand_all(read, choices)
    read[0].findings.notes += parted.notes
    seen = _survey(read, choices, as_of)
    if seen.cohort is None:
        raise CohortError(seen.faults)
    return seen.cohort


def load_joining(path: str, choices: Choices, most: int) -> PeopleFile:
    """Return a file of those who join others, before anything is said of its columns.

    Raises
    ------
    CohortError
        If it is no file of people.
    """
    try:
        return load_file(path, None, choices, most)
    except NotRecords:
        raise CohortError([_no_records([(path, None)])]) from None


def read_joining(read: PeopleFile, cohort: Cohort, choices: Choices) -> tuple[dict[int, Participant], Source]:
    """Return by row the people of a file who join others.

    Parameters
    ----------
    read : PeopleFile
        The file, as :func:`load_joining` returns it.
    cohort : Cohort
        Whom they join, and may name.
    choices : Choices
        What is said about the file; headings that it lacks do not matter.

    Raises
    ------
    CohortError
        With every fault.
    """
    choices = _on(_of_this_file(choices, read), cohort.as_of)
    understand([read], choices)
    notes, faults = list(read.findings.notes), list(read.findings.faults)
    beside = [
        Row(person.model_dump(include={"id", "name", "email"}), "", 0) for person in cohort.participants
    ]
    rows = _people_rows(read.rows, choices, notes, faults, beside)
    source = _source([read], [row.number for row in rows], (), notes, reading_of([read], choices))
    people, wrong_people = valid_people([row.record for row in rows], source)
    found = [source.located(fault) for fault in wrong_people]
    faults += [fault for fault in found if not _is_repeated(fault, faults)]
    if faults:
        raise CohortError(sorted(faults, key=lambda fault: fault.row or 0))
    return people, source


def _of_this_file(choices: Choices, read: PeopleFile) -> Choices:
    """Return choices without columns that a file does not have."""
    parts = choices.parts_of_id
    has_parts = all(column_called(read.columns, key) for key in parts)
    latest = choices.latest_by and column_called(read.columns, fold_heading(choices.latest_by))
    return replace(
        choices, id=choices.id if has_parts else None, latest_by=choices.latest_by if latest else None
    )


@pause_collector()
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
    choices = _on(choices, as_of)
    asked = [*files]
    try:
        parted = find_role_sheets(files, choices, most)
        asked = parted.files
        for path, role in asked:
            read.append(load_file(path, role, choices, most))
        read[0].findings.notes += parted.notes
        _understand_all(read, choices)
    except NotRecords:
        seen = Survey(None, reading_of(read, choices), faults=[_no_records(files)])
    except CohortError as error:
        notes = [note for one in read for note in one.findings.notes]
        seen = Survey(None, reading_of(read, choices, counts=counts), notes, error.faults)
    else:
        seen = _survey(read, choices, as_of, counts=counts)
    return replace(seen, looked=looked_files(asked, read, choices, most))


def _no_records(files: Sequence[tuple[str, Role | None]]) -> Fault:
    message = "not a list of records; right would be objects, one a person"
    return Fault(message, _name_of(files), code="wrong-type")


def headings_in(read: PeopleFile) -> frozenset[str]:
    """Return every heading of a file, folded."""
    return frozenset(key for column in read.columns for key in keys_of(column))


def _understand_all(read: Sequence[PeopleFile], choices: Choices) -> None:
    columns = [column for one in read for column in one.columns]
    if faults := unmapped_faults(columns, choices, _file_names(read)):
        raise CohortError(faults)
    if choices.scales and (faults := scale_faults(columns, choices, _file_names(read))):
        raise CohortError(faults)
    understand(read, choices)


def _on(choices: Choices, as_of: date | str | None) -> Choices:
    """Return choices with the day on which people have their age; what is no day is refused later."""
    try:
        return replace(choices, on=calendar_date(as_of))
    except CellError:
        return choices


def _name_of(files: Sequence[tuple[str, Role | None]]) -> str:
    return ", ".join(dict.fromkeys(Path(path).name for path, _ in files))


def _file_names(read: Sequence[PeopleFile]) -> str:
    return ", ".join(dict.fromkeys(one.findings.name for one in read))


def _survey(
    read: Sequence[PeopleFile], choices: Choices, as_of: date | str | None, *, counts: bool = False
) -> Survey:
    faults = [fault for one in read for fault in one.findings.faults]
    notes = together_where_many([note for one in read for note in one.findings.notes])
    records: Sequence[Mapping[str, Any]] | None = None
    rows: Sequence[Row] = ()
    if len(read) == 1 and not counts:
        records, numbers = people_columns(read[0], choices, notes), read[0].numbers
    if records is None:
        rows = _people_rows([row for one in read for row in one.rows], choices, notes, faults)
        records, numbers = [row.record for row in rows], [row.number for row in rows]
    reading = reading_of(read, choices, counts=counts)
    source = _source(read, numbers, [row.source for row in rows], notes, reading)
    if any(fault.code == "lost-digits" for fault in faults):  # who is who is not known, nor what follows
        return Survey(None, reading, notes, sorted(faults, key=lambda fault: fault.row or 0), len(records))
    mistakes = _likely_mistakes(rows) if counts else ()
    roles = [str(row.record.get("role") or "").casefold() for row in rows] if counts else []
    mentors, mentees = (sum(role in (one, "both") for role in roles) for one in ("mentor", "mentee"))
    cohort = None
    try:
        cohort = cohort_of(records, {name: name for name in keys_of_records(records)}, as_of, source)
    except CohortError as error:
        told = {(fault.column or "").strip("'") for fault in faults if fault.row is None}
        faults[:0] = [
            fault for fault in error.faults if fault.column not in told and not _is_repeated(fault, faults)
        ]
    faults.sort(key=lambda fault: fault.row or 0)
    cohort = None if faults else cohort
    return Survey(cohort, reading, notes, faults, len(records), mistakes, mentors, mentees)


def _likely_mistakes(rows: Sequence[Row]) -> Sequence[Fault]:
    from reverse_match.people.reading.mistakes import likely_mistakes  # only who looks wants them

    return likely_mistakes(rows)


def _is_repeated(fault: Fault, faults: Sequence[Fault]) -> bool:
    return fault.code == "id-twice" and any(
        (fault.row, fault.code) == (other.row, other.code) for other in faults
    )


def _people_rows(
    rows: list[Row],
    choices: Choices,
    notes: list[Fault],
    faults: list[Fault],
    beside: Sequence[Row] = (),
) -> list[Row]:
    keep_earlier_ids(rows, notes)
    if choices.latest_by:
        rows = keep_latest(rows, choices.latest_by, faults)
    rows = unite_roles(rows, notes, faults)
    faults += repeated(rows)
    resolve_people(rows, notes, faults, beside)
    return rows


def _source(
    read: Sequence[PeopleFile],
    numbers: Sequence[int],
    files: Sequence[str],
    notes: Sequence[Fault],
    reading: Reading,
) -> Source:
    """Return where people come from; ``files`` has the name of that of each row, where there are several."""
    headings = {one.findings.name: one.headings for one in read if one.numbers}
    name, sha256, places = read[0].findings.name, read[0].sha256, None
    if len(read) > 1:
        name = _file_names(read)
        sha256 = hashlib.sha256("".join(one.sha256 for one in read).encode()).hexdigest()
        places = tuple(zip(files, numbers, strict=True))
        numbers = range(1, len(numbers) + 1)
    return Source(
        name,
        tuple(numbers),
        sha256,
        places=places,
        notes=tuple(notes),
        reading=reading,
        headings=headings,
    )
