"""Decides which column is which field: what is mapped, own names, usual headings, then the cells."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from reverse_match.foundation.errors import CohortError, Fault
from reverse_match.foundation.names import LONGEST_SHOWN, did_you_mean
from reverse_match.foundation.text_safety import shorten
from reverse_match.people.cells import is_empty
from reverse_match.people.headings import PEOPLE, heading_key
from reverse_match.people.participant import NAME_PARTS, SHOWN_ALONE
from reverse_match.people.reading.choices import LISTS, fold_heading
from reverse_match.people.reading.words import word_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.people.reading.choices import Choices, Column, Findings, Role

NAMES = (*NAME_PARTS, *SHOWN_ALONE)
"""Fields of a name, which become ``name`` and ``email``."""

_ADDRESS = re.compile(r"[^@\s<>]+@[^@\s<>]+")
_SHORTEST_SCALE = 2
_RATINGS = ("level", "priority")
"""What the words for skills that are offered, and for those that are wanted, say."""
_NUMBERED = frozenset(("start time", "heure de debut", "completion time", "heure de fin", "submitdate"))
"""Beside these a column called ID numbers the answers of a form."""


def is_recognised(heading: str) -> bool:
    """Say whether a heading is one that is known without a mapping.

    Examples
    --------
    >>> is_recognised("Prénom"), is_recognised("Favourite colour")
    (True, False)
    """
    return PEOPLE.recognises(heading)


def is_address(text: str) -> bool:
    """Say whether a text is an e-mail address."""
    return _ADDRESS.fullmatch(text) is not None


def assign_fields(columns: list[Column], choices: Choices, role: Role | None, findings: Findings) -> None:
    """Say of each column which field it is; ``None`` makes it an attribute.

    Raises
    ------
    CohortError
        If two columns claim a field that has one value.
    """
    _assign_mapped(columns, choices)
    _assign_own(columns)
    claimed = {column.field for column in columns if column.field}
    for column in columns:
        if column.field is None and (field := _usual_field(column)) and field not in claimed:
            column.field, column.why = field, "usual heading"
    _let_go_of_numbers(columns, choices, findings)
    _leave_out_addresses_that_are_none(columns, findings)
    if role is not None:
        for column in [column for column in columns if column.field == "role"]:
            columns.remove(column)
            message = f"is left out: who stands in this file is a {role}"
            findings.note(message, column.heading, code="column-left-out")
    _refuse_two(columns, findings)
    _find_id(columns, choices, findings)


def unmapped_faults(columns: Sequence[Column], choices: Choices, name: str) -> list[Fault]:
    """Return a fault for each heading that is mapped and stands in no file."""
    known = {key for column in columns for key in _keys(column)}
    headings = [column.heading for column in columns]
    faults = []
    for heading, field in choices.mapping.items():
        message = "is mapped to nothing; right would be HEADING=field"
        if field.strip() and fold_heading(heading) in known:
            continue
        if field.strip():
            message = f"no such column to map{did_you_mean(heading, headings)}"
        faults.append(Fault(message, name, column=f"'{heading}'", code="unknown-heading"))
    for what, heading in [("compose ids of", part) for part in (choices.id or "").split("+") if part] + [
        ("compare answers by", part) for part in [choices.latest_by] if part
    ]:
        if fold_heading(heading) not in known:
            message = f"no such column to {what}{did_you_mean(heading, headings)}"
            faults.append(Fault(message, name, column=f"'{heading}'", code="unknown-heading"))
    return faults


def scale_faults(columns: Sequence[Column], choices: Choices, name: str) -> list[Fault]:
    """Return a fault for each scale that is none, or whose column stands in no file."""
    known = {key for column in columns for key in [*_keys(column), fold_heading(column.field or "")]}
    headings = [column.heading for column in columns]
    faults = []
    for heading, words in choices.scales.items():
        if fold_heading(heading) not in known and heading not in _RATINGS:
            message = f"no such column to put on a scale{did_you_mean(heading, headings)}"
            faults.append(Fault(message, name, column=f"'{heading}'", code="unknown-heading"))
        elif len({*map(word_key, words)}) != len(words) or len(words) < _SHORTEST_SCALE:
            message = "no scale; right would be two words or more, each once, the lowest first"
            faults.append(Fault(message, name, column=f"'{heading}'", code="incomplete"))
    return faults


def column_called(columns: Sequence[Column], key: str) -> Column | None:
    """Return the column under a folded heading."""
    return next((column for column in columns if key in _own_keys(column)), None)


def _own_keys(column: Column) -> list[str]:
    return [fold_heading(column.heading), *map(fold_heading, column.aliases)]


def _keys(column: Column) -> list[str]:
    return [*_own_keys(column), *map(fold_heading, column.questions)]


def _assign_mapped(columns: Sequence[Column], choices: Choices) -> None:
    said = choices.fields_by_heading
    if not said:
        return
    for column in columns:
        key = next((key for key in _keys(column) if key in said), None)
        if key is not None and said[key]:
            column.field, column.why = PEOPLE.by_own_name.get(heading_key(said[key]), said[key]), "mapped"


def _assign_own(columns: Sequence[Column]) -> None:
    for column in columns:
        own = PEOPLE.by_own_name.get(heading_key(column.heading))
        if column.field is None and own is not None:
            column.field, column.why = own, "its name"


def _usual_field(column: Column) -> str | None:
    for heading in (column.heading, *column.aliases, *column.questions):
        key = heading_key(heading)
        found = PEOPLE.by_usual.get(key)
        if found is not None and (column.option is None or found in LISTS):
            return found
    return None


def _let_go_of_numbers(columns: list[Column], choices: Choices, findings: Findings) -> None:
    """Drop columns that number the answers of a form, and ids that are not the one that is asked for."""
    numbered = any(heading_key(column.heading) in _NUMBERED for column in columns)
    for column in list(columns):
        if column.field != "id" or column.why == "mapped" or not (numbered or choices.id):
            continue
        column.field, column.why = None, ""
        if heading_key(column.heading) == "id" and "id" not in choices.parts_of_id:
            columns.remove(column)
            findings.note("numbers answers, and is left out", column.heading, code="column-left-out")


def _leave_out_addresses_that_are_none(columns: list[Column], findings: Findings) -> None:
    """Leave out a column of addresses that holds none: a form of which nobody is asked writes "anonymous"."""
    for column in list(columns):
        if column.field == "email" and column.why != "mapped":
            cells = column.filled()
            if cells and not any("@" in cell for cell in cells):
                columns.remove(column)
                message = "holds no e-mail address, and is left out"
                findings.note(message, column.heading, code="column-left-out")


def _refuse_two(columns: Sequence[Column], findings: Findings) -> None:
    claims: dict[str, list[Column]] = defaultdict(list)
    for column in columns:
        claims[column.field or column.heading].append(column)
    faults = []
    for name, claimants in sorted(claims.items()):
        if len(claimants) == 1 or name in (*LISTS, *NAMES):
            continue
        if claimants[0].field is None or len({column.heading for column in claimants}) == 1:
            faults += _same_heading_twice(claimants, findings)
            continue
        shown = " and ".join(f"'{shorten(column.heading, LONGEST_SHOWN)}'" for column in claimants)
        field = shorten(name, LONGEST_SHOWN)
        message = f"{shown} both mean '{field}'; say which one with a mapping such as 'HEADING={field}'"
        faults.append(Fault(message, findings.name, code="heading-twice"))
    if faults:
        raise CohortError(faults)


def _same_heading_twice(claimants: Sequence[Column], findings: Findings) -> list[Fault]:
    """Return a fault where a heading stands twice over values; over one, the other is left out."""
    filled = [column for column in claimants if not all(map(is_empty, column.cells))]
    if claimants[0].field is None and len(filled) <= 1:
        for column in claimants:
            if column is not (filled or claimants)[0]:
                column.field, column.why = "", "empty, and its heading stands twice"
        return []
    message = "the same heading stands here twice"
    return [Fault(message, findings.name, findings.heading_row, claimants[0].heading, "heading-twice")]


def _find_id(columns: Sequence[Column], choices: Choices, findings: Findings) -> None:
    """Take the one column of addresses for the id, where nothing else can be it."""
    if choices.id or any(column.field == "id" for column in columns):
        return
    found = [column for column in columns if column.field == "email" and _all_addresses(column)]
    found = found or [column for column in columns if column.field is None and _all_addresses(column)]
    if len(found) == 1:
        found[0].field, found[0].why = "email", found[0].why or "holds addresses"
        found[0].kind = "id"
        findings.note(
            "is taken for the id: it alone holds an address of everybody", found[0].heading, code="id"
        )


def _all_addresses(column: Column) -> bool:
    return bool(column.cells) and all(is_address(str(cell or "").strip()) for cell in column.cells)
