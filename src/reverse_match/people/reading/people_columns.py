"""Keeps the people of a file as columns, where no row needs a look of its own.

In most files everybody stands once, and managers are named by ids. Then whole columns say all that has to be
known, and no record is made of any row. Wherever one row decides over another (an earlier id, a later
answer, a person in two files, a wish that a name expresses), rows are looked at instead
(:mod:`.persons`, :mod:`.named_people`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reverse_match.foundation.names import id_keys
from reverse_match.people.reading.choices import NAMING
from reverse_match.people.reading.named_people import Directory, note_of_outside_managers
from reverse_match.people.reading.persons import EARLIER_ID
from reverse_match.people.reading.values import parts_of
from reverse_match.people.table import RecordColumns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.foundation.errors import Fault
    from reverse_match.people.reading.choices import Choices
    from reverse_match.people.reading.files import PeopleFile

_TEXTS = frozenset((str, type(None)))
_SAID_OF_PEOPLE = ("id", "email", "name")
"""Columns by which a person is named."""


def people_columns(read: PeopleFile, choices: Choices, notes: list[Fault]) -> RecordColumns | None:
    """Return the people of a file, whoever they name as ids; ``None`` where rows have to be looked at.

    Parameters
    ----------
    read : PeopleFile
        The file, which is understood.
    choices : Choices
        What is said about it.
    notes : list of Fault
        Gets a note on managers who are nobody, as from :func:`~.named_people.resolve_people`.
    """
    columns, count = read.values, len(read.numbers)
    if read.role is not None or choices.latest_by or EARLIER_ID in columns or read.lacks_keys:
        return None
    keys = _keys(columns.get("id", ()))
    if keys is None:
        return None
    named = {name: columns[name] for name in _SAID_OF_PEOPLE if name in columns}
    directory = Directory(RecordColumns(named, count))
    if not all(_holds_ids(columns[field], field, directory) for field in NAMING if field in columns):
        return None
    if "manager_id" in columns:
        managers = _managers(columns["manager_id"], keys, directory)
        if managers is None:
            return None
        cells, outside = managers
        heading = read.headings.get("manager_id", "manager_id")
        notes += note_of_outside_managers({(read.findings.name, heading): outside} if outside else {})
        columns = {**columns, "manager_id": cells}
    return RecordColumns(columns, count)


def _keys(ids: Sequence[Any]) -> list[str] | None:
    """Return what people are known by, ``None`` unless everybody has a text that nobody else has."""
    if {*map(type, ids)} != {str}:
        return None
    keys = id_keys(ids)
    folded = {key.casefold() if "@" in key else key for key in keys}
    return keys if len(folded) == len(keys) and "" not in folded else None


def _managers(
    cells: Sequence[Any], keys: Sequence[str], directory: Directory
) -> tuple[list[str | None], int] | None:
    """Return the ids of managers and how many are nobody here, ``None`` where one could be several people."""
    if not {*map(type, cells)} <= _TEXTS:
        return None
    meant: dict[str | None, str] = {}
    outside = set()
    for cell in {*cells}:
        said = cell.strip() if cell else ""
        found = directory.find(said) if said else []
        if len(found) > 1:
            return None
        if found:
            meant[cell] = found[0]
        elif said and not directory.looks_like_id(said):
            outside.add(cell)
    key_of = dict(zip(meant, id_keys(meant.values()), strict=True))
    ids = [
        None if key_of.get(cell) == own else meant.get(cell, cell)
        for cell, own in zip(cells, keys, strict=True)
    ]
    return ids, sum(cell in outside for cell in cells) if outside else 0


def _holds_ids(cells: Sequence[Any], field: str, directory: Directory) -> bool:
    """Say whether lists of people hold ids alone, and no rank."""
    if not {*map(type, cells)} <= _TEXTS:
        return False
    filled = [*filter(None, cells)]
    if field == "wants" and any("=" in cell or ":" in cell for cell in filled):
        return False
    return all(entry in directory.ids for cell in filled for entry in parts_of(cell, field))
