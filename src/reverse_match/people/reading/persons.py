"""Makes people of the rows of several files: who stands there twice, and who is both."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from reverse_match.foundation.errors import Fault
from reverse_match.foundation.names import id_key
from reverse_match.foundation.plural import quantity
from reverse_match.people.cells import is_empty
from reverse_match.people.headings import FIELDS
from reverse_match.people.reading.choices import WITH_OPTIONS
from reverse_match.people.reading.values import parts_of
from reverse_match.people.reading.words import word_key
from reverse_match.people.vocabulary import gender_of, language_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from reverse_match.people.reading.choices import Role


@dataclass(slots=True)
class Row:
    """What one row says of a person, and where it stands."""

    record: dict[str, Any]
    source: str
    number: int
    file_role: Role | None = None
    moment: datetime | None = None
    headings: Mapping[str, str] = field(default_factory=dict)
    """Heading by field, for messages."""
    key: str | None = None
    now_called: str | None = None
    """The id in the file, of somebody who keeps an earlier one."""

    def fault(self, message: str, column: str, code: str) -> Fault:
        """Return a fault at this row."""
        return Fault(message, self.source, self.number, self.headings.get(column, column), code)


def keep_earlier_ids(rows: Sequence[Row], notes: list[Fault]) -> None:
    """Let people whose id has changed keep the earlier one, by which their former partners are known.

    The column ``earlier_id`` says it; whoever names them by the new id means them as well.

    Parameters
    ----------
    rows : sequence of Row
        Of all files; their records are written over.
    notes : list of Fault
        Gets a note of how many there are.
    """
    kept = Counter[tuple[str, str]]()
    for row in rows:
        if EARLIER_ID not in row.record:
            continue
        earlier, now = row.record.pop(EARLIER_ID), row.record.get("id")
        if not isinstance(earlier, str) or not earlier.strip() or not isinstance(now, str):
            continue
        if id_key(earlier) != id_key(now):
            row.record["id"], row.now_called = earlier.strip(), now.strip()
            kept[row.source, row.headings.get(EARLIER_ID, EARLIER_ID)] += 1
    for (source, heading), count in kept.items():
        message = f"{quantity(count, 'person', 'people')} known by an earlier id, under which the past counts"
        notes.append(Fault(message, source, None, f"'{heading}'", "id"))


EARLIER_ID = "earlier_id"
"""Column that says under which id somebody was known before."""


def keep_latest(rows: Sequence[Row], by: str, faults: list[Fault]) -> list[Row]:
    """Return the latest answer of each person, in the order of the first answers.

    Parameters
    ----------
    rows : sequence of Row
        Of all files.
    by : str
        Heading of the column that says when.
    faults : list of Fault
        Gets a fault for each row that cannot be compared.
    """
    groups: dict[tuple[Role | None, str], list[Row]] = defaultdict(list)
    for row in rows:
        groups[row.file_role, _key(row)].append(row)
    kept = []
    for group in groups.values():
        if len(group) == 1 or not _key(group[0]):
            kept += group
            continue
        if any(row.moment is None for row in group):
            unsaid = next(row for row in group if row.moment is None)
            faults.append(
                Fault(
                    "not a day or time; the latest answer cannot be found",
                    unsaid.source,
                    unsaid.number,
                    by,
                    "not-a-day",
                )
            )
            continue
        latest = max(row.moment for row in group if row.moment is not None)
        last = [row for row in group if row.moment == latest]
        if len(last) > 1:
            message = (
                f"the same person as in row {last[0].number}, at the same time; keep one of the two rows"
            )
            faults.append(Fault(message, last[1].source, last[1].number, by, "id-twice"))
        kept.append(last[0])
    return kept


def _key(row: Row) -> str:
    """Return by what a person is known again: the id; capitals in an address do not count. It is kept."""
    if row.key is None:
        identity = row.record.get("id")
        row.key = "" if not isinstance(identity, str) else id_key(identity)
        if "@" in row.key:
            row.key = row.key.casefold()
    return row.key


def unite_roles(rows: Sequence[Row], notes: list[Fault], faults: list[Fault]) -> list[Row]:
    """Return rows in which whoever stands in files of both roles stands once, as both.

    Fields that contradict each other are faults. Of a column of the organisation's own (when a form was sent
    off, say) the first file counts, which a note tells.
    """
    if all(row.file_role is None for row in rows):
        return list(rows)
    first: dict[str, Row] = {}
    differing = Counter[str]()
    kept = []
    for row in rows:
        earlier = first.get(_key(row)) if _key(row) else None
        if earlier is None or row.file_role is None or row.file_role == earlier.file_role:
            first.setdefault(_key(row), row)
            kept.append(row)
            continue
        _unite(earlier, row, differing, faults)
    for heading, count in differing.items():
        who = "person says" if count == 1 else "people say"
        message = f"{count} {who} something else in the second file; the first counts"
        notes.append(Fault(message, None, None, f"'{heading}'", "contradictory"))
    return kept


def _unite(one: Row, other: Row, differing: Counter[str], faults: list[Fault]) -> None:
    one.record["role"] = "both"
    for name, value in other.record.items():
        mine = one.record.get(name)
        if name in ("id", "role", "name", "email") and not is_empty(mine):
            continue
        if name in WITH_OPTIONS:
            one.record[name] = _united(mine, value, name)
        elif is_empty(mine):
            one.record[name] = value
        elif is_empty(value) or _same(mine, value, name):
            continue
        elif name not in FIELDS:
            differing[name] += 1
        else:
            message = (
                f"says something else than row {one.number} of {one.source} of the same person; correct one "
                "of the two"
            )
            faults.append(other.fault(message, name, "contradictory"))


def _united(mine: Any, theirs: Any, name: str) -> Any:
    if not mine or not theirs:
        return mine or theirs
    entries = {
        _meaning(part, name): part for part in reversed([*parts_of(mine, name), *parts_of(theirs, name)])
    }
    return list(reversed(entries.values()))


def _same(one: Any, other: Any, name: str) -> bool:
    return bool(one == other) or _meaning(str(one), name) == _meaning(str(other), name)


def _meaning(word: str, name: str) -> str:
    """Return what words of a field share that mean the same."""
    if name == "languages":
        return language_of(word) or word_key(word)
    return word_key(gender_of(word) if name == "gender" else word)


def repeated(rows: Sequence[Row]) -> list[Fault]:
    """Return a fault for each person who stands in the same role twice, and what would tell which counts."""
    keys = [key for key in map(_key, rows) if key]
    if len({*keys}) == len(keys):
        return []
    first: dict[str, Row] = {}
    faults = []
    for row in rows:
        if not _key(row):
            continue
        earlier = first.setdefault(_key(row), row)
        if earlier is not row:
            place = f"row {earlier.number}" + (
                f" of {earlier.source}" if earlier.source != row.source else ""
            )
            message = (
                f"the same id as in {place}, after Unicode normalisation; ids must be unique. If somebody "
                "has answered twice, say which column tells when: --latest-by 'HEADING'"
            )
            faults.append(row.fault(message, "id", "id-twice"))
    return faults
