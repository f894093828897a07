"""The base class of the parts of a policy, and the types of its values with their checks."""

from __future__ import annotations

import math
import re
from datetime import time
from fractions import Fraction
from typing import Annotated, ClassVar, Literal, TypeAlias, get_args

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field

from reverse_match.foundation.errors import CodedError, InputError, PolicyError
from reverse_match.foundation.records import PlainData
from reverse_match.foundation.text_safety import shorten

LONGEST_TEXT = 10_000
"""The largest number of characters in a text of a policy, such as a name, an id or a field."""


class PolicyData(PlainData):
    """A policy, or a part of one."""

    model_config = ConfigDict(str_max_length=LONGEST_TEXT)
    refusal: ClassVar[type[InputError]] = PolicyError


Role: TypeAlias = Literal["mentor", "mentee"]
"""A role in a duo; a person whose role is ``both`` can have either."""

LARGEST = 2**53
"""The largest absolute value of a number; larger whole numbers are not exact in double precision."""

_MOST_DIGITS_OF_SEED = 100


def whole_number_of_any_use(value: int) -> int:
    """Return a seed, and refuse one of more than 100 digits, which is slow to write out."""
    if abs(value) >= 10**_MOST_DIGITS_OF_SEED:
        message = f"too large; right would be a whole number of up to {_MOST_DIGITS_OF_SEED} digits"
        raise CodedError(message, "out-of-range")
    return value


def _number(value: object) -> object:
    """Return a finite number, and refuse everything else, including text and true/false.

    A whole number becomes an ``int``, so that 5.0 and 5 give the same label of a rule.
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        message = "not a number"
        raise CodedError(message, "not-a-number")
    if isinstance(value, float) and not math.isfinite(value):
        message = "NaN or infinite; a finite number is needed"
        raise CodedError(message, "not-a-number")
    if abs(value) > LARGEST:
        message = f"too large; right would be a number up to {LARGEST} in size"
        raise CodedError(message, "out-of-range")
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


Number: TypeAlias = Annotated[int | float, BeforeValidator(_number)]


MINUTES_OF_A_DAY = 24 * 60

Minutes: TypeAlias = Annotated[int, Field(ge=1, le=7 * MINUTES_OF_A_DAY)]
"""Minutes of a week."""

SlotMinutes: TypeAlias = Annotated[int, Field(ge=1, le=MINUTES_OF_A_DAY)]
"""Minutes of a time that does not end before the next day."""


def _number_or_word(value: object) -> object:
    """Let a text through that is not empty: a word of a scale; everything else must be a number."""
    if not isinstance(value, str):
        return _number(value)
    if not value.strip():
        message = "empty; right would be a number, or a word of a scale"
        raise CodedError(message, "empty")
    return value


NumberOrWord: TypeAlias = Annotated[
    int | float | str, BeforeValidator(_number_or_word, json_schema_input_type=float | str)
]


def _share(value: Number) -> Number:
    if not 0 <= value <= 1:
        message = "out of range; right would be a number from 0 to 1"
        raise CodedError(message, "out-of-range")
    return value


def _weight(value: Number) -> Number:
    if value < 0:
        message = "negative; right would be 0 or more"
        raise CodedError(message, "out-of-range")
    return value


def _pair(value: object) -> object:
    if isinstance(value, dict) and set(value) == {"mentor", "mentee"}:
        return value["mentor"], value["mentee"]
    if not isinstance(value, list | tuple) or len(value) != 2:
        message = "not a pair; right would be a list of two ids, such as ['lea', 'ada']"
        raise CodedError(message, "wrong-type")
    return value


_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]|24:00")


def _time_of_day(value: object) -> object:
    """Read a time of day: text such as ``09:00``, or a local time of TOML."""
    if isinstance(value, time) and not (value.second or value.microsecond or value.tzinfo):
        return value.strftime("%H:%M")
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        message = "not a time of day; right would be text such as 09:00"
        raise CodedError(message, "not-a-time")
    return value


def minutes_of(time_of_day: str) -> int:
    """Return the minutes from midnight to a time of day.

    Examples
    --------
    >>> minutes_of("09:30")
    570
    """
    hours, minutes = time_of_day.split(":")
    return 60 * int(hours) + int(minutes)


def one_or_several(value: object) -> object:
    """Read a text, a number, or a list of texts or of numbers; true and false count as text.

    Examples
    --------
    >>> one_or_several("yes"), one_or_several([1, 2])
    (('yes',), (1, 2))
    >>> one_or_several(2.0)
    (2,)
    """
    listed = list(value) if isinstance(value, list | tuple) else [value]
    said = [str(one).casefold() if isinstance(one, bool) else one for one in listed]
    read = [_number(one) if isinstance(one, int | float) else one for one in said]
    texts = [one for one in read if isinstance(one, str)]
    numbers = [one for one in read if isinstance(one, int | float)]
    if not read or len(texts) < len(read) > len(numbers) or not all(text.strip() for text in texts):
        message = "right would be a text, a number, or a list of texts, or one of numbers"
        raise CodedError(message, "wrong-type")
    return tuple(read)


def _points(value: Number) -> Number:
    if value < 0 or (Fraction(repr(value)) * 1_000_000).denominator != 1:
        message = "right would be points, 0 or more, with at most six decimals"
        raise CodedError(message, "out-of-range")
    return value


def field_of_a_side(path: str) -> str:
    """Return a text such as ``mentee.department``, and refuse one that names no field of one side.

    Examples
    --------
    >>> field_of_a_side("mentee.department")
    'mentee.department'
    """
    side, dot, field = path.partition(".")
    if side not in get_args(Role) or not dot or not field:
        shown = shorten(path, 40)
        message = f"not a field of one side; right would be mentor.FIELD or mentee.FIELD, not '{shown}'"
        raise CodedError(message, "not-a-field")
    return path


Path: TypeAlias = Annotated[str, AfterValidator(field_of_a_side)]
Share = Annotated[Number, AfterValidator(_share)]
GivenPoints = Annotated[Number, AfterValidator(_points)]
Weight = Annotated[Number, AfterValidator(_weight)]
Pair = Annotated[tuple[str, str], BeforeValidator(_pair)]
TimeOfDay: TypeAlias = Annotated[str, BeforeValidator(_time_of_day, json_schema_input_type=str)]


def is_none(value: object) -> bool:
    """Say whether the value of a field is None, so that the field is left out of the JSON."""
    return value is None
