"""The protocol of all kinds of criterion, and the arithmetic of values and contributions in whole millionths.

A value is the quotient of two numbers that are exact in double precision, rounded half up to a whole
millionth. One division and one addition, both correctly rounded by IEEE 754, give the same result on every
machine. If numerator and denominator are whole numbers, the rounding is also *mathematically* correct: a half
is exact in double precision, and every other quotient is further from a half than the error. Sums of whole
numbers below 2^53 do not depend on their order, and so neither do scores.
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
    """The participants of rows (mentors) and of columns (mentees), as indices into the cohort.

    Attributes
    ----------
    mentors, mentees : sequences of int
        Index of the participant of each row, and of each column.
    order : hashable, optional
        A key that determines the order of rows and columns. If given, the cohort may keep results that depend
        on the sides under it.
    """

    mentors: Sequence[int]
    mentees: Sequence[int]
    order: Hashable | None = None

    @classmethod
    def in_order_of(cls, cohort: Cohort) -> Sides:
        """Return the sides in the order of the cohort."""
        people = list(enumerate(cohort.participants))
        return cls(
            [index for index, person in people if person.teaches],
            [index for index, person in people if person.learns],
        )


@dataclass(frozen=True)
class Blend:
    """The numbers that turn values of a criterion into contributions, both in whole millionths.

    Attributes
    ----------
    weight : int
        The normalised weight of the criterion.
    neutral : int
        The neutral value, which stands for a value that is not known.
    """

    weight: int
    neutral: int


def millionths(numerator: ArrayLike, denominator: ArrayLike) -> FloatArray:
    """Return quotients in whole millionths, rounded half up; 0 / 0 is NaN, which means "not known".

    Examples
    --------
    >>> millionths([1, 2, 0], [3, 3, 0])
    array([333333., 666667.,     nan])
    """
    with np.errstate(invalid="ignore"):
        quotient = np.asarray(numerator, dtype=float) * float(ONE) / np.asarray(denominator, dtype=float)
    return np.asarray(np.floor(quotient + 0.5), dtype=float)


def weigh(values: FloatArray, weight: int | IntArray) -> FloatArray:
    """Return values times a weight (or one each), in millionths, rounded half up to whole millionths.

    Examples
    --------
    >>> weigh(np.array([1_000_000.0, 500_001.0]), 250_000)
    array([250000., 125000.])
    """
    weights = float(weight) if isinstance(weight, int) else weight.astype(float)
    return np.floor(values * weights / float(ONE) + 0.5)


def contributions_of(values: FloatArray, blend: Blend) -> NDArray[np.int32]:
    """Return the contributions of values to scores; the neutral value replaces a value that is not known.

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
        """Add the contributions of a range of rows, in whole millionths, to ``total`` in place."""
        ...


class PairCriterion(Protocol):
    """A criterion encoded for one cohort. Its values are whole millionths."""

    @property
    def always_known(self) -> bool:
        """Whether the criterion is known for every pair."""
        ...

    def known_sum(self, same: tuple[IntArray, IntArray], tiling: Tiling) -> tuple[Fraction, int]:
        """Return the sum of all known values, in millionths, and their number.

        Parameters
        ----------
        same : pair of int64 arrays
            Rows and columns of the pairs of a person with themselves, which are left out.
        tiling : Tiling
            Cuts the pairs into tiles.
        """
        ...

    def block(self, columns: slice, blend: Blend) -> ContributionBlock:
        """Return a block of columns, prepared for its tiles."""
        ...

    def at(self, rows: IntArray, columns: IntArray) -> FloatArray:
        """Return the values of listed pairs, NaN where not known."""
        ...

    def part(self, rows: IntArray, columns: IntArray) -> PairCriterion:
        """Return the criterion on some rows and some columns."""
        ...

    @property
    def bytes_per_column(self) -> int:
        """Bytes of memory that a block takes for each of its columns; negligible for most kinds."""
        return 0

    def name_matches(self, rows: IntArray, columns: IntArray) -> list[list[SharedName]]:  # noqa: ARG002 - compares no names
        """Return for each listed pair the names that matched; empty for kinds that do not compare names."""
        return [[] for _ in rows]

    def with_value_cache(self) -> Self:
        """Return the criterion with a cache of its values, so that other weights can reuse them.

        Studies change weights far more often than data that values depend on. A kind whose values are as fast
        to compute as to read has no cache, and returns itself.
        """
        return self
