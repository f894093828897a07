"""Whether neither of two people avoids the other: those whom one avoids stand in the column ``avoids``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reverse_match.constraints.blocked_pairs import BlockedPairs
from reverse_match.names.normalise import id_key

if TYPE_CHECKING:
    from reverse_match.cohort import Cohort
    from reverse_match.constraints.seats import Places, Seats


def avoided_pairs(label: str, cohort: Cohort, seats: Seats) -> BlockedPairs:
    """List the pairs of which one avoids the other; ids of people who have left name nobody."""
    return BlockedPairs.of(label, *seats.either_way(*_avoiding(cohort)))


def _avoiding(cohort: Cohort) -> Places:
    named = [
        (index, cohort.position.get(id_key(other), -1))
        for index, person in enumerate(cohort.participants)
        for other in person.avoids
    ]
    ones, others = np.array([pair for pair in named if pair[1] >= 0], dtype=np.int64).reshape(-1, 2).T
    return ones, others
