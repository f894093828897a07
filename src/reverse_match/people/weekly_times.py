"""Reads weekly times: ``Mon 9-12;Thu 14:00-17:30``, in English or French, and those on site: ``Mon @Lyon``.

An entry has days, and times of day. Days are a name or its abbreviation, several of them, or a range such as
``Mon-Fri``. Times are ranges on the clock of 24 hours (``9-12``, ``14:00-17:30``, ``9h30-12h``), ranges with
am and pm (``2-5pm``), or a part of the day (``am``, ``morning``, ``matin``), with its hours in brackets if it
has some of its own (``morning (8-11)``). Days without times are whole days. The result is written in one way,
sorted, with times that touch or overlap joined; so equal times are equal texts.

Forms ask in a grid for days and for times apart: :func:`read_part` reads what one of its headings, or one of
its cells, says of the two.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from reverse_match.foundation.names import name_key
from reverse_match.people import cells
from reverse_match.people.cells import CellError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

DAY = 24 * 60
"""Minutes of a day."""

WEEK = 7 * DAY
"""Minutes of a week, which begins on Monday at midnight."""

ON_SITE = "on site"
"""Stands for a place that has no name."""

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
"""Days of the week, as they are written."""

_SPELLINGS = (
    ("mon", "monday", "mondays", "lun", "lundi", "lundis"),
    ("tue", "tues", "tuesday", "tuesdays", "mar", "mardi", "mardis"),
    ("wed", "weds", "wednesday", "wednesdays", "mer", "mercredi", "mercredis"),
    ("thu", "thur", "thurs", "thursday", "thursdays", "jeu", "jeudi", "jeudis"),
    ("fri", "friday", "fridays", "ven", "vendredi", "vendredis"),
    ("sat", "saturday", "saturdays", "sam", "samedi", "samedis"),
    ("sun", "sunday", "sundays", "dim", "dimanche", "dimanches"),
)
_DAY_OF = {spelling: day for day, spellings in enumerate(_SPELLINGS) for spelling in spellings}

_GROUPS = {
    **dict.fromkeys(("weekday", "weekdays", "working days", "en semaine", "jours ouvres"), range(5)),
    **dict.fromkeys(
        ("daily", "every day", "any day", "all week", "tous les jours", "toute la semaine"), range(7)
    ),
    **dict.fromkeys(("weekend", "weekends", "week-end", "le week-end"), range(5, 7)),
}

_MORNING, _NOON, _AFTERNOON, _EVENING = (540, 720), (720, 840), (840, 1020), (1020, 1200)
_WHOLE = (540, 1020)
_PARTS = {
    **dict.fromkeys(
        ("am", "a.m.", "morning", "mornings", "in the morning", "matin", "matins", "le matin", "matinee"),
        _MORNING,
    ),
    **dict.fromkeys(
        (
            *("lunch", "lunchtime", "lunch time", "lunch break", "noon", "midday", "at noon", "at lunch"),
            *("midi", "le midi", "dejeuner", "pause dejeuner"),
        ),
        _NOON,
    ),
    **dict.fromkeys(
        (
            *("pm", "p.m.", "afternoon", "afternoons", "in the afternoon"),
            *("apres-midi", "apres-midis", "l'apres-midi", "apm", "aprem", "apres midi"),
        ),
        _AFTERNOON,
    ),
    **dict.fromkeys(
        ("evening", "evenings", "in the evening", "soir", "soirs", "le soir", "soiree"), _EVENING
    ),
    **dict.fromkeys(("all day", "whole day", "full day", "toute la journee", "journee"), _WHOLE),
}
"""Minutes at which parts of a day begin and end: 9 to 12, 12 to 14, 14 to 17, 17 to 20, and 9 to 17."""


def _any_of(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_DAY = rf"(?:{_any_of(_DAY_OF)})\b\.?"
_BEHIND_DAY = r"[\s:]*"
_FIRST = re.compile(rf"(?:(?:on|from|le|les|du|de)\s+)?({_any_of(_GROUPS)}|{_DAY}){_BEHIND_DAY}")
_NEXT = re.compile(
    rf"(?P<link>-|to\b|through\b|au?\b|,|/|&|\+|and\b|et\b|)\s*(?:le\s+)?(?P<day>{_DAY}){_BEHIND_DAY}"
)
_DAY_WITHIN = re.compile(rf"[\s,:(-]*\b(?:on |le |les |du |de )?(?={_any_of(_GROUPS)}\b|{_DAY})")
_DASH = re.compile(r"[-|/,]\s*")
"""May stand between a day and its times."""
_RANGES = frozenset(("-", "to", "through", "a", "au"))
_CLOCK = r"(\d{1,2})(?:\s*(?::|h|\.)\s*(\d{2})?)?\s*(am|pm|a\.m\.|p\.m\.)?"
_TIMES = re.compile(rf"(?:from\s+|de\s+|between\s+|entre\s+)?{_CLOCK}\s*(?:-|to|until|a|and|et)\s*{_CLOCK}")
_BETWEEN = re.compile(r"\s*(?:,|/|&|\+|\band\b|\bet\b|\bor\b|\bou\b)\s*")
_OWN_HOURS = re.compile(rf"(?:{_any_of(_PARTS)})\s*[(\[:]\s*({_TIMES.pattern})\s*[)\]]?")
"""A part of the day with its hours: ``morning (8-11)``."""
_PART_NAMED = re.compile(rf"\b(?:{_any_of(_PARTS)})(?!\w)")
_UNTIL_NOON = re.compile(r"(\d\s*(?:h|am)?\s*(?:-|to|until|a)\s*)(?:noon|midday|midi)\b")
_FROM_NOON = re.compile(r"\b(?:noon|midday|midi)(?=\s*(?:-|to|until|a)\s*\d)")

_LONGEST = 500
"""Characters of an entry."""


def day_named(name: str) -> int | None:
    """Return the number of a day of the week, from 0 for Monday; ``None`` if the text names none.

    Examples
    --------
    >>> day_named("Tuesday"), day_named("mar."), day_named("someday")
    (1, 1, None)
    """
    return _DAY_OF.get(name_key(name).rstrip("."))


def weekly_times(value: object) -> tuple[str, ...]:
    """Read weekly times: a text with ``;`` or line breaks between entries, or a list of texts.

    Returns
    -------
    tuple of str
        Times such as ``Mon 09:00-12:00``, in the order of the week; empty if nothing is said.

    Raises
    ------
    CellError
        If an entry is no days with times, or a time ends before it begins.

    Examples
    --------
    >>> weekly_times("lun 9h-12h; Thursday 2-5.30pm")
    ('Mon 09:00-12:00', 'Thu 14:00-17:30')
    >>> weekly_times("Mon-Wed am, Mon 12:00-13:00")
    ('Mon 09:00-13:00', 'Tue 09:00-12:00', 'Wed 09:00-12:00')
    """
    entries = cells.names(value.replace("\n", ";") if isinstance(value, str) else value)
    return _read(entries)


@lru_cache(maxsize=4096)
def _read(entries: tuple[str, ...]) -> tuple[str, ...]:
    found = [one for entry in entries for part in entry_parts(entry) for one in part.ranges(_WHOLE)]
    return tuple(_written(start, end) for start, end in joined(found))


def times_on_site(value: object) -> tuple[str, ...]:
    """Read weekly times with places: ``Mon;Wed am @Lyon``. Days without times are days from 0 to 24.

    Returns
    -------
    tuple of str
        Times such as ``Mon 00:00-24:00 @Lyon``, in the order of the week; those without a place are at the
        usual one.

    Raises
    ------
    CellError
        If an entry is no days with times, or two of them name two places at one time.

    Examples
    --------
    >>> times_on_site("Mon;Wed 9-12 @ Lyon")
    ('Mon 00:00-24:00', 'Wed 09:00-12:00 @Lyon')
    """
    entries = cells.names(value.replace("\n", ";") if isinstance(value, str) else value)
    return _read_on_site(entries)


@lru_cache(maxsize=4096)
def _read_on_site(entries: tuple[str, ...]) -> tuple[str, ...]:
    by_place: dict[str, tuple[str, list[tuple[int, int]]]] = {}
    for entry in entries:
        times, _, place = (part.strip() for part in entry.partition("@"))
        _, ranges = by_place.setdefault(name_key(place), (place, []))
        ranges += [one for part in entry_parts(times) for one in part.ranges((0, DAY))]
    found = sorted((one, place) for place, ranges in by_place.values() for one in joined(ranges))
    for (one, _), (other, _) in pairwise(found):
        if other[0] < one[1]:
            message = "two places at the same time; right would be one place at a time, such as Mon @Lyon"
            raise CellError(message, "contradictory")
    return tuple(_written(*one) + f" @{place}" * bool(place) for one, place in found)


def split_place(time: str) -> tuple[str, str]:
    """Return a time of :func:`times_on_site` and its place, which may be empty.

    Examples
    --------
    >>> split_place("Wed 09:00-12:00 @Lyon")
    ('Wed 09:00-12:00', 'Lyon')
    """
    when, _, place = time.partition(" @")
    return when, place


def minutes_of_week(times: Iterable[str]) -> list[tuple[int, int]]:
    """Return the first minute of each time and the minute after its last, both counted from Monday 0:00.

    The times are those that :func:`weekly_times` has written.

    Examples
    --------
    >>> minutes_of_week(("Mon 09:00-12:00", "Tue 00:00-24:00"))
    [(540, 720), (1440, 2880)]
    """
    return list(map(_ends, times))


@lru_cache(maxsize=65_536)
def _ends(time: str) -> tuple[int, int]:
    day, clocks = time.split(" ")
    start, end = map(_clock, clocks.split("-"))
    day_start = DAYS.index(day) * DAY
    return day_start + start, day_start + end


def _clock(written: str) -> int:
    hour, minute = written.split(":")
    return int(hour) * 60 + int(minute)


def joined(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return ranges in order, with those that touch or overlap within one day joined."""
    made: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if made and start <= made[-1][1] and start // DAY == made[-1][0] // DAY:
            made[-1] = (made[-1][0], max(made[-1][1], end))
        else:
            made.append((start, end))
    return made


def written_times(ranges: Iterable[tuple[int, int]]) -> tuple[str, ...]:
    """Return ranges of minutes of a week as texts, cut at midnight; what goes on after Sunday is on Monday.

    Examples
    --------
    >>> written_times([(540, 720), (1380, 1500)])
    ('Mon 09:00-12:00', 'Mon 23:00-24:00', 'Tue 00:00-01:00')
    >>> written_times([(WEEK - 60, WEEK + 30)])
    ('Mon 00:00-00:30', 'Sun 23:00-24:00')
    """
    cut = [
        (max(start, day) - day // WEEK * WEEK, min(end, day + DAY) - day // WEEK * WEEK)
        for start, end in ranges
        for day in range(start // DAY * DAY, end, DAY)
    ]
    return tuple(_written(start, end) for start, end in joined(cut))


@lru_cache(maxsize=65_536)
def _written(start: int, end: int) -> str:
    day = start // DAY
    clocks = (divmod(minute - day * DAY, 60) for minute in (start, end))
    return f"{DAYS[day]} " + "-".join(f"{hour:02}:{minute:02}" for hour, minute in clocks)


def has_days_or_times(text: str) -> bool:
    """Say whether a text is days, times of day, or both.

    Examples
    --------
    >>> has_days_or_times("Monday"), has_days_or_times("Matin (8h-11h)"), has_days_or_times("Excel")
    (True, True, False)
    """
    try:
        return bool(read_part(text))
    except CellError:
        return False


def names_part_of_day(text: str) -> bool:
    """Say whether a text names a part of the day without its hours.

    Examples
    --------
    >>> names_part_of_day("Mon am"), names_part_of_day("Morning (8-11)"), names_part_of_day("Mon 9am-12pm")
    (True, False, False)
    """
    return _PART_NAMED.search(_TIMES.sub("", _OWN_HOURS.sub("", _plain(text)))) is not None


class Part(NamedTuple):
    """What a heading or a cell says: days of the week by number, times of day, or both."""

    days: tuple[int, ...]
    times: tuple[tuple[int, int], ...]

    def ranges(self, whole_day: tuple[int, int]) -> list[tuple[int, int]]:
        """Return the first minute of the week of each time, and the minute after its last."""
        times = self.times or (whole_day,)
        return [(day * DAY + start, day * DAY + end) for day in self.days for start, end in times]

    @property
    def entries(self) -> list[str]:
        """What is said, as entries that :func:`weekly_times` and :func:`times_on_site` read."""
        if not self.times:
            return [DAYS[day] for day in self.days]
        return list(written_times(joined(self.ranges(_WHOLE))))

    def together_with(self, other: Part) -> Part | None:
        """Return what two parts say together; nothing where one contradicts the other.

        Examples
        --------
        >>> read_part("Monday").together_with(read_part("Morning")).entries
        ['Mon 09:00-12:00']
        """
        days = _narrower(self.days, other.days, lambda one, within: one == within)
        times = _narrower(
            self.times, other.times, lambda one, within: within[0] <= one[0] and one[1] <= within[1]
        )
        return None if days is None or times is None else Part(days, times)


_Said = TypeVar("_Said")


def _narrower(
    one: tuple[_Said, ...], other: tuple[_Said, ...], lies_in: Callable[[_Said, _Said], bool]
) -> tuple[_Said, ...] | None:
    """Return which of two lists lies within the other, where an empty one says nothing."""
    for inner, outer in ((one, other), (other, one)):
        if not outer or (inner and all(any(lies_in(part, whole) for whole in outer) for part in inner)):
            return inner or outer
    return None


@lru_cache(maxsize=4096)
def read_part(text: str) -> Part:
    """Read days, times of day, or both, in either order.

    Raises
    ------
    CellError
        If the text says something else.

    Examples
    --------
    >>> read_part("Monday and Wednesday").days, read_part("Matin (8h-11h)").times
    ((0, 2), ((480, 660),))
    >>> read_part("Afternoon - Tuesday").entries
    ['Tue 14:00-17:00']
    """
    rest = _plain(text)
    if _FIRST.match(rest):
        days, rest = _leading_days(rest)
        times, rest = _leading_times(rest) if rest else ([], "")
    else:
        found = _DAY_WITHIN.search(rest)
        ends = len(rest) if found is None else found.start()
        times, behind = _leading_times(rest[:ends].strip())
        days, rest = _leading_days(rest[found.end() :].rstrip(")")) if found else ([], behind)
    if rest or not (days or text.strip()):
        raise _no_times()
    return Part(tuple(days), tuple(times))


def _plain(entry: str) -> str:
    """Return an entry as it is compared, with the hour in place of a noon that is a time.

    Raises
    ------
    CellError
        If it is longer than any entry.
    """
    rest = name_key(entry)
    if len(rest) > _LONGEST:
        raise _no_times()
    rest = _FROM_NOON.sub("12:00", _UNTIL_NOON.sub(r"\g<1>12:00", rest))
    whole = rest.startswith(("[", "(")) and rest.endswith(("]", ")"))
    return rest[1:-1].strip() if whole else rest


def entry_parts(entry: str) -> Iterator[Part]:
    """Return the parts of one entry, each with days; a comma may begin another (``Mon am, Tue pm``).

    Raises
    ------
    CellError
        If the entry is no days with times.

    Examples
    --------
    >>> [part.days for part in entry_parts("Mon am, Tue and Wed pm")]
    [(0,), (1, 2)]
    """
    rest = _plain(entry)
    if not _FIRST.match(rest):
        part = read_part(entry)
        if not part.days:
            raise _no_times()
        yield part
        return
    while rest:
        days, rest = _leading_days(rest)
        of_day, rest = _leading_times(rest)
        yield Part(tuple(days), tuple(of_day))


def _leading_days(text: str) -> tuple[Sequence[int], str]:
    first = _FIRST.match(text)
    if first is None:
        raise _no_times()
    rest = text[first.end() :]
    if first[1] in _GROUPS:
        return _GROUPS[first[1]], rest
    days = [_DAY_OF[first[1].rstrip(".")]]
    while found := _NEXT.match(rest):
        day = _DAY_OF[found["day"].rstrip(".")]
        if found["link"] in _RANGES:
            days += [(days[-1] + step) % 7 for step in range(1, (day - days[-1]) % 7 + 1)]
        else:
            days.append(day)
        rest = rest[found.end() :]
    return days, _DASH.sub("", rest, count=1) if _DASH.match(rest) else rest


def _leading_times(text: str) -> tuple[list[tuple[int, int]], str]:
    """Return the times of day up to where another day begins, and the text from there on."""
    times = []
    rest = text
    while True:
        part = _BETWEEN.split(rest, maxsplit=1)
        said = part[0].strip().removeprefix("(").removesuffix(")")
        whole = _OWN_HOURS.match(rest) or _TIMES.match(rest)
        if whole is not None:  # "and" may stand within a time: between 9 and 12
            said, rest = whole[0], rest[whole.end() :].strip()
            following = _BETWEEN.match(rest)
            if rest and following is None and not _FIRST.match(rest):
                raise _no_times()
            rest = rest if following is None else rest[following.end() :]
        else:
            rest = part[1] if len(part) > 1 else ""
        times += [_part_of_day(said)] if said else []
        if not rest or _FIRST.match(rest):
            return times, rest


def _part_of_day(said: str) -> tuple[int, int]:
    if said in _PARTS:
        return _PARTS[said]
    own = _OWN_HOURS.fullmatch(said)
    found = _TIMES.fullmatch(said if own is None else own[1])
    if found is None:
        raise _no_times()
    hour, minute, half, last_hour, last_minute, last_half = found.groups()
    end = _minutes(last_hour, last_minute, last_half)
    start = _minutes(hour, minute, half)
    if half is None and last_half is not None and last_half[0] == "p":
        later = _minutes(hour, minute, last_half)  # 2-5pm begins at 14, and 9-5pm at 9
        start = later if later < end else start
    if start >= end:
        message = "a time ends before it begins; right would be two times of one day such as 9:00-12:30"
        raise CellError(message, "out-of-order")
    return start, end


def _minutes(hour: str, minute: str | None, half: str | None) -> int:
    hours, minutes = int(hour), int(minute or 0)
    if half is not None:
        hours = hours % 12 + 12 * (half[0] == "p")
    if hours > 24 or minutes > 59 or (hours == 24 and minutes):
        message = "no time of day; right would be from 0:00 to 24:00"
        raise CellError(message, "out-of-range")
    return hours * 60 + minutes


def _no_times() -> CellError:
    message = "not weekly times; right would be days with times, such as Mon 9-12;Thu 14:00-17:30"
    return CellError(message, "not-weekly-times")
