"""The weekly times at which the two people of a pair can meet, where a policy asks for time in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from reverse_match.people.weekly_times import ON_SITE, split_place
from reverse_match.policy.asked_time import asked_time
from reverse_match.scoring.columns import Columns
from reverse_match.scoring.stated_times import place_key, times_of
from reverse_match.scoring.weekly_overlap import common_times

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reverse_match.matching.encode import Prepared
    from reverse_match.people.participant import Participant

    Place = tuple[int, int]
    TimesByPlace: TypeAlias = Mapping[Place, tuple[str, ...]]


def times_in_common(prepared: Prepared, places: Iterable[Place]) -> TimesByPlace | None:
    """Return when the two people of each pair can meet, by the mentor's clock; ``None`` if nobody asks."""
    asked = asked_time(prepared.given)
    if asked is None:
        return None
    people, sides = prepared.cohort.participants, prepared.sides
    columns = Columns(prepared.cohort, prepared.given, None)
    found = {}
    for row, column in places:
        mentor, mentee = people[sides.mentors[row]], people[sides.mentees[column]]
        stated = (times_of(person, columns, on_site=asked.on_site) for person in (mentor, mentee))
        times = common_times(*stated, asked.slot)
        found[row, column] = _as_said(times, mentor, columns) if asked.on_site else times
    return found


def _as_said(times: Iterable[str], mentor: Participant, columns: Columns) -> tuple[str, ...]:
    """Return times on site with places in the words of the mentor."""
    places = [place for _, place in map(split_place, mentor.on_site)]
    said = {place_key(place, columns): place for place in (mentor.location, *places) if place}
    return tuple(
        f"{when} @{said.get(place, ON_SITE) if place != ON_SITE else ON_SITE}"
        for when, place in map(split_place, times)
    )
