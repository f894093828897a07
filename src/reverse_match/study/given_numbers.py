"""Numbers as a user gives them: ``True`` is none, and neither are NaN and infinity."""

from __future__ import annotations

from math import isfinite
from numbers import Integral, Real


def is_whole(value: object, least: int = 0) -> bool:
    """Say whether something is a whole number, and not below the least that will do.

    Examples
    --------
    >>> is_whole(3), is_whole(True), is_whole(0, 1)
    (True, False, False)
    """
    if isinstance(value, bool):
        return False
    return isinstance(value, Integral) and int(value) >= least


def is_number(value: object) -> bool:
    """Say whether something is a finite number."""
    if isinstance(value, bool):
        return False
    return isinstance(value, Real) and isfinite(value)


def plain_number(number: object) -> float:
    """Return a number of Python, whose text is what a person would write; numpy's is another."""
    return int(number) if isinstance(number, Integral) else float(number)  # type: ignore[arg-type]
