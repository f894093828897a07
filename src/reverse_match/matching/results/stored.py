"""Reads back from JSON what the library has written, now or in an earlier version: a matching, a plan."""

from __future__ import annotations

from typing import Any, TypeVar

from reverse_match.foundation.errors import Fault, InputError, MatchingFileError
from reverse_match.foundation.json_values import JsonError, json_value
from reverse_match.foundation.records import PlainData
from reverse_match.matching.results.upgrading import Kind, Rewriting, VersionError, upgrade

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
    data = _parse(text, source, f"not valid JSON; right would be a {kind} as this library writes it")
    return record_of_data(model, kind, data, source, rewriting)


def record_of_data(
    model: type[Record], kind: Kind, data: object, source: str, rewriting: Rewriting
) -> Record:
    """Return the record that plain data holds, such as what a JSON text says; see :func:`record_of_json`.

    Raises
    ------
    MatchingFileError
        With everything that is wrong.
    """
    if not isinstance(data, dict):
        message = f"not an object: no {kind} that this library has written"
        raise MatchingFileError([Fault(message, source, code="not-a-record")])
    try:
        return model.model_validate(upgrade(kind, data, rewriting))
    except VersionError as error:
        raise MatchingFileError([Fault(str(error), source, code=error.code)]) from None
    except InputError as error:
        raise MatchingFileError(error.of(source).faults) from None


def _parse(text: str | bytes, source: str, not_json: str) -> Any:
    try:
        return json_value(text if isinstance(text, str) else text.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise MatchingFileError([Fault(not_json, source, code="not-json")]) from None
    except JsonError as error:
        message = not_json if error.code == "not-json" else str(error)
        raise MatchingFileError([Fault(message, source, code=error.code)]) from None
