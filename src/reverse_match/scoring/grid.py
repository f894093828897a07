"""Columns of numbers on the grid of whole millionths.

A value is the quotient of two numbers that are exact in double precision, rounded half up to a whole
millionth. One division and one addition, both correctly rounded by IEEE 754, give the same result on every
machine. Where numerator and denominator are whole numbers the result is also the *mathematically* right
rounding: a true half is exact in double precision, and everything else is further from a half than the error.
Sums of whole numbers below 2^53 do not depend on their order, so neither do scores.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.fixed_point import ONE

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from reverse_match.foundation.arrays import FloatArray


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
