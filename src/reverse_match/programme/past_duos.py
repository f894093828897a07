"""Reads the former duos of other years: from pairs in a file, from a history, or from a matching.

A file of pairs names people as files of people name managers: by id, by e-mail address, by name. Whoever is
not among the people any more is no fault, since that is what years do; a note counts them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.bounded_file import RECORD_BYTES, file_bytes
from reverse_match.foundation.errors import CohortError, Fault
from reverse_match.foundation.json_values import JsonError, json_value
from reverse_match.foundation.names import id_key
from reverse_match.foundation.plural import quantity
from reverse_match.matching.results.matching import Matching
from reverse_match.people import cells
from reverse_match.people.headings import Headings, heading_key
from reverse_match.people.read import MAXIMUM_BYTES
from reverse_match.people.reading.named_people import Directory
from reverse_match.people.reading.persons import Row
from reverse_match.people.small_tables import TableKind
from reverse_match.people.typed_cells import written_out
from reverse_match.policy.conditions import PastDuo
from reverse_match.policy.former_partners import duos_of_matching
from reverse_match.programme.feedback.columns import FORM
from reverse_match.programme.history import History

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Mapping

    from reverse_match.people.cohort import Cohort
    from reverse_match.people.participant import Participant
    from reverse_match.people.small_tables import SmallTable

_NAMED = {
    "mentor": (
        "mentor name", "name of the mentor", "mentor e-mail", "mentor email", "e-mail of the mentor",
        "nom mentor", "nom du mentor", "e-mail mentor", "email mentor", "e-mail du mentor", "mentors",
    ),
    "mentee": (
        "mentee name", "name of the mentee", "mentee e-mail", "mentee email", "e-mail of the mentee",
        "nom mentoré", "nom mentoré(e)", "nom du mentoré", "nom de la mentorée", "e-mail mentoré(e)",
        "email mentoré(e)", "e-mail du mentoré", "mentees", "mentorés", "mentoré·e",
    ),
    "until": (
        "on", "date", "day", "ended", "end", "ended on", "end date", "year", "jour", "fin", "jusqu'au",
        "jusqu’au", "date de fin", "terminé le", "année",
    ),
}  # fmt: skip

_ROLES = ("mentor", "mentee")

_COLUMNS = Headings.of(
    (*_ROLES, "until"),
    {
        field: (
            *(heading for heading, meant in FORM.by_usual.items() if meant == field),
            *(heading_key(heading) for heading in usual),
        )
        for field, usual in _NAMED.items()
    },
)

_KIND = TableKind(_COLUMNS, _ROLES, CohortError, each="duo", refuses_others=False)

_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class FormerDuos:
    """Former duos of other years, as :func:`read_past` returns them; they can be iterated.

    Attributes
    ----------
    duos : tuple of PastDuo
        The duos, each with the day on which it ended, if the file says it.
    notes : tuple of Fault
        What is worth knowing: how many of the people are not there any more, which columns were not read.
    """

    duos: tuple[PastDuo, ...]
    notes: tuple[Fault, ...] = ()

    def __iter__(self) -> Iterator[PastDuo]:
        return iter(self.duos)

    def __len__(self) -> int:
        return len(self.duos)


@check_arguments
def read_past(
    path: str | os.PathLike[str], cohort: Cohort, *, mapping: Mapping[str, str] | None = None
) -> FormerDuos:
    r"""Read the former duos of other years, so that :func:`match` does not form them again.

    Parameters
    ----------
    path : path
        A file of pairs (``.csv``, ``.xlsx``, ``.parquet`` or ``.json``) with the columns ``mentor`` and
        ``mentee``, and if known ``on``, the day on which the duo ended (a year is its last day); or a history
        or a matching, as the library writes them. Of a matching count its duos, those that it remembers of
        earlier rounds, and those that ended by hand after it was published.
    cohort : Cohort
        The people of today. A file of pairs may name them by id, name or e-mail address.
    mapping : mapping of str to str, optional
        Headings that are not recognised without help: ``{"Who taught": "mentor"}``.

    Returns
    -------
    FormerDuos
        The duos with notes. People who are not among the people of today are kept by their ids, so that
        their former partners count when they are back.

    Raises
    ------
    CohortError
        With every fault: a missing column, a cell that could name several people, a day that is none.
    HistoryError, MatchingFileError
        If the file is a history or a matching, and faulty.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> import reverse_match as rm
    >>> people = [{"id": "m1", "role": "mentor"}, {"id": "e1", "role": "mentee", "name": "Ada Diallo"}]
    >>> cohort = rm.Cohort.from_records(people)
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "past.csv"
    ...     _ = file.write_text("Mentor,Mentee,Date\nm1,Diallo Ada,2025-12-31\n", encoding="utf-8")
    ...     past = rm.read_past(file, cohort)
    >>> past.duos[0].mentee, str(past.duos[0].until)
    ('e1', '2025-12-31')
    >>> len(rm.match(cohort, past=past).duos)
    0
    """
    file = Path(path)
    stored = _stored(file) if file.suffix.lower() == ".json" else None
    if stored is not None:
        return FormerDuos(tuple(stored), tuple(_notes(stored, cohort, file.name)))
    return _of_table(_KIND.read(file, MAXIMUM_BYTES, mapping or {}), cohort, mapping or {})


def _stored(file: Path) -> list[PastDuo] | None:
    """Return the duos of a history or a matching; ``None`` for a list of pairs."""
    data = file_bytes(file, RECORD_BYTES, CohortError)
    try:
        plain = json_value(data.decode("utf-8-sig"))
    except (JsonError, UnicodeDecodeError):
        return None  # the reader of pairs says what is wrong with it
    if not isinstance(plain, dict):
        return None
    if "certificate" in plain:
        return [*duos_of_matching(Matching.from_json(data, file.name))]
    return _duos_of_history(History.from_json(data, file.name)) if "rounds" in plain else None


def _duos_of_history(history: History) -> list[PastDuo]:
    running = () if history.published is None else history.published.duos
    return [*history.past_duos, *(PastDuo(mentor=duo.mentor, mentee=duo.mentee) for duo in running)]


@dataclass(frozen=True)
class _PastRow:
    record: Mapping[str, Any]
    source: str
    number: int

    def fault(self, message: str, column: str, code: str) -> Fault:
        return Fault(message, self.source, self.number, column, code)


def _of_table(table: SmallTable, cohort: Cohort, mapping: Mapping[str, str]) -> FormerDuos:
    source = table.source.name
    columns = _KIND.columns_of(table.headings, mapping, source) if table.headings else {}
    meant = {field: heading for heading, field in reversed(columns.items())}
    rows = [
        _PastRow(record, source, row) for record, row in zip(table.records, table.source.rows, strict=True)
    ]
    faults: list[Fault] = []
    directory = Directory([_record_of(person) for person in cohort.participants])
    reader = _PairReader(directory, meant, faults)
    duos = [duo for row in rows if (duo := reader.read(row)) is not None]
    if faults:
        raise CohortError(faults)
    notes = [*_notes(reader.kept, cohort, source, reader.unknown)]
    unread = [heading for heading, field in columns.items() if field not in (*_ROLES, "until")]
    unread = [heading for heading in unread if _COLUMNS.by_usual.get(heading_key(heading)) is None]
    if unread:
        message = (
            f"{quantity(len(unread), 'column')} of former duos not read: only mentor, mentee and a day count"
        )
        notes.append(Fault(message, source, code="column-left-out"))
    return FormerDuos(tuple(duos), tuple(notes))


def _record_of(person: Participant) -> dict[str, Any]:
    return {"id": person.id, "name": person.name, "email": person.email}


class _PairReader:
    """Reads pairs, row by row, and collects faults."""

    def __init__(self, directory: Directory, headings: Mapping[str, str], faults: list[Fault]) -> None:
        self._directory, self._headings, self._faults = directory, headings, faults
        self.kept: list[PastDuo] = []
        self.unknown: set[str] = set()
        """What names nobody, and is not made as an id is."""

    def read(self, row: _PastRow) -> PastDuo | None:
        """Return the duo of a row; ``None`` for an empty row, a faulty one, or one of nobody who is known."""
        said = {role: self._text(row, role) for role in _ROLES}
        if not any(said.values()):
            return None
        for role in _ROLES:
            if not said[role]:
                message = "missing; right would be the id, the name or the e-mail address of a person"
                self._faults.append(row.fault(message, self._headings[role], "missing"))
                return None
        ends = {role: self._meant(said[role], row, role) for role in _ROLES}
        until, mentor, mentee = self._day(row), ends["mentor"], ends["mentee"]
        if mentor is None or mentee is None:
            return None
        if id_key(mentor) == id_key(mentee):
            message = "the same person as the mentor; right would be two people"
            self._faults.append(row.fault(message, self._headings["mentee"], "contradictory"))
            return None
        duo = PastDuo(mentor=mentor, mentee=mentee, until=until)
        self.kept.append(duo)
        return duo

    def _text(self, row: _PastRow, role: str) -> str:
        value = row.record.get(self._headings[role])
        return "" if cells.is_empty(value) else str(written_out(value)).strip()

    def _meant(self, said: str, row: _PastRow, role: str) -> str | None:
        # A directory speaks of rows of people; the place of a fault is that of this file.
        place = Row({}, row.source, row.number, headings={role: self._headings[role]})
        before = len(self._faults)
        found = self._directory.meant(said, place, role, self._faults)
        if len(self._faults) > before:
            return None
        if found is not None:
            return found
        if self._directory.looks_like_id(said):
            return said
        self.unknown.add(id_key(said))
        return None

    def _day(self, row: _PastRow) -> date | None:
        value = row.record.get(self._headings.get("until", ""))
        if isinstance(value, datetime):
            return value.date()
        year = str(written_out(value)).strip() if value is not None else ""
        if _YEAR.fullmatch(year):
            return date(int(year), 12, 31)
        try:
            return cells.calendar_date(value)
        except cells.CellError as error:
            self._faults.append(row.fault(str(error), self._headings["until"], error.code))
            return None


def _notes(
    duos: Iterable[PastDuo], cohort: Cohort, source: str, unknown: Iterable[str] = ()
) -> Iterator[Fault]:
    """Yield a note on how many people of former duos are not there any more."""
    named = {id_key(name) for duo in duos for name in (duo.mentor, duo.mentee)}
    if gone := sum(name not in cohort.position for name in named):
        people = quantity(gone, "person", "people")
        message = (
            f"{people} of former duos not among these people; their former partners count if they come back"
        )
        yield Fault(message, source, code="unknown-id")
    if unknown := set(unknown):
        names = quantity(len(unknown), "name")
        message = f"{names} of former duos that nobody here has; these duos are left out"
        yield Fault(message, source, code="unknown-id")
