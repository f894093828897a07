"""How often people are matched: every some days, or every some calendar months.

All dates are counted from the first one, so that months do not drift: every month from 31 January is 28
February, 31 March, 30 April, as for the rounds of a programme.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING, Literal

from reverse_match.foundation.dates import months_later
from reverse_match.foundation.errors import Fault, StudyError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

MOST_DATES = 2_000
"""Largest number of dates of one cadence."""

MOST_CADENCES = 50

_RIGHT = "a number of days, weeks or months such as 7d, 2w or 1month"
_WRITTEN = re.compile(r"\s*(?P<number>[0-9]{1,4})\s*(?P<unit>[a-z]+)\s*")
_UNITS: dict[str, tuple[int, Literal["d", "month"]]] = {
    **dict.fromkeys(("d", "day", "days", "j", "jour", "jours"), (1, "d")),
    **dict.fromkeys(("w", "week", "weeks", "sem", "semaine", "semaines"), (7, "d")),
    **dict.fromkeys(("m", "month", "months", "mois"), (1, "month")),
}
"""Words for units, with the number of days or months that each stands for."""


@dataclass(frozen=True)
class Cadence:
    """Every some days (``unit`` is ``"d"``) or every some calendar months (``"month"``).

    Examples
    --------
    >>> str(Cadence.parse("2 weeks")), str(Cadence.parse("3mois"))
    ('14d', '3month')
    """

    number: int
    unit: Literal["d", "month"]

    def __str__(self) -> str:
        return f"{self.number}{self.unit}"

    @classmethod
    def parse(cls, text: str) -> Cadence:
        """Read a cadence such as ``7d``, ``2w`` or ``1month``; French words are read, too.

        Raises
        ------
        StudyError
            If the text has another form.
        """
        match = _WRITTEN.fullmatch(text.lower())
        unit = None if match is None else _UNITS.get(match["unit"])
        if match is None or unit is None or int(match["number"]) < 1:
            raise StudyError([Fault(f"not understood; right would be {_RIGHT}", column="every")])
        return cls(int(match["number"]) * unit[0], unit[1])

    def dates(self, first: date, last: date) -> list[date]:
        """Return the dates from the first day up to and including the last.

        Raises
        ------
        StudyError
            If there are too many.

        Examples
        --------
        >>> from datetime import date
        >>> [f"{day:%m-%d}" for day in Cadence(1, "month").dates(date(2026, 1, 31), date(2026, 4, 30))]
        ['01-31', '02-28', '03-31', '04-30']
        """
        found = []
        for day in self._days_from(first):
            if day > last:
                break
            found.append(day)
            if len(found) > MOST_DATES:
                message = f"more than {MOST_DATES} dates; right would be fewer of them, or fewer days"
                raise StudyError([Fault(message, column="every")])
        return found

    def _days_from(self, first: date) -> Iterator[date]:
        for step in count():
            if self.unit == "month":
                yield months_later(first, step * self.number)
            else:
                yield first + timedelta(days=step * self.number)


def read_cadences(every: str | Iterable[str]) -> tuple[Cadence, ...]:
    """Return the cadences of a list, or of a text with commas between them.

    Raises
    ------
    StudyError
        If there are none, one is not understood, or two are the same.
    """
    parts = every.split(",") if isinstance(every, str) else [*every]
    cadences = tuple(Cadence.parse(part) for part in parts)
    if not 1 <= len(cadences) <= MOST_CADENCES:
        message = f"{len(cadences)} cadences; right would be from 1 to {MOST_CADENCES}"
        raise StudyError([Fault(message, column="every")])
    if len(set(cadences)) < len(cadences):
        message = "two of these are the same; right would be each of them once"
        raise StudyError([Fault(message, column="every")])
    return cadences
