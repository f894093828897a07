"""Reads JSON from strangers: within bounded memory, and with one kind of error for every fault.

The parser of the standard library raises three kinds of error, recurses as deep as the interpreter allows,
needs time that grows with the square of the digits of a whole number, and keeps the last of two equal keys. A
value of one or two characters takes some sixty bytes of memory, so the values are counted before parsing.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from reverse_match.foundation.errors import CodedError
from reverse_match.foundation.text_safety import shorten

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_VALUES = 30_000_000
"""Largest number of values in a text: a million people with thirty columns."""

MOST_NESTED = 100
"""Largest depth of nested lists and objects; a policy has about ten levels."""

MOST_DIGITS = 600
"""Largest number of digits of a whole number; no number above 10^300 is accepted anywhere."""

LONGEST_KEY_SHOWN = 40

_PLAIN = {str, int, float, bool, type(None)}
"""What most values are; to look them up takes a third of the time of asking whether they hold others."""


class JsonError(CodedError):
    """A text is not JSON, or exceeds a limit.

    Attributes
    ----------
    code : str
        Code of the fault that is made of the error.
    position : int
        Number of characters before the place of the error.
    """

    def __init__(self, message: str, code: str = "not-json", position: int = 0) -> None:
        self.position = position
        super().__init__(message, code)


def json_value(
    text: str,
    on_object: Callable[[list[tuple[str, Any]]], Any] | None = None,
    on_huge: Callable[[str], int] | None = None,
) -> Any:
    """Return the value of a JSON text.

    Parameters
    ----------
    text : str
        The text.
    on_object : callable, optional
        Makes an object of its pairs of keys and values. If not given, an object with a repeated key is
        refused.
    on_huge : callable, optional
        Replaces a whole number with too many digits, given its digits. If not given, it is refused.

    Raises
    ------
    JsonError
        If the text is not JSON, has too many values, or is nested too deeply.

    Examples
    --------
    >>> json_value('{"seed": 1}')
    {'seed': 1}
    """
    if text.count(",") + text.count("[") + text.count("{") > MOST_VALUES:
        message = f"more than {MOST_VALUES:,} values; split it"
        raise JsonError(message, "too-large")

    def whole(digits: str) -> int:
        return int(digits) if len(digits) <= MOST_DIGITS else (on_huge or _refuse_huge)(digits)

    try:
        value = json.loads(text, object_pairs_hook=on_object or _without_repeated_keys, parse_int=whole)
    except json.JSONDecodeError as error:
        message = f"not valid JSON: {error.msg}, line {error.lineno}"
        raise JsonError(message, position=error.pos) from None
    except RecursionError:
        raise too_deep() from None
    if is_deep(value):
        raise too_deep()
    return value


def is_deep(value: object) -> bool:
    """Say whether lists and objects in plain data are nested too deeply.

    Examples
    --------
    >>> is_deep([{"seed": 1}])
    False
    """
    level = [value] if isinstance(value, dict | list | tuple) else []
    for _ in range(MOST_NESTED):
        level = [
            part
            for whole in level
            for part in (whole.values() if isinstance(whole, dict) else whole)
            if type(part) not in _PLAIN and isinstance(part, dict | list | tuple)
        ]
        if not level:
            return False
    return True


def too_deep() -> JsonError:
    """Return the error for data that is nested too deeply."""
    message = f"nested too deeply; right would be up to {MOST_NESTED} lists and objects within each other"
    return JsonError(message, "too-deep")


def stand_in(digits: str) -> int:
    """Return a number beyond all limits, in place of one with too many digits.

    The validation that refuses it knows its place, which the parser does not.
    """
    return int(digits[:MOST_DIGITS])


def _refuse_huge(digits: str) -> int:
    message = f"a whole number of {len(digits):,} digits; right would be up to {MOST_DIGITS}"
    raise JsonError(message, "out-of-range")


def _without_repeated_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
        message = f"not valid JSON: the key '{shorten(twice, LONGEST_KEY_SHOWN)}' stands twice in one object"
        raise JsonError(message, "key-twice")
    return found
