"""A round of a programme as an iCalendar file (RFC 5545), which calendar programs can import.

Each meeting is an event of its own and not a recurrence, so that it can be moved alone. A meeting of a duo
keeps its UID, a digest of ids, when the file is made again. No clock is read: the time of writing, which
RFC 5545 demands, is the first day of the programme. The summary of an event holds the ids of the two people,
with their names if people are given; their e-mail addresses then make them attendees.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.errors import Fault, InputError, ProgrammeError
from reverse_match.foundation.names import id_key, near_name
from reverse_match.foundation.optional import require_module
from reverse_match.foundation.text_safety import visible
from reverse_match.views.words.facts import CalendarText, DuoInWords
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from icalendar import Event, vCalAddress

    from reverse_match.matching.results.matching import Duo, Matching
    from reverse_match.people.cohort import Cohort
    from reverse_match.programme.programme import Programme
    from reverse_match.views.with_names import Names
    from reverse_match.views.words.phrases import Phrases


PRODUCT = "-//reverse_match//programme//EN"


class _Entry(NamedTuple):
    """An event of a whole day, or one that begins at a time."""

    key: tuple[str | int, ...]
    text: CalendarText
    begins: date | datetime
    people: tuple[str, ...] = ()
    """Ids of those who meet."""


MOST_MEETINGS = 200_000
"""The most meetings in one file, at about a kilobyte each; calendar programs do not import more."""


@check_arguments
def calendar(
    matching: Matching,
    programme: Programme,
    round: int = 1,  # noqa: A002 - the word of the programme
    *,
    duo: tuple[str, str] | None = None,
    person: str | None = None,
    lang: str = "en",
    cohort: Cohort | None = None,
) -> str:
    """Return the meetings of duos in one round as an iCalendar file.

    The file has for each duo the framing meeting, the sessions, and the monthly reviews as events of a whole
    day. It has one further event on the day on which the round is over.

    Parameters
    ----------
    matching : Matching
        The matching with the duos of the round.
    programme : Programme
        The programme, which sets the times of meetings.
    round : int
        Number of the round, from 1.
    duo : tuple of str, optional
        Ids of a mentor and a mentee, to include only this duo.
    person : str, optional
        Id of a person, to include only their duos.
    lang : str
        ``"en"`` or ``"fr"``.
    cohort : Cohort, optional
        The people that were matched. Events then have their names, and whoever has an e-mail address is an
        attendee. If not given, events have ids alone.

    Raises
    ------
    ProgrammeError
        If the programme has no such round, or if the file would have more than 200,000 meetings.
    InputError
        If the two are no duo, if the person has no duo, or if the language is not known.
    MissingExtraError
        If ``icalendar`` is not installed.

    Examples
    --------
    >>> import reverse_match as rm
    >>> people = [{"id": "lea", "role": "mentor"}, {"id": "ada", "role": "mentee"}]
    >>> matching = rm.match(rm.Cohort.from_records(people))
    >>> programme = rm.Programme(start="2027-01-11", months=4, timezone="Europe/Paris")
    >>> text = rm.calendar(matching, programme)
    >>> text.count("BEGIN:VEVENT")  # framing meeting, 8 sessions, 4 reviews, the end
    14
    """
    shown = {} if cohort is None else cohort.names
    entries = list(_entries(_duos_asked(matching, duo, person), programme, round, language(lang), shown))
    whole = require_module("icalendar", "calendar", "a calendar").Calendar()
    from reverse_match.views.calendar_components import time_zone_component

    whole.add("prodid", PRODUCT)
    whole.add("version", "2.0")
    years = [entry.begins.year for entry in entries]
    whole.add_component(time_zone_component(programme.timezone, (min(years), max(years))))
    for entry in entries:
        event = _event(entry, programme)
        for attendee in [] if cohort is None else _attendees(entry.people, cohort):
            event.add("attendee", attendee, encode=False)
        whole.add_component(event)
    return str(whole.to_ical(), "utf-8")


def _duos_asked(matching: Matching, pair: tuple[str, str] | None, person: str | None) -> Sequence[Duo]:
    if pair is not None and person is not None:
        raise InputError([Fault("a duo and a person are asked for; right would be one of them")])
    if pair is not None:
        _refuse_strangers(matching, pair)
        wanted = tuple(map(id_key, pair))
        found = [duo for duo in matching.duos if (id_key(duo.mentor), id_key(duo.mentee)) == wanted]
        if not found:
            message = f"'{pair[0]}' (mentor) and '{pair[1]}' (mentee) are no duo of the matching"
            raise InputError([Fault(message)])
        return found
    if person is not None:
        _refuse_strangers(matching, (person,))
        return [duo for duo in matching.duos if id_key(person) in (id_key(duo.mentor), id_key(duo.mentee))]
    return matching.duos


def _refuse_strangers(matching: Matching, ids: Sequence[str]) -> None:
    """Raise an error if one of the people is in no duo."""
    known = {name for duo in matching.duos for name in (duo.mentor, duo.mentee)}
    keys = set(map(id_key, known))
    faults = []
    for name in ids:
        if id_key(name) not in keys:
            near = near_name(name, known)
            hint = f"; did you mean '{near}'?" if near is not None else ""
            faults.append(Fault(f"'{name}' is in no duo of the matching{hint}"))
    if faults:
        raise InputError(faults)


def _entries(
    duos: Sequence[Duo], programme: Programme, number: int, phrases: Phrases, names: Names
) -> Iterator[_Entry]:
    framing, sessions = programme.framing_meeting(number), programme.sessions(number)
    reviews = programme.reviews(number)
    meetings = len(duos) * (1 + len(sessions) + len(reviews))
    if meetings > MOST_MEETINGS:
        message = (
            f"a calendar of {meetings:,} meetings; right would be up to {MOST_MEETINGS:,}, such as one for "
            "each duo or person"
        )
        raise ProgrammeError([Fault(message)])
    for duo in duos:
        two = (duo.mentor, duo.mentee)
        said = DuoInWords(programme.name, *(names.get(one, one) for one in two))
        key = (number, *two)
        yield _Entry((*key, "framing"), phrases.framing_meeting(said, programme.objectives), framing, two)
        for place, session in enumerate(sessions, 1):
            yield _Entry((*key, "session", place), phrases.session(said, place, len(sessions)), session, two)
        for place, review in enumerate(reviews, 1):
            yield _Entry((*key, "review", place), phrases.review(said, place, len(reviews)), review, two)
    last = number == programme.rounds
    text = phrases.end_of_programme(programme.name) if last else phrases.end_of_round(programme.name, number)
    yield _Entry((number, "rotation"), text, programme.round_ends(number))


def _event(entry: _Entry, programme: Programme) -> Event:
    from icalendar import Event

    from reverse_match.views.calendar_components import EscapedText

    event = Event()
    event.add("uid", _uid(entry, programme))
    event.add("dtstamp", datetime.combine(programme.start, time(), UTC))
    event.add("summary", EscapedText(entry.text.summary))
    event.add("description", EscapedText(entry.text.description))
    if isinstance(entry.begins, datetime):
        # Local time with the name of the zone stays correct if the rules of the zone change.
        local = entry.begins.replace(tzinfo=None)
        event.add("dtstart", local, parameters={"TZID": programme.timezone})
        event.add("duration", timedelta(minutes=programme.session.minutes))
    else:
        event.add("dtstart", entry.begins)
        event.add("dtend", entry.begins + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    return event


def _attendees(ids: Sequence[str], people: Cohort) -> Iterator[vCalAddress]:
    """Yield whoever meets and has an e-mail address."""
    from icalendar import vCalAddress

    for identity in ids:
        place = people.position.get(id_key(identity))
        person = None if place is None else people.participants[place]
        if person is not None and person.address:
            attendee = vCalAddress(f"mailto:{quote(person.address, safe=_OF_ADDRESSES)}")
            attendee.params["CN"] = visible(person.name or person.id).replace('"', "'")
            attendee.params["ROLE"] = "REQ-PARTICIPANT"
            yield attendee


_OF_ADDRESSES = "@!$'*+-.=_~"
"""What need not be written as its code in the address of a mail (RFC 6068)."""


def _uid(entry: _Entry, programme: Programme) -> str:
    """Return the UID of an event; it stays the same if a named programme begins on another day."""
    identity = [programme.name or programme.start.isoformat(), *entry.key]
    return f"{hashlib.sha256(json.dumps(identity).encode()).hexdigest()[:40]}@reverse-match"
