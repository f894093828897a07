"""Corrects the record of a person: what a correction says replaces what the record said, all else stays.

Only what is filled in is corrected. A cell that shall be empty afterwards says so in words (``(empty)``),
since an empty cell of a table says nothing. Where fields say one thing together, a correction of one of them
replaces them all: an age, a year and a day of birth; wishes and their ranks; the most and the least duos.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reverse_match.people.cells import CellError, is_empty
from reverse_match.people.headings import FIELDS
from reverse_match.people.participant import LEAST_OF, NAME_PARTS, Participant

if TYPE_CHECKING:
    from collections.abc import Mapping

EMPTIED = ("(empty)", "(vide)")
"""Words that empty a cell."""

_AGES = ("age", "birth_year", "birth_date")
_TOGETHER = {
    **{name: tuple(other for other in _AGES if other != name) for name in _AGES},
    "wants": ("wants_ranks",),
}
"""Fields that a correction of another one empties."""


def is_emptied(value: object) -> bool:
    """Say whether a cell says that it shall be empty.

    Examples
    --------
    >>> is_emptied("(Empty)"), is_emptied("")
    (True, False)
    """
    return isinstance(value, str) and value.strip().casefold() in EMPTIED


def filled_cells(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the cells of a record that say something."""
    return {name: value for name, value in record.items() if not is_empty(value)}


def corrected_person(person: Participant, cells: Mapping[str, Any]) -> Participant:
    """Return a person with a corrected record.

    Parameters
    ----------
    person : Participant
        The person as they were.
    cells : mapping of str to value
        What is corrected, by field or column; ``None`` and the words for it empty a cell.

    Raises
    ------
    CohortError
        If the corrected record is wrong.

    Examples
    --------
    >>> person = Participant(id="lea", role="mentor", offers="Python:4", age=41, gender="F")
    >>> later = corrected_person(person, {"birth_year": 1984, "gender": "(empty)"})
    >>> later.offers, later.age, later.birth_year, later.gender
    ({'Python': 4}, None, 1984, None)
    """
    record = person.model_dump(exclude_defaults=True)
    attributes = dict(record.pop("attributes", {}))
    for name, said in cells.items():
        value = None if is_emptied(said) else said
        if name in FIELDS or name in NAME_PARTS:
            for other in _TOGETHER.get(name, ()) if value is not None else ():
                record.pop(other, None)
            _put(record, name, value)
        else:
            _put(attributes, name, value)
    if "name" not in cells and not cells.keys().isdisjoint(NAME_PARTS):
        record.pop("name", None)
    return Participant.model_validate({**record, "attributes": attributes})


def _put(record: dict[str, Any], name: str, value: Any) -> None:
    if name in LEAST_OF:
        record.pop(name, None)
        if isinstance(value, str) and not value.strip().isdecimal():  # a range says the least number, too
            record.pop(LEAST_OF[name], None)
    if value is None:
        record.pop(name, None)
    else:
        record[name] = value


def refuse_half_a_name(cells: Mapping[str, Any]) -> None:
    """Refuse one part of a name alone: a record has the whole name.

    Raises
    ------
    CellError
        If only one of the two parts is filled in.
    """
    given = [name for name in NAME_PARTS if name in cells]
    if len(given) == 1 and "name" not in cells:
        message = "half a name; right would be first and last name, or the whole name"
        raise CellError(message, "incomplete")
