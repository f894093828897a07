"""The sum of coverage over all pairs, exactly, without a look at any pair.

Coverage of a teacher i and a learner j is the sum over names c of l(i,c) p(j,c) / f(j), with f(j) what the
best teacher would reach. Summed over all pairs the teachers separate from the learners: the levels of all
teachers are added up by name, and what each learner reaches is added up by f. (Sums of whole numbers below
2^53, which doubles hold exactly.)
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, Protocol

import numpy as np

from reverse_match.scoring.concepts import shared_sums

if TYPE_CHECKING:
    from reverse_match.arrays import BoolArray, FloatArray
    from reverse_match.scoring.concepts import RatingMatrix


class QuotientSum(Protocol):
    """Adds up coverage over some pairs of teachers and learners."""

    def __call__(
        self,
        levels: RatingMatrix,
        priorities: RatingMatrix,
        full: FloatArray,
        counted: tuple[BoolArray, BoolArray] | None,
    ) -> Fraction:
        """Return the sum, over the counted teachers and learners only if that is given."""
        ...


def all_pairs_sum(
    levels: RatingMatrix,
    priorities: RatingMatrix,
    full: FloatArray,
    counted: tuple[BoolArray, BoolArray] | None,
) -> Fraction:
    """Return the sum over each teacher with each learner.

    Examples
    --------
    >>> from reverse_match.scoring.concepts import rating_matrix
    >>> levels = rating_matrix([{0: 4}, {1: 5}], {0: 0, 1: 1})
    >>> priorities = rating_matrix([{0: 2, 1: 1}], {0: 0, 1: 1})
    >>> all_pairs_sum(levels, priorities, np.array([15.0]), None)  # (8 + 5) / 15
    Fraction(13, 15)
    """
    level, priority = levels.ratings, priorities.ratings
    if counted is not None:
        level = level * counted[0][levels.owners]
        priority = priority * counted[1][priorities.owners]
    taught = np.bincount(levels.concepts, level, levels.width)
    return _quotients(priority * taught[priorities.concepts], full[priorities.owners])


def listed_pairs_sum(
    levels: RatingMatrix,
    priorities: RatingMatrix,
    full: FloatArray,
    counted: tuple[BoolArray, BoolArray] | None,
) -> Fraction:
    """Return the sum over the first teacher with the first learner, the second with the second, and so on."""
    everybody = np.arange(len(full))
    reached = shared_sums(levels, everybody, priorities, everybody)
    if counted is not None:
        reached = np.where(counted[0] & counted[1], reached, 0.0)
    return _quotients(reached, full)


def _quotients(reached: FloatArray, full: FloatArray) -> Fraction:
    """Add up quotients of whole numbers that doubles hold exactly; who wants nothing reaches nothing."""
    by_full = np.bincount(full.astype(np.int64), reached)
    fulls = np.flatnonzero(by_full).tolist()
    common = lcm(*fulls)
    wholes = map(int, by_full[fulls].tolist())
    return Fraction(sum(whole * (common // each) for whole, each in zip(wholes, fulls, strict=True)), common)
