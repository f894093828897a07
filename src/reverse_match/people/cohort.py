"""All participants of one call, validated together.

Each record is first validated by itself (:class:`~reverse_match.people.participant.Participant`). This module
finds the faults that show only among all records: two people with one id, a cycle of managers, no mentor at
all. All faults are reported at once.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from reverse_match.foundation.arguments import check_arguments, check_fields
from reverse_match.foundation.errors import CohortError, Fault
from reverse_match.foundation.names import LONGEST_SHOWN, id_key, near_name
from reverse_match.foundation.records import notebook_view
from reverse_match.foundation.text_safety import shorten
from reverse_match.people import cells
from reverse_match.people.frames import table_of_frame
from reverse_match.people.headings import PEOPLE
from reverse_match.people.id_notes import id_faults, id_notes
from reverse_match.people.own_columns import typed_value
from reverse_match.people.participant import AGES, SHOWN_ALONE, Participant
from reverse_match.people.typed_cells import plain_cell, typed_records
from reverse_match.people.vocabulary import vocabulary_notes

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

Result = TypeVar("Result")

KEEPS_UP_TO = 1_000
"""Number of people up to which a cohort keeps results that follow from it.

In a larger cohort such results are a small part of the work, and a large part of the memory.
"""

MOST_KEPT = 32
"""Number of results that a cohort keeps; when it is reached, all are dropped."""


MOST_TOLD = 10
"""Number of people whom one message names."""


@dataclass(frozen=True)
class Source:
    """The origin of records, so that a fault can name its place.

    Attributes
    ----------
    name : str
        Name of the file, or ``"records"``.
    rows : tuple of int
        Row of each record, as a spreadsheet counts.
    sha256 : str or None
        Digest of the bytes of the file; ``None`` without a file.
    frame_kind : str or None
        Library of the frame (``"pandas"``, ...), so that results can be returned as the same kind of frame.
    places : tuple of (str, int), optional
        File and row of each record, where they come from several files; ``rows`` counts them then.
    notes : tuple of Fault
        What was taken without being asked while files were read.
    reading : Reading or None
        What was decided about files.
    """

    name: str
    rows: tuple[int, ...]
    sha256: str | None = None
    frame_kind: str | None = None
    places: tuple[tuple[str, int], ...] | None = None
    notes: tuple[Fault, ...] = ()
    reading: Any = None

    def located(self, fault: Fault) -> Fault:
        """Return a fault at the place in its own file, where records come from several."""
        if self.places is None or fault.row is None:
            return fault
        file, row = self.places[fault.row - 1]
        return replace(fault, source=file, row=row)


@dataclass(frozen=True)
class Cohort:
    """The people of one programme, as :func:`read_cohort` or ``from_records`` returns them.

    Attributes
    ----------
    participants : tuple of Participant
        In the order of the input.
    source : Source
        Origin of the records.
    as_of : date or None
        The day on which birth dates become ages, if the caller gave one.
    away : tuple of str
        Ids of people who have left (:meth:`amended`), sorted. A policy may still name them, and its
        statements about them count again when they are back. No digest depends on this field.
    as_written : bool
        Whether words are compared as they are written, as version 0.1.0 compared them: matchings of that
        version are verified so.
    """

    participants: tuple[Participant, ...]
    source: Source = field(repr=False, compare=False)
    as_of: date | None = None
    away: tuple[str, ...] = field(default=(), repr=False, compare=False)
    as_written: bool = field(default=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse fields of wrong types."""
        check_fields(self)

    @classmethod
    @check_arguments
    def from_records(
        cls,
        records: Iterable[Mapping[str, Any]],
        *,
        mapping: Mapping[str, str] | None = None,
        as_of: date | str | None = None,
    ) -> Cohort:
        """Make a cohort of records: one mapping for each person, with the keys of a people file.

        Parameters
        ----------
        records : iterable of mappings
            Records, such as the rows of a query. Usual HR headings are recognised as keys, as in a file.
        mapping : mapping of str to str, optional
            Further headings: ``{"Employee ID": "id"}``.
        as_of : date or str, optional
            The day on which birth dates become ages, as a date or as text such as ``"2026-11-23"``.

        Raises
        ------
        CohortError
            With every fault in the records.

        Examples
        --------
        >>> cohort = Cohort.from_records([
        ...     {"id": "lea", "role": "mentor", "offers": "Python:4"},
        ...     {"id": "ada", "role": "mentee", "seeks": {"python": 3}},
        ... ])
        >>> [person.id for person in cohort.mentors]
        ['lea']
        """
        listed = [_as_in_a_file(record) for record in records]
        source = Source("records", tuple(range(1, len(listed) + 1)))
        return cohort_of(listed, mapping or {}, as_of, source)

    @classmethod
    @check_arguments
    def from_frame(
        cls,
        frame: Any,
        *,
        mapping: Mapping[str, str] | None = None,
        as_of: date | str | None = None,
    ) -> Cohort:
        """Make a cohort of a data frame: one row for each person, with the columns of a people file.

        A list is a list cell, or text separated by ``;``. Every kind of missing value is an empty cell. In a
        column of names (ids among them), a whole number is read as its digits.

        Parameters
        ----------
        frame : frame
            Frame of pandas, polars or pyarrow. Usual HR headings are recognised, as in a file.
        mapping : mapping of str to str, optional
            Further headings: ``{"Employee ID": "id"}``.
        as_of : date or str, optional
            The day on which birth dates become ages, as a date or as text such as ``"2026-11-23"``.

        Raises
        ------
        CohortError
            With every fault in the frame; rows are counted from 1.

        Examples
        --------
        >>> import pandas as pd
        >>> frame = pd.DataFrame({"id": [7, 12], "role": ["mentor", "mentee"], "grade": [3, None]})
        >>> [(person.id, person.grade) for person in Cohort.from_frame(frame).participants]
        [('7', 3), ('12', None)]
        """
        name = "frame"
        table, kind = table_of_frame(frame, name)
        records = typed_records(table, mapping or {}, name)
        return cohort_of(records, mapping or {}, as_of, Source(name, tuple(table.rows), frame_kind=kind))

    @check_arguments
    def amended(
        self,
        *,
        leave: Iterable[str] = (),
        join: Iterable[Mapping[str, Any]] = (),
        mapping: Mapping[str, str] | None = None,
    ) -> Cohort:
        """Return a new cohort without the people who leave and with the people who join.

        Parameters
        ----------
        leave : iterable of str
            Ids of the people who leave. A person who leaves and joins again comes with a new record.
        join : iterable of mappings
            Records as for :meth:`from_records`.
        mapping : mapping of str to str, optional
            Further headings of these records.

        Returns
        -------
        Cohort
            This cohort, if nobody leaves or joins. A new cohort has no digest of a file. The rows in its
            faults are those of a file that has a heading row and lists first the people who stay. It
            remembers who has left, so that a policy may still name them.

        Raises
        ------
        CohortError
            With every fault: a person who leaves is not in the cohort, or named twice; a record is wrong, or
            has an id that is taken; no mentor or no mentee is left.

        Examples
        --------
        >>> people = [{"id": "lea", "role": "mentor"}, {"id": "ada", "role": "mentee"}]
        >>> later = Cohort.from_records(people).amended(leave=["ada"], join=[{"id": "eva", "role": "mentee"}])
        >>> [person.id for person in later.participants]
        ['lea', 'eva']
        """
        records = list(join)
        source = Source("records of those who join", tuple(range(1, len(records) + 1)))
        return amended_cohort(self, leave, records, mapping or {}, source)

    def with_roles_swapped(self) -> Cohort:
        """Return the people with the roles of mentor and mentee exchanged; the role ``both`` stays.

        Examples
        --------
        >>> people = [{"id": "lea", "role": "mentor"}, {"id": "ada", "role": "mentee"}]
        >>> [person.role for person in Cohort.from_records(people).with_roles_swapped().participants]
        ['mentee', 'mentor']
        """
        other = {"mentor": "mentee", "mentee": "mentor", "both": "both"}
        swapped = [person.model_copy(update={"role": other[person.role]}) for person in self.participants]
        source = Source(
            f"{self.source.name} with roles swapped", self.source.rows, frame_kind=self.source.frame_kind
        )
        return replace(self, participants=tuple(swapped), source=source)

    @cached_property
    def mentors(self) -> tuple[Participant, ...]:
        """The participants who can teach, in the order of the rows of ``score_matrix``."""
        return tuple(person for person in self.participants if person.teaches)

    @cached_property
    def mentees(self) -> tuple[Participant, ...]:
        """The participants who can learn, in the order of the columns of ``score_matrix``."""
        return tuple(person for person in self.participants if person.learns)

    @property
    def reading(self) -> Any:
        """What was decided about the files that these people were read from, ``None`` if from no files."""
        return self.source.reading

    @cached_property
    def names(self) -> dict[str, str]:
        """What everybody who has a name is shown as, by id: the name, and the id after it.

        Views take it (``names=cohort.names``); records hold ids alone.

        Examples
        --------
        >>> people = [{"id": "417", "role": "mentor", "name": "Léa Martin"}, {"id": "ada", "role": "mentee"}]
        >>> Cohort.from_records(people).names
        {'417': 'Léa Martin · 417'}
        """
        return {
            person.id: f"{shorten(person.name, LONGEST_SHOWN)} · {person.id}"
            for person in self.participants
            if person.name and id_key(person.name) != id_key(person.id)
        }

    def without_names(self) -> Cohort:
        """Return the same people without what they are called and where they get mail.

        Examples
        --------
        >>> people = [{"id": "417", "role": "mentor", "name": "Léa Martin"}, {"id": "ada", "role": "mentee"}]
        >>> Cohort.from_records(people).without_names().names
        {}
        """
        nothing = dict.fromkeys(SHOWN_ALONE)
        return replace(
            self, participants=tuple(person.model_copy(update=nothing) for person in self.participants)
        )

    def with_words_as_written(self) -> Cohort:
        """Return the same people, with words compared as they are written: ``F`` differs from ``female``.

        Version 0.1.0 compared them so, and its matchings are verified so.
        """
        return replace(self, as_written=True)

    @cached_property
    def notes(self) -> tuple[Fault, ...]:
        """Notes that are no faults, such as an id that differs from a known id by capitals alone.

        Examples
        --------
        >>> people = [{"id": "lea", "role": "mentor", "manager_id": "Ada"}, {"id": "ada", "role": "mentee"}]
        >>> print(Cohort.from_records(people).notes[0])  # doctest: +ELLIPSIS
        records, row 1, column 'manager_id': names nobody; did you mean 'ada', ...
        """
        notes = id_notes(dict(zip(self.source.rows, self.participants, strict=True)), self.source.name)
        words = vocabulary_notes(self.participants, self.source.name)
        return (
            *self.source.notes,
            *map(self.source.located, notes),
            *(replace(note, column=self._heading_of(note.column)) for note in words),
        )

    def _heading_of(self, column: str | None) -> str | None:
        """Return the heading that a column has in the file, in place of the field in quotes."""
        files = () if self.source.reading is None else self.source.reading.files
        named = (one for file in files for one in file.columns if f"'{one.field}'" == column)
        found = next(named, None)
        return column if found is None else f"'{found.heading}'"

    @cached_property
    def position(self) -> dict[str, int]:
        """Position of each participant in ``participants``, by the key of the id."""
        return {id_key(person.id): index for index, person in enumerate(self.participants)}

    @cached_property
    def attribute_names(self) -> frozenset[str]:
        """Names of the columns that are no fields of a participant."""
        return frozenset(name for person in self.participants for name in person.attributes)

    @cached_property
    def needs_a_day(self) -> bool:
        """Whether the age of somebody depends on the day."""
        return any(person.birth_date or person.birth_year for person in self.participants)

    @cached_property
    def sha256(self) -> str:
        """Digest of all that the cohort holds about its people.

        The order of the records, empty columns and the kind of file do not matter. An organisation's own
        column counts by its meaning (:mod:`reverse_match.people.own_columns`). Names and e-mail addresses of
        people are not in it.
        """
        return self._digest(_as_said)

    @cached_property
    def sha256_as_typed(self) -> str:
        """Digest in which the number 7 differs from the text 7, as in version 1 of the matching format."""
        return self._digest(_as_typed)

    @check_arguments
    def has_digest(self, digest: str) -> bool:
        """Say whether a digest is that of these people, of now or of an earlier version.

        Version 1 of the format told the number 7 from the text 7; and columns called ``name`` and ``email``
        were like any other column.
        """
        return digest == self.sha256 or digest == self.sha256_as_typed or digest in self._digests_with_names

    @cached_property
    def _digests_with_names(self) -> tuple[str, ...]:
        if not any(person.name or person.email for person in self.participants):
            return ()
        return tuple(self._digest(said, SHOWN_ALONE) for said in (_as_said, _as_typed))

    def _digest(self, said: Callable[[Any], Any], beside: Sequence[str] = ()) -> str:
        """Return the digest of what is said of people; fields ``beside`` count as columns of one's own."""
        digest = hashlib.sha256()
        for person in sorted(self.participants, key=lambda person: id_key(person.id)):
            known = person.model_dump(mode="json", exclude=set(SHOWN_ALONE))
            columns = person.attributes | {field: getattr(person, field) for field in beside}
            attributes = {name: said(value) for name, value in columns.items()}
            known["attributes"] = {name: value for name, value in attributes.items() if value is not None}
            known["age"] = said(person.age)
            digest.update(json.dumps(known, sort_keys=True).encode())
        return digest.hexdigest()

    def _repr_html_(self) -> str:
        """Return the view of the cohort in a notebook."""
        return notebook_view(self)

    def memoise(self, key: Hashable, make: Callable[[], Result]) -> Result:
        """Return the result kept under a key, or make it.

        The result must depend on these people and the key alone, and must never be changed. A platform
        matches one small cohort again and again, and reading its columns takes longer than solving.
        """
        if len(self.participants) > KEEPS_UP_TO:
            return make()
        if (known := self._memo.get(key)) is not None:
            return known[0]  # type: ignore[no-any-return]
        if len(self._memo) >= MOST_KEPT:
            self._memo.clear()
        made = make()
        self._memo[key] = (made,)
        return made

    @cached_property
    def _memo(self) -> dict[Hashable, tuple[Any]]:
        return {}

    def __getstate__(self) -> dict[str, Any]:
        """Return the state for a copy or another process, without the kept results."""
        return {name: value for name, value in self.__dict__.items() if name != "_memo"}

    def fault(self, index: int, column: str, message: str, code: str = "invalid") -> Fault:
        """Return a fault at the row of one participant."""
        return self.source.located(Fault(message, self.source.name, self.source.rows[index], column, code))


def _as_said(value: Any) -> Any:
    return None if value is None else typed_value(value)


def _as_typed(value: Any) -> Any:
    return value


def _as_in_a_file(record: Any) -> Any:
    """Return a record of a query with its days, decimals and numpy numbers as a people file has them."""
    if not isinstance(record, Mapping) or all(isinstance(value, _OF_JSON) for value in record.values()):
        return record
    return {key: value if isinstance(value, _OF_JSON) else plain_cell(value) for key, value in record.items()}


_OF_JSON = (str, int, float, list, tuple, Mapping, type(None))


def cohort_of(
    records: Sequence[Mapping[str, Any]],
    mapping: Mapping[str, str],
    as_of: date | str | None,
    source: Source,
) -> Cohort:
    """Validate records together; see :meth:`Cohort.from_records`."""
    try:
        day = cells.calendar_date(as_of)
    except cells.CellError as error:
        raise CohortError([Fault(str(error), column="as_of", code=error.code)]) from None
    renamed, people, faults = _read_people(records, mapping, source)
    faults += _missing_sides(renamed, source)
    faults += _impossible_ages(people, day or date.today(), source)
    faults += _manager_cycles(people, source)
    faults += id_faults(people, source.name)
    if faults:
        raise CohortError(source.located(fault) for fault in sorted(faults, key=lambda fault: fault.row or 0))
    return Cohort(tuple(people.values()), source, day)


def amended_cohort(
    cohort: Cohort,
    leave: Iterable[str],
    join: Sequence[Mapping[str, Any]],
    mapping: Mapping[str, str],
    source: Source,
) -> Cohort:
    """Validate together who leaves and who joins (of ``source``); see :meth:`Cohort.amended`."""
    leaving, faults = _keys_of_leaving(cohort, leave)
    if not (leaving or join or faults):
        return cohort
    stay = [person for person in cohort.participants if id_key(person.id) not in leaving]
    _, joined, wrong = _read_people(join, mapping, source)
    faults += wrong
    taken = {id_key(person.id) for person in stay}
    message = "somebody in the cohort has this id; ids must be unique"
    faults += [
        Fault(message, source.name, row, "id", "id-twice")
        for row, one in joined.items()
        if id_key(one.id) in taken
    ]
    faults += _impossible_ages(joined, cohort.as_of or date.today(), source)
    together = dict(enumerate([*stay, *joined.values()], start=2))
    frame_kind = cohort.source.frame_kind
    amended = Source(f"{cohort.source.name} as amended", tuple(together), frame_kind=frame_kind)
    if not faults:
        faults += _missing_sides([{"role": person.role} for person in together.values()], amended)
        faults += _manager_cycles(together, amended)
        faults += id_faults(together, amended.name)
    if faults:
        raise CohortError(faults)
    here = {id_key(person.id) for person in together.values()}
    left = {id_key(person.id): person.id for person in cohort.participants} | dict(
        zip(map(id_key, cohort.away), cohort.away, strict=True)
    )
    away = sorted(name for key, name in left.items() if key not in here)
    return Cohort(tuple(together.values()), amended, cohort.as_of, tuple(away), cohort.as_written)


def _keys_of_leaving(cohort: Cohort, leave: Iterable[str]) -> tuple[set[str], list[Fault]]:
    """Return the keys of the people who leave, and the faults of the list of their ids."""
    if isinstance(leave, str):
        return set(), [Fault("a text, not a list; right would be a list of ids", column="leave")]
    leaving: set[str] = set()
    faults = []
    for place, identity in enumerate(leave):
        key = id_key(identity)
        if key not in cohort.position:
            near = near_name(identity, (person.id for person in cohort.participants))
            hint = f"; did you mean '{near}'?" if near is not None else ""
            faults.append(
                Fault(f"nobody in the cohort has the id '{identity}'{hint}", column=f"leave[{place}]")
            )
        elif key in leaving:
            faults.append(Fault(f"'{identity}' stands here twice; once is enough", column=f"leave[{place}]"))
        leaving.add(key)
    return leaving, faults


def _read_people(
    records: Sequence[Mapping[str, Any]], mapping: Mapping[str, str], source: Source
) -> tuple[list[dict[str, Any]], dict[int, Participant], list[Fault]]:
    """Return records by field name, the valid people by row, and the faults."""
    renamed = _rename_columns(records, mapping, source)
    _refuse_missing_columns(renamed, source)
    people: dict[int, Participant] = {}
    faults: list[Fault] = []
    for record, row in zip(renamed, source.rows, strict=True):
        try:
            people[row] = Participant.model_validate({"id": None, "role": None, **record})
        except CohortError as error:
            faults += error.of(source.name, row).faults
    return renamed, people, faults + _repeated_ids(renamed, source)


def _rename_columns(
    records: Sequence[Mapping[str, Any]], mapping: Mapping[str, str], source: Source
) -> list[dict[str, Any]]:
    faults = [
        Fault(
            "not a record; right would be a mapping of column names to values",
            source.name,
            row,
            code="wrong-type",
        )
        for record, row in zip(records, source.rows, strict=True)
        if not hasattr(record, "keys") or not all(isinstance(key, str) for key in record)
    ]
    if faults:
        raise CohortError(faults)
    headings = list(dict.fromkeys(key for record in records for key in record))
    columns = PEOPLE.columns_of(headings, mapping, source.name)
    return [{columns[key]: value for key, value in record.items()} for record in records]


def _refuse_missing_columns(records: Sequence[Mapping[str, Any]], source: Source) -> None:
    """Report a missing column once, instead of a missing cell in every row."""
    message = (
        "no column is called or recognised as '{0}'; is the first row the heading row? "
        "Otherwise say which column it is: --map 'HEADING={0}', or mapping={{'HEADING': '{0}'}}"
    )
    faults = [
        Fault(message.format(name), source.name, code="missing-column")
        for name in ("id", "role")
        if records and not any(name in record for record in records)
    ]
    if faults:
        raise CohortError(faults)


def _repeated_ids(records: Sequence[Mapping[str, Any]], source: Source) -> list[Fault]:
    first: dict[str, int] = {}
    faults = []
    for record, row in zip(records, source.rows, strict=True):
        identity = record.get("id")
        if isinstance(identity, str) and identity.strip():
            earlier = first.setdefault(id_key(identity), row)
            if earlier != row:
                message = f"the same id as in row {earlier}, after Unicode normalisation; ids must be unique"
                faults.append(Fault(message, source.name, row, "id", "id-twice"))
    return faults


def _missing_sides(records: Sequence[Mapping[str, Any]], source: Source) -> list[Fault]:
    if not records:
        return [Fault("empty; at least one mentor and one mentee are needed", source.name, code="empty")]
    roles = {role.strip().casefold() for record in records if isinstance(role := record.get("role"), str)}
    return [
        Fault(f"no {side}; at least one person needs role {side} or both", source.name, code="missing-role")
        for side in ("mentor", "mentee")
        if side not in roles and "both" not in roles
    ]


def _impossible_ages(people: Mapping[int, Participant], day: date, source: Source) -> list[Fault]:
    faults = []
    for row, person in people.items():
        age = person.age_on(day)
        if age is not None and not AGES[0] <= age <= AGES[1]:
            column = "birth_date" if person.birth_date else "birth_year"
            message = f"impossible: the age on {day} would not be from {AGES[0]} to {AGES[1]} years"
            faults.append(Fault(message, source.name, row, column, "out-of-range"))
    return faults


def _manager_cycles(people: Mapping[int, Participant], source: Source) -> list[Fault]:
    manager = {
        id_key(person.id): id_key(person.manager_id) for person in people.values() if person.manager_id
    }
    row_of = {id_key(person.id): row for row, person in people.items()}
    settled: set[str] = set()
    faults = []
    for start in sorted(manager):
        path: dict[str, None] = {}
        person = start
        while person in manager and person not in settled and person not in path:
            path[person] = None
            person = manager[person]
        if person in path:
            members = list(path)
            cycle = members[members.index(person) :]
            smallest = cycle.index(min(cycle))
            ordered = [*cycle[smallest:], *cycle[: smallest + 1]]
            shown = ordered if len(ordered) <= MOST_TOLD else [*ordered[:MOST_TOLD], "..."]
            message = (
                f"the managers form a cycle: {' reports to '.join(shown)}; "
                "one of them must report to somebody else or to nobody"
            )
            faults.append(Fault(message, source.name, row_of[ordered[0]], "manager_id", "manager-cycle"))
        settled.update(path)
    return faults
