"""Who is away in which round: read from the column ``absent`` of the people file.

A cell lists months (``2026-12;2027-01``) or numbers of rounds (``2;3``), separated by semicolons. Which
months make up a round a programme says: those in whose middle, the 15th, the round is running. Somebody is
away in a round if they are away in at least half of its months.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from reverse_match.foundation.errors import CohortError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from reverse_match.foundation.dates import Calendar
    from reverse_match.people.cohort import Cohort

COLUMN = "absent"

MIDDLE = 15
"""Day of a month on which a round must be running to have that month."""

_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_NUMBER = re.compile(r"[1-9][0-9]{0,3}")


def months_of_rounds(calendar: Calendar | None, rounds: int) -> tuple[tuple[str, ...], ...]:
    """Return the months of each round, such as ``2026-12``; nothing without a calendar."""
    if calendar is None:
        return ()
    spans = [(calendar.round_begins(number), calendar.round_ends(number)) for number in range(1, rounds + 1)]
    return tuple(tuple(_months(*span)) for span in spans)


def _months(begins: date, ends: date) -> Iterator[str]:
    middle = begins.replace(day=MIDDLE)
    if middle < begins:
        middle = _next(middle)
    while middle < ends:
        yield f"{middle:%Y-%m}"
        middle = _next(middle)


def _next(middle: date) -> date:
    return (middle + timedelta(days=31)).replace(day=MIDDLE)


def absences(
    cohort: Cohort, rounds: int, months: tuple[tuple[str, ...], ...] = ()
) -> dict[str, tuple[int, ...]]:
    """Return by id in which rounds people are away; only those who are.

    Parameters
    ----------
    cohort : Cohort
        The people; an attribute ``absent`` is read.
    rounds : int
        How many rounds there are, counted from 1. What a cell says of later ones does not matter.
    months : tuple of tuples of str
        Of each round.

    Raises
    ------
    CohortError
        If a cell is none of this, or names months and nothing says to which round they belong.
    """
    found, faults = {}, []
    for index, person in enumerate(cohort.participants):
        said = _parts(person.attributes.get(COLUMN))
        if any(_MONTH.fullmatch(part) for part in said) and not months:
            message = "months need a programme that says when rounds are; or give numbers of rounds"
            faults.append(cohort.fault(index, COLUMN, message))
        elif not all(_MONTH.fullmatch(part) or _NUMBER.fullmatch(part) for part in said):
            message = "not months or rounds; right would be text such as 2026-12;2027-01 or 2;3"
            faults.append(cohort.fault(index, COLUMN, message))
        elif away := _rounds(said, rounds, months):
            found[person.id] = away
    if faults:
        raise CohortError(faults)
    return found


def _parts(cell: object) -> list[str]:
    if cell is None:
        return []
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    parts = cell if isinstance(cell, tuple) else str(cell).split(";")
    return [part for part in (str(part).strip() for part in parts) if part]


def _rounds(said: list[str], rounds: int, months: tuple[tuple[str, ...], ...]) -> tuple[int, ...]:
    return tuple(
        number
        for number in range(1, rounds + 1)
        if str(number) in said or (months and _mostly_away(months[number - 1], said))
    )


def _mostly_away(months: tuple[str, ...], said: list[str]) -> bool:
    away = sum(month in said for month in months)
    return away > 0 and 2 * away >= len(months)
