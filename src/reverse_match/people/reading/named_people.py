"""Finds whom people name: their manager, whom they would like to be with, and whom they must not be with.

A file names people by their ids, and as well by an e-mail address, or by a name in either order. All of
this becomes ids, so that a rule protects whom it is meant to protect. What could be two people is asked
about; what names nobody stays as it is, and a note counts it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import repeat
from typing import TYPE_CHECKING, Any

from reverse_match.foundation.errors import Fault
from reverse_match.foundation.names import id_key, loose_id_key, name_key
from reverse_match.foundation.plural import quantity
from reverse_match.people.cells import in_order_of_rank, rank_behind, ties_in
from reverse_match.people.reading.choices import NAMING
from reverse_match.people.reading.values import contact_in, parts_of, plain_id
from reverse_match.people.table import column_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reverse_match.people.reading.persons import Row

_LONGEST = 1_000
"""Characters of what names somebody."""

_BEHIND_NAME = re.compile(r"\s*\(https?://[^)]*\)\s*$")
_BETWEEN = re.compile(r"\s*(?:[,/&+]|\band\b|\bet\b)\s*", re.IGNORECASE)
"""What people write between two others, where a list has its own sign."""

_LISTS = str, Mapping, list, tuple, set, frozenset
"""What can hold a list of people."""


def resolve_people(
    rows: Sequence[Row], notes: list[Fault], faults: list[Fault], beside: Sequence[Row] = ()
) -> None:
    """Write the ids of all who are named, whatever names them: an address, a name, an id without zeros.

    A manager who is nobody here stays as the file has them, which a note counts; oneself is nobody.

    Parameters
    ----------
    rows : sequence of Row
        Of everybody; their records are written over.
    notes : list of Fault
        Gets a note on managers who are nobody.
    faults : list of Fault
        Gets a fault for each cell that could name several people.
    beside : sequence of Row
        Others who may be named.
    """
    directory = Directory(
        [row.record for row in (*rows, *beside)], [row.now_called for row in (*rows, *beside)]
    )
    _resolve_managers(rows, directory, notes, faults)
    for field in NAMING:
        for row in rows:
            said = row.record.get(field)
            if isinstance(said, _LISTS) and said:  # whatever else it is, the check says what would be right
                _resolve_list(row, field, directory, faults)


def _resolve_managers(
    rows: Sequence[Row], directory: Directory, notes: list[Fault], faults: list[Fault]
) -> None:
    outside = Counter[tuple[str, str]]()
    for row in rows:
        said = row.record.get("manager_id")
        if not isinstance(said, str) or not said.strip():
            continue
        found = directory.meant(said.strip(), row, "manager_id", faults)
        if found is None:
            if not directory.looks_like_id(said.strip()):
                outside[row.source, row.headings.get("manager_id", "manager_id")] += 1
        else:
            row.record["manager_id"] = None if id_key(found) == _own_id(row) else found
    notes += note_of_outside_managers(outside)


def note_of_outside_managers(outside: Mapping[tuple[str, str], int]) -> list[Fault]:
    """Return a note on managers who are nobody here, for each file and heading with the number of cells."""
    return [
        Fault(
            f"{quantity(count, 'cell')} in which the manager is nobody in the file; no rule about reporting "
            "lines can protect them",
            source,
            None,
            f"'{heading}'",
            "unknown-manager",
        )
        for (source, heading), count in outside.items()
    ]


def _resolve_list(row: Row, field: str, directory: Directory, faults: list[Fault]) -> None:
    """Write a list of people as ids; commas separate where what stands between them names somebody."""
    cell = row.record[field]
    if not isinstance(cell, str | list | tuple) or not all(isinstance(part, str) for part in cell):
        return  # refused with its place
    entries = parts_of(cell, field)
    if field == "wants" and any("=" in entry or ":" in entry for entry in entries):
        _resolve_ranked(row, entries, directory, faults)
        return
    if all(entry in directory.ids for entry in entries):
        return
    row.record[field] = [one for entry in entries for one in _people_in(entry, row, field, directory, faults)]


def _people_in(entry: str, row: Row, field: str, directory: Directory, faults: list[Fault]) -> list[str]:
    """Return the ids of whom an entry names, or the entry where it names nobody."""
    found = directory.meant(entry, row, field, faults)
    if found is not None:
        return [found]
    parts = [part for part in _BETWEEN.split(entry) if part] if len(entry) <= _LONGEST else [entry]
    meant = [directory.meant(part, row, field, faults) for part in parts]
    return [one or part for one, part in zip(meant, parts, strict=True)] if any(meant) else [entry]


def _resolve_ranked(row: Row, entries: list[str], directory: Directory, faults: list[Fault]) -> None:
    """Write ids and their ranks, where ``=`` stands between people, or a number behind one.

    What is somebody's id as a whole is no rank: ``HR:12`` may be an id.
    """
    ranked: list[tuple[str, int]] = []
    for place, entry in enumerate(entries, 1):
        rank, names = place, [entry]
        if directory.meant(entry, row, "wants", []) is None:
            behind = rank_behind(entry)
            if behind is not None and directory.meant(behind[0], row, "wants", []) is not None:
                names, rank = [behind[0]], behind[1]
            elif directory.knows_one_of(ties_in(entry), row):
                names = ties_in(entry)
        ranked += [(one, rank) for name in names for one in _people_in(name, row, "wants", directory, faults)]
    if row.record.get("wants_ranks"):
        row.record["wants"] = [name for name, _ in ranked]
    else:
        row.record["wants"], row.record["wants_ranks"] = map(list, in_order_of_rank(ranked))


def _own_id(row: Row) -> str:
    return _key_of_id(row.record.get("id"))


def _key_of_id(identity: Any) -> str:
    return id_key(identity) if isinstance(identity, str) else ""


class Directory:
    """Whom a text names among people: by id, and by whatever else they are called.

    Parameters
    ----------
    records : sequence of mappings
        Of everybody, with ids, names and addresses.
    now_called : sequence of str or None, optional
        The id in the file of each person who keeps an earlier one.
    """

    def __init__(
        self, records: Sequence[Mapping[str, Any]], now_called: Sequence[str | None] | None = None
    ) -> None:
        self._records = records
        self._now_called = now_called
        self.ids = {*map(_key_of_id, column_of(records, "id"))}
        self._by_name: dict[str, list[str]] | None = None
        self._shapes: set[tuple[bool, ...] | str] | None = None

    def meant(self, said: str, row: Row, field: str, faults: list[Fault]) -> str | None:
        """Return the id of whom a text names, ``None`` if of nobody.

        A text that could name several people is a fault of its row; then it is returned as it is.
        """
        found = self.find(said)
        if len(found) > 1:
            message = f"names {len(found)} people of the file; write the id instead"
            faults.append(row.fault(message, field, "ambiguous-name"))
            return said
        return found[0] if found else None

    def find(self, said: str) -> list[str]:
        """Return the ids of all whom a text may name."""
        if id_key(said) in self.ids:
            return [said]
        plain = str(plain_id(said))
        return [plain] if id_key(plain) in self.ids else self._named_otherwise(plain)

    def knows_one_of(self, names: Sequence[str], row: Row) -> bool:
        """Say whether one of several names, between which ``=`` stands, is somebody's."""
        return len(names) > 1 and any(self.meant(name, row, "wants", []) is not None for name in names)

    def looks_like_id(self, said: str) -> bool:
        """Say whether a text is made as the ids are.

        That somebody outside is named so is usual; and of an id with other capitals a note of its own tells.
        """
        if self._shapes is None:
            self._shapes = {_shape(identity) for identity in self.ids}
            self._shapes |= {loose_id_key(identity) for identity in self.ids}
        has_digit = "@" not in said and any(map(str.isdigit, said))
        return has_digit or _shape(said) in self._shapes or loose_id_key(said) in self._shapes

    def _named_otherwise(self, said: str) -> list[str]:
        """Return the ids of those whom a text may name otherwise than by id."""
        if self._by_name is None:
            self._by_name = _called(self._records, self._now_called or repeat(None, len(self._records)))
        if renamed := self._by_name.get(f"id {id_key(said)}"):
            return renamed
        contact = contact_in(said)
        if contact is not None:
            return self._by_name.get(f"address {contact['address'].casefold()}", [])
        if "@" in said:
            return self._by_name.get(f"address {said.casefold()}", [])
        if said.isdigit():
            return self._by_name.get(f"number {said.lstrip('0')}", [])
        plain = _BEHIND_NAME.sub("", said) if "(http" in said and len(said) <= _LONGEST else said
        return self._by_name.get(_name_key(plain), [])


def _called(records: Sequence[Mapping[str, Any]], now_called: Iterable[str | None]) -> dict[str, list[str]]:
    """Return the ids of people by each other way to name them."""
    ids: dict[str, list[str]] = defaultdict(list)
    for record, now in zip(records, now_called, strict=True):
        identity = record.get("id")
        if not isinstance(identity, str) or not identity.strip():
            continue
        for key in (*_new_ids(now), *_other_ways(identity, record)):
            if identity not in ids[key]:
                ids[key].append(identity)
    return ids


def _new_ids(now: str | None) -> list[str]:
    """Return the keys of the id in the file of somebody who keeps an earlier one."""
    return [] if now is None else [f"id {id_key(now)}", f"address {now.casefold()}"]


def _other_ways(identity: str, record: Mapping[str, Any]) -> list[str]:
    keys = []
    if "@" in identity:
        keys.append(f"address {identity.strip().casefold()}")
    if identity.isdigit():
        keys.append(f"number {identity.lstrip('0')}")
    if isinstance(email := record.get("email"), str) and "@" in email:
        keys.append(f"address {email.strip().casefold()}")
    if isinstance(name := record.get("name"), str) and name.strip():
        keys.append(_name_key(name))
    return list(dict.fromkeys(keys))


def _name_key(name: str) -> str:
    return f"name {' '.join(sorted(name_key(name.replace(',', ' ')).split()))}"


def _shape(text: str) -> tuple[bool, ...]:
    """Return of what a text is made, as far as that tells an id from a name or an address."""
    return (
        "@" in text,
        " " in text or "," in text,
        any(map(str.isalpha, text)),
        text[:1].isupper(),
    )
