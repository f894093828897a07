"""Reads back from JSON what the library has written, now or in an earlier version: a matching, a plan."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, TypeVar

from pydantic import ValidationError

from reverse_match.errors import Fault, MatchingFileError
from reverse_match.plain_data import PlainData
from reverse_match.upgrading import Kind, Rewriting, VersionError, upgraded

Record = TypeVar("Record", bound=PlainData)


def record_of_json(
    model: type[Record], kind: Kind, text: str | bytes, source: str, rewriting: Rewriting
) -> Record:
    """Return the record that a text holds.

    Parameters
    ----------
    model : type
        Of the record.
    kind : str
        What it is.
    text : str or bytes
        JSON.
    source : str
        What to call it in messages.
    rewriting : callable
        Reads the plain data of a matching, and gives it back as it is written now.

    Raises
    ------
    MatchingFileError
        With everything that is wrong.
    """
    data = _parsed(text, source, f"not JSON; right would be a {kind} as this library writes it")
    if not isinstance(data, dict):
        message = f"not an object: no {kind} that this library has written"
        raise MatchingFileError([Fault(message, source)])
    try:
        return model.model_validate(upgraded(kind, data, rewriting))
    except VersionError as error:
        raise MatchingFileError([Fault(str(error), source, code=error.code)]) from None
    except ValidationError as error:
        raise MatchingFileError([_fault(detail, source) for detail in error.errors()]) from None


def _parsed(text: str | bytes, source: str, not_json: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_without_repeated_keys)
    except _RepeatedKeyError as error:
        raise MatchingFileError([Fault(str(error), source, code="key-twice")]) from None
    except (ValueError, RecursionError):
        raise MatchingFileError([Fault(not_json, source, code="not-json")]) from None


class _RepeatedKeyError(ValueError):
    """A key stands twice in one object, so that it is not clear what was meant."""


def _without_repeated_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
        message = f"the key '{twice[:40]}' stands twice in one object; keep one"
        raise _RepeatedKeyError(message)
    return found


def _fault(detail: Any, source: str) -> Fault:
    place = ".".join(str(part) for part in detail["loc"])
    code = "unknown-name" if detail["type"] == "extra_forbidden" else "invalid"
    return Fault(str(detail["msg"]), source, column=place or None, code=code)
