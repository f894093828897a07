"""Closed days and first reviews, against plain walks through the calendar."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import reverse_match as rm

if TYPE_CHECKING:
    from pathlib import Path

    from reverse_match.programme.programme import MovedDay

DAY = timedelta(days=1)
START = date(2027, 1, 4)
PERIODS = st.lists(st.tuples(st.integers(0, 190), st.integers(0, 16)), max_size=6)
TERMS = st.fixed_dictionaries(
    {"every": st.integers(1, 3), "unit": st.sampled_from(["week", "month"])},
    optional={"first_after_days": st.integers(1, 21), "at_most": st.integers(1, 9)},
)


def programme(**more: Any) -> rm.Programme:
    return rm.Programme.from_data({"start": START, "months": 4, **more})


def closed(periods: list[tuple[int, int]]) -> list[str]:
    return [f"{START + first * DAY}..{START + (first + length) * DAY}" for first, length in periods]


@given(PERIODS, TERMS, st.integers(0, 6), st.booleans())
def test_no_meeting_is_on_a_closed_day_and_each_moves_as_little_as_it_may(
    periods: list[tuple[int, int]], terms: dict[str, Any], later: int, weekends: bool
) -> None:
    data = {"start": START + later * DAY, "session": terms, "move_weekends": weekends}
    shut = {START + day * DAY for first, length in periods for day in range(first, first + length + 1)}
    try:
        moved = programme(**data, closed=closed(periods))
    except rm.InputError:
        return
    begins, end = moved.round_begins(1), moved.round_ends(1)

    def works(day: date) -> bool:
        return day not in shut and not (weekends and day.strftime("%a") in ("Sat", "Sun"))

    framing, sessions = moved.framing_meeting(1).date(), [one.date() for one in moved.sessions(1)]
    assert begins <= framing < sessions[0]
    assert all(works(day) and begins <= day < end for day in (framing, *sessions, *moved.reviews(1)))
    assert sessions == sorted(set(sessions))
    assert moved.reviews(1) == tuple(sorted(set(moved.reviews(1))))
    assert {moved.is_working_day(day) == works(day) for day in (*shut, *sessions, begins)} == {True}
    assert moved.sessions_planned(1) == len(sessions) <= terms.get("at_most", 10**6)
    for one in moved.planned_sessions(1):
        alone = [day for day in sessions if day != one.day]
        assert one.day == expected_day(one.planned, works, framing + DAY, end, alone)
    kept = [one for one in moved.moved_days(1) if one.kind == "review"]
    for one in kept:
        days = [one.planned - back * DAY for back in range(400)]
        assert one.day in (None, next(day for day in days if works(day)))


def expected_day(planned: date, works: Any, earliest: date, end: date, others: list[date]) -> date | None:
    """The day of a session, looked for among all days of its week, and then of those after it."""
    week = planned.isocalendar()[:2]
    near = [planned + by * DAY for by in (*range(7), *range(-1, -7, -1))]
    for day in near:
        if day.isocalendar()[:2] == week and works(day) and earliest <= day < end:
            return day
    day = planned
    while day < end:
        if day.isocalendar()[:2] != week and works(day):
            taken = any(other.isocalendar()[:2] == day.isocalendar()[:2] for other in others)
            return None if taken else day
        day += DAY
    return None


@given(TERMS, st.integers(8, 60), st.integers(0, 27), st.integers(1, 5))
def test_a_first_review_that_is_stated_is_followed_by_one_each_month(
    terms: dict[str, Any], after: int, later: int, months: int
) -> None:
    data = {"start": START + later * DAY, "months": months, "session": terms}
    try:
        stated = programme(**data, review={"first_after_days": after})
    except rm.InputError:
        usual = programme(**data)
        last = (usual.round_ends(1) - usual.framing_meeting(1).date()).days
        assert after < usual.session.days_to_first + 7 or after >= last
        return
    first = stated.framing_meeting(1).date() + after * DAY
    expected, day = [], first
    while day < stated.round_ends(1):
        if (
            day.day == first.day or ((day + DAY).day == 1 and day.day < first.day)  # a shorter month
        ):
            before = day
            while before.strftime("%a") in ("Sat", "Sun"):
                before -= DAY
            expected.append(before)
        day += DAY
    assert list(stated.reviews(1)) == expected
    kinds = [one.kind for one in stated.first_month(1)]
    assert kinds == ["framing_meeting", "first_session", "review"]
    days = [one.day for one in stated.milestones(1)]
    assert days == sorted(days)


def moved(found: tuple[MovedDay, ...]) -> list[tuple[str, str, str]]:
    return [(one.kind, str(one.planned), str(one.day)) for one in found]


def test_weeks_two_and_four() -> None:
    pilot = programme(start="2027-01-11", session={"first_after_days": 7}, review={"first_after_days": 21})
    assert [(one.kind, str(one.day)) for one in pilot.first_month(1)] == [
        ("framing_meeting", "2027-01-11"),
        ("first_session", "2027-01-18"),  # the second week
        ("review", "2027-02-01"),  # the fourth week
    ]


def test_public_holidays_of_a_country_and_of_a_part_of_it() -> None:
    weekly = {"every": 1, "unit": "week"}
    france = programme(start="2027-03-01", months=2, session=weekly, holidays="FR")
    assert moved(france.moved_days(1)) == [("session", "2027-03-29", "2027-03-30")]  # Easter Monday
    for code, free in (("DE", False), ("DE-BY", True)):
        german = programme(start="2026-12-21", months=2, holidays=[code])
        assert german.is_working_day(date(2027, 1, 6)) is not free  # Epiphany
    thursdays = programme(
        start="2027-04-15", months=2, session=weekly, holidays=["FR"], closed=["2027-05-07"]
    )
    assert moved(thursdays.moved_days(1)) == [("session", "2027-05-06", "2027-05-05")]


def test_of_sessions_in_a_closed_month_none_is_held_twice_in_a_week() -> None:
    weekly = {"every": 1, "unit": "week"}
    summer = programme(start="2027-07-05", session=weekly, closed=["2027-08-02..2027-08-20"])
    assert moved(summer.moved_days(1)) == [
        ("session", "2027-08-02", "None"),
        ("session", "2027-08-09", "None"),
        ("session", "2027-08-16", "None"),
        ("review", "2027-08-04", "2027-07-30"),
    ]
    rare = programme(
        start="2027-07-05", session={"every": 3, "unit": "week"}, closed=["2027-08-09..2027-08-13"]
    )
    assert ("session", "2027-08-09", "2027-08-16") in moved(rare.moved_days(1))
    eight = programme(start="2027-07-05", session={**weekly, "at_most": 8}, closed=["2027-08-02..2027-08-20"])
    assert len(eight.sessions(1)) == 8


def test_what_is_not_said_is_not_written_and_what_is_said_comes_back(tmp_path: Path) -> None:
    assert not {"closed", "holidays", "review"} & programme().model_dump(mode="json").keys()
    file = tmp_path / "programme.toml"
    file.write_text(
        'start = 2027-01-11\nmonths = 4\nholidays = "fr"\nclosed = [2027-02-22, "2027-04-05 .. 2027-04-09"]\n'
        "[review]\nfirst_after_days = 21\n"
    )
    read = rm.Programme.load(file)
    assert (read.holidays, read.closed) == (("FR",), ("2027-02-22", "2027-04-05..2027-04-09"))
    assert rm.Programme.model_validate_json(read.model_dump_json()) == read


WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"holidays": "XX"}, "holidays[0]: no country whose public holidays are known", "unknown-value"),
    ({"holidays": ["DE-BX"]}, "holidays[0]: no part of the country whose public holidays", "unknown-value"),
    ({"holidays": [33]}, "holidays[0]: not the code of a country", "wrong-type"),
    ({"holidays": "FR", "start": "2099-01-11", "months": 36}, "public holidays are known from", "out-of-range"),
    ({"closed": ["2027-02-30"]}, "closed[0]: neither a day nor a period", "not-a-day"),
    ({"closed": ["2027-03-02..2027-03-01"]}, "closed[0]: a period that ends before it begins", "out-of-order"),
    ({"closed": "2027-01-01..2027-12-31"}, "round 1 has no working day", "out-of-range"),
    ({"review": {"first_after_days": 20}}, "the first review is 20 days after the framing", "out-of-order"),
    ({"review": {"first_after_days": 150}}, "round 1 has no working day", "out-of-range"),
    ({"session": {"channel": "video", "other_channel": "video"}}, "channel and other_channel", "out-of-range"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "message", "code"), WRONG)
def test_what_is_wrong(data: dict[str, Any], message: str, code: str) -> None:
    with pytest.raises(rm.errors.ProgrammeError) as caught:
        programme(**data)
    assert message in str(caught.value)
    assert [fault.code for fault in caught.value.faults] == [code]


def test_without_the_library_an_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "holidays", None)
    monkeypatch.setattr("reverse_match.foundation.optional.find_spec", lambda name: None)
    with pytest.raises(rm.errors.MissingExtraError, match=r"pip install '\.\[holidays\]'"):
        programme(holidays="FR")
    assert programme(closed="2027-02-22").closed == ("2027-02-22",)
