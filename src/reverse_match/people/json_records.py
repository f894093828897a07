"""Reads records of JSON: a list of objects, of which none has a key twice."""

from __future__ import annotations

from typing import Any

from reverse_match.foundation.errors import CohortError, Fault
from reverse_match.foundation.json_values import JsonError, json_value, stand_in
from reverse_match.people.delimited import TOO_MANY
from reverse_match.people.table import MOST_ROWS


def _refusal(message: str, source: str, code: str) -> CohortError:
    return CohortError([Fault(message, source, code=code)])


class _RepeatedKey:
    """Stands for a JSON object in which a key stands twice, until its place is known."""


def json_records(
    text: str, name: str, each: str, *, within: bool = False
) -> tuple[list[dict[str, Any]], list[int]]:
    """Return the records of a list of objects, and the number of each.

    Parameters
    ----------
    text : str
        The file.
    name : str
        What it is called, for messages.
    each : str
        Noun for the subject of a record, for messages.
    within : bool
        Whether the list may stand in an object, as the one list of records in it: so programs answer.

    Raises
    ------
    CohortError
        If it is no such list.
    """
    right = f"right would be a list of objects, one a {each}"
    if not text.strip():
        raise _refusal(f"empty; {right}", name, code="empty")
    try:
        records = json_value(text, _object, stand_in)
    except JsonError as error:
        hint = f"; {right}" if error.code == "too-deep" else ""
        raise _refusal(f"{error}{hint}", name, code=error.code) from None
    if within and isinstance(records, dict):
        records = _list_within(records)
    if not isinstance(records, list):
        raise _refusal(f"not a list; {right}", name, code="wrong-type")
    if len(records) > MOST_ROWS:
        raise _refusal(TOO_MANY, name, code="too-large")
    faults = [
        fault for row, record in enumerate(records, start=1) for fault in _repeated_keys(record, name, row)
    ]
    if faults:
        raise CohortError(faults)
    return records, list(range(1, len(records) + 1))


def _list_within(found: dict[str, Any]) -> Any:
    """Return the one list of objects in an object, or the object itself."""
    if "id" in found or "role" in found:
        return found
    lists = [
        value
        for value in found.values()
        if isinstance(value, list) and value and all(isinstance(one, dict | _RepeatedKey) for one in value)
    ]
    return lists[0] if len(lists) == 1 else found


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any] | _RepeatedKey:
    found = dict(pairs)
    return found if len(found) == len(pairs) else _RepeatedKey()


def _repeated_keys(record: object, name: str, row: int) -> list[Fault]:
    message = "a key stands twice in one object; keep one"
    if isinstance(record, _RepeatedKey):
        return [Fault(message, name, row, code="key-twice")]
    values = record.items() if isinstance(record, dict) else ()
    return [
        Fault(message, name, row, column, code="key-twice")
        for column, value in values
        if isinstance(value, _RepeatedKey)
    ]
