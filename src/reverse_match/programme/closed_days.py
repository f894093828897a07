"""Days on which nobody meets, and the days to which meetings and reviews move from them.

Such days are those that the programme lists as closed, and the public holidays of countries. The package
``holidays`` (extra ``holidays``) knows the latter; it is loaded only where a programme names a country.

A meeting on such a day moves to the next working day of the same week, or else to the one before it in that
week, or else to the first working day after the week. A review moves to the working day before. So a meeting
leaves its week only where all that is left of the week is closed, and answers are given before the day on
which they are needed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from reverse_match.foundation.errors import CodedError
from reverse_match.foundation.names import did_you_mean
from reverse_match.foundation.optional import require_module

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_SATURDAY = 5
_DAY = timedelta(days=1)

_PERIOD = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\s*\.\.\s*(\d{4}-\d{2}-\d{2}))?")
_NOT_A_PERIOD = "neither a day nor a period; right would be text such as 2027-05-28 or 2027-08-02..2027-08-20"


def written_period(value: object) -> str:
    """Read a day or a period, and return it as it is written.

    Examples
    --------
    >>> written_period("2027-08-02 .. 2027-08-20"), written_period(date(2027, 5, 28))
    ('2027-08-02..2027-08-20', '2027-05-28')
    """
    if isinstance(value, date) and not isinstance(value, datetime):  # as TOML has it without quotes
        return value.isoformat()
    found = _PERIOD.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise CodedError(_NOT_A_PERIOD, "not-a-day")
    try:
        ends = [date.fromisoformat(text) for text in found.groups() if text is not None]
    except ValueError:
        raise CodedError(_NOT_A_PERIOD, "not-a-day") from None
    if ends[-1] < ends[0]:
        message = (
            "a period that ends before it begins; right would be the first day, two points, the last day"
        )
        raise CodedError(message, "out-of-order")
    return "..".join(end.isoformat() for end in ends)


def known_country(value: object) -> str:
    """Read the code of a country, or of a part of one, whose public holidays are known.

    Raises
    ------
    MissingExtraError
        If ``holidays`` is not installed.

    Examples
    --------
    >>> known_country("fr"), known_country("DE-BY")
    ('FR', 'DE-BY')
    """
    if not isinstance(value, str):
        message = "not the code of a country; right would be text such as FR, or DE-BY for a part of one"
        raise CodedError(message, "wrong-type")
    country, dash, part = value.strip().partition("-")
    known = _library().list_supported_countries(include_aliases=True)
    country = country.upper()
    if country not in known:
        message = "no country whose public holidays are known; right would be a code such as FR, or DE-BY"
        raise CodedError(message, "unknown-value")
    if dash and part not in known[country]:
        message = (
            f"no part of the country whose public holidays are known{did_you_mean(part, known[country])}"
        )
        raise CodedError(message, "unknown-value")
    return f"{country}{dash}{part}"


def years_known(country: str) -> tuple[int, int]:
    """Return the first and the last year in which the public holidays of a country are known."""
    found = _public_holidays(country)
    return int(found.start_year), int(found.end_year)


@dataclass(frozen=True)
class ClosedDays:
    """The days of a programme on which nobody meets.

    Attributes
    ----------
    closed : tuple of str
        Days and periods, as :func:`written_period` writes them.
    countries : tuple of str
        Countries whose public holidays count, as :func:`known_country` writes them.
    weekends : bool
        Whether nobody meets on Saturdays and Sundays.
    """

    closed: tuple[str, ...]
    countries: tuple[str, ...]
    weekends: bool

    def is_working_day(self, day: date) -> bool:
        """Say whether people meet on a day.

        Examples
        --------
        >>> days = ClosedDays(("2027-08-02..2027-08-20",), (), weekends=True)
        >>> [days.is_working_day(date(2027, 8, day)) for day in (1, 2, 20, 23)]
        [False, False, False, True]
        """
        if self.weekends and day.weekday() >= _SATURDAY:
            return False
        if any(first <= day <= last for first, last in map(_ends, self.closed)):
            return False
        return not any(day in _public_holidays(country) for country in self.countries)

    def meeting_in_week(self, planned: date, earliest: date, end: date) -> date | None:
        """Return the day of a meeting in its week, from ``earliest`` on and before ``end``, if there is one.

        Examples
        --------
        >>> days = ClosedDays(("2027-05-06..2027-05-07",), (), weekends=True)
        >>> within = date(2027, 1, 11), date(2027, 6, 11)
        >>> str(days.meeting_in_week(date(2027, 5, 6), *within))  # a Thursday, and the Friday is closed, too
        '2027-05-05'
        """
        monday = planned - planned.weekday() * _DAY
        later = (planned + ahead * _DAY for ahead in range(7 - planned.weekday()))
        before = (planned - back * _DAY for back in range(1, planned.weekday() + 1))
        week = [*later, *before]
        return self._first(day for day in week if monday <= day and earliest <= day < end)

    def next_meeting(self, planned: date, end: date) -> date | None:
        """Return the first working day after the week of a meeting and before ``end``, if there is one."""
        monday = planned + (7 - planned.weekday()) * _DAY
        return self._first(monday + ahead * _DAY for ahead in range((end - monday).days))

    def day_before(self, planned: date, earliest: date) -> date | None:
        """Return the last working day up to a day, and from ``earliest`` on, if there is one."""
        return self._first(planned - back * _DAY for back in range((planned - earliest).days + 1))

    def _first(self, days: Iterable[date]) -> date | None:
        is_open: Callable[[date], bool] = self.is_working_day
        return next(filter(is_open, days), None)


@cache
def _ends(period: str) -> tuple[date, date]:
    first, _, last = period.partition("..")
    return date.fromisoformat(first), date.fromisoformat(last or first)


@cache
def _public_holidays(country: str) -> Any:
    """Return the public holidays of a country, which are computed for a year when it is first asked for."""
    code, _, part = country.partition("-")
    return _library().country_holidays(code, subdiv=part or None)


def _library() -> Any:
    return require_module("holidays", "holidays", "public holidays of a country")
