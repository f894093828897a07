"""The days on which people joined, from a column of the organisation's own.

They are read as the people file reads other days: the whole column decides which number is the day and which
the month, unless somebody says it. Nobody without a day is left out in silence.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from reverse_match.foundation.errors import CohortError, Fault
from reverse_match.foundation.names import did_you_mean
from reverse_match.people.own_columns import text_of
from reverse_match.people.reading.choices import Choices, FileColumn, Findings, fold_heading
from reverse_match.people.reading.dates import calendar_days

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from reverse_match.people.cohort import Cohort
    from reverse_match.people.reading.choices import Dates

MOST_ROWS = 5
"""Number of rows that a fault names."""


def joining_days(
    cohort: Cohort, joined: str, people: Iterable[int], dates: Dates | Mapping[str, Dates] | None = None
) -> tuple[dict[int, date], tuple[str, ...]]:
    """Return the day on which some participants joined, by position, and notes on how days were read.

    Parameters
    ----------
    cohort : Cohort
        The people.
    joined : str
        Heading of the column.
    people : iterable of int
        Positions of the people whose days are needed.
    dates : str or mapping, optional
        Which number of a day stands first, or that by heading; what was said when the file was read if not
        given.

    Raises
    ------
    CohortError
        If there is no such column, it is not clear which number is the day, or somebody has no day there.
        Rows are counted.
    """
    name = _attribute(cohort, joined)
    asked = sorted(people)
    cells = [text_of(cohort.participants[place].attributes.get(name)) for place in asked]
    findings = Findings(cohort.source.name)
    found = calendar_days(FileColumn(name, list(cells)), _choices(cohort, name, dates), findings)
    if findings.faults:
        raise CohortError(findings.faults)
    empty = [place for place, cell in zip(asked, cells, strict=True) if cell is None]
    wrong = [
        place
        for place, cell, day in zip(asked, cells, found, strict=True)
        if cell is not None and day is None
    ]
    faults = _faults(cohort, name, empty, "without a day", "the day on which each person joined")
    faults += _faults(cohort, name, wrong, "with something else than a day", "a day such as 2026-11-23")
    if faults:
        raise CohortError(faults)
    return (
        {place: day for place, day in zip(asked, found, strict=True) if day is not None},
        tuple(str(note) for note in findings.notes),
    )


def _attribute(cohort: Cohort, joined: str) -> str:
    """Return the name of a column by its heading, in which case and spaces do not matter."""
    known = {fold_heading(name): name for name in sorted(cohort.attribute_names)}
    name = joined if joined in cohort.attribute_names else known.get(fold_heading(joined))
    if name is None:
        hint = did_you_mean(joined, sorted(cohort.attribute_names))
        right = hint or "; right would be the one with joining days"
        message = f"no column of the people has this heading{right}"
        raise CohortError([Fault(message, cohort.source.name, column="joined", code="unknown-field")])
    return name


def _choices(cohort: Cohort, name: str, dates: Dates | Mapping[str, Dates] | None) -> Choices:
    if isinstance(dates, str):
        return Choices(dates=dates, date_orders={name: dates})
    reading = cohort.reading
    whole = None if reading is None else reading.dates
    orders = {} if reading is None else reading.date_orders
    return Choices(dates=whole, date_orders=orders if dates is None else dates)


def _faults(cohort: Cohort, name: str, places: list[int], what: str, right: str) -> list[Fault]:
    """Return a fault for each file, with the number of its rows and the first of them."""
    rows: defaultdict[tuple[str | None, str | None], list[int]] = defaultdict(list)
    for place in places:
        fault = cohort.fault(place, name, what)
        rows[fault.source, fault.column].append(fault.row or 0)
    faults = []
    for (source, column), known in rows.items():
        shown = ", ".join(map(str, sorted(known)[:MOST_ROWS])) + ", ..." * (len(known) > MOST_ROWS)
        count = "1 row" if len(known) == 1 else f"{len(known)} rows"
        message = f"{count} {what}: {shown}; right would be {right}"
        faults.append(Fault(message, source, column=f"'{column}'", code="not-a-day"))
    return faults
