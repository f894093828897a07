"""A programme: the days on which rounds begin and end, and the times of meetings and reviews.

Every day is computed from the first day of the programme by calendar months
(:mod:`reverse_match.foundation.dates`), so that days do not drift: rounds of one month that begin on 31
January end on the last day of February, on 31 March, on 30 April. A round ends on the day on which the next
one begins; on this day rotation is due.

In a round a duo has a framing meeting on the first day, sessions after it, and a review on the last day of
each month of the round, or every month from a first day on that the programme states. Days on a weekend move:
meetings to the Monday after, reviews to the Friday before. Days that are closed, or public holidays, move as
:mod:`reverse_match.programme.closed_days` says.

Sessions, and a first review that is stated, are counted from the day to which the framing meeting has moved,
so that meetings keep their order. Without closed days the first session is at most 23 days after the first
day of the round, and the first review at least 25 days after it: so the first month has all three.

A session that closed days move out of its week is left out where another session is in the week to which it
moves, so that a duo does not meet twice in a week after a closure.

Meetings are at a local time, and keep it when clocks change.
"""

from __future__ import annotations

import operator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, Strict, model_validator

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.bounded_file import PROGRAMME_BYTES
from reverse_match.foundation.dates import UNKNOWN_ZONE, known_zones, months_later
from reverse_match.foundation.errors import CodedError, Fault, InputError, ProgrammeError
from reverse_match.foundation.records import Day, PlainData
from reverse_match.people import cells
from reverse_match.policy import Policy  # noqa: TC001 - arguments are checked by it
from reverse_match.policy.asked_time import with_slots
from reverse_match.policy.load import plain_data_of
from reverse_match.policy.values import TimeOfDay, is_none, minutes_of
from reverse_match.programme.closed_days import ClosedDays, known_country, written_period, years_known
from reverse_match.programme.feedback.questions import MOST_QUESTIONS, Question, refuse_repeated

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

FIRST_YEAR, LAST_YEAR = 1970, 2999
"""The years in which a programme must lie; time zones before 1970 are not reliable."""

MOST_OBJECTIVES = 100
"""Largest number of objectives of a programme."""

MOST_CLOSED = 1_000
"""Largest number of closed days and periods of a programme, and of countries."""

MOST_SESSIONS = 1_000
"""Largest number of sessions in a round: twice as many as ten years of weekly sessions."""

_FRIDAY = 4
_WEEK = 7
_DAY = timedelta(days=1)


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
Period: TypeAlias = Annotated[str, BeforeValidator(written_period, json_schema_input_type=str)]
Country: TypeAlias = Annotated[str, BeforeValidator(known_country, json_schema_input_type=str)]
Channel: TypeAlias = Literal["video", "telephone", "on site"]
MeetingKind: TypeAlias = Literal["framing_meeting", "session", "review"]
MilestoneKind: TypeAlias = Literal["framing_meeting", "first_session", "review", "rotation", "end"]


def _one_or_several(value: object) -> object:
    return [value] if isinstance(value, str | date) else value


def _is_empty(value: object) -> bool:
    return value == ()


def _is_usual(value: object) -> bool:
    return value == ReviewTerms()


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
    channel: Channel | None = Field(default=None, exclude_if=is_none)
    """How duos meet; if not given, nothing is said of it."""
    other_channel: Channel | None = Field(default=None, exclude_if=is_none)
    """How duos meet that ask for another channel."""

    @model_validator(mode="after")
    def _channels_differ(self) -> SessionTerms:
        if self.channel is not None and self.channel == self.other_channel:
            message = "channel and other_channel are one; right would be two that differ"
            raise CodedError(message, "out-of-range")
        return self

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


class ReviewTerms(_OfProgramme):
    """The day of the first review."""

    first_after_days: Annotated[int, Strict(), Field(ge=8, le=180)] | None = Field(
        default=None, exclude_if=is_none
    )
    """Days from the framing meeting to the first review; further reviews follow each month from it on. If not
    given, a review is on the last day of each month of the round."""


class MovedDay(NamedTuple):
    """A day of a round that is closed or a public holiday, and the day that stands for it."""

    kind: MeetingKind
    """Kind: ``framing_meeting``, ``session`` or ``review``."""
    planned: date
    """Day that the programme would have without closed days."""
    day: date | None = None
    """Day that stands for it; ``None`` if there is none, or if another one of this kind is as near."""


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
    questions: Annotated[tuple[Question, ...], Field(max_length=MOST_QUESTIONS)] = Field(
        default=(), exclude_if=operator.not_
    )
    """Own questions of the programme beside those of the form for feedback."""
    start: Day
    """First day of the programme, on which the first round begins."""
    months: Annotated[int, Strict(), Field(ge=1, le=120)]
    """Length of a round in calendar months."""
    rounds: Annotated[int, Strict(), Field(ge=1, le=100)] = 1
    """Number of rounds."""
    session: SessionTerms = Field(default_factory=SessionTerms)
    """Length and frequency of sessions."""
    review: ReviewTerms = Field(default_factory=ReviewTerms, exclude_if=_is_usual)
    """Day of the first review."""
    timezone: Annotated[str, AfterValidator(_zone)] = "UTC"
    """IANA name of the time zone in which meetings keep their time of day."""
    move_weekends: Annotated[bool, Strict()] = True
    """Whether meetings on a Saturday or Sunday move to the Monday after, and reviews to the Friday before.
    The last day of a round stays."""
    closed: Annotated[tuple[Period, ...], BeforeValidator(_one_or_several), Field(max_length=MOST_CLOSED)] = (
        Field(default=(), exclude_if=_is_empty)
    )
    """Days on which nobody meets: ``2027-05-28``, or a period ``2027-08-02..2027-08-20`` with both ends."""
    holidays: Annotated[
        tuple[Country, ...], BeforeValidator(_one_or_several), Field(max_length=MOST_CLOSED)
    ] = Field(default=(), exclude_if=_is_empty)
    """Countries on whose public holidays nobody meets, by their codes: ``FR``, or ``DE-BY`` for a part of a
    country. Needs the extra ``holidays``."""

    @model_validator(mode="after")
    def _each_question_once(self) -> Programme:
        refuse_repeated(self.questions)
        return self

    @model_validator(mode="after")
    def _within_years(self) -> Programme:
        if not (self.start.year >= FIRST_YEAR and self.round_ends(self.rounds).year <= LAST_YEAR):
            message = f"out of range; right would be a programme in the years {FIRST_YEAR} to {LAST_YEAR}"
            raise CodedError(message, "out-of-range")
        return self

    @model_validator(mode="after")
    def _holidays_are_known(self) -> Programme:
        for country in self.holidays:
            first, last = years_known(country)
            if not (first <= self.start.year and self.round_ends(self.rounds).year <= last):
                message = (
                    f"public holidays are known from {first} to {last}; right would be a programme within "
                    "these years"
                )
                raise CodedError(message, "out-of-range")
        return self

    @model_validator(mode="after")
    def _reviews_come_after_sessions(self) -> Programme:
        after, first = self.review.first_after_days, self.session.days_to_first
        if after is not None and after < first + _WEEK:
            message = (
                f"the first review is {after} days after the framing meeting, and the first session {first} "
                "days after it; right would be a review at least 7 days after the session"
            )
            raise CodedError(message, "out-of-order")
        return self

    @model_validator(mode="after")
    def _every_round_has_days(self) -> Programme:
        if self.closed or self.holidays or self.review.first_after_days is not None:
            for number in range(1, self.rounds + 1):
                self._refuse_empty_round(number)
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
    def with_slots(self, policy: Policy) -> Policy:
        """Return a policy in which time in common comes in slots as long as a session.

        It is for the rules, quotas and criteria of kind ``common_time`` that say no ``slot`` themselves; one
        that asks for less than a session keeps its own.

        Examples
        --------
        >>> from reverse_match.policy import Policy  # noqa: TC001 - arguments are checked by it
        >>> programme = Programme(start="2027-01-31", months=3)
        >>> policy = Policy.model_validate({"rules": [{"kind": "common_time", "at_least": 90}]})
        >>> programme.with_slots(policy).rules[0].slot
        45
        """
        return with_slots(policy, self.session.minutes)

    @check_arguments
    def is_open(self, day: date) -> bool:
        """Say whether a day is neither closed nor a public holiday; it may be on a weekend."""
        return ClosedDays(self.closed, self.holidays, weekends=False).is_working_day(day)

    @check_arguments
    def day_in_week(self, number: int, day: date) -> date | None:
        """Return the day, or else the working day of its week and of a round on which a meeting of it is.

        Raises
        ------
        ProgrammeError
            If the programme has no such round.

        Examples
        --------
        >>> programme = Programme(start="2027-01-11", months=4, closed="2027-02-22")
        >>> str(programme.day_in_week(1, date(2027, 2, 22)))
        '2027-02-23'
        """
        begins, end = self.round_begins(number), self.round_ends(number)
        return self._closed_days.meeting_in_week(day, begins, end)

    @check_arguments
    def framing_meeting(self, number: int) -> datetime:
        """Return the time at which the duos of a round agree on their objectives.

        Raises
        ------
        ProgrammeError
            If the programme has no such round.
        """
        return self._at(self._framing_day(number) or self.round_begins(number))

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
        """Return the review days of a round.

        They are the last day of each of its months. If the programme states the day of the first review, they
        are this day, and the same day of each month after it that is within the round.

        Raises
        ------
        ProgrammeError
            If the programme has no such round.
        """
        self._refuse_no_round(number)
        return tuple(one.day for one in self._reviews(number) if one.day is not None)

    @check_arguments
    def moved_days(self, number: int) -> tuple[MovedDay, ...]:
        """Return the days of a round that are closed or public holidays, and what becomes of each.

        Raises
        ------
        ProgrammeError
            If the programme has no such round.

        Examples
        --------
        >>> programme = Programme(start="2027-01-11", months=4, closed=["2027-03-08", "2027-03-10"])
        >>> [(one.kind, str(one.planned), str(one.day)) for one in programme.moved_days(1)]
        [('session', '2027-03-08', '2027-03-09'), ('review', '2027-03-10', '2027-03-09')]
        """
        self._refuse_no_round(number)
        planned = self._not_on_a_weekend(self.round_begins(number))
        framing = MovedDay("framing_meeting", planned, self._framing_day(number))
        days = (framing, *self.planned_sessions(number), *self._reviews(number))
        return tuple(one for one in days if one.day != one.planned)

    @check_arguments
    def planned_sessions(self, number: int) -> tuple[MovedDay, ...]:
        """Return all sessions of a duo in a round, with the day of each before and after closed days move it.

        Raises
        ------
        ProgrammeError
            If the programme has no such round.
        """
        self._refuse_no_round(number)
        found, held = [], 0
        for one in self._sessions_before_the_last(number):
            if held == self.session.at_most:
                break
            found.append(one)
            held += one.day is not None
        return tuple(found)

    @check_arguments
    def is_working_day(self, day: date) -> bool:
        """Say whether meetings may be on a day, as far as weekends, closed days and public holidays say it.

        Examples
        --------
        >>> programme = Programme(start="2027-01-11", months=4, closed=["2027-02-22"])
        >>> [programme.is_working_day(date(2027, 2, day)) for day in (20, 22, 23)]
        [False, False, True]
        """
        return self._closed_days.is_working_day(day)

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
        within = (
            Milestone(kind="framing_meeting", day=framing.date(), at=framing),
            Milestone(kind="first_session", day=first.date(), at=first),
            *(Milestone(kind="review", day=day) for day in self.reviews(number)),
        )
        # A long closure can move the first session behind a review.
        in_order = sorted(within, key=lambda one: one.day)
        return (*in_order, Milestone(kind=last, day=self.round_ends(number)))

    @check_arguments
    def first_month(self, number: int) -> tuple[Milestone, ...]:
        """Return the framing meeting, the first session and the first review of a round, in order.

        Raises
        ------
        ProgrammeError
            If the programme has no such round.
        """
        first: dict[str, Milestone] = {}
        for one in self.milestones(number)[:-1]:
            first.setdefault(one.kind, one)
        return tuple(first.values())

    def _refuse_no_round(self, number: int) -> None:
        if not 1 <= number <= self.rounds:
            message = f"there is no round {number}; right would be from 1 to {self.rounds}"
            raise ProgrammeError([Fault(message)])

    def _refuse_empty_round(self, number: int) -> None:
        if self._framing_day(number) is None or not (
            any(self._session_days(number)) and self.reviews(number)
        ):
            message = (
                f"round {number} has no working day for a framing meeting, a session or a review; right "
                "would be fewer closed days, or an earlier first review"
            )
            raise CodedError(message, "out-of-range")

    @property
    def _closed_days(self) -> ClosedDays:
        return ClosedDays(self.closed, self.holidays, weekends=self.move_weekends)

    def _framing_day(self, number: int) -> date | None:
        """Return the day of the framing meeting; the programme was refused if a round has none."""
        begins, end, days = self.round_begins(number), self.round_ends(number), self._closed_days
        planned = self._not_on_a_weekend(begins)
        return days.meeting_in_week(planned, begins, end) or days.next_meeting(planned, end)

    def _session_days(self, number: int) -> Iterator[date]:
        return (one.day for one in self.planned_sessions(number) if one.day is not None)

    def _sessions_before_the_last(self, number: int) -> Iterator[MovedDay]:
        """Yield the sessions of a round as if their number had no limit."""
        framing, end, days = self._framing_day(number), self.round_ends(number), self._closed_days
        if framing is None:
            return
        planned = list(self._days_without_closed(framing, end))
        in_week = [days.meeting_in_week(day, framing + _DAY, end) for day in planned]
        weeks = {_monday(day) for day in in_week if day is not None}
        for before, day in zip(planned, in_week, strict=True):
            after = day or days.next_meeting(before, end)
            if day is None and after is not None:
                after = None if _monday(after) in weeks else after
                weeks |= set() if after is None else {_monday(after)}
            yield MovedDay("session", before, after)

    def _days_without_closed(self, framing: date, end: date) -> Iterator[date]:
        first = framing + timedelta(days=self.session.days_to_first)
        for count in range((end - first).days):
            day = self._not_on_a_weekend(self.session.later(first, count))
            if day >= end:
                return
            yield day

    def _reviews(self, number: int) -> list[MovedDay]:
        """Return the reviews of a round; of two that fall on one day, one is left out."""
        framing, found = self._framing_day(number), []
        taken: set[date | None] = set()
        for planned in map(self._before_a_weekend, self._reviews_without_closed(number)):
            day = None if framing is None else self._closed_days.day_before(planned, framing + _DAY)
            found.append(MovedDay("review", planned, None if day in taken else day))
            taken.add(day)
        return found

    def _reviews_without_closed(self, number: int) -> Iterator[date]:
        """Yield the reviews of a round before weekends and closed days move them."""
        after, framing, end = self.review.first_after_days, self._framing_day(number), self.round_ends(number)
        if after is None:
            before = (number - 1) * self.months
            for month in range(1, self.months + 1):
                yield months_later(self.start, before + month) - _DAY
        elif framing is not None:
            first = framing + timedelta(days=after)
            for month in range(self.months + 1):
                if (day := months_later(first, month)) < end:
                    yield day

    def _at(self, day: date) -> datetime:
        hours, minutes = divmod(minutes_of(self.session.at), 60)
        return datetime.combine(day, time(hours, minutes), ZoneInfo(self.timezone))

    def _not_on_a_weekend(self, day: date) -> date:
        beyond = max(0, day.weekday() - _FRIDAY) if self.move_weekends else 0
        return day + timedelta(days=3 - beyond) if beyond else day

    def _before_a_weekend(self, day: date) -> date:
        return day - timedelta(days=max(0, day.weekday() - _FRIDAY)) if self.move_weekends else day


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
