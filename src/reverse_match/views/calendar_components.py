r"""Texts and time zones of calendar files (RFC 5545, 3.3.11 and 3.6.5), in place of those of ``icalendar``.

A text is escaped, so that it cannot end its line or begin another event. Version 7.3 of ``icalendar`` takes a
backslash before a capital N for a line break, as in the id ``BANK\Nadia``.

A time zone lists each change of the clocks, as the time zone database has it, as one observance. It covers
only the years of the calendar, but whole years: a zone with summer time then has both its times, which some
programs expect. Version 7.3 of ``icalendar`` writes changes to summer time an hour late.

This module needs ``icalendar``, and is imported only when a calendar is written.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vText

if TYPE_CHECKING:
    from collections.abc import Iterator


class EscapedText(vText):
    r"""A text that is escaped when it is written.

    Examples
    --------
    >>> EscapedText("BANK\\Nadia, Zoé").to_ical().decode()
    'BANK\\\\Nadia\\, Zoé'
    """

    def to_ical(self) -> bytes:
        """Return the escaped text as bytes, before lines are folded."""
        escaped = str(self).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
        return escaped.replace("\r\n", "\\n").replace("\r", "\\n").replace("\n", "\\n").encode()


_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


class _Clock(NamedTuple):
    """The time of a zone at some moment: offset from universal time, name, and whether it is summer time."""

    offset: timedelta
    name: str
    summer: bool


def time_zone_component(name: str, years: tuple[int, int]) -> Timezone:
    """Return a time zone for a range of years, the first and the last included.

    Examples
    --------
    >>> lines = time_zone_component("Europe/Paris", (2027, 2027)).to_ical().decode().splitlines()
    >>> [line for line in lines if line.startswith("DTSTART")]
    ['DTSTART:20270101T000000', 'DTSTART:20270328T020000', 'DTSTART:20271031T030000']
    """
    zone = ZoneInfo(name)
    first, last = (datetime(year, 1, 1, tzinfo=zone).astimezone(UTC) for year in (years[0], years[1] + 1))
    component = Timezone()
    component.add("tzid", name)
    before = _clock(first, zone)
    for moment in [first, *_changes(zone, first, last)]:
        clock = _clock(moment, zone)
        observance = TimezoneDaylight() if clock.summer else TimezoneStandard()
        # RFC 5545, 3.6.5: the local time of a change is written with the offset before the change.
        observance.add("dtstart", (moment + before.offset).replace(tzinfo=None))
        observance.add("tzoffsetfrom", before.offset)
        observance.add("tzoffsetto", clock.offset)
        observance.add("tzname", clock.name)
        component.add_component(observance)
        before = clock
    return component


def _clock(moment: datetime, zone: ZoneInfo) -> _Clock:
    local = moment.astimezone(zone)
    return _Clock(local.utcoffset() or timedelta(), local.tzname() or "", bool(local.dst()))


def _changes(zone: ZoneInfo, first: datetime, last: datetime) -> Iterator[datetime]:
    """Yield the moments at which clocks change, found day by day and then by bisection within the day.

    No zone changes twice in a day.
    """
    day = first
    while day < last:
        earlier, later = day, min(day + _DAY, last)
        if _clock(earlier, zone) != _clock(later, zone):
            while later - earlier > _SECOND:
                middle = earlier + (later - earlier) // _SECOND // 2 * _SECOND
                if _clock(middle, zone) == _clock(earlier, zone):
                    earlier = middle
                else:
                    later = middle
            yield later
        day += _DAY
