"""The meetings of each duo of a round: how long, how, where and when.

What a duo has arranged is stronger than what its two people ask for in their feedback; this is stronger than
the times at which both are free, and these than the programme. An answer holds from the day after it was
given, until another one changes it again:

- *shorter* gives meetings of ``rotation.short_session_minutes`` of the policy, as a proposal does;
- *other channel* gives the other one of the two channels of the programme;
- *different day* rules out the day of the week on which the duo would meet next. The nearest day stands for
  it on which both are free, or, where that is not known, the nearest one from Monday to Friday.

A request that nothing answers changes nothing, and is counted (``unanswered``).

Meetings keep their week. If the day of a duo is closed in a week, its meeting is on another working day of
that week. If the first session is in the week of the framing meeting, both are on the days of the programme.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from reverse_match.foundation.names import pair_key
from reverse_match.people.weekly_times import DAYS
from reverse_match.policy.values import minutes_of
from reverse_match.programme.common_slot import CommonSlots, Slot, at_common_time
from reverse_match.programme.programme import MovedDay

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reverse_match.matching.results.matching import Duo, Matching
    from reverse_match.people.cohort import Cohort
    from reverse_match.programme.arrangements.collection import Arrangements
    from reverse_match.programme.arrangements.record import Arrangement
    from reverse_match.programme.feedback.collection import Feedback
    from reverse_match.programme.feedback.record import Format
    from reverse_match.programme.programme import Channel, Programme

_WEEKDAYS = range(5)


class Meeting(NamedTuple):
    """When, how long, where and how a duo meets."""

    begins: datetime
    minutes: int
    place: str = ""
    """Empty where nothing is said of a place."""
    channel: Channel | None = None
    link: str = ""
    """Empty where nothing is said of a link."""


@dataclass(frozen=True)
class _Terms:
    """What holds for the meetings of a duo from some day on, beside what it has arranged."""

    minutes: int
    channel: Channel | None
    not_on: frozenset[int] = frozenset()
    """Days of the week on which the two do not want to meet."""


class DuoMeetings:
    """The meetings of the duos of a matching.

    Parameters
    ----------
    matching : Matching
        Has the policy: the length of short sessions, and whether it asks for time on site.
    programme : Programme
        Plans the meetings.
    cohort : Cohort, optional
        The people, who state when they are free.
    arrangements : Arrangements, optional
        What duos have arranged.
    feedback : Feedback, optional
        Answers on the format of sessions.

    Attributes
    ----------
    unanswered : Counter
        How many duos ask for something that nothing gives them, by the format that they ask for.
    without_slot : int
        How many duos state times, of which none in common is as long as their first meeting.
    """

    def __init__(
        self,
        matching: Matching,
        programme: Programme,
        cohort: Cohort | None = None,
        arrangements: Arrangements | None = None,
        feedback: Feedback | None = None,
    ) -> None:
        self._programme = programme
        self._short = matching.policy.rotation.short_session_minutes
        self._slots = None if cohort is None else CommonSlots(matching, programme, cohort)
        self._arranged = {} if arrangements is None else arrangements.by_duo
        self._feedback = feedback
        self.unanswered: Counter[Format] = Counter()
        self.without_slot = 0
        self._planned: dict[int, list[MovedDay]] = {}

    def of(self, duo: Duo, number: int) -> list[Meeting]:
        """Return the framing meeting and the sessions of a duo in a round, in order."""
        programme = self._programme
        if number not in self._planned:
            self._planned[number] = _planned_meetings(programme, number)
        arranged = self._arranged.get(pair_key(duo))
        weeks = Counter(_week_of(one.day or one.planned) for one in self._planned[number])
        shared = frozenset(week for week, meetings in weeks.items() if meetings > 1)
        week = _Week(programme, number, self._slots, duo, arranged, shared)
        terms = _Terms(programme.session.minutes, programme.session.channel)
        requests = self._requests(duo)
        failed: set[Format] = set()
        found: list[Meeting] = []
        for planned in self._planned[number]:
            while requests and requests[0][0] < (planned.day or planned.planned):
                _, request = requests.pop(0)
                after = self._after(request, terms, week, planned)
                failed |= {request} if after is None else set()
                terms = after or terms
            found.append(week.meeting(planned, terms))
        self.unanswered.update(failed)
        self.without_slot += week.lacks_a_slot(found[0].minutes)
        return found

    def _requests(self, duo: Duo) -> list[tuple[date, Format]]:
        """Return the formats that the two ask for, each with the day of the answer, the earliest first."""
        if self._feedback is None:
            return []
        places = self._feedback.positions.get(pair_key(duo), ())
        answers = (self._feedback.records[place] for place in places)
        return [(one.on, one.format) for one in answers if one.format not in (None, "yes")]

    def _after(self, request: Format, terms: _Terms, week: _Week, planned: MovedDay) -> _Terms | None:
        """Return what holds after a request; ``None`` where nothing can be made of it."""
        arranged = week.arranged
        if request == "shorter":
            if arranged is not None and arranged.minutes is not None:
                return terms
            return replace(terms, minutes=self._short) if self._short < terms.minutes else None
        if request == "other channel":
            if arranged is not None and arranged.channel is not None:
                return terms
            usual, other = self._programme.session.channel, self._programme.session.other_channel
            new = usual if terms.channel == other else other
            return None if new is None else replace(terms, channel=new)
        if arranged is not None and arranged.day is not None:
            return terms
        day = week.usual_day(planned, terms)
        without = replace(terms, not_on=terms.not_on | {day})
        return None if week.usual_day(planned, without) in without.not_on else without


@dataclass(frozen=True)
class _Week:
    """Puts a meeting of a duo on a day of its week."""

    programme: Programme
    number: int
    slots: CommonSlots | None
    duo: Duo
    arranged: Arrangement | None
    shared_weeks: frozenset[tuple[int, int]]
    """Weeks in which a duo meets twice."""

    def meeting(self, planned: MovedDay, terms: _Terms) -> Meeting:
        """Return a meeting."""
        minutes = (self.arranged and self.arranged.minutes) or terms.minutes
        slot = self._slot(planned, terms, minutes)
        channel = (self.arranged and self.arranged.channel) or self._channel(terms)
        place = "" if channel in ("video", "telephone") else slot.place
        if self.arranged is None:
            return Meeting(slot.begins, minutes, place, channel)
        return Meeting(slot.begins, minutes, self.arranged.place or place, channel, self.arranged.link or "")

    def lacks_a_slot(self, minutes: int) -> bool:
        """Say whether both state times, of which none in common is long enough, and have arranged none."""
        settled = self.arranged is not None and (self.arranged.day or self.arranged.time) is not None
        return not settled and self.slots is not None and self.slots.of(self.duo, minutes) == ()

    def usual_day(self, planned: MovedDay, terms: _Terms) -> int:
        """Return the day of the week of a meeting if no day is closed."""
        minutes = (self.arranged and self.arranged.minutes) or terms.minutes
        return self._slot(planned, terms, minutes, closed=False).begins.weekday()

    def _channel(self, terms: _Terms) -> Channel | None:
        """Return the channel of a duo that has arranged none: on site where the policy asks for that."""
        usual = self.programme.session.channel
        on_site = self.slots is not None and self.slots.on_site
        return "on site" if on_site and terms.channel == usual else terms.channel

    def _slot(self, planned: MovedDay, terms: _Terms, minutes: int, *, closed: bool = True) -> Slot:
        arranged, day = self.arranged, planned.day or planned.planned
        weekday = planned.planned.weekday()
        if _week_of(day) in self.shared_weeks:
            return Slot(self._at(day))
        if arranged is not None and arranged.day is not None:
            weekday = DAYS.index(arranged.day)
        else:
            common = self._common(day, weekday, terms, minutes, closed=closed)
            if common is not None and (arranged is None or arranged.time is None):
                return common
            if weekday in terms.not_on:
                weekday = _nearest_weekday(weekday, terms.not_on)
        if weekday == planned.planned.weekday():
            return Slot(self._at(day))
        return Slot(self._at(self._on_weekday(day, weekday, closed=closed)))

    def _common(self, day: date, weekday: int, terms: _Terms, minutes: int, *, closed: bool) -> Slot | None:
        """Return a slot at which both are free, on a day of the week that they want if there is one."""
        times = None if self.slots is None else self.slots.of(self.duo, minutes)
        if not times or self.slots is None:
            return None
        begins, end = self.programme.round_begins(self.number), self.programme.round_ends(self.number)

        def may_be(one: date, not_on: Iterable[int] = terms.not_on) -> bool:
            is_open = not closed or self.programme.is_open(one)
            return is_open and begins <= one < end and one.weekday() not in not_on

        anchor = self._at(day + timedelta(days=weekday - day.weekday()))
        zone = self.slots.zone(self.duo)
        found = at_common_time(anchor, times, zone, minutes, may_be)
        if found is None:
            found = at_common_time(anchor, times, zone, minutes, lambda one: may_be(one, ()))
        return None if found is None else found._replace(place=self.slots.spelling(self.duo, found.place))

    def _on_weekday(self, day: date, weekday: int, *, closed: bool) -> date:
        """Return a day of the week of another day, or the nearest to it that is open and in the round."""
        wanted = day + timedelta(days=weekday - day.weekday())
        begins, end = self.programme.round_begins(self.number), self.programme.round_ends(self.number)
        if begins <= wanted < end and (not closed or self.programme.is_open(wanted)):
            return wanted
        return self.programme.day_in_week(self.number, wanted) or day

    def _at(self, day: date) -> datetime:
        said = self.arranged and self.arranged.time
        hours, minutes = divmod(minutes_of(said or self.programme.session.at), 60)
        return datetime.combine(day, time(hours, minutes), ZoneInfo(self.programme.timezone))


def _week_of(day: date) -> tuple[int, int]:
    year, week, _ = day.isocalendar()
    return year, week


def _planned_meetings(programme: Programme, number: int) -> list[MovedDay]:
    """Return the framing meeting of a round and the sessions that are not left out."""
    framing = programme.framing_meeting(number).date()
    sessions = [one for one in programme.planned_sessions(number) if one.day is not None]
    return [MovedDay("framing_meeting", framing, framing), *sessions]


def _nearest_weekday(weekday: int, not_on: frozenset[int]) -> int:
    """Return the nearest other day from Monday to Friday, the later of two; the day itself if none is left.

    Examples
    --------
    >>> [_nearest_weekday(1, frozenset(days)) for days in ({1}, {1, 2}, {0, 1, 2, 3, 4})]
    [2, 0, 1]
    """
    left = [day for day in _WEEKDAYS if day not in not_on]
    return min(left, key=lambda day: (abs(day - weekday), -day), default=weekday)
