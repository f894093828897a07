"""The events of a round as iCalendar components (RFC 5545).

Each meeting is an event of its own and not a recurrence, so that it can be moved alone. A meeting of a duo
keeps its UID, a digest of ids, when the file is made again. No clock is read: the time of writing, which
RFC 5545 demands, is the first day of the programme. The summary of an event holds the ids of the two people,
with their names if people are given; their e-mail addresses then make them attendees.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from reverse_match.foundation.errors import Fault, InputError, ProgrammeError
from reverse_match.foundation.names import id_key, pair_key
from reverse_match.foundation.optional import require_module
from reverse_match.foundation.text_safety import visible
from reverse_match.people.weekly_times import ON_SITE
from reverse_match.programme.arrangements.duo_meetings import DuoMeetings
from reverse_match.views.words.facts import CalendarText, DuoInWords
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from icalendar import vCalAddress

    from reverse_match.matching.results.matching import Duo, Matching
    from reverse_match.people.cohort import Cohort
    from reverse_match.programme.arrangements.collection import Arrangements
    from reverse_match.programme.arrangements.duo_meetings import Meeting
    from reverse_match.programme.feedback.collection import Feedback
    from reverse_match.programme.programme import Programme

PRODUCT = "-//reverse_match//programme//EN"

MOST_MEETINGS = 200_000
"""The most meetings in one file, at about a kilobyte each; calendar programs do not import more."""

_ORGANIZER = re.compile(r"(?P<name>[^<>@]*)<(?P<named>[^\s@<>]+@[^\s@<>]+)>|(?P<alone>[^\s@<>]+@[^\s@<>]+)")

_OF_ADDRESSES = "@!$'*+-.=_~"
"""What need not be written as its code in the address of a mail (RFC 6068)."""


class Entry(NamedTuple):
    """An event of a whole day, or one that begins at a time."""

    key: tuple[str | int, ...]
    text: CalendarText
    begins: date | datetime
    people: tuple[str, ...] = ()
    """Ids of those who meet."""
    place: str = ""
    """Where they meet, as far as that is known."""
    minutes: int = 0
    """Length; 0 for a whole day."""


@dataclass(frozen=True)
class CalendarRequest:
    """What the calendar of a round is made of."""

    matching: Matching
    programme: Programme
    number: int
    lang: str = "en"
    cohort: Cohort | None = None
    anonymous: bool = False
    arrangements: Arrangements | None = None
    feedback: Feedback | None = None
    organizer: str | None = None

    def meetings(self) -> DuoMeetings:
        """Return the meetings of the duos.

        Raises
        ------
        ProgrammeError
            If an arrangement is of two people who are no duo of the matching.
        """
        if self.arrangements is not None:
            self.arrangements.refuse_strangers(self.matching.duos)
        return DuoMeetings(self.matching, self.programme, self.cohort, self.arrangements, self.feedback)

    @property
    def names(self) -> Mapping[str, str]:
        """What people are called, by id."""
        return {} if self.cohort is None or self.anonymous else self.cohort.names


class RoundEvents:
    """The events of a round, from which calendars are written.

    Parameters
    ----------
    request : CalendarRequest
        What they are made of.

    Raises
    ------
    InputError
        If the language is not known, or the organizer has no e-mail address.
    MissingExtraError
        If ``icalendar`` is not installed.
    """

    def __init__(self, request: CalendarRequest) -> None:
        self._request, self._programme = request, request.programme
        self._phrases = language(request.lang)
        self._meetings = request.meetings()
        self._library = require_module("icalendar", "calendar", "a calendar")
        self._invites, self._around = self._same_everywhere(request)
        self._of_duos: dict[tuple[str, str], bytes] = {}
        self._of_people: dict[str, str | None] = {}
        self._durations: dict[int, str] = {}
        self._each: int | None = None
        """Number of meetings of a duo."""
        self._heads: dict[tuple[int, int], bytes] = {}
        self._years: dict[tuple[str, str], set[int]] = {}

    def _same_everywhere(self, request: CalendarRequest) -> tuple[str | None, dict[str, tuple[str, str]]]:
        """Return the line of who invites, and what stands around days and times."""
        from reverse_match.views.calendar_components import around, line_of

        organizer = None if request.anonymous else _organizer(request.organizer)
        invites = None if organizer is None else line_of("ORGANIZER", _calendar_address(*organizer))
        day = self._programme.start
        return invites, {
            "time": around("DTSTART", datetime.combine(day, time()), TZID=self._programme.timezone),
            "day": around("DTSTART", day),
            "end": around("DTEND", day),
        }

    def text(self, duos: Sequence[Duo]) -> str:
        """Return a calendar of some duos.

        Raises
        ------
        ProgrammeError
            If the programme has no such round, or if the file would have more than 200,000 meetings.
        """
        self._refuse_many(duos)
        for duo in duos:
            if pair_key(duo) not in self._of_duos:
                entries = list(self._entries(duo))
                self._of_duos[pair_key(duo)] = b"".join(map(self._event, entries))
                self._years[pair_key(duo)] = {entry.begins.year for entry in entries}
        last = self._last()
        years = {last.begins.year}.union(*(self._years[pair_key(duo)] for duo in duos))
        # Events that stand in several calendars are written once; the order is the one of the library.
        end = b"END:VCALENDAR\r\n"
        events = [*(self._of_duos[pair_key(duo)] for duo in duos), self._event(last)]
        return str(b"".join([self._head((min(years), max(years))).removesuffix(end), *events, end]), "utf-8")

    def _head(self, years: tuple[int, int]) -> bytes:
        """Return a calendar without events."""
        if years not in self._heads:
            from reverse_match.views.calendar_components import time_zone_component

            whole = self._library.Calendar()
            whole.add("prodid", PRODUCT)
            whole.add("version", "2.0")
            whole.add_component(time_zone_component(self._programme.timezone, years))
            self._heads[years] = whole.to_ical()
        return self._heads[years]

    def _refuse_many(self, duos: Sequence[Duo]) -> None:
        if self._each is None:
            programme, number = self._programme, self._request.number
            self._each = 1 + programme.sessions_planned(number) + len(programme.reviews(number))
        meetings = len(duos) * self._each
        if meetings > MOST_MEETINGS:
            message = (
                f"a calendar of {meetings:,} meetings; right would be up to {MOST_MEETINGS:,}, such as one "
                "for each duo or person"
            )
            raise ProgrammeError([Fault(message)])

    def _entries(self, duo: Duo) -> Iterator[Entry]:
        programme, number, phrases = self._programme, self._request.number, self._phrases
        reviews, names = programme.reviews(number), self._request.names
        two = (duo.mentor, duo.mentee)
        said = DuoInWords(programme.name, *(names.get(one, one) for one in two))
        key = (number, *two)
        framing, *others = self._meetings.of(duo, number)
        text = phrases.framing_meeting(said, programme.objectives)
        yield self._meeting((*key, "framing"), text, framing, two)
        for place, session in enumerate(others, 1):
            text = phrases.session(said, place, len(others))
            yield self._meeting((*key, "session", place), text, session, two)
        for place, review in enumerate(reviews, 1):
            yield Entry((*key, "review", place), phrases.review(said, place, len(reviews)), review, two)

    def _last(self) -> Entry:
        """Return the event of the day on which the round is over."""
        programme, number, phrases = self._programme, self._request.number, self._phrases
        text = phrases.end_of_round(programme.name, number)
        if number == programme.rounds:
            text = phrases.end_of_programme(programme.name)
        return Entry((number, "rotation"), text, programme.round_ends(number))

    def _meeting(
        self, key: tuple[str | int, ...], text: CalendarText, meeting: Meeting, two: tuple[str, str]
    ) -> Entry:
        say = self._phrases
        channel = "" if meeting.channel is None else say(f"channel {meeting.channel}")
        place = say("on site") if meeting.place == ON_SITE else meeting.place
        link = say("meeting link", link=meeting.link) if meeting.link else ""
        lines = [line for line in (text.description, channel, link) if line]
        said = text._replace(description="\n".join(lines))
        where = place or meeting.link or channel
        return Entry(key, said, meeting.begins, two, where, meeting.minutes)

    def _event(self, entry: Entry) -> bytes:
        """Return the lines of an event: first those that ``icalendar`` puts first, then by their names."""
        from reverse_match.views.calendar_components import escaped, folded

        lines = ["BEGIN:VEVENT", f"SUMMARY:{escaped(entry.text.summary)}"]
        whole_day = not isinstance(entry.begins, datetime)
        if isinstance(entry.begins, datetime):
            # Local time with the name of the zone stays correct if the rules of the zone change.
            lines += [self._dated("time", _written(entry.begins)), self._duration(entry.minutes)]
        else:
            ends = entry.begins + timedelta(days=1)
            lines += [self._dated("day", _day(entry.begins)), self._dated("end", _day(ends))]
        stamp = datetime.combine(self._programme.start, time())
        lines += [f"DTSTAMP:{_written(stamp)}Z", f"UID:{_uid(entry, self._programme)}"]
        lines += self._attendees(entry.people)
        lines.append(f"DESCRIPTION:{escaped(entry.text.description)}")
        lines += [f"LOCATION:{escaped(visible(entry.place))}"] if entry.place else []
        lines += [self._invites] if entry.people and self._invites is not None else []
        lines += ["TRANSP:TRANSPARENT"] if whole_day else []
        return b"".join(map(folded, [*lines, "END:VEVENT"]))

    def _dated(self, what: str, written: str) -> str:
        before, behind = self._around[what]
        return f"{before}{written}{behind}"

    def _duration(self, minutes: int) -> str:
        if minutes not in self._durations:
            from reverse_match.views.calendar_components import line_of

            length = self._library.vDuration(timedelta(minutes=minutes))
            self._durations[minutes] = line_of("DURATION", length)
        return self._durations[minutes]

    def _attendees(self, ids: Sequence[str]) -> list[str]:
        """Return the lines of whoever meets and has an e-mail address."""
        if self._request.anonymous or self._request.cohort is None:
            return []
        return [line for one in ids if (line := self._attendee(one, self._request.cohort)) is not None]

    def _attendee(self, identity: str, people: Cohort) -> str | None:
        if identity not in self._of_people:
            from reverse_match.views.calendar_components import line_of

            place = people.position.get(id_key(identity))
            person = None if place is None else people.participants[place]
            line = None
            if person is not None and person.address:
                attendee = _calendar_address(person.name or person.id, person.address)
                attendee.params["ROLE"] = "REQ-PARTICIPANT"
                line = line_of("ATTENDEE", attendee)
            self._of_people[identity] = line
        return self._of_people[identity]


def _day(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _written(moment: datetime) -> str:
    return f"{_day(moment)}T{moment.hour:02}{moment.minute:02}{moment.second:02}"


def _organizer(said: str | None) -> tuple[str, str] | None:
    """Return the name and the e-mail address of an organizer."""
    if said is None:
        return None
    found = _ORGANIZER.fullmatch(said.strip())
    if found is None:
        message = "not an e-mail address; right would be hr@example.org, or 'HR <hr@example.org>'"
        raise InputError([Fault(message, "organizer", code="unknown-value")])
    address = found["named"] or found["alone"]
    return (found["name"] or "").strip(' "') or address, address


def _calendar_address(name: str, address: str) -> vCalAddress:
    from icalendar import vCalAddress

    found = vCalAddress(f"mailto:{quote(address, safe=_OF_ADDRESSES)}")
    found.params["CN"] = visible(name).replace('"', "'")
    return found


def _uid(entry: Entry, programme: Programme) -> str:
    """Return the UID of an event; it stays the same if a named programme begins on another day."""
    identity = [programme.name or programme.start.isoformat(), *entry.key]
    return f"{hashlib.sha256(json.dumps(identity).encode()).hexdigest()[:40]}@reverse-match"
