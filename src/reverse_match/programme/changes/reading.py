"""Reads rows of changes against the people and the duos that there are, and finds every fault at once.

A row says of one person one change. What a row of a person who joins, returns or is corrected says beside
that is read as in a file of people. Rows that contradict each other are faults: one person can not leave and
be corrected, one cell not be corrected twice, one duo not be declined twice.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from reverse_match.foundation.errors import CodedError, CohortError, Fault
from reverse_match.foundation.names import id_key, near_name
from reverse_match.foundation.plural import quantity
from reverse_match.matching.results.logged_change import LoggedChange
from reverse_match.people.cohort import Source, impossible_ages, valid_people
from reverse_match.people.corrections import corrected_person, filled_cells, is_emptied, refuse_half_a_name
from reverse_match.people.participant import NAME_PARTS, PLACES, SHOWN_ALONE, Participant
from reverse_match.people.person_meant import person_meant
from reverse_match.people.reading.choices import Choices
from reverse_match.people.reading.records import read_words
from reverse_match.policy.added import people_of
from reverse_match.programme.changes.rows import ChangeRows, as_text
from reverse_match.programme.changes.words import FIELDS, LOGGED, Asked, change_meant, reason_meant

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reverse_match.matching.results.logged_change import ReasonOfChange
    from reverse_match.matching.results.matching import Matching
    from reverse_match.people.cohort import Cohort

WITH_CELLS: tuple[Asked, ...] = ("join", "return", "correct", "capacity")
"""Kinds of changes that say something of a person's record."""
_SHOWN = (*SHOWN_ALONE, *NAME_PARTS)
_RIGHT = "decline, leave, return, join, correct, capacity or wait"


@dataclass(frozen=True)
class AskedChanges:
    """What a table of changes asks for, with ids as the people have them.

    Attributes
    ----------
    declined : tuple of pairs
        Duos that one of the two declines.
    left, waiting : tuple of str
        Ids of people who leave, and of those who wait.
    joined : mapping of int to Participant
        People who join or return with a record of their own, by row.
    corrected : mapping of str to Participant
        People with corrected records, by the keys of their ids.
    logged : tuple of LoggedChange
        What the log keeps, in its order.
    source : Source
        Where the rows are from, with notes on what was taken or left out.
    unexplained : bool
        Whether a row gives no reason.
    """

    declined: tuple[tuple[str, str], ...] = ()
    left: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    joined: Mapping[int, Participant] = field(default_factory=dict)
    corrected: Mapping[str, Participant] = field(default_factory=dict)
    logged: tuple[LoggedChange, ...] = ()
    source: Source = field(default_factory=lambda: Source("changes", ()))
    unexplained: bool = True


@dataclass
class _Row:
    """One row: what changes for whom."""

    number: int
    kind: Asked
    person: str
    partner: str | None = None
    reason: ReasonOfChange | None = None
    comment: str | None = None
    cells: dict[str, Any] = field(default_factory=dict)


def read_changes(
    rows: ChangeRows,
    matching: Matching,
    cohort: Cohort,
    away: Iterable[str],
    joining: Iterable[str] = (),
    *,
    with_comments: bool = False,
) -> AskedChanges:
    """Return what a table of changes asks for.

    Parameters
    ----------
    rows : ChangeRows
        The table.
    matching : Matching
        The matching that is changed.
    cohort : Cohort
        Its people.
    away : iterable of str
        Ids of people who were there once, and are not now.
    joining : iterable of str
        Ids of people whose records come beside the table; a row ``return`` of one of them needs no record.
    with_comments : bool
        Whether the log keeps what is said in own words.

    Raises
    ------
    CohortError
        With every fault in the table.
    """
    return _ChangeReader(rows, matching, cohort, (tuple(away), tuple(joining)), with_comments).read()


class _ChangeReader:
    """Reads one table of changes; its parts add to one list of faults."""

    def __init__(
        self,
        rows: ChangeRows,
        matching: Matching,
        cohort: Cohort,
        beside: tuple[tuple[str, ...], tuple[str, ...]],
        with_comments: bool,
    ) -> None:
        self._given, self._cohort, self._with_comments = rows, cohort, with_comments
        self._name = rows.source.name
        self._away = {id_key(name): name for name in beside[0]}
        self._joining = set(map(id_key, beside[1]))
        self._duos = {people_of((duo.mentor, duo.mentee)) for duo in matching.duos}
        self._faults: list[Fault] = []
        self._notes: list[Fault] = []
        self._own_words = 0

    def read(self) -> AskedChanges:
        columns = self._given.columns(self._cohort)
        self._headings = {name: heading for heading, name in columns.items()}
        read = [
            row
            for record, number in zip(self._given.records, self._given.source.rows, strict=True)
            if (row := self._row({columns[heading]: cell for heading, cell in record.items()}, number))
        ]
        self._refuse_contradictions(read)
        people = self._people(read)
        if self._faults:
            raise CohortError(sorted(self._faults, key=lambda fault: fault.row or 0))
        if self._own_words and not self._with_comments:
            told = quantity(self._own_words, "reason or comment", "reasons or comments")
            message = f"{told} in own words left out of the log; --with-comments keeps them there"
            self._notes.append(Fault(message, self._name, code="column-left-out"))
        joined, corrected = people
        source = replace(self._given.source, notes=tuple(self._notes))
        return AskedChanges(
            declined=tuple((row.person, row.partner) for row in read if row.partner is not None),
            left=tuple(row.person for row in read if row.kind == "leave"),
            waiting=tuple(sorted(row.person for row in read if row.kind == "wait")),
            joined=joined,
            corrected=corrected,
            logged=self._logged(read),
            source=source,
            unexplained=any(row.reason is None for row in read),
        )

    def _fault(self, row: int, column: str | None, message: str, code: str = "contradictory") -> None:
        heading = None if column is None else self._headings.get(column, column)
        self._faults.append(Fault(message, self._name, row, heading, code))

    def _row(self, record: Mapping[str, Any], number: int) -> _Row | None:
        """Return a row, or nothing where who changes, or what, is not known."""
        kind = self._kind(record, number)
        if "id" not in record:
            self._fault(number, "id", "missing; every change is one of a person", "missing")
            return None
        if kind is None:
            return None
        person = self._person(as_text(record["id"]), kind, number)
        if person is None:
            return None
        row = _Row(number, kind, person)
        row.reason, row.comment = self._reason(record)
        row.partner = self._partner(record, row)
        row.cells = self._cells(record, row)
        return row

    def _kind(self, record: Mapping[str, Any], number: int) -> Asked | None:
        said = record.get("change")
        if said is None:
            self._fault(number, "change", f"missing; right would be {_RIGHT}", "missing")
            return None
        kind = change_meant(as_text(said))
        if kind is None:
            self._fault(number, "change", f"unknown change; right would be {_RIGHT}", "unknown-value")
        return kind

    def _person(self, said: str, kind: Asked, number: int) -> str | None:
        """Return the id of the person of a row, as it is spelled among the people."""
        if kind in ("join", "return"):
            return self._comer(said, kind, number)
        return self._somebody_here(said, "id", number)

    def _comer(self, said: str, kind: Asked, number: int) -> str | None:
        key = id_key(said)
        if key in self._cohort.position:
            message = "is there already; right would be 'correct', where the record has changed"
            self._fault(number, "id", message)
            return None
        if kind == "join" and key in self._away:
            self._fault(number, "id", "was there before; right would be 'return'")
            return None
        if kind == "return" and key not in self._away:
            near = near_name(said, self._away.values())
            hint = "" if near is None else f"; did you mean '{near}'?"
            self._fault(
                number,
                "id",
                f"nobody who is away has this id, and somebody new would join{hint}",
                "unknown-id",
            )
            return None
        return self._away.get(key, said)

    def _somebody_here(self, said: str, column: str, number: int) -> str | None:
        try:
            meant = person_meant(self._cohort, said, column)
        except CohortError as error:
            for fault in error.faults:
                self._fault(number, column, fault.message, fault.code)
            return None
        place = self._cohort.position.get(id_key(meant))
        if place is not None:
            return self._cohort.participants[place].id
        near = near_name(said, (person.id for person in self._cohort.participants))
        hint = "" if near is None else f"; did you mean '{near}'?"
        if id_key(said) in self._away:
            self._fault(
                number, column, "is away; right would be the change 'return' before others", "unknown-id"
            )
        else:
            self._fault(number, column, f"nobody here has this id{hint}", "unknown-id")
        return None

    def _reason(self, record: Mapping[str, Any]) -> tuple[ReasonOfChange | None, str | None]:
        """Return the code of the reason, and what is said in own words."""
        said, more = (as_text(record[name]) if name in record else None for name in ("reason", "comment"))
        code = None if said is None else reason_meant(said)
        words = [text for text in (said if code is None else None, more) if text]
        self._own_words += bool(words)
        return code or ("other" if said else None), " ".join(words) or None

    def _partner(self, record: Mapping[str, Any], row: _Row) -> str | None:
        if row.kind != "decline":
            if "partner" in record:
                self._fault(row.number, "partner", "only who declines names a partner; leave it empty")
            return None
        if "partner" not in record:
            self._fault(row.number, "partner", "missing; right would be whom the person declines", "missing")
            return None
        partner = self._somebody_here(as_text(record["partner"]), "partner", row.number)
        if partner is not None and people_of((row.person, partner)) not in self._duos:
            message = "the two are no duo; right would be the partner of a duo, or --forbid for two others"
            self._fault(row.number, "partner", message, "unknown-id")
        return partner

    def _cells(self, record: Mapping[str, Any], row: _Row) -> dict[str, Any]:
        """Return what a row says of the person's record."""
        cells = filled_cells({name: cell for name, cell in record.items() if name not in ("id", *FIELDS)})
        if row.kind not in WITH_CELLS:
            for name in cells.keys() - {*_SHOWN}:
                self._fault(row.number, name, "goes with join, return and correct alone; leave it empty")
            return {}
        if row.kind == "capacity":
            for name in cells.keys() - {*_SHOWN, *PLACES}:
                self._fault(row.number, name, "is no number of duos; right would be the change 'correct'")
            cells = {name: cell for name, cell in cells.items() if name in PLACES}
        if row.kind in ("correct", "capacity") and not cells:
            message = "nothing is corrected; right would be the new value in a column of the people file"
            self._fault(row.number, None, message, "incomplete")
        try:
            refuse_half_a_name(cells)
        except CodedError as error:
            self._fault(row.number, "name", str(error), error.code)
        return cells

    def _refuse_contradictions(self, rows: Sequence[_Row]) -> None:
        duos: dict[frozenset[str], int] = {}
        by_person: dict[str, list[_Row]] = defaultdict(list)
        for row in rows:
            by_person[id_key(row.person)].append(row)
            if row.partner is not None:
                first = duos.setdefault(people_of((row.person, row.partner)), row.number)
                if first != row.number:
                    self._fault(row.number, "partner", f"the same duo as in row {first}; once is enough")
        for of_one in by_person.values():
            self._refuse_twice(of_one)
            self._refuse_together(of_one)

    def _refuse_twice(self, rows: Sequence[_Row]) -> None:
        """Refuse one change of one person twice, and two corrections of one cell."""
        kinds: dict[str, int] = {}
        cells: dict[str, int] = {}
        for row in rows:
            if row.kind in ("leave", "return", "join", "wait"):
                first = kinds.setdefault(row.kind, row.number)
                if first != row.number:
                    self._fault(row.number, "change", f"the same as in row {first}; once is enough")
            for name in row.cells if row.kind in ("correct", "capacity") else ():
                first = cells.setdefault(name, row.number)
                if first != row.number:
                    self._fault(
                        row.number, name, f"corrected in row {first}, too; right would be one of them"
                    )

    def _refuse_together(self, rows: Sequence[_Row]) -> None:
        """Refuse that somebody leaves and does something else that only people who are there can do."""
        leave = next((row for row in rows if row.kind == "leave"), None)
        if leave is None:
            return
        for row in rows:
            if row.kind in ("correct", "capacity", "wait"):
                message = f"leaves in row {leave.number}; right would be one of the two"
                self._fault(row.number, "change", message)

    def _people(self, rows: Sequence[_Row]) -> tuple[dict[int, Participant], dict[str, Participant]]:
        """Return those who come by row, and corrected people by key, and find the faults of their records."""
        told = [row for row in rows if row.kind in WITH_CELLS and (row.cells or row.kind == "join")]
        records = [{"id": row.person, **_without_emptied(row.cells)} for row in told]
        headings = {name: heading for name, heading in self._headings.items() if name not in FIELDS}
        numbers = [row.number for row in told]
        beside = self._cohort.participants
        words = read_words(records, numbers, Choices(), self._name, headings, beside) if told else None
        source = Source(self._name, tuple(numbers), headings={self._name: headings})
        if words is not None:
            self._faults += words.faults
            self._notes += words.notes
        for row, record in zip(told, records, strict=True):
            emptied = dict.fromkeys(name for name, cell in row.cells.items() if is_emptied(cell))
            row.cells = {**{name: record.get(name) for name in row.cells}, **emptied}
        comers = self._comers(rows, source)
        corrected = self._corrected(rows, source)
        by_row = {
            row.number: corrected[id_key(row.person)] for row in rows if id_key(row.person) in corrected
        }
        day = self._cohort.as_of or date.today()
        ages = impossible_ages({**comers, **by_row}, day, source)
        self._faults += [source.located(fault) for fault in ages]
        return comers, corrected

    def _comers(self, rows: Sequence[_Row], source: Source) -> dict[int, Participant]:
        """Return those who join or return, by row."""
        coming = [row for row in rows if row.kind in ("join", "return") and self._has_record(row)]
        if not coming:
            return {}
        records = [{"id": row.person, "role": None, **row.cells} for row in coming]
        people, faults = valid_people(records, replace(source, rows=tuple(row.number for row in coming)))
        self._faults += [source.located(fault) for fault in faults if fault.code != "id-twice"]
        return people

    def _has_record(self, row: _Row) -> bool:
        """Say whether a row holds the record of somebody who comes; what it lacks is a fault."""
        beside = id_key(row.person) in self._joining
        if row.kind == "join" or row.cells.get("role"):
            if beside:
                self._fault(row.number, "id", "has a record in another file, too; right would be one of them")
            return not beside
        if beside and not row.cells.keys() - {*_SHOWN}:
            return False
        message = (
            "no record to return with; right would be the columns of the people file in this row, or "
            "--returning FILE with a people file that still has the person"
        )
        self._fault(row.number, "role", message, "missing")
        return False

    def _corrected(self, rows: Sequence[_Row], source: Source) -> dict[str, Participant]:
        corrected: dict[str, Participant] = {}
        for row in rows:
            if row.kind not in ("correct", "capacity") or not row.cells:
                continue
            key = id_key(row.person)
            person = corrected.get(key) or self._cohort.participants[self._cohort.position[key]]
            try:
                corrected[key] = corrected_person(person, row.cells)
            except CohortError as error:
                self._faults += [source.located(fault) for fault in error.of(self._name, row.number).faults]
        return corrected

    def _logged(self, rows: Sequence[_Row]) -> tuple[LoggedChange, ...]:
        told = [
            LoggedChange(
                person=row.person,
                kind=LOGGED[row.kind],
                partner=row.partner,
                reason=row.reason,
                fields=tuple(sorted(row.cells)) if LOGGED[row.kind] == "corrected" else (),
                comment=row.comment if self._with_comments else None,
            )
            for row in rows
        ]
        return tuple(sorted(told, key=order_of_logged))


def order_of_logged(change: LoggedChange) -> tuple[str, str, str, tuple[str, ...]]:
    """Return by what the changes of an amendment are sorted: person, kind, partner, fields."""
    return change.person, change.kind, change.partner or "", change.fields


def _without_emptied(cells: Mapping[str, Any]) -> dict[str, Any]:
    return {name: None if is_emptied(cell) else cell for name, cell in cells.items()}
