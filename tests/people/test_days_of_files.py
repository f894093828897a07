"""Days of birth and of answers, however tools write them; what is taken for one is told."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import reverse_match as rm
from reverse_match.people.reading.dates import day_of
from reverse_match.views.words.faults import note_in_words

if TYPE_CHECKING:
    from pathlib import Path

MARCH = date(1984, 3, 12)
WRITTEN = [
    "1984-03-12", "1984/03/12", "1984.3.12", "1984-03-12 00:00:00", "1984-03-12T00:00:00Z", "19840312",
    "12/03/1984", "12.03.1984", "12-03-1984", "12/3/84", "12.3.84", "12/03/1984 00:00", "12/03/1984 23:59:59",
    "12/03/1984, 08:30 AM", "12 mars 1984", "12 March 1984", "12-Mar-1984", "12-MAR-84", "12 Mar. 1984",
    "March 12, 1984", "Mar 12, 1984", "12.Mär.1984", "30753", "30753.5", "30753,0", "12th March 1984",
]  # fmt: skip


def people(path: Path, *cells: str, heading: str = "birth_date", **other: str) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "role", heading, *other])
        for place, cell in enumerate(cells):
            writer.writerow([f"p{place}", ("mentor", "mentee")[place % 2], cell, *other.values()])
    return path


@pytest.mark.parametrize("text", WRITTEN)
def test_a_day_however_it_is_written(text: str, tmp_path: Path) -> None:
    path = people(tmp_path / "people.csv", text, "28/02/1990")
    assert rm.read_cohort(path).participants[0].birth_date == MARCH


@pytest.mark.parametrize(
    "text",
    [
        "31/02/1984",
        "1984-13-01",
        "19841301",
        "12 jui 1984",
        "12 floréal 1984",
        "3075",
        "307534",
        "84",
        "soon",
    ],
)
def test_what_is_no_day_is_refused_in_its_place(text: str, tmp_path: Path) -> None:
    path = people(tmp_path / "people.csv", "28/02/1990", text)
    with pytest.raises(rm.errors.CohortError, match=r"people\.csv, row 3, column 'birth_date': not a da"):
        rm.read_cohort(path, dates="day-first")


@given(st.dates(date(1930, 1, 1), date(2010, 12, 31)))
def test_numbers_of_spreadsheets_are_the_days_that_they_count(day: date) -> None:
    count = (
        day - date(1900, 1, 1)
    ).days + 2  # a spreadsheet has 1 January 1900 as 1, and a day that never was
    assert day_of(str(count), "iso") == day
    assert day_of(f"{day.day}/{day.month}/{day.year}", "day-first") == day
    assert day_of(f"{day.month}/{day.day}/{day.year}", "month-first") == day


@given(st.integers(14 * 366, 99 * 365), st.dates(date(2020, 1, 1), date(2080, 1, 1)))
def test_years_of_two_digits_are_those_of_people_who_are_of_an_age(days: int, on: date) -> None:
    born = on - timedelta(days=days)
    assert day_of(f"{born:%d.%m.%y}", "day-first", on) == born


def test_years_of_two_digits_stay_what_they_were_on_the_day_of_the_matching(tmp_path: Path) -> None:
    path = people(tmp_path / "people.csv", "28/02/13", "28/02/90")
    assert rm.read_cohort(path, as_of="2090-01-01").participants[1].birth_date.year == 1990  # type: ignore[union-attr]
    assert rm.read_cohort(path, as_of="2105-01-01").participants[1].birth_date.year == 2090  # type: ignore[union-attr]


def test_what_is_taken_for_a_day_is_told_once(tmp_path: Path) -> None:
    cohort = rm.read_cohort(people(tmp_path / "people.csv", "30753", "30754", "12.3.84", "12.3.85"))
    assert [str(note) for note in cohort.notes] == [
        "people.csv, 'birth_date': numbers are read as days that a spreadsheet counts: 36500 is 1999-12-06",
        "people.csv, 'birth_date': years of two digits are read so that people are from 14 to 100 years old",
    ]
    assert {note.code for note in cohort.notes} == {"dates"}
    for note in cohort.notes:
        assert "lu" in note_in_words(note.message, "fr")


def test_the_later_answer_by_the_numbers_of_a_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(
        "id,role,sent,offers\na,mentor,46000.25,Tea\na,mentor,46000.5,Coffee\nb,mentee,2026-01-01 10:00,\n"
    )
    assert list(rm.read_cohort(path, latest_by="sent").participants[0].offers) == ["Coffee"]
