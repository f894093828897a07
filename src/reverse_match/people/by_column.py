"""Validates records of people a column at a time: what many people say is read once.

The model of a person (:class:`~reverse_match.people.participant.Participant`) says how each field is read.
Here the same functions read each distinct text of a column, and people are made of what they return, equal to
those of the model in every respect. Whoever has a cell that is refused, or says something that must fit
together with something else (ranks, least numbers, two ages), is left to the model, which alone says what is
wrong.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from pydantic import BeforeValidator

from reverse_match.foundation.names import id_key
from reverse_match.foundation.records import all_of_checked
from reverse_match.people import cells
from reverse_match.people.cells import LONGEST_TEXT
from reverse_match.people.participant import (
    LEAST_OF,
    NAME_PARTS,
    PLACES,
    Participant,
    is_range,
    range_in,
    written_name,
)
from reverse_match.people.table import RecordColumns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

_KINDS = frozenset((str, type(None), int, float, bool, list, tuple, dict, date))
"""Kinds of cells that are read here; a program may pass others, which are left to the model."""

_AGES = ("age", "birth_year", "birth_date")
_OF_ONE_PERSON = ("offers", "seeks")
"""Fields whose values can be changed, so that no two people may share one."""

_LEFT = object()
"""Stands for a cell that is left to the model."""


def people_by_column(records: Sequence[Mapping[str, Any]]) -> list[Participant | None]:
    """Return the person of each record; ``None`` where the model of a person must decide.

    Parameters
    ----------
    records : sequence of mappings
        Records by field name.

    Examples
    --------
    >>> people = people_by_column([{"id": "lea", "role": "mentor"}, {"id": "ada", "role": "teacher"}])
    >>> [None if person is None else person.id for person in people]
    ['lea', None]
    """
    columns = _Columns()
    if isinstance(records, RecordColumns):
        return columns.people(records) if _is_plain(tuple(records.columns)) else [None] * len(records)
    by_shape: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, record in enumerate(records):
        by_shape[tuple(record)].append(place)
    people: list[Participant | None] = [None] * len(records)
    for shape, places in by_shape.items():
        if not _is_plain(shape):
            continue
        alike = {name: [records[place][name] for place in places] for name in shape}
        for place, person in zip(places, columns.people(RecordColumns(alike, len(places))), strict=True):
            people[place] = person
    return people


def keys_of(records: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return every key of records, in the order in which they first stand there.

    Examples
    --------
    >>> keys_of([{"id": "lea", "role": "mentor"}, {"id": "ada", "age": 30}])
    ['id', 'role', 'age']
    """
    if isinstance(records, RecordColumns):
        return list(records.columns) if records else []
    shapes = dict.fromkeys(map(tuple, records))
    return list(dict.fromkeys(chain.from_iterable(shapes)))


def _is_plain(shape: Sequence[object]) -> bool:
    """Say whether the keys of records are texts that the model takes, and name whoever it is."""
    return (
        "id" in shape
        and "role" in shape
        and "attributes" not in shape
        and all(type(key) is str and not _HALF_CHARACTER.search(key) for key in shape)
    )


_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


class _Model(NamedTuple):
    """What the model of a person declares."""

    readers: dict[str, Callable[[Any], Any]]
    """What reads the cells of each field."""
    empty: dict[str, Any]
    """The value of each field where nothing is said, in the order of the fields."""


@cache
def _model() -> _Model:
    fields = Participant.model_fields
    readers: dict[str, Callable[[Any], Any]] = {
        name: cast("Callable[[Any], Any]", declared.func)
        for name, field in fields.items()
        for declared in field.metadata
        if isinstance(declared, BeforeValidator)
    }
    empty = {name: field.get_default(call_default_factory=True) for name, field in fields.items()}
    return _Model(readers, empty)


class _Columns:
    """Reads columns, and remembers what each text of a column says."""

    def __init__(self) -> None:
        self._known: defaultdict[str, dict[str | None, Any]] = defaultdict(dict)

    def people(self, records: RecordColumns) -> list[Participant | None]:
        """Return the person of each record."""
        said = {name: column for name, column in records.columns.items() if name not in NAME_PARTS}
        parts = {name: column for name, column in records.columns.items() if name in ("name", *NAME_PARTS)}
        if any(part in parts for part in NAME_PARTS):
            said["name"] = list(map(written_name, RecordColumns(parts, len(records))))
        ranges = _ranges_in(said)
        if ranges:
            said["capacity"] = [
                ranges[place][1] if place in ranges else cell for place, cell in enumerate(said["capacity"])
            ]
        read = {name: self._read(name, column) for name, column in said.items()}
        given = {name for name in read if name in _model().readers} | {"attributes"}
        if ranges:
            read["least_duos"] = _least_of(ranges, read["capacity"])
        if "wants_ranks" in read:
            read["wants_ranks"] = _fitting_ranks(read)
        with_least = given | {"least_duos"}
        given_of = (with_least if place in ranges else given for place in range(len(records)))
        people: list[Participant | None] = [
            *all_of_checked(Participant, _values(read, len(records)), given_of)
        ]
        for place in _left_to_model(read):
            people[place] = None
        return people

    def _read(self, name: str, column: Sequence[Any]) -> list[Any]:
        """Return what the cells of a column say."""
        reader, read = _model().readers.get(name, cells.attribute), _reader(name)
        if isinstance(reader, cells.RatedReader):
            return reader.column(column, read)
        kinds = {*map(type, column)}
        if not kinds <= _OF_TEXT:
            return [read(cell) for cell in column]
        distinct = {*column}
        if reader in (cells.text, _model().readers["id"]) and 2 * len(distinct) > len(column):
            nothing = _LEFT if name == "id" else None
            if (texts := _plain_texts(column, nothing)) is not None:
                return texts
        known = self._known[name]
        known.update((text, read(text)) for text in distinct - known.keys())
        return list(map(known.__getitem__, column))


_OF_TEXT = frozenset((str, type(None)))
"""Kinds of cells in a column of a text file."""


def _plain_texts(column: Sequence[str | None], nothing: object) -> list[Any] | None:
    """Return what the cells of a column of texts say, if no text can be refused; ``None`` otherwise.

    That is what :func:`~reverse_match.people.cells.text` says of each of them.
    """
    filled = [*filter(None, column)]
    together = "".join(filled)
    if not (together.isascii() and together.isprintable()) or max(map(len, filled), default=0) > LONGEST_TEXT:
        return None
    return [(cell and cell.strip()) or nothing for cell in column]


def _values(read: Mapping[str, Sequence[Any]], count: int) -> list[dict[str, Any]]:
    """Return the value of each field of each person, in the order of the fields."""
    readers, empty = _model()
    values = [empty.copy() for _ in range(count)]
    own = {name: column for name, column in read.items() if name not in readers}
    of_each: dict[str, Iterable[Any]] = {name: column for name, column in read.items() if name in readers}
    of_each["attributes"] = RecordColumns(own, count)
    of_each |= {name: [{} for _ in values] for name in _OF_ONE_PERSON if name not in read}
    for name, column in of_each.items():
        for value, said in zip(values, column, strict=True):
            value[name] = said
    return values


def _reader(name: str) -> Callable[[Any], Any]:
    """Return what reads the cells of a column, and leaves those to the model that are not for it."""
    read, must_fit = _model().readers.get(name, cells.attribute), _MUST_FIT.get(name)

    def said(cell: Any) -> Any:
        if type(cell) not in _KINDS or (must_fit is not None and must_fit(cell)):
            return _LEFT
        try:
            return read(cell)
        except ValueError:
            return _LEFT

    return said


def _has_range(capacity: Any) -> bool:
    return isinstance(capacity, str) and is_range(capacity)


def _has_ranks(wants: Any) -> bool:
    return isinstance(wants, dict) or (isinstance(wants, str) and ("=" in wants or ":" in wants))


def _is_filled(cell: Any) -> bool:
    return not cells.is_empty(cell) and cell not in (0, "0", [])


_MUST_FIT = {
    **dict.fromkeys(LEAST_OF, _has_range),
    **dict.fromkeys(LEAST_OF.values(), _is_filled),
    "wants": _has_ranks,
}
"""Says of a cell whether it has to fit together with another field, or fills one, too."""


def _ranges_in(said: Mapping[str, Sequence[Any]]) -> dict[int, tuple[str, str]]:
    """Return the two numbers of each capacity such as ``1..3``, if nothing else says a number of duos."""
    if "capacity" not in said or not said.keys().isdisjoint(_OTHER_PLACES):
        return {}
    return {
        place: found for place, cell in enumerate(said["capacity"]) if (found := range_in(cell)) is not None
    }


_OTHER_PLACES = {*PLACES} - {"capacity"}


def _least_of(ranges: Mapping[int, tuple[str, str]], most: Sequence[Any]) -> list[Any]:
    """Return the least number of duos of each person, of whom some say a range that holds one."""
    read = _model().readers["least_duos"]
    least: list[Any] = [0] * len(most)
    for place, (said, _) in ranges.items():
        if most[place] is not _LEFT:
            least[place] = read(said) if int(said) <= most[place] else _LEFT
    return least


def _fitting_ranks(read: Mapping[str, Sequence[Any]]) -> list[Any]:
    """Return the ranks of whom people want, none where they are 1, 2, 3 and so on."""
    wanted = read.get("wants", [()] * len(read["wants_ranks"]))
    return [
        _ranks_of(ranks, ids) if ranks and ranks is not _LEFT and ids is not _LEFT else ranks
        for ranks, ids in zip(read["wants_ranks"], wanted, strict=True)
    ]


def _ranks_of(ranks: tuple[int, ...], ids: tuple[str, ...]) -> Any:
    if len(ranks) != len(ids) or list(ranks) != sorted(ranks):
        return _LEFT
    return () if ranks == tuple(range(1, len(ranks) + 1)) else ranks


def _left_to_model(read: Mapping[str, Sequence[Any]]) -> set[int]:
    """Return the places of those who have a cell that is refused, or say what may contradict itself."""
    left = {
        place
        for column in read.values()
        if _LEFT in column
        for place, value in enumerate(column)
        if value is _LEFT
    }
    ages = [read[name] for name in _AGES if name in read]
    if len(ages) > 1:
        rows = enumerate(zip(*ages, strict=True))
        left |= {place for place, row in rows if sum(age is not None for age in row) > 1}
    named = [read[name] for name in ("wants", "avoids") if name in read]
    if named:
        rows = enumerate(zip(read["id"], *named, strict=True))
        left |= {place for place, row in rows if place not in left and any(row[1:]) and _is_named_twice(*row)}
    return left


def _is_named_twice(identity: str, *lists: Sequence[str]) -> bool:
    """Say whether somebody names oneself, or one person in two lists."""
    keys = [id_key(identity), *(id_key(other) for named in lists for other in named)]
    return len({*keys}) < len(keys)
