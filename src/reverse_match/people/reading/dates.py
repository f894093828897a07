"""Reads days: which number is the day and which the month, the whole column decides."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from reverse_match.people.reading.words import word_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reverse_match.people.reading.choices import Choices, Column, Dates, Findings

_WRITTEN = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?:[ T,]+(\S.*))?", re.DOTALL)
_YEAR_FIRST = re.compile(r"(\d{4})([/.-])(\d{1,2})\2(\d{1,2})(?:[ T]+(\S.*))?", re.DOTALL)
_SERIAL = re.compile(r"\d{5}(?:\.0*)?")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([AaPp])?\.?[Mm]?\.?(?:\s.*|Z|[+-]\d.*)?")
_FIRST_DAY = date(1899, 12, 30)
"""Of Excel's numbers for days."""
_LAST_MONTH = 12
_AGES = (14, 100)


def read_birth_dates(column: Column, choices: Choices, findings: Findings) -> None:
    """Write the days of a column as ISO dates; what is no date stays, to be refused with its place."""
    column.kind = "day"
    if all(_is_iso(cell) for cell in column.cells):
        return
    order = _order_of(column, choices, findings)
    column.dates = order
    for place, cell in enumerate(column.cells):
        if isinstance(cell, int) and not isinstance(cell, bool):
            cell = str(cell)
        if isinstance(cell, str) and (day := day_of(cell.strip(), order or "day-first")) is not None:
            column.cells[place] = day.isoformat()


def _is_iso(cell: object) -> bool:
    return cell is None or (
        isinstance(cell, str) and (not cell or (len(cell) == 10 and cell[4] == cell[7] == "-"))
    )


def _order_of(column: Column, choices: Choices, findings: Findings) -> Dates | None:
    pairs = list(_pairs(column.filled()))
    decided = _decided(pairs)
    if decided is not None or choices.dates in ("day-first", "month-first"):
        return decided or choices.dates
    if any(one != other for one, other, sign in pairs if sign != "."):
        message = (
            "day or month first? no day of this column is above 12; say it with --dates day-first or "
            "--dates month-first"
        )
        findings.fault(message, column.heading, code="ambiguous-dates")
    return None


def _pairs(cells: Iterable[str]) -> Iterable[tuple[int, int, str]]:
    for cell in cells:
        if (match := _WRITTEN.fullmatch(cell)) is not None:
            yield int(match[1]), int(match[3]), match[2]


def _decided(pairs: Iterable[tuple[int, int, str]]) -> Dates | None:
    for one, other, sign in pairs:
        if one > _LAST_MONTH or sign == ".":
            return "day-first"
        if other > _LAST_MONTH:
            return "month-first"
    return None


def day_of(text: str, order: Dates) -> date | None:
    """Return the day that a text says, ``None`` if it says none.

    Examples
    --------
    >>> day_of("07/10/83", "month-first"), day_of("31.12.1980 00:00", "day-first"), day_of("29587", "iso")
    (datetime.date(1983, 7, 10), datetime.date(1980, 12, 31), datetime.date(1981, 1, 1))
    """
    try:
        if (match := _YEAR_FIRST.fullmatch(text)) is not None:
            return date(int(match[1]), int(match[3]), int(match[4]))
        if (match := _WRITTEN.fullmatch(text)) is not None:
            one, other = int(match[1]), int(match[3])
            day, month = (other, one) if order == "month-first" else (one, other)
            return date(_year(match[4]), month, day)
    except ValueError:
        return None
    if _SERIAL.fullmatch(text):
        return _FIRST_DAY + timedelta(days=int(float(text)))
    return None


def _year(written: str) -> int:
    """Return a year; of two digits the one in which somebody of working age was born."""
    year = int(written)
    if len(written) > 2:
        return year
    this_year = date.today().year
    fitting = [full for full in (1900 + year, 2000 + year) if _AGES[0] <= this_year - full <= _AGES[1]]
    return fitting[-1] if fitting else 2000 + year


def moments_of(column: Column, choices: Choices, findings: Findings) -> list[datetime | None]:
    """Return the moment in each cell of a column, ``None`` where there is none."""
    order = _order_of(column, choices, findings) or "day-first"
    return [None if cell is None else _moment(str(cell).strip(), order) for cell in column.cells]


def _moment(text: str, order: Dates) -> datetime | None:
    match = _YEAR_FIRST.fullmatch(text) or _WRITTEN.fullmatch(text)
    day = day_of(text, "month-first" if order == "month-first" else "day-first")
    if match is None or day is None:
        return None
    time = _TIME.fullmatch(match[5]) if match[5] else None
    if match[5] and time is None:
        return None
    if time is None:
        return datetime(day.year, day.month, day.day)
    hour = int(time[1])
    if time[4]:
        hour = hour % 12 + (12 if word_key(time[4]) == "p" else 0)
    try:
        return datetime(day.year, day.month, day.day, hour, int(time[2]), int(time[3] or 0))
    except ValueError:
        return None
