"""Puts rounds in an order in which few people sit out twice in a row.

For a pair of rounds it is counted who sits out in both; an order costs the sum over rounds that follow each
other, and of two that cost the same the one comes first in which fewer sit out at the beginning. Up to seven
rounds all orders are tried (5,040), beyond that each is followed by the one that costs least after it.
"""

from __future__ import annotations

from itertools import pairwise, permutations
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from reverse_match.arrays import BoolArray

MOST_TRIED = 7
"""Rounds of which every order is tried."""


def fewest_in_a_row(sits_out: BoolArray) -> list[int]:
    """Return the rounds in an order in which few sit out in two that follow each other.

    Parameters
    ----------
    sits_out : bool array, shape (people, rounds)
        Who has no pair in which round.

    Examples
    --------
    >>> fewest_in_a_row(np.array([[True, True, False], [True, True, False]]))
    [0, 2, 1]
    """
    marks = sits_out.astype(np.int64)
    both = (marks.T @ marks).tolist()
    rounds = list(range(len(both)))
    if len(both) <= MOST_TRIED:
        alone = [both[number][number] for number in rounds]
        costs = [
            (
                sum(both[one][other] for one, other in pairwise(order)),
                [alone[number] for number in order],
                order,
            )
            for order in permutations(rounds)
        ]
        return list(min(costs)[2])
    order = [0]
    while len(order) < len(both):
        last = order[-1]
        left = [number for number in rounds if number not in order]
        order.append(min(left, key=lambda number: (both[last][number], number)))
    return order
