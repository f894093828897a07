"""Whether two people have enough working hours in common, each in their own time zone.

Everybody works at the same local times, so two people's hours are as far apart as their clocks. Clocks
change; what counts is the smaller of the hours in common on a day of winter and on one of summer, whose rules
are settled in every time zone database since. Hours in common with the day before and the day after
count: Auckland's morning is the afternoon before in Los Angeles. Weekends do not: a Friday there is a
Saturday here.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np

from reverse_match.constraints.profile_pairs import InTable, ProfileCondition
from reverse_match.policy.values import minutes_of
from reverse_match.scoring.grid import exact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.arrays import IntArray
    from reverse_match.constraints.setting import Setting
    from reverse_match.policy.conditions import OverlappingHours

DAYS = datetime(2025, 1, 15, 12), datetime(2025, 7, 15, 12)
"""Winter and summer, or summer and winter, at local noon."""

DAY = 24 * 60
"""Minutes."""


def compile_overlapping_hours(condition: OverlappingHours, setting: Setting) -> ProfileCondition:
    """Compare every two time zones of the cohort once."""
    zones = [person.timezone for person in setting.cohort.participants]
    distinct = sorted({zone for zone in zones if zone is not None})
    place = {zone: number for number, zone in enumerate(distinct)}
    profiles = np.array([0 if zone is None else place[zone] for zone in zones], dtype=np.int32)
    known = np.array([zone is not None for zone in zones], dtype=bool)
    work = minutes_of(condition.from_), minutes_of(condition.to)
    enough = _minutes_in_common(distinct, work) >= ceil(exact(condition.at_least) * 60)
    mentors, mentees = list(setting.sides.mentors), list(setting.sides.mentees)
    table = InTable(enough if distinct else np.zeros((1, 1), dtype=bool))
    return ProfileCondition(table, profiles[mentors], profiles[mentees], (known[mentors], known[mentees]))


def _minutes_in_common(zones: Sequence[str], work: tuple[int, int]) -> IntArray:
    """Return for every two zones the minutes in which both work, on the day where they are fewer."""
    fewest = np.full((len(zones), len(zones)), DAY, dtype=np.int64)
    for day in DAYS:
        ahead = np.array([_minutes_ahead(zone, day) for zone in zones], dtype=np.int64)
        apart = ahead[:, None] - ahead[None, :]
        in_common = np.zeros_like(fewest)
        for shift in (-2 * DAY, -DAY, 0, DAY, 2 * DAY):
            in_common += np.maximum(0, work[1] - work[0] - np.abs(apart + shift))
        fewest = np.minimum(fewest, in_common)
    return fewest


def _minutes_ahead(zone: str, day: datetime) -> int:
    """Return how far a zone's clocks are ahead of universal time."""
    return (day.replace(tzinfo=ZoneInfo(zone)).utcoffset() or timedelta()) // timedelta(minutes=1)
