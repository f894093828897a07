"""The grid of whole millionths, on which every value, contribution and score lies.

Whole numbers whose sums stay below 2^53 add up exactly in any order, so scores do not depend on the order.
:mod:`reverse_match.scoring.criterion` describes how columns of values are put on the grid.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import ceil, lcm
from typing import TYPE_CHECKING, Annotated, TypeAlias

from pydantic import AfterValidator

if TYPE_CHECKING:
    from collections.abc import Sequence

ONE = 1_000_000
"""The value 1 in millionths."""


@lru_cache(maxsize=1024)
def exact(number: float) -> Fraction:
    """Return the decimal number that a person wrote: 0.1 is one tenth, not the nearest binary fraction.

    Examples
    --------
    >>> exact(0.1)
    Fraction(1, 10)
    """
    return Fraction(repr(number))


def rounded_millionths(number: float) -> int:
    """Return a number from 0 to 1 in whole millionths, rounded half up."""
    return int(exact(number) * ONE + Fraction(1, 2))


def mean_rounded_half_up(total: Fraction, count: int) -> int:
    """Return a sum over a count, as the nearest whole number.

    Examples
    --------
    >>> mean_rounded_half_up(Fraction(5), 2)
    3
    """
    parts = 2 * total.denominator * count
    return (2 * total.numerator + total.denominator * count) // parts


def millionths_at_least(number: float) -> int:
    """Return the smallest whole number of millionths at or above a number."""
    return ceil(exact(number) * ONE)


class Points(float):
    """A number on the grid as it is shown and stored; sums of points are exact.

    A double is not exactly a decimal fraction, so with plain doubles 0.1 + 0.2 would differ from 0.3. Points
    are whole millionths that look like decimals, so their sum is the one that a person expects.

    Examples
    --------
    >>> sum([Points(0.1), Points(0.2)]) == Points(0.3)
    True
    """

    __slots__ = ()

    def __add__(self, other: float) -> float:
        total = float.__add__(self, other)
        return Points(round(total, 6)) if isinstance(other, Points | int) else total

    __radd__ = __add__


def points(whole: int) -> Points:
    """Return whole millionths as points.

    Examples
    --------
    >>> points(712_345)
    0.712345
    """
    return Points(whole / ONE)


OnGrid: TypeAlias = Annotated[float, AfterValidator(Points)]
"""A number on the grid, as the type of a field."""


def millionths_of_points(number: float) -> int | None:
    """Return a shown number in whole millionths; ``None`` where it lies off the grid."""
    whole = round(number * ONE)
    return whole if points(whole) == number else None


def normalised_weights(weights: Sequence[float], names: Sequence[str]) -> list[int]:
    """Divide one million in proportion to weights.

    The method is the largest remainder (Hamilton's method of apportionment); equal remainders go by name.

    Parameters
    ----------
    weights : sequence of float
        Numbers of 0 or more, not all 0.
    names : sequence of str
        Names of the weights, distinct; they make the result independent of the order.

    Returns
    -------
    list of int
        One share in millionths for each weight; the shares sum to 1,000,000.

    Examples
    --------
    >>> normalised_weights([1, 1, 1], ["a", "b", "c"])
    [333334, 333333, 333333]
    """
    return apportioned([exact(weight) for weight in weights], names)


def apportioned(written: Sequence[Fraction], names: Sequence[str]) -> list[int]:
    """Divide one million in proportion to fractions, as :func:`normalised_weights` does.

    Examples
    --------
    >>> apportioned([Fraction(1, 3), Fraction(2, 3)], ["a", "b"])
    [333333, 666667]
    """
    unit = lcm(*(weight.denominator for weight in written))
    parts = [weight.numerator * (unit // weight.denominator) for weight in written]
    total = sum(parts)
    whole, remainder = zip(*(divmod(part * ONE, total) for part in parts), strict=True)
    shares = list(whole)
    by_remainder = sorted(range(len(parts)), key=lambda index: (-remainder[index], names[index]))
    for index in by_remainder[: ONE - sum(shares)]:
        shares[index] += 1
    return shares
