"""Small tables beside the people: decisions, arrangements, answers, changes, former duos; a row for each.

All of them are read here, by the rules of people files: headings in English or French, a mapping of the
caller that is stronger, CSV, JSON, workbooks and parquet.

Where somebody has forgotten the heading row, the first row holds what people are called, or what they have
said. Whether it is one is told by the required columns: until all of them are found, a message repeats a
heading only if it is a known one, or is what the caller has typed.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from reverse_match.foundation.errors import CohortError, Fault, InputError
from reverse_match.foundation.names import did_you_mean, hint_at_nearest
from reverse_match.people.cohort import Source
from reverse_match.people.headings import Headings, heading_key
from reverse_match.people.read import TYPED_KINDS, read_cells
from reverse_match.people.typed_cells import written_out

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

_UNKNOWN = "unknown column; remove it, or map it"


class SmallTable(NamedTuple):
    """The rows of a small table, before they are interpreted."""

    headings: Sequence[str]
    """Headings as they stand there, also where no row follows."""
    records: Sequence[Mapping[str, Any]]
    """The cells of each row, by heading."""
    source: Source
    """Where the rows are from."""


@dataclass(frozen=True)
class TableKind:
    """What a kind of small table is made of.

    Attributes
    ----------
    headings : Headings
        Its fields, and the usual headings of each.
    required : tuple of str
        Fields without which it is no such table.
    error : type of InputError
        What is raised where it is wrong.
    each : str
        Noun for the subject of a row, for messages.
    names : tuple of str
        Fields that are text whatever they look like: a workbook makes a number of the id ``007``.
    beside : frozenset of str
        Keys of headings under which such a table shows people what is no part of it.
    unknown : str
        Message for a heading that resembles none that is known.
    refuses_others : bool
        Whether a further column is a fault.
    """

    headings: Headings
    required: tuple[str, ...]
    error: type[InputError]
    each: str = "record"
    names: tuple[str, ...] = ()
    beside: frozenset[str] = field(default=frozenset(), repr=False)
    unknown: str = _UNKNOWN
    refuses_others: bool = True

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of the table."""
        return tuple(self.headings.by_own_name.values())

    def read(
        self, file: Path, maximum_bytes: int, mapping: Mapping[str, str], sheet: str | None = None
    ) -> SmallTable:
        """Return the rows of a file.

        Raises
        ------
        InputError
            Of the kind's own class, if the file does not hold rows.
        """
        try:
            headings, records, source = read_cells(file, maximum_bytes, self.each, sheet=sheet)
        except CohortError as error:
            raise self.error(self._without_values(error.faults, mapping)) from None
        _refuse_other_things(records, source, self.error)
        if file.suffix.lower() not in TYPED_KINDS:
            return SmallTable(headings, records, source)
        fields = {**self.headings.by_usual, **self.headings.by_own_name}
        fields |= {heading_key(heading): name for heading, name in mapping.items()}
        texts = {heading for heading in headings if fields.get(heading_key(heading)) in self.names}
        records = [
            {heading: written_out(cell) if heading in texts else cell for heading, cell in record.items()}
            for record in records
        ]
        return SmallTable(headings, records, source)

    def _without_values(self, faults: Iterable[Fault], mapping: Mapping[str, str]) -> list[Fault]:
        """Name a column only by a heading that is known: any other one may be what stands in a cell."""
        said = {heading_key(heading) for heading in mapping}
        return [
            fault
            if fault.column is None or heading_key(fault.column) in said or self._recognises(fault.column)
            else replace(fault, column=None)
            for fault in faults
        ]

    def _recognises(self, heading: str) -> bool:
        return self.headings.recognises(heading) or heading_key(heading) in self.beside

    def columns_of(
        self, headings: Sequence[str], mapping: Mapping[str, str], source: str, own: Sequence[str] = ()
    ) -> dict[str, str]:
        """Return the field of each heading; headings of what is shown beside are left out.

        Parameters
        ----------
        headings : sequence of str
            Headings as they stand in the table.
        mapping : mapping of str to str
            Mapping of the caller, from headings to fields.
        source : str
            Name of the file, for messages.
        own : sequence of str
            Further headings that are known; each is the name of its column.

        Raises
        ------
        InputError
            Of the kind's own class, if a mapped heading is not there or is mapped to no field, if two
            headings mean the same, if a required column is missing, or if one is not known.
        """
        self._refuse_wrong_mapping(headings, mapping, source)
        said = {heading_key(heading) for heading in mapping}
        read = [
            heading
            for heading in headings
            if heading_key(heading) in said or heading_key(heading) not in self.beside
        ]
        asked = {heading_key(heading): heading for heading in own}
        try:
            columns = self.headings.columns_of(read, mapping, source)
        except CohortError as error:
            raise self.error(error.faults) from None
        columns = {heading: asked.get(heading_key(heading), name) for heading, name in columns.items()}
        faults = missing_columns(self.required, columns.values(), source) or self._further(
            columns, own, source
        )
        if faults:
            raise self.error(faults)
        return columns

    def _refuse_wrong_mapping(self, headings: Sequence[str], mapping: Mapping[str, str], source: str) -> None:
        there = {heading_key(heading) for heading in headings}
        faults = []
        for heading, name in mapping.items():
            if heading_key(heading) not in there:
                message = f"no such column to map{hint_at_nearest(heading, headings)}"
            elif heading_key(name) not in self.headings.by_own_name:
                message = f"is mapped to no field{did_you_mean(name, self.fields)}"
            else:
                continue
            faults.append(Fault(message, source, column=f"'{heading}'", code="unknown-heading"))
        if faults:
            raise self.error(faults)

    def _further(self, columns: Mapping[str, str], own: Sequence[str], source: str) -> list[Fault]:
        """Find columns that are there twice, and such as nothing would use."""
        there = [name for name in columns.values() if name in own]
        twice = "the same heading stands here twice"
        faults = [
            Fault(twice, source, column=f"'{heading}'", code="heading-twice")
            for heading in own
            if there.count(heading) > 1
        ]
        if faults or not self.refuses_others:
            return faults
        return [
            Fault(self._why_unknown(heading, own), source, column=f"'{heading}'", code="unknown-heading")
            for heading, name in columns.items()
            if name not in self.fields and name not in own
        ]

    def _why_unknown(self, heading: str, own: Sequence[str]) -> str:
        """Return the message for a heading that is not known, with the nearest known one, or all fields."""
        known = (*self.headings.by_own_name, *self.headings.by_usual, *own)
        if near := hint_at_nearest(heading, known):
            return f"{_UNKNOWN}{near}"
        return f"{self.unknown}{did_you_mean(heading, self.fields)}"


def missing_columns(required: Iterable[str], there: Collection[str], source: str) -> list[Fault]:
    """Return a fault for each required field that has no column.

    Examples
    --------
    >>> [fault.code for fault in missing_columns(["mentor", "mentee"], {"mentor"}, "past.csv")]
    ['missing-column']
    """
    message = (
        "no column is called or recognised as '{0}'; is the first row the heading row? "
        "Otherwise say which column it is: --map 'HEADING={0}', or mapping={{'HEADING': '{0}'}}"
    )
    return [
        Fault(message.format(name), source, code="missing-column") for name in required if name not in there
    ]


def table_of_records(records: Sequence[Any], error: type[InputError], name: str = "records") -> SmallTable:
    """Return records of a caller as a table.

    Raises
    ------
    InputError
        Of the given class, with a fault for each that is no mapping from headings to cells.

    Examples
    --------
    >>> table_of_records([{"mentor": "lea"}, {"mentee": "ada"}], CohortError).headings
    ['mentor', 'mentee']
    """
    source = Source(name, tuple(range(1, len(records) + 1)))
    _refuse_other_things(records, source, error)
    return SmallTable(list(dict.fromkeys(key for record in records for key in record)), records, source)


def _refuse_other_things(records: Sequence[Any], source: Source, error: type[InputError]) -> None:
    """Refuse what is no mapping from headings to cells.

    Raises
    ------
    InputError
        Of the given class, with a fault for each thing that is none.
    """
    message = "not a record; right would be a mapping of column names to values"
    faults = [
        Fault(message, source.name, row, code="wrong-type")
        for record, row in zip(records, source.rows, strict=True)
        if not hasattr(record, "keys") or not all(isinstance(key, str) for key in record)
    ]
    if faults:
        raise error(faults)
