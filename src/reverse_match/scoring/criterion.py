"""What all kinds of criterion have in common: values, and contributions to scores, on the grid of millionths.

A value is the quotient of two numbers that are exact in double precision, rounded half up to a whole
millionth. One division and one addition, both correctly rounded by IEEE 754, give the same result on every
machine. Where numerator and denominator are whole numbers the result is also the *mathematically* right
rounding: a true half is exact in double precision, and everything else is further from a half than the error.
Sums of whole numbers below 2^53 do not depend on their order, so neither do scores.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, Self

import numpy as np

from reverse_match.foundation.fixed_point import ONE

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence
    from fractions import Fraction

    from numpy.typing import ArrayLike, NDArray

    from reverse_match.foundation.arrays import FloatArray, IntArray
    from reverse_match.people.cohort import Cohort
    from reverse_match.scoring.name_matches import SharedName
    from reverse_match.solver.pairs.tiles import Tiling


@dataclass(frozen=True)
class Sides:
    """Who is paired with whom: indices into the cohort, mentors as rows and mentees as columns.

    Attributes
    ----------
    mentors, mentees : sequences of int
        The rows and the columns.
    order : hashable, optional
        What their order follows from: then the cohort may keep what is read for them.
    """

    mentors: Sequence[int]
    mentees: Sequence[int]
    order: Hashable | None = None

    @classmethod
    def in_order_of(cls, cohort: Cohort) -> Sides:
        """Return the sides in the order of a cohort: that of its file."""
        people = list(enumerate(cohort.participants))
        return cls(
            [index for index, person in people if person.teaches],
            [index for index, person in people if person.learns],
        )


@dataclass(frozen=True)
class Blend:
    """How values become contributions. Whole millionths.

    Attributes
    ----------
    weight : int
        What a value is multiplied by.
    neutral : int
        Stands for a value that is not known.
    """

    weight: int
    neutral: int


def millionths(numerator: ArrayLike, denominator: ArrayLike) -> FloatArray:
    """Return quotients in whole millionths, rounded half up; 0 / 0 gives NaN, which means "not known".

    Examples
    --------
    >>> millionths([1, 2, 0], [3, 3, 0])
    array([333333., 666667.,     nan])
    """
    with np.errstate(invalid="ignore"):
        quotient = np.asarray(numerator, dtype=float) * float(ONE) / np.asarray(denominator, dtype=float)
    return np.asarray(np.floor(quotient + 0.5), dtype=float)


def weigh(values: FloatArray, weight: int) -> FloatArray:
    """Return values times a weight, both in millionths, rounded half up to whole millionths.

    Examples
    --------
    >>> weigh(np.array([1_000_000.0, 500_001.0]), 250_000)
    array([250000., 125000.])
    """
    return np.floor(values * float(weight) / float(ONE) + 0.5)


def contributions_of(values: FloatArray, blend: Blend) -> NDArray[np.int32]:
    """Return what values contribute to scores, the neutral value where one is not known.

    Examples
    --------
    >>> contributions_of(np.array([1_000_000.0, np.nan]), Blend(weight=250_000, neutral=400_000))
    array([250000, 100000], dtype=int32)
    """
    known = np.where(np.isnan(values), float(blend.neutral), values)
    return weigh(known, blend.weight).astype(np.int32)


class ContributionBlock(Protocol):
    """The contributions of one criterion to a block of columns."""

    def add_to(self, total: NDArray[np.int32], rows: slice) -> None:
        """Add whole millionths, rounded half up, to the scores of a tile."""
        ...


class PairCriterion(Protocol):
    """A criterion of one cohort, ready to be asked for any pairs. Values are whole millionths."""

    @property
    def always_known(self) -> bool:
        """Whether no pair lacks what the criterion needs."""
        ...

    def known_sum(self, same: tuple[IntArray, IntArray], tiling: Tiling) -> tuple[Fraction, int]:
        """Return the sum of all known values and how many they are, some pairs left out.

        Parameters
        ----------
        same : pair of int64 arrays
            Rows and columns of the pairs to leave out: those of a person with themselves.
        tiling : Tiling
            How the pairs may be cut up.
        """
        ...

    def block(self, columns: slice, blend: Blend) -> ContributionBlock:
        """Make a block of columns ready."""
        ...

    def at(self, rows: IntArray, columns: IntArray) -> FloatArray:
        """Return the values of listed pairs, NaN where not known."""
        ...

    def part(self, rows: IntArray, columns: IntArray) -> PairCriterion:
        """Return the criterion on some rows and some columns."""
        ...

    @property
    def bytes_per_column(self) -> int:
        """What a block keeps ready for each of its columns; for most kinds nothing to speak of."""
        return 0

    def name_matches(self, rows: IntArray, columns: IntArray) -> list[list[SharedName]]:  # noqa: ARG002 - compares no names
        """Return the names that matched in listed pairs; none for kinds that compare no names."""
        return [[] for _ in rows]

    def with_value_cache(self) -> Self:
        """Return the same criterion, which keeps values, so that other weights can blend them again.

        A what-if changes weights far more often than anything that a value depends on. Kinds whose values
        take no longer to compute than to read keep nothing.
        """
        return self
