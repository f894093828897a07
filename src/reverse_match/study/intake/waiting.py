"""Figures on waiting, of one side: those who got a duo, and apart from them those who still wait.

A mean over those who were matched is too low, as long as others still wait: their waiting is *censored*, it
is only known to be longer than so far. So they are counted apart, with their waiting so far. One figure takes
both into account: ``half_matched_after``, the median of the estimate of E. L. Kaplan and P. Meier
("Nonparametric estimation from incomplete observations", 1958). It is the number of days after which half of
all had a duo; who still waits counts among the waiting up to their last known day.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from statistics import median
from typing import TYPE_CHECKING

from reverse_match.foundation.records import PlainData

if TYPE_CHECKING:
    from collections.abc import Sequence

_NINE_IN_TEN = Fraction(9, 10)
_HALF = Fraction(1, 2)


class WaitingFigures(PlainData):
    """The waiting of mentors, or of mentees, in days from joining to the first duo in this role."""

    people: int
    """Number of people who joined and have places in this role."""
    matched: int
    """Number of them who got a duo."""
    share_matched: float | None
    """Share of them who got a duo, from 0 to 1; ``None`` if there are no people."""
    mean: float | None
    """Mean waiting of those who got a duo, in days; ``None`` if nobody did."""
    median: float | None
    """Median waiting of those who got a duo, in days."""
    nine_in_ten: int | None
    """Number of days within which nine in ten of those who got a duo had it (90th percentile)."""
    longest: int | None
    """Longest waiting of those who got a duo, in days."""
    half_matched_after: int | None
    """Number of days after which half of all people had a duo, those counted in who still wait; ``None`` if
    it cannot be told, since too many still wait."""
    still_waiting: int
    """Number of people who have no duo at the end."""
    joined_since: int
    """Number of them who joined after the last date, so that nobody could have matched them."""
    mean_so_far: float | None
    """Mean waiting so far of those who still wait, in days up to the end; ``None`` if there are none."""
    longest_so_far: int | None
    """Longest waiting so far of those who still wait, in days."""

    @classmethod
    def of(cls, waits: Sequence[int], so_far: Sequence[int], joined_since: int) -> WaitingFigures:
        """Compute figures from the days that the matched waited, and those that the others wait so far.

        Examples
        --------
        >>> figures = WaitingFigures.of([0, 4, 8], [20], 0)
        >>> figures.share_matched, figures.mean, figures.half_matched_after
        (0.75, 4.0, 4)
        """
        people = len(waits) + len(so_far)
        ordered = sorted(waits)
        rank = -(-_NINE_IN_TEN * len(ordered) // 1)
        return cls(
            people=people,
            matched=len(ordered),
            share_matched=_quotient(len(ordered), people),
            mean=_quotient(sum(ordered), len(ordered)),
            median=float(median(ordered)) if ordered else None,
            nine_in_ten=ordered[int(rank) - 1] if ordered else None,
            longest=ordered[-1] if ordered else None,
            half_matched_after=_half_matched_after(ordered, so_far),
            still_waiting=len(so_far),
            joined_since=joined_since,
            mean_so_far=_quotient(sum(so_far), len(so_far)),
            longest_so_far=max(so_far, default=None),
        )

    @classmethod
    def without_days(cls, matched: int, others: int) -> WaitingFigures:
        """Return how many of some people have a duo, where nobody has waited."""
        none = dict.fromkeys(
            (
                "mean",
                "median",
                "nine_in_ten",
                "longest",
                "half_matched_after",
                "mean_so_far",
                "longest_so_far",
            )
        )
        return cls.of([0] * matched, [0] * others, 0).model_copy(update=none)


def _quotient(total: int, count: int) -> float | None:
    return round(total / count, 6) if count else None


def _half_matched_after(waits: Sequence[int], so_far: Sequence[int]) -> int | None:
    """Return the first number of days at which the estimated share of those without a duo is at most half."""
    matched, all_days = Counter(waits), Counter((*waits, *so_far))
    without, at_risk = Fraction(1), len(waits) + len(so_far)
    for days in sorted(all_days):
        if matched[days]:
            without *= 1 - Fraction(matched[days], at_risk)
            if without <= _HALF:
                return days
        at_risk -= all_days[days]
    return None
