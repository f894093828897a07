"""One figure of a programme, and its computation from answers.

A share of people has the interval of Clopper and Pearson (1934). It is exact: whatever the true share is,
such intervals contain it at least as often as their confidence states. For ``k`` of ``n`` and confidence
``c`` it reaches from the ``(1 - c) / 2`` quantile of Beta(k, n - k + 1) to the ``(1 + c) / 2`` quantile of
Beta(k + 1, n - k).
"""

from __future__ import annotations

from pydantic import Field

from reverse_match.foundation.records import PlainData
from reverse_match.policy.values import is_none

CONFIDENCE = 0.95
DECIMALS = 6


class Figure(PlainData):
    """A count, a sum, a mean or a share, with its parts and the number of people behind it.

    Examples
    --------
    >>> share(3, 4, people=4).value
    0.75
    """

    value: float | None
    """The figure, rounded to six decimals; ``None`` if it is not known or suppressed."""
    numerator: float | None = Field(default=None, exclude_if=is_none)
    """For a share, the counted part; for a mean, the sum."""
    denominator: int | None = Field(default=None, exclude_if=is_none)
    """For a share, the whole; for a mean, the number of answers."""
    low: float | None = Field(default=None, exclude_if=is_none)
    """Lower end of the exact 95 % interval of a share; ``None`` without an interval."""
    high: float | None = Field(default=None, exclude_if=is_none)
    """Upper end of the exact 95 % interval of a share; ``None`` without an interval."""
    people: int | None = None
    """Number of people behind the figure; ``None`` if it is suppressed."""
    suppressed: bool = False
    """Whether the figure is left out, since it is on too few people or would reveal one that is."""


SUPPRESSED = Figure.model_construct(value=None, suppressed=True)


def count(number: float | None, *, people: int) -> Figure:
    """Return a count or a sum; its value is ``None`` where nobody answered."""
    return Figure(value=None if number is None else round(number, DECIMALS), people=people)


def share(part: float, whole: int, *, people: int, interval: bool = False) -> Figure:
    """Return a share, with or without its interval; the value of a share of 0 is ``None``."""
    low, high = exact_interval(int(part), whole) if interval and whole else (None, None)
    value = round(part / whole, DECIMALS) if whole else None
    return Figure(value=value, numerator=part, denominator=whole, low=low, high=high, people=people)


def exact_interval(part: int, whole: int) -> tuple[float, float]:
    """Return the exact 95 % interval of a share, rounded to six decimals.

    Examples
    --------
    >>> exact_interval(9, 12)
    (0.428142, 0.945139)
    """
    from scipy.special import betaincinv  # takes long to load, and only figures of feedback need it

    tail = (1 - CONFIDENCE) / 2
    low = 0.0 if part == 0 else float(betaincinv(part, whole - part + 1, tail))
    high = 1.0 if part == whole else float(betaincinv(part + 1, whole - part, 1 - tail))
    return round(low, DECIMALS), round(high, DECIMALS)
