"""Exact sums of whole numbers, however large: if they overflowed, a forged price could prove anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from reverse_match.foundation.arrays import IntArray

_SAFE = 2**62
_ONE_OF_HUNDREDS = 2**52


def exact_sum(numbers: IntArray) -> int:
    """Return a sum, also where it is larger than 64 bits hold.

    Examples
    --------
    >>> exact_sum(np.array([2**62, 2**62, 2**62])) == 3 * 2**62
    True
    """
    if int(np.abs(numbers).max(initial=0)) * numbers.size < _SAFE:
        return int(numbers.sum())
    return sum(numbers.reshape(-1).tolist())


def exact_product(numbers: IntArray, others: IntArray) -> int:
    """Return the sum of the products of two lists, also where it is larger than 64 bits hold.

    Examples
    --------
    >>> exact_product(np.array([2**40, 1]), np.array([2**40, -5])) == 2**80 - 5
    True
    """
    return sum(one * other for one, other in zip(numbers.tolist(), others.tolist(), strict=True))


def wide(numbers: IntArray, times: int) -> IntArray:
    """Return numbers of which products with another, and hundreds of these together, are exact.

    Parameters
    ----------
    numbers : int64 array
        Stay what they are where 64 bits hold that.
    times : int
        How large the other number is.

    Examples
    --------
    >>> int((wide(np.array([2**40]), 2**40) * 2**40)[0]) == 2**80
    True
    """
    fits = int(np.abs(numbers).max(initial=0)) * abs(times) < _ONE_OF_HUNDREDS
    return numbers if fits else numbers.astype(object)
