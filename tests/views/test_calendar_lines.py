"""Lines of calendars, compared with what ``icalendar`` writes for the same events."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from importlib.metadata import version
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import reverse_match as rm
from reverse_match.views.calendar_events import CalendarRequest, RoundEvents

pytest.importorskip("icalendar")

from icalendar import Calendar, Event, vText
from icalendar.parser import Contentline

from reverse_match.views.calendar_components import escaped, folded

FOLDS_ALIKE = tuple(map(int, version("icalendar").split(".")[:2])) >= (7, 3)
"""Older ones fold elsewhere: what they write says the same once its lines are unfolded."""


def unfolded(lines: bytes) -> bytes:
    return lines.replace(b"\r\n ", b"")


def are_of_the_library(ours: bytes, theirs: bytes) -> bool:
    """Say whether lines are the library's, no longer than 75 octets, and cut between letters."""
    cut_between_letters = [part for part in ours.split(b"\r\n") if part.decode()]
    whole = all(len(part) <= 75 for part in cut_between_letters)
    return whole and (ours == theirs if FOLDS_ALIKE else unfolded(ours) == unfolded(theirs))


letters = st.one_of(
    st.sampled_from("\\^,;:\"'é€🙂 aN"), st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp"))
)


@settings(max_examples=300, deadline=None)
@given(st.text(letters, max_size=250))
@example("x" * 73 + "\\" + "n" * 80)
@example("x" * 72 + "🙂" * 40)
@example("\\" * 200)
@example("x" * 74)
@example("x" * 75)
def test_a_line_is_folded_as_the_library_folds_it(line: str) -> None:
    assert are_of_the_library(folded(line), Contentline(line).to_ical() + b"\r\n")


@given(st.text(st.one_of(letters, st.sampled_from("\r\n")), max_size=40))
def test_an_escaped_text_is_one_line_and_reads_back(text: str) -> None:
    line = escaped(text)
    assert "\n" not in line
    assert "\r" not in line
    read = re.sub(r"\\(.)", lambda sign: "\n" if sign[1] == "n" else sign[1], line)
    assert read == text.replace("\r\n", "\n").replace("\r", "\n")


class Plain(vText):
    """A text that is escaped as it should be."""

    def to_ical(self) -> bytes:
        return escaped(str(self)).encode()


def event_of(read: Any, programme: rm.Programme) -> bytes:
    """Return an event as the library writes it, of what it has read in a calendar of ours."""
    event = Event()
    event.add("uid", str(read["UID"]))
    event.add("dtstamp", datetime.combine(programme.start, time(), UTC))
    for name in ("summary", "description", "location"):
        if name in read:
            event.add(name, Plain(str(read[name])))
    begins = read.decoded("DTSTART")
    if isinstance(begins, datetime):
        event.add("dtstart", begins.replace(tzinfo=None), parameters={"TZID": programme.timezone})
        event.add("duration", read.decoded("DURATION"))
    else:
        event.add("dtstart", begins)
        event.add("dtend", begins + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    if "ORGANIZER" in read:
        event.add("organizer", read["ORGANIZER"], encode=False)
    listed = read.get("ATTENDEE", [])
    for one in listed if isinstance(listed, list) else [listed]:
        event.add("attendee", one, encode=False)
    return bytes(event.to_ical())


@pytest.mark.parametrize("zone", ["Europe/Paris", "UTC", "America/Argentina/Buenos_Aires"])
@pytest.mark.parametrize("organizer", [None, "hr@example.org", "O’Neil, Zoé; HR <hr@example.org>"])
def test_events_have_the_bytes_of_the_library(zone: str, organizer: str | None) -> None:
    people = [
        {"id": "lea", "role": "mentor", "name": 'Léa d\'Arc, "Lo"', "email": "lea+x@example.org"},
        {"id": "tom", "role": "mentor", "name": "Tom"},
        {"id": "ada", "role": "mentee", "name": "Ada " + "long " * 20, "email": "ada@example.org"},
        {"id": "BANK\\eva", "role": "mentee", "email": "eva@example.org"},
    ]
    cohort = rm.Cohort.from_records(people)
    matching = rm.match(cohort)
    programme = rm.Programme(
        name="Pilot; one, two", start=date(2027, 1, 11), months=4, timezone=zone, objectives=["é" * 60]
    )
    told = rm.Arrangements.from_records(
        [
            {
                "mentor": matching.duos[0].mentor,
                "mentee": matching.duos[0].mentee,
                "minutes": 90,
                "channel": "video",
                "link": "https://example.org/a,b",
                "place": "Salle; Curie",
            }
        ]
    )
    request = CalendarRequest(matching, programme, 1, "fr", cohort, False, told, None, organizer)
    text = RoundEvents(request).text(matching.duos).encode()
    events = Calendar.from_ical(text).walk("VEVENT")
    assert len(events) > 20
    begin = text.index(b"BEGIN:VEVENT")
    expected = b"".join(event_of(one, programme) for one in events) + b"END:VCALENDAR\r\n"
    assert are_of_the_library(text[begin:], expected)
