r"""Text as calendars write it (RFC 5545, 3.3.11): nothing in it can end its line or begin another event.

``icalendar`` writes texts, too; but in version 7.3 it takes a backslash before a capital N for a line break,
as in the id ``BANK\Nadia``.

A time zone as calendars write it (RFC 5545, VTIMEZONE): from when on clocks show what.

Only the years of the calendar are written, each change of the clocks as one observance, as the time zone
database has it. Whole years, so that a zone with summer time has both its times, which some programs expect.

``icalendar`` can add time zones, too; in version 7.3 their changes to summer time are an hour late.

This module needs ``icalendar``, and is only imported where a calendar is written.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vText

if TYPE_CHECKING:
    from collections.abc import Iterator


class EscapedText(vText):
    r"""A text that escapes itself.

    Examples
    --------
    >>> EscapedText("BANK\\Nadia, Zoé").to_ical().decode()
    'BANK\\\\Nadia\\, Zoé'
    """

    def to_ical(self) -> bytes:
        """Return the text as it stands in a file, before lines are folded."""
        escaped = str(self).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
        return escaped.replace("\r\n", "\\n").replace("\r", "\\n").replace("\n", "\\n").encode()


_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


class _Clock(NamedTuple):
    """What clocks show at some time."""

    offset: timedelta
    name: str
    summer: bool


def time_zone_component(name: str, years: tuple[int, int]) -> Timezone:
    """Return a time zone for the years from one to another, both included.

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
        # RFC 5545, 3.6.5: the local time of a change is told by the clock that ends.
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
    """Find when clocks change: on which day, then by halving it. No zone changes twice in a day."""
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
