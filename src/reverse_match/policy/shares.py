"""Bounds on a share of the duos: rational numbers, each with one form.

A third is written ``"1/3"`` in a file, and ``"1/3"`` or ``Fraction(1, 3)`` in Python. A number with up to
nine decimals is exactly the decimal fraction that is written. A number with more decimals is the rounded
result of a computation: ``1 / 3`` is 0.3333333333333333, and 0.1 + 0.2 is 0.30000000000000004. It is read as
the simplest fraction (the one with the smallest denominator) within a billionth of it.

A share is stored as a number if it has up to nine decimals, and else as a fraction: ``"1/2"`` as 0.5, and
``1 / 3`` as ``"1/3"``. So policies with the same meaning are equal and have the same digest, and the policy
shows how a number was read.
"""

from __future__ import annotations

import math
import re
from fractions import Fraction
from typing import Annotated, Any, TypeAlias

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from reverse_match.foundation.errors import CodedError

MOST_PARTS = 10**9
"""The largest denominator of a share; its product with the largest number of duos stays below 2^63."""

_FRACTION = re.compile(r"([0-9]{1,10})/([0-9]{1,10})")
_RIGHT = "right would be a number from 0 to 1, or a fraction such as '1/3'"


def share_of(written: float | Fraction) -> Fraction:
    """Return the share that a number or a fraction stands for.

    Examples
    --------
    >>> share_of(0.4), share_of(1 / 3), share_of(0.1 + 0.2), share_of(0.333333)
    (Fraction(2, 5), Fraction(1, 3), Fraction(3, 10), Fraction(333333, 1000000))
    """
    number = written if isinstance(written, Fraction) else Fraction(repr(written))
    if number.denominator <= MOST_PARTS:
        return number
    near = Fraction(1, MOST_PARTS)
    return _simplest(max(Fraction(0), number - near), number + near)


def _simplest(low: Fraction, high: Fraction) -> Fraction:
    """Return the fraction with the smallest denominator in the interval from ``low`` (0 or more) to ``high``.

    The method is the expansion into continued fractions: take a whole number in the interval, or subtract the
    whole part and recurse on the reciprocals (Knuth, *The Art of Computer Programming*, vol. 2, 1997, 4.5.3).
    """
    whole = math.ceil(low)
    if whole <= high:
        return Fraction(whole)
    floor = whole - 1
    return floor + 1 / _simplest(1 / (high - floor), 1 / (low - floor))


def _read(value: object) -> int | float | Fraction:
    if isinstance(value, str):
        value = _fraction(value)
    if isinstance(value, bool) or not isinstance(value, int | float | Fraction):
        raise _no_share()
    if not 0 <= value <= 1:  # also true for NaN
        message = f"out of range; {_RIGHT}"
        raise CodedError(message, "out-of-range")
    if isinstance(value, Fraction) and value.denominator > MOST_PARTS:
        message = f"a fraction of more than {MOST_PARTS:,} parts; {_RIGHT}"
        raise CodedError(message, "out-of-range")
    share = share_of(value)
    if share.denominator == 1 and share != value:
        message = f"within a billionth of {share}, but not that; right would be {share}"
        raise CodedError(message, "out-of-range")
    return _normal_form(share)


def _normal_form(share: Fraction) -> int | float | Fraction:
    """Return the form in which a share is stored."""
    if share.denominator == 1:
        return int(share)
    return float(share) if MOST_PARTS % share.denominator == 0 else share


def _fraction(text: str) -> Fraction:
    parts = _FRACTION.fullmatch(text.strip())
    if parts is None or int(parts[2]) == 0:
        raise _no_share()
    return Fraction(int(parts[1]), int(parts[2]))


def _no_share() -> CodedError:
    return CodedError(f"not a share; {_RIGHT}", "not-a-number")


def _write(value: Any) -> Any:
    return str(value) if isinstance(value, Fraction) else value


ShareBound: TypeAlias = Annotated[
    int | float | Fraction,
    BeforeValidator(_read),
    PlainSerializer(_write, when_used="json"),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "minimum": 0, "maximum": 1},
                {"type": "string", "pattern": r"^[0-9]{1,10}/[0-9]{1,10}$"},
            ]
        }
    ),
]
"""A share from 0 to 1: a number, or a fraction such as ``1/3``."""
