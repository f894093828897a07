r"""Lines, texts and time zones of calendar files (RFC 5545), in place of those of ``icalendar``.

A line is folded as version 7.3 of ``icalendar`` folds it, with at most 74 bytes and never within a letter or
behind a sign that escapes the next one; but it takes a tenth of the time, and a round of hundreds of duos has
tens of thousands of lines (3.1).

A text is escaped, so that it cannot end its line or begin another event (3.3.11). Version 7.3 of
``icalendar`` takes a backslash before a capital N for a line break, as in the id ``BANK\Nadia``.

A time zone (3.6.5) lists each change of the clocks, as the time zone database has it, as one observance. It
covers only the years of the calendar, but whole years: a zone with summer time then has both its times, which
some programs expect. Version 7.3 of ``icalendar`` writes changes to summer time an hour late.

This module needs ``icalendar``, and is imported only when a calendar is written.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Event, Parameters, Timezone, TimezoneDaylight, TimezoneStandard
from icalendar.parser import Contentline

if TYPE_CHECKING:
    from collections.abc import Iterator


LONGEST_LINE = 74
"""Bytes of a line without its end; RFC 5545 allows 75."""

_INSIDE = 0b11000000, 0b10000000
"""Mask and value of the bytes of UTF-8 that do not begin a letter."""


def folded(line: str) -> bytes:
    r"""Return a line in UTF-8, with its end; what follows a break begins with a space.

    Examples
    --------
    >>> folded("SUMMARY:Zoé")
    b'SUMMARY:Zo\xc3\xa9\r\n'
    >>> [len(part) for part in folded("x" * 100).split(b"\r\n")]
    [74, 27, 0]
    """
    data = line.encode()
    parts, begin = [], 0
    while len(data) - begin > LONGEST_LINE:
        end = begin + LONGEST_LINE
        while data[end] & _INSIDE[0] == _INSIDE[1]:
            end -= 1
        if data[end - 1] in b"\\^":
            end -= 1
        parts.append(data[begin:end])
        begin = end
    return b"\r\n ".join([*parts, data[begin:]]) + b"\r\n"


def escaped(text: str) -> str:
    r"""Return a text as it stands in a line.

    Examples
    --------
    >>> print(escaped("BANK\\Nadia, Zoé"))
    BANK\\Nadia\, Zoé
    """
    said = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return said.replace("\r\n", "\\n").replace("\r", "\\n").replace("\n", "\\n")


def line_of(name: str, value: Any) -> str:
    """Return the line of a property with its parameters, as ``icalendar`` writes it, before it is folded."""
    parameters: Parameters = getattr(value, "params", None) or Parameters()
    return str(Contentline.from_parts(name, parameters, value))


def around(name: str, value: date | datetime, **parameters: str) -> tuple[str, str]:
    """Return what stands before and behind a day or a time, which itself is written as in ISO 8601.

    Examples
    --------
    >>> around("DTSTART", datetime(2027, 1, 11), TZID="Europe/Paris"), around("DTEND", date(2027, 1, 11))
    (('DTSTART;TZID=Europe/Paris:', ''), ('DTEND;VALUE=DATE:', ''))
    """
    event = Event()
    event.add(name, value, parameters=parameters)
    before, _, behind = line_of(name, event[name]).partition(value.strftime("%Y%m%d"))
    return before, behind.removeprefix("T000000")


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
