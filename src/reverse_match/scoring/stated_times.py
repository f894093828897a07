"""The weekly times at which people can meet: those at which they are free, or of these the ones on site."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from reverse_match.foundation.names import name_key
from reverse_match.people.weekly_times import ON_SITE, minutes_of_week, split_place, written_times

if TYPE_CHECKING:
    from reverse_match.people.participant import Participant
    from reverse_match.scoring.columns import Columns

TimesOfPerson: TypeAlias = tuple[tuple[str, ...], str | None]
"""Weekly times as :func:`.weekly_times` writes them, and the time zone whose clock they go by. Times on site
end with their place, as texts are compared; an entry of no length is a place at which no time is free."""


def stated_times(columns: Columns, *, on_site: bool) -> list[TimesOfPerson]:
    """Return the times of all people.

    Parameters
    ----------
    columns : Columns
        The people, with the synonyms of a policy, which hold for places, too.
    on_site : bool
        Whether only times on site count.
    """
    return [times_of(person, columns, on_site=on_site) for person in columns.cohort.participants]


def times_of(person: Participant, columns: Columns, *, on_site: bool) -> TimesOfPerson:
    """Return the times of one person.

    Whoever has not stated when they are free counts as free at all times on site.
    """
    if not on_site:
        return person.available, person.timezone
    places = {place: place_key(place, columns) for _, place in map(split_place, person.on_site)}
    if "" in places and person.location:
        places[""] = place_key(person.location, columns)
    on_days = tuple((when, places[place]) for when, place in map(split_place, person.on_site))
    return _free_on_site(on_days, person.available), person.timezone


def place_key(place: str, columns: Columns) -> str:
    """Return the form in which places are compared; a place without a name is :data:`.ON_SITE`."""
    return name_key(columns.in_one_word("location", place)) if place else ON_SITE


@lru_cache(maxsize=65_536)
def _free_on_site(on_days: tuple[tuple[str, str], ...], available: tuple[str, ...]) -> tuple[str, ...]:
    """Return the times on site that are free, each with its place."""
    free = minutes_of_week(available)
    found = []
    for when, place in on_days:
        [(start, end)] = minutes_of_week([when])
        shared = [(max(start, first), min(end, last)) for first, last in free] if free else [(start, end)]
        shared = [ends for ends in shared if ends[0] < ends[1]]
        times = written_times(shared) or (f"{when[:3]} 00:00-00:00",)
        found += [f"{time} @{place}" for time in times]
    return tuple(found)
