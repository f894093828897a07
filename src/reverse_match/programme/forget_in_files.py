"""Erases a person from files of people, of answers and of pairs, and leaves all else in them as it stands."""

from __future__ import annotations

import csv
import io
import json
import re
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any

from reverse_match.foundation.errors import Fault, InputError
from reverse_match.foundation.json_values import json_value
from reverse_match.people.delimited import people_lines
from reverse_match.people.headings import PEOPLE, heading_key
from reverse_match.people.reading.decoding import decode_text
from reverse_match.programme.changes.words import CHANGES
from reverse_match.programme.feedback.columns import FORM

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence
    from pathlib import Path

    from reverse_match.programme.forget import Eraser

_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
"""Byte order marks."""

_RANK = re.compile(r"\s*(?:[:=]\s*\d+|\(\d+\))?\s*$")
"""What may stand behind a wish."""


def file_without(path: Path, data: bytes, eraser: Eraser, rows: Container[int] | None = None) -> bytes:
    """Return the content of a file without a person.

    Parameters
    ----------
    path : Path
        The file: CSV or JSON.
    data : bytes
        What it holds.
    eraser : Eraser
        Who is erased.
    rows : container of int, optional
        Rows of the person. If not given, those in which a whole cell names the person.

    Raises
    ------
    InputError
        If it is a file of another kind.
    """
    ending = path.suffix.lower()
    if ending in (".csv", ".txt", ".tsv"):
        return _csv_without(path.name, data, eraser, rows)
    if ending == ".json":
        return _json_without(data, eraser, rows)
    message = "only .csv and .json are rewritten; right would be to delete the row of the person by hand"
    raise InputError([Fault(message, path.name, code="unknown-kind-of-file")])


_FIELDS_OF_PEOPLE = frozenset(
    {"id", "earlier_id", "manager_id", "wants", "avoids", "mentor", "mentee", "partner", "person"}
)


def _is_of_people(heading: object) -> bool:
    """Say whether the cells below a heading hold ids, in a file of any of the kinds."""
    if not isinstance(heading, str):
        return False
    key = heading_key(heading)
    kinds = PEOPLE, CHANGES, FORM
    known = (named for kind in kinds for named in (kind.by_own_name.get(key), kind.by_usual.get(key)))
    return not _FIELDS_OF_PEOPLE.isdisjoint(known)


def _columns_of_people(headings: Sequence[object]) -> list[bool]:
    """Say for each column whether it holds ids; all may, where none is known to."""
    found = list(map(_is_of_people, headings))
    return found if any(found) else [True] * len(found)


def _names(eraser: Eraser, cells: Iterable[Any], columns: Sequence[bool]) -> bool:
    """Say whether a cell of a row is, as a whole, what the person is called."""
    known = chain(columns, repeat(False))
    return any(
        isinstance(cell, str) and eraser.is_called(cell, of_people=of_people)
        for cell, of_people in zip(cells, known, strict=False)
    )


def _csv_without(name: str, data: bytes, eraser: Eraser, rows: Container[int] | None) -> bytes:
    decoded = decode_text(data, name)
    cut = people_lines(decoded.text, name)
    end = "\r\n" if "\r\n" in decoded.text else "\n"
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=cut.separator, lineterminator=end)
    reader = csv.reader(io.StringIO(decoded.text, newline=""), delimiter=cut.separator)
    columns: list[bool] = []
    for number, cells in enumerate(reader, 1):
        columns = columns or _columns_of_people(cells)
        gone = _names(eraser, cells, columns) if rows is None else number in rows
        if number == 1 or not gone:
            known = chain(columns, repeat(False))
            kept = [
                cell_without(cell, eraser, of_people=here) for cell, here in zip(cells, known, strict=False)
            ]
            writer.writerow(kept)
    mark = next((mark for mark in _MARKS if data.startswith(mark)), b"")
    written = out.getvalue().encode(decoded.encoding)
    return written if not mark or written.startswith(mark) else mark + written


def cell_without(cell: str, eraser: Eraser, *, of_people: bool = True) -> str:
    """Return a cell without a person: out of a list the entry goes, out of a text the name."""
    sign = ";" if ";" in cell else ","
    parts = cell.split(sign)
    kept = [part for part in parts if not eraser.is_called(_RANK.sub("", part), of_people=of_people)]
    if len(kept) == len(parts) and not eraser.names_person(cell):
        return cell
    return eraser.in_text(sign.join(kept).strip())


def _json_without(data: bytes, eraser: Eraser, rows: Container[int] | None) -> bytes:
    records = json_value(data.decode("utf-8-sig"))
    if isinstance(records, list):
        headings = list(dict.fromkeys(key for one in records if isinstance(one, dict) for key in one))
        known = dict(zip(headings, _columns_of_people(headings), strict=True))
        records = [
            one
            for number, one in enumerate(records, 1)
            if not (_names_in(one, eraser, known) if rows is None else number in rows)
        ]
    else:
        known = {}
    return (json.dumps(_value_without(records, eraser, known), ensure_ascii=False, indent=2) + "\n").encode()


def _names_in(record: Any, eraser: Eraser, known: Mapping[str, bool]) -> bool:
    if not isinstance(record, dict):
        return _names(eraser, [record], [True])
    return _names(eraser, record.values(), [known[name] for name in record])


def _value_without(value: Any, eraser: Eraser, known: Mapping[str, bool], *, of_people: bool = True) -> Any:
    if isinstance(value, str):
        return cell_without(value, eraser, of_people=of_people)
    if isinstance(value, list):
        kept = [
            part
            for part in value
            if not (isinstance(part, str) and eraser.is_called(part, of_people=of_people))
        ]
        return [_value_without(part, eraser, known, of_people=of_people) for part in kept]
    if isinstance(value, dict):
        return {
            name: _value_without(part, eraser, known, of_people=known.get(name, of_people))
            for name, part in value.items()
            if not eraser.is_called(name)
        }
    return value
