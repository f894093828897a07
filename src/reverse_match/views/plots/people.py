"""The people of a matching's duos, for pictures that show more of them than a matching holds."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from reverse_match.foundation.errors import CohortError, Fault
from reverse_match.foundation.names import id_key

if TYPE_CHECKING:
    from reverse_match.matching.results.matching import Matching as Matching
    from reverse_match.people.cohort import Cohort
    from reverse_match.people.participant import Participant

_ANY_DAY = date(2000, 1, 1)
"""Where a matching records no day, no age depends on one."""


def people_of_duos(matching: Matching, cohort: Cohort) -> list[tuple[Participant, Participant]]:
    """Return mentor and mentee of each duo.

    Raises
    ------
    CohortError
        If these are not the people that were matched.
    """
    if not cohort.has_digest(matching.digests.cohort):
        message = "these are not the people that were matched: the digest of their records differs"
        raise CohortError([Fault(message, cohort.source.name)])
    people = cohort.participants
    return [
        (people[cohort.position[id_key(duo.mentor)]], people[cohort.position[id_key(duo.mentee)]])
        for duo in matching.duos
    ]


def day_of(matching: Matching) -> date:
    """Return the day on which ages counted."""
    return matching.as_of or _ANY_DAY
