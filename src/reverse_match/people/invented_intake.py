"""An invented history of intake: on which days people joined a programme of mentoring.

It has the shape that published histories of such programmes have: a burst when the programme opens and
announces itself, smaller bursts at the beginning of each term (September, January, after Easter), few in
summer and at the turn of the year, nobody at weekends; more mentees than mentors, and mentors who join early,
since they are asked before anybody else. Nobody in it exists.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from reverse_match.foundation.dates import months_later
from reverse_match.people.invented import invented_records

if TYPE_CHECKING:
    from reverse_match.foundation.arrays import FloatArray

JOINED = "joined"
"""Heading of the column with the day on which somebody joined."""

_MENTORS_SHARE = 0.4
_STEADY, _OPENING, _TERM = 1.0, 14.0, 6.0
"""How many people join on a usual day, on the first day, and on the first day of a term, in proportion."""
_DAYS_OF_A_BURST = 10.0
_TERMS = ((9, 1), (1, 8), (4, 15))
"""Month and day on which terms begin."""
_QUIET = {7: 0.4, 8: 0.15, 12: 0.6}
"""Months in which fewer join, with the share of the usual number."""
_FRIDAY = 4
_EARLIER = 1.6
"""How much more of the mentors join in the opening burst."""


def invented_intake(
    people: int, seed: int = 0, *, start: date = date(2025, 9, 1), months: int = 12
) -> list[dict[str, Any]]:
    """Return the records of an invented cohort, with the days on which people joined under ``joined``.

    Parameters
    ----------
    people : int
        Number of people, 2 or more; two in five are mentors.
    seed : int
        Seed of the draws.
    start : date
        First day of the programme.
    months : int
        Number of calendar months in which people join.

    Examples
    --------
    >>> records = invented_intake(200, seed=1)
    >>> sum(record["role"] == "mentor" for record in records), min(record["joined"] for record in records)
    (80, '2025-09-01')
    """
    records = invented_records(people, seed, mentors=max(1, round(_MENTORS_SHARE * people)))
    draw = np.random.default_rng([seed, people, 17])
    span = (months_later(start, months) - start).days
    days = [start + timedelta(days=day) for day in range(span)]
    for role, opening in (("mentor", _OPENING * _EARLIER), ("mentee", _OPENING)):
        of_role = [record for record in records if record["role"] == role]
        drawn = np.sort(draw.choice(span, len(of_role), p=_shares(days, opening)))
        for record, day in zip(_shuffled(draw, of_role), drawn.tolist(), strict=True):
            record[JOINED] = days[day].isoformat()
    return records


def _shuffled(draw: np.random.Generator, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [records[place] for place in draw.permutation(len(records)).tolist()]


def _shares(days: list[date], opening: float) -> FloatArray:
    """Return for each day the share of people who join on it."""
    weight = np.array([_weight(day, days[0], opening) for day in days])
    shares: FloatArray = weight / weight.sum()
    return shares


def _weight(day: date, start: date, opening: float) -> float:
    if day.weekday() > _FRIDAY:
        return 0.0
    bursts = [(start, opening)]
    bursts += [(date(year, *term), _TERM) for year in (day.year - 1, day.year) for term in _TERMS]
    since = [((day - first).days, height) for first, height in bursts if start <= first <= day]
    burst = sum(height * float(np.exp(-days / _DAYS_OF_A_BURST)) for days, height in since)
    return (_STEADY + burst) * _QUIET.get(day.month, 1.0)
