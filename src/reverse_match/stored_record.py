"""Reads back from JSON what the library has written: a matching, a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from reverse_match.errors import Fault, MatchingFileError
from reverse_match.json_values import JsonError, json_value
from reverse_match.plain_data import PlainData

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Record = TypeVar("Record", bound=PlainData)


def record_of_json(
    model: type[Record],
    text: str | bytes,
    source: str,
    is_one: Callable[[Mapping[str, Any]], bool],
    messages: tuple[str, str],
) -> Record:
    """Return the record that a text holds.

    Parameters
    ----------
    model : type
        Of the record.
    text : str or bytes
        JSON.
    source : str
        What to call it in messages.
    is_one : callable
        Says of a JSON object whether it is such a record, of a version that can be read.
    messages : pair of str
        What to say of a text that is not JSON, and of one that is no such record.

    Raises
    ------
    MatchingFileError
        With everything that is wrong.
    """
    return record_of_data(model, _parsed(text, source, messages[0]), source, is_one, messages[1])


def record_of_data(
    model: type[Record],
    data: object,
    source: str,
    is_one: Callable[[Mapping[str, Any]], bool],
    message: str,
) -> Record:
    """Return the record that plain data holds, such as what a JSON text says; see :func:`record_of_json`.

    Raises
    ------
    MatchingFileError
        With everything that is wrong.
    """
    if not isinstance(data, dict) or not is_one(data):
        raise MatchingFileError([Fault(message, source, code="not-a-record")])
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise MatchingFileError([_fault(detail, source) for detail in error.errors()]) from None


def _parsed(text: str | bytes, source: str, not_json: str) -> Any:
    try:
        return json_value(text if isinstance(text, str) else text.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise MatchingFileError([Fault(not_json, source, code="not-json")]) from None
    except JsonError as error:
        message = not_json if error.code == "not-json" else str(error)
        raise MatchingFileError([Fault(message, source, code=error.code)]) from None


def _fault(detail: Any, source: str) -> Fault:
    place = ".".join(str(part) for part in detail["loc"])
    return Fault(str(detail["msg"]), source, column=place or None, code=f"{detail['type']}".replace("_", "-"))
