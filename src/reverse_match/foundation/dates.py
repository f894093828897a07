"""Calendar months and time zones.

A date some months later is the same day of the later month, or the last day of a month that is shorter.
Several dates are all counted from one first day, so that they do not drift: 31 January, 28 February, 31
March.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import cache
from typing import Protocol
from zoneinfo import available_timezones


def months_later(day: date, months: int) -> date:
    """Return the same day some months later, or the last day of a month that is shorter.

    Beyond the year 9999 the result is the last date that Python can hold.

    Examples
    --------
    >>> months_later(date(2026, 8, 31), 6)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


UNKNOWN_ZONE = "no such time zone is known; right would be an IANA name such as Europe/Paris"


@cache
def known_zones() -> frozenset[str]:
    """Return the names of time zones in the spelling of the database, since some file systems ignore case.

    Examples
    --------
    >>> "Europe/Paris" in known_zones(), "europe/paris" in known_zones()
    (True, False)
    """
    return frozenset(available_timezones())


class Calendar(Protocol):
    """An object that knows when rounds begin and end, such as a programme."""

    def round_begins(self, number: int) -> date:
        """Return the first day of a round; rounds are counted from 1."""

    def round_ends(self, number: int) -> date:
        """Return the day on which a round is over."""
