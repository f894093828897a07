"""Writes people so that reading returns the same people, to the last value.

JSON can hold everything. CSV cannot distinguish the number 7 from the text 7 in an organisation's own column,
nor hold a name with a semicolon, and a cell that a spreadsheet would run gets an apostrophe. So a written CSV
text is read again before it is returned, and refused if it does not give the same people.
"""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any

from reverse_match.foundation.errors import CohortError, Fault, InputError
from reverse_match.foundation.text_safety import safe_cell
from reverse_match.people.cohort import Source, cohort_of
from reverse_match.people.headings import FIELDS
from reverse_match.people.participant import SHOWN_ALONE
from reverse_match.people.read import csv_records

if TYPE_CHECKING:
    from reverse_match.people.cohort import Cohort
    from reverse_match.people.participant import Participant

_NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?")
_ALWAYS = ("id", "role")


def people_json(cohort: Cohort) -> str:
    """Return people as a people file in JSON, which reads back the same.

    Examples
    --------
    >>> import reverse_match as rm
    >>> print(people_json(rm.Cohort.from_records([{"id": "m", "role": "both", "km": 7}])))
    [
      {
        "id": "m",
        "role": "both",
        "attributes": {
          "km": 7
        }
      }
    ]
    """
    records = [person.model_dump(mode="json", exclude_defaults=True) for person in cohort.participants]
    return json.dumps(records, ensure_ascii=False, indent=2) + "\n"


def people_csv(cohort: Cohort, name: str) -> str:
    """Return people as a people file in CSV.

    Parameters
    ----------
    cohort : Cohort
        The people.
    name : str
        Name of the file, for messages.

    Raises
    ------
    InputError
        If the file would not read back the same; the error names the columns.

    Examples
    --------
    >>> import reverse_match as rm
    >>> print(people_csv(rm.Cohort.from_records([{"id": "m", "role": "both", "seeks": "AI:3"}]), "a.csv"))
    id,role,seeks
    m,both,AI:3
    """
    given = {column for person in cohort.participants for column in person.model_dump(exclude_defaults=True)}
    fields = [field for field in FIELDS if (field in given and field != "wants_ranks") or field in _ALWAYS]
    attributes = list(dict.fromkeys(key for person in cohort.participants for key in person.attributes))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([safe_cell(heading) for heading in (*fields, *attributes)])
    for person in cohort.participants:
        values = [_wishes(person) if field == "wants" else getattr(person, field) for field in fields]
        values += [person.attributes.get(column) for column in attributes]
        writer.writerow([_cell(value) for value in values])
    _refuse_what_changes(cohort, text.getvalue(), name)
    return text.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dict):
        value = tuple(f"{name}:{rating}" for name, rating in value.items())
    text = _list(value) if isinstance(value, tuple) else str(value)
    return text if _NUMBER.fullmatch(text) else safe_cell(text)


def _wishes(person: Participant) -> tuple[str, ...]:
    """Return the entries of ``wants``: with ``=`` between people of one rank, or with ranks with gaps."""
    if not person.wants_ranks:
        return person.wants
    ranked = list(zip(person.wants_ranks, person.wants, strict=True))
    by_rank = [[name for rank, name in ranked if rank == one] for one in sorted({*person.wants_ranks})]
    if max(person.wants_ranks) == len(by_rank):
        return tuple("=".join(names) for names in by_rank)
    return tuple(f"{name}:{rank}" for rank, name in ranked)


def _list(names: tuple[str, ...]) -> str:
    """Return names as one text; a semicolon shows that nothing else separates them."""
    text = ";".join(names)
    return f"{text};" if len(names) == 1 and _MAY_SEPARATE.search(text) else text


_MAY_SEPARATE = re.compile(r"[,|/]")


def _refuse_what_changes(cohort: Cohort, text: str, name: str) -> None:
    try:
        records, rows = csv_records(text, name)
        read = cohort_of(records, {}, cohort.as_of, Source(name, tuple(rows)))
    except CohortError as error:
        changed = {fault.column for fault in error.faults}
    else:
        if read.sha256_as_typed == cohort.sha256_as_typed and _shown(read) == _shown(cohort):
            return
        changed = {
            column
            for before, after in zip(cohort.participants, read.participants, strict=True)
            for column in _differing_columns(before, after)
        }
    message = "a CSV file would not give the same values back; right would be to write .json"
    raise InputError([Fault(message, name, column=column) for column in sorted(map(str, changed))])


def _differing_columns(before: Participant, after: Participant) -> list[str]:
    """Return the columns in which two records of one person differ."""
    one, other = (
        {**person.model_dump(exclude={"attributes"}), **person.attributes} for person in (before, after)
    )
    return [column for column in {**one, **other} if one.get(column) != other.get(column)]


def _shown(cohort: Cohort) -> list[tuple[str | None, ...]]:
    """Return what no digest has: what people are called, and where they get mail."""
    return [tuple(getattr(person, field) for field in SHOWN_ALONE) for person in cohort.participants]
