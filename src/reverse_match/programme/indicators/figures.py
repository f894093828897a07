"""One figure of a programme, and how it is computed from what was said.

A share of people comes with the interval of Clopper & Pearson (1934), which is exact: whatever the true share
is, intervals computed so contain it at least as often as they say. For ``k`` of ``n`` it reaches from the
``(1 - c) / 2`` quantile of Beta(k, n - k + 1) to the ``(1 + c) / 2`` quantile of Beta(k + 1, n - k).
"""

from __future__ import annotations

from pydantic import Field

from reverse_match.foundation.records import PlainData
from reverse_match.policy.values import is_none

CONFIDENCE = 0.95
DECIMALS = 6


class Figure(PlainData):
    """A count, a sum, a mean or a share, with what it is made of and on how many people.

    Examples
    --------
    >>> share(3, 4, people=4).value
    0.75
    """

    value: float | None
    """The figure, rounded to six decimals; ``None`` where nothing is known, or where it is suppressed."""
    numerator: float | None = Field(default=None, exclude_if=is_none)
    """Of a share: how many; of a mean: the sum."""
    denominator: int | None = Field(default=None, exclude_if=is_none)
    """Of a share: of how many; of a mean: the number of answers."""
    low: float | None = Field(default=None, exclude_if=is_none)
    """Where a share has an interval: its lower end. The interval is exact, of 95 %."""
    high: float | None = Field(default=None, exclude_if=is_none)
    """And its upper end."""
    people: int | None = None
    """On how many people the figure is; ``None`` where it is suppressed."""
    suppressed: bool = False
    """Whether it is left out since it is on too few people, or would tell a figure that is."""


SUPPRESSED = Figure.model_construct(value=None, suppressed=True)


def count(number: float | None, *, people: int) -> Figure:
    """Return a count or a sum; ``None`` where nobody said anything."""
    return Figure(value=None if number is None else round(number, DECIMALS), people=people)


def share(part: float, whole: int, *, people: int, interval: bool = False) -> Figure:
    """Return a share, with its interval or without; its value is ``None`` of nothing."""
    low, high = exact_interval(int(part), whole) if interval and whole else (None, None)
    value = round(part / whole, DECIMALS) if whole else None
    return Figure(value=value, numerator=part, denominator=whole, low=low, high=high, people=people)


def exact_interval(part: int, whole: int) -> tuple[float, float]:
    """Return the exact interval of 95 % for a share, rounded to six decimals.

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
