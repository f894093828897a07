"""Reads days: which number is the day and which the month, the whole column decides."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from reverse_match.foundation.names import name_key
from reverse_match.people.reading.words import word_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reverse_match.people.reading.choices import Choices, Dates, FileColumn, Findings

_WRITTEN = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?:[ T,]+(\S.*))?", re.DOTALL)
_YEAR_FIRST = re.compile(r"(\d{4})([/.-])(\d{1,2})\2(\d{1,2})(?:[ T]+(\S.*))?", re.DOTALL)
_WITHOUT_SIGNS = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_MONTH_IN_WORDS = (
    re.compile(
        r"(?P<day>\d{1,2})(?:er|st|nd|rd|th)?[ /.-]+(?P<month>[^\W\d_]{3,9})\.?[ ,/.-]+(?P<year>\d{4}|\d{2})"
    ),
    re.compile(
        r"(?P<month>[^\W\d_]{3,9})\.?[ -]+(?P<day>\d{1,2})(?:st|nd|rd|th)?[ ,-]+(?P<year>\d{4}|\d{2})"
    ),
)
_MONTHS = (
    ("january", "janvier"), ("february", "fevrier"), ("march", "mars"), ("april", "avril"), ("may", "mai"),
    ("june", "juin"), ("july", "juillet"), ("august", "aout"), ("september", "septembre"),
    ("october", "octobre"), ("november", "novembre"), ("december", "decembre"),
)  # fmt: skip
_SERIAL = re.compile(r"(\d{5})(?:[.,](\d*))?")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([AaPp])?\.?[Mm]?\.?(?:\s.*|Z|[+-]\d.*)?")
_TWO_DIGITS = re.compile(r".*[/. -]\d{2}", re.DOTALL)
_FIRST_DAY = date(1899, 12, 30)
"""Of Excel's numbers for days."""
_LAST_MONTH = 12
_AGES = (14, 100)
_LONGEST = 60
"""Characters of a day with its time."""


def read_birth_dates(column: FileColumn, choices: Choices, findings: Findings) -> None:
    """Write the days of a column as ISO dates; what is no date stays, to be refused with its place."""
    column.kind = "day"
    if all(_is_iso(cell) for cell in column.cells):
        return
    order = _order_of(column, choices, findings)
    column.dates = order
    made: dict[str, str | None] = {}
    for place, cell in enumerate(column.cells):
        text = str(cell) if isinstance(cell, int) and not isinstance(cell, bool) else cell
        if not isinstance(text, str):
            continue
        if text not in made:
            day = day_of(text.strip(), order or "day-first", choices.on)
            made[text] = None if day is None else day.isoformat()
        column.cells[place] = made[text] or cell
    _tell_of_days(column, [text.strip() for text, day in made.items() if day], findings)


def _tell_of_days(column: FileColumn, read: Sequence[str], findings: Findings) -> None:
    """Tell what was taken for a day that is not written as one, or not with its whole year."""
    if any(_SERIAL.fullmatch(text) for text in read):
        message = "numbers are read as days that a spreadsheet counts: 36500 is 1999-12-06"
        findings.note(message, column.heading, code="dates")
    if any(_TWO_DIGITS.fullmatch(_without_time(text)) and not _YEAR_FIRST.fullmatch(text) for text in read):
        message = f"years of two digits are read so that people are from {_AGES[0]} to {_AGES[1]} years old"
        findings.note(message, column.heading, code="dates")


def _without_time(text: str) -> str:
    match = _WRITTEN.fullmatch(text)
    return text if match is None else text[: match.end(4)]


def _is_iso(cell: object) -> bool:
    return cell is None or (
        isinstance(cell, str) and (not cell or (len(cell) == 10 and cell[4] == cell[7] == "-"))
    )


def _order_of(column: FileColumn, choices: Choices, findings: Findings) -> Dates | None:
    """Return what stands first: what is said of this column, what its days say, what is said of all."""
    said = choices.order_of(column.heading, *column.aliases, *column.questions, column.field or "")
    if said is not None:
        return said
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


def day_of(text: str, order: Dates, on: date | None = None) -> date | None:
    """Return the day that a text says, ``None`` if it says none.

    Parameters
    ----------
    text : str
        A day, with or without a time.
    order : str
        What stands first where a day is written in numbers; ``"iso"`` if always the year.
    on : date, optional
        The day on which whoever is born in a year of two digits is from 14 to 100; today if not given.

    Examples
    --------
    >>> day_of("07/10/83", "month-first"), day_of("31.12.1980 00:00", "day-first"), day_of("29587", "iso")
    (datetime.date(1983, 7, 10), datetime.date(1980, 12, 31), datetime.date(1981, 1, 1))
    >>> day_of("1er mars 1984", "iso"), day_of("12-Mar-84", "iso"), day_of("19840312", "iso")
    (datetime.date(1984, 3, 1), datetime.date(1984, 3, 12), datetime.date(1984, 3, 12))
    """
    if len(text) > _LONGEST:
        return None
    try:
        return _day_in_numbers(text, order, on) or _day_in_words(text, on)
    except ValueError:
        return None


def _day_in_numbers(text: str, order: Dates, on: date | None) -> date | None:
    if (match := _YEAR_FIRST.fullmatch(text)) is not None:
        return date(int(match[1]), int(match[3]), int(match[4]))
    if (match := _WRITTEN.fullmatch(text)) is not None:
        if order == "iso":
            return None
        one, other = int(match[1]), int(match[3])
        day, month = (other, one) if order == "month-first" else (one, other)
        return date(_year(match[4], on), month, day)
    if (match := _WITHOUT_SIGNS.fullmatch(text)) is not None:
        return date(int(match[1]), int(match[2]), int(match[3]))
    if (match := _SERIAL.fullmatch(text)) is not None:
        return _FIRST_DAY + timedelta(days=int(match[1]))
    return None


def _day_in_words(text: str, on: date | None) -> date | None:
    match = next((found for form in _MONTH_IN_WORDS if (found := form.fullmatch(text)) is not None), None)
    if match is None:
        return None
    word = name_key(match["month"])
    months = {
        number for number, names in enumerate(_MONTHS, 1) if any(name.startswith(word) for name in names)
    }
    return date(_year(match["year"], on), months.pop(), int(match["day"])) if len(months) == 1 else None


def _year(written: str, on: date | None) -> int:
    """Return a year; of two digits the one in which somebody was born who can be in a programme."""
    year = int(written)
    if len(written) > 2:
        return year
    this_year = (on or date.today()).year
    fitting = [full for full in (1900 + year, 2000 + year) if _AGES[0] <= this_year - full <= _AGES[1]]
    return fitting[-1] if fitting else 2000 + year


def moments_of(column: FileColumn, choices: Choices, findings: Findings) -> list[datetime | None]:
    """Return the moment in each cell of a column, ``None`` where there is none."""
    order = _order_of(column, choices, findings)
    column.dates = order
    return [
        None if cell is None else _moment(str(cell).strip(), order or "day-first") for cell in column.cells
    ]


def calendar_days(column: FileColumn, choices: Choices, findings: Findings) -> list[date | None]:
    """Return the day in each cell of a column of recent days, ``None`` where there is none.

    A year of two digits is one of this century, since nobody is born on these days.
    """
    order = _order_of(column, choices, findings)
    column.dates = order
    texts = [None if cell is None else str(cell).strip() for cell in column.cells]
    if any(text and _SERIAL.fullmatch(text) for text in texts):
        message = "numbers are read as days that a spreadsheet counts: 46000 is 2025-12-09"
        findings.note(message, column.heading, code="dates")
    return [None if text is None else day_of(_in_this_century(text), order or "day-first") for text in texts]


def _in_this_century(text: str) -> str:
    match = _WRITTEN.fullmatch(text)
    span = None if match is None else match.span(4)
    if span is None:
        match = next((found for form in _MONTH_IN_WORDS if (found := form.fullmatch(text)) is not None), None)
        span = None if match is None else match.span("year")
    if span is None or span[1] - span[0] > 2:
        return text
    return f"{text[: span[0]]}20{text[span[0] :]}"


def _moment(text: str, order: Dates) -> datetime | None:
    day = day_of(text, order)
    if day is None:
        return None
    midnight = datetime(day.year, day.month, day.day)
    if (serial := _SERIAL.fullmatch(text)) is not None:
        return midnight + timedelta(days=float(f"0.{serial[2] or 0}"))
    match = _YEAR_FIRST.fullmatch(text) or _WRITTEN.fullmatch(text)
    if match is None or not match[5]:
        return midnight
    time = _TIME.fullmatch(match[5])
    if time is None:
        return None
    hour = int(time[1])
    if time[4]:
        hour = hour % 12 + (12 if word_key(time[4]) == "p" else 0)
    try:
        return midnight.replace(hour=hour, minute=int(time[2]), second=int(time[3] or 0))
    except ValueError:
        return None
