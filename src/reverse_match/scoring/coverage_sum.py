"""The sum of coverage over all pairs, exactly, without a look at any pair.

Coverage of a teacher i and a learner j is the sum over names c of l(i,c) p(j,c) / f(j), with f(j) what the
best teacher would reach. Summed over all pairs the teachers separate from the learners: the levels of all
teachers are added up by name, and what each learner reaches is added up by f. (Sums of whole numbers below
2^53, which doubles hold exactly.)
"""

from __future__ import annotations

from fractions import Fraction
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
    teachers, learners = counted or (np.ones(levels.shape[0]), np.ones(priorities.shape[0]))
    taught = np.bincount(
        levels.indices, levels.data * np.repeat(teachers, np.diff(levels.indptr)), levels.shape[1]
    )
    fulls, group = np.unique(full, return_inverse=True)
    learner = np.repeat(np.arange(len(full)), np.diff(priorities.indptr))
    reached = priorities.data * taught[priorities.indices] * learners[learner]
    return _quotients(np.bincount(group[learner], reached, len(fulls)).astype(float), fulls)


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
    fulls, group = np.unique(full, return_inverse=True)
    return _quotients(np.bincount(group, weights=reached, minlength=len(fulls)).astype(float), fulls)


def _quotients(reached: FloatArray, fulls: FloatArray) -> Fraction:
    """Add up quotients of whole numbers that doubles hold exactly; who wants nothing reaches nothing."""
    return sum(
        (
            Fraction(int(whole), int(full))
            for whole, full in zip(reached.tolist(), fulls.tolist(), strict=True)
            if full
        ),
        start=Fraction(0),
    )
