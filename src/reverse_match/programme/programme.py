"""A programme: the days on which rounds begin and end, and the times of meetings and reviews.

Every day is computed from the first day of the programme by calendar months
(:mod:`reverse_match.foundation.dates`), so that days do not drift: rounds of one month that begin on 31
January end on the last day of February, on 31 March, on 30 April. A round ends on the day on which the next
one begins; on this day rotation is due.

In a round a duo has a framing meeting on the first day, sessions after it, and a review on the last day of
each month of the round. Days on a weekend move: meetings to the Monday after, reviews to the Friday before.
Sessions are counted from the day to which the framing meeting has moved, so that meetings keep their order.
The first session is at most 23 days after the first day of the round, the first review at least 25 days after
it: so the first month has all three.

Meetings are at a local time, and keep it when clocks change.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, TypeAlias
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, Strict, model_validator

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.bounded_file import PROGRAMME_BYTES
from reverse_match.foundation.dates import UNKNOWN_ZONE, known_zones, months_later
from reverse_match.foundation.errors import CodedError, Fault, InputError, ProgrammeError
from reverse_match.foundation.records import Day, PlainData
from reverse_match.people import cells
from reverse_match.policy.load import plain_data_of
from reverse_match.policy.values import TimeOfDay, is_none, minutes_of

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

FIRST_YEAR, LAST_YEAR = 1970, 2999
"""The years in which a programme must lie; time zones before 1970 are not reliable."""

MOST_OBJECTIVES = 100
"""Largest number of objectives of a programme."""

MOST_SESSIONS = 1_000
"""Largest number of sessions in a round: twice as many as ten years of weekly sessions."""

_FRIDAY = 4
_WEEK = 7


def _text(value: str) -> str:
    read = cells.text(value)
    if read is None:
        message = "empty; right would be some text"
        raise CodedError(message, "empty")
    return read


def _zone(value: str) -> str:
    name = cells.timezone(value)
    if name not in known_zones():
        raise CodedError(UNKNOWN_ZONE, "unknown-time-zone")
    return str(name)


def _begins_on_the_day(value: str) -> str:
    if value == "24:00":
        message = "not a time at which something begins; right would be 00:00 to 23:59"
        raise CodedError(message, "out-of-range")
    return value


Text: TypeAlias = Annotated[str, AfterValidator(_text)]
MilestoneKind: TypeAlias = Literal["framing_meeting", "first_session", "review", "rotation", "end"]


class _OfProgramme(PlainData):
    refusal: ClassVar[type[InputError]] = ProgrammeError


class SessionTerms(_OfProgramme):
    """The length and the frequency of the sessions of a duo.

    Examples
    --------
    >>> SessionTerms(minutes=60, every=1, unit="month").days_to_first
    14
    >>> SessionTerms(minutes=20, every=1, unit="week").days_to_first
    7
    """

    minutes: Annotated[int, Strict(), Field(ge=5, le=480)] = 45
    """Length of a session, and of the framing meeting, in minutes."""
    every: Annotated[int, Strict(), Field(ge=1, le=52)] = 2
    """Number of weeks or months between two sessions."""
    unit: Literal["week", "month"] = "week"
    """Unit of ``every``; the two are given together."""
    first_after_days: Annotated[int, Strict(), Field(ge=1, le=21)] | None = Field(
        default=None, exclude_if=is_none
    )
    """Days from the framing meeting to the first session; by default 7 for weekly sessions, else 14."""
    at_most: Annotated[int, Strict(), Field(ge=1, le=MOST_SESSIONS)] | None = Field(
        default=None, exclude_if=is_none
    )
    """Largest number of sessions in a round; if not given, all that begin before its end."""
    at: Annotated[TimeOfDay, AfterValidator(_begins_on_the_day)] = "10:00"
    """Time of day, in the time zone of the programme."""

    @model_validator(mode="after")
    def _cadence_is_whole(self) -> SessionTerms:
        if len({"every", "unit"} & self.model_fields_set) == 1:
            message = "every and unit go together; give both, or neither for every 2 weeks"
            raise CodedError(message, "incomplete")
        return self

    @property
    def days_to_first(self) -> int:
        """Days from the framing meeting to the first session."""
        if self.first_after_days is not None:
            return self.first_after_days
        return _WEEK if (self.every, self.unit) == (1, "week") else 2 * _WEEK

    @check_arguments
    def later(self, first: date, number: int) -> date:
        """Return the day of the session ``number`` sessions after a first one, before weekends move it."""
        if self.unit == "month":
            return months_later(first, self.every * number)
        return first + timedelta(weeks=self.every * number)


class Milestone(_OfProgramme):
    """An event on a day of a round."""

    kind: MilestoneKind
    """Kind: ``framing_meeting``, ``first_session``, ``review``, ``rotation``, or ``end`` of the programme."""
    day: date
    """Day of the event."""
    at: datetime | None = None
    """Time of the event with its time zone; ``None`` for a whole day."""


class Programme(_OfProgramme):
    """The begin of a programme, the length of its rounds, and the frequency of meetings.

    Examples
    --------
    >>> programme = Programme(start="2027-01-31", months=1, rounds=3, timezone="Europe/Paris")
    >>> [str(programme.round_ends(number)) for number in (1, 2, 3)]
    ['2027-02-28', '2027-03-31', '2027-04-30']
    >>> [str(session) for session in programme.sessions(1)]
    ['2027-02-15 10:00:00+01:00']
    """

    name: Text | None = Field(default=None, exclude_if=is_none)
    """Name of the programme."""
    objectives: Annotated[tuple[Text, ...], Field(max_length=MOST_OBJECTIVES)] = ()
    """Objectives of the programme."""
    start: Day
    """First day of the programme, on which the first round begins."""
    months: Annotated[int, Strict(), Field(ge=1, le=120)]
    """Length of a round in calendar months."""
    rounds: Annotated[int, Strict(), Field(ge=1, le=100)] = 1
    """Number of rounds."""
    session: SessionTerms = Field(default_factory=SessionTerms)
    """Length and frequency of sessions."""
    timezone: Annotated[str, AfterValidator(_zone)] = "UTC"
    """IANA name of the time zone in which meetings keep their time of day."""
    move_weekends: Annotated[bool, Strict()] = True
    """Whether meetings on a Saturday or Sunday move to the Monday after, and reviews to the Friday before.
    The last day of a round stays."""

    @model_validator(mode="after")
    def _within_years(self) -> Programme:
        if not (self.start.year >= FIRST_YEAR and self.round_ends(self.rounds).year <= LAST_YEAR):
            message = f"out of range; right would be a programme in the years {FIRST_YEAR} to {LAST_YEAR}"
            raise CodedError(message, "out-of-range")
        return self

    @classmethod
    @check_arguments
    def load(cls, path: str | os.PathLike[str]) -> Programme:
        """Read a programme from a ``.json`` or ``.toml`` file.

        Raises
        ------
        ProgrammeError
            With every fault, its place in the file, and the nearest known name where one is unknown.
        """
        file = Path(path)
        return cls.from_data(plain_data_of(file, ProgrammeError, PROGRAMME_BYTES), file.name)

    @classmethod
    @check_arguments
    def from_data(cls, data: object, source: str = "programme") -> Programme:
        """Read a programme from plain data, such as the content of a ``.json`` file.

        Parameters
        ----------
        data : mapping
            Data with the names of the files.
        source : str
            Name of the programme in messages.

        Raises
        ------
        ProgrammeError
            With every fault, its place, its code, and the nearest known name where one is unknown.

        Examples
        --------
        >>> Programme.from_data({"start": "2027-01-31", "months": 3}).rounds
        1
        """
        try:
            return cls.model_validate(data)
        except ProgrammeError as error:
            raise error.of(source) from None

    @check_arguments
    def round_begins(self, number: int) -> date:
        """Return the first day of a round; rounds are counted from 1.

        Raises
        ------
        ProgrammeError
            If the programme has no such round.
        """
        self._refuse_no_round(number)
        return months_later(self.start, (number - 1) * self.months)

    @check_arguments
    def round_ends(self, number: int) -> date:
        """Return the day on which a round is over: rotation is due, and the next round, if any, begins.

        Raises
        ------
        ProgrammeError
            If the programme has no such round.
        """
        self._refuse_no_round(number)
        return months_later(self.start, number * self.months)

    @check_arguments
    def round_of(self, day: date) -> int:
        """Return the number of the round that contains a day; the day on which one ends is in the next.

        Raises
        ------
        ProgrammeError
            If the programme has not begun on that day, or is over.
        """
        if day < self.start:
            raise ProgrammeError([Fault(f"the programme begins on {self.start}, which is after {day}")])
        for number in range(1, self.rounds + 1):
            if day < self.round_ends(number):
                return number
        over = self.round_ends(self.rounds)
        raise ProgrammeError([Fault(f"the programme is over since {over}; {day} is in none of its rounds")])

    @check_arguments
    def framing_meeting(self, number: int) -> datetime:
        """Return the time at which the duos of a round agree on their objectives.

        Raises
        ------
        ProgrammeError
            If the programme has no such round.
        """
        return self._at(self._not_on_a_weekend(self.round_begins(number)))

    @check_arguments
    def sessions(self, number: int) -> tuple[datetime, ...]:
        """Return the times at which the sessions of a duo of a round begin, with their time zone, in order.

        Raises
        ------
        ProgrammeError
            If the programme has no such round.
        """
        return tuple(self._at(day) for day in self._session_days(number))

    @check_arguments
    def sessions_planned(self, number: int, until: date | None = None) -> int:
        """Return the number of sessions of a duo in a round, or up to and including a day of it.

        Raises
        ------
        ProgrammeError
            If the programme has no such round.
        """
        return sum(until is None or day <= until for day in self._session_days(number))

    @check_arguments
    def reviews(self, number: int) -> tuple[date, ...]:
        """Return the review days of a round: the last day of each of its months.

        Raises
        ------
        ProgrammeError
            If the programme has no such round.
        """
        self._refuse_no_round(number)
        before = (number - 1) * self.months
        ends = [months_later(self.start, before + month) for month in range(1, self.months + 1)]
        return tuple(self._before_a_weekend(end - timedelta(days=1)) for end in ends)

    @check_arguments
    def milestones(self, number: int) -> tuple[Milestone, ...]:
        """Return the events of a round in order, without the sessions after the first.

        Raises
        ------
        ProgrammeError
            If the programme has no such round.
        """
        framing, first = self.framing_meeting(number), self.sessions(number)[0]
        last: MilestoneKind = "end" if number == self.rounds else "rotation"
        return (
            Milestone(kind="framing_meeting", day=framing.date(), at=framing),
            Milestone(kind="first_session", day=first.date(), at=first),
            *(Milestone(kind="review", day=day) for day in self.reviews(number)),
            Milestone(kind=last, day=self.round_ends(number)),
        )

    @check_arguments
    def first_month(self, number: int) -> tuple[Milestone, ...]:
        """Return the framing meeting, the first session and the first review of a round.

        Raises
        ------
        ProgrammeError
            If the programme has no such round.
        """
        return self.milestones(number)[:3]

    def _refuse_no_round(self, number: int) -> None:
        if not 1 <= number <= self.rounds:
            message = f"there is no round {number}; right would be from 1 to {self.rounds}"
            raise ProgrammeError([Fault(message)])

    def _session_days(self, number: int) -> Iterator[date]:
        end = self.round_ends(number)
        framing = self._not_on_a_weekend(self.round_begins(number))
        first = framing + timedelta(days=self.session.days_to_first)
        count = 0
        while self.session.at_most is None or count < self.session.at_most:
            day = self._not_on_a_weekend(self.session.later(first, count))
            if day >= end:
                return
            yield day
            count += 1

    def _at(self, day: date) -> datetime:
        hours, minutes = divmod(minutes_of(self.session.at), 60)
        return datetime.combine(day, time(hours, minutes), ZoneInfo(self.timezone))

    def _not_on_a_weekend(self, day: date) -> date:
        beyond = max(0, day.weekday() - _FRIDAY) if self.move_weekends else 0
        return day + timedelta(days=3 - beyond) if beyond else day

    def _before_a_weekend(self, day: date) -> date:
        return day - timedelta(days=max(0, day.weekday() - _FRIDAY)) if self.move_weekends else day
