"""Finds suspicious ids: those with invisible characters, and those that differ from others by capitals alone.

Ids are compared strictly, so that an invisible space makes two ids of one. It is a fault where two people
would look the same, or where somebody would not be protected from a person in ``avoids``; elsewhere it is a
note. How many others in ``wants`` and ``avoids`` are nobody here is a note, too: they may have left, or the
column may not hold ids at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.foundation.errors import Fault
from reverse_match.foundation.names import id_key, id_keys, loose_id_key, visible_id_key
from reverse_match.foundation.plural import quantity
from reverse_match.foundation.text_safety import shorten

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reverse_match.people.participant import Participant

    People = Mapping[int, Participant]

_LONGEST_SHOWN = 60


def id_faults(people: People, source: str) -> list[Fault]:
    """Return a fault for each id that looks like another one, and for each near miss in ``avoids``.

    Parameters
    ----------
    people : mapping of int to Participant
        People by row.
    source : str
        Name of the file or the records, for messages.
    """
    faults = []
    first: dict[str, tuple[int, str]] = {}
    ids = "".join(person.id for person in people.values())
    hidden = people if not (ids.isascii() and ids.isprintable()) else {}
    for row, person in hidden.items():
        earlier, identity = first.setdefault(visible_id_key(person.id), (row, person.id))
        if id_key(identity) != id_key(person.id):
            message = (
                f"looks the same as the id in row {earlier}, from which it differs by characters that nobody "
                "sees; remove these, or give one of the two another id"
            )
            faults.append(Fault(message, source, row, "id", "id-twice"))
    faults += [
        Fault(f"names nobody; {near}", source, row, column, "nearly-an-id")
        for row, column, near in _near_misses(people, ("avoids",))
    ]
    return faults


def id_notes(people: People, source: str, away: Sequence[str] = ()) -> tuple[Fault, ...]:
    """Return a note for each suspicious id that is no fault, with its row, and on whoever is nobody here.

    Parameters
    ----------
    people : mapping of int to Participant
        People by row.
    source : str
        Name of the file or the records, for messages.
    away : sequence of str
        Ids of people who have left, and of whom others may still speak.
    """
    notes: list[Fault] = []
    first: dict[str, int] = {}
    for row, person in people.items() if not _are_plainly_apart(people) else ():
        if visible_id_key(person.id) != id_key(person.id):
            shown = _shorten_id(person.id)
            message = f"holds characters that nobody sees: {shown}; is it the id that is meant?"
            notes.append(Fault(message, source, row, "id", "invisible-characters"))
        earlier = first.setdefault(loose_id_key(person.id), row)
        if earlier != row:
            message = f"differs from the id in row {earlier} by capitals or spaces only; are they two people?"
            notes.append(Fault(message, source, row, "id", "nearly-an-id"))
    notes += [
        Fault(f"names nobody; {near}", source, row, column, "nearly-an-id")
        for row, column, near in _near_misses(people, ("manager_id", "wants"))
    ]
    notes += _notes_of_nobody(people, source, away)
    return tuple(sorted(notes, key=lambda note: note.row or 0))


def _are_plainly_apart(people: People) -> bool:
    """Say whether all ids are plain, and differ by more than capitals: then nothing is to be told of them."""
    ids = [person.id for person in people.values()]
    together = "".join(ids)
    is_plain = together.isascii() and together.isprintable() and " " not in together
    return is_plain and len({*map(str.lower, ids)}) == len(ids)


def _notes_of_nobody(people: People, source: str, away: Sequence[str]) -> Iterator[Fault]:
    """Yield a note for each of ``wants`` and ``avoids`` of which entries are nobody, and like no id."""
    named_in = {
        column: [name for person in people.values() for name in getattr(person, column)]
        for column in ("wants", "avoids")
    }
    known = {*ids_by_loose_key(people), *map(loose_id_key, away)} if any(named_in.values()) else set()
    for column, named in named_in.items():
        count = sum(loose_id_key(name) not in known for name in named)
        if count:
            message = f"nobody here is meant by {quantity(count, 'entry', 'entries')} of {len(named):,}"
            yield Fault(message + _made_of(people), source, None, f"'{column}'", "unknown-id")


def _made_of(people: People) -> str:
    """Return what ids are, where all are of one kind."""
    ids = [person.id for person in people.values()]
    if all(map(str.isdigit, ids)):
        return "; right would be ids, which are numbers here"
    if all("@" in identity for identity in ids):
        return "; right would be ids, which are e-mail addresses here"
    return ""


def near_id(name: str, known: Mapping[str, str]) -> str | None:
    """Return the known id that differs from a name only by capitals, spaces and invisible characters.

    Parameters
    ----------
    name : str
        An id that nobody has.
    known : mapping of str to str
        Ids by :func:`~reverse_match.foundation.names.loose_id_key`.
    """
    return known.get(loose_id_key(name))


def ids_by_loose_key(people: People) -> dict[str, str]:
    """Return the ids of people by loose key, as :func:`near_id` takes them."""
    return {loose_id_key(person.id): person.id for person in reversed(list(people.values()))}


def _near_misses(people: People, columns: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Yield row, column and the person probably meant, for each id in some columns that names nobody."""
    named = [
        (row, column, name)
        for row, person in people.items()
        for column in columns
        if (names := getattr(person, column))
        for name in _names_in(names)
    ]
    if not named:
        return
    keys = {*id_keys(person.id for person in people.values())}
    of_named = id_keys(name for _, _, name in named)
    unknown = [one for one, key in zip(named, of_named, strict=True) if key not in keys]
    known = ids_by_loose_key(people) if unknown else {}
    for row, column, name in unknown:
        if (near := near_id(name, known)) is not None:
            differs = "it differs by capitals, spaces or characters that nobody sees"
            yield row, column, f"did you mean '{_shorten_id(near)}', from which {differs}?"


def _names_in(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


def _shorten_id(identity: str) -> str:
    return shorten(identity, _LONGEST_SHOWN)
