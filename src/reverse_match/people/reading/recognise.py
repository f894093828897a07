"""Decides which column is which field: what is mapped, own names, usual headings, then the cells."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from reverse_match.foundation.errors import CohortError, Fault
from reverse_match.foundation.names import LONGEST_SHOWN, did_you_mean, near_name
from reverse_match.foundation.text_safety import shorten
from reverse_match.people.cells import is_empty
from reverse_match.people.headings import PEOPLE, heading_key
from reverse_match.people.participant import NAME_PARTS, SHOWN_ALONE
from reverse_match.people.reading.choices import SEVERAL, TIMES, fold_heading
from reverse_match.people.reading.words import ROLES, word_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.people.reading.choices import Choices, FileColumn, Findings, Role

NAMES = (*NAME_PARTS, *SHOWN_ALONE)
"""Fields of a name, which become ``name`` and ``email``."""

_ADDRESS = re.compile(r"[^@\s<>]+@[^@\s<>]+")
_CONTACT = re.compile(r"[^<>@]+<[^@\s<>]+@[^@\s<>]+>")
_INNER_CAPITAL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])")
_NUMBERED = frozenset(
    (
        *("start time", "heure de debut", "completion time", "heure de fin", "startzeit"),
        *("fertigstellungszeit", "hora de inicio", "hora de finalizacion", "submitdate", "date submitted"),
        *("date de soumission", "datum abgeschickt"),
    )
)
_SHORTEST_SCALE = 2
_RATINGS = ("level", "priority")
"""What the words for skills that are offered, and for those that are wanted, say."""
"""Beside these a column called ID numbers the answers of a form."""

_LONGEST_CONTACT = 500
_EMPTY_TWIN = "empty, and its heading stands twice"


def is_recognised(heading: str) -> bool:
    """Say whether a heading is one that is known without a mapping.

    Examples
    --------
    >>> is_recognised("Prénom"), is_recognised("Favourite colour")
    (True, False)
    """
    return PEOPLE.recognises(heading) or PEOPLE.recognises(_spaced(heading))


def field_of_heading(heading: str) -> str | None:
    """Return the field that a heading names or is usual for.

    Examples
    --------
    >>> field_of_heading("I can teach"), field_of_heading("workEmail"), field_of_heading("Favourite colour")
    ('offers', 'email', None)
    """
    keys = (heading_key(heading), heading_key(_spaced(heading)))
    found = (table.get(key) for table in (PEOPLE.by_own_name, PEOPLE.by_usual) for key in keys)
    return next((field for field in found if field), None)


def _spaced(heading: str) -> str:
    """Return a heading such as ``workEmail`` as two words."""
    return _INNER_CAPITAL.sub(" ", heading)


def is_address(text: str) -> bool:
    """Say whether a text is an e-mail address."""
    return _ADDRESS.fullmatch(text) is not None


def is_contact(text: str) -> bool:
    """Say whether a text is a name with an e-mail address: ``Léa Martin <lea@maison.example>``."""
    return len(text) <= _LONGEST_CONTACT and _CONTACT.fullmatch(text.strip()) is not None


def assign_fields(columns: list[FileColumn], choices: Choices, role: Role | None, findings: Findings) -> None:
    """Say of each column which field it is; ``None`` makes it an attribute.

    Raises
    ------
    CohortError
        If two columns claim a field that has one value.
    """
    _assign_mapped(columns, choices)
    _assign_own(columns)
    _leave_out_numbers(columns, choices, findings)
    claimed = {column.field for column in columns if column.field}
    for column in columns:
        if column.field is None and (field := _usual_field(column)) and field not in claimed:
            column.field, column.why = field, "usual heading"
    if choices.id:
        _let_go_of_other_ids(columns)
    _leave_out_addresses_that_are_none(columns, findings)
    if role is not None:
        for column in [column for column in columns if column.field == "role"]:
            columns.remove(column)
            message = f"is left out: who stands in this file is a {role}"
            findings.note(message, column.heading, code="column-left-out")
    _refuse_two(columns, findings)
    _refuse_options_twice(columns, choices, findings)
    if role is None:
        _find_role(columns, findings)
    _find_id(columns, choices, findings)


def unmapped_faults(columns: Sequence[FileColumn], choices: Choices, name: str) -> list[Fault]:
    """Return a fault for each heading that is mapped and stands in no file."""
    known = {key for column in columns for key in (*keys_of(column), *_keys_of_place(column))}
    known |= choices.elsewhere
    faults = []
    for heading, field in choices.mapping.items():
        message = "is mapped to nothing; right would be HEADING=field"
        if field.strip() and fold_heading(heading) in known:
            continue
        if field.strip():
            message = f"no such column to map{did_you_mean(heading, _headings_meant(columns, heading))}"
        faults.append(Fault(message, name, column=f"'{heading}'", code="unknown-heading"))
    for what, heading in [("compose ids of", part) for part in (choices.id or "").split("+") if part] + [
        ("compare answers by", part) for part in [choices.latest_by] if part
    ]:
        if fold_heading(heading) not in known:
            message = f"no such column to {what}{did_you_mean(heading, _headings_meant(columns, heading))}"
            faults.append(Fault(message, name, column=f"'{heading}'", code="unknown-heading"))
    return faults


def _headings_meant(columns: Sequence[FileColumn], name: str) -> list[str]:
    """Return the headings that a message may list; without a heading row, the nearest to a name alone.

    Then the first row holds what people are called, or what they have said.
    """
    headings = [column.heading for column in columns]
    near = near_name(name, headings)
    return headings if any(map(PEOPLE.recognises, headings)) else [near] if near else []


def scale_faults(columns: Sequence[FileColumn], choices: Choices, name: str) -> list[Fault]:
    """Return a fault for each scale that is none, or whose column stands in no file."""
    known = {key for column in columns for key in [*keys_of(column), fold_heading(column.field or "")]}
    faults = []
    for heading, words in choices.scales.items():
        if fold_heading(heading) not in known and heading not in _RATINGS:
            message = (
                f"no such column to put on a scale{did_you_mean(heading, _headings_meant(columns, heading))}"
            )
            faults.append(Fault(message, name, column=f"'{heading}'", code="unknown-heading"))
        elif len({*map(word_key, words)}) != len(words) or len(words) < _SHORTEST_SCALE:
            message = "no scale; right would be two words or more, each once, the lowest first"
            faults.append(Fault(message, name, column=f"'{heading}'", code="incomplete"))
    return faults


def column_called(columns: Sequence[FileColumn], key: str) -> FileColumn | None:
    """Return the column under a folded heading."""
    found = (column for keys in (_own_keys, _keys_of_place) for column in columns if key in keys(column))
    return next(found, None)


def _own_keys(column: FileColumn) -> list[str]:
    return [fold_heading(column.heading), *map(fold_heading, column.aliases)]


def keys_of(column: FileColumn) -> list[str]:
    """Return every folded heading that names a column, or the question that it shares with others."""
    return [*_own_keys(column), *map(fold_heading, column.questions)]


def _keys_of_place(column: FileColumn) -> list[str]:
    return (
        [f"column {column.letter}".casefold(), f"colonne {column.letter}".casefold()] if column.place else []
    )


def _assign_mapped(columns: Sequence[FileColumn], choices: Choices) -> None:
    said = choices.fields_by_heading
    if not said:
        return
    literal = {key for column in columns for key in _own_keys(column)}
    for column in columns:
        keys = [*(key for key in _keys_of_place(column) if key not in literal), *keys_of(column)]
        key = next((key for key in keys if key in said), None)
        if key is None or not said[key]:
            continue
        column.why = "mapped"
        name, colon, option = said[key].partition(":")
        field = PEOPLE.by_own_name.get(heading_key(name))
        if colon and field in SEVERAL and option.strip():
            column.field, column.option = field, option.strip()
        else:
            column.field = PEOPLE.by_own_name.get(heading_key(said[key]), said[key])


def _assign_own(columns: Sequence[FileColumn]) -> None:
    mapped = {(fold_heading(column.heading), column.field) for column in columns if column.why == "mapped"}
    for column in columns:
        own = PEOPLE.by_own_name.get(heading_key(column.heading))
        if column.field is None and own is not None:
            twin = (fold_heading(column.heading), own) in mapped
            column.field, column.why = (
                ("", "another column of this heading is mapped") if twin else (own, "its name")
            )


def _usual_field(column: FileColumn) -> str | None:
    for heading in (column.heading, *column.aliases, *column.questions):
        found = PEOPLE.by_usual.get(heading_key(heading)) or PEOPLE.by_usual.get(
            heading_key(_spaced(heading))
        )
        if found is not None and (column.option is None or found in SEVERAL):
            return found
    own = (PEOPLE.by_own_name.get(heading_key(question)) for question in column.questions)
    return next((field for field in own if field in TIMES), None)


def _leave_out_numbers(columns: list[FileColumn], choices: Choices, findings: Findings) -> None:
    """Drop a column called ID that numbers the answers of a form."""
    numbered = any(heading_key(column.heading) in _NUMBERED for column in columns)
    if not (numbered or choices.id) or "id" in choices.parts_of_id:
        return
    for column in [column for column in columns if column.field == "id" and column.why != "mapped"]:
        columns.remove(column)
        findings.note("numbers answers, and is left out", column.heading, code="column-left-out")


def _let_go_of_other_ids(columns: Sequence[FileColumn]) -> None:
    """Let columns be none of ids where another is asked for."""
    for column in columns:
        if column.field == "id" and column.why != "mapped":
            column.field, column.why = None, ""


def _leave_out_addresses_that_are_none(columns: list[FileColumn], findings: Findings) -> None:
    """Leave out a column of addresses that holds none: a form of which nobody is asked writes "anonymous"."""
    for column in list(columns):
        if column.field == "email" and column.why != "mapped":
            cells = column.filled()
            if cells and not any("@" in cell for cell in cells):
                columns.remove(column)
                message = "holds no e-mail address, and is left out"
                findings.note(message, column.heading, code="column-left-out")


def _refuse_two(columns: Sequence[FileColumn], findings: Findings) -> None:
    claims: dict[str, list[FileColumn]] = defaultdict(list)
    for column in columns:
        if column.field != "":
            claims[column.field or column.heading].append(column)
    faults = []
    for name, claimants in sorted(claims.items()):
        if len(claimants) == 1 or name in (*SEVERAL, *NAME_PARTS, "name"):
            continue
        if name == "email" and _has_one_address(claimants, columns, findings):
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


def _refuse_options_twice(columns: Sequence[FileColumn], choices: Choices, findings: Findings) -> None:
    """Refuse a mapped heading that is an option of two questions: whoever maps it means one of them."""
    said = choices.fields_by_heading
    twins: dict[str, list[FileColumn]] = defaultdict(list)
    for column in columns:
        key = fold_heading(column.heading)
        if key in said and column.option is None and _says_its_heading(column):
            twins[key].append(column)
    faults = [
        _twice(group, group[0].field or "", findings)
        for group in twins.values()
        if len(group) > 1 and len({column.field for column in group}) == 1
    ]
    if faults:
        raise CohortError(faults)


def _says_its_heading(column: FileColumn) -> bool:
    key = word_key(column.heading)
    return all(word_key(cell) == key for cell in column.filled())


def _twice(claimants: Sequence[FileColumn], field: str, findings: Findings) -> Fault:
    places = " and ".join(column.letter for column in claimants if column.place)
    message = (
        f"the same heading stands here twice (columns {places}); say which one counts by its place: "
        f"--map 'column {claimants[-1].letter}={field}'"
    )
    return Fault(message, findings.name, findings.heading_row, claimants[0].heading, "heading-twice")


def _has_one_address(
    claimants: Sequence[FileColumn], columns: Sequence[FileColumn], findings: Findings
) -> bool:
    """Let one of several columns of addresses be the address of a person; say whether that is possible.

    Where all say the same, the first is. Where something else is the id, the first is as well, and the others
    stay as columns of their own.
    """
    same = all(column.cells == claimants[0].cells for column in claimants)
    if not same and not any(column.field == "id" for column in columns):
        return False
    for column in claimants[1:]:
        column.field, column.why = ("", "says the same as another column") if same else (None, "")
    if not same:
        message = "is taken for the address; other columns of addresses stay as they are"
        findings.note(message, claimants[0].heading, code="column-left-out")
    return True


def _same_heading_twice(claimants: Sequence[FileColumn], findings: Findings) -> list[Fault]:
    """Return a fault where a heading of a field stands twice over different values.

    Of columns that say the same, or of which one alone holds anything, one is kept. Columns that nothing uses
    are left out where it is open which is meant; a mapping by their place brings them back.
    """
    filled = [column for column in claimants if not all(map(is_empty, column.cells))]
    heading = claimants[0].heading
    places = " and ".join(column.letter for column in claimants if column.place)
    if all(column.cells == filled[0].cells for column in filled[1:]):
        for column in claimants:
            if column is not (filled or claimants)[0]:
                why = "says the same as another column of its heading" if column in filled else _EMPTY_TWIN
                column.field, column.why = "", why
        return []
    if claimants[0].field is None:
        for column in claimants:
            column.field, column.why = "", "its heading stands twice"
        message = (
            f"stands over columns {places}, and is left out; to use one of them, name its place: "
            f"--map 'column {claimants[-1].letter}=NAME'"
        )
        findings.note(message, heading, code="column-left-out")
        return []
    return [_twice(claimants, claimants[0].field, findings)]


def _find_id(columns: Sequence[FileColumn], choices: Choices, findings: Findings) -> None:
    """Take the one column of addresses for the id, where nothing else can be it."""
    if choices.id:
        _address_of_id(columns, choices)
        return
    if any(column.field == "id" for column in columns):
        return
    found = [column for column in columns if column.field == "email" and _all_addresses(column)]
    found = found or [column for column in columns if column.field is None and _all_addresses(column)]
    contacts = [column for column in columns if column.field in (None, *NAMES) and _all_contacts(column)]
    if not found and len(contacts) == 1:
        contacts[0].field, contacts[0].why = "id", "holds names with addresses"
        message = "is taken for the id: it alone holds a name and an address of everybody"
        findings.note(message, contacts[0].heading, code="id")
    if len(found) == 1:
        found[0].field, found[0].why = "email", found[0].why or "holds addresses"
        found[0].kind = "id"
        findings.note(
            "is taken for the id: it alone holds an address of everybody", found[0].heading, code="id"
        )


def _address_of_id(columns: Sequence[FileColumn], choices: Choices) -> None:
    """Take a column that is said to be the id for the address, too, where it holds addresses."""
    parts = choices.parts_of_id
    column = column_called(columns, parts[0]) if len(parts) == 1 else None
    if column is not None and column.field is None and _all_addresses(column):
        column.field, column.why = "email", "holds addresses"


def _find_role(columns: Sequence[FileColumn], findings: Findings) -> None:
    """Take the one column in which everybody says a role for the role, where no heading says it."""
    if any(column.field == "role" for column in columns):
        return
    found = [column for column in columns if column.field is None and _all_roles(column)]
    if len(found) == 1:
        found[0].field, found[0].why = "role", "holds roles"
        findings.note("is taken for the role: it alone says one of everybody", found[0].heading, code="role")


def _all_roles(column: FileColumn) -> bool:
    roles = {ROLES.get(word_key(str(cell or ""))) for cell in column.cells}
    return None not in roles and len(roles) > 1


def _all_addresses(column: FileColumn) -> bool:
    return bool(column.cells) and all(is_address(str(cell or "").strip()) for cell in column.cells)


def _all_contacts(column: FileColumn) -> bool:
    return bool(column.cells) and all(is_contact(str(cell or "")) for cell in column.cells)
