"""The canonical form of JSON, from which digests are made: equal records have the same canonical form.

Databases return JSON with another order of keys and with 1 for 1.0 (PostgreSQL's JSONB, MySQL, ``jq -S``,
JavaScript); to Python both are equal. So keys are sorted, whole numbers are written without a decimal point,
and no spaces stand between the parts. The order of lists counts. An order of keys that people see (the points
of criteria, for instance) is derived from the record, and restored when a record is read.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

Value = TypeVar("Value")


def in_order(found: dict[str, Value], names: Iterable[str]) -> dict[str, Value]:
    """Return a mapping with its keys in the order of some names; other keys follow in alphabetical order.

    Examples
    --------
    >>> in_order({"age": 1, "z": 2, "skills": 3}, ["skills", "goals", "age"])
    {'skills': 3, 'age': 1, 'z': 2}
    """
    names = tuple(names)
    if tuple(found) == names:
        return found  # nearly always so, and thousands of duos ask
    known = [name for name in dict.fromkeys(names) if name in found]
    right = [*known, *sorted(found.keys() - set(known))]
    return found if list(found) == right else {name: found[name] for name in right}


def by_name(found: dict[str, Value]) -> dict[str, Value]:
    """Return a mapping with its keys in alphabetical order."""
    return in_order(found, ())


def canonical_json(written: str | bytes) -> str:
    """Return JSON text in the canonical form.

    Examples
    --------
    >>> canonical_json('{"b": 1.0, "a": [2.50, -0.0]}')
    '{"a":[2.5,0],"b":1}'
    """
    return _sorted_json(json.loads(written, parse_float=_number))


def canonical_digest(record: Any, *, numbers_as_written: bool = False) -> str:
    """Return the SHA-256 of the canonical form of a model or of plain data.

    Parameters
    ----------
    record : model or plain data
        A record that JSON can hold.
    numbers_as_written : bool
        Whether 1.0 differs from 1, as it does in the chain of a history.

    Examples
    --------
    >>> canonical_digest({"a": 1, "b": 2}) == canonical_digest({"b": 2.0, "a": 1})
    True
    """
    text = record.model_dump_json() if hasattr(record, "model_dump_json") else _sorted_json(record)
    canonical = text if numbers_as_written else canonical_json(text)
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def _sorted_json(data: Any) -> str:
    return json.dumps(data, sort_keys=True, separators=(",", ":"))


def _number(text: str) -> float:
    number = float(text)
    return int(number) if number.is_integer() else number
