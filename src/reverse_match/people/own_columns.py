"""Reads a cell of an organisation's own column alike from every kind of file or frame.

Such a column has no meaning to the library, so its cells are kept as they are: text from CSV, numbers from a
frame. But the same people must have the same digest. So these rules hold wherever a cell is read as text, and
in the digest of people:

- ``5``, ``5.0`` and the text ``5`` are the number 5. A text is a number if it is spelled as programs spell
  numbers: no leading zeros (``007`` stays text), no trailing zeros (``1.10`` stays text; ``5.0`` is 5), and
  no more digits than a number can have. A decimal comma is accepted (``4,5``).
- true and false, and the texts ``true``, ``TRUE`` and ``True``, are ``true``; likewise ``false``.
- A day is its text, ``2026-11-23``. A moment is ``2026-11-23T14:30:00``, or the day if it is midnight. A time
  of day is ``14:30``.
- A list is its names, separated by ``;``.
- ``None``, spaces and an empty list are nothing.
"""

from __future__ import annotations

import re
from datetime import datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from reverse_match.people.cells import LARGEST_WHOLE

if TYPE_CHECKING:
    from reverse_match.people.cells import AttributeValue

_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,15})")
_FRACTION = re.compile(r"-?(?:0|[1-9][0-9]*)[.,]([0-9]*[1-9]|0)")
_EXPONENT = re.compile(r"-?[1-9](?:\.[0-9]*[1-9]|\.0)?[eE][+-]?[0-9]{1,3}")
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TIME = r"[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?"
_MOMENT = re.compile(rf"{_DAY}[T ]{_TIME}(?:Z|[+-][0-9]{{2}}:?[0-9]{{2}})?")
_TIME_OF_DAY = re.compile(_TIME)
_MOST_AFTER_COMMA = 2
"""Digits after a decimal comma, as for :func:`.cells.number`; three digits may be thousands."""


def typed_value(value: AttributeValue) -> str | int | float | None:
    """Return the meaning of a cell: a number, a text, or ``None``.

    Examples
    --------
    >>> [typed_value(value) for value in (5.0, "5", "5.0", "007", True, "TRUE", ("a", "b"), "a; b", " ")]
    [5, 5, 5, '007', 'true', 'true', 'a;b', 'a;b', None]
    >>> typed_value("2026-11-23 00:00:00"), typed_value("4,5"), typed_value("1.10")
    ('2026-11-23', 4.5, '1.10')
    """
    if value is None:
        return None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return as_plain_number(value)
    return _of_text(";".join(value) if isinstance(value, tuple) else value)


def text_of(value: AttributeValue) -> str | None:
    """Return the meaning of a cell as text; a number in its shortest form."""
    said = typed_value(value)
    return None if said is None else str(said)


def as_plain_number(number: float) -> int | float:
    """Return a whole number of whatever type as an ``int``, and any other number as it is."""
    return int(number) if number == int(number) and abs(number) <= LARGEST_WHOLE else number


@lru_cache(maxsize=16_384)
def _of_text(text: str) -> str | int | float | None:
    if ";" in text:
        text = ";".join(filter(None, (part.strip() for part in text.split(";"))))
    text = text.strip()
    if text.casefold() in ("true", "false"):
        return text.casefold()
    if not text.lstrip("-")[:1].isdigit():  # most texts are neither number nor moment
        return text or None
    number = _number(text)
    return _moment(text) if number is None else number


def _number(text: str) -> int | float | None:
    """Read text that is spelled as programs spell numbers."""
    if _WHOLE.fullmatch(text):
        whole = int(text)
        return whole if abs(whole) <= LARGEST_WHOLE else None
    fraction = _FRACTION.fullmatch(text)
    if not fraction and not _EXPONENT.fullmatch(text):
        return None
    if fraction and "," in text and len(fraction[1]) > _MOST_AFTER_COMMA:
        return None
    written = text.replace(",", ".")
    spelled = repr(float(written))
    exact = Decimal(written) == Decimal(spelled)
    return as_plain_number(float(written)) if exact and (fraction or "e" in spelled) else None


def _moment(text: str) -> str:
    """Return a moment or a time of day in one spelling, and any other text as it is."""
    try:
        if _MOMENT.fullmatch(text):
            moment = datetime.fromisoformat(text)
            return moment.date().isoformat() if moment.timetz() == time() else moment.isoformat()
        if _TIME_OF_DAY.fullmatch(text):
            return time.fromisoformat(text).isoformat().removesuffix(":00")
    except ValueError:  # no day of the calendar
        pass
    return text
