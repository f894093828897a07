from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

import reverse_match as rm

if TYPE_CHECKING:
    from pathlib import Path

PILOT = {
    "name": "Pilot",
    "objectives": ["digital tools"],
    "start": "2027-01-11",
    "months": 4,
    "rounds": 2,
    "timezone": "Europe/Paris",
    "session": {"minutes": 45, "every": 2, "unit": "week"},
}
STARTS = st.dates(date(1970, 1, 1), date(2150, 12, 31))
TERMS = st.fixed_dictionaries(
    {"every": st.integers(1, 5), "unit": st.sampled_from(["week", "month"])},
    optional={"first_after_days": st.integers(1, 21), "at_most": st.integers(1, 9)},
)
PROGRAMMES = st.builds(
    rm.Programme,
    start=STARTS,
    months=st.integers(1, 7),
    rounds=st.integers(1, 5),
    session=TERMS,
    move_weekends=st.booleans(),
)


def days_in(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - timedelta(days=1)).day


@given(PROGRAMMES)
def test_rounds_end_on_the_day_of_the_start_or_the_last_of_the_month(programme: rm.Programme) -> None:
    for number in range(1, programme.rounds + 1):
        end = programme.round_ends(number)
        assert end.day == min(programme.start.day, days_in(end.year, end.month))
        months = (end.year - programme.start.year) * 12 + end.month - programme.start.month
        assert months == number * programme.months
        assert programme.round_begins(number) < end
        if number < programme.rounds:
            assert programme.round_begins(number + 1) == end


@given(PROGRAMMES, st.integers(0, 400))
def test_every_day_of_the_programme_is_in_one_round(programme: rm.Programme, later: int) -> None:
    day = programme.start + timedelta(days=later)
    inside = [
        number
        for number in range(1, programme.rounds + 1)
        if programme.round_begins(number) <= day < programme.round_ends(number)
    ]
    if inside:
        assert inside == [programme.round_of(day)]
    else:
        with pytest.raises(rm.errors.ProgrammeError, match="the programme is over since"):
            programme.round_of(day)


def expected_days(programme: rm.Programme, number: int) -> list[date]:
    """Sessions by walking through the calendar a day at a time."""
    day, terms = programme.round_begins(number), programme.session
    while programme.move_weekends and day.strftime("%a") in ("Sat", "Sun"):
        day += timedelta(days=1)
    first = day + timedelta(days=terms.days_to_first)
    found: list[date] = []
    passed, day = 0, first
    while day < programme.round_ends(number) and len(found) < (terms.at_most or 10**6):
        if terms.unit == "week":
            due = (day - first).days % (7 * terms.every) == 0
        else:
            same_day = day.day == min(first.day, days_in(day.year, day.month))
            due = same_day and passed % terms.every == 0
            passed += same_day
        if due:
            moved = day
            while programme.move_weekends and moved.strftime("%a") in ("Sat", "Sun"):
                moved += timedelta(days=1)
            if moved < programme.round_ends(number):
                found.append(moved)
        day += timedelta(days=1)
    return found


@given(PROGRAMMES)
def test_sessions_are_those_of_a_walk_through_the_days(programme: rm.Programme) -> None:
    for number in range(1, programme.rounds + 1):
        sessions = programme.sessions(number)
        assert [session.date() for session in sessions] == expected_days(programme, number)
        assert {session.strftime("%H:%M") for session in sessions} == {"10:00"}
        days = [session.date() for session in sessions]
        until = programme.round_begins(number) + timedelta(days=40)
        assert programme.sessions_planned(number, until=until) == len([day for day in days if day <= until])
        assert programme.sessions_planned(number) == len(days)
        assert programme.sessions_planned(number, days[0]) == 1
        assert programme.sessions_planned(number, until=days[0] - timedelta(days=1)) == 0


@given(PROGRAMMES)
def test_the_first_month_has_framing_meeting_session_and_review_in_this_order(
    programme: rm.Programme,
) -> None:
    for number in range(1, programme.rounds + 1):
        milestones = programme.milestones(number)
        assert [one.kind for one in milestones[:3]] == ["framing_meeting", "first_session", "review"]
        assert programme.first_month(number) == milestones[:3]
        days = [one.day for one in milestones]
        assert days == sorted(set(days)), "one after the other"
        begins = programme.round_begins(number)
        assert days[2] < begins + timedelta(days=31)
        assert len(milestones) == 3 + programme.months
        last = "end" if number == programme.rounds else "rotation"
        assert (milestones[-1].kind, days[-1]) == (last, programme.round_ends(number))
        if programme.move_weekends:
            assert all(day.weekday() < 5 for day in days[:-1])


@given(STARTS)
def test_four_months_have_eight_sessions_every_two_weeks(start: date) -> None:
    """Whatever the months: four have 120 to 123 days."""
    programme = rm.Programme(**{**PILOT, "start": start, "rounds": 3})
    assert [len(programme.sessions(number)) for number in (1, 2, 3)] == [8, 8, 8]


def test_the_three_usual_cadences() -> None:
    def days(minutes: int, every: int, unit: str, **more: Any) -> list[str]:
        terms = {"minutes": minutes, "every": every, "unit": unit, **more}
        sessions = rm.Programme(**{**PILOT, "months": 2, "session": terms}).sessions(1)
        return [f"{session:%m-%d}" for session in sessions]

    assert days(45, 2, "week") == ["01-25", "02-08", "02-22", "03-08"]
    assert days(60, 1, "month") == ["01-25", "02-25"]
    assert days(20, 1, "week") == ["01-18", "01-25", "02-01", "02-08", "02-15", "02-22", "03-01", "03-08"]
    assert days(20, 1, "week", at_most=3) == ["01-18", "01-25", "02-01"]
    assert days(45, 2, "week", first_after_days=7)[:2] == ["01-18", "02-01"]


def test_months_end_without_drift_across_a_leap_year_and_the_year_end() -> None:
    programme = rm.Programme(start="2027-10-31", months=1, rounds=6)
    ends = [str(programme.round_ends(number)) for number in range(1, 7)]
    assert ends == ["2027-11-30", "2027-12-31", "2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30"]
    assert programme.round_of(date(2028, 2, 28)) == 4
    assert programme.round_of(date(2028, 2, 29)) == 5


def test_weekends_move_unless_they_are_asked_to_stay() -> None:
    """30 January 2027 is a Saturday; the round ends on a Sunday, the 28th, after a Saturday."""
    moved = rm.Programme(start="2027-01-30", months=1)
    assert str(moved.framing_meeting(1).date()) == "2027-02-01"
    assert [str(day) for day in moved.reviews(1)] == ["2027-02-26"]
    assert [str(day.date()) for day in moved.sessions(1)] == ["2027-02-15"]
    stays = rm.Programme(start="2027-01-30", months=1, move_weekends=False)
    assert str(stays.framing_meeting(1).date()) == "2027-01-30"
    assert [str(day) for day in stays.reviews(1)] == ["2027-02-27"]
    assert [str(day.date()) for day in stays.sessions(1)] == ["2027-02-13", "2027-02-27"]


def test_a_session_that_would_move_to_the_day_of_rotation_is_none() -> None:
    """27 February 2027 is a Saturday; the round ends on the Sunday, so that the Monday is of the next."""
    programme = rm.Programme(start="2027-01-28", months=1, session={"first_after_days": 2})
    assert [str(day.date()) for day in programme.sessions(1)] == ["2027-02-01", "2027-02-15"]


def test_sessions_keep_their_time_of_day_when_clocks_change() -> None:
    spring = rm.Programme(start="2027-03-01", months=2, timezone="Europe/Paris").sessions(1)
    assert [str(one) for one in spring] == [
        "2027-03-15 10:00:00+01:00",
        "2027-03-29 10:00:00+02:00",  # the day after the change
        "2027-04-12 10:00:00+02:00",
        "2027-04-26 10:00:00+02:00",
    ]
    autumn = rm.Programme(
        start="2026-10-12", months=1, timezone="Europe/Paris", session={"at": "09:30"}
    ).sessions(1)
    assert [str(one) for one in autumn] == ["2026-10-26 09:30:00+01:00", "2026-11-09 09:30:00+01:00"]
    assert autumn[0].tzinfo == ZoneInfo("Europe/Paris")


@pytest.mark.parametrize("number", [0, 3, -1])
def test_a_round_that_there_is_not(number: int) -> None:
    programme = rm.Programme(**PILOT)
    for asked in (
        programme.round_begins,
        programme.round_ends,
        programme.framing_meeting,
        programme.sessions,
        programme.sessions_planned,
        programme.reviews,
        programme.milestones,
        programme.first_month,
    ):
        with pytest.raises(
            rm.errors.ProgrammeError, match=rf"there is no round {number}; right would be from 1 to 2"
        ):
            asked(number)


def test_before_the_start_and_after_the_end() -> None:
    programme = rm.Programme(**PILOT)
    with pytest.raises(rm.errors.ProgrammeError, match="begins on 2027-01-11, which is after 2027-01-10"):
        programme.round_of(date(2027, 1, 10))
    with pytest.raises(rm.errors.ProgrammeError, match="over since 2027-09-11; 2027-09-11 is in none"):
        programme.round_of(date(2027, 9, 11))
    assert programme.round_of(date(2027, 9, 10)) == 2


def load(folder: Path, data: Any, name: str = "programme.json") -> rm.Programme:
    (folder / name).write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return rm.Programme.load(folder / name)


TOML = """
name = "Pilot"
objectives = ["digital tools"]
start = 2027-01-11
months = 4
rounds = 2
timezone = "Europe/Paris"

[session]
minutes = 45
every = 2
unit = "week"
at = 10:00:00
"""


def test_json_and_toml_say_the_same_and_come_back(tmp_path: Path) -> None:
    programme = load(tmp_path, PILOT)
    assert programme == load(tmp_path, TOML, "programme.toml") == rm.Programme(**PILOT)
    assert load(tmp_path, programme.model_dump(mode="json")) == programme
    assert rm.Programme.model_validate_json(programme.model_dump_json()) == programme
    with pytest.raises(rm.InputError):
        programme.months = 3  # type: ignore[misc]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"month": 4}, "month: unknown name; did you mean 'months'?"),
        ({"session": {"minuts": 45}}, "session.minuts: unknown name; did you mean 'minutes'?"),
        ({"session": {"every": 1}}, "session: every and unit go together; give both, or neither for every 2 weeks"),
        ({"session": {"unit": "month"}}, "session: every and unit go together; give both, or neither for every 2 weeks"),
        ({"session": {"every": 1, "unit": "day"}}, "session.unit: unknown; right would be 'week' or 'month'"),
        ({"session": {"minutes": 0}}, "session.minutes: out of range; right would be a whole number from 5 to 480"),
        ({"session": {"minutes": 45.5}}, "session.minutes: not a whole number from 5 to 480"),
        ({"session": {"at": "10h"}}, "session.at: not a time of day; right would be text such as 09:00"),
        ({"session": {"at": "24:00"}}, "session.at: not a time at which something begins; right would be 00:00 to 23:59"),
        ({"session": {"first_after_days": 22}}, "session.first_after_days: out of range; right would be a whole number from 1 to 21"),
        ({"session": {"at_most": 0}}, "session.at_most: out of range; right would be a whole number from 1 to 1,000"),
        ({"months": 0}, "months: out of range; right would be a whole number from 1 to 120"),
        ({"months": True}, "months: not a whole number from 1 to 120"),
        ({"months": "4"}, "months: not a whole number from 1 to 120"),
        ({"rounds": 0}, "rounds: out of range; right would be a whole number from 1 to 100"),
        ({"start": 20270111}, "start: not a day; right would be text such as 2026-11-23"),
        ({"start": "1969-12-31"}, "out of range; right would be a programme in the years 1970 to 2999"),
        ({"start": "2999-10-01"}, "out of range; right would be a programme in the years 1970 to 2999"),
        ({"timezone": "Paris"}, "timezone: no such time zone is known; did you mean 'Europe/Paris'?"),
        ({"timezone": "europe/paris"}, "timezone: no such time zone is known; did you mean 'Europe/Paris'?"),
        ({"timezone": "../etc"}, "timezone: not the name of a time zone; right would be an IANA name such as Europe/Paris"),
        ({"timezone": ""}, "timezone: no such time zone is known; right would be an IANA name such as Europe/Paris"),
        ({"objectives": [" "]}, "objectives[0]: empty; right would be some text"),
        ({"objectives": ["a", "b\nc"]}, "objectives[1]: holds a control character or a line break; remove it"),
        ({"name": ""}, "name: empty; right would be some text"),
        ({"move_weekends": "no"}, "move_weekends: not a truth value; right would be true or false"),
    ],
)  # fmt: skip
def test_faults(tmp_path: Path, change: dict[str, Any], fault: str) -> None:
    with pytest.raises(rm.errors.ProgrammeError) as caught:
        load(tmp_path, {**PILOT, **change})
    separator = ": " if fault.startswith("out of range") else ", "
    assert [str(found) for found in caught.value.faults] == [f"programme.json{separator}{fault}"]


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    with pytest.raises(rm.errors.ProgrammeError) as caught:
        load(tmp_path, {"rounds": 0, "session": {"at": 3}})
    assert sorted(found.column or "" for found in caught.value.faults) == [
        "months",
        "rounds",
        "session.at",
        "start",
    ]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("programme.yaml", "a: 1", "programme.yaml: unknown kind of file; right would be .json or .toml"),
        ("programme.json", "{", "programme.json: not valid JSON"),
        ("programme.json", '{"months": 1, "months": 2}', "the key 'months' stands twice in one object"),
        ("programme.toml", "a = ", "programme.toml: not valid TOML"),
        ("programme.json", "[]", "programme.json: not an object; right would be names and what they are"),
    ],
)
def test_files_that_are_no_programme(tmp_path: Path, name: str, content: str, message: str) -> None:
    with pytest.raises(rm.errors.ProgrammeError, match=message):
        load(tmp_path, content, name)
    with pytest.raises(rm.errors.ProgrammeError, match=r"nothing\.toml: cannot be read"):
        rm.Programme.load(tmp_path / "nothing.toml")


def test_names_within_a_part_of_a_policy_are_suggested_from_that_part(tmp_path: Path) -> None:
    (tmp_path / "policy.json").write_text('{"rotation": {"carge": 1}}')
    with pytest.raises(rm.errors.PolicyError, match=r"rotation\.carge: unknown name; did you mean 'charge'"):
        rm.Policy.load(tmp_path / "policy.json")


def test_milestones_are_plain_data() -> None:
    first = rm.Programme(**PILOT).milestones(1)[0]
    assert rm.results.Milestone.model_validate_json(first.model_dump_json()) == first
    assert first.at == datetime(2027, 1, 11, 10, tzinfo=ZoneInfo("Europe/Paris"))
