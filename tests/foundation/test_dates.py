"""Months against a plain walk through the days of the calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reverse_match as rm
from reverse_match.foundation.dates import months_later

DAYS = st.dates(date(1970, 1, 1), date(2200, 12, 31))


def is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in(year: int, month: int) -> int:
    return [31, 29 if is_leap(year) else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]


def walked(day: date, months: int) -> date:
    """Step through so many month names, a month at a time, and then look for the day."""
    year, month = day.year, day.month
    for _ in range(months):
        month += 1
        if month == 13:
            year, month = year + 1, 1
    return date(year, month, min(day.day, days_in(year, month)))


@given(DAYS, st.integers(0, 400))
def test_the_same_day_or_the_last_of_the_month(day: date, months: int) -> None:
    assert months_later(day, months) == walked(day, months)


@given(DAYS, st.integers(0, 30), st.integers(0, 5))
def test_later_days_and_more_months_are_not_earlier(day: date, days: int, months: int) -> None:
    assert months_later(day, months) <= months_later(day + timedelta(days=days), months)
    assert months_later(day, months) < months_later(day, months + 1)


@settings(max_examples=20)
@given(DAYS, st.integers(1, 24))
def test_two_meet_again_on_the_day_on_which_a_round_of_so_many_months_would_end(
    day: date, months: int
) -> None:
    """What `not_met_before` counts and what a programme counts is the same."""
    ends = rm.Programme(start=day, months=months).round_ends(1)
    past = {"mentor": "m", "mentee": "e", "until": day}
    policy = rm.Policy(rules=[{"kind": "not_met_before", "duos": [past], "again_after_months": months}])
    people = [{"id": "m", "role": "mentor"}, {"id": "e", "role": "mentee"}]
    formed = [
        len(rm.match(rm.Cohort.from_records(people, as_of=asked), policy).duos)
        for asked in (ends - timedelta(days=1), ends)
    ]
    assert formed == [0, 1]


@pytest.mark.parametrize(("year", "last"), [(2027, 28), (2028, 29), (2100, 28), (2000, 29)])
def test_february(year: int, last: int) -> None:
    assert months_later(date(year, 1, 31), 1) == date(year, 2, last)
    assert months_later(date(year - 1, 12, 31), 2) == date(year, 2, last)
