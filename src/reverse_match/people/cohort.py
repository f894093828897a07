"""All participants of one call, validated together.

Each record is first validated by itself (:class:`~reverse_match.people.participant.Participant`). This module
finds the faults that show only among all records: two people with one id, a cycle of managers, no mentor at
all. All faults are reported at once.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from reverse_match.foundation.arguments import check_arguments, check_fields
from reverse_match.foundation.errors import CohortError, Fault, ReverseMatchError
from reverse_match.foundation.garbage import pause_collector
from reverse_match.foundation.names import LONGEST_SHOWN, id_key, id_keys, near_name
from reverse_match.foundation.records import notebook_view
from reverse_match.foundation.text_safety import shorten
from reverse_match.people import cells
from reverse_match.people.by_column import keys_of, people_by_column
from reverse_match.people.frames import table_of_frame
from reverse_match.people.headings import PEOPLE
from reverse_match.people.id_notes import id_faults, id_notes
from reverse_match.people.own_columns import typed_value
from reverse_match.people.participant import AGES, SHOWN_ALONE, Participant
from reverse_match.people.reading.choices import Choices
from reverse_match.people.reading.records import read_words
from reverse_match.people.table import RecordColumns, column_of
from reverse_match.people.typed_cells import plain_cell, typed_records
from reverse_match.people.vocabulary import vocabulary_notes

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

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
    as_said : callable, optional
        Gives the people as version 0.1 read them, if that may be different (:meth:`Cohort.with_digest`).
    headings : mapping of str to (mapping of str to str)
        Heading of each field, by file: what the file calls it.
    """

    name: str
    rows: tuple[int, ...]
    sha256: str | None = None
    frame_kind: str | None = None
    places: tuple[tuple[str, int], ...] | None = None
    notes: tuple[Fault, ...] = ()
    reading: Any = None
    as_said: Callable[[], Cohort] | None = None
    headings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def located(self, fault: Fault) -> Fault:
        """Return a fault at the place in its own file, where records come from several, under its heading."""
        if self.places is not None and fault.row is not None:
            file, row = self.places[fault.row - 1]
            fault = replace(fault, source=file, row=row)
        heading = self._heading_of(fault)
        return fault if heading is None else replace(fault, column=heading)

    def _heading_of(self, fault: Fault) -> str | None:
        """Return what the file of a fault calls its column, ``None`` if nothing else."""
        if fault.column is None or not self.headings:
            return None
        if fault.row is not None:
            return self.headings.get(fault.source or "", {}).get(fault.column)
        name = fault.column.removeprefix("'").removesuffix("'")
        called = {headings[name] for headings in self.headings.values() if name in headings}
        return f"'{called.pop()}'" if len(called) == 1 else None


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
        non_answer: Iterable[str] = (),
        answer: Iterable[str] = (),
        as_of: date | str | None = None,
    ) -> Cohort:
        """Make a cohort of records: one mapping for each person, with the keys of a people file.

        Words mean what they mean in a file: "prefer not to say" and the like are not known, and roles, levels
        and managers may be said in words. What was taken so stands in ``notes``. Ids stay as they are.

        Parameters
        ----------
        records : iterable of mappings
            Records, such as the rows of a query. Usual HR headings are recognised as keys, as in a file.
        mapping : mapping of str to str, optional
            Further headings: ``{"Employee ID": "id"}``.
        non_answer, answer : iterable of str
            Words that say that nothing is known, beside the usual ones; and words that do say something.
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
        choices = Choices(non_answer=_words(non_answer, "non_answer"), answer=_words(answer, "answer"))
        return _cohort_in_words(listed, mapping or {}, as_of, source, choices)

    @classmethod
    @check_arguments
    def from_frame(
        cls,
        frame: Any,
        *,
        mapping: Mapping[str, str] | None = None,
        non_answer: Iterable[str] = (),
        answer: Iterable[str] = (),
        as_of: date | str | None = None,
    ) -> Cohort:
        """Make a cohort of a data frame: one row for each person, with the columns of a people file.

        A list is a list cell, or text separated by ``;``. Every kind of missing value is an empty cell. In a
        column of names (ids among them), a whole number is read as its digits. Words mean what they mean in
        records.

        Parameters
        ----------
        frame : frame
            Frame of pandas, polars or pyarrow. Usual HR headings are recognised, as in a file.
        mapping : mapping of str to str, optional
            Further headings: ``{"Employee ID": "id"}``.
        non_answer, answer : iterable of str
            Words that say that nothing is known, beside the usual ones; and words that do say something.
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
        source = Source(name, tuple(table.rows), frame_kind=kind)
        choices = Choices(non_answer=_words(non_answer, "non_answer"), answer=_words(answer, "answer"))
        return _cohort_in_words(records, mapping or {}, as_of, source, choices)

    @check_arguments
    def amended(
        self,
        *,
        leave: Iterable[str] = (),
        join: Iterable[Mapping[str, Any] | Participant] = (),
        mapping: Mapping[str, str] | None = None,
    ) -> Cohort:
        """Return a new cohort without the people who leave and with the people who join.

        Parameters
        ----------
        leave : iterable of str
            Ids of the people who leave. A person who leaves and joins again comes with a new record.
        join : iterable of mappings
            Records as for :meth:`from_records`, or people, who are taken as they are.
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
        return amended_people(self, leave, join, {}, {}, mapping)

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
        people = dict(zip(self.source.rows, self.participants, strict=True))
        notes = id_notes(people, self.source.name, self.away)
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
        keys = id_keys(person.id for person in self.participants)
        return {key: index for index, key in enumerate(keys)}

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

    def with_digest(self, digest: str) -> Cohort:
        """Return the people that have a digest: these, or these as version 0.1 read them, if that fits.

        Version 0.1 took every word as it stood there: "prefer not to say" was a gender. What was matched and
        stored then can still be verified with the same file or records.
        """
        if self.source.as_said is None or self.has_digest(digest):
            return self
        try:
            before = self.source.as_said()
        except (ReverseMatchError, OSError):
            return self
        return before if before.has_digest(digest) else self

    @cached_property
    def _digests_with_names(self) -> tuple[str, ...]:
        if not any(person.name or person.email for person in self.participants):
            return ()
        return tuple(self._digest(said, SHOWN_ALONE) for said in (_as_said, _as_typed))

    def _digest(self, said: Callable[[Any], Any], beside: Sequence[str] = ()) -> str:
        """Return the digest of what is said of people; fields ``beside`` count as columns of one's own."""
        encode = _encoder()
        return _digest_of(_line(person, said, beside, encode) for person in self._by_key)

    @cached_property
    def _lines(self) -> dict[int, bytes]:
        """What a digest says of each participant, by the identity of the object, which the cohort keeps."""
        encode = _encoder()
        return {id(person): _line(person, _as_said, (), encode) for person in self.participants}

    @property
    def _by_key(self) -> list[Participant]:
        """The participants, sorted by the keys of their ids."""
        return [self.participants[index] for index in self._order]

    @cached_property
    def _order(self) -> list[int]:
        """Positions of the participants, sorted by the keys of their ids."""
        return [index for _, index in sorted(self.position.items())]

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
        return {name: value for name, value in self.__dict__.items() if name not in ("_memo", "_lines")}

    def fault(self, index: int, column: str, message: str, code: str = "invalid") -> Fault:
        """Return a fault at the row of one participant."""
        return self.source.located(Fault(message, self.source.name, self.source.rows[index], column, code))


def person_of(people: Cohort, identity: str) -> Participant:
    """Return the person who has an id.

    Raises
    ------
    CohortError
        If nobody has it; the message names the nearest id.
    """
    place = people.position.get(id_key(identity))
    if place is None:
        raise CohortError([unknown_person(people, identity)])
    return people.participants[place]


def unknown_person(people: Cohort, identity: str, column: str | None = None) -> Fault:
    """Return the fault that nobody has an id, with the nearest id."""
    near = near_name(identity, (one.id for one in people.participants))
    hint = f"; did you mean '{near}'?" if near is not None else ""
    return Fault(f"nobody in the cohort has the id '{identity}'{hint}", column=column)


def with_other_places(people: Cohort, records: Sequence[Participant], name: str) -> Cohort:
    """Return people whose records differ in numbers of duos alone; ``name`` is that of their source."""
    made = replace(people, participants=tuple(records), source=replace(people.source, name=name, sha256=None))
    kept = ("position", "_order", "attribute_names", "needs_a_day")  # which no number of duos changes
    made.__dict__.update({one: people.__dict__[one] for one in kept if one in people.__dict__})
    return made


def take_digest_beside(people: Cohort, others: Cohort) -> None:
    """Make the digest of people of whom most are others, too: what is said of those is put in words once.

    Parameters
    ----------
    people : Cohort
        The people, who keep the digest.
    others : Cohort
        The people of whom these are a changed copy. They keep what is said of each, half a kilobyte.
    """
    if "sha256" in people.__dict__:
        return
    sorted_people, encode = people._by_key, _encoder()
    lines = list(map(others._lines.get, map(id, sorted_people)))
    for place, line in enumerate(lines):
        if line is None:
            lines[place] = _line(sorted_people[place], _as_said, (), encode)
    people.__dict__["sha256"] = _digest_of([b"".join(filter(None, lines))])


def _encoder() -> Callable[[Any], str]:
    return json.JSONEncoder(sort_keys=True, default=date.isoformat).encode


def _digest_of(lines: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line)
    return digest.hexdigest()


def _line(
    person: Participant, said: Callable[[Any], Any], beside: Sequence[str], encode: Callable[[Any], str]
) -> bytes:
    """Return what a digest says of a person."""
    known = _dumped(person)
    columns = person.attributes
    if beside:
        columns = columns | {field: getattr(person, field) for field in beside}
    attributes = {name: said(value) for name, value in columns.items()}
    known["attributes"] = {name: value for name, value in attributes.items() if value is not None}
    known["age"] = said(person.age)
    return encode(known).encode()


def _dumped(person: Participant) -> dict[str, Any]:
    """Return what ``model_dump`` returns of a person, without names, in a third of the time."""
    values = vars(person)
    return {
        name: value
        for name, absent, leave_out in _fields_in_digests()
        if (value := values[name]) is not absent and (leave_out is None or not leave_out(value))
    }


@cache
def _fields_in_digests() -> list[tuple[str, Any, Callable[[Any], bool] | None]]:
    """Return the fields that count in a digest, sorted, and what says of a value that it is left out.

    Between the two is a default that is left out, by which most empty fields are known without a call; of
    fields without one, an object that no field holds.
    """
    fields, nothing = Participant.model_fields, object()
    found: list[tuple[str, Any, Callable[[Any], bool] | None]] = []
    for name in sorted(set(fields) - set(SHOWN_ALONE)):
        leave_out, default = fields[name].exclude_if, fields[name].get_default()
        is_empty = leave_out is not None and not fields[name].is_required() and leave_out(default)
        found.append((name, default if is_empty else nothing, leave_out))
    return found


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
    """Validate records together, as they are; no word is given a meaning."""
    columns = _columns_of(records, mapping, source)
    if any(heading != field for heading, field in columns.items()):
        records = _renamed(records, columns)
    return _validated(records, as_of, source)


def _cohort_in_words(
    records: Sequence[Mapping[str, Any]],
    mapping: Mapping[str, str],
    as_of: date | str | None,
    source: Source,
    choices: Choices,
) -> Cohort:
    """Read the words of records, and validate them together; see :meth:`Cohort.from_records`."""
    with pause_collector():
        return _read_in_words(records, mapping, as_of, source, choices)


def _read_in_words(
    records: Sequence[Mapping[str, Any]],
    mapping: Mapping[str, str],
    as_of: date | str | None,
    source: Source,
    choices: Choices,
) -> Cohort:
    columns = _columns_of(records, mapping, source)
    renamed = _renamed(records, columns)
    headings = {field: heading for heading, field in columns.items()}
    read = read_words(renamed, source.rows, choices, source.name, headings)
    as_said = _AsSaid(records, mapping, as_of, source) if read.changed else None
    source = replace(source, notes=read.notes, as_said=as_said)
    faults = list(read.faults)
    try:
        cohort = _validated(renamed, as_of, source)
    except CohortError as error:
        faults += error.faults
    if faults:
        raise CohortError(sorted(faults, key=lambda fault: fault.row or 0))
    return cohort


def _words(said: object, name: str) -> tuple[str, ...]:
    words = tuple(said) if isinstance(said, Iterable) and not isinstance(said, str) else (None,)
    if not all(isinstance(word, str) for word in words):
        raise CohortError([Fault("right would be a list of words", column=name, code="wrong-type")])
    return words


@dataclass(frozen=True)
class _AsSaid:
    """Records before their words were read, of which a matching of an earlier version speaks."""

    records: Sequence[Mapping[str, Any]]
    mapping: Mapping[str, str]
    as_of: date | str | None
    source: Source

    def __call__(self) -> Cohort:
        """Return the people as they were read before words had a meaning."""
        return cohort_of(self.records, self.mapping, self.as_of, self.source)


def _validated(records: Sequence[Mapping[str, Any]], as_of: date | str | None, source: Source) -> Cohort:
    try:
        day = cells.calendar_date(as_of)
    except cells.CellError as error:
        raise CohortError([Fault(str(error), column="as_of", code=error.code)]) from None
    people, faults = valid_people(records, source)
    faults += _missing_sides(records, source)
    faults += impossible_ages(people, day or date.today(), source)
    faults += _manager_cycles(people, source)
    faults += id_faults(people, source.name)
    if faults:
        raise CohortError(source.located(fault) for fault in sorted(faults, key=lambda fault: fault.row or 0))
    return Cohort(tuple(people.values()), source, day)


def amended_people(
    cohort: Cohort,
    leave: Iterable[str],
    join: Iterable[Mapping[str, Any] | Participant],
    joined: Mapping[int, Participant],
    corrected: Mapping[str, Participant],
    mapping: Mapping[str, str] | None = None,
    *,
    notes: Iterable[Fault] = (),
) -> Cohort:
    """Return the people after somebody has left, joined, or been corrected; see :meth:`Cohort.amended`.

    Parameters
    ----------
    cohort : Cohort
        The people.
    leave : iterable of str
        Ids of the people who leave.
    join : iterable of mappings
        Records of people who join.
    joined : mapping of int to Participant
        Further people who join, whose records were read before.
    corrected : mapping of str to Participant
        People with corrected records, by the keys of their ids.
    mapping : mapping of str to str, optional
        Headings of the records of people who join.
    notes : iterable of Fault
        Further notes on those who come, which the people keep.
    """
    records = [*join, *joined.values()]
    source = Source("records of those who join", tuple(range(1, len(records) + 1)))
    joining, source, faults = _read_joining(cohort, records, mapping or {}, source)
    told = (*source.notes, *notes)
    after = amended_cohort(cohort, leave, joining, replace(source, notes=told), faults, corrected)
    if after is not cohort or not told:
        return after
    return replace(cohort, source=replace(cohort.source, notes=(*cohort.source.notes, *told)))


def amended_cohort(
    cohort: Cohort,
    leave: Iterable[str],
    joined: Mapping[int, Participant],
    source: Source,
    wrong: Iterable[Fault] = (),
    corrected: Mapping[str, Participant] | None = None,
) -> Cohort:
    """Validate together who leaves and who joins (by row of ``source``); see :meth:`Cohort.amended`.

    ``corrected`` holds people with corrected records, by the keys of their ids; they keep their places.
    """
    leaving, faults = _keys_of_leaving(cohort, leave)
    faults += wrong
    corrections = corrected or {}
    if not (leaving or joined or faults or corrections):
        return cohort
    before = dict(zip(id_keys(person.id for person in cohort.participants), cohort.participants, strict=True))
    stay = [corrections.get(key, person) for key, person in before.items() if key not in leaving]
    taken = before.keys() - leaving
    message = "somebody in the cohort has this id; ids must be unique"
    faults += [
        Fault(message, source.name, row, "id", "id-twice")
        for row, one in joined.items()
        if id_key(one.id) in taken
    ]
    faults += impossible_ages(joined, cohort.as_of or date.today(), source)
    together = dict(enumerate([*stay, *joined.values()], start=2))
    frame_kind = cohort.source.frame_kind
    name = f"{cohort.source.name} as amended"
    amended = Source(name, tuple(together), frame_kind=frame_kind, notes=source.notes)
    if not faults:
        faults += _missing_sides([{"role": person.role} for person in together.values()], amended)
        faults += _manager_cycles(together, amended)
        faults += id_faults(together, amended.name)
    if faults:
        raise CohortError(faults)
    here = taken | {id_key(person.id) for person in joined.values()}
    left = {key: before[key].id for key in before.keys() - here} | dict(
        zip(map(id_key, cohort.away), cohort.away, strict=True)
    )
    away = sorted(name for key, name in left.items() if key not in here)
    return Cohort(tuple(together.values()), amended, cohort.as_of, tuple(away), cohort.as_written)


def _read_joining(
    cohort: Cohort, records: Sequence[Any], mapping: Mapping[str, str], source: Source
) -> tuple[dict[int, Participant], Source, list[Fault]]:
    """Return the valid people among records of those who join, their source with its notes, and faults."""
    people = {
        row: record
        for row, record in zip(source.rows, records, strict=True)
        if isinstance(record, Participant)
    }
    others = [
        (row, _as_in_a_file(record))
        for row, record in zip(source.rows, records, strict=True)
        if not isinstance(record, Participant)
    ]
    if not others:
        return people, source, []
    of_others = replace(source, rows=tuple(row for row, _ in others))
    coming = [record for _, record in others]
    columns = _columns_of(coming, mapping, of_others)
    renamed = _renamed(coming, columns)
    headings = {field: heading for heading, field in columns.items()}
    beside = [*cohort.participants, *people.values()]
    read = read_words(renamed, of_others.rows, Choices(), source.name, headings, beside)
    joined, faults = valid_people(renamed, of_others)
    every = dict(sorted({**people, **joined}.items()))
    return every, replace(source, notes=read.notes), [*read.faults, *faults]


def _keys_of_leaving(cohort: Cohort, leave: Iterable[str]) -> tuple[set[str], list[Fault]]:
    """Return the keys of the people who leave, and the faults of the list of their ids."""
    if isinstance(leave, str):
        return set(), [Fault("a text, not a list; right would be a list of ids", column="leave")]
    leaving: set[str] = set()
    faults = []
    for place, identity in enumerate(leave):
        key = id_key(identity)
        if key not in cohort.position:
            faults.append(unknown_person(cohort, identity, f"leave[{place}]"))
        elif key in leaving:
            faults.append(Fault(f"'{identity}' stands here twice; once is enough", column=f"leave[{place}]"))
        leaving.add(key)
    return leaving, faults


def valid_people(
    records: Sequence[Mapping[str, Any]], source: Source
) -> tuple[dict[int, Participant], list[Fault]]:
    """Return the valid people of records by field name, by row, and what is wrong with the others.

    Raises
    ------
    CohortError
        If no record has an id or a role.
    """
    _refuse_missing_columns(records, source)
    faults: list[Fault] = []
    people: dict[int, Participant] = {}
    for place, (row, person) in enumerate(zip(source.rows, people_by_column(records), strict=True)):
        try:
            people[row] = person or Participant.model_validate({"id": None, "role": None, **records[place]})
        except CohortError as error:
            faults += error.of(source.name, row).faults
    return people, faults + _repeated_ids(records, source)


def _columns_of(
    records: Sequence[Mapping[str, Any]], mapping: Mapping[str, str], source: Source
) -> dict[str, str]:
    """Return the field of each heading of records."""
    if isinstance(records, RecordColumns) or all(hasattr(record, "keys") for record in records):
        headings = keys_of(records)
        if all(isinstance(heading, str) for heading in headings):
            return PEOPLE.columns_of(headings, mapping, source.name)
    raise CohortError(
        Fault(
            "not a record; right would be a mapping of column names to values",
            source.name,
            row,
            code="wrong-type",
        )
        for record, row in zip(records, source.rows, strict=True)
        if not hasattr(record, "keys") or not all(isinstance(key, str) for key in record)
    )


def _renamed(records: Sequence[Mapping[str, Any]], columns: Mapping[str, str]) -> Sequence[dict[str, Any]]:
    if isinstance(records, RecordColumns):
        return records.named(columns)
    return [{columns[key]: value for key, value in record.items()} for record in records]


def _refuse_missing_columns(records: Sequence[Mapping[str, Any]], source: Source) -> None:
    """Report a missing column once, instead of a missing cell in every row."""
    message = (
        "no column is called or recognised as '{0}'; is the first row the heading row? "
        "Otherwise say which column it is: --map 'HEADING={0}', or mapping={{'HEADING': '{0}'}}"
    )
    files = "; where a file holds one role only: --mentors FILE and --mentees FILE"
    faults = [
        Fault(message.format(name) + (files if name == "role" else ""), source.name, code="missing-column")
        for name in ("id", "role")
        if records and not any(name in record for record in records)
    ]
    if faults:
        raise CohortError(faults)


def _repeated_ids(records: Sequence[Mapping[str, Any]], source: Source) -> list[Fault]:
    ids = column_of(records, "id")
    keys = [*filter(None, id_keys(identity for identity in ids if isinstance(identity, str)))]
    if len({*keys}) == len(keys):
        return []
    first: dict[str, int] = {}
    faults = []
    for identity, row in zip(ids, source.rows, strict=True):
        if isinstance(identity, str) and identity.strip():
            earlier = first.setdefault(id_key(identity), row)
            if earlier != row:
                message = f"the same id as in row {earlier}, after Unicode normalisation; ids must be unique"
                faults.append(Fault(message, source.name, row, "id", "id-twice"))
    return faults


def _missing_sides(records: Sequence[Mapping[str, Any]], source: Source) -> list[Fault]:
    if not records:
        return [Fault("empty; at least one mentor and one mentee are needed", source.name, code="empty")]
    said = {role for role in column_of(records, "role") if isinstance(role, str)}
    roles = {role.strip().casefold() for role in said}
    return [
        Fault(f"no {side}; at least one person needs role {side} or both", source.name, code="missing-role")
        for side in ("mentor", "mentee")
        if side not in roles and "both" not in roles
    ]


def impossible_ages(people: Mapping[int, Participant], day: date, source: Source) -> list[Fault]:
    """Return a fault for each person whose age on a day nobody has who works."""
    faults = []
    for row, person in people.items():
        if person.birth_date is None and person.birth_year is None:
            continue  # then it is the age that was read
        age = person.age_on(day)
        if age is not None and not AGES[0] <= age <= AGES[1]:
            column = "birth_date" if person.birth_date else "birth_year"
            message = f"impossible: the age on {day} would not be from {AGES[0]} to {AGES[1]} years"
            faults.append(Fault(message, source.name, row, column, "out-of-range"))
    return faults


def _may_hold_cycle(manager: dict[str, str]) -> bool:
    """Say whether anybody is left after those whom nobody names have been taken away, again and again.

    A few rounds are enough for the reporting lines of an organisation: most people have nobody below them.
    """
    for _ in range(_LEVELS_LOOKED_AT):
        if not manager:
            return False
        above = {*manager.values()}
        manager = {person: boss for person, boss in manager.items() if person in above}
    return bool(manager)


_LEVELS_LOOKED_AT = 20


def _manager_cycles(people: Mapping[int, Participant], source: Source) -> list[Fault]:
    named = [(person.id, person.manager_id) for person in people.values() if person.manager_id]
    manager = dict(zip(id_keys(one for one, _ in named), id_keys(other for _, other in named), strict=True))
    if not _may_hold_cycle(manager):
        return []
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
