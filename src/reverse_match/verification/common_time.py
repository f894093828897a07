"""Counts the minutes that two people have in common in a week: ranges of one with ranges of the other.

A range that goes on over the end of the week ends after ``WEEK``. Since a week follows the next, such a range
is compared as it stands, and once more a week earlier. Ranges at two places have nothing in common.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

import numpy as np

from reverse_match.foundation.names import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.people.participant import Participant
    from reverse_match.scoring.columns import Columns

Times: TypeAlias = "tuple[tuple[str, ...], str | None]"
"""What a person has stated, each time on site with its place, and the time zone."""

WEEK = 7 * 24 * 60
NOWHERE = "on site"
"""A place without a name."""
_DAYS = "MonTueWedThuFriSatSun"


class _Ranges(NamedTuple):
    """Ranges of several people: whose each is, its first minute, the minute after its last, and its place."""

    owner: IntArray
    start: IntArray
    end: IntArray
    place: IntArray

    @classmethod
    def of(cls, people: Sequence[Times], month: int, places: Mapping[str, int]) -> _Ranges:
        """Return the ranges of people, who are numbered in their order, as places are."""
        free = {
            times: [
                (*one, number)
                for place, number in places.items()
                if _is_at(times, place)
                for one in _universal(times, month, place)
            ]
            for times in dict.fromkeys(people)
        }
        rows = [(owner, *one) for owner, times in enumerate(people) for one in free[times]]
        return cls(*np.array(rows, dtype=np.int64).reshape(-1, 4).T)

    def of_owners(self, owners: slice) -> _Ranges:
        """Return the ranges of some people, who are numbered anew."""
        part = slice(*np.searchsorted(self.owner, (owners.start, owners.stop)))
        return _Ranges(self.owner[part] - owners.start, self.start[part], self.end[part], self.place[part])

    def where(self, mask: BoolArray) -> _Ranges:
        """Return the ranges that are marked."""
        return _Ranges(*(column[mask] for column in self))

    @property
    def endless(self) -> BoolArray:
        """Marks of people who are always free."""
        return self.end - self.start > 2 * WEEK

    def a_week_earlier(self) -> _Ranges:
        """Return those that go on over the end of the week, a week earlier."""
        over = self.where((self.end > WEEK) & ~self.endless)
        return over._replace(start=over.start - WEEK, end=over.end - WEEK)


def stated_times(people: Sequence[Participant], columns: Columns, *, on_site: bool) -> list[Times]:
    """Return what each person has stated: when they are free, or when they are on site and not busy."""
    if not on_site:
        return [(person.available, person.timezone) for person in people]
    return [(tuple(_on_site(person, columns)), person.timezone) for person in people]


def _on_site(person: Participant, columns: Columns) -> Iterator[str]:
    """Yield each time on site with its place, cut by what the person has stated to be free."""
    for entry in person.on_site:
        when, _, named = entry.partition(" @")
        place = word_of(named or person.location or "", columns)
        mask = _minutes([when])
        if person.available:
            mask &= _minutes(person.available)
        starts, ends = np.flatnonzero(np.diff(mask.astype(np.int8), prepend=0, append=0)).reshape(-1, 2).T
        if not len(starts):
            yield f"{when[:3]} 00:00-00:00 @{place}"
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
            yield f"{when[:3]} {_clock(start, start)}-{_clock(end, start)} @{place}"


def word_of(place: str, columns: Columns) -> str:
    """Return the word by which a place is compared."""
    return name_key(columns.in_one_word("location", place)) if place else NOWHERE


def _is_at(times: Times, place: str) -> bool:
    return any(entry.partition(" @")[2] == place for entry in times[0])


def names_places(times: Times) -> tuple[bool, ...]:
    """Say which kinds of places somebody has: with a name, without one."""
    at = [entry.partition(" @")[2] for entry in times[0]]
    return any(place != NOWHERE for place in at), NOWHERE in at


def _minutes(times: Iterable[str]) -> BoolArray:
    """Mark the minutes of the week by a person's own clock."""
    mask = np.zeros(WEEK, dtype=bool)
    for time in times:
        day = _DAYS.index(time[:3]) // 3 * 1440
        start, end = (day + int(clock[:2]) * 60 + int(clock[3:]) for clock in time[4:15].split("-"))
        mask[start:end] = True
    return mask


class CommonTime:
    """The minutes in common of mentors and mentees.

    Parameters
    ----------
    mentors, mentees : sequence of Times
        What each person has stated.
    slot : int
        Shortest time in common that counts, in minutes.
    """

    def __init__(self, mentors: Sequence[Times], mentees: Sequence[Times], slot: int) -> None:
        self._slot = slot
        number = {times: place for place, times in enumerate(dict.fromkeys(mentors))}
        self._stated = np.array([number[times] for times in mentors], dtype=np.int64)
        entries = {entry for times, _ in {*mentors, *mentees} for entry in times}
        places = {place: at for at, place in enumerate(sorted({one.partition(" @")[2] for one in entries}))}
        self._seasons = [
            (_Ranges.of(list(number), month, places), _Ranges.of(mentees, month, places)) for month in (1, 7)
        ]

    def reaches(self, at_least: int, rows: slice, columns: slice) -> BoolArray:
        """Say of each pair of a tile whether it has enough minutes in common, in winter and in summer."""
        stated, places = np.unique(self._stated[rows], return_inverse=True)
        enough = np.ones((len(stated), columns.stop - columns.start), dtype=bool)
        for mentors, mentees in self._seasons:
            meetings = _Meetings(mentees.of_owners(columns), enough.shape[1], self._slot)
            for place, one in enumerate(stated.tolist()):
                mine = mentors.of_owners(slice(one, one + 1))
                enough[place] &= meetings.minutes(mine) >= at_least
        return enough[places]


class _Meetings:
    """The mentees of a tile, with whom one mentor after the other is compared."""

    def __init__(self, mentees: _Ranges, count: int, slot: int) -> None:
        self._mentees, self._count, self._slot = mentees, count, slot
        self._earlier = mentees.a_week_earlier()
        self._bounded = mentees.where(~mentees.endless)

    def minutes(self, mentor: _Ranges) -> IntArray:
        """Return the minutes that a mentor has in common with each mentee."""
        meetings = [(mentor, self._mentees), (mentor.a_week_earlier(), self._bounded)]
        if not mentor.endless.any():  # whoever is always free is so at one place
            meetings.append((mentor, self._earlier))
        found = np.zeros(self._count)
        for one, others in meetings:
            for _, start, end, place in zip(*(column.tolist() for column in one), strict=True):
                length = np.minimum(others.end, end) - np.maximum(others.start, start)
                long = (length >= self._slot) & (others.place == place)
                found += np.bincount(others.owner[long], length[long], self._count)
        return np.minimum(found, WEEK).astype(np.int64)


def shared_times(mentor: Times, mentee: Times, slot: int) -> tuple[str, ...]:
    """Return when two people are free in winter and in summer, minute by minute, by the mentor's clock."""
    if (mentor[1] is None) != (mentee[1] is None) or names_places(mentor) != names_places(mentee):
        return ()
    written = []
    for place in {entry.partition(" @")[2] for entry in mentor[0]}:
        both = np.ones(WEEK, dtype=bool)
        for month in (1, 7):
            shared = _free(mentor, month, place) & _free(mentee, month, place)
            both &= np.roll(shared, _minutes_ahead(mentor[1], month))
        for first, last in _runs(both):
            if last - first >= slot:
                ends = [first, *range((first // 1440 + 1) * 1440, last, 1440), last]
                written += [(one % WEEK, one % WEEK + other - one, place) for one, other in pairwise(ends)]
    return tuple(
        f"{_DAYS[one // 1440 * 3 :][:3]} {_clock(one, one)}-{_clock(other, one)}" + f" @{place}" * bool(place)
        for one, other, place in sorted(written)
    )


def _clock(minute: int, of: int) -> str:
    hours, minutes = divmod(minute - of // 1440 * 1440, 60)
    return f"{hours:02}:{minutes:02}"


def _universal(times: Times, month: int, place: str) -> list[tuple[int, int]]:
    """Return minutes of a week in universal time; a week without end is one range of four weeks."""
    free = _free(times, month, place)
    return [(-WEEK, 3 * WEEK)] if free.all() else _runs(free)


def _free(times: Times, month: int, place: str) -> BoolArray:
    """Mark the minutes of a week in universal time at which a person is free, at a place."""
    there = _minutes(entry for entry in times[0] if entry.partition(" @")[2] == place)
    return np.roll(there, -_minutes_ahead(times[1], month))


def _minutes_ahead(zone: str | None, month: int) -> int:
    if zone is None:
        return 0
    noon = datetime(2025, month, 15, 12, tzinfo=ZoneInfo(zone))
    return (noon.utcoffset() or timedelta()) // timedelta(minutes=1)


def _runs(free: BoolArray) -> list[tuple[int, int]]:
    """Return the first minute of each run of marks, and the minute after its last; the week has no end."""
    if free.all():
        return [(0, WEEK)]
    starts = np.flatnonzero(free & ~np.roll(free, 1))
    ends = np.flatnonzero(~free & np.roll(free, 1))
    later = np.searchsorted(ends, starts)
    return [
        (int(start), int(ends[place]) if place < len(ends) else int(ends[0]) + WEEK)
        for start, place in zip(starts, later, strict=True)
    ]
