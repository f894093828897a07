"""Minutes that two people have in common in a week, each by the clock of their own time zone.

Only slots of a least length count, since a quarter of an hour here and there is no session. Clocks change in
spring and autumn; so minutes are counted for a week in winter and for one in summer, and the smaller number
counts. Both weeks lie in the past, where time zone databases agree. How minutes are counted, says
:mod:`.week_ranges`.

Times may have a place. Then each place has matrices of its own, for the people who are there, and minutes of
all places are added up: nobody is at two places at one time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache, reduce
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar
from zoneinfo import ZoneInfo

import numpy as np

from reverse_match.people.weekly_times import (
    DAY,
    ON_SITE,
    WEEK,
    minutes_of_week,
    split_place,
    written_times,
)
from reverse_match.scoring.profiles import number_profiles
from reverse_match.scoring.week_ranges import CommonMinutes, WeekRanges, is_tile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.scoring.criterion import Sides
    from reverse_match.scoring.stated_times import TimesOfPerson

SEASONS = datetime(2025, 1, 15, 12), datetime(2025, 7, 15, 12)
"""A day in winter and one in summer (on the southern hemisphere the other way round), at local noon."""

LONGEST_SLOT = DAY
"""Longest slot in minutes: larger ones would not be exact in single precision."""

Entry = TypeVar("Entry", bound=np.generic)

Ranges: TypeAlias = "list[tuple[int, int]]"


@lru_cache(maxsize=4096)
def minutes_ahead(zone: str | None, day: datetime) -> int:
    """Return by how many minutes a time zone is ahead of universal time; 0 without a time zone.

    Examples
    --------
    >>> minutes_ahead("Europe/Paris", SEASONS[0]), minutes_ahead("Europe/Paris", SEASONS[1])
    (60, 120)
    """
    if zone is None:
        return 0
    return (day.replace(tzinfo=ZoneInfo(zone)).utcoffset() or timedelta()) // timedelta(minutes=1)


@lru_cache(maxsize=65_536)
def common_times(mentor: TimesOfPerson, mentee: TimesOfPerson, slot: int) -> tuple[str, ...]:
    """Return the weekly times that two people have in common in winter and in summer, by the mentor's clock.

    Times shorter than ``slot`` minutes are left out. Nothing is in common where no clock measures both, or
    where only one of the two has named places. Times on site are in common at the same place only.

    Examples
    --------
    >>> paris, london = (("Mon 09:00-12:00",), "Europe/Paris"), (("Mon 08:30-09:30",), "Europe/London")
    >>> common_times(paris, london, 30)
    ('Mon 09:30-10:30',)
    """
    if not both_known(mentor, mentee):
        return ()
    mine, theirs = (_by_place(times) for times, _ in (mentor, mentee))
    found = []
    for place in mine.keys() & theirs.keys():
        there = (mine[place], mentor[1]), (theirs[place], mentee[1])
        times = written_times(ends for ends in _shared_ranges(*there) if ends[1] - ends[0] >= slot)
        found += [(minutes_of_week([time]), f"{time} @{place}" if place else time) for time in times]
    return tuple(time for _, time in sorted(found))


def both_known(mentor: TimesOfPerson, mentee: TimesOfPerson) -> bool:
    """Say whether it is known when two people can meet; see :meth:`WeeklyOverlap.known`."""
    said = bool(mentor[0]) and bool(mentee[0])
    one_clock = (mentor[1] is None) == (mentee[1] is None)
    return said and one_clock and _kind_of_places(mentor) == _kind_of_places(mentee)


def _shared_ranges(mentor: TimesOfPerson, mentee: TimesOfPerson) -> Ranges:
    """Return what two people at one place have in common in winter and in summer, by the mentor's clock."""
    shared = _ranges_of(mentor[0], 0)
    for ahead in {minutes_ahead(mentee[1], day) - minutes_ahead(mentor[1], day) for day in SEASONS}:
        shared = _in_both(shared, _ranges_of(mentee[0], ahead))
    return shared


@lru_cache(maxsize=65_536)
def _ranges_of(times: tuple[str, ...], ahead: int) -> Ranges:
    """Return the ranges of weekly times by a clock that is behind by so many minutes; nobody changes them."""
    return universal_ranges(minutes_of_week(times), ahead)


@lru_cache(maxsize=65_536)
def _by_place(times: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Return the times of each place; those without a place are at the place ``""``."""
    if times and "@" not in times[0]:
        return {"": times}
    found: dict[str, list[str]] = {}
    for when, place in map(split_place, times):
        found.setdefault(place, []).append(when)
    return {place: tuple(whens) for place, whens in found.items()}


def _kind_of_places(stated: TimesOfPerson) -> tuple[bool, bool]:
    """Say whether somebody has times at places with names, and whether at the one that has none."""
    unnamed = {place == ON_SITE for place in _by_place(stated[0])}
    return False in unnamed, True in unnamed


def _in_both(one: Ranges, other: Ranges) -> Ranges:
    """Return what two lists of ranges have in common; in each of them ranges do not touch."""
    mine, theirs = (
        sorted(part for ends in ranges for part in _within_week(*ends)) for ranges in (one, other)
    )
    shared, place = [], 0
    for start, end in mine:
        while place and theirs[place - 1][1] > start:  # it goes on into this one
            place -= 1
        while place < len(theirs) and theirs[place][0] < end:
            first, last = theirs[place]
            if max(start, first) < min(end, last):
                shared.append((max(start, first), min(end, last)))
            place += 1
    return _joined_over_the_end(shared)


def _joined_over_the_end(ranges: Ranges) -> Ranges:
    """Return ranges of which the one that begins with the week goes on the one that ends with it."""
    if len(ranges) > 1 and ranges[0][0] == 0 and ranges[-1][1] == WEEK:
        return [*ranges[1:-1], (ranges[-1][0], WEEK + ranges[0][1])]
    return ranges


class WeeklyOverlap:
    """Compares distinct weekly times of people.

    Parameters
    ----------
    distinct : sequence of TimesOfPerson
        The weekly times that are compared, by number.
    slot : int
        Shortest slot that counts, in minutes, up to a day.

    Examples
    --------
    >>> paris = ("Mon 09:00-12:00", "Tue 14:00-15:00"), "Europe/Paris"
    >>> london = ("Mon 09:00-10:00", "Tue 13:30-14:00"), "Europe/London"
    >>> overlap = WeeklyOverlap([paris, london], slot=45)
    >>> overlap.minutes(*np.ogrid[0:2, 0:2])
    array([[240,  60],
           [ 60,  60]])
    """

    def __init__(self, distinct: Sequence[TimesOfPerson], slot: int) -> None:
        self._said = np.array([bool(times) for times, _ in distinct], dtype=bool)
        self._on_a_clock = np.array([zone is not None for _, zone in distinct], dtype=bool)
        kinds, self._kinds = number_profiles(map(_kind_of_places, distinct))
        self._one_kind = len(kinds) < 2
        self._places = _places_of(distinct, slot)
        every = np.arange(len(distinct))
        self.own = self.minutes(every, every)
        """Minutes in slots that are long enough, of each of the weekly times."""

    def known(self, here: IntArray, there: IntArray) -> BoolArray:
        """Say whether the minutes in common are known: both have said times, and one clock measures both.

        Two people without a time zone go by one clock; one without and one with a time zone do not. Nor is
        it known whether somebody who has named no place is where the other is.
        """
        both: BoolArray = self._said[here] & self._said[there]
        both &= self._on_a_clock[here] == self._on_a_clock[there]
        return both if self._one_kind else both & (self._kinds[here] == self._kinds[there])

    @property
    def always_known(self) -> bool:
        """Whether the minutes in common are known of every two."""
        return bool(self._said.all()) and len(np.unique(self._on_a_clock)) < 2 and self._one_kind

    def minutes(self, here: IntArray, there: IntArray) -> IntArray:
        """Return the minutes in common of weekly times by number; the two arrays of numbers broadcast."""
        return self.counted(here, there).astype(np.int64)

    def counted(self, here: IntArray, there: IntArray) -> NDArray[np.float32]:
        """Return the same as :meth:`minutes` in single precision."""
        if len(self._places) == 1:
            position = self._places[0].position
            here, there = position[here], position[there]
            by_season = [season.minutes(here, there) for season in self._places[0].seasons]
        else:
            by_season = self._at_all_places(here, there)
        return reduce(np.minimum, by_season)

    def _at_all_places(self, here: IntArray, there: IntArray) -> list[NDArray[np.float32]]:
        """Return the minutes in common in each season, added up over places."""
        seasons = max((len(place.seasons) for place in self._places), default=1)
        found = [np.zeros(np.broadcast_shapes(here.shape, there.shape), np.float32) for _ in range(seasons)]
        for place in self._places:
            place.add_minutes(found, here, there)
        return found


class OverlapOfSides:
    """The weekly times of mentors beside those of mentees.

    Parameters
    ----------
    stated : sequence of TimesOfPerson
        The weekly times of all participants.
    sides : Sides
        The participants of rows and of columns.
    slot : int
        Shortest slot that counts, in minutes.

    Attributes
    ----------
    mentors, mentees : arrays of int
        Number of the weekly times of each row, and of each column.
    shape : tuple of int
        Numbers of weekly times that differ, of rows and of columns.
    """

    def __init__(self, stated: Iterable[TimesOfPerson], sides: Sides, slot: int) -> None:
        distinct, codes = number_profiles(stated)
        self._overlap = WeeklyOverlap(distinct, slot)
        self._here, self.mentors = np.unique(codes[list(sides.mentors)], return_inverse=True)
        self._there, self.mentees = np.unique(codes[list(sides.mentees)], return_inverse=True)
        self.shape = len(self._here), len(self._there)

    @property
    def always_known(self) -> bool:
        """Whether the minutes in common are known of every two."""
        return self._overlap.always_known

    def stated(self, here: IntArray, there: IntArray) -> tuple[IntArray, IntArray]:
        """Return the minutes in long enough slots that each side has stated."""
        return self._overlap.own[self._here[here]], self._overlap.own[self._there[there]]

    def known(self, here: IntArray, there: IntArray) -> BoolArray:
        """Say whether the minutes in common are known; see :meth:`WeeklyOverlap.known`."""
        return self._overlap.known(self._here[here], self._there[there])

    def minutes(self, here: IntArray, there: IntArray) -> NDArray[np.float32]:
        """Return the minutes in common of weekly times by number; the two arrays of numbers broadcast."""
        return self._overlap.counted(self._here[here], self._there[there])


class KeptTable(Generic[Entry]):
    """What is true of each two weekly times, computed once for a block of rows when it is first asked for.

    Parameters
    ----------
    shape : tuple of int
        Numbers of rows and of columns.
    compute : callable
        Returns the entries for numbers of rows and of columns, which broadcast.
    kind : type
        What an entry is.
    """

    def __init__(
        self, shape: tuple[int, int], compute: Callable[[IntArray, IntArray], Any], kind: type[Entry]
    ) -> None:
        self._shape, self._compute, self._kind = shape, compute, kind
        self._kept: NDArray[Entry] | None = None
        self._counted = np.zeros(-(-shape[0] // _ROWS), dtype=bool)

    def __call__(self, here: IntArray, there: IntArray) -> NDArray[Entry]:
        """Return new entries for numbers of rows and of columns, which broadcast."""
        if self._shape[0] * self._shape[1] * self._kind().itemsize > _LARGEST_KEPT:
            return self._compute(here, there)  # type: ignore[no-any-return]
        kept = self._with_rows(np.unique(here // _ROWS))
        if not is_tile(here, there):
            return kept[here, there]
        rows: NDArray[Entry] = kept.take(here[:, 0], axis=0)
        whole = there.shape[1] == self._shape[1] and bool((np.diff(there[0]) == 1).all())
        return rows if whole else rows.take(there[0], axis=1)

    def _with_rows(self, blocks: IntArray) -> NDArray[Entry]:
        """Return the table in which some blocks of rows are computed; others may not be."""
        if self._kept is None:
            self._kept = np.zeros(self._shape, dtype=self._kind)
        there = np.arange(self._shape[1])[None, :]
        for block in blocks[~self._counted[blocks]].tolist():  # two threads that compute one find the same
            here = np.arange(block * _ROWS, min((block + 1) * _ROWS, self._shape[0]))
            self._kept[here] = self._compute(here[:, None], there)
            self._counted[block] = True
        return self._kept


_ROWS = 256
"""Rows that are computed at one time."""

_LARGEST_KEPT = 128_000_000
"""Largest number of bytes of a table that is kept."""


@dataclass(frozen=True)
class _Place:
    """The weekly times of those who are at a place: everybody, where times have no place.

    Attributes
    ----------
    position : int64 array
        Number of each of the weekly times at this place, -1 where none of them is there.
    seasons : list of CommonMinutes
        The minutes in common, once for each season that differs.
    """

    position: IntArray
    seasons: list[CommonMinutes]

    def add_minutes(self, found: list[NDArray[np.float32]], here: IntArray, there: IntArray) -> None:
        """Add the minutes that are in common at this place, in each season."""
        rows, columns = self.position[here], self.position[there]
        if not ((rows >= 0).any() and (columns >= 0).any()):
            return
        present: Any
        if is_tile(rows, columns):
            present = np.ix_(rows[:, 0] >= 0, columns[0] >= 0)
            mine, theirs = rows[rows[:, 0] >= 0], columns[:, columns[0] >= 0]
        else:
            rows, columns = np.broadcast_arrays(rows, columns)
            present = (rows >= 0) & (columns >= 0)
            mine, theirs = rows[present], columns[present]
        for minutes, season in zip(found, self.seasons, strict=True):
            minutes[present] += season.minutes(mine, theirs)


def _places_of(distinct: Sequence[TimesOfPerson], slot: int) -> list[_Place]:
    """Return each place with the ranges of universal time of all who are there.

    If all clocks change alike, the differences between them do not, and one season is enough.
    """
    zones = list(dict.fromkeys(zone for times, zone in distinct if times))
    ahead = [{zone: minutes_ahead(zone, day) for zone in zones} for day in SEASONS]
    changes = {ahead[1][zone] - ahead[0][zone] for zone in zones}
    seasons = ahead if len(changes) > 1 else ahead[:1]
    by_place = [_by_place(times) for times, _ in distinct]
    places = dict.fromkeys(place for one in by_place for place in one)
    return [_place_of([one.get(place) for one in by_place], distinct, seasons, slot) for place in places]


def _place_of(
    there: Sequence[tuple[str, ...] | None],
    distinct: Sequence[TimesOfPerson],
    seasons: Sequence[dict[str | None, int]],
    slot: int,
) -> _Place:
    """Return a place, of what each has stated there."""
    members = [number for number, times in enumerate(there) if times]
    position = np.full(len(there), -1, dtype=np.int64)
    position[members] = np.arange(len(members))
    times = [there[number] or () for number in members]
    zones = [distinct[number][1] for number in members]
    ranges = [WeekRanges.of(times, [ahead[zone] for zone in zones]) for ahead in seasons]
    return _Place(position, [CommonMinutes(one, len(members), slot) for one in ranges])


def universal_ranges(local: Iterable[tuple[int, int]], ahead: int) -> Ranges:
    """Return ranges of minutes of the week in universal time, each joined with what it touches.

    A range that goes on over the end of the week ends after ``WEEK``, and nothing begins at the week's first
    minute then.

    Examples
    --------
    >>> universal_ranges([(30, 90), (90, 120)], 60)
    [(10050, 10140)]
    """
    cut: list[tuple[int, int]] = []
    for start, end in local:
        begin = (start - ahead) % WEEK
        stop = begin + end - start
        cut += [(begin, min(stop, WEEK))] * (begin < stop) + [(0, stop - WEEK)] * (stop > WEEK)
    made: Ranges = []
    for start, end in sorted(cut):
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(made[-1][1], end))
        else:
            made.append((start, end))
    return _joined_over_the_end(made)


def _within_week(start: int, end: int) -> Ranges:
    if start >= WEEK:
        return [(start - WEEK, end - WEEK)]
    return [(start, min(end, WEEK)), (0, end - WEEK)] if end > WEEK else [(start, end)]
