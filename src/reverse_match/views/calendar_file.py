"""A round of a programme as an iCalendar file (RFC 5545), which calendar programs can import.

Each meeting is an event of its own and no repetition of another, so that it can be moved alone. The same
meeting of the same duo has the same UID whenever the file is made again. No clock is read: the time of
writing, which RFC 5545 wants, is the first day of the programme.

Ids of the two stand in the summary of an event, with their names where people are given, whose addresses
make them its attendees. Its UID is a digest, of ids alone.
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
    """An event: for a whole day, or from a time on."""

    key: tuple[str | int, ...]
    text: CalendarText
    begins: date | datetime
    people: tuple[str, ...] = ()
    """Ids of those who meet."""


MOST_MEETINGS = 200_000
"""In one file: no calendar takes more, and each of them takes about a kilobyte."""


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

    For each duo: framing meeting, sessions, and monthly reviews, which are for a whole day; once: the day on
    which the round is over.

    Parameters
    ----------
    matching : Matching
        The duos of the round.
    programme : Programme
        When they meet.
    round : int
        Number of the round, from 1.
    duo : tuple of str, optional
        Ids of a mentor and a mentee: only this duo.
    person : str, optional
        Id: only duos of this person.
    lang : str
        ``"en"`` or ``"fr"``.
    cohort : Cohort, optional
        The people that were matched. Events then have their names, and whoever has an e-mail address is an
        attendee. If not given, events have ids alone.

    Raises
    ------
    ProgrammeError
        If there is no such round, or it has more than 200,000 meetings of all these duos.
    InputError
        If there is no such duo, or this person has none; or for an unknown language.
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
    """Refuse people who are in no duo."""
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
        # A local time and the name of its zone: it stays right if the rules of the zone change.
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
    """Return the same for the same meeting, also where a named programme begins on another day."""
    identity = [programme.name or programme.start.isoformat(), *entry.key]
    return f"{hashlib.sha256(json.dumps(identity).encode()).hexdigest()[:40]}@reverse-match"
