"""Reads the words of records and frames as those of files are read.

Programs pass on what people have answered. So "prefer not to say" is not known there either, *mentoré* is a
role, *expert* a level, and a manager may be named by an address. Ids stay as the program has them, and only
``;`` separates what stands in one text: a program says the rest by lists.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reverse_match.people.reading.choices import LISTS, RATED, FileColumn, Findings
from reverse_match.people.reading.dates import read_birth_dates
from reverse_match.people.reading.lists import is_silent, note_of_non_answers, rated_part, ratings_of_words
from reverse_match.people.reading.named_people import resolve_people
from reverse_match.people.reading.persons import EARLIER_ID, Row, keep_earlier_ids
from reverse_match.people.reading.values import read_words_of
from reverse_match.people.reading.words import word_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reverse_match.foundation.errors import Fault
    from reverse_match.people.participant import Participant
    from reverse_match.people.reading.choices import Choices

_MISSING = object()
"""Stands where a record has no such key."""

_NAMED_BY = ("id", "name", "email")
_AS_THEY_ARE = ("id", "attributes", "name", "email", "first_name", "last_name")


@dataclass(frozen=True)
class WordsRead:
    """What was found in the words of records."""

    notes: tuple[Fault, ...]
    faults: tuple[Fault, ...]
    changed: bool
    """Whether a record says something else than before."""


def read_words(
    records: Sequence[dict[str, Any]],
    rows: Iterable[int],
    choices: Choices,
    name: str,
    headings: Mapping[str, str],
    beside: Iterable[Participant] = (),
) -> WordsRead:
    """Write the meaning of words over them.

    Parameters
    ----------
    records : sequence of dict
        Records by field, which are written over.
    rows : iterable of int
        Row of each.
    choices : Choices
        Which words are answers, and which are none.
    name : str
        Name of the records, for messages.
    headings : mapping of str to str
        What the program calls each field.
    beside : iterable of Participant
        Others who may be named.

    Examples
    --------
    >>> from reverse_match.people.reading.choices import Choices
    >>> records = [{"id": "lea", "role": "Mentore", "gender": "N/A", "offers": {"Python": "expert"}}]
    >>> read_words(records, [1], Choices(), "records", {}).changed
    True
    >>> records
    [{'id': 'lea', 'role': 'mentor', 'gender': None, 'offers': {'Python': 5}}]
    """
    findings = Findings(name)
    changed = False
    fields = dict.fromkeys(field for record in records for field in record)
    for field in fields:
        if field in _AS_THEY_ARE:
            continue
        before = [record.get(field, _MISSING) for record in records]
        after = _read_column(field, headings.get(field, field), before, choices, findings)
        for record, one, other in zip(records, before, after, strict=True):
            if one is not other and one != other:
                record[field] = other
                changed = True
    lines = [Row(record, name, row, headings=headings) for record, row in zip(records, rows, strict=True)]
    had_earlier = [EARLIER_ID in record for record in records]
    keep_earlier_ids(lines, findings.notes)
    named = [(record.get("manager_id"), record.get("wants"), record.get("avoids")) for record in records]
    # A whole cohort stands beside one who joins, and dumping models would take longest.
    others = [
        Row({field: said for field in _NAMED_BY if (said := getattr(person, field)) is not None}, name, 0)
        for person in beside
    ]
    resolve_people(lines, findings.notes, findings.faults, others)
    changed = changed or any(had_earlier)
    changed = changed or any(
        tuple(map(record.get, ("manager_id", "wants", "avoids"))) != said
        for record, said in zip(records, named, strict=True)
    )
    return WordsRead(tuple(findings.notes), tuple(findings.faults), changed)


def _read_column(
    field: str, heading: str, cells: list[Any], choices: Choices, findings: Findings
) -> list[Any]:
    column = FileColumn(heading, list(cells), field=field)
    if field not in LISTS:
        read_words_of(column, choices, findings)
        if field == "birth_date":
            _read_days(column, choices, findings)
        return column.cells
    reader = _ListReader(field, choices)
    column.cells = [reader.read(cell) for cell in cells]
    if reader.left_out:
        note_of_non_answers(column, reader.left_out, findings)
    return column.cells


def _read_days(column: FileColumn, choices: Choices, findings: Findings) -> None:
    """Read days in the order that the whole column decides; if it decides none, the day stands first.

    A moment with its hour stays, to be refused: it may be of another day where somebody was born.
    """
    found = Findings(findings.name)
    moments = {place: cell for place, cell in enumerate(column.cells) if _is_moment(cell)}
    read_birth_dates(column, choices, found)
    for place, moment in moments.items():
        column.cells[place] = moment
    findings.notes += found.notes
    if found.faults:
        message = "the day is taken to stand first in dates, of which none is above 12"
        findings.note(message, column.heading, code="dates")


def _is_moment(cell: object) -> bool:
    return isinstance(cell, str) and cell[10:11] == "T"


class _ListReader:
    """Reads the cells of one list: texts, lists and mappings."""

    def __init__(self, field: str, choices: Choices) -> None:
        self._field = field
        self._silent = choices.non_answers
        self._ratings = ratings_of_words(field, choices) if field in RATED else None
        self._known: dict[str, str | None] = {}
        self.left_out = 0
        """Entries that were no answer."""

    def read(self, cell: Any) -> Any:
        """Return a cell; the same object if it says the same."""
        if isinstance(cell, str):
            return self._text(cell)
        if isinstance(cell, dict):
            return self._mapping(cell)
        if isinstance(cell, list | tuple):
            parts = [self._part(part) if isinstance(part, str) else part for part in cell]
            if all(one is other for one, other in zip(cell, parts, strict=True)):
                return cell
            return [part for part in parts if part is not None]
        return cell

    def _text(self, cell: str) -> str | None:
        parts = cell.split(";")
        read = [self._part(part) for part in parts]
        if all(one is other for one, other in zip(parts, read, strict=True)):
            return cell
        return ";".join(part for part in read if part is not None) or None

    def _part(self, part: str) -> str | None:
        """Return an entry with its rating as a number, ``None`` if it is no answer."""
        if part not in self._known:
            self._known[part] = self._read_part(part)
        read = self._known[part]
        self.left_out += read is None
        return read

    def _read_part(self, part: str) -> str | None:
        if not part.strip():
            return part
        if is_silent(part, self._silent, self._field):
            return None
        if self._ratings is None:
            return part
        rated = rated_part(part.strip(), self._field, self._ratings)
        return part if rated == part.strip() else rated

    def _mapping(self, cell: Mapping[Any, Any]) -> Any:
        ratings = self._ratings or {}
        read = {
            name: ratings.get(word_key(rating), rating) if isinstance(rating, str) else rating
            for name, rating in cell.items()
            if not (isinstance(name, str) and is_silent(name, self._silent, self._field))
        }
        self.left_out += len(cell) - len(read)
        return cell if read == cell else read
