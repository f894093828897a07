"""The rounds in which people are away, read from the column ``absent`` of the people file.

A cell lists months (``2026-12;2027-01``) or numbers of rounds (``2;3``), separated by semicolons. The
programme says which months make up a round: those on whose 15th day the round is running. A person is away in
a round if they are away in at least half of its months.
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
"""Day of a month that decides to which round the month belongs."""

_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_NUMBER = re.compile(r"[1-9][0-9]{0,3}")


def months_of_rounds(calendar: Calendar | None, rounds: int) -> tuple[tuple[str, ...], ...]:
    """Return the months of each round, such as ``2026-12``; an empty tuple without a calendar."""
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
    """Return the rounds in which people are away, by id; people who are never away are left out.

    Parameters
    ----------
    cohort : Cohort
        The people, whose attribute ``absent`` is read.
    rounds : int
        Number of rounds, counted from 1. Later rounds in a cell are ignored.
    months : tuple of tuples of str
        The months of each round.

    Raises
    ------
    CohortError
        If a cell has another form, or names months although no programme says to which round they belong.
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
