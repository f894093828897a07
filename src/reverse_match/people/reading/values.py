"""Makes of the columns of a sheet what a people file would hold: a column a field, in known words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from reverse_match.foundation.dates import known_zones
from reverse_match.foundation.plural import quantity
from reverse_match.foundation.text_safety import without_invisible
from reverse_match.people.reading import words
from reverse_match.people.reading.choices import LISTS, NAMING, PREFERS, RATED, SEVERAL, TIMES
from reverse_match.people.reading.dates import read_birth_dates
from reverse_match.people.reading.layout import PROTECTION
from reverse_match.people.reading.lists import note_of_non_answers, read_lists
from reverse_match.people.reading.options import (
    mark_lonely_options,
    read_options,
    read_preferences,
    written_ratings,
)
from reverse_match.people.reading.recognise import NAMES, column_called, is_address
from reverse_match.people.reading.times import read_times
from reverse_match.people.reading.words import word_key
from reverse_match.people.time_zones import is_offset, zone_meant
from reverse_match.people.typed_cells import NAMES as FIELDS_OF_NAMES
from reverse_match.people.typed_cells import written_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reverse_match.people.reading.choices import Choices, FileColumn, Findings, Role
    from reverse_match.people.reading.layout import PeopleSheet

_NEVER_SILENT = ("id", *NAMES)
_AS_TEXT = frozenset((*FIELDS_OF_NAMES, *NAMES))
"""Fields in which a number is a name."""

_PROTECTED = re.compile(r'="(.*)"', re.DOTALL)
_DECIMAL_ID = re.compile(r"(\d+)\.0+")
_DIGIT = re.compile("[0-9]")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_MOST_SHOWN = 30
"""Words of a scale that a message shows."""
_LOST_DIGITS = re.compile(r"\d([.,]\d+)?[eE]\+\d+")
_LONGEST = 500
"""Characters of a cell that may be a contact or a role."""

_CONTACT = re.compile(r"(?P<name>[^<>]*?)\s*<(?P<address>[^<>\s]+@[^<>\s]+)>")
_JOINED = re.compile(r"\s*(?:[;,/&+]|\band\b|\bet\b)\s*")


def read_values(
    sheet: PeopleSheet, choices: Choices, role: Role | None, findings: Findings
) -> dict[str, Sequence[Any]]:
    """Return the cells of each field and attribute.

    Parameters
    ----------
    sheet : PeopleSheet
        Of which each column knows its field; cells are written over.
    choices : Choices
        What is said about the file.
    role : str, optional
        The role of everybody in the file.
    findings : Findings
        Gets notes and faults.
    """
    for column in sheet.columns:
        if sheet.typed:
            _write_out(column)
        if sheet.protected:
            _unprotect(column)
    read: dict[str, Sequence[Any]] = {}
    _read_ids(sheet, choices, read, findings)
    if role is not None:
        read["role"] = [role] * len(sheet.rows)
    mark_lonely_options(sheet.columns, choices)
    for column in sheet.columns:
        _read_single(column, sheet.rows, choices, read, findings)
    for field in LISTS:
        _read_list_field(field, sheet, choices, read, findings)
    for field in TIMES:
        columns = [column for column in sheet.columns if column.field == field]
        if columns:
            read[field] = read_times(columns, sheet.rows, choices, findings)
    _read_preferences(sheet, choices, read, findings)
    _join_names(sheet, read)
    return read


def _write_out(column: FileColumn) -> None:
    """Write numbers out where names stand."""
    if column.field in _AS_TEXT:
        column.cells = [
            cell if isinstance(cell, str) or cell is None else written_out(cell) for cell in column.cells
        ]


def _unprotect(column: FileColumn) -> None:
    """Take away what protects an id from a spreadsheet."""
    if PROTECTION not in column.texts():
        return
    for place, cell in enumerate(column.cells):
        if isinstance(cell, str) and cell.startswith(PROTECTION) and (match := _PROTECTED.fullmatch(cell)):
            column.cells[place] = match[1]


def _read_ids(
    sheet: PeopleSheet, choices: Choices, read: dict[str, Sequence[Any]], findings: Findings
) -> None:
    parts = [column for key in choices.parts_of_id if (column := column_called(sheet.columns, key))]
    if parts and len(parts) == len(choices.parts_of_id):
        for part in parts:
            part.cells = [
                cell if isinstance(cell, str) or cell is None else str(written_out(cell))
                for cell in part.cells
            ]
        read["id"] = [
            "+".join(str(cell or "").strip() for cell in cells)
            for cells in zip(*(part.cells for part in parts), strict=True)
        ]
        if len(parts) == 1:
            parts[0].kind = "id"
            _read_contacts(sheet, read)
    else:
        found = next(
            (column for column in sheet.columns if column.kind == "id" or column.field == "id"), None
        )
        if found is None:
            return
        found.kind = "id"
        read["id"] = list(found.cells)
        _read_contacts(sheet, read)
    heading = next((column.heading for column in sheet.columns if column.kind == "id"), choices.id or "id")
    by_address = bool(parts) or any(
        column.kind == "id" and column.field == "email" for column in sheet.columns
    )
    if by_address or not _are_plain_ids(read["id"]):
        plain = [plain_id(cell, lower=by_address) for cell in read["id"]]
        _note_changed_ids(read["id"], plain, heading, findings)
        read["id"] = plain
    _check_ids(read["id"], heading, sheet, findings)
    if "email" not in {column.field for column in sheet.columns} and any(
        is_address(cell) for cell in read["id"] if isinstance(cell, str) and "@" in cell
    ):
        read.setdefault("email", list(read["id"]))


def contact_in(text: str) -> re.Match[str] | None:
    """Return what a text such as ``Léa Martin <lea@maison.example>`` holds."""
    return _CONTACT.fullmatch(text.strip()) if "<" in text and len(text) <= _LONGEST else None


def _read_contacts(sheet: PeopleSheet, read: dict[str, Sequence[Any]]) -> None:
    """Read ids such as ``Léa Martin <lea@maison.example>``."""
    matches = [contact_in(cell) if isinstance(cell, str) and "<" in cell else None for cell in read["id"]]
    if not any(matches):
        return
    pairs = list(zip(read["id"], matches, strict=True))
    fields = {column.field for column in sheet.columns}
    read["id"] = [match["address"] if match else cell for cell, match in pairs]
    if "name" not in fields:
        read["name"] = [match["name"] if match else None for _, match in pairs]
    if "email" not in fields:
        read["email"] = [match["address"] if match else None for _, match in pairs]


def plain_id(cell: Any, *, lower: bool = False) -> Any:
    """Return an id without what nobody sees, and without the decimal point of a number.

    Examples
    --------
    >>> plain_id("10026.0"), plain_id("Lea@maison.example", lower=True)
    ('10026', 'lea@maison.example')
    """
    if not isinstance(cell, str):
        return cell
    text = cell if cell.isascii() and cell.isprintable() else _without_what_nobody_sees(cell)
    if "." in text and (match := _DECIMAL_ID.fullmatch(text.strip())) is not None:
        return match[1]
    return text.strip().lower() if lower and is_address(text.strip()) else text


def _are_plain_ids(cells: Iterable[Any]) -> bool:
    """Say whether :func:`plain_id` returns all ids as they are, by one look at all of them."""
    together = "".join(cell for cell in cells if isinstance(cell, str))
    return together.isascii() and together.isprintable() and "." not in together


def _without_what_nobody_sees(cell: str) -> str:
    if any(letter < " " for letter in cell):
        return cell  # a line break is refused, with its place
    spaced = cell.replace("\u00a0", " ").replace("\u202f", " ")
    stripped = without_invisible(spaced).strip()
    return stripped if any(letter.isalpha() for letter in stripped) else stripped.replace(" ", "")


def _note_changed_ids(before: Sequence[Any], after: Sequence[Any], heading: str, findings: Findings) -> None:
    """Tell how many ids were read without what nobody sees, or without the decimal point of a number."""
    changed = before != after and sum(
        one is not other and isinstance(one, str) and one.strip().casefold() != other.strip().casefold()
        for one, other in zip(before, after, strict=True)
    )
    if changed:
        what = "without characters that nobody sees, or without the decimals of a number"
        message = f"{quantity(changed, 'cell')} read {what}"
        findings.note(message, heading, code="invisible-characters")


def _check_ids(ids: Sequence[Any], heading: str, sheet: PeopleSheet, findings: Findings) -> None:
    for row, cell in zip(sheet.rows, ids, strict=True):
        if isinstance(cell, str) and "+" in cell and _LOST_DIGITS.fullmatch(cell.strip()):
            message = (
                "a number such as 1.23E+11 that has lost its digits in a spreadsheet; export the file again "
                "with this column as text"
            )
            findings.fault(message, heading, row, "lost-digits")


def _read_single(
    column: FileColumn,
    rows: Sequence[int],
    choices: Choices,
    read: dict[str, Sequence[Any]],
    findings: Findings,
) -> None:
    """Read a column of one value each: a field, or an attribute."""
    field = column.field
    if field in SEVERAL or field == "" or field == "id":
        return
    _read_words(column, rows, choices, findings)
    if field not in ("name", "first_name", "last_name"):
        read.setdefault(field or column.heading, column.cells)


def _read_words(column: FileColumn, rows: Sequence[int], choices: Choices, findings: Findings) -> None:
    """Write what the words of a column mean."""
    field = column.field
    if field not in _NEVER_SILENT:
        read_words_of(column, choices, findings)
    if field == "birth_date":
        read_birth_dates(column, choices, findings)
    elif field == "manager_id":
        _read_managers(column, findings)
    elif field == "timezone":
        _read_time_zones(column, findings)
    elif field not in (*_NEVER_SILENT, "role"):
        _read_scales(column, rows, choices, findings)


def _read_managers(column: FileColumn, findings: Findings) -> None:
    """Read ids of managers as ids of people are read."""
    distinct = column.distinct()
    if _are_plain_ids(distinct):
        return
    known = {cell: plain_id(cell) for cell in (*distinct, "")}
    plain = [known[cell] if isinstance(cell, str) else cell for cell in column.cells]
    _note_changed_ids(column.cells, plain, column.heading, findings)
    column.cells = plain


def _read_scales(column: FileColumn, rows: Sequence[int], choices: Choices, findings: Findings) -> None:
    field = column.field
    if scale := choices.scale_of(column.heading, *column.aliases, *column.questions, field or ""):
        _read_scale(column, scale, rows, findings)
    elif field == "grade":
        _ask_for_scale(column, findings)


def _read_scale(column: FileColumn, scale: Sequence[str], rows: Sequence[int], findings: Findings) -> None:
    """Write the place of each word on its scale, from 1 on."""
    column.kind = "scale"
    place_of = {word: place for place, word in enumerate(scale, start=1)}
    for place, (row, cell) in enumerate(zip(rows, column.cells, strict=True)):
        key = "" if cell is None else word_key(str(cell))
        if key in place_of:
            column.cells[place] = place_of[key]
        elif key:
            listed = ", ".join(scale[:_MOST_SHOWN])
            message = f"not a word of the scale; right would be {listed}"
            findings.fault(message, column.heading, row, "unknown-word")
            column.cells[place] = None


def _ask_for_scale(column: FileColumn, findings: Findings) -> None:
    """Ask once for the order of words, where a column of numbers holds words."""
    filled = column.filled()
    words_of = [cell for cell in filled if not _NUMBER.fullmatch(cell)]
    if 2 * len(words_of) > len(filled):
        message = (
            "holds words, not numbers; say their order, the lowest first, for instance "
            f"--scale '{column.field}=junior;senior;head'"
        )
        findings.fault(message, column.heading, code="unknown-word")


def _read_time_zones(column: FileColumn, findings: Findings) -> None:
    """Write the name of the database for each time zone that is named otherwise, which a note tells."""
    distinct = {cell for cell in column.cells if isinstance(cell, str) and cell.strip()}
    zones = {cell: zone_meant(cell.strip()) for cell in distinct if cell.strip() not in known_zones()}
    meant = {cell: zone for cell, zone in zones.items() if zone is not None}
    if not meant:
        return
    column.cells = [meant.get(cell, cell) if isinstance(cell, str) else cell for cell in column.cells]
    example = f"'{min(meant.values())}'"
    message = f"time zones in other words are read as names of the IANA database, such as {example}"
    findings.note(message, column.heading, code="time-zone")
    if any(is_offset(cell.strip()) for cell in meant):
        message = "an offset such as UTC+2 is read as a clock without summer time"
        findings.note(message, column.heading, code="time-zone")


def read_words_of(column: FileColumn, choices: Choices, findings: Findings) -> None:
    """Write the meaning of words in a column of one value each over them."""
    if column.field == "role":
        _read_roles(column, choices, findings)
    else:
        _silence(column, choices, findings, words.NO_MANAGER if column.field == "manager_id" else frozenset())


def _silence(
    column: FileColumn, choices: Choices, findings: Findings, more: frozenset[str] = frozenset()
) -> None:
    """Empty the cells that say that there is no answer."""
    silent = choices.non_answers | more
    numbers = any(map(_DIGIT.search, silent))  # else no id such as "person-7" can be one of these
    found = {
        cell
        for cell in column.distinct()
        if (numbers or not _DIGIT.search(cell)) and word_key(cell) in silent
    }
    if found:
        count = sum(1 for cell in column.cells if isinstance(cell, str) and cell in found)
        column.cells = [None if isinstance(cell, str) and cell in found else cell for cell in column.cells]
        note_of_non_answers(column, count, findings)


def _read_roles(column: FileColumn, choices: Choices, findings: Findings) -> None:
    known = {
        **words.ROLES,
        **{word_key(word): str(role) for word, role in choices.words.get("role", {}).items()},
    }
    distinct = {cell for cell in column.distinct() if cell.strip()}
    meant = {cell: role_of(cell, known) for cell in distinct}
    if (
        any(word_key(cell) == words.WITHOUT_ACCENT for cell in distinct)
        and all(map(str.isascii, distinct))
        and not any(role == "mentee" for role in meant.values())
    ):
        message = (
            "'mentore' teaches, and 'mentoré' learns, but this file has no accents; say which with a reading "
            "([words.role])"
        )
        findings.fault(message, column.heading, code="unknown-word")
    column.cells = [meant.get(cell) or cell if isinstance(cell, str) else cell for cell in column.cells]


def role_of(cell: str, known: Any) -> str | None:
    """Return the role that a cell says; several words for roles say both.

    Examples
    --------
    >>> role_of("Mentor;Mentee;", words.ROLES), role_of("Mentorée", words.ROLES)
    ('both', 'mentee')
    """
    role = known.get(word_key(cell))
    if role is not None:
        return str(role)
    if len(cell) > _LONGEST:
        return None
    parts = [part for part in _JOINED.split(cell) if part.strip()]
    roles = {known.get(word_key(part)) for part in parts}
    if not parts or None in roles:
        return None
    return "both" if len(roles) > 1 else str(roles.pop())


def _read_list_field(
    field: str, sheet: PeopleSheet, choices: Choices, read: dict[str, Sequence[Any]], findings: Findings
) -> None:
    columns = [column for column in sheet.columns if column.field == field]
    plain = [column for column in columns if column.option is None]
    options = [column for column in columns if column.option is not None]
    for column in plain:
        read_lists(column, choices, findings)
        if field in NAMING:
            _read_ids_of_others(column, findings)
    if not columns:
        return
    if not options and len(plain) == 1:
        read[field] = plain[0].cells
        return
    chosen = (
        read_options(options, field, sheet.rows, choices, findings) if options else [{} for _ in sheet.rows]
    )
    cells = [written_ratings(one, field) for one in chosen]
    for column in plain:
        cells = [_joined(one, other, field) for one, other in zip(cells, column.cells, strict=True)]
    read[field] = cells


def _read_preferences(
    sheet: PeopleSheet, choices: Choices, read: dict[str, Sequence[Any]], findings: Findings
) -> None:
    """Read what people say about others: in a cell of its own, or under a question for each value."""
    columns = [column for column in sheet.columns if column.field == PREFERS]
    if not columns:
        return
    options = [column for column in columns if column.option is not None]
    cells: list[Any] = [None for _ in sheet.rows]
    if options:
        cells = list(read_preferences(options, len(sheet.rows), choices, findings))
    for column in columns:
        if column.option is None:
            _read_words(column, sheet.rows, choices, findings)
            cells = [_joined(one, other, PREFERS) for one, other in zip(cells, column.cells, strict=True)]
    read[PREFERS] = cells


def _read_ids_of_others(column: FileColumn, findings: Findings) -> None:
    """Read lists of ids as the ids themselves are read, so that they name the same people."""
    field = column.field or ""
    lists = [parts_of(cell, field) if isinstance(cell, str) else cell for cell in column.cells]
    plain = [list(map(plain_id, parts)) if isinstance(parts, list) else parts for parts in lists]
    _note_changed_ids(_joined_ids(lists), _joined_ids(plain), column.heading, findings)
    column.cells = [
        ";".join(parts) if isinstance(cell, str) else parts
        for cell, parts in zip(column.cells, plain, strict=True)
    ]


def _joined_ids(lists: Sequence[Any]) -> list[Any]:
    return [";".join(map(str, parts)) if isinstance(parts, list) else None for parts in lists]


def _joined(one: Any, other: Any, field: str) -> Any:
    """Return what stands in two cells of one list."""
    if not one or not other:
        return one or other
    return [*parts_of(one, field), *parts_of(other, field)]


def parts_of(cell: Any, field: str) -> list[str]:
    """Return the entries of a cell of a list: text, a list or a mapping.

    Examples
    --------
    >>> parts_of({"Python": 4}, "offers"), parts_of("fr;en", "languages")
    (['Python:4'], ['fr', 'en'])
    """
    if isinstance(cell, dict):
        return [f"{name}:{rating}" if field in RATED else str(name) for name, rating in cell.items()]
    if isinstance(cell, str):
        return [part.strip() for part in cell.split(";") if part.strip()]
    return [str(part) for part in cell or ()]


def _join_names(sheet: PeopleSheet, read: dict[str, Sequence[Any]]) -> None:
    """Make one name of its columns: first names go first."""
    order = {"first_name": 0, "name": 1, "last_name": 2}
    whole = [column for column in sheet.columns if column.field == "name"]
    parts = [column for column in sheet.columns if column.field in ("first_name", "last_name")]
    if not whole and len(parts) == 1:
        whole, parts = parts, []
    if whole:  # then its parts are kept as they are
        read.update({part.heading: part.cells for part in parts})
    columns = whole or sorted(parts, key=lambda column: order[column.field or ""])
    if columns:
        read["name"] = [
            " ".join(" ".join(str(cell).split()) for cell in cells if cell is not None and str(cell).strip())
            or None
            for cells in zip(*(column.cells for column in columns), strict=True)
        ]
