"""Time zones: those that do not exist are refused, those in other words are read and told of."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

import pytest

import reverse_match as rm
from reverse_match.errors import CohortError
from reverse_match.people.time_zones import zone_meant

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Romance Standard Time", "Europe/Paris"),
        ("romance standard time", "Europe/Paris"),
        ("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "Europe/Amsterdam"),
        ("(UTC-08:00) Pacific Time (US & Canada)", "America/Los_Angeles"),
        ("(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi", "Asia/Kolkata"),
        ("(UTC) Coordinated Universal Time", "UTC"),
        ("(GMT+01:00) Paris", "Europe/Paris"),
        ("UTC+02:00 Paris", "Europe/Paris"),
        ("UTC-05:00 Eastern Time", "America/New_York"),
        ("Europe/Paris (UTC+1)", "Europe/Paris"),
        ("GMT+1", "Etc/GMT-1"),
        ("UTC-10", "Etc/GMT+10"),
        ("+0200", "Etc/GMT-2"),
        ("UTC−3", "Etc/GMT+3"),
        ("UTC+5:30", "Asia/Kolkata"),
        ("UTC+0", "Etc/GMT"),
        ("(UTC+01:00) Tokyo", None),
        ("UTC+25", None),
        ("UTC+1:17", None),
        ("12", None),
        ("Standard Time", None),
    ],
)
def test_what_a_text_means(text: str, zone: str | None) -> None:
    assert zone_meant(text) == zone
    assert zone is None or zone in available_timezones()


def test_an_offset_is_the_offset_of_the_zone_that_stands_for_it() -> None:
    from datetime import datetime, timedelta

    for hours in range(-12, 15):
        zone = zone_meant(f"UTC{hours:+d}:00")
        assert zone is not None
        for month in (1, 7):
            day = datetime(2025, month, 15, tzinfo=ZoneInfo(zone))
            assert day.utcoffset() == timedelta(hours=hours)


def test_windows_names_and_offsets_are_read_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(
        "id,role,offers,seeks,timezone\n"
        "m1,mentor,Python:5,,UTC-05:00 Eastern Time\n"
        'e1,mentee,,Python,"(UTC+01:00) Brussels, Copenhagen, Madrid, Paris"\n'
        "e2,mentee,,Python,UTC+2\n",
        "utf-8",
    )
    cohort = rm.read_cohort(file)
    assert [person.timezone for person in cohort.participants] == [
        "America/New_York",
        "Europe/Brussels",
        "Etc/GMT-2",
    ]
    assert [note.code for note in cohort.notes] == ["time-zone", "time-zone"]
    policy = rm.Policy(rules=[{"kind": "overlapping_hours", "at_least": 2}])
    matching = rm.match(cohort, policy)
    assert [(duo.mentor, duo.mentee) for duo in matching.duos] == [("m1", "e1")]
    rm.verify(matching, cohort, policy)


def _records(zone: str) -> list[dict]:
    return [{"id": "m", "role": "mentor", "timezone": zone}, {"id": "e", "role": "mentee"}]


def _of_frame(zone: str) -> rm.Cohort:
    import pandas as pd

    return rm.Cohort.from_frame(pd.DataFrame(_records(zone)))


@pytest.mark.parametrize("make", [lambda zone: rm.Cohort.from_records(_records(zone)), _of_frame])
@pytest.mark.parametrize(
    ("zone", "told"),
    [
        ("Europe/Pariss", "no such time zone is known; did you mean 'Europe/Paris'?"),
        ("Romance Standard Time", "not the name of a time zone; did you mean 'Europe/Paris'?"),
        ("UTC+2", "no such time zone is known; did you mean 'Etc/GMT-2'?"),
        ("P", "no such time zone is known; right would be an IANA name such as Europe/Paris"),
    ],
)
def test_zones_that_do_not_exist_are_refused_wherever_people_come_in(make, zone: str, told: str) -> None:
    with pytest.raises(CohortError) as caught:
        make(zone)
    fault = caught.value.faults[0]
    assert (fault.message, fault.code, fault.row, fault.column) == (told, "unknown-time-zone", 1, "timezone")


def test_the_demo_holds_zones_that_exist() -> None:
    zones = {person.timezone for person in rm.read_cohort(rm.demo_path()).participants}
    assert zones - {None} <= available_timezones()
    assert len(zones) > 1
