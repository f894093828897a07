"""Reads JSON from strangers: in bounded memory, and with one kind of error, whatever is wrong.

The parser of the standard library raises three kinds of error and goes as deep as the interpreter lets it;
whole numbers of thousands of digits take it time that grows with their square; of two equal keys it keeps
the later. A value costs some sixty bytes of memory for the one or two that it takes in the text, so they
are counted before.
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
"""A text of more values is refused: a million people with thirty columns."""

MOST_NESTED = 100
"""Lists and objects within each other; a policy of people has some ten."""

MOST_DIGITS = 600
"""Of a whole number; none above 10^300 is accepted anywhere."""

LONGEST_KEY_SHOWN = 40


class JsonError(CodedError):
    """A text is no JSON, or none that is read here.

    Attributes
    ----------
    code : str
        Of the fault that follows.
    position : int
        How many characters before the place where it is no JSON.
    """

    def __init__(self, message: str, code: str = "not-json", position: int = 0) -> None:
        self.position = position
        super().__init__(message, code)


def json_value(
    text: str,
    on_object: Callable[[list[tuple[str, Any]]], Any] | None = None,
    on_huge: Callable[[str], int] | None = None,
) -> Any:
    """Return what a JSON text says.

    Parameters
    ----------
    text : str
        The text.
    on_object : callable, optional
        Makes an object of its pairs; one in which a key stands twice is refused, if not given.
    on_huge : callable, optional
        Makes something of the digits of a whole number that has too many; it is refused, if not given.

    Raises
    ------
    JsonError
        If it is no JSON, has too many values, or one that lies too deep.

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
    """Say whether in plain data lists and objects lie too deep within each other.

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
            if isinstance(part, dict | list | tuple)
        ]
        if not level:
            return False
    return True


def too_deep() -> JsonError:
    """Return the error of what lies too deep."""
    message = f"nested too deeply; right would be up to {MOST_NESTED} lists and objects within each other"
    return JsonError(message, "too-deep")


def stand_in(digits: str) -> int:
    """Return a number that is too large for anything, in place of one with too many digits.

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
