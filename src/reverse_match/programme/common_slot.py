"""Finds the times of the week at which both people of a duo are free, and puts meetings there.

A duo's times in common are found anew from what the two people state, in slots of the length of a session:
so they are right also where people have changed since, or where the policy has asked for longer slots, or for
none. If the policy asks for time on site, a duo meets on site.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from reverse_match.foundation.names import id_key
from reverse_match.people.weekly_times import DAY, WEEK, minutes_of_week, split_place
from reverse_match.policy.asked_time import asked_time
from reverse_match.scoring.columns import Columns
from reverse_match.scoring.stated_times import place_key, times_of
from reverse_match.scoring.weekly_overlap import both_known, common_times, universal_ranges

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reverse_match.matching.results.matching import Duo, Matching
    from reverse_match.people.cohort import Cohort
    from reverse_match.programme.programme import Programme


class Slot(NamedTuple):
    """When a duo meets, and where if it meets on site."""

    begins: datetime
    place: str = ""
    """Empty where nothing is said of a place."""


class CommonSlots:
    """The times in common of duos, in slots of the length of a session.

    Parameters
    ----------
    matching : Matching
        Has the policy, which may ask for time on site.
    programme : Programme
        Has the length of a session.
    cohort : Cohort
        The people, who state times.
    """

    def __init__(self, matching: Matching, programme: Programme, cohort: Cohort) -> None:
        asked = asked_time(matching.policy)
        self._on_site = asked is not None and asked.on_site
        self._programme, self._cohort = programme, cohort
        self._columns = Columns(cohort, matching.policy, None)
        self._found: dict[tuple[str, str, int], tuple[str, ...] | None] = {}

    @property
    def on_site(self) -> bool:
        """Whether the policy asks for time in common on site."""
        return self._on_site

    def of(self, duo: Duo, minutes: int | None = None) -> tuple[str, ...] | None:
        """Return the times of a duo, by the mentor's clock; ``None`` where it is not known.

        They are as long as ``minutes``, or as a session if this is not given.
        """
        length = minutes or self._programme.session.minutes
        key = (duo.mentor, duo.mentee, length)
        if key not in self._found:
            self._found[key] = self._times_of(duo, length)
        return self._found[key]

    def _times_of(self, duo: Duo, minutes: int) -> tuple[str, ...] | None:
        places = [self._cohort.position.get(id_key(one)) for one in (duo.mentor, duo.mentee)]
        people = [self._cohort.participants[place] for place in places if place is not None]
        if len(people) != len(places):
            return None
        mentor, mentee = (times_of(person, self._columns, on_site=self._on_site) for person in people)
        if not both_known(mentor, mentee):
            return None
        return common_times(mentor, mentee, minutes)

    def zone(self, duo: Duo) -> str:
        """Return the time zone by whose clock the times of a duo go, which is that of the mentor."""
        mentor = self._cohort.participants[self._cohort.position[id_key(duo.mentor)]]
        return mentor.timezone or self._programme.timezone

    def spelling(self, duo: Duo, place: str) -> str:
        """Return a place as the mentor spells it."""
        mentor = self._cohort.participants[self._cohort.position[id_key(duo.mentor)]]
        named = (mentor.location, *(place for _, place in map(split_place, mentor.on_site)))
        return {place_key(one, self._columns): one for one in named if one}.get(place, place)


def at_common_time(
    planned: datetime, times: Sequence[str], zone: str, minutes: int, is_possible: Callable[[date], bool]
) -> Slot | None:
    """Return when a duo meets: the nearest day of the week, and hour of the day, at which both are free.

    Parameters
    ----------
    planned : datetime
        Beginning of the meeting as the programme plans it, with its time zone.
    times : sequence of str
        Weekly times at which both people are free, as a duo has them, perhaps with places.
    zone : str
        Time zone by whose clock the times go.
    minutes : int
        Length of the meeting.
    is_possible : callable
        Says whether the meeting may be on a day.

    Returns
    -------
    Slot or None
        From Monday to Sunday of the same week, in the time zone of ``planned``; ``None`` if no time is long
        enough.

    Examples
    --------
    >>> tuesday = datetime(2027, 1, 12, 10, tzinfo=ZoneInfo("Europe/Paris"))
    >>> times = ["Mon 08:00-12:00 @Lyon", "Thu 14:00-14:30"]
    >>> meeting = at_common_time(tuesday, times, "Europe/London", 45, lambda day: True)
    >>> str(meeting.begins), meeting.place
    ('2027-01-11 10:00:00+01:00', 'Lyon')
    """
    local = planned.astimezone(ZoneInfo(zone))
    monday, clock = local.date() - timedelta(days=local.weekday()), local.hour * 60 + local.minute
    possible = []
    for start, end, place in _whole_ranges(times):
        for weekday in range(start // DAY, (end - 1) // DAY + 1):
            begin = min(max(weekday * DAY + clock, start), end - minutes) % WEEK
            day = monday + timedelta(days=begin // DAY)
            if end - start >= minutes and is_possible(day):
                days_apart = abs(begin // DAY - local.weekday())
                possible.append((days_apart, abs(begin % DAY - clock), begin, place))
    if not possible:
        return None
    _, _, begin, place = min(possible)
    at = time(begin % DAY // 60, begin % 60, tzinfo=ZoneInfo(zone))
    begins = datetime.combine(monday + timedelta(days=begin // DAY), at).astimezone(planned.tzinfo)
    return Slot(begins, place)


def _whole_ranges(times: Sequence[str]) -> list[tuple[int, int, str]]:
    """Return times as minutes of the week with their places; those of one place that touch are one."""
    by_place: dict[str, list[tuple[int, int]]] = {}
    for when, place in map(split_place, times):
        by_place.setdefault(place, []).extend(minutes_of_week([when]))
    return [(*ends, place) for place, found in by_place.items() for ends in universal_ranges(found, 0)]
