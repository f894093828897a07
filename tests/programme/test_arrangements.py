"""What duos arrange, ask for and can: against the days and lengths that a reader would write down by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

import reverse_match as rm
from reverse_match.programme.arrangements.duo_meetings import DuoMeetings
from reverse_match.views.words.faults import faults_in_words

if TYPE_CHECKING:
    from pathlib import Path

PEOPLE = [
    {"id": "lea", "role": "mentor", "offers": "AI:5", "available": "Tue 9-12;Thu 14-17"},
    {"id": "tom", "role": "mentor", "offers": "Python:5"},
    {"id": "ada", "role": "mentee", "seeks": "AI", "available": "Tue 10-12;Thu 14-15"},
    {"id": "eva", "role": "mentee", "seeks": "Python"},
]
PILOT = {"name": "Pilot", "start": "2027-01-11", "months": 4, "timezone": "Europe/Paris"}
PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture(scope="module")
def matching() -> rm.Matching:
    found = rm.match(rm.Cohort.from_records(PEOPLE))
    assert {(duo.mentor, duo.mentee) for duo in found.duos} == {("lea", "ada"), ("tom", "eva")}
    return found


def programme(**more: Any) -> rm.Programme:
    return rm.Programme.from_data({**PILOT, **more})


def arranged(**said: Any) -> rm.Arrangements:
    return rm.Arrangements.from_records([{"mentor": "tom", "mentee": "eva", **said}])


def asked(*answers: tuple[str, str, str], duo: tuple[str, str] = ("tom", "eva")) -> rm.Feedback:
    return rm.Feedback.from_records(
        [{"mentor": duo[0], "mentee": duo[1], "on": on, "by": by, "format": how} for on, by, how in answers]
    )


def meetings(
    matching: rm.Matching, plan: rm.Programme, duo: tuple[str, str] = ("tom", "eva"), **said: Any
) -> list[Any]:
    """Read the framing meeting and the sessions of a duo back from the file."""
    text = rm.calendar(matching, plan, duo=duo, **said)
    found = icalendar.Calendar.from_ical(text).walk("VEVENT")
    return [event for event in found if isinstance(event["DTSTART"].dt, datetime)]


def lengths(found: list[Any]) -> list[int]:
    return [event.duration // timedelta(minutes=1) for event in found]


def days(found: list[Any]) -> str:
    return " ".join(f"{event['DTSTART'].dt:%a}" for event in found)


def test_what_a_duo_has_arranged_is_in_its_events_and_in_no_others(matching: rm.Matching) -> None:
    own = arranged(
        minutes=30, channel="visio", link="https://meet.example.org/x", day="mercredi", time="14h30"
    )
    found = meetings(matching, programme(), arrangements=own)
    assert set(lengths(found)) == {30}
    assert {f"{event['DTSTART'].dt:%a %H:%M}" for event in found} == {"Wed 14:30"}
    usual = programme().sessions(1)
    assert [event["DTSTART"].dt.isocalendar().week for event in found[1:]] == [
        one.isocalendar().week for one in usual
    ]
    assert {str(event["LOCATION"]) for event in found} == {"https://meet.example.org/x"}
    assert all(
        str(event["DESCRIPTION"]).endswith("Video call\nLink: https://meet.example.org/x") for event in found
    )
    plain = meetings(matching, programme(), ("lea", "ada"), arrangements=own)
    assert plain == meetings(matching, programme(), ("lea", "ada"))
    assert [event["UID"] for event in found] == [event["UID"] for event in meetings(matching, programme())]


def test_a_place_and_the_channel_of_the_programme(matching: rm.Matching) -> None:
    plan = programme(session={"channel": "on site"})
    found = meetings(matching, plan, arrangements=arranged(place="Café, 2nd floor"))
    assert {str(event["LOCATION"]) for event in found} == {"Café, 2nd floor"}
    assert {str(event["LOCATION"]) for event in meetings(matching, plan, lang="fr")} == {"Sur site"}
    assert not any("LOCATION" in event for event in meetings(matching, programme()))


def test_shorter_is_the_length_that_a_proposal_says_from_the_day_after_the_answer(
    matching: rm.Matching,
) -> None:
    feedback = asked(("2027-02-08", "mentee", "shorter"), ("2027-03-08", "mentee", "yes"))
    found = meetings(matching, programme(), feedback=feedback)
    (proposed,) = [
        one for one in rm.proposals(matching, asked(("2027-02-08", "mentee", "shorter"))) if one.minutes
    ]
    assert proposed.minutes == 20
    on = [event["DTSTART"].dt.date() for event in found]
    assert on[:3] == [date(2027, 1, 11), date(2027, 1, 25), date(2027, 2, 8)]
    assert lengths(found) == [45, 45, 45, 20, 20, 20, 20, 20, 20]
    terms = {"rotation": {"short_session_minutes": 15}}
    policy = rm.match(rm.Cohort.from_records(PEOPLE), rm.Policy.model_validate(terms))
    assert lengths(meetings(policy, programme(), feedback=feedback))[3:] == [15] * 6


def test_another_channel_is_the_other_one_of_the_programme(matching: rm.Matching) -> None:
    plan = programme(session={"channel": "video", "other_channel": "telephone"})
    feedback = asked(("2027-02-08", "mentor", "other channel"), ("2027-03-22", "mentor", "other channel"))
    found = [str(event["LOCATION"]) for event in meetings(matching, plan, feedback=feedback)]
    assert found == ["Video call"] * 3 + ["Telephone"] * 3 + ["Video call"] * 3


def test_a_different_day_is_the_next_one_or_one_at_which_both_are_free(matching: rm.Matching) -> None:
    feedback = asked(("2027-02-08", "mentor", "different day"), ("2027-03-22", "mentor", "different day"))
    assert days(meetings(matching, programme(), feedback=feedback)) == "Mon Mon Mon Tue Tue Tue Wed Wed Wed"
    friday = programme(start="2027-01-15")
    assert days(meetings(matching, friday, feedback=feedback)).startswith("Fri Fri Thu Thu")
    free = asked(("2027-02-09", "mentee", "different day"), duo=("lea", "ada"))
    cohort = rm.Cohort.from_records(PEOPLE)
    found = meetings(matching, programme(), ("lea", "ada"), cohort=cohort, feedback=free)
    assert days(found) == "Tue Tue Tue Thu Thu Thu Thu Thu Thu"
    assert {f"{event['DTSTART'].dt:%H:%M}" for event in found} == {"10:00", "14:00"}


def test_what_is_arranged_is_stronger_than_what_is_asked_and_than_times_in_common(
    matching: rm.Matching,
) -> None:
    duo = ("lea", "ada")
    own = rm.Arrangements.from_records(
        [{"mentor": "lea", "mentee": "ada", "minutes": 60, "channel": "phone", "day": "Fri"}]
    )
    feedback = asked(
        *(("2027-02-08", by, how) for by, how in (("mentor", "shorter"), ("mentee", "other channel"))),
        ("2027-02-09", "mentee", "different day"),
        duo=duo,
    )
    cohort = rm.Cohort.from_records(PEOPLE)
    found = meetings(matching, programme(), duo, cohort=cohort, feedback=feedback, arrangements=own)
    assert (set(lengths(found)), set(days(found).split())) == ({60}, {"Fri"})
    assert {str(event["LOCATION"]) for event in found} == {"Telephone"}
    of = DuoMeetings(matching, programme(), cohort, own, feedback)
    assert [len(of.of(one, 1)) for one in matching.duos] == [9, 9]
    assert (not of.unanswered, of.without_slot) == (True, 0)


def test_what_nothing_answers_is_counted(matching: rm.Matching) -> None:
    feedback = rm.Feedback.from_records(
        [
            *asked(("2027-02-08", "mentor", "other channel")).records,
            *asked(("2027-02-08", "mentor", "shorter"), duo=("lea", "ada")).records,
        ]
    )
    short = programme(session={"minutes": 20})
    of = DuoMeetings(matching, short, None, None, feedback)
    assert {meeting.minutes for duo in matching.duos for meeting in of.of(duo, 1)} == {20}
    assert of.unanswered == {"other channel": 1, "shorter": 1}


@given(
    st.sampled_from(["Mon", "Tue", "Wed", "Thu", "Fri"]),
    st.lists(st.integers(0, 110), max_size=12),
    st.integers(1, 13),
    st.integers(1, 2),
)
def test_own_days_keep_their_week_their_order_and_off_closed_days(
    matching: rm.Matching, day: str, shut: list[int], first: int, every: int
) -> None:
    start = date(2027, 1, 11)
    closed = sorted({start + timedelta(days=one) for one in shut})
    session = {"every": every, "unit": "week", "first_after_days": first}
    plan = programme(closed=[str(one) for one in closed], session=session)
    (duo,) = [one for one in matching.duos if one.mentor == "tom"]
    found = [one.begins for one in DuoMeetings(matching, plan, None, arranged(day=day)).of(duo, 1)]
    held = [plan.framing_meeting(1), *plan.sessions(1)]
    assert [one.isocalendar()[:2] for one in found] == [one.isocalendar()[:2] for one in held]
    assert [one.date() for one in found] == sorted({one.date() for one in found})
    assert not {one.date() for one in found} & set(closed)
    assert all(plan.round_begins(1) <= one.date() < plan.round_ends(1) for one in found)
    full = {plan.round_ends(1).isocalendar()[:2]} | {one.isocalendar()[:2] for one in closed}
    weeks = [one.isocalendar()[:2] for one in found]
    for one, week in zip(found, weeks, strict=True):
        if week not in full and weeks.count(week) == 1:
            assert f"{one:%a}" == day


FILE = """Mentor;Mentoré(e);Durée (minutes);Canal;Lieu;Lien de visioconférence;Jour de la semaine;Heure de début
tom;eva;30;téléphone;;tel:+33123456789;jeudi;9h
lea;ada;;;;;;
"""


def test_a_french_file_and_a_workbook_say_the_same(tmp_path: Path) -> None:
    file = tmp_path / "arrangements.csv"
    file.write_text(FILE, "utf-8")
    read = rm.read_arrangements(file)
    assert read.records[0].model_dump() == {
        "mentor": "tom",
        "mentee": "eva",
        "minutes": 30,
        "channel": "telephone",
        "place": None,
        "link": "tel:+33123456789",
        "day": "Thu",
        "time": "09:00",
    }
    assert read.records[1].minutes is None
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["mentor", "mentee", "minutes", "channel", "link", "day", "time"])
    sheet.append(
        [
            "tom",
            "eva",
            30,
            "Phone",
            "tel:+33123456789",
            "Thursday",
            datetime(2027, 1, 1, 9, tzinfo=UTC).time(),
        ]
    )
    sheet.append(["lea", "ada", None, None, None, None, None])
    book.save(tmp_path / "arrangements.xlsx")
    assert rm.read_arrangements(tmp_path / "arrangements.xlsx").records == read.records


WRONG: list[tuple[str, str, str, str]] = [
    ("tom,eva,3,,,,,", "Length", "out of range; right would be a whole number from 5 to 480", "out-of-range"),
    ("tom,eva,,pigeon,,,,", "Channel", "unknown channel", "unknown-value"),
    ("tom,eva,,,,meet.example.org,,", "Link", "not a link", "unknown-value"),
    ("tom,eva,,,,https://a b,,", "Link", "not a link", "unknown-value"),
    ("tom,eva,,,,javascript:alert(1),,", "Link", "not a link", "unknown-value"),
    ("tom,eva,,,,,someday,", "Weekday", "not a day of the week", "unknown-value"),
    ("tom,eva,,,,,,25:00", "Time", "not a time at which something begins", "not-a-time"),
    (",eva,,,,,,", "Mentor", "missing", "missing"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "heading", "message", "code"), WRONG)
def test_faults_have_row_and_heading_and_never_the_value(
    tmp_path: Path, row: str, heading: str, message: str, code: str
) -> None:
    file = tmp_path / "arrangements.csv"
    file.write_text(f"Mentor,Mentee,Length,Channel,Place,Link,Weekday,Time\nlea,ada,,,,,,\n{row}\n")
    with pytest.raises(rm.errors.ProgrammeError) as caught:
        rm.read_arrangements(file)
    (fault,) = caught.value.faults
    assert (fault.source, fault.row, fault.column, fault.code) == ("arrangements.csv", 3, heading, code)
    assert message in fault.message
    assert not any(value in str(fault) for value in ("pigeon", "someday", "25:00", "javascript"))
    assert "right would be" not in faults_in_words(caught.value, "fr")


OTHER: list[tuple[list[dict[str, Any]], str]] = [
    ([{"mentor": "tom", "mentee": "eva"}] * 2, "records, row 2: the duo of row 1 again; keep one of the two"),
    ([{"mentor": "tom", "mentee": "tom"}], "mentor and mentee are one person"),
    ([{"mentor": "tom"}], "no column is called or recognised as 'mentee'"),
    ([{"mentor": "tom", "mentee": "eva", "chanel": 1}], "unknown column; remove it, or map it; did you mean"),
]


@pytest.mark.parametrize(("records", "message"), OTHER)
def test_records_that_are_wrong(records: list[dict[str, Any]], message: str) -> None:
    with pytest.raises(rm.errors.ProgrammeError) as caught:
        rm.Arrangements.from_records(records)
    assert message in str(caught.value)


def test_two_who_are_no_duo(matching: rm.Matching) -> None:
    for pair, message in (
        (("eva", "tom"), "these two are a duo the other way round"),
        (("tom", "ada"), "these two are no duo of the matching"),
    ):
        made = rm.Arrangements.from_records([{"mentor": pair[0], "mentee": pair[1]}])
        with pytest.raises(rm.errors.ProgrammeError, match=f"records, row 1: {message}"):
            rm.calendar(matching, programme(), arrangements=made)


def test_an_organizer_invites_and_needs_an_address(matching: rm.Matching) -> None:
    cohort = rm.Cohort.from_records([{**one, "email": f"{one['id']}@example.org"} for one in PEOPLE])
    found = meetings(matching, programme(), cohort=cohort, organizer="HR, Paris <hr@example.org>")
    for event in found:
        assert str(event["ORGANIZER"]) == "mailto:hr@example.org"
        assert [str(one) for one in event["ATTENDEE"]] == ["mailto:tom@example.org", "mailto:eva@example.org"]
    hidden = rm.calendar(matching, programme(), cohort=cohort, organizer="hr@example.org", anonymous=True)
    assert "example.org" not in hidden
    for wrong in ("HR", "hr@", "a b@c"):
        with pytest.raises(rm.InputError, match="organizer: not an e-mail address"):
            rm.calendar(matching, programme(), organizer=wrong)
