"""Whether neither of two people avoids the other: those whom one avoids stand in the column ``avoids``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reverse_match.constraints.blocked_pairs import BlockedPairs
from reverse_match.names.normalise import id_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reverse_match.cohort import Cohort
    from reverse_match.constraints.seats import Places, Seats
    from reverse_match.policy.values import Pair


def avoided_pairs(label: str, cohort: Cohort, seats: Seats, beside: Iterable[Pair] = ()) -> BlockedPairs:
    """List the pairs of which one avoids the other; ids of people who have left name nobody.

    Parameters
    ----------
    label : str
        What the rule is called.
    cohort : Cohort
        The people, each with whom they avoid.
    seats : Seats
        Who is which row and column.
    beside : iterable of pairs of ids
        Who avoids whom beside what the people say.
    """
    return BlockedPairs.of(label, *seats.either_way(*_avoiding(cohort, beside)))


def _avoiding(cohort: Cohort, beside: Iterable[Pair]) -> Places:
    named: list[tuple[int, ...]] = [
        (index, cohort.position.get(id_key(other), -1))
        for index, person in enumerate(cohort.participants)
        for other in person.avoids
    ]
    named += [tuple(cohort.position.get(id_key(name), -1) for name in pair) for pair in beside]
    ones, others = np.array([pair for pair in named if min(pair) >= 0], dtype=np.int64).reshape(-1, 2).T
    return ones, others
