"""The file is read back with icalendar, and time zones as RFC 5545 says, in plain steps."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import icalendar
import pytest

import reverse_match as rm
from reverse_match.views.calendar_components import time_zone_component

if TYPE_CHECKING:
    from collections.abc import Callable

PILOT = rm.Programme(
    name="Pilot",
    objectives=["digital tools; AI", "sustainability, really"],
    start="2027-01-11",
    months=4,
    rounds=2,
    timezone="Europe/Paris",
)
HOSTILE = 'a,b;c:d"e\\n\\,\\N\\;'
PEOPLE = [
    {"id": "lea", "role": "mentor", "offers": {"AI": 5}},
    {"id": HOSTILE, "role": "mentor", "offers": {"Python": 5}},
    {"id": "ada", "role": "mentee", "seeks": {"AI": 3}},
    {"id": "émile", "role": "mentee", "seeks": {"Python": 3}},
]


@pytest.fixture(scope="module")
def matching() -> rm.Matching:
    matching = rm.match(rm.Cohort.from_records(PEOPLE))
    assert {(duo.mentor, duo.mentee) for duo in matching.duos} == {("lea", "ada"), (HOSTILE, "émile")}
    return matching


def events(text: str) -> list[Any]:
    return list(icalendar.Calendar.from_ical(text).walk("VEVENT"))


def starts(found: list[Any], word: str) -> list[Any]:
    return [event["DTSTART"].dt for event in found if f": {word}" in event["SUMMARY"]]


@pytest.mark.parametrize("number", [1, 2])
def test_what_is_read_back_is_the_programme(matching: rm.Matching, number: int) -> None:
    found = events(rm.calendar(matching, PILOT, number, duo=("lea", "ada")))
    assert starts(found, "framing meeting") == [PILOT.framing_meeting(number)]
    sessions = starts(found, "session")
    assert tuple(sessions) == PILOT.sessions(number)
    assert [one.utcoffset() for one in sessions] == [one.utcoffset() for one in PILOT.sessions(number)]
    assert {one.strftime("%H:%M") for one in sessions} == {"10:00"}
    assert tuple(starts(found, "review")) == PILOT.reviews(number)
    last = found[-1]
    assert last["SUMMARY"] == ("Pilot: rotation", "Pilot: end of the programme")[number - 1]
    assert last["DTSTART"].dt == PILOT.round_ends(number)
    assert len(found) == 1 + 8 + 4 + 1
    for event in found:
        timed = isinstance(event["DTSTART"].dt, datetime)
        assert event.duration == (timedelta(minutes=45) if timed else timedelta(days=1))
        assert event["DTSTAMP"].dt == datetime(2027, 1, 11, tzinfo=UTC)
        assert ("RRULE" in event, event.get("TRANSP")) == (False, None if timed else "TRANSPARENT")


def test_times_are_local_with_the_name_of_the_zone_and_the_zone_is_there(matching: rm.Matching) -> None:
    text = rm.calendar(matching, PILOT)
    assert "DTSTART;TZID=Europe/Paris:20270125T100000\r\n" in text
    assert "DTSTART;VALUE=DATE:20270511\r\n" in text
    assert text.count("BEGIN:VTIMEZONE") == text.count("TZID:Europe/Paris\r\n") == 1
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")
    assert "\n" not in text.replace("\r\n", "")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


def test_sessions_on_both_sides_of_the_year_end(matching: rm.Matching) -> None:
    programme = PILOT.model_copy(update={"start": date(2026, 10, 5)})
    found = events(rm.calendar(matching, programme, duo=("lea", "ada")))
    sessions = starts(found, "session")
    assert tuple(sessions) == programme.sessions(1)
    assert {one.year for one in sessions} == {2026, 2027}
    assert sessions[0].utcoffset() == timedelta(hours=2)
    assert sessions[1].utcoffset() == timedelta(hours=1)


def test_whose_meetings(matching: rm.Matching) -> None:
    everybody = rm.calendar(matching, PILOT)
    assert len(events(everybody)) == 2 * 13 + 1
    one = rm.calendar(matching, PILOT, duo=("lea", "ada"))
    assert one == rm.calendar(matching, PILOT, person="lea") == rm.calendar(matching, PILOT, person="ada")
    assert HOSTILE not in one
    uids = [event["UID"] for event in events(everybody)]
    assert len(set(uids)) == len(uids)
    assert {event["UID"] for event in events(one)} < set(uids)


def test_uids_are_digests_that_stay(matching: rm.Matching) -> None:
    def uids(programme: rm.Programme, number: int = 1) -> set[str]:
        return {str(event["UID"]) for event in events(rm.calendar(matching, programme, number))}

    known = uids(PILOT)
    assert all(re.fullmatch(r"[0-9a-f]{40}@reverse-match", uid) for uid in known)
    assert known == uids(PILOT.model_copy(update={"start": date(2027, 1, 18), "timezone": "UTC"}))
    assert not known & uids(PILOT, 2)
    assert not known & uids(PILOT.model_copy(update={"name": "Other"}))
    unnamed = PILOT.model_copy(update={"name": None})
    assert not uids(unnamed) & uids(unnamed.model_copy(update={"start": date(2027, 1, 18)}))


def test_hostile_ids_are_text_and_nothing_else(matching: rm.Matching) -> None:
    breaking = "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:no\nY\rZ"
    duo = matching.duos[0].model_copy(update={"mentor": breaking, "mentee": HOSTILE})
    hostile = matching.model_copy(update={"duos": (duo,)})
    found = events(rm.calendar(hostile, PILOT))
    assert len(found) == 14
    said = breaking.replace("\r\n", "\n").replace("\r", "\n")
    session = next(event for event in found if ": session 3 of 8" in event["SUMMARY"])
    assert session["SUMMARY"] == f"Pilot: session 3 of 8, {said} (mentor) and {HOSTILE} (mentee)"
    framing = found[0]["DESCRIPTION"]
    assert framing.endswith("Objectives of the programme:\n- digital tools; AI\n- sustainability, really")


def test_french(matching: rm.Matching) -> None:
    found = events(rm.calendar(matching, PILOT, person="émile", lang="fr"))
    thin = "\N{NARROW NO-BREAK SPACE}"
    both = f"{HOSTILE} (mentor) et émile (mentoré(e))"
    assert found[0]["SUMMARY"] == f"Pilot{thin}: réunion de cadrage, {both}"
    assert "deux ou trois objectifs mesurables" in found[0]["DESCRIPTION"]
    assert found[3]["SUMMARY"] == f"Pilot{thin}: séance 3 sur 8, {both}"
    assert found[9]["SUMMARY"] == f"Pilot{thin}: bilan 1 sur 4, {both}"
    assert f"L’objectif est-il atteint{thin}?" in found[9]["DESCRIPTION"]
    assert found[13]["DESCRIPTION"] == f"Le cycle 1 est terminé{thin}; le cycle 2 commence aujourd’hui."
    unnamed = PILOT.model_copy(update={"name": None, "rounds": 1, "objectives": ()})
    found = events(rm.calendar(matching, unnamed, person="émile", lang="fr"))
    assert found[13]["SUMMARY"] == f"Mentorat inversé{thin}: fin du programme"
    assert "Objectifs du programme" not in found[0]["DESCRIPTION"]


def test_languages_differ_in_text_only(matching: rm.Matching) -> None:
    english, french = (events(rm.calendar(matching, PILOT, lang=lang)) for lang in ("en", "fr"))
    kept = [[(event["UID"], event["DTSTART"].dt) for event in found] for found in (english, french)]
    assert kept[0] == kept[1]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"duo": ("ada", "lea")}, "'ada' (mentor) and 'lea' (mentee) are no duo of the matching"),
        ({"duo": ("lea", "émile")}, "'lea' (mentor) and 'émile' (mentee) are no duo of the matching"),
        ({"duo": ("lee", "ada")}, "'lee' is in no duo of the matching; did you mean 'lea'?"),
        ({"person": "somebody else"}, "'somebody else' is in no duo of the matching"),
        ({"person": "lea", "duo": ("lea", "ada")}, "a duo and a person are asked for; right would be one of them"),
        ({"lang": "de"}, "unknown language 'de'; known are 'en', 'fr'"),
        ({"round": 3}, "there is no round 3; right would be from 1 to 2"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked(matching: rm.Matching, asked: dict[str, Any], message: str) -> None:
    with pytest.raises(rm.InputError) as caught:
        rm.calendar(matching, PILOT, **asked)
    assert str(caught.value) == message


def test_a_matching_without_duos_has_the_day_of_rotation_alone(matching: rm.Matching) -> None:
    found = events(rm.calendar(matching.model_copy(update={"duos": ()}), PILOT))
    assert [event["SUMMARY"] for event in found] == ["Pilot: rotation"]


def test_without_the_library_an_error_names_the_extra(
    matching: rm.Matching, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with pytest.raises(rm.errors.MissingExtraError, match=r"pip install '\.\[calendar\]'"):
        rm.calendar(matching, PILOT)


SCRIPT = f"""
import sys
import reverse_match as rm
matching = rm.match(rm.Cohort.from_records({PEOPLE!r}))
programme = rm.Programme.model_validate_json({PILOT.model_dump_json()!r})
assert "icalendar" not in sys.modules
sys.stdout.buffer.write(rm.calendar(matching, programme, lang="fr").encode())
"""


@pytest.mark.long
def test_same_bytes_for_every_hash_seed_and_local_time_zone(matching: rm.Matching) -> None:
    written = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    assert written == {rm.calendar(matching, PILOT, lang="fr").encode()}


def offset_as_written(component: Any) -> Callable[[datetime], timedelta]:
    """Read a time zone as RFC 5545 says: the observance with the latest onset that has passed counts."""
    onsets = sorted(
        (part["DTSTART"].dt - part["TZOFFSETFROM"].td, part["TZOFFSETTO"].td)
        for part in component.subcomponents
    )
    return lambda moment: [offset for onset, offset in onsets if onset <= moment.replace(tzinfo=None)][-1]


@pytest.mark.parametrize(
    ("name", "observances"),
    [
        ("Europe/Paris", 5),
        ("America/New_York", 5),
        ("Australia/Lord_Howe", 5),
        ("Europe/Dublin", 5),
        ("Africa/Casablanca", 5),
        ("Asia/Kolkata", 1),
        ("UTC", 1),
    ],
)
def test_every_hour_of_a_time_zone_is_as_in_the_database(name: str, observances: int) -> None:
    component = icalendar.Timezone.from_ical(time_zone_component(name, (2024, 2025)).to_ical())
    assert (str(component["TZID"]), len(component.subcomponents)) == (name, observances)
    zone, written = ZoneInfo(name), offset_as_written(component)
    moment = datetime(2024, 1, 1, tzinfo=zone).astimezone(UTC)
    while moment.astimezone(zone).year < 2026:
        assert moment.astimezone(zone).utcoffset() == written(moment), moment
        moment += timedelta(hours=1)
    if observances > 1:
        assert {part.name for part in component.subcomponents} == {"STANDARD", "DAYLIGHT"}
