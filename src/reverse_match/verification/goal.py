r"""What an objective adds up, computed a second time from its definition in ``docs/policy.md``.

For ``fair`` that is the utility of a score: the integral of x^−α from a tenth of a point on, and before it
the straight line with the slope that it has there. It is scaled so that a full score is worth 10^8 units,
rounded at whole thousandths of a point, and read off between them along straight lines, rounded down.
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.policy import Fair
from reverse_match.scoring.grid import ONE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.arrays import IntArray
    from reverse_match.policy import Policy

UNITS = 10**8
THOUSANDTH = 1_000
"""In millionths."""


class Goal:
    """What the totals, prices and bounds of a certificate are of.

    Attributes
    ----------
    kind : str
        Of the objective.
    units : int
        How many of them make 1: numbers are whole ones.
    """

    def __init__(self, policy: Policy) -> None:
        objective = policy.objective
        alpha = objective.alpha if isinstance(objective, Fair) else 0
        self.kind = objective.kind if isinstance(objective, Fair) else objective
        self.units = UNITS if alpha else ONE
        self._knots = np.array(_utilities(Decimal(str(alpha))), dtype=np.int64) if alpha else None

    def worth(self, scores: IntArray) -> IntArray:
        """Return what scores in millionths are worth, in units."""
        if self._knots is None:
            return scores
        below, beyond = np.divmod(scores, THOUSANDTH)
        above = np.minimum(below + 1, len(self._knots) - 1)
        rise: IntArray = (self._knots[above] - self._knots[below]) * beyond // THOUSANDTH
        return self._knots[below] + rise

    def worth_of(self, scores: Sequence[float]) -> int:
        """Return what some scores, in points, are worth together, in units."""
        return int(self.worth(np.array([round(score * ONE) for score in scores], dtype=np.int64)).sum())

    def whole(self, number: float) -> int:
        """Return a number of the certificate in units."""
        return round(number * self.units)

    def shown(self, whole: int) -> float:
        """Return units as the certificate shows them."""
        return whole / self.units

    def is_whole(self, number: float) -> bool:
        """Say whether a number is what some whole number of units is shown as."""
        return self.shown(self.whole(number)) == number


@lru_cache(maxsize=16)
def _utilities(alpha: Decimal) -> list[int]:
    """Return the utility, in units, at every thousandth of a point."""
    with localcontext() as context:
        context.prec, context.rounding = 60, ROUND_HALF_EVEN
        begin = Decimal(1) / 10
        slope = _power(begin, -alpha)

        def area(score: Decimal) -> Decimal:
            if score <= begin:
                return score * slope
            if alpha == 1:
                return begin * slope + score.ln() - begin.ln()
            return begin * slope + (_power(score, 1 - alpha) - _power(begin, 1 - alpha)) / (1 - alpha)

        full = area(Decimal(1))
        return [round(UNITS * area(Decimal(place) / 1000) / full) for place in range(1001)]


def _power(base: Decimal, exponent: Decimal) -> Decimal:
    return (exponent * base.ln()).exp()
